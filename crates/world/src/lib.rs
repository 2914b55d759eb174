//! The packaged international system, 1980 to 2016: states, ties among them, covariates and
//! memberships, in compact tables of our own with their sources (`data/SOURCES.md`; each is
//! derived by `derive/derive.py`).
//!
//! [`LAYERS`], [`ATTRIBUTES`] and [`AFFILIATIONS`] list what there is, with unit, direction, years
//! and sources; [`citations`] collects what to cite. Tables are decoded when they are asked for, and
//! only for the years that are asked for.
//!
//! ```
//! use normwave_network_model::{Network, parse_date};
//! let mut network = Network::default();
//! normwave_world::add_states(&mut network)?;
//! let defence = normwave_world::layer("defence", &network, 1990..=2000)?;
//! let trade = normwave_world::layer("trade", &network, 1990..=2000)?;
//! assert!(defence.len() > 1000 && trade.len() > 1000);
//! assert_eq!(network.at(parse_date("1997")?)?.governments().count(), 187);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod affiliation;
mod attribute;
mod catalogue;
mod codes;
mod columns;
mod coverage;
mod figures;
mod layer;
mod mine_ban;
mod packaged;
mod sources;
mod states;
mod table;
mod us_states;
mod years;

pub use affiliation::affiliation;
pub use attribute::attribute;
pub use catalogue::{
    AFFILIATIONS, ATTRIBUTES, Entry, FACTS, LAYERS, NOT_PACKAGED, NotPackaged, UNITED_STATES, entry,
};
pub use codes::{CodeError, CodeScheme, code_of, resolve};
pub use coverage::{Coverage, YearCoverage};
pub use figures::{Figures, yearly_figures};
pub use layer::layer;
pub use mine_ban::{Fact, TimelineEntry, folds, mine_ban_facts, mine_ban_timeline};
pub use sources::{FROM_MEMORY, SOURCES, Source, citations, source};
pub use states::add_states;
pub use table::WorldError;
pub use us_states::{US_CONTIGUITY, add_us_states, resolve_us_state};
pub use years::YEARS;

/// Where the tables come from, for people: sources, citations, terms of use, choices.
pub const SOURCES_PAGE: &str = include_str!("../data/SOURCES.md");
