//! What the tests of several modules share.

use crate::measure::{Direction, LayerGraph, Reading, Strengths};
use crate::*;
use proptest::prelude::*;

pub(crate) fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

#[track_caller]
pub(crate) fn assert_close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "found {found}, expected {expected}");
}

#[track_caller]
pub(crate) fn assert_all_close(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    let near = found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9);
    assert!(near, "found {found:?}, expected {expected:?}");
}

// Governments A1, A2, … with a stored layer `ties`, from (from, to, strength) with places from 0.
pub(crate) fn network(n: usize, ties: &[(usize, usize, f64)]) -> Network {
    let mut network = Network::default();
    let actors: Vec<_> = generate::names(n)
        .map(|id| network.add_actor(Actor::new(id, ActorKind::Government)).unwrap())
        .collect();
    let layer = network.add_layer("ties", LayerSource::Stored(vec![])).unwrap();
    for &(from, to, strength) in ties {
        let tie = TieSpell { from: actors[from], to: actors[to], strength, spell: Spell::ALWAYS };
        network.add_tie(layer, tie).unwrap();
    }
    network
}

// What `measure` finds in the layer `ties` of a network in 1997.
pub(crate) fn in_ties<T>(network: &Network, reading: Reading, measure: impl Fn(&LayerGraph<'_>) -> T) -> T {
    let view = network.at(day("1997")).unwrap();
    measure(&LayerGraph::new(&view, network.layer_id("ties").unwrap(), reading))
}

pub(crate) fn undirected() -> Reading {
    Reading::default()
}

pub(crate) fn directed() -> Reading {
    Reading { direction: Direction::Directed, ..Reading::default() }
}

pub(crate) fn weighted(direction: Direction) -> Reading {
    Reading { direction, strengths: Strengths::Used, ..Reading::default() }
}

// The 15 families of Florence that are joined by marriage; Pucci is left out.
pub(crate) fn joined_families() -> Network {
    let mut network = generate::florentine().unwrap();
    let pucci = network.actor_id("Pucci").unwrap();
    network.actor_mut(pucci).lives = Vec::new().into();
    network
}

// Who met whom outside of the karate club, each with those of larger number: W. W. Zachary, "An
// information flow model for conflict and fission in small groups", Journal of Anthropological
// Research 33 (1977), figure 1.
const KARATE: [(usize, &[usize]); 26] = [
    (1, &[2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 18, 20, 22, 32]),
    (2, &[3, 4, 8, 14, 18, 20, 22, 31]),
    (3, &[4, 8, 9, 10, 14, 28, 29, 33]),
    (4, &[8, 13, 14]),
    (5, &[7, 11]),
    (6, &[7, 11, 17]),
    (7, &[17]),
    (9, &[31, 33, 34]),
    (10, &[34]),
    (14, &[34]),
    (15, &[33, 34]),
    (16, &[33, 34]),
    (19, &[33, 34]),
    (20, &[34]),
    (21, &[33, 34]),
    (23, &[33, 34]),
    (24, &[26, 28, 30, 33, 34]),
    (25, &[26, 28, 32]),
    (26, &[32]),
    (27, &[30, 34]),
    (28, &[34]),
    (29, &[32, 34]),
    (30, &[33, 34]),
    (31, &[33, 34]),
    (32, &[33, 34]),
    (33, &[34]),
];

// Zachary's karate club without strengths; its member 1 stands in place 0.
pub(crate) fn karate() -> Network {
    let pairs = KARATE.iter().flat_map(|(a, others)| others.iter().map(move |b| (a - 1, b - 1, 1.0)));
    network(34, &pairs.collect::<Vec<_>>())
}

pub(crate) fn actors(network: &Network, ids: &[&str]) -> Vec<ActorId> {
    ids.iter().map(|id| network.actor_id(id).unwrap()).collect()
}

// A small network with its lengths: lengths[i][j] is 1 / strength of the tie i -> j, 1 to 4 or none.
pub(crate) fn small_network() -> impl Strategy<Value = (Vec<Vec<Option<u32>>>, Network)> {
    let lengths = (2..=6_usize)
        .prop_flat_map(|n| prop::collection::vec(prop::collection::vec(prop::option::of(1..=4_u32), n), n));
    lengths.prop_map(|mut lengths| {
        let n = lengths.len();
        let mut ties = Vec::new();
        for (i, sent) in lengths.iter_mut().enumerate() {
            sent[i] = None;
            let tied = sent.iter().enumerate().filter_map(|(j, length)| Some((j, (*length)?)));
            ties.extend(tied.map(|(j, length)| (i, j, 1.0 / f64::from(length))));
        }
        let network = network(n, &ties);
        (lengths, network)
    })
}

// The shares of shortest paths from s to t that pass at least one of `through`, summed over all
// ordered pairs outside of it: every path without repetition is walked.
pub(crate) fn pairs_between(lengths: &[Vec<Option<u32>>], through: &[usize]) -> f64 {
    let outside = |v: &usize| !through.contains(v);
    let mut sum = 0.0;
    for s in (0..lengths.len()).filter(outside) {
        for t in (0..lengths.len()).filter(|t| *t != s).filter(outside) {
            let mut paths = Vec::new();
            walk(lengths, t, &mut vec![s], 0, &mut paths);
            let shortest = paths.iter().map(|path| path.0).min();
            let best: Vec<_> = paths.iter().filter(|path| Some(path.0) == shortest).collect();
            let passing = best.iter().filter(|path| path.1.iter().any(|v| through.contains(v))).count();
            sum += passing as f64 / best.len().max(1) as f64;
        }
    }
    sum
}

fn walk(
    lengths: &[Vec<Option<u32>>],
    target: usize,
    path: &mut Vec<usize>,
    length: u32,
    found: &mut Vec<(u32, Vec<usize>)>,
) {
    let here = path[path.len() - 1];
    if here == target {
        found.push((length, path.clone()));
        return;
    }
    for (next, step) in lengths[here].iter().enumerate() {
        if let Some(step) = step
            && !path.contains(&next)
        {
            path.push(next);
            walk(lengths, target, path, length + step, found);
            path.pop();
        }
    }
}

// The lengths as an undirected reading sees them: the stronger direction in both.
pub(crate) fn mutual(lengths: &[Vec<Option<u32>>]) -> Vec<Vec<Option<u32>>> {
    let n = lengths.len();
    let shorter = |i: usize, j: usize| lengths[i][j].into_iter().chain(lengths[j][i]).min();
    (0..n).map(|i| (0..n).map(|j| shorter(i, j)).collect()).collect()
}

pub(crate) fn unit(lengths: &[Vec<Option<u32>>]) -> Vec<Vec<Option<u32>>> {
    lengths.iter().map(|row| row.iter().map(|length| length.map(|_| 1)).collect()).collect()
}
