//! The reference engine: MODEL §6 as code, slow and literal.

use normwave_plan::{
    CycleWatch, Draws, Engine, Plan, Position, Runner, Schedule, Tick, Trajectory, Weights, decide,
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
        for tick in 0..plan.n_ticks {
            // (1) Events, births and deaths dated in the tick.
            plan.begin_tick(tick, &mut positions, &mut trajectory);
            if plan.can_cycle() && trajectory.cycle.is_none() {
                if changes.contains(&tick) {
                    watch.reset();
                }
                trajectory.cycle = watch.see(tick, &positions);
            }
            // (2) Advocacy and (3) gains, from the state at the start of the tick.
            let start = positions.clone();
            let advocacy = plan.advocacy(tick, &start);
            let hatched = plan.hatched(tick, &start, &advocacy);
            let pressures = plan.pressures(tick, &start, &advocacy, &start, &hatched);
            let n_k = plan.n_positions;
            let offered = plan.offered(tick, &start, &|i| Cow::Borrowed(&pressures[i * n_k..(i + 1) * n_k]));
            // (4) Decisions and (5) records.
            match plan.schedule {
                Schedule::Synchronous => {
                    for i in 0..plan.n_actors() {
                        self.decide_one(
                            tick,
                            i,
                            &pressures,
                            &offered,
                            &draws,
                            &mut positions,
                            &mut trajectory,
                        );
                    }
                }
                Schedule::RandomSequential => {
                    for actor in plan.order(&draws, tick) {
                        let live = self.live_pressures(tick, &positions, &start, &hatched);
                        let i = actor as usize;
                        self.decide_one(tick, i, &live, &offered, &draws, &mut positions, &mut trajectory);
                    }
                }
            }
        }
        trajectory
    }
}

impl ReferenceRunner<'_> {
    // Signals as they are now, gains as they were at the start of the tick.
    fn live_pressures(
        &self,
        tick: Tick,
        positions: &[Position],
        start: &[Position],
        hatched: &[Option<Weights>],
    ) -> Vec<f64> {
        let advocacy = self.plan.advocacy(tick, positions);
        self.plan.pressures(tick, positions, &advocacy, start, hatched)
    }

    #[expect(clippy::too_many_arguments, reason = "one step of the story, with everything it reads")]
    fn decide_one(
        &self,
        tick: Tick,
        i: usize,
        pressures: &[f64],
        offered: &[bool],
        draws: &Draws,
        positions: &mut [Position],
        trajectory: &mut Trajectory,
    ) {
        let plan = self.plan;
        if !plan.present_at(tick)[i] || !plan.reviews(draws, tick, i) {
            return;
        }
        let n_k = plan.n_positions;
        let (held, row) = (positions[i], i * n_k..(i + 1) * n_k);
        let open: Vec<bool> = (0u8..)
            .zip(&offered[row.clone()])
            .map(|(k, &offered)| offered && plan.reversal.allows(held, k))
            .collect();
        let ballot = plan.ballot(tick, i, held, &pressures[row], &open);
        let to = decide(plan.rule, &ballot, |k| plan.noise(draws, tick, i, k));
        if to != held {
            let actor = u32::try_from(i).unwrap_or(u32::MAX);
            trajectory.record(tick, actor, held, to, normwave_plan::Cause::Decided);
            positions[i] = to;
        }
    }
}
