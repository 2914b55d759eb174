//! What does a tie cost, in time and in memory? `normwave-ties ACTORS` prints a line of JSON.
//!
//! Runs the cascade of W3 among so many actors, with 16 ties each on average, until two seconds
//! are over, five times at least. For comparison, it adds to as many counters of two bytes at random
//! places, in pages of the usual size. (Those of a cascade have one byte among half a million actors
//! or more, and lie in large pages where they take 4 MB.)

#![allow(clippy::print_stdout, reason = "what it is for")]

use normwave_benches::{Memory, plan_bytes, timed, workloads::Workload};
use normwave_engine::Sparse;
use normwave_plan::{Engine, Weights};
use std::{error::Error, hint::black_box};

/// Seconds to add to one of `n` counters at a place read from a list, at best.
fn count(n: u32) -> f64 {
    const TIMES: u32 = 1_000_000;
    let mut state = 1u64;
    let mut place = || {
        // Marsaglia 2003, "Xorshift RNGs".
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u32 % n
    };
    let places: Vec<u32> = (0..TIMES).map(|_| place()).collect();
    let mut counters = vec![0u16; n as usize];
    let mut pass = || {
        for &place in black_box(&places) {
            let counter = &mut counters[place as usize];
            *counter = counter.wrapping_add(1);
        }
    };
    (0..40).map(|_| timed(&mut pass).0).fold(f64::INFINITY, f64::min) / f64::from(TIMES)
}

fn main() -> Result<(), Box<dyn Error>> {
    let n_actors = std::env::args().nth(1).ok_or("how many actors?")?.parse()?;
    // Once in small, so that the code itself is resident.
    let small = Workload::scale_free(1000).plan;
    small.check()?;
    black_box(Sparse.prepare(&small).run(1, 0));
    let before = Memory::read()?.now;
    let plan = Workload::scale_free(n_actors).plan;
    plan.check()?;
    let n_ties = match plan.blocks[0].weights.at(0) {
        Some(Weights::Ties { targets, .. }) => targets.len(),
        _ => return Err("no ties".into()),
    };
    let made = Memory::read()?.now;
    Memory::forget_peak()?;
    let (prepare, runner) = timed(|| Sparse.prepare(black_box(&plan)));
    let (mut passes, mut moves, mut state) = (Vec::new(), 0, 0);
    while passes.len() < 5 || passes.iter().sum::<f64>() < 2.0 {
        let (pass, run) = timed(|| black_box(&*runner).run(1, 0));
        passes.push(pass);
        (moves, state) = (run.moves.len(), size_of_val(&run.moves[..]));
    }
    if moves * 10 < plan.n_actors() * 9 {
        return Err("the cascade does not reach most actors".into());
    }
    let peak = Memory::read()?.peak - before;
    passes.sort_by(f64::total_cmp);
    #[expect(clippy::cast_precision_loss, reason = "far below 2⁵³")]
    let per_tie = |seconds: f64| seconds * 1e9 / n_ties as f64;
    println!(
        "{{\"what\": \"ties\", \"actors\": {n_actors}, \"ties\": {n_ties}, \"passes\": {}, \
         \"ns_per_tie\": {:.4}, \"median_ns_per_tie\": {:.4}, \"count_ns\": {:.4}, \"prepare_s\": {prepare:.6}, \
         \"plan_bytes\": {}, \"state_bytes\": {state}, \"made_bytes\": {}, \"peak_bytes\": {peak}}}",
        passes.len(),
        per_tie(passes[0]),
        per_tie(passes[passes.len() / 2]),
        count(n_actors) * 1e9,
        plan_bytes(&plan),
        made - before,
    );
    Ok(())
}
