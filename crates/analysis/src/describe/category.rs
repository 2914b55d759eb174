//! Adopter categories, by time and by threshold.

use super::{Diffusion, Onset, Summary};
use normwave_plan::Tick;
use serde::Serialize;

/// When an actor adopted, beside the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AdopterCategory {
    /// Before the period; outside of mean and standard deviation.
    Before,
    /// More than a standard deviation before the mean.
    EarlyAdopter,
    /// Up to a standard deviation before the mean.
    EarlyMajority,
    /// From the mean up to a standard deviation after it.
    LateMajority,
    /// A standard deviation after the mean, or later.
    Laggard,
    /// Not within the period.
    NonAdopter,
}

impl AdopterCategory {
    /// All, in order of time.
    pub const ALL: [AdopterCategory; 6] = [
        AdopterCategory::Before,
        AdopterCategory::EarlyAdopter,
        AdopterCategory::EarlyMajority,
        AdopterCategory::LateMajority,
        AdopterCategory::Laggard,
        AdopterCategory::NonAdopter,
    ];

    /// Its name in the plural.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            AdopterCategory::Before => "before the period",
            AdopterCategory::EarlyAdopter => "early adopters",
            AdopterCategory::EarlyMajority => "early majority",
            AdopterCategory::LateMajority => "late majority",
            AdopterCategory::Laggard => "laggards",
            AdopterCategory::NonAdopter => "non-adopters",
        }
    }
}

/// How high a threshold is, beside those of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThresholdCategory {
    /// More than a standard deviation below the mean.
    VeryLow,
    /// Up to a standard deviation below the mean.
    Low,
    /// From the mean up to a standard deviation above it.
    High,
    /// A standard deviation above the mean, or higher.
    VeryHigh,
    /// There is none: the actor did not adopt in the period, or had no tie when it did.
    Unknown,
}

impl ThresholdCategory {
    /// All, from low to high.
    pub const ALL: [ThresholdCategory; 5] = [
        ThresholdCategory::VeryLow,
        ThresholdCategory::Low,
        ThresholdCategory::High,
        ThresholdCategory::VeryHigh,
        ThresholdCategory::Unknown,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ThresholdCategory::VeryLow => "very low",
            ThresholdCategory::Low => "low",
            ThresholdCategory::High => "high",
            ThresholdCategory::VeryHigh => "very high",
            ThresholdCategory::Unknown => "unknown",
        }
    }
}

/// Times of adoption, and the category of each actor.
#[derive(Clone, Debug, PartialEq)]
pub struct Categories {
    /// Ticks of adoption, counted from 0; `None` if nobody adopts in the period.
    pub times: Option<Summary>,
    /// By place.
    pub of: Vec<AdopterCategory>,
}

/// Sorts adopters by time: below `m − s`, `m` and `m + s`, and from `m + s` on, with m the mean and s
/// the standard deviation (n − 1) of the ticks of adoption within the period.
///
/// If all adopt in one tick there is no early and late, and all are of the early majority. Those who
/// adopted before the period have no time in it; if they are many, mean and spread are those of a
/// tail.
///
/// Source: E. M. Rogers, Diffusion of Innovations, 5th ed. (2003), without his innovators, as in
/// netdiffuseR's `classify` (which has all of one tick as laggards).
#[must_use]
pub fn categories(diffusion: &Diffusion) -> Categories {
    let ticks: Vec<Option<f64>> = diffusion.adopters().map(|(_, tick)| Some(f64::from(tick))).collect();
    let times = Summary::of(&ticks);
    let category = |tick: Tick| match times.and_then(|times| band(f64::from(tick), &times)) {
        Some(0) => AdopterCategory::EarlyAdopter,
        Some(2) => AdopterCategory::LateMajority,
        Some(3) => AdopterCategory::Laggard,
        _ => AdopterCategory::EarlyMajority,
    };
    let of = diffusion.onsets.iter().map(|onset| match onset {
        Onset::Before => AdopterCategory::Before,
        Onset::At(tick) => category(*tick),
        Onset::Never => AdopterCategory::NonAdopter,
    });
    Categories { times, of: of.collect() }
}

/// Sorts thresholds as [`categories`] sorts times: by mean and standard deviation of those that are
/// known. If all are equal they are low.
///
/// Source: T. W. Valente 1996, as in netdiffuseR's `classify`.
#[must_use]
pub fn threshold_categories(thresholds: &[Option<f64>]) -> Vec<ThresholdCategory> {
    let summary = Summary::of(thresholds);
    let category = |threshold: &Option<f64>| {
        let Some(threshold) = *threshold else { return ThresholdCategory::Unknown };
        match summary.and_then(|summary| band(threshold, &summary)) {
            Some(0) => ThresholdCategory::VeryLow,
            Some(2) => ThresholdCategory::High,
            Some(3) => ThresholdCategory::VeryHigh,
            _ => ThresholdCategory::Low,
        }
    };
    thresholds.iter().map(category).collect()
}

// In which of the four parts a value lies; `None` without a spread.
fn band(value: f64, all: &Summary) -> Option<usize> {
    let cuts = [all.mean - all.sd, all.mean, all.mean + all.sd];
    (all.sd > 0.0).then(|| cuts.iter().filter(|cut| **cut <= value).count())
}

/// How many actors are in each pair of categories: rows by time ([`AdopterCategory::ALL`]), columns by
/// threshold ([`ThresholdCategory::ALL`]).
#[must_use]
pub fn cross_table(times: &[AdopterCategory], thresholds: &[ThresholdCategory]) -> [[usize; 5]; 6] {
    let mut table = [[0; 5]; 6];
    for (time, threshold) in times.iter().zip(thresholds) {
        table[*time as usize][*threshold as usize] += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    // Ticks 0 to 8 with mean 4 and standard deviation √7.5 = 2.74: cuts at 1.26, 4 and 6.74.
    fn nine() -> Diffusion {
        let mut onsets: Vec<Onset> = (0..9).map(Onset::At).collect();
        onsets.extend([Onset::Never, Onset::Before]);
        Diffusion::of_onsets(onsets, 10)
    }

    #[test]
    fn adopters_fall_into_four_parts_by_mean_and_standard_deviation() {
        use AdopterCategory::*;
        let found = categories(&nine());
        let early = [EarlyAdopter, EarlyAdopter, EarlyMajority, EarlyMajority];
        let late = [LateMajority, LateMajority, LateMajority, Laggard, Laggard];
        assert_eq!(found.of, [&early[..], &late, &[NonAdopter, Before]].concat());
        let times = found.times.unwrap();
        assert!((times.mean - 4.0).abs() < 1e-12 && (times.sd - 7.5_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn those_who_adopted_before_move_neither_mean_nor_spread() {
        let within: Vec<Onset> = (0..9).map(Onset::At).collect();
        assert_eq!(categories(&Diffusion::of_onsets(within, 10)).times, categories(&nine()).times);
    }

    #[test]
    fn where_all_adopt_at_once_there_is_no_early_and_late() {
        let found = categories(&Diffusion::of_onsets(vec![Onset::At(3); 4], 5));
        assert_eq!(found.of, [AdopterCategory::EarlyMajority; 4]);
        let nobody = categories(&Diffusion::of_onsets(vec![Onset::Never; 2], 5));
        assert_eq!((nobody.times, nobody.of), (None, vec![AdopterCategory::NonAdopter; 2]));
    }

    #[test]
    fn each_actor_is_counted_once_in_the_cross_table() {
        let times = categories(&nine()).of;
        let thresholds: Vec<Option<f64>> = (0..11).map(|i| (i < 9).then_some(f64::from(i) / 10.0)).collect();
        let table = cross_table(&times, &threshold_categories(&thresholds));
        assert_eq!(table.iter().flatten().sum::<usize>(), 11);
        // Thresholds rise with time here, so that adopters stand on the diagonal.
        assert_eq!([table[1][0], table[2][1], table[3][2], table[4][3]], [2, 2, 3, 2]);
        assert_eq!((table[0][4], table[5][4]), (1, 1));
    }
}
