//! Early warning.

use super::{Intervention, keys};
use crate::{Change, Names, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Early warning: members share data across borders and respond together.
///
/// Changes one gain: in both directions `factors × strength` on what members hear from each other.
///
/// Source: *The role of international organizations in promoting democratic norms*, 2025 (regional
/// early-warning systems, data sharing, joint crisis response). The default is a convention: no
/// source gives a size.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EarlyWarning {
    /// Who takes part.
    #[schemars(with = "Who")]
    pub members: Spanned<Who>,
    /// The factors that it turns; `learning` if left out.
    #[serde(default = "factors")]
    #[schemars(with = "Names")]
    pub factors: Spanned<Names>,
    /// Gain on their pressures, 0 to 11; 1 changes nothing; 1.5 if left out.
    #[serde(default = "strength", deserialize_with = "keys::gain")]
    #[schemars(range(min = 0, max = 11))]
    pub strength: f64,
}

fn factors() -> Spanned<Names> {
    keys::factor("learning")
}

fn strength() -> f64 {
    1.5
}

impl Intervention for EarlyWarning {
    fn changes(&self) -> Vec<Change> {
        vec![Change::gain(&self.factors, self.strength).on(&self.members).sent_by(&self.members)]
    }
}
