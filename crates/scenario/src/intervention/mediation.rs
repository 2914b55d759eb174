//! Mediation.

use super::{Intervention, keys};
use crate::{Change, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Mediation: dialogue, watched ceasefires and help in transition make a government feel safer.
///
/// Changes only an attribute: `threat_i · (1 − relief)`. What the attribute moves is for the
/// factors and moderators that read it.
///
/// Source: *The role of international organizations in promoting democratic norms*, 2025 (dialogue,
/// ceasefire tracking, transitional support). The default is a convention: no source gives a size.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Mediation {
    /// The governments on whom it works.
    #[schemars(with = "Who")]
    pub who: Spanned<Who>,
    /// The numeric attribute that falls; `threat` if left out.
    #[serde(default = "attribute")]
    #[schemars(with = "String")]
    pub attribute: Spanned<String>,
    /// By which share, 0 to 1; 0.5 if left out.
    #[serde(default = "relief", deserialize_with = "keys::share")]
    #[schemars(range(min = 0, max = 1))]
    pub relief: f64,
}

fn attribute() -> Spanned<String> {
    keys::name("threat")
}

fn relief() -> f64 {
    0.5
}

impl Intervention for Mediation {
    fn changes(&self) -> Vec<Change> {
        vec![Change::attribute(&self.attribute, &self.who).times(1.0 - self.relief)]
    }
}
