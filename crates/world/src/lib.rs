//! The packaged international system, 1985 to 2001: states, ties among them, covariates and
//! memberships, in compact tables of our own with their sources (`data/SOURCES.md`; each is
//! derived by `derive/derive.py`).
//!
//! ```
//! use normwave_network_model::{Network, parse_date};
//! let mut network = Network::default();
//! normwave_world::add_states(&mut network)?;
//! let defence = normwave_world::layer("defence", &network)?;
//! let trade = normwave_world::layer("trade", &network)?;
//! assert!(defence.len() > 1000 && trade.len() > 1000);
//! assert_eq!(network.at(parse_date("1997")?)?.governments().count(), 187);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod affiliation;
mod attribute;
mod codes;
mod layer;
mod mine_ban;
mod states;
mod table;
mod us_states;

pub use affiliation::{AFFILIATIONS, affiliation};
pub use attribute::{attribute, attributes};
pub use codes::{CodeError, CodeScheme, code_of, resolve};
pub use layer::{LAYERS, layer};
pub use mine_ban::{Fact, TimelineEntry, folds, mine_ban_facts, mine_ban_timeline};
pub use states::add_states;
pub use table::WorldError;
pub use us_states::{add_us_states, resolve_us_state, us_contiguity};

/// Where the tables come from: sources, citations and terms of use.
pub const SOURCES: &str = include_str!("../data/SOURCES.md");
