//! What does the way from a scenario file to a plan cost beside the cascade that is run on it?
//!
//! Serves the promise that a scenario file loses next to nothing against a plan made in code, and the
//! decision which ties are lowered as they stand in a tie file rather than asked for one by one.
//!
//! Before the clock starts, the plan of each file is compared with that of the workload, and its
//! answers with those that are known. A table (`-- --table 15`) compares the steps with a pass over
//! the workload's own plan, in alternation, and shows the least of so many.

#![allow(clippy::print_stdout, reason = "a table")]

use criterion::{Criterion, Throughput, criterion_group};
use normwave_benches::workloads::Workload;
use normwave_benches::{read_scenario, same_ties, timed, write_scenario};
use normwave_engine::Sparse;
use normwave_plan::{Engine, Plan};
use normwave_scenario::lower;
use normwave_tie_file::TieTable;
use std::hint::black_box;
use std::path::Path;

const NAMES: [&str; 3] = ["W1", "W2", "W3-LT"];

fn pass(plan: &Plan, workload: &Workload) -> usize {
    let mut n_moves = 0;
    Workload::run(&*Sparse.prepare(black_box(plan)), workload.n_runs, |run| n_moves += run.moves.len());
    n_moves
}

fn written(name: &str) -> (Workload, tempfile::TempDir) {
    let workload = Workload::named(name).expect("a known name");
    let folder = tempfile::tempdir().expect("a folder");
    write_scenario(&workload, folder.path()).expect("files that can be written");
    let plan = plan(folder.path(), &workload);
    assert!(same_ties(&plan, &workload.plan), "{name}: the file has other ties");
    let answers = Workload { plan, ..workload.clone() }.answers(&Sparse, workload.n_runs);
    assert_eq!(workload.known.differs(&answers), None, "{name}: {answers:?}");
    (workload, folder)
}

fn plan(folder: &Path, workload: &Workload) -> Plan {
    let scenario = read_scenario(folder).expect("a sound scenario");
    with_ensemble(lower(&scenario, None).expect("a sound plan"), workload)
}

// Thresholds and first adopters of each replicate, which were drawn elsewhere.
fn with_ensemble(plan: Plan, workload: &Workload) -> Plan {
    Plan { ensemble: workload.plan.ensemble.clone(), ..plan }
}

fn table(rounds: usize, only: Option<&str>) {
    println!(
        "| workload | a pass, bare | a pass, lowered | open | read | lower | read and lower, in passes |"
    );
    println!("|---|---|---|---|---|---|---|");
    for name in NAMES.into_iter().filter(|&name| only.is_none_or(|only| only == name)) {
        let (workload, folder) = written(name);
        let ties = std::fs::read_dir(folder.path()).expect("a folder");
        let ties = ties.filter_map(|entry| Some(entry.ok()?.path()));
        let ties: Vec<_> = ties.filter(|path| path.extension().is_some_and(|end| end == "ties")).collect();
        let mut least = [f64::INFINITY; 5];
        for _ in 0..rounds {
            let scenario = read_scenario(folder.path()).expect("a sound scenario");
            let lowered = with_ensemble(lower(&scenario, None).expect("a sound plan"), &workload);
            let open =
                || ties.iter().map(|path| TieTable::open(path).expect("sound").n_ties()).sum::<usize>();
            let seconds = [
                timed(|| pass(&workload.plan, &workload)).0,
                timed(|| pass(&lowered, &workload)).0,
                timed(open).0,
                timed(|| read_scenario(folder.path())).0,
                timed(|| lower(&scenario, None)).0,
            ];
            least.iter_mut().zip(seconds).for_each(|(least, now)| *least = least.min(now));
        }
        let [bare, from_file, open, read, lower] = least;
        let ms = |seconds: f64| format!("{:.2} ms", 1e3 * seconds);
        println!(
            "| {name} | {} | {} | {} | {} | {} | {:.2} |",
            ms(bare),
            ms(from_file),
            ms(open),
            ms(read),
            ms(lower),
            (read + lower) / bare
        );
    }
}

fn steps(c: &mut Criterion) {
    for name in NAMES {
        let (workload, folder) = written(name);
        let n_ties = workload.plan.blocks[0].weights.at(0).map_or(0, normwave_plan::Weights::n_ties);
        let scenario = read_scenario(folder.path()).expect("a sound scenario");
        let mut group = c.benchmark_group(format!("lowering, {name}"));
        group.throughput(Throughput::Elements(n_ties as u64)).sample_size(10);
        group.bench_function("read", |b| b.iter(|| read_scenario(black_box(folder.path()))));
        group.bench_function("lower", |b| b.iter(|| lower(black_box(&scenario), None)));
        group.bench_function("a pass", |b| b.iter(|| pass(&workload.plan, &workload)));
        group.finish();
    }
}

criterion_group!(benches, steps);

fn main() {
    // `cargo bench --bench lowering -- --table 15 W1` shows 15 rounds of the table alone.
    // Cargo adds a flag of its own.
    let arguments: Vec<String> = std::env::args().filter(|argument| argument != "--bench").collect();
    if let Some(place) = arguments.iter().position(|argument| argument == "--table") {
        let rounds = arguments.get(place + 1).and_then(|rounds| rounds.parse().ok()).unwrap_or(9);
        return table(rounds, arguments.get(place + 2).map(String::as_str));
    }
    benches();
    Criterion::default().configure_from_args().final_summary();
}
