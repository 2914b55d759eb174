//! Which parts of a network hang together.

use super::LayerGraph;
use petgraph::unionfind::UnionFind;

/// Sizes of the components, largest first: sets of actors that are joined by ties, whichever way
/// these point. An actor without ties is a component of size 1.
#[must_use]
pub fn component_sizes(graph: &LayerGraph<'_>) -> Vec<usize> {
    let mut joined = UnionFind::<usize>::new(graph.n_actors());
    for edge in graph.graph().raw_edges() {
        joined.union(edge.source().index(), edge.target().index());
    }
    let mut sizes = vec![0; graph.n_actors()];
    for label in joined.into_labeling() {
        sizes[label] += 1;
    }
    sizes.retain(|&size| size > 0);
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::florentine;
    use crate::support::*;

    #[test]
    fn pucci_stands_apart_from_fifteen_joined_families() {
        assert_eq!(in_ties(&florentine().unwrap(), undirected(), component_sizes), [15, 1]);
    }

    #[test]
    fn one_direction_suffices_to_hang_together() {
        let network = network(6, &[(0, 1, 1.0), (2, 1, 1.0), (3, 4, 1.0)]);
        for reading in [directed(), undirected()] {
            assert_eq!(in_ties(&network, reading, component_sizes), [3, 2, 1]);
        }
        assert!(in_ties(&crate::support::network(0, &[]), undirected(), component_sizes).is_empty());
    }
}
