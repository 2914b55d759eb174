//! The decisions of all actors at once.

use super::gains::{Gains, Shares};
use super::lanes::Lane;
use super::screen::{AT_ONCE, Screen};
use super::terms::Terms;
use super::{Decide, MOST_POSITIONS, Now, Ties, Votes, WORD, with_drawn};
use crate::bits::bits;
use normwave_plan::{Draws, Move, Plan, Position, Reversal, Rule, decide};
use pulp::{Simd, bytemuck};

/// How all actors compare pressures.
#[derive(Debug)]
pub(super) struct Ballots<'p> {
    plan: &'p Plan,
    width: usize,
    terms: Terms,
    shares: Shares<'p>,
    // Where there are two positions.
    screen: Option<Screen>,
    steps: [f64; MOST_POSITIONS],
}

/// Who holds what, and what it takes to move; actors in vectors, the last of which is filled with
/// some who never move.
#[derive(Debug)]
pub(super) struct Electorate {
    // Positions as numbers to be compared beside pressures, where there are more than two.
    held: Vec<f64>,
    // Who has adopted, 64 to a word, where there are two.
    adopted: Vec<u64>,
    // What the balance that a screen sees has to reach to adopt, and what less than it to go back.
    adopts: Vec<f32>,
    leaves: Vec<f32>,
    scales: Vec<f32>,
    // θ_i, and with the cost of exit, where there are more than two.
    thresholds: Vec<f64>,
    exits: Vec<f64>,
    gains: Gains,
    // P_ik at `k * width + i`.
    pressures: Vec<f64>,
}

impl<'p> Ballots<'p> {
    /// With the sets of ties that are tallied. `None` if there are too many positions, or gains that
    /// differ from target to target.
    pub(super) fn of(plan: &'p Plan, width: usize) -> Option<(Self, Vec<Ties>)> {
        if !matches!(plan.rule, Rule::Strict | Rule::AtLeast) {
            return None;
        }
        let mut steps = [0.0; MOST_POSITIONS];
        steps.get_mut(..plan.n_positions)?.copy_from_slice(&plan.position_thresholds);
        let (terms, sets) = Terms::of(plan, width)?;
        let screen = (plan.n_positions == 2).then(|| Screen::of(&terms));
        Some((Ballots { plan, width, terms, shares: Shares::of(plan)?, screen, steps }, sets))
    }
}

impl<L: Lane> Decide<L> for Ballots<'_> {
    type Electorate = Electorate;

    fn n_tallied(&self) -> usize {
        self.plan.n_positions - 1
    }

    fn electorate(&self) -> Electorate {
        let width = self.width;
        Electorate {
            held: vec![0.0; width],
            adopted: vec![0; width.div_ceil(WORD)],
            adopts: vec![f32::INFINITY; width],
            leaves: vec![f32::INFINITY; width],
            scales: vec![0.0; self.screen.as_ref().map_or(0, Screen::n_parts)],
            thresholds: vec![f64::INFINITY; width],
            exits: vec![f64::INFINITY; width],
            gains: self.shares.of_nobody(),
            pressures: self.terms.standing(),
        }
    }

    #[inline(always)]
    fn begin(&self, electorate: &mut Electorate, draws: &Draws) {
        let Electorate { held, adopted, adopts, leaves, thresholds, exits, gains, .. } = electorate;
        self.shares.forget(gains);
        let plan = self.plan;
        let own = plan.thresholds.at(0).map_or(&[][..], Vec::as_slice);
        let costs = plan.exits.at(0).map_or(&[][..], Vec::as_slice);
        if let Some(screen) = &self.screen {
            adopted.fill(0);
            let [to_old, to_new] = [self.steps[0], self.steps[1]];
            let places = adopts.iter_mut().zip(&screen.standing);
            #[expect(clippy::cast_possible_truncation, reason = "a screen knows how far it may be off")]
            with_drawn(plan, draws, own, places, |(adopts, standing), threshold| {
                *adopts = (to_new + threshold - standing) as f32;
            });
            if plan.reversal == Reversal::On {
                let places = leaves.iter_mut().zip(&screen.standing).zip(costs);
                #[expect(clippy::cast_possible_truncation, reason = "a screen knows how far it may be off")]
                with_drawn(plan, draws, own, places, |((leaves, standing), cost), threshold| {
                    *leaves = (to_old + (threshold + cost) + standing) as f32;
                });
            }
        } else {
            held.fill(0.0);
            let places = thresholds.iter_mut().zip(exits).zip(costs);
            with_drawn(plan, draws, own, places, |((place, exit), cost), threshold| {
                *place = threshold;
                *exit = threshold + cost;
            });
        }
    }

    #[inline(always)]
    fn take(&self, electorate: &mut Electorate, steps: &[Move], moved: &[u64]) {
        if self.screen.is_some() {
            electorate.adopted.iter_mut().zip(moved).for_each(|(adopted, moved)| *adopted ^= moved);
        } else {
            for step in steps {
                electorate.held[step.actor as usize] = f64::from(step.to());
            }
        }
        self.shares.count(&mut electorate.gains, steps);
    }

    #[inline(always)]
    fn decide<S: Simd>(
        &self,
        simd: S,
        now: &Now<'_>,
        electorate: &mut Electorate,
        tallies: &[L],
        votes: &mut Votes,
    ) {
        let back = self.plan.reversal == Reversal::On;
        if self.screen.is_none() {
            let Electorate { gains, pressures, .. } = electorate;
            self.terms.add_up(simd, self.plan.n_positions, tallies, &gains.now, pressures);
        }
        match self.plan.n_positions {
            2 if back => self.screen::<S, L, true>(simd, now, electorate, tallies, votes),
            2 => self.screen::<S, L, false>(simd, now, electorate, tallies, votes),
            3 if back => self.compare::<S, 3, true>(simd, electorate, votes),
            3 => self.compare::<S, 3, false>(simd, electorate, votes),
            _ if back => self.compare::<S, 4, true>(simd, electorate, votes),
            _ => self.compare::<S, 4, false>(simd, electorate, votes),
        }
    }
}

impl Ballots<'_> {
    // Of two positions only one can be moved to.
    #[inline(always)]
    fn screen<S: Simd, L: Lane, const BACK: bool>(
        &self,
        simd: S,
        now: &Now<'_>,
        electorate: &mut Electorate,
        tallies: &[L],
        votes: &mut Votes,
    ) {
        let Some(screen) = &self.screen else { return };
        let Electorate { adopted, adopts, leaves, gains, scales, .. } = electorate;
        let reach = screen.weigh(&gains.now, scales);
        let bounds = adopts.as_chunks().0.iter().zip(leaves.as_chunks().0);
        for (idx, (adopts, leaves)) in bounds.enumerate() {
            let first = idx * AT_ONCE;
            let (word, shift) = (first / WORD, first % WORD);
            let balances = screen.balances(scales, tallies, first);
            let (mut movers, mut perhaps) = reach.of(simd, &balances, adopts, 1.0);
            let held = adopted[word] >> shift;
            (movers, perhaps) = (movers & !held, perhaps & !held);
            if BACK {
                let (go, may_go) = reach.of(simd, &balances, leaves, -1.0);
                (movers, perhaps) = (movers | go & held, perhaps | may_go & held);
            }
            let mut open = perhaps & !movers & (u64::MAX >> (WORD - AT_ONCE));
            while open != 0 {
                let lane = open.trailing_zeros() as usize;
                movers |= u64::from(self.moves(now, gains, tallies, first + lane)) << lane;
                open &= open - 1;
            }
            votes.movers[word] |= (movers & (u64::MAX >> (WORD - AT_ONCE))) << shift;
        }
    }

    // Whether an actor moves, as all engines find it.
    #[cold]
    #[inline(never)]
    fn moves<L: Lane>(&self, now: &Now<'_>, gains: &Gains, tallies: &[L], actor: usize) -> bool {
        let plan = self.plan;
        if actor >= plan.n_actors() {
            return false;
        }
        let held = now.held[actor];
        let pressure = [0, 1].map(|k| self.terms.of_one(k, 2, actor, tallies, &gains.now));
        let open = [0, 1].map(|k| plan.reversal.allows(held, k));
        let drawn = plan.drawn_thresholds(now.draws);
        let ballot = plan.ballot(now.tick, actor, held, &pressure, &open, &drawn);
        decide(plan.rule, &ballot, |_| 0.0) != held
    }

    #[inline(always)]
    fn compare<S: Simd, const K: usize, const BACK: bool>(
        &self,
        simd: S,
        electorate: &Electorate,
        votes: &mut Votes,
    ) {
        let in_vectors = |values| S::as_simd_f64s(values).0;
        let (held, thresholds) = (in_vectors(&electorate.held), in_vectors(&electorate.thresholds));
        let exits = in_vectors(&electorate.exits);
        let mut rows = [&[][..]; K];
        for (row, pressures) in rows.iter_mut().zip(electorate.pressures.chunks_exact(self.width)) {
            *row = &in_vectors(pressures)[..held.len()];
        }
        let numbers: [S::f64s; K] = std::array::from_fn(|k| simd.splat_f64s(as_number(k)));
        let own: [S::f64s; K] = std::array::from_fn(|k| simd.splat_f64s(self.steps[k]));
        for (idx, held) in held.iter().enumerate() {
            let pressure: [S::f64s; K] = std::array::from_fn(|k| rows[k][idx]);
            let to =
                self.choose::<S, K, BACK>(simd, *held, thresholds[idx], exits[idx], pressure, numbers, own);
            let stays = bits(&simd.equal_f64s(to, *held), S::F64_LANES);
            let movers = !stays & (u64::MAX >> (64 - S::F64_LANES));
            let first = idx * S::F64_LANES;
            votes.movers[first / WORD] |= movers << (first % WORD);
            let to: &[f64] = bytemuck::cast_slice(std::slice::from_ref(&to));
            votes.to[first..].iter_mut().zip(to).for_each(|(vote, to)| *vote = as_position(*to));
        }
    }

    // As `normwave_plan::decide`, step by step.
    #[inline(always)]
    #[expect(clippy::too_many_arguments, reason = "one decision, with all that it looks at")]
    fn choose<S: Simd, const K: usize, const BACK: bool>(
        &self,
        simd: S,
        held: S::f64s,
        threshold: S::f64s,
        exit: S::f64s,
        pressure: [S::f64s; K],
        numbers: [S::f64s; K],
        steps: [S::f64s; K],
    ) -> S::f64s {
        let mut own = pressure[0];
        for k in 1..K {
            own = simd.select_f64s(simd.equal_f64s(held, numbers[k]), pressure[k], own);
        }
        // The strongest so far: by pressure beyond its own threshold, then by nearness.
        let mut best = held;
        let mut most = simd.splat_f64s(f64::NEG_INFINITY);
        let mut distance = simd.splat_f64s(0.0);
        let (mut balance, mut barrier) = (most, distance);
        let lowest = usize::from(!BACK);
        for k in lowest..K {
            let (below, above) =
                (simd.less_than_f64s(numbers[k], held), simd.greater_than_f64s(numbers[k], held));
            let open = match self.plan.reversal {
                _ if BACK => simd.or_m64s(below, above),
                Reversal::OffGraded => above,
                _ => simd.equal_f64s(held, numbers[0]),
            };
            let strength = simd.sub_f64s(pressure[k], steps[k]);
            let away = simd.abs_f64s(simd.sub_f64s(numbers[k], held));
            let better = if k == lowest {
                open
            } else {
                let nearer = simd.less_than_f64s(away, distance);
                let as_strong = simd.greater_than_or_equal_f64s(strength, most);
                let stronger = simd.greater_than_f64s(strength, most);
                simd.and_m64s(open, simd.or_m64s(stronger, simd.and_m64s(as_strong, nearer)))
            };
            best = simd.select_f64s(better, numbers[k], best);
            most = simd.select_f64s(better, strength, most);
            distance = simd.select_f64s(better, away, distance);
            balance = simd.select_f64s(better, simd.sub_f64s(pressure[k], own), balance);
            let cost = if BACK { simd.select_f64s(below, exit, threshold) } else { threshold };
            barrier = simd.select_f64s(better, simd.add_f64s(steps[k], cost), barrier);
        }
        let moves = if self.plan.rule == Rule::Strict {
            simd.greater_than_f64s(balance, barrier)
        } else {
            simd.greater_than_or_equal_f64s(balance, barrier)
        };
        simd.select_f64s(moves, best, held)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a position")]
fn as_number(k: usize) -> f64 {
    k as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a position")]
fn as_position(number: f64) -> Position {
    number as Position
}
