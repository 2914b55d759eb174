//! Centrality through central neighbours.

use super::LayerGraph;
use super::degree::{Flow, strength};
use crate::NetworkError;
use rustworkx_core::centrality;

/// Eigenvector centrality of each actor: the vector x ≥ 0 with `λ x_i = Σ_j w_ji x_j` for the
/// largest λ, scaled to `Σ x_i² = 1`. If direction counts, an actor is central that is reached by
/// central ones. Actors without ties have 0, as have those in components whose own λ is smaller;
/// without any tie all have 0.
///
/// Found by iterating from equal scores until they move by less than 10⁻¹⁴ per actor.
///
/// Source: P. Bonacich, "Power and centrality: a family of measures", American Journal of Sociology
/// 92 (1987).
///
/// # Errors
/// [`NetworkError::Argument`] if that takes more than 20 000 steps: where direction counts and the
/// ties form no cycle it is not defined; where the two largest λ nearly agree it is not to be trusted.
pub fn eigenvector_centrality(graph: &LayerGraph<'_>) -> Result<Vec<f64>, NetworkError> {
    let (received, sent) = (strength(graph, Flow::In), strength(graph, Flow::Out));
    let most = received.iter().copied().fold(0.0, f64::max);
    if most <= 0.0 {
        return Ok(vec![0.0; graph.n_actors()]);
    }
    // rustworkx iterates with I + A. Dividing by the largest row sum, which bounds λ, brings A to
    // the scale of I, so that neither strong ties nor stars make the iteration swing.
    let weigh = |edge: petgraph::graph::EdgeReference<'_, f64>| Ok::<_, NetworkError>(edge.weight() / most);
    let found = centrality::eigenvector_centrality(graph.graph(), weigh, Some(20_000), Some(1e-14))?;
    let unsettled = "eigenvector centrality does not settle on this layer: its ties form no cycle, or two of its \
                     parts are almost equally central; read it as undirected, or use strength";
    let mut scores = found.ok_or_else(|| NetworkError::Argument(unsettled.to_owned()))?;
    for (score, total) in scores.iter_mut().zip(received.iter().zip(&sent)) {
        if total.0 + total.1 <= 0.0 {
            *score = 0.0;
        }
    }
    let norm = scores.iter().map(|score| score * score).sum::<f64>().sqrt();
    Ok(scores.into_iter().map(|score| score / norm).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::{complete, florentine, names, star};
    use crate::measure::Direction;
    use crate::support::*;
    use proptest::prelude::*;

    fn scores(network: &crate::Network, reading: crate::measure::Reading) -> Vec<f64> {
        in_ties(network, reading, |graph| eigenvector_centrality(graph).unwrap())
    }

    #[test]
    fn the_medici_are_central_and_pucci_is_not() {
        // numpy's eigenvectors by way of networkx 3.6.1.
        let network = florentine().unwrap();
        let found = scores(&network, undirected());
        let of = |id: &str| found[network.actor_id(id).unwrap().idx()];
        assert_close(of("Medici"), 0.430_308_094_0);
        assert_close(of("Guadagni"), 0.289_115_599_0);
        assert_close(of("Strozzi"), 0.355_980_448_4);
        assert_close(of("Albizzi"), 0.243_956_109_2);
        assert_close(of("Pazzi"), 0.044_813_435_9);
        assert_close(of("Pucci"), 0.0);
    }

    #[test]
    fn closed_forms_hold_however_strong_the_ties_are() {
        for strength in [1e-6, 1.0, 1e6] {
            let ties: Vec<_> = (1..=9).map(|leaf| (0, leaf, strength)).collect();
            let found = scores(&network(10, &ties), weighted(Direction::Undirected));
            assert_close(found[0], 0.5_f64.sqrt());
            assert_all_close(&found[1..], &[(1.0_f64 / 18.0).sqrt(); 9]);
        }
        assert_all_close(&scores(&complete(names(4)).unwrap(), undirected()), &[0.5; 4]);
        assert_all_close(&scores(&network(3, &[]), undirected()), &[0.0; 3]);
        assert!(scores(&network(0, &[]), undirected()).is_empty());
    }

    #[test]
    fn who_is_reached_by_central_actors_is_central() {
        // A cycle 0 -> 1 -> 0 with an end 1 -> 2: λ = 1, x = (1, 1, 1) up to scale; 3 -> 0 is reached by none.
        let network = network(4, &[(0, 1, 1.0), (1, 0, 1.0), (1, 2, 1.0), (3, 0, 1.0)]);
        let third = (1.0_f64 / 3.0).sqrt();
        assert_all_close(&scores(&network, directed()), &[third, third, third, 0.0]);
    }

    #[test]
    fn ties_without_a_cycle_leave_it_undefined() {
        let network = network(3, &[(0, 1, 1.0), (1, 2, 1.0)]);
        let refused = in_ties(&network, directed(), |graph| eigenvector_centrality(graph).unwrap_err());
        let text = "eigenvector centrality does not settle on this layer: its ties form no cycle, or two of its \
                    parts are almost equally central; read it as undirected, or use strength";
        assert_eq!(refused.to_string(), text);
    }

    #[test]
    fn a_star_of_any_size_converges() {
        for n_leaves in [1, 2, 50, 400] {
            let found = scores(&star("hub", names(n_leaves)).unwrap(), undirected());
            assert_close(found[0], 0.5_f64.sqrt());
        }
    }

    proptest! {
        #[test]
        fn each_score_is_in_proportion_to_those_of_its_neighbours((_, network) in small_network()) {
            in_ties(&network, weighted(Direction::Undirected), |graph| {
                let x = eigenvector_centrality(graph).unwrap();
                let reached = |i| graph.received(i).map(|(j, strength)| strength * x[j]).sum::<f64>();
                let y: Vec<f64> = (0..x.len()).map(reached).collect();
                let lambda = y.iter().zip(&x).map(|(y, x)| y * x).sum::<f64>();
                for (y, x) in y.iter().zip(&x) {
                    assert!((y - lambda * x).abs() < 1e-9, "{y} is not {lambda} times {x}");
                }
            });
        }
    }
}
