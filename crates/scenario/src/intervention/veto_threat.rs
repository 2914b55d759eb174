//! A veto threat at home.

use super::{Intervention, keys};
use crate::{Change, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Veto threat: a group at home makes any change of policy dearer.
///
/// Changes only thresholds: `θ_i + height`, so that the balance must exceed that much more while
/// the threat stands.
///
/// Source: Stuster 2023, §6.2 (the Joint Chiefs threatened to go public with their opposition,
/// 1997); G. Tsebelis, "Veto Players" (2002).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct VetoThreat {
    /// The governments that are threatened.
    #[schemars(with = "Who")]
    pub who: Spanned<Who>,
    /// What is added to their thresholds, in units of pressure, 0 or more.
    #[serde(deserialize_with = "keys::amount")]
    #[schemars(range(min = 0))]
    pub height: f64,
}

impl Intervention for VetoThreat {
    fn changes(&self) -> Vec<Change> {
        vec![Change::threshold(&self.who).plus(self.height)]
    }
}
