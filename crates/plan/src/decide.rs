//! The decision that all engines share (MODEL §6).

use crate::Position;

/// How a government decides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// Moves when the balance exceeds the threshold.
    Strict,
    /// Moves when the balance reaches the threshold.
    AtLeast,
    /// Reviews now and then, with noise.
    Noisy {
        /// λ: reviews per year, more than 0.
        rate: f64,
        /// τ: scale of the noise in units of the plan, more than 0.
        temperature: f64,
        /// When the noise is drawn.
        noise: Noise,
    },
    /// Moves to each open position at a rate in proportion to the pressure toward it, whatever
    /// the pressure to stay (MODEL §6, link `linear`). Thresholds and exit costs play no part, and
    /// negative pressure counts as none. Only in continuous time.
    Hazard {
        /// λ: moves per year and unit of the plan, more than 0.
        rate: f64,
    },
    /// Each new adopter tries once to convince each of those whom it reaches (independent cascade;
    /// see [`crate::Plan::convinces`]). Thresholds and exit costs play no part. Only at once.
    Trials,
}

/// When the noise of a noisy rule is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Noise {
    /// Anew at each review; noise accumulates over ticks.
    Fresh,
    /// Once per replicate, actor and position: unobserved taste.
    Persistent,
}

/// Whether governments can go back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reversal {
    /// Never below the position held.
    OffGraded,
    /// Never from one new position to another, nor back.
    OffRival,
    /// At the exit cost.
    On,
}

impl Reversal {
    /// Whether a government that holds `held` may move to `k`.
    #[must_use]
    pub fn allows(self, held: Position, k: Position) -> bool {
        match self {
            Reversal::OffGraded => k > held,
            Reversal::OffRival => held == 0,
            Reversal::On => true,
        }
    }
}

/// In which order governments decide within a tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Schedule {
    /// All from the state at the start of the tick.
    Synchronous,
    /// One after the other in random order, seeing those before; gains stay as at the start.
    RandomSequential,
    /// In continuous time: each actor reviews on a clock of its own, or moves at its hazard, and
    /// signals, gains and offers are as the moves before have left them. What the scenario dates
    /// still happens at the start of a tick.
    Continuous,
}

/// What one government decides about.
#[derive(Clone, Copy, Debug)]
pub struct Ballot<'a> {
    /// a_i: the position held.
    pub held: Position,
    /// P_ik for each position, in units of the plan.
    pub pressure: &'a [f64],
    /// Which positions are on offer to it and allowed by reversal.
    pub open: &'a [bool],
    /// θ_i, in units of the plan.
    pub threshold: f64,
    /// Added to the threshold of positions below the one held.
    pub exit: f64,
    /// Added to the threshold of each position; empty is 0 for all.
    pub steps: &'a [f64],
}

impl Ballot<'_> {
    // What has to be exceeded to move to k.
    fn barrier(&self, k: Position) -> f64 {
        self.step(k) + if k < self.held { self.threshold + self.exit } else { self.threshold }
    }

    fn step(&self, k: Position) -> f64 {
        self.steps.get(usize::from(k)).copied().unwrap_or(0.0)
    }
}

/// The margin of position k: `B_ik − θ_i − θ_k − exit` for k ≠ a_i, with θ_k the position's own
/// threshold, and `P_i,a_i − max P_im` over the other positions for the one held.
#[must_use]
pub fn margin(ballot: &Ballot<'_>, k: Position) -> f64 {
    let held = ballot.pressure[usize::from(ballot.held)];
    if k == ballot.held {
        let others = (0u8..).zip(ballot.pressure).filter(|(m, _)| *m != k).map(|(_, p)| *p);
        held - others.fold(f64::NEG_INFINITY, f64::max)
    } else {
        ballot.pressure[usize::from(k)] - held - ballot.barrier(k)
    }
}

/// The position that the government takes, which may be the one that it holds.
///
/// Only the noisy rule asks for `noise`. Of taste that lasts it gives a standard Gumbel draw for each
/// position. Fresh noise is one lot, a number evenly in (0, 1), asked for with the position held:
/// positions have shares of 0 to 1 in proportion to their probabilities, those on offer first and in
/// order and the one held last, and the lot falls into one of them. That is the same law with one
/// draw instead of one per position. A noisy caller has already drawn that there is a review. Under
/// the hazard rule and under trials nobody decides
/// at a review: the position is the one held.
pub fn decide(rule: Rule, ballot: &Ballot<'_>, mut noise: impl FnMut(Position) -> f64) -> Position {
    match rule {
        Rule::Strict | Rule::AtLeast => {
            let Some(best) = strongest(ballot) else { return ballot.held };
            let balance = ballot.pressure[usize::from(best)] - ballot.pressure[usize::from(ballot.held)];
            let barrier = ballot.barrier(best);
            let moves = if rule == Rule::Strict { balance > barrier } else { balance >= barrier };
            if moves { best } else { ballot.held }
        }
        Rule::Noisy { temperature, noise: Noise::Persistent, .. } => {
            // The Gumbel maximum draws k with probability proportional to exp(utility / τ).
            let mut best = ballot.held;
            let mut most = ballot.pressure[usize::from(best)] / temperature + noise(best);
            for k in candidates(ballot) {
                let utility = (ballot.pressure[usize::from(k)] - ballot.barrier(k)) / temperature + noise(k);
                if utility > most {
                    (best, most) = (k, utility);
                }
            }
            best
        }
        Rule::Noisy { temperature, noise: Noise::Fresh, .. } => {
            let held = ballot.pressure[usize::from(ballot.held)];
            let lead =
                |k: Position| (ballot.pressure[usize::from(k)] - ballot.barrier(k) - held) / temperature;
            // Relative to the largest, so that no exponential overflows.
            let largest = candidates(ballot).map(lead).fold(0.0, f64::max);
            let weight = |k: Position| libm::exp(lead(k) - largest);
            let all = candidates(ballot).map(weight).fold(libm::exp(-largest), |sum, weight| sum + weight);
            let mut place = noise(ballot.held) * all;
            for k in candidates(ballot) {
                let weight = weight(k);
                if place < weight {
                    return k;
                }
                place -= weight;
            }
            ballot.held
        }
        Rule::Hazard { .. } | Rule::Trials => ballot.held,
    }
}

// The open positions but the one held.
fn candidates(ballot: &Ballot<'_>) -> impl Iterator<Item = Position> {
    let held = ballot.held;
    (0u8..).zip(ballot.open).filter(move |(k, open)| **open && *k != held).map(|(k, _)| k)
}

// k*: the open position with the most pressure beyond its own threshold; ties go to the nearest to a_i, then the lower.
fn strongest(ballot: &Ballot<'_>) -> Option<Position> {
    candidates(ballot).reduce(|best, k| {
        let [p_best, p_k] = [best, k].map(|k| ballot.pressure[usize::from(k)] - ballot.step(k));
        let nearer = k.abs_diff(ballot.held) < best.abs_diff(ballot.held);
        if p_k > p_best || (p_k >= p_best && nearer) { k } else { best }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ballot<'a>(held: Position, pressure: &'a [f64], open: &'a [bool]) -> Ballot<'a> {
        Ballot { held, pressure, open, threshold: 0.0, exit: 0.0, steps: &[] }
    }

    #[test]
    fn equal_pressure_moves_only_under_at_least() {
        let equal = ballot(0, &[2.0, 2.0], &[true, true]);
        assert_eq!(decide(Rule::Strict, &equal, |_| 0.0), 0);
        assert_eq!(decide(Rule::AtLeast, &equal, |_| 0.0), 1);
    }

    #[test]
    fn ties_among_new_positions_go_to_the_nearest_then_the_lower() {
        let all = [true; 4];
        assert_eq!(decide(Rule::Strict, &ballot(0, &[0.0, 3.0, 3.0, 3.0], &all), |_| 0.0), 1);
        assert_eq!(decide(Rule::Strict, &ballot(3, &[3.0, 3.0, 3.0, 0.0], &all), |_| 0.0), 2);
        assert_eq!(decide(Rule::Strict, &ballot(1, &[3.0, 0.0, 3.0, 0.0], &all), |_| 0.0), 0);
    }

    #[test]
    fn leaving_downward_costs_the_exit() {
        let mut back = ballot(1, &[3.0, 1.0], &[true, true]);
        back.exit = 2.0;
        assert_eq!(decide(Rule::Strict, &back, |_| 0.0), 1);
        assert!((margin(&back, 0) - 0.0).abs() < 1e-15);
        back.exit = 1.9;
        assert_eq!(decide(Rule::Strict, &back, |_| 0.0), 0);
        assert!((margin(&back, 1) + 2.0).abs() < 1e-15);
    }

    #[test]
    fn a_stage_with_a_lower_threshold_is_taken_before_one_with_more_pressure() {
        let mut stages = ballot(0, &[0.0, 4.0, 5.0], &[true; 3]);
        stages.steps = &[0.0, 1.0, 10.0];
        assert_eq!(decide(Rule::Strict, &stages, |_| 0.0), 1);
        assert!((margin(&stages, 1) - 3.0).abs() < 1e-15);
        assert!((margin(&stages, 2) + 5.0).abs() < 1e-15);
        stages.steps = &[0.0, 4.0, 5.0];
        assert_eq!(decide(Rule::Strict, &stages, |_| 0.0), 0);
        assert_eq!(decide(Rule::AtLeast, &stages, |_| 0.0), 1, "a tie goes to the nearer");
        let rule = Rule::Noisy { rate: 1.0, temperature: 1e-9, noise: Noise::Fresh };
        stages.steps = &[0.0, 4.0, 4.5];
        assert_eq!(decide(rule, &stages, |_| 0.3), 2, "as without noise");
        assert_eq!(decide(Rule::Strict, &stages, |_| 0.0), 2);
    }

    #[test]
    fn noise_without_spread_is_the_deterministic_rule() {
        let rule = Rule::Noisy { rate: 1.0, temperature: 1e-9, noise: Noise::Fresh };
        assert_eq!(decide(rule, &ballot(0, &[1.0, 1.1, 0.9], &[true; 3]), |_| 0.3), 1);
        assert_eq!(decide(rule, &ballot(0, &[1.0, 0.9, 0.9], &[true; 3]), |_| 0.3), 0);
    }
}
