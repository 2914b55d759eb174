//! Neighbours on a circle.

use super::joined;
use crate::limits::check_size;
use crate::{Network, NetworkError};

/// A ring lattice: n actors on a circle, each tied to its z / 2 nearest on either side; n z / 2
/// ties.
///
/// Its neighbourhoods overlap: local clustering is 3(z − 2) / 4(z − 1), as long as z < 2n / 3. A norm
/// that takes two adopting neighbours therefore travels along it.
///
/// - `n`: actors, 3 or more.
/// - `z`: ties of each actor, even, 2 to n − 1.
///
/// Source: D. J. Watts and S. H. Strogatz, "Collective dynamics of 'small-world' networks", Nature
/// 393 (1998); clustering: A. Barrat and M. Weigt, "On the properties of small-world network models",
/// European Physical Journal B 13 (2000).
///
/// ```
/// use normwave_network_model::generate::ring_lattice;
/// assert_eq!(ring_lattice(100, 6)?.actors().len(), 100);
/// # Ok::<(), normwave_network_model::NetworkError>(())
/// ```
///
/// # Errors
/// [`NetworkError::Argument`] if z is odd, 0, or not below n;
/// [`NetworkError::TooLarge`] if the network would be too large.
pub fn ring_lattice(n: usize, z: usize) -> Result<Network, NetworkError> {
    Ok(joined(n, ring_pairs(n, z)?)?.0)
}

// The pairs in order of distance, then place: (i, i + d).
pub(super) fn ring_pairs(n: usize, z: usize) -> Result<Vec<[usize; 2]>, NetworkError> {
    if z == 0 || z % 2 == 1 || z >= n {
        let why =
            format!("degree {z} on a ring of {n} actors; give an even number from 2 to {}", n.max(3) - 1);
        return Err(NetworkError::Argument(why));
    }
    check_size(n, n as f64 * z as f64)?;
    Ok((1..=z / 2).flat_map(|d| (0..n).map(move |i| [i, (i + d) % n])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{Flow, degree, local_clustering};
    use crate::support::*;

    #[test]
    fn all_have_the_same_ties_and_clustering() {
        for (n, z) in [(30, 2), (30, 4), (40, 10), (101, 8)] {
            let network = ring_lattice(n, z).unwrap();
            let degrees = in_ties(&network, undirected(), |graph| degree(graph, Flow::Both));
            assert!(degrees.iter().all(|&degree| degree == z));
            let z = z as f64;
            let expected = 3.0 * (z - 2.0) / (4.0 * (z - 1.0));
            assert_all_close(&in_ties(&network, undirected(), local_clustering), &vec![expected; n]);
        }
    }

    #[test]
    fn neighbours_are_the_nearest_on_either_side() {
        let network = ring_lattice(10, 4).unwrap();
        let mut near: Vec<usize> =
            in_ties(&network, undirected(), |graph| graph.sent(0).map(|tie| tie.0).collect());
        near.sort_unstable();
        assert_eq!(near, [1, 2, 8, 9]);
    }

    #[test]
    fn the_degree_must_be_even_and_fit() {
        let text = "degree 3 on a ring of 10 actors; give an even number from 2 to 9";
        assert_eq!(ring_lattice(10, 3).unwrap_err().to_string(), text);
        for (n, z) in [(10, 0), (10, 10), (4, 4), (0, 2)] {
            assert!(matches!(ring_lattice(n, z), Err(NetworkError::Argument(_))), "{n} {z}");
        }
        assert!(ring_lattice(5, 4).is_ok());
    }
}
