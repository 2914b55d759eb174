//! Membership in organisations and groups.

use crate::catalogue::affiliation_entry;
use crate::columns::Columns;
use crate::packaged::MEMBERSHIPS;
use crate::table::WorldError;
use crate::years::period;
use normwave_network_model::{Affiliation, Membership, Network, Spell};
use std::ops::RangeInclusive;

/// The memberships of the states of a network that hold at some time in `years`;
/// [`AFFILIATIONS`](crate::AFFILIATIONS) says what there is. What the source observed in its last year holds on.
///
/// # Errors
/// [`WorldError::Unknown`] for another name; [`WorldError::Network`] if a state is missing.
pub fn affiliation(
    name: &str,
    network: &Network,
    years: RangeInclusive<i16>,
) -> Result<Affiliation, WorldError> {
    affiliation_entry(name)?;
    let period = period(years);
    let file = Columns::open(MEMBERSHIPS);
    let block = file.read(file.named(name));
    let mut affiliation = Affiliation { name: name.to_owned(), ..Affiliation::default() };
    let spells = block.dates(2).iter().zip(block.dates(3));
    // Rows are sorted by organisation.
    let mut last = None;
    for ((&word, &actor), (&from, &until)) in block.words(0).iter().zip(block.words(1)).zip(spells) {
        let spell = Spell::new(from.unwrap_or(Spell::ALWAYS.from), until)?;
        if !spell.overlaps(&period) {
            continue;
        }
        if last != Some(word) {
            affiliation.organisations.push(file.word(word).to_owned());
            last = Some(word);
        }
        let organisation = u32::try_from(affiliation.organisations.len() - 1).unwrap_or(u32::MAX);
        let actor = network.actor_id(file.word(actor))?;
        affiliation.memberships.push(Membership { actor, organisation, spell });
    }
    Ok(affiliation)
}
