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
