//! What rising powers do to be taken for great ones.

use crate::{Mechanism, Needs, PressureFactor, Reads, Scope, Signal, SystemView, resource};
use schemars::JsonSchema;
use serde::Deserialize;

/// Rising-power signalling: a government whose power grows takes up what those of standing
/// advocate, to show that its rise is legitimate. It is `status`, turned by growth.
///
/// `raw(j→i, k) = κ · w_ji · ρ_ji · max(0, g_i) · ŷ_jk`, with advocacy as the signal, ρ the sender's
/// `resource` (standing) relative to the target's, 1 if none is named, and g the target's `growth`.
/// One that does not grow feels nothing.
///
/// Source: Stuster 2023, §4.2.1; Goddard 2018.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RisingPower {
    /// The layer along which standing is conferred.
    pub layer: String,
    /// Numeric attribute of the growth of a government's power, per year or as suits the case.
    pub growth: String,
    /// Numeric attribute (0 or more) that measures standing.
    #[serde(default)]
    pub resource: Option<String>,
}

impl PressureFactor for RisingPower {
    fn scope(&self) -> Scope<'_> {
        Scope::Ties { layer: &self.layer, signal: Signal::Advocacy }
    }

    fn fill(&self, view: &SystemView<'_>, out: &mut [f64]) {
        view.fill_ties(&self.layer, out, |tie| {
            let growth = view.number(&self.growth, tie.to).max(0.0);
            growth * resource::weighed(view, self.resource.as_deref(), tie)
        });
    }

    fn reads(&self) -> Reads {
        Reads::Network
    }

    fn needs(&self) -> Needs {
        Needs {
            attributes: vec![self.growth.clone()],
            sender_attributes: self.resource.iter().cloned().collect(),
            ..Needs::default()
        }
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
    fn only_those_who_rise_signal() {
        let mut network = network();
        give(&mut network, "rise", &[(0, 0.5), (1, -0.5), (2, 0.0)]);
        give(&mut network, "standing", &[(0, 1.0), (1, 3.0), (2, 1.0), (3, 0.0)]);
        let rising: RisingPower = read("layer = \"ties\"\ngrowth = \"rise\"\nresource = \"standing\"");
        let at = |pair| from_to(&rising, &network, &norm(&[0.0, 1.0]), "1997", pair);
        // From B to A: strength 2, standing 3/4, growth 1/2.
        assert_near(at([1, 0]), 0.75);
        assert_near(at([2, 1]), 0.0);
        assert_near(at([1, 2]), 0.0);
    }
}
