//! Signals to donors who have asked for nothing.

use crate::{Mechanism, Needs, PressureFactor, Reads, Scope, Signal, SystemView};
use schemars::JsonSchema;
use serde::Deserialize;

/// Implicit conditionality: a government that lives on aid takes the position that its donors
/// hold, to show that it is the kind of government they like to support. No donor has to ask.
///
/// `raw(j→i, k) = κ · w_ji · d_i · ŷ_jk`, with w the donor's part in i's aid, d the target's
/// `dependence` on aid, and adoption as the signal: it is there while the donor advocates nothing.
/// The tie alone would not do as the signal, because it does not say which position pleases; a
/// donor that keeps the status quo presses toward that.
///
/// Source: Stuster 2023, §4.2.1; Bush 2011. Our reading: the donor's own position is what it is
/// taken to value; a donor that values what it does not practise must advocate it, through another
/// factor.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ImplicitConditionality {
    /// The layer along which aid goes.
    pub layer: String,
    /// Numeric attribute (0 or more) of how far a government depends on aid.
    pub dependence: String,
}

impl PressureFactor for ImplicitConditionality {
    fn scope(&self) -> Scope<'_> {
        Scope::Ties { layer: &self.layer, signal: Signal::Adoption }
    }

    fn fill(&self, view: &SystemView<'_>, out: &mut [f64]) {
        let dependence = |actor| view.number(&self.dependence, actor).max(0.0);
        view.fill_ties(&self.layer, out, |tie| tie.strength * dependence(tie.to));
    }

    fn reads(&self) -> Reads {
        Reads::Network
    }

    fn needs(&self) -> Needs {
        Needs { attributes: vec![self.dependence.clone()], ..Needs::default() }
    }

    fn mechanism(&self) -> Mechanism {
        Mechanism::Coercion
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;

    #[test]
    fn it_grows_with_dependence_and_needs_no_demand() {
        let mut network = network();
        give(&mut network, "aid", &[(0, 0.25), (1, 0.5), (2, -1.0)]);
        let signal: ImplicitConditionality = read("layer = \"ties\"\ndependence = \"aid\"");
        assert_eq!(signal.scope(), Scope::Ties { layer: "ties", signal: Signal::Adoption });
        let at = |pair| from_to(&signal, &network, &norm(&[0.0, 1.0]), "1997", pair);
        assert_near(at([2, 0]), 0.75);
        assert_near(at([2, 1]), 1.5);
        assert_near(at([1, 2]), 0.0);
    }
}
