//! Senders who speak to several cultures.

use crate::dial::{DIRECTION_ONLY, as_it_is};
use crate::{Level, Moderator, Pressure, Shape};
use normwave_network_model::{ActorId, Tie, Value};
use normwave_pressure_factors::{Needs, Reads, SystemView};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Multivocal brokerage: what a stranger says is lost in translation, and least so where the
/// sender is at home in the target's culture as well as in its own.
///
/// Driver: the sender's closeness to the target's culture, in [0, 1]: 1 where it is of that culture,
/// else the strength of its ties with those who are, relative to the culture with which it has the
/// strongest, over `layer` in both directions and without its ties with the target itself. By
/// default the gain is that closeness, in both directions. A target without a culture, or a sender
/// with neither a culture nor ties, is not moderated.
///
/// Source: Stuster 2023, §4.2.2; Goddard 2009; Acharya 2004. The measure is ours.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MultivocalBrokerage {
    /// Categorical attribute of an actor's culture.
    pub culture: String,
    /// The layer in which a sender's ties show where it is at home.
    pub layer: String,
    /// Gain toward the status quo over closeness.
    #[serde(default = "as_it_is")]
    #[schemars(extend("x-evidence" = DIRECTION_ONLY))]
    pub toward_status_quo: Shape,
    /// Gain toward new positions over closeness.
    #[serde(default = "as_it_is")]
    #[schemars(extend("x-evidence" = DIRECTION_ONLY))]
    pub toward_new: Shape,
}

// Of each actor: Σ of its ties with those of each culture.
type Contacts<'v> = Vec<BTreeMap<&'v str, f64>>;

impl MultivocalBrokerage {
    fn culture<'v>(&self, view: &SystemView<'v>, actor: ActorId) -> Option<&'v str> {
        view.network.value(&self.culture, actor).and_then(Value::category)
    }

    fn contacts<'v>(&self, view: &SystemView<'v>) -> Contacts<'v> {
        let mut contacts: Contacts<'v> = vec![BTreeMap::new(); view.network.n_actors()];
        for tie in view.ties(&self.layer) {
            for (actor, other) in [(tie.from, tie.to), (tie.to, tie.from)] {
                if let Some(culture) = self.culture(view, other) {
                    *contacts[actor.idx()].entry(culture).or_insert(0.0) += tie.strength;
                }
            }
        }
        contacts
    }

    fn closeness(&self, view: &SystemView<'_>, contacts: &Contacts<'_>, tie: &Tie) -> Option<f64> {
        let culture = self.culture(view, tie.to)?;
        if self.culture(view, tie.from) == Some(culture) {
            return Some(1.0);
        }
        let mut contacts = contacts[tie.from.idx()].clone();
        if let (Some(with), Ok(layer)) =
            (contacts.get_mut(culture), view.network.network().layer_id(&self.layer))
        {
            let own = [(tie.from, tie.to), (tie.to, tie.from)];
            let own = own.map(|(from, to)| view.network.strength(layer, from, to));
            *with = (*with - own[0] - own[1]).max(0.0);
        }
        let most = contacts.values().copied().fold(0.0, f64::max);
        if most > 0.0 {
            return Some(contacts.get(culture).copied().unwrap_or(0.0) / most);
        }
        self.culture(view, tie.from).map(|_| 0.0)
    }
}

impl Moderator for MultivocalBrokerage {
    fn level(&self) -> Level {
        Level::Dyadic
    }

    fn moderate(&self, pressure: &Pressure<'_>, view: &SystemView<'_>, gain: &mut [f64]) {
        let shape = pressure.dial(&self.toward_status_quo, &self.toward_new);
        let contacts = self.contacts(view);
        pressure.turn_ties(gain, |tie| {
            self.closeness(view, &contacts, tie).map_or(1.0, |closeness| shape.gain(closeness))
        });
    }

    fn reads(&self) -> Reads {
        Reads::Network
    }

    fn needs(&self) -> Needs {
        Needs {
            layers: vec![self.layer.clone()],
            known_attributes: vec![self.culture.clone()],
            ..Needs::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;
    use normwave_network_model::{LayerSource, Spell, TieSpell};

    // B and N speak to A with equal ties; how much gets across, of a sender with these contacts
    // with C, who is of A's culture, and with B's own kin D.
    fn across(with_c: f64, with_d: f64, culture: Option<&str>) -> f64 {
        let mut network = network();
        let d = network
            .add_actor(normwave_network_model::Actor::new("D", normwave_network_model::ActorKind::Government))
            .unwrap();
        let mut cultures = vec![category(0, "south"), category(2, "south"), category(d.0, "north")];
        cultures.extend(culture.map(|culture| category(1, culture)));
        give(&mut network, "culture", &cultures);
        let layer = network.add_layer("talk", LayerSource::Stored(Vec::new())).unwrap();
        for (from, to, strength) in [(1, 2, with_c), (d.0, 1, with_d), (1, 0, 5.0)] {
            let tie = TieSpell { from: ActorId(from), to: ActorId(to), strength, spell: Spell::ALWAYS };
            network.add_tie(layer, tie).unwrap();
        }
        let broker: MultivocalBrokerage = read("culture = \"culture\"\nlayer = \"talk\"");
        gain(&broker, &network, &held([0; 3], false), [1, 0], 1)
    }

    #[test]
    fn a_broker_at_home_in_both_cultures_loses_less_than_one_at_home_in_its_own() {
        assert_near(across(2.0, 4.0, Some("north")), 0.5);
        assert_near(across(4.0, 4.0, Some("north")), 1.0);
        assert_near(across(0.0, 4.0, Some("north")), 0.0);
        assert_near(across(0.0, 4.0, Some("south")), 1.0);
    }

    #[test]
    fn a_sender_that_belongs_nowhere_is_heard_as_it_is() {
        assert_near(across(0.0, 0.0, None), 1.0);
        assert_near(across(0.0, 0.0, Some("north")), 0.0);
        assert_near(across(1.0, 4.0, None), 0.25);
    }
}
