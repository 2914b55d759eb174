//! Rapid response.

use super::{Intervention, keys};
use crate::{Change, Names, Toward, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Rapid response: a network brings to light what would have stayed hidden.
///
/// Changes one gain: toward new positions `factors × strength`. Fades with a half-life of a quarter
/// of a year.
///
/// Source: *The role of international organizations in promoting democratic norms*, 2025 (networks
/// that mobilise rapid responses and highlight hidden patterns). The default is a convention: no
/// source gives a size.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RapidResponse {
    /// The governments that are exposed.
    #[schemars(with = "Who")]
    pub who: Spanned<Who>,
    /// Who spreads the word; all senders if left out.
    #[serde(default)]
    #[schemars(with = "Option<Who>")]
    pub from: Option<Spanned<Who>>,
    /// The factors that it turns; `reputation` if left out.
    #[serde(default = "factors")]
    #[schemars(with = "Names")]
    pub factors: Spanned<Names>,
    /// Gain on their pressures, 0 to 11; 1 changes nothing; 2 if left out.
    #[serde(default = "strength", deserialize_with = "keys::gain")]
    #[schemars(range(min = 0, max = 11))]
    pub strength: f64,
}

fn factors() -> Spanned<Names> {
    keys::factor("reputation")
}

fn strength() -> f64 {
    2.0
}

impl Intervention for RapidResponse {
    fn changes(&self) -> Vec<Change> {
        vec![
            Change::gain(&self.factors, self.strength)
                .on(&self.who)
                .sent_by(self.from.as_ref())
                .toward(Toward::New),
        ]
    }

    fn half_life(&self) -> Option<f64> {
        Some(0.25)
    }
}
