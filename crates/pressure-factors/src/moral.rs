//! Moral suasion.

use crate::{Mechanism, PressureFactor, Reads, Scope, Signal, SystemView};
use schemars::JsonSchema;
use serde::Deserialize;

/// Moral pressure: senders plead that a position is right, or that it is wrong.
///
/// `raw(j→i, k) = κ · w_ji · ŷ_jk`, with advocacy as the signal. It needs no resource: the weak can
/// exert it. Advocacy for position 0 makes it moral defence of the status quo ("purity",
/// "sanctity").
///
/// Source: Stuster 2023, §4.2.1; Kertzer 2017; Finnemore and Sikkink 1998. Our reading: moral
/// pressure adds up over senders.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Moral {
    /// The layer along which senders plead.
    pub layer: String,
}

impl PressureFactor for Moral {
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
        Mechanism::Socialisation
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;

    #[test]
    fn the_weak_plead_as_loudly_as_their_ties_are_strong() {
        let moral: Moral = read("layer = \"ties\"");
        assert_eq!(moral.scope(), Scope::Ties { layer: "ties", signal: Signal::Advocacy });
        assert_near(from_to(&moral, &network(), &norm(&[0.0, 1.0]), "1997", [3, 0]), 4.0);
    }
}
