//! Ties that always hold: large layers, in rows by sender.

use crate::{ActorId, Tie};
use std::sync::OnceLock;

/// Ties that always hold, in rows by sender, targets rising in each row.
///
/// They take 4 bytes a tie, and 8 more where strengths differ. Whoever asks for them by target
/// makes an array of 16 bytes a tie, which is then kept.
#[derive(Clone, Debug, Default)]
pub struct StandingTies {
    starts: Vec<u32>,
    targets: Vec<u32>,
    strengths: Option<Vec<f64>>,
    by_target: OnceLock<Vec<Tie>>,
}

impl StandingTies {
    /// Ties in rows: row j is `starts[j]..starts[j + 1]` of `targets` and `strengths`, with an empty
    /// list of starts for no rows. Without strengths all are 1.
    ///
    /// What is in the rows is checked by [`Network::add_layer`](crate::Network::add_layer).
    ///
    /// # Panics
    /// If the starts do not rise from 0 to the number of targets, or there is not one strength for each
    /// target.
    #[must_use]
    pub fn new(starts: Vec<u32>, targets: Vec<u32>, strengths: Option<Vec<f64>>) -> Self {
        assert!(
            starts.is_sorted() && starts.first().is_none_or(|&first| first == 0),
            "rows follow each other"
        );
        assert_eq!(starts.last().map_or(0, |&end| end as usize), targets.len(), "rows hold all targets");
        let fits = strengths.as_ref().is_none_or(|strengths| strengths.len() == targets.len());
        assert!(fits, "one strength for each target");
        StandingTies { starts, targets, strengths, by_target: OnceLock::new() }
    }

    /// Where each actor's row starts, and where the last one ends.
    #[must_use]
    pub fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// The targets of all rows.
    #[must_use]
    pub fn targets(&self) -> &[u32] {
        &self.targets
    }

    /// The strengths of all ties in order of the rows; `None` if all are 1.
    #[must_use]
    pub fn strengths(&self) -> Option<&[f64]> {
        self.strengths.as_deref()
    }

    /// Number of ties.
    #[must_use]
    pub fn len(&self) -> usize {
        self.targets.len()
    }

    /// Whether there is no tie.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.targets.is_empty()
    }

    /// The ties in order of the rows.
    pub fn ties(&self) -> impl Iterator<Item = Tie> + '_ {
        (0u32..).zip(self.starts.windows(2)).flat_map(move |(from, row)| {
            let row = row[0] as usize..row[1] as usize;
            let own = self.strengths.as_ref().map(|strengths| &strengths[row.clone()]);
            self.targets[row].iter().enumerate().map(move |(no, &to)| {
                let strength = own.map_or(1.0, |own| own[no]);
                Tie { from: ActorId(from), to: ActorId(to), strength }
            })
        })
    }

    /// The ties sorted by target, then sender.
    #[must_use]
    pub fn by_target(&self) -> &[Tie] {
        self.by_target.get_or_init(|| self.sorted_by_target())
    }

    // A stable sort by counting. Each tie goes among those of neighbouring targets first and to its
    // own place then, so that writes stay within what the caches hold.
    fn sorted_by_target(&self) -> Vec<Tie> {
        const MOST_GROUPS: usize = 512;
        let n = self.targets.iter().max().map_or(0, |&last| last as usize + 1);
        let mut next = vec![0u32; n + 1];
        for &target in &self.targets {
            next[target as usize + 1] += 1;
        }
        for target in 0..n {
            next[target + 1] += next[target];
        }
        let mut shift = 0;
        while n >> shift >= MOST_GROUPS {
            shift += 1;
        }
        let starts: Vec<u32> = next.iter().step_by(1 << shift).copied().collect();
        let mut group_next = starts.clone();
        let mut ties = vec![Tie { from: ActorId(0), to: ActorId(0), strength: 0.0 }; self.targets.len()];
        for tie in self.ties() {
            let place = &mut group_next[tie.to.idx() >> shift];
            ties[*place as usize] = tie;
            *place += 1;
        }
        if shift == 0 {
            return ties;
        }
        let mut group = Vec::new();
        for (&start, &end) in starts.iter().zip(&group_next) {
            group.clear();
            group.extend_from_slice(&ties[start as usize..end as usize]);
            for &tie in &group {
                let place = &mut next[tie.to.idx()];
                ties[*place as usize] = tie;
                *place += 1;
            }
        }
        ties
    }
}

impl FromIterator<Tie> for StandingTies {
    /// Ties in any order.
    fn from_iter<I: IntoIterator<Item = Tie>>(ties: I) -> Self {
        let mut ties: Vec<Tie> = ties.into_iter().collect();
        ties.sort_by_key(|tie| (tie.from, tie.to));
        let n = ties.iter().map(|tie| tie.from.max(tie.to).idx() + 1).max().unwrap_or(0);
        let mut starts = vec![0u32; n + 1];
        ties.iter().for_each(|tie| starts[tie.from.idx() + 1] += 1);
        for row in 0..n {
            starts[row + 1] += starts[row];
        }
        #[expect(clippy::float_cmp, reason = "exactly 1 needs no room")]
        let equal = ties.iter().all(|tie| tie.strength == 1.0);
        let strengths = (!equal).then(|| ties.iter().map(|tie| tie.strength).collect());
        StandingTies::new(starts, ties.iter().map(|tie| tie.to.0).collect(), strengths)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_by_sender_come_back_sorted_by_target_whatever_their_number() {
        // From few actors, which are sorted in one step, to many, which take two.
        for n in [1u32, 3, 511, 512, 3000] {
            let ties = (0..n * 7).map(|no| {
                let (from, to) = (no / 7, (no * 7919 + no / 3) % n);
                Tie { from: ActorId(from), to: ActorId(to), strength: 1.0 + f64::from(no) }
            });
            let mut ties: Vec<Tie> = ties.collect();
            ties.sort_by_key(|tie| (tie.from, tie.to));
            ties.dedup_by_key(|tie| (tie.from, tie.to));
            let standing: StandingTies = ties.iter().copied().collect();
            assert!(standing.ties().eq(ties.iter().copied()), "{n}");
            ties.sort_by_key(|tie| (tie.to, tie.from));
            assert_eq!(standing.by_target(), ties, "{n}");
        }
    }

    #[test]
    fn strengths_take_room_only_where_one_is_not_1() {
        let tie = |strength| Tie { from: ActorId(0), to: ActorId(1), strength };
        assert_eq!(StandingTies::from_iter([tie(1.0)]).strengths(), None);
        assert_eq!(StandingTies::from_iter([tie(0.5)]).strengths(), Some(&[0.5][..]));
        assert!(StandingTies::default().is_empty() && StandingTies::default().by_target().is_empty());
    }
}
