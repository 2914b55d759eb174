//! Comparative benchmarks.

use super::{Intervention, keys};
use crate::{Change, Names, PositionName, Toward, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Benchmarks: published comparisons part status from moral authority and name the next step.
///
/// Changes gains: in both directions `status × (1 − detachment)`, and toward new positions `moral ×
/// clarity`. With a milestone, that position is on offer meanwhile.
///
/// Source: *The role of international organizations in promoting democratic norms*, 2025
/// (comparative benchmarks detach political status from moral authority and offer practical
/// milestones). The default is a convention: no source gives a size.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Benchmarks {
    /// The governments that are compared; all if left out.
    #[serde(default = "keys::all")]
    #[schemars(with = "Who")]
    pub who: Spanned<Who>,
    /// The factors that carry status; `status` if left out.
    #[serde(default = "status")]
    #[schemars(with = "Names")]
    pub status: Spanned<Names>,
    /// How much of their pull is lost, 0 to 1; 0.5 if left out.
    #[serde(default = "detachment", deserialize_with = "keys::share")]
    #[schemars(range(min = 0, max = 1))]
    pub detachment: f64,
    /// The factors that carry moral authority; `moral` if left out.
    #[serde(default = "moral")]
    #[schemars(with = "Names")]
    pub moral: Spanned<Names>,
    /// Gain on those, 0 to 11; 1 changes nothing; 1.5 if left out.
    #[serde(default = "clarity", deserialize_with = "keys::gain")]
    #[schemars(range(min = 0, max = 11))]
    pub clarity: f64,
    /// A position that the benchmarks put on offer; none if left out.
    #[serde(default)]
    #[schemars(with = "Option<PositionName>")]
    pub milestone: Option<Spanned<PositionName>>,
}

fn status() -> Spanned<Names> {
    keys::factor("status")
}

fn detachment() -> f64 {
    0.5
}

fn moral() -> Spanned<Names> {
    keys::factor("moral")
}

fn clarity() -> f64 {
    1.5
}

impl Intervention for Benchmarks {
    fn changes(&self) -> Vec<Change> {
        let mut changes = vec![
            Change::gain(&self.status, 1.0 - self.detachment).on(&self.who),
            Change::gain(&self.moral, self.clarity).on(&self.who).toward(Toward::New),
        ];
        changes.extend(self.milestone.as_ref().map(|milestone| Change::offer(milestone).on(&self.who)));
        changes
    }
}
