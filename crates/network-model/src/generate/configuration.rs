//! Given degrees, else random.

use super::joined;
use super::swap_ties::{Until, exchange};
use crate::limits::check_size;
use crate::random::Random;
use crate::{Network, NetworkError};
use std::collections::BinaryHeap;

// Tries to exchange two ties, for each tie: Milo et al. find 100 more than enough.
const TRIES: usize = 100;

/// A configuration model: a random network in which every actor has exactly the degree it is
/// given, and no pair is tied twice.
///
/// To join the ends of ties blindly would tie some pairs twice and some actors to themselves, and to
/// drop these would change degrees. So the network of V. Havel and S. L. Hakimi is made first, which
/// has the degrees wherever that is possible, and then its ties exchange ends at random, a hundred
/// tries for each tie ([`swap_ties`](super::swap_ties) says how).
///
/// - `degrees`: the degree of each actor, `A1` first, 0 to n − 1; their sum is even.
///
/// Source: R. Milo, N. Kashtan, S. Itzkovitz, M. E. J. Newman and U. Alon, "On the uniform generation
/// of random graphs with prescribed degree sequences", arXiv:cond-mat/0312028 (2003).
///
/// ```
/// use normwave_network_model::generate::configuration;
/// assert_eq!(configuration(&[3, 2, 2, 2, 1], 1)?.actors().len(), 5);
/// # Ok::<(), normwave_network_model::NetworkError>(())
/// ```
///
/// # Errors
/// [`NetworkError::Argument`] if no network has these degrees;
/// [`NetworkError::TooLarge`] if the network would be too large.
pub fn configuration(degrees: &[usize], seed: u64) -> Result<Network, NetworkError> {
    let n = degrees.len();
    check_size(n, degrees.iter().map(|&degree| degree as f64).sum())?;
    let mut pairs = havel_hakimi(degrees)?;
    pairs.sort_unstable();
    exchange(&mut pairs, &mut Random::new(seed), Until::Tried(TRIES * n_ties(degrees)))?;
    Ok(joined(n, pairs)?.0)
}

fn n_ties(degrees: &[usize]) -> usize {
    degrees.iter().sum::<usize>() / 2
}

// The actor that lacks most ties is tied to those that lack most of the others, again and again.
fn havel_hakimi(degrees: &[usize]) -> Result<Vec<[usize; 2]>, NetworkError> {
    if degrees.iter().sum::<usize>() % 2 == 1 {
        let why = "the degrees have an odd sum; a tie has two ends, so change one of them by 1";
        return Err(NetworkError::Argument(why.to_owned()));
    }
    let mut lacking: BinaryHeap<(usize, usize)> =
        degrees.iter().enumerate().filter(|(_, degree)| **degree > 0).map(|(place, &d)| (d, place)).collect();
    let mut pairs = Vec::with_capacity(n_ties(degrees));
    while let Some((degree, actor)) = lacking.pop() {
        if degree > lacking.len() {
            let why = format!(
                "no network has these degrees: A{} has {degree} ties left for {} others that still lack one; lower \
                 the largest degrees or raise the others",
                actor + 1,
                lacking.len()
            );
            return Err(NetworkError::Argument(why));
        }
        let others: Vec<(usize, usize)> = (0..degree).filter_map(|_| lacking.pop()).collect();
        for (left, other) in others {
            pairs.push([actor.min(other), actor.max(other)]);
            if left > 1 {
                lacking.push((left - 1, other));
            }
        }
    }
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{Flow, degree};
    use crate::support::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn whoever_has_a_network_gets_one_with_its_degrees((_, network) in small_network(), seed in 0..99_u64) {
            let degrees = in_ties(&network, undirected(), |graph| degree(graph, Flow::Both));
            let made = configuration(&degrees, seed).unwrap();
            prop_assert_eq!(in_ties(&made, undirected(), |graph| degree(graph, Flow::Both)), degrees);
        }
    }

    #[test]
    fn every_network_of_some_degrees_is_as_likely_as_any_other() {
        // A ring of six (60 labelled ones) or two triangles (10) are all that have degree 2 everywhere.
        let mut counts: BTreeMap<Vec<(u32, u32)>, u32> = BTreeMap::new();
        for seed in 0..7000 {
            let network = configuration(&[2; 6], seed).unwrap();
            let view = network.at(day("1997")).unwrap();
            let ties = view.ties_of("ties").unwrap().iter().filter(|tie| tie.from < tie.to);
            *counts.entry(ties.map(|tie| (tie.from.0, tie.to.0)).collect()).or_insert(0) += 1;
        }
        // 100 each, standard deviation 10.
        assert_eq!(counts.len(), 70);
        assert!(counts.values().all(|count| (55..=145).contains(count)), "{counts:?}");
    }

    #[test]
    fn degrees_that_no_network_has_are_refused() {
        let refused = |degrees: &[usize]| configuration(degrees, 1).unwrap_err().to_string();
        assert_eq!(
            refused(&[1, 1, 1]),
            "the degrees have an odd sum; a tie has two ends, so change one of them by 1"
        );
        let text = "no network has these degrees: A2 has 3 ties left for 1 others that still lack one; lower the \
                    largest degrees or raise the others";
        assert_eq!(refused(&[0, 3, 1]), text);
        assert!(refused(&[3, 3, 1, 1]).starts_with("no network has these degrees"));
        assert!(configuration(&[], 1).unwrap().actors().is_empty());
        assert_eq!(configuration(&[0, 0], 1).unwrap().actors().len(), 2);
    }
}
