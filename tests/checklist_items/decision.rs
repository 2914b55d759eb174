//! The decision: when a government moves, and what turns it.

use crate::world::{assert_close, changed, sheet, years};
use normwave_analysis::{Counts, Lever, log_odds_ratio};
use normwave_engine::{Replicates, Sparse, run_replicates};
use normwave_plan::{Ballot, Draws, Rule, Stream, Tick, decide, margin};
use normwave_scenario::lower;
use normwave_tests::{holds_at_end, run};

#[test]
fn in_a_million_random_balances_a_move_is_a_margin_above_nothing() {
    // Pressures in whole numbers below 8, so that sides are often equal.
    let draws = Draws::new(2, 0);
    let (mut moves, mut equal) = (0, 0);
    for i in 0..1_000_000_u64 {
        let number = |what| (8.0 * draws.uniform(what, i, Stream::Noise, 0)).floor();
        let pressure = [number(0), number(1)];
        let threshold = (number(2) - 5.0).max(0.0);
        let held = u8::from(number(3) >= 6.0);
        let ballot =
            Ballot { held, pressure: &pressure, open: &[true, true], threshold, exit: 0.0, steps: &[] };
        let other = 1 - held;
        let moved = decide(Rule::Strict, &ballot, |_| 0.0) == other;
        assert_eq!(moved, margin(&ballot, other) > 0.0, "{ballot:?}");
        let even = (pressure[usize::from(other)] - pressure[usize::from(held)] - threshold).abs() < 0.5;
        assert!(!(even && moved), "{ballot:?}");
        equal += u32::from(even);
        moves += u32::from(moved);
    }
    assert!(moves > 100_000 && equal > 50_000, "{moves} moves, {equal} equal");
}

// Adopters reach A with 1.6, holdouts with 2, and the threshold is 0.4: A moves once adopters count
// for more than one and a half times as much.
const DIALLED: &str = r#"
network.actor = [{ id = "A" }, { id = "B" }, { id = "C" }, { id = "D" }, { id = "E" }]
network.layer.ties.ties = [
    { from = "B", to = "A", strength = 1.25 }, { from = "C", to = "A", strength = 0.75 },
    { from = "D", to = "A", strength = 0.7 }, { from = "E", to = "A", strength = 0.9 },
]
network.attribute.dial = { values = { A = 1 }, default = 1 }
factor.peers = { type = "emulation", layer = "ties" }
factor.silent = { type = "moral", layer = "nothing" }
network.layer.nothing.ties = []
first-adopters = [{ who = ["D", "E"] }]
decision.threshold = 0.4

[moderator.dial]
type = "regime"
attribute = "dial"
acts-on = ["peers", "silent"]
toward-status-quo = 1
toward-new = { linear = { at-zero = 0, slope = 1 } }
"#;

#[test]
fn a_dial_is_bisected_to_the_point_at_which_its_government_moves() {
    let moves = |dial: f64| {
        let scenario = changed(DIALLED, &[&format!("network.attribute.dial.values.A={dial}")]);
        holds_at_end(&scenario, &run(&scenario).1, "A") == 1
    };
    let (mut low, mut high) = (0.0, 11.0);
    assert!(!moves(low) && moves(high));
    for _ in 0..34 {
        let middle = f64::midpoint(low, high);
        *if moves(middle) { &mut high } else { &mut low } = middle;
    }
    assert_close(low, 1.5, 1e-6);
    // The sheet of one moment says so without a run.
    let flip = sheet(&years(DIALLED), "A", 0, &["D", "E"]).smallest_flip(1).unwrap();
    assert_eq!(flip.lever, Lever::Gain { moderator: "dial".to_owned(), toward_new: true });
    assert_close(flip.factor, 1.5, 1e-12);
}

#[test]
fn a_dial_turns_what_is_there_and_makes_nothing_of_nothing() {
    for dial in [0.0, 1.0, 4.0] {
        let scenario = changed(DIALLED, &[&format!("network.attribute.dial.values.A={dial}")]);
        let sheet = sheet(&scenario, "A", 0, &["D", "E"]);
        assert_close(sheet.pressures[1], 1.6 * dial, 1e-12);
        assert_close(sheet.pressures[0], 2.0, 1e-12);
        assert!(sheet.rows.iter().all(|row| row.factor == "peers"), "nobody sends the other factor");
    }
}

#[test]
fn the_effect_of_a_campaign_differs_by_the_level_of_its_moderator_as_much_as_is_found() {
    // 500 governments with unobserved taste: the log odds of adoption are g·κ − c. A campaign of
    // κ = 1 adds 0.2 where the capacity is 0.2 and 0.9 where it is 0.9.
    let cell = |capacity: f64, campaign: f64, seed: u64| {
        let text = format!(
            r#"
network.generate.star.leaves = 499
network.actor = [{{ id = "CAMPAIGN", kind = "ngo" }}]
network.layer.campaign.ties = [{{ from = "CAMPAIGN", to = "all" }}]
network.attribute.means.default = {capacity}
advocacy.schedule = [{{ who = "CAMPAIGN", position = 1, level = {campaign} }}]
factor.plea = {{ type = "moral", layer = "campaign" }}
factor.cost = {{ type = "sovereignty-cost", base = 0.5 }}
moderator.capacity = {{ acts-on = "plea", attribute = "means" }}
decision = {{ rule = "noisy", temperature = 1 }}
"#
        );
        let plan = lower(&years(&text), None).unwrap();
        let what = Replicates { seed, range: 0..20, threads: 1 };
        let runs = run_replicates(&Sparse, &plan, &what, &|| true).unwrap();
        let held = runs.iter().flat_map(|run| run.positions_before(plan.n_actors(), Tick::MAX, 0));
        held.filter(|&held| held > 0).count() as u64
    };
    let effect = |capacity: f64, seed: u64| {
        let (treated, others) = (cell(capacity, 1.0, seed), cell(capacity, 0.0, seed + 1));
        log_odds_ratio(Counts { treated, of_treated: 10_000, others, of_others: 10_000 })
    };
    let (able, unable) = (effect(0.9, 1), effect(0.2, 3));
    let error = able.error.hypot(unable.error);
    assert_close(able.value, 0.9, 4.0 * able.error);
    assert_close(unable.value, 0.2, 4.0 * unable.error);
    assert!(able.value - unable.value > 4.0 * error, "{able:?} {unable:?}");
    assert_close(able.value - unable.value, 0.7, 4.0 * error);
}
