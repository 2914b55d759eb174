//! How international norms spread: the whole library under one name.
//!
//! A scenario says who is tied to whom and which pressures run along the ties; it is lowered to a
//! plan of plain numbers, an engine runs the plan, and the ledger takes any decision apart again.
//! The README has an example of ten lines, `docs/model.md` the formulas.

pub use normwave_analysis as analysis;
pub use normwave_cases as cases;
pub use normwave_engine as engine;
pub use normwave_gain_shape as gain_shape;
pub use normwave_import as import;
pub use normwave_moderators as moderators;
pub use normwave_network_file as network_file;
pub use normwave_network_model as network;
pub use normwave_plan as plan;
pub use normwave_pressure_factors as factors;
pub use normwave_report as report;
pub use normwave_scaffold as scaffold;
pub use normwave_scenario as scenario;
pub use normwave_tie_file as tie_file;
pub use normwave_world as world;

// Code in the documents runs as tests.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
mod readme {}
#[cfg(doctest)]
#[doc = include_str!("../../../docs/model.md")]
mod model {}
