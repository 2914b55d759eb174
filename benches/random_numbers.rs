//! What does a keyed random number cost?
//!
//! Serves the choice of the generator, and tells how much it gains to skip draws that cannot
//! change a decision.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use normwave_plan::{Draws, Stream};
use std::hint::black_box;

const N: u32 = 10_000;

fn draws(c: &mut Criterion) {
    let draws = Draws::new(1, 0);
    let mean = (0..N).map(|t| draws.uniform(t, 2, Stream::Review, 0)).sum::<f64>() / f64::from(N);
    assert!((mean - 0.5).abs() < 0.02, "uniform");
    let mut group = c.benchmark_group("random numbers");
    group.throughput(Throughput::Elements(N.into()));
    group.bench_function("bits", |b| {
        b.iter(|| (0..N).fold(0, |all, t| all ^ black_box(&draws).bits(t, 2, Stream::Order, 0)));
    });
    group.bench_function("uniform", |b| {
        b.iter(|| (0..N).map(|t| black_box(&draws).uniform(t, 2, Stream::Review, 0)).sum::<f64>());
    });
    group.bench_function("gumbel", |b| {
        b.iter(|| (0..N).map(|t| black_box(&draws).gumbel(t, 2, Stream::Noise, 0)).sum::<f64>());
    });
    group.finish();
}

criterion_group!(benches, draws);
criterion_main!(benches);
