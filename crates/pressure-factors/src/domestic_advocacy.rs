//! Advocacy by the groups at home.

use crate::{Mechanism, PressureFactor, Reads, Scope, Signal, SystemView};
use schemars::JsonSchema;
use serde::Deserialize;

/// Domestic advocacy: the groups of a government's selectorate press it.
///
/// `raw(g→i, k) = κ · ω_ig · x̂_gk`. The selectorate weights ω_ig are the strengths of a layer of
/// ties from groups to their government; they sum to at most 1.
///
/// Source: Stuster 2023, §4.1 (selectorate), §4.2.1; Bueno de Mesquita et al. 2003.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DomesticAdvocacy {
    /// The layer that holds the selectorates.
    #[serde(default = "domestic")]
    #[schemars(extend("x-evidence" = crate::evidence::NAME))]
    pub layer: String,
}

fn domestic() -> String {
    "domestic".to_owned()
}

impl PressureFactor for DomesticAdvocacy {
    fn scope(&self) -> Scope<'_> {
        Scope::Ties { layer: &self.layer, signal: Signal::Advocacy }
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
        Mechanism::Domestic
    }
}
