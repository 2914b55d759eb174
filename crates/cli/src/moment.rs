//! A government at a time: the replayed state, its balance sheet, and what it decided.

use crate::{Failure, Prepared};
use normwave_analysis::{BalanceSheet, Persuasion, TickLedger, TickState};
use normwave_network_model::ActorId;
use normwave_plan::{Cause, Draws, Move, Noise, Plan, Position, Rule, Schedule, Tick, Trajectory};
use std::ops::ControlFlow;
use std::sync::Arc;

/// A run that can be looked at again at any tick.
#[derive(Clone, Copy, Debug)]
pub struct Replay<'r> {
    /// The scenario.
    pub prepared: &'r Prepared,
    /// The plan that was run, with or without noise.
    pub plan: &'r Plan,
    /// What came out.
    pub trajectory: &'r Trajectory,
    /// The run's random numbers.
    pub draws: Draws,
}

/// One government at the time of its decision in one tick.
#[derive(Clone, Debug)]
pub struct Moment {
    /// The pressures, the threshold, the position held.
    pub sheet: BalanceSheet,
    /// The positions of all actors when it decided.
    pub positions: Arc<Vec<Position>>,
    /// The position that it holds after the decision.
    pub took: Position,
    /// Why that changed, if it did.
    pub cause: Option<Cause>,
    /// What rounding to the quantum may change in any of its pressures.
    pub rounding: f64,
    /// The noise of each position in units of pressure; `None` without noise or without a review.
    pub noise: Option<Vec<f64>>,
}

impl Moment {
    /// Whether the margin of `k` lies within rounding, so that the engine's decision stands.
    #[must_use]
    pub fn is_tie(&self, k: Position) -> bool {
        // Two pressures are compared, each within the bound.
        self.sheet.margin(k).abs() <= 2.0 * self.rounding
    }
}

impl<'r> Replay<'r> {
    // Decisions of one tick are all taken from the same state, unless one follows the other.
    fn one_by_one(&self) -> bool {
        self.plan.schedule != Schedule::Synchronous
    }

    fn moves_in(&self, tick: Tick) -> impl Iterator<Item = &'r Move> {
        // Moves are in order of time.
        let moves = &self.trajectory.moves;
        let first = moves.partition_point(|step| step.tick < tick);
        moves[first..].iter().take_while(move |step| step.tick == tick)
    }

    /// The state in which an actor decided in a tick. In continuous time that is the state before
    /// its last move in the tick; if it does not move, the state at the end of the tick.
    #[must_use]
    pub fn state(&self, tick: Tick, actor: ActorId) -> TickState {
        let n = self.plan.n_actors();
        match self.plan.schedule {
            Schedule::Synchronous => TickState::at_decisions(self.trajectory, n, tick),
            Schedule::RandomSequential => {
                let order = self.plan.order(&self.draws, tick);
                let before = order.iter().take_while(|&&other| other != actor.0);
                let before: Vec<u32> = before.copied().collect();
                let done = (1u32..)
                    .zip(self.moves_in(tick))
                    .filter(|(_, step)| step.cause() != Cause::Decided || before.contains(&step.actor));
                let rank = done.map(|(done, _)| done).max().unwrap_or(0);
                TickState::before_move(self.trajectory, n, tick, rank)
            }
            Schedule::Continuous => {
                let moves = (0u32..).zip(self.moves_in(tick));
                let own = moves.filter(|(_, step)| step.cause() == Cause::Decided && step.actor == actor.0);
                let rank = own.last().map_or(u32::MAX, |(rank, _)| rank);
                TickState::in_continuous_time(self.trajectory, n, tick, rank)
            }
        }
    }

    // The last decision in a tick that moved an actor.
    fn decided(&self, tick: Tick, actor: ActorId) -> Option<&'r Move> {
        self.moves_in(tick).filter(|step| step.cause() == Cause::Decided && step.actor == actor.0).last()
    }

    /// Takes apart what an actor was about in a tick.
    ///
    /// # Errors
    /// [`Failure`] if a derived layer cannot be computed.
    pub fn moment(&self, tick: Tick, actor: ActorId) -> Result<Moment, Failure> {
        Ok(self.ledger(tick, actor)?.moment(actor))
    }

    /// Where what was said toward a position to an actor came from, as far as its senders had been
    /// persuaded of it.
    ///
    /// # Errors
    /// [`Failure`] if a derived layer cannot be computed.
    pub fn persuasions(
        &self,
        tick: Tick,
        actor: ActorId,
        toward: Position,
    ) -> Result<Vec<Persuasion>, Failure> {
        Ok(self.ledger(tick, actor)?.ledger.persuasions(actor, toward))
    }

    fn ledger(&self, tick: Tick, actor: ActorId) -> Result<OpenLedger<'r>, Failure> {
        self.open(tick, self.state(tick, actor))
    }

    fn open(&self, tick: Tick, state: TickState) -> Result<OpenLedger<'r>, Failure> {
        let ledger = TickLedger::new(&self.prepared.scenario, tick, &state)?;
        Ok(OpenLedger { replay: *self, tick, ledger, positions: Arc::new(state.live) })
    }

    /// Calls `each` with the moment of the first `at_most` decisions that moved a government, in
    /// order, until it breaks off.
    ///
    /// # Errors
    /// [`Failure`] if a derived layer cannot be computed, or what `each` returns.
    pub fn for_each_decision(
        &self,
        at_most: usize,
        mut each: impl FnMut(&Move, Moment) -> Result<ControlFlow<()>, Failure>,
    ) -> Result<(), Failure> {
        let mut open: Option<OpenLedger<'r>> = None;
        let decided = self.trajectory.ranked().filter(|(_, step)| step.cause() == Cause::Decided);
        for (rank, step) in decided.take(at_most) {
            let actor = ActorId(step.actor);
            let still_good = open.as_ref().is_some_and(|open| open.tick == step.tick && !self.one_by_one());
            if !still_good {
                // In continuous time an actor may move several times in a tick.
                open = Some(if self.plan.schedule == Schedule::Continuous {
                    let n = self.plan.n_actors();
                    let state = TickState::in_continuous_time(self.trajectory, n, step.tick, rank);
                    self.open(step.tick, state)?
                } else {
                    self.ledger(step.tick, actor)?
                });
            }
            if let Some(open) = &open
                && each(step, open.moment_of(actor, Some(step)))?.is_break()
            {
                break;
            }
        }
        Ok(())
    }

    /// Calls `each` with the moment of every government under the norm at the last tick, until it
    /// breaks off.
    ///
    /// # Errors
    /// [`Failure`] if a derived layer cannot be computed, or what `each` returns.
    pub fn for_each_at_end(
        &self,
        mut each: impl FnMut(Moment) -> Result<ControlFlow<()>, Failure>,
    ) -> Result<(), Failure> {
        let tick = self.plan.n_ticks - 1;
        let shared = self.open(tick, TickState::at_decisions(self.trajectory, self.plan.n_actors(), tick))?;
        for actor in shared.ledger.governments() {
            let moment = if self.one_by_one() { self.moment(tick, actor)? } else { shared.moment(actor) };
            if each(moment)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    // The noise with which an actor that held a position decided in a tick, in units of pressure; `step`
    // is its move.
    fn noise(&self, tick: Tick, actor: ActorId, held: Position, step: Option<&Move>) -> Option<Vec<f64>> {
        let Rule::Noisy { temperature, noise, .. } = self.plan.rule else { return None };
        let number = match (noise, self.plan.schedule) {
            (Noise::Persistent, _) => 0,
            (Noise::Fresh, Schedule::Continuous) => {
                let at = step?.offset;
                let mut reviews = (0u32..).zip(self.plan.review_times(&self.draws, tick, actor.idx()));
                reviews.find(|(_, offset)| *offset == at)?.0
            }
            (Noise::Fresh, _) if !self.plan.reviews(&self.draws, tick, actor.idx()) => return None,
            (Noise::Fresh, _) => 0,
        };
        let scale = temperature * self.plan.unit();
        let draw = |k| self.plan.noise_at(&self.draws, tick, number, actor.idx(), k);
        let noise = |k| match noise {
            Noise::Persistent => draw(k),
            // The lot as luck of the position held: beside it the others have none. With two positions
            // the lead of the other has to exceed just this.
            Noise::Fresh if k == held => {
                let lot = draw(k);
                (lot / (1.0 - lot)).ln()
            }
            Noise::Fresh => 0.0,
        };
        Some((0u8..).take(self.plan.n_positions).map(|k| scale * noise(k)).collect())
    }

    // What the replicate has drawn for an actor's threshold, in units of pressure.
    fn drawn_threshold(&self, actor: ActorId) -> f64 {
        let plan = self.plan;
        let drawn = plan.threshold_draw.map(|law| law.draw(&self.draws, plan.keys[actor.idx()]));
        let given = plan.ensemble.thresholds_of(self.draws.replicate(), plan.n_actors()).get(actor.idx());
        let sum = match (drawn, given) {
            (Some(drawn), Some(given)) => drawn + given,
            (drawn, given) => drawn.or(given.copied()).unwrap_or(0.0),
        };
        sum * plan.unit()
    }
}

struct OpenLedger<'r> {
    replay: Replay<'r>,
    tick: Tick,
    ledger: TickLedger<'r>,
    positions: Arc<Vec<Position>>,
}

impl OpenLedger<'_> {
    fn moment(&self, actor: ActorId) -> Moment {
        self.moment_of(actor, self.replay.decided(self.tick, actor))
    }

    // `step` is the actor's move that this ledger is about, if it moved.
    fn moment_of(&self, actor: ActorId, step: Option<&Move>) -> Moment {
        let mut sheet = self.ledger.sheet(actor);
        sheet.threshold += self.replay.drawn_threshold(actor);
        Moment {
            took: step.map_or(sheet.held, |step| step.to()),
            cause: step.map(|step| step.cause()),
            rounding: self.replay.plan.rounding[actor.idx()],
            noise: self.replay.noise(self.tick, actor, sheet.held, step),
            positions: Arc::clone(&self.positions),
            sheet,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Input, Watch};
    use normwave_engine::{Replicates, Sparse};
    use normwave_scenario::Overrides;

    // The ledger and the plan are computed apart; here they meet on every case.
    #[test]
    fn ledger_rows_sum_to_the_pressures_of_the_engine_on_every_case() {
        for case in normwave_cases::cases() {
            agrees(&case, &[]);
            // Every decision has a state of its own then, which takes long on a large network.
            if ["ego", "star", "islands", "florentine", "boomerang", "foreign-example"].contains(&case.name) {
                agrees(&case, &["decision.schedule=random-sequential"]);
                agrees(&case, &["decision.schedule=continuous"]);
            }
        }
    }

    fn prepared(case: &normwave_cases::Case, set: &[&str]) -> Prepared {
        let set = set.iter().map(|&set| set.to_owned()).collect();
        Prepared::read(&Input::bundled(case), &Overrides { set, ..Overrides::default() }).unwrap()
    }

    fn ego(set: &str) -> Prepared {
        let case = normwave_cases::cases().into_iter().find(|case| case.name == "ego").unwrap();
        prepared(&case, &[set])
    }

    #[test]
    fn a_sheet_shows_the_threshold_that_its_replicate_drew() {
        let prepared = ego("decision.threshold={ uniform = [0, 1] }");
        let plan = &prepared.plan;
        let mut seen = Vec::new();
        for replicate in 0..3 {
            let what = Replicates { seed: 1, range: replicate..replicate + 1, threads: 1 };
            let run = Watch::silent().simulate(&Sparse, plan, &what).unwrap().remove(0);
            let draws = Draws::new(1, replicate);
            let replay = Replay { prepared: &prepared, plan, trajectory: &run, draws };
            let sheet = replay.moment(1, ActorId(0)).unwrap().sheet;
            assert!((sheet.threshold - plan.drawn_thresholds(&draws)[0] * plan.unit()).abs() < 1e-12);
            assert!((sheet.margin(1) - (sheet.balance(1) - sheet.threshold)).abs() < 1e-12);
            seen.push(sheet.threshold);
        }
        assert!(seen.iter().all(|drawn| (0.0..1.0).contains(drawn)), "{seen:?}");
        assert!((seen[0] - seen[1]).abs() > 1e-6, "each replicate draws its own");
    }

    #[test]
    fn every_move_within_a_tick_has_the_state_before_it() {
        let prepared = ego("decision={ rule = \"hazard\", rate = 4, reversal = true }");
        let what = Replicates { seed: 1, range: 0..1, threads: 1 };
        let run = Watch::silent().simulate(&Sparse, &prepared.plan, &what).unwrap().remove(0);
        let draws = Draws::new(1, 0);
        let replay = Replay { prepared: &prepared, plan: &prepared.plan, trajectory: &run, draws };
        let mut seen = 0;
        replay
            .for_each_decision(usize::MAX, |step, moment| {
                assert_eq!((moment.sheet.held, moment.took), (step.from(), step.to()), "{step:?}");
                seen += 1;
                Ok(ControlFlow::Continue(()))
            })
            .unwrap();
        // Eight times a year to and fro, in years as ticks.
        assert!(seen > 6, "{seen}");
    }

    fn agrees(case: &normwave_cases::Case, set: &[&str]) {
        let prepared = prepared(case, set);
        let plan = prepared.noise_free_plan();
        let what = Replicates { seed: 1, range: 0..1, threads: 1 };
        let run = Watch::silent().simulate(&Sparse, &plan, &what).unwrap().remove(0);
        let replay = Replay { prepared: &prepared, plan: &plan, trajectory: &run, draws: Draws::new(1, 0) };
        let mut seen = 0;
        // The pressures of all actors in the state of the last moment; moments often share it.
        let mut cache: Option<(Tick, TickState, Vec<f64>)> = None;
        let mut compare = |moment: &Moment| {
            seen += 1;
            let (actor, tick) = (moment.sheet.actor, moment.sheet.tick);
            let state = replay.state(tick, actor);
            if cache.as_ref().is_none_or(|(at, known, _)| *at != tick || *known != state) {
                let persuaded = plan.persuaded_at(&run, tick);
                let hatched =
                    plan.hatched(tick, &state.start, &plan.advocacy(tick, &state.start, &persuaded));
                let advocacy = plan.advocacy(tick, &state.live, &persuaded);
                let pressures = plan.pressures(tick, &state.live, &advocacy, &state.start, &hatched);
                cache = Some((tick, state, pressures));
            }
            let of_engine = &cache.as_ref().unwrap().2[actor.idx() * plan.n_positions..];
            for (pressure, units) in moment.sheet.pressures.iter().zip(of_engine) {
                let bound = moment.rounding + 1e-9 * pressure.abs().max(1.0);
                assert!((units * plan.unit() - pressure).abs() <= bound, "{} {actor:?} in {tick}", case.name);
            }
        };
        replay
            .for_each_decision(usize::MAX, |step, moment| {
                assert!(moment.sheet.margin(step.to()) >= -2.0 * moment.rounding, "{} {step:?}", case.name);
                compare(&moment);
                Ok(ControlFlow::Continue(()))
            })
            .unwrap();
        replay
            .for_each_at_end(|moment| {
                compare(&moment);
                Ok(ControlFlow::Continue(()))
            })
            .unwrap();
        assert!(seen > 0, "{}", case.name);
    }
}
