//! The cost of binding oneself.

use crate::{Mechanism, Needs, PressureFactor, Reads, Scope, SystemView, internal};
use schemars::JsonSchema;
use serde::Deserialize;

/// Sovereignty cost: what a government gives up by binding itself.
///
/// `raw(i, k) = κ · c_i · (1 − b_k)`, with `c_i = max(0, base + Σ weight · attribute_i)` and b_k the
/// position's bindingness: the status quo gets it whole, and the less a position binds, the less
/// it loses.
///
/// Source: Stuster 2023, §4.2.1; Cole 2005; Moravcsik 2000.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SovereigntyCost {
    /// The same for all, 0 or more.
    #[serde(default = "one", deserialize_with = "crate::checked::not_negative")]
    #[schemars(range(min = 0))]
    pub base: f64,
    /// Weights of numeric attributes that raise or lower it.
    #[serde(default)]
    pub attributes: std::collections::BTreeMap<String, f64>,
}

fn one() -> f64 {
    1.0
}

impl PressureFactor for SovereigntyCost {
    fn scope(&self) -> Scope<'_> {
        Scope::Actors
    }

    fn fill(&self, view: &SystemView<'_>, out: &mut [f64]) {
        internal::fill_internal(view, self.base, &self.attributes, out);
    }

    fn reads(&self) -> Reads {
        Reads::Network
    }

    fn needs(&self) -> Needs {
        Needs { attributes: self.attributes.keys().cloned().collect(), ..Needs::default() }
    }

    fn mechanism(&self) -> Mechanism {
        Mechanism::Domestic
    }
}
