//! Which actor a code of a file is.

use crate::codes::{self, CodeScheme};
use normwave_network_model::Date;
use std::collections::{BTreeMap, HashMap};

/// The id of a state: its ISO 3166-1 alpha-3 code, one per actor over time.
pub type Id = &'static str;

/// An actor, and whether the code is its code at the end of the year.
///
/// In a year in which a code changes, as in 1990 from 260 to 255 for Germany, two codes are the same
/// actor; the one of the year's end counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// The actor.
    pub id: Id,
    /// Whether the code holds on 31 December.
    pub at_end: bool,
}

/// A code that is no actor, and how often it was met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unresolved {
    /// Rows that name it.
    pub n: usize,
    /// The first and the last year of these rows.
    pub years: (i16, i16),
    /// Why it is no actor.
    pub why: String,
}

/// Turns codes into actors, and keeps account of those that are none.
#[derive(Debug, Default)]
pub struct States {
    found: HashMap<CodeScheme, HashMap<String, HashMap<i16, Result<Found, String>>>>,
    unresolved: BTreeMap<String, Unresolved>,
}

impl States {
    /// The actor of a code in a year: at its end, or else at its beginning or in its middle.
    pub fn in_year(&mut self, scheme: CodeScheme, text: &str, year: i16) -> Option<Found> {
        let known = self.found.entry(scheme).or_default();
        if !known.contains_key(text) {
            known.insert(text.to_owned(), HashMap::new());
        }
        let years = known.get_mut(text)?;
        match years.entry(year).or_insert_with(|| look_up(scheme, text, year)) {
            Ok(found) => Some(*found),
            Err(why) => {
                let why = why.clone();
                let account = self.unresolved.entry(text.to_owned());
                let account = account.or_insert(Unresolved { n: 0, years: (year, year), why });
                account.n += 1;
                account.years = (account.years.0.min(year), account.years.1.max(year));
                None
            }
        }
    }

    /// The actors of two codes in a year, if both are some.
    pub fn pair(&mut self, scheme: CodeScheme, (one, two): (&str, &str), year: i16) -> Option<(Id, Id)> {
        let (one, two) = (self.in_year(scheme, one, year), self.in_year(scheme, two, year));
        Some((one?.id, two?.id))
    }

    /// The codes that are no actors.
    #[must_use]
    pub fn unresolved(&self) -> &BTreeMap<String, Unresolved> {
        &self.unresolved
    }
}

fn look_up(scheme: CodeScheme, text: &str, year: i16) -> Result<Found, String> {
    let on = |month, day| {
        let date = Date::new(year, month, day).map_err(|error| error.to_string())?;
        codes::resolve(scheme, text, date)
    };
    match on(12, 31) {
        Ok(id) => Ok(Found { id, at_end: true }),
        Err(why) => on(1, 1).or_else(|_| on(7, 1)).map(|id| Found { id, at_end: false }).map_err(|_| why),
    }
}
