//! What a run brought.

use crate::shares::{as_acted, bands, quantile};
use crate::{Failure, Moment, Prepared, Replay, ShareTable, Stage, Watch};
use normwave_engine::{Replicates, engines};
use normwave_network_model::{ActorId, Date};
use normwave_plan::{Draws, Engine, Move, Plan, Position, Tick, Trajectory};
use normwave_scenario::Overrides;

/// How a run was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The seed.
    pub seed: u64,
    /// How many replicates.
    pub replicates: u64,
    /// The engine's name.
    pub engine: String,
    /// Threads; 0 is one per core. They change no result.
    pub threads: usize,
    /// The command as it was given.
    pub command: Vec<String>,
}

impl Settings {
    /// Does two things at the same time, unless all is done by one thread.
    pub(crate) fn side_by_side<A: Send, B>(
        &self,
        one: impl FnOnce() -> A + Send,
        other: impl FnOnce() -> B,
    ) -> (A, B) {
        if self.threads == 1 {
            return (one(), other());
        }
        std::thread::scope(|scope| {
            let one = scope.spawn(one);
            let other = other();
            (one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), other)
        })
    }
}

/// A run: the replicates, the run without noise, and what follows from them. Where all is chance
/// ([`crate::ShownRun`]), the first replicate stands for the run without noise.
#[derive(Clone, Debug)]
pub struct RunResults {
    /// The scenario.
    pub prepared: Prepared,
    /// How it was run.
    pub settings: Settings,
    /// The replicates, in order.
    pub replicates: Vec<Trajectory>,
    /// The plan without noise.
    pub noise_free_plan: Plan,
    /// The run without noise.
    pub noise_free: Trajectory,
    /// Who holds what over time.
    pub shares: ShareTable,
    /// What came of each government to which the norm ever applies, in order of the network.
    pub actors: Vec<ActorOutcome>,
    unmet: Option<Vec<String>>,
}

/// What came of one government.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorOutcome {
    /// The government.
    pub actor: ActorId,
    /// Share of replicates in which it adopts `k` at the end of the run, by position: for k ≥ 1
    /// holding it (or more, where versions are graded), for 0 any new position.
    pub probability: Vec<f64>,
    /// Median tick at which it first decided to adopt `k`, over the replicates in which it did.
    pub decided: Vec<Option<Tick>>,
    /// As `decided`, of when the decision could be acted on.
    pub acted: Vec<Option<Tick>>,
    /// The position that it holds at the end of the run without noise.
    pub noise_free: Position,
    /// The tick of its last move in the run without noise.
    pub noise_free_moved: Option<Tick>,
}

impl RunResults {
    /// Runs a scenario.
    ///
    /// # Errors
    /// [`Failure::Interrupted`] once `watch` was stopped.
    pub fn simulate(prepared: Prepared, settings: Settings, watch: &Watch) -> Result<Self, Failure> {
        let engine = engine(&settings.engine)?;
        let noise_free_plan = prepared.noise_free_plan();
        let one = Replicates { seed: settings.seed, range: 0..1, threads: 1 };
        watch.stage("without noise");
        let noise_free = watch.simulate(engine.as_ref(), &noise_free_plan, &one)?.remove(0);
        let all =
            Replicates { seed: settings.seed, range: 0..settings.replicates, threads: settings.threads };
        watch.stage("replicates");
        let replicates = watch.simulate(engine.as_ref(), &prepared.plan, &all)?;
        watch.stage("outcomes");
        let of_stage = |stage| bands(&prepared.plan, &replicates, stage);
        let (decided, (acted, actors)) = settings.side_by_side(
            || of_stage(Stage::Decided),
            || (of_stage(Stage::Acted), outcomes(&prepared, &replicates, &noise_free)),
        );
        let shares = ShareTable::new(&prepared.plan, [decided, acted], &noise_free);
        let judged =
            settings.seed == JUDGED_SEED && settings.replicates == prepared.scenario.expect.replicates;
        watch.stage("expectations");
        let unmet = unmet(&prepared, &noise_free, judged.then_some(replicates.as_slice()), engine.as_ref())?;
        Ok(RunResults { prepared, settings, replicates, noise_free_plan, noise_free, shares, actors, unmet })
    }

    /// Runs a counterfactual of this run with the same seed, engine and quantum.
    ///
    /// # Errors
    /// [`Failure::BadInput`] if the changes do not fit, [`Failure::Interrupted`] once stopped.
    pub fn counterfactual(
        &self,
        changes: &Overrides,
        replicates: u64,
        watch: &Watch,
    ) -> Result<Self, Failure> {
        let settings = Settings { replicates, ..self.settings.clone() };
        RunResults::simulate(self.prepared.counterfactual(changes)?, settings, watch)
    }

    /// The last tick.
    #[must_use]
    pub fn last_tick(&self) -> Tick {
        self.prepared.plan.n_ticks - 1
    }

    /// What came of one government, if the norm ever applies to it.
    #[must_use]
    pub fn outcome(&self, actor: ActorId) -> Option<&ActorOutcome> {
        self.actors.iter().find(|outcome| outcome.actor == actor)
    }

    /// Share of replicates in which a government has adopted `k` by the end of a day's tick:
    /// decided for it, or acted on it.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of replicates")]
    pub fn probability_by(&self, actor: ActorId, k: Position, date: Date, acted: bool) -> f64 {
        let plan = &self.prepared.plan;
        let until = self.prepared.scenario.calendar.tick_from(date);
        let adopts = |run: &Trajectory| {
            let acted_on = acted.then(|| as_acted(plan, run));
            let moves = &acted_on.as_ref().unwrap_or(run).moves;
            let last = moves
                .iter()
                .take_while(|step| step.tick <= until)
                .filter(|step| step.actor == actor.0)
                .last();
            last.is_some_and(|step| plan.adopts(step.to(), k))
        };
        self.replicates.iter().filter(|run| adopts(run)).count() as f64 / self.replicates.len().max(1) as f64
    }

    /// The run without noise, to be looked at again.
    #[must_use]
    pub fn replay(&self) -> Replay<'_> {
        Replay {
            prepared: &self.prepared,
            plan: &self.noise_free_plan,
            trajectory: &self.noise_free,
            draws: Draws::new(self.settings.seed, 0),
        }
    }

    /// A government in the run without noise.
    ///
    /// # Errors
    /// [`Failure`] if a derived layer cannot be computed.
    pub fn moment(&self, tick: Tick, actor: ActorId) -> Result<Moment, Failure> {
        self.replay().moment(tick, actor)
    }

    /// The positions of all actors at the end of the run without noise.
    #[must_use]
    pub fn final_positions(&self) -> Vec<Position> {
        final_positions(&self.noise_free, self.prepared.plan.n_actors())
    }

    /// The expectations of the scenario that are not met, in words; `None` if there are none to meet.
    #[must_use]
    pub fn unmet(&self) -> Option<&[String]> {
        self.unmet.as_deref()
    }
}

/// The engine of a name; the default one for the empty name.
pub(crate) fn engine(name: &str) -> Result<Box<dyn Engine>, Failure> {
    let all = engines();
    let names: Vec<&str> = all.iter().map(|engine| engine.name()).collect();
    let unknown = format!("unknown engine `{name}`; known: {}", names.join(", "));
    let mut found = all.into_iter().filter(|engine| name.is_empty() || engine.name() == name);
    found.next().ok_or(Failure::BadInput(unknown))
}

pub(crate) fn final_positions(trajectory: &Trajectory, n_actors: usize) -> Vec<Position> {
    trajectory.positions_before(n_actors, Tick::MAX, 0)
}

/// What runs do not meet of what their scenario expects; `None` if it expects nothing.
///
/// `replicates` are taken where they are those that the scenario is judged by, else made.
pub(crate) fn unmet(
    prepared: &Prepared,
    noise_free: &Trajectory,
    replicates: Option<&[Trajectory]>,
    engine: &dyn Engine,
) -> Result<Option<Vec<String>>, Failure> {
    let (scenario, plan) = (&prepared.scenario, &prepared.plan);
    if scenario.expect.is_empty() {
        return Ok(None);
    }
    let mut unmet = normwave_analysis::unmet(scenario, plan, noise_free);
    if scenario.expect.n_over_replicates() > 0 {
        let made;
        let replicates = match replicates {
            Some(replicates) => replicates,
            None => {
                let range = 0..scenario.expect.replicates;
                let what = Replicates { seed: JUDGED_SEED, range, threads: 0 };
                made = Watch::silent().simulate(engine, plan, &what)?;
                &made
            }
        };
        unmet.extend(normwave_analysis::unmet_over_replicates(scenario, plan, replicates));
    }
    Ok(Some(unmet))
}

// The seed of the replicates by which a scenario is judged.
const JUDGED_SEED: u64 = 1;

/// When each actor first adopted each position, in the runs in which it did.
struct FirstTicks {
    // At `i * K + k`.
    ticks: Vec<Vec<f64>>,
    // The last run in which it did, counted from 1.
    last: Vec<usize>,
    n_runs: usize,
}

impl FirstTicks {
    fn new(n_actors: usize, n_positions: usize) -> Self {
        let n = n_actors * n_positions;
        FirstTicks { ticks: vec![Vec::new(); n], last: vec![0; n], n_runs: 0 }
    }

    fn take(&mut self, plan: &Plan, moves: &[Move]) {
        self.n_runs += 1;
        for step in moves {
            let first = step.actor as usize * plan.n_positions;
            for k in (0u8..).take(plan.n_positions).filter(|&k| plan.adopts(step.to(), k)) {
                let cell = first + usize::from(k);
                if std::mem::replace(&mut self.last[cell], self.n_runs) != self.n_runs {
                    self.ticks[cell].push(step.tick.into());
                }
            }
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of replicates; ticks"
)]
fn outcomes(prepared: &Prepared, replicates: &[Trajectory], noise_free: &Trajectory) -> Vec<ActorOutcome> {
    let plan = &prepared.plan;
    let (n, n_k) = (plan.n_actors(), plan.n_positions);
    // Who never moves ends where all began.
    let at_first = (0u8..).take(n_k).map(|k| if plan.adopts(0, k) { replicates.len() as u64 } else { 0 });
    let mut adopted = at_first.collect::<Vec<u64>>().repeat(n);
    for step in replicates.iter().flat_map(|run| &run.moves) {
        for (k, adopted) in (0u8..).zip(&mut adopted[step.actor as usize * n_k..][..n_k]) {
            *adopted += u64::from(plan.adopts(step.to(), k));
            *adopted -= u64::from(plan.adopts(step.from(), k));
        }
    }
    let mut decided = FirstTicks::new(n, n_k);
    let mut acted = FirstTicks::new(n, n_k);
    for run in replicates {
        decided.take(plan, &run.moves);
        acted.take(plan, &as_acted(plan, run).moves);
    }
    let (mut decided, mut acted) = (decided.ticks, acted.ticks);
    let median = |ticks: &mut Vec<f64>| {
        ticks.sort_unstable_by(f64::total_cmp);
        (!ticks.is_empty()).then(|| quantile(ticks, 0.5).round() as Tick)
    };
    let (decided, acted) = (
        decided.iter_mut().map(median).collect::<Vec<_>>(),
        acted.iter_mut().map(median).collect::<Vec<_>>(),
    );
    let ends = final_positions(noise_free, n);
    let mut last_moved = vec![None; n];
    for step in &noise_free.moves {
        last_moved[step.actor as usize] = Some(step.tick);
    }
    let ever = |i: usize| plan.present.steps().iter().any(|(_, present)| present[i]);
    let outcome = |i: usize| {
        let actor = ActorId(u32::try_from(i).unwrap_or(u32::MAX));
        ActorOutcome {
            actor,
            probability: adopted[i * n_k..(i + 1) * n_k]
                .iter()
                .map(|&times| times as f64 / replicates.len().max(1) as f64)
                .collect(),
            decided: decided[i * n_k..(i + 1) * n_k].to_vec(),
            acted: acted[i * n_k..(i + 1) * n_k].to_vec(),
            noise_free: ends[i],
            noise_free_moved: last_moved[i],
        }
    };
    (0..n).filter(|&i| ever(i)).map(outcome).collect()
}
