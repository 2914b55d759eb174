//! The reference engine: MODEL §6 as code, slow and literal.

use normwave_plan::{
    Cause, CycleWatch, Draws, Engine, HazardClock, Persuaded, Plan, Position, Rule, Runner, Schedule, Tick,
    Trajectory, Weights, decide, start_of, tick_of,
};
use std::borrow::Cow;

/// Recomputes everything at every tick.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reference;

impl Engine for Reference {
    fn name(&self) -> &'static str {
        "reference"
    }

    fn prepare<'p>(&self, plan: &'p Plan) -> Box<dyn Runner + 'p> {
        Box::new(ReferenceRunner { plan })
    }
}

struct ReferenceRunner<'p> {
    plan: &'p Plan,
}

impl Runner for ReferenceRunner<'_> {
    fn run(&self, seed: u64, replicate: u64) -> Trajectory {
        let plan = self.plan;
        let draws = Draws::new(seed, replicate);
        let mut positions: Vec<Position> = vec![0; plan.n_actors()];
        let mut trajectory = Trajectory::default();
        let mut watch = CycleWatch::default();
        let changes = plan.change_ticks();
        let luck = Luck { drawn: plan.drawn_thresholds(&draws), draws };
        let mut clocks: Vec<HazardClock> =
            plan.keys.iter().map(|&key| HazardClock::new(&draws, key)).collect();
        // The state at the decisions of the tick before.
        let mut before = positions.clone();
        let mut persuaded = Persuaded::default();
        for tick in 0..plan.n_ticks {
            // (1) Events, births and deaths dated in the tick.
            plan.begin_tick(tick, replicate, &mut positions, &mut trajectory);
            if tick == 0 {
                persuaded = plan.unpersuaded(&positions);
            }
            if plan.can_cycle() && trajectory.cycle.is_none() {
                if changes.contains(&tick) {
                    watch.reset();
                }
                trajectory.cycle = watch.see(tick, &positions, &persuaded);
            }
            // (2) Advocacy and (3) gains, from the state at the start of the tick.
            let start = positions.clone();
            let advocacy = plan.advocacy(tick, &start, &persuaded);
            let hatched = plan.hatched(tick, &start, &advocacy);
            let pressures = plan.pressures(tick, &start, &advocacy, &start, &hatched);
            let n_k = plan.n_positions;
            let row_of = |i: usize| Cow::Borrowed(&pressures[i * n_k..(i + 1) * n_k]);
            let offered = plan.offered(tick, &start, &luck.drawn, &row_of);
            // (4) Decisions and (5) records.
            match plan.schedule {
                Schedule::Synchronous if plan.rule == Rule::Trials => {
                    self.try_ties(tick, &before, &start, &hatched, &offered, &luck, &mut trajectory);
                    positions = trajectory.positions_before(plan.n_actors(), tick + 1, 0);
                }
                Schedule::Synchronous => {
                    for i in 0..plan.n_actors() {
                        if plan.reviews(&draws, tick, i) {
                            let review = (tick, 0, 0);
                            self.decide_one(
                                review,
                                i,
                                &pressures,
                                &offered,
                                &luck,
                                &mut positions,
                                &mut trajectory,
                            );
                        }
                    }
                }
                Schedule::RandomSequential => {
                    for actor in plan.order(&draws, tick) {
                        let i = actor as usize;
                        if plan.reviews(&draws, tick, i) {
                            let live = self.live_pressures(tick, &positions, &persuaded, &start, &hatched);
                            let review = (tick, 0, 0);
                            self.decide_one(
                                review,
                                i,
                                &live,
                                &offered,
                                &luck,
                                &mut positions,
                                &mut trajectory,
                            );
                        }
                    }
                }
                Schedule::Continuous if matches!(plan.rule, Rule::Hazard { .. }) => {
                    self.wait_for_moves(
                        tick,
                        &persuaded,
                        &mut clocks,
                        &luck,
                        &mut positions,
                        &mut trajectory,
                    );
                }
                Schedule::Continuous => {
                    for review in plan.reviews_in(&draws, tick) {
                        let (live, offered) = self.look_around(tick, &positions, &persuaded, &luck);
                        let (i, review) = (review.actor as usize, (tick, review.offset, review.number));
                        self.decide_one(review, i, &live, &offered, &luck, &mut positions, &mut trajectory);
                    }
                }
            }
            persuaded = plan.persuade(tick, &start, &persuaded);
            before = start;
        }
        trajectory
    }
}

// What chance has in store for a replicate.
struct Luck {
    draws: Draws,
    drawn: Vec<f64>,
}

impl ReferenceRunner<'_> {
    // Signals as they are now, gains as they were at the start of the tick.
    fn live_pressures(
        &self,
        tick: Tick,
        positions: &[Position],
        persuaded: &Persuaded,
        start: &[Position],
        hatched: &[Option<Weights>],
    ) -> Vec<f64> {
        let advocacy = self.plan.advocacy(tick, positions, persuaded);
        self.plan.pressures(tick, positions, &advocacy, start, hatched)
    }

    // Pressures and offers in continuous time: all as the moves so far have left it.
    fn look_around(
        &self,
        tick: Tick,
        positions: &[Position],
        persuaded: &Persuaded,
        luck: &Luck,
    ) -> (Vec<f64>, Vec<bool>) {
        let plan = self.plan;
        let advocacy = plan.advocacy(tick, positions, persuaded);
        let hatched = plan.hatched(tick, positions, &advocacy);
        let pressures = plan.pressures(tick, positions, &advocacy, positions, &hatched);
        let n_k = plan.n_positions;
        let row_of = |i: usize| Cow::Borrowed(&pressures[i * n_k..(i + 1) * n_k]);
        let offered = plan.offered(tick, positions, &luck.drawn, &row_of);
        (pressures, offered)
    }

    // The positions that are on offer to an actor and allowed by reversal.
    fn open(&self, i: usize, held: Position, offered: &[bool]) -> Vec<bool> {
        let n_k = self.plan.n_positions;
        let offered = (0u8..).zip(&offered[i * n_k..(i + 1) * n_k]);
        offered.map(|(k, &offered)| offered && self.plan.reversal.allows(held, k)).collect()
    }

    // `review` is the tick, the time within it, and the number of the actor's review in it.
    #[expect(clippy::too_many_arguments, reason = "one step of the story, with everything it reads")]
    fn decide_one(
        &self,
        review: (Tick, u32, u32),
        i: usize,
        pressures: &[f64],
        offered: &[bool],
        luck: &Luck,
        positions: &mut [Position],
        trajectory: &mut Trajectory,
    ) {
        let (plan, (tick, offset, number)) = (self.plan, review);
        if !plan.present_at(tick)[i] {
            return;
        }
        let n_k = plan.n_positions;
        let held = positions[i];
        let open = self.open(i, held, offered);
        let ballot = plan.ballot(tick, i, held, &pressures[i * n_k..(i + 1) * n_k], &open, &luck.drawn);
        let to = decide(plan.rule, &ballot, |k| plan.noise_at(&luck.draws, tick, number, i, k));
        if to != held {
            let actor = u32::try_from(i).unwrap_or(u32::MAX);
            trajectory.record_within(tick, offset, actor, (held, to), Cause::Decided);
            positions[i] = to;
        }
    }

    // Moves one after the other for as long as the next clock strikes within the tick.
    fn wait_for_moves(
        &self,
        tick: Tick,
        persuaded: &Persuaded,
        clocks: &mut [HazardClock],
        luck: &Luck,
        positions: &mut [Position],
        trajectory: &mut Trajectory,
    ) {
        let plan = self.plan;
        let n_k = plan.n_positions;
        let mut now = start_of(tick);
        loop {
            let (pressures, offered) = self.look_around(tick, positions, persuaded, luck);
            for (i, clock) in clocks.iter_mut().enumerate() {
                let row = &pressures[i * n_k..(i + 1) * n_k];
                let open = self.open(i, positions[i], &offered);
                let here = plan.present_at(tick)[i];
                clock.turn(now, if here { plan.hazard(positions[i], row, &open) } else { 0.0 });
            }
            let strike = |i: usize| Some((clocks[i].strikes()?, plan.keys[i], i));
            let Some((next, key, i)) = (0..plan.n_actors()).filter_map(strike).min() else { return };
            let (in_tick, offset) = tick_of(next);
            if in_tick != tick {
                return;
            }
            now = next;
            let (held, row) = (positions[i], &pressures[i * n_k..(i + 1) * n_k]);
            let open = self.open(i, held, &offered);
            let to = plan.jump(&luck.draws, i, clocks[i].moves(), held, row, &open);
            let actor = u32::try_from(i).unwrap_or(u32::MAX);
            trajectory.record_within(tick, offset, actor, (held, to), Cause::Decided);
            positions[i] = to;
            clocks[i].start_anew(now, &luck.draws, key);
        }
    }

    // Whoever has come to hold a new position since the last tick's decisions tries its ties.
    #[expect(clippy::too_many_arguments, reason = "one step of the story, with everything it reads")]
    fn try_ties(
        &self,
        tick: Tick,
        before: &[Position],
        start: &[Position],
        hatched: &[Option<Weights>],
        offered: &[bool],
        luck: &Luck,
        trajectory: &mut Trajectory,
    ) {
        let plan = self.plan;
        let mut won = vec![Vec::new(); plan.n_actors()];
        for (j, (&was, &holds)) in (0u32..).zip(before.iter().zip(start)) {
            if holds == was || holds == 0 {
                continue;
            }
            let gain = |p: usize, i: u32| plan.program_gain(&plan.programs[p], tick, i, holds, start);
            for i in plan.convinces(tick, &luck.draws, j, holds, hatched, gain) {
                won[i as usize].push(holds);
            }
        }
        for (i, won) in won.iter().enumerate().filter(|(i, _)| plan.present_at(tick)[*i]) {
            let open = self.open(i, start[i], offered);
            if let Some(to) = Plan::convinced(start[i], won, &open) {
                let actor = u32::try_from(i).unwrap_or(u32::MAX);
                trajectory.record(tick, actor, start[i], to, Cause::Decided);
            }
        }
    }
}
