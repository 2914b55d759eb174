//! Entry into force.

use super::{Intervention, keys};
use crate::{Change, PositionName, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Entry into force: from a date on a position can be taken.
///
/// Changes only offers: `position` is on offer to `who`. Give the position `offered = []`, so that
/// it is not on offer before.
///
/// Source: Stuster 2023, §6.2 (the terms proposed at Oslo, 1997); Vienna Convention on the Law of
/// Treaties, article 24.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EntryIntoForce {
    /// The position; 1 if left out.
    #[serde(default = "keys::adoption")]
    #[schemars(with = "PositionName")]
    pub position: Spanned<PositionName>,
    /// To whom; everybody if left out.
    #[serde(default)]
    #[schemars(with = "Option<Who>")]
    pub who: Option<Spanned<Who>>,
}

impl Intervention for EntryIntoForce {
    fn changes(&self) -> Vec<Change> {
        vec![Change { who: self.who.clone(), ..Change::offer(&self.position) }]
    }
}
