//! How much does the sparse engine gain over the reference, on which shape and from which size?
//!
//! Serves the choice of the default engine, and shows which part of a run to speed up next.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use normwave_benches::{dense_ensemble, island_chain, landmine_like, star};
use normwave_engine::{Reference, Sparse, engines};
use normwave_plan::{Engine, Plan};
use std::hint::black_box;

fn bench(c: &mut Criterion, group: &str, sizes: impl IntoIterator<Item = (u32, Plan)>, literal_up_to: u32) {
    let mut group = c.benchmark_group(group);
    group.sample_size(20);
    for (size, plan) in sizes {
        plan.check().expect("a sound plan");
        let sparse = Sparse.prepare(&plan).run(1, 0);
        assert!(sparse.moves.len() > 1, "something happens");
        let literal = size <= literal_up_to;
        if literal {
            assert_eq!(sparse, Reference.prepare(&plan).run(1, 0));
        }
        let actor_ticks = plan.n_actors() as u64 * u64::from(plan.n_ticks);
        group.throughput(Throughput::Elements(actor_ticks));
        for engine in engines().iter().filter(|engine| literal || engine.name() == "sparse") {
            let runner = engine.prepare(&plan);
            group.bench_with_input(BenchmarkId::new(engine.name(), size), &runner, |b, runner| {
                b.iter(|| runner.run(black_box(1), 0));
            });
        }
        group.bench_with_input(BenchmarkId::new("sparse, making ready", size), &plan, |b, plan| {
            b.iter(|| Sparse.prepare(black_box(plan)));
        });
    }
    group.finish();
}

fn stars(c: &mut Criterion) {
    bench(c, "star", [10, 100, 1_000, 10_000].map(|n| (n, star(n))), 1_000);
}

fn islands(c: &mut Criterion) {
    bench(c, "island chain", [10, 100, 1_000].map(|n| (n * 6, island_chain(n, 6))), 60);
}

fn systems_of_states(c: &mut Criterion) {
    bench(c, "dense ensemble", [(193, dense_ensemble())], 193);
    bench(c, "landmine-like", [(192, landmine_like())], 192);
}

criterion_group!(benches, stars, islands, systems_of_states);
criterion_main!(benches);
