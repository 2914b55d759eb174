//! What a run means: ledgers of pressure, what would flip a decision, how a norm spread and who moved
//! whom, how good forecasts are.
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

mod arrest;
mod attribution;
mod centrality;
pub mod describe;
mod effect;
mod expectation;
mod flip;
mod flow;
mod forest;
mod freeze;
mod indicators;
mod ledger;
mod life_cycle;
mod order;
mod pattern;
mod persuasion;
mod retention;
mod score;
mod sender;
mod shapley;
mod sheet;
mod standing;
#[cfg(test)]
mod support;
mod tipping;
mod waves;

pub use arrest::{Arrest, Plateau, arrests};
pub use attribution::{Attribution, Change, Contribution, attributions, events_in};
pub use centrality::centrality;
pub use effect::{
    Counts, Estimate, Pooled, d_from_log_odds, hedges_g, log_odds_from_d, log_odds_ratio, pooled,
};
pub use expectation::{adopters_at_end, unmet, unmet_over_replicates};
pub use flip::{Flip, Lever};
pub use flow::{FlowTable, Link, links};
pub use forest::{ForestNode, InfluenceForest};
pub use freeze::frozen_at;
pub use indicators::{Indicator, indicators, much_process_no_outcome};
pub use ledger::{TickLedger, TickState};
pub use life_cycle::{Stage, life_cycle};
pub use order::{Adoption, AdoptionCounts, OrderStep, RankOrder, first_adoptions};
pub use pattern::{
    Pattern, PatternInput, PatternReading, UnknownPattern, core_members, core_scores, pattern, pattern_in,
};
pub use persuasion::{Origin, Persuasion};
pub use retention::{Retention, retention};
pub use score::{Bin, auc, brier, calibration, log_loss};
pub use sender::Sender;
pub use shapley::{Part, Parts, shapley};
pub use sheet::{BalanceSheet, Channel, Gain, Grouping, Row};
pub use standing::Standing;
pub use tipping::{TippingPoint, time_to_tip};
pub use waves::{Wave, waves};
