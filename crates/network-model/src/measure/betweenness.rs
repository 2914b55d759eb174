//! How often an actor lies between others.

use super::shortest_paths::ShortestPaths;
use super::{LayerGraph, Strengths};
use rustworkx_core::centrality::betweenness_centrality;

/// Betweenness of each actor: `b_v = Σ_{s≠v≠t} σ_st(v) / σ_st`, with σ_st the number of shortest
/// paths from s to t and σ_st(v) the number of those through v. If direction counts the sum runs
/// over ordered pairs, else each pair counts once; pairs without a path count 0.
///
/// If strengths are used, a tie is `1 / strength` long, so that strong ties are short; lengths that
/// differ by less than one part in 10¹⁰ are equal.
///
/// Source: L. C. Freeman, "A set of measures of centrality based on betweenness", Sociometry 40
/// (1977); algorithm of U. Brandes, Journal of Mathematical Sociology 25 (2001). Takes time in the
/// order of actors times ties.
#[must_use]
pub fn betweenness(graph: &LayerGraph<'_>) -> Vec<f64> {
    match graph.reading().strengths {
        Strengths::Ignored => by_steps(graph),
        Strengths::Used => by_length(graph),
    }
}

/// [`betweenness`] as a share of its maximum, 0 to 1: divided by `(n − 1)(n − 2)`, or by half of
/// that if direction does not count. n counts all actors of the graph, those without ties included.
#[must_use]
pub fn normalised_betweenness(graph: &LayerGraph<'_>) -> Vec<f64> {
    let most = graph.n_pairs(graph.n_actors().saturating_sub(1));
    betweenness(graph).into_iter().map(|raw| if most > 0.0 { raw / most } else { 0.0 }).collect()
}

fn by_steps(graph: &LayerGraph<'_>) -> Vec<f64> {
    // One thread: with more, rustworkx adds in the order in which they finish.
    let one_thread = usize::MAX;
    let scores = betweenness_centrality(graph.graph(), false, false, one_thread);
    let share = graph.directions_per_tie() as f64;
    scores.into_iter().map(|score| score.unwrap_or(0.0) / share).collect()
}

fn by_length(graph: &LayerGraph<'_>) -> Vec<f64> {
    // Brandes: δ_s(v) -> through[v].
    let mut scores = vec![0.0; graph.n_actors()];
    let mut through = vec![0.0; graph.n_actors()];
    for source in 0..graph.n_actors() {
        let paths = ShortestPaths::from(graph, source);
        through.fill(0.0);
        for &far in paths.reached.iter().skip(1).rev() {
            for &near in &paths.before[far] {
                through[near] += paths.n_paths[near] / paths.n_paths[far] * (1.0 + through[far]);
            }
            scores[far] += through[far];
        }
    }
    let share = graph.directions_per_tie() as f64;
    scores.into_iter().map(|score| score / share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::{Bridges, IslandChain, complete, florentine, island_chain, names, star};
    use crate::measure::Direction;
    use crate::support::*;
    use proptest::prelude::*;

    #[test]
    fn the_medici_lie_between_the_families_of_florence() {
        // networkx 3.6.1 and igraph on Padgett's marriages, without the isolate Pucci.
        let network = joined_families();
        let by_id = [0.0, 19.0 + 1.0 / 3.0, 8.5, 9.5, 5.0, 0.0, 23.0 + 1.0 / 6.0, 0.0, 47.5, 0.0, 2.0];
        let raw = in_ties(&network, undirected(), betweenness);
        assert_all_close(&raw[..11], &by_id);
        assert_all_close(&raw[11..], &[10.0 + 1.0 / 3.0, 13.0, 9.0 + 1.0 / 3.0, 8.0 + 1.0 / 3.0]);
        let share = in_ties(&network, undirected(), normalised_betweenness);
        assert_close(share[8], 47.5 / 91.0);
        assert_close(share[6], 0.254_578_754_578_754_6);
    }

    #[test]
    fn an_isolate_lowers_what_is_normalised_and_not_the_raw_count() {
        let network = florentine().unwrap();
        assert_close(in_ties(&network, undirected(), betweenness)[8], 47.5);
        assert_close(in_ties(&network, undirected(), normalised_betweenness)[8], 0.452_380_952_380_952_4);
    }

    #[test]
    fn the_karate_club_turns_around_its_two_leaders() {
        // networkx 3.6.1, to the ten digits printed.
        let share = in_ties(&karate(), undirected(), normalised_betweenness);
        assert_close(share[0], 0.437_635_281_4);
        assert_close(share[33], 0.304_074_975_1);
        assert_close(share[2], 0.143_656_806_2);
        assert_close(share[32], 0.145_247_114_0);
    }

    #[test]
    fn nobody_lies_between_where_everybody_is_tied() {
        let network = complete(names(7)).unwrap();
        assert_all_close(&in_ties(&network, undirected(), betweenness), &[0.0; 7]);
        assert_all_close(&in_ties(&network, weighted(Direction::Directed), betweenness), &[0.0; 7]);
    }

    #[test]
    fn the_head_of_a_narrow_bridge_lies_between_its_island_and_the_next() {
        let bridges = Bridges::Wide;
        let shape =
            IslandChain { n_islands: 2, size: 5, bridge_width: 1, bridges, inside: 1.0, between: 0.1 };
        let network = island_chain(&shape).unwrap();
        for reading in [undirected(), weighted(Direction::Undirected)] {
            let raw = in_ties(&network, reading, betweenness);
            assert_close(raw[4], 4.0 * 5.0);
            assert_close(raw[5], 4.0 * 5.0);
            assert_close(raw[0], 0.0);
        }
    }

    #[test]
    fn strong_ties_are_short() {
        // 0 - 1 - 2 with strength 4 each is half as long as 0 - 2 with strength 1.
        let network = network(3, &[(0, 1, 4.0), (1, 2, 4.0), (0, 2, 1.0)]);
        assert_all_close(&in_ties(&network, undirected(), betweenness), &[0.0; 3]);
        let by_strength = in_ties(&network, weighted(Direction::Undirected), betweenness);
        assert_all_close(&by_strength, &[0.0, 1.0, 0.0]);
    }

    #[test]
    fn paths_of_equal_length_share_a_pair_though_their_last_digits_differ() {
        // 1/0.3 + 1/0.3 + 1/0.3 and 1/0.1 are both 10.
        let network = network(4, &[(0, 1, 0.3), (1, 2, 0.3), (2, 3, 0.3), (0, 3, 0.1)]);
        let raw = in_ties(&network, weighted(Direction::Directed), betweenness);
        assert_all_close(&raw, &[0.0, 1.5, 1.5, 0.0]);
    }

    #[test]
    fn a_directed_reading_follows_ties_one_way() {
        // networkx 3.6.1: the same scores with and without lengths.
        let lengths =
            [(0, 1, 3.0), (0, 3, 5.0), (1, 2, 1.0), (2, 0, 2.0), (2, 3, 4.0), (3, 1, 1.0), (4, 0, 1.0)];
        let network = network(5, &lengths.map(|(from, to, length)| (from, to, 1.0 / length)));
        for reading in [directed(), weighted(Direction::Directed)] {
            assert_all_close(&in_ties(&network, reading, betweenness), &[3.5, 4.0, 3.0, 0.5, 0.0]);
        }
    }

    proptest! {
        #[test]
        fn the_hub_of_a_star_lies_between_all_pairs_of_leaves(n_leaves in 0..30_usize) {
            let network = star("hub", names(n_leaves)).unwrap();
            let n_pairs = (n_leaves * n_leaves.saturating_sub(1)) as f64;
            for (reading, expected) in [
                (undirected(), n_pairs / 2.0),
                (directed(), n_pairs),
                (weighted(Direction::Undirected), n_pairs / 2.0),
                (weighted(Direction::Directed), n_pairs),
            ] {
                let raw = in_ties(&network, reading, betweenness);
                prop_assert!((raw[0] - expected).abs() < 1e-9);
                prop_assert!(raw[1..].iter().all(|score| score.abs() < 1e-9));
                let share = in_ties(&network, reading, normalised_betweenness)[0];
                prop_assert!((share - f64::from(u8::from(n_leaves > 1))).abs() < 1e-9);
            }
        }

        #[test]
        fn betweenness_is_that_of_all_shortest_paths_walked_one_by_one((lengths, network) in small_network()) {
            for (reading, lengths) in [
                (weighted(Direction::Directed), lengths.clone()),
                (weighted(Direction::Undirected), mutual(&lengths)),
                (directed(), unit(&lengths)),
                (undirected(), unit(&mutual(&lengths))),
            ] {
                let scores = in_ties(&network, reading, betweenness);
                let counted = if reading.direction == Direction::Directed { 1.0 } else { 2.0 };
                for (v, score) in scores.into_iter().enumerate() {
                    let expected = pairs_between(&lengths, &[v]) / counted;
                    prop_assert!((score - expected).abs() < 1e-9, "{v}: {score}, not {expected}");
                }
            }
        }

        #[test]
        fn a_single_strength_for_all_ties_changes_nothing(
            (lengths, _) in small_network(), strength in 1e-3..1e6_f64,
        ) {
            let n = lengths.len();
            let tied = |&(i, j): &(usize, usize)| lengths[i][j].is_some();
            let pairs = (0..n).flat_map(|i| (0..n).map(move |j| (i, j))).filter(tied);
            let ties: Vec<_> = pairs.map(|(i, j)| (i, j, strength)).collect();
            let network = crate::support::network(n, &ties);
            for (plain, with_strength) in [
                (directed(), weighted(Direction::Directed)),
                (undirected(), weighted(Direction::Undirected)),
            ] {
                assert_all_close(
                    &in_ties(&network, plain, betweenness),
                    &in_ties(&network, with_strength, betweenness),
                );
            }
        }
    }
}
