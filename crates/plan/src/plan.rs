//! The plan itself, and the sums over it that all engines share.

use crate::{
    Ballot, Block, Cause, Chance, Coins, Draws, Driver, Ensemble, Forum, Noise, Offer, Persuaded, Position,
    Program, Quota, Reversal, Rule, SIGNAL_ONE, Schedule, Signal, Source, Stances, Steps, Stream, Support,
    ThresholdDraw, Tick, Trajectory, Weights,
};
use std::collections::BTreeSet;

/// How often a year actors review in continuous time if nothing else is said.
pub const REVIEWS_PER_YEAR: f64 = 12.0;

/// A position that the scenario forces on an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forced {
    /// When.
    pub tick: Tick,
    /// On whom.
    pub actor: u32,
    /// Which position.
    pub position: Position,
}

/// An actor that takes over its predecessor's position when it comes into being.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heir {
    /// When.
    pub tick: Tick,
    /// The successor.
    pub actor: u32,
    /// The predecessor.
    pub of: u32,
}

/// Everything that an engine needs.
///
/// Pressures, thresholds, exit costs and the temperature are in units of `quantum · 2⁻¹²`, so that
/// pressures without moving gains are integers.
#[derive(Clone, Debug)]
pub struct Plan {
    /// K, from 2 to 255.
    pub n_positions: usize,
    /// Number of ticks.
    pub n_ticks: Tick,
    /// Length of a tick in years.
    pub years_per_tick: f64,
    /// The key of each actor ([`crate::key_of`]); their number is that of the actors.
    pub keys: Vec<u64>,
    /// Whether versions are graded: then holding more than k counts as adopting k.
    pub graded: bool,
    /// s_mk.
    pub support: Support,
    /// Pressure per integer weight at signal 1.
    pub quantum: f64,
    /// Bound, per actor, on what rounding to the quantum changes in any of its pressures.
    pub rounding: Vec<f64>,
    /// The pressures.
    pub blocks: Vec<Block>,
    /// The gains that follow the adoption state.
    pub programs: Vec<Program>,
    /// Who lives, governs, and falls under the norm: one flag per actor, over time. The others
    /// neither adopt nor count.
    pub present: Steps<Vec<bool>>,
    /// θ_i over time.
    pub thresholds: Steps<Vec<f64>>,
    /// What is drawn once per replicate and actor and added to θ_i.
    pub threshold_draw: Option<ThresholdDraw>,
    /// What each replicate is given.
    pub ensemble: Ensemble,
    /// Added to θ_i for moves to each position, one per position.
    pub position_thresholds: Vec<f64>,
    /// Exit costs over time.
    pub exits: Steps<Vec<f64>>,
    /// Who advocates what.
    pub stances: Stances,
    /// Positions handed down, by tick.
    pub heirs: Vec<Heir>,
    /// Positions forced, by tick.
    pub forced: Vec<Forced>,
    /// What is on offer.
    pub offers: Vec<Offer>,
    /// Forums.
    pub forums: Vec<Forum>,
    /// The first tick at which each position can be acted on.
    pub acts_from: Vec<Tick>,
    /// What must have been met, at the end of this or an earlier tick, before each position can be
    /// acted on; one list per position.
    pub in_force: Vec<Vec<Quota>>,
    /// The decision rule.
    pub rule: Rule,
    /// Whether governments can go back.
    pub reversal: Reversal,
    /// The order of decisions.
    pub schedule: Schedule,
    /// λ of the strict and the at-least rule in continuous time: reviews per year, more than 0.
    pub reviews_per_year: f64,
}

impl Plan {
    /// A plan without pressures: every actor present, every position on offer, θ = 0.
    #[must_use]
    pub fn bare(keys: Vec<u64>, n_positions: usize, n_ticks: Tick) -> Self {
        let n = keys.len();
        let offer = |position| Offer { position, from: 0, until: Tick::MAX, to: None, when: Vec::new() };
        Plan {
            n_positions,
            n_ticks,
            years_per_tick: 1.0,
            keys,
            graded: false,
            support: Support::rival(n_positions),
            quantum: 1.0,
            rounding: vec![0.0; n],
            blocks: Vec::new(),
            programs: Vec::new(),
            present: Steps::constant(vec![true; n]),
            thresholds: Steps::constant(vec![0.0; n]),
            threshold_draw: None,
            ensemble: Ensemble::default(),
            position_thresholds: vec![0.0; n_positions],
            exits: Steps::constant(vec![0.0; n]),
            stances: Stances::default(),
            heirs: Vec::new(),
            forced: Vec::new(),
            offers: (1u8..).take(n_positions - 1).map(offer).collect(),
            forums: Vec::new(),
            acts_from: vec![0; n_positions],
            in_force: vec![Vec::new(); n_positions],
            rule: Rule::Strict,
            reversal: Reversal::OffRival,
            schedule: Schedule::Synchronous,
            reviews_per_year: REVIEWS_PER_YEAR,
        }
    }

    /// Number of actors.
    #[must_use]
    pub fn n_actors(&self) -> usize {
        self.keys.len()
    }

    /// Pressure per unit of the plan.
    #[must_use]
    pub fn unit(&self) -> f64 {
        self.quantum / f64::from(SIGNAL_ONE)
    }

    /// Who lives, governs, and falls under the norm at a tick.
    #[must_use]
    pub fn present_at(&self, tick: Tick) -> &[bool] {
        self.present.at(tick).map_or(&[], Vec::as_slice)
    }

    /// Every tick at which something changes that is not a decision, in order.
    #[must_use]
    pub fn change_ticks(&self) -> BTreeSet<Tick> {
        let mut ticks = BTreeSet::new();
        fn of<T>(steps: &Steps<T>) -> impl Iterator<Item = Tick> + '_ {
            steps.steps().iter().map(|step| step.0)
        }
        ticks.extend(of(&self.present));
        ticks.extend(of(&self.thresholds));
        ticks.extend(of(&self.exits));
        ticks.extend(self.blocks.iter().flat_map(|block| of(&block.weights)));
        for program in &self.programs {
            match &program.driver {
                Driver::Share { weights } => ticks.extend(of(weights)),
                Driver::Exposure { ties } => ticks.extend(of(ties)),
            }
        }
        ticks.extend(self.stances.follows.iter().flat_map(of));
        ticks.extend(self.stances.scheduled.iter().flat_map(|stance| [stance.from, stance.until]));
        ticks.extend(self.stances.persuadable.iter().flat_map(|one| of(&one.hears)));
        ticks.extend(self.heirs.iter().map(|heir| heir.tick));
        ticks.extend(self.forced.iter().map(|forced| forced.tick));
        ticks.extend((!self.ensemble.adopters.is_empty()).then_some(0));
        ticks.extend(self.offers.iter().flat_map(|offer| [offer.from, offer.until]));
        for forum in &self.forums {
            ticks.extend([forum.from, forum.until]);
            ticks.extend(of(&forum.members));
        }
        ticks
    }

    /// Whether the state can only repeat for ever once it comes back: deterministic, synchronous,
    /// with reversal, and without a hatch, which may depend on the date.
    #[must_use]
    pub fn can_cycle(&self) -> bool {
        self.reversal == Reversal::On
            && self.schedule == Schedule::Synchronous
            && matches!(self.rule, Rule::Strict | Rule::AtLeast)
            && self.blocks.iter().all(|block| block.hatch.is_none())
    }

    // ---- Step 1 of a tick: what the scenario dates.

    /// Applies the births and forced positions of a tick of a replicate, and records them; nothing from
    /// `n_ticks` on.
    pub fn begin_tick(
        &self,
        tick: Tick,
        replicate: u64,
        positions: &mut [Position],
        trajectory: &mut Trajectory,
    ) {
        if tick >= self.n_ticks {
            return;
        }
        let heirs = self.heirs.iter().filter(|heir| heir.tick == tick);
        let inherited = heirs.map(|heir| (heir.actor, positions[heir.of as usize], Cause::Inherited));
        let inherited: Vec<_> = inherited.collect();
        let forced = self.forced.iter().filter(|forced| forced.tick == tick);
        let forced = forced.map(|forced| (forced.actor, forced.position, Cause::Set));
        let given = if tick == 0 { self.ensemble.adopters_of(replicate) } else { &[] };
        let mut set = |actor: u32, to: Position, cause: Cause| {
            let held = &mut positions[actor as usize];
            if *held != to {
                trajectory.record(tick, actor, *held, to, cause);
                *held = to;
            }
        };
        inherited.into_iter().chain(forced).for_each(|(actor, to, cause)| set(actor, to, cause));
        given.iter().for_each(|&actor| set(actor, 1, Cause::Set));
    }

    // ---- Step 2: advocacy.

    /// x_jk of all actors at `j * K + k`, in units of 2⁻¹²: what they say of their own accord, and
    /// of the persuadable what they have been persuaded to say.
    #[must_use]
    pub fn advocacy(&self, tick: Tick, positions: &[Position], persuaded: &Persuaded) -> Vec<u32> {
        let (mut x, n_k) = (self.own_advocacy(tick, positions), self.n_positions);
        for (one, said) in self.stances.persuadable.iter().zip(persuaded.0.chunks_exact(n_k)) {
            x[one.actor as usize * n_k..][..n_k].copy_from_slice(said);
        }
        x
    }

    /// x⁰_jk of all actors at `j * K + k`, in units of 2⁻¹²: what they follow, and what is scheduled.
    #[must_use]
    pub fn own_advocacy(&self, tick: Tick, positions: &[Position]) -> Vec<u32> {
        let present = self.present_at(tick);
        let counts = |actor: u32| present[actor as usize];
        let mut out = vec![0; self.n_actors() * self.n_positions];
        for (actor, x) in (0u32..).zip(out.chunks_exact_mut(self.n_positions)) {
            self.stances.advocacy(actor, tick, positions, &counts, x);
        }
        out
    }

    /// ŷ_jk of one sender for all positions, in units of 2⁻¹².
    pub fn heard(
        &self,
        signal: Signal,
        sender: usize,
        position: Position,
        present: bool,
        advocacy: &[u32],
        out: &mut [u32],
    ) {
        let k_all = (0u8..).take(self.n_positions);
        match signal {
            Signal::Adoption if present => {
                out.iter_mut().zip(k_all).for_each(|(y, k)| *y = self.support.of(position, k));
            }
            Signal::Adoption => out.fill(0),
            Signal::Advocacy => {
                let x = &advocacy[sender * self.n_positions..(sender + 1) * self.n_positions];
                out.iter_mut().zip(k_all).for_each(|(y, k)| *y = self.support.toward(x, k));
            }
        }
    }

    // ---- Step 3: gains.

    /// Whether holding `held` counts as adopting `k` (see [`Driver`]).
    #[must_use]
    pub fn adopts(&self, held: Position, k: Position) -> bool {
        if k == 0 { held > 0 } else { held == k || (self.graded && held > k) }
    }

    /// The gain of a program toward `k` on one target, from the state at the start of the tick.
    #[must_use]
    pub fn program_gain(
        &self,
        program: &Program,
        tick: Tick,
        target: u32,
        k: Position,
        positions: &[Position],
    ) -> f64 {
        let present = self.present_at(tick);
        let (mut adopters, mut all) = (0u64, 0u64);
        let mut count = |actor: usize, weight: u64| {
            if present[actor] {
                all += weight;
                adopters += if self.adopts(positions[actor], k) { weight } else { 0 };
            }
        };
        match &program.driver {
            Driver::Share { weights } => {
                let weights = weights.at(tick).map_or(&[][..], Vec::as_slice);
                weights.iter().enumerate().for_each(|(actor, &weight)| count(actor, weight));
            }
            Driver::Exposure { ties } => {
                if let Some(ties) = ties.at(tick) {
                    for (sender, actor) in (0u32..).zip(0..self.n_actors()) {
                        for (_, weight) in ties.row(sender).filter(|(to, _)| *to == target) {
                            count(actor, u64::try_from(weight).unwrap_or(0));
                        }
                    }
                }
            }
        }
        program.gain(k, adopters, all)
    }

    /// Adds up one pressure: the blocks in order, each `gain · sum`.
    ///
    /// `sum` gives A_ik of a block and `gain` the gain of a program, both for the same target and
    /// position. Every engine sums this way, so that they round alike.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "sums are below 2⁵³, as `check` proves")]
    pub fn total(&self, k: Position, sum: impl Fn(usize) -> i64, gain: impl Fn(usize) -> f64) -> f64 {
        let mut total = 0.0;
        for (idx, block) in self.blocks.iter().enumerate() {
            if block.toward[usize::from(k)] {
                let gains: f64 = block.gains.iter().map(|&program| gain(program)).product();
                total += gains * sum(idx) as f64;
            }
        }
        total
    }

    /// P_ik of all actors at `i * K + k`, literally.
    ///
    /// `positions` and `advocacy` give the signals; `start` is the state at the start of the
    /// tick's decisions, from which gains and hatches read.
    #[must_use]
    pub fn pressures(
        &self,
        tick: Tick,
        positions: &[Position],
        advocacy: &[u32],
        start: &[Position],
        hatched: &[Option<Weights>],
    ) -> Vec<f64> {
        let (n, n_k) = (self.n_actors(), self.n_positions);
        let present = self.present_at(tick);
        let mut sums = vec![vec![0i64; n * n_k]; self.blocks.len()];
        let mut heard = vec![0u32; n_k];
        for ((block, sums), hatched) in self.blocks.iter().zip(&mut sums).zip(hatched) {
            let weights = hatched.as_ref().or_else(|| block.weights.at(tick));
            match (block.source, weights) {
                (_, None) => {}
                (Source::Internal, Some(Weights::Internal(own))) => {
                    for (i, &own) in own.iter().enumerate() {
                        sums[i * n_k..(i + 1) * n_k].fill(own * i64::from(SIGNAL_ONE));
                    }
                }
                (Source::Ties(signal), Some(weights)) => {
                    for (sender, j) in (0u32..).zip(0..n) {
                        self.heard(signal, j, positions[j], present[j], advocacy, &mut heard);
                        for (target, weight) in weights.row(sender) {
                            for (k, &y) in heard.iter().enumerate() {
                                sums[target as usize * n_k + k] += i64::from(weight) * i64::from(y);
                            }
                        }
                    }
                }
                (Source::Internal, Some(Weights::Ties { .. })) => {}
            }
        }
        let mut pressures = vec![0.0; n * n_k];
        for (i, row) in pressures.chunks_exact_mut(n_k).enumerate().filter(|(i, _)| present[*i]) {
            let target = u32::try_from(i).unwrap_or(u32::MAX);
            for (k, p) in (0u8..).zip(row) {
                *p = self.total(
                    k,
                    |block| sums[block][i * n_k + usize::from(k)],
                    |program| self.program_gain(&self.programs[program], tick, target, k, start),
                );
            }
        }
        pressures
    }

    /// The weights of the hatches at a tick, one entry per block.
    ///
    /// # Panics
    /// If the weights of a hatch break the bound that [`Plan::check`] proves for the others.
    #[must_use]
    pub fn hatched(&self, tick: Tick, start: &[Position], advocacy: &[u32]) -> Vec<Option<Weights>> {
        let open = |block: &Block| {
            let weights = block.hatch.as_ref()?.weights(tick, start, advocacy);
            assert!(self.too_strong(&weights).is_none(), "a hatch's pressures could leave 53 bits");
            Some(weights)
        };
        self.blocks.iter().map(open).collect()
    }

    /// P_ik of all actors at `i * K + k` for a state, in units of pressure rather than of the plan.
    #[must_use]
    pub fn pressures_of_state(&self, tick: Tick, positions: &[Position], persuaded: &Persuaded) -> Vec<f64> {
        let advocacy = self.advocacy(tick, positions, persuaded);
        let hatched = self.hatched(tick, positions, &advocacy);
        let mut pressures = self.pressures(tick, positions, &advocacy, positions, &hatched);
        pressures.iter_mut().for_each(|p| *p *= self.unit());
        pressures
    }

    // ---- Step 4: decisions.

    /// What one government decides about; `drawn` is [`Plan::drawn_thresholds`] of the replicate.
    #[must_use]
    pub fn ballot<'a>(
        &'a self,
        tick: Tick,
        actor: usize,
        held: Position,
        pressure: &'a [f64],
        open: &'a [bool],
        drawn: &[f64],
    ) -> Ballot<'a> {
        let at = |steps: &Steps<Vec<f64>>| steps.at(tick).map_or(0.0, |values| values[actor]);
        let threshold = at(&self.thresholds) + drawn.get(actor).copied().unwrap_or(0.0);
        Ballot { held, pressure, open, threshold, exit: at(&self.exits), steps: &self.position_thresholds }
    }

    /// Whether an actor decides in this tick: always under the deterministic rules, at its reviews
    /// under the noisy one. In continuous time [`Plan::reviews_in`] says when.
    #[must_use]
    pub fn reviews(&self, draws: &Draws, tick: Tick, actor: usize) -> bool {
        self.who_reviews(self.review_probability(), draws, tick)(actor)
    }

    /// Probability that an actor decides in a tick: 1 under the deterministic rules, `1 − e^(−λΔ)`
    /// under the noisy one; 1 in continuous time, where reviews have their own times.
    #[must_use]
    pub fn review_probability(&self) -> f64 {
        match self.rule {
            Rule::Noisy { rate, .. } if self.schedule != Schedule::Continuous => {
                -libm::expm1(-rate * self.years_per_tick)
            }
            _ => 1.0,
        }
    }

    /// Who decides in a tick, where the caller has kept [`Plan::review_probability`].
    pub fn who_reviews(
        &self,
        probability: f64,
        draws: &Draws,
        tick: Tick,
    ) -> impl Fn(usize) -> bool + use<'_> {
        let (lots, draws) = (self.lots(probability, draws, tick), *draws);
        move |actor| match &lots {
            Some((chance, coins)) => chance.counts(coins.throw_of(self.keys[actor])),
            None => {
                probability >= 1.0 || draws.uniform(tick, self.keys[actor], Stream::Review, 0) < probability
            }
        }
    }

    // Fresh noise is drawn for everybody at every tick, so often that coins have to do: one decides
    // whether an actor reviews and, if it does, what it takes.
    fn lots(&self, probability: f64, draws: &Draws, tick: Tick) -> Option<(Chance, Coins)> {
        let is_fresh = matches!(self.rule, Rule::Noisy { noise: Noise::Fresh, .. });
        let throws = is_fresh && self.schedule != Schedule::Continuous;
        throws.then(|| (Chance::of(probability), draws.coins_at(tick, Stream::Review, 0)))
    }

    /// The chance in an actor's decision, as [`crate::decide`] asks for it: taste for a position, or
    /// the lot of its first review in a tick, which is 1 if it does not review.
    #[must_use]
    pub fn noise(&self, draws: &Draws, tick: Tick, actor: usize, k: Position) -> f64 {
        self.noise_at(draws, tick, 0, actor, k)
    }

    /// As [`Plan::noise`], at the actor's review of a number in the tick, from 0; the number is
    /// other than 0 only in continuous time.
    #[must_use]
    pub fn noise_at(&self, draws: &Draws, tick: Tick, number: u32, actor: usize, k: Position) -> f64 {
        let key = self.keys[actor];
        if let Rule::Noisy { noise: Noise::Persistent, .. } = self.rule {
            return draws.gumbel(0, key, Stream::Taste, k.into());
        }
        match self.lots(self.review_probability(), draws, tick) {
            Some((chance, coins)) => chance.lot(coins.throw_of(key)).unwrap_or(1.0),
            None => draws.uniform(tick, key, Stream::Noise, number),
        }
    }

    /// The order in which actors decide under the random sequential schedule.
    #[must_use]
    pub fn order(&self, draws: &Draws, tick: Tick) -> Vec<u32> {
        let mut order: Vec<u32> = (0u32..).take(self.n_actors()).collect();
        order.sort_by_cached_key(|&actor| self.order_key(draws, tick, actor as usize));
        order
    }

    /// What [`Plan::order`] sorts by; actors with equal keys go by index.
    #[must_use]
    pub fn order_key(&self, draws: &Draws, tick: Tick, actor: usize) -> (u64, u64) {
        let key = self.keys[actor];
        (draws.bits(tick, key, Stream::Order, 0), key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use normwave_gain_shape::Shape;

    #[test]
    fn heirs_take_what_was_held_before_anything_is_set() {
        let mut plan = Plan::bare(vec![1, 2, 3, 4], 3, 5);
        plan.heirs = vec![Heir { tick: 2, actor: 1, of: 0 }, Heir { tick: 2, actor: 2, of: 1 }];
        let forced = |actor, position| Forced { tick: 2, actor, position };
        plan.forced = vec![forced(0, 2), forced(3, 1), forced(3, 2), forced(1, 1)];
        let mut positions = vec![1, 0, 2, 0];
        let mut trajectory = Trajectory::default();
        plan.begin_tick(1, 0, &mut positions, &mut trajectory);
        assert!(trajectory.moves.is_empty());
        plan.begin_tick(2, 0, &mut positions, &mut trajectory);
        assert_eq!(positions, [2, 1, 0, 2]);
        let steps = trajectory.moves.iter().map(|step| (step.actor, step.from(), step.to(), step.cause()));
        assert_eq!(
            steps.collect::<Vec<_>>(),
            [
                (1, 0, 1, Cause::Inherited),
                // The predecessor's successor holds 0 until now.
                (2, 2, 0, Cause::Inherited),
                (0, 1, 2, Cause::Set),
                (3, 0, 1, Cause::Set),
                (3, 1, 2, Cause::Set),
                // Actor 1 is set to what it has just inherited: no move.
            ]
        );
    }

    #[test]
    fn only_a_plan_that_forgets_can_cycle() {
        let mut plan = Plan::bare(vec![1], 2, 5);
        assert!(!plan.can_cycle());
        plan.reversal = Reversal::On;
        assert!(plan.can_cycle());
        plan.schedule = Schedule::RandomSequential;
        assert!(!plan.can_cycle());
    }

    fn assert_same<const N: usize>(found: [f64; N], expected: [f64; N]) {
        assert_eq!(found.map(f64::to_bits), expected.map(f64::to_bits), "{found:?}, not {expected:?}");
    }

    fn program(driver: Driver) -> Program {
        let linear = |at_zero, slope| Shape::Linear { at_zero, slope };
        Program { driver, toward_status_quo: linear(1.0, -1.0), toward_new: linear(0.0, 2.0) }
    }

    #[test]
    fn a_share_counts_adopters_among_those_to_whom_the_norm_applies() {
        let mut plan = Plan::bare(vec![1, 2, 3, 4], 3, 5);
        plan.present = Steps::constant(vec![true, true, true, false]);
        let share = program(Driver::Share { weights: Steps::constant(vec![1, 2, 1, 9]) });
        let gain = |plan: &Plan, k| plan.program_gain(&share, 0, 0, k, &[1, 2, 0, 2]);
        // Toward 1 adopt actors of weight 1 of 4, toward 2 of 2, toward 0 those who left: 3.
        assert_same([gain(&plan, 1), gain(&plan, 2), gain(&plan, 0)], [0.5, 1.0, 0.25]);
        plan.graded = true;
        assert_same([gain(&plan, 1), gain(&plan, 2)], [1.5, 1.0]);
        plan.present = Steps::constant(vec![false; 4]);
        assert_same([gain(&plan, 1), gain(&plan, 0)], [0.0, 1.0]);
    }

    #[test]
    fn exposure_counts_adopters_among_those_tied_to_the_target() {
        let plan = Plan::bare(vec![1, 2, 3], 2, 5);
        let ties = Weights::from_ties(3, vec![(0, 2, 3), (1, 2, 1), (2, 0, 5), (1, 0, -4)]);
        let exposure = program(Driver::Exposure { ties: Steps::constant(ties) });
        let gain = |target| plan.program_gain(&exposure, 0, target, 1, &[1, 1, 0]);
        assert_same([gain(2), gain(1)], [2.0, 0.0]);
        // A negative tie does not count.
        assert!(gain(0).abs() < 1e-15);
    }

    #[test]
    fn every_date_of_a_plan_is_a_change_tick() {
        let mut plan = Plan::bare(vec![1, 2], 2, 50);
        fn from_zero_and<T: Clone>(tick: Tick, value: T) -> Steps<T> {
            let mut steps = Steps::constant(value.clone());
            steps.push(tick, value);
            steps
        }
        plan.present = from_zero_and(1, vec![true; 2]);
        plan.thresholds = from_zero_and(2, vec![0.0; 2]);
        plan.exits = from_zero_and(3, vec![0.0; 2]);
        let none = Weights::from_ties(2, Vec::new());
        let ties = from_zero_and(4, none.clone());
        plan.blocks = vec![Block {
            source: Source::Internal,
            toward: vec![true; 2],
            gains: Vec::new(),
            weights: ties,
            hatch: None,
        }];
        plan.programs = vec![
            program(Driver::Share { weights: from_zero_and(5, vec![1; 2]) }),
            program(Driver::Exposure { ties: from_zero_and(6, none) }),
        ];
        let follow = crate::Follow { lead: crate::Lead::Nobody, vigour: vec![0; 2] };
        plan.stances.spell_out(2, 2);
        plan.stances.follows[1] = from_zero_and(7, follow);
        let stance = crate::Scheduled { from: 8, until: 9, actor: 0, position: 0, level: 0 };
        plan.stances.scheduled = vec![stance];
        plan.heirs = vec![Heir { tick: 10, actor: 0, of: 1 }];
        plan.forced = vec![Forced { tick: 11, actor: 0, position: 1 }];
        plan.offers = vec![Offer { position: 1, from: 12, until: 13, to: None, when: Vec::new() }];
        let hears = from_zero_and(17, crate::Hearing::default());
        plan.stances.persuadable = vec![crate::Persuadable { actor: 1, hears }];
        let members = from_zero_and(16, vec![true; 2]);
        let rule = crate::ForumRule::Coalition;
        plan.forums = vec![Forum { from: 14, until: 15, position: 1, rule, members }];
        assert_eq!(plan.change_ticks().into_iter().collect::<Vec<_>>(), (0..=17).collect::<Vec<_>>());
    }

    // Draws over many ticks, so that the same actor reviews again and again.
    fn share_of_reviews(rate: f64, years_per_tick: f64, n_ticks: Tick) -> f64 {
        let mut plan = Plan::bare(vec![77], 2, n_ticks);
        plan.years_per_tick = years_per_tick;
        plan.rule = Rule::Noisy { rate, temperature: 1.0, noise: Noise::Fresh };
        let draws = Draws::new(4, 0);
        let n = (0..n_ticks).filter(|&tick| plan.reviews(&draws, tick, 0)).count();
        f64::from(u32::try_from(n).unwrap()) / f64::from(n_ticks)
    }

    #[test]
    fn the_chance_of_no_review_in_a_year_does_not_hang_on_the_tick() {
        let n = 100_000u32;
        for rate in [0.3, 2.0, 12.0] {
            for ticks_per_year in [1.0, 12.0, 365.0] {
                let expected = -f64::exp_m1(-rate / ticks_per_year);
                let share = share_of_reviews(rate, 1.0 / ticks_per_year, n);
                let error = (expected * (1.0 - expected) / f64::from(n)).sqrt();
                assert!((share - expected).abs() < 4.0 * error, "{share}, not {expected}");
                let mut plan = Plan::bare(vec![77], 2, 1);
                plan.years_per_tick = 1.0 / ticks_per_year;
                plan.rule = Rule::Noisy { rate, temperature: 1.0, noise: Noise::Fresh };
                let none_in_a_year = (1.0 - plan.review_probability()).powf(ticks_per_year);
                assert!((none_in_a_year / (-rate).exp() - 1.0).abs() < 1e-10);
            }
        }
    }

    #[test]
    fn noisy_choices_have_the_probabilities_of_the_softmax() {
        // Pr(k) ∝ exp((P_k − (θ + exit)·[k ≠ a]) / τ), with the exit only below the position held.
        let (pressure, threshold, exit, temperature) = ([3.0, 2.0, 3.5, 1.0, 9.0], 0.4, 0.8, 1.5);
        let open = [true, true, true, true, false];
        let held = 1;
        let utility = [3.0 - 0.4 - 0.8, 2.0, 3.5 - 0.4, 1.0 - 0.4];
        let odds = utility.map(|u: f64| (u / temperature).exp());
        let total: f64 = odds.iter().sum();
        for noise in [Noise::Fresh, Noise::Persistent] {
            let n = 50_000u32;
            let mut plan = Plan::bare((0..u64::from(n)).collect(), 5, n);
            // So often that everybody reviews at every tick.
            plan.rule = Rule::Noisy { rate: 1e3, temperature, noise };
            let mut counts = [0u32; 5];
            for idx in 0..n {
                // Fresh noise differs from tick to tick, taste from replicate to replicate.
                let (tick, replicate) = if noise == Noise::Fresh { (idx, 0) } else { (0, idx) };
                let draws = Draws::new(8, replicate.into());
                let ballot = Ballot { held, pressure: &pressure, open: &open, threshold, exit, steps: &[] };
                let k = crate::decide(plan.rule, &ballot, |k| plan.noise(&draws, tick, 5, k));
                counts[usize::from(k)] += 1;
            }
            assert_eq!(counts[4], 0, "not open");
            let chi_square: f64 = odds
                .iter()
                .zip(counts)
                .map(|(odds, count)| {
                    let expected = odds / total * f64::from(n);
                    (f64::from(count) - expected).powi(2) / expected
                })
                .sum();
            // χ² with 3 degrees of freedom is above 21.1 once in ten thousand.
            assert!(chi_square < 21.1, "{chi_square} from {counts:?}");
        }
    }

    #[test]
    fn every_review_of_a_tick_has_fresh_noise_of_its_own() {
        let mut plan = Plan::bare(vec![1], 2, 5);
        let noise_at = |plan: &Plan, number| plan.noise_at(&Draws::new(1, 0), 3, number, 0, 1).to_bits();
        plan.schedule = Schedule::Continuous;
        plan.rule = Rule::Noisy { rate: 1.0, temperature: 1.0, noise: Noise::Fresh };
        assert_ne!(noise_at(&plan, 0), noise_at(&plan, 1));
        assert_eq!(noise_at(&plan, 0), plan.noise(&Draws::new(1, 0), 3, 0, 1).to_bits());
        plan.rule = Rule::Noisy { rate: 1.0, temperature: 1.0, noise: Noise::Persistent };
        assert_eq!(noise_at(&plan, 0), noise_at(&plan, 1));
    }

    #[test]
    fn everybody_is_first_equally_often() {
        let plan = Plan::bare((0..5).map(|i| crate::key_of(&i.to_string())).collect(), 2, 1);
        let draws = Draws::new(2, 0);
        let n = 10_000u32;
        let mut first = [0u32; 5];
        (0..n).for_each(|tick| first[plan.order(&draws, tick)[0] as usize] += 1);
        let error = (0.2 * 0.8 * f64::from(n)).sqrt();
        assert!(first.iter().all(|&count| (f64::from(count) - 2000.0).abs() < 4.0 * error), "{first:?}");
    }

    #[test]
    fn taste_lasts_and_fresh_noise_does_not() {
        let noise_at = |noise, tick| {
            let mut plan = Plan::bare(vec![1], 2, 5);
            plan.rule = Rule::Noisy { rate: 1.0, temperature: 1.0, noise };
            plan.noise(&Draws::new(1, 0), tick, 0, 1).to_bits()
        };
        assert_eq!(noise_at(Noise::Persistent, 0), noise_at(Noise::Persistent, 9));
        assert_ne!(noise_at(Noise::Fresh, 0), noise_at(Noise::Fresh, 9));
    }

    #[test]
    fn a_total_adds_the_blocks_that_push_toward_the_position() {
        let mut plan = Plan::bare(vec![1], 2, 5);
        let block = |toward: [bool; 2], gains: Vec<usize>| Block {
            source: Source::Internal,
            toward: toward.to_vec(),
            gains,
            weights: Steps::constant(Weights::Internal(vec![1])),
            hatch: None,
        };
        plan.blocks = vec![block([true, false], vec![]), block([true, true], vec![0, 1])];
        let total = |k| plan.total(k, |block| [10, 3][block], |program| [0.5, 4.0][program]);
        assert_same([total(0), total(1)], [16.0, 6.0]);
    }
}
