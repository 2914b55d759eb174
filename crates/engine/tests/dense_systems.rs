//! Small dense systems: deciding side by side agrees with the reference engine.

use normwave_engine::{Kernel, Reference, Sparse};
use normwave_gain_shape::Shape;
use normwave_plan::{
    Block, Driver, Engine, Ensemble, Follow, Forced, Lead, Noise, Plan, Program, Reversal, Rule, SIGNAL_ONE,
    Signal, Source, Steps, Support, ThresholdDraw, Trajectory, Weights,
};
use proptest::prelude::*;

/// What a random system is made of.
#[derive(Clone, Debug)]
struct System {
    n: u32,
    n_positions: u8,
    /// The largest weight, and whether weights may be negative.
    most: i32,
    signed: bool,
    n_blocks: u64,
    n_programs: usize,
    rule: Rule,
    reversal: Reversal,
    draw: Option<ThresholdDraw>,
    seed: u64,
}

const UNIT: f64 = SIGNAL_ONE as f64;

fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

impl System {
    fn number(&self, what: u64, below: u32) -> u32 {
        (mix(self.seed ^ mix(what)) % u64::from(below)) as u32
    }

    fn share(&self, what: u64) -> f64 {
        f64::from(self.number(what, 1000)) / 1000.0
    }

    fn weight(&self, what: u64) -> i32 {
        let weight = 1 + self.number(what, self.most as u32) as i32;
        if self.signed && self.number(what ^ 1 << 50, 4) == 0 { -weight } else { weight }
    }

    fn block(&self, block: u64) -> Block {
        let n = self.n;
        let toward: Vec<bool> =
            (0..self.n_positions).map(|k| self.number(1 << 56 | block << 8 | u64::from(k), 3) > 0).collect();
        let internal = self.number(2 << 56 | block, 4) == 0;
        let weights = if internal {
            let own =
                |i: u32| i64::from(self.weight(3 << 56 | block << 40 | u64::from(i))) * i64::from(n) / 6;
            Weights::Internal((0..n).map(own).collect())
        } else {
            let at = |from: u32, to: u32| 4 << 56 | block << 40 | u64::from(from) << 20 | u64::from(to);
            let pairs = (0..n).flat_map(|from| (0..n).map(move |to| (from, to)));
            let tied = pairs.filter(|&(from, to)| from != to && self.number(at(from, to), 2) == 0);
            Weights::from_ties(
                n as usize,
                tied.map(|(from, to)| (from, to, self.weight(1 << 60 | at(from, to)))).collect(),
            )
        };
        let signal = [Signal::Adoption, Signal::Advocacy][self.number(5 << 56 | block, 2) as usize];
        let source = if internal { Source::Internal } else { Source::Ties(signal) };
        let gains = (0..self.n_programs).filter(|&p| self.number(6 << 56 | block << 8 | p as u64, 3) == 0);
        Block { source, toward, gains: gains.collect(), weights: Steps::constant(weights), hatch: None }
    }

    fn program(&self, program: u64) -> Program {
        let weights = (0..self.n).map(|i| u64::from(self.number(7 << 56 | program << 40 | u64::from(i), 4)));
        let shape = |what: u64| match self.number(what, 3) {
            0 => {
                Shape::Linear { at_zero: 0.3 + self.share(what ^ 7), slope: 2.0 * self.share(what ^ 8) - 0.8 }
            }
            1 => Shape::Logistic { low: 0.2, high: 2.0, midpoint: 0.4, steepness: 9.0 },
            _ => Shape::NEUTRAL,
        };
        Program {
            driver: Driver::Share { weights: Steps::constant(weights.collect()) },
            toward_status_quo: shape(8 << 56 | program),
            toward_new: shape(9 << 56 | program),
        }
    }

    fn plan(&self) -> Plan {
        let (n, n_k) = (self.n as usize, usize::from(self.n_positions));
        let mut plan = Plan::bare((0..n as u64).map(|i| mix(i + 9)).collect(), n_k, 25);
        plan.rule = self.rule;
        plan.reversal = self.reversal;
        plan.graded = self.number(10 << 56, 2) == 0;
        plan.years_per_tick = 0.25;
        plan.quantum = 0.3 / f64::from(self.most);
        if n_k > 2 && self.number(11 << 56, 2) == 0 {
            let effort = |idx: usize| 1.0 - (idx / n_k).abs_diff(idx % n_k) as f64 / (n_k - 1) as f64;
            plan.support = Support::new(n_k, &(0..n_k * n_k).map(effort).collect::<Vec<_>>());
        }
        plan.programs = (0..self.n_programs as u64).map(|program| self.program(program)).collect();
        plan.blocks = (0..self.n_blocks).map(|block| self.block(block)).collect();
        let strength = UNIT * f64::from(self.most) * n as f64 / 4.0;
        // Some are whole, so that the rules differ, and some lie between two sums.
        let number = |what: u64, most: f64| {
            let number = (self.share(what) * most * strength / UNIT).round();
            (number + [0.0, 0.0, 0.5][self.number(1 << 50 | what, 3) as usize]) * UNIT
        };
        let of_all = |what: u64, most: f64| (0..n as u64).map(|i| number(what << 56 | i, most)).collect();
        plan.thresholds = Steps::constant(of_all(12, 0.6));
        plan.exits = Steps::constant(of_all(13, 0.3));
        let steps = (0..n_k as u64)
            .map(|k| if self.number(14 << 56, 2) == 0 { 0.0 } else { number(15 << 56 | k, 0.2) });
        plan.position_thresholds = steps.collect();
        plan.threshold_draw = self.draw;
        // How hard governments advocate what they hold: as hard as they can, alike, or each in its way.
        let kind = self.number(20 << 56, 6);
        if kind < 3 {
            plan.stances.spell_out(n, n_k);
            for (i, follow) in (0u64..).zip(&mut plan.stances.follows) {
                let of = |k: u64| 21 << 56 | k << 32 | if kind == 0 { i } else { 0 };
                let vigour = (0..n_k as u64).map(|k| self.number(of(k), 3) * SIGNAL_ONE / 2).collect();
                *follow = Steps::constant(Follow { lead: Lead::One(i as u32), vigour });
            }
        }
        let forced = (0..1 + self.n / 4).map(|i| {
            let position = 1 + self.number(16 << 56 | u64::from(i), u32::from(self.n_positions) - 1) as u8;
            Forced { tick: 0, actor: self.number(17 << 56 | u64::from(i), self.n), position }
        });
        plan.forced = forced.collect();
        if self.number(18 << 56, 2) == 0 {
            let row = |row: u64| (0..n as u64).map(move |i| number(19 << 56 | row << 32 | i, 0.2));
            plan.ensemble = Ensemble {
                thresholds: (0..2).flat_map(row).collect(),
                adopters: vec![vec![0], Vec::new(), vec![self.n - 1, 0, self.n / 2]],
            };
        }
        plan
    }
}

fn systems() -> impl Strategy<Value = System> {
    let draw = prop_oneof![
        2 => Just(None),
        1 => Just(Some(ThresholdDraw::Uniform { low: -UNIT, high: 3.0 * UNIT })),
    ];
    let noise = prop_oneof![4 => Just(Noise::Fresh), 1 => Just(Noise::Persistent)];
    let noisy = (0.5..20f64, prop_oneof![Just(0.1), Just(3.0), Just(60.0)], noise)
        .prop_map(|(rate, temperature, noise)| Rule::Noisy { rate, temperature: temperature * UNIT, noise });
    let rule = prop_oneof![2 => Just(Rule::Strict), 2 => Just(Rule::AtLeast), 2 => noisy];
    let reversal =
        prop_oneof![1 => Just(Reversal::OffGraded), 1 => Just(Reversal::OffRival), 2 => Just(Reversal::On)];
    let size = prop_oneof![1u32..=12, 13u32..=70];
    let most = prop_oneof![Just(1), Just(3), Just(255), Just(1 << 20)];
    ((size, 2u8..=4, most, any::<bool>()), (1u64..=4, 0usize..=2), rule, reversal, draw, any::<u64>())
        .prop_map(|((n, n_positions, most, signed), (n_blocks, n_programs), rule, reversal, draw, seed)| {
            System { n, n_positions, most, signed, n_blocks, n_programs, rule, reversal, draw, seed }
        })
}

fn run(engine: &dyn Engine, plan: &Plan) -> Vec<Trajectory> {
    let runner = engine.prepare(plan);
    (0..3).map(|replicate| runner.run(7, replicate)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1500) })]

    #[test]
    fn deciding_side_by_side_agrees_with_the_reference(system in systems()) {
        let plan = system.plan();
        plan.check().unwrap();
        prop_assert_eq!(run(&Sparse, &plan), run(&Reference, &plan));
    }
}

#[test]
fn random_systems_are_dense_and_come_and_go_and_go_round_in_circles() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (mut dense, mut two, mut gained, mut back, mut circles, mut noisy) = (0, 0, 0, 0, 0, 0);
    for _ in 0..1000 {
        let system = systems().new_tree(&mut runner).unwrap().current();
        let plan = system.plan();
        if Sparse::kernel(&plan) != Kernel::Dense {
            continue;
        }
        let found = &run(&Sparse, &plan)[0];
        dense += 1;
        noisy +=
            usize::from(matches!(plan.rule, Rule::Noisy { .. }) && found.moves.len() > plan.forced.len() + 5);
        let decided = |step: &&normwave_plan::Move| step.tick > 0;
        two += usize::from(plan.n_positions == 2 && found.moves.iter().filter(decided).count() > 0);
        let moves_later = found.moves.iter().filter(decided).count() > 0;
        gained += usize::from(moves_later && plan.blocks.iter().any(|block| !block.gains.is_empty()));
        back += usize::from(found.moves.iter().filter(decided).any(|step| step.to() < step.from()));
        circles += usize::from(found.cycle.is_some());
    }
    assert!(
        dense > 150 && two > 30 && gained > 30 && back > 40 && circles > 4 && noisy > 20,
        "{dense} {two} {gained} {back} {circles} {noisy}"
    );
}
