//! A network of officials.

use super::{Intervention, keys};
use crate::{Change, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Officials' network: reform-minded officials of several governments stay in touch.
///
/// Changes the ties of one layer among members: `w · strength + tie`.
///
/// Source: *The role of international organizations in promoting democratic norms*, 2025 (networks
/// of reform-minded officials); A.-M. Slaughter, "A New World Order" (2004). The default is a
/// convention: no source gives a size.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OfficialsNetwork {
    /// The governments whose officials meet.
    #[schemars(with = "Who")]
    pub members: Spanned<Who>,
    /// The stored layer along which they do.
    #[schemars(with = "String")]
    pub layer: Spanned<String>,
    /// What ties among them are multiplied by, 0 or more; 1.5 if left out.
    #[serde(default = "strength", deserialize_with = "keys::amount")]
    #[schemars(range(min = 0))]
    pub strength: f64,
    /// Added to each; where there was none, one comes into being; 0.1 if left out.
    #[serde(default = "tie", deserialize_with = "keys::amount")]
    #[schemars(range(min = 0))]
    pub tie: f64,
}

fn strength() -> f64 {
    1.5
}

fn tie() -> f64 {
    0.1
}

impl Intervention for OfficialsNetwork {
    fn changes(&self) -> Vec<Change> {
        let among = || Change::ties(&self.layer).on(&self.members).sent_by(&self.members);
        let mut changes = vec![among().times(self.strength)];
        if self.tie > 0.0 {
            changes.push(among().plus(self.tie));
        }
        changes
    }
}
