//! The majority rule.

use super::{Preset, quoted, ties};
use schemars::JsonSchema;
use serde::Deserialize;

/// Majority: each takes the position of most of its partners, by tie strength, and keeps its own
/// where they are divided evenly; all at once, in either direction. Such runs can go round in circles.
///
/// `Σ_j w_ji 1[a_j = k] > Σ_j w_ji 1[a_j = a_i]`.
///
/// Source: P. L. Krapivsky and S. Redner, "Dynamics of majority rule in two-state interacting spin
/// systems", Physical Review Letters 90 (2003), with all partners as the group.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Majority {
    /// The layer.
    #[serde(default = "ties")]
    layer: String,
}

impl Preset for Majority {
    fn tables(&self) -> String {
        let layer = quoted(&self.layer);
        format!(
            "[factor.partners]\ntype = \"emulation\"\nlayer = {layer}\n\n[decision]\nrule = \"strict\"\nreversal = true\n"
        )
    }
}
