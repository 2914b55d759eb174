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
    #[schemars(extend("x-evidence" = crate::evidence::NAME))]
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

    fn is_strength(&self) -> bool {
        true
    }

    fn reads(&self) -> Reads {
        Reads::Network
    }

    fn mechanism(&self) -> Mechanism {
        Mechanism::Socialisation
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;

    #[test]
    fn what_is_seen_is_what_others_did() {
        let emulation: Emulation = read("layer = \"ties\"");
        assert_eq!(emulation.scope(), Scope::Ties { layer: "ties", signal: Signal::Adoption });
        let default: Emulation = read("");
        assert_eq!(default.scope(), Scope::Ties { layer: "visibility", signal: Signal::Adoption });
        assert_near(from_to(&emulation, &network(), &norm(&[0.0, 1.0]), "1997", [2, 0]), 3.0);
    }
}
