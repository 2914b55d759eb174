//! Rewiring at equal degrees.

use super::TIES;
use crate::random::Random;
use crate::{ActorId, Network, NetworkError, Spell, TieSpell};
use std::collections::{BTreeMap, HashSet};

// Beyond it nothing of the old ties is left, and more exchanges only take time.
const MOST_REWIRED: f64 = 100.0;

/// Rewires a share of the layer [`TIES`] at random while every actor keeps its degree: two ties
/// a–b and c–d become a–d and c–b, unless one of these is there already. It is repeated until half as
/// many exchanges as `rewired` times the number of ties have been made.
///
/// This separates the length of ties from their number. [`watts_strogatz`](super::watts_strogatz)
/// changes both. At 1, about 1/e of the ties are still those of before.
///
/// - `rewired`: the share, 0 to 100; a tie may be exchanged more than once, so 1 and above make
///   sense.
///
/// Source: S. Maslov and K. Sneppen, "Specificity and stability in topology of protein networks",
/// Science 296 (2002); D. Centola and M. Macy rewire lattices so, American Journal of Sociology 113
/// (2007).
///
/// ```
/// use normwave_network_model::generate::{ring_lattice, swap_ties};
/// let mut network = ring_lattice(100, 6)?;
/// swap_ties(&mut network, 0.1, 1)?;
/// # Ok::<(), normwave_network_model::NetworkError>(())
/// ```
///
/// # Errors
/// [`NetworkError::Argument`] if `rewired` is not a number from 0 to 100; if the ties do not all hold
/// always, in both directions and with one strength; or if no exchange is possible, as in a star.
pub fn swap_ties(network: &mut Network, rewired: f64, seed: u64) -> Result<(), NetworkError> {
    if !(0.0..=MOST_REWIRED).contains(&rewired) {
        let why = format!("rewired is {rewired}; give a number from 0 to {MOST_REWIRED}, such as 0.1");
        return Err(NetworkError::Argument(why));
    }
    let layer = network.layer_id(TIES)?;
    let ties = network.ties_mut(layer).map(std::mem::take).unwrap_or_default();
    let (pairs, strength) = match undirected_pairs(&ties) {
        Some(found) => found,
        None => {
            network.ties_mut(layer).into_iter().for_each(|kept| kept.clone_from(&ties));
            let why = "only ties that always hold, in both directions and with one strength, can be rewired";
            return Err(NetworkError::Argument(why.to_owned()));
        }
    };
    let mut swapped = pairs;
    let n_swaps = (rewired * swapped.len() as f64 / 2.0).round_ties_even() as usize;
    let made = exchange(&mut swapped, &mut Random::new(seed), Until::Made(n_swaps));
    if let Some(kept) = network.ties_mut(layer) {
        let both = |&[a, b]: &[usize; 2]| [(a, b), (b, a)];
        let id = |place: usize| ActorId(u32::try_from(place).unwrap_or(u32::MAX));
        let tie = |(a, b)| TieSpell { from: id(a), to: id(b), strength, spell: Spell::ALWAYS };
        *kept = swapped.iter().flat_map(both).map(tie).collect();
    }
    made
}

// The pairs in order, and the one strength of all ties.
fn undirected_pairs(ties: &[TieSpell]) -> Option<(Vec<[usize; 2]>, f64)> {
    let strength = ties.first().map_or(1.0, |tie| tie.strength);
    let mut directions: BTreeMap<[usize; 2], i32> = BTreeMap::new();
    for tie in ties {
        if tie.spell != Spell::ALWAYS || tie.strength.to_bits() != strength.to_bits() {
            return None;
        }
        let (from, to) = (tie.from.idx(), tie.to.idx());
        // 1 for one way, 2 for the other: 3 is both, once each.
        *directions.entry([from.min(to), from.max(to)]).or_insert(0) += if from < to { 1 } else { 2 };
    }
    let mutual = directions.values().all(|&ways| ways == 3) && directions.len() * 2 == ties.len();
    mutual.then(|| (directions.into_keys().collect(), strength))
}

// When to stop exchanging.
pub(super) enum Until {
    // After so many exchanges.
    Made(usize),
    // After so many tries, whether they succeeded or not.
    Tried(usize),
}

// Exchanges the ends of ties. The pairs must be in order for a seed to mean one network.
pub(super) fn exchange(
    pairs: &mut [[usize; 2]],
    random: &mut Random,
    until: Until,
) -> Result<(), NetworkError> {
    let key = |a: usize, b: usize| [a.min(b), a.max(b)];
    let mut tied: HashSet<[usize; 2]> = pairs.iter().copied().collect();
    // A try succeeds often unless next to none can.
    let patience = 10_000 + 100 * pairs.len();
    let (mut made, mut tried, mut last_made) = (0, 0, 0);
    while match until {
        Until::Made(n) => made < n,
        Until::Tried(n) => tried < n && pairs.len() > 1,
    } {
        if matches!(until, Until::Made(_)) && (tried - last_made > patience || pairs.len() < 2) {
            let why = format!(
                "after {made} exchanges no two ties are left whose ends can be exchanged; rewire less, or another network"
            );
            return Err(NetworkError::Argument(why));
        }
        tried += 1;
        let (x, y) = (random.below(pairs.len()), random.below(pairs.len()));
        if x == y {
            continue;
        }
        let ([a, b], [mut c, mut d]) = (pairs[x], pairs[y]);
        if random.uniform() < 0.5 {
            (c, d) = (d, c);
        }
        if a == d || c == b || tied.contains(&key(a, d)) || tied.contains(&key(c, b)) {
            continue;
        }
        tied.remove(&key(a, b));
        tied.remove(&key(c, d));
        tied.insert(key(a, d));
        tied.insert(key(c, b));
        pairs[x] = key(a, d);
        pairs[y] = key(c, b);
        made += 1;
        last_made = tried;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::{names, ring_lattice, star, torus_lattice};
    use crate::measure::{Flow, degree, transitivity};
    use crate::support::*;

    fn pairs(network: &Network) -> Vec<[usize; 2]> {
        let view = network.at(day("1997")).unwrap();
        undirected_pairs(
            &view
                .ties(network.layer_id(TIES).unwrap())
                .iter()
                .map(|tie| TieSpell {
                    from: tie.from,
                    to: tie.to,
                    strength: tie.strength,
                    spell: Spell::ALWAYS,
                })
                .collect::<Vec<_>>(),
        )
        .unwrap()
        .0
    }

    #[test]
    fn every_degree_stays_and_ties_move() {
        let mut network = torus_lattice(10, 10, Default::default(), 1).unwrap();
        let before = pairs(&network);
        swap_ties(&mut network, 1.0, 9).unwrap();
        in_ties(&network, undirected(), |graph| {
            assert_eq!(degree(graph, Flow::Both), [8; 100]);
            assert!(transitivity(graph) < 0.2);
        });
        // e⁻¹ of 400 are expected to be untouched, and few of the others come back.
        let kept = pairs(&network).iter().filter(|pair| before.contains(pair)).count();
        assert!((120..=200).contains(&kept), "{kept}");
    }

    #[test]
    fn the_swaps_are_those_of_an_independent_program() {
        // The same algorithm and SplitMix64 in Python (the project's reference r03), from a sorted
        // ring of 1000 with degree 6: neighbours of some actors, and how far apart all pairs are.
        let mut network = ring_lattice(1000, 6).unwrap();
        swap_ties(&mut network, 0.1, 300).unwrap();
        let all = pairs(&network);
        let near = |i: usize| {
            let mut near: Vec<usize> =
                all.iter().filter(|p| p.contains(&i)).map(|p| p[0] + p[1] - i).collect();
            near.sort_unstable();
            near
        };
        assert_eq!(all.len(), 3000);
        assert_eq!(near(0), [1, 2, 301, 997, 998, 999]);
        assert_eq!(near(1), [0, 2, 3, 4, 998, 999]);
        assert_eq!(near(2), [0, 1, 3, 4, 5, 351]);
        assert_eq!(near(500), [498, 499, 501, 502, 503, 680]);
        assert_eq!(near(999), [0, 1, 873, 996, 997, 998]);
        let apart = |&[a, b]: &[usize; 2]| (b - a).min(1000 - (b - a));
        assert_eq!(all.iter().filter(|pair| apart(pair) <= 3).count(), 2719);
        assert_eq!(all.iter().map(apart).sum::<usize>(), 81_738);
    }

    #[test]
    fn nothing_changes_without_rewiring() {
        let mut network = ring_lattice(20, 4).unwrap();
        let before = pairs(&network);
        swap_ties(&mut network, 0.0, 1).unwrap();
        assert_eq!(pairs(&network), before);
    }

    #[test]
    fn what_cannot_be_exchanged_is_refused() {
        let mut hub = star("hub", names(5)).unwrap();
        let refused = swap_ties(&mut hub, 0.5, 1).unwrap_err().to_string();
        let text = "after 0 exchanges no two ties are left whose ends can be exchanged; rewire less, or another network";
        assert_eq!(refused, text);
        assert_eq!(pairs(&hub).len(), 5);
        let text = "rewired is -1; give a number from 0 to 100, such as 0.1";
        assert_eq!(swap_ties(&mut hub, -1.0, 1).unwrap_err().to_string(), text);
        for ties in [&[(0, 1, 1.0)][..], &[(0, 1, 1.0), (1, 0, 2.0)]] {
            let mut network = network(3, ties);
            let text = "only ties that always hold, in both directions and with one strength, can be rewired";
            assert_eq!(swap_ties(&mut network, 0.1, 1).unwrap_err().to_string(), text);
            assert_eq!(network.at(day("1997")).unwrap().ties_of(TIES).unwrap().len(), ties.len());
        }
    }
}
