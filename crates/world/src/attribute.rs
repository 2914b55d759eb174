//! Covariates of states.

use crate::catalogue::{ATTRIBUTES, attribute_entry};
use crate::columns::Columns;
use crate::packaged;
use crate::table::{Table, WorldError};
use crate::years::period;
use normwave_network_model::{Attribute, Date, Network, Value, parse_date};
use std::ops::RangeInclusive;

/// A covariate of all states of a network, as far as it is needed to the end of `years`.
///
/// A row holds from its date until the next; where a source has no value any more, the last one
/// holds on. The first value that a state has also holds before, so that a run may begin before
/// the tables do. What happens in a year, such as a change of leader
/// ([`Entry::event`](crate::Entry::event)), holds in that year only.
///
/// # Errors
/// [`WorldError::Unknown`] for another name; [`WorldError::Network`] if a state is missing.
pub fn attribute(name: &str, network: &Network, years: RangeInclusive<i16>) -> Result<Attribute, WorldError> {
    let entry = attribute_entry(name)?;
    if let Some(organisation) = name.strip_prefix("candidate-") {
        return candidates(organisation, network);
    }
    if entry.derived_by == "states_table" {
        return crate::states::place(name, network);
    }
    let file = Columns::open(packaged::ATTRIBUTES);
    let block = file.read(file.named(name));
    let end = period(years).until;
    let mut attribute = Attribute::default();
    for ((&word, from), value) in block.words(0).iter().zip(block.dates(1)).zip(block.values(2)) {
        let (Some(from), Some(number)) = (*from, *value) else { continue };
        let values = attribute.of_mut(network.actor_id(file.word(word))?);
        if entry.event {
            values.set(from, Value::Number(number));
            if let Ok(next) = Date::new(from.year() + 1, 1, 1) {
                values.end(next);
            }
        } else if values.is_empty() {
            values.set(Date::MIN, Value::Number(number));
        } else if end.is_none_or(|end| from < end) && values.at(from) != Some(&Value::Number(number)) {
            values.set(from, Value::Number(number));
        }
    }
    Ok(attribute)
}

// 1 while a candidate for an organisation.
fn candidates(organisation: &str, network: &Network) -> Result<Attribute, WorldError> {
    let table = Table::read(include_str!("../data/candidates.csv"));
    let mut attribute = Attribute::default();
    for row in table.rows().filter(|row| &row[0] == organisation) {
        let values = attribute.of_mut(network.actor_id(&row[1])?);
        values.set(parse_date(&row[2])?, Value::Number(1.0));
        if !row[3].is_empty() {
            values.end(parse_date(&row[3])?);
        }
    }
    Ok(attribute)
}

/// Names of all covariates.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    ATTRIBUTES.iter().map(|entry| entry.name)
}
