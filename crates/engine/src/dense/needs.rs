//! Decisions between two positions without gains: how high a tally has to be.

use super::lanes::Lane;
use super::{Decide, Now, Ties, Votes, WORD, with_drawn};
use crate::cascade::Reach;
use normwave_plan::{Draws, Move, Plan, Reversal, Rule};
use pulp::Simd;

/// The balance as a sum of one tally.
#[derive(Debug)]
pub(super) struct Needs<'p> {
    plan: &'p Plan,
    width: usize,
    /// P_i1 − P_i0 while nobody has adopted.
    standing: Vec<f64>,
    /// Pressure per unit of the tally, inverted: a power of two.
    per_unit: f64,
}

/// From which tally on each actor adopts, and below which it leaves; and who has adopted, 64 to a word.
#[derive(Debug)]
pub(super) struct Bounds<L> {
    adopts: Vec<L>,
    leaves: Vec<L>,
    held: Vec<u64>,
}

impl<'p> Needs<'p> {
    /// With the ties that are tallied. `None` if decisions need more than such a comparison.
    pub(super) fn of(plan: &'p Plan, width: usize) -> Option<(Self, Ties)> {
        let without_gains = plan.blocks.iter().all(|block| block.gains.is_empty());
        let fixed = matches!(plan.rule, Rule::Strict | Rule::AtLeast);
        if plan.n_positions != 2 || !fixed || plan.reversal != Reversal::On || !without_gains {
            return None;
        }
        let Reach { standing, rows, unit } = Reach::of(plan)?;
        let senders = (0u32..).take(plan.n_actors());
        let tie = |sender: u32| {
            rows.row(sender as usize).map(move |(target, shift)| (sender, target, i64::from(shift)))
        };
        let ties = senders.flat_map(tie).collect();
        Some((Needs { plan, width, standing, per_unit: 1.0 / unit }, ties))
    }
}

impl<L: Lane> Decide<L> for Needs<'_> {
    type Electorate = Bounds<L>;

    fn n_tallied(&self) -> usize {
        1
    }

    fn electorate(&self) -> Bounds<L> {
        let never = L::of_bits((as_f64(L::MOST) + 1.0 + WHOLE).to_bits());
        Bounds {
            adopts: vec![never; self.width],
            leaves: vec![L::default(); self.width],
            held: vec![0; self.width.div_ceil(64)],
        }
    }

    #[inline(always)]
    fn begin(&self, Bounds { adopts, leaves, held }: &mut Bounds<L>, draws: &Draws) {
        held.fill(0);
        let plan = self.plan;
        let [to_old, to_new] = [plan.position_thresholds[0], plan.position_thresholds[1]];
        let strict = plan.rule == Rule::Strict;
        let most = as_f64(L::MOST);
        // The least whole balance that meets a barrier.
        let least = |barrier: f64| if strict { barrier.floor() + 1.0 } else { barrier.ceil() };
        let bound = |tally: f64| {
            // What is not a number is never reached.
            let tally = if tally <= most { tally.max(0.0) } else { most + 1.0 };
            L::of_bits((tally + WHOLE).to_bits())
        };
        let thresholds = plan.thresholds.at(0).map_or(&[][..], Vec::as_slice);
        let exits = plan.exits.at(0).map_or(&[][..], Vec::as_slice);
        let bounds = adopts.iter_mut().zip(leaves).zip(&self.standing).zip(exits);
        // As in `Ballot::barrier`: the order of the sums counts.
        with_drawn(plan, draws, thresholds, bounds, |(((adopts, leaves), standing), exit), threshold| {
            *adopts = bound(((least(to_new + threshold) - standing) * self.per_unit).ceil());
            let back = -least(to_old + (threshold + exit));
            *leaves = bound(((back - standing) * self.per_unit).floor() + 1.0);
        });
    }

    #[inline(always)]
    fn take(&self, bounds: &mut Bounds<L>, _: &[Move], moved: &[u64]) {
        bounds.held.iter_mut().zip(moved).for_each(|(held, moved)| *held ^= moved);
    }

    #[inline(always)]
    fn decide<S: Simd>(
        &self,
        simd: S,
        _: &Now<'_>,
        bounds: &mut Bounds<L>,
        tallies: &[L],
        votes: &mut Votes,
    ) {
        let n_lanes = size_of::<L::Vector<S>>() / size_of::<L>();
        let (adopts, leaves) = (L::vectors::<S>(&bounds.adopts), L::vectors::<S>(&bounds.leaves));
        let of_all = L::vectors::<S>(tallies).iter().zip(adopts.iter().zip(leaves)).enumerate();
        for (idx, (tally, (adopts, leaves))) in of_all {
            let (comes, stays) = (L::reaches(simd, *tally, *adopts), L::reaches(simd, *tally, *leaves));
            let (word, shift) = (idx * n_lanes / WORD, idx * n_lanes % WORD);
            // Who would come and has not, or would not stay and holds it.
            let held = bounds.held[word] >> shift;
            let moves = comes & !held | !stays & held & (u64::MAX >> (64 - n_lanes));
            votes.movers[word] |= moves << shift;
        }
    }
}

// Adding it to a whole number below 2⁵² leaves that number in the low bits, which is faster than a
// conversion that minds what does not fit.
const WHOLE: f64 = (1u64 << 52) as f64;

#[expect(clippy::cast_precision_loss, reason = "below 2⁵³")]
fn as_f64(number: i64) -> f64 {
    number as f64
}
