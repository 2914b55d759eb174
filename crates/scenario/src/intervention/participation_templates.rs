//! Templates for participation.

use super::{Intervention, keys};
use crate::{Change, Names, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Participation templates: what worked elsewhere is handed on as a template.
///
/// Changes one gain: in both directions `factors × (1 + (strength − 1) · fit)`. A template that
/// does not fit changes nothing.
///
/// Source: *The role of international organizations in promoting democratic norms*, 2025 (templates
/// for inclusive consultation; external templates that fail to reflect local realities). The
/// default is a convention: no source gives a size.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ParticipationTemplates {
    /// The governments that are offered it.
    #[schemars(with = "Who")]
    pub who: Spanned<Who>,
    /// From whose example they learn; all senders if left out.
    #[serde(default)]
    #[schemars(with = "Option<Who>")]
    pub from: Option<Spanned<Who>>,
    /// The factors that it turns; `learning` if left out.
    #[serde(default = "factors")]
    #[schemars(with = "Names")]
    pub factors: Spanned<Names>,
    /// Gain of a template that fits, 0 to 11; 1 changes nothing; 1.5 if left out.
    #[serde(default = "strength", deserialize_with = "keys::gain")]
    #[schemars(range(min = 0, max = 11))]
    pub strength: f64,
    /// How well it fits local realities, 0 to 1; 1 if left out.
    #[serde(default = "fit", deserialize_with = "keys::share")]
    #[schemars(range(min = 0, max = 1))]
    pub fit: f64,
}

fn factors() -> Spanned<Names> {
    keys::factor("learning")
}

fn strength() -> f64 {
    1.5
}

fn fit() -> f64 {
    1.0
}

impl Intervention for ParticipationTemplates {
    fn changes(&self) -> Vec<Change> {
        let gain = 1.0 + (self.strength - 1.0) * self.fit;
        vec![Change::gain(&self.factors, gain).on(&self.who).sent_by(self.from.as_ref())]
    }
}
