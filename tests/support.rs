//! What the tests of several crates share: reading a scenario from text, running it on every
//! engine, and scenarios made at random.

mod random_scenario;

pub use random_scenario::{Features, RandomScenario, Tape, any_scenario};

use normwave_analysis::{TickLedger, TickState};
use normwave_engine::engines;
use normwave_plan::{Plan, Position, Tick, Trajectory, margin};
use normwave_scenario::{InMemory, Overrides, Registries, Scenario, lower};
use std::sync::Arc;

/// A scenario from its text, with the built-in mechanisms and without tables.
///
/// # Panics
/// If the text is no scenario.
#[must_use]
#[track_caller]
pub fn scenario(text: &str) -> Arc<Scenario> {
    read(text, &InMemory::default(), &Registries::default(), &Overrides::default())
}

/// A scenario from its text, its tables, and the mechanisms that it may name.
///
/// # Panics
/// If the text is no scenario.
#[must_use]
#[track_caller]
pub fn read(text: &str, files: &InMemory, registries: &Registries, overrides: &Overrides) -> Arc<Scenario> {
    match Scenario::read("test.toml", text, files, registries, overrides) {
        Ok(scenario) => Arc::new(scenario),
        Err(error) => panic!("{error}\n{text}"),
    }
}

/// Lowers a scenario and runs its first replicate on every engine, which must agree.
///
/// # Panics
/// If the scenario cannot be lowered, or engines differ.
#[must_use]
#[track_caller]
pub fn run(scenario: &Arc<Scenario>) -> (Plan, Trajectory) {
    let plan = lower(scenario, None).unwrap_or_else(|error| panic!("{error}"));
    let trajectory = run_plan(&plan, 0);
    (plan, trajectory)
}

/// One replicate of a plan on every engine, which must agree.
///
/// # Panics
/// If engines differ.
#[must_use]
#[track_caller]
pub fn run_plan(plan: &Plan, replicate: u64) -> Trajectory {
    let on_each: Vec<_> = engines().iter().map(|engine| engine.prepare(plan).run(7, replicate)).collect();
    assert!(on_each.windows(2).all(|pair| pair[0] == pair[1]), "engines differ");
    on_each.into_iter().next().unwrap_or_default()
}

/// The position of an actor at the end of a run.
///
/// # Panics
/// If there is no such actor.
#[must_use]
#[track_caller]
pub fn holds_at_end(scenario: &Scenario, trajectory: &Trajectory, id: &str) -> Position {
    let actor = scenario.network.actor_id(id).unwrap_or_else(|error| panic!("{error}"));
    trajectory.positions_before(scenario.network.actors().len(), Tick::MAX, 0)[actor.idx()]
}

/// How many hold position 1 or more at the end of each tick.
#[must_use]
pub fn adopters(plan: &Plan, trajectory: &Trajectory) -> Vec<u32> {
    let shares = plan.shares(trajectory);
    (0..plan.n_ticks).map(|tick| shares.present(tick) - shares.holders(tick, 0)).collect()
}

/// How many hold position 1 or more in the end.
#[must_use]
pub fn adopters_at_end(plan: &Plan, trajectory: &Trajectory) -> u32 {
    adopters(plan, trajectory).last().copied().unwrap_or_default()
}

/// Compares every sheet of a tick with the plan's pressures in the same state: each pressure within
/// the plan's stated rounding, rows that sum to it, margins of the same sign.
///
/// # Errors
/// The first difference.
pub fn ledger_is_plan(
    scenario: &Scenario,
    plan: &Plan,
    trajectory: &Trajectory,
    tick: Tick,
) -> Result<(), String> {
    let n_k = plan.n_positions;
    let state = TickState::at_decisions(trajectory, plan.n_actors(), tick);
    let ledger = TickLedger::new(scenario, tick, &state).map_err(|error| error.to_string())?;
    let persuaded = plan.persuaded_at(trajectory, tick);
    let pressures = plan.pressures_of_state(tick, &state.start, &persuaded);
    let governments: Vec<usize> = ledger.governments().map(|actor| actor.idx()).collect();
    let present = plan.present_at(tick);
    if (0..plan.n_actors()).any(|i| present[i] != governments.contains(&i)) {
        return Err(format!(
            "tick {tick}: the ledger has sheets of {governments:?}, present are {present:?}"
        ));
    }
    for actor in ledger.governments() {
        let i = actor.idx();
        let (sheet, of_plan) = (ledger.sheet(actor), &pressures[i * n_k..(i + 1) * n_k]);
        let in_units: Vec<f64> = of_plan.iter().map(|p| p / plan.unit()).collect();
        let ballot = plan.ballot(tick, i, state.start[i], &in_units, &[], &[]);
        for k in (0u8..).take(n_k) {
            let place = format!("tick {tick}, actor {i}, position {k}");
            let (p, q) = (sheet.pressures[usize::from(k)], of_plan[usize::from(k)]);
            let bound = plan.rounding[i] + 1e-9 * q + 1e-12;
            if (p - q).abs() > bound {
                return Err(format!("{place}: ledger {p}, plan {q}, bound {bound}"));
            }
            let rows: f64 = sheet.rows.iter().filter(|row| row.toward == k).map(|row| row.pressure).sum();
            if (rows - p).abs() > 1e-12 * (1.0 + p) {
                return Err(format!("{place}: rows sum to {rows}, not {p}"));
            }
            let (m, n) = (sheet.margin(k), margin(&ballot, k) * plan.unit());
            let bound = 2.0 * bound + 1e-9 * (sheet.threshold.abs() + sheet.exit.abs());
            if m.signum() * n.signum() < 0.0 && m.abs().max(n.abs()) > bound {
                return Err(format!("{place}: margin {m}, of the plan {n}"));
            }
        }
    }
    Ok(())
}
