//! `[advocacy]` and `[selectorate]`: who pushes what, and who counts at home.

use super::{DateValue, NumberOr, PositionName, Who};
use normwave_gain_shape::Shape;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// Who advocates what.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AdvocacyFile {
    /// How hard governments advocate each position while they hold it, in [0, 1]; 1 for all
    /// positions if left out.
    #[serde(default)]
    #[schemars(with = "Option<Vec<f64>>")]
    pub(crate) vigour: Option<Spanned<Vec<f64>>>,
    /// Rules for some actors; later ones win.
    #[serde(default)]
    #[schemars(with = "Vec<RuleFile>")]
    pub(crate) rule: Vec<Spanned<RuleFile>>,
    /// Stances set by dates; they beat rules.
    #[serde(default)]
    #[schemars(with = "Vec<ScheduleFile>")]
    pub(crate) schedule: Vec<Spanned<ScheduleFile>>,
    /// Actors whose advocacy is moved by that of others; later entries win.
    #[serde(default)]
    #[schemars(with = "Vec<PersuadableFile>")]
    pub(crate) persuadable: Vec<Spanned<PersuadableFile>>,
}

/// Actors whose advocacy is moved by that of others, tick by tick (Friedkin and Johnsen 1990):
/// `x_jk(t+1) = s_j·x⁰_jk(t) + (1 − s_j)·Σ_l u_lj·x_lk(t)`.
///
/// x⁰ is what the actor's own rule and schedule say, u_lj the strength of the tie from l in the
/// layer divided by the sum of all into j. At the first tick x = x⁰; x is rounded to 2⁻¹² after each
/// update. Whoever has no ties in keeps x⁰. A persuadable government advocates x instead of what
/// its vigour says. Each position moves by itself.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PersuadableFile {
    /// Who can be persuaded.
    #[schemars(with = "Who")]
    pub(crate) who: Spanned<Who>,
    /// The layer of ties along which they listen; it may be derived.
    #[schemars(with = "String")]
    pub(crate) layer: Spanned<String>,
    /// s_j, from 0 (says only what it hears; with 0 for all this is DeGroot's model) to 1 (is
    /// never persuaded): a number, or { attribute = weight, … } of the actors themselves.
    #[schemars(with = "NumberOr")]
    pub(crate) stubbornness: Spanned<NumberOr>,
    /// How strongly an actor hears what it said itself in the tick before, as the strength of a
    /// tie to itself, 0 or more; 0 if left out. It is what stands on the diagonal of DeGroot's
    /// matrix. Layers have no such ties.
    #[serde(default, rename = "self-weight")]
    #[schemars(with = "Option<f64>")]
    pub(crate) self_weight: Option<Spanned<f64>>,
}

/// A rule for some actors.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleFile {
    /// For whom.
    #[schemars(with = "Who")]
    pub(crate) who: Spanned<Who>,
    /// How hard they advocate each position, in [0, 1].
    #[serde(default)]
    #[schemars(with = "Option<Vec<f64>>")]
    pub(crate) vigour: Option<Spanned<Vec<f64>>>,
    /// Whose position they follow: "self" (governments' default), "nobody" (the others'), { actor = "GBR" }
    /// or { members = { affiliation = "…", organisation = "…" } } for the shares of its members.
    #[serde(default)]
    pub(crate) follows: Option<FollowsFile>,
}

/// Whose position an actor follows.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum FollowsFile {
    /// Its own.
    #[serde(rename = "self")]
    Own,
    /// Nobody's.
    Nobody,
    /// A government's.
    Actor(#[schemars(with = "String")] Spanned<String>),
    /// The shares of some governments.
    Members(#[schemars(with = "Who")] Spanned<Who>),
}

/// A stance set by dates.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScheduleFile {
    /// Whose.
    #[schemars(with = "Who")]
    pub(crate) who: Spanned<Who>,
    /// Toward which position.
    #[schemars(with = "PositionName")]
    pub(crate) position: Spanned<PositionName>,
    /// A level for the whole period, in [0, 1].
    #[serde(default)]
    #[schemars(with = "Option<f64>")]
    pub(crate) level: Option<Spanned<f64>>,
    /// Levels from dates on: `[["1991-11", 0.3], …]`; 0 before the first.
    #[serde(default)]
    #[schemars(with = "Vec<(DateValue, f64)>")]
    pub(crate) steps: Vec<(Spanned<DateValue>, Spanned<f64>)>,
}

/// The groups that keep governments in power; each becomes an actor `GOV/role` with a tie to its
/// government in the layer `domestic`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SelectorateFile {
    /// Groups of every government that has none of its own: weights by a rubric.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, RubricFile>")]
    pub(crate) rubric: BTreeMap<String, Spanned<RubricFile>>,
    /// Governments opened to view.
    #[serde(default)]
    #[schemars(with = "Vec<GroupFile>")]
    pub(crate) group: Vec<Spanned<GroupFile>>,
}

/// The weight of one role, from an attribute of its government.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RubricFile {
    /// Numeric attribute of the government; without one the weight is the shape at 0.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) attribute: Option<Spanned<String>>,
    /// Weight over the attribute, in [0, 1]; all roles together at most 1.
    pub(crate) weight: Shape,
    /// What the groups advocate, by position and date.
    #[serde(default)]
    #[schemars(with = "Vec<StanceFile>")]
    pub(crate) stance: Vec<Spanned<StanceFile>>,
}

/// A group of one government.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GroupFile {
    /// The government.
    #[schemars(with = "String")]
    pub(crate) government: Spanned<String>,
    /// The role, such as military; the group's id is `GOV/role`.
    pub(crate) role: String,
    /// Name for people.
    #[serde(default)]
    pub(crate) name: Option<String>,
    /// Its weight in the selectorate, in [0, 1]; all groups of a government together at most 1.
    #[schemars(with = "f64")]
    pub(crate) weight: Spanned<f64>,
    /// Whether its way to its own government is closed. Its weight is then 0; and where it
    /// persuades others along a layer, its strength toward those at home (its government and that
    /// government's other groups) goes to its ties abroad, in proportion to their strengths. What
    /// it has to say leaves the country, if anybody there listens (Keck and Sikkink 1998). From a
    /// date on: an event with `blocked`.
    #[serde(default)]
    pub(crate) blocked: bool,
    /// What it advocates, by position and date.
    #[serde(default)]
    #[schemars(with = "Vec<StanceFile>")]
    pub(crate) stance: Vec<Spanned<StanceFile>>,
    /// Where weight and stances come from.
    #[serde(default)]
    #[expect(dead_code, reason = "for readers of the file")]
    pub(crate) source: String,
}

/// A stance of a group.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StanceFile {
    /// Toward which position.
    #[schemars(with = "PositionName")]
    pub(crate) position: Spanned<PositionName>,
    /// How hard, in [0, 1].
    #[schemars(with = "f64")]
    pub(crate) level: Spanned<f64>,
    /// First day; the period's start if left out.
    #[serde(default)]
    #[schemars(with = "Option<DateValue>")]
    pub(crate) from: Option<Spanned<DateValue>>,
    /// First day after.
    #[serde(default)]
    #[schemars(with = "Option<DateValue>")]
    pub(crate) until: Option<Spanned<DateValue>>,
}
