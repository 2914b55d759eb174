//! What does it save that lowering folds all factors of one kind into one matrix?
//!
//! Serves the decision to fold at all: without it, a plan has a block per factor, and a move
//! reaches its neighbours once in each.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use normwave_benches::written;
use normwave_engine::Sparse;
use normwave_plan::{Cause, Engine, Plan};
use normwave_scenario::{Overrides, Scenario, ScenarioError, lower};
use std::hint::black_box;
use std::sync::Arc;

type Read<'r> = &'r dyn Fn(&Overrides) -> Result<Scenario, ScenarioError>;

/// The plan as lowering makes it, and the same with the blocks of each factor beside each other:
/// those that it has while all others are switched off.
fn folded_and_not(read: Read<'_>) -> [Plan; 2] {
    let scenario = Arc::new(read(&Overrides::default()).expect("a sound scenario"));
    let folded = lower(&scenario, None).expect("a sound plan");
    let names: Vec<&str> = scenario.factors.iter().map(|factor| factor.name.as_str()).collect();
    let alone = |name: &&str| {
        let others = names.iter().filter(|other| *other != name);
        let set = others.map(|other| format!("factor.{other}.kappa=0")).collect();
        let scenario = read(&Overrides { set, ..Overrides::default() }).expect("a sound scenario");
        lower(&scenario.into(), Some(folded.quantum)).expect("a sound plan").blocks
    };
    let blocks = names.iter().flat_map(alone).collect();
    let apart = Plan { blocks, ..folded.clone() };
    [folded, apart]
}

fn compare(c: &mut Criterion, group: &str, read: Read<'_>) {
    let plans = folded_and_not(read);
    let [folded, apart] = plans.each_ref().map(|plan| Sparse.prepare(plan));
    assert!(plans[0].blocks.len() < plans[1].blocks.len(), "there is something to fold");
    let run = folded.run(1, 0);
    let decided = run.moves.iter().filter(|step| step.cause() == Cause::Decided).count();
    assert!(decided > 20, "something happens");
    assert_eq!(run, apart.run(1, 0));
    let mut group = c.benchmark_group(group);
    group.throughput(Throughput::Elements(plans[0].n_actors() as u64 * u64::from(plans[0].n_ticks)));
    for (name, runner, plan) in [("folded", &folded, &plans[0]), ("a block per factor", &apart, &plans[1])] {
        group.bench_with_input(BenchmarkId::new(name, plan.blocks.len()), runner, |b, runner| {
            b.iter(|| runner.run(black_box(1), 0));
        });
        group.bench_with_input(BenchmarkId::new(format!("{name}, making ready"), ""), plan, |b, plan| {
            b.iter(|| Sparse.prepare(black_box(plan)));
        });
    }
    group.finish();
}

fn folding(c: &mut Criterion) {
    let ottawa = normwave_cases::case("ottawa").expect("bundled");
    compare(c, "folding, ottawa", &|overrides| ottawa.read(overrides));
    let layers = written(193, 6, 0.3);
    compare(c, "folding, six layers", &|overrides| layers.read(overrides));
}

criterion_group!(benches, folding);
criterion_main!(benches);
