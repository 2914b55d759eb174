//! The landmine ban: our run against an independent implementation, and what the case promises.

use normwave_analysis::{TickLedger, TickState};
use normwave_cases::ottawa::OPENED_BY;
use normwave_engine::{Reference, Sparse};
use normwave_network_model::parse_date;
use normwave_plan::{Engine, Plan, Trajectory};
use normwave_scenario::{DecisionRule, Overrides, Scenario, lower};
use std::sync::Arc;

fn case(overrides: &Overrides) -> Scenario {
    normwave_cases::case("ottawa").expect("bundled").read(overrides).expect("it reads")
}

fn closed() -> Overrides {
    Overrides {
        set: vec!["selectorate.group=[]".to_owned()],
        without: OPENED_BY.map(str::to_owned).to_vec(),
        ..Overrides::default()
    }
}

// Without noise.
fn quiet(overrides: &Overrides) -> (Arc<Scenario>, Plan, Trajectory) {
    let mut scenario = case(overrides);
    scenario.decision.rule = DecisionRule::Strict;
    let scenario = Arc::new(scenario);
    let plan = lower(&scenario, None).expect("it lowers");
    let trajectory = Sparse.prepare(&plan).run(0, 0);
    (scenario, plan, trajectory)
}

fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().skip(1).map(|line| line.split(',').collect())
}

// crates/cases/search/ottawa.py computes the same model in numpy, from the same tables.
#[test]
fn pressures_and_positions_are_those_of_the_independent_implementation() {
    let (scenario, plan, trajectory) = quiet(&closed());
    let checks = include_str!("../crates/cases/data/ottawa/check.csv");
    let mut compared = 0;
    for row in rows(checks) {
        let tick = scenario.calendar.tick_from(parse_date(row[0]).expect("a month"));
        let actor = scenario.network.actor_id(row[1]).expect("a state");
        let state = TickState::at_decisions(&trajectory, plan.n_actors(), tick);
        if !scenario.present(actor, scenario.calendar.as_of(tick)) {
            continue;
        }
        let sheet = TickLedger::new(&scenario, tick, &state).expect("a ledger").sheet(actor);
        assert_eq!(sheet.held.to_string(), row[2], "{} in {}", row[1], row[0]);
        for (k, expected) in row[3..6].iter().enumerate() {
            let expected: f64 = expected.parse().expect("a pressure");
            let lowered = plan.pressures_of_state(tick, &state.start, &plan.persuaded_at(&trajectory, tick))
                [actor.idx() * 3 + k];
            let (ledger, engine) = (sheet.pressures[k] - expected, lowered - expected);
            // Six decimals, and what rounding to the quantum may change.
            assert!(ledger.abs() < 1e-5, "{row:?}: ledger off by {ledger}");
            assert!(engine.abs() < 1e-5 + plan.rounding[actor.idx()], "{row:?}: engine off by {engine}");
            compared += 1;
        }
    }
    assert!(compared > 400, "only {compared} figures were compared");
}

#[test]
fn adoption_without_noise_follows_the_independent_implementation_month_by_month() {
    let (scenario, plan, trajectory) = quiet(&closed());
    let shares = plan.shares(&trajectory);
    for row in rows(include_str!("../crates/cases/data/ottawa/check_counts.csv")) {
        let tick = scenario.calendar.tick_from(parse_date(row[0]).expect("a month"));
        let ban = shares.holders(tick, 2);
        assert_eq!((ban + shares.holders(tick, 1)).to_string(), row[1], "partial or more in {}", row[0]);
        assert_eq!(ban.to_string(), row[2], "ban in {}", row[0]);
    }
}

#[test]
fn both_engines_run_the_noisy_case_alike() {
    let plan = lower(&Arc::new(case(&Overrides::default())), None).expect("it lowers");
    let (sparse, reference) = (Sparse.prepare(&plan), Reference.prepare(&plan));
    for replicate in 0..3 {
        assert_eq!(sparse.run(7, replicate), reference.run(7, replicate));
    }
}

#[test]
fn a_run_without_diana_is_the_same_until_august_1997() {
    let base = Arc::new(case(&Overrides::default()));
    let plan = lower(&base, None).expect("it lowers");
    let without = Overrides { without: vec!["diana".to_owned()], ..Overrides::default() };
    let other = lower(&Arc::new(case(&without)), Some(plan.quantum)).expect("it lowers");
    let august = base.calendar.tick_from(parse_date("1997-08").expect("a month"));
    let until = |trajectory: Trajectory| -> Vec<_> {
        trajectory.moves.into_iter().filter(|step| step.tick < august).collect()
    };
    let (with, without) = (Sparse.prepare(&plan), Sparse.prepare(&other));
    for replicate in 0..20 {
        assert_eq!(until(with.run(1, replicate)), until(without.run(1, replicate)));
    }
}

#[test]
fn under_consensus_nobody_takes_the_total_ban() {
    let consensus =
        Overrides { set: vec!["forum.ottawa-process.rule=consensus".to_owned()], ..Overrides::default() };
    let (_, plan, trajectory) = quiet(&consensus);
    assert_eq!(plan.shares(&trajectory).holders(plan.n_ticks - 1, 2), 0);
}

#[test]
fn nothing_moves_before_the_campaign_in_a_run_from_1980() {
    let early = Overrides { set: vec!["period.start=1980-01-01".to_owned()], ..Overrides::default() };
    let (scenario, _, trajectory) = quiet(&early);
    let campaign = scenario.calendar.tick_from(parse_date("1991-11").expect("a month"));
    assert_eq!(trajectory.moves.iter().find(|step| step.tick < campaign), None);
}
