//! Random plans that use everything a plan can say, read from a tape of numbers.
//!
//! A tape that has run out gives zeros, and a zero is always the simplest choice, so that a
//! failure shrinks to a small plan.

use normwave_gain_shape::Shape;
use normwave_plan::{
    Block, Driver, Ensemble, Follow, Forced, Forum, ForumRule, Hatch, Hearing, Heir, Lead, Need, Noise,
    Offer, Persuadable, Plan, Position, Program, Quota, Reversal, Rule, SIGNAL_ONE, STUBBORN_ONE, Schedule,
    Scheduled, Signal, Source, Stances, Steps, Support, ThresholdDraw, Tick, Weights, key_of,
};
use proptest::prelude::*;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// How large a random plan may be.
#[derive(Clone, Debug)]
pub(crate) struct Size {
    pub(crate) actors: RangeInclusive<u32>,
    pub(crate) ticks: RangeInclusive<u32>,
}

/// Tapes that are long enough for most plans.
pub(crate) fn tapes() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(0u32..10_000, 0..1600)
}

/// The plan on a tape.
pub(crate) fn plan_on(tape: Vec<u32>, size: &Size) -> Plan {
    let mut tape = Tape { numbers: tape.into_iter() };
    let n_actors = tape.within(&size.actors);
    let n_ticks = tape.within(&size.ticks);
    let n_positions = 2 + tape.below(3) as usize;
    let mut writer = Writer { tape, n_actors, n_positions, n_ticks };
    let plan = writer.plan();
    plan.check().expect("random plans are sound");
    plan
}

struct Tape {
    numbers: std::vec::IntoIter<u32>,
}

impl Tape {
    fn below(&mut self, n: u32) -> u32 {
        self.numbers.next().unwrap_or(0) % n
    }

    fn within(&mut self, range: &RangeInclusive<u32>) -> u32 {
        range.start() + self.below(range.end() - range.start() + 1)
    }

    // Once in n times, n ≥ 2; never when the tape has run out.
    fn once_in(&mut self, n: u32) -> bool {
        self.below(n) == n - 1
    }

    fn pick<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(u32::try_from(choices.len()).unwrap()) as usize].clone()
    }
}

struct Writer {
    tape: Tape,
    n_actors: u32,
    n_positions: usize,
    n_ticks: Tick,
}

impl Writer {
    fn plan(&mut self) -> Plan {
        let (n, n_k) = (self.n_actors as usize, self.n_positions);
        let keys = (0..n).map(|i| key_of(&format!("actor {i}"))).collect();
        let mut plan = Plan::bare(keys, n_k, self.n_ticks);
        plan.years_per_tick = self.tape.pick(&[1.0 / 12.0, 1.0, 1.0 / 365.0]);
        plan.graded = self.tape.once_in(2);
        plan.support = self.support(plan.graded);
        plan.reversal = self.tape.pick(&[Reversal::On, Reversal::OffRival, Reversal::OffGraded]);
        plan.schedule =
            self.tape.pick(&[Schedule::Synchronous, Schedule::RandomSequential, Schedule::Continuous]);
        plan.rule = self.rule(&plan);
        plan.reviews_per_year = self.reviews_in_a_tick() / plan.years_per_tick;
        plan.position_thresholds = (0..n_k).map(|_| self.cost()).collect();
        plan.threshold_draw = self.threshold_draw();
        plan.ensemble = self.ensemble();
        // What takes little of the tape comes first.
        plan.forced = (0..1 + self.tape.below(5)).map(|_| self.forced()).collect();
        plan.heirs = (0..self.tape.below(3)).map(|_| self.heir()).collect();
        if self.tape.once_in(2) {
            plan.offers = (0..self.tape.below(5)).map(|_| self.offer()).collect();
        }
        plan.forums = (0..self.tape.below(3)).map(|_| self.forum()).collect();
        if self.tape.once_in(2) {
            plan.present = self.presence();
        }
        plan.stances = self.stances(plan.stances);
        plan.stances.persuadable = self.persuadable();
        plan.thresholds = self.numbers_over_time();
        plan.exits = self.numbers_over_time();
        plan.programs = (0..self.tape.below(4)).map(|_| self.program()).collect();
        let n_blocks = 1 + self.tape.below(4);
        plan.blocks = (0..n_blocks).map(|_| self.block(plan.programs.len())).collect();
        plan
    }

    fn actor(&mut self) -> u32 {
        self.tape.below(self.n_actors)
    }

    fn position(&mut self) -> Position {
        Position::try_from((self.n_positions - 1) - self.tape.below(self.n_positions as u32) as usize)
            .unwrap()
    }

    fn tick(&mut self) -> Tick {
        self.tape.below(self.n_ticks + 2)
    }

    fn window(&mut self) -> (Tick, Tick) {
        let from = self.tick();
        (from, if self.tape.once_in(2) { from + self.tape.below(6) } else { Tick::MAX })
    }

    // Values from tick 0 (or, if `late`, from later) on.
    fn steps<T: Clone>(&mut self, late: bool, mut value: impl FnMut(&mut Self, Option<&T>) -> T) -> Steps<T> {
        let mut steps = Steps::default();
        let mut tick = if late && self.tape.once_in(4) { self.tick() } else { 0 };
        let mut before = None;
        for _ in 0..=self.tape.below(4) {
            let next = value(self, before.as_ref());
            before = Some(next.clone());
            steps.push(tick, next);
            tick += 1 + self.tape.below(5);
        }
        steps
    }

    fn flags(&mut self) -> Vec<bool> {
        (0..self.n_actors).map(|_| !self.tape.once_in(3)).collect()
    }

    fn support(&mut self, graded: bool) -> Support {
        let n_k = self.n_positions;
        let cell = |idx: usize| 1.0 - (idx / n_k).abs_diff(idx % n_k) as f64 / (n_k - 1) as f64;
        match self.tape.below(3) {
            0 if graded => Support::new(n_k, &(0..n_k * n_k).map(cell).collect::<Vec<_>>()),
            2 => {
                let cells = (0..n_k * n_k).map(|_| f64::from(self.tape.below(101)) / 100.0);
                Support::new(n_k, &cells.collect::<Vec<_>>())
            }
            _ => Support::rival(n_k),
        }
    }

    // λΔ, small where the reference engine has much to do at each review.
    fn reviews_in_a_tick(&mut self) -> f64 {
        if self.n_actors > 20 { 0.2 } else { self.tape.pick(&[0.5, 2.0, 6.0]) }
    }

    fn rule(&mut self, plan: &Plan) -> Rule {
        if self.tape.once_in(3) {
            match plan.schedule {
                Schedule::Synchronous => return Rule::Trials,
                Schedule::RandomSequential => {}
                Schedule::Continuous => {
                    let often = if self.n_actors > 20 { 0.002 } else { self.tape.pick(&[0.02, 0.2, 0.002]) };
                    return Rule::Hazard { rate: often / plan.years_per_tick / f64::from(SIGNAL_ONE) };
                }
            }
        }
        let noise = match self.tape.below(5) {
            0 | 4 => return Rule::Strict,
            1 => return Rule::AtLeast,
            2 => Noise::Persistent,
            _ => Noise::Fresh,
        };
        let temperature = f64::from(SIGNAL_ONE) * self.tape.pick(&[1.0, 0.3, 4.0]);
        let rate = match plan.schedule {
            Schedule::Continuous => self.reviews_in_a_tick() / plan.years_per_tick,
            _ => self.tape.pick(&[12.0, 1.0, 1e9]),
        };
        Rule::Noisy { rate, temperature, noise }
    }

    fn cost(&mut self) -> f64 {
        f64::from(SIGNAL_ONE) * self.tape.pick(&[0.0, 1.0, 0.0, 0.5, -1.0])
    }

    fn threshold_draw(&mut self) -> Option<ThresholdDraw> {
        let (low, width) = (self.cost(), f64::from(SIGNAL_ONE) * f64::from(self.tape.below(4)));
        match self.tape.below(4) {
            2 => Some(ThresholdDraw::Uniform { low, high: low + width }),
            3 => Some(ThresholdDraw::Normal { mean: low, sd: width }),
            _ => None,
        }
    }

    // What differs between replicates.
    fn ensemble(&mut self) -> Ensemble {
        if !self.tape.once_in(4) {
            return Ensemble::default();
        }
        let thresholds = (0..self.tape.below(3) * self.n_actors).map(|_| self.cost()).collect();
        let adopters =
            (0..self.tape.below(3)).map(|_| (0..self.tape.below(3)).map(|_| self.actor()).collect());
        Ensemble { thresholds, adopters: adopters.collect() }
    }

    fn shape(&mut self) -> Shape {
        match self.tape.below(6) {
            0 => Shape::Linear { at_zero: 1.0, slope: 2.0 },
            1 => Shape::Linear { at_zero: 1.0, slope: -1.0 },
            2 => Shape::Constant(self.tape.pick(&[1.0, 0.0, 0.7, 11.0])),
            3 => Shape::Power { scale: 2.0, exponent: 0.5 },
            4 => Shape::Logistic { low: 0.2, high: 3.0, midpoint: 0.4, steepness: 8.0 },
            _ => Shape::Table(vec![(0.1, 0.0), (0.5, 1.0), (0.6, 4.0)]),
        }
    }

    fn program(&mut self) -> Program {
        let driver = if self.tape.once_in(2) {
            Driver::Exposure { ties: self.steps(true, Writer::ties) }
        } else {
            let n = self.n_actors;
            let weights =
                |w: &mut Self, _: Option<&Vec<u64>>| (0..n).map(|_| w.tape.below(4).into()).collect();
            Driver::Share { weights: self.steps(true, weights) }
        };
        Program { driver, toward_status_quo: self.shape(), toward_new: self.shape() }
    }

    // Many, some or few ties; or those of before with a few of them changed.
    fn ties(&mut self, before: Option<&Weights>) -> Weights {
        let n = self.n_actors as usize;
        let mut ties = Vec::new();
        if let Some(before) = before.filter(|_| self.tape.once_in(2)) {
            for sender in 0..self.n_actors {
                ties.extend(before.row(sender).map(|(target, weight)| (sender, target, weight)));
            }
            for _ in 0..=self.tape.below(2) {
                ties.push((self.actor(), self.actor(), 1));
                if !ties.is_empty() && self.tape.once_in(2) {
                    let idx = self.tape.below(u32::try_from(ties.len()).unwrap()) as usize;
                    ties.remove(idx);
                }
            }
            return Weights::from_ties(n, ties);
        }
        // The mean gap from one tie to the next among all pairs.
        let gap = if n > 20 { self.tape.pick(&[40, 16, 3]) } else { self.tape.pick(&[8, 2, 1]) };
        let mut pair = 0;
        while pair < self.n_actors * self.n_actors {
            let weight = self.tape.pick(&[1, 2, 3, 1, 2, 1, 5, -1]);
            ties.push((pair / self.n_actors, pair % self.n_actors, weight));
            pair += 2 * gap - 1 - self.tape.below(2 * gap - 1);
        }
        Weights::from_ties(n, ties)
    }

    fn block(&mut self, n_programs: usize) -> Block {
        let source = self.tape.pick(&[
            Source::Ties(Signal::Adoption),
            Source::Ties(Signal::Advocacy),
            Source::Internal,
            Source::Ties(Signal::Adoption),
        ]);
        let n_gains = if n_programs == 0 { 0 } else { self.tape.below(3) };
        let gains = (0..n_gains).map(|_| self.tape.below(u32::try_from(n_programs).unwrap()) as usize);
        let gains = gains.collect();
        // Now and then weights of the wrong kind, which count for nothing.
        let internal = (source == Source::Internal) != self.tape.once_in(30);
        let n = self.n_actors;
        let own = |w: &mut Self, _: Option<&Weights>| {
            Weights::Internal((0..n).map(|_| i64::from(w.tape.below(6)) - 1).collect())
        };
        let weights = if internal { self.steps(true, own) } else { self.steps(true, Writer::ties) };
        let hatch = self.tape.once_in(12).then(|| {
            let hatch: Arc<dyn Hatch> = Arc::new(Moody { n, steady: self.tape.once_in(2), internal });
            hatch
        });
        let toward = (0..self.n_positions).map(|_| !self.tape.once_in(3)).collect();
        Block { source, toward, gains, weights, hatch }
    }

    fn forced(&mut self) -> Forced {
        Forced { tick: self.tape.below(self.n_ticks.min(4)), actor: self.actor(), position: self.position() }
    }

    fn heir(&mut self) -> Heir {
        Heir { tick: self.tick(), actor: self.actor(), of: self.actor() }
    }

    fn numbers_over_time(&mut self) -> Steps<Vec<f64>> {
        let n = self.n_actors;
        let units = |w: &mut Self, _: Option<&Vec<f64>>| {
            let unit = f64::from(SIGNAL_ONE);
            (0..n).map(|_| unit * w.tape.pick(&[0.0, 1.0, 0.0, 2.0, 0.5, -1.0, 1.0 / 3.0])).collect()
        };
        self.steps(true, units)
    }

    fn presence(&mut self) -> Steps<Vec<bool>> {
        self.steps(false, |w, _| w.flags())
    }

    fn stances(&mut self, own: Stances) -> Stances {
        let mut stances = own;
        if self.tape.once_in(3) {
            return stances;
        }
        let n = self.n_actors;
        stances.spell_out(n as usize, self.n_positions);
        for actor in 0..n {
            if !self.tape.once_in(3) {
                continue;
            }
            stances.follows[actor as usize] = self.steps(true, |w, _: Option<&Follow>| {
                let lead = match w.tape.below(4) {
                    0 => Lead::One(w.actor()),
                    1 => Lead::Nobody,
                    2 => Lead::One(actor),
                    _ => Lead::Many((0..n).filter(|_| w.tape.once_in(2)).collect()),
                };
                let vigour = (0..w.n_positions).map(|_| SIGNAL_ONE / 7 * w.tape.below(8)).collect();
                Follow { lead, vigour }
            });
        }
        for _ in 0..self.tape.below(4) {
            let (from, until) = self.window();
            let (actor, position) = (self.actor(), self.position());
            stances.scheduled.push(Scheduled { from, until, actor, position, level: self.tape.below(5000) });
        }
        stances
    }

    fn persuadable(&mut self) -> Vec<Persuadable> {
        if !self.tape.once_in(2) {
            return Vec::new();
        }
        let mut persuadable = Vec::new();
        for actor in 0..self.n_actors {
            if self.tape.once_in(3) {
                let hears = self.steps(true, |w, _: Option<&Hearing>| Hearing {
                    stubbornness: w.tape.pick(&[0, STUBBORN_ONE / 2, STUBBORN_ONE, 5_000_001]),
                    sources: (0..w.tape.below(5)).map(|_| (w.actor(), w.tape.below(4))).collect(),
                });
                persuadable.push(Persuadable { actor, hears });
            }
        }
        persuadable
    }

    fn offer(&mut self) -> Offer {
        let (from, until) = self.window();
        let to = self.tape.once_in(2).then(|| self.flags());
        let when = (0..self.tape.below(5).saturating_sub(2)).map(|_| self.quota()).collect();
        Offer { position: self.position(), from, until, to, when }
    }

    fn quota(&mut self) -> Quota {
        let among = self.tape.once_in(2).then(|| self.flags());
        let need = match self.tape.below(3) {
            0 => Need::Count(1 + self.tape.below(3)),
            _ => Need::Share { of: 1 + self.tape.below(2), out_of: 2 + self.tape.below(3) },
        };
        Quota { position: self.position(), among, need }
    }

    fn forum(&mut self) -> Forum {
        let (from, until) = self.window();
        let rule = self.tape.pick(&[ForumRule::Consensus, ForumRule::Majority, ForumRule::Coalition]);
        let position = self.position();
        Forum { from, until, position, rule, members: self.steps(true, |w, _| w.flags()) }
    }
}

/// Weights that hang on everything a hatch is shown, or on positions alone.
#[derive(Debug)]
struct Moody {
    n: u32,
    steady: bool,
    internal: bool,
}

impl Hatch for Moody {
    fn weights(&self, tick: Tick, positions: &[Position], advocacy: &[u32]) -> Weights {
        let mood = if self.steady { 0 } else { tick + advocacy.iter().sum::<u32>() / 512 };
        let weight =
            |from: u32, to: u32| (from * 7 + to * 3 + mood + u32::from(positions[from as usize])) % 5;
        if self.internal {
            return Weights::Internal((0..self.n).map(|i| i64::from(weight(i, i)) - 1).collect());
        }
        let pairs = (0..self.n).flat_map(|from| (0..self.n).map(move |to| (from, to)));
        let ties = pairs.map(|(from, to)| (from, to, i32::try_from(weight(from, to)).unwrap() - 1));
        Weights::from_ties(self.n as usize, ties.collect())
    }
}
