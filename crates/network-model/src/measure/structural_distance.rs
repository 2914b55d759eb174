//! How differently two actors are tied to all others.

use super::LayerGraph;
use crate::derive::structural_equivalence;

/// Euclidean distance of the actors' ties, as rows of a symmetric matrix in the order of
/// [`LayerGraph::actors`]; 0 for structurally equivalent ones:
///
/// `d_ij² = (w_ij − w_ji)² + Σ_{k≠i,j} (w_ik − w_jk)² + Σ_{k≠i,j} (w_ki − w_kj)²`
///
/// If direction does not count, each tie enters both as sent and as received. Takes time in the
/// order of n³. [`structural_equivalence`](super::structural_equivalence) compares geodesics instead of
/// ties, as netdiffuseR does.
///
/// Source: R. S. Burt, "Social contagion and innovation: cohesion versus structural equivalence",
/// American Journal of Sociology 92 (1987).
#[must_use]
pub fn structural_distances(graph: &LayerGraph<'_>) -> Vec<Vec<f64>> {
    let n = graph.n_actors();
    let mut strengths = vec![0.0; n * n];
    for from in 0..n {
        for (to, strength) in graph.sent(from) {
            strengths[from * n + to] = strength;
        }
    }
    let everybody: Vec<usize> = (0..n).collect();
    let distances = structural_equivalence::distances(&strengths, n, &everybody);
    distances.chunks_exact(n.max(1)).map(<[f64]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Direction;
    use crate::support::*;

    #[test]
    fn families_of_florence_are_as_far_apart_as_in_sna() {
        // The R package sna, sedist(method = "euclidean") on rows and columns.
        let network = joined_families();
        let distances = in_ties(&network, undirected(), structural_distances);
        for (a, b, expected) in [
            ("Medici", "Strozzi", 4.0),
            ("Castellani", "Peruzzi", 2.0),
            ("Acciaiuoli", "Pazzi", 2.0),
            ("Guadagni", "Albizzi", 10.0_f64.sqrt()),
        ] {
            let place =
                |id| in_ties(&network, undirected(), |g| g.place(network.actor_id(id).unwrap()).unwrap());
            assert_close(distances[place(a)][place(b)], expected);
            assert_close(distances[place(b)][place(a)], expected);
        }
    }

    #[test]
    fn ties_with_each_other_enter_once() {
        // netdiffuseR's test of struct_equiv: the strengths are its geodesics over their maximum.
        let geodesics = [
            (0, 1, 0.5),
            (0, 2, 1.0),
            (1, 0, 1.0),
            (1, 2, 0.5),
            (2, 0, 0.5),
            (2, 1, 0.5),
            (3, 0, 1.0),
            (3, 1, 1.0),
            (3, 2, 0.5),
        ];
        let distances = in_ties(&network(4, &geodesics), weighted(Direction::Directed), structural_distances);
        assert_close(distances[0][1], 0.5_f64.sqrt());
        assert_close(distances[0][2], 0.75_f64.sqrt());
        assert_close(distances[1][2], 0.75_f64.sqrt());
        assert_close(distances[0][3], 1.658_312_395_177_7);
        assert_close(distances[1][3], 1.224_744_871_391_589);
        assert_close(distances[2][3], 2.0_f64.sqrt());
        assert_close(distances[3][3], 0.0);
    }
}
