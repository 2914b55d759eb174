//! Threats of material harm.

use crate::{Mechanism, Needs, PressureFactor, Reads, Scope, Signal, SystemView};
use schemars::JsonSchema;
use serde::Deserialize;

/// Material sanction: senders threaten to cut aid or trade, or to use force, unless the target
/// takes the position that they advocate.
///
/// `raw(j→i, k) = κ · w_ji · c_j / (c_j + c_i) · ŷ_jk`, with advocacy as the signal. w is the
/// severity of the threat, c the `capability` to carry it out. A bluff, with c_j = 0, has no effect
/// on anybody, and no forum makes it even. A sanction that is imposed and lifted is a tie with
/// dates.
///
/// Source: Stuster 2023, §2 (coercion) and §4.2.1 (disincentives); Schneider and Urpelainen 2013.
/// Our reading: threat and capability multiply.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MaterialSanction {
    /// The layer along which the threats go.
    pub layer: String,
    /// Numeric attribute (0 or more) that says what a sender could carry out, and a target bear.
    pub capability: String,
}

impl PressureFactor for MaterialSanction {
    fn scope(&self) -> Scope<'_> {
        Scope::Ties { layer: &self.layer, signal: Signal::Advocacy }
    }

    fn fill(&self, view: &SystemView<'_>, out: &mut [f64]) {
        let capability = |actor| view.number(&self.capability, actor).max(0.0);
        view.fill_ties(&self.layer, out, |tie| {
            let (sender, target) = (capability(tie.from), capability(tie.to));
            if sender > 0.0 { tie.strength * sender / (sender + target) } else { 0.0 }
        });
    }

    fn reads(&self) -> Reads {
        Reads::Network
    }

    fn needs(&self) -> Needs {
        Needs { sender_attributes: vec![self.capability.clone()], ..Needs::default() }
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
    fn a_bluff_frightens_nobody_and_a_threat_the_weaker_more() {
        let mut network = network();
        give(&mut network, "arms", &[(0, 3.0), (1, 1.0), (2, 0.0), (3, 0.0)]);
        let sanction: MaterialSanction = read("layer = \"ties\"\ncapability = \"arms\"");
        let mut norm = norm(&[0.0, 1.0]);
        let at = |norm: &_, pair| from_to(&sanction, &network, norm, "1997", pair);
        // From A, of severity 1: 3/4 on B, all on C, which has nothing to set against it.
        assert_near(at(&norm, [0, 1]), 0.75);
        assert_near(at(&norm, [0, 2]), 1.0);
        // From C and N, who have nothing: not on A, and not on one who has nothing either.
        assert_near(at(&norm, [2, 0]), 0.0);
        assert_near(at(&norm, [3, 2]), 0.0);
        norm.sessions = vec![one_vote([true; 4])];
        assert_near(at(&norm, [2, 0]), 0.0);
    }
}
