//! Small dense systems: all actors decide side by side, from tallies that their moves shift.
//!
//! Where governments decide at once, everybody is there, and nothing is dated after the first tick,
//! the state of a run is who holds what. Of each position beyond the status quo and each set of ties
//! a tally has, for every actor, the weights of its ties to those who hold the position: a move
//! takes the mover's column of weights off one tally and adds it to another ([`tallies`]). Where
//! there are two positions and no gains an actor's decision is a comparison of its tally with two
//! integers ([`needs`]); else tallies are turned into pressures ([`terms`]) and pressures are
//! compared ([`ballots`]). Who cannot go back either is better served by [`crate::cascade`].
//!
//! That the result is the same bit for bit follows from tallies being integers, and from sums and
//! comparisons being made in the order of [`Plan::total`] and [`normwave_plan::decide`].

mod ballots;
mod gains;
mod lanes;
mod needs;
mod noise;
mod states_seen;
mod tallies;
mod terms;

use crate::cascade::is_settled_at_first;
use ballots::Ballots;
use lanes::Lane;
use needs::Needs;
use noise::Noisy;
use normwave_plan::{Cause, Draws, Move, Plan, Position, Runner, Tick, Trajectory};
use pulp::{Arch, Simd, WithSimd};
use states_seen::StatesSeen;
use std::sync::{Mutex, PoisonError};
use tallies::Tallies;

/// A plan of this kind, made ready: its ties, and how those decide whom they tie.
struct Dense<'p, L: Lane, D: Decide<L>> {
    plan: &'p Plan,
    arch: Arch,
    ties: Tallies<L>,
    rule: D,
    // Rooms that runs have left.
    rooms: Mutex<Vec<Room<L, D::Electorate>>>,
}

/// What a run works on; kept, since to ask for it anew would take as long as some runs.
#[derive(Debug)]
struct Room<L, E> {
    positions: Vec<Position>,
    electorate: E,
    tallies: Vec<L>,
    steps: Vec<Step>,
    come: Vec<u32>,
    gone: Vec<u32>,
}

// Actors per vector of the widest kind with 16 bits each.
const WIDEST: usize = 32;

// Beyond this the columns leave the caches.
const MOST_ACTORS: usize = 2048;

// From one tie in this many pairs on, whole columns are faster than ties one by one.
const PAIRS_PER_TIE: usize = 8;

type Ties = Vec<(u32, u32, i64)>;

/// What runs the plan, if it is a dense system.
pub(crate) fn runner<'p>(plan: &'p Plan) -> Option<Box<dyn Runner + 'p>> {
    let n = plan.n_actors();
    let exits_last = matches!(plan.exits.steps(), [(0, _)]);
    if !exits_last || !(1..=MOST_ACTORS).contains(&n) || !is_settled_at_first(plan) {
        return None;
    }
    let width = n.next_multiple_of(WIDEST);
    if let Some((needs, ties)) = Needs::of(plan, width) {
        Dense::boxed(plan, width, needs, &[ties])
    } else if let Some((noisy, sets)) = Noisy::of(plan, width) {
        Dense::boxed(plan, width, noisy, &sets)
    } else {
        let (ballots, sets) = Ballots::of(plan, width)?;
        Dense::boxed(plan, width, ballots, &sets)
    }
}

impl<'p, D: Decide<u16> + Decide<i32> + Send + Sync + 'p> Dense<'p, u16, D> {
    // In narrow lanes if sums fit; `None` if there are too few ties.
    fn boxed(plan: &'p Plan, width: usize, rule: D, sets: &[Ties]) -> Option<Box<dyn Runner + 'p>> {
        let n = plan.n_actors();
        let n_ties: usize = sets.iter().map(Vec::len).sum();
        if n_ties * PAIRS_PER_TIE < n * n * sets.len() {
            return None;
        }
        Some(match Tallies::<u16>::new(n, width, sets) {
            Some(ties) => Box::new(Dense::new(plan, ties, rule)),
            None => Box::new(Dense::new(plan, Tallies::<i32>::new(n, width, sets)?, rule)),
        })
    }
}

impl<L: Lane, D: Decide<L> + Send + Sync> Runner for Dense<'_, L, D> {
    fn run(&self, seed: u64, replicate: u64) -> Trajectory {
        let draws = Draws::new(seed, replicate);
        let rooms = || self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        let left = rooms().pop();
        let mut room = left.unwrap_or_else(|| self.room());
        let trajectory = self.arch.dispatch(Run { dense: self, draws: &draws, room: &mut room });
        rooms().push(room);
        trajectory
    }
}

impl<'p, L: Lane, D: Decide<L>> Dense<'p, L, D> {
    fn new(plan: &'p Plan, ties: Tallies<L>, rule: D) -> Self {
        Dense { plan, arch: Arch::new(), ties, rule, rooms: Mutex::default() }
    }

    fn room(&self) -> Room<L, D::Electorate> {
        let n = self.plan.n_actors();
        Room {
            positions: vec![0; n],
            electorate: self.rule.electorate(),
            tallies: self.ties.of_nobody(self.rule.n_tallied()),
            steps: Vec::with_capacity(n),
            come: Vec::with_capacity(n),
            gone: Vec::with_capacity(n),
        }
    }
}

/// A move that all know of from the next tick on.
#[derive(Clone, Copy, Debug)]
struct Step {
    actor: u32,
    from: Position,
    to: Position,
}

/// When decisions are made, and by what chance.
struct Now<'r> {
    tick: Tick,
    draws: &'r Draws,
}

/// How all actors decide from tallies of one kind.
trait Decide<L: Lane> {
    /// What a run keeps from tick to tick.
    type Electorate: Send;

    /// Of how many positions there are tallies: those up from 1.
    fn n_tallied(&self) -> usize;

    /// Room for an electorate.
    fn electorate(&self) -> Self::Electorate;

    /// The electorate of a replicate before anybody has moved.
    fn begin(&self, electorate: &mut Self::Electorate, draws: &Draws);

    /// Takes what the scenario dates, or the moves of the tick before.
    fn take(&self, electorate: &mut Self::Electorate, steps: &[Step]);

    /// Who holds what, packed into words.
    fn state(electorate: &Self::Electorate) -> &[u64];

    /// Whether nobody will ever move after these steps.
    fn rests(&self, electorate: &Self::Electorate, steps: &[Step]) -> bool;

    /// Lists who moves, in the order of actors.
    fn decide<S: Simd>(
        &self,
        simd: S,
        now: &Now<'_>,
        electorate: &mut Self::Electorate,
        tallies: &[L],
        steps: &mut Vec<Step>,
    );
}

/// One run, under the best instructions that the processor has.
struct Run<'r, L: Lane, D: Decide<L>> {
    dense: &'r Dense<'r, L, D>,
    draws: &'r Draws,
    room: &'r mut Room<L, D::Electorate>,
}

impl<L: Lane, D: Decide<L>> WithSimd for Run<'_, L, D> {
    type Output = Trajectory;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Trajectory {
        let Run { dense: Dense { plan, ties, rule, .. }, draws, room } = self;
        let Room { positions, electorate, tallies, steps, come, gone } = room;
        let n_tallied = rule.n_tallied();
        positions.fill(0);
        tallies.fill(L::default());
        rule.begin(electorate, draws);
        let mut trajectory = Trajectory::default();
        trajectory.moves.reserve(plan.n_actors());
        plan.begin_tick(0, draws.replicate(), positions, &mut trajectory);
        let mut seen = plan.can_cycle().then(StatesSeen::default);
        // The moves that tallies do not show yet.
        let dated = trajectory.moves.iter();
        steps.clear();
        steps.extend(dated.map(|step| Step { actor: step.actor, from: step.from, to: step.to }));
        for tick in 0..plan.n_ticks {
            for position in (1u8..).take(n_tallied) {
                list(steps, |step| step.to == position, come);
                list(steps, |step| step.from == position, gone);
                ties.shift(simd, position, n_tallied, come, gone, tallies);
            }
            rule.take(electorate, steps);
            if let Some(seen) = seen.as_mut().filter(|_| trajectory.cycle.is_none()) {
                trajectory.cycle = seen.see(tick, D::state(electorate));
            }
            steps.clear();
            rule.decide(simd, &Now { tick, draws }, electorate, tallies, steps);
            if rule.rests(electorate, steps) {
                break;
            }
            // Ranks run on from what the scenario dates.
            let n_dated = if tick == 0 { trajectory.moves.len() } else { 0 };
            let moved = |(rank, &Step { actor, from, to }): (u32, &Step)| Move {
                tick,
                rank,
                offset: 0,
                actor,
                from,
                to,
                cause: Cause::Decided,
            };
            let first = u32::try_from(n_dated).unwrap_or(u32::MAX);
            trajectory.moves.extend((first..).zip(&*steps).map(moved));
        }
        trajectory
    }
}

// Lists the movers of one kind, without a branch that would be guessed wrong.
#[inline(always)]
fn list(steps: &[Step], counts: impl Fn(&Step) -> bool, movers: &mut Vec<u32>) {
    movers.resize(steps.len(), 0);
    let mut n = 0;
    for step in steps {
        movers[n] = step.actor;
        n += usize::from(counts(step));
    }
    movers.truncate(n);
}

// Hands every place the threshold of its actor with what the replicate draws or is given.
#[inline(always)]
fn with_drawn<T>(
    plan: &Plan,
    draws: &Draws,
    thresholds: &[f64],
    places: impl Iterator<Item = T>,
    mut put: impl FnMut(T, f64),
) {
    let drawn = if plan.threshold_draw.is_some() { plan.drawn_thresholds(draws) } else { Vec::new() };
    let given = plan.ensemble.thresholds_of(draws.replicate(), plan.n_actors());
    let drawn = if drawn.is_empty() { given } else { &drawn };
    let both = places.zip(thresholds);
    if drawn.is_empty() {
        both.for_each(|(place, threshold)| put(place, *threshold));
    } else {
        both.zip(drawn).for_each(|((place, threshold), drawn)| put(place, threshold + drawn));
    }
}
