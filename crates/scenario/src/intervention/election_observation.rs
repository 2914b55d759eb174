//! Election observation.

use super::{Intervention, keys};
use crate::{Change, Names, Toward, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Election observation: a mission sees a vote and says in public what it saw.
///
/// Changes one gain: toward new positions `factors × strength`. Fades with a half-life of a year,
/// as attention moves on.
///
/// Source: *The role of international organizations in promoting democratic norms*, 2025
/// (observation missions and post-election analyses). The default is a convention: no source gives
/// a size.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ElectionObservation {
    /// The governments that hold the vote.
    #[schemars(with = "Who")]
    pub who: Spanned<Who>,
    /// The observers and whoever cites them; all senders if left out.
    #[serde(default)]
    #[schemars(with = "Option<Who>")]
    pub from: Option<Spanned<Who>>,
    /// The factors that it turns; `reputation` if left out.
    #[serde(default = "factors")]
    #[schemars(with = "Names")]
    pub factors: Spanned<Names>,
    /// Gain on their pressures, 0 to 11; 1 changes nothing; 1.5 if left out.
    #[serde(default = "strength", deserialize_with = "keys::gain")]
    #[schemars(range(min = 0, max = 11))]
    pub strength: f64,
}

fn factors() -> Spanned<Names> {
    keys::factor("reputation")
}

fn strength() -> f64 {
    1.5
}

impl Intervention for ElectionObservation {
    fn changes(&self) -> Vec<Change> {
        vec![
            Change::gain(&self.factors, self.strength)
                .on(&self.who)
                .sent_by(self.from.as_ref())
                .toward(Toward::New),
        ]
    }

    fn half_life(&self) -> Option<f64> {
        Some(1.0)
    }
}
