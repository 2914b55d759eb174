//! The linear threshold model.

use super::{Preset, counting, ties};
use crate::file::NumberOr;
use schemars::JsonSchema;
use serde::Deserialize;

/// Linear threshold: a government adopts once the weights of the adopters among its partners reach
/// a threshold that is drawn evenly from 0 to 1 in each replicate.
///
/// `Σ_j w_ji a_j ≥ θ_i`; the weights into each sum to at most 1.
///
/// Source: D. Kempe, J. Kleinberg and É. Tardos, "Maximizing the spread of influence through a
/// social network", KDD 2003, §2.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct LinearThreshold {
    /// The layer, whose strengths are the weights.
    #[serde(default = "ties")]
    layer: String,
    /// θ_i; drawn evenly from 0 to 1 if left out.
    #[serde(default = "uniform")]
    #[schemars(with = "NumberOr")]
    threshold: toml::Value,
}

fn uniform() -> toml::Value {
    let bounds = vec![toml::Value::Integer(0), toml::Value::Integer(1)];
    toml::Value::Table([("uniform".to_owned(), toml::Value::Array(bounds))].into_iter().collect())
}

impl Preset for LinearThreshold {
    fn tables(&self) -> String {
        counting(&self.layer, &self.threshold)
    }
}
