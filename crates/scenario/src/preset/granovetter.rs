//! Granovetter's crowd.

use super::{Preset, counting, ties};
use crate::file::NumberOr;
use schemars::JsonSchema;
use serde::Deserialize;

/// A crowd in which each joins once it counts as many participants as its own threshold; those
/// whose threshold is 0 begin.
///
/// `A_i ≥ θ_i`, with A_i the number of adopters tied to i: on a complete graph, of all others.
///
/// Source: M. Granovetter, "Threshold models of collective behavior", American Journal of
/// Sociology 83 (1978).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Granovetter {
    /// The layer; complete in the original.
    #[serde(default = "ties")]
    layer: String,
    /// θ_i: a count, the attribute that holds each one's count, or a law from which it is drawn.
    #[schemars(with = "NumberOr")]
    threshold: toml::Value,
}

impl Preset for Granovetter {
    fn tables(&self) -> String {
        counting(&self.layer, &self.threshold)
    }
}
