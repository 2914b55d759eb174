//! The sparse engine: event-driven; a tie is touched when its sender changes, not at every tick.
//!
//! [`Sparse::prepare`](Engine::prepare) works out once what replicates share: the weights of each
//! epoch and what they sum to while all hold the same position, who follows whom, and the calendar. A run
//! starts from a copy of that state and keeps it up to date: a move shifts the sums of those whom
//! the mover reaches, a sum or a gain that changes makes a pressure stale, and only actors with a
//! stale pressure, threshold or choice decide anew. Under the rules whose decisions last, an actor
//! whose inputs are the same would decide the same; where nothing is left to decide the run jumps
//! to the next date of the calendar. In continuous time all of it is brought up to date after each
//! move; under the hazard rule a queue has the actor that moves next.

mod actor_set;
mod calendar;
mod clocks;
mod gains;
mod options;
mod persuasion;
mod pressures;
mod rows;
mod signals;
mod state;
mod stayers;
mod sums;

use crate::cascade::Cascade;
use crate::dense;
use actor_set::{PER_WORD, members};
use calendar::{Day, calendar};
use gains::Drivers;
use normwave_plan::{
    CycleWatch, Draws, Engine, Noise, Plan, Rule, Runner, SIGNAL_ONE, Schedule, Signal, Source, Tick,
    Trajectory, start_of, tick_of,
};
use signals::{Channel, Voices, standing};
use state::State;
use sums::Ledger;

/// Keeps sums up to date instead of computing them anew.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sparse;

/// The way in which [`Sparse`] runs a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// Any plan: what changes touches those whom it reaches.
    Events,
    /// A threshold cascade: each tie is touched once.
    Queue,
    /// An independent cascade: each tie's coin is thrown once.
    Trials,
    /// A threshold cascade among few actors with many ties: an adopter's ties are added side by side.
    Lanes,
    /// Few actors with many ties who decide at once: a mover's ties are added side by side, and all
    /// decide side by side.
    Dense,
}

impl Sparse {
    /// How a plan is run.
    #[must_use]
    pub fn kernel(plan: &Plan) -> Kernel {
        let dense = || dense::runner(plan).map_or(Kernel::Events, |_| Kernel::Dense);
        Cascade::of(plan).map_or_else(dense, |cascade| cascade.kind())
    }
}

impl Engine for Sparse {
    fn name(&self) -> &'static str {
        "sparse"
    }

    fn prepare<'p>(&self, plan: &'p Plan) -> Box<dyn Runner + 'p> {
        if let Some(cascade) = Cascade::of(plan) {
            return Box::new(cascade);
        }
        if let Some(runner) = dense::runner(plan) {
            return runner;
        }
        let prepared = Prepared::new(plan);
        let start = State::new(&prepared);
        Box::new(SparseRunner { prepared, start })
    }
}

// Landmarks take K values per actor each; with many positions few actors are at any one of them.
const MOST_LANDMARKS: usize = 4;

/// What all replicates share.
#[derive(Debug)]
struct Prepared<'p> {
    plan: &'p Plan,
    calendar: Vec<(Tick, Day)>,
    voices: Voices<'p>,
    /// What is heard at first of each [`Signal`], in its order, and how each actor counts.
    channels: [Channel; 2],
    standing: Channel,
    /// The blocks that hear each signal.
    listeners: [Vec<usize>; 2],
    /// The weights of each block; none where a hatch gives them.
    ledgers: Vec<Option<Ledger<'p>>>,
    drivers: Drivers<'p>,
    review_probability: f64,
    /// Whether a hatch gives weights.
    hatched: bool,
    /// Whether noise is drawn anew at each review, so that no decision lasts.
    fresh: bool,
    /// Whether actors decide at reviews, rather than by hazard or trials.
    reviewed: bool,
}

impl<'p> Prepared<'p> {
    fn new(plan: &'p Plan) -> Self {
        let (n, n_k) = (plan.n_actors(), plan.n_positions);
        let mut calendar = calendar(plan);
        if let Some((0, day)) = calendar.first_mut() {
            // The state that runs start from has it already.
            *day = Day::default();
        }
        let present = plan.present_at(0);
        let positions = (0u8..).take(n_k.min(MOST_LANDMARKS));
        let channels = [Signal::Advocacy, Signal::Adoption].map(|signal| {
            let all_at = |position| {
                let advocacy = plan.own_advocacy(0, &vec![position; n]);
                let mut heard = vec![0; n * n_k];
                for (j, heard) in heard.chunks_exact_mut(n_k).enumerate() {
                    plan.heard(signal, j, position, present[j], &advocacy, heard);
                }
                heard
            };
            Channel::new(n_k, positions.clone().map(all_at).collect())
        });
        let all_at = |position| {
            let mut counts = vec![0; n * (n_k + 1)];
            for (row, &present) in counts.chunks_exact_mut(n_k + 1).zip(present) {
                standing(plan, position, present, row);
            }
            counts
        };
        let standing = Channel::new(n_k + 1, positions.map(all_at).collect());
        let largest = SIGNAL_ONE * u32::try_from(n_k).unwrap_or(u32::MAX);
        let ledger = |block: &'p normwave_plan::Block| match block.source {
            _ if block.hatch.is_some() => None,
            Source::Internal => Some(Ledger::internal(&block.weights, n, n_k)),
            Source::Ties(signal) => {
                Some(Ledger::of_ties(&block.weights, &channels[signal as usize], largest))
            }
        };
        let hears = |signal| {
            let blocks = plan.blocks.iter().enumerate();
            blocks.filter(|(_, block)| block.source == Source::Ties(signal)).map(|(idx, _)| idx).collect()
        };
        Prepared {
            plan,
            calendar,
            voices: Voices::new(plan),
            ledgers: plan.blocks.iter().map(ledger).collect(),
            listeners: [Signal::Advocacy, Signal::Adoption].map(hears),
            drivers: Drivers::new(plan, &standing),
            channels,
            standing,
            review_probability: plan.review_probability(),
            hatched: plan.blocks.iter().any(|block| block.hatch.is_some()),
            fresh: matches!(plan.rule, Rule::Noisy { noise: Noise::Fresh, .. }),
            reviewed: !matches!(plan.rule, Rule::Hazard { .. } | Rule::Trials),
        }
    }
}

struct SparseRunner<'p> {
    prepared: Prepared<'p>,
    /// The state before the first tick's moves.
    start: State<'p>,
}

impl Runner for SparseRunner<'_> {
    fn run(&self, seed: u64, replicate: u64) -> Trajectory {
        let Prepared { plan, calendar, .. } = &self.prepared;
        let draws = Draws::new(seed, replicate);
        let mut state = self.start.clone();
        state.draw(&self.prepared, &draws);
        let mut trajectory = Trajectory::default();
        let mut watch = CycleWatch::default();
        let mut days = calendar.iter().peekable();
        let mut tick = 0;
        while tick < plan.n_ticks {
            let day = days.next_if(|day| day.0 == tick);
            state.open_tick(&self.prepared, tick, day.map(|day| &day.1), &mut trajectory);
            let mut moved = if plan.rule == Rule::Trials { state.moved() } else { Vec::new() };
            state.bring_up_to_date(&self.prepared);
            if plan.can_cycle() && trajectory.cycle.is_none() {
                if day.is_some() {
                    watch.reset();
                }
                trajectory.cycle = watch.see(tick, state.positions(), state.persuaded());
            }
            match (plan.schedule, plan.rule) {
                (_, Rule::Hazard { .. }) => self.wait_for_moves(tick, &mut state, &draws, &mut trajectory),
                (_, Rule::Trials) => {
                    state.try_ties(&self.prepared, &draws, &mut moved, &mut trajectory);
                }
                (Schedule::Synchronous, _) => self.decide_at_once(&mut state, &draws, &mut trajectory),
                (Schedule::RandomSequential, _) => self.decide_in_turn(&mut state, &draws, &mut trajectory),
                (Schedule::Continuous, _) => self.decide_in_time(tick, &mut state, &draws, &mut trajectory),
            }
            let next_date = days.peek().map_or(plan.n_ticks, |day| day.0);
            let next_move = state.next_strike().map_or(Tick::MAX, |time| tick_of(time).0);
            let next = next_date.min(next_move);
            tick = if state.is_at_rest(&self.prepared) { next } else { tick + 1 };
        }
        trajectory
    }
}

impl<'p> SparseRunner<'p> {
    // All decide from the state at the start of the tick: what a move does to others is worked
    // out when the next tick opens.
    fn decide_at_once(&self, state: &mut State<'p>, draws: &Draws, trajectory: &mut Trajectory) {
        for word in 0..state.n_words() {
            state.settle(&self.prepared, draws, word, u64::MAX);
        }
        for word in 0..state.n_words() {
            for actor in members(word, state.reviewers(&self.prepared, draws, word, u64::MAX)) {
                state.take_up(&self.prepared, draws, actor, (0, 0), trajectory);
            }
        }
    }

    // One after the other; each sees the signals of those before, but not their effect on gains.
    fn decide_in_turn(&self, state: &mut State<'p>, draws: &Draws, trajectory: &mut Trajectory) {
        if !state.has_open_questions(&self.prepared) {
            return;
        }
        state.shuffle(&self.prepared, draws);
        let mut place = 0;
        while let Some(actor) = state.in_turn(place) {
            let (word, alone) = (actor / PER_WORD, 1 << (actor % PER_WORD));
            state.settle(&self.prepared, draws, word, alone);
            let reviews = state.reviewers(&self.prepared, draws, word, alone) != 0;
            if reviews && state.take_up(&self.prepared, draws, actor, (0, 0), trajectory) {
                state.speak(&self.prepared, actor);
            }
            place += 1;
        }
    }

    // At each review, from a state that all moves before have changed.
    fn decide_in_time(&self, tick: Tick, state: &mut State<'p>, draws: &Draws, trajectory: &mut Trajectory) {
        if !state.has_open_questions(&self.prepared) {
            return;
        }
        for review in self.prepared.plan.reviews_in(draws, tick) {
            let actor = review.actor as usize;
            let (word, alone) = (actor / PER_WORD, 1 << (actor % PER_WORD));
            state.settle(&self.prepared, draws, word, alone);
            let reviews = state.reviewers(&self.prepared, draws, word, alone) != 0;
            let at = (review.offset, review.number);
            if reviews && state.take_up(&self.prepared, draws, actor, at, trajectory) {
                state.bring_up_to_date(&self.prepared);
            }
        }
    }

    // One move after the other, each when its clock strikes.
    fn wait_for_moves(&self, tick: Tick, state: &mut State<'p>, draws: &Draws, trajectory: &mut Trajectory) {
        state.turn_clocks(&self.prepared, start_of(tick));
        while let Some(now) = state.next_strike().filter(|&time| tick_of(time).0 == tick) {
            state.strike(&self.prepared, draws, trajectory);
            state.bring_up_to_date(&self.prepared);
            state.turn_clocks(&self.prepared, now);
        }
    }
}
