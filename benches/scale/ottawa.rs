//! How long do 10,000 replicates of the landmine case take? Prints a line of JSON.
//!
//! `normwave-ottawa [REPLICATES] [THREADS]`: seconds by the clock on the wall from the text of the
//! scenario to all trajectories, and what of it went by before the first replicate.

#![allow(clippy::print_stdout, reason = "what it is for")]

use normwave_benches::cpu_time;
use normwave_engine::{Replicates, Sparse, run_replicates};
use normwave_scenario::{Overrides, lower};
use std::{error::Error, sync::Arc, time::Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let mut numbers = std::env::args().skip(1).map(|number| number.parse::<u32>());
    let n_replicates = numbers.next().unwrap_or(Ok(10_000))?;
    let threads = numbers.next().unwrap_or(Ok(2))? as usize;
    let ottawa = normwave_cases::case("ottawa").ok_or("bundled")?;
    let start = Instant::now();
    let plan = lower(&Arc::new(ottawa.read(&Overrides::default())?), None)?;
    let ready = start.elapsed().as_secs_f64();
    let what = Replicates { seed: 1, range: 0..n_replicates.into(), threads };
    let runs = run_replicates(&Sparse, &plan, &what, &|| true).ok_or("interrupted")?;
    let (seconds, cpu) = (start.elapsed().as_secs_f64(), cpu_time().as_secs_f64());
    let moves: usize = runs.iter().map(|run| run.moves.len()).sum();
    if moves < runs.len() * 100 {
        return Err("hardly anybody moves".into());
    }
    println!(
        "{{\"what\": \"ottawa\", \"replicates\": {n_replicates}, \"threads\": {threads}, \"ready_s\": {ready:.3}, \
         \"seconds\": {seconds:.3}, \"cpu_s\": {cpu:.3}, \"moves\": {moves}}}"
    );
    Ok(())
}
