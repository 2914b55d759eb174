//! How international norms spread: the whole library under one name.
//!
//! A scenario says who is tied to whom and which pressures run along the ties; it is lowered to a
//! plan of plain numbers, an engine runs the plan, and the ledger takes any decision apart again.
//!
//! ```
//! use normwave::{analysis, cases, engine, plan::Engine, scenario};
//! use std::sync::Arc;
//!
//! let case = cases::case("ego").ok_or("no such case")?;
//! let scenario = Arc::new(case.read(&scenario::Overrides::default())?);
//! let plan = scenario::lower(&scenario, None)?;
//! let trajectory = engine::Sparse.prepare(&plan).run(1, 0);
//! let state = analysis::TickState::at_decisions(&trajectory, plan.n_actors(), 0);
//! let sheet = analysis::TickLedger::new(&scenario, 0, &state)?.sheet(scenario.network.actor_id("A")?);
//! assert_eq!(sheet.pressures, [2.0, 2.0]); // two press each way, so that A stays
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub use normwave_analysis as analysis;
pub use normwave_cases as cases;
pub use normwave_engine as engine;
pub use normwave_gain_shape as gain_shape;
pub use normwave_moderators as moderators;
pub use normwave_network_model as network;
pub use normwave_plan as plan;
pub use normwave_pressure_factors as factors;
pub use normwave_report as report;
pub use normwave_scenario as scenario;
pub use normwave_world as world;
