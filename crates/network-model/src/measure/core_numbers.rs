//! How deep in the network an actor stands.

use super::LayerGraph;
use rustworkx_core::connectivity::core_number;

/// Core number of each actor: the largest k for which it belongs to the k-core, the largest set of
/// actors each of whom is tied to at least k others of the set. Neither direction nor strength enters;
/// 0 for an actor without ties.
///
/// Source: S. B. Seidman, "Network structure and minimum degree", Social Networks 5 (1983).
#[must_use]
pub fn core_numbers(graph: &LayerGraph<'_>) -> Vec<usize> {
    let found = core_number(graph.graph().clone());
    let mut numbers = vec![0; graph.n_actors()];
    for (actor, number) in found {
        numbers[actor.index()] = number;
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::{complete, names, ring_lattice, star};
    use crate::support::*;
    use proptest::prelude::*;

    #[test]
    fn florence_has_a_2_core_and_the_karate_club_a_4_core() {
        // networkx 3.6.1.
        let families = in_ties(&joined_families(), undirected(), core_numbers);
        assert_eq!(families, [1, 2, 2, 2, 2, 1, 2, 1, 2, 1, 2, 2, 1, 2, 2]);
        let members = in_ties(&karate(), undirected(), core_numbers);
        let expected = [
            4, 4, 4, 4, 3, 3, 3, 4, 4, 2, 3, 1, 2, 4, 2, 2, 2, 2, 2, 3, 2, 2, 2, 3, 3, 3, 2, 3, 3, 3, 4, 3,
            4, 4,
        ];
        assert_eq!(members, expected);
    }

    #[test]
    fn closed_forms_hold() {
        assert_eq!(in_ties(&complete(names(6)).unwrap(), undirected(), core_numbers), [5; 6]);
        assert_eq!(in_ties(&star("hub", names(6)).unwrap(), undirected(), core_numbers), [1; 7]);
        assert_eq!(in_ties(&ring_lattice(12, 4).unwrap(), directed(), core_numbers), [4; 12]);
        assert_eq!(in_ties(&network(3, &[(0, 1, 1.0)]), directed(), core_numbers), [1, 1, 0]);
    }

    proptest! {
        #[test]
        fn they_are_what_is_left_when_the_weakly_tied_are_removed((lengths, network) in small_network()) {
            let tied = mutual(&lengths);
            let mut expected = vec![0; tied.len()];
            for k in 1..tied.len() {
                let mut left: Vec<usize> = (0..tied.len()).collect();
                loop {
                    let holds = |&i: &usize| left.iter().filter(|&&j| tied[i][j].is_some()).count() >= k;
                    let kept: Vec<usize> = left.iter().copied().filter(holds).collect();
                    if kept.len() == left.len() {
                        break;
                    }
                    left = kept;
                }
                left.iter().for_each(|&i| expected[i] = k);
            }
            prop_assert_eq!(in_ties(&network, directed(), core_numbers), expected);
        }
    }
}
