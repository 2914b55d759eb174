//! `[event.NAME]`: dated changes.

use super::{DateValue, Names, PositionName, Who};
use schemars::JsonSchema;
use serde::Deserialize;
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
    /// Half-life in years of what `add` and `multiply` change, if they decay.
    #[serde(default, rename = "half-life")]
    #[schemars(with = "Option<f64>")]
    pub(crate) half_life: Option<Spanned<f64>>,
    /// Where the facts come from.
    #[serde(default)]
    pub(crate) source: String,
    /// What it changes; an event without changes only marks a date.
    #[serde(default)]
    #[schemars(with = "Vec<ChangeFile>")]
    pub(crate) change: Vec<Spanned<ChangeFile>>,
}

/// One change; name exactly one of the things that can change.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeFile {
    /// A numeric attribute (of `who`).
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) attribute: Option<Spanned<String>>,
    /// The strengths of a stored layer's ties (of `from`, to `who`).
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) layer: Option<Spanned<String>>,
    /// The strength κ of a factor.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) kappa: Option<Spanned<String>>,
    /// A gain on some factors (on `who`, from `from`, in a direction).
    #[serde(default)]
    #[schemars(with = "Option<Names>")]
    pub(crate) gain: Option<Spanned<Names>>,
    /// The weight of a group `GOV/role` in its selectorate.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) weight: Option<Spanned<String>>,
    /// Thresholds (of `who`).
    #[serde(default)]
    pub(crate) threshold: bool,
    /// How hard `who` advocates a position.
    #[serde(default)]
    #[schemars(with = "Option<PositionName>")]
    pub(crate) advocacy: Option<Spanned<PositionName>>,
    /// A position that is on offer to `who`.
    #[serde(default)]
    #[schemars(with = "Option<PositionName>")]
    pub(crate) offer: Option<Spanned<PositionName>>,
    /// A position that `who` is made to hold.
    #[serde(default)]
    #[schemars(with = "Option<PositionName>")]
    pub(crate) position: Option<Spanned<PositionName>>,

    /// On whom. For `layer`, `gain`, `threshold` and `offer` everybody if left out; the others
    /// need it, but for `kappa` and `weight`, which take none.
    #[serde(default)]
    #[schemars(with = "Option<Who>")]
    pub(crate) who: Option<Spanned<Who>>,
    /// From which senders (for `layer` and `gain`); all if left out.
    #[serde(default)]
    #[schemars(with = "Option<Who>")]
    pub(crate) from: Option<Spanned<Who>>,
    /// For `gain`: status-quo or new; both if left out.
    #[serde(default)]
    pub(crate) toward: Option<TowardFile>,
    /// The new value.
    #[serde(default)]
    pub(crate) set: Option<f64>,
    /// Added to the value.
    #[serde(default)]
    pub(crate) add: Option<f64>,
    /// Multiplies the value.
    #[serde(default)]
    pub(crate) multiply: Option<f64>,
    /// For `weight`: weights of several groups of one government at once.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, f64>")]
    pub(crate) weights: BTreeMap<Spanned<String>, f64>,
}

/// A direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum TowardFile {
    /// Toward the status quo.
    StatusQuo,
    /// Toward new positions.
    New,
}
