//! Help for those who lack the means.

use crate::{Mechanism, Needs, PressureFactor, Reads, Scope, Signal, SystemView};
use schemars::JsonSchema;
use serde::Deserialize;

/// Capacity support: senders lend a government the means that a position takes (mine clearance,
/// trained officials), which counts the more, the less it has.
///
/// `raw(j→i, k) = κ · w_ji · (1 − c_i) · ŷ_jk`, with advocacy as the signal and c the target's
/// `capacity`, cut to [0, 1].
///
/// Ledgers group it with coercion, whose name there covers all that others offer or threaten.
///
/// Source: Stuster 2023, §6.2 (demining aid); A. Chayes and A. H. Chayes, "The New Sovereignty" (1995),
/// on failure for want of means.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CapacitySupport {
    /// The layer along which help goes.
    pub layer: String,
    /// Numeric attribute, in [0, 1], of the means that a government has itself.
    pub capacity: String,
}

impl PressureFactor for CapacitySupport {
    fn scope(&self) -> Scope<'_> {
        Scope::Ties { layer: &self.layer, signal: Signal::Advocacy }
    }

    fn fill(&self, view: &SystemView<'_>, out: &mut [f64]) {
        let lacks = |actor| 1.0 - view.number(&self.capacity, actor).clamp(0.0, 1.0);
        view.fill_ties(&self.layer, out, |tie| tie.strength * lacks(tie.to));
    }

    fn reads(&self) -> Reads {
        Reads::Network
    }

    fn needs(&self) -> Needs {
        Needs { attributes: vec![self.capacity.clone()], ..Needs::default() }
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
    fn help_counts_for_what_the_target_lacks() {
        let mut network = network();
        give(&mut network, "means", &[(0, 0.25), (1, 1.5)]);
        let support: CapacitySupport = read("layer = \"ties\"\ncapacity = \"means\"");
        let at = |pair| from_to(&support, &network, &norm(&[0.0, 1.0]), "1997", pair);
        assert_near(at([3, 0]), 3.0);
        assert_near(at([3, 1]), 0.0);
    }
}
