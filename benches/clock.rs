//! The CPU clock of this process.

use rustix::time::{ClockId, clock_gettime};
use std::time::Duration;

/// User and system time of all threads so far.
#[must_use]
pub fn cpu_time() -> Duration {
    let now = clock_gettime(ClockId::ProcessCPUTime);
    let part = |number: i64| u64::try_from(number).unwrap_or(0);
    Duration::from_secs(part(now.tv_sec)) + Duration::from_nanos(part(now.tv_nsec))
}

/// CPU seconds of a piece of work, with what it returns.
pub fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = cpu_time();
    let out = work();
    ((cpu_time() - start).as_secs_f64(), out)
}
