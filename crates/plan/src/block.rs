//! Blocks: pressures that share their signal and their moving gains, folded into one matrix.

use crate::{Position, Signal, Steps, Tick};
use normwave_memory::long_list;
use std::fmt::Debug;
use std::sync::Arc;

/// Where a block's pressure comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// From senders along ties, in proportion to their signal.
    Ties(Signal),
    /// From within the actor; there is no sender.
    Internal,
}

/// Integer weights of a block, in units of the plan's quantum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Weights {
    /// Ties in compressed rows, one row per sender.
    Ties {
        /// Row j is `starts[j]..starts[j + 1]`; one entry more than there are actors.
        starts: Vec<u32>,
        /// Targets i, rising within a row.
        targets: Vec<u32>,
        /// W_ji.
        weights: TieWeights,
    },
    /// One weight per actor.
    Internal(Vec<i64>),
}

/// The weights of ties, in order of the rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TieWeights {
    /// One for all ties. What can be said so is.
    Same(i32),
    /// One per tie.
    Each(Vec<i32>),
}

impl TieWeights {
    /// In as little space as they take.
    #[must_use]
    pub fn new(weights: Vec<i32>) -> Self {
        match weights.split_first() {
            Some((&first, others)) if others.iter().all(|&other| other == first) => TieWeights::Same(first),
            _ => TieWeights::Each(weights),
        }
    }

    /// The weight of the tie with an index.
    #[must_use]
    pub fn of(&self, idx: usize) -> i32 {
        match self {
            TieWeights::Same(weight) => *weight,
            TieWeights::Each(weights) => weights[idx],
        }
    }

    /// One weight per tie.
    #[must_use]
    pub fn to_vec(&self, n_ties: usize) -> Vec<i32> {
        (0..n_ties).map(|idx| self.of(idx)).collect()
    }

    pub(crate) fn fits(&self, n_ties: usize) -> bool {
        match self {
            TieWeights::Same(_) => true,
            TieWeights::Each(weights) => weights.len() == n_ties,
        }
    }
}

impl Weights {
    /// Compressed rows from (sender, target, weight), in any order; equal pairs add up.
    ///
    /// # Panics
    /// If an index is not below `n_actors` or a sum leaves `i32`.
    #[must_use]
    pub fn from_ties(n_actors: usize, mut ties: Vec<(u32, u32, i32)>) -> Self {
        // As lowering has them: one pass puts each at the end of its row.
        if ties.is_sorted_by(|a, b| (a.1, a.0) < (b.1, b.0)) {
            return Weights::from_targets(n_actors, &ties);
        }
        ties.sort_unstable_by_key(|&(from, to, _)| (from, to));
        ties.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            if same {
                kept.2 = kept.2.checked_add(next.2).expect("weights fit in 32 bits");
            }
            same
        });
        ties.retain(|tie| tie.2 != 0);
        let mut starts = long_list(n_actors + 1);
        starts.resize(n_actors + 1, 0u32);
        for &(from, to, _) in &ties {
            assert!((to as usize) < n_actors, "target below n_actors");
            starts[from as usize + 1] += 1;
        }
        for idx in 0..n_actors {
            starts[idx + 1] += starts[idx];
        }
        let mut targets = long_list(ties.len());
        targets.extend(ties.iter().map(|tie| tie.1));
        let weights = ties.iter().map(|tie| tie.2).collect();
        Weights::Ties { starts, targets, weights: TieWeights::new(weights) }
    }

    // From ties that rise by target, then sender.
    fn from_targets(n_actors: usize, ties: &[(u32, u32, i32)]) -> Self {
        assert!(ties.last().is_none_or(|last| (last.1 as usize) < n_actors), "target below n_actors");
        let kept = || ties.iter().filter(|tie| tie.2 != 0);
        let mut starts = long_list(n_actors + 1);
        starts.resize(n_actors + 1, 0u32);
        kept().for_each(|tie| starts[tie.0 as usize + 1] += 1);
        for idx in 0..n_actors {
            starts[idx + 1] += starts[idx];
        }
        let n_ties = starts[n_actors] as usize;
        let mut next = starts.clone();
        let (mut targets, mut weights) = (long_list(n_ties), vec![0; n_ties]);
        targets.resize(n_ties, 0);
        for &(from, to, weight) in kept() {
            let place = next[from as usize] as usize;
            next[from as usize] += 1;
            (targets[place], weights[place]) = (to, weight);
        }
        Weights::Ties { starts, targets, weights: TieWeights::new(weights) }
    }

    /// The ties of one sender: (target, weight).
    pub fn row(&self, sender: u32) -> impl Iterator<Item = (u32, i32)> + '_ {
        let (range, targets, weights): (_, &[u32], _) = match self {
            Weights::Ties { starts, targets, weights } => {
                let range = starts[sender as usize] as usize..starts[sender as usize + 1] as usize;
                (range.clone(), &targets[range], weights)
            }
            Weights::Internal(_) => (0..0, &[], &TieWeights::Same(0)),
        };
        targets.iter().copied().zip(range.map(|idx| weights.of(idx)))
    }

    /// Number of ties.
    #[must_use]
    pub fn n_ties(&self) -> usize {
        match self {
            Weights::Ties { targets, .. } => targets.len(),
            Weights::Internal(_) => 0,
        }
    }
}

/// The slow way for what fits no vocabulary: new weights at every tick.
pub trait Hatch: Debug + Send + Sync {
    /// The block's weights at `tick`, given the position of each actor and x_jm in units of
    /// 2⁻¹² at `j * K + m`, as they stand at the start of the tick's decisions.
    ///
    /// The same arguments must give the same weights, and Σ_j |W_ji| · K · 2¹² must stay below
    /// 2⁵³ for every target.
    fn weights(&self, tick: Tick, positions: &[Position], advocacy: &[u32]) -> Weights;
}

/// A set of pressures with the same source, toward the same positions, under the same gains.
///
/// Its contribution is `P_ik += Π gains_ik · A_ik` with `A_ik = Σ_j W_ji · ŷ_jk` for ties and
/// `A_ik = W_i · 2¹²` for internal blocks: an integer, so that no order of summing matters.
#[derive(Clone, Debug)]
pub struct Block {
    /// Where the pressure comes from.
    pub source: Source,
    /// Toward which positions, one flag per position.
    pub toward: Vec<bool>,
    /// Indices into [`crate::Plan::programs`]; their gains multiply in this order.
    pub gains: Vec<usize>,
    /// The weights over time; unused where there is a hatch.
    pub weights: Steps<Weights>,
    /// Recomputes the weights at every tick.
    pub hatch: Option<Arc<dyn Hatch>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_in_any_order_make_the_same_rows_and_zeros_are_left_out() {
        let by_target = vec![(1, 0, 4), (2, 0, 0), (0, 1, 7), (2, 1, -3), (0, 3, 7)];
        let mut turned = by_target.clone();
        turned.reverse();
        let rows = Weights::from_ties(4, by_target);
        assert_eq!(rows, Weights::from_ties(4, turned));
        let rows: Vec<Vec<_>> = (0..4).map(|from| rows.row(from).collect()).collect();
        assert_eq!(rows, [vec![(1, 7), (3, 7)], vec![(0, 4)], vec![(1, -3)], vec![]]);
        let twice = Weights::from_ties(2, vec![(0, 1, 2), (0, 1, 3)]);
        assert_eq!(twice.row(0).collect::<Vec<_>>(), [(1, 5)]);
    }
}
