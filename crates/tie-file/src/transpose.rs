//! From rows by sender to the order in which a network keeps its ties: by target, then sender.

use crate::{Direction, TieTable};
use normwave_network_model::{ActorId, Tie};

impl TieTable {
    /// The ties in both directions where they are undirected, sorted by target, then sender;
    /// `actors[i]` is the network's actor for the actor i of the table.
    ///
    /// With `both`, directed ties stand for both directions, too. Takes time in proportion to the ties,
    /// and no memory beside what it returns but a number for each actor.
    ///
    /// # Panics
    /// If `actors` has fewer than [`TieTable::n_actors`] entries.
    #[must_use]
    pub fn network_ties(&self, actors: &[ActorId], n_in_network: usize, both: bool) -> Vec<Tie> {
        let back = both || self.direction() == Direction::Undirected;
        let mut next = vec![0usize; n_in_network + 1];
        for (from, to, _) in self.ties() {
            next[actors[to as usize].idx() + 1] += 1;
            if back {
                next[actors[from as usize].idx() + 1] += 1;
            }
        }
        for target in 0..n_in_network {
            next[target + 1] += next[target];
        }
        let nobody = Tie { from: ActorId(0), to: ActorId(0), strength: 0.0 };
        let mut ties = vec![nobody; next[n_in_network]];
        let mut put = |from: ActorId, to: ActorId, strength: f64| {
            let place = &mut next[to.idx()];
            ties[*place] = Tie { from, to, strength };
            *place += 1;
        };
        for (from, to, strength) in self.ties() {
            let (from, to) = (actors[from as usize], actors[to as usize]);
            put(from, to, strength);
            if back {
                put(to, from, strength);
            }
        }
        // In order already, unless the network numbers its actors otherwise or `both` adds to directed ties.
        if !ties.is_sorted_by_key(|tie| (tie.to, tie.from)) {
            ties.sort_unstable_by_key(|tie| (tie.to, tie.from));
        }
        ties
    }
}
