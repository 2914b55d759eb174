//! The quantum: the step in which weights are counted.

use super::pressure::{Folded, Group};
use normwave_plan::{SIGNAL_ONE, Steps};
use std::collections::{BTreeMap, BTreeSet};

/// Pressure per integer weight.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Quantum {
    // Weights per unit of pressure where that is a whole number, so that 0.2 comes out exact.
    per_one: Option<f64>,
    value: f64,
}

// A common denominator above this would waste bits that finer steps can use.
const LARGEST_DENOMINATOR: u64 = 1 << 20;

// Of quanta that are chosen.
const FINEST: f64 = 1.0 / (1u64 << 40) as f64;

/// How much stronger than its sample a pressure may grow in a run.
const ROOM: f64 = 1024.0;

/// Samples of the factors that cannot be folded, by factor.
#[derive(Debug, Default)]
pub(super) struct Sampled {
    pub(super) factors: BTreeMap<usize, Vec<Folded>>,
    /// The least that their weights are taken to be: samples may all be 0.
    pub(super) least: f64,
}

impl Quantum {
    pub(crate) fn given(value: f64) -> Self {
        let per_one = (1.0 / value).round();
        let whole = (per_one * value - 1.0).abs() < 1e-12 && per_one >= 1.0;
        Quantum { per_one: whole.then_some(per_one), value }
    }

    /// 1/D if D is a common denominator of all weights, thresholds and exit costs, so that ties
    /// are exact; else the smallest power of two at which weights keep within 31 bits and sums
    /// within 52. Where weights are only sampled, they may leave the grid and grow in a run: then
    /// the finest 1/(D · 2ᵐ) that leaves them room.
    pub(super) fn choose(
        folded: &BTreeMap<Group, Vec<Folded>>,
        sampled: &Sampled,
        costs: &[&Steps<Vec<f64>>],
        n_positions: usize,
    ) -> Self {
        let static_weights = || folded.values().flatten().flat_map(Folded::all);
        let sampled_weights = || sampled.factors.values().flatten().flat_map(Folded::all);
        let costs =
            costs.iter().flat_map(|steps| steps.steps()).flat_map(|(_, values)| values.iter().copied());
        let strongest =
            |folded: &mut dyn Iterator<Item = &Folded>| folded.map(Folded::strongest).fold(0.0, f64::max);
        let grown = |x: f64| ROOM * x.max(sampled.least);
        let largest = static_weights().fold(grown(sampled_weights().fold(0.0, f64::max)), f64::max);
        let strongest = strongest(&mut folded.values().flatten())
            .max(grown(strongest(&mut sampled.factors.values().flatten())));
        #[expect(clippy::cast_precision_loss, reason = "at most 255 positions")]
        let signals = n_positions as f64 * f64::from(SIGNAL_ONE);
        let least = f64::max(largest / f64::from(1u32 << 30), strongest * signals / (1u64 << 52) as f64);
        // A plan without pressure has a quantum, too.
        let least = least.max(FINEST);
        if let Some(denominator) = common_denominator(static_weights().chain(sampled_weights()).chain(costs))
        {
            #[expect(clippy::cast_precision_loss, reason = "at most 2²⁰")]
            let mut per_one = denominator as f64;
            if 1.0 / per_one >= least {
                while !sampled.factors.is_empty() && 0.5 / per_one >= least {
                    per_one *= 2.0;
                }
                return Quantum { per_one: Some(per_one), value: 1.0 / per_one };
            }
        }
        let mut value = FINEST;
        while value < least {
            value *= 2.0;
        }
        Quantum::given(value)
    }

    pub(crate) fn value(&self) -> f64 {
        self.value
    }

    pub(crate) fn unit(&self) -> f64 {
        self.value / f64::from(SIGNAL_ONE)
    }

    fn counted(&self, x: f64) -> f64 {
        match self.per_one {
            Some(per_one) => x * per_one,
            None => x / self.value,
        }
    }

    /// A threshold in units of the plan: a whole number where it is one but for rounding.
    pub(crate) fn in_units(&self, x: f64) -> f64 {
        let units = self.counted(x) * f64::from(SIGNAL_ONE);
        let whole = units.round();
        if (units - whole).abs() <= 1e-9 * whole.abs() { whole } else { units }
    }

    /// A tie's weight.
    #[expect(clippy::cast_possible_truncation, reason = "checked")]
    pub(crate) fn weight(&self, x: f64) -> Result<i32, String> {
        let counted = self.counted(x).round();
        if counted.abs() < f64::from(i32::MAX) {
            Ok(counted as i32)
        } else {
            Err(format!("a tie's pressure of {x} does not fit the quantum {}", self.value))
        }
    }

    /// An actor's own weight.
    #[expect(clippy::cast_possible_truncation, reason = "`Plan::check` refuses what is too large")]
    pub(crate) fn own(&self, x: f64) -> i64 {
        self.counted(x).round() as i64
    }

    /// How far a weight can be from what it stands for.
    pub(super) fn half(&self, x: f64) -> f64 {
        0.5 * self.value + f64::EPSILON * x
    }

    /// How far a weight is from what it stands for.
    pub(super) fn error(&self, x: f64) -> f64 {
        (self.counted(x).round() * self.value - x).abs() + f64::EPSILON * x
    }
}

/// Least common denominator of some numbers, if it is small.
fn common_denominator(numbers: impl Iterator<Item = f64>) -> Option<u64> {
    let mut seen = BTreeSet::new();
    let mut common = 1u64;
    // The same number comes many times in a row, as from all partners of one government.
    let mut before = f64::NAN;
    for x in numbers {
        if x.to_bits() == before.to_bits() {
            continue;
        }
        before = x;
        // Most numbers share the denominator found so far.
        if near_whole(x * to_f64(common)) {
            continue;
        }
        if seen.insert(x.to_bits()) {
            if seen.len() > 10_000 {
                return None;
            }
            common = lcm(common, denominator(x)?)?;
        }
    }
    Some(common)
}

#[expect(clippy::cast_precision_loss, reason = "at most 2²⁰")]
fn to_f64(x: u64) -> f64 {
    x as f64
}

fn near_whole(x: f64) -> bool {
    (x - x.round()).abs() <= 1e-14 * x.abs().max(1.0)
}

// By continued fractions.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded")]
pub(crate) fn denominator(x: f64) -> Option<u64> {
    let (mut rest, mut before, mut current) = (x.abs().fract(), 0u64, 1u64);
    while !near_whole(x * to_f64(current)) {
        // Neither what is almost whole nor what is not finite has one.
        if rest.is_nan() || rest < 1e-9 {
            return None;
        }
        let inverse = 1.0 / rest;
        let next = (inverse.floor() as u64).checked_mul(current)?.checked_add(before)?;
        if next > LARGEST_DENOMINATOR {
            return None;
        }
        (before, current) = (current, next);
        rest = inverse.fract();
    }
    Some(current)
}

fn lcm(a: u64, b: u64) -> Option<u64> {
    let (mut x, mut y) = (a, b);
    while y != 0 {
        (x, y) = (y, x % y);
    }
    (a / x).checked_mul(b).filter(|&common| common <= LARGEST_DENOMINATOR)
}

/// Non-negative numbers as integer weights of a share: exact if they are whole, else in steps of
/// 2⁻⁵⁰ of their sum, so that a share is off by no more than floating point would be.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative, at most 2⁵⁰")]
pub(super) fn shares(numbers: &[f64]) -> Vec<u64> {
    let scale = share_scale(numbers, numbers.iter().map(|x| x.max(0.0)).sum(), (1u64 << 50) as f64);
    numbers.iter().map(|x| (x.max(0.0) * scale).round() as u64).collect()
}

/// As [`shares`], for the shares of each target's ties, (target, strength), whose weights have 31
/// bits: in steps of 2⁻³⁰ of its largest. With how far rounding can put a share off.
#[expect(clippy::cast_possible_truncation, reason = "at most 2³⁰")]
pub(super) fn tie_shares(n_actors: usize, ties: &[(u32, f64)]) -> (Vec<i32>, f64) {
    let mut into = vec![Vec::new(); n_actors];
    for (idx, (to, strength)) in ties.iter().enumerate() {
        into[*to as usize].push((idx, strength.max(0.0)));
    }
    let mut weights = vec![0; ties.len()];
    let mut off = 0.0f64;
    for own in &into {
        let strengths: Vec<f64> = own.iter().map(|tie| tie.1).collect();
        let largest = strengths.iter().copied().fold(0.0, f64::max);
        let scale = share_scale(&strengths, largest, f64::from(1u32 << 30));
        let mut all = 0.0;
        let mut lost = 0.0;
        for (idx, strength) in own {
            let weight = (strength * scale).round();
            weights[*idx] = weight as i32;
            all += weight;
            lost += (strength * scale - weight).abs();
        }
        off = off.max(lost / f64::max(all, 1.0));
    }
    (weights, off)
}

// What numbers are multiplied by so that `size` becomes at most `most`.
fn share_scale(numbers: &[f64], size: f64, most: f64) -> f64 {
    let whole = numbers.iter().all(|x| x.max(0.0).fract() <= 0.0) && size < most;
    if whole || size <= 0.0 { 1.0 } else { most / size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_and_fractional_weights_get_an_exact_quantum() {
        assert_eq!(common_denominator([0.2, 0.8, 1.0].into_iter()), Some(5));
        assert_eq!(common_denominator([1.0 / 3.0, 0.25].into_iter()), Some(12));
        assert_eq!(common_denominator([0.137, 2.5].into_iter()), Some(1000));
        assert_eq!(common_denominator([std::f64::consts::PI].into_iter()), None);
        assert_eq!(common_denominator([3.0, 0.0].into_iter()), Some(1));
        assert_eq!(common_denominator([f64::INFINITY].into_iter()), None);
    }

    #[test]
    fn shares_by_fractional_weights_are_as_exact_as_floating_point() {
        let numbers = [0.123_456_789, 1e-4, 3.7, 0.0, -1.0];
        let weights = shares(&numbers);
        let all: f64 = weights.iter().map(|&w| w as f64).sum();
        let sum: f64 = numbers.iter().map(|x| x.max(0.0)).sum();
        for (weight, number) in weights.iter().zip(numbers) {
            assert!((*weight as f64 / all - number.max(0.0) / sum).abs() < 1e-14);
        }
        assert_eq!(shares(&[2.0, 0.0, 5.0]), [2, 0, 5]);
        let (weights, off) = tie_shares(2, &[(0, 0.5), (0, 1.0), (1, 3.0)]);
        assert!(weights == [1 << 29, 1 << 30, 3] && off <= 0.0);
        let (weights, off) = tie_shares(1, &[(0, 0.1), (0, 1.0)]);
        let share = f64::from(weights[0]) / f64::from(weights[0] + weights[1]);
        assert!(off > 0.0 && (share - 0.1 / 1.1).abs() <= off && off < 1e-9);
    }

    #[test]
    fn a_plan_without_pressure_has_a_quantum() {
        let nothing = Sampled { factors: BTreeMap::from([(0, Vec::new())]), least: 0.0 };
        let quantum = Quantum::choose(&BTreeMap::new(), &nothing, &[], 2);
        assert_eq!(quantum.value().to_bits(), FINEST.to_bits());
    }

    #[test]
    fn a_fifth_of_five_is_a_tie() {
        for k in 2..=20u32 {
            let phi = 1.0 / f64::from(k);
            let quantum = Quantum::given(1.0 / f64::from(k));
            let adopters = i64::from(quantum.weight(1.0 - phi).unwrap());
            let others = i64::from(k - 1) * i64::from(quantum.weight(phi).unwrap());
            assert_eq!(adopters, others, "φ = 1/{k}");
        }
    }
}
