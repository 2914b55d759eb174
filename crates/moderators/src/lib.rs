//! Moderating factors: conditions that turn pressures up or down, like the volume dial of an
//! amplifier (MODEL §5; Stuster 2023, §4.2.2).
//!
//! Each is a type that implements [`Moderator`]; [`ModeratorRegistry`] knows them by the name that
//! scenario files use. Gains are dimensionless, from 0 (mutes) through 1 (neutral) to 11; they
//! multiply, and never create pressure where there is none.

mod aid_dependence;
mod bureaucratic_friction;
mod capacity;
mod closeness;
mod condition;
mod credibility;
mod cultural_homophily;
mod dial;
mod fit;
mod forum;
mod grafting;
mod information;
mod institutional_homophily;
mod legitimacy;
mod moderator;
mod multivocal_brokerage;
mod proximity;
mod regime;
mod registry;
mod security_environment;
mod selectorate_salience;
mod share;
mod similarity;
mod stickiness;
mod strategic_complementarity;
mod structural_equivalence;
#[cfg(test)]
mod support;
mod veto;

pub use aid_dependence::AidDependence;
pub use bureaucratic_friction::BureaucraticFriction;
pub use capacity::Capacity;
pub use credibility::Credibility;
pub use cultural_homophily::CulturalHomophily;
pub use fit::{Assumed, Fit};
pub use forum::Forum;
pub use grafting::Grafting;
pub use information::Information;
pub use institutional_homophily::InstitutionalHomophily;
pub use legitimacy::Legitimacy;
pub use moderator::{AdoptionDriver, AdoptionProgram, Level, Moderator, Pressure};
pub use multivocal_brokerage::MultivocalBrokerage;
pub use normwave_gain_shape::{MAX_GAIN, Shape};
pub use proximity::Proximity;
pub use regime::Regime;
pub use registry::ModeratorRegistry;
pub use security_environment::SecurityEnvironment;
pub use selectorate_salience::SelectorateSalience;
pub use stickiness::Stickiness;
pub use strategic_complementarity::StrategicComplementarity;
pub use structural_equivalence::StructuralEquivalence;
pub use veto::Veto;
