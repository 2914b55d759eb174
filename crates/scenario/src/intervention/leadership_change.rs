//! A change of leadership.

use super::{Intervention, keys};
use crate::Change;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// Leadership change: another coalition keeps the government in power.
///
/// Changes only the selectorate's weights: `ω_ig := weights[g]`. Groups that are not named keep
/// theirs; the weights of one government sum to at most 1.
///
/// Source: Stuster 2023, §6.2 (Labour in Britain and the Socialists in France, 1997); Bueno de
/// Mesquita et al. 2003.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LeadershipChange {
    /// New weights of groups, by `GOV/role`, each 0 to 1.
    #[serde(deserialize_with = "keys::weights")]
    #[schemars(with = "BTreeMap<String, f64>")]
    pub weights: BTreeMap<Spanned<String>, f64>,
}

impl Intervention for LeadershipChange {
    fn changes(&self) -> Vec<Change> {
        vec![Change { weights: self.weights.clone(), ..Change::default() }]
    }
}
