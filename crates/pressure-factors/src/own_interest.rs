//! What a government gains by a norm.

use crate::{Mechanism, Needs, PressureFactor, Reads, Scope, SystemView};
use normwave_network_model::ActorId;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Own interest: the government itself gains by the norm, whatever others do: mined land that is
/// cleared, debts that are no longer collected by force.
///
/// `raw(i, k) = κ · n_i · b_k`, with `n_i = max(0, base + Σ weight · attribute_i)` and b_k the
/// position's bindingness: the status quo gets nothing, the most binding position all.
///
/// Source: Stuster 2023, §5.1 (interests of peripheral states) and §6.2 (demining).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OwnInterest {
    /// The same for all, 0 or more; 1 if left out and no attribute is named, else 0.
    #[serde(default, deserialize_with = "crate::checked::not_negative_if_given")]
    #[schemars(with = "Option<f64>", range(min = 0))]
    pub base: Option<f64>,
    /// Weights of numeric attributes that raise or lower it.
    #[serde(default)]
    pub attributes: BTreeMap<String, f64>,
}

impl PressureFactor for OwnInterest {
    fn scope(&self) -> Scope<'_> {
        Scope::Actors
    }

    fn fill(&self, view: &SystemView<'_>, out: &mut [f64]) {
        let base = self.base.unwrap_or(if self.attributes.is_empty() { 1.0 } else { 0.0 });
        let n_k = view.norm.n_positions.max(1);
        for (i, row) in (0u32..).map(ActorId).zip(out.chunks_exact_mut(n_k)) {
            let attributes = self.attributes.iter().map(|(name, weight)| weight * view.number(name, i));
            let own = (base + attributes.sum::<f64>()).max(0.0);
            row.iter_mut().zip(&view.norm.bindingness).for_each(|(c, b)| *c = own * b);
        }
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
    fn it_presses_toward_what_binds_and_never_toward_the_status_quo() {
        let mut network = network();
        give(&mut network, "debt", &[(0, 0.5), (1, 2.0), (2, -1.0), (3, 0.0)]);
        let gain = |text: &str| {
            let interest: OwnInterest = read(text);
            filled(&interest, &network, &norm(&[0.0, 0.5, 1.0]), "1997")
        };
        let by_debt = gain("attributes = { debt = 2 }");
        assert_eq!(by_debt[..6], [0.0, 0.5, 1.0, 0.0, 2.0, 4.0]);
        assert_eq!(by_debt[6..9], [0.0; 3], "what a government would lose by it is not here");
        assert_eq!(gain("")[..3], [0.0, 0.5, 1.0]);
        assert_eq!(gain("base = 3")[..3], [0.0, 1.5, 3.0]);
        assert!(toml::from_str::<OwnInterest>("base = -1").is_err());
    }
}
