//! Conditionality.

use super::{Intervention, keys};
use crate::{Change, Names, Toward, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Conditionality: what a government gets depends on what it does.
///
/// Changes gains: toward new positions `factors × (1 + (strength − 1) · (1 − misuse))`, and, where
/// conditions are misused as a pressure tactic, toward the status quo `resented × (1 + misuse)`.
///
/// Source: *The role of international organizations in promoting democratic norms*, 2025 (aid
/// conditionality and its misuse); J. Kelley, "International actors on the domestic scene",
/// International Organization 58 (2004). The default is a convention: no source gives a size.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Conditionality {
    /// The governments on whom it works.
    #[schemars(with = "Who")]
    pub who: Spanned<Who>,
    /// Who sets the conditions; all senders if left out.
    #[serde(default)]
    #[schemars(with = "Option<Who>")]
    pub from: Option<Spanned<Who>>,
    /// The factors that conditions strengthen; `material-incentive` if left out.
    #[serde(default = "factors")]
    #[schemars(with = "Names")]
    pub factors: Spanned<Names>,
    /// Gain on them where nothing is misused, 0 to 11; 1 changes nothing; 2 if left out.
    #[serde(default = "strength", deserialize_with = "keys::gain")]
    #[schemars(range(min = 0, max = 11))]
    pub strength: f64,
    /// How far conditions serve as a pressure tactic, 0 to 1; 0 if left out.
    #[serde(default, deserialize_with = "keys::share")]
    #[schemars(range(min = 0, max = 1))]
    pub misuse: f64,
    /// The factors that misuse strengthens; `sovereignty-cost` if left out.
    #[serde(default = "resented")]
    #[schemars(with = "Names")]
    pub resented: Spanned<Names>,
}

fn factors() -> Spanned<Names> {
    keys::factor("material-incentive")
}

fn strength() -> f64 {
    2.0
}

fn resented() -> Spanned<Names> {
    keys::factor("sovereignty-cost")
}

impl Intervention for Conditionality {
    fn changes(&self) -> Vec<Change> {
        let gain = 1.0 + (self.strength - 1.0) * (1.0 - self.misuse);
        let offered = Change::gain(&self.factors, gain).on(&self.who).sent_by(self.from.as_ref());
        let mut changes = vec![offered.toward(Toward::New)];
        if self.misuse > 0.0 {
            let resented = Change::gain(&self.resented, 1.0 + self.misuse).on(&self.who);
            changes.push(resented.toward(Toward::StatusQuo));
        }
        changes
    }
}
