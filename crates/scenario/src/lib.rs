//! Scenarios: what a file describes, and how it becomes a plan.
//!
//! [`Scenario::read`] parses a TOML file and the CSV tables that it names, checks everything, and
//! applies its events; mistakes come back as a [`ScenarioError`] that says what, where, and what
//! to do. [`lower`] turns the scenario into the numbers that engines run.
//!
//! ```
//! use normwave_scenario::{InMemory, Overrides, Registries, Scenario, lower};
//! let text = r#"
//! schema = 1
//! title = "A hub adopts"
//! period = { start = 2000-01-01, until = 2003-01-01, tick = "year" }
//! network.generate.star = { leaves = 5 }
//! factor.peers = { type = "emulation", layer = "ties" }
//! first-adopters = [{ who = "HUB" }]
//! "#;
//! let files = InMemory::default();
//! let scenario = Scenario::read("hub.toml", text, &files, &Registries::default(), &Overrides::default())?;
//! let plan = lower(&scenario.into(), None)?;
//! assert_eq!(plan.n_actors(), 6);
//! # Ok::<(), normwave_scenario::ScenarioError>(())
//! ```
//!
//! Events are dated changes. Those that are written as a named [`intervention`] are expanded into
//! the changes for which they stand; [`expanded`] shows them.

mod advocacy;
mod assemble;
mod error;
mod expectation;
mod exposure;
mod file;
mod files;
mod history;
pub mod intervention;
mod lower;
mod packaged;
mod persuasion;
mod preset;
mod read;
mod scenario;
mod schema;
mod tables;
mod text;

pub use advocacy::{Advocacy, Follow, Lead, Scheduled};
pub use assemble::Registries;
pub use error::{Problem, ScenarioError};
pub use expectation::{Expectation, ExpectedPattern, Range, Variant};
pub use file::{Change, MemberOf, Names, PositionName, SCHEMA_VERSION, Toward, Who, WhoFilter};
pub use files::{Files, Folder, InMemory};
pub use history::Adoption;
pub use intervention::expanded;
pub use lower::lower;
pub use packaged::packaged_tables;
pub use persuasion::{Blocked, Hearing, Persuadable};
pub use preset::{Preset, PresetRegistry};
pub use read::Overrides;
pub use scenario::{
    ActiveModerator, Adopter, Decision, DecisionRule, Dropped, Event, Exposure, Factor, Forum, ForumRule,
    Norm, Offer, PositionSpec, Scenario, Schedule, ThresholdDraw,
};
pub use schema::json_schema;
pub use text::{
    MAX_LINE_BYTES, MAX_SCENARIO_BYTES, MAX_TABLE_BYTES, TextError, TextPlace, read_text, text_of,
};
pub use toml::Spanned;
