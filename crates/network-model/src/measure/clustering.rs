//! Whether those tied to an actor are tied to each other.

use super::LayerGraph;
use rustworkx_core::transitivity::digraph_transitivity;

/// Local clustering of each actor, 0 to 1: the share of pairs of its neighbours that are tied;
/// 0 for an actor with fewer than two neighbours. Strengths do not enter.
///
/// If direction counts, all orientations of a triangle count:
/// `c_i = [(A + Aᵀ)³]_ii / 2 (d_i (d_i − 1) − 2 b_i)`, with d_i the number of ties sent and
/// received and b_i the number of neighbours tied in both directions.
///
/// Source: G. Fagiolo, "Clustering in complex directed networks", Physical Review E 76 (2007),
/// 026107; it equals the undirected definition of Watts and Strogatz (1998) when all ties are
/// mutual.
#[must_use]
pub fn local_clustering(graph: &LayerGraph<'_>) -> Vec<f64> {
    let n = graph.n_actors();
    let either: Vec<Vec<usize>> = (0..n)
        .map(|place| graph.sent(place).chain(graph.received(place)).map(|(other, _)| other).collect())
        .collect();
    // (A + Aᵀ)_ij of the actor at hand.
    let mut directions = vec![0_usize; n];
    let mut clustering = Vec::with_capacity(n);
    for i in 0..n {
        directions.fill(0);
        either[i].iter().for_each(|&j| directions[j] += 1);
        let closed: usize = either[i].iter().flat_map(|&j| &either[j]).map(|&k| directions[k]).sum();
        let mutual = directions.iter().filter(|&&count| count == 2).count();
        let open = (either[i].len() * either[i].len().saturating_sub(1)) - 2 * mutual;
        clustering.push(if open > 0 { closed as f64 / (2 * open) as f64 } else { 0.0 });
    }
    clustering
}

/// Mean of [`local_clustering`] over all actors, those with fewer than two neighbours included
/// as 0; 0 if there are none.
#[must_use]
pub fn mean_local_clustering(graph: &LayerGraph<'_>) -> f64 {
    local_clustering(graph).iter().sum::<f64>() / graph.n_actors().max(1) as f64
}

/// Transitivity, 0 to 1: the share of paths of two ties whose ends are tied, three times the
/// triangles over the connected triples; 0 if there is no such path. Strengths do not enter; if
/// direction counts, all orientations of a triangle count, as in [`local_clustering`].
#[must_use]
pub fn transitivity(graph: &LayerGraph<'_>) -> f64 {
    digraph_transitivity(graph.graph())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::{complete, names, star};
    use crate::support::*;
    use proptest::prelude::*;

    #[test]
    fn florence_and_the_karate_club_cluster_as_published() {
        // networkx 3.6.1.
        let florence = joined_families();
        assert_close(in_ties(&florence, undirected(), transitivity), 0.191_489_361_702_127_67);
        let third = 1.0 / 3.0;
        let local = [
            0.0,
            0.0,
            0.0,
            third,
            third,
            0.0,
            0.0,
            0.0,
            1.0 / 15.0,
            0.0,
            2.0 / 3.0,
            third,
            0.0,
            third,
            third,
        ];
        assert_all_close(&in_ties(&florence, undirected(), local_clustering), &local);
        assert_close(
            in_ties(&florence, undirected(), mean_local_clustering),
            local.iter().sum::<f64>() / 15.0,
        );
        assert_close(in_ties(&karate(), undirected(), transitivity), 0.255_681_818_181_818_2);
    }

    #[test]
    fn a_star_has_no_triangle_and_a_complete_network_nothing_else() {
        for (network, expected) in [(star("hub", names(5)).unwrap(), 0.0), (complete(names(5)).unwrap(), 1.0)]
        {
            for reading in [undirected(), directed()] {
                assert_close(in_ties(&network, reading, transitivity), expected);
                assert_close(in_ties(&network, reading, mean_local_clustering), expected);
            }
        }
        assert_close(in_ties(&network(0, &[]), undirected(), mean_local_clustering), 0.0);
    }

    #[test]
    fn a_triangle_that_goes_round_one_way_is_half_of_a_mutual_one() {
        let network = network(3, &[(0, 1, 1.0), (1, 2, 1.0), (2, 0, 1.0)]);
        assert_all_close(&in_ties(&network, directed(), local_clustering), &[0.5; 3]);
        assert_close(in_ties(&network, directed(), transitivity), 0.5);
        assert_all_close(&in_ties(&network, undirected(), local_clustering), &[1.0; 3]);
    }

    proptest! {
        #[test]
        fn clustering_is_that_of_all_pairs_of_neighbours_looked_at((lengths, network) in small_network()) {
            let lengths = mutual(&lengths);
            let local = in_ties(&network, undirected(), local_clustering);
            let (mut closed_paths, mut paths) = (0, 0);
            for (v, local) in local.into_iter().enumerate() {
                let near: Vec<_> = (0..lengths.len()).filter(|&u| lengths[v][u].is_some()).collect();
                let pairs = near.iter().flat_map(|&a| near.iter().map(move |&b| (a, b))).filter(|(a, b)| a < b);
                let n_pairs = pairs.clone().count();
                let n_tied = pairs.filter(|&(a, b)| lengths[a][b].is_some()).count();
                let expected = if n_pairs > 0 { n_tied as f64 / n_pairs as f64 } else { 0.0 };
                prop_assert!((local - expected).abs() < 1e-12);
                closed_paths += n_tied;
                paths += n_pairs;
            }
            let expected = closed_paths as f64 / f64::from(u32::try_from(paths.max(1)).unwrap());
            prop_assert!((in_ties(&network, undirected(), transitivity) - expected).abs() < 1e-12);
        }
    }
}
