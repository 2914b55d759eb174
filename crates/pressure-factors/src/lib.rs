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

mod catalogue;
pub mod checked;
mod domestic_advocacy;
mod emulation;
mod factor;
mod internal;
mod material_incentive;
mod moral;
mod own_interest;
mod registry;
mod reputation;
mod resource;
mod security_utility;
mod sovereignty_cost;
mod status;
#[cfg(test)]
mod support;
mod view;

pub use catalogue::{Catalogue, Entry};
pub use domestic_advocacy::DomesticAdvocacy;
pub use emulation::Emulation;
pub use factor::{Mechanism, Needs, PressureFactor, Reads, Scope, Signal};
pub use material_incentive::MaterialIncentive;
pub use moral::Moral;
pub use own_interest::OwnInterest;
pub use registry::FactorRegistry;
pub use reputation::Reputation;
pub use resource::relative_resource;
pub use security_utility::SecurityUtility;
pub use sovereignty_cost::SovereigntyCost;
pub use status::{Club, Status};
pub use view::{NormState, Position, Session, SystemView};
