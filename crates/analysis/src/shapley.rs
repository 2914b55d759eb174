//! What each of several events did together with the others: Shapley values and interactions.

use normwave_plan::{Draws, Stream};
use std::collections::HashMap;

/// What one event did to an outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Its share of the outcome's change, in units of the outcome.
    pub value: f64,
    /// 95 % interval; the value itself where it is exact.
    pub interval: (f64, f64),
}

/// What each event did, and how much pairs did together.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// The parts, in order of the events; they sum to the outcome with all less that with none.
    pub parts: Vec<Part>,
    /// Interaction indices of pairs (i, j), i < j, with their values: more than 0 where two tip
    /// together what neither does alone, less where one is enough. Only where all is exact.
    pub pairs: Vec<(usize, usize, f64)>,
    /// Whether all combinations were tried.
    pub exact: bool,
}

/// Up to this many events all combinations are tried.
const EXACT: usize = 8;
/// Orders that are drawn where there are more events.
const ORDERS: u32 = 200;

/// Shares an outcome out among events.
///
/// `outcome` is asked for the outcome with some events on: one flag per event. The Shapley value of
/// an event is the mean, over all orders in which events could be switched on, of what it adds when
/// its turn comes:
/// `φ_i = Σ_S |S|! (n − |S| − 1)! / n! · (v(S ∪ i) − v(S))`. The interaction index of a pair is
/// `I_ij = Σ_S |S|! (n − |S| − 2)! / (n − 1)! · (v(S ∪ ij) − v(S ∪ i) − v(S ∪ j) + v(S))`.
///
/// For 8 events or fewer all 2ⁿ combinations are asked for. For more, 200 orders are drawn from the
/// seed; values are means with normal 95 % intervals. No combination is asked for twice.
///
/// Source: L. S. Shapley 1953; M. Grabisch and M. Roubens, "An axiomatic approach to the concept of
/// interaction", International Journal of Game Theory 28 (1999).
///
/// # Errors
/// What `outcome` returns.
///
/// ```
/// use normwave_analysis::shapley;
/// // Two events that tip together, and one that adds 1 whatever happens.
/// let both = |on: &[bool]| Ok::<_, ()>(if on[0] && on[1] { 10.0 } else { 0.0 } + f64::from(u8::from(on[2])));
/// let found = shapley(3, 1, both)?;
/// let values: Vec<f64> = found.parts.iter().map(|part| part.value).collect();
/// assert!(values.iter().zip([5.0, 5.0, 1.0]).all(|(a, b)| (a - b).abs() < 1e-12));
/// assert!((found.pairs[0].2 - 10.0).abs() < 1e-12);
/// # Ok::<(), ()>(())
/// ```
pub fn shapley<E>(
    n_events: usize,
    seed: u64,
    mut outcome: impl FnMut(&[bool]) -> Result<f64, E>,
) -> Result<Parts, E> {
    if n_events <= EXACT {
        let mut values = Vec::with_capacity(1 << n_events);
        for set in 0..1_usize << n_events {
            let on: Vec<bool> = (0..n_events).map(|i| set >> i & 1 == 1).collect();
            values.push(outcome(&on)?);
        }
        return Ok(exact(n_events, &values));
    }
    let mut known: HashMap<Vec<bool>, f64> = HashMap::new();
    let mut ask = |on: &[bool]| -> Result<f64, E> {
        if let Some(&value) = known.get(on) {
            return Ok(value);
        }
        let value = outcome(on)?;
        known.insert(on.to_vec(), value);
        Ok(value)
    };
    let mut sums = vec![(0.0, 0.0); n_events];
    for order in 0..ORDERS {
        let draws = Draws::new(seed, u64::from(order));
        let mut events: Vec<usize> = (0..n_events).collect();
        events.sort_by_key(|&event| (draws.bits(0, event as u64, Stream::Order, 0), event));
        let mut on = vec![false; n_events];
        let mut value = ask(&on)?;
        for event in events {
            on[event] = true;
            let next = ask(&on)?;
            let added = next - value;
            sums[event] = (sums[event].0 + added, sums[event].1 + added * added);
            value = next;
        }
    }
    let n = f64::from(ORDERS);
    let part = |(sum, squares): (f64, f64)| {
        let value = sum / n;
        let half = 1.959_964 * ((squares / n - value * value).max(0.0) / (n - 1.0)).sqrt();
        Part { value, interval: (value - half, value + half) }
    };
    Ok(Parts { parts: sums.into_iter().map(part).collect(), pairs: Vec::new(), exact: false })
}

// `values` by set, the events that are on being its bits.
fn exact(n: usize, values: &[f64]) -> Parts {
    let share = |event: usize| {
        let sets = (0..values.len()).filter(|set| set >> event & 1 == 0);
        sets.map(|set| weight(n, set) * (values[set | 1 << event] - values[set])).sum::<f64>()
    };
    let together = |i: usize, j: usize| {
        let (a, b) = (1 << i, 1 << j);
        let sets = (0..values.len()).filter(|set| set & (a | b) == 0);
        sets.map(|set| {
            weight(n - 1, set) * (values[set | a | b] - values[set | a] - values[set | b] + values[set])
        })
        .sum::<f64>()
    };
    let part = |value| Part { value, interval: (value, value) };
    let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
    Parts {
        parts: (0..n).map(share).map(part).collect(),
        pairs: pairs.map(|(i, j)| (i, j, together(i, j))).collect(),
        exact: true,
    }
}

// |S|! (n − |S| − 1)! / n! = 1 / (n · C(n − 1, |S|)).
fn weight(n: usize, set: usize) -> f64 {
    let mut choose = 1.0;
    for i in 0..set.count_ones() {
        choose *= (n as u32 - 1 - i) as f64 / f64::from(i + 1);
    }
    1.0 / (n as f64 * choose)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::lot;
    use std::convert::Infallible;

    fn found(n: usize, outcome: impl FnMut(&[bool]) -> Result<f64, Infallible>) -> Parts {
        shapley(n, 7, outcome).unwrap()
    }

    #[test]
    fn the_glove_game_has_its_textbook_values() {
        // One left glove, two right ones: 2/3, 1/6, 1/6.
        let pairs = |on: &[bool]| Ok(f64::from(u8::from(on[0] && (on[1] || on[2]))));
        let parts = found(3, pairs);
        for (part, expected) in parts.parts.iter().zip([2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0]) {
            assert!((part.value - expected).abs() < 1e-12);
        }
        // I_12 = ½(1 + 0): together with a right glove; I_23 = ½(0 − 1): one right glove is enough.
        let index: Vec<f64> = parts.pairs.iter().map(|pair| pair.2).collect();
        assert!(index.iter().zip([0.5, 0.5, -0.5]).all(|(a, b)| (a - b).abs() < 1e-12), "{index:?}");
    }

    // Any function of sets, by lot.
    fn by_lot(seed: u64) -> impl Fn(&[bool]) -> Result<f64, Infallible> {
        move |on| {
            let set = on.iter().enumerate().map(|(i, on)| usize::from(*on) << i).sum();
            Ok(lot(seed, 3, set) * 10.0)
        }
    }

    #[test]
    fn parts_sum_to_the_whole_change() {
        for seed in 0..20 {
            let n = 1 + seed as usize % 6;
            let outcome = by_lot(seed);
            let sum: f64 = found(n, &outcome).parts.iter().map(|part| part.value).sum();
            let change = outcome(&vec![true; n]).unwrap() - outcome(&vec![false; n]).unwrap();
            assert!((sum - change).abs() < 1e-9, "{seed}");
        }
        assert!(found(0, |_| Ok(3.0)).parts.is_empty());
    }

    #[test]
    fn drawn_orders_give_intervals_that_hold_the_value() {
        // Twelve events, of which the outcome counts pairs of neighbours: ends have 1/2, others 1.
        let count = |on: &[bool]| Ok(on.windows(2).filter(|pair| pair[0] && pair[1]).count() as f64);
        let parts = found(12, count);
        assert!(!parts.exact && parts.pairs.is_empty());
        let expected = |i: usize| if i == 0 || i == 11 { 0.5 } else { 1.0 };
        let inside =
            |(i, part): (usize, &Part)| part.interval.0 <= expected(i) && expected(i) <= part.interval.1;
        let hits = parts.parts.iter().enumerate().filter(|pair| inside(*pair)).count();
        // 12 intervals of 95 %: nine or fewer are right once in 500 times.
        assert!(hits >= 10, "{hits} of 12");
        let sum: f64 = parts.parts.iter().map(|part| part.value).sum();
        assert!((sum - 11.0).abs() < 1e-9);
    }

    #[test]
    fn an_outcome_that_fails_fails_the_whole() {
        assert_eq!(shapley(2, 1, |on| if on[1] { Err("no") } else { Ok(1.0) }), Err("no"));
    }
}
