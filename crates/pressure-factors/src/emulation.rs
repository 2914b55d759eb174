//! Emulation of those who have acted.

use crate::{Mechanism, PressureFactor, Reads, Scope, Signal, SystemView};
use schemars::JsonSchema;
use serde::Deserialize;

/// Emulation: a government does as others do, not as they say.
///
/// `raw(j→i, k) = κ · w_ji · ŷ_jk`, with adoption as the signal. Over a `visibility` layer it jumps
/// between states without a tie (§5.1); with `exposure = "mean"` it is the share of i's partners.
///
/// Source: Stuster 2023, §2 (socialisation and emulation), §5.1 (jumps).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Emulation {
    /// The layer along which others are seen.
    #[serde(default = "visibility")]
    pub layer: String,
}

fn visibility() -> String {
    "visibility".to_owned()
}

impl PressureFactor for Emulation {
    fn scope(&self) -> Scope<'_> {
        Scope::Ties { layer: &self.layer, signal: Signal::Adoption }
    }

    fn fill(&self, view: &SystemView<'_>, out: &mut [f64]) {
        view.fill_ties(&self.layer, out, |tie| tie.strength);
    }

    fn reads(&self) -> Reads {
        Reads::Network
    }

    fn mechanism(&self) -> Mechanism {
        Mechanism::Socialisation
    }
}
