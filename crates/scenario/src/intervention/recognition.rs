//! Diplomatic recognition.

use super::{Intervention, keys};
use crate::{Change, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Recognition: governments take up relations with another.
///
/// Changes the ties of one layer: `w + tie` from those who recognise to the recognised and, if
/// mutual, back. Where there was no tie, one comes into being.
///
/// Source: the evidence summary on diplomatic recognition and political security; Duque 2018. The
/// default is a convention: no source gives a size.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Recognition {
    /// The governments that are recognised.
    #[schemars(with = "Who")]
    pub who: Spanned<Who>,
    /// Who recognises them.
    #[schemars(with = "Who")]
    pub from: Spanned<Who>,
    /// The stored layer of relations.
    #[schemars(with = "String")]
    pub layer: Spanned<String>,
    /// Strength that is added, 0 or more; 1 if left out.
    #[serde(default = "tie", deserialize_with = "keys::amount")]
    #[schemars(range(min = 0))]
    pub tie: f64,
    /// Whether relations run both ways; true if left out.
    #[serde(default = "mutual")]
    pub mutual: bool,
}

fn tie() -> f64 {
    1.0
}

fn mutual() -> bool {
    true
}

impl Intervention for Recognition {
    fn changes(&self) -> Vec<Change> {
        let mut changes = vec![Change::ties(&self.layer).on(&self.who).sent_by(&self.from).plus(self.tie)];
        if self.mutual {
            changes.push(Change::ties(&self.layer).on(&self.from).sent_by(&self.who).plus(self.tie));
        }
        changes
    }
}
