//! What a user asks of an import.

/// Years and columns that are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The first year that is read.
    pub from: Option<i16>,
    /// The first year that is not.
    pub until: Option<i16>,
    /// Columns of numbers that are turned into tables; the importer's own choice if empty.
    pub measures: Vec<String>,
}

impl Settings {
    /// Whether a year is wanted.
    #[must_use]
    pub fn wants(&self, year: i16) -> bool {
        self.from.is_none_or(|from| from <= year) && self.until.is_none_or(|until| year < until)
    }

    /// Whether some year from `first` to `last` is wanted.
    #[must_use]
    pub fn wants_some(&self, first: i16, last: i16) -> bool {
        self.from.is_none_or(|from| from <= last) && self.until.is_none_or(|until| first < until)
    }
}
