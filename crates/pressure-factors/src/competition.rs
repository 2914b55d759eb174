//! Competition with those who have adopted.

use crate::{Mechanism, Needs, PressureFactor, Reads, Scope, Signal, SystemView};
use schemars::JsonSchema;
use serde::Deserialize;

/// Competition: a rival's adoption makes it costly to stay behind, whatever the rival says.
///
/// `raw(j→i, k) = κ · w_ji · m_i · ŷ_jk`, with adoption as the signal. w says how far j is i's rival
/// (for the same buyers, say), m is the target's `market-exposure`, 1 if none is named.
///
/// Source: Stuster 2023, §2 (competition); Simmons and Elkins 2004.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Competition {
    /// The layer that joins rivals.
    pub layer: String,
    /// Numeric attribute (0 or more) that says how much depends on the market.
    #[serde(default)]
    pub market_exposure: Option<String>,
}

impl PressureFactor for Competition {
    fn scope(&self) -> Scope<'_> {
        Scope::Ties { layer: &self.layer, signal: Signal::Adoption }
    }

    fn fill(&self, view: &SystemView<'_>, out: &mut [f64]) {
        let exposed =
            |actor| self.market_exposure.as_ref().map_or(1.0, |name| view.number(name, actor).max(0.0));
        view.fill_ties(&self.layer, out, |tie| tie.strength * exposed(tie.to));
    }

    fn reads(&self) -> Reads {
        Reads::Network
    }

    fn needs(&self) -> Needs {
        Needs { attributes: self.market_exposure.iter().cloned().collect(), ..Needs::default() }
    }

    fn mechanism(&self) -> Mechanism {
        Mechanism::Competition
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;

    #[test]
    fn what_rivals_do_counts_by_how_much_the_target_depends_on_the_market() {
        let mut network = network();
        give(&mut network, "exports", &[(0, 0.5), (1, 0.0)]);
        let norm = norm(&[0.0, 1.0]);
        let market: Competition = read("layer = \"ties\"\nmarket-exposure = \"exports\"");
        assert_eq!(market.scope(), Scope::Ties { layer: "ties", signal: Signal::Adoption });
        assert_near(from_to(&market, &network, &norm, "1997", [2, 0]), 1.5);
        assert_near(from_to(&market, &network, &norm, "1997", [2, 1]), 0.0);
        let plain: Competition = read("layer = \"ties\"");
        assert_near(from_to(&plain, &network, &norm, "1997", [2, 1]), 3.0);
    }
}
