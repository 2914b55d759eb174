//! Effect sizes: odds ratios and standardised mean differences, how one becomes the other, and
//! what several studies say together.

use std::f64::consts::PI;

/// The 97.5 % quantile of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// An estimate with its standard error, on a scale on which it is about normal: a mean difference,
/// a log odds ratio.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Its standard error, more than 0.
    pub error: f64,
}

impl Estimate {
    /// The interval that holds the true value in 95 of 100 samples, if normal.
    #[must_use]
    pub fn interval(self) -> (f64, f64) {
        (self.value - Z * self.error, self.value + Z * self.error)
    }

    /// Whether the interval holds 0, so that no effect is shown at 5 %.
    #[must_use]
    pub fn includes_zero(self) -> bool {
        let (low, high) = self.interval();
        low <= 0.0 && 0.0 <= high
    }

    /// The chance that a study with this standard error finds a true effect of `effect`, at 5 %, in
    /// its direction: `Φ(|effect|/error − 1.96)`.
    #[must_use]
    pub fn power(self, effect: f64) -> f64 {
        normal(effect.abs() / self.error - Z)
    }
}

/// Events among those treated and those not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Events among the treated.
    pub treated: u64,
    /// How many were treated.
    pub of_treated: u64,
    /// Events among the others.
    pub others: u64,
    /// How many others there were.
    pub of_others: u64,
}

/// The log odds ratio `ln(ad/bc)`, with standard error `√(1/a + 1/b + 1/c + 1/d)`.
///
/// Half an event is added to every cell if one of them is empty (Haldane and Anscombe).
///
/// Source: J. L. Fleiss, "Statistical Methods for Rates and Proportions", 2nd ed. (1981), ch. 5.
///
/// ```
/// use normwave_analysis::{Counts, log_odds_ratio};
/// let release = log_odds_ratio(Counts { treated: 14, of_treated: 20, others: 10, of_others: 20 });
/// assert!((release.value.exp() - 14.0 / 6.0).abs() < 1e-12);
/// assert!(release.includes_zero(), "twenty a side are too few to show it");
/// ```
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts")]
pub fn log_odds_ratio(counts: Counts) -> Estimate {
    let Counts { treated, of_treated, others, of_others } = counts;
    let mut cells = [treated, of_treated.saturating_sub(treated), others, of_others.saturating_sub(others)]
        .map(|n| n as f64);
    if cells.iter().any(|&n| n <= 0.0) {
        cells.iter_mut().for_each(|n| *n += 0.5);
    }
    let [a, b, c, d] = cells;
    Estimate { value: (a * d / (b * c)).ln(), error: (1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d).sqrt() }
}

/// Hedges' g of two samples: the difference of means in pooled standard deviations, freed of the
/// bias of small samples.
///
/// `g = J · (x̄₁ − x̄₂)/s` with `J = 1 − 3/(4(n₁ + n₂ − 2) − 1)`, and variance
/// `J² · ((n₁ + n₂)/(n₁n₂) + d²/(2(n₁ + n₂)))`. `None` if a sample has fewer than two values or nothing
/// varies.
///
/// Source: L. V. Hedges and I. Olkin, "Statistical Methods for Meta-Analysis" (1985), ch. 5.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "sizes of samples")]
pub fn hedges_g(first: &[f64], second: &[f64]) -> Option<Estimate> {
    if first.len() < 2 || second.len() < 2 {
        return None;
    }
    let mean = |xs: &[f64]| xs.iter().sum::<f64>() / xs.len() as f64;
    let squares = |xs: &[f64]| xs.iter().map(|x| (x - mean(xs)).powi(2)).sum::<f64>();
    let (n1, n2) = (first.len() as f64, second.len() as f64);
    let sd = ((squares(first) + squares(second)) / (n1 + n2 - 2.0)).sqrt();
    if sd <= 0.0 {
        return None;
    }
    let d = (mean(first) - mean(second)) / sd;
    let unbiased = 1.0 - 3.0 / (4.0 * (n1 + n2 - 2.0) - 1.0);
    let variance = (n1 + n2) / (n1 * n2) + d * d / (2.0 * (n1 + n2));
    Some(Estimate { value: unbiased * d, error: unbiased * variance.sqrt() })
}

/// A log odds ratio as a standardised mean difference, `d = ln OR · √3/π`, which is exact where the
/// trait behind the event is logistic.
///
/// Source: V. Hasselblad and L. V. Hedges, "Meta-analysis of screening and diagnostic tests",
/// Psychological Bulletin 117 (1995).
///
/// ```
/// use normwave_analysis::{Estimate, d_from_log_odds};
/// // 58 % higher odds.
/// let d = d_from_log_odds(Estimate { value: 1.58f64.ln(), error: 0.1 });
/// assert!((d.value - 0.25219).abs() < 1e-5);
/// ```
#[must_use]
pub fn d_from_log_odds(log_odds: Estimate) -> Estimate {
    let scale = 3.0f64.sqrt() / PI;
    Estimate { value: log_odds.value * scale, error: log_odds.error * scale }
}

/// A standardised mean difference as a log odds ratio: the inverse of [`d_from_log_odds`].
#[must_use]
pub fn log_odds_from_d(d: Estimate) -> Estimate {
    let scale = PI / 3.0f64.sqrt();
    Estimate { value: d.value * scale, error: d.error * scale }
}

/// What several studies say together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pooled {
    /// The mean effect over a population of studies that differ (random effects).
    pub mean: Estimate,
    /// The one effect, if all studies shared it (weighted by their precision).
    pub common: Estimate,
    /// τ²: how much true effects vary between studies.
    pub between: f64,
    /// I²: the share of the variation that is not chance, from 0 to 1.
    pub inconsistency: f64,
}

/// Pools estimates by precision, with the variance between studies after DerSimonian and Laird.
///
/// `None` without estimates.
///
/// Source: R. DerSimonian and N. Laird, "Meta-analysis in clinical trials", Controlled Clinical
/// Trials 7 (1986).
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "number of studies")]
pub fn pooled(studies: &[Estimate]) -> Option<Pooled> {
    let weighted = |between: f64| {
        let weights: Vec<f64> = studies.iter().map(|s| 1.0 / (s.error * s.error + between)).collect();
        let sum: f64 = weights.iter().sum();
        let value = weights.iter().zip(studies).map(|(w, s)| w * s.value).sum::<f64>() / sum;
        (Estimate { value, error: (1.0 / sum).sqrt() }, weights)
    };
    if studies.is_empty() {
        return None;
    }
    let (common, weights) = weighted(0.0);
    let chance = studies.len() as f64 - 1.0;
    let q: f64 = weights.iter().zip(studies).map(|(w, s)| w * (s.value - common.value).powi(2)).sum();
    let sum: f64 = weights.iter().sum();
    let scale = sum - weights.iter().map(|w| w * w).sum::<f64>() / sum;
    let between = if scale > 0.0 { ((q - chance) / scale).max(0.0) } else { 0.0 };
    let inconsistency = if q > 0.0 { ((q - chance) / q).max(0.0) } else { 0.0 };
    Some(Pooled { mean: weighted(between).0, common, between, inconsistency })
}

// Φ.
fn normal(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "found {found}, expected {expected}");
    }

    #[test]
    fn an_empty_cell_gets_half_an_event_as_all_do() {
        let none = Counts { treated: 0, of_treated: 10, others: 4, of_others: 10 };
        let odds = log_odds_ratio(none);
        near(odds.value, (0.5 * 6.5 / (10.5 * 4.5_f64)).ln());
        near(odds.error, (1.0 / 0.5 + 1.0 / 10.5 + 1.0 / 4.5 + 1.0 / 6.5_f64).sqrt());
    }

    #[test]
    fn small_samples_shrink_the_difference() {
        // Means 3 and 2, pooled variance 1, six values: J = 1 − 3/15.
        let g = hedges_g(&[2.0, 3.0, 4.0], &[1.0, 2.0, 3.0]).unwrap();
        near(g.value, 0.8);
        near(g.error, 0.8 * (6.0 / 9.0 + 1.0 / 12.0_f64).sqrt());
        assert_eq!(hedges_g(&[1.0], &[1.0, 2.0]), None);
        assert_eq!(hedges_g(&[1.0, 1.0], &[1.0, 1.0]), None);
    }

    #[test]
    fn odds_become_differences_and_back() {
        let odds = Estimate { value: 0.7, error: 0.2 };
        let back = log_odds_from_d(d_from_log_odds(odds));
        near(back.value, 0.7);
        near(back.error, 0.2);
        near(d_from_log_odds(odds).value, 0.7 * 0.551_328_895_421_792_1);
    }

    #[test]
    fn studies_that_agree_pool_to_their_weighted_mean() {
        let studies = [Estimate { value: 1.0, error: 1.0 }, Estimate { value: 2.0, error: 0.5 }];
        let all = pooled(&studies).unwrap();
        // Weights 1 and 4; Q = 0.8 is below its expectation of 1.
        near(all.common.value, 1.8);
        near(all.common.error, (1.0 / 5.0_f64).sqrt());
        near(all.between, 0.0);
        near(all.mean.value, 1.8);
        assert_eq!(pooled(&[]), None);
        near(pooled(&studies[..1]).unwrap().mean.value, 1.0);
    }

    #[test]
    fn studies_that_differ_widen_the_interval() {
        let studies = [Estimate { value: 0.0, error: 0.1 }, Estimate { value: 1.0, error: 0.1 }];
        let all = pooled(&studies).unwrap();
        // Q = 50; τ² = (50 − 1)/(200 − 20000/200) = 0.49; I² = 0.98.
        near(all.between, 0.49);
        near(all.inconsistency, 0.98);
        near(all.mean.value, 0.5);
        near(all.mean.error, 0.5);
    }

    #[test]
    fn power_is_a_half_where_the_effect_is_just_significant() {
        let study = Estimate { value: 0.0, error: 0.25 };
        near(study.power(0.25 * Z), 0.5);
        assert!(study.power(1.0) > 0.97 && study.power(-1.0) > 0.97 && study.power(0.0) < 0.026);
    }
}
