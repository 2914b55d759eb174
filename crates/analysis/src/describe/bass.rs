//! The Bass model, fitted to a curve of adoption.

use serde::Serialize;

/// A parameter and its standard error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Parameter {
    /// The estimate.
    pub value: f64,
    /// Its standard error; `None` if it was given, or if no degree of freedom is left.
    pub se: Option<f64>,
}

/// A fit of the Bass model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BassFit {
    /// p: innovation, the rate of adopting of oneself, per tick.
    pub p: Parameter,
    /// q: imitation, the rate of adopting by the share of adopters, per tick.
    pub q: Parameter,
    /// m: how many adopt in the end, in the units of the curve.
    pub m: Parameter,
    /// Residual sum of squares.
    pub rss: f64,
    /// 1 − RSS / Σ (y − ȳ)²; `None` for a curve that never changes.
    pub r_squared: Option<f64>,
    /// The fitted curve.
    pub fitted: Vec<f64>,
    /// When adoptions peak, in ticks after the start: ln(q / p) / (p + q); `None` if imitation is no
    /// stronger than innovation, so that adoptions only fall.
    pub peak: Option<f64>,
    /// How many steps the search took.
    pub steps: usize,
}

/// Why there is no fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoBassFit {
    /// The curve has fewer points at which it differs than there are parameters to find.
    #[error("its values are too few to tell the parameters: different ones are {0}")]
    TooFew(usize),
    /// The search did not settle.
    #[error("the search did not converge within {0} steps: the curve is far from any that the model draws")]
    NotConverged(usize),
    /// All but a few adopt within so few ticks that p can be as small as one likes.
    #[error("the curve is a jump, which any p that is small enough fits as well")]
    Jump,
    /// It settled where the model means nothing.
    #[error("the best fit lies outside of the model: p + q and m must be positive")]
    OutsideModel,
    /// Parameters can be exchanged for one another.
    #[error(
        "the curve does not tell the parameters apart: no turning point is in sight, so that any large m fits as well"
    )]
    NotIdentified,
}

/// F(t) of the Bass model: the share that has adopted by time t ≥ 0.
///
/// `F(t) = (1 − e^{−(p+q)t}) / (1 + (q/p) e^{−(p+q)t})`
///
/// Source: F. M. Bass, "A new product growth for model consumer durables", Management Science 15
/// (1969).
#[must_use]
pub fn bass_share(p: f64, q: f64, t: f64) -> f64 {
    let e = libm::exp(-(p + q) * t);
    (1.0 - e) / (1.0 + q / p * e)
}

/// Fits the Bass model to a cumulative curve by non-linear least squares: `y_t = m F(t) + error`, where
/// y_t is the curve after t = 1, 2, … ticks. With `m` given only p and q are sought.
///
/// The search is that of Levenberg and Marquardt with exact derivatives, from the best of a grid of
/// starts (for each p and q the best m is known). Standard errors are
/// `√(s² (JᵀJ)⁻¹)` with s² = RSS / (T − number of parameters). Errors of a cumulative curve are not
/// independent of each other, so that these are too small: a measure of how sharply the curve bends
/// and no test of imitation.
///
/// Source: V. Srinivasan and C. H. Mason, "Nonlinear least squares estimation of new product diffusion
/// models", Marketing Science 5 (1986); the cumulative curve with m = 1 is what netdiffuseR's `fitbass`
/// takes.
///
/// # Errors
/// [`NoBassFit`] if the curve does not tell the parameters (an m of more than 20 times the curve's end
/// included), or the search does not converge.
///
/// ```
/// use normwave_analysis::describe::{bass_share, fit_bass};
/// let curve: Vec<f64> = (1..=20).map(|t| 50.0 * bass_share(0.03, 0.38, f64::from(t))).collect();
/// let fit = fit_bass(&curve, None)?;
/// assert!((fit.p.value - 0.03).abs() < 1e-6 && (fit.m.value - 50.0).abs() < 1e-4);
/// # Ok::<(), normwave_analysis::describe::NoBassFit>(())
/// ```
#[expect(clippy::cast_precision_loss, reason = "a number of ticks")]
pub fn fit_bass(curve: &[f64], m: Option<f64>) -> Result<BassFit, NoBassFit> {
    let mut values: Vec<f64> = curve.to_vec();
    values.sort_by(f64::total_cmp);
    values.dedup_by(|a, b| a.total_cmp(b).is_eq());
    let n_free = if m.is_some() { 2 } else { 3 };
    if values.len() <= n_free {
        return Err(NoBassFit::TooFew(values.len()));
    }
    let most = FARTHEST * values.last().copied().unwrap_or(0.0);
    let problem = Problem { curve, m, most };
    let (best, steps) = problem.search(problem.start())?;
    let [log_p, q, m_found] = best;
    let p = libm::exp(log_p);
    if log_p < SMALLEST + 30.0 {
        return Err(NoBassFit::Jump);
    }
    if !(p + q > 0.0 && m_found > 0.0) {
        return Err(NoBassFit::OutsideModel);
    }
    let inverse = inverse(problem.normal(best).0, n_free).ok_or(NoBassFit::NotIdentified)?;
    let rss = problem.rss(best);
    let n = curve.len();
    let variance = (n > n_free).then(|| rss / (n - n_free) as f64);
    let se = |i: usize| variance.map(|variance| (variance * inverse[i][i]).max(0.0).sqrt());
    let se_p = se(0).map(|se| p * se);
    let mean = curve.iter().sum::<f64>() / n as f64;
    let total: f64 = curve.iter().map(|y| (y - mean) * (y - mean)).sum();
    Ok(BassFit {
        p: Parameter { value: p, se: se_p },
        q: Parameter { value: q, se: se(1) },
        m: Parameter { value: m_found, se: if m.is_some() { None } else { se(2) } },
        rss,
        r_squared: (total > 0.0).then(|| 1.0 - rss / total),
        fitted: times(n).map(|t| m_found * bass_share(p, q, t)).collect(),
        peak: (q > p).then(|| libm::log(q / p) / (p + q)),
        steps,
    })
}

const MOST_STEPS: usize = 500;
/// ln p below which p is as good as 0.
const SMALLEST: f64 = -230.0;
/// Nobody can tell from a curve an end that is so many times higher.
const FARTHEST: f64 = 20.0;

#[expect(clippy::cast_precision_loss, reason = "a number of ticks")]
fn times(n: usize) -> impl Iterator<Item = f64> {
    (1..=n).map(|t| t as f64)
}

struct Problem<'a> {
    curve: &'a [f64],
    // Given, or sought.
    m: Option<f64>,
    // Beyond this, m is not told by the curve.
    most: f64,
}

// ln p, q, m: p can be so small that only its order of magnitude is told.
type Point = [f64; 3];

impl Problem<'_> {
    fn rss(&self, [log_p, q, m]: Point) -> f64 {
        let p = libm::exp(log_p);
        let off = |(y, t): (&f64, f64)| y - m * bass_share(p, q, t);
        self.curve.iter().zip(times(self.curve.len())).map(off).map(|off| off * off).sum()
    }

    fn start(&self) -> Point {
        let n = self.curve.len();
        let rates = [1e-12, 1e-9, 1e-7, 1e-5, 0.0005, 0.002, 0.01, 0.03, 0.1, 0.3];
        let grid = rates.iter().flat_map(|&p| [0.01, 0.05, 0.15, 0.4, 0.8, 1.5, 3.0].map(|q| (p, q)));
        let starts = grid.map(|(p, q)| {
            let shares: Vec<f64> = times(n).map(|t| bass_share(p, q, t)).collect();
            let squares: f64 = shares.iter().map(|share| share * share).sum();
            let product: f64 = shares.iter().zip(self.curve).map(|(share, y)| share * y).sum();
            [libm::log(p), q, self.m.unwrap_or(product / squares)]
        });
        starts.min_by(|a, b| self.rss(*a).total_cmp(&self.rss(*b))).unwrap_or([-3.5, 0.4, 1.0])
    }

    // JᵀJ and Jᵀr.
    fn normal(&self, [log_p, q, m]: Point) -> ([[f64; 3]; 3], [f64; 3]) {
        let p = libm::exp(log_p);
        let (mut square, mut side) = ([[0.0; 3]; 3], [0.0; 3]);
        for (y, t) in self.curve.iter().zip(times(self.curve.len())) {
            // F = (1 − e) / d with e = exp(−(p + q) t) and d = 1 + (q / p) e; both rates move e by −t e.
            let e = libm::exp(-(p + q) * t);
            let d = 1.0 + q / p * e;
            let slope = |of_d: f64| (t * e * d - (1.0 - e) * of_d) / (d * d);
            let by_p = slope(-q / (p * p) * e - q / p * t * e);
            let by_q = slope(e / p - q / p * t * e);
            let share = (1.0 - e) / d;
            let row = [m * p * by_p, m * by_q, if self.m.is_some() { 0.0 } else { share }];
            for i in 0..3 {
                side[i] += row[i] * (y - m * share);
                for j in 0..3 {
                    square[i][j] += row[i] * row[j];
                }
            }
        }
        (square, side)
    }

    fn search(&self, start: Point) -> Result<(Point, usize), NoBassFit> {
        let n_free = if self.m.is_some() { 2 } else { 3 };
        let (mut at, mut damping) = (start, 1e-3);
        let mut rss = self.rss(at);
        for step in 1..=MOST_STEPS {
            let (square, side) = self.normal(at);
            let mut damped = square;
            for (i, row) in damped.iter_mut().enumerate() {
                row[i] += damping * square[i][i].max(f64::MIN_POSITIVE);
            }
            let Some(inverse) = inverse(damped, n_free) else { return Err(NoBassFit::NotIdentified) };
            let mut next = at;
            for i in 0..n_free {
                next[i] += (0..n_free).map(|j| inverse[i][j] * side[j]).sum::<f64>();
            }
            let moved = (0..n_free).map(|i| ((next[i] - at[i]) / at[i].abs().max(1e-12)).abs());
            let moved = moved.fold(0.0, f64::max);
            let inside = next[0] > SMALLEST && next[0] < 3.0 && libm::exp(next[0]) + next[1] > 0.0;
            let new = if inside { self.rss(next) } else { f64::INFINITY };
            if new <= rss {
                (at, rss, damping) = (next, new, (damping * 0.2).max(1e-12));
                if self.m.is_none() && at[2] > self.most {
                    return Err(NoBassFit::NotIdentified);
                }
                if moved < 1e-10 {
                    return Ok((at, step));
                }
            } else if moved < 1e-10 {
                // No step, however small, is an improvement.
                return Ok((at, step));
            } else {
                damping *= 5.0;
            }
        }
        Err(NoBassFit::NotConverged(MOST_STEPS))
    }
}

// The inverse of the first n rows and columns of a symmetric matrix, scaled so that its diagonal is 1;
// `None` if it is (almost) singular.
fn inverse(matrix: [[f64; 3]; 3], n: usize) -> Option<[[f64; 3]; 3]> {
    let scale: Vec<f64> = (0..n).map(|i| matrix[i][i].sqrt()).collect();
    if scale.iter().any(|scale| !(scale.is_finite() && *scale > 0.0)) {
        return None;
    }
    let mut rows: Vec<Vec<f64>> = (0..n)
        .map(|i| {
            let left = (0..n).map(|j| matrix[i][j] / (scale[i] * scale[j]));
            left.chain((0..n).map(|j| f64::from(u8::from(i == j)))).collect()
        })
        .collect();
    for column in 0..n {
        let pivot = (column..n).max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()))?;
        if rows[pivot][column].abs() < 1e-11 {
            return None;
        }
        rows.swap(column, pivot);
        let head = rows[column][column];
        rows[column].iter_mut().for_each(|value| *value /= head);
        let own = rows[column].clone();
        for (i, row) in rows.iter_mut().enumerate().filter(|(i, _)| *i != column) {
            let factor = row[column];
            debug_assert!(i < n);
            row.iter_mut().zip(&own).for_each(|(value, own)| *value -= factor * own);
        }
    }
    let mut found = [[0.0; 3]; 3];
    for i in 0..n {
        for j in 0..n {
            found[i][j] = rows[i][n + j] / (scale[i] * scale[j]);
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_is_the_closed_form() {
        for (t, share) in [(1.0, 0.035_758_164_26), (5.0, 0.331_198_642_49), (20.0, 0.996_259_414_5)] {
            assert!((bass_share(0.03, 0.38, t) - share).abs() < 1e-10);
        }
    }

    #[test]
    fn the_parameters_of_exact_curves_are_found_again() {
        let curves = [
            (0.03, 0.38, 100.0),
            (0.001, 0.6, 193.0),
            (0.2, 0.05, 40.0),
            (0.01, 0.1, 1.0),
            // A late and sudden wave.
            (1e-14, 0.8, 168.0),
        ];
        for (p, q, m) in curves {
            let curve: Vec<f64> = (1..=60).map(|t| m * bass_share(p, q, f64::from(t))).collect();
            let fit = fit_bass(&curve, None).unwrap();
            for (found, value) in [(fit.p, p), (fit.q, q), (fit.m, m)] {
                assert!((found.value / value - 1.0).abs() < 1e-6, "{fit:?}");
                assert!(found.se.unwrap() < 1e-4 * value);
            }
        }
    }

    #[test]
    fn adoptions_peak_where_the_density_is_highest() {
        let curve: Vec<f64> = (1..=30).map(|t| bass_share(0.03, 0.38, f64::from(t))).collect();
        assert!((fit_bass(&curve, Some(1.0)).unwrap().peak.unwrap() - 6.192_619_197_70).abs() < 1e-5);
        let falling: Vec<f64> = (1..=30).map(|t| bass_share(0.2, 0.05, f64::from(t))).collect();
        assert_eq!(fit_bass(&falling, Some(1.0)).unwrap().peak, None);
    }

    #[test]
    fn a_curve_that_does_not_tell_has_no_fit_and_says_why() {
        assert_eq!(fit_bass(&[], None).unwrap_err(), NoBassFit::TooFew(0));
        assert_eq!(fit_bass(&[0.0, 0.0, 3.0, 3.0], None).unwrap_err(), NoBassFit::TooFew(2));
        let jump: Vec<f64> =
            (0..132).map(|t| if t < 95 { 0.0 } else { 120.0 + f64::from((t - 95) / 9) }).collect();
        assert_eq!(fit_bass(&jump, None).unwrap_err(), NoBassFit::Jump);
        // A straight line: nobody can say where it ends.
        let line: Vec<f64> = (1..=12).map(f64::from).collect();
        let refused = fit_bass(&line, None).unwrap_err();
        assert!(matches!(refused, NoBassFit::NotIdentified | NoBassFit::NotConverged(_)), "{refused}");
    }
}
