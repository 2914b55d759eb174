//! Spoiling.

use super::{Intervention, keys};
use crate::{Change, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Spoiling: outside powers work for the status quo.
///
/// Changes only advocacy: `x_j0 := level` of the spoilers, which are heard along the ties that they
/// have.
///
/// Source: *The role of international organizations in promoting democratic norms*, 2025
/// (democratic backsliding, hybrid threats, spoilers).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Spoiling {
    /// The spoilers.
    #[schemars(with = "Who")]
    pub by: Spanned<Who>,
    /// How hard, 0 to 1; 1 if left out.
    #[serde(default = "level", deserialize_with = "keys::share")]
    #[schemars(range(min = 0, max = 1))]
    pub level: f64,
}

fn level() -> f64 {
    1.0
}

impl Intervention for Spoiling {
    fn changes(&self) -> Vec<Change> {
        vec![Change::advocacy(&keys::status_quo(), &self.by, self.level)]
    }
}
