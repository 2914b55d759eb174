//! `[decision]` and `[[first-adopters]]`.

use super::{DateValue, NumberOr, PositionName, ThresholdFile, Who};
use normwave_pressure_factors::{Confidence, Design, evidence};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// How governments decide.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionFile {
    /// strict (default), at-least, noisy, hazard or trials.
    #[serde(default)]
    #[schemars(with = "RuleKind")]
    #[schemars(extend("x-evidence" = evidence(
        "Stuster 2023, §5: adopt when pressure to adopt exceeds pressure to stay", Design::Theory, Confidence::Low)))]
    pub(crate) rule: Option<Spanned<RuleKind>>,
    /// θ: what the balance must exceed. Beside a number and attributes, { uniform = [low, high] } and
    /// { normal = [mean, sd] } draw it once per replicate and actor.
    #[serde(default)]
    #[schemars(extend("x-evidence" = evidence(
        "Stuster 2023, §5 names no threshold", Design::Theory, Confidence::Low)))]
    pub(crate) threshold: ThresholdFile,
    /// Added to θ for positions below the one held.
    #[serde(default = "zero")]
    #[schemars(extend("x-evidence" = evidence(
        "Stuster 2023 names no cost of going back", Design::Theory, Confidence::Low)))]
    pub(crate) exit: NumberOr,
    /// Whether governments can go back.
    #[serde(default)]
    #[schemars(extend("x-evidence" = evidence(
        "off: what has been adopted is kept, as in models of cascades", Design::Convention, Confidence::Low)))]
    pub(crate) reversal: bool,
    /// synchronous (default), random-sequential or continuous (default under the hazard rule).
    #[serde(default)]
    #[schemars(with = "ScheduleKind")]
    #[schemars(extend("x-evidence" = evidence(
        "all decide on what they knew when the tick began", Design::Convention, Confidence::Low)))]
    pub(crate) schedule: Option<Spanned<ScheduleKind>>,
    /// λ, more than 0: reviews per year under the noisy rule and in continuous time (default 12);
    /// moves per year and unit of pressure under the hazard rule (default 1).
    #[serde(default)]
    #[schemars(with = "Option<f64>")]
    #[schemars(extend("x-evidence" = evidence(
        "12: a government looks at the matter every month", Design::Convention, Confidence::Low)))]
    pub(crate) rate: Option<Spanned<f64>>,
    /// τ: scale of the noise in units of pressure, more than 0; 1 if left out.
    #[serde(default)]
    #[schemars(with = "Option<f64>")]
    #[schemars(extend("x-evidence" = evidence(
        "1: noise of the size of one unit of pressure", Design::Convention, Confidence::Low)))]
    pub(crate) temperature: Option<Spanned<f64>>,
    /// fresh (drawn at each review) or persistent (drawn once: unobserved taste; the default).
    #[serde(default)]
    #[schemars(with = "Option<NoiseFile>")]
    #[schemars(extend("x-evidence" = evidence(
        "persistent: what is not observed of a government is taken to last", Design::Convention, Confidence::Low)))]
    pub(crate) noise: Option<Spanned<NoiseFile>>,
}

fn zero() -> NumberOr {
    NumberOr::Number(0.0)
}

impl Default for DecisionFile {
    fn default() -> Self {
        DecisionFile {
            rule: None,
            threshold: ThresholdFile::default(),
            exit: zero(),
            reversal: false,
            schedule: None,
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
    /// Moves in continuous time at the rate λ · P_ik to each open position k, whatever the pressure
    /// to stay; there is no threshold (voter, Bass, SI).
    Hazard,
    /// Each new adopter tries each of its ties once, in the next tick, and succeeds with the
    /// probability min(1, moderated pressure of the tie); there is no threshold (independent
    /// cascade).
    Trials,
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
    /// In continuous time: each reviews on a clock of its own, or moves at its hazard, and sees all
    /// moves before. Events still happen at the start of a tick.
    Continuous,
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
