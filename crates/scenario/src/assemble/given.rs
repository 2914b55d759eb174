//! What was given before, and where, so that nothing is given twice.

use crate::ScenarioError;
use crate::error::Source;
use crate::tables::Row;
use normwave_network_model::{Date, NetworkError, Spell};
use std::collections::HashMap;
use std::hash::Hash;

/// Where something was given; small, since there is one for every row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    file: u32,
    // The line of a table, the byte of the scenario file: its line is counted only when it is needed.
    at: u32,
}

impl Place {
    pub(super) fn new(file: u32, at: usize) -> Self {
        Place { file, at: u32::try_from(at).unwrap_or(u32::MAX) }
    }
}

/// The files that places are in.
pub(super) struct Files<'s> {
    source: &'s Source,
    names: Vec<String>,
}

impl<'s> Files<'s> {
    /// The scenario file.
    pub(super) const SOURCE: u32 = 0;

    pub(super) fn new(source: &'s Source) -> Self {
        Files { source, names: vec![source.name.clone()] }
    }

    /// A table, or another origin such as "the packaged world", whose places are at 0.
    pub(super) fn add(&mut self, name: &str) -> u32 {
        self.names.push(name.to_owned());
        u32::try_from(self.names.len() - 1).unwrap_or(u32::MAX)
    }

    /// `ties.csv:48`.
    pub(super) fn name(&self, place: Place) -> String {
        let name = self.names.get(place.file as usize).map_or("", String::as_str);
        let at = place.at as usize;
        match (place.file, at) {
            (Self::SOURCE, at) => format!("{name}:{}", self.source.line(&(at..at))),
            (_, 0) => name.to_owned(),
            (_, line) => format!("{name}:{line}"),
        }
    }
}

/// Spells by key, each with its place: of one key they may not overlap.
#[derive(Debug)]
pub(super) struct Given<K> {
    // Of each key in order of time.
    spells: HashMap<K, Vec<(Spell, Place)>>,
}

impl<K> Default for Given<K> {
    fn default() -> Self {
        Given { spells: HashMap::new() }
    }
}

impl<K: Eq + Hash> Given<K> {
    /// Takes a spell down; where it was given before if one of the same key shares a day with it.
    pub(super) fn add(&mut self, key: K, spell: Spell, place: Place) -> Result<(), Place> {
        let known = self.spells.entry(key).or_default();
        let idx = known.partition_point(|(other, _)| other.from < spell.from);
        let neighbours = &known[idx.saturating_sub(1)..(idx + 1).min(known.len())];
        if let Some((_, before)) = neighbours.iter().find(|(other, _)| other.overlaps(&spell)) {
            return Err(*before);
        }
        known.insert(idx, (spell, place));
        Ok(())
    }
}

/// The spell of a row, by its columns of the first day and of the first day after.
pub(super) fn spell_of(row: &Row<'_>, from: &str, until: &str) -> Result<Spell, ScenarioError> {
    let first = row.date(from)?.unwrap_or(Date::MIN);
    Spell::new(first, row.date(until)?).map_err(|error| {
        let (problem, remedy) = ends_first(&error, from, until);
        row.error(row.get(until), problem, remedy)
    })
}

/// The spell of a table in the scenario file.
pub(super) fn spell_between(
    source: &Source,
    key: &str,
    (from, until): (&str, &str),
    first: Option<Date>,
    end: Option<&toml::Spanned<crate::file::DateValue>>,
) -> Result<Spell, ScenarioError> {
    Spell::new(first.unwrap_or(Date::MIN), end.map(|date| date.get_ref().0)).map_err(|error| {
        let (problem, remedy) = ends_first(&error, from, until);
        source.error(end.map_or(0..0, toml::Spanned::span), key, problem, remedy)
    })
}

fn ends_first(error: &NetworkError, first: &str, end: &str) -> (String, String) {
    let problem = match error {
        NetworkError::EmptySpell { from, until } => format!("it would end on {until}, but begins on {from}"),
        other => other.to_string(),
    };
    (problem, format!("`{end}` is the first day after the end, and must be later than `{first}`."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_spell_is_refused_exactly_if_it_shares_a_day_with_one_that_was_taken(
            spells in prop::collection::vec((0..60_i8, 1..20_i8, any::<bool>()), 0..30),
        ) {
            let day = |no: i8| Date::constant(1997, 1 + no / 28, 1 + no % 28);
            let mut given = Given::default();
            let mut taken: Vec<(Spell, Place)> = Vec::new();
            for (line, (from, long, open)) in spells.into_iter().enumerate() {
                let until = (!open).then(|| day(from.saturating_add(long)));
                let spell = Spell::new(day(from), until).unwrap();
                let place = Place::new(1, line);
                let expected: Vec<Place> =
                    taken.iter().filter(|(other, _)| other.overlaps(&spell)).map(|(_, place)| *place).collect();
                match given.add((), spell, place) {
                    Ok(()) => {
                        prop_assert!(expected.is_empty());
                        taken.push((spell, place));
                    }
                    Err(before) => prop_assert!(expected.contains(&before)),
                }
            }
        }
    }
}
