//! Many runs of a small dense system of states.

use super::stream::Stream;
use super::{Known, Workload, adoption, hold_at_first, units};
use normwave_gain_shape::Shape;
use normwave_plan::{
    Block, Driver, Noise, Plan, Program, Reversal, Rule, Source, Steps, Support, Tick, Weights,
};

const SEED: u64 = 101;
const N: u32 = 193;
const RUNS: u64 = 10_000;
const TICKS: Tick = 100;

/// The pressure of ties from anybody on anybody, at `target * N + sender`.
struct System {
    pressures: Vec<i32>,
}

impl System {
    /// Four layers; in each, a tie in every sixth place or so, with a strength of 1 to 255.
    fn new() -> Self {
        let n = u64::from(N);
        let layers = [0, 1, 2, 3].map(|layer| (Stream::new(SEED, 10 + layer), Stream::new(SEED, 20 + layer)));
        let pressure = |place: u64| {
            let strength = |(tied, strength): (Stream, Stream)| {
                if tied.share(place) < 0.16 { strength.below(place, 255).cast_signed() + 1 } else { 0 }
            };
            let own = place / n == place % n;
            if own { 0 } else { layers.into_iter().map(strength).sum() }
        };
        System { pressures: (0..n * n).map(pressure).collect() }
    }

    fn ties(&self) -> Weights {
        let cells = (0..N).flat_map(|target| (0..N).map(move |sender| (sender, target)));
        let ties = cells.zip(&self.pressures).map(|((sender, target), &pressure)| (sender, target, pressure));
        Weights::from_ties(N as usize, ties.filter(|tie| tie.2 != 0).collect())
    }

    /// The pressure on each state if all others adopt.
    fn strengths(&self) -> Vec<f64> {
        let rows = self.pressures.chunks_exact(N as usize);
        rows.map(|row| f64::from(row.iter().sum::<i32>())).collect()
    }

    /// The pressure that each state needs in each run: a share of the most that it can feel, drawn
    /// around 22 %, rounded up.
    fn needs(&self) -> impl Iterator<Item = f64> {
        let streams = [30, 31, 32].map(|number| Stream::new(SEED, number));
        let strengths = self.strengths();
        (0..RUNS * u64::from(N)).map(move |place| {
            let mean = streams.iter().map(|stream| stream.share(place)).sum::<f64>() / 3.0;
            let share = 0.22 + 0.10 * (mean - 0.5) / (1.0 / 6.0);
            #[expect(clippy::cast_possible_truncation, reason = "below N")]
            let state = (place % u64::from(N)) as usize;
            (share * strengths[state]).ceil().max(1.0)
        })
    }
}

fn first_adopters(n_of: impl Fn(u64) -> usize) -> Vec<Vec<u32>> {
    let order = Stream::new(SEED, 40);
    (0..RUNS).map(|run| order.draw(run * u64::from(N), N, n_of(run))).collect()
}

// The plan of W1, from which the others depart.
fn five_adopters() -> (System, Plan) {
    let system = System::new();
    let mut plan = adoption(N, TICKS, system.ties(), vec![0.0; N as usize]);
    plan.ensemble.thresholds = system.needs().map(units).collect();
    plan.ensemble.adopters = first_adopters(|_| 5);
    (system, plan)
}

fn workload(name: &'static str, plan: Plan) -> Workload {
    Workload { name, plan, n_runs: RUNS, known: Known::default() }
}

pub(super) fn w1() -> Workload {
    let known = Known {
        adopters: Some(1_648_772),
        id_check: Some(926_739),
        most_rounds: Some(18),
        ..Known::default()
    };
    Workload { known, ..workload("W1", five_adopters().1) }
}

/// States have interests of their own against the norm, from a twentieth to nearly all of what the
/// others can press, and go back at a cost. Four to six in ten have adopted at first.
pub(super) fn reversal() -> Workload {
    let (system, mut plan) = five_adopters();
    let [own, surplus, size] = [50, 51, 52].map(|number| Stream::new(SEED, number));
    let strengths = system.strengths();
    let places = 0..RUNS * u64::from(N);
    let surplus = places.zip(strengths.iter().cycle()).map(|(place, strength)| {
        let share = 0.015 * surplus.share(place);
        units((share * strength).ceil().max(1.0))
    });
    plan.ensemble.thresholds = surplus.collect();
    plan.ensemble.adopters = first_adopters(|run| 77 + size.below(run, 39) as usize);
    let own = (0..).zip(&strengths).map(|(state, strength)| {
        #[expect(clippy::cast_possible_truncation, reason = "a pressure, far below 2⁵³")]
        let interest = ((0.05 + 0.9 * own.share(state)) * strength).ceil() as i64;
        interest
    });
    let weights = Steps::constant(Weights::Internal(own.collect()));
    let source = Source::Internal;
    plan.blocks.push(Block { source, toward: vec![true, false], gains: Vec::new(), weights, hatch: None });
    plan.exits = Steps::constant(strengths.iter().map(|strength| units((0.01 * strength).ceil())).collect());
    plan.reversal = Reversal::On;
    workload("reversal", plan)
}

/// Legitimacy: the pressure to adopt has half its weight while nobody has adopted and twice its
/// weight when all have.
///
/// The gain is (64 + adopters) / 128, so that pressures lie on a grid of 1/128; thresholds lie half
/// a step below, where no rounding reaches them.
pub(super) fn moving_gain() -> Workload {
    let (_, mut plan) = five_adopters();
    let adopters = Driver::Share { weights: Steps::constant(vec![1; N as usize]) };
    let toward_new = Shape::Linear { at_zero: 0.5, slope: f64::from(N) / 128.0 };
    plan.programs = vec![Program { driver: adopters, toward_status_quo: Shape::NEUTRAL, toward_new }];
    plan.blocks[0].gains = vec![0];
    plan.ensemble.thresholds.iter_mut().for_each(|threshold| *threshold -= units(1.0 / 256.0));
    workload("moving-gain", plan)
}

/// A weak and a strong version, each half a step toward the other. Five states hold the strong one,
/// the same in every run; five others the weak one.
pub(super) fn graded() -> Workload {
    let (_, from) = five_adopters();
    let mut plan = Plan::bare(from.keys, 3, TICKS);
    plan.rule = from.rule;
    plan.thresholds = from.thresholds;
    plan.ensemble = from.ensemble;
    plan.graded = true;
    plan.support = Support::new(3, &[1.0, 0.0, 0.0, 0.0, 1.0, 0.5, 0.0, 0.5, 1.0]);
    plan.reversal = Reversal::OffGraded;
    plan.blocks = from.blocks;
    plan.blocks[0].toward = vec![false, true, true];
    plan.forced = hold_at_first(2, [20, 60, 100, 140, 180]);
    workload("graded", plan)
}

/// Ten years of months; states review their position once a month on average, and fresh noise weighs
/// as much as three strong ties. They need a tenth of all pressure more than in W1, so that most
/// cascades take years to begin.
pub(super) fn noisy() -> Workload {
    let (system, mut plan) = five_adopters();
    plan.n_ticks = 120;
    plan.years_per_tick = 1.0 / 12.0;
    plan.rule = Rule::Noisy { rate: 12.0, temperature: units(400.0), noise: Noise::Fresh };
    let more = system.strengths().into_iter().map(|strength| units((0.1 * strength).ceil()));
    plan.thresholds = Steps::constant(more.collect());
    workload("noisy", plan)
}
