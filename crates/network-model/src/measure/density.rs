//! How much of what could be tied is tied.

use super::LayerGraph;

/// Density, 0 to 1: the number of ties over the number of pairs, `n(n − 1)` ordered ones if
/// direction counts, else `n(n − 1) / 2`; 0 for fewer than two actors. Strengths do not enter.
#[must_use]
pub fn density(graph: &LayerGraph<'_>) -> f64 {
    let n_pairs = graph.n_pairs(graph.n_actors());
    if n_pairs > 0.0 { graph.n_ties() as f64 / n_pairs } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::{complete, florentine, names};
    use crate::support::*;

    #[test]
    fn density_is_the_share_of_pairs_that_are_tied() {
        assert_close(in_ties(&florentine().unwrap(), undirected(), density), 20.0 / 120.0);
        assert_close(in_ties(&complete(names(5)).unwrap(), directed(), density), 1.0);
        let one_way = network(3, &[(0, 1, 1.0), (1, 2, 5.0)]);
        assert_close(in_ties(&one_way, directed(), density), 2.0 / 6.0);
        assert_close(in_ties(&one_way, undirected(), density), 2.0 / 3.0);
        assert_close(in_ties(&network(1, &[]), undirected(), density), 0.0);
    }
}
