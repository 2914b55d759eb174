//! Sanctions.

use super::{Intervention, keys};
use crate::{Change, Names, Toward, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Sanctions: senders withhold trade, aid or access until a government moves.
///
/// Changes one gain: toward new positions `factors × strength`, from those who impose them. The end
/// of the event lifts them.
///
/// Source: *The role of international organizations in promoting democratic norms*, 2025; Stuster
/// 2023, §4.2.1 (material disincentives). The default is a convention: no source gives a size.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sanctions {
    /// The governments that are sanctioned.
    #[schemars(with = "Who")]
    pub who: Spanned<Who>,
    /// Who imposes them; all senders if left out.
    #[serde(default)]
    #[schemars(with = "Option<Who>")]
    pub from: Option<Spanned<Who>>,
    /// The factors that it turns; `material-sanction` if left out.
    #[serde(default = "factors")]
    #[schemars(with = "Names")]
    pub factors: Spanned<Names>,
    /// Gain on their pressures, 0 to 11; 1 changes nothing; 2 if left out.
    #[serde(default = "strength", deserialize_with = "keys::gain")]
    #[schemars(range(min = 0, max = 11))]
    pub strength: f64,
}

fn factors() -> Spanned<Names> {
    keys::factor("material-sanction")
}

fn strength() -> f64 {
    2.0
}

impl Intervention for Sanctions {
    fn changes(&self) -> Vec<Change> {
        vec![
            Change::gain(&self.factors, self.strength)
                .on(&self.who)
                .sent_by(self.from.as_ref())
                .toward(Toward::New),
        ]
    }
}
