//! Engines: ways to run a plan, all with the same result.
//!
//! [`Reference`] is the model page as code. [`Sparse`] touches a tie only when its sender changes.
//! [`run_replicates`] runs many replicates of any engine side by side.
//!
//! Three actors in a row, of whom the first has adopted; the others follow as soon as as many of
//! their neighbours adopted as did not:
//!
//! ```
//! use normwave_engine::{Sparse, engines};
//! use normwave_plan::{Block, Engine, Forced, Plan, Rule, Signal, Source, Steps, Weights};
//!
//! let mut plan = Plan::bare(vec![1, 2, 3], 2, 10);
//! let path = [(0, 1, 1), (1, 0, 1), (1, 2, 1), (2, 1, 1)];
//! plan.blocks.push(Block {
//!     source: Source::Ties(Signal::Adoption),
//!     toward: vec![true; 2],
//!     gains: Vec::new(),
//!     weights: Steps::constant(Weights::from_ties(3, path.to_vec())),
//!     hatch: None,
//! });
//! plan.rule = Rule::AtLeast;
//! plan.forced = vec![Forced { tick: 0, actor: 0, position: 1 }];
//! plan.check()?;
//!
//! let trajectory = Sparse.prepare(&plan).run(1, 0);
//! assert_eq!(trajectory.first_at_least(3, 1), [Some(0), Some(0), Some(1)]);
//! for engine in engines() {
//!     assert_eq!(engine.prepare(&plan).run(1, 0), trajectory);
//! }
//! # Ok::<(), normwave_plan::PlanError>(())
//! ```

mod bits;
mod cascade;
mod dense;
mod reference;
mod replicates;
mod rooms;
mod sparse;

pub use reference::Reference;
pub use replicates::{Replicates, run_replicates};
pub use sparse::{Kernel, Sparse};

use normwave_plan::Engine;

/// All engines; the first is the default.
#[must_use]
pub fn engines() -> Vec<Box<dyn Engine>> {
    vec![Box::new(Sparse), Box::new(Reference)]
}
