//! Plans of any size.

use normwave_gain_shape::Shape;
use normwave_plan::{
    Block, Draws, Driver, Forced, Noise, Plan, Program, Reversal, Rule, SIGNAL_ONE, Scheduled, Signal,
    Source, Steps, Stream, Support, Tick, Weights, key_of,
};

/// One tie: sender, target, weight.
type Tie = (u32, u32, i32);

fn bare(n_actors: u32, n_positions: usize, n_ticks: Tick) -> Plan {
    Plan::bare((0..n_actors).map(|i| key_of(&format!("actor {i}"))).collect(), n_positions, n_ticks)
}

fn adoption(weights: Steps<Weights>, toward: Vec<bool>) -> Block {
    Block { source: Source::Ties(Signal::Adoption), toward, gains: Vec::new(), weights, hatch: None }
}

fn in_units(n_actors: u32, threshold: f64) -> Steps<Vec<f64>> {
    Steps::constant(vec![threshold * f64::from(SIGNAL_ONE); n_actors as usize])
}

fn first_adopters(actors: impl Iterator<Item = u32>) -> Vec<Forced> {
    actors.map(|actor| Forced { tick: 0, actor, position: 1 }).collect()
}

/// A hub (actor 0) and its leaves, tied both ways; the hub adopts and every leaf follows.
#[must_use]
pub fn star(n_leaves: u32) -> Plan {
    let n = n_leaves + 1;
    let mut plan = bare(n, 2, 10);
    let ties: Vec<Tie> = (1..n).flat_map(|leaf| [(0, leaf, 1), (leaf, 0, 1)]).collect();
    plan.blocks = vec![adoption(Steps::constant(Weights::from_ties(n as usize, ties)), vec![true, true])];
    plan.forced = first_adopters(0..1);
    plan
}

/// Islands of `size` actors who all know each other, each tied to the next by all ties between two
/// and two; actors need two adopters, and the first island has adopted.
#[must_use]
pub fn island_chain(n_islands: u32, size: u32) -> Plan {
    assert!(size >= 4, "an island has two bridges of two actors each");
    let n = n_islands * size;
    let mut plan = bare(n, 2, 3 * n_islands + 10);
    let mut ties: Vec<Tie> = Vec::new();
    for island in 0..n_islands {
        let first = island * size;
        for i in first..first + size {
            ties.extend((first..first + size).filter(|&j| j != i).map(|j| (i, j, 1)));
        }
        if island + 1 < n_islands {
            let next = first + size;
            for (i, j) in [(next - 1, next), (next - 1, next + 1), (next - 2, next), (next - 2, next + 1)] {
                ties.extend([(i, j, 1), (j, i, 1)]);
            }
        }
    }
    plan.blocks = vec![adoption(Steps::constant(Weights::from_ties(n as usize, ties)), vec![false, true])];
    plan.rule = Rule::AtLeast;
    plan.thresholds = in_units(n, 2.0);
    plan.forced = first_adopters(0..size);
    plan
}

/// Random ties: each pair with probability `density`, weights 1 to `most`.
#[must_use]
pub fn random_ties(n_actors: u32, density: f64, most: u32, seed: u64) -> Vec<Tie> {
    let draws = Draws::new(seed, 0);
    let mut ties = Vec::new();
    for (from, to) in (0..n_actors).flat_map(|from| (0..n_actors).map(move |to| (from, to))) {
        let uniform = |counter| draws.uniform(to, from.into(), Stream::Order, counter);
        if from != to && uniform(0) < density {
            #[expect(clippy::cast_possible_truncation, reason = "below `most`")]
            ties.push((from, to, 1 + (uniform(1) * f64::from(most)) as i32));
        }
    }
    ties
}

/// A dense system of 193 actors like workload W1: half of all pairs tied, thresholds about 22 % of
/// the in-strength, five first adopters, and taste that differs between replicates.
#[must_use]
pub fn dense_ensemble() -> Plan {
    let n = 193;
    let mut plan = bare(n, 2, 100);
    let layers = (0..4).flat_map(|layer| random_ties(n, 0.16, 255, layer));
    let weights = Weights::from_ties(n as usize, layers.collect());
    let mut strength = vec![0.0; n as usize];
    for sender in 0..n {
        weights.row(sender).for_each(|(target, weight)| strength[target as usize] += f64::from(weight));
    }
    let draws = Draws::new(5, 0);
    let share = |i: u32| {
        let uniform = |counter| draws.uniform(0, i.into(), Stream::Order, counter);
        0.22 + 0.2 * (uniform(0) + uniform(1) + uniform(2) - 1.5)
    };
    let unit = f64::from(SIGNAL_ONE);
    let thresholds = (0..n).map(|i| (share(i) * strength[i as usize]).ceil().max(1.0) * unit);
    plan.thresholds = Steps::constant(thresholds.collect());
    plan.blocks = vec![adoption(Steps::constant(weights), vec![false, true])];
    plan.rule = Rule::Noisy { rate: 1e9, temperature: 600.0 * unit, noise: Noise::Persistent };
    plan.forced = first_adopters((0..5).map(|i| 31 * i));
    plan
}

/// Like the case of the landmine ban: 190 governments and two campaigns, 132 months, three graded
/// positions, six blocks of which three are dense and change every year for four years,
/// legitimacy that grows with adoption, taste that lasts, twelve reviews a year.
#[must_use]
pub fn landmine_like() -> Plan {
    let n: u32 = 192;
    let mut plan = bare(n, 3, 132);
    plan.years_per_tick = 1.0 / 12.0;
    plan.graded = true;
    plan.support = Support::new(3, &[1.0, 0.5, 0.0, 0.5, 1.0, 0.5, 0.0, 0.5, 1.0]);
    plan.reversal = Reversal::OffGraded;
    let unit = f64::from(SIGNAL_ONE);
    plan.rule = Rule::Noisy { rate: 12.0, temperature: 1500.0 * unit, noise: Noise::Persistent };
    let adopters = Driver::Share { weights: Steps::constant(vec![1; n as usize]) };
    plan.programs = vec![
        Program {
            driver: adopters.clone(),
            toward_status_quo: Shape::NEUTRAL,
            toward_new: Shape::Linear { at_zero: 0.5, slope: 1.5 },
        },
        Program {
            driver: adopters,
            toward_status_quo: Shape::Linear { at_zero: 1.2, slope: -0.6 },
            toward_new: Shape::NEUTRAL,
        },
    ];
    let epochs = |seed: u64, density: f64, most: u32| {
        let mut steps = Steps::default();
        for (year, tick) in (0..4).zip([0, 36, 60, 84]) {
            let ties = random_ties(n, density, most, seed + year);
            steps.push(tick, Weights::from_ties(n as usize, ties));
        }
        steps
    };
    let sparse = Steps::constant(Weights::from_ties(n as usize, random_ties(n, 0.03, 200, 90)));
    let mut campaign: Vec<Tie> = (0..n - 2).map(|i| (n - 2, i, 16_000)).collect();
    campaign.extend((0..n - 2).map(|i| (n - 1, i, 12_000)));
    let campaign = Steps::constant(Weights::from_ties(n as usize, campaign));
    let draws = Draws::new(3, 0);
    #[expect(clippy::cast_possible_truncation, reason = "small")]
    let cost = |i: u32| 2000 + (draws.uniform(0, i.into(), Stream::Order, 0) * 14_000.0) as i64;
    let cost = Steps::constant(Weights::Internal((0..n).map(cost).collect()));
    let all = vec![true; 3];
    let block = |source, toward, gains, weights| Block { source, toward, gains, weights, hatch: None };
    plan.blocks = vec![
        block(Source::Ties(Signal::Adoption), all.clone(), vec![0, 1], epochs(10, 0.9, 60)),
        block(Source::Ties(Signal::Adoption), all.clone(), vec![1], epochs(20, 0.6, 40)),
        block(Source::Ties(Signal::Advocacy), all.clone(), vec![0], epochs(30, 0.7, 40)),
        block(Source::Ties(Signal::Adoption), all.clone(), Vec::new(), sparse),
        block(Source::Ties(Signal::Advocacy), all, vec![0], campaign),
        block(Source::Internal, vec![true, false, false], vec![1], cost),
    ];
    for (actor, from) in [(n - 2, 24), (n - 1, 48)] {
        let stance = |position, from, until, level| Scheduled { from, until, actor, position, level };
        let none = stance(0, 0, Tick::MAX, 0);
        plan.stances.scheduled.extend([none, stance(2, from, Tick::MAX, SIGNAL_ONE)]);
        plan.stances.scheduled.extend([stance(1, from, Tick::MAX, SIGNAL_ONE / 2)]);
    }
    plan.forced = first_adopters([5, 17].into_iter());
    let mut governments = vec![true; n as usize];
    governments[n as usize - 2..].fill(false);
    plan.present = Steps::constant(governments);
    plan
}
