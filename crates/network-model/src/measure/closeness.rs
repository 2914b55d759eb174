//! How near an actor is to others.

use super::shortest_paths::ShortestPaths;
use super::{LayerGraph, Strengths};
use petgraph::visit::Reversed;
use rustworkx_core::centrality::closeness_centrality;

/// Closeness of each actor, 0 to 1 if strengths are ignored: how near it is to those whom it reaches,
/// times the share of all others whom it reaches:
///
/// `c_i = (r_i / (n − 1)) · (r_i / Σ_j d_ij)`
///
/// with r_i the number of others that i reaches and d_ij the length of a shortest path; 0 if it
/// reaches nobody. Where everybody reaches everybody it is Freeman's `(n − 1) / Σ_j d_ij`. The first
/// factor keeps an actor in a small component, near to the few whom it reaches, from counting as
/// central. (netdiffuseR and networkx: the same; networkx follows ties toward the actor, as
/// [`in_closeness`] does.)
///
/// If strengths are used, a tie is `1 / strength` long.
///
/// Source: S. Wasserman and K. Faust, Social Network Analysis (1994), eq. 5.22, p. 201; L. C. Freeman,
/// Social Networks 1 (1979).
#[must_use]
pub fn closeness(graph: &LayerGraph<'_>) -> Vec<f64> {
    match graph.reading().strengths {
        Strengths::Ignored => by_steps(closeness_centrality(Reversed(graph.graph()), true, usize::MAX)),
        Strengths::Used => by_length(graph),
    }
}

/// [`closeness`] along ties that lead to the actor: how near it is to those who reach it. The same
/// if direction does not count.
#[must_use]
pub fn in_closeness(graph: &LayerGraph<'_>) -> Vec<f64> {
    match graph.reading().strengths {
        Strengths::Ignored => by_steps(closeness_centrality(graph.graph(), true, usize::MAX)),
        Strengths::Used => by_length(&graph.turned()),
    }
}

fn by_steps(scores: Vec<Option<f64>>) -> Vec<f64> {
    scores.into_iter().map(|score| score.unwrap_or(0.0)).collect()
}

// Not by rustworkx, which sums lengths in the order of a hash table.
fn by_length(graph: &LayerGraph<'_>) -> Vec<f64> {
    let n_others = graph.n_actors().saturating_sub(1) as f64;
    let of = |place| {
        let paths = ShortestPaths::from(graph, place);
        let reached = paths.reached.len() as f64 - 1.0;
        let total: f64 = paths.reached.iter().map(|&far| paths.distance[far]).sum();
        if reached > 0.0 { reached / n_others * (reached / total) } else { 0.0 }
    };
    (0..graph.n_actors()).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::{complete, florentine, names, ring_lattice, star};
    use crate::measure::Direction;
    use crate::support::*;
    use proptest::prelude::*;

    #[test]
    fn the_medici_are_nearest_to_all() {
        // networkx 3.6.1, by id.
        let expected = [
            0.368_421_052_6,
            0.482_758_620_7,
            0.4375,
            0.4,
            0.388_888_888_9,
            0.333_333_333_3,
            0.466_666_666_7,
            0.325_581_395_3,
            0.56,
            0.285_714_285_7,
            0.368_421_052_6,
            0.5,
            0.388_888_888_9,
            0.4375,
            0.482_758_620_7,
        ];
        assert_all_close(&in_ties(&joined_families(), undirected(), closeness), &expected);
    }

    #[test]
    fn whoever_cannot_be_reached_lowers_closeness_by_its_share() {
        // With Pucci: 14 of 15 others, so 14 / 15 of .56.
        let found = in_ties(&florentine().unwrap(), undirected(), closeness);
        assert_close(found[8], 0.56 * 14.0 / 15.0);
        assert_close(found[11], 0.0);
    }

    #[test]
    fn the_karate_club_is_near_to_its_first_member() {
        let found = in_ties(&karate(), undirected(), closeness);
        for (place, expected) in [
            (0, 0.568_965_517_2),
            (2, 0.559_322_033_9),
            (33, 0.55),
            (31, 0.540_983_606_6),
            (16, 0.284_482_758_6),
        ] {
            assert_close(found[place], expected);
        }
    }

    #[test]
    fn closed_forms_hold() {
        // Star of n leaves: 1 and n / (2n − 1). Ring of 2k + 1: 2k / k(k + 1).
        let hub = in_ties(&star("hub", names(6)).unwrap(), undirected(), closeness);
        assert_close(hub[0], 1.0);
        assert_all_close(&hub[1..], &[6.0 / 11.0; 6]);
        assert_all_close(&in_ties(&ring_lattice(9, 2).unwrap(), undirected(), closeness), &[8.0 / 20.0; 9]);
        assert_all_close(&in_ties(&complete(names(5)).unwrap(), undirected(), closeness), &[1.0; 5]);
        assert_all_close(&in_ties(&network(1, &[]), undirected(), closeness), &[0.0]);
    }

    #[test]
    fn direction_and_length_count_when_they_are_asked_for() {
        // networkx 3.6.1 on a graph of five; toward the actor as it stands, from it on the reverse.
        let lengths =
            [(0, 1, 3.0), (0, 3, 5.0), (1, 2, 1.0), (2, 0, 2.0), (2, 3, 4.0), (3, 1, 1.0), (4, 0, 1.0)];
        let network = network(5, &lengths.map(|(from, to, length)| (from, to, 1.0 / length)));
        let directed_lengths = weighted(Direction::Directed);
        assert_all_close(&in_ties(&network, directed(), closeness), &[0.5625, 0.45, 0.5625, 0.375, 0.5]);
        let toward = [4.0 / 7.0, 2.0 / 3.0, 0.5, 2.0 / 3.0, 0.0];
        assert_all_close(&in_ties(&network, directed(), in_closeness), &toward);
        let out = [0.1875, 0.25, 0.204_545_454_545_454_53, 0.321_428_571_428_571_4, 0.25];
        assert_all_close(&in_ties(&network, directed_lengths, closeness), &out);
        let toward = [0.4, 4.0 / 13.0, 1.0 / 3.0, 0.2, 0.0];
        assert_all_close(&in_ties(&network, directed_lengths, in_closeness), &toward);
    }

    proptest! {
        #[test]
        fn steps_are_ties_of_strength_one((lengths, _) in small_network()) {
            let n = lengths.len();
            let pairs = (0..n).flat_map(|i| (0..n).map(move |j| (i, j)));
            let ties: Vec<_> = pairs.filter(|&(i, j)| lengths[i][j].is_some()).map(|(i, j)| (i, j, 1.0)).collect();
            let network = network(n, &ties);
            for measure in [closeness, in_closeness] {
                assert_all_close(
                    &in_ties(&network, directed(), measure),
                    &in_ties(&network, weighted(Direction::Directed), measure),
                );
            }
        }
    }
}
