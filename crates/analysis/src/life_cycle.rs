//! Stages of a norm's life cycle, with dates (Finnemore and Sikkink 1998).

use crate::order::AdoptionCounts;
use crate::waves::Wave;

/// A stage of the life cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// The first adoption.
    Emergence,
    /// From here the cascade carries itself.
    Tipping,
    /// The wave with most adopters begins.
    Cascade,
    /// The last wave is over, and at least half have adopted.
    Internalisation,
}

impl Stage {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Stage::Emergence => "emergence",
            Stage::Tipping => "tipping",
            Stage::Cascade => "cascade",
            Stage::Internalisation => "internalisation",
        }
    }
}

/// The first tick of each stage that a spread has reached, in the order of the stages.
///
/// `counts` are those from which the waves were found; `tipping` comes from
/// [`crate::time_to_tip`] and is not before the first adoption. A spread without a wave emerges and, if half adopt, is internalised after
/// its last adoption.
///
/// Source: M. Finnemore and K. Sikkink, "International norm dynamics and political change",
/// International Organization 52 (1998), with stages read from the series.
///
/// ```
/// use normwave_analysis::{AdoptionCounts, Stage, Wave, life_cycle};
/// let counts = AdoptionCounts {
///     new: vec![0, 0, 0, 6, 6, 1, 0],
///     given: vec![1, 0, 0, 0, 0, 0, 0],
///     at_risk: vec![19, 19, 19, 19, 13, 7, 6],
/// };
/// let wave = Wave { from: 3, until: 5, adopters: 12, rate: 0.375 };
/// let stages = life_cycle(&counts, &[wave], Some(2));
/// assert_eq!(stages, [
///     (Stage::Emergence, 0), (Stage::Tipping, 2), (Stage::Cascade, 3), (Stage::Internalisation, 5),
/// ]);
/// ```
#[must_use]
pub fn life_cycle(counts: &AdoptionCounts, waves: &[Wave], tipping: Option<u32>) -> Vec<(Stage, u32)> {
    let AdoptionCounts { new, given, at_risk } = counts;
    let adopting = || {
        let ticks = (0u32..).zip(new.iter().zip(given));
        ticks.filter(|(_, (new, given))| **new + **given > 0).map(|(tick, _)| tick)
    };
    let cascade = waves.iter().max_by_key(|wave| (wave.adopters, std::cmp::Reverse(wave.from)));
    let left = at_risk.last().copied().unwrap_or(0).saturating_sub(new.last().copied().unwrap_or(0));
    let all = at_risk.iter().copied().max().unwrap_or(0) + given.iter().sum::<u32>();
    let settled = waves.last().map(|wave| wave.until).or_else(|| adopting().last().map(|last| last + 1));
    let settled = settled.filter(|&tick| 2 * left <= all && (tick as usize) < new.len());
    let stages = [
        (Stage::Emergence, adopting().next()),
        (Stage::Tipping, tipping.and_then(|tick| Some(tick.max(adopting().next()?)))),
        (Stage::Cascade, cascade.map(|wave| wave.from)),
        (Stage::Internalisation, settled),
    ];
    stages.into_iter().filter_map(|(stage, tick)| Some((stage, tick?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(new: &[u32], at_risk: &[u32]) -> AdoptionCounts {
        AdoptionCounts { new: new.to_vec(), given: vec![0; new.len()], at_risk: at_risk.to_vec() }
    }

    #[test]
    fn an_arrested_norm_is_not_internalised() {
        let wave = Wave { from: 1, until: 2, adopters: 4, rate: 0.2 };
        let stages = life_cycle(&counts(&[1, 4, 0, 0], &[20, 19, 15, 15]), &[wave], None);
        assert_eq!(stages, [(Stage::Emergence, 0), (Stage::Cascade, 1)]);
    }

    #[test]
    fn the_cascade_is_the_wave_with_most_adopters() {
        let wave = |from, adopters| Wave { from, until: from + 2, adopters, rate: 0.1 };
        let stages =
            life_cycle(&counts(&[1; 30], &[100; 30]), &[wave(3, 5), wave(10, 15), wave(20, 8)], None);
        assert_eq!(stages[1], (Stage::Cascade, 10));
    }

    #[test]
    fn what_nobody_adopts_has_no_stage() {
        assert!(life_cycle(&counts(&[0; 4], &[9; 4]), &[], None).is_empty());
    }
}
