//! Threshold cascades: plans in which pressure only grows, and who has moved stays.
//!
//! Where governments decide at once by a fixed rule, know two positions, cannot go back, and
//! nothing is dated after the first tick, all that counts of an actor is how much pressure it
//! still needs, and all that a tie does is to take its weight off that once, when its sender
//! adopts. [`Cascade::of`] finds out whether a plan is of this kind; [`lanes`] runs small dense
//! ones, [`queue`] all others. Where a new adopter tries its ties by chance instead, [`trials`]
//! throws each tie's coin once.
//!
//! That the result is the same bit for bit follows from the pressures being integers in 53 bits:
//! `P_i1 − P_i0` is exact, and so it exceeds the barrier exactly when it reaches the least integer
//! that does.

mod ahead;
mod lanes;
mod order;
mod queue;
mod reach;
mod trials;

pub(crate) use ahead::begin_to_load;
use lanes::Lanes;
use normwave_memory::long_list;
use normwave_plan::{
    Cause, Draws, Driver, Lead, Move, Plan, Reversal, Rule, Runner, Schedule, Tick, Trajectory,
};
pub(crate) use order::List;
use queue::Queue;
pub(crate) use reach::{Reach, is_exact};
use trials::Trials;

/// A plan of this kind, made ready.
#[derive(Debug)]
pub(crate) struct Cascade<'p> {
    plan: &'p Plan,
    /// P_i1 − P_i0 while nobody has adopted.
    standing: Vec<f64>,
    /// Pressure per unit of need: a power of two.
    unit: f64,
    kernel: Kernel<'p>,
}

#[derive(Debug)]
enum Kernel<'p> {
    Lanes(Box<Lanes>),
    Queue(Queue<'p>),
    Trials(Trials<'p>),
}

impl<'p> Cascade<'p> {
    /// The plan as a cascade, if it is one.
    pub(crate) fn of(plan: &'p Plan) -> Option<Self> {
        Cascade::with_many(plan, queue::MANY)
    }

    // `many` is from how many actors on a queue keeps needs in portions.
    fn with_many(plan: &'p Plan, many: usize) -> Option<Self> {
        if !is_cascade(plan) {
            return None;
        }
        if plan.rule == Rule::Trials {
            let kernel = Kernel::Trials(Trials::of(plan)?);
            return Some(Cascade { plan, standing: Vec::new(), unit: 1.0, kernel });
        }
        let Reach { standing, rows, unit } = Reach::of(plan)?;
        let queue = |rows| Some(Queue::new(plan.n_actors(), rows, many)).filter(Queue::fits);
        let kernel = match Lanes::of(plan.n_actors(), &rows) {
            Some(lanes) => Kernel::Lanes(Box::new(lanes)),
            None => Kernel::Queue(queue(rows)?),
        };
        let mut cascade = Cascade { plan, standing, unit, kernel };
        let same = plan.threshold_draw.is_none() && plan.ensemble.thresholds.is_empty();
        let needs = match &cascade.kernel {
            Kernel::Queue(queue) if same => Some(queue.needs(&cascade, &Draws::new(0, 0))),
            _ => None,
        };
        if let Kernel::Queue(queue) = &mut cascade.kernel {
            queue.needs = needs;
        }
        Some(cascade)
    }

    pub(crate) fn kind(&self) -> crate::Kernel {
        match self.kernel {
            Kernel::Lanes(_) => crate::Kernel::Lanes,
            Kernel::Queue(_) => crate::Kernel::Queue,
            Kernel::Trials(_) => crate::Kernel::Trials,
        }
    }

    /// How much pressure each actor needs before it adopts, in units; at most `most`, which no sum
    /// of pressures reaches.
    #[inline(always)]
    fn needs<N: Need>(&self, draws: &Draws, needs: &mut [N]) {
        let plan = self.plan;
        let thresholds = plan.thresholds.at(0).map_or(&[][..], Vec::as_slice);
        let step = plan.position_thresholds[1];
        let strict = plan.rule == Rule::Strict;
        let per_unit = 1.0 / self.unit;
        let drawn = if plan.threshold_draw.is_some() { plan.drawn_thresholds(draws) } else { Vec::new() };
        let given = plan.ensemble.thresholds_of(draws.replicate(), plan.n_actors());
        let drawn = if drawn.is_empty() { given } else { &drawn };
        let both = self.standing.iter().zip(thresholds);
        // As in `Ballot::barrier`: the order of the sums counts.
        if drawn.is_empty() {
            for (need, (standing, threshold)) in needs.iter_mut().zip(both) {
                *need = reach_of(step + threshold, *standing, per_unit, strict);
            }
        } else {
            for ((need, (standing, threshold)), drawn) in needs.iter_mut().zip(both).zip(drawn) {
                *need = reach_of(step + (threshold + drawn), *standing, per_unit, strict);
            }
        }
    }
}

// The least sum of pressures with which the balance meets the barrier.
#[inline(always)]
fn reach_of<N: Need>(barrier: f64, standing: f64, per_unit: f64, strict: bool) -> N {
    let least = if strict { barrier.floor() + 1.0 } else { barrier.ceil() };
    let need = ((least - standing) * per_unit).ceil();
    // What is not a number is never reached.
    let need = if need < N::MOST { need.max(0.0) } else { N::MOST };
    N::of((need + WHOLE).to_bits())
}

impl Runner for Cascade<'_> {
    fn run(&self, seed: u64, replicate: u64) -> Trajectory {
        let draws = Draws::new(seed, replicate);
        let mut log = Log::new(self.plan, replicate);
        match &self.kernel {
            Kernel::Lanes(lanes) => lanes.run(self, &draws, &mut log),
            Kernel::Queue(queue) => queue.run(self, &draws, &mut log),
            Kernel::Trials(trials) => trials.run(&draws, &mut log),
        }
        log.trajectory
    }
}

/// How much is needed, as a small integer.
trait Need: Copy {
    /// More than is ever needed.
    const MOST: f64;

    /// From a whole number from 0 to `MOST`, in the low bits.
    fn of(bits: u64) -> Self;
}

// Adding it to a whole number below 2⁵² leaves that number in the low bits, which is faster than a
// conversion that minds what does not fit.
const WHOLE: f64 = (1u64 << 52) as f64;

/// What a run has brought so far.
struct Log {
    trajectory: Trajectory,
    n_ticks: Tick,
}

impl Log {
    fn new(plan: &Plan, replicate: u64) -> Self {
        let mut trajectory = Trajectory { moves: long_list(plan.n_actors()), cycle: None };
        plan.begin_tick(0, replicate, &mut vec![0; plan.n_actors()], &mut trajectory);
        Log { trajectory, n_ticks: plan.n_ticks }
    }

    /// Who has adopted so far: at first those on whom the scenario forces it.
    fn adopters(&self) -> impl Iterator<Item = u32> + '_ {
        self.trajectory.moves.iter().map(|step| step.actor)
    }

    // Actors adopt in the order given.
    #[inline(always)]
    fn adopt(&mut self, tick: Tick, actors: &[u32]) {
        let moves = &mut self.trajectory.moves;
        moves.extend(actors.iter().map(|&actor| Move::new(tick, actor, 0, 1, Cause::Decided)));
    }
}

fn is_cascade(plan: &Plan) -> bool {
    let for_good = plan.reversal != Reversal::On && plan.forced.iter().all(|forced| forced.position == 1);
    let by_a_fixed_rule = matches!(plan.rule, Rule::Strict | Rule::AtLeast | Rule::Trials);
    let without_gains = plan.blocks.iter().all(|block| block.gains.is_empty());
    plan.n_positions == 2 && for_good && by_a_fixed_rule && without_gains && is_settled_at_first(plan)
}

/// Whether all that changes after the first tick is who holds what: everybody is there and advocates
/// what it holds, everything is on offer, all decide at once, and nothing is dated later.
pub(crate) fn is_settled_at_first(plan: &Plan) -> bool {
    fn is_constant<T>(steps: &normwave_plan::Steps<T>) -> bool {
        matches!(steps.steps(), [(0, _)])
    }
    let offered = |k: normwave_plan::Position| {
        plan.offers.iter().any(|offer| {
            let always = offer.from == 0 && offer.until >= plan.n_ticks && offer.when.is_empty();
            offer.position == k && always && offer.to.is_none()
        })
    };
    let open = (1u8..).take(plan.n_positions - 1).all(offered)
        && plan.forums.is_empty()
        && plan.acts_from.iter().all(|&tick| tick == 0)
        && plan.in_force.iter().all(Vec::is_empty);
    let stances = &plan.stances;
    let follows_itself = |(actor, steps): (u32, &normwave_plan::Steps<normwave_plan::Follow>)| {
        is_constant(steps) && steps.at(0).is_some_and(|follow| follow.lead == Lead::One(actor))
    };
    let own_voice = stances.scheduled.is_empty()
        && stances.persuadable.is_empty()
        && (0u32..).zip(&stances.follows).all(follows_itself);
    let fixed = plan.blocks.iter().all(|block| block.hatch.is_none() && is_constant(&block.weights))
        && plan.programs.iter().all(|program| match &program.driver {
            Driver::Share { weights } => is_constant(weights),
            Driver::Exposure { ties } => is_constant(ties),
        });
    let everybody = is_constant(&plan.present) && plan.present_at(0).iter().all(|&here| here);
    let at_first = plan.heirs.is_empty()
        && plan.forced.iter().all(|forced| forced.tick == 0)
        && is_constant(&plan.thresholds);
    plan.schedule == Schedule::Synchronous && open && own_voice && fixed && everybody && at_first
}

#[cfg(test)]
mod tests {
    use super::*;
    use normwave_plan::{Block, Engine, Forced, SIGNAL_ONE, Signal, Source, Steps, Weights};
    use pulp::Arch;

    impl Cascade<'_> {
        fn on(mut self, processor: Arch) -> Self {
            match &mut self.kernel {
                Kernel::Lanes(lanes) => lanes.arch = processor,
                Kernel::Queue(queue) => queue.arch = processor,
                Kernel::Trials(trials) => trials.arch = processor,
            }
            self
        }
    }

    // A ring in which each actor reaches the next ones and needs two of those before it.
    fn ring(n: u32, reaches: u32, weight: impl Fn(u32) -> i32) -> Plan {
        let mut plan = Plan::bare((0..u64::from(n)).collect(), 2, 1000);
        let ties = (0..n).flat_map(|i| (1..=reaches).map(move |step| (i, (i + step * step) % n)));
        let ties = ties.map(|(from, to)| (from, to, weight(from + to))).collect();
        plan.blocks.push(Block {
            source: Source::Ties(Signal::Adoption),
            toward: vec![false, true],
            gains: Vec::new(),
            weights: Steps::constant(Weights::from_ties(n as usize, ties)),
            hatch: None,
        });
        plan.rule = Rule::AtLeast;
        plan.thresholds = Steps::constant(vec![2.0 * f64::from(SIGNAL_ONE); n as usize]);
        plan.forced = (0..5).map(|actor| Forced { tick: 0, actor, position: 1 }).collect();
        plan
    }

    #[test]
    fn needs_in_portions_are_met_when_others_are() {
        // Those who adopt hear so many that they use up their byte again and again.
        let n = 2100;
        let mut plan = ring(n, 1, |_| 1);
        let ties = (0..n).flat_map(|i| (1..=400).map(move |step| (i, (i + step) % n, 1)));
        plan.blocks[0].weights = Steps::constant(Weights::from_ties(n as usize, ties.collect()));
        let need = |actor: u32| match actor % 7 {
            0 => actor % 500,
            1 => 1 + 128 * (actor % 3),
            2 => 128 * (actor % 4),
            3 => 257,
            4 => 7,
            _ => actor % 200,
        };
        plan.thresholds = Steps::constant((0..n).map(|actor| f64::from(need(actor) * SIGNAL_ONE)).collect());
        let reference = crate::Reference.prepare(&plan).run(1, 0);
        assert!((1500..2100).contains(&reference.moves.len()), "{} moved", reference.moves.len());
        for (many, portions) in [(2100, true), (2101, false)] {
            let cascade = Cascade::with_many(&plan, many).unwrap();
            let Kernel::Queue(Queue { needs: Some(needs), .. }) = &cascade.kernel else { panic!("a queue") };
            assert_eq!(matches!(needs, queue::Needs::Portions(..)), portions);
            assert_eq!(cascade.run(1, 0), reference, "portions: {portions}");
        }
    }

    #[test]
    fn needs_that_no_byte_and_its_portions_hold_have_counters_of_their_own() {
        let mut plan = ring(2100, 2, |_| 1);
        for (need, portions) in [(32_768.0, true), (32_769.0, false), (f64::INFINITY, false)] {
            plan.thresholds = Steps::constant(
                (0..2100).map(|i| if i == 9 { need } else { 1.0 } * f64::from(SIGNAL_ONE)).collect(),
            );
            let cascade = Cascade::with_many(&plan, 0).unwrap();
            let Kernel::Queue(Queue { needs: Some(needs), .. }) = &cascade.kernel else { panic!("a queue") };
            assert_eq!(matches!(needs, queue::Needs::Portions(..)), portions, "{need}");
            let run = cascade.run(1, 0);
            assert_eq!(run.moves.len(), 2099, "{need}");
            assert_eq!(run, crate::Reference.prepare(&plan).run(1, 0), "{need}");
        }
    }

    #[test]
    fn ties_stronger_than_any_counter_of_two_bytes_press_as_they_should() {
        // Who adopts by a tie of 65,537 is taken off 1 in 16 bits, again and again.
        let mut plan = ring(2100, 20, |sum| if sum % 2 == 0 { 65_537 } else { 1 });
        let need = |i: u32| f64::from(1 + i % 7) * f64::from(SIGNAL_ONE);
        plan.thresholds = Steps::constant((0..2100).map(need).collect());
        let cascade = Cascade::of(&plan).unwrap();
        let Kernel::Queue(Queue { needs: Some(needs), .. }) = &cascade.kernel else { panic!("a queue") };
        assert!(matches!(needs, queue::Needs::Short(_)));
        let run = cascade.run(1, 0);
        assert!(run.moves.len() > 2000, "{} moved", run.moves.len());
        assert_eq!(run, crate::Reference.prepare(&plan).run(1, 0));
    }

    #[test]
    fn nobody_and_no_ticks_are_no_exception() {
        let mut small: Vec<Plan> = [0, 1].map(|n| ring(n, 0, |_| 1)).into();
        small.iter_mut().for_each(|plan| plan.forced.truncate(plan.n_actors()));
        let mut never = [ring(70, 6, |_| 1), ring(2000, 20, |_| 1), ring(40, 6, |_| 1)];
        never.iter_mut().for_each(|plan| plan.n_ticks = 0);
        for plan in small.into_iter().chain(never) {
            assert_eq!(plan.check(), Ok(()));
            let expected = crate::Reference.prepare(&plan).run(1, 0);
            assert_eq!(crate::Sparse.prepare(&plan).run(1, 0), expected, "{} actors", plan.n_actors());
            assert_eq!(expected.moves.len(), if plan.n_ticks == 0 { 0 } else { plan.n_actors() });
        }
    }

    #[test]
    fn one_that_hears_all_at_once_adopts_when_it_has_heard_enough() {
        let n = 2100;
        let mut plan = ring(n, 1, |_| 1);
        let ties = (3..n).flat_map(|i| (0..3).map(move |hub| (i, hub, 1)));
        plan.blocks[0].weights = Steps::constant(Weights::from_ties(n as usize, ties.collect()));
        plan.forced = (3..2003).map(|actor| Forced { tick: 0, actor, position: 1 }).collect();
        for need in [1, 127, 128, 129, 257, 1500, 1999, 2000, 2001] {
            let mut needs = vec![f64::from(5000 * SIGNAL_ONE); n as usize];
            needs[..3].copy_from_slice(&[0, need, 2001 - need].map(|need| f64::from(need * SIGNAL_ONE)));
            plan.thresholds = Steps::constant(needs);
            let run = Cascade::with_many(&plan, 0).unwrap().run(1, 0);
            let adopts = |hub: u32| run.moves.iter().any(|step| step.actor == hub);
            assert_eq!([0, 1, 2].map(adopts), [true, need <= 2000, need >= 1], "{need}");
            assert_eq!(run, crate::Reference.prepare(&plan).run(1, 0), "{need}");
        }
    }

    #[test]
    fn every_kind_of_processor_runs_every_kernel_alike() {
        let mut trials = ring(300, 20, |_| 1);
        (trials.rule, trials.quantum) = (Rule::Trials, 0.1);
        let plans = [
            (ring(70, 6, |_| 1), crate::Kernel::Queue),
            (ring(2000, 20, |_| 1), crate::Kernel::Queue),
            (ring(2000, 20, |sum| 1 + i32::from(sum % 3 == 0)), crate::Kernel::Queue),
            (ring(40, 6, |_| 1), crate::Kernel::Lanes),
            (ring(150, 30, |sum| 1 + i32::from(sum % 3 == 0)), crate::Kernel::Lanes),
            (trials, crate::Kernel::Trials),
        ];
        for (plan, kernel) in plans {
            let cascade = |processor| Cascade::of(&plan).map(|cascade| cascade.on(processor));
            let best = cascade(Arch::new()).unwrap();
            assert_eq!(best.kind(), kernel);
            let found = best.run(3, 0);
            assert!(found.moves.len() > plan.n_actors() / 2, "{kernel:?}: {} moved", found.moves.len());
            assert_eq!(found, crate::Reference.prepare(&plan).run(3, 0), "{kernel:?}");
            let mut others = vec![Arch::Scalar];
            #[cfg(target_arch = "x86_64")]
            others.extend(pulp::x86::V3::try_new().map(Arch::V3));
            for other in others {
                assert_eq!(cascade(other).unwrap().run(3, 0), found, "{kernel:?} on {other:?}");
            }
        }
    }
}
