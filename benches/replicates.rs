//! How does an ensemble scale with threads?
//!
//! Serves the default of `--threads`, and the promise that two threads give 1.8 times one.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use normwave_benches::{dense_ensemble, landmine_like};
use normwave_engine::{Replicates, Sparse, run_replicates};
use normwave_plan::Plan;
use std::hint::black_box;

const N_REPLICATES: u64 = 32;

fn ensemble(c: &mut Criterion, group: &str, plan: &Plan) {
    let run = |threads| {
        let what = Replicates { seed: 1, range: 0..N_REPLICATES, threads };
        run_replicates(&Sparse, plan, &what, &|| true).expect("not interrupted")
    };
    assert_eq!(run(1), run(2), "threads change nothing");
    let mut group = c.benchmark_group(group);
    group.throughput(Throughput::Elements(N_REPLICATES)).sample_size(20);
    for threads in [1, 2] {
        group.bench_with_input(BenchmarkId::new("threads", threads), &threads, |b, &threads| {
            b.iter(|| run(black_box(threads)));
        });
    }
    group.finish();
}

fn ensembles(c: &mut Criterion) {
    ensemble(c, "replicates, dense ensemble", &dense_ensemble());
    ensemble(c, "replicates, landmine-like", &landmine_like());
}

criterion_group!(benches, ensembles);
criterion_main!(benches);
