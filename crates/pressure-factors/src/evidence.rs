//! Where the defaults of parameters come from.

use serde::Serialize;

/// What kind of evidence stands behind a default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Design {
    /// A number or form that a theory gives.
    Theory,
    /// A case or a few, followed closely.
    CaseStudy,
    /// Many cases, compared without intervention.
    Observational,
    /// Cases that were treated at random.
    Experiment,
    /// No evidence: a choice of unit, or the simplest form that does what the source says.
    Convention,
}

/// How far a default can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Give your own, or vary it.
    Low,
    /// Of the right order.
    Moderate,
    /// Established.
    High,
}

/// The evidence for a default; schemas carry it as `x-evidence`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Where it is found, or what was chosen and why.
    pub source: &'static str,
    /// What kind it is.
    pub design: Design,
    /// How far it can be relied on.
    pub confidence: Confidence,
}

/// Evidence for the field of a mechanism, to be put into its schema.
///
/// ```
/// use normwave_pressure_factors::{Confidence, Design, evidence};
///
/// #[derive(schemars::JsonSchema, serde::Deserialize)]
/// struct Tiring {
///     /// What is left of an argument on hearing it again, in [0, 1].
///     #[serde(default)]
///     #[schemars(extend("x-evidence" = evidence("our guess", Design::Convention, Confidence::Low)))]
///     left: f64,
/// }
/// let schema = schemars::schema_for!(Tiring);
/// assert_eq!(schema.pointer("/properties/left/x-evidence/confidence").unwrap(), "low");
/// ```
#[must_use]
pub const fn evidence(source: &'static str, design: Design, confidence: Confidence) -> Evidence {
    Evidence { source, design, confidence }
}

// A name that the built-in cases use.
pub(crate) const NAME: Evidence =
    evidence("the usual name of the layer", Design::Convention, Confidence::High);

// A strength that is the unit of others.
pub(crate) const UNIT: Evidence =
    evidence("1 is the unit in which other pressures are measured", Design::Convention, Confidence::Low);
