//! What a scenario file can say: the keys, as they are written.

mod advocacy;
mod decision;
mod event;
mod expect;
mod network;
mod norm;
mod value;

pub(crate) use advocacy::{
    AdvocacyFile, FollowsFile, GroupFile, PersuadableFile, RubricFile, ScheduleFile, SelectorateFile,
    StanceFile,
};
pub(crate) use decision::{AdopterFile, DecisionFile, NoiseFile, RuleKind, ScheduleKind};
pub(crate) use event::EventFile;
pub use event::{Change, Toward};
pub(crate) use expect::{ExpectFile, PatternKind, RangeFile, VariantFile};
pub(crate) use network::{
    ActorFile, ActorsFile, AffiliationFile, AttributeFile, AttributeValue, BridgesFile, GeneratorFile,
    GrowthFile, LayerFile, MissingFile, NeighbourhoodFile, NetworkFile, RewiringFile, WorldFile, WorldName,
};
pub(crate) use norm::{ForumFile, ForumRuleFile, NormFile, OfferFile, QuotaFile, VersionsFile};
pub(crate) use value::{DateValue, NumberOr, ShareValue, ThresholdFile};
pub use value::{MemberOf, Names, PositionName, Who, WhoFilter};

use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// The version of the scenario format that this program reads.
pub const SCHEMA_VERSION: u32 = 1;

/// A normwave scenario.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Scenario")]
pub(crate) struct ScenarioFile {
    /// Version of the format; 1.
    #[expect(dead_code, reason = "checked before the other keys are read")]
    pub(crate) schema: u32,
    /// What the scenario is called.
    pub(crate) title: String,
    /// What theory says should happen, and why.
    #[serde(default)]
    pub(crate) theory: String,
    /// Where the scenario's facts come from.
    #[serde(default)]
    pub(crate) source: String,
    /// The period.
    pub(crate) period: PeriodFile,
    /// Who takes part, and the ties among them.
    pub(crate) network: NetworkFile,
    /// The norm.
    #[serde(default)]
    pub(crate) norm: NormFile,
    /// Forums, by name.
    #[serde(default)]
    pub(crate) forum: BTreeMap<String, ForumFile>,
    /// Who advocates what.
    #[serde(default)]
    pub(crate) advocacy: AdvocacyFile,
    /// The groups that keep governments in power.
    #[serde(default)]
    pub(crate) selectorate: SelectorateFile,
    /// How governments decide.
    #[serde(default)]
    pub(crate) decision: DecisionFile,
    /// Positions that are given rather than decided.
    #[serde(default, rename = "first-adopters")]
    pub(crate) first_adopters: Vec<AdopterFile>,
    /// CSV file of who adopted when in truth: columns actor and from (the date of adoption), optional
    /// until (the first day after a withdrawal; if left out, the position is kept until the actor's next
    /// row for another position, if there is one) and position (by name or number; if left out the last
    /// of the norm's positions, the full norm). It is what `normwave describe` describes; a run does not
    /// look at it.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) history: Option<Spanned<String>>,
    /// Dated events, by name.
    #[serde(default)]
    pub(crate) event: BTreeMap<String, EventFile>,
    /// What must come out.
    #[serde(default)]
    pub(crate) expect: ExpectFile,
    /// The scenario with some changes, by name, and what must come out then.
    #[serde(default)]
    pub(crate) variant: BTreeMap<String, VariantFile>,
}

/// The period of a run.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PeriodFile {
    /// First day.
    #[schemars(with = "DateValue")]
    pub(crate) start: Spanned<DateValue>,
    /// First day after the end.
    #[schemars(with = "DateValue")]
    pub(crate) until: Spanned<DateValue>,
    /// Length of a tick: day, week, month, quarter or year.
    #[schemars(with = "String")]
    pub(crate) tick: normwave_network_model::TickLength,
}
