//! A second world: the fifty states of the United States.

use crate::table::{Table, WorldError};
use normwave_network_model::{Actor, ActorKind, Network, Spell, TieSpell, Timeline, Value, parse_date};

/// The layer of this world: 105 pairs of states that share a border on land or along a river, in both
/// directions, with strength 1. States that meet in a point only (Arizona and Colorado) are not
/// neighbours; Alaska and Hawaii have none.
pub const US_CONTIGUITY: &str = "us-contiguity";

/// Adds the fifty states, by postal code, each from the day of its admission (of the first thirteen,
/// of its ratification of the constitution), with the attributes `region` and `subregion` (regions
/// and divisions of the Census Bureau), `lat` and `lng` (of the capital).
///
/// # Errors
/// [`WorldError::Network`] if an id is taken.
///
/// ```
/// use normwave_network_model::Network;
/// let mut network = Network::default();
/// normwave_world::add_us_states(&mut network)?;
/// assert_eq!(network.actors().len(), 50);
/// let borders = normwave_world::layer(normwave_world::US_CONTIGUITY, &network, 1990..=2000)?;
/// assert_eq!(borders.len(), 2 * 105);
/// # Ok::<(), normwave_world::WorldError>(())
/// ```
pub fn add_us_states(network: &mut Network) -> Result<(), WorldError> {
    let table = Table::read(include_str!("../data/us_states.csv"));
    for row in table.rows() {
        let mut actor = Actor::new(&row[0], ActorKind::Government).named(&row[1]);
        actor.lives = vec![Spell { from: parse_date(&row[3])?, until: None }].into();
        let actor = network.add_actor(actor)?;
        for (attribute, column) in [("region", 4), ("subregion", 5)] {
            let value = Value::Category(row[column].to_owned());
            *network.attribute_mut(attribute).of_mut(actor) = Timeline::constant(value);
        }
        for (attribute, column) in [("lat", 6), ("lng", 7)] {
            let degrees = row[column].parse().expect("a packaged coordinate is a number");
            *network.attribute_mut(attribute).of_mut(actor) = Timeline::constant(Value::Number(degrees));
        }
    }
    Ok(())
}

pub(crate) fn us_contiguity(network: &Network) -> Result<Vec<TieSpell>, WorldError> {
    let table = Table::read(include_str!("../data/us_contiguity.csv"));
    let mut ties = Vec::new();
    for row in table.rows() {
        let (a, b) = (network.actor_id(&row[0])?, network.actor_id(&row[1])?);
        ties.extend([(a, b), (b, a)].map(|(from, to)| TieSpell {
            from,
            to,
            strength: 1.0,
            spell: Spell::ALWAYS,
        }));
    }
    Ok(ties)
}

/// The postal code of a state of the United States, from its code, its name or its FIPS number.
///
/// ```
/// assert_eq!(normwave_world::resolve_us_state("new york"), Some("NY"));
/// assert_eq!(normwave_world::resolve_us_state("36"), Some("NY"));
/// assert_eq!(normwave_world::resolve_us_state("Ontario"), None);
/// ```
#[must_use]
pub fn resolve_us_state(text: &str) -> Option<&'static str> {
    let text = text.trim();
    let number = text.strip_suffix(".0").unwrap_or(text).trim_start_matches('0');
    include_str!("../data/us_states.csv").lines().skip(1).find_map(|line| {
        let mut fields = line.split(',');
        let (id, name, fips) = (fields.next()?, fields.next()?, fields.next()?);
        let meant = text.eq_ignore_ascii_case(id) || text.eq_ignore_ascii_case(name) || number == fips;
        meant.then_some(id)
    })
}
