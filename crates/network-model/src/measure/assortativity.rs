//! Whether the well-tied are tied to the well-tied.

use super::{Flow, LayerGraph, degree};

/// Degree assortativity, −1 to 1: the correlation of degrees at the two ends of ties. Where
/// direction counts, the sender's ties sent with the target's ties received. Strengths do not enter.
/// `None` where all degrees at one end agree, as in a ring, or there is no tie.
///
/// Positive where hubs seek hubs; −1 in a star.
///
/// Source: M. E. J. Newman, "Mixing patterns in networks", Physical Review E 67 (2003), 026126.
#[must_use]
pub fn degree_assortativity(graph: &LayerGraph<'_>) -> Option<f64> {
    let (out, into) = (degree(graph, Flow::Out), degree(graph, Flow::In));
    let ends: Vec<(f64, f64)> = (0..graph.n_actors())
        .flat_map(|from| graph.sent(from).map(move |(to, _)| (from, to)))
        .map(|(from, to)| (out[from] as f64, into[to] as f64))
        .collect();
    let n = ends.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| ends.iter().map(of).sum::<f64>() / n;
    let (x, y) = (mean(|end| end.0), mean(|end| end.1));
    let sum = |of: &dyn Fn(f64, f64) -> f64| ends.iter().map(|end| of(end.0 - x, end.1 - y)).sum::<f64>();
    let scale = (sum(&|dx, _| dx * dx) * sum(&|_, dy| dy * dy)).sqrt();
    // Degrees are whole, so that a spread that is not 0 is not tiny.
    (scale > 1e-9).then(|| sum(&|dx, dy| dx * dy) / scale)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::{IslandChain, island_chain, names, ring_lattice, star};
    use crate::support::*;

    #[test]
    fn florence_and_the_karate_club_mix_the_great_with_the_small() {
        // networkx 3.6.1; Newman 2002 has −0.476 for the club.
        let found = in_ties(&joined_families(), undirected(), degree_assortativity).unwrap();
        assert_close(found, -0.374_837_872_892_348_66);
        let found = in_ties(&karate(), undirected(), degree_assortativity).unwrap();
        assert_close(found, -0.475_613_097_684_614_13);
    }

    #[test]
    fn closed_forms_hold() {
        let hub = star("hub", names(7)).unwrap();
        assert_close(in_ties(&hub, undirected(), degree_assortativity).unwrap(), -1.0);
        // Separate cliques of different sizes: everybody is tied to equals.
        let cliques = network(5, &[(0, 1, 1.0), (2, 3, 1.0), (3, 4, 1.0), (2, 4, 1.0)]);
        assert_close(in_ties(&cliques, undirected(), degree_assortativity).unwrap(), 1.0);
        for (network, reading) in
            [(ring_lattice(9, 4).unwrap(), directed()), (crate::support::network(3, &[]), undirected())]
        {
            assert_eq!(in_ties(&network, reading, degree_assortativity), None);
        }
    }

    #[test]
    fn direction_sets_sending_against_receiving() {
        // networkx 3.6.1, degree_pearson_correlation_coefficient.
        let ties =
            [(0, 1, 1.0), (1, 2, 1.0), (2, 0, 1.0), (2, 3, 1.0), (3, 1, 1.0), (0, 3, 1.0), (4, 0, 1.0)];
        let found = in_ties(&network(5, &ties), directed(), degree_assortativity);
        assert_close(found.unwrap(), 2.0_f64.sqrt() / 3.0);
    }

    #[test]
    fn it_is_defined_where_only_bridges_differ() {
        let bridges = crate::generate::Bridges::Wide;
        let shape =
            IslandChain { n_islands: 3, size: 5, bridge_width: 1, bridges, inside: 1.0, between: 1.0 };
        let found = in_ties(&island_chain(&shape).unwrap(), undirected(), degree_assortativity).unwrap();
        assert!((-1.0..=1.0).contains(&found));
    }
}
