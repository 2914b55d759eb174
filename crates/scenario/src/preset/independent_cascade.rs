//! The independent cascade.

use super::{Exposure, Preset, adopters_alone, ties};
use schemars::JsonSchema;
use serde::Deserialize;

/// Independent cascade: each new adopter tries each of its partners once, and wins it over with
/// some probability.
///
/// The probability of a tie is `min(1, p · w_ji)`.
///
/// Source: D. Kempe, J. Kleinberg and É. Tardos, "Maximizing the spread of influence through a
/// social network", KDD 2003, §2.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct IndependentCascade {
    /// The layer.
    #[serde(default = "ties")]
    layer: String,
    /// p per unit of strength, 0 or more; 1 if left out, where strengths are probabilities.
    #[serde(default = "one")]
    probability: f64,
}

fn one() -> f64 {
    1.0
}

impl Preset for IndependentCascade {
    fn tables(&self) -> String {
        let adopters = adopters_alone(&self.layer, self.probability, Exposure::Sum);
        format!("{adopters}\n[decision]\nrule = \"trials\"\n")
    }
}
