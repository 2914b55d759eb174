//! The reputation cost of staying behind.

use crate::{Mechanism, Needs, PressureFactor, Reads, Scope, Signal, SystemView, resource};
use schemars::JsonSchema;
use serde::Deserialize;

/// Reputation: others think less of a government for the position that it holds. Naming and
/// shaming of those who hold out is this, over the ties to their audience: what presses toward a
/// position presses against all who do not hold it, and one without ties feels nothing.
///
/// `raw(j→i, k) = κ · w_ji · ρ_ji · ŷ_jk`, with advocacy as the signal; ρ is the sender's `resource`
/// relative to the target's, `r_j / (r_j + r_i)`, 1 if none is named.
///
/// Source: Stuster 2023, §4.2.1 and §6.2 (the "good" and "bad" lists); Lebovic and Voeten 2006.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Reputation {
    /// The layer along which opinion counts.
    pub layer: String,
    /// Numeric attribute (0 or more) that makes an opinion weigh.
    #[serde(default)]
    pub resource: Option<String>,
}

impl PressureFactor for Reputation {
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
        Mechanism::Socialisation
    }
}
