//! Membership in organisations and groups.

use crate::table::{Table, WorldError, spell, unknown};
use normwave_network_model::{Affiliation, Membership, Network};

/// The affiliations: `igo` (full membership in intergovernmental organisations) and `groups` (EU,
/// NATO, OAS, OAU and other groups of states).
pub const AFFILIATIONS: [&str; 2] = ["groups", "igo"];

/// An affiliation of the states of a network.
///
/// # Errors
/// [`WorldError::Unknown`] for another name; [`WorldError::Network`] if a state is missing.
pub fn affiliation(name: &str, network: &Network) -> Result<Affiliation, WorldError> {
    let table = match name {
        "igo" => Table::read(include_str!("../data/igo_membership.csv")),
        "groups" => Table::read(include_str!("../data/groups.csv")),
        _ => return Err(unknown("affiliation", name, AFFILIATIONS)),
    };
    let mut affiliation = Affiliation { name: name.to_owned(), ..Affiliation::default() };
    for row in table.rows() {
        let organisation = match affiliation.organisations.last() {
            Some(last) if *last == row[0] => {
                u32::try_from(affiliation.organisations.len() - 1).unwrap_or(u32::MAX)
            }
            _ => affiliation.organisation(&row[0]),
        };
        let membership =
            Membership { actor: network.actor_id(&row[1])?, organisation, spell: spell(&row[2], &row[3])? };
        affiliation.memberships.push(membership);
    }
    Ok(affiliation)
}
