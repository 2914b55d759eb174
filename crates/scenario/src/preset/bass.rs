//! Bass's innovators and imitators.

use super::{Exposure, Preset, adopters_alone, ties};
use schemars::JsonSchema;
use serde::Deserialize;

/// Bass: governments adopt by themselves at a rate p, and by imitation at a rate q times the share
/// of their partners that have adopted; in continuous time, without a way back.
///
/// `rate_i = p + q · Σ_j w_ji a_j / Σ_j w_ji` a year. On a complete graph of many actors the share
/// follows `F(t) = (1 − e^(−(p+q)t)) / (1 + (q/p) e^(−(p+q)t))`; with few it lags behind.
///
/// Source: F. M. Bass, "A new product growth for model consumer durables", Management Science 15
/// (1969).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Bass {
    /// The layer; complete in the original.
    #[serde(default = "ties")]
    layer: String,
    /// p: innovation a year, 0 or more.
    p: f64,
    /// q: imitation a year, 0 or more.
    q: f64,
}

impl Preset for Bass {
    fn tables(&self) -> String {
        format!(
            r#"{}
[factor.innovation]
type = "own-interest"
kappa = {:?}

[decision]
rule = "hazard"
schedule = "continuous"
rate = 1
"#,
            adopters_alone(&self.layer, self.q, Exposure::Mean),
            self.p
        )
    }
}
