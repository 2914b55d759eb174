//! The network in which norms spread: actors of four kinds, attributes, affiliations, and layers
//! of directed weighted ties that change over time.
//!
//! A [`Network`] holds everything over all time; [`Network::at`] gives the read-only
//! [`NetworkView`] on one date, in which measures and derived layers are computed. This crate has
//! never heard of norms.

mod actor;
mod affiliation;
mod attribute;
mod derive;
mod error;
pub mod generate;
mod id_order;
mod layer;
mod limits;
pub mod measure;
mod network;
mod random;
mod standing;
#[cfg(test)]
mod support;
mod time;
mod timeline;
mod view;

pub use actor::{Actor, ActorId, ActorKind};
pub use affiliation::{Affiliation, Membership};
pub use attribute::{Attribute, Value};
pub use derive::{CoMembership, Derivation};
pub use error::NetworkError;
pub use id_order::{compare_ids, is_plain_number};
pub use jiff::civil::Date;
pub use layer::{Layer, LayerId, LayerSource, Tie, TieSpell};
pub use limits::{MAX_ACTORS, MAX_TIES};
pub use network::Network;
pub use standing::StandingTies;
pub use time::{Calendar, Spell, Tick, TickLength, parse_date};
pub use timeline::Timeline;
pub use view::NetworkView;
