//! An order in which alike rows stand beside each other.

/// An order of the members such that the path from row to row is short: to the nearest that is
/// left, starting with the one that is furthest from all, then stretches are turned around as long
/// as that shortens the path (2-opt).
///
/// The distance of two rows is that of Euclid. Ties are broken by the order given, so that the
/// result is the same every time. O(m² · n) for m members and rows of length n.
///
/// Source: M. Hahsler, K. Hornik and C. Buchta, "Getting Things in Order: An Introduction to the R
/// Package seriation", Journal of Statistical Software 25(3) (2008), on the length of the
/// Hamiltonian path.
pub(crate) fn seriate(rows: &[Vec<f64>], members: &[usize]) -> Vec<usize> {
    let m = members.len();
    if m < 3 {
        return members.to_vec();
    }
    let mut distances = vec![0.0; m * m];
    for i in 0..m {
        for j in 0..i {
            let of = rows[members[i]].iter().zip(&rows[members[j]]).map(|(a, b)| (a - b) * (a - b));
            let distance = of.sum::<f64>().sqrt();
            (distances[i * m + j], distances[j * m + i]) = (distance, distance);
        }
    }
    let d = |i: usize, j: usize| distances[i * m + j];
    let far = |i: usize| (0..m).map(|j| d(i, j)).sum::<f64>();
    let start = (0..m).rev().max_by(|&a, &b| far(a).total_cmp(&far(b))).unwrap_or(0);
    let mut path = vec![start];
    let mut left: Vec<usize> = (0..m).filter(|&i| i != start).collect();
    while !left.is_empty() {
        let at = path[path.len() - 1];
        let next = (0..left.len()).min_by(|&a, &b| d(at, left[a]).total_cmp(&d(at, left[b]))).unwrap_or(0);
        path.push(left.remove(next));
    }
    // A hundred rounds are more than any matrix on a page has needed.
    for _ in 0..100 {
        if !shortened(&mut path, &d) {
            break;
        }
    }
    path.into_iter().map(|i| members[i]).collect()
}

fn shortened(path: &mut [usize], d: &dyn Fn(usize, usize) -> f64) -> bool {
    let m = path.len();
    let mut better = false;
    for i in 0..m - 1 {
        for j in i + 1..m {
            // Turning path[i..=j] around changes the steps into i and out of j.
            let mut gain = 0.0;
            if i > 0 {
                gain += d(path[i - 1], path[i]) - d(path[i - 1], path[j]);
            }
            if j + 1 < m {
                gain += d(path[j], path[j + 1]) - d(path[i], path[j + 1]);
            }
            if gain > 1e-9 {
                path[i..=j].reverse();
                better = true;
            }
        }
    }
    better
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_that_was_shuffled_is_put_in_order() {
        let rows: Vec<Vec<f64>> = [3, 0, 5, 1, 4, 2].map(|at| vec![f64::from(at)]).into();
        let order = seriate(&rows, &[0, 1, 2, 3, 4, 5]);
        let line: Vec<f64> = order.iter().map(|&i| rows[i][0]).collect();
        let ascends = line.windows(2).all(|pair| pair[0] < pair[1]);
        let descends = line.windows(2).all(|pair| pair[0] > pair[1]);
        assert!(ascends || descends, "{line:?}");
    }

    proptest! {
        #[test]
        fn everybody_is_kept(
            rows in prop::collection::vec(prop::collection::vec(0.0..1.0f64, 4), 0..24)
        ) {
            let members: Vec<usize> = (0..rows.len()).collect();
            let order = seriate(&rows, &members);
            let mut sorted = order.clone();
            sorted.sort_unstable();
            prop_assert_eq!(sorted, members);
        }
    }
}
