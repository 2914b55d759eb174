//! A circle with some long ties.

use super::ring_lattice::ring_pairs;
use super::{check_probability, joined};
use crate::random::Random;
use crate::{Network, NetworkError};
use std::collections::HashSet;

/// A small world: a [ring lattice](super::ring_lattice) in which each tie lets go of its far end with
/// a given probability and takes hold of an actor drawn at random instead.
///
/// The number of ties stays n z / 2, and nobody has fewer than z / 2 of them; else degrees vary. Use
/// [`swap_ties`](super::swap_ties) on a ring lattice to keep every degree as it is, so that nothing
/// but the length of ties changes.
///
/// Ties are gone through by distance, then by place; an actor tied to all others keeps its tie.
///
/// - `n`: actors, 3 or more.
/// - `z`: mean degree, even, 2 to n − 1.
/// - `rewired` (β): the probability, 0 to 1.
///
/// Source: D. J. Watts and S. H. Strogatz, "Collective dynamics of 'small-world' networks", Nature
/// 393 (1998). Clustering falls as (1 − β)³: A. Barrat and M. Weigt, European Physical Journal B 13
/// (2000).
///
/// ```
/// use normwave_network_model::generate::watts_strogatz;
/// assert_eq!(watts_strogatz(100, 6, 0.1, 1)?.actors().len(), 100);
/// # Ok::<(), normwave_network_model::NetworkError>(())
/// ```
///
/// # Errors
/// [`NetworkError::Argument`] if z is odd, 0, or not below n, or if `rewired` is no probability;
/// [`NetworkError::TooLarge`] if the network would be too large.
pub fn watts_strogatz(n: usize, z: usize, rewired: f64, seed: u64) -> Result<Network, NetworkError> {
    check_probability("rewired", rewired)?;
    let mut pairs = ring_pairs(n, z)?;
    let key = |a: usize, b: usize| if a < b { (a, b) } else { (b, a) };
    let mut tied: HashSet<(usize, usize)> = pairs.iter().map(|&[a, b]| key(a, b)).collect();
    let mut degrees = vec![z; n];
    let mut random = Random::new(seed);
    for pair in &mut pairs {
        let [near, far] = *pair;
        if random.uniform() >= rewired || degrees[near] == n - 1 {
            continue;
        }
        let new = loop {
            let other = random.below(n);
            if other != near && !tied.contains(&key(near, other)) {
                break other;
            }
        };
        tied.remove(&key(near, far));
        tied.insert(key(near, new));
        degrees[far] -= 1;
        degrees[new] += 1;
        *pair = [near, new];
    }
    Ok(joined(n, pairs)?.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::ring_lattice;
    use crate::measure::{Flow, degree, mean_local_clustering};
    use crate::support::*;

    #[test]
    fn without_rewiring_it_is_a_ring() {
        let ties = |network: &Network| {
            let view = network.at(day("1997")).unwrap();
            view.ties(network.layer_id("ties").unwrap()).to_vec()
        };
        assert_eq!(ties(&watts_strogatz(50, 6, 0.0, 3).unwrap()), ties(&ring_lattice(50, 6).unwrap()));
    }

    #[test]
    fn ties_are_neither_lost_nor_doubled_and_half_of_everybodys_stay() {
        for rewired in [0.01, 0.3, 1.0] {
            let network = watts_strogatz(200, 6, rewired, 5).unwrap();
            in_ties(&network, undirected(), |graph| {
                assert_eq!(graph.n_ties(), 600);
                assert!(degree(graph, Flow::Both).iter().all(|&degree| degree >= 3));
            });
        }
    }

    #[test]
    fn clustering_falls_with_the_cube_of_what_stays() {
        // Barrat and Weigt: C(β) ≈ C(0)(1 − β)³ up to 1/n, here over ten seeds.
        for rewired in [0.05, 0.2, 0.5] {
            let of = |seed| {
                in_ties(&watts_strogatz(1000, 8, rewired, seed).unwrap(), undirected(), mean_local_clustering)
            };
            let mean = (1..=10).map(of).sum::<f64>() / 10.0;
            let expected = 3.0 * 6.0 / (4.0 * 7.0) * (1.0_f64 - rewired).powi(3);
            assert!((mean - expected).abs() < 0.02, "{rewired}: {mean}, not about {expected}");
        }
    }

    #[test]
    fn where_all_are_tied_there_is_nothing_to_rewire() {
        let network = watts_strogatz(5, 4, 1.0, 1).unwrap();
        assert_eq!(in_ties(&network, undirected(), |graph| graph.n_ties()), 10);
    }

    #[test]
    fn what_is_no_probability_is_refused() {
        let text = "rewired is 1.5; give a number from 0 to 1";
        assert_eq!(watts_strogatz(10, 4, 1.5, 1).unwrap_err().to_string(), text);
        assert!(watts_strogatz(10, 4, f64::NAN, 1).is_err());
    }
}
