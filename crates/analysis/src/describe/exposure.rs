//! Exposure: the share of those who weigh with an actor that has adopted.

use super::{Diffusion, Weights};
use normwave_plan::Tick;
use serde::Serialize;
use std::sync::Arc;

/// Whose adoption counts for exposure in a tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lag {
    /// That of the same tick, as netdiffuseR's `exposure` and `threshold` have it unless told
    /// otherwise: those who adopt together count for each other.
    None,
    /// That of the tick before, over the ties of the tick before (`lags = 1` there): what an actor
    /// could have seen. There is none in the first tick.
    One,
}

/// Exposure of each actor: `E_i = Σ_j w_ji x_j / Σ_j w_ji`, a share of 0 to 1, with x_j = 1 if j has
/// adopted. `None` for whoever has no tie; netdiffuseR counts these as 0.
///
/// Source: R. S. Burt, "Social contagion and innovation: cohesion versus structural equivalence",
/// American Journal of Sociology 92 (1987); T. W. Valente, Network Models of the Diffusion of
/// Innovations (1995).
///
/// ```
/// use normwave_analysis::describe::{Weights, exposure};
/// let weights = Weights::new(3, [(0, 2, 3.0), (1, 2, 1.0)]);
/// assert_eq!(exposure(&weights, &[true, false, false]), [None, None, Some(0.75)]);
/// ```
#[must_use]
pub fn exposure(weights: &Weights, adopted: &[bool]) -> Vec<Option<f64>> {
    let of = |place| {
        let row = weights.of(place);
        let total: f64 = row.iter().map(|(_, weight)| weight).sum();
        let seen: f64 = row.iter().filter(|(from, _)| adopted[*from]).map(|(_, weight)| weight).sum();
        (total > 0.0).then(|| seen / total)
    };
    (0..weights.n_actors()).map(of).collect()
}

/// Exposure over time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exposures {
    // Of the same tick: by tick, then place.
    by_tick: Vec<Vec<Option<f64>>>,
}

impl Exposures {
    /// Of each tick, from the weights of each tick.
    #[must_use]
    pub fn new(weights: &[Arc<Weights>], diffusion: &Diffusion) -> Self {
        let ticks = weights.iter().zip(&diffusion.holds);
        Exposures { by_tick: ticks.map(|(weights, holds)| exposure(weights, holds)).collect() }
    }

    /// Of all actors in a tick; `None` for one that has no tie, and for all in the first tick if it
    /// lags.
    #[must_use]
    pub fn at(&self, tick: Tick, lag: Lag) -> Option<&[Option<f64>]> {
        let tick = match lag {
            Lag::None => tick as usize,
            Lag::One => (tick as usize).checked_sub(1)?,
        };
        self.by_tick.get(tick).map(Vec::as_slice)
    }

    /// Of one actor in a tick.
    #[must_use]
    pub fn of(&self, tick: Tick, place: usize, lag: Lag) -> Option<f64> {
        self.at(tick, lag)?[place]
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Onset, thresholds};
    use super::*;

    #[test]
    fn a_lag_looks_at_adopters_and_ties_of_the_tick_before() {
        // 2 hears 0 in the first tick and 1 from the second on; both adopt in the second.
        let first = Arc::new(Weights::new(3, [(0, 2, 1.0)]));
        let later = Arc::new(Weights::new(3, [(1, 2, 1.0)]));
        let weights = [first, Arc::clone(&later), later];
        let diffusion = Diffusion::of_onsets(vec![Onset::At(1), Onset::Never, Onset::At(1)], 3);
        let exposures = Exposures::new(&weights, &diffusion);
        assert_eq!([0, 1, 2].map(|tick| exposures.of(tick, 2, Lag::None)), [Some(0.0), Some(0.0), Some(0.0)]);
        let diffusion = Diffusion::of_onsets(vec![Onset::Before, Onset::At(1), Onset::At(2)], 3);
        let exposures = Exposures::new(&weights, &diffusion);
        assert_eq!([0, 1, 2].map(|tick| exposures.of(tick, 2, Lag::None)), [Some(1.0); 3]);
        assert_eq!([0, 1, 2].map(|tick| exposures.of(tick, 2, Lag::One)), [None, Some(1.0), Some(1.0)]);
        // Neither of the others has a tie; who adopted before the period has no threshold.
        assert_eq!(thresholds(&diffusion, &exposures, Lag::One), [None, None, Some(1.0)]);
    }

    #[test]
    fn those_who_adopt_together_count_for_each_other_only_without_a_lag() {
        let pair = Arc::new(Weights::new(2, [(0, 1, 1.0), (1, 0, 1.0)]));
        let diffusion = Diffusion::of_onsets(vec![Onset::At(1); 2], 2);
        let exposures = Exposures::new(&[Arc::clone(&pair), pair], &diffusion);
        assert_eq!(thresholds(&diffusion, &exposures, Lag::None), [Some(1.0), Some(1.0)]);
        assert_eq!(thresholds(&diffusion, &exposures, Lag::One), [Some(0.0), Some(0.0)]);
    }
}
