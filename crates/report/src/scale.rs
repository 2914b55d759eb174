//! Numeric scales with round ticks.

use crate::number::with_minus;

/// A linear map from values to coordinates, with its ticks.
#[derive(Debug, Clone)]
pub(crate) struct Scale {
    lo: f64,
    hi: f64,
    from: f64,
    to: f64,
    step: f64,
}

impl Scale {
    /// A scale over `values` (those that are finite) widened to round ticks, at most about
    /// `n_ticks`, mapped to coordinates `from..to`.
    pub(crate) fn nice(values: impl IntoIterator<Item = f64>, n_ticks: usize, from: f64, to: f64) -> Self {
        let (lo, hi) = range(values).unwrap_or((0.0, 1.0));
        // Equal values get a range around them, so that they sit in the middle.
        let (lo, hi) = if hi - lo <= f64::EPSILON * lo.abs().max(hi.abs()).max(1e-300) * 8.0 {
            let pad = if lo.abs() < 1e-300 { 1.0 } else { lo.abs() / 2.0 };
            (lo - pad, hi + pad)
        } else {
            (lo, hi)
        };
        let step = round_step((hi - lo) / n_ticks.max(1) as f64);
        Self { lo: (lo / step + 1e-9).floor() * step, hi: (hi / step - 1e-9).ceil() * step, from, to, step }
    }

    /// A scale over exactly `lo..hi`.
    pub(crate) fn exact(lo: f64, hi: f64, n_ticks: usize, from: f64, to: f64) -> Self {
        Self { lo, hi, from, to, step: round_step((hi - lo) / n_ticks.max(1) as f64) }
    }

    /// Coordinate of `value`, held inside the scale.
    pub(crate) fn at(&self, value: f64) -> f64 {
        let share = (value - self.lo) / (self.hi - self.lo);
        self.from + share.clamp(0.0, 1.0) * (self.to - self.from)
    }

    /// The coordinates of the two ends.
    pub(crate) fn ends(&self) -> (f64, f64) {
        (self.from, self.to)
    }

    /// Ticks as coordinates and labels.
    pub(crate) fn ticks(&self) -> Vec<(f64, String)> {
        let first = (self.lo / self.step - 1e-9).ceil();
        let last = (self.hi / self.step + 1e-9).floor();
        let n_ticks = (last - first).clamp(0.0, 40.0) as usize;
        (0..=n_ticks)
            .map(|i| (first + i as f64) * self.step)
            .map(|value| (self.at(value), self.label(value)))
            .collect()
    }

    /// Ticks whose labels are percentages.
    pub(crate) fn percent_ticks(&self) -> Vec<(f64, String)> {
        let first = (self.lo / self.step - 1e-9).ceil();
        let last = (self.hi / self.step + 1e-9).floor();
        let digits = decimals(self.step * 100.0);
        let n_ticks = (last - first).clamp(0.0, 40.0) as usize;
        (0..=n_ticks)
            .map(|i| (first + i as f64) * self.step)
            .map(|value| (self.at(value), crate::number::percent(value, digits)))
            .collect()
    }

    fn label(&self, value: f64) -> String {
        let largest = self.lo.abs().max(self.hi.abs());
        let text = if value.abs() < self.step / 2.0 {
            "0".into()
        } else if !(1e-3..1e6).contains(&largest) {
            crate::number::scientific(value)
        } else {
            crate::number::fixed(value, decimals(self.step))
        };
        with_minus(&text)
    }
}

/// Smallest and largest of the finite values.
pub(crate) fn range(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    values.into_iter().filter(|v| v.is_finite()).fold(None, |seen, v| match seen {
        None => Some((v, v)),
        Some((lo, hi)) => Some((v.min(lo), v.max(hi))),
    })
}

fn round_step(rough: f64) -> f64 {
    let magnitude = 10f64.powf(rough.abs().max(1e-300).log10().floor());
    let factor =
        [1.0, 2.0, 5.0, 10.0].into_iter().find(|f| f * magnitude >= rough * (1.0 - 1e-9)).unwrap_or(10.0);
    factor * magnitude
}

fn decimals(step: f64) -> usize {
    (0..6)
        .find(|&d| {
            let scaled = step * 10f64.powi(d as i32);
            (scaled - scaled.round()).abs() < 1e-6 * scaled.max(1.0) && scaled.round() >= 1.0
        })
        .unwrap_or(6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(scale: &Scale) -> Vec<String> {
        scale.ticks().into_iter().map(|(_, label)| label).collect()
    }

    #[test]
    fn ticks_are_round_and_cover_the_values() {
        let scale = Scale::nice([0.03, 0.97], 5, 0.0, 100.0);
        assert_eq!(
            labels(&scale),
            ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"].map(|t| { if t == "0.0" { "0" } else { t } })
        );
    }

    #[test]
    fn equal_values_sit_in_the_middle_of_their_scale() {
        for value in [7.0, -3.0, 0.0, 1e9, 1e-9] {
            let scale = Scale::nice([value, value], 4, 0.0, 100.0);
            let at = scale.at(value);
            assert!((20.0..=80.0).contains(&at), "{value} at {at}");
        }
    }

    #[test]
    fn values_that_are_not_finite_do_not_stretch_the_scale() {
        let scale = Scale::nice([1.0, f64::NAN, 3.0, f64::INFINITY], 4, 0.0, 10.0);
        assert!(scale.at(3.0) > 9.9);
        assert_eq!(labels(&Scale::nice([f64::NAN], 2, 0.0, 1.0)).len(), 3);
    }

    #[test]
    fn huge_and_tiny_values_get_short_labels() {
        assert_eq!(labels(&Scale::nice([0.0, 1e9], 4, 0.0, 1.0)), ["0", "5e8", "1e9"]);
        assert!(labels(&Scale::nice([0.0, 3e-7], 4, 0.0, 1.0)).contains(&"2e-7".replace('-', "−")));
    }
}
