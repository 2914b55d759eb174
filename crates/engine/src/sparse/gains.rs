//! Gains that follow the adoption state, kept up to date from the numerators of their shares.

use super::actor_set::{ActorSet, members};
use super::signals::{Channel, standing};
use super::sums::{Ledger, Sums};
use normwave_plan::{Block, Driver, Plan, Position, Program, Tick};

/// What all replicates share of the programs.
#[derive(Debug)]
pub(super) struct Drivers<'p> {
    plan: &'p Plan,
    /// The ledger of an exposure; a share has none.
    ledgers: Vec<Option<Ledger<'p>>>,
}

impl<'p> Drivers<'p> {
    pub(super) fn new(plan: &'p Plan, standing: &Channel) -> Self {
        let ledger = |program: &'p Program| match &program.driver {
            Driver::Share { .. } => None,
            Driver::Exposure { ties } => Some(Ledger::of_exposure(ties, standing)),
        };
        Drivers { plan, ledgers: plan.programs.iter().map(ledger).collect() }
    }
}

/// The gains of one replicate, as they were at the start of the tick.
#[derive(Clone, Debug)]
pub(super) struct Gains<'p> {
    standing: Channel,
    programs: Vec<State<'p>>,
    // Scratch: the standing of one actor, and its change.
    says: Vec<u32>,
    change: Vec<f64>,
}

#[derive(Clone, Debug)]
enum State<'p> {
    /// One gain per position, the same for all targets.
    Share { weights: &'p [u64], counts: Vec<u64>, gains: Vec<f64>, stale: bool },
    /// One gain per position and target, at `k * n_actors + i`.
    Exposure { sums: Sums, gains: Vec<f64>, stale: ActorSet },
}

impl<'p> Gains<'p> {
    /// Before any weights hold; `standing` is how each actor counts.
    pub(super) fn new(plan: &'p Plan, standing: Channel) -> Self {
        let (n, n_k) = (plan.n_actors(), plan.n_positions);
        let state = |program: &Program| match &program.driver {
            Driver::Share { .. } => State::Share {
                weights: &[],
                counts: vec![0; n_k + 1],
                gains: vec![f64::NAN; n_k],
                stale: true,
            },
            Driver::Exposure { .. } => State::Exposure {
                sums: Sums::new(n, n_k + 1),
                gains: vec![f64::NAN; n_k * n],
                stale: ActorSet::everybody(n),
            },
        };
        let programs = plan.programs.iter().map(state).collect();
        Gains { standing, programs, says: vec![0; n_k + 1], change: vec![0.0; n_k + 1] }
    }

    /// The weights of a program have changed.
    pub(super) fn enter(&mut self, drivers: &Drivers<'p>, program: usize, tick: Tick) {
        let standing = &self.standing;
        match (&mut self.programs[program], &drivers.plan.programs[program].driver) {
            (State::Share { weights, counts, stale, .. }, Driver::Share { weights: steps }) => {
                *weights = steps.at(tick).map_or(&[], Vec::as_slice);
                counts.fill(0);
                for (actor, &weight) in weights.iter().enumerate() {
                    if standing.says(actor, &mut self.change) {
                        for (count, &counts) in counts.iter_mut().zip(&self.change) {
                            *count += if counts > 0.0 { weight } else { 0 };
                        }
                    }
                }
                *stale = true;
            }
            (State::Exposure { sums, stale, .. }, Driver::Exposure { ties }) => {
                if let Some(ledger) = &drivers.ledgers[program] {
                    sums.enter(ledger, ties.index_at(tick).map_or(0, |idx| idx + 1), standing, stale);
                }
            }
            _ => {}
        }
    }

    /// An actor has moved, come or gone.
    pub(super) fn count(&mut self, drivers: &Drivers<'p>, actor: usize, held: Position, present: bool) {
        if self.programs.is_empty() {
            return;
        }
        standing(drivers.plan, held, present, &mut self.says);
        if !self.standing.update(actor, &self.says, &mut self.change) {
            return;
        }
        for (state, ledger) in self.programs.iter_mut().zip(&drivers.ledgers) {
            match state {
                State::Share { weights, counts, stale, .. } => {
                    let weight = weights.get(actor).copied().unwrap_or(0);
                    for (count, &change) in counts.iter_mut().zip(&self.change) {
                        if change > 0.0 {
                            *count += weight;
                        } else if change < 0.0 {
                            *count -= weight;
                        }
                    }
                    *stale = true;
                }
                State::Exposure { sums, stale, .. } => {
                    if let Some(ledger) = ledger {
                        sums.shift(ledger.rows(sums.epoch()), actor, &self.change, stale);
                    }
                }
            }
        }
    }

    /// Brings the gains up to date; those whose pressures may change go into `touched`.
    pub(super) fn refresh(&mut self, plan: &Plan, touched: &mut ActorSet) {
        let n_k = plan.n_positions;
        let replace = |gain: &mut f64, by: f64| std::mem::replace(gain, by).to_bits() != by.to_bits();
        for (state, program) in self.programs.iter_mut().zip(&plan.programs) {
            match state {
                State::Share { counts, gains, stale, .. } => {
                    if std::mem::take(stale) {
                        let mut changed = false;
                        for (k, gain) in (0u8..).zip(gains) {
                            let adopters = counts[usize::from(k)];
                            changed |= replace(gain, program.gain(k, adopters, counts[n_k]));
                        }
                        if changed {
                            touched.fill();
                        }
                    }
                }
                State::Exposure { sums, gains, stale } => {
                    let n = plan.n_actors();
                    for idx in 0..stale.n_words() {
                        for target in members(idx, stale.take(idx)) {
                            let all = whole(sums.at(n_k, target));
                            let mut changed = false;
                            for (k, idx) in (0u8..).zip(0..n_k) {
                                let adopters = whole(sums.at(idx, target));
                                changed |=
                                    replace(&mut gains[idx * n + target], program.gain(k, adopters, all));
                            }
                            if changed {
                                touched.insert(target);
                            }
                        }
                    }
                }
            }
        }
    }

    /// The gain of a program toward `k` on one target.
    pub(super) fn of(&self, program: usize, k: usize, target: usize) -> f64 {
        match &self.programs[program] {
            State::Share { gains, .. } => gains[k],
            State::Exposure { gains, .. } => gains[k * self.standing.n_actors() + target],
        }
    }

    /// Multiplies the gains of a block toward `k` on the targets from `first` on into `product`.
    #[inline(always)]
    pub(super) fn multiply(&self, block: &Block, k: usize, first: usize, product: &mut [f64]) {
        for &program in &block.gains {
            match &self.programs[program] {
                State::Share { gains, .. } => {
                    let gain = gains[k];
                    for product in product.iter_mut() {
                        *product *= gain;
                    }
                }
                State::Exposure { gains, .. } => {
                    let from = k * self.standing.n_actors() + first;
                    for (product, gain) in product.iter_mut().zip(&gains[from..]) {
                        *product *= gain;
                    }
                }
            }
        }
    }
}

// Sums of exposure are integers below 2⁵³ and not negative.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "see above")]
fn whole(sum: f64) -> u64 {
    sum as u64
}
