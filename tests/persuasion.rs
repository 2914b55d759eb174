//! Persuasion (MODEL §7): DeGroot and Friedkin–Johnsen as special cases, blocked groups, and what
//! must not matter.

use normwave_analysis::{Persuasion, TickLedger, TickState};
use normwave_plan::{Plan, Tick, Trajectory};
use normwave_scenario::{Scenario, ScenarioError};
use normwave_tests::{run, scenario};
use proptest::prelude::*;
use std::fmt::Write;
use std::sync::Arc;

const STEP: f64 = 1.0 / 4096.0;

// Who is reached by whom how strongly: `weights[j][l]` is W_jl, the diagonal included.
#[derive(Debug)]
struct Opinions {
    weights: Vec<Vec<f64>>,
    stubbornness: Vec<f64>,
    // x⁰ toward position 1.
    first: Vec<f64>,
    ticks: u32,
}

impl Opinions {
    fn text(&self) -> String {
        let n = self.first.len();
        let ids = (0..n).map(|j| format!("{{ id = \"O{j}\", kind = \"ngo\" }}")).collect::<Vec<_>>();
        // Somebody has to hear one of them.
        let mut ties = vec!["{ from = \"O0\", to = \"G\" }".to_owned()];
        for (j, row) in self.weights.iter().enumerate() {
            let others = row.iter().enumerate().filter(|(l, weight)| *l != j && **weight > 0.0);
            ties.extend(
                others.map(|(l, weight)| {
                    format!("{{ from = \"O{l}\", to = \"O{j}\", strength = {weight:?} }}")
                }),
            );
        }
        let mut text = format!(
            r#"
schema = 1
title = "Opinions"
period = {{ start = 2000-01-01, until = {}-01-01, tick = "year" }}
factor.pleas = {{ type = "moral", layer = "ties" }}
network.actor = [{{ id = "G" }}, {}]
network.layer.ties.ties = [{}]
"#,
            2000 + self.ticks,
            ids.join(", "),
            ties.join(", ")
        );
        for (j, (first, stubbornness)) in self.first.iter().zip(&self.stubbornness).enumerate() {
            let _ = writeln!(
                text,
                "[[advocacy.schedule]]\nwho = \"O{j}\"\nposition = 1\nlevel = {first:?}\n\
                 [[advocacy.persuadable]]\nwho = \"O{j}\"\nlayer = \"ties\"\n\
                 stubbornness = {stubbornness:?}\nself-weight = {:?}",
                self.weights[j][j]
            );
        }
        text
    }

    // What they say toward position 1 in the last tick.
    fn end(&self) -> Vec<f64> {
        let scenario = scenario(&self.text());
        let (plan, trajectory) = run(&scenario);
        says(&plan, &trajectory, self.ticks - 1)
    }
}

fn says(plan: &Plan, trajectory: &Trajectory, tick: Tick) -> Vec<f64> {
    let persuaded = plan.persuaded_at(trajectory, tick);
    persuaded.0.chunks(2).map(|x| f64::from(x[1]) * STEP).collect()
}

fn assert_near(found: &[f64], expected: &[f64], steps: f64) {
    for (x, y) in found.iter().zip(expected) {
        assert!((x - y).abs() <= steps * STEP, "{found:?}, not {expected:?} within {steps} steps");
    }
}

// `reference/README.md` §5.
fn three(stubbornness: [f64; 3], ticks: u32) -> Vec<f64> {
    let weights = vec![vec![0.5, 0.5, 0.0], vec![0.25, 0.5, 0.25], vec![0.0, 0.5, 0.5]];
    Opinions { weights, stubbornness: stubbornness.to_vec(), first: vec![1.0, 0.0, 0.0], ticks }.end()
}

#[test]
fn those_who_are_not_stubborn_agree_on_the_mean_weighted_by_the_eigenvector() {
    // Influence (1/4, 1/2, 1/4). Each update rounds to the nearest step, so that the three may stop
    // a step apart.
    assert_near(&three([0.0; 3], 60), &[0.25; 3], 1.0);
    // One tick: (1/2, 1/4, 0), two: (3/8, 1/4, 1/8).
    assert_near(&three([0.0; 3], 2), &[0.5, 0.25, 0.0], 0.0);
    assert_near(&three([0.0; 3], 3), &[0.375, 0.25, 0.125], 0.0);
}

#[test]
fn the_stubborn_end_where_friedkin_and_johnsen_say() {
    // (I − (1 − S)W)⁻¹ S x⁰; half a step in each update grows to at most 1/2 / min s = 5 steps.
    let expected = [0.924_352_331_6, 0.319_170_984_5, 0.261_139_896_4];
    assert_near(&three([0.8, 0.3, 0.1], 200), &expected, 5.0);
}

// Solves a·x = b by elimination with pivots.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for column in 0..n {
        let pivot = (column..n).max_by(|&i, &j| a[i][column].abs().total_cmp(&a[j][column].abs())).unwrap();
        a.swap(column, pivot);
        b.swap(column, pivot);
        for row in (0..n).filter(|&row| row != column) {
            let by = a[row][column] / a[column][column];
            let pivot = a[column].clone();
            a[row].iter_mut().zip(pivot).for_each(|(x, y)| *x -= by * y);
            b[row] -= by * b[column];
        }
    }
    (0..n).map(|i| b[i] / a[i][i]).collect()
}

fn opinions() -> impl Strategy<Value = Opinions> {
    (2usize..7).prop_flat_map(|n| {
        let weight = prop_oneof![2 => Just(0.0), 3 => 0.05f64..2.0];
        let weights = prop::collection::vec(prop::collection::vec(weight, n), n);
        let stubbornness = prop::collection::vec(0.2f64..1.0, n);
        let first = prop::collection::vec(0.0f64..1.0, n);
        (weights, stubbornness, first).prop_map(|(weights, stubbornness, first)| Opinions {
            weights,
            stubbornness,
            first,
            ticks: 90,
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn a_random_crowd_ends_at_the_linear_solution(crowd in opinions()) {
        let n = crowd.first.len();
        let mut a = vec![vec![0.0; n]; n];
        let mut b = vec![0.0; n];
        for j in 0..n {
            let all: f64 = crowd.weights[j].iter().sum();
            // Whom nobody reaches, themselves included, is as if wholly stubborn.
            let s = if all > 0.0 { crowd.stubbornness[j] } else { 1.0 };
            b[j] = s * (crowd.first[j] * 4096.0).round() / 4096.0;
            for (l, (a, weight)) in a[j].iter_mut().zip(&crowd.weights[j]).enumerate() {
                let u = if all > 0.0 { weight / all } else { 0.0 };
                *a = f64::from(u8::from(j == l)) - (1.0 - s) * u;
            }
        }
        let expected = solve(a, b);
        for (x, y) in crowd.end().iter().zip(expected) {
            // Half a step over the least stubbornness, 1/5.
            prop_assert!((x - y).abs() <= 2.6 * STEP, "{x}, not {y}");
        }
    }
}

const CHAIN: &str = r#"
schema = 1
title = "A chain of persuasion"
period = { start = 2000-01-01, until = 2010-01-01, tick = "year" }
network.actor = [{ id = "HOME" }, { id = "ABROAD" }, { id = "NGO", kind = "ngo" }]
factor.domestic.type = "domestic-advocacy"
factor.pleas = { type = "moral", layer = "relations" }
decision.threshold = 9
network.layer.relations.ties = [{ from = "ABROAD", to = "HOME" }]
network.layer.talk.ties = [
    { from = "HOME/crowd", to = "HOME/army", strength = 3 },
    { from = "HOME/crowd", to = "NGO", strength = 1 },
    { from = "ABROAD", to = "NGO", strength = 4 },
    { from = "NGO", to = "ABROAD", strength = 1 },
]

[[selectorate.group]]
government = "HOME"
role = "crowd"
weight = 0.6
stance = [{ position = 1, level = 1.0 }]

[[selectorate.group]]
government = "HOME"
role = "army"
weight = 0.4
stance = [{ position = 0, level = 1.0 }]

[[advocacy.persuadable]]
who = ["NGO", "HOME/army"]
layer = "talk"
stubbornness = 0.5

[[advocacy.persuadable]]
who = "ABROAD"
layer = "talk"
stubbornness = 0.25
"#;

const BLOCKED: &str =
    "\n[event.closed]\ndate = 2004-01-01\nuntil = 2006-01-01\nchange = [{ blocked = \"HOME/crowd\" }]\n";

fn ledger<'s>(scenario: &'s Arc<Scenario>, tick: Tick) -> TickLedger<'s> {
    let (plan, trajectory) = run(scenario);
    TickLedger::new(scenario, tick, &TickState::at_decisions(&trajectory, plan.n_actors(), tick)).unwrap()
}

// Toward position 1: what each of (NGO, ABROAD, army) says in a tick.
fn said(text: &str, tick: Tick) -> [f64; 3] {
    let scenario = scenario(text);
    let (plan, trajectory) = run(&scenario);
    let persuaded = says(&plan, &trajectory, tick);
    let place = |id: &str| {
        let actor = scenario.network.actor_id(id).unwrap();
        plan.stances.persuadable.iter().position(|one| one.actor == actor.0).unwrap()
    };
    ["NGO", "ABROAD", "HOME/army"].map(|id| persuaded[place(id)])
}

#[test]
fn a_blocked_group_has_no_weight_at_home_and_all_its_strength_abroad() {
    let text = format!("{CHAIN}{BLOCKED}");
    let scenario = scenario(&text);
    let weight = |tick| {
        let sheet = ledger(&scenario, tick).sheet(scenario.network.actor_id("HOME").unwrap());
        let crowd = scenario.network.actor_id("HOME/crowd").unwrap();
        sheet.rows.iter().filter(|row| row.source == Some(crowd)).map(|row| row.pressure).sum::<f64>()
    };
    assert_near(&[3, 4, 5, 6].map(weight), &[0.6, 0.0, 0.0, 0.6], 1e-9);
    // u of the NGO: 1 of 1 + 4 in the open, 1 + 3 of 4 + 4 while the crowd is blocked. ABROAD says
    // 0 in the first tick, so that the second is s·0 + 0.5 · u · 1.
    assert_near(&said(CHAIN, 1), &[0.1, 0.0, 0.5], 0.5);
    let at_once = text.replace("2004-01-01", "2000-01-01");
    assert_near(&said(&at_once, 1), &[0.25, 0.0, 0.0], 0.5);
    // The army, whom nobody else reaches, says what it says of its own accord.
    let army = |tick| said(&text, tick)[2];
    // A tick after the event.
    assert_near(&[4, 5, 6, 7].map(army), &[0.5, 0.0, 0.0, 0.5], 0.0);
}

#[test]
fn a_group_that_is_blocked_throughout_is_as_one_that_an_event_blocks_from_the_start() {
    let by_event = format!("{CHAIN}{}", BLOCKED.replace("2004", "2000").replace("until = 2006-01-01\n", ""));
    let by_key = CHAIN.replace("weight = 0.6", "weight = 0.6\nblocked = true");
    for tick in [0, 1, 5] {
        assert_near(&said(&by_event, tick), &said(&by_key, tick), 0.0);
    }
}

#[test]
fn shares_of_origins_add_up_and_the_strongest_chain_is_named() {
    let scenario = scenario(CHAIN);
    let id = |actor| scenario.network.actor(actor).id.as_str();
    let home = scenario.network.actor_id("HOME").unwrap();
    let found = ledger(&scenario, 9).persuasions(home, 1);
    let of = |sender| found.iter().find(|persuasion| id(persuasion.sender) == sender).unwrap();
    let army: &Persuasion = of("HOME/army");
    assert_near(&[army.level], &[0.5], 0.5);
    let abroad = of("ABROAD");
    assert_near(&[abroad.level], &[said(CHAIN, 9)[1]], 4.0);
    assert!((abroad.origins.iter().map(|origin| origin.share).sum::<f64>() - 1.0).abs() < 1e-12);
    assert_eq!(abroad.origins.len(), 1, "only the crowd says it of its own accord");
    let route: Vec<_> = abroad.origins[0].route.iter().map(|actor| id(*actor)).collect();
    assert_eq!(route, ["HOME/crowd", "NGO", "ABROAD"]);
    // Directly 3/4 · 1/2 · 1/5; the rest went round between NGO and ABROAD.
    let direct = 0.75 * 0.5 * 0.2;
    assert!((abroad.origins[0].route_share * abroad.level - direct).abs() < 1e-12);
    assert!(abroad.level > direct);
    assert!(ledger(&scenario, 0).persuasions(home, 1).is_empty(), "nobody has been persuaded yet");
}

#[test]
fn one_whom_nobody_listens_to_changes_nothing() {
    let loud = CHAIN.replace("{ id = \"NGO\"", "{ id = \"LOUD\", kind = \"ngo\" }, { id = \"NGO\"").replace(
        "{ from = \"ABROAD\", to = \"NGO\", strength = 4 },",
        "{ from = \"ABROAD\", to = \"NGO\", strength = 4 }, { from = \"NGO\", to = \"LOUD\" },",
    ) + "\n[[advocacy.schedule]]\nwho = \"LOUD\"\nposition = 1\nlevel = 1.0\n";
    for tick in 0..10 {
        assert_near(&said(&loud, tick), &said(CHAIN, tick), 0.0);
    }
}

#[test]
fn mistakes_are_named_with_their_place() {
    let problem = |from: &str, to: &str| -> String {
        let text = CHAIN.replacen(from, to, 1);
        let error: ScenarioError = Scenario::read(
            "chain.toml",
            &text,
            &normwave_scenario::InMemory::default(),
            &normwave_scenario::Registries::default(),
            &normwave_scenario::Overrides::default(),
        )
        .unwrap_err();
        error.to_string()
    };
    let has = |found: String, part: &str| assert!(found.contains(part), "{found}");
    has(
        problem("stubbornness = 0.5", "stubbornness = 1.5"),
        "chain.toml:32: [[advocacy.persuadable]]: the stubbornness of `NGO` is 1.5 on 2000-12-31\n",
    );
    has(
        problem("stubbornness = 0.5", "stubbornness = 0.5\nself-weight = -1.0"),
        "self-weight -1 is negative",
    );
    has(problem("layer = \"talk\"\nstubb", "layer = \"tolk\"\nstubb"), "tolk");
    let blocked = |who: &str| {
        problem(
            "[[selectorate.group]]",
            &format!(
                "[event.e]\ndate = 2004-01-01\nchange = [{{ blocked = \"{who}\" }}]\n[[selectorate.group]]"
            ),
        )
    };
    has(blocked("NGO"), "`NGO` is no group of a selectorate");
}
