//! Runs the inner loop of one kernel, for `instructions/run` to count its instructions.
//!
//! `normwave-kernels` prints the names of the kernels; `normwave-kernels NAME` makes one ready and
//! runs it once, in [`counted`].

#![allow(clippy::print_stdout, reason = "what it is for")]

use normwave_analysis::{TickLedger, TickState};
use normwave_benches::{workloads::Workload, written};
use normwave_engine::Sparse;
use normwave_plan::Engine;
use normwave_scenario::{Overrides, lower};
use std::{error::Error, hint::black_box, sync::Arc};

/// Workloads, and how many of their runs are enough.
const RUNS: [(&str, u64); 8] = [
    ("W1", 200),
    ("W2s", 1),
    ("W3t", 1),
    ("W3t-IC", 10),
    ("reversal", 20),
    ("moving-gain", 20),
    ("graded", 20),
    ("noisy", 3),
];

/// What else is counted: a scenario is read, lowered, and one of its ticks taken apart.
const STEPS: [&str; 3] = ["reading", "lowering", "ledger"];

/// The only function whose instructions are counted, with all that it calls.
#[inline(never)]
fn counted(work: &mut dyn FnMut()) {
    work();
    // Something to do after it, or the call might become a jump.
    black_box(());
}

fn run(name: &str, n_runs: u64) -> Result<(), Box<dyn Error>> {
    let workload = Workload::named(name).ok_or("no such workload")?;
    let runner = Sparse.prepare(&workload.plan);
    let mut n_moves = 0;
    counted(&mut || Workload::run(black_box(&*runner), n_runs, |run| n_moves += run.moves.len()));
    if n_moves <= workload.plan.n_actors() / 10 {
        return Err(format!("{name}: hardly anybody moves").into());
    }
    Ok(())
}

fn step(name: &str) -> Result<(), Box<dyn Error>> {
    let written = written(300, 4, 0.2);
    let mut scenario = None;
    let mut read = || scenario = written.read(&Overrides::default()).ok();
    if name == "reading" {
        counted(&mut read);
        scenario.ok_or("a sound scenario")?;
        return Ok(());
    }
    read();
    let scenario = Arc::new(scenario.ok_or("a sound scenario")?);
    let mut plan = None;
    let mut lowered = || plan = lower(&scenario, None).ok();
    if name == "lowering" {
        counted(&mut lowered);
        plan.ok_or("a sound plan")?;
        return Ok(());
    }
    lowered();
    let plan = plan.ok_or("a sound plan")?;
    let run = Sparse.prepare(&plan).run(1, 0);
    let state = TickState::at_decisions(&run, plan.n_actors(), 1);
    let mut n_rows = 0;
    counted(&mut || {
        if let Ok(ledger) = TickLedger::new(&scenario, 1, &state) {
            n_rows = ledger.governments().map(|actor| ledger.sheet(actor).rows.len()).sum();
        }
    });
    if n_rows == 0 { Err("an empty ledger".into()) } else { Ok(()) }
}

fn main() -> Result<(), Box<dyn Error>> {
    let Some(name) = std::env::args().nth(1) else {
        RUNS.iter().for_each(|(name, _)| println!("{name}"));
        STEPS.iter().for_each(|name| println!("{name}"));
        return Ok(());
    };
    match RUNS.iter().find(|known| known.0 == name) {
        Some(&(name, n_runs)) => run(name, n_runs),
        None if STEPS.contains(&&*name) => step(&name),
        None => Err(format!("no kernel is called {name}").into()),
    }
}
