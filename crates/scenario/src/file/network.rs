//! `[network]`: who takes part, and the ties among them.

use super::DateValue;
use normwave_network_model::{ActorKind, CoMembership};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// Who takes part, and the ties among them.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NetworkFile {
    /// Begin with a network from a generator; its ties are the layer `ties`.
    #[serde(default)]
    #[schemars(with = "Option<GeneratorFile>")]
    pub(crate) generate: Option<Spanned<GeneratorFile>>,
    /// Begin with the states of the packaged international system; layers, affiliations and
    /// attributes are then taken from it by name.
    #[serde(default)]
    #[schemars(with = "bool")]
    pub(crate) world: Option<Spanned<bool>>,
    /// CSV files of actors: columns id, name, kind, home, role, from, until, predecessor (all but id
    /// may be left out).
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(crate) actors: Vec<Spanned<String>>,
    /// Actors given here.
    #[serde(default)]
    pub(crate) actor: Vec<ActorFile>,
    /// Attributes, by name.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, AttributeFile>")]
    pub(crate) attribute: BTreeMap<String, Spanned<AttributeFile>>,
    /// Affiliations, by name.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, AffiliationFile>")]
    pub(crate) affiliation: BTreeMap<String, Spanned<AffiliationFile>>,
    /// Layers of ties, by name. Derived layers may name any stored layer.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, LayerFile>")]
    pub(crate) layer: BTreeMap<String, Spanned<LayerFile>>,
}

/// A network from a generator.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum GeneratorFile {
    /// A hub `HUB` tied to leaves `L1`, `L2`, … in both directions.
    Star {
        /// Number of leaves.
        leaves: u32,
    },
    /// Actors `A1`, `A2`, … all tied to each other.
    Complete {
        /// Number of actors.
        actors: u32,
    },
    /// Islands, each completely tied inside, joined in a chain.
    IslandChain {
        /// Number of islands.
        islands: u32,
        /// Actors on each.
        size: u32,
        /// Width of the bridges: so many actors of one island are tied to as many of the next.
        bridge: u32,
    },
    /// Marriages among the families of Renaissance Florence (Padgett and Ansell 1993).
    Florentine {},
}

/// An actor.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ActorFile {
    /// Short unique id.
    #[schemars(with = "String")]
    pub(crate) id: Spanned<String>,
    /// Name for people; the id if left out.
    #[serde(default)]
    pub(crate) name: Option<String>,
    /// government (default), domestic-group, ngo or igo.
    #[serde(default = "government")]
    #[schemars(with = "String")]
    pub(crate) kind: ActorKind,
    /// The government to which a domestic group belongs.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) home: Option<Spanned<String>>,
    /// Role of a domestic group, such as military or public.
    #[serde(default)]
    pub(crate) role: Option<String>,
    /// When it comes into being.
    #[serde(default)]
    pub(crate) from: Option<DateValue>,
    /// When it ends.
    #[serde(default)]
    pub(crate) until: Option<DateValue>,
    /// Whose position it takes over when it comes into being.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) predecessor: Option<Spanned<String>>,
}

fn government() -> ActorKind {
    ActorKind::Government
}

/// An attribute of actors.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AttributeFile {
    /// From a CSV file: columns actor, value, from (from may be left out). A value that reads as a
    /// number is one.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) file: Option<Spanned<String>>,
    /// From the packaged world: the name of a covariate.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) world: Option<Spanned<String>>,
    /// Values given here, by actor.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, AttributeValue>")]
    pub(crate) values: BTreeMap<Spanned<String>, AttributeValue>,
    /// The value of actors that would otherwise have none.
    #[serde(default)]
    pub(crate) default: Option<AttributeValue>,
}

/// A value: a number or a category.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum AttributeValue {
    /// A number.
    Number(f64),
    /// A category.
    Category(String),
}

/// Membership of actors in organisations.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AffiliationFile {
    /// From a CSV file: columns actor, organisation, from, until (dates may be left out).
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) file: Option<Spanned<String>>,
    /// From the packaged world: the name of an affiliation.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) world: Option<Spanned<String>>,
    /// Members given here, by organisation.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Vec<String>>")]
    pub(crate) members: BTreeMap<String, Vec<Spanned<String>>>,
}

/// A layer of ties: stored (file, world, ties) or derived (projection, homophily, equivalence,
/// visibility).
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LayerFile {
    /// From a CSV file: columns from, to, strength, start, end (strength and dates may be left out).
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) file: Option<Spanned<String>>,
    /// From the packaged world: the name of a layer.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) world: Option<Spanned<String>>,
    /// Ties given here.
    #[serde(default)]
    pub(crate) ties: Vec<TieFile>,
    /// Whether each tie stands for both directions.
    #[serde(default)]
    pub(crate) undirected: bool,
    /// Co-membership in an affiliation's organisations.
    #[serde(default)]
    #[schemars(with = "Option<ProjectionFile>")]
    pub(crate) projection: Option<Spanned<ProjectionFile>>,
    /// Similarity in attributes, each with its scale.
    #[serde(default)]
    pub(crate) homophily: Option<BTreeMap<String, f64>>,
    /// Structural equivalence in a layer.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) equivalence: Option<Spanned<String>>,
    /// Everybody sees everybody, the more so with contact.
    #[serde(default)]
    #[schemars(with = "Option<VisibilityFile>")]
    pub(crate) visibility: Option<Spanned<VisibilityFile>>,
}

/// A tie.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TieFile {
    /// The sender.
    #[schemars(with = "String")]
    pub(crate) from: Spanned<String>,
    /// The target; `all` is every government.
    #[schemars(with = "String")]
    pub(crate) to: Spanned<String>,
    /// 0 or more; 1 if left out.
    #[serde(default)]
    #[schemars(with = "Option<f64>")]
    pub(crate) strength: Option<Spanned<f64>>,
    /// First day.
    #[serde(default)]
    pub(crate) start: Option<DateValue>,
    /// First day after.
    #[serde(default)]
    pub(crate) end: Option<DateValue>,
}

/// A projection of an affiliation.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProjectionFile {
    /// The affiliation.
    #[schemars(with = "String")]
    pub(crate) affiliation: Spanned<String>,
    /// What a shared membership counts: "count", "size-discounted" or { thresholded = { at-least = 30 } }.
    #[schemars(with = "serde_json::Value")]
    pub(crate) weighting: CoMembership,
}

/// Visibility of everybody to everybody.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VisibilityFile {
    /// What joins any two, 0 or more.
    pub(crate) base: f64,
    /// Added in full for the strongest contact.
    #[serde(default)]
    pub(crate) raise: f64,
    /// The layer of contact.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) contact: Option<Spanned<String>>,
}
