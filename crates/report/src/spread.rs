//! Placing things in a row near where they want to be, without overlap.

/// Positions nearest to `targets` (least squares) such that neighbours keep
/// the distance of half their sizes and all lie in `[lo, hi]`.
///
/// `targets` ascend. What cannot fit is squeezed evenly.
pub(crate) fn spread(targets: &[f64], sizes: &[f64], lo: f64, hi: f64) -> Vec<f64> {
    let Some(&first) = sizes.first() else {
        return Vec::new();
    };
    let total: f64 = sizes.iter().sum();
    let squeeze = if total > hi - lo { (hi - lo) / total } else { 1.0 };
    // With offsets o_i (sum of the distances before i), "p_i+1 - p_i >= distance"
    // becomes "q_i ascends" for q_i = p_i - o_i: an isotonic regression.
    let mut offsets = vec![0.0];
    for pair in sizes.windows(2) {
        let last = offsets[offsets.len() - 1];
        offsets.push(last + squeeze * (pair[0] + pair[1]) / 2.0);
    }
    let q_lo = lo + squeeze * first / 2.0;
    let q_hi = q_lo + (hi - lo - squeeze * total).max(0.0);
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (target, offset) in targets.iter().zip(&offsets) {
        let mut pool = (target - offset, 1);
        while let Some(&(sum, count)) = pools.last() {
            if sum / count as f64 <= pool.0 / pool.1 as f64 {
                break;
            }
            pools.pop();
            pool = (pool.0 + sum, pool.1 + count);
        }
        pools.push(pool);
    }
    let means = pools
        .iter()
        .flat_map(|&(sum, count)| std::iter::repeat_n((sum / count as f64).clamp(q_lo, q_hi), count));
    means.zip(&offsets).map(|(mean, offset)| mean + offset).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_does_not_collide_stays_where_it_is() {
        let spots = spread(&[10.0, 50.0], &[8.0, 8.0], 0.0, 100.0);
        assert_eq!(spots, [10.0, 50.0]);
    }

    #[test]
    fn two_that_want_the_same_spot_share_the_way() {
        let spots = spread(&[50.0, 50.0], &[10.0, 10.0], 0.0, 100.0);
        assert_eq!(spots, [45.0, 55.0]);
    }

    proptest! {
        #[test]
        fn neighbours_never_overlap_and_stay_inside(
            mut targets in prop::collection::vec(-50.0..150.0f64, 1..20),
            size in 1.0..12.0f64,
        ) {
            targets.sort_by(f64::total_cmp);
            let sizes = vec![size; targets.len()];
            let fits = size * targets.len() as f64 <= 100.0;
            let spots = spread(&targets, &sizes, 0.0, 100.0);
            for pair in spots.windows(2) {
                prop_assert!(pair[1] >= pair[0]);
                prop_assert!(!fits || pair[1] - pair[0] >= size - 1e-9);
            }
            prop_assert!(spots.iter().all(|&p| (-1e-9..=100.0 + 1e-9).contains(&p)));
        }
    }
}
