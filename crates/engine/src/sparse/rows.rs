//! Ties by sender, in the form that is fastest to walk.

use super::actor_set::ActorSet;
use crate::cascade::begin_to_load;
use normwave_plan::{TieWeights, Weights};
use pulp::{Arch, Simd, WithSimd};
use std::borrow::Cow;
use std::ops::Range;

/// The ties of one epoch, one row per sender.
#[derive(Clone, Debug)]
pub(super) enum Rows<'p> {
    /// No ties.
    Silent,
    /// Compressed rows, targets rising within a row.
    Compressed { starts: Cow<'p, [u32]>, targets: Cow<'p, [u32]>, weights: Cow<'p, [i32]> },
    /// Of each sender one weight for each actor from its first target to its last, and whom it reaches.
    Full { rows: Vec<FullRow> },
}

/// A row without gaps.
#[derive(Clone, Debug)]
pub(super) struct FullRow {
    first: usize,
    weights: Vec<i32>,
    reached: ActorSet,
}

// With up to so many weights per tie full rows are faster than compressed ones; beyond so many actors
// they would leave the caches.
const WEIGHTS_PER_TIE_OF_FULL_ROWS: usize = 4;
const MOST_ACTORS_OF_FULL_ROWS: usize = 2048;

// Weights that a cache loads at once.
const PER_LINE: usize = 16;

/// A full row that is added to the sums of all whom it spans.
struct Shift<'r> {
    row: &'r FullRow,
    change: &'r [f64],
    sums: &'r mut [f64],
}

impl WithSimd for Shift<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Shift { row: FullRow { first, weights, .. }, change, sums } = self;
        let n_actors = sums.len() / change.len().max(1);
        let planes = sums.chunks_exact_mut(n_actors).map(|plane| &mut plane[*first..]);
        let mut planes = planes.zip(change).filter(|(_, change)| **change != 0.0);
        // Mostly two change, the position left and the one taken.
        while let Some((plane, &change)) = planes.next() {
            if let Some((other, &turn)) = planes.next() {
                for ((sum, other), &weight) in plane.iter_mut().zip(other).zip(weights) {
                    let weight = f64::from(weight);
                    *sum += change * weight;
                    *other += turn * weight;
                }
            } else {
                for (sum, &weight) in plane.iter_mut().zip(weights) {
                    *sum += change * f64::from(weight);
                }
            }
        }
    }
}

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
        let row = |ends: &[u32]| &targets[ends[0] as usize..ends[1] as usize];
        let span = |row: &[u32]| match row {
            [first, .., last] => (last - first) as usize + 1,
            row => row.len(),
        };
        let n_weights: usize = starts.windows(2).map(|ends| span(row(ends))).sum();
        if n_weights > targets.len() * WEIGHTS_PER_TIE_OF_FULL_ROWS || n_actors > MOST_ACTORS_OF_FULL_ROWS {
            return self;
        }
        let full = |ends: &[u32]| {
            let row = row(ends);
            let first = row.first().map_or(0, |&first| first as usize);
            let mut full = vec![0; span(row)];
            for (&target, &weight) in row.iter().zip(&weights[ends[0] as usize..]) {
                full[target as usize - first] = weight;
            }
            let mut reached = ActorSet::none(n_actors);
            reached.insert_rising(row);
            FullRow { first, weights: full, reached }
        };
        Rows::Full { rows: starts.windows(2).map(full).collect() }
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
            Rows::Full { rows } => {
                let FullRow { first, weights, .. } = &rows[sender];
                let targets = u32::try_from(*first).unwrap_or(u32::MAX)..;
                targets.zip(weights.iter().copied()).filter(|tie| tie.1 != 0).collect()
            }
        }
    }

    /// From the first actor who is reached to the last.
    pub(super) fn span(&self) -> Option<Range<usize>> {
        match self {
            Rows::Silent => None,
            Rows::Compressed { targets, .. } => {
                let (first, last) = (targets.iter().min()?, targets.iter().max()?);
                Some(*first as usize..*last as usize + 1)
            }
            Rows::Full { rows } => {
                let ends = rows.iter().filter(|row| !row.weights.is_empty());
                let ends = ends.map(|row| (row.first, row.first + row.weights.len()));
                let (first, until) = ends.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
                Some(first..until)
            }
        }
    }

    /// Begins to load where the row of one is whose turn comes later.
    #[inline(always)]
    pub(super) fn begin_to_find(&self, sender: usize) {
        if let Rows::Full { rows } = self {
            begin_to_load(rows, sender);
        }
    }

    /// Begins to load the row of one whose turn comes soon.
    #[inline(always)]
    pub(super) fn begin_to_load(&self, sender: usize) {
        if let Rows::Full { rows } = self {
            let weights = &rows[sender].weights;
            (0..weights.len()).step_by(PER_LINE).for_each(|place| begin_to_load(weights, place));
        }
    }

    /// Whether a sender reaches anybody.
    pub(super) fn has_ties(&self, sender: usize) -> bool {
        match self {
            Rows::Silent => false,
            Rows::Compressed { starts, .. } => starts[sender] < starts[sender + 1],
            Rows::Full { rows } => !rows[sender].weights.is_empty(),
        }
    }

    /// Number of ties.
    pub(super) fn n_ties(&self) -> usize {
        match self {
            Rows::Silent => 0,
            Rows::Compressed { targets, .. } => targets.len(),
            Rows::Full { rows } => rows.iter().map(|row| row.weights.len()).sum(),
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
            Rows::Full { rows } => {
                let row = &rows[sender];
                // Under the best instructions that the processor has.
                Arch::new().dispatch(Shift { row, change, sums });
                touched.unite(&row.reached);
            }
        }
    }
}
