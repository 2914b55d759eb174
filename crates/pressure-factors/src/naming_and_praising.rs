//! Praise before an audience.

use crate::{Mechanism, Needs, PressureFactor, Reads, Scope, Signal, SystemView};
use schemars::JsonSchema;
use serde::Deserialize;

/// Naming and praising: senders hold up those who take a position before an audience for which the
/// target cares.
///
/// `raw(j→i, k) = κ · w_ji · α_i · ŷ_jk`, with advocacy as the signal and `α_i = a_i / (1 + a_i)`, a_i
/// the sum of the target's ties in the `audience` layer. Without an audience praise is worth
/// nothing, and a larger one adds ever less.
///
/// Its counterpart, naming and shaming of those who hold out, is `reputation`; the two have
/// strengths and layers of their own, and `backlash` answers to those that it names alone.
///
/// Source: Stuster 2023, §4.2.1; Petrova 2019. The form of α is ours.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NamingAndPraising {
    /// The layer along which praise goes.
    pub layer: String,
    /// The layer that joins a government with those before whom it wants to look good.
    pub audience: String,
}

impl PressureFactor for NamingAndPraising {
    fn scope(&self) -> Scope<'_> {
        Scope::Ties { layer: &self.layer, signal: Signal::Advocacy }
    }

    fn fill(&self, view: &SystemView<'_>, out: &mut [f64]) {
        let mut audience = vec![0.0; view.network.n_actors()];
        view.ties(&self.audience).iter().for_each(|tie| audience[tie.to.idx()] += tie.strength);
        view.fill_ties(&self.layer, out, |tie| {
            let all = audience[tie.to.idx()];
            tie.strength * all / (1.0 + all)
        });
    }

    fn reads(&self) -> Reads {
        Reads::Network
    }

    fn needs(&self) -> Needs {
        Needs { layers: vec![self.audience.clone()], ..Needs::default() }
    }

    fn mechanism(&self) -> Mechanism {
        Mechanism::Socialisation
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;
    use normwave_network_model::{ActorId, LayerSource, Spell, TieSpell};

    #[test]
    fn praise_without_an_audience_is_worth_nothing() {
        let mut network = network();
        let layer = network.add_layer("audience", LayerSource::Stored(Vec::new())).unwrap();
        let tie = TieSpell { from: ActorId(1), to: ActorId(0), strength: 3.0, spell: Spell::ALWAYS };
        network.add_tie(layer, tie).unwrap();
        let praise: NamingAndPraising = read("layer = \"ties\"\naudience = \"audience\"");
        let at = |pair| from_to(&praise, &network, &norm(&[0.0, 1.0]), "1997", pair);
        assert_near(at([3, 0]), 4.0 * 0.75);
        assert_near(at([3, 1]), 0.0);
    }
}
