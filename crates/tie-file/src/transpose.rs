//! From the rows of a table to those of a network, whose actors may be numbered otherwise.

use crate::{Direction, TieTable};
use normwave_network_model::{ActorId, StandingTies};

impl TieTable {
    /// The ties as rows by sender, in both directions where they are undirected; `actors[i]` is the
    /// network's actor for the actor i of the table.
    ///
    /// With `both`, directed ties stand for both directions, too; a pair that the table has in both
    /// comes twice then. Takes time in proportion to the ties, and next to none beyond copying them where
    /// the network numbers its actors as the table does.
    ///
    /// # Panics
    /// If `actors` has fewer than [`TieTable::n_actors`] entries.
    #[must_use]
    pub fn standing_ties(&self, actors: &[ActorId], n_in_network: usize, both: bool) -> StandingTies {
        let back = both || self.direction() == Direction::Undirected;
        let actors = &actors[..self.n_actors()];
        let as_numbered = actors.iter().zip(0u32..).all(|(actor, no)| actor.0 == no);
        if as_numbered && !back {
            let mut starts = self.starts();
            starts.resize(n_in_network + 1, starts.last().copied().unwrap_or(0));
            return StandingTies::new(starts, self.all_targets(), self.all_strengths());
        }
        let mut starts = vec![0u32; n_in_network + 1];
        for (from, to, _) in self.ties() {
            starts[actors[from as usize].idx() + 1] += 1;
            if back {
                starts[actors[to as usize].idx() + 1] += 1;
            }
        }
        for row in 0..n_in_network {
            starts[row + 1] += starts[row];
        }
        let n_ties = starts[n_in_network] as usize;
        let mut next = starts.clone();
        let mut targets = vec![0u32; n_ties];
        let mut strengths = self.has_strengths().then(|| vec![0.0; n_ties]);
        let mut put = |from: ActorId, to: ActorId, strength: f64| {
            let place = next[from.idx()] as usize;
            next[from.idx()] += 1;
            targets[place] = to.0;
            if let Some(strengths) = &mut strengths {
                strengths[place] = strength;
            }
        };
        // Everybody's lower partners first, so that rows rise where ties stand once and numbers stay.
        if back {
            for (from, to, strength) in self.ties() {
                put(actors[to as usize], actors[from as usize], strength);
            }
        }
        for (from, to, strength) in self.ties() {
            put(actors[from as usize], actors[to as usize], strength);
        }
        for row in starts.windows(2) {
            let row = row[0] as usize..row[1] as usize;
            if targets[row.clone()].is_sorted() {
                continue;
            }
            match &mut strengths {
                None => targets[row].sort_unstable(),
                Some(strengths) => {
                    let own =
                        targets[row.clone()].iter().copied().zip(strengths[row.clone()].iter().copied());
                    let mut own: Vec<(u32, f64)> = own.collect();
                    own.sort_by_key(|tie| tie.0);
                    for (place, (target, strength)) in row.zip(own) {
                        (targets[place], strengths[place]) = (target, strength);
                    }
                }
            }
        }
        StandingTies::new(starts, targets, strengths)
    }
}
