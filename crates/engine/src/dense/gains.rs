//! Gains that follow the shares of adopters.

use normwave_plan::{Driver, Move, Plan, Position};

/// What each actor weighs in the share that each program reads.
#[derive(Debug)]
pub(super) struct Shares<'p> {
    plan: &'p Plan,
    weights: Vec<&'p [u64]>,
    // Gains while nobody has adopted.
    at_first: Vec<f64>,
}

/// The gains of a run.
#[derive(Debug)]
pub(super) struct Gains {
    // The weight of those who count as adopters of k at `program * K + k`, and of all by program.
    adopters: Vec<u64>,
    all: Vec<u64>,
    /// At `program * K + k`.
    pub(super) now: Vec<f64>,
}

impl<'p> Shares<'p> {
    /// `None` if a program reads what differs from target to target.
    pub(super) fn of(plan: &'p Plan) -> Option<Self> {
        let share = |program: &'p normwave_plan::Program| match &program.driver {
            Driver::Share { weights } => weights.at(0).map(Vec::as_slice),
            Driver::Exposure { .. } => None,
        };
        let weights: Vec<_> = plan.programs.iter().map(share).collect::<Option<_>>()?;
        let mut shares =
            Shares { plan, weights, at_first: vec![0.0; plan.programs.len() * plan.n_positions] };
        shares.at_first = shares.of_nobody().now;
        Some(shares)
    }

    /// The gains while nobody has adopted.
    pub(super) fn of_nobody(&self) -> Gains {
        let n = self.at_first.len();
        let all = self.weights.iter().map(|weights| weights.iter().sum()).collect();
        let mut gains = Gains { adopters: vec![0; n], all, now: vec![0.0; n] };
        self.refresh(&mut gains);
        gains
    }

    /// Goes back to where nobody has adopted.
    pub(super) fn forget(&self, gains: &mut Gains) {
        gains.adopters.fill(0);
        gains.now.copy_from_slice(&self.at_first);
    }

    /// Counts who has come and who has gone.
    #[inline(always)]
    pub(super) fn count(&self, gains: &mut Gains, steps: &[Move]) {
        if steps.is_empty() {
            return;
        }
        let n_k = self.plan.n_positions;
        for (weights, adopters) in self.weights.iter().zip(gains.adopters.chunks_exact_mut(n_k)) {
            if let [of_old, of_new] = adopters {
                // Whoever holds the one counts for both.
                let shift = steps.iter().fold(0u64, |sum, step| {
                    let weight = weights[step.actor as usize];
                    let turned = u64::from(step.to()).wrapping_sub(u64::from(step.from()));
                    sum.wrapping_add(turned.wrapping_mul(weight))
                });
                for adopters in [of_old, of_new] {
                    *adopters = adopters.wrapping_add(shift);
                }
                continue;
            }
            for (k, adopters) in (0u8..).zip(adopters) {
                let adopts = |held: Position| u64::from(self.plan.adopts(held, k));
                *adopters = steps.iter().fold(*adopters, |sum, step| {
                    let weight = weights[step.actor as usize];
                    sum + adopts(step.to()) * weight - adopts(step.from()) * weight
                });
            }
        }
        self.refresh(gains);
    }

    fn refresh(&self, gains: &mut Gains) {
        let n_k = self.plan.n_positions;
        let both = gains.now.chunks_exact_mut(n_k).zip(gains.adopters.chunks_exact(n_k));
        for ((program, &all), (now, adopters)) in self.plan.programs.iter().zip(&gains.all).zip(both) {
            for (k, (now, &adopters)) in (0u8..).zip(now.iter_mut().zip(adopters)) {
                *now = program.gain(k, adopters, all);
            }
        }
    }
}
