//! What the tests of several modules share.

use crate::{Moderator, Pressure};
use normwave_network_model::{
    Actor, ActorId, ActorKind, LayerSource, Network, Spell, Tie, TieSpell, Timeline, Value, parse_date,
};
use normwave_pressure_factors::{NormState, Session, SystemView};

// Governments A, B, C, and an NGO N, all of which reach each government with strength 1.
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
            let tie = TieSpell { from: ActorId(from), to: ActorId(to), strength: 1.0, spell: Spell::ALWAYS };
            network.add_tie(layer, tie).unwrap();
        }
    }
    network
}

pub(crate) fn give(network: &mut Network, attribute: &str, values: &[(u32, Value)]) {
    for (actor, value) in values {
        *network.attribute_mut(attribute).of_mut(ActorId(*actor)) = Timeline::constant(value.clone());
    }
}

pub(crate) fn number(actor: u32, number: f64) -> (u32, Value) {
    (actor, Value::Number(number))
}

pub(crate) fn category(actor: u32, category: &str) -> (u32, Value) {
    (actor, Value::Category(category.to_owned()))
}

// A, B and C hold these positions of K = 3.
pub(crate) fn held(positions: [u8; 3], graded: bool) -> NormState {
    let positions = positions.iter().map(|held| Some(*held)).chain([None]).collect();
    NormState { n_positions: 3, graded, positions, ..NormState::default() }
}

pub(crate) fn session(public: bool, members: [bool; 4]) -> Session {
    Session { name: "talks".to_owned(), members: members.to_vec(), public, one_vote: false }
}

// The gain on the tie from one actor to another, toward a position.
pub(crate) fn gain(
    moderator: &dyn Moderator,
    network: &Network,
    norm: &NormState,
    [from, to]: [u32; 2],
    toward: u8,
) -> f64 {
    let view = network.at(parse_date("1997").unwrap()).unwrap();
    let ties: &[Tie] = view.ties_of("ties").unwrap();
    let raw = vec![1.0; ties.len()];
    let pressure = Pressure { factor: "f", toward, ties: Some(ties), raw: &raw };
    let mut gains = vec![1.0; ties.len()];
    moderator.moderate(&pressure, &SystemView { network: &view, norm }, &mut gains);
    gains[ties.iter().position(|tie| (tie.from.0, tie.to.0) == (from, to)).unwrap()]
}

// The gain on an actor's own pressure.
pub(crate) fn own_gain(moderator: &dyn Moderator, network: &Network, actor: u32, toward: u8) -> f64 {
    let view = network.at(parse_date("1997").unwrap()).unwrap();
    let raw = vec![1.0; 4];
    let pressure = Pressure { factor: "f", toward, ties: None, raw: &raw };
    let mut gains = vec![1.0; 4];
    moderator.moderate(&pressure, &SystemView { network: &view, norm: &held([0; 3], false) }, &mut gains);
    gains[actor as usize]
}

pub(crate) fn read<M: serde::de::DeserializeOwned>(text: &str) -> M {
    toml::from_str(text).unwrap()
}

#[track_caller]
pub(crate) fn assert_near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-12, "found {found}, expected {expected}");
}
