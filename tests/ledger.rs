//! The ledger, computed from the scenario in plain floating point, agrees with the plan that
//! decided; and what must not change a result does not.

use normwave_analysis::{Grouping, TickLedger, TickState};
use normwave_network_model::{ActorId, Tick};
use normwave_plan::{Cause, Engine, Plan, Schedule, Trajectory};
use normwave_scenario::{Overrides, Registries, Scenario, lower};
use normwave_tests::{Features, RandomScenario, any_scenario, ledger_is_plan, read, run_plan};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

fn scenario_of(random: &RandomScenario) -> Arc<Scenario> {
    read(&random.text(), &random.tables, &Registries::default(), &Overrides::default())
}

// With the quantum of a base run, so that rounding cannot differ.
fn run_with(random: &RandomScenario, quantum: f64) -> Trajectory {
    run_plan(&lower(&scenario_of(random), Some(quantum)).unwrap(), 0)
}

fn base(random: &RandomScenario) -> (Arc<Scenario>, Plan, Trajectory) {
    let scenario = scenario_of(random);
    let plan = lower(&scenario, None).unwrap();
    let trajectory = run_plan(&plan, 0);
    (scenario, plan, trajectory)
}

fn compare(scenario: &Scenario, plan: &Plan, replicate: u64) -> Result<(), TestCaseError> {
    let trajectory = run_plan(plan, replicate);
    let mut ticks: BTreeSet<Tick> = trajectory.moves.iter().map(|step| step.tick).take(6).collect();
    ticks.extend([0, 1, plan.n_ticks / 2, plan.n_ticks - 1]);
    for tick in ticks.into_iter().filter(|&tick| tick < plan.n_ticks) {
        ledger_is_plan(scenario, plan, &trajectory, tick).map_err(TestCaseError::fail)?;
        groups_add_up(scenario, plan, &trajectory, tick)?;
    }
    Ok(())
}

// However rows are grouped, the groups sum to P.
fn groups_add_up(
    scenario: &Scenario,
    plan: &Plan,
    trajectory: &Trajectory,
    tick: Tick,
) -> Result<(), TestCaseError> {
    let state = TickState::at_decisions(trajectory, plan.n_actors(), tick);
    let ledger = TickLedger::new(scenario, tick, &state).unwrap();
    let name = |actor: ActorId| scenario.network.actor(actor).id.clone();
    for sheet in ledger.governments().map(|actor| ledger.sheet(actor)) {
        for by in [Grouping::Factor, Grouping::Source, Grouping::Channel, Grouping::Mechanism] {
            let groups = sheet.grouped(by, &name);
            for (k, p) in sheet.pressures.iter().enumerate() {
                let sum: f64 = groups.iter().map(|(_, sums)| sums[k]).sum();
                prop_assert!((sum - p).abs() <= 1e-12 * (1.0 + p), "{:?} toward {}: {} of {}", by, k, sum, p);
            }
        }
    }
    Ok(())
}

// (tick, id, from, to) of each move.
fn moves(scenario: &Scenario, trajectory: &Trajectory) -> BTreeSet<(Tick, String, u8, u8)> {
    let id = |actor: u32| scenario.network.actors()[actor as usize].id.clone();
    trajectory.moves.iter().map(|step| (step.tick, id(step.actor), step.from(), step.to())).collect()
}

#[test]
fn the_ledger_gives_the_pressures_of_every_bundled_case() {
    for case in normwave_cases::cases() {
        let scenario = Arc::new(case.read(&Overrides::default()).unwrap());
        let plan = lower(&scenario, None).unwrap();
        let runner = normwave_engine::Sparse.prepare(&plan);
        for replicate in 0..2 {
            let trajectory = runner.run(7, replicate);
            for tick in [0, plan.n_ticks / 2, plan.n_ticks * 3 / 4, plan.n_ticks - 1] {
                ledger_is_plan(&scenario, &plan, &trajectory, tick)
                    .unwrap_or_else(|error| panic!("{}: {error}", case.name));
            }
        }
        assert!(plan.rounding.iter().all(|bound| *bound < 0.01), "{}: {:?}", case.name, plan.rounding);
    }
}

const TIMES: u32 = if cfg!(feature = "statistics") { 10 } else { 1 };

const EXACT: Features = Features { noise: false, exact: true, sequential: false };

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200 * TIMES) })]

    #[test]
    fn the_ledger_gives_the_pressures_of_the_plan(random in any_scenario(Features::default())) {
        let (scenario, plan, _) = base(&random);
        compare(&scenario, &plan, 0)?;
    }

    #[test]
    fn the_ledger_gives_the_pressures_of_noisy_runs(
        random in any_scenario(Features { noise: true, ..Features::default() })
    ) {
        let (scenario, plan, _) = base(&random);
        compare(&scenario, &plan, 0)?;
        compare(&scenario, &plan, 1)?;
    }

    #[test]
    fn whoever_moves_without_noise_has_reason_to(
        random in any_scenario(Features::default()),
        in_turn in any_scenario(Features { sequential: true, ..Features::default() }),
    ) {
        for random in [random, in_turn] {
            let (scenario, plan, trajectory) = base(&random);
            compare(&scenario, &plan, 0)?;
            let decided = trajectory.ranked().filter(|(_, step)| step.cause() == Cause::Decided);
            for (rank, step) in decided.take(12) {
                let n = plan.n_actors();
                let state = match plan.schedule {
                    Schedule::Synchronous => TickState::at_decisions(&trajectory, n, step.tick),
                    Schedule::RandomSequential => TickState::before_move(&trajectory, n, step.tick, rank),
                    Schedule::Continuous => TickState::in_continuous_time(&trajectory, n, step.tick, rank),
                };
                let sheet = TickLedger::new(&scenario, step.tick, &state).unwrap().sheet(ActorId(step.actor));
                prop_assert_eq!(sheet.held, step.from());
                let margin = sheet.margin(step.to());
                let bound = 2.0 * plan.rounding[step.actor as usize] + 1e-8;
                prop_assert!(margin >= -bound, "{:?} with a margin of {}", step, margin);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100 * TIMES) })]

    #[test]
    fn renaming_and_reordering_actors_renames_the_result(random in any_scenario(EXACT)) {
        let mut renamed = random.clone();
        let rename = |text: &str| (0..8).fold(text.to_owned(), |text, i| text.replace(&format!("G{i}"), &format!("Q{}", 9 - i)));
        renamed.file = rename(&random.file.to_string()).parse().unwrap();
        renamed.tables.0.iter_mut().for_each(|(_, text)| *text = rename(text));
        renamed.file["network"]["actor"].as_array_mut().unwrap().reverse();
        let (scenario, plan, trajectory) = base(&random);
        let other = scenario_of(&renamed);
        let again = run_plan(&lower(&other, Some(plan.quantum)).unwrap(), 0);
        let expected: BTreeSet<_> =
            moves(&scenario, &trajectory).into_iter().map(|(tick, id, from, to)| (tick, rename(&id), from, to)).collect();
        prop_assert_eq!(moves(&other, &again), expected);
        prop_assert_eq!(again.cycle, trajectory.cycle);
    }

    #[test]
    fn doubling_all_pressures_and_costs_changes_no_decision(
        random in any_scenario(EXACT),
        noisy in any_scenario(Features { noise: true, ..EXACT }),
    ) {
        for random in [random, noisy] {
            let mut doubled = random.clone();
            double_all(&mut doubled.file);
            let (_, _, trajectory) = base(&random);
            let (_, _, again) = base(&doubled);
            prop_assert_eq!(again, trajectory);
        }
    }

    #[test]
    fn a_gain_of_one_changes_nothing(random in any_scenario(EXACT)) {
        let mut neutral = random.clone();
        let factors: Vec<String> = neutral.file["factor"].as_object().unwrap().keys().cloned().collect();
        let sent = |name: &&String| !name.contains("sovereignty") && !name.contains("security");
        let foreign = |name: &&String| !name.contains("domestic");
        let alike = json!({ "regime": 0.5 });
        for (kind, key, value, acts_on) in [
            ("legitimacy", "weight", json!("power"), factors.iter().collect::<Vec<_>>()),
            ("stickiness", "embeddedness", json!(0.7), factors.iter().collect()),
            ("regime", "attribute", json!("regime"), factors.iter().collect()),
            ("security-environment", "threat", json!({ "threat": 1.0 }), factors.iter().collect()),
            ("selectorate-salience", "salience", json!({ "military": 9.0 }), factors.iter().filter(foreign).collect()),
            ("cultural-homophily", "attributes", alike.clone(), factors.iter().filter(sent).collect()),
            ("institutional-homophily", "attributes", alike, factors.iter().filter(sent).collect()),
        ] {
            if !acts_on.is_empty() {
                let mut moderator = json!({ "acts-on": acts_on, "toward-new": 1.0, "toward-status-quo": 1.0 });
                moderator[key] = value;
                neutral.file["moderator"][kind] = moderator;
            }
        }
        let (_, plan, trajectory) = base(&random);
        prop_assert_eq!(run_with(&neutral, plan.quantum), trajectory);
    }

    #[test]
    fn a_gain_of_nothing_is_as_if_the_factor_were_not_there(random in any_scenario(EXACT)) {
        let (mut muted, mut without) = (random.clone(), random.clone());
        let deaf = json!({ "type": "regime", "attribute": "regime", "toward-new": 0, "toward-status-quo": 0, "acts-on": "extra" });
        muted.file["moderator"]["deaf"] = deaf;
        for (file, kappa) in [(&mut muted.file, 7.0), (&mut without.file, 0.0)] {
            file["factor"]["extra"] = json!({ "type": "moral", "layer": "ties", "kappa": kappa });
        }
        let (_, plan, trajectory) = base(&random);
        prop_assert_eq!(&run_with(&muted, plan.quantum), &trajectory);
        prop_assert_eq!(&run_with(&without, plan.quantum), &trajectory);
    }

    #[test]
    fn a_run_without_an_event_is_the_same_before_its_date(
        random in any_scenario(Features::default()),
        noisy in any_scenario(Features { noise: true, sequential: true, exact: false }),
    ) {
        for random in [random, noisy] {
            let (scenario, plan, trajectory) = base(&random);
            for event in &scenario.events {
                let overrides = Overrides { without: vec![event.name.clone()], ..Overrides::default() };
                let other = read(&random.text(), &random.tables, &Registries::default(), &overrides);
                // Without what muted them, pressures may be too strong for the quantum.
                let Ok(other_plan) = lower(&other, Some(plan.quantum)) else { continue };
                let again = run_plan(&other_plan, 0);
                let until = scenario.calendar.tick_from(event.date);
                let before = |trajectory: &Trajectory| {
                    trajectory.moves.iter().take_while(|step| step.tick < until).copied().collect::<Vec<_>>()
                };
                prop_assert_eq!(before(&again), before(&trajectory), "without {}", &event.name);
            }
        }
    }
}

// Doubles κ, θ, exit costs and the temperature, at the start and in events.
fn double_all(file: &mut Value) {
    let double = |value: &mut Value| {
        if let Some(number) = value.as_f64() {
            *value = json!(2.0 * number);
        }
    };
    file["factor"].as_object_mut().unwrap().values_mut().for_each(|factor| double(&mut factor["kappa"]));
    let decision = file["decision"].as_object_mut().unwrap();
    for key in ["threshold", "exit", "temperature"] {
        match decision.get_mut(key) {
            Some(Value::Object(weights)) => weights.values_mut().for_each(double),
            Some(number) => double(number),
            None => {}
        }
    }
    for position in file["norm"]["position"].as_array_mut().into_iter().flatten() {
        position.get_mut("threshold").map(double);
    }
    for event in file["event"].as_object_mut().unwrap().values_mut() {
        for change in event["change"].as_array_mut().into_iter().flatten() {
            if change.get("kappa").is_some() || change.get("threshold").is_some() {
                for key in ["set", "add"] {
                    change.get_mut(key).map(double);
                }
            }
        }
    }
}
