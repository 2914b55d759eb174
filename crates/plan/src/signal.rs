//! What targets hear from senders, in fixed point.

use crate::Position;

/// A signal of 1 in fixed point: signals are rounded to 2⁻¹² after each update (MODEL §4).
pub const SIGNAL_ONE: u32 = 1 << 12;

/// What a block hears of its senders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Signal {
    /// How hard they advocate each position.
    Advocacy,
    /// Which position they hold.
    Adoption,
}

/// The support matrix: effort at position m counts toward k as s_mk (MODEL §2).
#[derive(Clone, Debug, PartialEq)]
pub struct Support {
    n_positions: usize,
    // s_mk in units of 2⁻¹², at m * K + k.
    values: Vec<u32>,
}

impl Support {
    /// From s_mk in [0, 1], row by row.
    ///
    /// # Panics
    /// If there are not K² values, all in [0, 1].
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded from [0, 1]")]
    pub fn new(n_positions: usize, values: &[f64]) -> Self {
        assert_eq!(values.len(), n_positions * n_positions, "K² support values");
        assert!(values.iter().all(|s| (0.0..=1.0).contains(s)), "support in [0, 1]");
        let values = values.iter().map(|s| (s * f64::from(SIGNAL_ONE)).round() as u32).collect();
        Support { n_positions, values }
    }

    /// Rival versions: each position supports only itself.
    #[must_use]
    pub fn rival(n_positions: usize) -> Self {
        let cell = |idx: usize| f64::from(u8::from(idx / n_positions == idx % n_positions));
        Support::new(n_positions, &(0..n_positions * n_positions).map(cell).collect::<Vec<_>>())
    }

    /// s_mk in units of 2⁻¹².
    #[must_use]
    pub fn of(&self, held: Position, toward: Position) -> u32 {
        self.values[usize::from(held) * self.n_positions + usize::from(toward)]
    }

    /// ŷ_k = Σ_m s_mk · y_m, rounded to 2⁻¹²; `signal` holds y_m for each position.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "at most K · 2¹²")]
    pub fn toward(&self, signal: &[u32], toward: Position) -> u32 {
        let sum: u64 =
            (0u8..).zip(signal).map(|(held, &y)| u64::from(self.of(held, toward)) * u64::from(y)).sum();
        ((sum + u64::from(SIGNAL_ONE / 2)) / u64::from(SIGNAL_ONE)) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: u32 = SIGNAL_ONE;

    fn graded(n_positions: usize) -> Support {
        let effort = |idx: usize| {
            let (m, k) = (idx / n_positions, idx % n_positions);
            1.0 - f64::from(u32::try_from(m.abs_diff(k)).unwrap())
                / f64::from(u32::try_from(n_positions - 1).unwrap())
        };
        Support::new(n_positions, &(0..n_positions * n_positions).map(effort).collect::<Vec<_>>())
    }

    #[test]
    fn rival_positions_support_only_themselves() {
        let support = Support::rival(3);
        let row = |signal: [u32; 3]| [0, 1, 2].map(|k| support.toward(&signal, k));
        assert_eq!(row([0, ONE, 0]), [0, ONE, 0]);
        assert_eq!(row([7, 1, ONE]), [7, 1, ONE]);
    }

    #[test]
    fn a_partial_step_counts_half_toward_both_neighbours() {
        let support = graded(3);
        assert_eq!([0, 1, 2].map(|k| support.of(1, k)), [ONE / 2, ONE, ONE / 2]);
        assert_eq!([0, 1, 2].map(|k| support.of(2, k)), [0, ONE / 2, ONE]);
        assert_eq!([0, 1, 2].map(|k| support.toward(&[0, ONE, ONE], k)), [ONE / 2, 3 * ONE / 2, 3 * ONE / 2]);
    }

    #[test]
    fn support_and_signals_round_to_the_nearest_step() {
        let support = graded(4);
        // 4096/3 = 1365.33 and 2 · 4096/3 = 2730.67.
        assert_eq!([0, 1, 2, 3].map(|k| support.of(0, k)), [ONE, 2731, 1365, 0]);
        // 1365 · 2048 / 4096 = 682.5: halves go up.
        assert_eq!(support.toward(&[ONE / 2, 0, 0, 0], 2), 683);
        // Rounded once, after adding up: 0.333 + 0.333 of a step is less than a whole one.
        assert_eq!(support.toward(&[1, 0, 0, 0], 2), 0);
        assert_eq!(support.toward(&[1, 0, 0, 0], 1), 1);
        assert_eq!(support.toward(&[1, 0, 1, 0], 3), 1);
    }

    #[test]
    #[should_panic(expected = "support in [0, 1]")]
    fn support_above_one_is_refused() {
        let _ = Support::new(2, &[1.0, 0.0, 0.0, 1.5]);
    }
}
