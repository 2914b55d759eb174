//! Structural equivalence by geodesics, as diffusion studies use it.

use super::LayerGraph;
use crate::derive::structural_equivalence::distances;
use std::collections::VecDeque;

/// What [`structural_equivalence`] finds.
#[derive(Clone, Debug, PartialEq)]
pub struct StructuralEquivalence {
    /// d_ij, rows and columns in the order of [`LayerGraph::actors`]; symmetric.
    pub distances: Vec<Vec<f64>>,
    /// SE_ij: what j counts for i. A row sums to 1, or to 0 where all others are equally far.
    pub weights: Vec<Vec<f64>>,
}

/// Structural equivalence as the R package netdiffuseR has it: actors are alike who are equally many
/// steps from and to all others.
///
/// `d_ij² = (z_ij − z_ji)² + Σ_{k≠i,j} (z_ik − z_jk)² + Σ_{k≠i,j} (z_ki − z_kj)²`
///
/// with z_ij the number of steps from i to j over the largest such number, and
/// `SE_ij = (dmax_i − d_ij)^v / Σ_{k≠i} (dmax_i − d_ik)^v`, dmax_i being the largest d_ij of i. Steps
/// beyond `within`, and to whom there is no path, count 0, as in the package. Strengths do not enter.
///
/// [`structural_distances`](super::structural_distances) applies the same sum to the ties themselves:
/// there, actors are alike who have ties with the same others; here, who stand equally far from all. Two
/// leaves of one hub are alike in both, but ties see no difference between absent ones, near or far.
///
/// - `cohesion` (v): how much more the nearest count; > 0, 1 in the package's default.
/// - `within`: the longest path that is looked at; 6 in the package's default.
///
/// Source: T. W. Valente, Network Models of the Diffusion of Innovations (1995); R. S. Burt, American
/// Journal of Sociology 92 (1987); netdiffuseR 1.25.0, `struct_equiv`. Takes time in the order of n³.
#[must_use]
pub fn structural_equivalence(graph: &LayerGraph<'_>, cohesion: f64, within: usize) -> StructuralEquivalence {
    let n = graph.n_actors();
    let mut steps: Vec<f64> = (0..n).flat_map(|from| steps_from(graph, from, within)).collect();
    let most = steps.iter().copied().fold(0.0, f64::max);
    if most > 0.0 {
        steps.iter_mut().for_each(|z| *z /= most);
    }
    let everybody: Vec<usize> = (0..n).collect();
    let flat = distances(&steps, n, &everybody);
    let distances: Vec<Vec<f64>> = flat.chunks_exact(n.max(1)).map(<[f64]>::to_vec).collect();
    let weights = distances.iter().enumerate().map(|(i, row)| {
        let most = row.iter().copied().fold(0.0, f64::max);
        let near = |(j, d): (usize, &f64)| if i == j { 0.0 } else { libm::pow(most - d, cohesion) };
        let near: Vec<f64> = row.iter().enumerate().map(near).collect();
        let total: f64 = near.iter().sum();
        near.into_iter().map(|near| if total > 0.0 { near / total } else { 0.0 }).collect()
    });
    StructuralEquivalence { weights: weights.collect(), distances }
}

fn steps_from(graph: &LayerGraph<'_>, source: usize, within: usize) -> Vec<f64> {
    let mut steps: Vec<Option<usize>> = vec![None; graph.n_actors()];
    steps[source] = Some(0);
    let mut queue = VecDeque::from([(source, 0)]);
    while let Some((near, taken)) = queue.pop_front() {
        for (far, _) in graph.sent(near).filter(|_| taken < within) {
            if steps[far].is_none() {
                steps[far] = Some(taken + 1);
                queue.push_back((far, taken + 1));
            }
        }
    }
    steps.into_iter().map(|steps| steps.unwrap_or(0) as f64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::{complete, names, star};
    use crate::measure::structural_distances;
    use crate::support::*;

    fn found(network: &crate::Network, reading: crate::measure::Reading) -> StructuralEquivalence {
        in_ties(network, reading, |graph| structural_equivalence(graph, 1.0, 6))
    }

    #[test]
    fn distances_and_weights_are_those_of_netdiffuser() {
        // Its own test of struct_equiv: 1 → 2, 2 → 3, 3 → 1, 3 → 2, 4 → 3.
        let digraph = network(4, &[(0, 1, 1.0), (1, 2, 1.0), (2, 0, 1.0), (2, 1, 1.0), (3, 2, 1.0)]);
        let StructuralEquivalence { distances: d, weights: se } = found(&digraph, directed());
        assert_close(d[0][1], 0.5_f64.sqrt());
        assert_close(d[0][2], 0.866_025_403_8);
        assert_close(d[1][2], 0.866_025_403_8);
        assert_close(d[0][3], 1.658_312_395_2);
        assert_close(d[1][3], 1.224_744_871_4);
        assert_close(d[2][3], 2.0_f64.sqrt());
        assert_close(se[0][1], 0.545_574_791_1);
        assert_close(se[1][0], 0.590_669_967_5);
        assert_close(se[2][0], 0.5);
        assert_close(se[2][1], 0.5);
        assert_close(se[3][1], 0.639_794_966_3);
    }

    #[test]
    fn families_of_florence_are_as_alike_as_in_netdiffuser() {
        let network = joined_families();
        let StructuralEquivalence { distances: d, weights: se } = found(&network, undirected());
        let place = |id| in_ties(&network, undirected(), |g| g.place(network.actor_id(id).unwrap()).unwrap());
        let [medici, strozzi] = ["Medici", "Strozzi"].map(place);
        let [castellani, peruzzi] = ["Castellani", "Peruzzi"].map(place);
        assert_close(d[medici][strozzi], 1.574_801_575);
        assert_close(se[medici][strozzi], 0.051_391_239_77);
        assert_close(d[castellani][peruzzi], 0.8);
        assert_close(se[castellani][peruzzi], 0.138_260_908_9);
    }

    #[test]
    fn it_tells_apart_what_ties_alone_do_not() {
        // A path of five: the ends have no tie in common, and yet each mirrors the other's steps.
        let path = network(5, &[(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0), (3, 4, 1.0)]);
        let by_steps = found(&path, undirected()).distances;
        let by_ties = in_ties(&path, undirected(), structural_distances);
        assert_close(by_ties[0][4], 2.0);
        assert_close(by_ties[0][3], by_ties[0][4] * 1.5_f64.sqrt());
        // Steps: |1 − 3|, 0, |3 − 1| over 4, from and to: (2 · (4 + 4) / 16)^½.
        assert_close(by_steps[0][4], 1.0);
        // 0 and 1: each third is one step nearer to one of them: 2 · 3 / 16.
        assert_close(by_steps[0][1], (6.0_f64 / 16.0).sqrt());
    }

    #[test]
    fn cohesion_gives_the_nearest_more() {
        let digraph = network(4, &[(0, 1, 1.0), (1, 2, 1.0), (2, 0, 1.0), (2, 1, 1.0), (3, 2, 1.0)]);
        let of = |v| in_ties(&digraph, directed(), |graph| structural_equivalence(graph, v, 6).weights[0][1]);
        let (near, next): (f64, f64) = (0.951_205_614, 0.792_286_991_4);
        assert_close((of(3.0) * 1e8).round(), (near.powi(3) / (near.powi(3) + next.powi(3)) * 1e8).round());
    }

    #[test]
    fn rows_sum_to_one_unless_all_are_equally_far() {
        let leaves = found(&star("hub", names(4)).unwrap(), undirected()).weights;
        assert_close(leaves[1].iter().sum(), 1.0);
        assert_close(leaves[1][0], 0.0);
        assert_close(leaves[0].iter().sum(), 0.0);
        let all = found(&complete(names(4)).unwrap(), undirected()).weights;
        assert!(all.iter().flatten().all(|weight| weight.abs() < 1e-12));
    }
}
