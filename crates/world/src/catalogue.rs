//! What is packaged, and what is not.

mod affiliations;
mod attributes;
mod facts;
mod layers;
mod not_packaged;
mod united_states;

use crate::table::{WorldError, unknown};

pub use affiliations::AFFILIATIONS;
pub use attributes::ATTRIBUTES;
pub use facts::FACTS;
pub use layers::LAYERS;
pub use not_packaged::{NOT_PACKAGED, NotPackaged};
pub use united_states::UNITED_STATES;

pub(crate) use layers::Form;

/// A layer, attribute, affiliation or table of facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name in scenario files.
    pub name: &'static str,
    /// What a tie, a value or a membership is.
    pub about: &'static str,
    /// Unit of a tie's strength or of a value.
    pub unit: &'static str,
    /// Of a layer, from whom to whom a tie goes.
    pub direction: &'static str,
    /// Of a layer, whether every tie has its like in the other direction.
    pub mutual: bool,
    /// Whether a value is something that happens in a year, and holds in that year only.
    pub event: bool,
    /// First and last year that the sources observe, within the packaged ones; both 0 where time
    /// does not matter.
    pub observed: (i16, i16),
    /// Keys of the data sets, as in [`SOURCES`](crate::SOURCES).
    pub sources: &'static [&'static str],
    /// The function of `derive/derive.py` that derives it; empty for what was written by hand.
    pub derived_by: &'static str,
}

impl Entry {
    /// `1980–2012`, or `always`.
    #[must_use]
    pub fn years(&self) -> String {
        match self.observed {
            (0, 0) => "always".to_owned(),
            (first, last) => format!("{first}–{last}"),
        }
    }
}

// What entries start from.
const PLAIN: Entry = Entry {
    name: "",
    about: "",
    unit: "",
    direction: "",
    mutual: false,
    event: false,
    observed: (0, 0),
    sources: &[],
    derived_by: "",
};

/// The layer, attribute, affiliation or table of facts of a name.
///
/// # Errors
/// [`WorldError::Unknown`] if there is none.
pub fn entry(name: &str) -> Result<&'static Entry, WorldError> {
    let all = || LAYERS.iter().chain(AFFILIATIONS).chain(ATTRIBUTES).chain(FACTS).chain(UNITED_STATES);
    let found = all().find(|entry| entry.name == name);
    found.ok_or_else(|| unknown("table", name, all().map(|entry| entry.name)))
}

pub(crate) fn layer_entry(name: &str) -> Result<(&'static Entry, &'static Form), WorldError> {
    let found = LAYERS.iter().position(|entry| entry.name == name);
    let found = found.map(|place| (&LAYERS[place], layers::form(place)));
    let known = || LAYERS.iter().map(|entry| entry.name).chain([crate::US_CONTIGUITY]);
    found.ok_or_else(|| unknown("layer", name, known()))
}

pub(crate) fn attribute_entry(name: &str) -> Result<&'static Entry, WorldError> {
    let found = ATTRIBUTES.iter().find(|entry| entry.name == name);
    found.ok_or_else(|| unknown("attribute", name, crate::attribute::names()))
}

pub(crate) fn affiliation_entry(name: &str) -> Result<&'static Entry, WorldError> {
    let found = AFFILIATIONS.iter().find(|entry| entry.name == name);
    found.ok_or_else(|| unknown("affiliation", name, AFFILIATIONS.iter().map(|entry| entry.name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_has_a_source_and_says_what_it_is() {
        let all: Vec<&Entry> = LAYERS.iter().chain(AFFILIATIONS).chain(ATTRIBUTES).chain(FACTS).collect();
        let script = include_str!("../derive/derive.py");
        for entry in &all {
            let name = entry.name;
            assert_eq!(all.iter().filter(|other| other.name == name).count(), 1, "{name} is there twice");
            assert!(!entry.about.is_empty() && !entry.unit.is_empty(), "{name}");
            assert!(!entry.sources.is_empty(), "{name} has no source");
            for key in entry.sources {
                assert!(crate::source(key).is_some(), "{name}: there is no source {key}");
            }
            assert!(script.contains(&format!("def {}(", entry.derived_by)), "{name}: {}", entry.derived_by);
            assert!(crate::SOURCES_PAGE.contains(&format!("`{name}`")), "{name} is not in SOURCES.md");
        }
        for names in [LAYERS, AFFILIATIONS, ATTRIBUTES, FACTS] {
            assert!(names.is_sorted_by_key(|entry| entry.name), "{:?}", names[0].name);
        }
    }

    #[test]
    fn every_attribute_of_the_file_is_listed_and_the_other_way_round() {
        let file = crate::columns::Columns::open(crate::packaged::ATTRIBUTES);
        let mut packaged: Vec<&str> = file.blocks().iter().map(|head| head.key).collect();
        packaged.extend(["candidate-EU", "candidate-NATO"]);
        packaged.extend(crate::states::PLACES);
        packaged.sort_unstable();
        assert_eq!(packaged, crate::attribute::names().collect::<Vec<_>>());
    }
}
