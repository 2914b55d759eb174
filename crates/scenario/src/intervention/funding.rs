//! Sustained funding.

use super::{Intervention, keys};
use crate::{Change, Names};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Funding: money keeps attention from fading.
///
/// Changes only the decay of other events: while it lasts, time runs for them at `speed`;
/// afterwards they go on fading from where they stood.
///
/// Source: *The role of international organizations in promoting democratic norms*, 2025 (sustained
/// funding keeps attention on long-term consolidation rather than episodic turmoil).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Funding {
    /// The events that it keeps up.
    #[schemars(with = "Names")]
    pub sustains: Spanned<Names>,
    /// Speed of their decay meanwhile, 0 (none) to 1; 0 if left out.
    #[serde(default, deserialize_with = "keys::share")]
    #[schemars(range(min = 0, max = 1))]
    pub speed: f64,
}

impl Intervention for Funding {
    fn changes(&self) -> Vec<Change> {
        vec![Change { sustain: Some(self.sustains.clone()), ..Change::default() }.times(self.speed)]
    }
}
