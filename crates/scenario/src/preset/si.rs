//! Susceptible and infected.

use super::{Exposure, Preset, adopters_alone, ties};
use schemars::JsonSchema;
use serde::Deserialize;

/// SI: a government adopts at a rate in proportion to the adopters among its partners, and never
/// goes back; simple contagion in continuous time.
///
/// `rate_i = β · Σ_j w_ji a_j` a year; with exposure "mean" the sum is divided by all strengths.
///
/// Source: N. T. J. Bailey, "The Mathematical Theory of Infectious Diseases", 2nd ed. (1975), on the
/// simple epidemic.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Si {
    /// The layer.
    #[serde(default = "ties")]
    layer: String,
    /// β a year, more than 0.
    rate: f64,
    /// Whether adopters add up, or are divided by the strengths of all ties.
    #[serde(default)]
    exposure: Exposure,
}

impl Preset for Si {
    fn tables(&self) -> String {
        let adopters = adopters_alone(&self.layer, 1.0, self.exposure);
        let rate = self.rate;
        format!("{adopters}\n[decision]\nrule = \"hazard\"\nschedule = \"continuous\"\nrate = {rate:?}\n")
    }
}
