//! `[network]`: who takes part, and the ties among them.

use super::DateValue;
use normwave_network_model::{ActorKind, CoMembership};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use toml::Spanned;

/// Who takes part, and the ties among them.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NetworkFile {
    /// Begin with a network from a generator; its ties are the layer `ties`.
    #[serde(default)]
    #[schemars(with = "Option<GeneratorFile>")]
    pub(crate) generate: Option<Spanned<GeneratorFile>>,
    /// Rewire a share of the generated ties at random, every actor keeping its degree.
    #[serde(default)]
    #[schemars(with = "Option<RewiringFile>")]
    pub(crate) rewired: Option<Spanned<RewiringFile>>,
    /// Let ties form over the period, preferably with those who have many.
    #[serde(default)]
    #[schemars(with = "Option<GrowthFile>")]
    pub(crate) growth: Option<Spanned<GrowthFile>>,
    /// true: begin with the states of the packaged international system; layers, affiliations and
    /// attributes are then taken from it by name. "us-states": with the fifty states of the United
    /// States.
    #[serde(default)]
    #[schemars(with = "WorldFile")]
    pub(crate) world: Option<Spanned<WorldFile>>,
    /// CSV files of actors: columns id, name, kind, home, role, from, until, predecessor (all but id
    /// may be left out). Or { ties = "big.ties" }: a government for every id of a file of ties, which may
    /// be .ties, .parquet or CSV; the layers are still to be given.
    #[serde(default)]
    pub(crate) actors: ActorsFile,
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

/// Where actors are listed.
#[derive(Debug)]
pub(crate) enum ActorsFile {
    /// CSV files of actors.
    Tables(Vec<Spanned<String>>),
    /// A file of ties, of whose ids actors are made.
    Ties(Spanned<String>),
}

impl Default for ActorsFile {
    fn default() -> Self {
        ActorsFile::Tables(Vec::new())
    }
}

impl JsonSchema for ActorsFile {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Actors".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [
            { "type": "array", "items": { "type": "string" } },
            {
                "type": "object",
                "properties": { "ties": { "type": "string" } },
                "required": ["ties"],
                "additionalProperties": false
            }
        ] })
    }
}

impl<'de> Deserialize<'de> for ActorsFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ActorsVisitor;
        impl<'de> Visitor<'de> for ActorsVisitor {
            type Value = ActorsFile;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of CSV files, or { ties = \"big.ties\" }")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<ActorsFile, A::Error> {
                let mut files = Vec::new();
                while let Some(file) = seq.next_element()? {
                    files.push(file);
                }
                Ok(ActorsFile::Tables(files))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ActorsFile, A::Error> {
                let mut ties = None;
                while let Some(key) = map.next_key::<String>()? {
                    if key != "ties" {
                        return Err(de::Error::unknown_field(&key, &["ties"]));
                    }
                    ties = Some(map.next_value()?);
                }
                ties.map(ActorsFile::Ties).ok_or_else(|| de::Error::missing_field("ties"))
            }
        }
        deserializer.deserialize_any(ActorsVisitor)
    }
}

/// A network from a generator. Actors are `A1`, `A2`, … and ties go in both directions with strength 1,
/// unless said otherwise; at most 10 million actors and 100 million ties. A seed, 1 if left out, gives the
/// same network on every machine and in every version.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)]
pub(crate) enum GeneratorFile {
    /// A hub `HUB` tied to leaves `L1`, `L2`, … in both directions.
    Star {
        /// Number of leaves.
        leaves: u32,
    },
    /// All tied to each other.
    Complete {
        /// Number of actors.
        actors: u32,
    },
    /// Islands, each completely tied inside, joined in a chain; the attribute `island` numbers them.
    IslandChain {
        /// Number of islands.
        islands: u32,
        /// Actors on each.
        size: u32,
        /// Width of the bridges, 0 to size: so many actors of one island and of the next are joined.
        bridge: u32,
        /// wide (default): all at one end of a bridge are tied to all at the other; disjoint: each to
        /// one of its own. At width 1 both are a single tie.
        #[serde(default)]
        bridges: BridgesFile,
    },
    /// Actors on a circle, each tied to its degree / 2 nearest on either side (Watts and Strogatz 1998).
    Ring {
        /// Number of actors.
        actors: u32,
        /// Ties of each: even, 2 or more, below the number of actors.
        degree: u32,
    },
    /// Actors in rows and columns, of which the last is next to the first, tied to those near them.
    Torus {
        /// Number of rows, 2 radius + 1 or more.
        rows: u32,
        /// Number of columns, 2 radius + 1 or more.
        columns: u32,
        /// moore (default): all within radius rows and columns; von-neumann: all within radius steps.
        #[serde(default)]
        neighbourhood: NeighbourhoodFile,
        /// How far neighbours are; 1 if left out.
        #[serde(default = "one")]
        radius: u32,
    },
    /// A ring in which each tie lets go of its far end with a probability and takes hold of an actor
    /// drawn at random; degrees vary (Watts and Strogatz 1998). To keep degrees, use `ring` with
    /// [network] rewired.
    WattsStrogatz {
        /// Number of actors.
        actors: u32,
        /// Mean degree: even, 2 or more, below the number of actors.
        degree: u32,
        /// Probability that a tie is rewired, 0 to 1.
        rewired: f64,
        /// Seed.
        #[serde(default = "seed")]
        seed: u64,
    },
    /// Newcomers tie themselves to those who have many ties, in proportion to their number (Barabási
    /// and Albert 1999). All ties hold from the beginning; for ties that form over the period use [network]
    /// growth.
    BarabasiAlbert {
        /// Number of actors, more than ties.
        actors: u32,
        /// Ties of each newcomer, 1 or more.
        ties: u32,
        /// Seed.
        #[serde(default = "seed")]
        seed: u64,
    },
    /// Every pair is tied with one probability (Gilbert 1959, Erdős and Rényi 1959).
    ErdosRenyi {
        /// Number of actors.
        actors: u32,
        /// Probability of a tie, 0 to 1.
        probability: f64,
        /// Seed.
        #[serde(default = "seed")]
        seed: u64,
    },
    /// A random network with given degrees, no pair tied twice.
    Configuration {
        /// The degree of each actor, `A1` first; an even sum.
        degrees: Vec<u32>,
        /// Seed.
        #[serde(default = "seed")]
        seed: u64,
    },
    /// Blocks of actors, tied with probabilities by block (Holland, Laskey and Leinhardt 1983); the
    /// attribute `block` numbers them from 1.
    StochasticBlock {
        /// Actors of each block.
        sizes: Vec<u32>,
        /// For each block a row with the probability of a tie with each block, 0 to 1; symmetric.
        probability: Vec<Vec<f64>>,
        /// Seed.
        #[serde(default = "seed")]
        seed: u64,
    },
    /// A dense core, and a periphery that is tied to it more than to itself (Borgatti and Everett 2000);
    /// the attribute `block` is core or periphery.
    CorePeriphery {
        /// Actors in the core; they come first.
        core: u32,
        /// Actors in the periphery.
        periphery: u32,
        /// Probability of a tie between two of the core, 0 to 1.
        core_core: f64,
        /// Probability of a tie between one of the core and one of the periphery, 0 to 1.
        core_periphery: f64,
        /// Probability of a tie between two of the periphery, 0 to 1.
        periphery_periphery: f64,
        /// Seed.
        #[serde(default = "seed")]
        seed: u64,
    },
    /// Marriages among the families of Renaissance Florence (Padgett and Ansell 1993).
    Florentine {},
}

fn one() -> u32 {
    1
}

fn seed() -> u64 {
    1
}

/// How the ends of a bridge are tied.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum BridgesFile {
    /// All to all.
    #[default]
    Wide,
    /// One to one.
    Disjoint,
}

/// Who is near on a torus.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum NeighbourhoodFile {
    /// Those within so many rows and columns.
    #[default]
    Moore,
    /// Those within so many steps along rows and columns.
    VonNeumann,
}

/// Random exchange of the ends of generated ties (Maslov and Sneppen 2002).
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RewiringFile {
    /// Share of the ties that are exchanged, 0 to 100; above 1 ties are exchanged again.
    pub(crate) share: f64,
    /// Seed.
    #[serde(default = "seed")]
    pub(crate) seed: u64,
}

/// Ties that form at the start of every tick but the first, and then last: one end is a living
/// government drawn at random, the other is drawn in proportion to (degree + 1)^attachment.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GrowthFile {
    /// The stored layer that grows; `ties`, the layer of generated networks, if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) layer: Option<Spanned<String>>,
    /// New ties in each tick; each goes in both directions with strength 1.
    pub(crate) ties: u32,
    /// How much the well-tied are preferred: 0 not at all, 1 (default) in proportion; 0 or more.
    #[serde(default = "proportional")]
    pub(crate) attachment: f64,
    /// Seed.
    #[serde(default = "seed")]
    pub(crate) seed: u64,
}

fn proportional() -> f64 {
    1.0
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
    #[schemars(with = "Option<DateValue>")]
    pub(crate) until: Option<Spanned<DateValue>>,
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
    /// What becomes of governments that have no value when they come into the period: "error"
    /// (default) refuses the scenario if a mechanism needs the value; "drop" leaves them out: the
    /// norm does not apply to them, so that they neither decide nor hold a position. In a resource
    /// that senders bring to bear they count as 0. `normwave check` lists them.
    #[serde(default)]
    #[schemars(with = "Option<MissingFile>")]
    pub(crate) missing: Option<Spanned<MissingFile>>,
}

/// What becomes of governments without a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum MissingFile {
    /// The scenario is refused if a mechanism needs the value.
    Error,
    /// The norm does not apply to them.
    Drop,
}

/// A value: a number or a category.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(untagged)]
pub(crate) enum AttributeValue {
    /// A number.
    Number(f64),
    /// A category.
    Category(String),
}

impl<'de> Deserialize<'de> for AttributeValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ValueVisitor;
        impl Visitor<'_> for ValueVisitor {
            type Value = AttributeValue;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number, or a category in quotes")
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<AttributeValue, E> {
                if number.is_finite() {
                    Ok(AttributeValue::Number(number))
                } else {
                    Err(E::custom("the number must be finite; leave out what is not known"))
                }
            }

            #[expect(clippy::cast_precision_loss, reason = "numbers in files are small")]
            fn visit_i64<E: de::Error>(self, number: i64) -> Result<AttributeValue, E> {
                Ok(AttributeValue::Number(number as f64))
            }

            fn visit_str<E: de::Error>(self, category: &str) -> Result<AttributeValue, E> {
                Ok(AttributeValue::Category(category.to_owned()))
            }
        }
        deserializer.deserialize_any(ValueVisitor)
    }
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

/// Which packaged world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "true, or \"us-states\"")]
pub(crate) enum WorldFile {
    /// true: the states of the international system.
    Whether(bool),
    /// Another one by its name.
    Named(WorldName),
}

/// A packaged world beside the international system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum WorldName {
    /// The fifty states of the United States; the layer us-contiguity is theirs.
    UsStates,
}

/// A layer of ties: stored (file, world, ties) or derived (projection, homophily, equivalence,
/// visibility, interdependence, common-fate, self-restraint).
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LayerFile {
    /// From a CSV file: columns from, to, strength, start, end (strength and dates may be left out). For
    /// large networks from a tie file, .ties, or from .parquet, with the columns from, to and strength; of
    /// ties without dates also .graphml, .gexf, .net, .gml, .dl, .json (node-link), .edgelist and
    /// .matrix.csv. See `normwave network convert`.
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
    /// Whether each tie stands for both directions. Tie files, .graphml and their like say it themselves.
    #[serde(default)]
    pub(crate) undirected: bool,
    /// Co-membership in an affiliation's organisations: how many two share, or what these weigh.
    #[serde(default)]
    #[schemars(with = "Option<ProjectionFile>")]
    pub(crate) projection: Option<Spanned<ProjectionFile>>,
    /// Similarity in attributes, each with its scale: `Π exp(−|x_j − x_i| / scale)` over numbers, 1 or 0
    /// for equal or different categories. An actor that lacks one has no tie.
    #[serde(default)]
    pub(crate) homophily: Option<BTreeMap<String, f64>>,
    /// Structural equivalence in a layer: `1 − d_ij / max d`, with d the distance between two actors'
    /// ties (Burt 1987).
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) equivalence: Option<Spanned<String>>,
    /// Everybody sees everybody, the more so with contact: `base + raise · c / max c`, with c the
    /// stronger of the two directions.
    #[serde(default)]
    #[schemars(with = "Option<VisibilityFile>")]
    pub(crate) visibility: Option<Spanned<VisibilityFile>>,
    /// Mutual dependence in a layer of exchange, such as trade: the share of each in what reaches the
    /// other, the smaller of the two (Oneal and Russett 1997).
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) interdependence: Option<Spanned<String>>,
    /// Common fate in a layer of threats: how far the same third parties threaten both,
    /// `Σ_k min(w_ki, w_kj) / Σ_k max(w_ki, w_kj)`.
    #[serde(default, rename = "common-fate")]
    #[schemars(with = "Option<String>", rename = "common-fate")]
    pub(crate) common_fate: Option<Spanned<String>>,
    /// Self-restraint: how far two stay below the greatest hostility between any two,
    /// `1 − max(h_ij, h_ji) / max h`.
    #[serde(default, rename = "self-restraint")]
    #[schemars(with = "Option<RestraintFile>", rename = "self-restraint")]
    pub(crate) self_restraint: Option<Spanned<RestraintFile>>,
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
    #[schemars(with = "Option<DateValue>")]
    pub(crate) end: Option<Spanned<DateValue>>,
}

/// A projection of an affiliation.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProjectionFile {
    /// The affiliation.
    #[schemars(with = "String")]
    pub(crate) affiliation: Spanned<String>,
    /// What a shared membership counts: "count", "size-discounted", { thresholded = { at-least = 30 } }
    /// or { backbone = { significance = 0.05 } }, which keeps what is unlikely by chance.
    #[schemars(schema_with = "weighting")]
    pub(crate) weighting: CoMembership,
}

fn weighting(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "anyOf": [
        { "enum": ["count", "size-discounted"] },
        {
            "type": "object",
            "properties": {
                "thresholded": {
                    "type": "object",
                    "properties": { "at-least": { "type": "integer", "minimum": 1 } },
                    "required": ["at-least"],
                    "additionalProperties": false
                }
            },
            "required": ["thresholded"],
            "additionalProperties": false
        },
        {
            "type": "object",
            "properties": {
                "backbone": {
                    "type": "object",
                    "properties": {
                        "significance": { "type": "number", "exclusiveMinimum": 0, "maximum": 1 }
                    },
                    "required": ["significance"],
                    "additionalProperties": false
                }
            },
            "required": ["backbone"],
            "additionalProperties": false
        }
    ] })
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

/// Self-restraint.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RestraintFile {
    /// The layer of hostile acts.
    #[schemars(with = "String")]
    pub(crate) hostility: Spanned<String>,
    /// The layer of contact; pairs without contact are left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) contact: Option<Spanned<String>>,
}
