//! Granovetter (1978) with thresholds drawn at random, against the exact law of finite crowds.
//!
//! Figures are those of `reference/README.md` §1: with G(m) = P(T ≤ m), k of N riot with the
//! probability C(N, k) Q_k (1 − G(k))^(N − k), Q_k that of a crowd of k in which all do; evenly
//! drawn thresholds give parking functions, P(all) = (N + 1)^(N − 1) / N^N.

mod small_worlds;

use normwave_plan::{Plan, SIGNAL_ONE, ThresholdDraw};
use small_worlds::{
    adopters_after, assert_mean, assert_share, bare, complete, hear, on_every_engine, sample,
};

fn crowd(n: u32, law: ThresholdDraw) -> Plan {
    let mut plan = bare(n);
    plan.n_ticks = n + 1;
    hear(&mut plan, &complete(n), [false, true]);
    plan.threshold_draw = Some(law);
    plan
}

// A threshold in (m − 1, m] needs m others: evenly from −1 to N − 1 is a whole number below N.
fn even_crowd(n: u32) -> Plan {
    let unit = f64::from(SIGNAL_ONE);
    crowd(n, ThresholdDraw::Uniform { low: -unit, high: f64::from(n - 1) * unit })
}

on_every_engine!(a_crowd_of_three_riots_by_the_law_of_parking_functions, |engine| {
    let plan = even_crowd(3);
    let rioters = sample(engine, &plan, 8000, |run| adopters_after(&plan, run, plan.n_ticks));
    for (k, expected) in [(0.0, 8.0 / 27.0), (1.0, 1.0 / 9.0), (2.0, 0.0), (3.0, 16.0 / 27.0)] {
        assert_share(&rioters, |n| (n - k).abs() < 0.5, expected);
    }
});

on_every_engine!(larger_crowds_riot_as_parking_functions_say, |engine| {
    for (n, all, mean) in [(5, 1296.0 / 3125.0, 2.5104), (10, 0.235_794_769_1, 3.660_215_68)] {
        let plan = even_crowd(n);
        let rioters = sample(engine, &plan, 4000, |run| adopters_after(&plan, run, plan.n_ticks));
        assert_share(&rioters, |found| found > f64::from(n) - 0.5, all);
        assert_mean(&rioters, mean);
    }
});

on_every_engine!(a_crowd_with_normal_thresholds_tips_as_often_as_its_law_says, |engine| {
    for (sd, mean, tips) in [(12.2, 22.110_865_68, 0.199_492_51), (15.0, 80.922_861_2, 0.800_073_76)] {
        let unit = f64::from(SIGNAL_ONE);
        let plan = crowd(100, ThresholdDraw::Normal { mean: 25.0 * unit, sd: sd * unit });
        let rioters = sample(engine, &plan, 600, |run| adopters_after(&plan, run, plan.n_ticks));
        assert_share(&rioters, |n| n > 50.0, tips);
        assert_mean(&rioters, mean);
    }
});
