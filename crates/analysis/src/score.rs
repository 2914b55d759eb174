//! How good forecasts of a yes-or-no outcome are.

/// Area under the receiver operating characteristic: the chance that a state that did it was
/// given a higher forecast than one that did not, ties counting half. `None` if all outcomes are
/// alike.
///
/// ```
/// assert_eq!(normwave_analysis::auc(&[(0.9, true), (0.5, false), (0.5, true)]), Some(0.75));
/// ```
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of forecasts")]
pub fn auc(forecasts: &[(f64, bool)]) -> Option<f64> {
    let mut sorted = forecasts.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let positives = sorted.iter().filter(|(_, did)| *did).count() as f64;
    let negatives = sorted.len() as f64 - positives;
    if positives < 1.0 || negatives < 1.0 {
        return None;
    }
    // Mann–Whitney: the sum of the ranks of those who did, with mean ranks for ties.
    let mut rank_sum = 0.0;
    let mut first = 0;
    for tied in sorted.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let mean_rank = first as f64 + (tied.len() as f64 + 1.0) / 2.0;
        rank_sum += mean_rank * tied.iter().filter(|(_, did)| *did).count() as f64;
        first += tied.len();
    }
    Some((rank_sum - positives * (positives + 1.0) / 2.0) / (positives * negatives))
}

/// Brier score: the mean squared distance of forecast and outcome, 0 to 1; less is better.
#[must_use]
pub fn brier(forecasts: &[(f64, bool)]) -> f64 {
    mean(forecasts.iter().map(|(p, did)| (p - f64::from(u8::from(*did))).powi(2)))
}

/// Log loss: the mean of `−ln` of the probability given to what happened; less is better.
/// Forecasts are kept within 0.001 and 0.999, so that one certain error is not infinite.
#[must_use]
pub fn log_loss(forecasts: &[(f64, bool)]) -> f64 {
    mean(forecasts.iter().map(|(p, did)| {
        let p = p.clamp(0.001, 0.999);
        -(if *did { p } else { 1.0 - p }).ln()
    }))
}

#[expect(clippy::cast_precision_loss, reason = "counts of forecasts")]
fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = values.len() as f64;
    if n > 0.0 { values.sum::<f64>() / n } else { f64::NAN }
}

/// Forecasts of similar size, and what came of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Mean forecast.
    pub forecast: f64,
    /// Share that did it.
    pub observed: f64,
    /// 95 % Wilson interval of that share.
    pub interval: (f64, f64),
    /// How many.
    pub n: usize,
}

/// Forecasts in bins of about equal size, lowest first.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of forecasts")]
pub fn calibration(forecasts: &[(f64, bool)], n_bins: usize) -> Vec<Bin> {
    let mut sorted = forecasts.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let n_bins = n_bins.clamp(1, sorted.len().max(1));
    let edge = |bin: usize| bin * sorted.len() / n_bins;
    let bins = (0..n_bins).map(|bin| &sorted[edge(bin)..edge(bin + 1)]).filter(|bin| !bin.is_empty());
    bins.map(|bin| {
        let observed = mean(bin.iter().map(|(_, did)| f64::from(u8::from(*did))));
        Bin {
            forecast: mean(bin.iter().map(|(p, _)| *p)),
            observed,
            interval: wilson(observed, bin.len() as f64),
            n: bin.len(),
        }
    })
    .collect()
}

// Wilson 1927, at 95 %.
pub(crate) fn wilson(share: f64, n: f64) -> (f64, f64) {
    let z = 1.959_963_984_540_054;
    let denominator = 1.0 + z * z / n;
    let centre = (share + z * z / (2.0 * n)) / denominator;
    let half = z / denominator * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    ((centre - half).max(0.0), (centre + half).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_have_their_textbook_values() {
        let forecasts = [(0.8, true), (0.4, true), (0.4, false), (0.1, false)];
        assert!((auc(&forecasts).unwrap() - 0.875).abs() < 1e-15);
        assert!((brier(&forecasts) - (0.04 + 0.36 + 0.16 + 0.01) / 4.0).abs() < 1e-15);
        let log = -(0.8f64.ln() + 0.4f64.ln() + 0.6f64.ln() + 0.9f64.ln()) / 4.0;
        assert!((log_loss(&forecasts) - log).abs() < 1e-15);
        assert_eq!(auc(&[(0.5, true)]), None);
    }

    #[test]
    fn a_wilson_interval_of_one_half_is_that_of_newcombe() {
        // Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662.
        let (low, high) = wilson(81.0 / 263.0, 263.0);
        assert!((low - 0.2553).abs() < 5e-5 && (high - 0.3662).abs() < 5e-5, "{low} {high}");
    }

    #[test]
    fn bins_hold_all_forecasts_in_order() {
        let forecasts: Vec<(f64, bool)> = (0..23u8).map(|i| (f64::from(i) / 23.0, i % 2 == 0)).collect();
        let bins = calibration(&forecasts, 5);
        assert_eq!(bins.iter().map(|bin| bin.n).sum::<usize>(), 23);
        assert!(bins.windows(2).all(|pair| pair[0].forecast < pair[1].forecast));
    }
}
