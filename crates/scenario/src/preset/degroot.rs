//! DeGroot's consensus.

use super::friedkin_johnsen::{all, listening};
use super::{Preset, ties};
use crate::file::Who;
use schemars::JsonSchema;
use serde::Deserialize;

/// Consensus: each advocates the mean of what those advocate to whom it listens, itself included
/// if it has a weight of its own; nothing holds it to where it began.
///
/// `x_j(t+1) = Σ_l u_lj x_l(t)`, with u the strengths into j divided by their sum. On a connected
/// layer that does not alternate, all end at the mean of the first stances, weighted by the layer's
/// left eigenvector.
///
/// Source: M. H. DeGroot, "Reaching a consensus", Journal of the American Statistical Association
/// 69 (1974).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Degroot {
    /// The layer along which they listen.
    #[serde(default = "ties")]
    layer: String,
    /// Who listens; every government if left out.
    #[serde(default = "all")]
    #[schemars(with = "Who")]
    who: toml::Value,
    /// The strength with which each hears itself, 0 or more.
    #[serde(default)]
    self_weight: f64,
}

impl Preset for Degroot {
    fn tables(&self) -> String {
        listening(&self.layer, &self.who, &toml::Value::Integer(0), self.self_weight)
    }
}
