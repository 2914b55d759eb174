//! Presets: each stands for its tables and nothing else, and behaves as the model that it names.
//! Published and independently computed figures are cited where they stand.

use normwave_engine::{Replicates, Sparse, run_replicates};
use normwave_plan::{Engine, Forced, Plan, Tick, Trajectory};
use normwave_scenario::{InMemory, Overrides, Registries, Scenario, lower};
use normwave_tests::{adopters, adopters_at_end, run, scenario};
use std::sync::Arc;

// More replicates and larger graphs in the release-mode check.
const THOROUGH: bool = cfg!(feature = "statistics");

fn text(period: &str, network: &str, first: &[&str], preset: &str) -> String {
    let first =
        if first.is_empty() { String::new() } else { format!("first-adopters = [{{ who = {first:?} }}]") };
    format!("schema = 1\ntitle = \"a classic\"\nperiod = {{ {period} }}\n{first}\n{network}\n{preset}\n")
}

const YEARS: &str = "start = 2000-01-01, until = 2020-01-01, tick = \"year\"";

// A small scenario for every preset.
fn examples() -> [(&'static str, &'static str); 11] {
    [
        ("bass", "p = 0.03\nq = 0.38"),
        ("complex-contagion", "threshold = 3"),
        ("degroot", "self-weight = 1"),
        ("friedkin-johnsen", "stubbornness = 0.25"),
        ("granovetter", "threshold = 2"),
        ("independent-cascade", "probability = 0.5"),
        ("linear-threshold", ""),
        ("majority", ""),
        ("si", "rate = 0.5"),
        ("voter", ""),
        ("watts", "threshold = 0.25"),
    ]
}

const COMPLETE: &str = "network.generate.complete = { actors = 6 }";

#[test]
fn every_preset_stands_for_its_tables_and_nothing_else() {
    let presets = Registries::default().presets;
    assert_eq!(presets.names().collect::<Vec<_>>(), examples().map(|(name, _)| name));
    for (name, keys) in examples() {
        let named = text(YEARS, COMPLETE, &["A1"], &format!("[preset.{name}]\n{keys}"));
        let inline = format!("{{ {} }}", keys.replace('\n', ", "));
        let table = toml::de::ValueDeserializer::parse(&inline).unwrap();
        let tables = (presets.get(name).unwrap().make)(table).unwrap().tables();
        let written = text(YEARS, COMPLETE, &["A1"], &tables);
        let plan = |text: &str| format!("{:?}", lower(&scenario(text), None).unwrap());
        assert!(plan(&named) == plan(&written), "{name}");
    }
}

fn refusal(preset: &str) -> String {
    let text = text(YEARS, COMPLETE, &["A1"], preset);
    let read =
        Scenario::read("c.toml", &text, &InMemory::default(), &Registries::default(), &Overrides::default());
    read.unwrap_err().to_string()
}

#[test]
fn what_a_preset_sets_cannot_be_set_beside_it() {
    let found = refusal("[preset.watts]\nthreshold = 0.2\n[decision]\nrule = \"strict\"");
    assert!(found.starts_with("c.toml:9: `decision.rule` is set by the preset `watts`, too\n"), "{found}");
    let found = refusal("[preset.wats]\nthreshold = 0.2");
    assert!(found.contains("unknown preset `wats`; did you mean `watts`?"), "{found}");
    let found = refusal("[preset.watts]\nthreshold = 0.2\n[preset.majority]");
    assert!(found.contains("a scenario has one preset; this one has `majority` and `watts`"), "{found}");
    let found = refusal("[preset.watts]\ntreshold = 0.2");
    assert!(found.contains("unknown key `treshold`; did you mean `threshold`?"), "{found}");
}

#[test]
fn a_preset_takes_values_from_the_command_line() {
    let text = text(YEARS, COMPLETE, &["A1"], "preset.complex-contagion.threshold = 2");
    let set = vec!["preset.complex-contagion.threshold=1".to_owned()];
    let read = |overrides: &Overrides| {
        let read = Scenario::read("c.toml", &text, &InMemory::default(), &Registries::default(), overrides);
        let (plan, trajectory) = run(&Arc::new(read.unwrap()));
        adopters_at_end(&plan, &trajectory)
    };
    assert_eq!(read(&Overrides::default()), 1);
    assert_eq!(read(&Overrides { set, ..Overrides::default() }), 6);
}

// ---- Deterministic classics.

#[test]
fn complex_contagion_runs_round_a_ring_at_the_speed_of_its_overlap() {
    // Reference §3: each front of a ring of degree z advances z/2 − a + 1 a tick; none if a > z/2.
    for (n, z, a, seeds, reached, ticks) in [
        (100, 4, 1, 2, 100, 25),
        (100, 4, 2, 2, 100, 49),
        (100, 4, 3, 3, 3, 0),
        (100, 6, 2, 3, 100, 24),
        (101, 8, 3, 4, 101, 24),
    ] {
        let ring = format!("network.generate.ring = {{ actors = {n}, degree = {z} }}");
        let first: Vec<String> = (1..=seeds).map(|i| format!("A{i}")).collect();
        let first: Vec<&str> = first.iter().map(String::as_str).collect();
        let period = "start = 2000-01-01, until = 2100-01-01, tick = \"year\"";
        let preset = format!("preset.complex-contagion.threshold = {a}");
        let (plan, trajectory) = run(&scenario(&text(period, &ring, &first, &preset)));
        let path = adopters(&plan, &trajectory);
        assert_eq!(path.last(), Some(&reached), "n = {n}, z = {z}, a = {a}");
        let moved = trajectory.moves.iter().filter(|step| step.cause() == normwave_plan::Cause::Decided);
        assert_eq!(moved.map(|step| step.tick + 1).max().unwrap_or(0), ticks, "n = {n}, z = {z}, a = {a}");
    }
}

#[test]
fn a_share_that_is_reached_exactly_is_enough_and_nobody_adopts_without_partners() {
    for k in 2..=20u32 {
        let star = format!("[network]\ngenerate.star = {{ leaves = {k} }}\nactor = [{{ id = \"ALONE\" }}]\n");
        let reach = |share: f64| {
            let watts = format!("[preset.watts]\nthreshold = {share:?}");
            let (plan, trajectory) = run(&scenario(&text(YEARS, &star, &["L1"], &watts)));
            adopters_at_end(&plan, &trajectory)
        };
        assert_eq!(reach(1.0 / f64::from(k)), k + 1, "one of {k}, and the isolate stays");
        assert_eq!(reach(1.0 / f64::from(k) + 1e-3), 1, "one of {k} is not enough");
    }
}

#[test]
fn each_can_have_a_share_of_its_own() {
    let network = "network.generate.complete = { actors = 5 }\nnetwork.attribute.phi = { values = { A2 = 0.25, A3 = 0.5, A4 = 0.75 }, default = 1 }";
    let watts = "preset.watts.threshold = \"phi\"";
    let (plan, trajectory) = run(&scenario(&text(YEARS, network, &["A1"], watts)));
    assert_eq!(adopters(&plan, &trajectory)[..4], [2, 3, 4, 5]);
}

#[test]
fn a_hub_and_its_leaves_change_sides_for_ever_under_majority() {
    let star = "network.generate.star = { leaves = 4 }";
    let (_, trajectory) = run(&scenario(&text(YEARS, star, &["HUB"], "[preset.majority]")));
    assert_eq!(trajectory.cycle.map(|cycle| cycle.period), Some(2));
}

#[test]
fn a_global_cascade_reaches_the_size_that_gleeson_and_cahalane_compute() {
    // Reference §2: φ = 0.18, z = 3, ρ₀ = 0.01: 0.94120198 in theory, 0.94084 ± 0.0030 (sd of eight
    // graphs of 20 000) simulated; a graph of 4 000 has √5 times that spread.
    let (n, graphs) = if THOROUGH { (20_000u32, 4) } else { (4_000, 1) };
    for seed in 1..=graphs {
        let p = 3.0 / f64::from(n - 1);
        let graph =
            format!("network.generate.erdos-renyi = {{ actors = {n}, probability = {p:?}, seed = {seed} }}");
        let first: Vec<String> = (1..=n / 100).map(|i| format!("A{i}")).collect();
        let first: Vec<&str> = first.iter().map(String::as_str).collect();
        let period = "start = 2000-01-01, until = 2200-01-01, tick = \"year\"";
        let read = scenario(&text(period, &graph, &first, "preset.watts.threshold = 0.18"));
        let plan = lower(&read, None).unwrap();
        let share = f64::from(adopters_at_end(&plan, &Sparse.prepare(&plan).run(1, 0))) / f64::from(n);
        let room = 4.0 * if THOROUGH { 0.003 } else { 0.0067 };
        assert!((share - 0.941_201_98).abs() < room, "{share}, graph {seed}");
    }
}

#[test]
fn one_in_so_many_seeds_sets_off_a_cascade_inside_of_the_window_and_hardly_any_outside() {
    // Reference §2: φ = 0.18, window z from 1.0207 to 5.7647; P(global) at z = 3: 0.87346 in theory,
    // 0.883 simulated on graphs of 10 000. At z = 8 none in theory.
    let (n, seeds) = if THOROUGH { (10_000u32, 200u32) } else { (2_000, 40) };
    let share = |z: f64| {
        let p = z / f64::from(n - 1);
        let graph =
            format!("network.generate.erdos-renyi = {{ actors = {n}, probability = {p:?}, seed = 5 }}");
        let period = "start = 2000-01-01, until = 2300-01-01, tick = \"year\"";
        let mut plan =
            lower(&scenario(&text(period, &graph, &["A1"], "preset.watts.threshold = 0.18")), None).unwrap();
        let global = |plan: &mut Plan, actor| {
            plan.forced = vec![Forced { tick: 0, actor, position: 1 }];
            adopters_at_end(plan, &Sparse.prepare(plan).run(1, 0)) > n / 10
        };
        let n_global = (0..seeds).filter(|seed| global(&mut plan, seed * (n / seeds))).count();
        f64::from(u32::try_from(n_global).unwrap()) / f64::from(seeds)
    };
    let error = (0.873_461_86 * 0.126_538_14 / f64::from(seeds)).sqrt();
    let inside = share(3.0);
    assert!((inside - 0.873_461_86).abs() < 4.0 * error + 0.01, "{inside}");
    assert!(share(8.0) < 0.1);
}

// ---- Classics of chance.

// The mean of a number over replicates, and its standard error.
fn mean(text: &str, replicates: u64, of: impl Fn(&Plan, &Trajectory) -> f64) -> (f64, f64) {
    let plan = lower(&scenario(text), None).unwrap();
    let what = Replicates { seed: 3, range: 0..replicates, threads: 0 };
    let runs = run_replicates(&Sparse, &plan, &what, &|| true).unwrap();
    let values: Vec<f64> = runs.iter().map(|run| of(&plan, run)).collect();
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}

#[track_caller]
fn assert_mean(found: (f64, f64), expected: f64) {
    assert!((found.0 - expected).abs() < 4.0 * found.1, "{} ± {}, expected {expected}", found.0, found.1);
}

fn many(few: u64) -> u64 {
    if THOROUGH { 20 * few } else { few }
}

fn at_end(plan: &Plan, run: &Trajectory) -> f64 {
    f64::from(adopters_at_end(plan, run))
}

fn years(n: u32) -> String {
    format!("start = 2000-01-01, until = {}-01-01, tick = \"year\"", 2000 + n)
}

#[test]
fn few_take_up_a_novelty_more_slowly_than_bass_has_it_for_many() {
    // Reference §5, exact master equation: p = .03, q = .38, mean share at t = 5: .2907386522 of ten and
    // .3261821292 of a hundred; .33119864249 in the limit.
    for (n, expected) in [(10, 0.290_738_652_2), (100, 0.326_182_129_2)] {
        let complete = format!("network.generate.complete = {{ actors = {n} }}");
        let text = text(&years(5), &complete, &[], "preset.bass = { p = 0.03, q = 0.38 }");
        assert_mean(mean(&text, many(400), |plan, run| at_end(plan, run) / f64::from(n)), expected);
    }
}

#[test]
fn simple_contagion_on_a_star_is_only_slower_from_a_leaf() {
    // Reference §5, closed forms: β = .5, ten leaves, t = 2.
    for (first, expected) in [("HUB", 7.321_205_588_3), ("L1", 4.010_290_617_7)] {
        let text =
            text(&years(2), "network.generate.star = { leaves = 10 }", &[first], "preset.si.rate = 0.5");
        assert_mean(mean(&text, many(500), at_end), expected);
    }
}

#[test]
fn voters_agree_on_what_they_held_by_degree() {
    // Reference §5: the chance that all end with the seed's position is its degree over all degrees.
    for (first, expected) in [("HUB", 0.5), ("L1", 0.125)] {
        let text = text(&years(200), "network.generate.star = { leaves = 4 }", &[first], "[preset.voter]");
        assert_mean(
            mean(&text, many(400), |plan, run| f64::from(u8::from(at_end(plan, run) > 4.5))),
            expected,
        );
    }
}

// A path and a diamond, all probabilities or weights a half.
const PATH: &str = "[network]\nactor = [{ id = \"A\" }, { id = \"B\" }, { id = \"C\" }, { id = \"D\" }]\nlayer.ties.ties = [{ from = \"A\", to = \"B\", strength = 0.5 }, { from = \"B\", to = \"C\", strength = 0.5 }, { from = \"C\", to = \"D\", strength = 0.5 }]";
const DIAMOND: &str = "[network]\nactor = [{ id = \"A\" }, { id = \"B\" }, { id = \"C\" }, { id = \"D\" }]\nlayer.ties.ties = [{ from = \"A\", to = \"B\", strength = 0.5 }, { from = \"A\", to = \"C\", strength = 0.5 }, { from = \"B\", to = \"D\", strength = 0.5 }, { from = \"C\", to = \"D\", strength = 0.5 }]";

#[test]
fn spreads_are_those_of_the_enumerated_live_ties() {
    // Reference §4: path from A 1.875 under both models; diamond from A 2.4375 and 2.5.
    for (network, preset, expected) in [
        (PATH, "[preset.independent-cascade]", 1.875),
        (PATH, "[preset.linear-threshold]", 1.875),
        (DIAMOND, "[preset.independent-cascade]", 2.4375),
        (DIAMOND, "[preset.linear-threshold]", 2.5),
    ] {
        assert_mean(mean(&text(&years(6), network, &["A"], preset), many(1000), at_end), expected);
    }
}

// ---- Opinions.

// x of position 1 of all actors after so many ticks in which nobody moves.
fn opinions(text: &str, ticks: Tick) -> Vec<f64> {
    let read = scenario(text);
    let positions = vec![0; read.network.actors().len()];
    let mut x = read.unpersuaded(&positions);
    for tick in 0..ticks {
        x = read.persuade(tick, &positions, &x);
    }
    x.chunks(read.n_positions()).map(|x| x[1]).collect()
}

const THREE: &str = r#"
[network]
actor = [{ id = "A" }, { id = "B" }, { id = "C" }]
layer.ties = { undirected = true, ties = [{ from = "A", to = "B" }, { from = "B", to = "C" }] }
[[advocacy.schedule]]
who = "A"
position = 1
level = 1
"#;

fn century() -> String {
    "start = 2000-01-01, until = 2100-01-01, tick = \"year\"".to_owned()
}

#[test]
fn opinions_settle_at_the_mean_weighted_by_the_left_eigenvector() {
    // Strengths into A, B and C are 2, 3 and 2 with a self-weight of 1, and their shares are the left
    // eigenvector: from (1, 0, 0) all settle at 2/7. Each tick rounds to 2⁻¹².
    let found = opinions(&text(&century(), THREE, &[], "[preset.degroot]\nself-weight = 1"), 99);
    assert!(found.iter().all(|x| (x - 2.0 / 7.0).abs() < 0.005), "{found:?}");
}

#[test]
fn the_stubborn_settle_at_the_solution_of_their_linear_equations() {
    // x = s x⁰ + (1 − s) W x with s = 1/4, x⁰ = (1, 0, 0) and W the mean of one's partners:
    // b = 3/8 (a + c), c = 3/4 b, a = 1/4 + 3/4 b, so that b = 3/14, a = 23/56, c = 9/56.
    let found = opinions(&text(&century(), THREE, &[], "[preset.friedkin-johnsen]\nstubbornness = 0.25"), 99);
    let expected = [23.0 / 56.0, 3.0 / 14.0, 9.0 / 56.0];
    assert!(found.iter().zip(expected).all(|(x, y)| (x - y).abs() < 0.002), "{found:?}");
}
