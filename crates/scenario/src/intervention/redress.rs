//! Redress.

use super::{Intervention, keys};
use crate::{Change, Names, Toward, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Redress: case-law and complaints give people at home a way to hold their government to it.
///
/// Changes one gain: toward new positions `factors × strength`. It does not fade.
///
/// Source: *The role of international organizations in promoting democratic norms*, 2025 (case-law
/// and channels of redress across borders). The default is a convention: no source gives a size.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Redress {
    /// The governments that can be taken to court.
    #[schemars(with = "Who")]
    pub who: Spanned<Who>,
    /// Whose voice it strengthens; all senders if left out.
    #[serde(default)]
    #[schemars(with = "Option<Who>")]
    pub from: Option<Spanned<Who>>,
    /// The factors that it turns; `domestic-advocacy` if left out.
    #[serde(default = "factors")]
    #[schemars(with = "Names")]
    pub factors: Spanned<Names>,
    /// Gain on their pressures, 0 to 11; 1 changes nothing; 1.5 if left out.
    #[serde(default = "strength", deserialize_with = "keys::gain")]
    #[schemars(range(min = 0, max = 11))]
    pub strength: f64,
}

fn factors() -> Spanned<Names> {
    keys::factor("domestic-advocacy")
}

fn strength() -> f64 {
    1.5
}

impl Intervention for Redress {
    fn changes(&self) -> Vec<Change> {
        vec![
            Change::gain(&self.factors, self.strength)
                .on(&self.who)
                .sent_by(self.from.as_ref())
                .toward(Toward::New),
        ]
    }
}
