//! A social-media campaign.

use super::{Intervention, keys};
use crate::{Change, PositionName, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Social-media campaign: a wide reach over weak ties, and short attention.
///
/// Changes ties, `w + tie` from the campaigners to whom they reach, and advocacy, `x_jk := level`
/// of the campaigners. Both fade with a half-life of a tenth of a year.
///
/// Source: the abstract of a chapter on social-media advocacy for human rights, which finds
/// engagement measured and its effect on policy not. The default is a convention: no source gives a
/// size.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SocialMediaCampaign {
    /// The campaigners.
    #[schemars(with = "Who")]
    pub by: Spanned<Who>,
    /// Whom they reach; all if left out.
    #[serde(default = "keys::all")]
    #[schemars(with = "Who")]
    pub reach: Spanned<Who>,
    /// The stored layer along which they do.
    #[schemars(with = "String")]
    pub layer: Spanned<String>,
    /// Strength that is added to each tie, 0 or more; 0.05 if left out.
    #[serde(default = "tie", deserialize_with = "keys::amount")]
    #[schemars(range(min = 0))]
    pub tie: f64,
    /// What they advocate; position 1 if left out.
    #[serde(default = "keys::adoption")]
    #[schemars(with = "PositionName")]
    pub position: Spanned<PositionName>,
    /// How hard, 0 to 1; 1 if left out.
    #[serde(default = "level", deserialize_with = "keys::share")]
    #[schemars(range(min = 0, max = 1))]
    pub level: f64,
}

fn tie() -> f64 {
    0.05
}

fn level() -> f64 {
    1.0
}

impl Intervention for SocialMediaCampaign {
    fn changes(&self) -> Vec<Change> {
        vec![
            Change::ties(&self.layer).on(&self.reach).sent_by(&self.by).plus(self.tie),
            Change::advocacy(&self.position, &self.by, self.level),
        ]
    }

    fn half_life(&self) -> Option<f64> {
        Some(0.1)
    }
}
