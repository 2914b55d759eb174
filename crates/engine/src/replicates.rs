//! Many replicates side by side.

use normwave_plan::{Engine, Plan, Trajectory};
use rayon::prelude::*;
use std::ops::Range;

/// Which replicates to run, and on how many threads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replicates {
    /// The seed.
    pub seed: u64,
    /// Which replicates; any range gives the same trajectories for the same numbers.
    pub range: Range<u64>,
    /// Threads; 0 is one per core.
    pub threads: usize,
}

/// Runs replicates and returns their trajectories in order.
///
/// `each` is called once for every finished replicate, from any thread; if it returns false the
/// rest are not begun and the result is `None`.
///
/// # Panics
/// If the threads cannot be started.
#[must_use]
pub fn run_replicates(
    engine: &dyn Engine,
    plan: &Plan,
    what: &Replicates,
    each: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Trajectory>> {
    let runner = engine.prepare(plan);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(what.threads).build().expect("threads start");
    let run = |replicate| each().then(|| runner.run(what.seed, replicate));
    pool.install(|| what.range.clone().into_par_iter().map(run).collect())
}
