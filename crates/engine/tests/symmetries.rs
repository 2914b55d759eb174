//! What must not matter: the numbering of actors, and the unit of pressure.

mod random_plan;

use normwave_engine::engines;
use normwave_plan::{
    Driver, Engine, Lead, Plan, Position, Rule, Steps, ThresholdDraw, TieWeights, Trajectory, Weights,
};
use proptest::prelude::*;
use random_plan::{Size, plan_on, tapes};

const SMALL: Size = Size { actors: 1..=12, ticks: 1..=20 };

// A random plan without hatches, whose weights may hang on the numbering and have no unit.
fn tame(tape: Vec<u32>) -> Plan {
    let mut plan = plan_on(tape, &SMALL);
    plan.blocks.iter_mut().for_each(|block| block.hatch = None);
    plan
}

fn map<T, U>(steps: &Steps<T>, change: impl Fn(&T) -> U) -> Steps<U> {
    let mut mapped = Steps::default();
    steps.steps().iter().for_each(|(tick, value)| mapped.push(*tick, change(value)));
    mapped
}

// The plan with actor i called to[i].
fn renamed(plan: &Plan, to: &[u32]) -> Plan {
    fn moved<T: Clone>(values: &[T], to: &[u32]) -> Vec<T> {
        let mut out = values.to_vec();
        to.iter().zip(values).for_each(|(&to, value)| out[to as usize] = value.clone());
        out
    }
    let name = |actor: u32| to[actor as usize];
    let weights = |weights: &Weights| match weights {
        Weights::Internal(own) => Weights::Internal(moved(own, to)),
        Weights::Ties { .. } => {
            let senders = 0..u32::try_from(to.len()).unwrap();
            let ties =
                senders.flat_map(|j| weights.row(j).map(move |(i, weight)| (name(j), name(i), weight)));
            Weights::from_ties(to.len(), ties.collect())
        }
    };
    let mut new = plan.clone();
    new.keys = moved(&plan.keys, to);
    new.blocks.iter_mut().for_each(|block| block.weights = map(&block.weights, weights));
    for program in &mut new.programs {
        match &mut program.driver {
            Driver::Share { weights } => *weights = map(weights, |values| moved(values, to)),
            Driver::Exposure { ties } => *ties = map(ties, weights),
        }
    }
    new.present = map(&plan.present, |flags| moved(flags, to));
    new.thresholds = map(&plan.thresholds, |values| moved(values, to));
    new.exits = map(&plan.exits, |values| moved(values, to));
    let follows = moved(&plan.stances.follows, to);
    let lead = |lead: &Lead| match lead {
        Lead::Nobody => Lead::Nobody,
        Lead::One(leader) => Lead::One(name(*leader)),
        Lead::Many(leaders) => Lead::Many(leaders.iter().map(|&leader| name(leader)).collect()),
    };
    let follow = |follow: &normwave_plan::Follow| normwave_plan::Follow {
        lead: lead(&follow.lead),
        vigour: follow.vigour.clone(),
    };
    new.stances.follows = follows.iter().map(|steps| map(steps, follow)).collect();
    new.stances.scheduled.iter_mut().for_each(|stance| stance.actor = name(stance.actor));
    for one in &mut new.stances.persuadable {
        one.actor = name(one.actor);
        one.hears = map(&one.hears, |hearing| normwave_plan::Hearing {
            sources: hearing.sources.iter().map(|&(from, strength)| (name(from), strength)).collect(),
            ..hearing.clone()
        });
    }
    new.stances.persuadable.sort_by_key(|one| one.actor);
    new.heirs.iter_mut().for_each(|heir| (heir.actor, heir.of) = (name(heir.actor), name(heir.of)));
    new.forced.iter_mut().for_each(|forced| forced.actor = name(forced.actor));
    new.ensemble.thresholds =
        plan.ensemble.thresholds.chunks_exact(to.len()).flat_map(|row| moved(row, to)).collect();
    new.ensemble.adopters.iter_mut().flatten().for_each(|actor| *actor = name(*actor));
    new.offers.iter_mut().flat_map(|offer| &mut offer.to).for_each(|flags| *flags = moved(flags, to));
    let quotas = new.offers.iter_mut().flat_map(|offer| &mut offer.when);
    quotas.flat_map(|quota| &mut quota.among).for_each(|flags| *flags = moved(flags, to));
    for forum in &mut new.forums {
        forum.members = map(&forum.members, |flags| moved(flags, to));
    }
    new
}

// Everybody's position after each tick.
fn history(plan: &Plan, trajectory: &Trajectory) -> Vec<Vec<Position>> {
    (1..=plan.n_ticks).map(|tick| trajectory.positions_before(plan.n_actors(), tick, 0)).collect()
}

fn run(engine: &dyn Engine, plan: &Plan) -> Trajectory {
    engine.prepare(plan).run(3, 0)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    // Noise and order go by key, so that this holds for every rule and schedule, but for trials, whose
    // coins go by the number of a sender's tie.
    #[test]
    fn renaming_actors_renames_the_result(tape in tapes(), shuffle in any::<u64>()) {
        let plan = tame(tape);
        prop_assume!(plan.rule != Rule::Trials);
        let mut to: Vec<u32> = (0..u32::try_from(plan.n_actors()).unwrap()).collect();
        to.sort_by_key(|&actor| u64::from(actor + 1).wrapping_mul(shuffle | 1));
        let new = renamed(&plan, &to);
        for engine in engines() {
            let (before, after) = (run(&*engine, &plan), run(&*engine, &new));
            prop_assert_eq!(before.cycle, after.cycle);
            for (before, after) in history(&plan, &before).iter().zip(history(&new, &after)) {
                let expected: Vec<Position> = to.iter().map(|&to| after[to as usize]).collect();
                prop_assert_eq!(before, &expected);
            }
        }
    }

    #[test]
    fn doubling_weights_thresholds_exits_and_temperature_changes_nothing(tape in tapes()) {
        let plan = tame(tape);
        let mut doubled = plan.clone();
        let twice = |weights: &Weights| match weights.clone() {
            Weights::Internal(own) => Weights::Internal(own.iter().map(|own| 2 * own).collect()),
            Weights::Ties { starts, targets, weights } => {
                let weights = weights.to_vec(targets.len()).iter().map(|weight| 2 * weight).collect();
                Weights::Ties { starts, targets, weights: TieWeights::new(weights) }
            }
        };
        doubled.blocks.iter_mut().for_each(|block| block.weights = map(&block.weights, twice));
        let double = |values: &Vec<f64>| values.iter().map(|value| 2.0 * value).collect();
        doubled.thresholds = map(&plan.thresholds, double);
        doubled.exits = map(&plan.exits, double);
        doubled.position_thresholds.iter_mut().for_each(|threshold| *threshold *= 2.0);
        doubled.ensemble.thresholds.iter_mut().for_each(|threshold| *threshold *= 2.0);
        match &mut doubled.threshold_draw {
            None => {}
            Some(ThresholdDraw::Uniform { low, high }) => (*low, *high) = (2.0 * *low, 2.0 * *high),
            Some(ThresholdDraw::Normal { mean, sd }) => (*mean, *sd) = (2.0 * *mean, 2.0 * *sd),
        }
        match &mut doubled.rule {
            Rule::Noisy { temperature, .. } => *temperature *= 2.0,
            Rule::Hazard { rate } => *rate /= 2.0,
            Rule::Strict | Rule::AtLeast | Rule::Trials => {}
        }
        // So that pressures, which are chances under trials, are the same.
        doubled.quantum /= 2.0;
        for engine in engines() {
            prop_assert_eq!(run(&*engine, &plan), run(&*engine, &doubled));
        }
    }
}
