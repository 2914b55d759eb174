//! Plans for benches, made without scenarios.
//!
//! The plans at this level are of any size and ask about engines alone. [`workloads`] has the fixed
//! ones on which other tools have been measured, with the answers that every tool must give.

mod clock;
mod from_file;
mod memory;
mod scenarios;
mod synthetic;
pub mod workloads;

pub use clock::{cpu_time, timed};
pub use from_file::{read_scenario, same_ties, write_scenario};
pub use memory::{Memory, plan_bytes};
pub use scenarios::{Written, written};
pub use synthetic::{dense_ensemble, island_chain, landmine_like, random_ties, star};
