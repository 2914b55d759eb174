//! A fact-finding inquiry.

use super::{Intervention, keys};
use crate::{Change, PositionName, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Fact-finding: an inquiry gives an organisation something to say.
///
/// Changes only advocacy: `x_jk := level` of the organisation. Fades with a half-life of a year.
///
/// Source: *The role of international organizations in promoting democratic norms*, 2025
/// (fact-finding inquiries). The default is a convention: no source gives a size.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FactFinding {
    /// The organisation that inquires.
    #[schemars(with = "Who")]
    pub by: Spanned<Who>,
    /// What it then advocates; position 1 if left out.
    #[serde(default = "keys::adoption")]
    #[schemars(with = "PositionName")]
    pub position: Spanned<PositionName>,
    /// How hard, 0 to 1; 1 if left out.
    #[serde(default = "level", deserialize_with = "keys::share")]
    #[schemars(range(min = 0, max = 1))]
    pub level: f64,
}

fn level() -> f64 {
    1.0
}

impl Intervention for FactFinding {
    fn changes(&self) -> Vec<Change> {
        vec![Change::advocacy(&self.position, &self.by, self.level)]
    }

    fn half_life(&self) -> Option<f64> {
        Some(1.0)
    }
}
