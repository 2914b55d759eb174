//! Codes and names of states: which state each stands for, on a date.

use normwave_network_model::{Date, parse_date};
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

/// A way to write down which state is meant.
///
/// Actors have ids of their own, ISO 3166 alpha-3 codes made unique over time (see
/// [`add_states`](crate::add_states)); [`resolve`] leads from a code to an id, [`code_of`] back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum CodeScheme {
    /// ISO 3166 alpha-3, withdrawn codes included: `FRA`, `CSK`, `ROM`.
    Iso3,
    /// ISO 3166 alpha-2, withdrawn codes included: `FR`, `SU`.
    Iso2,
    /// ISO 3166 numeric: `250`.
    IsoNumeric,
    /// Numbers of the Correlates of War: `220`.
    Cow,
    /// Abbreviations of the Correlates of War: `FRN`.
    CowAbbreviation,
    /// Numbers of Gleditsch and Ward, which differ from the former for Germany, Yemen, Serbia and
    /// states of the Pacific.
    GleditschWard,
    /// United Nations M49: `250`.
    M49,
    /// V-Dem: its numbers (`country_id`) or its letters (`country_text_id`).
    VDem,
    /// World Bank: `FRA`, `ROM`, `XKX`.
    WorldBank,
    /// Names in English and usual aliases, and common names in German, French, Italian and
    /// Spanish, whatever the accents, capitals and punctuation: `Ivory Coast`, `Côte d'Ivoire`.
    Name,
}

impl CodeScheme {
    /// All schemes, with the names that they have in commands and tables.
    pub const ALL: [(CodeScheme, &'static str); 10] = [
        (CodeScheme::Iso3, "iso3"),
        (CodeScheme::Iso2, "iso2"),
        (CodeScheme::IsoNumeric, "iso-numeric"),
        (CodeScheme::Cow, "cow"),
        (CodeScheme::CowAbbreviation, "cow-abbreviation"),
        (CodeScheme::GleditschWard, "gleditsch-ward"),
        (CodeScheme::M49, "m49"),
        (CodeScheme::VDem, "v-dem"),
        (CodeScheme::WorldBank, "world-bank"),
        (CodeScheme::Name, "name"),
    ];

    /// The scheme that most of `texts` are codes of on `date`, and how many of them; none if no
    /// scheme knows any. Where two know as many, the one that stands first in [`Self::ALL`], so
    /// that numbers are taken for ISO's only if more of them are.
    #[must_use]
    pub fn guess<'a>(texts: impl IntoIterator<Item = &'a str>, date: Date) -> Option<(CodeScheme, usize)> {
        let texts: Vec<&str> = texts.into_iter().collect();
        let count = |scheme| texts.iter().filter(|text| resolve(scheme, text, date).is_ok()).count();
        let counts = Self::ALL.map(|(scheme, _)| (scheme, count(scheme)));
        let most = counts.iter().map(|(_, count)| *count).max().filter(|most| *most > 0)?;
        counts.into_iter().find(|(_, count)| *count == most)
    }
}

impl fmt::Display for CodeScheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = Self::ALL.iter().find(|(scheme, _)| scheme == self);
        f.write_str(found.map_or("", |(_, name)| name))
    }
}

impl FromStr for CodeScheme {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let found = Self::ALL.iter().find(|(_, name)| *name == text);
        found.map(|(scheme, _)| *scheme).ok_or_else(|| CodeError::Scheme { text: text.to_owned() })
    }
}

/// Why a text does not lead to a state.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CodeError {
    /// No state ever went by it.
    #[error("no state goes by `{text}` in {scheme}{}", meant(like))]
    Unknown {
        /// How it was read.
        scheme: CodeScheme,
        /// What was given.
        text: String,
        /// What may have been meant, best first; five at most.
        like: Vec<&'static str>,
    },
    /// Some state goes by it, but not on that date.
    #[error("`{text}` in {scheme} does not stand for a state on {date}: {}", held(when))]
    NotThen {
        /// How it was read.
        scheme: CodeScheme,
        /// What was given.
        text: String,
        /// The date asked for.
        date: Date,
        /// For whom it stands, from when, and until before which day.
        when: Vec<(&'static str, Option<Date>, Option<Date>)>,
    },
    /// There is no such scheme.
    #[error("there are no codes called `{text}`; known: {}", CodeScheme::ALL.map(|(_, name)| name).join(", "))]
    Scheme {
        /// What was given.
        text: String,
    },
}

fn meant(like: &[&str]) -> String {
    if like.is_empty() { String::new() } else { format!("; did you mean {}?", like.join(", ")) }
}

fn held(when: &[(&str, Option<Date>, Option<Date>)]) -> String {
    let one = |&(id, from, until): &(&str, Option<Date>, Option<Date>)| match (from, until) {
        (Some(from), Some(until)) => format!("it is {id} from {from} until before {until}"),
        (Some(from), None) => format!("it is {id} from {from}"),
        (None, Some(until)) => format!("it is {id} until before {until}"),
        (None, None) => format!("it is {id}"),
    };
    when.iter().map(one).collect::<Vec<_>>().join(", ")
}

struct Entry {
    code: &'static str,
    id: &'static str,
    from: Option<Date>,
    until: Option<Date>,
}

impl Entry {
    fn holds(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.until.is_none_or(|until| date < until)
    }
}

#[derive(Default)]
struct Codes {
    entries: Vec<(CodeScheme, Entry)>,
    of_code: HashMap<(CodeScheme, String), Vec<usize>>,
    of_id: HashMap<(CodeScheme, &'static str), Vec<usize>>,
}

// Read when it is first asked for.
static CODES: LazyLock<Codes> = LazyLock::new(|| {
    let mut codes = Codes::default();
    let mut reader = csv::Reader::from_reader(TEXT.as_bytes());
    for row in reader.records().map(|row| row.expect("the packaged codes are well formed")) {
        let line = row.position().and_then(|place| usize::try_from(place.byte()).ok()).unwrap_or(0);
        // Fields lie in the packaged text, so that nothing is copied.
        let field = |column: usize| within(&TEXT[line..], &row[column]);
        let scheme: CodeScheme = row[0].parse().expect("the packaged codes are of known schemes");
        let day = |text: &str| (!text.is_empty()).then(|| parse_date(text).expect("a packaged date"));
        let entry = Entry { code: field(1), id: field(2), from: day(&row[3]), until: day(&row[4]) };
        let place = codes.entries.len();
        codes.of_code.entry((scheme, plain(scheme, entry.code))).or_default().push(place);
        codes.of_id.entry((scheme, entry.id)).or_default().push(place);
        codes.entries.push((scheme, entry));
    }
    codes
});

const TEXT: &str = include_str!("../data/codes.csv");

fn within(text: &'static str, field: &str) -> &'static str {
    text.find(field).map_or("", |start| &text[start..start + field.len()])
}

// Names without accents, capitals, punctuation and `the`; numbers without leading zeros; other
// codes in capitals.
fn plain(scheme: CodeScheme, text: &str) -> String {
    let text = text.trim();
    if scheme == CodeScheme::Name {
        let mut words = String::with_capacity(text.len());
        for c in text.chars() {
            match unaccented(c) {
                Some(letters) => words.push_str(letters),
                None if c == '&' => words.push_str(" and "),
                None if c == '\'' || c == '’' || c == '.' => {}
                None if c.is_alphanumeric() => words.extend(c.to_lowercase()),
                None => words.push(' '),
            }
        }
        let words: Vec<&str> = words.split_whitespace().filter(|word| *word != "the").collect();
        return words.join(" ");
    }
    // 2.0 as spreadsheets and data frames write it.
    let digits = text.strip_suffix(".0").unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits.trim_start_matches('0').to_owned();
    }
    text.to_uppercase()
}

// Latin letters of European languages without their marks.
fn unaccented(c: char) -> Option<&'static str> {
    let lower = c.to_lowercase().next().unwrap_or(c);
    Some(match lower {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' => "a",
        'ç' | 'č' | 'ć' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ě' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'ı' | 'ī' => "i",
        'ñ' | 'ń' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' => "o",
        'š' | 'ş' | 'ś' => "s",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' => "u",
        'ý' | 'ÿ' => "y",
        'ž' | 'ź' | 'ż' => "z",
        'ł' => "l",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        _ => return None,
    })
}

/// The id of the state for which a code or name stands on a date.
///
/// The same code may stand for two states one after the other: Gleditsch and Ward's 678 is the
/// Yemen Arab Republic until before 22 May 1990 and Yemen from that day on.
///
/// ```
/// use normwave_network_model::parse_date;
/// use normwave_world::{CodeScheme, resolve};
/// let day = parse_date("1997-12-03")?;
/// assert_eq!(resolve(CodeScheme::Name, "Ivory Coast", day)?, "CIV");
/// assert_eq!(resolve(CodeScheme::Cow, "255", day)?, "DEU");
/// // West Germany's number ended with it.
/// assert!(resolve(CodeScheme::Cow, "260", day).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`CodeError::Unknown`] with what may have been meant; [`CodeError::NotThen`] with for whom it
/// stands when.
pub fn resolve(scheme: CodeScheme, text: &str, date: Date) -> Result<&'static str, CodeError> {
    let codes = &*CODES;
    let key = (scheme, plain(scheme, text));
    let Some(places) = codes.of_code.get(&key) else {
        let like = like(scheme, &key.1);
        return Err(CodeError::Unknown { scheme, text: text.to_owned(), like });
    };
    let found = places.iter().map(|&place| &codes.entries[place].1);
    match found.clone().find(|entry| entry.holds(date)) {
        Some(entry) => Ok(entry.id),
        None => {
            let mut when: Vec<_> = found.map(|entry| (entry.id, entry.from, entry.until)).collect();
            when.dedup();
            Err(CodeError::NotThen { scheme, text: text.to_owned(), date, when })
        }
    }
}

/// The code or name of a state on a date; of several, the first in the alphabet that is still in
/// use. None if the scheme has none for it then.
///
/// ```
/// use normwave_network_model::parse_date;
/// use normwave_world::{CodeScheme, code_of};
/// let [before, after] = ["1989-01-01", "1991-01-01"].map(|day| parse_date(day).unwrap());
/// assert_eq!(code_of("DEU", CodeScheme::Cow, before), Some("260"));
/// assert_eq!(code_of("DEU", CodeScheme::Cow, after), Some("255"));
/// assert_eq!(code_of("DEU", CodeScheme::GleditschWard, after), Some("260"));
/// ```
#[must_use]
pub fn code_of(id: &str, scheme: CodeScheme, date: Date) -> Option<&'static str> {
    let codes = &*CODES;
    let (_, entry) = codes.entries.iter().find(|(of, entry)| *of == scheme && entry.id == id)?;
    let places = codes.of_id.get(&(scheme, entry.id))?;
    let mut held = places.iter().map(|&place| &codes.entries[place].1).filter(|entry| entry.holds(date));
    let first = held.clone().next()?;
    // An id is its own code; else the one without an end before the one with.
    let own = held.clone().find(|entry| entry.code == id);
    Some(own.or_else(|| held.find(|entry| entry.until.is_none())).unwrap_or(first).code)
}

// Names and codes that resemble a text, best first.
fn like(scheme: CodeScheme, text: &str) -> Vec<&'static str> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut scored: Vec<(f64, &'static str, &'static str)> = Vec::new();
    for (of, entry) in CODES.entries.iter().filter(|(of, _)| *of == scheme) {
        let code = plain(*of, entry.code);
        let mut score = strsim::jaro_winkler(&code, text);
        // `Korea` is a word of two names.
        if scheme == CodeScheme::Name && text.len() > 2 && code.split(' ').any(|word| word == text) {
            score = 1.0 - code.len() as f64 / 1000.0;
        }
        if score > 0.85 {
            scored.push((score, entry.id, entry.code));
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.cmp(b.2)));
    let mut ids = Vec::new();
    scored.retain(|(_, id, _)| {
        !ids.contains(id) && {
            ids.push(*id);
            true
        }
    });
    scored.into_iter().map(|(_, _, code)| code).take(5).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(scheme: CodeScheme, text: &str, date: &str) -> Result<&'static str, String> {
        resolve(scheme, text, parse_date(date).unwrap()).map_err(|error| error.to_string())
    }

    #[test]
    fn usual_aliases_are_known_whatever_their_accents_and_capitals() {
        for (name, id) in [
            ("Ivory Coast", "CIV"),
            ("CÔTE D’IVOIRE", "CIV"),
            ("Cote dIvoire", "CIV"),
            ("Burma", "MMR"),
            ("FRY", "YUG"),
            ("The Gambia", "GMB"),
            ("Bosnia & Herzegovina", "BIH"),
            ("Congo, Dem. Rep.", "COD"),
            ("U.S.A.", "USA"),
            ("São Tomé and Príncipe", "STP"),
            ("Deutschland", "DEU"),
            ("Holy See", "VAT"),
            ("Swaziland", "SWZ"),
            ("Macedonia, FYR", "MKD"),
        ] {
            assert_eq!(on(CodeScheme::Name, name, "1999-01-01").as_deref(), Ok(id), "{name}");
        }
    }

    // FORMATS: Correlates of War and Gleditsch-Ward differ for Germany, Yemen, Serbia and the
    // Pacific.
    #[test]
    fn numbers_of_the_two_state_lists_lead_to_the_same_states() {
        for (id, date, cow, gw) in [
            ("DEU", "1985-01-01", "260", "260"),
            ("DEU", "1995-01-01", "255", "260"),
            ("YAR", "1985-01-01", "678", "678"),
            ("YEM", "1995-01-01", "679", "678"),
            ("YUG", "2000-01-01", "345", "345"),
            ("SRB", "2010-01-01", "345", "340"),
            ("KIR", "2005-01-01", "946", "970"),
            ("TON", "2005-01-01", "955", "972"),
            ("TUV", "2005-01-01", "947", "973"),
            ("NRU", "2005-01-01", "970", "971"),
        ] {
            assert_eq!(on(CodeScheme::Cow, cow, date).as_deref(), Ok(id));
            assert_eq!(on(CodeScheme::GleditschWard, gw, date).as_deref(), Ok(id));
        }
    }

    #[test]
    fn a_code_ends_with_its_state() {
        let told = on(CodeScheme::Cow, "260", "1995-01-01").unwrap_err();
        assert_eq!(
            told,
            "`260` in cow does not stand for a state on 1995-01-01: it is DEU until before 1990-10-03"
        );
        let told = on(CodeScheme::Name, "East Germany", "1990-10-03").unwrap_err();
        assert!(told.contains("it is DDR until before 1990-10-03"), "{told}");
        assert_eq!(on(CodeScheme::Name, "East Germany", "1990-10-02").as_deref(), Ok("DDR"));
        // The abbreviation that ISO gives the Czech Republic is Czechoslovakia's in the other list.
        assert_eq!(on(CodeScheme::CowAbbreviation, "CZE", "1985-01-01").as_deref(), Ok("CSK"));
        assert!(on(CodeScheme::CowAbbreviation, "CZE", "1995-01-01").is_err());
        assert_eq!(on(CodeScheme::Iso3, "CZE", "1995-01-01").as_deref(), Ok("CZE"));
    }

    #[test]
    fn a_name_of_two_states_is_refused_with_both() {
        let day = parse_date("1995-01-01").unwrap();
        let Err(CodeError::Unknown { like, .. }) = resolve(CodeScheme::Name, "Korea", day) else {
            panic!("one of the two was taken for the other");
        };
        let ids: Vec<_> = like.iter().map(|name| resolve(CodeScheme::Name, name, day).unwrap()).collect();
        assert!(ids.contains(&"KOR") && ids.contains(&"PRK"), "{ids:?}");
        let told = on(CodeScheme::Name, "Frence", "1995-01-01").unwrap_err();
        assert!(told.contains("did you mean France"), "{told}");
    }

    #[test]
    fn no_code_stands_for_two_states_on_one_day() {
        let mut days: Vec<Date> =
            CODES.entries.iter().flat_map(|(_, entry)| [entry.from, entry.until]).flatten().collect();
        days.extend([parse_date("1950-01-01").unwrap(), parse_date("2016-12-31").unwrap()]);
        days.sort();
        days.dedup();
        for ((scheme, code), places) in &CODES.of_code {
            for &day in &days {
                let entries = places.iter().map(|&place| &CODES.entries[place].1);
                let mut ids: Vec<&str> =
                    entries.filter(|entry| entry.holds(day)).map(|entry| entry.id).collect();
                ids.dedup();
                assert!(ids.len() <= 1, "{scheme} {code} on {day}: {ids:?}");
            }
        }
    }

    #[test]
    fn codes_lead_back_to_where_they_came_from() {
        for date in ["1985-01-01", "1991-01-01", "1997-01-01", "2010-01-01"] {
            let day = parse_date(date).unwrap();
            for (scheme, entry) in CODES.entries.iter().filter(|(_, entry)| entry.holds(day)) {
                let code = code_of(entry.id, *scheme, day).unwrap();
                assert_eq!(on(*scheme, code, date).as_deref(), Ok(entry.id), "{scheme} {code}");
            }
        }
    }

    #[test]
    fn the_scheme_of_a_column_is_seen_from_its_codes() {
        let day = parse_date("1997-01-01").unwrap();
        let guess = |texts: &[&str]| CodeScheme::guess(texts.iter().copied(), day).map(|(scheme, _)| scheme);
        assert_eq!(guess(&["FRA", "DEU", "CIV"]), Some(CodeScheme::Iso3));
        assert_eq!(guess(&["FRN", "GMY", "CDI"]), Some(CodeScheme::CowAbbreviation));
        assert_eq!(guess(&["2", "220", "255", "437"]), Some(CodeScheme::Cow));
        assert_eq!(guess(&["France", "Germany", "Ivory Coast", "Mordor"]), Some(CodeScheme::Name));
        assert_eq!(guess(&["Mordor"]), None);
    }
}
