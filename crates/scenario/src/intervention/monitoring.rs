//! Monitoring.

use super::{Intervention, keys};
use crate::{Change, Names, Toward, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Monitoring: conduct is watched and reported as a matter of routine.
///
/// Changes one gain: toward new positions `factors × strength`, for as long as it goes on. Less
/// than a campaign, but it does not fade.
///
/// Source: *The role of international organizations in promoting democratic norms*, 2025
/// (consistent monitoring, transparent reporting). The default is a convention: no source gives a
/// size.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Monitoring {
    /// The governments that are monitored.
    #[schemars(with = "Who")]
    pub who: Spanned<Who>,
    /// The senders whose pressure it turns; all if left out.
    #[serde(default)]
    #[schemars(with = "Option<Who>")]
    pub from: Option<Spanned<Who>>,
    /// The factors that it turns; `reputation` if left out.
    #[serde(default = "factors")]
    #[schemars(with = "Names")]
    pub factors: Spanned<Names>,
    /// Gain on their pressures, 0 to 11; 1 changes nothing; 1.25 if left out.
    #[serde(default = "strength", deserialize_with = "keys::gain")]
    #[schemars(range(min = 0, max = 11))]
    pub strength: f64,
}

fn factors() -> Spanned<Names> {
    keys::factor("reputation")
}

fn strength() -> f64 {
    1.25
}

impl Intervention for Monitoring {
    fn changes(&self) -> Vec<Change> {
        vec![
            Change::gain(&self.factors, self.strength)
                .on(&self.who)
                .sent_by(self.from.as_ref())
                .toward(Toward::New),
        ]
    }
}
