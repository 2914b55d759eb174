//! Capacity building.

use super::{Intervention, keys};
use crate::{Change, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Capacity building: training and institutions let a government do what it would.
///
/// Changes only an attribute: `capacity_i + raise`. What the attribute moves is for the factors and
/// moderators that read it.
///
/// Source: *The role of international organizations in promoting democratic norms*, 2025 (long-term
/// capacity building). The default is a convention: no source gives a size.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CapacityBuilding {
    /// The governments on whom it works.
    #[schemars(with = "Who")]
    pub who: Spanned<Who>,
    /// The numeric attribute that grows; `capacity` if left out.
    #[serde(default = "attribute")]
    #[schemars(with = "String")]
    pub attribute: Spanned<String>,
    /// By how much, in its units, 0 or more; 0.1 if left out.
    #[serde(default = "raise", deserialize_with = "keys::amount")]
    #[schemars(range(min = 0))]
    pub raise: f64,
}

fn attribute() -> Spanned<String> {
    keys::name("capacity")
}

fn raise() -> f64 {
    0.1
}

impl Intervention for CapacityBuilding {
    fn changes(&self) -> Vec<Change> {
        vec![Change::attribute(&self.attribute, &self.who).plus(self.raise)]
    }
}
