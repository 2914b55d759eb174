//! Private diplomacy.

use super::{Intervention, keys};
use crate::{Change, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Private diplomacy: talks out of sight clear what stands in the way of a decision.
///
/// Changes only thresholds: `θ_i − ease`. Nobody else hears of it, so that no reputation is at
/// stake.
///
/// Source: the evidence summary on diplomatic recognition and political security (Myrick 2021:
/// private negotiations resolved bureaucratic deadlock). In the article itself (in print Myrick and
/// Weinstein 2022) public pressure resolves it, in the administration of those who press, and private
/// talks then succeed; what they do to the target's threshold is our reading.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PrivateDiplomacy {
    /// The governments on whom it works.
    #[schemars(with = "Who")]
    pub who: Spanned<Who>,
    /// What is taken off their thresholds, in units of pressure, 0 or more.
    #[serde(deserialize_with = "keys::amount")]
    #[schemars(range(min = 0))]
    pub ease: f64,
}

impl Intervention for PrivateDiplomacy {
    fn changes(&self) -> Vec<Change> {
        vec![Change::threshold(&self.who).plus(-self.ease)]
    }
}
