//! Promises of aid, assistance or trade.

use crate::{Mechanism, Needs, PressureFactor, Reads, Scope, Signal, SystemView, resource};
use schemars::JsonSchema;
use serde::Deserialize;

/// Material incentive: senders promise aid, assistance or trade to those who take the position
/// that they advocate.
///
/// `raw(j→i, k) = κ · w_ji · ρ_ji · ŷ_jk`, with advocacy as the signal. ρ is the sender's `resource`
/// relative to the target's; without a resource let the layer hold shares (of i's aid or trade).
///
/// Source: Stuster 2023, §4.2.1; Greenhill 2010.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MaterialIncentive {
    /// The layer along which the promises go.
    pub layer: String,
    /// Numeric attribute (0 or more) that makes a promise weigh.
    #[serde(default)]
    pub resource: Option<String>,
}

impl PressureFactor for MaterialIncentive {
    fn scope(&self) -> Scope<'_> {
        Scope::Ties { layer: &self.layer, signal: Signal::Advocacy }
    }

    fn fill(&self, view: &SystemView<'_>, out: &mut [f64]) {
        view.fill_ties(&self.layer, out, |tie| resource::weighed(view, self.resource.as_deref(), tie));
    }

    fn reads(&self) -> Reads {
        Reads::Network
    }

    fn needs(&self) -> Needs {
        Needs { sender_attributes: self.resource.iter().cloned().collect(), ..Needs::default() }
    }

    fn mechanism(&self) -> Mechanism {
        Mechanism::Coercion
    }
}
