//! How much the network turns around one actor.

use super::{Direction, Flow, LayerGraph, degree, normalised_betweenness};

/// Freeman's centralisation of degree, 0 to 1: `Σ_i (max d − d_i)` over its largest possible value,
/// that of a star: (n − 1)(n − 2); where direction counts, (n − 1)² for ties sent or received alone, and
/// twice (n − 1)(n − 2) for both. 0 for a ring or fewer than three actors. Strengths do not enter.
///
/// n counts all actors of the graph, those without ties included.
///
/// Source: L. C. Freeman, "Centrality in social networks: conceptual clarification", Social Networks 1
/// (1979).
#[must_use]
pub fn degree_centralisation(graph: &LayerGraph<'_>, flow: Flow) -> f64 {
    let n = graph.n_actors() as f64;
    if n < 3.0 {
        return 0.0;
    }
    let most = match (graph.reading().direction, flow) {
        (Direction::Undirected, _) => (n - 1.0) * (n - 2.0),
        (Direction::Directed, Flow::Both) => 2.0 * (n - 1.0) * (n - 2.0),
        (Direction::Directed, Flow::In | Flow::Out) => (n - 1.0) * (n - 1.0),
    };
    let degrees: Vec<f64> = degree(graph, flow).into_iter().map(|degree| degree as f64).collect();
    spread(&degrees) / most
}

/// Freeman's centralisation of betweenness, 0 to 1: `Σ_i (max b − b_i) / (n − 1)` with b the
/// [`normalised_betweenness`]; 1 for a star, 0 for a ring or fewer than three actors.
///
/// Source: L. C. Freeman, "A set of measures of centrality based on betweenness", Sociometry 40 (1977).
#[must_use]
pub fn betweenness_centralisation(graph: &LayerGraph<'_>) -> f64 {
    if graph.n_actors() < 3 {
        return 0.0;
    }
    spread(&normalised_betweenness(graph)) / (graph.n_actors() as f64 - 1.0)
}

fn spread(values: &[f64]) -> f64 {
    let most = values.iter().copied().fold(0.0, f64::max);
    values.iter().map(|value| most - value).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::{complete, florentine, names, ring_lattice, star};
    use crate::support::*;

    fn both(graph: &LayerGraph<'_>) -> [f64; 2] {
        [degree_centralisation(graph, Flow::Both), betweenness_centralisation(graph)]
    }

    #[test]
    fn florence_turns_around_the_medici_more_than_ties_show() {
        // networkx and igraph; with Pucci degree centralisation is .2667.
        let found = in_ties(&joined_families(), undirected(), both);
        assert_all_close(&found, &[0.274_725_274_725_274_75, 0.436_813_186_813_186_8]);
        assert_close(in_ties(&florentine().unwrap(), undirected(), both)[0], 4.0 / 15.0);
        let found = in_ties(&karate(), undirected(), both);
        assert_all_close(&found, &[0.399_621_212_121_212_1, 0.405_557_195_329_922_8]);
    }

    #[test]
    fn a_star_is_all_centre_and_a_ring_has_none() {
        for reading in [undirected(), directed()] {
            assert_all_close(&in_ties(&star("hub", names(8)).unwrap(), reading, both), &[1.0, 1.0]);
            assert_all_close(&in_ties(&ring_lattice(9, 2).unwrap(), reading, both), &[0.0, 0.0]);
            assert_all_close(&in_ties(&complete(names(5)).unwrap(), reading, both), &[0.0, 0.0]);
            assert_all_close(&in_ties(&network(2, &[(0, 1, 1.0)]), reading, both), &[0.0, 0.0]);
        }
        let inward = network(4, &[(1, 0, 1.0), (2, 0, 1.0), (3, 0, 1.0)]);
        let of = |flow| in_ties(&inward, directed(), |graph| degree_centralisation(graph, flow));
        assert_close(of(Flow::In), 1.0);
        assert_close(of(Flow::Out), 1.0 / 9.0);
    }
}
