//! Complex contagion.

use super::{Preset, counting, ties};
use crate::file::NumberOr;
use schemars::JsonSchema;
use serde::Deserialize;

/// Complex contagion: a norm that is taken up only once several partners have.
///
/// `A_i ≥ θ_i`, with A_i the adopters among i's partners; a threshold of 1 is simple contagion.
///
/// Source: D. Centola and M. Macy, "Complex contagions and the weakness of long ties", American
/// Journal of Sociology 113 (2007).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ComplexContagion {
    /// The layer.
    #[serde(default = "ties")]
    layer: String,
    /// θ_i: how many adopters it takes, each with the strength of its tie; 2 if left out.
    #[serde(default = "two")]
    #[schemars(with = "NumberOr")]
    threshold: toml::Value,
}

fn two() -> toml::Value {
    toml::Value::Integer(2)
}

impl Preset for ComplexContagion {
    fn tables(&self) -> String {
        counting(&self.layer, &self.threshold)
    }
}
