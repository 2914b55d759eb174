//! Which ties are drawn when there are too many.

use std::collections::BTreeMap;

use crate::figure::core_periphery::NetworkTie;

/// The ties that a picture of a network shows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Thinned {
    /// One tie for each pair, its strength that of the stronger direction, weakest first.
    pub(crate) drawn: Vec<NetworkTie>,
    /// How many pairs are tied.
    pub(crate) n_pairs: usize,
}

impl Thinned {
    /// At most `most` pairs: everybody's strongest tie first, then everybody's second, and so on.
    ///
    /// The strongest ties overall would show the core alone; this way whoever is tied at all has a
    /// tie in the picture as long as there is room. Of equally strong ties, those between who has few
    /// come first: to be tied to somebody whom all are tied to says little.
    pub(crate) fn new(ties: &[NetworkTie], n_nodes: usize, most: usize) -> Self {
        let mut pairs: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        for tie in ties {
            if tie.from < n_nodes && tie.to < n_nodes && tie.from != tie.to && tie.strength.is_finite() {
                let strength = pairs.entry((tie.from.min(tie.to), tie.from.max(tie.to))).or_insert(0.0);
                *strength = strength.max(tie.strength.abs());
            }
        }
        let mut strongest: Vec<((usize, usize), f64)> = pairs.into_iter().collect();
        let mut degrees = vec![0usize; n_nodes];
        for ((from, to), _) in &strongest {
            degrees[*from] += 1;
            degrees[*to] += 1;
        }
        let rarity = |pair: (usize, usize)| degrees[pair.0] * degrees[pair.1];
        strongest.sort_by(|a, b| b.1.total_cmp(&a.1).then(rarity(a.0).cmp(&rarity(b.0))));
        let n_pairs = strongest.len();
        // The rank of a pair is the better of its ranks among the ties of its two ends.
        let mut seen = vec![0usize; n_nodes];
        let mut ranked: Vec<(usize, usize)> = Vec::with_capacity(n_pairs);
        for (idx, ((from, to), _)) in strongest.iter().enumerate() {
            ranked.push((seen[*from].min(seen[*to]), idx));
            seen[*from] += 1;
            seen[*to] += 1;
        }
        ranked.sort_unstable();
        ranked.truncate(most);
        let mut kept: Vec<usize> = ranked.into_iter().map(|(_, idx)| idx).collect();
        kept.sort_unstable_by(|a, b| b.cmp(a));
        let tie = |idx: usize| {
            let ((from, to), strength) = strongest[idx];
            NetworkTie { from, to, strength }
        };
        Self { drawn: kept.into_iter().map(tie).collect(), n_pairs }
    }

    /// How many ties are drawn, in words.
    pub(crate) fn words(&self) -> String {
        let (drawn, all) = (self.drawn.len(), self.n_pairs);
        match (drawn, all) {
            (_, 0) => "no ties".into(),
            (1, 1) => "1 tied pair".into(),
            (drawn, all) if drawn == all => format!("{all} tied pairs"),
            _ => format!("{drawn} of {all} tied pairs, everybody's strongest first"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tie(from: usize, to: usize, strength: f64) -> NetworkTie {
        NetworkTie { from, to, strength }
    }

    #[test]
    fn both_directions_of_a_pair_are_one_tie_of_the_stronger() {
        let thinned = Thinned::new(&[tie(1, 0, 2.0), tie(0, 1, 5.0), tie(0, 0, 1.0)], 2, 10);
        assert_eq!(thinned.drawn, [tie(0, 1, 5.0)]);
        assert_eq!(thinned.words(), "1 tied pair");
    }

    #[test]
    fn the_periphery_keeps_a_tie_when_the_core_alone_would_fill_the_picture() {
        let mut ties = vec![tie(3, 4, 0.1)];
        for (from, to) in [(0, 1), (0, 2), (1, 2)] {
            ties.push(tie(from, to, 9.0 - from as f64));
        }
        let thinned = Thinned::new(&ties, 5, 3);
        assert!(thinned.drawn.contains(&tie(3, 4, 0.1)), "{thinned:?}");
        assert_eq!(thinned.words(), "3 of 4 tied pairs, everybody's strongest first");
    }

    #[test]
    fn of_equal_ties_that_of_who_has_few_is_drawn() {
        let hub = (1..6).map(|to| tie(0, to, 1.0)).chain([tie(4, 5, 1.0)]).collect::<Vec<_>>();
        assert_eq!(Thinned::new(&hub, 6, 1).drawn, [tie(4, 5, 1.0)]);
    }

    #[test]
    fn ties_that_name_nobody_or_have_no_strength_are_not_drawn() {
        let ties = [tie(0, 9, 1.0), tie(0, 1, f64::NAN)];
        assert_eq!(Thinned::new(&ties, 2, 9), Thinned { drawn: Vec::new(), n_pairs: 0 });
    }
}
