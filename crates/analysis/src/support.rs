//! What tests of this crate share: chance, and plans small enough to know what they do.

use normwave_plan::{Block, Draws, Forced, Plan, Rule, Signal, Source, Steps, Stream, Tick, Weights};

/// A number in (0, 1) for a seed, a purpose and an index.
pub(crate) fn lot(seed: u64, what: u32, i: usize) -> f64 {
    Draws::new(seed, 0).uniform(what, i as u64, Stream::Noise, 0)
}

/// The numbers below `n` in random order.
pub(crate) fn shuffled(n: usize, seed: u64) -> Vec<usize> {
    let mut all: Vec<usize> = (0..n).collect();
    all.sort_by(|&a, &b| lot(seed, 99, a).total_cmp(&lot(seed, 99, b)));
    all
}

/// Undirected ties of strength 1; actor i adopts once `thresholds[i]` of its neighbours have, and
/// `first` have from the start. Nobody presses for the status quo.
pub(crate) fn contagion(ties: &[(u32, u32)], thresholds: &[f64], first: &[u32], n_ticks: Tick) -> Plan {
    let n = thresholds.len();
    let mut plan = Plan::bare((0..n as u64).collect(), 2, n_ticks);
    let both = ties.iter().flat_map(|&(a, b)| [(a, b, 1), (b, a, 1)]).collect();
    plan.blocks.push(Block {
        source: Source::Ties(Signal::Adoption),
        toward: vec![false, true],
        gains: Vec::new(),
        weights: Steps::constant(Weights::from_ties(n, both)),
        hatch: None,
    });
    let unit = plan.unit();
    plan.thresholds = Steps::constant(thresholds.iter().map(|threshold| threshold / unit).collect());
    plan.rule = Rule::AtLeast;
    plan.forced = first.iter().map(|&actor| Forced { tick: 0, actor, position: 1 }).collect();
    plan
}

/// Everybody tied to everybody.
pub(crate) fn complete(n: u32) -> Vec<(u32, u32)> {
    (0..n).flat_map(|a| (0..a).map(move |b| (a, b))).collect()
}

/// Actor 0 tied to all others.
pub(crate) fn star(leaves: u32) -> Vec<(u32, u32)> {
    (1..=leaves).map(|leaf| (0, leaf)).collect()
}
