//! All shortest paths from one actor.

use super::LayerGraph;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

// Two lengths count as equal if they differ by less than this share: sums of 1 / strength that
// are equal on paper differ in their last digits.
const SAME_LENGTH: f64 = 1e-10;

// The shortest paths from one source; tie length is 1 / strength.
pub(super) struct ShortestPaths {
    // Whom the source reaches, itself first, by increasing distance.
    pub(super) reached: Vec<usize>,
    // For each actor, who comes before it on shortest paths.
    pub(super) before: Vec<Vec<usize>>,
    // For each actor, the number of shortest paths to it.
    pub(super) n_paths: Vec<f64>,
    // For each actor, how far it is; infinite if it is not reached.
    pub(super) distance: Vec<f64>,
}

impl ShortestPaths {
    // Dijkstra, after Brandes 2001: n_paths is σ_sv, `before` P_s(v), `reached` the stack S.
    pub(super) fn from(graph: &LayerGraph<'_>, source: usize) -> Self {
        let n = graph.n_actors();
        let mut paths = ShortestPaths {
            reached: Vec::with_capacity(n),
            before: vec![Vec::new(); n],
            n_paths: vec![0.0; n],
            distance: vec![f64::INFINITY; n],
        };
        let mut done = vec![false; n];
        // Lengths are not negative, so that their bits sort as they do.
        let mut queue = BinaryHeap::from([Reverse((0.0_f64.to_bits(), source))]);
        paths.distance[source] = 0.0;
        paths.n_paths[source] = 1.0;
        while let Some(Reverse((_, near))) = queue.pop() {
            if std::mem::replace(&mut done[near], true) {
                continue;
            }
            paths.reached.push(near);
            for (far, strength) in graph.sent(near).filter(|&(far, _)| !done[far]) {
                let length = paths.distance[near] + 1.0 / strength;
                let known = paths.distance[far];
                if known.is_finite() && (length - known).abs() <= SAME_LENGTH * known {
                    paths.before[far].push(near);
                    paths.n_paths[far] += paths.n_paths[near];
                } else if length < known {
                    paths.distance[far] = length;
                    paths.before[far].clear();
                    paths.before[far].push(near);
                    paths.n_paths[far] = paths.n_paths[near];
                    queue.push(Reverse((length.to_bits(), far)));
                }
            }
        }
        paths
    }
}
