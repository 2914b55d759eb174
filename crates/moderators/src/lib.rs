//! Moderating factors: conditions that turn pressures up or down, like the volume dial of an
//! amplifier (MODEL §5; Stuster 2023, §4.2.2).
//!
//! Each is a type that implements [`Moderator`]; [`ModeratorRegistry`] knows them by the name that
//! scenario files use. Gains are dimensionless, from 0 (mutes) through 1 (neutral) to 11; they
//! multiply, and never create pressure where there is none.

mod cultural_homophily;
mod forum;
mod institutional_homophily;
mod legitimacy;
mod moderator;
mod regime;
mod registry;
mod security_environment;
mod selectorate_salience;
mod similarity;
mod stickiness;
#[cfg(test)]
mod support;

pub use cultural_homophily::CulturalHomophily;
pub use forum::Forum;
pub use institutional_homophily::InstitutionalHomophily;
pub use legitimacy::Legitimacy;
pub use moderator::{AdoptionDriver, AdoptionProgram, Level, Moderator, Pressure};
pub use normwave_gain_shape::{MAX_GAIN, Shape};
pub use regime::Regime;
pub use registry::ModeratorRegistry;
pub use security_environment::SecurityEnvironment;
pub use selectorate_salience::SelectorateSalience;
pub use stickiness::Stickiness;
