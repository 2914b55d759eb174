//! Ties by sender, in the form that is fastest to walk.

use super::actor_set::ActorSet;
use normwave_plan::{TieWeights, Weights};
use std::borrow::Cow;

/// The ties of one epoch, one row per sender.
#[derive(Clone, Debug)]
pub(super) enum Rows<'p> {
    /// No ties.
    Silent,
    /// Compressed rows, targets rising within a row.
    Compressed { starts: Cow<'p, [u32]>, targets: Cow<'p, [u32]>, weights: Cow<'p, [i32]> },
    /// One weight for each pair, row after row.
    Dense { n_actors: usize, weights: Vec<i32> },
}

// From one tie in this many pairs on, full rows are faster than compressed ones.
const PAIRS_PER_TIE_OF_FULL_ROWS: usize = 4;

impl<'p> Rows<'p> {
    /// The rows as they stand in the plan.
    pub(super) fn borrowed(weights: &'p Weights) -> Self {
        match weights {
            Weights::Ties { starts, targets, weights } => {
                let weights = match weights {
                    TieWeights::Each(weights) => weights.into(),
                    TieWeights::Same(_) => weights.to_vec(targets.len()).into(),
                };
                Rows::Compressed { starts: starts.into(), targets: targets.into(), weights }
            }
            Weights::Internal(_) => Rows::Silent,
        }
    }

    /// Rows of their own.
    pub(super) fn owned(weights: Weights) -> Rows<'static> {
        match weights {
            Weights::Ties { starts, targets, weights } => {
                let weights = match weights {
                    TieWeights::Each(weights) => weights,
                    TieWeights::Same(_) => weights.to_vec(targets.len()),
                };
                Rows::Compressed { starts: starts.into(), targets: targets.into(), weights: weights.into() }
            }
            Weights::Internal(_) => Rows::Silent,
        }
    }

    /// Full rows where ties are many.
    pub(super) fn fastest(self, n_actors: usize) -> Self {
        let Rows::Compressed { starts, targets, weights } = &self else { return self };
        if targets.is_empty() {
            return Rows::Silent;
        }
        if targets.len() * PAIRS_PER_TIE_OF_FULL_ROWS < n_actors * n_actors {
            return self;
        }
        let mut full = vec![0; n_actors * n_actors];
        for (row, ends) in full.chunks_exact_mut(n_actors).zip(starts.windows(2)) {
            let range = ends[0] as usize..ends[1] as usize;
            for (&target, &weight) in targets[range.clone()].iter().zip(&weights[range]) {
                row[target as usize] = weight;
            }
        }
        Rows::Dense { n_actors, weights: full }
    }

    /// The rows without their negative weights.
    pub(super) fn without_negative(self) -> Self {
        match self {
            Rows::Compressed { starts, targets, weights } if weights.iter().any(|&weight| weight < 0) => {
                let weights = weights.iter().map(|&weight| weight.max(0)).collect();
                Rows::Compressed { starts, targets, weights }
            }
            other => other,
        }
    }

    /// The ties of one sender, as (target, weight).
    pub(super) fn row(&self, sender: usize) -> Vec<(u32, i32)> {
        match self {
            Rows::Silent => Vec::new(),
            Rows::Compressed { starts, targets, weights } => {
                let range = starts[sender] as usize..starts[sender + 1] as usize;
                targets[range.clone()].iter().copied().zip(weights[range].iter().copied()).collect()
            }
            Rows::Dense { n_actors, weights } => {
                let row = &weights[sender * n_actors..(sender + 1) * n_actors];
                (0u32..).zip(row.iter().copied()).filter(|tie| tie.1 != 0).collect()
            }
        }
    }

    /// Number of ties.
    pub(super) fn n_ties(&self) -> usize {
        match self {
            Rows::Silent => 0,
            Rows::Compressed { targets, .. } => targets.len(),
            Rows::Dense { weights, .. } => weights.len(),
        }
    }

    /// Adds `change · weight` to the sums of a sender's targets: `sums` holds one value per actor
    /// for each component of the signal, component after component, and `change` the signal's
    /// change in each. Whose sums may have changed goes into `touched`.
    pub(super) fn shift(&self, sender: usize, change: &[f64], sums: &mut [f64], touched: &mut ActorSet) {
        match self {
            Rows::Silent => {}
            Rows::Compressed { starts, targets, weights } => {
                let range = starts[sender] as usize..starts[sender + 1] as usize;
                let (targets, weights) = (&targets[range.clone()], &weights[range]);
                if targets.is_empty() {
                    return;
                }
                let n_actors = starts.len() - 1;
                for (plane, &change) in sums.chunks_exact_mut(n_actors).zip(change) {
                    if change != 0.0 {
                        for (&target, &weight) in targets.iter().zip(weights) {
                            plane[target as usize] += change * f64::from(weight);
                        }
                    }
                }
                touched.insert_rising(targets);
            }
            Rows::Dense { n_actors, weights } => {
                let row = &weights[sender * n_actors..(sender + 1) * n_actors];
                for (plane, &change) in sums.chunks_exact_mut(*n_actors).zip(change) {
                    if change != 0.0 {
                        for (sum, &weight) in plane.iter_mut().zip(row) {
                            *sum += change * f64::from(weight);
                        }
                    }
                }
                touched.fill();
            }
        }
    }
}
