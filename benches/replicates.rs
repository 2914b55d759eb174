//! How does an ensemble scale with threads?
//!
//! Serves the default of `--threads`, and the promise that two threads give 1.8 times one, on many
//! short runs (W1) and on fewer long ones. `benches/run` has the ratio beside what the machine's
//! second core is worth.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use normwave_benches::{landmine_like, workloads::Workload};
use normwave_engine::{Replicates, Sparse, run_replicates};
use normwave_plan::Plan;
use std::hint::black_box;

fn ensemble(c: &mut Criterion, group: &str, plan: &Plan, n_replicates: u64) {
    let run = |threads| {
        let what = Replicates { seed: 1, range: 0..n_replicates, threads };
        run_replicates(&Sparse, plan, &what, &|| true).expect("not interrupted")
    };
    assert_eq!(run(1), run(2), "threads change nothing");
    let mut group = c.benchmark_group(group);
    let actor_ticks = plan.n_actors() as u64 * u64::from(plan.n_ticks);
    group.throughput(Throughput::Elements(n_replicates * actor_ticks)).sample_size(20);
    for threads in [1, 2] {
        group.bench_with_input(BenchmarkId::new("threads", threads), &threads, |b, &threads| {
            b.iter(|| run(black_box(threads)));
        });
    }
    group.finish();
}

fn ensembles(c: &mut Criterion) {
    let w1 = Workload::named("W1").expect("a known name");
    ensemble(c, "replicates, W1", &w1.plan, w1.n_runs);
    ensemble(c, "replicates, landmine-like", &landmine_like(), 32);
}

criterion_group!(benches, ensembles);
criterion_main!(benches);
