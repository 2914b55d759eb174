//! How many times as fast are two threads as one? Prints a line of JSON.
//!
//! `normwave-threads [ROUNDS]` runs the replicates of W1 on one thread and on two, and, for what
//! the machine can do, sums in registers on one thread and on two, in alternation. Ratios are
//! medians over the rounds. That of processor seconds is 1 if two threads get nothing in each other's
//! way, and holds on a busy machine, too.

#![allow(clippy::print_stdout, reason = "what it is for")]

use normwave_benches::{timed, workloads::Workload};
use normwave_engine::{Replicates, Sparse, run_replicates};
use std::{error::Error, hint::black_box, thread, time::Instant};

/// Seconds by the clock on the wall, and of processors.
fn clocks(work: impl FnOnce()) -> [f64; 2] {
    let start = Instant::now();
    let (cpu, ()) = timed(work);
    [start.elapsed().as_secs_f64(), cpu]
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
    let (mut seconds, mut times, mut cpu_times, mut limits) =
        ([f64::INFINITY; 2], Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        let [one, two] = [1, 2].map(|threads| clocks(|| drop(black_box(run(threads)))));
        seconds = [seconds[0].min(one[0]), seconds[1].min(two[0])];
        times.push(one[0] / two[0]);
        cpu_times.push(two[1] / one[1]);
        let alone = clocks(sums);
        let beside = clocks(|| {
            thread::scope(|scope| {
                scope.spawn(sums);
                sums();
            });
        });
        limits.push(2.0 * alone[0] / beside[0]);
    }
    println!(
        "{{\"what\": \"two threads\", \"rounds\": {rounds}, \"one_thread_s\": {:.6}, \"two_threads_s\": {:.6}, \
         \"times\": {:.3}, \"sums_times\": {:.3}, \"cpu\": {:.3}}}",
        seconds[0],
        seconds[1],
        median(times),
        median(limits),
        median(cpu_times),
    );
    Ok(())
}
