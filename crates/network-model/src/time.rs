//! Dates, spells, and the calendar that cuts a period into ticks.

use crate::NetworkError;
use jiff::civil::Date;
use jiff::{Span, ToSpan, Unit};
use serde::{Deserialize, Serialize};

/// A half-open period `[from, until)`; `until = None` has no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spell {
    /// First day that belongs to the spell.
    pub from: Date,
    /// First day that no longer does.
    pub until: Option<Date>,
}

impl Spell {
    /// From the first to beyond the last date that can be written.
    pub const ALWAYS: Spell = Spell { from: Date::MIN, until: None };

    /// The spell `[from, until)`.
    ///
    /// # Errors
    /// [`NetworkError::EmptySpell`] if `until` is not after `from`.
    pub fn new(from: Date, until: Option<Date>) -> Result<Self, NetworkError> {
        match until {
            Some(end) if end <= from => Err(NetworkError::EmptySpell { from, until: end }),
            _ => Ok(Spell { from, until }),
        }
    }

    /// Whether `date` belongs to the spell.
    #[must_use]
    pub fn contains(&self, date: Date) -> bool {
        self.from <= date && self.until.is_none_or(|end| date < end)
    }

    /// Whether the two spells share a day.
    #[must_use]
    pub fn overlaps(&self, other: &Spell) -> bool {
        self.until.is_none_or(|end| other.from < end) && other.until.is_none_or(|end| self.from < end)
    }
}

/// How long a tick is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TickLength {
    /// One day.
    Day,
    /// Seven days.
    Week,
    /// One calendar month.
    Month,
    /// Three calendar months.
    Quarter,
    /// One calendar year.
    Year,
}

impl TickLength {
    fn span(self, n: u32) -> Span {
        let n = i64::from(n);
        match self {
            TickLength::Day => n.days(),
            TickLength::Week => n.weeks(),
            TickLength::Month => n.months(),
            TickLength::Quarter => (3 * n).months(),
            TickLength::Year => n.years(),
        }
    }

    /// The tick's length in years (a day is 1/365.25).
    #[must_use]
    pub fn years(self) -> f64 {
        match self {
            TickLength::Day => 1.0 / 365.25,
            TickLength::Week => 7.0 / 365.25,
            TickLength::Month => 1.0 / 12.0,
            TickLength::Quarter => 0.25,
            TickLength::Year => 1.0,
        }
    }
}

/// One step of model time, counted from 0 at the calendar's start.
pub type Tick = u32;

/// The period of a run, cut into ticks.
///
/// What is dated inside a tick holds from the start of that tick: the state of the world *at* a
/// tick is its state on the tick's last day ([`Calendar::as_of`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    start: Date,
    length: TickLength,
    n_ticks: u32,
}

impl Calendar {
    /// Ticks of `length` from `start` until `until` (exclusive); a last tick that is cut short
    /// counts whole.
    ///
    /// ```
    /// use normwave_network_model::{Calendar, TickLength, parse_date};
    /// let year = Calendar::new(parse_date("1997")?, parse_date("1998")?, TickLength::Month)?;
    /// assert_eq!(year.n_ticks(), 12);
    /// assert_eq!(year.tick_of(parse_date("1997-12-03")?), Some(11));
    /// # Ok::<(), normwave_network_model::NetworkError>(())
    /// ```
    ///
    /// # Errors
    /// [`NetworkError::EmptySpell`] if `until` is not after `start`;
    /// [`NetworkError::TickStart`] if months, quarters or years would start after the 28th;
    /// [`NetworkError::TooManyTicks`] above one million ticks.
    pub fn new(start: Date, until: Date, length: TickLength) -> Result<Self, NetworkError> {
        Spell::new(start, Some(until))?;
        if start.day() > 28 && !matches!(length, TickLength::Day | TickLength::Week) {
            return Err(NetworkError::TickStart { start });
        }
        let mut calendar = Calendar { start, length, n_ticks: 0 };
        let last = until.yesterday().unwrap_or(start);
        let n = calendar.ticks_since_start(last) + 1;
        if n > 1_000_000 {
            return Err(NetworkError::TooManyTicks { n });
        }
        calendar.n_ticks = u32::try_from(n).unwrap_or(1);
        Ok(calendar)
    }

    // Whole ticks between the start and a date that is not before it.
    fn ticks_since_start(&self, date: Date) -> i64 {
        let unit = match self.length {
            TickLength::Day | TickLength::Week => Unit::Day,
            _ => Unit::Month,
        };
        let span = self.start.until((unit, date)).unwrap_or_default();
        let (days, months) = (i64::from(span.get_days()), i64::from(span.get_months()));
        match self.length {
            TickLength::Day => days,
            TickLength::Week => days.div_euclid(7),
            TickLength::Month => months,
            TickLength::Quarter => months.div_euclid(3),
            TickLength::Year => months.div_euclid(12),
        }
    }

    /// First day of the period.
    #[must_use]
    pub fn start(&self) -> Date {
        self.start
    }

    /// First day after the last tick.
    #[must_use]
    pub fn end(&self) -> Date {
        self.date_of(self.n_ticks)
    }

    /// Length of one tick.
    #[must_use]
    pub fn length(&self) -> TickLength {
        self.length
    }

    /// Number of ticks in the period.
    #[must_use]
    pub fn n_ticks(&self) -> u32 {
        self.n_ticks
    }

    /// First day of a tick.
    #[must_use]
    pub fn date_of(&self, tick: Tick) -> Date {
        self.start.checked_add(self.length.span(tick)).unwrap_or(Date::MAX)
    }

    /// Last day of a tick, on which the world is looked at.
    #[must_use]
    pub fn as_of(&self, tick: Tick) -> Date {
        self.date_of(tick + 1).yesterday().unwrap_or(Date::MAX)
    }

    /// The tick that holds `date`; `None` outside the period.
    #[must_use]
    pub fn tick_of(&self, date: Date) -> Option<Tick> {
        if date < self.start {
            return None;
        }
        u32::try_from(self.ticks_since_start(date)).ok().filter(|&t| t < self.n_ticks)
    }

    /// The tick from which something dated `date` holds: 0 for what came before the period, and
    /// the number of ticks for what comes after it.
    #[must_use]
    pub fn tick_from(&self, date: Date) -> Tick {
        if date < self.start { 0 } else { self.tick_of(date).unwrap_or(self.n_ticks) }
    }

    /// A tick's name at the calendar's resolution: `1997-12-03`, `1997-12` or `1997`.
    #[must_use]
    pub fn label(&self, tick: Tick) -> String {
        let date = self.date_of(tick);
        match self.length {
            TickLength::Day | TickLength::Week => date.to_string(),
            TickLength::Month | TickLength::Quarter => format!("{:04}-{:02}", date.year(), date.month()),
            TickLength::Year => format!("{:04}", date.year()),
        }
    }
}

/// Reads `1997-12-03`, `1997-12` or `1997`; the shorter forms name the first day.
///
/// # Errors
/// [`NetworkError::Date`] with what was found.
pub fn parse_date(text: &str) -> Result<Date, NetworkError> {
    let full = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    let digits_only = full.len() == 10 && full.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    match full.parse::<Date>() {
        Ok(date) if digits_only => Ok(date),
        _ => Err(NetworkError::Date { text: text.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    #[test]
    fn what_is_dated_inside_a_tick_holds_from_its_start() {
        let calendar = Calendar::new(date("1990"), date("2001"), TickLength::Month).unwrap();
        assert_eq!(calendar.n_ticks(), 132);
        assert_eq!(calendar.tick_of(date("1997-08-31")), Some(91));
        assert_eq!(calendar.as_of(91), date("1997-08-31"));
        assert_eq!(calendar.label(91), "1997-08");
        assert_eq!(calendar.tick_from(date("1980")), 0);
        assert_eq!(calendar.tick_from(date("2030")), 132);
        assert_eq!(calendar.tick_of(date("2001-01-01")), None);
    }

    #[test]
    fn every_tick_length_finds_the_tick_of_its_own_first_and_last_day() {
        for length in
            [TickLength::Day, TickLength::Week, TickLength::Month, TickLength::Quarter, TickLength::Year]
        {
            let calendar = Calendar::new(date("1995-02-28"), date("2004-03-01"), length).unwrap();
            for tick in 0..calendar.n_ticks() {
                assert_eq!(calendar.tick_of(calendar.date_of(tick)), Some(tick), "{length:?}");
                assert_eq!(calendar.tick_of(calendar.as_of(tick)), Some(tick), "{length:?}");
            }
        }
    }

    #[test]
    fn a_month_cannot_start_on_the_thirty_first() {
        let refused = Calendar::new(date("1995-01-31"), date("1996"), TickLength::Month);
        assert!(matches!(refused, Err(NetworkError::TickStart { .. })));
        assert!(Calendar::new(date("1995-01-31"), date("1996"), TickLength::Day).is_ok());
    }

    #[test]
    fn a_calendar_has_a_million_ticks_at_most() {
        let refused = Calendar::new(date("0001"), date("9999"), TickLength::Day);
        assert!(matches!(refused, Err(NetworkError::TooManyTicks { n: 3_651_694 })), "{refused:?}");
        assert!(Calendar::new(date("0001"), date("9999"), TickLength::Week).is_ok());
    }

    #[test]
    fn ticks_are_named_at_their_own_resolution() {
        let label = |length| Calendar::new(date("1997-11"), date("2001"), length).unwrap().label(1);
        assert_eq!(label(TickLength::Day), "1997-11-02");
        assert_eq!(label(TickLength::Week), "1997-11-08");
        assert_eq!(label(TickLength::Month), "1997-12");
        assert_eq!(label(TickLength::Quarter), "1998-02");
        assert_eq!(label(TickLength::Year), "1998");
    }

    #[test]
    fn spells_are_half_open() {
        let spell = Spell::new(date("1991"), Some(date("1993"))).unwrap();
        assert!(spell.contains(date("1992-12-31")) && !spell.contains(date("1993")));
        assert!(!spell.overlaps(&Spell::new(date("1993"), None).unwrap()));
        assert!(Spell::new(date("1993"), Some(date("1993"))).is_err());
    }

    #[test]
    fn dates_are_read_at_three_resolutions_and_nothing_else() {
        assert_eq!(date("1997"), date("1997-01-01"));
        for bad in ["97", "1997-13", "1997-02-30", "1997/02/03", "soon", "+001997"] {
            assert!(parse_date(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn the_tick_of_a_date_is_the_one_whose_days_hold_it(
            month in 1..=12_i8, day in 1..=28_i8, days in 1..4000_i32, asked in -100..5000_i32, length in length(),
        ) {
            let start = Date::constant(1990, month, day);
            let calendar = Calendar::new(start, later(start, days), length).unwrap();
            let asked = later(start, asked);
            let holds = |&tick: &Tick| calendar.date_of(tick) <= asked && asked < calendar.date_of(tick + 1);
            prop_assert_eq!(calendar.tick_of(asked), (0..calendar.n_ticks()).find(holds));
        }

        #[test]
        fn the_last_tick_holds_the_last_day(
            month in 1..=12_i8, day in 1..=28_i8, days in 1..4000_i32, length in length(),
        ) {
            let start = Date::constant(1990, month, day);
            let calendar = Calendar::new(start, later(start, days), length).unwrap();
            prop_assert_eq!(calendar.tick_of(later(start, days - 1)), Some(calendar.n_ticks() - 1));
            prop_assert!(calendar.end() >= later(start, days));
        }

        #[test]
        fn spells_overlap_exactly_if_they_share_a_day(
            a in 0..20_i32, b in 0..20_i32, long_a in 1..10_i32, long_b in 1..10_i32, open in any::<bool>(),
        ) {
            let start = Date::constant(1997, 1, 1);
            let one = Spell::new(later(start, a), Some(later(start, a + long_a))).unwrap();
            let other = Spell::new(later(start, b), (!open).then(|| later(start, b + long_b))).unwrap();
            let shared = (0..40).map(|no| later(start, no)).any(|day| one.contains(day) && other.contains(day));
            prop_assert_eq!(one.overlaps(&other), shared);
            prop_assert_eq!(other.overlaps(&one), shared);
        }
    }

    fn length() -> impl Strategy<Value = TickLength> {
        prop::sample::select(vec![
            TickLength::Day,
            TickLength::Week,
            TickLength::Month,
            TickLength::Quarter,
            TickLength::Year,
        ])
    }

    fn later(date: Date, days: i32) -> Date {
        date.saturating_add(days.days())
    }
}
