//! Protection of defenders.

use super::{Intervention, keys};
use crate::{Change, Names, Toward, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Protection of defenders: documentation, safe reporting and legal aid deter repression of those
/// who speak up.
///
/// Changes one gain: toward new positions `factors × strength`, from the groups that are protected.
///
/// Source: *The role of international organizations in promoting democratic norms*, 2025
/// (documentation of abuses, safe channels, legal assistance). The default is a convention: no
/// source gives a size.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ProtectionOfDefenders {
    /// The governments at home.
    #[schemars(with = "Who")]
    pub who: Spanned<Who>,
    /// The groups that are protected.
    #[schemars(with = "Who")]
    pub groups: Spanned<Who>,
    /// The factors that it turns; `domestic-advocacy` if left out.
    #[serde(default = "factors")]
    #[schemars(with = "Names")]
    pub factors: Spanned<Names>,
    /// Gain on their pressures, 0 to 11; 1 changes nothing; 2 if left out.
    #[serde(default = "strength", deserialize_with = "keys::gain")]
    #[schemars(range(min = 0, max = 11))]
    pub strength: f64,
}

fn factors() -> Spanned<Names> {
    keys::factor("domestic-advocacy")
}

fn strength() -> f64 {
    2.0
}

impl Intervention for ProtectionOfDefenders {
    fn changes(&self) -> Vec<Change> {
        vec![
            Change::gain(&self.factors, self.strength)
                .on(&self.who)
                .sent_by(&self.groups)
                .toward(Toward::New),
        ]
    }
}
