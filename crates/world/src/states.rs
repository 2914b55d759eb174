//! The states.

use crate::table::{Table, WorldError, spell};
use normwave_network_model::{Actor, ActorKind, Network, Timeline, Value};

/// Adds every state that lived at some time from 1985 to 2001, with its membership in the state
/// system, its predecessor, and the attributes `region`, `subregion`, `lat` and `lng`.
///
/// # Errors
/// [`WorldError::Network`] if an id is taken.
pub fn add_states(network: &mut Network) -> Result<(), WorldError> {
    let table = Table::read(include_str!("../data/states.csv"));
    let [id, name, from, until, predecessor] =
        ["id", "name", "from", "until", "predecessor"].map(|column| table.column(column));
    let mut heirs = Vec::new();
    for row in table.rows() {
        let mut actor = Actor::new(&row[id], ActorKind::Government).named(&row[name]);
        actor.lives = vec![spell(&row[from], &row[until])?].into();
        let actor = network.add_actor(actor)?;
        if !row[predecessor].is_empty() {
            heirs.push((actor, row[predecessor].to_owned()));
        }
        for (attribute, column) in [("region", "un_region"), ("subregion", "un_subregion")] {
            let value = Value::Category(row[table.column(column)].to_owned());
            *network.attribute_mut(attribute).of_mut(actor) = Timeline::constant(value);
        }
        for place in ["lat", "lng"] {
            if let Ok(degrees) = row[table.column(place)].parse() {
                *network.attribute_mut(place).of_mut(actor) = Timeline::constant(Value::Number(degrees));
            }
        }
    }
    for (heir, predecessor) in heirs {
        network.actor_mut(heir).predecessor = Some(network.actor_id(&predecessor)?);
    }
    Ok(())
}
