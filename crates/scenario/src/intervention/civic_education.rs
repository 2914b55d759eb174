//! Civic education.

use super::{Intervention, keys};
use crate::{Change, Names, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Civic education: media literacy, independent courts and clean government let citizens be heard.
///
/// Changes one gain: in both directions `factors × strength`, since those who oppose the norm are
/// heard better, too. It does not fade.
///
/// Source: *The role of international organizations in promoting democratic norms*, 2025 (civic
/// education, media literacy, judicial independence, anti-corruption). The default is a convention:
/// no source gives a size.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CivicEducation {
    /// The governments of these citizens.
    #[schemars(with = "Who")]
    pub who: Spanned<Who>,
    /// The factors that it turns; `domestic-advocacy` if left out.
    #[serde(default = "factors")]
    #[schemars(with = "Names")]
    pub factors: Spanned<Names>,
    /// Gain on their pressures, 0 to 11; 1 changes nothing; 1.25 if left out.
    #[serde(default = "strength", deserialize_with = "keys::gain")]
    #[schemars(range(min = 0, max = 11))]
    pub strength: f64,
}

fn factors() -> Spanned<Names> {
    keys::factor("domestic-advocacy")
}

fn strength() -> f64 {
    1.25
}

impl Intervention for CivicEducation {
    fn changes(&self) -> Vec<Change> {
        vec![Change::gain(&self.factors, self.strength).on(&self.who)]
    }
}
