//! The Kaplan–Meier estimate of the share that has adopted.

use serde::Serialize;

/// The estimate after one tick, or one time at which somebody adopts.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SurvivalPoint {
    /// Who was at risk.
    pub at_risk: usize,
    /// Who adopted.
    pub adopted: usize,
    /// F = 1 − S: the share that has adopted if all could be followed, 0 to 1.
    pub share: f64,
    /// Standard error of the share, by Greenwood's formula; `None` once all have adopted.
    pub se: Option<f64>,
    /// Lower end of the 95 % confidence interval of the share; `None` before the first adoption and
    /// once all have adopted.
    pub low: Option<f64>,
    /// Its upper end.
    pub high: Option<f64>,
}

/// The normal quantile of 97.5 %.
pub(super) const Z95: f64 = 1.959_963_984_540_054;

/// The Kaplan–Meier estimate from (at risk, adopted) of each time, in order.
///
/// `S(t) = Π_{s ≤ t} (1 − d_s / n_s)`, with variance `S² Σ d_s / (n_s (n_s − d_s))`; the interval is
/// symmetric for ln(−ln S), so that it stays within 0 to 1. Who is censored or comes late only changes
/// the numbers at risk.
///
/// Source: E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete observations", Journal
/// of the American Statistical Association 53 (1958); J. D. Kalbfleisch and R. L. Prentice, The
/// Statistical Analysis of Failure Time Data (1980), for the interval (`conf.type = "log-log"` in R's
/// survival).
///
/// ```
/// use normwave_analysis::describe::kaplan_meier;
/// let found = kaplan_meier(&[(4, 1), (2, 1)]);
/// assert_eq!(found[1].share, 1.0 - 0.75 * 0.5);
/// ```
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of actors")]
pub fn kaplan_meier(counts: &[(usize, usize)]) -> Vec<SurvivalPoint> {
    let (mut survival, mut sum) = (1.0, 0.0);
    let times = counts.iter().map(|&(at_risk, adopted)| {
        let (n, d) = (at_risk as f64, adopted as f64);
        if adopted > 0 {
            survival *= 1.0 - d / n;
            sum += d / (n * (n - d));
        }
        let log = libm::log(survival);
        let inside = survival > 0.0 && survival < 1.0;
        let bound = |sign: f64| {
            let spread = libm::exp(sign * Z95 * sum.sqrt() / log.abs());
            1.0 - libm::pow(survival, spread)
        };
        SurvivalPoint {
            at_risk,
            adopted,
            share: 1.0 - survival,
            se: (survival > 0.0).then(|| survival * sum.sqrt()),
            low: inside.then(|| bound(-1.0)),
            high: inside.then(|| bound(1.0)),
        }
    });
    times.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_and_its_band_are_those_of_a_hand_worked_table() {
        // Ten at risk, two adopt; two are censored; three of six adopt.
        let found = kaplan_meier(&[(10, 2), (8, 0), (6, 3)]);
        let shares: Vec<f64> = found.iter().map(|point| point.share).collect();
        assert!((shares[0] - 0.2).abs() < 1e-12 && (shares[2] - 0.6).abs() < 1e-12, "{shares:?}");
        // Greenwood: 0.4 √(2/80 + 3/18).
        let se = 0.4 * (2.0_f64 / 80.0 + 3.0 / 18.0).sqrt();
        assert!((found[2].se.unwrap() - se).abs() < 1e-12);
        // S^exp(±1.96 σ / |ln S|) with σ = 0.437 798, |ln S| = 0.916 291: exponents 2.550 96 and 0.392 01.
        assert!((found[2].high.unwrap() - 0.903_42).abs() < 1e-4, "{:?}", found[2]);
        assert!((found[2].low.unwrap() - 0.301_76).abs() < 1e-4, "{:?}", found[2]);
    }

    #[test]
    fn before_the_first_and_after_the_last_adoption_there_is_no_band() {
        let found = kaplan_meier(&[(5, 0), (5, 5), (0, 0)]);
        assert_eq!((found[0].low, found[0].high, found[0].se), (None, None, Some(0.0)));
        assert_eq!((found[1].low, found[1].se), (None, None));
        assert!((found[2].share - 1.0).abs() < 1e-12);
    }
}
