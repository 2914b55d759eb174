//! What theory says of each case comes out, on every engine.

use normwave_cases::{Case, case, cases};
use normwave_engine::engines;
use normwave_network_model::generate::florentine;
use normwave_network_model::parse_date;
use normwave_plan::{Cause, Move, Plan, Position, Rule, Tick, Trajectory};
use normwave_scenario::{Overrides, Scenario, Variant, lower};
use std::sync::Arc;

fn changed(set: &[&str]) -> Overrides {
    Overrides { set: set.iter().map(|&set| set.to_owned()).collect(), ..Overrides::default() }
}

// The positions at the end of a run without noise, the same on every engine, and its decisions.
fn run(case: &Case, set: &[&str]) -> (Scenario, Vec<Position>, Vec<Move>) {
    let scenario = Arc::new(case.read(&changed(set)).unwrap());
    let (plan, run) = run_without_noise(case.name, &scenario);
    let decided = run.moves.iter().filter(|step| step.cause() == Cause::Decided).copied().collect();
    let positions = run.positions_before(plan.n_actors(), Tick::MAX, 0);
    drop(plan);
    (Arc::unwrap_or_clone(scenario), positions, decided)
}

fn run_without_noise(name: &str, scenario: &Arc<Scenario>) -> (Plan, Trajectory) {
    let plan = lower(scenario, None).unwrap();
    let plan = match plan.rule {
        Rule::Noisy { .. } => Plan { rule: Rule::Strict, ..plan },
        _ => plan,
    };
    let mut runs: Vec<_> = engines().iter().map(|engine| engine.prepare(&plan).run(1, 0)).collect();
    assert!(runs.windows(2).all(|pair| pair[0] == pair[1]), "{name}: engines agree");
    let run = runs.remove(0);
    (plan, run)
}

fn n_adopters(case: &str, set: &[&str]) -> usize {
    let (_, positions, _) = run(&normwave_cases::case(case).unwrap(), set);
    positions.iter().filter(|&&held| held > 0).count()
}

#[test]
fn every_case_and_every_variant_meets_what_it_expects() {
    for case in cases() {
        let variants = case.read(&Overrides::default()).unwrap().variants;
        for overrides in std::iter::once(Overrides::default()).chain(variants.iter().map(Variant::overrides))
        {
            let scenario = Arc::new(case.read(&overrides).unwrap());
            let (plan, run) = run_without_noise(case.name, &scenario);
            let which = overrides.variant.as_deref().unwrap_or("itself");
            let unmet = normwave_analysis::unmet(&scenario, &plan, &run);
            assert!(unmet.is_empty(), "{} {which}: {}", case.name, unmet.join("; "));
        }
    }
}

#[test]
fn the_small_cases_all_expect_something() {
    for case in cases().into_iter().filter(|case| case.name != "ottawa") {
        let scenario = case.read(&Overrides::default()).unwrap();
        assert!(!scenario.expect.is_empty(), "{}", case.name);
        assert!(!scenario.source.is_empty(), "{}", case.name);
    }
}

#[test]
fn every_case_says_what_it_shows() {
    for case in cases() {
        assert!(!case.title.is_empty() && case.shows().ends_with('.'), "{}", case.name);
    }
}

#[test]
fn two_against_two_is_tipped_by_a_little_more_on_either_side() {
    let strength = |tie: usize, strength: f64| format!("network.layer.ties.ties.{tie}.strength={strength}");
    for tie in [2, 3] {
        assert_eq!(n_adopters("ego", &[&strength(tie, 1.001)]), 3, "more on tie {tie}");
    }
    for tie in [0, 1] {
        assert_eq!(n_adopters("ego", &[&strength(tie, 0.999)]), 3, "less on tie {tie}");
        assert_eq!(n_adopters("ego", &[&strength(tie, 1.001)]), 2, "more on tie {tie}");
    }
}

#[test]
fn a_hub_reaches_all_and_a_leaf_nobody_for_any_size_and_threshold() {
    for n in [3_u32, 4, 9, 40] {
        let leaves = format!("network.generate.star.leaves={}", n - 1);
        // Just above 1/(n − 1), in the middle, and at 1; at 1/(n − 1) itself a leaf is enough.
        for (threshold, from_leaf) in
            [(1.0 / f64::from(n - 1) + 1e-6, 1), (0.6, 1), (1.0, 1), (1.0 / f64::from(n - 1), n as usize)]
        {
            let threshold = format!("decision.threshold={threshold}");
            let (_, positions, decided) = run(&case("star").unwrap(), &[&leaves, &threshold]);
            assert!(positions.iter().all(|&held| held == 1), "hub, n = {n}, {threshold}");
            assert!(decided.iter().all(|step| step.tick == 0), "in one step");
            let leaf_first = [leaves.as_str(), threshold.as_str(), "first-adopters.0.who=L1"];
            assert_eq!(n_adopters("star", &leaf_first), from_leaf, "leaf, n = {n}, {threshold}");
        }
    }
}

#[test]
fn islands_carry_over_bridges_as_wide_as_the_threshold_and_no_others() {
    let reach = |bridge: u32, threshold: u32| {
        let bridge = format!("network.generate.island-chain.bridge={bridge}");
        n_adopters("islands", &[&bridge, &format!("decision.threshold={threshold}")])
    };
    // Reference §3: ten islands of six.
    assert_eq!([reach(1, 1), reach(2, 1)], [60, 60]);
    assert_eq!([reach(1, 2), reach(2, 2), reach(3, 2)], [6, 60, 60]);
    assert_eq!([reach(1, 3), reach(2, 3), reach(3, 3)], [6, 6, 60]);
    let (_, _, decided) = run(&case("islands").unwrap(), &[]);
    assert_eq!(decided.last().map(|step| step.tick + 1), Some(18), "18 ticks, two for each bridge crossed");
}

#[test]
fn no_family_but_the_medici_wins_more_than_one_other() {
    for family in florentine().unwrap().actors() {
        let first = format!("first-adopters.0.who={}", family.id);
        let n = n_adopters("florentine", &[&first]);
        assert!(if family.id == "Medici" { n == 5 } else { n <= 2 }, "{} reaches {n}", family.id);
    }
}

#[test]
fn the_medici_stand_between_most() {
    use normwave_network_model::measure::{LayerGraph, Reading, normalised_betweenness};
    let scenario = case("florentine").unwrap().read(&Overrides::default()).unwrap();
    let view = scenario.network.at(parse_date("1430").unwrap()).unwrap();
    let graph = LayerGraph::new(&view, scenario.network.layer_id("ties").unwrap(), Reading::default());
    let scores = normalised_betweenness(&graph);
    let medici = graph.place(scenario.network.actor_id("Medici").unwrap()).unwrap();
    // Reference §6: 16 families, Pucci included.
    assert!((scores[medici] - 0.452_380_952_4).abs() < 1e-9);
    assert!(scores.iter().enumerate().all(|(place, score)| place == medici || *score < 0.25));
}
