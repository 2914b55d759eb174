//! Programs: gains that follow the adoption state.

use crate::{Position, Steps, Weights};
use normwave_gain_shape::Shape;

/// What a program reads from the adoption state: a share in [0, 1].
///
/// An actor counts as an adopter for k ≥ 1 if it holds k (or more, where versions are graded),
/// and for k = 0 if it holds any position but 0.
#[derive(Clone, Debug)]
pub enum Driver {
    /// Share of adopters among all to whom the norm applies, each counted with its weight; 0 when
    /// all weights are 0.
    Share {
        /// One weight per actor; all together below 2⁵³.
        weights: Steps<Vec<u64>>,
    },
    /// Share of adopters among those to whom the norm applies and who have a tie to the target,
    /// by tie weight; 0 without ties.
    Exposure {
        /// Ties by sender; those into one actor together below 2⁵³.
        ties: Steps<Weights>,
    },
}

/// A gain that depends on the adoption state, in each direction.
#[derive(Clone, Debug)]
pub struct Program {
    /// What it reads.
    pub driver: Driver,
    /// Its shape toward the status quo.
    pub toward_status_quo: Shape,
    /// Its shape toward new positions.
    pub toward_new: Shape,
}

impl Program {
    /// The gain toward `k` for adopters of weight `adopters` out of `all`.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "both are below 2⁵³")]
    pub fn gain(&self, k: Position, adopters: u64, all: u64) -> f64 {
        let share = if all == 0 { 0.0 } else { adopters as f64 / all as f64 };
        if k == 0 { self.toward_status_quo.gain(share) } else { self.toward_new.gain(share) }
    }
}
