//! What a weapon or practice is worth for security.

use crate::{Mechanism, Needs, PressureFactor, Reads, Scope, SystemView, internal};
use schemars::JsonSchema;
use serde::Deserialize;

/// Security utility: the practice that the norm would end serves the government's security.
///
/// `raw(i, k) = κ · u_i · (1 − b_k)`, with `u_i = max(0, base + Σ weight · attribute_i)` and b_k the
/// position's bindingness. Threat itself enters once, through the moderator
/// `security-environment`; attributes here say how much a government relies on the practice.
///
/// Source: Stuster 2023, §6.2 (material security incentives).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SecurityUtility {
    /// The same for all, 0 or more.
    #[serde(default = "one", deserialize_with = "crate::checked::not_negative")]
    #[schemars(range(min = 0), extend("x-evidence" = crate::evidence::UNIT))]
    pub base: f64,
    /// Weights of numeric attributes that raise or lower it.
    #[serde(default)]
    pub attributes: std::collections::BTreeMap<String, f64>,
}

fn one() -> f64 {
    1.0
}

impl PressureFactor for SecurityUtility {
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
