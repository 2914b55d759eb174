//! Small dense systems: all actors decide side by side, from tallies that their moves shift.
//!
//! Where governments decide at once, everybody is there, and nothing is dated after the first tick,
//! the state of a run is who holds what. Of each position beyond the status quo and each set of ties
//! a tally has, for every actor, the weights of its ties to those who hold the position: a move
//! takes the mover's column of weights off one tally and adds it to another ([`tallies`]). Where
//! there are two positions and no gains an actor's decision is a comparison of its tally with two
//! integers ([`needs`]); among more positions without gains, sums of tallies are compared ([`whole`]);
//! else tallies are turned into pressures ([`terms`]) and pressures are compared ([`ballots`]). Who
//! cannot go back either is better served by [`crate::cascade`].
//!
//! That the result is the same bit for bit follows from tallies being integers, and from sums and
//! comparisons being made in the order of [`Plan::total`] and [`normwave_plan::decide`].

mod ballots;
mod gains;
mod lanes;
mod needs;
mod noise;
mod screen;
mod states_seen;
mod tallies;
mod terms;
mod whole;

use crate::cascade::{List, begin_to_load, is_settled_at_first};
use crate::rooms::Rooms;
use ballots::Ballots;
use lanes::Lane;
use needs::Needs;
use noise::Noisy;
use normwave_plan::{Cause, Draws, Move, Plan, Position, Runner, Tick, Trajectory};
use pulp::{Arch, Simd, WithSimd, bytemuck};
use states_seen::StatesSeen;
use tallies::Tallies;
use whole::Whole;

/// A plan of this kind, made ready: its ties, and how those decide whom they tie.
struct Dense<'p, L: Lane, D: Decide<L>> {
    plan: &'p Plan,
    arch: Arch,
    ties: Tallies<L>,
    rule: D,
    // See `number_of`.
    numbers: Vec<u64>,
    rooms: Rooms<Room<L, D::Electorate>>,
}

/// What a run works on.
#[derive(Debug)]
struct Room<L, E> {
    // Bytes in words; behind the actors follow some who hold position 0.
    positions: Vec<u64>,
    electorate: E,
    tallies: Vec<L>,
    votes: Votes,
    movers: List,
    passages: Passages,
    seen: StatesSeen,
    trajectory: Trajectory,
}

/// Who moves, and where to.
#[derive(Debug)]
struct Votes {
    // 64 to a word.
    movers: Vec<u64>,
    // Only read where there are more than two positions.
    to: Vec<Position>,
}

// Actors per vector of the widest kind with 16 bits each, and with 8.
const WIDEST: usize = 32;
const WORD: usize = 64;

// Beyond this the columns leave the caches.
const MOST_ACTORS: usize = 2048;

// More are compared one by one.
const MOST_POSITIONS: usize = 4;

// From one tie in this many pairs on, whole columns are faster than ties one by one.
const PAIRS_PER_TIE: usize = 8;

type Ties = Vec<(u32, u32, i64)>;

/// What runs the plan, if it is a dense system.
pub(crate) fn runner<'p>(plan: &'p Plan) -> Option<Box<dyn Runner + 'p>> {
    runner_on(plan, Arch::new())
}

fn runner_on<'p>(plan: &'p Plan, arch: Arch) -> Option<Box<dyn Runner + 'p>> {
    let n = plan.n_actors();
    let exits_last = matches!(plan.exits.steps(), [(0, _)]);
    if !exits_last || !(1..=MOST_ACTORS).contains(&n) || !is_settled_at_first(plan) {
        return None;
    }
    let width = n.next_multiple_of(WIDEST);
    if let Some((needs, ties)) = Needs::of(plan, width) {
        Dense::boxed(plan, arch, width, needs, &[ties])
    } else if let Some((noisy, sets)) = Noisy::of(plan, width) {
        Dense::boxed(plan, arch, width, noisy, &sets)
    } else if let Some((whole, sets)) = Whole::of(plan, width) {
        Dense::boxed(plan, arch, width, whole, &sets)
    } else {
        let (ballots, sets) = Ballots::of(plan, width)?;
        Dense::boxed(plan, arch, width, ballots, &sets)
    }
}

impl<'p, D: Decide<u16> + Decide<i32> + Send + Sync + 'p> Dense<'p, u16, D> {
    // In narrow lanes if sums fit; `None` if there are too few ties.
    fn boxed(
        plan: &'p Plan,
        arch: Arch,
        width: usize,
        rule: D,
        sets: &[Ties],
    ) -> Option<Box<dyn Runner + 'p>> {
        let n = plan.n_actors();
        let n_ties: usize = sets.iter().map(Vec::len).sum();
        if n_ties * PAIRS_PER_TIE < n * n * sets.len() {
            return None;
        }
        Some(match Tallies::<u16>::new(n, width, sets) {
            Some(ties) => Box::new(Dense::new(plan, arch, ties, rule)),
            None => Box::new(Dense::new(plan, arch, Tallies::<i32>::new(n, width, sets)?, rule)),
        })
    }
}

impl<L: Lane, D: Decide<L> + Send + Sync> Runner for Dense<'_, L, D> {
    fn run(&self, seed: u64, replicate: u64) -> Trajectory {
        let draws = Draws::new(seed, replicate);
        let run = |room: &mut Room<_, _>| self.arch.dispatch(Run { dense: self, draws: &draws, room });
        self.rooms.work(|| self.room(), run)
    }
}

impl<'p, L: Lane, D: Decide<L>> Dense<'p, L, D> {
    fn new(plan: &'p Plan, arch: Arch, ties: Tallies<L>, rule: D) -> Self {
        let mut last = 0u64;
        let mut number = || {
            last =
                (last ^ (last >> 29)).wrapping_add(0x9e37_79b9_7f4a_7c15).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            last
        };
        let numbers = (0..plan.n_actors().div_ceil(WORD) * WORD / 32).map(|_| number()).collect();
        Dense { plan, arch, ties, rule, numbers, rooms: Rooms::default() }
    }

    fn room(&self) -> Room<L, D::Electorate> {
        let n = self.plan.n_actors();
        let n_words = n.div_ceil(WORD);
        Room {
            positions: vec![0; n_words * WORD / 8],
            electorate: self.rule.electorate(),
            tallies: self.ties.of_nobody(self.rule.n_tallied()),
            votes: Votes { movers: vec![0; n_words], to: vec![0; n_words * WORD] },
            movers: List::new(n_words * WORD),
            seen: StatesSeen::default(),
            trajectory: Trajectory::default(),
            passages: Passages::new(n),
        }
    }
}

/// When decisions are made, and by what chance.
struct Now<'r> {
    tick: Tick,
    draws: &'r Draws,
    // Who holds what.
    held: &'r [Position],
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

    /// Takes what the scenario dates, or the moves of the tick before, which are also given as bits:
    /// whether an actor has moved an odd number of times.
    fn take(&self, electorate: &mut Self::Electorate, steps: &[Move], moved: &[u64]);

    /// Whether nobody will ever move after these steps.
    fn rests(&self, electorate: &Self::Electorate, steps: &[Move]) -> bool {
        let _ = electorate;
        steps.is_empty()
    }

    /// Finds out who moves. All bits have been cleared.
    fn decide<S: Simd>(
        &self,
        simd: S,
        now: &Now<'_>,
        electorate: &mut Self::Electorate,
        tallies: &[L],
        votes: &mut Votes,
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
        let Run { dense: Dense { plan, ties, rule, numbers, .. }, draws, room } = self;
        let Room { positions, electorate, tallies, votes, movers, passages, seen, trajectory } = room;
        let n = plan.n_actors();
        // Replicates are mostly run in turn.
        let next = plan.ensemble.thresholds_of(draws.replicate().wrapping_add(1), n);
        (0..next.len()).step_by(8).for_each(|idx| begin_to_load(next, idx));
        let n_tallied = rule.n_tallied();
        positions.fill(0);
        let positions: &mut [Position] = bytemuck::cast_slice_mut(positions);
        tallies.fill(L::default());
        rule.begin(electorate, draws);
        trajectory.moves.clear();
        trajectory.cycle = None;
        plan.begin_tick(0, draws.replicate(), &mut positions[..n], trajectory);
        let watches = plan.can_cycle();
        seen.forget();
        votes.movers.fill(0);
        for step in &trajectory.moves {
            votes.movers[step.actor as usize / WORD] ^= 1 << (step.actor as usize % WORD);
        }
        // From here on are the moves that tallies do not show yet.
        let mut first = 0;
        for tick in 0..plan.n_ticks {
            let steps = &trajectory.moves[first..];
            for steps in steps.chunks(n) {
                if n_tallied == 1 {
                    passages.take_between_two(steps);
                } else {
                    passages.take(steps);
                }
                for position in (1u8..).take(n_tallied) {
                    let (come, gone) = passages.of(position);
                    ties.shift(simd, position, n_tallied, come, gone, tallies);
                }
            }
            rule.take(electorate, steps, &votes.movers);
            if watches && trajectory.cycle.is_none() {
                let number = number_of(bytemuck::cast_slice(positions), numbers);
                trajectory.cycle = seen.see(tick, number, &positions[..n], trajectory);
            }
            votes.movers.fill(0);
            rule.decide(simd, &Now { tick, draws, held: positions }, electorate, tallies, votes);
            movers.clear();
            for (word, &bits) in votes.movers.iter().enumerate().filter(|(_, bits)| **bits != 0) {
                movers.extend_by_word(simd, word, bits);
            }
            first = trajectory.moves.len();
            trajectory.moves.resize(first + movers.actors().len(), Move::new(tick, 0, 0, 1, Cause::Decided));
            for (step, &actor) in trajectory.moves[first..].iter_mut().zip(movers.actors()) {
                let held = &mut positions[actor as usize];
                let to = if n_tallied == 1 { 1 - *held } else { votes.to[actor as usize] };
                *step = Move::new(tick, actor, std::mem::replace(held, to), to, Cause::Decided);
            }
            if rule.rests(electorate, &trajectory.moves[first..]) {
                break;
            }
        }
        // As long as it has to be: the room keeps what may be longer.
        trajectory.clone()
    }
}

// What tells most states apart: positions fill two bits of eight, so that four words make one.
#[inline(always)]
fn number_of(positions: &[u64], numbers: &[u64]) -> u64 {
    let quarter = numbers.len();
    let (a, b) = positions.split_at(2 * quarter);
    let ((a, b), (c, d)) = (a.split_at(quarter), b.split_at(quarter));
    let quarters = a.iter().zip(b).zip(c.iter().zip(d)).zip(numbers);
    quarters.fold(0, |sum, (((a, b), (c, d)), number)| {
        sum.wrapping_add((a | b << 2 | c << 4 | d << 6).wrapping_mul(*number))
    })
}

/// Who has come to each position and who has left it.
#[derive(Debug)]
struct Passages {
    n_actors: usize,
    // Lists of one position after the other, each with room for all actors.
    come: Vec<u32>,
    gone: Vec<u32>,
    // How many there are of each, in 16 bits each.
    n_come: u64,
    n_gone: u64,
}

impl Passages {
    fn new(n_actors: usize) -> Self {
        let list = vec![0; n_actors * MOST_POSITIONS];
        Passages { n_actors, come: list.clone(), gone: list, n_come: 0, n_gone: 0 }
    }

    /// Takes steps, as many as there are actors at most. Which list is next is chance, so there is no
    /// branch that would be guessed wrong.
    #[inline(always)]
    fn take(&mut self, steps: &[Move]) {
        let n = self.n_actors;
        let (mut n_come, mut n_gone) = (0, 0);
        for step in steps {
            let (to, from) = (usize::from(step.to()), usize::from(step.from()));
            self.come[to * n + count(n_come, to)] = step.actor;
            self.gone[from * n + count(n_gone, from)] = step.actor;
            n_come += 1 << (16 * to);
            n_gone += 1 << (16 * from);
        }
        (self.n_come, self.n_gone) = (n_come, n_gone);
    }

    /// The same where there are two positions, of which only the new one is tallied.
    #[inline(always)]
    fn take_between_two(&mut self, steps: &[Move]) {
        let n = self.n_actors;
        let (come, gone) = (&mut self.come[n..2 * n], &mut self.gone[n..2 * n]);
        let (mut n_come, mut n_gone) = (0, 0);
        for step in steps {
            (come[n_come], gone[n_gone]) = (step.actor, step.actor);
            n_come += usize::from(step.to());
            n_gone += usize::from(step.from());
        }
        (self.n_come, self.n_gone) = ((n_come as u64) << 16, (n_gone as u64) << 16);
    }

    #[inline(always)]
    fn of(&self, position: Position) -> (&[u32], &[u32]) {
        let position = usize::from(position);
        let first = position * self.n_actors;
        (
            &self.come[first..][..count(self.n_come, position)],
            &self.gone[first..][..count(self.n_gone, position)],
        )
    }
}

#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "16 bits")]
fn count(counts: u64, position: usize) -> usize {
    (counts >> (16 * position)) as usize & 0xffff
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

#[cfg(test)]
mod tests {
    use super::*;
    use normwave_gain_shape::Shape;
    use normwave_plan::{
        Block, Driver, Engine, Forced, Noise, Program, Reversal, Rule, SIGNAL_ONE, Signal, Source, Steps,
        Support, Weights,
    };

    // Each actor hears the eleven behind it, and needs as much as three or four of them can say.
    fn ring(n_positions: usize, rule: Rule) -> Plan {
        let n = 70u32;
        let one = f64::from(SIGNAL_ONE);
        let mut plan = Plan::bare((0..u64::from(n)).map(|i| i * i + 7).collect(), n_positions, 60);
        let ties = (0..n).flat_map(|i| (1..=11).map(move |step| (i, (i + step) % n, 1 + (i as i32 + 3) % 3)));
        plan.blocks.push(Block {
            source: Source::Ties(Signal::Adoption),
            toward: (0..n_positions).map(|k| k > 0).collect(),
            gains: Vec::new(),
            weights: Steps::constant(Weights::from_ties(n as usize, ties.collect())),
            hatch: None,
        });
        plan.rule = rule;
        plan.thresholds = Steps::constant((0..n).map(|i| f64::from(5 + i % 4) * one).collect());
        plan.exits = Steps::constant(vec![2.0 * one; n as usize]);
        let some = (0..12).map(|actor| Forced { tick: 0, actor, position: 1 + (actor % 2) as u8 });
        let some =
            some.map(|forced| Forced { position: forced.position.min(n_positions as u8 - 1), ..forced });
        plan.forced = some.collect();
        plan
    }

    // Interests against the norm, which make some go back.
    fn with_interests(mut plan: Plan) -> Plan {
        let own = (0..70).map(|i| if i % 5 == 0 { 17 } else { 0 }).collect();
        let toward = (0..plan.n_positions).map(|k| k == 0).collect();
        let (source, weights) = (Source::Internal, Steps::constant(Weights::Internal(own)));
        plan.blocks.push(Block { source, toward, gains: Vec::new(), weights, hatch: None });
        plan.reversal = Reversal::On;
        plan
    }

    fn with_gain(mut plan: Plan) -> Plan {
        let driver = Driver::Share { weights: Steps::constant(vec![1; 70]) };
        let toward_new = Shape::Linear { at_zero: 0.9, slope: 0.7 };
        plan.programs = vec![Program { driver, toward_status_quo: Shape::NEUTRAL, toward_new }];
        plan.blocks[0].gains = vec![0];
        plan
    }

    fn graded(mut plan: Plan) -> Plan {
        plan.graded = true;
        plan.support = Support::new(3, &[1.0, 0.0, 0.0, 0.0, 1.0, 0.5, 0.0, 0.5, 1.0]);
        plan.reversal = Reversal::OffGraded;
        plan
    }

    #[test]
    fn a_balance_that_gains_bring_to_the_threshold_meets_it_to_the_last_bit() {
        let moved = |rule: Rule, back: bool, off: f64| {
            let mut plan = ring(2, rule);
            if back {
                plan = with_interests(plan);
            }
            plan = with_gain(plan);
            plan.programs[0].toward_new = Shape::Linear { at_zero: 0.5, slope: 0.0 };
            // Half of what some of those say whom it hears: whole and half weights.
            let thresholds = plan.thresholds.steps()[0].1.iter();
            let thresholds = thresholds.map(|threshold| (threshold / 2.0).round() * (1.0 + off)).collect();
            plan.thresholds = Steps::constant(thresholds);
            let run = runner_on(&plan, Arch::new()).unwrap().run(3, 0);
            assert_eq!(run, crate::Reference.prepare(&plan).run(3, 0), "{rule:?}, back: {back}, {off}");
            run.moves
        };
        for back in [false, true] {
            let ulp = f64::EPSILON;
            let [strictly, at_least] =
                [Rule::Strict, Rule::AtLeast].map(|rule| [-ulp, 0.0, ulp].map(|off| moved(rule, back, off)));
            assert_eq!(strictly[1], strictly[2]);
            assert_eq!(at_least[0], at_least[1]);
            assert_ne!(strictly[0], strictly[1], "back: {back}");
            assert_ne!(at_least[1], at_least[2], "back: {back}");
        }
    }

    #[test]
    fn every_kind_of_processor_decides_alike() {
        let noise = Rule::Noisy { rate: 20.0, temperature: 2.0 * f64::from(SIGNAL_ONE), noise: Noise::Fresh };
        let with_step = |mut plan: Plan| {
            plan.position_thresholds[2] = f64::from(SIGNAL_ONE);
            plan
        };
        let plans = [
            ("bounds", with_interests(ring(2, Rule::AtLeast))),
            ("sums, graded", graded(ring(3, Rule::Strict))),
            ("sums, and back", with_interests(ring(3, Rule::AtLeast))),
            ("pressures", with_step(graded(ring(3, Rule::AtLeast)))),
            ("a gain", with_gain(with_interests(ring(2, Rule::AtLeast)))),
            ("odds", with_interests(ring(2, noise))),
            ("odds, for good", ring(2, noise)),
            ("odds and a gain", with_gain(ring(2, noise))),
        ];
        for (name, plan) in plans {
            let found = crate::Reference.prepare(&plan).run(3, 0);
            assert!(found.moves.len() > 30, "{name}: {} moved", found.moves.len());
            let mut processors = vec![Arch::new(), Arch::Scalar];
            #[cfg(target_arch = "x86_64")]
            processors.extend(pulp::x86::V3::try_new().map(Arch::V3));
            for processor in processors {
                let runner = runner_on(&plan, processor).unwrap();
                assert_eq!(runner.run(3, 0), found, "{name} on {processor:?}");
                assert_eq!(runner.run(3, 0), found, "{name} on {processor:?}, in the same room");
            }
        }
    }
}
