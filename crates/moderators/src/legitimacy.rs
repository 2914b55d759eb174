//! Legitimacy grows with adoption.

use crate::{AdoptionDriver, AdoptionProgram, Level, Moderator, Pressure, Shape};
use normwave_network_model::ActorId;
use normwave_pressure_factors::{Needs, Reads, SystemView};
use schemars::JsonSchema;
use serde::Deserialize;

/// Legitimacy: the more governments have adopted, the more pressures toward adoption weigh.
///
/// Driver: the share of adopters among all to whom the norm applies, weighted by an attribute if
/// one is named. Toward position k ≥ 1 those count who hold k (or more, where versions are
/// graded); toward the status quo, those who hold any new position.
///
/// Source: Stuster 2023, §4.2.2 (status and moral pressures in particular); Finnemore and Sikkink
/// 1998.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Legitimacy {
    /// Gain toward the status quo over the share.
    #[serde(default)]
    pub toward_status_quo: Shape,
    /// Gain toward new positions over the share.
    #[serde(default)]
    pub toward_new: Shape,
    /// Numeric attribute (0 or more) by which adopters count.
    #[serde(default)]
    pub weight: Option<String>,
}

impl Moderator for Legitimacy {
    fn level(&self) -> Level {
        Level::Systemic
    }

    fn moderate(&self, pressure: &Pressure<'_>, view: &SystemView<'_>, gain: &mut [f64]) {
        let (mut adopters, mut all) = (0.0, 0.0);
        for (actor, position) in (0u32..).map(ActorId).zip(&view.norm.positions) {
            if let Some(held) = position {
                let weight = self.weight.as_ref().map_or(1.0, |name| view.number(name, actor).max(0.0));
                all += weight;
                adopters += if view.norm.adopts(*held, pressure.toward) { weight } else { 0.0 };
            }
        }
        let share = if all > 0.0 { adopters / all } else { 0.0 };
        let value = pressure.dial(&self.toward_status_quo, &self.toward_new).gain(share);
        gain.iter_mut().for_each(|gain| *gain *= value);
    }

    fn reads(&self) -> Reads {
        Reads::NetworkAndProgram
    }

    fn program(&self) -> Option<AdoptionProgram> {
        Some(AdoptionProgram {
            driver: AdoptionDriver::Share { weight: self.weight.clone() },
            toward_status_quo: self.toward_status_quo.clone(),
            toward_new: self.toward_new.clone(),
        })
    }

    fn needs(&self) -> Needs {
        Needs { attributes: self.weight.iter().cloned().collect(), ..Needs::default() }
    }
}
