//! Newcomers choose the well-tied.

use super::joined;
use crate::limits::check_size;
use crate::random::Random;
use crate::{Network, NetworkError};

/// A scale-free network: `m + 1` actors who are all tied to each other, then newcomers, each of whom
/// ties itself to m different actors with probabilities in proportion to their degrees. Early actors
/// become hubs. There are m (m + 1) / 2 + (n − m − 1) m ties.
///
/// In a large network the share of actors with degree k tends to `2m(m + 1) / k(k + 1)(k + 2)`.
///
/// All ties hold always; [`grow`](super::grow) gives ties dates.
///
/// - `n`: actors, m + 1 or more.
/// - `m`: ties of each newcomer, 1 or more.
///
/// Source: A.-L. Barabási and R. Albert, "Emergence of scaling in random networks", Science 286 (1999);
/// degrees: S. N. Dorogovtsev, J. F. F. Mendes and A. N. Samukhin, Physical Review Letters 85 (2000).
///
/// ```
/// use normwave_network_model::generate::barabasi_albert;
/// assert_eq!(barabasi_albert(100, 2, 1)?.actors().len(), 100);
/// # Ok::<(), normwave_network_model::NetworkError>(())
/// ```
///
/// # Errors
/// [`NetworkError::Argument`] if m is 0 or not below n;
/// [`NetworkError::TooLarge`] if the network would be too large.
pub fn barabasi_albert(n: usize, m: usize, seed: u64) -> Result<Network, NetworkError> {
    if m == 0 || m >= n {
        let why = format!("{m} ties of each newcomer among {n} actors; give 1 to {}", n.max(2) - 1);
        return Err(NetworkError::Argument(why));
    }
    check_size(n, 2.0 * n as f64 * m as f64)?;
    let mut random = Random::new(seed);
    let first = m + 1;
    let mut pairs: Vec<[usize; 2]> = (0..first).flat_map(|a| (a + 1..first).map(move |b| [a, b])).collect();
    // Every actor as often as it has ties, so that a draw is in proportion to degree.
    let mut ends: Vec<usize> = pairs.iter().flatten().copied().collect();
    for newcomer in first..n {
        let mut chosen: Vec<usize> = Vec::with_capacity(m);
        while chosen.len() < m {
            let other = ends[random.below(ends.len())];
            if !chosen.contains(&other) {
                chosen.push(other);
            }
        }
        for other in chosen {
            pairs.push([other, newcomer]);
            ends.extend([other, newcomer]);
        }
    }
    Ok(joined(n, pairs)?.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{Flow, component_sizes, degree};
    use crate::support::*;

    #[test]
    fn every_newcomer_brings_its_ties() {
        for (n, m) in [(50, 1), (50, 3), (4, 3)] {
            let network = barabasi_albert(n, m, 2).unwrap();
            in_ties(&network, undirected(), |graph| {
                assert_eq!(graph.n_ties(), m * (m + 1) / 2 + (n - m - 1) * m);
                assert!(degree(graph, Flow::Both).iter().all(|&degree| degree >= m));
                assert_eq!(component_sizes(graph), [n]);
            });
        }
    }

    #[test]
    fn degrees_follow_the_law_of_preferential_attachment() {
        // m = 2: shares 1/2, 1/5, 1/10, 2/35 with degree 2, 3, 4, 5. Attachment to all alike would
        // give 1/3, 2/9, 4/27, 8/81.
        let mut shares = [0.0_f64; 4];
        for seed in 1..=5 {
            let network = barabasi_albert(3000, 2, seed).unwrap();
            for degree in in_ties(&network, undirected(), |graph| degree(graph, Flow::Both)) {
                if (2..6).contains(&degree) {
                    shares[degree - 2] += 1.0 / 15_000.0;
                }
            }
        }
        for (share, expected) in shares.into_iter().zip([0.5, 0.2, 0.1, 2.0 / 35.0]) {
            assert!((share - expected).abs() < 0.012, "{shares:?}");
        }
    }

    #[test]
    fn newcomers_need_somebody_to_choose() {
        let text = "5 ties of each newcomer among 5 actors; give 1 to 4";
        assert_eq!(barabasi_albert(5, 5, 1).unwrap_err().to_string(), text);
        assert!(barabasi_albert(5, 0, 1).is_err() && barabasi_albert(0, 1, 1).is_err());
    }
}
