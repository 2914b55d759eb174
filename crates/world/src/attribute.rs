//! Covariates of states.

use crate::table::{Table, WorldError, unknown};
use normwave_network_model::{Attribute, Date, Network, Value, parse_date};

// Each with an id, a date or year from which the row holds, and covariates.
const TABLES: [&str; 3] = [
    include_str!("../data/attributes.csv"),
    include_str!("../data/covariates.csv"),
    include_str!("../data/threat.csv"),
];
const CANDIDATES: &str = include_str!("../data/candidates.csv");

/// Names of all covariates.
#[must_use]
pub fn attributes() -> Vec<String> {
    let mut names: Vec<String> =
        TABLES.iter().flat_map(|text| Table::read(text).header()[2..].to_vec()).collect();
    names.extend(["candidate-EU", "candidate-NATO"].map(str::to_owned));
    names.sort();
    names.dedup();
    names
}

/// A covariate of all states of a network: a row holds from its date, or from 1 January of its
/// year; the first value that a state has also holds before, so that a run may begin before the
/// tables do.
///
/// # Errors
/// [`WorldError::Unknown`] for another name; [`WorldError::Network`] if a state is missing.
pub fn attribute(name: &str, network: &Network) -> Result<Attribute, WorldError> {
    if let Some(organisation) = name.strip_prefix("candidate-") {
        return candidates(organisation, network);
    }
    let mut tables = TABLES.iter().map(|text| Table::read(text));
    let Some(table) = tables.find(|table| table.header()[2..].iter().any(|column| column == name)) else {
        return Err(unknown("attribute", name, attributes()));
    };
    let column = table.column(name);
    let mut attribute = Attribute::default();
    for row in table.rows() {
        if let Ok(number) = row[column].parse() {
            let values = attribute.of_mut(network.actor_id(&row[0])?);
            let date = if values.is_empty() { Date::MIN } else { parse_date(&row[1])? };
            if values.at(date) != Some(&Value::Number(number)) {
                values.set(date, Value::Number(number));
            }
        }
    }
    Ok(attribute)
}

// 1 while a candidate for an organisation.
fn candidates(organisation: &str, network: &Network) -> Result<Attribute, WorldError> {
    let table = Table::read(CANDIDATES);
    let mut attribute = Attribute::default();
    let mut found = false;
    for row in table.rows().filter(|row| &row[0] == organisation) {
        found = true;
        let values = attribute.of_mut(network.actor_id(&row[1])?);
        values.set(parse_date(&row[2])?, Value::Number(1.0));
        if !row[3].is_empty() {
            values.end(parse_date(&row[3])?);
        }
    }
    if found {
        Ok(attribute)
    } else {
        Err(unknown("attribute", &format!("candidate-{organisation}"), attributes()))
    }
}
