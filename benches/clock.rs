//! The CPU clock of this process.

use cpu_time::ProcessTime;
use std::time::Duration;

/// User and system time of all threads so far.
#[must_use]
pub fn cpu_time() -> Duration {
    ProcessTime::now().as_duration()
}

/// CPU seconds of a piece of work, with what it returns.
pub fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = cpu_time();
    let out = work();
    ((cpu_time() - start).as_secs_f64(), out)
}
