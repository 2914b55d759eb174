//! How much an actor is held by contacts who know each other.

use super::LayerGraph;
use std::collections::BTreeMap;

/// Burt's constraint of each actor: low where its contacts are many and strangers to each other, so
/// that structural holes lie between them; `None` for an actor without ties.
///
/// `c_i = Σ_j (p_ij + Σ_q p_iq p_qj)²` over contacts j of i and all q other than the two, with
/// `p_ij = (w_ij + w_ji) / Σ_k (w_ik + w_ki)` the share of i's ties that are with j. 1 for an actor with
/// one contact; 1/n for the hub of n leaves; it can exceed 1.
///
/// Source: R. S. Burt, Structural Holes (1992), ch. 2.
#[must_use]
pub fn constraint(graph: &LayerGraph<'_>) -> Vec<Option<f64>> {
    let n = graph.n_actors();
    // p_ij -> share[i][j].
    let share: Vec<BTreeMap<usize, f64>> = (0..n)
        .map(|i| {
            let mut mutual: BTreeMap<usize, f64> = BTreeMap::new();
            for (j, strength) in graph.sent(i).chain(graph.received(i)) {
                *mutual.entry(j).or_insert(0.0) += strength;
            }
            let total: f64 = mutual.values().sum();
            mutual.values_mut().for_each(|strength| *strength /= total);
            mutual
        })
        .collect();
    let of = |i: usize| {
        let through = |j: usize| -> f64 {
            share[i].iter().map(|(&q, p)| p * share[q].get(&j).copied().unwrap_or(0.0)).sum()
        };
        let held = share[i].iter().map(|(&j, p)| (p + through(j)) * (p + through(j)));
        (!share[i].is_empty()).then(|| held.sum())
    };
    (0..n).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::{complete, florentine, names, star};
    use crate::measure::Direction;
    use crate::support::*;

    fn values(network: &crate::Network, reading: crate::measure::Reading) -> Vec<f64> {
        in_ties(network, reading, constraint).into_iter().map(Option::unwrap).collect()
    }

    #[test]
    fn the_medici_are_least_constrained() {
        // networkx 3.6.1 and igraph, by id.
        let expected = [
            1.0,
            0.333_333_333_3,
            0.5,
            0.482_253_086_4,
            0.482_253_086_4,
            1.0,
            0.25,
            1.0,
            0.209_876_543_2,
            1.0,
            0.655_864_197_5,
            0.459_876_543_2,
            0.5,
            0.458_333_333_3,
            0.459_876_543_2,
        ];
        assert_all_close(&values(&joined_families(), undirected()), &expected);
        let with_pucci = in_ties(&florentine().unwrap(), undirected(), constraint);
        assert_eq!(with_pucci[11], None);
        assert_close(with_pucci[8].unwrap(), 17.0 / 81.0);
    }

    #[test]
    fn the_leaders_of_the_karate_club_bridge_holes() {
        let found = values(&karate(), undirected());
        for (place, expected) in [
            (0, 0.155_423_297_6),
            (33, 0.156_418_685_1),
            (2, 0.185_176_639_7),
            (32, 0.249_223_362_3),
            (16, 0.781_25),
        ] {
            assert_close(found[place], expected);
        }
    }

    #[test]
    fn closed_forms_hold() {
        let hub = values(&star("hub", names(6)).unwrap(), undirected());
        assert_close(hub[0], 1.0 / 6.0);
        assert_all_close(&hub[1..], &[1.0; 6]);
        // Complete: n − 1 contacts, each (1 / (n − 1) + (n − 2) / (n − 1)²)².
        let each = |n: f64| (n - 1.0) * (1.0 / (n - 1.0) + (n - 2.0) / (n - 1.0).powi(2)).powi(2);
        assert_all_close(&values(&complete(names(7)).unwrap(), directed()), &[each(7.0); 7]);
    }

    #[test]
    fn strengths_in_both_directions_count() {
        // networkx 3.6.1 on a directed graph of five, with and without strengths.
        let ties =
            [(0, 1, 3.0), (0, 3, 5.0), (1, 2, 1.0), (2, 0, 2.0), (2, 3, 4.0), (3, 1, 1.0), (4, 0, 1.0)];
        let network = network(5, &ties);
        let strong = values(&network, weighted(Direction::Directed));
        let expected = [
            0.677_336_819_025_130_8,
            1.069_241_288_581_548_5,
            1.041_787_822_567_043_4,
            0.801_835_385_393_826_9,
            1.0,
        ];
        assert_all_close(&strong, &expected);
        let third = 0.865_740_740_740_740_6;
        let plain = values(&network, directed());
        assert_all_close(&plain, &[0.583_333_333_333_333_3, third, third, third, 1.0]);
    }
}
