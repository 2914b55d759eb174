//! What this machine can do, and the least time that it needs for each workload.
//!
//! Measures the few things on which the workloads spend their time at best: adding to counters at
//! random places, reading lines of 64 bytes at random places, and reading from the nearest cache
//! that holds the matrix of W1. docs/performance.md says how the floors follow.
//!
//! A program of one file: `peers/run` has it compiled for the very processor that it runs on.

#![allow(clippy::print_stdout, reason = "what it is for")]

use std::{hint::black_box, time::Instant};

// Short and often, so that others on the machine do not matter.
const BEST_OF: usize = 40;

// Numbers that cost nothing to make and repeat late (Marsaglia 2003, "Xorshift RNGs").
struct Places(u64);

impl Iterator for Places {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        Some((self.0 >> 32) as u32)
    }
}

// Seconds that a piece of work takes at best.
fn best(mut work: impl FnMut()) -> f64 {
    let seconds = |()| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    };
    [(); BEST_OF].map(seconds).into_iter().fold(f64::INFINITY, f64::min)
}

// Seconds to add 1 to one of N counters of two bytes at a place read from a list.
fn count<const N: usize>() -> f64 {
    const TIMES: u32 = 1_000_000;
    let mut counters: Box<[u16; N]> = vec![0; N].try_into().expect("N counters");
    #[expect(clippy::cast_possible_truncation, reason = "places have 32 bits")]
    let places: Vec<u32> = Places(1).take(TIMES as usize).map(|place| place % N as u32).collect();
    best(|| {
        for &place in black_box(&places) {
            let counter = &mut counters[place as usize % N];
            *counter = counter.wrapping_add(1);
        }
    }) / f64::from(TIMES)
}

#[derive(Clone)]
#[repr(align(64))]
struct Line([u64; 8]);

// Seconds to read one line of 64 bytes out of 256 MB, where the next place is known beforehand.
fn read_lines() -> f64 {
    const LINES: u32 = 1 << 22;
    const TIMES: u32 = 200_000;
    let lines = vec![Line([1; 8]); LINES as usize];
    let mut next = Places(2);
    // Other places every time, or the last cache would have them.
    let mut places = vec![0; TIMES as usize];
    let mut least = f64::INFINITY;
    for _ in 0..BEST_OF {
        places.iter_mut().zip(&mut next).for_each(|(place, random)| *place = random % LINES);
        let start = Instant::now();
        let mut sums = [0; 8];
        for &place in black_box(&places) {
            sums.iter_mut().zip(&lines[place as usize].0).for_each(|(sum, word)| *sum ^= word);
        }
        black_box(sums);
        least = least.min(start.elapsed().as_secs_f64());
    }
    least / f64::from(TIMES)
}

// Seconds to read one byte of a block, over and over.
fn read_block(bytes: usize, times: u32) -> f64 {
    let block = vec![1u64; bytes / 8];
    #[expect(clippy::cast_precision_loss, reason = "far below 2⁵³")]
    let all = bytes as f64 * f64::from(times);
    best(|| {
        for _ in 0..times {
            black_box(black_box(&block).iter().fold(0, |all, word| all ^ word));
        }
    }) / all
}

fn main() {
    let small = count::<131_072>();
    let large = count::<1_048_576>();
    let line = read_lines();
    let near = read_block(86_016, 200);
    let stream = read_block(256 << 20, 1);
    let ns = |seconds: f64| seconds * 1e9;
    let gigabytes = |seconds: f64| 1e-9 / seconds;

    // W1: each of 1,648,772 adopters adds one row of 193 weights of two bytes, seven lines.
    let w1 = 1_648_772.0 * 7.0 * 64.0 * near;
    // W2: one counter per tie.
    let w2 = 999_992.0 * small;
    // W3, cascade: one counter per tie; of each actor, where its row starts and the lines of the row.
    let w3 = 15_998_108.0 * large + (1_000_000.0 + 1_940_000.0) * line;
    // W3, independent: only ties that convince; of each of 211,000 adopters, where its row starts and
    // 1.3 lines of the row.
    let independent = 211_000.0 * 2.3 * line + 267_000.0 * large;

    println!(
        "{{\"count_256_kb_ns\": {:.3}, \"count_2_mb_ns\": {:.3}, \"random_line_ns\": {:.2}, \
         \"read_84_kb_gb_s\": {:.1}, \"read_256_mb_gb_s\": {:.1}, \"floors_s\": {{\"W1\": {w1:.6}, \
         \"W2\": {w2:.6}, \"W3-LT\": {w3:.6}, \"W3-IC\": {independent:.6}}}}}",
        ns(small),
        ns(large),
        ns(line),
        gigabytes(near),
        gigabytes(stream),
    );
}
