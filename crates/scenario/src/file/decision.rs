//! `[decision]` and `[[first-adopters]]`.

use super::{DateValue, NumberOr, PositionName, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// How governments decide.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionFile {
    /// strict (default), at-least or noisy.
    #[serde(default)]
    pub(crate) rule: RuleKind,
    /// θ: what the balance must exceed.
    #[serde(default = "zero")]
    pub(crate) threshold: NumberOr,
    /// Added to θ for positions below the one held.
    #[serde(default = "zero")]
    pub(crate) exit: NumberOr,
    /// Whether governments can go back.
    #[serde(default)]
    pub(crate) reversal: bool,
    /// synchronous (default) or random-sequential.
    #[serde(default)]
    pub(crate) schedule: ScheduleKind,
    /// λ: reviews per year under the noisy rule, more than 0.
    #[serde(default)]
    #[schemars(with = "Option<f64>")]
    pub(crate) rate: Option<Spanned<f64>>,
    /// τ: scale of the noise in units of pressure, more than 0.
    #[serde(default)]
    #[schemars(with = "Option<f64>")]
    pub(crate) temperature: Option<Spanned<f64>>,
    /// fresh (drawn at each review) or persistent (drawn once: unobserved taste).
    #[serde(default)]
    #[schemars(with = "Option<NoiseFile>")]
    pub(crate) noise: Option<Spanned<NoiseFile>>,
}

fn zero() -> NumberOr {
    NumberOr::Number(0.0)
}

impl Default for DecisionFile {
    fn default() -> Self {
        DecisionFile {
            rule: RuleKind::Strict,
            threshold: zero(),
            exit: zero(),
            reversal: false,
            schedule: ScheduleKind::Synchronous,
            rate: None,
            temperature: None,
            noise: None,
        }
    }
}

/// The decision rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RuleKind {
    /// Moves when the balance exceeds the threshold.
    #[default]
    Strict,
    /// Moves when the balance reaches the threshold.
    AtLeast,
    /// Reviews now and then, with noise.
    Noisy,
}

/// When the noise is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum NoiseFile {
    /// Anew at each review.
    Fresh,
    /// Once per replicate, actor and position.
    Persistent,
}

/// The order of decisions within a tick.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ScheduleKind {
    /// All from the state at the start of the tick.
    #[default]
    Synchronous,
    /// One after the other in random order.
    RandomSequential,
}

/// A position that is given rather than decided.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AdopterFile {
    /// Who.
    #[schemars(with = "Who")]
    pub(crate) who: Spanned<Who>,
    /// Which position; 1 if left out.
    #[serde(default)]
    #[schemars(with = "Option<PositionName>")]
    pub(crate) position: Option<Spanned<PositionName>>,
    /// When; the period's start if left out.
    #[serde(default)]
    #[schemars(with = "Option<DateValue>")]
    pub(crate) date: Option<Spanned<DateValue>>,
}
