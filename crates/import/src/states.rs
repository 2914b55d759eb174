//! Which actor a code of a file is.

use normwave_network_model::Date;
use normwave_world::{CodeScheme, code_of, resolve};
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

type ByYear = HashMap<i16, Result<Found, String>>;

/// Turns codes into actors, and keeps account of those that are none.
#[derive(Debug, Default)]
pub struct States {
    found: HashMap<CodeScheme, HashMap<String, ByYear>>,
    unresolved: BTreeMap<String, Unresolved>,
}

impl States {
    /// The actor of a code in a year: at its end, or else at its beginning or in its middle.
    pub fn in_year(&mut self, scheme: CodeScheme, text: &str, year: i16) -> Option<Found> {
        self.in_year_by(&[scheme], text, year)
    }

    /// The actor of a code in a year, by the first of some schemes that knows it.
    pub fn in_year_by(&mut self, schemes: &[CodeScheme], text: &str, year: i16) -> Option<Found> {
        let mut first = None;
        for &scheme in schemes {
            match self.look_up(scheme, text, year) {
                Ok(found) => return Some(found),
                Err(why) => first = first.or(Some(why)),
            }
        }
        let why = first.unwrap_or_default();
        let account = self.unresolved.entry(text.to_owned());
        let account = account.or_insert(Unresolved { n: 0, years: (year, year), why });
        account.n += 1;
        account.years = (account.years.0.min(year), account.years.1.max(year));
        None
    }

    fn look_up(&mut self, scheme: CodeScheme, text: &str, year: i16) -> Result<Found, String> {
        let known = self.found.entry(scheme).or_default();
        // Most texts are known, and need no copy.
        if let Some(years) = known.get_mut(text) {
            return years.entry(year).or_insert_with(|| look_up(scheme, text, year)).clone();
        }
        let found = look_up(scheme, text, year);
        known.insert(text.to_owned(), HashMap::from([(year, found.clone())]));
        found
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
        let id = resolve(scheme, text, date).map_err(|error| error.to_string())?;
        // Territories have ISO codes, too; states have a number of the Correlates of War.
        match code_of(id, CodeScheme::Cow, date) {
            Some(_) => Ok(id),
            None => Err(format!("`{text}` is {id}, which is no state of the packaged world on {date}")),
        }
    };
    match on(12, 31) {
        Ok(id) => Ok(Found { id, at_end: true }),
        Err(why) => on(1, 1).or_else(|_| on(7, 1)).map(|id| Found { id, at_end: false }).map_err(|_| why),
    }
}
