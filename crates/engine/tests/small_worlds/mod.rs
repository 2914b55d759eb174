//! Small worlds, and what many runs of them come to.

#![allow(dead_code, reason = "each test file uses its own part")]

use normwave_plan::{
    Block, Engine, Forced, Plan, Position, Rule, SIGNAL_ONE, Schedule, Signal, Source, Steps, Trajectory,
    Weights, key_of,
};

macro_rules! on_every_engine {
    ($name:ident, |$engine:ident| $body:block) => {
        #[test]
        fn $name() {
            for engine in normwave_engine::engines() {
                let $engine: &dyn normwave_plan::Engine = &*engine;
                $body
            }
        }
    };
}
pub(crate) use on_every_engine;

pub(crate) type Tie = (u32, u32, i32);

pub(crate) fn bare(n_actors: u32) -> Plan {
    let mut plan = Plan::bare((0..n_actors).map(|i| key_of(&i.to_string())).collect(), 2, 10);
    plan.rule = Rule::AtLeast;
    plan
}

// In continuous time; a pressure of 1 moves `rate` times a year.
pub(crate) fn by_hazard(n_actors: u32, rate: f64, n_ticks: u32) -> Plan {
    let mut plan = bare(n_actors);
    plan.n_ticks = n_ticks;
    plan.schedule = Schedule::Continuous;
    plan.rule = Rule::Hazard { rate: rate / f64::from(SIGNAL_ONE) };
    plan
}

pub(crate) fn block(source: Source, toward: [bool; 2], weights: Weights) -> Block {
    let weights = Steps::constant(weights);
    Block { source, toward: toward.to_vec(), gains: Vec::new(), weights, hatch: None }
}

// Adopters push with the ties' weights, toward what `toward` says.
pub(crate) fn hear(plan: &mut Plan, ties: &[Tie], toward: [bool; 2]) {
    let weights = Weights::from_ties(plan.n_actors(), ties.to_vec());
    plan.blocks.push(block(Source::Ties(Signal::Adoption), toward, weights));
}

// Adopters push with `plus` times the tie's weight, the others with `minus` times.
pub(crate) fn push(plan: &mut Plan, ties: &[Tie], plus: i32, minus: i32) {
    let times = |by: i32| ties.iter().map(|&(j, i, weight)| (j, i, by * weight)).collect::<Vec<_>>();
    hear(plan, &times(plus), [false, true]);
    hear(plan, &times(minus), [true, false]);
}

// Everybody presses itself toward a position.
pub(crate) fn press(plan: &mut Plan, toward: [bool; 2], weight: i64) {
    let weights = Weights::Internal(vec![weight; plan.n_actors()]);
    plan.blocks.push(block(Source::Internal, toward, weights));
}

pub(crate) fn adopt_at_first(plan: &mut Plan, actors: impl IntoIterator<Item = u32>) {
    plan.forced.extend(actors.into_iter().map(|actor| Forced { tick: 0, actor, position: 1 }));
}

pub(crate) fn both_ways(pairs: impl IntoIterator<Item = (u32, u32)>) -> Vec<Tie> {
    pairs.into_iter().flat_map(|(a, b)| [(a, b, 1), (b, a, 1)]).collect()
}

// Actor 0 is the hub.
pub(crate) fn star(n_leaves: u32) -> Vec<Tie> {
    both_ways((1..=n_leaves).map(|leaf| (0, leaf)))
}

pub(crate) fn path(n_actors: u32) -> Vec<Tie> {
    both_ways((1..n_actors).map(|i| (i - 1, i)))
}

pub(crate) fn complete(n_actors: u32) -> Vec<Tie> {
    both_ways((0..n_actors).flat_map(|i| (0..i).map(move |j| (j, i))))
}

pub(crate) fn final_positions(engine: &dyn Engine, plan: &Plan) -> Vec<Position> {
    plan.check().unwrap();
    engine.prepare(plan).run(1, 0).positions_before(plan.n_actors(), plan.n_ticks, 0)
}

pub(crate) fn n_adopters(engine: &dyn Engine, plan: &Plan) -> usize {
    final_positions(engine, plan).iter().filter(|&&held| held > 0).count()
}

// How many hold position 1 or more after a number of ticks.
pub(crate) fn adopters_after(plan: &Plan, run: &Trajectory, ticks: u32) -> f64 {
    let positions = run.positions_before(plan.n_actors(), ticks, 0);
    f64::from(u32::try_from(positions.iter().filter(|&&held| held > 0).count()).unwrap())
}

// When the last move was made, in ticks.
pub(crate) fn time_of_last_move(run: &Trajectory) -> f64 {
    let last = run.moves.last().unwrap();
    f64::from(last.tick) + f64::from(last.offset) / 2f64.powi(32)
}

// What `value` makes of many runs. The reference engine gets a tenth of them.
pub(crate) fn sample(
    engine: &dyn Engine,
    plan: &Plan,
    n: u64,
    value: impl Fn(&Trajectory) -> f64,
) -> Vec<f64> {
    plan.check().unwrap();
    let n = if cfg!(feature = "statistics") { 20 * n } else { n };
    let n = if engine.name() == "reference" { n / 10 } else { n };
    let runner = engine.prepare(plan);
    (0..n).map(|replicate| value(&runner.run(11, replicate))).collect()
}

// Within four standard errors.
#[track_caller]
pub(crate) fn assert_mean(sample: &[f64], expected: f64) {
    let n = f64::from(u32::try_from(sample.len()).unwrap());
    let mean = sample.iter().sum::<f64>() / n;
    let variance = sample.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let error = (variance / n).sqrt();
    assert!((mean - expected).abs() <= 4.0 * error + 1e-12, "{mean} ± {error}, not {expected}");
}

// The share of runs of which something holds, within four standard errors of what it should be.
#[track_caller]
pub(crate) fn assert_share(sample: &[f64], holds: impl Fn(f64) -> bool, expected: f64) {
    let n = f64::from(u32::try_from(sample.len()).unwrap());
    let found = f64::from(u32::try_from(sample.iter().filter(|&&x| holds(x)).count()).unwrap()) / n;
    let error = (expected * (1.0 - expected) / n).sqrt();
    assert!((found - expected).abs() <= 4.0 * error, "{found} ± {error}, not {expected}");
}
