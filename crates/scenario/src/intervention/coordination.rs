//! Joint regional and global action.

use super::{Intervention, keys};
use crate::{Change, Names, Toward, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Coordination: regional and global organisations speak with one voice.
///
/// Changes gains: toward new positions `factors × strength` from either; and, since spoilers gain
/// less against a joint front, toward the status quo `factors × (1 − restraint)` from the spoilers.
/// An organisation that is both regional and global counts twice.
///
/// Source: *The role of international organizations in promoting democratic norms*, 2025
/// (coordination amplifies legitimacy and reduces incentives for spoilers). The default is a
/// convention: no source gives a size.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Coordination {
    /// The governments that are addressed; all if left out.
    #[serde(default = "keys::all")]
    #[schemars(with = "Who")]
    pub who: Spanned<Who>,
    /// The regional organisations.
    #[schemars(with = "Who")]
    pub regional: Spanned<Who>,
    /// The global organisations.
    #[schemars(with = "Who")]
    pub global: Spanned<Who>,
    /// The factors that it turns; `moral` if left out.
    #[serde(default = "factors")]
    #[schemars(with = "Names")]
    pub factors: Spanned<Names>,
    /// Gain on their pressures, 0 to 11; 1 changes nothing; 1.25 if left out.
    #[serde(default = "strength", deserialize_with = "keys::gain")]
    #[schemars(range(min = 0, max = 11))]
    pub strength: f64,
    /// Who works against it; nobody if left out.
    #[serde(default)]
    #[schemars(with = "Option<Who>")]
    pub spoilers: Option<Spanned<Who>>,
    /// Share of the spoilers' pull that is lost, 0 to 1; 0.5 if left out.
    #[serde(default = "restraint", deserialize_with = "keys::share")]
    #[schemars(range(min = 0, max = 1))]
    pub restraint: f64,
}

fn factors() -> Spanned<Names> {
    keys::factor("moral")
}

fn strength() -> f64 {
    1.25
}

fn restraint() -> f64 {
    0.5
}

impl Intervention for Coordination {
    fn changes(&self) -> Vec<Change> {
        let joint = |senders| Change::gain(&self.factors, self.strength).on(&self.who).sent_by(senders);
        let mut changes: Vec<Change> =
            [&self.regional, &self.global].map(|senders| joint(senders).toward(Toward::New)).into();
        if let Some(spoilers) = &self.spoilers {
            let restrained =
                Change::gain(&self.factors, 1.0 - self.restraint).on(&self.who).sent_by(spoilers);
            changes.push(restrained.toward(Toward::StatusQuo));
        }
        changes
    }
}
