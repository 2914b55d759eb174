//! Who sits in the selectorate.

use crate::dial::{DIRECTION_ONLY, NAME, as_it_is};
use crate::{Level, Moderator, Pressure, Shape};
use normwave_network_model::{ActorId, Value};
use normwave_pressure_factors::{Needs, Reads, SystemView, checked};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Selectorate salience: a pressure counts for as much as the groups that keep the government in
/// power make of it. An election is a change of their weights.
///
/// Driver: `Σ_g ω_ig · σ_g` over i's groups, with ω the strengths of the selectorate layer and σ_g
/// the salience of the group's role (1 if not listed). By default the gain is the driver itself,
/// in both directions. A government without a selectorate is not moderated. It may not act on
/// domestic factors, where ω would count twice.
///
/// Source: Stuster 2023, §4.2.2; Bueno de Mesquita et al. 2003.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SelectorateSalience {
    /// Salience by role, 0 or more; roles are values of the categorical attribute `role`.
    #[serde(deserialize_with = "checked::not_negative_each")]
    pub salience: BTreeMap<String, f64>,
    /// The layer that holds the selectorates.
    #[serde(default = "domestic")]
    #[schemars(extend("x-evidence" = NAME))]
    pub layer: String,
    /// Gain toward the status quo over the driver.
    #[serde(default = "as_it_is")]
    #[schemars(extend("x-evidence" = DIRECTION_ONLY))]
    pub toward_status_quo: Shape,
    /// Gain toward new positions over the driver.
    #[serde(default = "as_it_is")]
    #[schemars(extend("x-evidence" = DIRECTION_ONLY))]
    pub toward_new: Shape,
}

fn domestic() -> String {
    "domestic".to_owned()
}

impl Moderator for SelectorateSalience {
    fn level(&self) -> Level {
        Level::State
    }

    fn moderate(&self, pressure: &Pressure<'_>, view: &SystemView<'_>, gain: &mut [f64]) {
        let shape = pressure.dial(&self.toward_status_quo, &self.toward_new);
        let weights = view.ties(&self.layer);
        let salience = |group: ActorId| {
            let role = view.network.value("role", group).and_then(Value::category);
            role.and_then(|role| self.salience.get(role)).copied().unwrap_or(1.0)
        };
        pressure.turn_targets(gain, |target| {
            let from = weights.partition_point(|tie| tie.to < target);
            let groups = || weights[from..].iter().take_while(|tie| tie.to == target);
            if groups().next().is_none() {
                return 1.0;
            }
            shape.gain(groups().map(|tie| tie.strength * salience(tie.from)).sum())
        });
    }

    fn reads(&self) -> Reads {
        Reads::Network
    }

    fn needs(&self) -> Needs {
        Needs { layers: vec![self.layer.clone()], ..Needs::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;
    use normwave_network_model::{Actor, ActorKind, LayerSource, Spell, TieSpell};

    #[test]
    fn the_gain_is_what_the_groups_make_of_it() {
        let mut network = network();
        let layer = network.add_layer("domestic", LayerSource::Stored(Vec::new())).unwrap();
        for (role, weight) in [("military", 0.5), ("public", 0.25)] {
            let group = network.add_actor(Actor::new(format!("A/{role}"), ActorKind::DomesticGroup)).unwrap();
            give(&mut network, "role", &[category(group.0, role)]);
            let tie = TieSpell { from: group, to: ActorId(0), strength: weight, spell: Spell::ALWAYS };
            network.add_tie(layer, tie).unwrap();
        }
        let salience: SelectorateSalience = read("salience = { military = 3 }");
        let norm = held([0; 3], false);
        // 0.5 · 3 + 0.25 · 1; the rest of the weights is inert.
        assert_near(gain(&salience, &network, &norm, [1, 0], 1), 1.75);
        assert_near(gain(&salience, &network, &norm, [1, 0], 0), 1.75);
        assert_near(gain(&salience, &network, &norm, [0, 1], 1), 1.0);
        let refused = toml::from_str::<SelectorateSalience>("salience = { military = -1 }").unwrap_err();
        assert!(refused.message().contains("`military` is -1; it must be 0 or more"), "{refused}");
    }
}
