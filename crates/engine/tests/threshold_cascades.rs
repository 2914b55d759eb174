//! Threshold cascades: the kernels that run them agree with the reference engine, tie by tie.

use normwave_engine::{Kernel, Reference, Sparse};
use normwave_plan::{
    Block, Engine, Ensemble, Forced, Plan, Reversal, Rule, SIGNAL_ONE, Signal, Source, Steps, ThresholdDraw,
    TieWeights, Trajectory, Weights,
};
use proptest::prelude::*;

/// What a random cascade is made of.
#[derive(Clone, Debug)]
struct Cascade {
    n: usize,
    /// One pair in this many is tied.
    sparsity: u32,
    most: i32,
    n_blocks: usize,
    rule: Rule,
    graded: bool,
    fraction: f64,
    draw: Option<ThresholdDraw>,
    given: bool,
    seed: u64,
}

fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

impl Cascade {
    fn number(&self, what: u64, below: u32) -> u32 {
        (mix(self.seed ^ mix(what)) % u64::from(below)) as u32
    }

    fn plan(&self) -> Plan {
        let n = self.n as u32;
        let mut plan = Plan::bare((0..self.n as u64).collect(), 2, 30);
        plan.rule = self.rule;
        plan.quantum = 0.3 / f64::from(self.most);
        plan.graded = self.graded;
        plan.reversal = if self.graded { Reversal::OffGraded } else { Reversal::OffRival };
        let unit = f64::from(SIGNAL_ONE);
        let mut into = vec![0.0; self.n];
        for block in 0..self.n_blocks {
            let at = |from: u32, to: u32| (block as u64) << 48 | u64::from(from) << 24 | u64::from(to);
            let pairs = (0..n).flat_map(|from| (0..n).map(move |to| (from, to)));
            let tied =
                pairs.filter(|&(from, to)| from != to && self.number(at(from, to), self.sparsity) == 0);
            let weight = |from, to| 1 + self.number(1 << 60 | at(from, to), self.most as u32) as i32;
            let ties: Vec<_> = tied.map(|(from, to)| (from, to, weight(from, to))).collect();
            ties.iter().for_each(|tie| into[tie.1 as usize] += f64::from(tie.2));
            let signal =
                [Signal::Adoption, Signal::Advocacy][self.number(2 << 60 | block as u64, 2) as usize];
            let toward = [vec![false, true], vec![true, true], vec![true, false]]
                [self.number(3 << 60 | block as u64, 3) as usize]
                .clone();
            plan.blocks.push(Block {
                source: Source::Ties(signal),
                toward,
                gains: Vec::new(),
                weights: Steps::constant(Weights::from_ties(self.n, ties)),
                hatch: None,
            });
        }
        if self.number(4 << 60, 2) == 0 {
            let cost = (0..n).map(|i| i64::from(self.number(5 << 60 | u64::from(i), 9)) - 4).collect();
            plan.blocks.push(Block {
                source: Source::Internal,
                toward: vec![true, false],
                gains: Vec::new(),
                weights: Steps::constant(Weights::Internal(cost)),
                hatch: None,
            });
        }
        // Some thresholds are whole, so that the rules differ, and some lie between two sums.
        let threshold = |i: usize| {
            let share = f64::from(self.number(6 << 60 | i as u64, 100)) / 100.0;
            let whole = (share * self.fraction * into[i]).round() - 0.3 * into[i];
            (whole + [0.0, 0.0, 0.5, -0.3][self.number(7 << 60 | i as u64, 4) as usize]) * unit
        };
        plan.thresholds = Steps::constant((0..self.n).map(threshold).collect());
        plan.threshold_draw = self.draw;
        let first = (0..1 + n / 10).map(|i| self.number(8 << 60 | u64::from(i), n));
        plan.forced = first.map(|actor| Forced { tick: 0, actor, position: 1 }).collect();
        if self.given {
            let row = |row: u64| {
                (0..self.n).map(move |i| f64::from(self.number(9 << 60 | row << 32 | i as u64, 3)) * unit)
            };
            plan.ensemble = Ensemble {
                thresholds: (0..2).flat_map(row).collect(),
                adopters: vec![vec![0], Vec::new(), vec![n - 1, 0, n / 2]],
            };
        }
        plan
    }
}

fn cascades() -> impl Strategy<Value = Cascade> {
    let unit = f64::from(SIGNAL_ONE);
    let draw = prop_oneof![
        3 => Just(None),
        1 => Just(Some(ThresholdDraw::Uniform { low: -unit, high: 3.0 * unit })),
        1 => Just(Some(ThresholdDraw::Normal { mean: 0.0, sd: 2.0 * unit })),
    ];
    let size = prop_oneof![1usize..=20, 21usize..=90];
    let rule = prop_oneof![3 => Just(Rule::Strict), 3 => Just(Rule::AtLeast), 2 => Just(Rule::Trials)];
    let most = prop_oneof![Just(1), Just(3), Just(255), Just(1 << 20)];
    let ties = (size, prop_oneof![Just(1u32), Just(2), Just(7), Just(30)], most, 1usize..=3);
    (ties, rule, any::<bool>(), 0.05..1.0f64, draw, any::<bool>(), any::<u64>()).prop_map(
        |((n, sparsity, most, n_blocks), rule, graded, fraction, draw, given, seed)| Cascade {
            n,
            sparsity,
            most,
            n_blocks,
            rule,
            graded,
            fraction,
            draw,
            given,
            seed,
        },
    )
}

fn run(engine: &dyn Engine, plan: &Plan) -> Vec<Trajectory> {
    let runner = engine.prepare(plan);
    (0..3).map(|replicate| runner.run(7, replicate)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1500) })]

    #[test]
    fn kernels_of_cascades_agree_with_the_reference(cascade in cascades()) {
        let plan = cascade.plan();
        plan.check().unwrap();
        // Trials along several blocks at once are no cascade.
        prop_assert!(cascade.rule == Rule::Trials || Sparse::kernel(&plan) != Kernel::Events);
        prop_assert_eq!(run(&Sparse, &plan), run(&Reference, &plan));
    }
}

#[test]
fn random_cascades_use_every_kernel_and_move_some_but_not_all() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (mut lanes, mut queue, mut trials, mut partial, mut late) = (0, 0, 0, 0, 0);
    for _ in 0..300 {
        let cascade = cascades().new_tree(&mut runner).unwrap().current();
        let plan = cascade.plan();
        match Sparse::kernel(&plan) {
            Kernel::Lanes => lanes += 1,
            Kernel::Queue => queue += 1,
            Kernel::Trials => trials += 1,
            Kernel::Events | Kernel::Dense => assert_eq!(cascade.rule, Rule::Trials),
        }
        let moves = &run(&Sparse, &plan)[0].moves;
        partial += usize::from(moves.len() > plan.forced.len() && moves.len() < cascade.n);
        late += usize::from(moves.last().is_some_and(|step| step.tick >= 3));
    }
    assert!(
        lanes > 60 && queue > 60 && trials > 20 && partial > 60 && late > 30,
        "{lanes} {queue} {trials} {partial} {late}"
    );
}

// Each of these takes a plan out of the class; the answer must not change.
#[test]
fn what_is_no_cascade_is_run_in_another_way() {
    let cascade = Cascade {
        n: 30,
        sparsity: 3,
        most: 5,
        n_blocks: 1,
        rule: Rule::AtLeast,
        graded: false,
        fraction: 0.7,
        draw: None,
        given: false,
        seed: 5,
    };
    let plan = cascade.plan();
    assert_ne!(Sparse::kernel(&plan), Kernel::Events);
    let changes: [fn(&mut Plan); 9] = [
        |plan| plan.reversal = Reversal::On,
        |plan| plan.forced.push(Forced { tick: 3, actor: 1, position: 1 }),
        |plan| plan.forced.push(Forced { tick: 0, actor: 1, position: 0 }),
        |plan| plan.offers[0].from = 1,
        |plan| plan.acts_from[1] = 2,
        |plan| plan.present = Steps::constant((0..30).map(|i| i != 4).collect()),
        |plan| plan.schedule = normwave_plan::Schedule::RandomSequential,
        |plan| plan.thresholds.push(2, vec![0.0; 30]),
        |plan| {
            // An adopter that lowers the balance of others.
            let ties = (1..30).map(|to| (0, to, -3)).collect();
            plan.blocks[0].weights = Steps::constant(Weights::from_ties(30, ties));
            plan.blocks[0].toward = vec![false, true];
        },
    ];
    for change in changes {
        let mut plan = plan.clone();
        change(&mut plan);
        assert!(matches!(Sparse::kernel(&plan), Kernel::Events | Kernel::Dense));
        assert_eq!(run(&Sparse, &plan), run(&Reference, &plan));
    }
}

#[test]
fn a_need_between_two_sums_is_met_by_the_next() {
    // Four ties of weight 3 into actor 4, which needs 3, 3 and a bit, or just under 3 of them.
    let plan = |rule, threshold: f64| {
        let mut plan = Plan::bare((0..5).collect(), 2, 9);
        plan.blocks = vec![Block {
            source: Source::Ties(Signal::Adoption),
            toward: vec![false, true],
            gains: Vec::new(),
            weights: Steps::constant(Weights::Ties {
                starts: vec![0, 1, 2, 3, 4, 4],
                targets: vec![4; 4],
                weights: TieWeights::Same(3),
            }),
            hatch: None,
        }];
        plan.rule = rule;
        let unit = f64::from(SIGNAL_ONE);
        plan.thresholds =
            Steps::constant(vec![99.0 * unit, 99.0 * unit, 99.0 * unit, 99.0 * unit, threshold * unit]);
        plan
    };
    for (rule, threshold, needs) in [
        (Rule::AtLeast, 9.0, 3),
        (Rule::Strict, 9.0, 4),
        (Rule::AtLeast, 9.0001, 4),
        (Rule::Strict, 8.9999, 3),
        (Rule::AtLeast, -1.0, 0),
        (Rule::AtLeast, f64::INFINITY, 5),
        (Rule::Strict, 1e300, 5),
    ] {
        for adopters in 0..=4u32 {
            let mut plan = plan(rule, threshold);
            plan.forced = (0..adopters).map(|actor| Forced { tick: 0, actor, position: 1 }).collect();
            let found = run(&Sparse, &plan);
            assert_eq!(found[0].first_at_least(5, 1)[4].is_some(), adopters >= needs, "{rule:?} {threshold}");
            assert_eq!(found, run(&Reference, &plan));
        }
    }
}
