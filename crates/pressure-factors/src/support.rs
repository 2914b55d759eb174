//! What the tests of several modules share.

use crate::{NormState, PressureFactor, Scope, Session, SystemView};
use normwave_network_model::{
    Actor, ActorId, ActorKind, LayerSource, Membership, Network, Spell, TieSpell, Timeline, Value, parse_date,
};

// Governments A, B, C and the NGO N, with all ties among them: strength 1 from A, 2 from B, 3 from
// C, 4 from N.
pub(crate) fn network() -> Network {
    let mut network = Network::default();
    for (id, kind) in [
        ("A", ActorKind::Government),
        ("B", ActorKind::Government),
        ("C", ActorKind::Government),
        ("N", ActorKind::Ngo),
    ] {
        network.add_actor(Actor::new(id, kind)).unwrap();
    }
    let layer = network.add_layer("ties", LayerSource::Stored(Vec::new())).unwrap();
    for from in 0..4u32 {
        for to in (0..3u32).filter(|to| *to != from) {
            let strength = f64::from(from + 1);
            let tie = TieSpell { from: ActorId(from), to: ActorId(to), strength, spell: Spell::ALWAYS };
            network.add_tie(layer, tie).unwrap();
        }
    }
    network
}

pub(crate) fn give(network: &mut Network, attribute: &str, numbers: &[(u32, f64)]) {
    for &(actor, number) in numbers {
        *network.attribute_mut(attribute).of_mut(ActorId(actor)) = Timeline::constant(Value::Number(number));
    }
}

pub(crate) fn join(network: &mut Network, affiliation: &str, organisation: &str, members: &[(u32, Spell)]) {
    let mut club = normwave_network_model::Affiliation { name: affiliation.to_owned(), ..Default::default() };
    let organisation = club.organisation(organisation);
    for &(actor, spell) in members {
        club.memberships.push(Membership { actor: ActorId(actor), organisation, spell });
    }
    network.add_affiliation(club);
}

pub(crate) fn norm(bindingness: &[f64]) -> NormState {
    NormState {
        n_positions: bindingness.len(),
        bindingness: bindingness.to_vec(),
        positions: vec![Some(0), Some(0), Some(0), None],
        advocacy: vec![0.0; 4 * bindingness.len()],
        ..NormState::default()
    }
}

pub(crate) fn one_vote(members: [bool; 4]) -> Session {
    Session { name: "talks".to_owned(), members: members.to_vec(), public: false, one_vote: true }
}

// What a factor fills on a date: (sender, target, value) of what is not 0, or values by actor.
pub(crate) fn filled(
    factor: &dyn PressureFactor,
    network: &Network,
    norm: &NormState,
    date: &str,
) -> Vec<f64> {
    let view = network.at(parse_date(date).unwrap()).unwrap();
    let view = SystemView { network: &view, norm };
    let n = match factor.scope() {
        Scope::Ties { layer, .. } => view.ties(layer).len(),
        Scope::Actors => 4 * norm.n_positions,
    };
    let mut out = vec![0.0; n];
    factor.fill(&view, &mut out);
    out
}

// Of the tie from one actor to another.
pub(crate) fn from_to(
    factor: &dyn PressureFactor,
    network: &Network,
    norm: &NormState,
    date: &str,
    [from, to]: [u32; 2],
) -> f64 {
    let view = network.at(parse_date(date).unwrap()).unwrap();
    let ties = view.ties_of("ties").unwrap();
    let place = ties.iter().position(|tie| (tie.from.0, tie.to.0) == (from, to)).unwrap();
    filled(factor, network, norm, date)[place]
}

pub(crate) fn read<F: serde::de::DeserializeOwned>(text: &str) -> F {
    toml::from_str(text).unwrap()
}

#[track_caller]
pub(crate) fn assert_near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-12, "found {found}, expected {expected}");
}
