//! What is known of campaigns, beside what the model makes of it: effects as they would be found
//! in samples of the size that the studies had.

use normwave_analysis::{Counts, d_from_log_odds, hedges_g, log_odds_ratio, pooled};
use normwave_cases::case;
use normwave_engine::{Replicates, Sparse, run_replicates};
use normwave_network_model::{ActorId, Value};
use normwave_plan::{Position, Tick};
use normwave_scenario::{Overrides, Scenario, lower};
use std::sync::Arc;

const REPLICATES: u64 = if cfg!(feature = "statistics") { 4000 } else { 400 };

// The scenario, and the positions at the end of every replicate.
fn outcomes(name: &str, overrides: &Overrides) -> (Arc<Scenario>, Vec<Vec<Position>>) {
    let scenario = Arc::new(case(name).unwrap().read(overrides).unwrap());
    let plan = lower(&scenario, None).unwrap();
    let what = Replicates { seed: 11, range: 0..REPLICATES, threads: 0 };
    let runs = run_replicates(&Sparse, &plan, &what, &|| true).unwrap();
    let ends = runs.iter().map(|run| run.positions_before(plan.n_actors(), Tick::MAX, 0)).collect();
    (scenario, ends)
}

fn variant(name: &str) -> Overrides {
    Overrides { variant: Some(name.to_owned()), ..Overrides::default() }
}

// How many of a group are released, of how many, over all replicates.
fn released(scenario: &Scenario, ends: &[Vec<Position>], group: &str) -> (u64, u64) {
    let date = scenario.calendar.start();
    let in_group = |idx: &usize| {
        let actor = ActorId(u32::try_from(*idx).unwrap());
        scenario.network.value("group", actor, date).and_then(Value::category) == Some(group)
    };
    let members: Vec<usize> = (0..scenario.network.actors().len()).filter(in_group).collect();
    let n = ends.iter().map(|end| members.iter().filter(|&&i| end[i] > 0).count() as u64).sum();
    (n, members.len() as u64 * ends.len() as u64)
}

fn odds(scenario: &Scenario, ends: &[Vec<Position>], [a, b]: [&str; 2]) -> normwave_analysis::Estimate {
    let ((treated, of_treated), (others, of_others)) =
        (released(scenario, ends, a), released(scenario, ends, b));
    log_odds_ratio(Counts { treated, of_treated, others, of_others })
}

#[test]
fn the_campaign_is_fitted_to_one_group_and_predicts_the_other() {
    // Myrick 2021 by the evidence summary: odds of release 58 % higher, in either comparison.
    let (scenario, ends) = outcomes("free-the-20", &Overrides::default());
    let fitted = odds(&scenario, &ends, ["featured", "cohort"]);
    let predicted = odds(&scenario, &ends, ["featured", "earlier"]);
    for found in [fitted, predicted] {
        let (low, high) = found.interval();
        let room = 2.0 * found.error;
        assert!(low - room < 1.58f64.ln() && 1.58f64.ln() < high + room, "{:.3}", found.value.exp());
    }
    let (scenario, ends) = outcomes("free-the-20", &variant("no-campaign"));
    let none = odds(&scenario, &ends, ["featured", "earlier"]);
    assert!(none.value.abs() < 4.0 * none.error, "without a campaign nobody is favoured");
}

#[test]
fn the_same_effort_spread_over_all_helps_the_named_a_fifth_as_much() {
    let featured = |overrides: &Overrides| {
        let (scenario, ends) = outcomes("free-the-20", overrides);
        let (n, of) = released(&scenario, &ends, "featured");
        #[expect(clippy::cast_precision_loss, reason = "counts")]
        let share = n as f64 / of as f64;
        (share / (1.0 - share)).ln()
    };
    let base = featured(&variant("no-campaign"));
    let (targeted, general) = (featured(&Overrides::default()) - base, featured(&variant("general")) - base);
    // In log odds 0.457 and 0.457 · 19/98.
    assert!(targeted > 3.0 * general.max(0.0), "{targeted} against {general}");
    assert!(general > -0.1, "{general}");
}

#[test]
fn an_effect_that_is_there_does_not_show_in_fifteen_countries() {
    let (_, with) = outcomes("neighbourhood-policy", &Overrides::default());
    let (_, without) = outcomes("neighbourhood-policy", &variant("neither"));
    let reformed = |end: &Vec<Position>| end.iter().filter(|&&held| held > 0).count() as u64;
    let study = |(with, without): (&Vec<Position>, &Vec<Position>)| {
        log_odds_ratio(Counts {
            treated: reformed(with),
            of_treated: 15,
            others: reformed(without),
            of_others: 15,
        })
    };
    // Studies of their own: replicates of the two runs share their noise, others do not.
    let studies: Vec<_> = with.iter().zip(without.iter().skip(1)).map(study).collect();
    let silent = studies.iter().filter(|study| study.includes_zero()).count();
    assert!(silent * 10 >= studies.len() * 9, "{silent} of {} find nothing", studies.len());
    // Power at that size: one in ten or so would have found it.
    let power = studies.iter().map(|study| study.power(0.5)).sum::<f64>();
    #[expect(clippy::cast_precision_loss, reason = "counts")]
    let power = power / studies.len() as f64;
    assert!((0.03..0.25).contains(&power), "{power}");
    // All studies together find it.
    let all = pooled(&studies).unwrap();
    assert!(all.common.interval().0 > 0.0, "{:?}", all.common);
}

#[test]
fn the_summary_of_the_field_is_its_two_studies_on_one_scale() {
    // Overall g = 0.139 over four effect sizes of two studies; 58 % higher odds alone are d = 0.252.
    let campaign = d_from_log_odds(normwave_analysis::Estimate { value: 1.58f64.ln(), error: 0.15 });
    assert!((campaign.value - 0.252_19).abs() < 1e-5);
    // Two hundred values a side, each 0 to 19 ten times, half a population standard deviation
    // (√33.25) apart: √(199/200) of that in sample deviations, less the bias of small samples.
    let second: Vec<f64> = (0..200).map(|i| f64::from(i % 20)).collect();
    let first: Vec<f64> = second.iter().map(|x| x + 0.5 * 33.25_f64.sqrt()).collect();
    let expected = 0.5 * (199.0_f64 / 200.0).sqrt() * (1.0 - 3.0 / (4.0 * 398.0 - 1.0));
    let g = hedges_g(&first, &second).unwrap();
    assert!((g.value - expected).abs() < 1e-9, "{} and not {expected}", g.value);
}
