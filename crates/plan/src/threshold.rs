//! Thresholds that are drawn at random, once per replicate and actor (MODEL §11).

use crate::{Draws, Stream};

/// The law of thresholds that are drawn once per replicate and actor, in units of the plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ThresholdDraw {
    /// Evenly from `low` to `high`.
    Uniform {
        /// The least.
        low: f64,
        /// The most, at least `low`.
        high: f64,
    },
    /// Normal.
    Normal {
        /// Its mean.
        mean: f64,
        /// Its standard deviation, 0 or more.
        sd: f64,
    },
}

impl ThresholdDraw {
    /// The draw of the actor with a key.
    #[must_use]
    pub fn draw(self, draws: &Draws, key: u64) -> f64 {
        match self {
            ThresholdDraw::Uniform { low, high } => {
                low + (high - low) * draws.uniform(0, key, Stream::Threshold, 0)
            }
            ThresholdDraw::Normal { mean, sd } => mean + sd * draws.normal(0, key, Stream::Threshold, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Plan;

    #[test]
    fn drawn_thresholds_have_their_law_and_last_for_a_replicate() {
        let n = 20_000u32;
        let mut plan = Plan::bare((0..u64::from(n)).collect(), 2, 1);
        assert!(plan.drawn_thresholds(&Draws::new(1, 0)).is_empty());
        let error = 1.0 / f64::from(n).sqrt();
        for (law, mean, sd) in [
            (ThresholdDraw::Uniform { low: -1.0, high: 3.0 }, 1.0, 4.0 / 12f64.sqrt()),
            (ThresholdDraw::Normal { mean: 0.25, sd: 0.1 }, 0.25, 0.1),
        ] {
            plan.threshold_draw = Some(law);
            let drawn = plan.drawn_thresholds(&Draws::new(1, 0));
            let found = drawn.iter().sum::<f64>() / f64::from(n);
            assert!((found - mean).abs() < 4.0 * sd * error, "{law:?}: {found}");
            let within = drawn.iter().filter(|&x| (x - mean).abs() < sd).count();
            let expected = if law == (ThresholdDraw::Uniform { low: -1.0, high: 3.0 }) {
                1.0 / 3f64.sqrt()
            } else {
                0.682_689_492
            };
            let share = f64::from(u32::try_from(within).unwrap()) / f64::from(n);
            assert!((share - expected).abs() < 2.0 * error, "{law:?}: {share}");
            assert_eq!(plan.drawn_thresholds(&Draws::new(1, 0)), drawn);
            assert_ne!(plan.drawn_thresholds(&Draws::new(1, 1)), drawn);
        }
    }
}
