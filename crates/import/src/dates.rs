//! Dates as people write them.

use normwave_network_model::Date;

/// How exactly a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// Only the year; the date is its first of January.
    Year,
    /// The month; the date is its first day.
    Month,
    /// The day.
    Day,
}

impl std::fmt::Display for Precision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Precision::Year => "year",
            Precision::Month => "month",
            Precision::Day => "day",
        })
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Reads `1997`, `1997.0`, `1997-12`, `199712`, `1997-12-03`, `1997/12/03`, `19971203`, `03.12.1997`,
/// `3 Dec 1997`, `December 3, 1997`, `Dec 1997`, and any of them with a time after it.
///
/// # Errors
/// What is wrong with the text, as the end of a sentence.
///
/// ```
/// use normwave_import::{Precision, parse_any_date};
/// let (date, precision) = parse_any_date("03.12.1997")?;
/// assert_eq!((date.to_string(), precision), ("1997-12-03".to_owned(), Precision::Day));
/// assert!(parse_any_date("03/04/1997").is_err());
/// # Ok::<(), String>(())
/// ```
pub fn parse_any_date(text: &str) -> Result<(Date, Precision), String> {
    let text = text.trim();
    let unknown = || format!("`{text}` is no date");
    // A time of day behind it, as databases and spreadsheets write.
    let day = match text.split_once(['T', ' ']) {
        Some((day, time)) if time.contains(':') && day.len() == 10 => day,
        _ => text,
    };
    let day = day.strip_suffix(".0").unwrap_or(day);
    let parts: Vec<&str> = day.split(['-', '/', '.', ' ', ',']).filter(|part| !part.is_empty()).collect();
    if !day.starts_with(|c: char| c.is_alphanumeric()) {
        return Err(unknown());
    }
    let number = |part: &str, digits: &[usize]| {
        let plain = digits.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        if plain { part.parse::<i16>().ok() } else { None }
    };
    let (year, month, date) = match parts[..] {
        [all] => match (all.len(), all.bytes().all(|byte| byte.is_ascii_digit())) {
            (4, true) => (number(all, &[4]), None, None),
            (6, true) => (number(&all[..4], &[4]), Some(number(&all[4..], &[2])), None),
            (8, true) => {
                (number(&all[..4], &[4]), Some(number(&all[4..6], &[2])), Some(number(&all[6..], &[2])))
            }
            _ => return Err(unknown()),
        },
        [first, second] if number(first, &[4]).is_some() => {
            (number(first, &[4]), Some(number(second, &[1, 2]).or_else(|| month_of(second))), None)
        }
        [first, second] => {
            (number(second, &[4]), Some(month_of(first).or_else(|| number(first, &[1, 2]))), None)
        }
        [first, second, third] if number(first, &[4]).is_some() => {
            (number(first, &[4]), Some(number(second, &[1, 2])), Some(number(third, &[1, 2])))
        }
        [first, second, third] => {
            let year = number(third, &[4]);
            if let Some(month) = month_of(second) {
                (year, Some(Some(month)), Some(number(first, &[1, 2])))
            } else if let Some(month) = month_of(first) {
                (year, Some(Some(month)), Some(number(second, &[1, 2])))
            } else {
                let (first, second) = (number(first, &[1, 2]), number(second, &[1, 2]));
                match (first, second) {
                    (Some(a), Some(b)) if !day.contains('.') && a != b && a <= 12 && b <= 12 => {
                        return Err(format!("`{text}` may be day/month or month/day"));
                    }
                    (Some(a), Some(b)) if !day.contains('.') && b > 12 => {
                        (year, Some(Some(a)), Some(Some(b)))
                    }
                    _ => (year, Some(second), Some(first)),
                }
            }
        }
        _ => return Err(unknown()),
    };
    // `None` inside is a part that is there and no number.
    let precision = match (month, date) {
        (None, _) => Precision::Year,
        (_, None) => Precision::Month,
        _ => Precision::Day,
    };
    let year = year.filter(|year| (1000..=2999).contains(year)).ok_or_else(unknown)?;
    let small = |part: Option<Option<i16>>| match part {
        None => Some(1),
        Some(value) => value.and_then(|value| i8::try_from(value).ok()),
    };
    let (month, date) = (small(month).ok_or_else(unknown)?, small(date).ok_or_else(unknown)?);
    match Date::new(year, month, date) {
        Ok(date) => Ok((date, precision)),
        Err(_) => Err(format!("`{text}` names a day that there is not")),
    }
}

fn month_of(word: &str) -> Option<i16> {
    let word = word.to_lowercase();
    let place = MONTHS.iter().position(|month| word.len() >= 3 && month.starts_with(&word))?;
    i16::try_from(place + 1).ok()
}

/// The first day after a year, month or day.
pub(crate) fn after(date: Date, precision: Precision) -> Date {
    let (year, month) = (date.year(), date.month());
    let next = match precision {
        Precision::Day => return date.tomorrow().unwrap_or(Date::MAX),
        Precision::Month if month < 12 => Date::new(year, month + 1, 1),
        Precision::Month | Precision::Year => Date::new(year.saturating_add(1), 1, 1),
    };
    next.unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let full = [
            "1997-12-03",
            "1997/12/3",
            "19971203",
            "03.12.1997",
            "3.12.1997",
            "3 Dec 1997",
            "Dec 3, 1997",
            "December 3, 1997",
            "1997-12-03T10:00:00",
            "1997-12-03 00:00:00",
            "3-dec-1997",
        ];
        for text in full {
            let (date, precision) = parse_any_date(text).unwrap();
            assert_eq!((date.to_string().as_str(), precision), ("1997-12-03", Precision::Day), "{text}");
        }
        for text in ["1997-12", "199712", "Dec 1997", "12.1997", "1997 December", "12/1997"] {
            let (date, precision) = parse_any_date(text).unwrap();
            assert_eq!((date.to_string().as_str(), precision), ("1997-12-01", Precision::Month), "{text}");
        }
        for text in ["1997", "1997.0", " 1997 "] {
            let (date, precision) = parse_any_date(text).unwrap();
            assert_eq!((date.to_string().as_str(), precision), ("1997-01-01", Precision::Year), "{text}");
        }
    }

    #[test]
    fn what_could_be_two_days_is_refused() {
        assert_eq!(parse_any_date("03/04/1997").unwrap_err(), "`03/04/1997` may be day/month or month/day");
        assert_eq!(parse_any_date("12/25/1997").unwrap().0.to_string(), "1997-12-25");
        assert_eq!(parse_any_date("25/12/1997").unwrap().0.to_string(), "1997-12-25");
        assert_eq!(parse_any_date("04/04/1997").unwrap().0.to_string(), "1997-04-04");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "soon",
            "-9",
            "97",
            "0097",
            "3000",
            "1997-13",
            "1997-02-30",
            "1",
            "12345",
            "1997-1-2-3",
            "x-1997",
        ] {
            assert!(parse_any_date(text).is_err(), "{text}");
        }
    }
}
