//! The states.

use crate::table::{Table, WorldError, spell};
use normwave_network_model::{Actor, ActorKind, Attribute, Network, Timeline, Value};

const STATES: &str = include_str!("../data/states.csv");
const CAPITALS: &str = include_str!("../data/capitals.csv");

/// What is known of every state once it is added: region and sub-region (UN M49), the capital and
/// its coordinates in degrees, by date where a capital moved.
pub(crate) const PLACES: [&str; 5] = ["capital", "lat", "lng", "region", "subregion"];

/// Adds every state that lived at some time from 1980 to 2016, with its membership in the state
/// system (Correlates of War), its predecessor, and the attributes `region`, `subregion`, `capital`,
/// `lat` and `lng`.
///
/// Ids are ISO alpha-3 codes that are unique over time: `DDR`, `CSK`, `YUG` (to 2006-06-04, then
/// `SRB`), `YMD`; North Yemen is `YAR`, Kosovo `XKX`. West Germany and Germany are one actor, `DEU`,
/// as are the USSR and Russia, `RUS`.
///
/// # Errors
/// [`WorldError::Network`] if an id is taken.
pub fn add_states(network: &mut Network) -> Result<(), WorldError> {
    let table = Table::read(STATES);
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
    }
    for (heir, predecessor) in heirs {
        network.actor_mut(heir).predecessor = Some(network.actor_id(&predecessor)?);
    }
    for name in PLACES {
        *network.attribute_mut(name) = place(name, network)?;
    }
    Ok(())
}

// One of `PLACES` for all states.
pub(crate) fn place(name: &str, network: &Network) -> Result<Attribute, WorldError> {
    let mut attribute = Attribute::default();
    if let "region" | "subregion" = name {
        let table = Table::read(STATES);
        let column = table.column(&format!("un_{name}"));
        for row in table.rows() {
            let values = attribute.of_mut(network.actor_id(&row[0])?);
            *values = Timeline::constant(Value::Category(row[column].to_owned()));
        }
        return Ok(attribute);
    }
    let table = Table::read(CAPITALS);
    let (column, from) = (table.column(name), table.column("from"));
    for row in table.rows() {
        let values = attribute.of_mut(network.actor_id(&row[0])?);
        let value = match row[column].parse() {
            Ok(degrees) if name != "capital" => Value::Number(degrees),
            _ => Value::Category(row[column].to_owned()),
        };
        // The first capital holds without end to either side, as a state does not outlive its own.
        if values.is_empty() {
            *values = Timeline::constant(value);
        } else {
            values.set(normwave_network_model::parse_date(&row[from])?, value);
        }
    }
    Ok(attribute)
}
