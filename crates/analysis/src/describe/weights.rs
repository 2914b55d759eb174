//! What others weigh to each actor in one layer.

use super::Population;
use normwave_network_model::measure::{Direction, LayerGraph, Reading, Strengths, structural_equivalence};
use normwave_network_model::{LayerId, NetworkView};

/// What others weigh to each actor: row i lists (j, w_ji) with w_ji > 0, in order of j. Actors are
/// numbered by their place in a [`Population`]; a tie from j to i lets j bear upon i.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weights {
    rows: Vec<Vec<(usize, f64)>>,
}

impl Weights {
    /// Weights of `n` actors from ties (from j, to i, w_ji). Ties of an actor with itself and weights
    /// that are not positive are left out; of two between the same pair the later is kept.
    ///
    /// ```
    /// use normwave_analysis::describe::Weights;
    /// let weights = Weights::new(3, [(0, 1, 2.0), (2, 1, 1.0), (1, 1, 5.0)]);
    /// assert_eq!(weights.of(1), [(0, 2.0), (2, 1.0)]);
    /// ```
    #[must_use]
    pub fn new(n: usize, ties: impl IntoIterator<Item = (usize, usize, f64)>) -> Self {
        let mut rows = vec![Vec::new(); n];
        for (from, to, weight) in ties {
            if from != to && weight > 0.0 {
                rows[to].push((from, weight));
            }
        }
        for row in &mut rows {
            row.sort_by_key(|&(from, _)| from);
            row.reverse();
            row.dedup_by_key(|&mut (from, _)| from);
            row.reverse();
        }
        Weights { rows }
    }

    /// Cohesion: the strengths of a layer's ties on a date, or 1 for each tie.
    #[must_use]
    pub fn cohesion(
        view: &NetworkView<'_>,
        layer: LayerId,
        population: &Population,
        strengths: Strengths,
    ) -> Self {
        let place = |actor| population.place(actor);
        let ties = view.ties(layer).iter().filter_map(|tie| {
            let strength = if strengths == Strengths::Used { tie.strength } else { 1.0 };
            (tie.strength > 0.0).then_some((place(tie.from)?, place(tie.to)?, strength))
        });
        Weights::new(population.len(), ties)
    }

    /// Structural equivalence of a layer on a date, as the R package netdiffuseR has it: geodesics up
    /// to six steps, strengths ignored, direction kept; see [`structural_equivalence`]. Governments
    /// that do not belong to the population are looked at as third parties and weigh nothing.
    #[must_use]
    pub fn equivalence(view: &NetworkView<'_>, layer: LayerId, population: &Population) -> Self {
        let reading = Reading { direction: Direction::Directed, ..Reading::default() };
        let graph = LayerGraph::new(view, layer, reading);
        let found = structural_equivalence(&graph, 1.0, 6).weights;
        let places: Vec<Option<usize>> =
            graph.actors().iter().map(|&actor| population.place(actor)).collect();
        let mut ties = Vec::new();
        for (row, to) in found.iter().zip(&places) {
            let Some(to) = *to else { continue };
            let others = row.iter().zip(&places);
            ties.extend(others.filter_map(|(&weight, from)| Some(((*from)?, to, weight))));
        }
        Weights::new(population.len(), ties)
    }

    /// Number of actors.
    #[must_use]
    pub fn n_actors(&self) -> usize {
        self.rows.len()
    }

    /// Who weighs with actor `i`, and how much.
    #[must_use]
    pub fn of(&self, i: usize) -> &[(usize, f64)] {
        &self.rows[i]
    }

    /// The same with each row divided by its sum, so that all who have a tie weigh others by 1 in all.
    #[must_use]
    pub fn in_shares(&self) -> Self {
        let scaled = |row: &Vec<(usize, f64)>| {
            let total: f64 = row.iter().map(|(_, weight)| weight).sum();
            row.iter().map(|&(from, weight)| (from, weight / total)).collect()
        };
        Weights { rows: self.rows.iter().map(scaled).collect() }
    }

    /// The same with directions turned round: row j lists those upon whom j bears.
    #[must_use]
    pub fn turned(&self) -> Self {
        let rows = self.rows.iter().enumerate();
        let ties = rows.flat_map(|(to, row)| row.iter().map(move |&(from, weight)| (to, from, weight)));
        Weights::new(self.rows.len(), ties)
    }

    /// The same among those for whom `meant` is true, numbered anew.
    #[must_use]
    pub fn among(&self, meant: &[bool]) -> Self {
        let mut places = vec![None; meant.len()];
        let kept: Vec<usize> = (0..meant.len()).filter(|&i| meant[i]).collect();
        kept.iter().enumerate().for_each(|(new, &old)| places[old] = Some(new));
        let row = |&i: &usize| {
            let known = self.rows[i].iter();
            known.filter_map(|&(from, weight)| Some((places[from]?, weight))).collect()
        };
        Weights { rows: kept.iter().map(row).collect() }
    }

    /// Number of actors, of those for whom `counts` is true, who have no weight and give none.
    #[must_use]
    pub fn n_isolates(&self, counts: &[bool]) -> usize {
        let turned = self.turned();
        let alone = |&i: &usize| counts[i] && self.rows[i].is_empty() && turned.rows[i].is_empty();
        (0..self.rows.len()).filter(alone).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_weights_of_a_pair_the_later_holds_and_none_goes_to_oneself() {
        let weights = Weights::new(3, [(2, 0, 1.0), (1, 0, 2.0), (2, 0, 3.0), (0, 0, 9.0), (0, 1, 0.0)]);
        assert_eq!(weights.of(0), [(1, 2.0), (2, 3.0)]);
        assert!(weights.of(1).is_empty());
    }

    #[test]
    fn turning_twice_changes_nothing_and_shares_sum_to_one() {
        let weights = Weights::new(4, [(0, 1, 1.0), (2, 1, 3.0), (3, 2, 0.5)]);
        assert_eq!(weights.turned().turned(), weights);
        assert_eq!(weights.turned().of(2), [(1, 3.0)]);
        assert_eq!(weights.in_shares().of(1), [(0, 0.25), (2, 0.75)]);
    }

    #[test]
    fn an_isolate_neither_gives_nor_has_weight_and_is_alive() {
        let weights = Weights::new(5, [(0, 1, 1.0)]);
        assert_eq!(weights.n_isolates(&[true; 5]), 3);
        assert_eq!(weights.n_isolates(&[true, true, true, false, false]), 1);
    }

    #[test]
    fn among_some_the_others_are_gone_and_numbers_close_up() {
        let weights = Weights::new(4, [(0, 3, 1.0), (1, 3, 2.0), (3, 2, 4.0)]);
        let among = weights.among(&[true, false, true, true]);
        assert_eq!((among.of(0), among.of(1), among.of(2)), (&[][..], &[(2, 4.0)][..], &[(0, 1.0)][..]));
    }
}
