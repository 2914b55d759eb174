//! Decisions without gains in whole numbers: pressures as sums of tallies, compared in 32 bits.
//!
//! Without gains a pressure is an integer, and a balance meets its barrier exactly when it reaches the
//! least integer that does. Where all positions have the same threshold of 0, the strongest position
//! is the one with the largest sum.

use super::lanes::Lane;
use super::terms::Terms;
use super::{Decide, MOST_POSITIONS, Now, Ties, Votes, WORD, with_drawn};
use crate::bits::bits;
use normwave_plan::{Draws, Move, Plan, Position, Reversal, Rule};
use pulp::Simd;

/// How all actors compare sums.
#[derive(Debug)]
pub(super) struct Whole<'p> {
    plan: &'p Plan,
    width: usize,
    /// Pressure per unit of the sums, inverted: a power of two.
    per_unit: f64,
    /// P_ik of each position while nobody has moved, in units.
    standing: Vec<Vec<i32>>,
    /// By how many units a tally counts toward a position.
    shares: Vec<Share>,
}

#[derive(Debug)]
struct Share {
    toward: usize,
    // Which tally, of those of all sets and positions.
    tally: usize,
    units: i32,
}

/// What it takes to move, and what moves.
#[derive(Debug)]
pub(super) struct Stakes {
    // How far P_ik has to lie above the pressure toward the position held, and if k lies below it.
    bounds: Vec<i32>,
    exits: Vec<i32>,
    // P_ik in units at `k * width + i`.
    sums: Vec<i32>,
    // Positions, to be compared beside them, and those that are best.
    held: Vec<i32>,
    choices: Vec<i32>,
}

// Sums stay below half of this, and so balances below it: a bound that is never reached.
const NEVER: i32 = 1 << 30;

impl<'p> Whole<'p> {
    /// With the sets of ties that are tallied. `None` if there are gains or positions with thresholds
    /// of their own, or if 32 bits do not hold the sums.
    pub(super) fn of(plan: &'p Plan, width: usize) -> Option<(Self, Vec<Ties>)> {
        let fixed = matches!(plan.rule, Rule::Strict | Rule::AtLeast);
        let few = (2..=MOST_POSITIONS).contains(&plan.n_positions);
        let without_gains = plan.blocks.iter().all(|block| block.gains.is_empty());
        let alike = plan.position_thresholds.iter().all(|threshold| threshold.abs() <= 0.0);
        if !fixed || !few || !without_gains || !alike {
            return None;
        }
        let (terms, sets) = Terms::of(plan, width)?;
        let (standing, counts) = terms.in_whole_numbers(plan.n_positions);
        let all = standing.iter().flatten().copied().chain(counts.iter().map(|&(_, _, count)| count));
        let unit = 1i64 << all.fold(0, |all, number| all | number).trailing_zeros().min(40);
        if terms.most() >= f64::from(NEVER / 2) * as_f64(unit) {
            return None;
        }
        let in_units = |number: i64| i32::try_from(number / unit).ok();
        let shares = counts
            .into_iter()
            .map(|(toward, tally, count)| Some(Share { toward, tally, units: in_units(count)? }));
        let standing = standing.into_iter().map(|of_all| of_all.into_iter().map(in_units).collect());
        let whole = Whole {
            plan,
            width,
            per_unit: 1.0 / as_f64(unit),
            standing: standing.collect::<Option<_>>()?,
            shares: shares.collect::<Option<_>>()?,
        };
        Some((whole, sets))
    }

    // Sums toward positions that no tally counts for stand as they are.
    #[inline(always)]
    fn add_up<L: Lane>(&self, tallies: &[L], sums: &mut [i32]) {
        let sums = sums.chunks_exact_mut(self.width);
        for ((toward, standing), sums) in self.standing.iter().enumerate().zip(sums) {
            let mut shares = self.shares.iter().filter(|share| share.toward == toward);
            let tally = |share: &Share| &tallies[share.tally * self.width..][..self.width];
            if let Some(share) = shares.next() {
                let all = sums.iter_mut().zip(standing).zip(tally(share));
                all.for_each(|((sum, standing), tally)| *sum = standing + share.units * tally.whole());
            }
            for share in shares {
                let both = sums.iter_mut().zip(tally(share));
                both.for_each(|(sum, tally)| *sum += share.units * tally.whole());
            }
        }
    }

    // As `normwave_plan::decide`, step by step.
    #[inline(always)]
    fn choose<S: Simd, const K: usize, const BACK: bool>(&self, simd: S, stakes: &mut Stakes) {
        let Stakes { bounds, exits, sums, held, choices } = stakes;
        let in_vectors = |numbers| S::as_simd_i32s(numbers).0;
        let (bounds, exits, held) = (in_vectors(bounds), in_vectors(exits), in_vectors(held));
        let mut rows = [&[][..]; K];
        for (row, sums) in rows.iter_mut().zip(sums.chunks_exact(self.width)) {
            *row = &in_vectors(sums)[..held.len()];
        }
        let numbers: [S::i32s; K] = std::array::from_fn(|k| simd.splat_i32s(as_number(k)));
        // Once a new position is held, only a graded one can be left for a higher one.
        let graded = self.plan.reversal == Reversal::OffGraded;
        let select = |mask, a, b| simd.select_i32s(mask, a, b);
        for (idx, choice) in S::as_mut_simd_i32s(choices).0.iter_mut().enumerate() {
            let (at, bound) = (held[idx], bounds[idx]);
            let mut own = rows[0][idx];
            for k in 1..K {
                own = select(simd.equal_i32s(at, numbers[k]), rows[k][idx], own);
            }
            let lowest = usize::from(!BACK);
            let (mut best, mut barrier) = (at, bound);
            let (mut most, mut distance) = (simd.splat_i32s(-NEVER), numbers[0]);
            for k in lowest..K {
                let sum = rows[k][idx];
                let below = simd.less_than_i32s(numbers[k], at);
                let away = if BACK {
                    select(below, simd.sub_i32s(at, numbers[k]), simd.sub_i32s(numbers[k], at))
                } else {
                    simd.sub_i32s(numbers[k], at)
                };
                let open = match BACK {
                    true => simd.or_m32s(below, simd.greater_than_i32s(numbers[k], at)),
                    false if graded => simd.greater_than_i32s(numbers[k], at),
                    false => simd.equal_i32s(at, numbers[0]),
                };
                let better = if k == lowest {
                    open
                } else {
                    let as_strong = simd.greater_than_or_equal_i32s(sum, most);
                    let stronger = simd.greater_than_i32s(sum, most);
                    let nearer = simd.less_than_i32s(away, distance);
                    simd.and_m32s(open, simd.or_m32s(stronger, simd.and_m32s(as_strong, nearer)))
                };
                best = select(better, numbers[k], best);
                most = select(better, sum, most);
                distance = select(better, away, distance);
                if BACK {
                    barrier = select(better, select(below, exits[idx], bound), barrier);
                }
            }
            let meets = simd.greater_than_or_equal_i32s(simd.sub_i32s(most, own), barrier);
            *choice = select(meets, best, at);
        }
    }
}

impl<L: Lane> Decide<L> for Whole<'_> {
    type Electorate = Stakes;

    fn n_tallied(&self) -> usize {
        self.plan.n_positions - 1
    }

    fn electorate(&self) -> Stakes {
        Stakes {
            bounds: vec![NEVER; self.width],
            exits: vec![NEVER; self.width],
            sums: self.standing.concat(),
            held: vec![0; self.width],
            choices: vec![0; self.width],
        }
    }

    #[inline(always)]
    fn begin(&self, stakes: &mut Stakes, draws: &Draws) {
        stakes.held.fill(0);
        let plan = self.plan;
        let strict = plan.rule == Rule::Strict;
        let bound = |barrier: f64| {
            let least = if strict { barrier.floor() + 1.0 } else { barrier.ceil() };
            let (units, never) = ((least * self.per_unit).ceil(), f64::from(NEVER));
            // What is not a number is never reached.
            let units = if units <= never { units.max(-never) } else { never };
            #[expect(clippy::cast_possible_truncation, reason = "the low bits")]
            let units = (units + WHOLE).to_bits() as i32;
            units
        };
        let thresholds = plan.thresholds.at(0).map_or(&[][..], Vec::as_slice);
        let costs = plan.exits.at(0).map_or(&[][..], Vec::as_slice);
        let places = stakes.bounds.iter_mut().zip(&mut stakes.exits).zip(costs);
        with_drawn(plan, draws, thresholds, places, |((place, exit), cost), threshold| {
            *place = bound(threshold);
            *exit = bound(threshold + cost);
        });
    }

    #[inline(always)]
    fn take(&self, stakes: &mut Stakes, steps: &[Move], _: &[u64]) {
        steps.iter().for_each(|step| stakes.held[step.actor as usize] = step.to().into());
    }

    #[inline(always)]
    fn decide<S: Simd>(&self, simd: S, now: &Now<'_>, stakes: &mut Stakes, tallies: &[L], votes: &mut Votes) {
        self.add_up(tallies, &mut stakes.sums);
        let back = self.plan.reversal == Reversal::On;
        match self.plan.n_positions {
            2 if back => self.choose::<S, 2, true>(simd, stakes),
            2 => self.choose::<S, 2, false>(simd, stakes),
            3 if back => self.choose::<S, 3, true>(simd, stakes),
            3 => self.choose::<S, 3, false>(simd, stakes),
            _ if back => self.choose::<S, 4, true>(simd, stakes),
            _ => self.choose::<S, 4, false>(simd, stakes),
        }
        let to = votes.to.iter_mut().zip(&stakes.choices);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a position")]
        to.for_each(|(to, choice)| *to = *choice as Position);
        let both = S::as_simd_u8s(now.held).0.iter().zip(S::as_simd_u8s(&votes.to).0);
        let parts = WORD / S::U8_LANES;
        for (idx, (held, to)) in both.enumerate() {
            let moves = !bits(&simd.equal_u8s(*held, *to), S::U8_LANES) & (u64::MAX >> (WORD - S::U8_LANES));
            votes.movers[idx / parts] |= moves << (idx % parts * S::U8_LANES);
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "a position")]
fn as_number(k: usize) -> i32 {
    k as i32
}

// Adding it to a whole number of 32 bits leaves that number in the low bits.
const WHOLE: f64 = (3u64 << 51) as f64;

#[expect(clippy::cast_precision_loss, reason = "a power of two")]
fn as_f64(unit: i64) -> f64 {
    unit as f64
}
