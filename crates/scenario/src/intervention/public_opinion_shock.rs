//! A shock to public opinion.

use super::{Intervention, keys};
use crate::{Change, PositionName, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Public-opinion shock: what happened makes groups take a stance.
///
/// Changes only advocacy: `x_gk := level` for the groups named. With a half-life the level falls
/// toward 0, and the stance before comes back when nothing is left.
///
/// Source: Stuster 2023, §6.2 (the death of Diana, Princess of Wales, in August 1997).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PublicOpinionShock {
    /// The groups, such as `GBR/public`.
    #[schemars(with = "Who")]
    pub who: Spanned<Who>,
    /// What they now advocate; position 1 if left out.
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

impl Intervention for PublicOpinionShock {
    fn changes(&self) -> Vec<Change> {
        vec![Change::advocacy(&self.position, &self.who, self.level)]
    }
}
