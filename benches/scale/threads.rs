//! How many times as fast are two threads as one? Prints a line of JSON.
//!
//! `normwave-threads [ROUNDS]` runs the replicates of W1 on one thread and on two, and, for what
//! the machine can do, sums in registers on one thread and on two, in alternation. A ratio is the
//! median over the rounds.

#![allow(clippy::print_stdout, reason = "what it is for")]

use normwave_benches::workloads::Workload;
use normwave_engine::{Replicates, Sparse, run_replicates};
use std::{error::Error, hint::black_box, thread, time::Instant};

fn wall(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

/// Some 40 ms that touch no memory.
fn sums() {
    let mut sums = [1u64; 8];
    for step in 0..10_000_000u64 {
        sums.iter_mut().for_each(|sum| *sum = sum.wrapping_mul(5) ^ step);
    }
    black_box(sums);
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

fn main() -> Result<(), Box<dyn Error>> {
    let rounds: usize = std::env::args().nth(1).map_or(Ok(21), |rounds| rounds.parse())?;
    let workload = Workload::named("W1").ok_or("W1 is a workload")?;
    let run = |threads| {
        let what = Replicates { seed: 1, range: 0..workload.n_runs, threads };
        run_replicates(&Sparse, &workload.plan, &what, &|| true)
    };
    if run(1) != run(2) {
        return Err("two threads give other trajectories".into());
    }
    let (mut seconds, mut ratios, mut limits) = ([f64::INFINITY; 2], Vec::new(), Vec::new());
    for _ in 0..rounds {
        let [one, two] = [1, 2].map(|threads| wall(|| drop(black_box(run(threads)))));
        seconds = [seconds[0].min(one), seconds[1].min(two)];
        ratios.push(one / two);
        let alone = wall(sums);
        let beside = wall(|| {
            thread::scope(|scope| {
                scope.spawn(sums);
                sums();
            });
        });
        limits.push(2.0 * alone / beside);
    }
    println!(
        "{{\"what\": \"two threads\", \"rounds\": {rounds}, \"one_thread_s\": {:.6}, \"two_threads_s\": {:.6}, \
         \"times\": {:.3}, \"best\": {:.3}, \"sums_times\": {:.3}}}",
        seconds[0],
        seconds[1],
        median(ratios),
        seconds[0] / seconds[1],
        median(limits),
    );
    Ok(())
}
