//! What a run means: ledgers of pressure, what would flip a decision, how good forecasts are.
//!
//! A [`TickLedger`] takes one tick of a run apart. It is computed from the scenario in plain
//! floating point, independently of the plan that decided, and gives the [`BalanceSheet`] of any
//! government.
//!
//! ```
//! use normwave_analysis::{TickLedger, TickState};
//! use normwave_plan::Trajectory;
//! use normwave_scenario::{InMemory, Overrides, Registries, Scenario};
//! let text = r#"
//! schema = 1
//! title = "Two against one"
//! period = { start = 2000-01-01, until = 2002-01-01, tick = "year" }
//! network.generate.complete = { actors = 4 }
//! factor.peers = { type = "emulation", layer = "ties" }
//! first-adopters = [{ who = ["A2", "A3"] }]
//! "#;
//! let files = InMemory::default();
//! let scenario = Scenario::read("two.toml", text, &files, &Registries::default(), &Overrides::default())?;
//! let state = TickState::at_rest(vec![0, 1, 1, 0]);
//! let ledger = TickLedger::new(&scenario, 0, &state)?;
//! let sheet = ledger.sheet(scenario.network.actor_id("A1")?);
//! assert_eq!((sheet.pressures[0], sheet.pressures[1]), (1.0, 2.0));
//! assert_eq!(sheet.margin(1), 1.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod effect;
mod expectation;
mod flip;
mod ledger;
mod persuasion;
mod score;
mod sheet;

pub use effect::{
    Counts, Estimate, Pooled, d_from_log_odds, hedges_g, log_odds_from_d, log_odds_ratio, pooled,
};
pub use expectation::{adopters_at_end, unmet, unmet_over_replicates};
pub use flip::{Flip, Lever};
pub use ledger::{TickLedger, TickState};
pub use persuasion::{Origin, Persuasion};
pub use score::{Bin, auc, brier, calibration, log_loss};
pub use sheet::{BalanceSheet, Channel, Gain, Grouping, Row};
