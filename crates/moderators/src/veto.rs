//! Groups at home without whose consent nothing happens.

use crate::dial::NAME;
use crate::{Level, Moderator, Pressure};
use normwave_network_model::{ActorId, Value};
use normwave_pressure_factors::{Confidence, Design, Needs, SystemView, checked, evidence};
use schemars::JsonSchema;
use serde::Deserialize;

/// Veto: while a group on which a government cannot but rely defends the status quo, pressure
/// toward new positions comes to nothing.
///
/// A group of the target's selectorate vetoes if it has the `role`, weighs `weight` or more, and
/// advocates the status quo at `level` or above. Pressure toward new positions is then turned down
/// to `toward-new`; that toward the status quo is left alone. Balance sheets name the group. Let it
/// act on all factors that could carry a government there.
///
/// Source: Stuster 2023, §4.2.2 and §6.2 (the Joint Chiefs of Staff); G. Tsebelis, "Veto
/// Players" (2002).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Veto {
    /// The role of those who can veto: a value of the categorical attribute `role`.
    pub role: String,
    /// How hard they must advocate the status quo, in [0, 1].
    #[serde(default = "half", deserialize_with = "checked::unit")]
    #[schemars(range(min = 0, max = 1))]
    #[schemars(extend("x-evidence" = evidence(
        "half of what a group can do", Design::Convention, Confidence::Low)))]
    pub level: f64,
    /// What they must weigh in the selectorate, in [0, 1].
    #[serde(default, deserialize_with = "checked::unit")]
    #[schemars(range(min = 0, max = 1))]
    #[schemars(extend("x-evidence" = evidence(
        "any weight: a veto is a right, and no matter of weight", Design::Theory, Confidence::Low)))]
    pub weight: f64,
    /// What is left of pressure toward new positions, in [0, 1].
    #[serde(default, deserialize_with = "checked::unit")]
    #[schemars(range(min = 0, max = 1))]
    #[schemars(extend("x-evidence" = evidence(
        "a veto is whole", Design::Theory, Confidence::Low)))]
    pub toward_new: f64,
    /// The layer that holds the selectorates.
    #[serde(default = "domestic")]
    #[schemars(extend("x-evidence" = NAME))]
    pub layer: String,
}

fn half() -> f64 {
    0.5
}

fn domestic() -> String {
    "domestic".to_owned()
}

impl Moderator for Veto {
    fn level(&self) -> Level {
        Level::State
    }

    fn moderate(&self, pressure: &Pressure<'_>, view: &SystemView<'_>, gain: &mut [f64]) {
        if pressure.toward > 0 {
            let blocked = |target| !self.blockers(target, view).is_empty();
            pressure.turn_targets(gain, |target| if blocked(target) { self.toward_new } else { 1.0 });
        }
    }

    fn blockers(&self, target: ActorId, view: &SystemView<'_>) -> Vec<ActorId> {
        let ties = view.ties(&self.layer);
        let first = ties.partition_point(|tie| tie.to < target);
        let groups = ties[first..].iter().take_while(|tie| tie.to == target);
        let vetoes = groups.filter(|tie| {
            let role = view.network.value("role", tie.from).and_then(Value::category);
            let level = view.norm.advocacy.get(tie.from.idx() * view.norm.n_positions).copied();
            role == Some(&self.role) && tie.strength >= self.weight && level.unwrap_or(0.0) >= self.level
        });
        vetoes.map(|tie| tie.from).collect()
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
    use normwave_pressure_factors::NormState;

    // The gain toward a position while A's military of a weight advocates the status quo.
    fn dialled(text: &str, weight: f64, level: f64, toward: u8) -> f64 {
        let mut network = network();
        let layer = network.add_layer("domestic", LayerSource::Stored(Vec::new())).unwrap();
        let group = network.add_actor(Actor::new("A/military", ActorKind::DomesticGroup)).unwrap();
        give(&mut network, "role", &[category(group.0, "military")]);
        let tie = TieSpell { from: group, to: ActorId(0), strength: weight, spell: Spell::ALWAYS };
        network.add_tie(layer, tie).unwrap();
        let mut advocacy = vec![1.0; 15];
        advocacy[12] = level;
        let norm = NormState { advocacy, ..held([0; 3], false) };
        let veto: Veto = read(text);
        assert_near(gain(&veto, &network, &norm, [0, 1], 1), 1.0);
        gain(&veto, &network, &norm, [1, 0], toward)
    }

    #[test]
    fn a_group_vetoes_at_its_level_and_weight_and_not_below() {
        let text = "role = \"military\"\nlevel = 0.75\nweight = 0.25";
        assert_near(dialled(text, 0.25, 0.75, 1), 0.0);
        assert_near(dialled(text, 0.25, 0.75, 0), 1.0);
        assert_near(dialled(text, 0.2, 0.75, 1), 1.0);
        assert_near(dialled(text, 0.25, 0.7, 1), 1.0);
        assert_near(dialled("role = \"public\"", 0.25, 1.0, 1), 1.0);
        assert_near(dialled("role = \"military\"\ntoward-new = 0.4", 0.25, 1.0, 2), 0.4);
    }
}
