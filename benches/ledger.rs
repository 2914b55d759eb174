//! What does a ledger on every tick cost beside the run?
//!
//! Both are given per actor and tick. Serves the choice to take decisions apart only where somebody asks, or writes `ledger.csv`, and
//! never during a run.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use normwave_analysis::{TickLedger, TickState};
use normwave_benches::written;
use normwave_engine::Sparse;
use normwave_plan::{Cause, Engine, Plan, Rule, Trajectory};
use normwave_scenario::{Overrides, Scenario, lower};
use std::hint::black_box;
use std::sync::Arc;

/// Rows of all sheets of a tick.
fn ledger(scenario: &Scenario, run: &Trajectory, tick: u32) -> usize {
    let state = TickState::at_decisions(run, scenario.network.actors().len(), tick);
    let ledger = TickLedger::new(scenario, tick, &state).expect("layers that can be derived");
    ledger.governments().map(|actor| ledger.sheet(actor).rows.len()).sum()
}

fn beside(c: &mut Criterion, group: &str, scenario: Scenario) {
    let scenario = Arc::new(scenario);
    let lowered = lower(&scenario, None).expect("a sound plan");
    let plan = Plan { rule: Rule::Strict, ..lowered };
    let runner = Sparse.prepare(&plan);
    let run = runner.run(1, 0);
    let decided = run.moves.iter().filter(|step| step.cause() == Cause::Decided).count();
    assert!(decided > 20, "something happens");
    // Four ticks stand for all, since each is taken apart by itself.
    let some = [0, 1, 2, 3].map(|quarter| quarter * plan.n_ticks / 4);
    let ledgers = || some.iter().map(|&tick| ledger(&scenario, &run, tick)).sum::<usize>();
    assert!(ledgers() > plan.n_actors() * some.len(), "sheets have rows");
    let mut group = c.benchmark_group(group);
    group.sample_size(10);
    let actor_ticks = |n_ticks: usize| Throughput::Elements((plan.n_actors() * n_ticks) as u64);
    group.throughput(actor_ticks(plan.n_ticks as usize));
    group.bench_function("run", |b| b.iter(|| runner.run(black_box(1), 0)));
    group.throughput(actor_ticks(some.len()));
    group.bench_function("ledgers", |b| b.iter(ledgers));
    group.finish();
}

fn ledgers(c: &mut Criterion) {
    let ottawa = normwave_cases::case("ottawa").expect("bundled");
    beside(c, "ledger, ottawa", ottawa.read(&Overrides::default()).expect("a sound scenario"));
    let layers = written(193, 2, 0.3).read(&Overrides::default()).expect("a sound scenario");
    beside(c, "ledger, two layers", layers);
}

criterion_group!(benches, ledgers);
criterion_main!(benches);
