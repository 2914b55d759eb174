//! Pressure factors: the mechanisms that press governments to keep the status quo or to adopt a
//! position of a norm (MODEL §5; Stuster 2023, §4.2.1).
//!
//! Each is a type that implements [`PressureFactor`]; [`FactorRegistry`] knows them by the name
//! that scenario files use. A user adds one in a crate of his own:
//!
//! ```
//! use normwave_pressure_factors::*;
//!
//! /// Boycott of a government by all who are tied to it.
//! #[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
//! #[serde(deny_unknown_fields)]
//! struct Boycott {
//!     /// The layer over which it runs.
//!     layer: String,
//! }
//!
//! impl PressureFactor for Boycott {
//!     fn scope(&self) -> Scope<'_> {
//!         Scope::Ties { layer: &self.layer, signal: Signal::Adoption }
//!     }
//!     fn fill(&self, view: &SystemView<'_>, out: &mut [f64]) {
//!         view.fill_ties(&self.layer, out, |tie| tie.strength);
//!     }
//! }
//!
//! let mut registry = FactorRegistry::default();
//! registry.register::<Boycott>("boycott");
//! assert!(registry.names().any(|name| name == "boycott"));
//! ```
//!
//! The overall strength κ is not a factor's business: scenarios give `kappa` for each factor, and
//! a factor fills pressure at κ = 1.

mod backlash;
mod capacity_support;
mod catalogue;
pub mod checked;
mod competition;
mod domestic_advocacy;
mod emulation;
mod evidence;
mod factor;
mod implicit_conditionality;
mod internal;
mod learning;
mod material_incentive;
mod material_sanction;
mod moral;
mod naming_and_praising;
mod own_interest;
mod registry;
mod reputation;
mod resource;
mod rising_power;
mod security_utility;
mod sovereignty_cost;
mod status;
#[cfg(test)]
mod support;
mod view;

pub use backlash::{Backlash, Tolerance};
pub use capacity_support::CapacitySupport;
pub use catalogue::{Catalogue, Entry};
pub use competition::Competition;
pub use domestic_advocacy::DomesticAdvocacy;
pub use emulation::Emulation;
pub use evidence::{Confidence, Design, Evidence, evidence};
pub use factor::{Mechanism, Needs, PressureFactor, Reads, Scope, Signal};
pub use implicit_conditionality::ImplicitConditionality;
pub use learning::Learning;
pub use material_incentive::MaterialIncentive;
pub use material_sanction::MaterialSanction;
pub use moral::Moral;
pub use naming_and_praising::NamingAndPraising;
pub use own_interest::OwnInterest;
pub use registry::FactorRegistry;
pub use reputation::Reputation;
pub use resource::relative_resource;
pub use rising_power::RisingPower;
pub use security_utility::SecurityUtility;
pub use sovereignty_cost::SovereigntyCost;
pub use status::{Club, Status};
pub use view::{NormState, Position, Session, SystemView};
