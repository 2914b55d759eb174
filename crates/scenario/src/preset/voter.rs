//! The voter model.

use super::{Preset, quoted, ties};
use schemars::JsonSchema;
use serde::Deserialize;

/// Voter: at some rate each takes the position of a partner drawn by tie strength, in either
/// direction.
///
/// `rate_i(→ k) = λ · Σ_j w_ji 1[a_j = k] / Σ_j w_ji` a year.
///
/// Source: R. A. Holley and T. M. Liggett, "Ergodic theorems for weakly interacting infinite
/// systems and the voter model", Annals of Probability 3 (1975).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Voter {
    /// The layer.
    #[serde(default = "ties")]
    layer: String,
    /// λ a year, more than 0; 1 if left out.
    #[serde(default = "one")]
    rate: f64,
}

fn one() -> f64 {
    1.0
}

impl Preset for Voter {
    fn tables(&self) -> String {
        format!(
            r#"[factor.partners]
type = "emulation"
layer = {}
exposure = "mean"

[decision]
rule = "hazard"
schedule = "continuous"
rate = {:?}
reversal = true
"#,
            quoted(&self.layer),
            self.rate
        )
    }
}
