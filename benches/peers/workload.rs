//! Runs a workload when told to: `normwave-workload NAME [FOLDER]`.
//!
//! Writes the workload's inputs into the folder, if one is given, and prints a line of JSON with the
//! answers. Then each line of standard input is a number of passes to run, and each is answered by a
//! line with the CPU seconds of one pass and the peak of resident memory since the workload was
//! made, which is more than a pass needs by what making it left behind.

#![allow(clippy::print_stdout, reason = "what it is for")]

use normwave_benches::{timed, workloads::Workload, workloads::dump};
use normwave_engine::Sparse;
use normwave_plan::Engine;
use std::{error::Error, fs, hint::black_box, io, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().ok_or("which workload?")?;
    let workload = Workload::named(&name).ok_or_else(|| format!("no workload is called {name}"))?;
    workload.plan.check()?;
    if let Some(folder) = arguments.next() {
        dump(&workload, Path::new(&folder))?;
    }
    // Starts the peak anew.
    fs::write("/proc/self/clear_refs", "5")?;
    let answers = workload.answers(&Sparse, workload.n_runs);
    if let Some((what, known)) = workload.known.differs(&answers) {
        return Err(format!("{name}: {what} should be {known}: {answers:?}").into());
    }
    println!(
        "{{\"runs\": {}, \"adopters\": {}, \"position_sum\": {}, \"id_check\": {}, \"round_sum\": {}, \
         \"rounds\": {}, \"most_rounds\": {}, \"squares\": {}, \"moves\": {}}}",
        answers.runs,
        answers.adopters,
        answers.position_sum,
        answers.id_check(),
        answers.round_sum,
        answers.rounds,
        answers.most_rounds,
        answers.squares,
        answers.adoptions + answers.returns,
    );
    let (prepare, runner) = timed(|| Sparse.prepare(&workload.plan));
    for line in io::stdin().lines() {
        let n_passes: u32 = line?.trim().parse()?;
        let (cpu, n_moves) = timed(|| {
            let mut n_moves = 0;
            for _ in 0..n_passes {
                Workload::run(black_box(&*runner), workload.n_runs, |run| n_moves += run.moves.len());
            }
            n_moves
        });
        black_box(n_moves);
        let pass = cpu / f64::from(n_passes);
        println!("{{\"cpu_s\": {pass:.9}, \"prepare_s\": {prepare:.9}, \"peak_mb\": {:.1}}}", peak()?);
    }
    Ok(())
}

// The most memory that has been resident, in MB of 2²⁰ bytes.
fn peak() -> Result<f64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no peak is known")?;
    Ok(line.trim().trim_end_matches("kB").trim().parse::<f64>()? / 1024.0)
}
