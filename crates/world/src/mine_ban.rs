//! What states did about the landmine ban, when, and the dated events around it.

use crate::table::{Table, WorldError};
use normwave_network_model::{Date, parse_date};

/// What one state did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The state.
    pub state: String,
    /// What it did, such as `signature`.
    pub event: String,
    /// When; a year alone is its first day.
    pub date: Date,
    /// Key of the source.
    pub source: String,
    /// How sure it is: high, medium or low.
    pub confidence: String,
}

/// A dated event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineEntry {
    /// When.
    pub date: Date,
    /// Its name.
    pub key: String,
    /// What happened.
    pub event: String,
    /// Key of the source.
    pub source: String,
    /// How sure it is: high, medium or low.
    pub confidence: String,
}

/// Signatures, consents to be bound, moratoria, votes, the core group.
///
/// # Errors
/// [`WorldError::Network`] if a date of the table is no date.
pub fn mine_ban_facts() -> Result<Vec<Fact>, WorldError> {
    let table = Table::read(include_str!("../data/mine_ban.csv"));
    let fact = |row: &csv::StringRecord| {
        Ok(Fact {
            state: row[0].to_owned(),
            event: row[1].to_owned(),
            date: parse_date(&row[2])?,
            source: row[3].to_owned(),
            confidence: row[4].to_owned(),
        })
    };
    table.rows().map(fact).collect()
}

/// The events of the campaign and around it.
///
/// # Errors
/// [`WorldError::Network`] if a date of the table is no date.
pub fn mine_ban_timeline() -> Result<Vec<TimelineEntry>, WorldError> {
    let table = Table::read(include_str!("../data/mine_ban_timeline.csv"));
    let [date, key, event, source, confidence] =
        ["date", "key", "event", "source", "confidence"].map(|column| table.column(column));
    let entry = |row: &csv::StringRecord| {
        Ok(TimelineEntry {
            date: parse_date(&row[date])?,
            key: row[key].to_owned(),
            event: row[event].to_owned(),
            source: row[source].to_owned(),
            confidence: row[confidence].to_owned(),
        })
    };
    table.rows().map(entry).collect()
}

/// The fixed folds in which states are held out: (state, fold from 0 to 9).
#[must_use]
pub fn folds() -> Vec<(String, usize)> {
    let table = Table::read(include_str!("../data/folds.csv"));
    let fold = |row: &csv::StringRecord| (row[0].to_owned(), row[1].parse().expect("a fold is a number"));
    table.rows().map(fold).collect()
}
