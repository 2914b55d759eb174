//! What an engine is.

use crate::{Plan, Trajectory};

/// A way to run plans. All engines return the same trajectory for the same plan, seed and
/// replicate.
pub trait Engine: Send + Sync {
    /// Its name on the command line.
    fn name(&self) -> &'static str;

    /// Makes ready to run a plan many times.
    fn prepare<'p>(&self, plan: &'p Plan) -> Box<dyn Runner + 'p>;
}

/// A plan made ready by an engine.
pub trait Runner: Send + Sync {
    /// Runs one replicate.
    fn run(&self, seed: u64, replicate: u64) -> Trajectory;
}
