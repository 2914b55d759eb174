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
    #[schemars(range(min = 0), extend("x-evidence" = crate::evidence::UNIT))]
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;

    #[test]
    fn the_less_a_position_binds_the_less_it_loses() {
        let mut network = network();
        give(&mut network, "own", &[(0, 2.0), (1, -9.0)]);
        let cost: SovereigntyCost = read("base = 1\nattributes = { own = 0.5 }");
        let out = filled(&cost, &network, &norm(&[0.0, 0.25, 1.0]), "1997");
        // A: 1 + 2/2 = 2; B: never below 0; C: the base.
        let expected = [2.0, 1.5, 0.0, 0.0, 0.0, 0.0, 1.0, 0.75, 0.0];
        out.iter().zip(expected).for_each(|(found, expected)| assert_near(*found, expected));
    }

    #[test]
    fn a_base_below_nothing_is_refused() {
        let refused = toml::from_str::<SovereigntyCost>("base = -1").unwrap_err();
        assert!(refused.message().contains("-1 is out of range; it must be 0 or more"), "{refused}");
    }
}
