//! A list of numbers in a few.

use serde::Serialize;

/// Mean, spread and quantiles of some numbers, and how many are missing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// How many numbers.
    pub n: usize,
    /// How many have none.
    pub missing: usize,
    /// Their mean.
    pub mean: f64,
    /// Standard deviation, divided by n − 1; 0 of a single number.
    pub sd: f64,
    /// The least.
    pub min: f64,
    /// Lower quartile.
    pub lower: f64,
    /// Median.
    pub median: f64,
    /// Upper quartile.
    pub upper: f64,
    /// The greatest.
    pub max: f64,
}

impl Summary {
    /// Of some values; `None` if none is known. Quantiles are straight lines between order statistics
    /// (type 7 of Hyndman and Fan 1996, the default in R).
    ///
    /// ```
    /// use normwave_analysis::describe::Summary;
    /// let found = Summary::of(&[Some(1.0), None, Some(4.0), Some(2.0)]).unwrap();
    /// assert_eq!((found.n, found.missing, found.median, found.upper), (3, 1, 2.0, 3.0));
    /// ```
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of actors")]
    pub fn of(values: &[Option<f64>]) -> Option<Self> {
        let mut known: Vec<f64> = values.iter().copied().flatten().collect();
        known.sort_by(f64::total_cmp);
        let (min, max) = (*known.first()?, *known.last()?);
        let n = known.len() as f64;
        let mean = known.iter().sum::<f64>() / n;
        let squares: f64 = known.iter().map(|value| (value - mean) * (value - mean)).sum();
        Some(Summary {
            n: known.len(),
            missing: values.len() - known.len(),
            mean,
            sd: if known.len() > 1 { (squares / (n - 1.0)).sqrt() } else { 0.0 },
            min,
            lower: quantile(&known, 0.25),
            median: quantile(&known, 0.5),
            upper: quantile(&known, 0.75),
            max,
        })
    }
}

/// A quantile of sorted numbers, of which there must be one at least.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place in the list"
)]
pub(super) fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = share * (sorted.len() - 1) as f64;
    let below = at.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (at - at.floor()) * (sorted[above] - sorted[below])
}
