//! Every engine returns the same trajectory, bit for bit, for any plan, thread count and order.

mod random_plan;

use normwave_engine::{Reference, Replicates, Sparse, engines, run_replicates};
use normwave_plan::{Engine, Plan, Trajectory};
use proptest::prelude::*;
use random_plan::{Size, plan_on, tapes};

fn run(engine: &dyn Engine, plan: &Plan, replicates: std::ops::Range<u64>) -> Vec<Trajectory> {
    let runner = engine.prepare(plan);
    replicates.map(|replicate| runner.run(7, replicate)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3000) })]

    #[test]
    fn sparse_and_reference_agree_on_small_plans(tape in tapes()) {
        let plan = plan_on(tape, &Size { actors: 1..=12, ticks: 1..=20 });
        prop_assert_eq!(run(&Sparse, &plan, 0..2), run(&Reference, &plan, 0..2));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn sparse_and_reference_agree_on_larger_plans(tape in long_tapes()) {
        let plan = plan_on(tape, &Size { actors: 60..=140, ticks: 3..=6 });
        prop_assert_eq!(run(&Sparse, &plan, 0..1), run(&Reference, &plan, 0..1));
    }

    #[test]
    fn neither_threads_nor_splitting_change_a_trajectory(tape in tapes()) {
        let plan = plan_on(tape, &Size { actors: 1..=12, ticks: 1..=20 });
        for engine in engines() {
            let on = |range: std::ops::Range<u64>, threads| {
                let what = Replicates { seed: 7, range, threads };
                run_replicates(&*engine, &plan, &what, &|| true).unwrap()
            };
            let whole = on(0..5, 1);
            prop_assert_eq!(&on(0..5, 2), &whole);
            prop_assert_eq!(&on(3..5, 2)[..], &whole[3..]);
            let runner = engine.prepare(&plan);
            let backward: Vec<_> = (0..5).rev().map(|replicate| runner.run(7, replicate)).collect();
            prop_assert!(backward.iter().rev().eq(&whole));
        }
    }
}

fn long_tapes() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(0u32..10_000, 0..6000)
}
