//! Small worlds, and what is read off them.

use normwave_analysis::{BalanceSheet, TickLedger, TickState};
use normwave_plan::{Position, Tick, Trajectory};
use normwave_scenario::{InMemory, Overrides, Registries, Scenario};
use normwave_tests::{adopters_at_end, read, run, scenario};
use std::fmt::Write;
use std::sync::Arc;

// Twenty years in a small world; `rest` says what happens in them.
pub(crate) fn years(rest: &str) -> Arc<Scenario> {
    scenario(&text(rest))
}

pub(crate) fn text(rest: &str) -> String {
    format!(
        "schema = 1\ntitle = \"t\"\nperiod = {{ start = 2000-01-01, until = 2020-01-01, tick = \"year\" }}\n{rest}"
    )
}

pub(crate) fn changed(rest: &str, set: &[&str]) -> Arc<Scenario> {
    read(&text(rest), &InMemory::default(), &Registries::default(), &setting(set))
}

pub(crate) fn setting(set: &[&str]) -> Overrides {
    Overrides { set: set.iter().map(|&set| set.to_owned()).collect(), ..Overrides::default() }
}

pub(crate) fn case(name: &str, overrides: &Overrides) -> Arc<Scenario> {
    Arc::new(normwave_cases::case(name).unwrap().read(overrides).unwrap())
}

// A balance sheet without a run: at a tick, while `holders` hold position 1.
pub(crate) fn sheet(scenario: &Scenario, id: &str, tick: Tick, holders: &[&str]) -> BalanceSheet {
    let mut positions = vec![0; scenario.network.actors().len()];
    for holder in holders {
        positions[scenario.network.actor_id(holder).unwrap().idx()] = 1;
    }
    let ledger = TickLedger::new(scenario, tick, &TickState::at_rest(positions)).unwrap();
    ledger.sheet(scenario.network.actor_id(id).unwrap())
}

// The sheet with which an actor first moved.
pub(crate) fn sheet_at_move(scenario: &Scenario, run: &Trajectory, id: &str) -> BalanceSheet {
    let actor = scenario.network.actor_id(id).unwrap();
    let step = run.moves.iter().find(|step| step.actor == actor.0).unwrap();
    let state = TickState::at_decisions(run, scenario.network.actors().len(), step.tick);
    TickLedger::new(scenario, step.tick, &state).unwrap().sheet(actor)
}

// The share of pressure toward position 1 that a factor makes up.
pub(crate) fn share_of(sheet: &BalanceSheet, factor: &str) -> f64 {
    of_factor(sheet, factor, 1) / sheet.pressures[1]
}

pub(crate) fn of_factor(sheet: &BalanceSheet, factor: &str, toward: Position) -> f64 {
    sheet.rows.iter().filter(|row| row.factor == factor && row.toward == toward).map(|row| row.pressure).sum()
}

pub(crate) fn tick_of(scenario: &Scenario, run: &Trajectory, id: &str) -> Option<Tick> {
    let actor = scenario.network.actor_id(id).unwrap();
    run.first_at_least(scenario.network.actors().len(), 1)[actor.idx()]
}

pub(crate) fn year_of(scenario: &Arc<Scenario>, id: &str) -> Option<Tick> {
    let (_, trajectory) = run(scenario);
    tick_of(scenario, &trajectory, id).map(|tick| tick + 2000)
}

pub(crate) fn n_adopters(scenario: &Arc<Scenario>) -> u32 {
    let (plan, trajectory) = run(scenario);
    adopters_at_end(&plan, &trajectory)
}

#[track_caller]
pub(crate) fn assert_close(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() <= within, "found {found}, expected {expected}");
}

#[expect(clippy::cast_precision_loss, reason = "small counts")]
pub(crate) fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len() as f64;
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
    let (x, y) = (mean(&|pair| pair.0), mean(&|pair| pair.1));
    let product = |of: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|(a, b)| of(a - x, b - y)).sum::<f64>();
    product(&|a, b| a * b) / (product(&|a, _| a * a) * product(&|_, b| b * b)).sqrt()
}

// Ranks from 1; equals share their mean rank.
#[expect(clippy::cast_precision_loss, reason = "small counts")]
pub(crate) fn ranks(values: &[f64]) -> Vec<f64> {
    let rank = |value: &f64| {
        let below = values.iter().filter(|other| *other < value).count() as f64;
        let equal = values.iter().filter(|other| other.total_cmp(value).is_eq()).count() as f64;
        below + f64::midpoint(equal, 1.0)
    };
    values.iter().map(rank).collect()
}

// Ten governments for which adoption costs 0.1, 0.2, … 1.
pub(crate) fn ten_costs() -> String {
    let mut values = String::new();
    for i in 1..=10 {
        write!(values, "A{i} = {}, ", f64::from(i) / 10.0).unwrap();
    }
    format!(
        "network.generate.complete.actors = 10\nnetwork.attribute.cost = {{ values = {{ {values} }}, default = 0 }}\n\
         network.actor = [{{ id = \"CAMPAIGN\", kind = \"ngo\" }}]\n\
         network.layer.campaign.ties = [{{ from = \"CAMPAIGN\", to = \"all\" }}]\n\
         factor.cost = {{ type = \"sovereignty-cost\", base = 0, attributes = {{ cost = 1 }} }}\n\
         factor.plea = {{ type = \"moral\", layer = \"campaign\" }}\n"
    )
}

// A campaign that grows by `step` a year from 0.
pub(crate) fn growing(step: f64) -> String {
    let mut steps = String::new();
    for year in 0..20 {
        write!(steps, "[\"{}\", {}], ", 2000 + year, (step * f64::from(year)).min(1.0)).unwrap();
    }
    format!("schedule = [{{ who = \"CAMPAIGN\", position = 1, steps = [{steps}] }}]")
}
