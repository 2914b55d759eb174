//! A targeted campaign.

use super::{Intervention, keys};
use crate::{Change, Names, Toward, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Targeted campaign: public pressure on a few governments for something they can grant, with talks
/// behind it.
///
/// Changes a gain, toward new positions `factors × strength`, and, through private talks,
/// thresholds: `θ_i − ease`. Fades with a half-life of a year.
///
/// Source: the evidence summary on diplomatic recognition and political security (Myrick 2021, in
/// print Myrick and Weinstein 2022, on #Freethe20: 58 % higher odds of release). The odds ratio is
/// an outcome to be matched, not a gain to be set; the default of `strength` is a convention.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TargetedCampaign {
    /// The governments at which it aims.
    #[schemars(with = "Who")]
    pub who: Spanned<Who>,
    /// Whose pressure it strengthens; all senders if left out.
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
    /// What private talks take off thresholds, in units of pressure, 0 or more; 0 if left out.
    #[serde(default, deserialize_with = "keys::amount")]
    #[schemars(range(min = 0))]
    pub ease: f64,
}

fn factors() -> Spanned<Names> {
    keys::factor("reputation")
}

fn strength() -> f64 {
    1.5
}

impl Intervention for TargetedCampaign {
    fn changes(&self) -> Vec<Change> {
        let heard = Change::gain(&self.factors, self.strength).on(&self.who).sent_by(self.from.as_ref());
        let mut changes = vec![heard.toward(Toward::New)];
        if self.ease > 0.0 {
            changes.push(Change::threshold(&self.who).plus(-self.ease));
        }
        changes
    }

    fn half_life(&self) -> Option<f64> {
        Some(1.0)
    }
}
