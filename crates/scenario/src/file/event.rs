//! `[event.NAME]`: dated changes.

use super::{DateValue, Names, PositionName, Who};
use normwave_pressure_factors::checked;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toml::Spanned;

/// A dated event: a bundle of changes. `--without NAME` switches it off.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EventFile {
    /// What happened.
    #[serde(default)]
    pub(crate) title: String,
    /// When its changes begin.
    #[schemars(with = "DateValue")]
    pub(crate) date: Spanned<DateValue>,
    /// When they end; permanent if left out.
    #[serde(default)]
    #[schemars(with = "Option<DateValue>")]
    pub(crate) until: Option<Spanned<DateValue>>,
    /// Half-life in years of what `add` and `multiply` change, and of advocacy, if they decay;
    /// `inf` for an intervention that would decay by itself and shall not.
    #[serde(default, rename = "half-life")]
    #[schemars(with = "Option<f64>")]
    pub(crate) half_life: Option<Spanned<f64>>,
    /// Where the facts come from.
    #[serde(default)]
    pub(crate) source: String,
    /// What it costs those who bring it about, in any unit, 0 or more. It moves nothing; it is for
    /// weighing events against each other.
    #[serde(default, deserialize_with = "checked::not_negative")]
    #[schemars(range(min = 0))]
    pub(crate) cost: f64,
    /// What it changes; an event without changes only marks a date.
    #[serde(default)]
    #[schemars(with = "Vec<Change>")]
    pub(crate) change: Vec<Spanned<Change>>,
    // The intervention as which it is written; its changes are then what that stands for.
    #[serde(skip)]
    pub(crate) kind: Option<String>,
}

/// One change, as a scenario file writes it; it names exactly one of the things that can change.
// A place that is empty (`0..0`) stands for the event as a whole in messages.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// A numeric attribute (of `who`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub attribute: Option<Spanned<String>>,
    /// The strengths of a stored layer's ties (of `from`, to `who`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub layer: Option<Spanned<String>>,
    /// The strength κ of a factor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub kappa: Option<Spanned<String>>,
    /// A gain on some factors (on `who`, from `from`, in a direction).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Names>")]
    pub gain: Option<Spanned<Names>>,
    /// The weight of a group `GOV/role` in its selectorate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub weight: Option<Spanned<String>>,
    /// A group `GOV/role` whose way to its own government is closed while the event lasts, as with
    /// `blocked` in [[selectorate.group]].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub blocked: Option<Spanned<String>>,
    /// Thresholds (of `who`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub threshold: bool,
    /// How hard `who` advocates a position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<PositionName>")]
    pub advocacy: Option<Spanned<PositionName>>,
    /// A position that is on offer to `who`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<PositionName>")]
    pub offer: Option<Spanned<PositionName>>,
    /// A position that `who` is made to hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<PositionName>")]
    pub position: Option<Spanned<PositionName>>,
    /// Events whose decay slows down meanwhile: to a share `multiply` of its speed, 0 to 1; it
    /// stands still if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Names>")]
    pub sustain: Option<Spanned<Names>>,

    /// On whom. For `layer`, `gain`, `threshold` and `offer` everybody if left out; the others
    /// need it, but for `kappa`, `weight` and `blocked`, which take none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Who>")]
    pub who: Option<Spanned<Who>>,
    /// From which senders (for `layer` and `gain`); all if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Who>")]
    pub from: Option<Spanned<Who>>,
    /// For `gain`: status-quo or new; both if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub toward: Option<Toward>,
    /// The new value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<f64>,
    /// Added to the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub add: Option<f64>,
    /// Multiplies the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub multiply: Option<f64>,
    /// For `weight`: weights of several groups of one government at once.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(with = "BTreeMap<String, f64>")]
    pub weights: BTreeMap<Spanned<String>, f64>,
}

/// A direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Toward {
    /// Toward the status quo.
    StatusQuo,
    /// Toward new positions.
    New,
}
