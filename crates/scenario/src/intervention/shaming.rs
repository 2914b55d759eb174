//! Naming and shaming.

use super::{Intervention, keys};
use crate::{Change, Names, Toward, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Shaming: a government is named in public for what it does.
///
/// Changes gains: toward new positions `factors × strength`, and, if it provokes, toward the status
/// quo `provokes × resistance`. Fades with a half-life of a year.
///
/// Source: the evidence summary on diplomatic recognition and political security (Kahn-Nisser 2018:
/// no significant main effect in the European Neighbourhood); Lebovic and Voeten 2006. The default
/// is a convention: no source gives a size.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Shaming {
    /// The governments that are shamed.
    #[schemars(with = "Who")]
    pub who: Spanned<Who>,
    /// Who shames them; all senders if left out.
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
    /// Factors, such as a backlash, that it provokes; none if left out.
    #[serde(default)]
    #[schemars(with = "Option<Names>")]
    pub provokes: Option<Spanned<Names>>,
    /// Gain on what it provokes, toward the status quo, 0 to 11; 1.5 if left out.
    #[serde(default = "resistance", deserialize_with = "keys::gain")]
    #[schemars(range(min = 0, max = 11))]
    pub resistance: f64,
}

fn factors() -> Spanned<Names> {
    keys::factor("reputation")
}

fn strength() -> f64 {
    2.0
}

fn resistance() -> f64 {
    1.5
}

impl Intervention for Shaming {
    fn changes(&self) -> Vec<Change> {
        let heard = Change::gain(&self.factors, self.strength).on(&self.who).sent_by(self.from.as_ref());
        let mut changes = vec![heard.toward(Toward::New)];
        if let Some(provoked) = &self.provokes {
            changes.push(Change::gain(provoked, self.resistance).on(&self.who).toward(Toward::StatusQuo));
        }
        changes
    }

    fn half_life(&self) -> Option<f64> {
        Some(1.0)
    }
}
