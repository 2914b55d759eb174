//! The years that are packaged.

use normwave_network_model::{Date, Spell};
use std::ops::RangeInclusive;

/// The years of the packaged world. Each table says in which of them it has observations.
pub const YEARS: RangeInclusive<i16> = 1980..=2016;

/// From the first day of the first year to the last day of the last one.
pub(crate) fn period(years: RangeInclusive<i16>) -> Spell {
    let first_day = |year: i16| Date::new(year, 1, 1).ok();
    let from = first_day(*years.start()).unwrap_or(Date::MIN);
    // Years that run backwards hold nothing but their first day.
    let until = first_day(years.end().saturating_add(1)).filter(|&end| end > from);
    Spell { from, until: until.or_else(|| from.tomorrow().ok()) }
}
