//! Every pair tied with one probability.

use super::stochastic_block::blocks;
use crate::{Network, NetworkError};

/// A random network G(n, p): every pair of n actors is tied with probability p, independently of
/// all others; p n (n − 1) / 2 ties are expected.
///
/// - `n`: actors.
/// - `p`: the probability, 0 to 1; `z / (n − 1)` for a mean degree of z.
///
/// Source: E. N. Gilbert, "Random graphs", Annals of Mathematical Statistics 30 (1959); P. Erdős and
/// A. Rényi, Publicationes Mathematicae 6 (1959). Algorithm: V. Batagelj and U. Brandes, "Efficient
/// generation of large random networks", Physical Review E 71 (2005), 036113, whose time grows with
/// the ties rather than the pairs.
///
/// ```
/// use normwave_network_model::generate::erdos_renyi;
/// assert_eq!(erdos_renyi(1000, 4.0 / 999.0, 1)?.actors().len(), 1000);
/// # Ok::<(), normwave_network_model::NetworkError>(())
/// ```
///
/// # Errors
/// [`NetworkError::Argument`] if p is no probability;
/// [`NetworkError::TooLarge`] if the network would be too large.
pub fn erdos_renyi(n: usize, p: f64, seed: u64) -> Result<Network, NetworkError> {
    Ok(blocks(&[n], &[vec![p]], seed)?.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{Flow, degree, density, transitivity};
    use crate::support::*;

    #[test]
    fn ties_are_binomial_and_so_are_degrees() {
        // 200 · 199 / 2 = 19 900 pairs; over ten seeds, four standard deviations of the mean.
        let p = 0.05;
        let of = |seed| in_ties(&erdos_renyi(200, p, seed).unwrap(), undirected(), density);
        let mean = (1..=10).map(of).sum::<f64>() / 10.0;
        assert!((mean - p).abs() < 4.0 * (p * (1.0 - p) / 199_000.0).sqrt(), "{mean}");
        // Degrees: mean 20, variance 19, from 2000 actors with 40 ties to each other at least.
        let network = erdos_renyi(2000, 20.0 / 1999.0, 3).unwrap();
        let degrees = in_ties(&network, undirected(), |graph| degree(graph, Flow::Both));
        let mean = degrees.iter().sum::<usize>() as f64 / 2000.0;
        let variance = degrees.iter().map(|&d| (d as f64 - mean).powi(2)).sum::<f64>() / 1999.0;
        assert!((mean - 20.0).abs() < 0.6 && (variance - 19.8).abs() < 2.6, "{mean} {variance}");
    }

    #[test]
    fn pairs_are_independent_of_each_other() {
        // Transitivity is p in expectation.
        let of = |seed| in_ties(&erdos_renyi(300, 0.1, seed).unwrap(), undirected(), transitivity);
        let mean = (1..=10).map(of).sum::<f64>() / 10.0;
        assert!((mean - 0.1).abs() < 0.005, "{mean}");
    }

    #[test]
    fn the_ends_are_none_and_all() {
        for (p, expected) in [(0.0, 0.0), (1.0, 1.0)] {
            assert_close(in_ties(&erdos_renyi(20, p, 1).unwrap(), undirected(), density), expected);
        }
        let text = "the probability is -0.1; give a number from 0 to 1";
        assert_eq!(erdos_renyi(20, -0.1, 1).unwrap_err().to_string(), text);
        assert!(erdos_renyi(0, 0.5, 1).unwrap().actors().is_empty());
        assert_eq!(erdos_renyi(1, 0.5, 1).unwrap().actors().len(), 1);
    }
}
