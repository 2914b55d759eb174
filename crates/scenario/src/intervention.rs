//! Interventions: events with a name and a meaning, which expand into primitive changes (MODEL §8).
//!
//! In a scenario file an event with a `type` is an intervention. Beside the keys of every event
//! (title, date, until, half-life, source, cost) it has those of its type:
//!
//! ```toml
//! [event.kempton-park]
//! type = "regional-conference"
//! date = 1997-05-19
//! until = 1997-05-22
//! members = { member = { affiliation = "groups", organisation = "SADC" } }
//! layer = "diplomatic"
//! ```
//!
//! It stands for changes that `change = […]` could write just as well, and moves nothing else;
//! [`expanded`] writes them out. Each type says which they are. To add one, implement
//! [`Intervention`] and name it with [`InterventionRegistry::register`].

mod accession_offer;
mod benchmarks;
mod capacity_building;
mod change;
mod civic_education;
mod conditionality;
mod coordination;
mod early_warning;
mod election_observation;
mod entry_into_force;
mod expanded;
mod fact_finding;
mod funding;
mod keys;
mod leadership_change;
mod mediation;
mod monitoring;
mod officials_network;
mod participation_templates;
mod praise;
mod private_diplomacy;
mod protection_of_defenders;
mod public_opinion_shock;
mod rapid_response;
mod recognition;
mod redress;
mod regional_conference;
mod registry;
mod reservation;
mod sanctions;
mod scandal;
mod shaming;
mod social_media_campaign;
mod spoiling;
mod standards;
mod targeted_campaign;
mod veto_threat;

pub use accession_offer::AccessionOffer;
pub use benchmarks::Benchmarks;
pub use capacity_building::CapacityBuilding;
pub use civic_education::CivicEducation;
pub use conditionality::Conditionality;
pub use coordination::Coordination;
pub use early_warning::EarlyWarning;
pub use election_observation::ElectionObservation;
pub use entry_into_force::EntryIntoForce;
pub use expanded::expanded;
pub use fact_finding::FactFinding;
pub use funding::Funding;
pub use leadership_change::LeadershipChange;
pub use mediation::Mediation;
pub use monitoring::Monitoring;
pub use officials_network::OfficialsNetwork;
pub use participation_templates::ParticipationTemplates;
pub use praise::Praise;
pub use private_diplomacy::PrivateDiplomacy;
pub use protection_of_defenders::ProtectionOfDefenders;
pub use public_opinion_shock::PublicOpinionShock;
pub use rapid_response::RapidResponse;
pub use recognition::Recognition;
pub use redress::Redress;
pub use regional_conference::RegionalConference;
pub use registry::InterventionRegistry;
pub use reservation::Reservation;
pub use sanctions::Sanctions;
pub use scandal::Scandal;
pub use shaming::Shaming;
pub use social_media_campaign::SocialMediaCampaign;
pub use spoiling::Spoiling;
pub use standards::Standards;
pub use targeted_campaign::TargetedCampaign;
pub use veto_threat::VetoThreat;

use crate::Change;
use std::fmt::Debug;

/// An event with a name and a meaning, as which its author thinks of it.
///
/// Its fields are its keys in a scenario file. Those that are `Spanned` and handed on to a change
/// keep their place in the file, so that messages point at them.
pub trait Intervention: Debug + Send + Sync {
    /// The changes for which it stands, from the event's date until its end.
    fn changes(&self) -> Vec<Change>;

    /// Half-life of its changes in years, where the event gives none; `None`: they do not decay.
    fn half_life(&self) -> Option<f64> {
        None
    }
}
