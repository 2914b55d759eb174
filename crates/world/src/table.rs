// Reading the packaged tables, which are known to be well formed.

use crate::YEARS;
use normwave_network_model::{Date, NetworkError, Spell, parse_date};

/// What the packaged world does not have, or a network that does not fit it.
#[derive(Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum WorldError {
    /// There is no table of this name.
    #[error("the packaged world has no {what} `{name}`; {}it has: {}", suggestion(name, known), known.join(", "))]
    Unknown {
        /// layer, attribute, affiliation or table.
        what: &'static str,
        /// What was asked for.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// A year is not packaged.
    #[error("{year} is not among the packaged years; give one from {} to {}", YEARS.start(), YEARS.end())]
    Year {
        /// The year.
        year: i16,
    },
    /// A state is missing from the network, or a date is wrong.
    #[error(transparent)]
    Network(#[from] NetworkError),
}

pub(crate) fn unknown<S: ToString>(
    what: &'static str,
    name: &str,
    known: impl IntoIterator<Item = S>,
) -> WorldError {
    WorldError::Unknown {
        what,
        name: name.to_owned(),
        known: known.into_iter().map(|s| s.to_string()).collect(),
    }
}

fn suggestion(name: &str, known: &[String]) -> String {
    // What is longer is no slip of the pen, and takes long to compare.
    let near = known.iter().filter(|_| name.len() <= 100);
    let scored = near.map(|known| (strsim::jaro_winkler(name, known), known));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|best| best.0 > 0.8);
    best.map_or_else(String::new, |(_, known)| format!("did you mean `{known}`? "))
}

/// The rows of a packaged table, with the names of its columns.
pub(crate) struct Table {
    header: Vec<String>,
    rows: Vec<csv::StringRecord>,
}

impl Table {
    pub(crate) fn read(text: &'static str) -> Self {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().expect("a packaged table has a header");
        let header = header.iter().map(str::to_owned).collect();
        let rows = reader.records().map(|row| row.expect("a packaged table is well formed")).collect();
        Table { header, rows }
    }

    pub(crate) fn column(&self, name: &str) -> usize {
        self.header.iter().position(|column| column == name).expect("a packaged table has its columns")
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = &csv::StringRecord> {
        self.rows.iter()
    }
}

// Empty is open.
pub(crate) fn spell(from: &str, until: &str) -> Result<Spell, NetworkError> {
    let date = |text: &str| if text.is_empty() { Ok(None) } else { parse_date(text).map(Some) };
    Spell::new(date(from)?.unwrap_or(Date::MIN), date(until)?)
}
