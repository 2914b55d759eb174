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
