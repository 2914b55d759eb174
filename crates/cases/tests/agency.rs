//! What share of the differences between outcomes goes to structure, to choice, to both together,
//! and to luck: a two-way analysis of variance over the four corners of the case `agency`.

use normwave_cases::case;
use normwave_engine::{Replicates, Sparse, run_replicates};
use normwave_plan::Tick;
use normwave_scenario::{Overrides, lower};
use std::sync::Arc;

const RUNS: u64 = 200;

// How many adopt in each replicate of a corner.
fn adopters(variant: Option<&str>) -> Vec<f64> {
    let overrides = Overrides { variant: variant.map(str::to_owned), ..Overrides::default() };
    let plan = lower(&Arc::new(case("agency").unwrap().read(&overrides).unwrap()), None).unwrap();
    // Seeds of their own, so that corners do not share their luck.
    let seed = variant.map_or(1, |name| u64::try_from(name.len()).unwrap());
    let what = Replicates { seed, range: 0..RUNS, threads: 0 };
    let runs = run_replicates(&Sparse, &plan, &what, &|| true).unwrap();
    let end = |run: &normwave_plan::Trajectory| {
        let n = run.positions_before(plan.n_actors(), Tick::MAX, 0).iter().filter(|&&held| held > 0).count();
        f64::from(u32::try_from(n).unwrap())
    };
    runs.iter().map(end).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

// Sums of squares over all runs: structure, choice, both together, luck.
fn parts(corners: &[[Vec<f64>; 2]; 2]) -> [f64; 4] {
    let m = corners.each_ref().map(|row| row.each_ref().map(|runs| mean(runs)));
    let all = mean(&[m[0][0], m[0][1], m[1][0], m[1][1]]);
    let structure = [mean(&m[0]) - all, mean(&m[1]) - all];
    let choice = [mean(&[m[0][0], m[1][0]]) - all, mean(&[m[0][1], m[1][1]]) - all];
    let n = RUNS as f64;
    let mut sums = [0.0; 4];
    for s in 0..2 {
        for c in 0..2 {
            let both = m[s][c] - all - structure[s] - choice[c];
            sums[0] += n * structure[s].powi(2);
            sums[1] += n * choice[c].powi(2);
            sums[2] += n * both.powi(2);
            sums[3] += corners[s][c].iter().map(|x| (x - m[s][c]).powi(2)).sum::<f64>();
        }
    }
    sums
}

#[test]
fn structure_choice_and_luck_each_have_their_part_and_none_decides_alone() {
    let corners = [
        [adopters(None), adopters(Some("keeps-quiet"))],
        [adopters(Some("few-hear")), adopters(Some("few-and-quiet"))],
    ];
    let sums = parts(&corners);
    let everything: Vec<f64> = corners.iter().flatten().flatten().copied().collect();
    let all = mean(&everything);
    let total: f64 = everything.iter().map(|x| (x - all).powi(2)).sum();
    assert!((sums.iter().sum::<f64>() / total - 1.0).abs() < 1e-9, "the parts are the whole");
    let shares = sums.map(|sum| sum / total);
    assert!(shares.iter().all(|share| (0.04..0.75).contains(share)), "{shares:?}");
    // Speaking up is worth more where many hear it: F of the interaction with 1 and 796 degrees.
    let f = sums[2] / (sums[3] / (4.0 * (RUNS as f64 - 1.0)));
    assert!(f > 10.8, "F = {f}, which chance exceeds once in a thousand");
}
