//! How long does it take from the text of a scenario and its tables to a scenario?
//!
//! Serves counterfactuals and sweeps, each of which reads the file anew.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use normwave_benches::written;
use normwave_scenario::{Overrides, Scenario};
use std::hint::black_box;

/// Ties of all layers on the first day.
fn n_ties(scenario: &Scenario) -> u64 {
    let view = scenario.network_at(0).expect("layers that can be derived");
    let layers = scenario.network.layers().iter();
    layers.filter_map(|layer| view.ties_of(&layer.name).ok()).map(|ties| ties.len() as u64).sum()
}

fn parsing(c: &mut Criterion) {
    let mut group = c.benchmark_group("parsing");
    group.sample_size(20);
    let ottawa = normwave_cases::case("ottawa").expect("bundled");
    let read = || ottawa.read(&Overrides::default()).expect("a sound scenario");
    let ties = n_ties(&read());
    assert!(ties > 10_000, "{ties} ties");
    group.throughput(Throughput::Elements(ties));
    group.bench_function("ottawa", |b| b.iter(|| black_box(&ottawa).read(&Overrides::default())));
    for n_actors in [100, 1000] {
        let written = written(n_actors, 4, 50.0 / f64::from(n_actors));
        let scenario = written.read(&Overrides::default()).expect("a sound scenario");
        assert_eq!(n_ties(&scenario), written.n_ties);
        group.throughput(Throughput::Elements(written.n_ties));
        group.bench_with_input(BenchmarkId::new("four tables of ties", n_actors), &written, |b, written| {
            b.iter(|| black_box(written).read(&Overrides::default()));
        });
    }
    group.finish();
}

criterion_group!(benches, parsing);
criterion_main!(benches);
