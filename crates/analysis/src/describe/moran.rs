//! Moran's I: whether those who are tied are alike.

use super::Weights;
use normwave_plan::{Draws, Stream, Tick};
use serde::Serialize;

/// Moran's I of a value in a network, and what to expect of it by chance.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Moran {
    /// Number of actors, those without ties included.
    pub n: usize,
    /// I: 1 if all are like those who weigh with them, about −1/(n − 1) if ties say nothing, below if
    /// they join those who differ.
    pub i: f64,
    /// Its expectation without autocorrelation, −1/(n − 1).
    pub expected: f64,
    /// Its variance if the values are draws from one normal distribution.
    pub variance: f64,
    /// `(I − expected) / √variance`.
    pub z: f64,
    /// Its variance if the values are shared out among the actors at random; fit for values that are
    /// not normal, such as having adopted or not.
    pub variance_shuffled: f64,
    /// `(I − expected) / √variance_shuffled`.
    pub z_shuffled: f64,
    /// The share of random permutations that lie as far from the expectation as I or farther, on
    /// either side, I itself counted as one: (b + 1) / (R + 1). `None` without permutations.
    pub p: Option<f64>,
}

/// Moran's I of values of actors, under weights as they are; use [`Weights::in_shares`] for those
/// whose rows sum to 1, as is usual.
///
/// `I = (n / S₀) Σ_ij w_ij (x_i − x̄)(x_j − x̄) / Σ_i (x_i − x̄)²`. With S₀ = Σ w_ij,
/// S₁ = ½ Σ (w_ij + w_ji)² and S₂ = Σ_i (Σ_j w_ij + Σ_j w_ji)², its variance is
/// `(n² S₁ − n S₂ + 3 S₀²) / ((n² − 1) S₀²) − 1/(n − 1)²` for normal values, and
/// `(n ((n² − 3n + 3) S₁ − n S₂ + 3 S₀²) − k ((n² − n) S₁ − 2n S₂ + 6 S₀²)) / ((n − 1)(n − 2)(n − 3) S₀²) −
/// 1/(n − 1)²` for values in random order, with k = n Σ z⁴ / (Σ z²)².
///
/// `None` if all values are equal, if nobody is tied, or with fewer than four actors.
///
/// Source: P. A. P. Moran, "Notes on continuous stochastic phenomena", Biometrika 37 (1950); A. D. Cliff
/// and J. K. Ord, Spatial Processes (1981). Variance in random order as in the R packages ape and
/// netdiffuseR.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of actors")]
pub fn moran(weights: &Weights, values: &[f64]) -> Option<Moran> {
    let count = values.len();
    let n = count as f64;
    let mean = values.iter().sum::<f64>() / n;
    let z: Vec<f64> = values.iter().map(|value| value - mean).collect();
    let squares: f64 = z.iter().map(|z| z * z).sum();
    let fourths: f64 = z.iter().map(|z| z * z * z * z).sum();
    let sums = Sums::of(weights);
    let constant = values.iter().all(|value| value.total_cmp(&values[0]).is_eq());
    if count < 4 || constant || sums.s0 <= 0.0 {
        return None;
    }
    let Sums { s0, s1, s2 } = sums;
    let i = n / s0 * cross(weights, &z) / squares;
    let expected = -1.0 / (n - 1.0);
    let variance = (n * n * s1 - n * s2 + 3.0 * s0 * s0) / ((n * n - 1.0) * s0 * s0) - expected * expected;
    let kurtosis = n * fourths / (squares * squares);
    let shuffled = n * ((n * n - 3.0 * n + 3.0) * s1 - n * s2 + 3.0 * s0 * s0)
        - kurtosis * ((n * n - n) * s1 - 2.0 * n * s2 + 6.0 * s0 * s0);
    let variance_shuffled = shuffled / ((n - 1.0) * (n - 2.0) * (n - 3.0) * s0 * s0) - expected * expected;
    let score = |variance: f64| if variance > 0.0 { (i - expected) / variance.sqrt() } else { 0.0 };
    Some(Moran {
        n: count,
        i,
        expected,
        variance,
        z: score(variance),
        variance_shuffled,
        z_shuffled: score(variance_shuffled),
        p: None,
    })
}

// Σ_ij w_ij z_i z_j
fn cross(weights: &Weights, z: &[f64]) -> f64 {
    let row = |i: usize| z[i] * weights.of(i).iter().map(|&(j, weight)| weight * z[j]).sum::<f64>();
    (0..z.len()).map(row).sum()
}

struct Sums {
    s0: f64,
    s1: f64,
    s2: f64,
}

impl Sums {
    fn of(weights: &Weights) -> Self {
        let n = weights.n_actors();
        let turned = weights.turned();
        let total = |row: &[(usize, f64)]| row.iter().map(|(_, weight)| weight).sum::<f64>();
        let (mut s0, mut s1, mut s2) = (0.0, 0.0, 0.0);
        for i in 0..n {
            let (row, column) = (weights.of(i), turned.of(i));
            s0 += total(row);
            s2 += (total(row) + total(column)) * (total(row) + total(column));
            // Each ordered pair once from its row; what has no tie the other way back counts for both.
            for &(j, own) in row {
                let back = column.binary_search_by_key(&j, |&(from, _)| from);
                match back {
                    Ok(at) => s1 += (own + column[at].1) * (own + column[at].1) / 2.0,
                    Err(_) => s1 += own * own,
                }
            }
        }
        Sums { s0, s1, s2 }
    }
}

/// Most actors whose orders are drawn: each takes 4 bytes per actor.
pub const MOST_FOR_PERMUTATIONS: usize = 20_000;

/// Random orders of actors, the same for any layer and any number of threads: the order no. r is that
/// of one random number per actor, a function of (seed, tick, actor's key, r).
#[derive(Clone, Debug, Default)]
pub struct Permutations {
    orders: Vec<Vec<u32>>,
}

impl Permutations {
    /// So many orders of the actors with these keys ([`normwave_plan::key_of`] of their ids).
    #[must_use]
    pub fn new(keys: &[u64], n_orders: u32, seed: u64, tick: Tick) -> Self {
        let draws = Draws::new(seed, 0);
        let order = |r: u32| {
            let lot = |i: u32| draws.bits(tick, keys[i as usize], Stream::Shuffle, r);
            let mut order: Vec<u32> = (0u32..).take(keys.len()).collect();
            order.sort_by_cached_key(|&i| lot(i));
            order
        };
        Permutations { orders: (0..n_orders).map(order).collect() }
    }

    /// The p value of a Moran's I: see [`Moran::p`].
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of permutations")]
    pub fn p(&self, weights: &Weights, values: &[f64], found: &Moran) -> Option<f64> {
        if self.orders.is_empty() {
            return None;
        }
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
        let s0 = (0..values.len()).flat_map(|i| weights.of(i)).map(|(_, weight)| weight).sum::<f64>();
        let apart = (found.i - found.expected).abs() * (1.0 - 1e-12);
        let as_far = |order: &&Vec<u32>| {
            let z: Vec<f64> = order.iter().map(|&from| values[from as usize] - mean).collect();
            (n / s0 * cross(weights, &z) / squares - found.expected).abs() >= apart
        };
        let b = self.orders.iter().filter(as_far).count();
        Some((b + 1) as f64 / (self.orders.len() + 1) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // A path of four.
    fn path() -> Weights {
        let ties = [(0, 1), (1, 2), (2, 3)];
        Weights::new(4, ties.into_iter().flat_map(|(a, b)| [(a, b, 1.0), (b, a, 1.0)]))
    }

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-12, "{found}, not {expected}");
    }

    // All ways to have two adopters among four.
    fn halves() -> Vec<[f64; 4]> {
        let both = (0..4).flat_map(|a| (0..a).map(move |b| (a, b)));
        both.map(|(a, b)| std::array::from_fn(|i| f64::from(u8::from(i == a || i == b)))).collect()
    }

    #[test]
    fn neighbours_on_a_path_who_adopt_together_are_worked_by_hand() {
        let found = moran(&path(), &[1.0, 1.0, 0.0, 0.0]).unwrap();
        close(found.i, 1.0 / 3.0);
        close(found.expected, -1.0 / 3.0);
        // S₀ = 6, S₁ = 12, S₂ = 40: (192 − 160 + 108) / 540 − 1/9.
        close(found.variance, 4.0 / 27.0);
        close(found.z, 2.0 / 3.0 / (4.0_f64 / 27.0).sqrt());
    }

    #[test]
    fn degrees_of_the_families_of_florence_are_as_numpy_has_them() {
        use super::super::Population;
        use normwave_network_model::measure::Strengths;
        use normwave_network_model::{ActorId, generate, parse_date};
        let network = generate::florentine().unwrap();
        let view = network.at(parse_date("1430").unwrap()).unwrap();
        let layer = normwave_network_model::LayerId(0);
        let everybody = Population::new((0..16).map(ActorId).collect());
        let weights = Weights::cohesion(&view, layer, &everybody, Strengths::Ignored);
        // Without Pucci, who have no tie.
        let tied: Vec<bool> = (0..16).map(|i| !weights.of(i).is_empty()).collect();
        let weights = weights.among(&tied);
        assert_eq!(weights.n_actors(), 15);
        let degrees: Vec<f64> = (0..15).map(|i| weights.of(i).len() as f64).collect();
        let found = moran(&weights.in_shares(), &degrees).unwrap();
        close(found.i, -0.284_552_845_528_455_3);
        close(found.variance.sqrt(), 0.214_903_485_605_683_95);
        close(found.variance_shuffled.sqrt(), 0.208_903_285_649_766_37);
    }

    #[test]
    fn mean_and_variance_in_random_order_are_those_of_all_orders() {
        let all: Vec<Moran> = halves().iter().map(|values| moran(&path(), values).unwrap()).collect();
        let mean = all.iter().map(|found| found.i).sum::<f64>() / 6.0;
        let variance = all.iter().map(|found| (found.i - mean) * (found.i - mean)).sum::<f64>() / 6.0;
        close(mean, all[0].expected);
        close(variance, all[0].variance_shuffled);
        close(variance, 8.0 / 27.0);
    }

    #[test]
    fn the_p_value_is_the_share_of_orders_as_far_from_chance() {
        let values = [1.0, 1.0, 0.0, 0.0];
        let found = moran(&path(), &values).unwrap();
        // Of the six orders two have I = 1/3 and two −1, both two thirds from the expectation.
        let p = Permutations::new(&[11, 22, 33, 44], 3999, 7, 0).p(&path(), &values, &found).unwrap();
        assert!((p - 4.0 / 6.0).abs() < 0.03, "{p}");
        assert_eq!(Permutations::new(&[11, 22, 33, 44], 0, 7, 0).p(&path(), &values, &found), None);
    }

    #[test]
    fn orders_hang_on_seed_tick_and_key_and_on_nothing_else() {
        let orders = |keys: &[u64], seed, tick| Permutations::new(keys, 5, seed, tick).orders;
        assert_eq!(orders(&[1, 2, 3, 4, 5, 6], 1, 0), orders(&[1, 2, 3, 4, 5, 6], 1, 0));
        assert_ne!(orders(&[1, 2, 3, 4, 5, 6], 1, 0), orders(&[1, 2, 3, 4, 5, 6], 2, 0));
        assert_ne!(orders(&[1, 2, 3, 4, 5, 6], 1, 0), orders(&[1, 2, 3, 4, 5, 6], 1, 1));
        // Turning the actors round turns their places round.
        let turned: Vec<Vec<u32>> = orders(&[6, 5, 4, 3, 2, 1], 1, 0);
        let places = turned.iter().map(|order| order.iter().map(|place| 5 - place).collect::<Vec<_>>());
        assert!(places.eq(orders(&[1, 2, 3, 4, 5, 6], 1, 0)));
    }

    #[test]
    fn where_all_are_alike_or_nobody_is_tied_there_is_nothing_to_say() {
        assert_eq!(moran(&path(), &[1.0; 4]), None);
        assert_eq!(moran(&Weights::new(4, []), &[1.0, 0.0, 0.0, 0.0]), None);
        assert_eq!(moran(&Weights::new(3, [(0, 1, 1.0)]), &[1.0, 0.0, 0.0]), None);
    }

    #[test]
    fn one_way_ties_count_in_the_variance_as_the_sums_over_pairs_say() {
        let ties = [(0, 1, 2.0), (1, 0, 1.0), (2, 0, 3.0), (3, 2, 0.5), (4, 1, 1.5)];
        let weights = Weights::new(5, ties);
        let of = |from: usize, to: usize| {
            ties.iter().filter(|tie| (tie.0, tie.1) == (from, to)).map(|tie| tie.2).sum::<f64>()
        };
        let pairs = || (0..5).flat_map(|a| (0..5).map(move |b| (a, b)));
        let s1 = pairs().map(|(a, b)| (of(a, b) + of(b, a)).powi(2)).sum::<f64>() / 2.0;
        let s2 = (0..5).map(|a| (0..5).map(|b| of(a, b) + of(b, a)).sum::<f64>().powi(2)).sum::<f64>();
        let sums = Sums::of(&weights);
        close(sums.s0, 8.0);
        close(sums.s1, s1);
        close(sums.s2, s2);
    }
}
