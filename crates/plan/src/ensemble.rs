//! What differs from replicate to replicate because the caller says so, rather than by a draw.

use crate::{Draws, Plan};

/// Rows of conditions: replicate r has row r mod the number of rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ensemble {
    /// Added to θ_i: rows of one value per actor, in units of the plan; empty adds nothing.
    pub thresholds: Vec<f64>,
    /// Who holds position 1 from the first tick, by row; empty is nobody. Later actors of a row
    /// are recorded later.
    pub adopters: Vec<Vec<u32>>,
}

impl Ensemble {
    /// The row of thresholds of a replicate; empty if there are none.
    #[must_use]
    pub fn thresholds_of(&self, replicate: u64, n_actors: usize) -> &[f64] {
        let Some(n_rows) = self.thresholds.len().checked_div(n_actors).filter(|&rows| rows > 0) else {
            return &[];
        };
        &self.thresholds[row(replicate, n_rows) * n_actors..][..n_actors]
    }

    /// The first adopters of a replicate.
    #[must_use]
    pub fn adopters_of(&self, replicate: u64) -> &[u32] {
        if self.adopters.is_empty() { &[] } else { &self.adopters[row(replicate, self.adopters.len())] }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "below `n_rows`")]
fn row(replicate: u64, n_rows: usize) -> usize {
    (replicate % n_rows as u64) as usize
}

impl Plan {
    /// What is added to each actor's threshold in a replicate: what is drawn
    /// ([`Plan::threshold_draw`]) and what is given ([`Plan::ensemble`]); empty if neither.
    #[must_use]
    pub fn drawn_thresholds(&self, draws: &Draws) -> Vec<f64> {
        let given = self.ensemble.thresholds_of(draws.replicate(), self.n_actors());
        let Some(law) = self.threshold_draw else { return given.to_vec() };
        let drawn = self.keys.iter().map(|&key| law.draw(draws, key));
        if given.is_empty() { drawn.collect() } else { drawn.zip(given).map(|(x, y)| x + y).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ThresholdDraw;

    #[test]
    fn replicates_take_the_rows_in_turn() {
        let ensemble =
            Ensemble { thresholds: vec![1.0, 2.0, 3.0, 4.0], adopters: vec![vec![0], vec![], vec![1]] };
        let row = |replicate| ensemble.thresholds_of(replicate, 2).as_ptr();
        assert!(std::ptr::eq(row(3), &raw const ensemble.thresholds[2]));
        assert!(std::ptr::eq(row(4), &raw const ensemble.thresholds[0]));
        assert_eq!([ensemble.adopters_of(2), ensemble.adopters_of(4)], [&[1][..], &[]]);
        let none = Ensemble::default();
        assert!(none.thresholds_of(0, 2).is_empty() && none.adopters_of(0).is_empty());
    }

    #[test]
    fn what_is_given_adds_to_what_is_drawn() {
        let mut plan = Plan::bare(vec![1, 2], 2, 1);
        plan.threshold_draw = Some(ThresholdDraw::Uniform { low: 0.0, high: 1.0 });
        let draws = Draws::new(1, 5);
        let drawn = plan.drawn_thresholds(&draws);
        plan.ensemble.thresholds = vec![10.0, 20.0];
        let both = plan.drawn_thresholds(&draws);
        let sums = [drawn[0] + 10.0, drawn[1] + 20.0];
        assert!(both.iter().zip(sums).all(|(x, y)| x.to_bits() == y.to_bits()));
    }
}
