//! A scandal.

use super::{Intervention, keys};
use crate::{Change, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Scandal: an organisation is caught applying its standards to some and not to others, and its
/// word counts for less.
///
/// Changes only an attribute of the organisation: `credibility_j · (1 − loss)`. It counts where a
/// factor names the attribute as the sender's `resource`. Recovers with a half-life of two years.
///
/// Source: *The role of international organizations in promoting democratic norms*, 2025
/// (legitimacy demands consistency toward all members, powerful ones included). The default is a
/// convention: no source gives a size.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Scandal {
    /// The organisation.
    #[schemars(with = "Who")]
    pub who: Spanned<Who>,
    /// The numeric attribute that falls; `credibility` if left out.
    #[serde(default = "attribute")]
    #[schemars(with = "String")]
    pub attribute: Spanned<String>,
    /// By which share, 0 to 1; 0.5 if left out.
    #[serde(default = "loss", deserialize_with = "keys::share")]
    #[schemars(range(min = 0, max = 1))]
    pub loss: f64,
}

fn attribute() -> Spanned<String> {
    keys::name("credibility")
}

fn loss() -> f64 {
    0.5
}

impl Intervention for Scandal {
    fn changes(&self) -> Vec<Change> {
        vec![Change::attribute(&self.attribute, &self.who).times(1.0 - self.loss)]
    }

    fn half_life(&self) -> Option<f64> {
        Some(2.0)
    }
}
