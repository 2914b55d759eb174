//! Items of the checklist that are properties of what is there, each shown in a world just large
//! enough for it. `docs/checklist.md` says which test belongs to which item.

use normwave_analysis::{
    AdoptionCounts, BalanceSheet, Channel, Counts, Lever, Plateau, TickLedger, TickState, arrests,
    first_adoptions, log_odds_ratio, waves,
};
use normwave_engine::{Replicates, Sparse, run_replicates};
use normwave_network_model::measure::{Flow, LayerGraph, Reading, betweenness, degree};
use normwave_network_model::{ActorId, LayerSource, Network, parse_date};
use normwave_plan::{Ballot, Draws, Persuaded, Position, Rule, Stream, Tick, Trajectory, decide, margin};
use normwave_scenario::{InMemory, Overrides, Registries, Scenario, lower};
use normwave_tests::{adopters, adopters_at_end, holds_at_end, read, run, scenario};
use std::fmt::Write;
use std::sync::Arc;

// Twenty years in a small world; `rest` says what happens in them.
fn years(rest: &str) -> Arc<Scenario> {
    scenario(&text(rest))
}

fn text(rest: &str) -> String {
    format!(
        "schema = 1\ntitle = \"t\"\nperiod = {{ start = 2000-01-01, until = 2020-01-01, tick = \"year\" }}\n{rest}"
    )
}

fn changed(rest: &str, set: &[&str]) -> Arc<Scenario> {
    read(&text(rest), &InMemory::default(), &Registries::default(), &setting(set))
}

fn setting(set: &[&str]) -> Overrides {
    Overrides { set: set.iter().map(|&set| set.to_owned()).collect(), ..Overrides::default() }
}

fn case(name: &str, overrides: &Overrides) -> Arc<Scenario> {
    Arc::new(normwave_cases::case(name).unwrap().read(overrides).unwrap())
}

// A balance sheet without a run: at a tick, while `holders` hold position 1.
fn sheet(scenario: &Scenario, id: &str, tick: Tick, holders: &[&str]) -> BalanceSheet {
    let mut positions = vec![0; scenario.network.actors().len()];
    for holder in holders {
        positions[scenario.network.actor_id(holder).unwrap().idx()] = 1;
    }
    let ledger = TickLedger::new(scenario, tick, &TickState::at_rest(positions)).unwrap();
    ledger.sheet(scenario.network.actor_id(id).unwrap())
}

// The sheet with which an actor first moved.
fn sheet_at_move(scenario: &Scenario, run: &Trajectory, id: &str) -> BalanceSheet {
    let actor = scenario.network.actor_id(id).unwrap();
    let step = run.moves.iter().find(|step| step.actor == actor.0).unwrap();
    let state = TickState::at_decisions(run, scenario.network.actors().len(), step.tick);
    TickLedger::new(scenario, step.tick, &state).unwrap().sheet(actor)
}

// The share of pressure toward position 1 that a factor makes up.
fn share_of(sheet: &BalanceSheet, factor: &str) -> f64 {
    of_factor(sheet, factor, 1) / sheet.pressures[1]
}

fn of_factor(sheet: &BalanceSheet, factor: &str, toward: Position) -> f64 {
    sheet.rows.iter().filter(|row| row.factor == factor && row.toward == toward).map(|row| row.pressure).sum()
}

fn tick_of(scenario: &Scenario, run: &Trajectory, id: &str) -> Option<Tick> {
    let actor = scenario.network.actor_id(id).unwrap();
    run.first_at_least(scenario.network.actors().len(), 1)[actor.idx()]
}

fn year_of(scenario: &Arc<Scenario>, id: &str) -> Option<Tick> {
    let (_, trajectory) = run(scenario);
    tick_of(scenario, &trajectory, id).map(|tick| tick + 2000)
}

fn n_adopters(scenario: &Arc<Scenario>) -> u32 {
    let (plan, trajectory) = run(scenario);
    adopters_at_end(&plan, &trajectory)
}

#[track_caller]
fn assert_close(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() <= within, "found {found}, expected {expected}");
}

#[expect(clippy::cast_precision_loss, reason = "small counts")]
fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len() as f64;
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
    let (x, y) = (mean(&|pair| pair.0), mean(&|pair| pair.1));
    let product = |of: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|(a, b)| of(a - x, b - y)).sum::<f64>();
    product(&|a, b| a * b) / (product(&|a, _| a * a) * product(&|_, b| b * b)).sqrt()
}

// Ranks from 1; equals share their mean rank.
#[expect(clippy::cast_precision_loss, reason = "small counts")]
fn ranks(values: &[f64]) -> Vec<f64> {
    let rank = |value: &f64| {
        let below = values.iter().filter(|other| *other < value).count() as f64;
        let equal = values.iter().filter(|other| other.total_cmp(value).is_eq()).count() as f64;
        below + f64::midpoint(equal, 1.0)
    };
    values.iter().map(rank).collect()
}

// Ten governments for which adoption costs 0.1, 0.2, … 1.
fn ten_costs() -> String {
    let mut values = String::new();
    for i in 1..=10 {
        write!(values, "A{i} = {}, ", f64::from(i) / 10.0).unwrap();
    }
    format!(
        "network.generate.complete.actors = 10\nnetwork.attribute.cost = {{ values = {{ {values} }}, default = 0 }}\n\
         network.actor = [{{ id = \"CAMPAIGN\", kind = \"ngo\" }}]\n\
         network.layer.campaign.ties = [{{ from = \"CAMPAIGN\", to = \"all\" }}]\n\
         factor.cost = {{ type = \"sovereignty-cost\", base = 0, attributes = {{ cost = 1 }} }}\n\
         factor.plea = {{ type = \"moral\", layer = \"campaign\" }}\n"
    )
}

// A campaign that grows by `step` a year from 0.
fn growing(step: f64) -> String {
    let mut steps = String::new();
    for year in 0..20 {
        write!(steps, "[\"{}\", {}], ", 2000 + year, (step * f64::from(year)).min(1.0)).unwrap();
    }
    format!("schedule = [{{ who = \"CAMPAIGN\", position = 1, steps = [{steps}] }}]")
}

// ---- The decision.

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

// ---- What presses, and who.

#[test]
fn an_indifferent_partner_counts_for_nothing_and_one_that_adopts_changes_sides() {
    let pressures = |vigour: &str, holders: &[&str]| {
        let text = format!(
            r#"
network.actor = [{{ id = "A" }}, {{ id = "B" }}]
network.layer.ties.ties = [{{ from = "B", to = "A", strength = 0.75 }}]
advocacy.vigour = {vigour}
factor.peers = {{ type = "moral", layer = "ties" }}
"#
        );
        sheet(&years(&text), "A", 0, holders).pressures
    };
    assert_eq!(pressures("[1, 1]", &[]), [0.75, 0.0]);
    assert_eq!(pressures("[1, 1]", &["B"]), [0.0, 0.75]);
    for holders in [&[][..], &["B"]] {
        assert_eq!(pressures("[0, 0]", holders), [0.0, 0.0]);
    }
}

const FIVE_LEVELS: &str = r#"
network.actor = [
    { id = "A" }, { id = "B" }, { id = "ORG", kind = "igo" }, { id = "NGO", kind = "ngo" },
]
network.layer.talks.ties = [
    { from = "B", to = "A" }, { from = "ORG", to = "A", strength = 0.5 }, { from = "NGO", to = "A", strength = 0.25 },
]
network.layer.streets.ties = [{ from = "NGO", to = "A/public" }]
network.layer.sight.visibility = { base = 1 }
network.attribute.result = { values = { B = 0.9 }, default = 0.5 }
selectorate.group = [
    { government = "A", role = "public", weight = 0.5 },
    { government = "A", role = "army", weight = 0.25, stance = [{ position = 0, level = 1 }] },
]
advocacy.schedule = [{ who = ["ORG", "NGO"], position = 1, level = 1 }]
advocacy.persuadable = [{ who = "A/public", layer = "streets", stubbornness = 0 }]
factor.word = { type = "moral", layer = "talks" }
factor.home = { type = "domestic-advocacy" }
factor.evidence = { type = "learning", layer = "sight", outcome = "result" }
factor.sovereignty = { type = "sovereignty-cost", base = 0.5 }
moderator.legitimacy = { acts-on = "word" }
first-adopters = [{ who = "B" }]
"#;

#[test]
fn groups_organisations_states_and_the_system_press_in_one_sheet_row_by_row() {
    let scenario = years(FIVE_LEVELS);
    let (plan, trajectory) = run(&scenario);
    // The public has heard the NGO after a year.
    let state = TickState::at_decisions(&trajectory, plan.n_actors(), 1);
    let a = scenario.network.actor_id("A").unwrap();
    let sheet = TickLedger::new(&scenario, 1, &state).unwrap().sheet(a);
    for (channel, sender, layer) in [
        (Channel::State, Some("B"), Some("talks")),
        (Channel::Organisation, Some("ORG"), Some("talks")),
        (Channel::Transnational, Some("NGO"), Some("talks")),
        (Channel::Domestic, Some("A/public"), Some("domestic")),
        (Channel::Own, None, None),
    ] {
        let row = sheet.rows.iter().find(|row| row.channel == channel && row.toward == 1);
        let row = row.unwrap_or_else(|| panic!("{channel:?} presses for the norm"));
        let source = row.source.map(|source| scenario.network.actor(source).id.as_str());
        assert_eq!((source, row.layer.as_deref()), (sender, layer), "{channel:?}");
    }
    for row in &sheet.rows {
        let gain: f64 = row.gains.iter().map(|gain| gain.gain).product();
        assert_close(row.pressure, row.raw * gain, 1e-12);
        assert_eq!(row.gains.len(), usize::from(row.factor == "word"), "{}", row.factor);
    }
    assert_eq!(holds_at_end(&scenario, &trajectory, "A"), 1);
}

#[test]
fn what_all_others_made_of_it_presses_without_a_sender() {
    let scenario = years(FIVE_LEVELS);
    let evidence = |holders: &[&str]| {
        let sheet = sheet(&scenario, "A", 0, holders);
        let rows: Vec<_> = sheet.rows.iter().filter(|row| row.factor == "evidence").cloned().collect();
        assert!(rows.iter().all(|row| row.source.is_none() && row.toward == 1));
        rows.iter().map(|row| row.pressure).sum::<f64>()
    };
    // (1/2 + 0.9)/2 is 0.2 above even.
    assert_close(evidence(&[]), 0.0, 0.0);
    assert_close(evidence(&["B"]), 0.2, 1e-12);
}

#[test]
fn each_takes_the_version_that_presses_most_and_shares_sum_to_one() {
    // Three campaigns with strengths at random plead with forty governments each for its version.
    let draws = Draws::new(9, 0);
    let (mut actors, mut ties) = (String::new(), String::new());
    for i in 0..40 {
        write!(actors, "{{ id = \"G{i}\" }}, ").unwrap();
        for (what, sender) in (0..).zip(["OLD", "PARTIAL", "BAN"]) {
            let strength = draws.uniform(what, i, Stream::Noise, 0);
            write!(ties, "{{ from = \"{sender}\", to = \"G{i}\", strength = {strength:.4} }}, ").unwrap();
        }
    }
    let ngos = ["OLD", "PARTIAL", "BAN"].map(|id| format!("{{ id = \"{id}\", kind = \"ngo\" }}")).join(", ");
    let scenario = years(&format!(
        r#"
norm = {{ versions = "rival", position = [{{ name = "none" }}, {{ name = "partial" }}, {{ name = "ban" }}] }}
network.actor = [{actors} {ngos}]
network.layer.pleas.ties = [{ties}]
advocacy.vigour = [0, 0, 0]
advocacy.schedule = [
    {{ who = "OLD", position = "none", level = 1 }}, {{ who = "PARTIAL", position = "partial", level = 1 }},
    {{ who = "BAN", position = "ban", level = 1 }},
]
factor.plea = {{ type = "moral", layer = "pleas" }}
"#
    ));
    let (plan, trajectory) = run(&scenario);
    let mut taken = [0; 3];
    for i in 0..40 {
        let id = format!("G{i}");
        let held = usize::from(holds_at_end(&scenario, &trajectory, &id));
        let pressures = sheet(&scenario, &id, 0, &[]).pressures;
        assert!(pressures.iter().all(|pressure| *pressure <= pressures[held]), "{id}: {pressures:?}");
        taken[held] += 1;
    }
    assert!(taken.iter().all(|&n| n > 5), "{taken:?}");
    let shares = plan.shares(&trajectory);
    for tick in 0..plan.n_ticks {
        assert_close((0..3).map(|k| shares.share(tick, k)).sum(), 1.0, 1e-12);
    }
}

#[test]
fn whom_a_norm_does_not_concern_neither_adopts_nor_counts_nor_sets_an_example() {
    let text = r#"
network.actor = [{ id = "COAST" }, { id = "INLAND" }, { id = "NEXT" }, { id = "NGO", kind = "ngo" }]
network.attribute.sea = { values = { COAST = "yes", NEXT = "yes" }, default = "no" }
network.layer.pleas.ties = [{ from = "NGO", to = "COAST", strength = 2 }, { from = "NGO", to = "INLAND", strength = 2 }]
network.layer.ties.ties = [{ from = "INLAND", to = "NEXT" }]
advocacy.schedule = [{ who = "NGO", position = 1, level = 1 }]
factor.plea = { type = "moral", layer = "pleas" }
factor.example = { type = "emulation", layer = "ties" }
factor.words = { type = "moral", layer = "ties" }
"#;
    let concerns = "norm.applies = { where = { sea = \"yes\" } }\n";
    for (applies, adopters, counted, rows) in [("", 3, 3, true), (concerns, 1, 2, false)] {
        let scenario = years(&format!("{applies}{text}"));
        let (plan, trajectory) = run(&scenario);
        assert_eq!(adopters_at_end(&plan, &trajectory), adopters);
        assert_eq!(plan.shares(&trajectory).present(0), counted);
        assert_eq!(!sheet(&scenario, "NEXT", 0, &[]).rows.is_empty(), rows);
    }
}

#[test]
fn the_more_adopters_promote_the_sooner_others_follow() {
    let years_until_all = |vigour: f64| {
        let text = format!(
            "{}factor.peers = {{ type = \"moral\", layer = \"ties\", exposure = \"mean\" }}\n\
             [advocacy]\nvigour = [0, {vigour}]\n{}",
            ten_costs(),
            growing(0.0625)
        );
        let scenario = years(&text);
        let (plan, trajectory) = run(&scenario);
        let waited = adopters(&plan, &trajectory).iter().map(|n| 10 - n).sum::<u32>();
        (year_of(&scenario, "A10"), waited)
    };
    let [mute, soft, loud] = [0.0, 0.25, 1.0].map(years_until_all);
    assert_eq!(mute.0, None, "a campaign of 1 does not exceed a cost of 1");
    assert!(soft.0.is_some() && loud.0 < soft.0, "{soft:?} {loud:?}");
    assert!(loud.1 < soft.1 && soft.1 < mute.1, "{mute:?} {soft:?} {loud:?}");
}

// ---- Pressure factors.

#[test]
fn a_larger_promise_never_delays_adoption_nor_lowers_its_hazard() {
    let promised = |amount: f64, rule: &str| {
        let text = format!(
            r#"
network.actor = [{{ id = "POOR" }}, {{ id = "DONOR" }}, {{ id = "CAMPAIGN", kind = "ngo" }}]
network.layer.aid.ties = [{{ from = "DONOR", to = "POOR", strength = {amount} }}]
network.layer.campaign.ties = [{{ from = "CAMPAIGN", to = "POOR" }}]
network.attribute.means.values = {{ DONOR = 9, POOR = 1 }}
first-adopters = [{{ who = "DONOR" }}]
factor.promise = {{ type = "material-incentive", layer = "aid", resource = "means" }}
factor.plea = {{ type = "moral", layer = "campaign" }}
factor.cost = {{ type = "sovereignty-cost", base = 0.8 }}
{rule}
[advocacy]
{}
"#,
            growing(0.05)
        );
        years(&text)
    };
    let amounts: Vec<f64> = (0..=20).map(|step| f64::from(step) / 20.0).collect();
    let dates: Vec<Tick> =
        amounts.iter().map(|&amount| year_of(&promised(amount, ""), "POOR").unwrap_or(9999)).collect();
    assert!(dates.is_sorted_by(|a, b| a >= b), "{dates:?}");
    assert!(dates[0] > 2015 && dates[20] == 2000, "{dates:?}");
    let hazards: Vec<f64> = amounts
        .iter()
        .map(|&amount| {
            let scenario = promised(amount, "decision = { rule = \"hazard\", rate = 1 }");
            let (plan, _) = run(&scenario);
            let pressures = plan.pressures_of_state(4, &[0, 1, 0], &Persuaded::default());
            plan.hazard(0, &[pressures[0] / plan.unit(), pressures[1] / plan.unit()], &[true, true])
        })
        .collect();
    assert!(hazards.is_sorted() && hazards[20] > 2.0 * hazards[0], "{hazards:?}");
}

#[test]
fn nobody_confers_standing_on_an_isolate_nor_shames_or_praises_it() {
    let text = r#"
network.actor = [{ id = "KNOWN" }, { id = "ALONE" }, { id = "PEER" }]
network.layer.missions.ties = [{ from = "PEER", to = "KNOWN", strength = 0.5 }]
factor.standing = { type = "status", layer = "missions" }
factor.shame = { type = "reputation", layer = "missions", kappa = 3 }
factor.praise = { type = "naming-and-praising", layer = "missions", audience = "missions" }
[event.recognition]
type = "recognition"
date = 2010-01-01
who = "ALONE"
from = "PEER"
layer = "missions"
tie = 0.5
"#;
    let scenario = years(text);
    let [known, alone, later] =
        [("KNOWN", 0), ("ALONE", 0), ("ALONE", 10)].map(|(id, tick)| sheet(&scenario, id, tick, &["PEER"]));
    assert!(alone.rows.is_empty(), "{:?}", alone.rows);
    for factor in ["standing", "shame", "praise"] {
        assert!(of_factor(&known, factor, 1) > 0.0, "{factor}");
        assert_close(of_factor(&later, factor, 1), of_factor(&known, factor, 1), 1e-12);
    }
}

#[test]
fn the_less_a_treaty_binds_the_more_take_part() {
    let parties = |bindingness: f64| {
        let text = format!(
            "{}norm.position = [{{ name = \"none\" }}, {{ name = \"treaty\", bindingness = {bindingness} }}]\n\
             factor.cost.kappa = 2\n\
             advocacy = {{ vigour = [0, 0], schedule = [{{ who = \"CAMPAIGN\", position = 1, level = 0.9 }}] }}\n",
            ten_costs().replace(
                "factor.cost = { type = \"sovereignty-cost\", base = 0, attributes = { cost = 1 } }",
                "factor.cost.type = \"sovereignty-cost\"\nfactor.cost.base = 0\nfactor.cost.attributes.cost = 1"
            ),
        );
        n_adopters(&years(&text))
    };
    // Those whose cost times 2 times bindingness stays below 0.9.
    assert_eq!([1.0, 0.75, 0.5, 0.25, 0.0].map(parties), [4, 5, 8, 10, 10]);
}

#[test]
fn the_example_of_others_raises_the_hazard_though_nothing_is_gained_by_it() {
    let text = r#"
network.actor = [{ id = "A" }, { id = "B" }, { id = "C" }]
network.attribute.faith.values = { A = "x", B = "x", C = "y" }
network.layer.alike.homophily = { faith = 1 }
network.attribute.gain = { values = { A = 0.25 }, default = 0 }
factor.payoff = { type = "own-interest", attributes = { gain = 1 } }
factor.example = { type = "emulation", layer = "alike" }
decision = { rule = "hazard", rate = 1 }
"#;
    let scenario = years(text);
    let plan = lower(&scenario, None).unwrap();
    let hazard = |state: [Position; 3]| {
        let pressures = plan.pressures_of_state(0, &state, &Persuaded::default());
        plan.hazard(0, &[pressures[0] / plan.unit(), pressures[1] / plan.unit()], &[true, true])
    };
    assert_close(hazard([0, 1, 0]) / hazard([0, 0, 0]), 5.0, 1e-9);
    assert_close(hazard([0, 0, 1]) / hazard([0, 0, 0]), 1.0, 1e-9);
    for holders in [&[][..], &["B"]] {
        assert_close(of_factor(&sheet(&scenario, "A", 0, holders), "payoff", 1), 0.25, 1e-12);
    }
}

// ---- Moderators.

#[test]
fn the_stickier_the_status_quo_the_fewer_adopt_in_the_end() {
    let adopt = |embeddedness: f64| {
        let text = format!(
            "{}advocacy = {{ vigour = [0, 0], schedule = [{{ who = \"CAMPAIGN\", position = 1, level = 1 }}] }}\n\
             moderator.stickiness = {{ acts-on = [\"plea\", \"cost\"], embeddedness = {embeddedness} }}\n",
            ten_costs()
        );
        n_adopters(&years(&text))
    };
    let found: Vec<u32> = (0..=10).map(|step| adopt(f64::from(step) / 10.0)).collect();
    assert!(found.is_sorted_by(|a, b| a >= b), "{found:?}");
    assert_eq!((found[0], found[10]), (9, 0));
}

#[test]
fn in_open_debate_with_equal_votes_the_weak_shame_a_great_power_five_times_as_much() {
    let shame = |variant: Option<&str>| {
        let overrides = Overrides { variant: variant.map(str::to_owned), ..Overrides::default() };
        let scenario = case("common-article-3", &overrides);
        let may = scenario.calendar.tick_of(parse_date("1949-05-15").unwrap()).unwrap();
        of_factor(&sheet(&scenario, "FRA", may, &["NOR", "MEX"]), "opinion", 1)
    };
    // ρ = 1/2 and a gain of 2, against ρ = 1/5 and none.
    assert_close(shame(None), 2.0, 1e-12);
    assert_close(shame(Some("behind-closed-doors")), 0.4, 1e-12);
}

#[test]
fn where_legitimacy_does_not_grow_the_first_is_the_last() {
    let adopt = |slope: u32| {
        let text = format!(
            "{}advocacy = {{ vigour = [0, 0], schedule = [{{ who = \"CAMPAIGN\", position = 1, level = 0.15 }}] }}\n\
             moderator.legitimacy = {{ acts-on = \"plea\", toward-new = {{ linear = {{ at-zero = 1, slope = {slope} }} }} }}\n",
            ten_costs()
        );
        n_adopters(&years(&text))
    };
    assert_eq!([adopt(0), adopt(8)], [1, 10]);
}

#[test]
fn without_growing_legitimacy_the_last_of_each_case_stay_out() {
    for (name, last) in [("debt-collection", "GBR"), ("cluster-munitions", "GBR"), ("apartheid", "ZAF")] {
        let still = setting(&["moderator.legitimacy.toward-new.linear.slope=0"]);
        let [growing, still] = [Overrides::default(), still].map(|overrides| {
            let scenario = case(name, &overrides);
            holds_at_end(&scenario, &run(&scenario).1, last)
        });
        assert_eq!((growing, still), (1, 0), "{name}: {last}");
    }
}

#[test]
fn first_movers_go_by_conviction_or_interest_while_legitimacy_is_least() {
    for (name, own, seconded, late) in
        [("cluster-munitions", "plea", "opinion", "GBR"), ("debt-collection", "relief", "opinion", "GBR")]
    {
        let scenario = case(name, &Overrides::default());
        let (_, trajectory) = run(&scenario);
        let first = trajectory.moves[0];
        let movers = trajectory.moves.iter().take_while(|step| step.tick == first.tick);
        for step in movers {
            let id = &scenario.network.actors()[step.actor as usize].id;
            let sheet = sheet_at_move(&scenario, &trajectory, id);
            assert!(share_of(&sheet, own) > 0.9, "{name}: {id} {}", share_of(&sheet, own));
            assert_close(of_factor(&sheet, seconded, 1), 0.0, 0.0);
        }
        let last = sheet_at_move(&scenario, &trajectory, late);
        assert!(share_of(&last, own) < 0.5, "{name}: {}", share_of(&last, own));
        assert!(share_of(&last, seconded) > 0.5, "{name}: {}", share_of(&last, seconded));
    }
}

#[test]
fn a_graft_before_the_cascade_brings_it_forward_and_one_after_it_does_nothing() {
    let when_half = |graft: &str| {
        let text = format!(
            "{}factor.peers = {{ type = \"moral\", layer = \"ties\", exposure = \"mean\" }}\n{graft}\
             [advocacy]\nvigour = [0, 0.9]\n{}",
            ten_costs(),
            growing(0.03125)
        );
        let scenario = years(&text);
        let (plan, trajectory) = run(&scenario);
        adopters(&plan, &trajectory).iter().position(|&n| n >= 5).unwrap()
    };
    let in_year = |year: usize| {
        format!(
            "event.graft = {{ date = {}-01-01, until = {}-01-01, change = [{{ gain = \"plea\", toward = \"new\", multiply = 4 }}] }}\n",
            2000 + year,
            2001 + year
        )
    };
    let plain = when_half("");
    assert!(plain > 3, "{plain}");
    assert!(when_half(&in_year(2)) < plain);
    assert_eq!(when_half(&in_year(plain + 1)), plain);
}

#[test]
fn news_sharpens_what_is_material_and_what_is_moral_apart() {
    let text = r#"
network.actor = [{ id = "A" }, { id = "B" }]
network.layer.ties.ties = [{ from = "B", to = "A" }]
network.layer.news.ties = [{ from = "B", to = "A", strength = 0.5 }]
factor.trade = { type = "material-incentive", layer = "ties" }
factor.plea = { type = "moral", layer = "ties" }
moderator.facts = { type = "information", layer = "news", acts-on = "trade", toward-new = { linear = { at-zero = 1, slope = 1 } } }
moderator.images = { type = "information", layer = "news", acts-on = "plea", toward-new = { linear = { at-zero = 1, slope = 4 } } }
"#;
    let sheet = sheet(&years(text), "A", 0, &["B"]);
    assert_close(of_factor(&sheet, "plea", 1) / of_factor(&sheet, "trade", 1), 3.0 / 1.5, 1e-12);
}

#[test]
fn the_more_culture_divides_the_more_a_norm_stays_among_its_own() {
    let outside = |scale: f64| {
        let mut culture = String::new();
        for i in 1..=12 {
            write!(culture, "A{i} = {}, ", u8::from(i > 6)).unwrap();
        }
        let scenario = years(&format!(
            r#"
network.generate.complete.actors = 12
network.attribute.culture.values = {{ {culture} }}
network.attribute.cost.values = {{ A1 = 0, A2 = 0, A3 = 1.5, A4 = 2, A5 = 3, A6 = 4, A7 = 1.5, A8 = 2.7, A9 = 4.5, A10 = 6, A11 = 8, A12 = 10 }}
advocacy.vigour = [0, 1]
factor.plea = {{ type = "moral", layer = "ties" }}
factor.cost = {{ type = "sovereignty-cost", base = 0, attributes = {{ cost = 1 }} }}
first-adopters = [{{ who = ["A1", "A2"] }}]
moderator.cultural-homophily = {{ acts-on = "plea", attributes = {{ culture = {scale} }} }}
"#
        ));
        let (_, trajectory) = run(&scenario);
        let n = |range: std::ops::RangeInclusive<u32>| {
            range.filter(|i| holds_at_end(&scenario, &trajectory, &format!("A{i}")) == 1).count()
        };
        assert_eq!(n(1..=6), 6, "at home all follow");
        n(7..=12)
    };
    let found = [100.0, 2.0, 1.0, 0.7, 0.3].map(outside);
    assert!(found.is_sorted_by(|a, b| a >= b) && found[0] == 6 && found[4] == 0, "{found:?}");
    assert!(found.iter().any(|&n| n > 0 && n < 6), "{found:?}");
}

#[test]
fn preferences_of_those_who_share_an_organisation_converge_at_the_rate_of_their_tie() {
    // A and B, one for and one against, join an organisation in 2003; D belongs to none. Each
    // hears itself three times as much as its fellow: what they differ by halves every year.
    let text = text(
        r#"
network.actor = [{ id = "A" }, { id = "B" }, { id = "D" }, { id = "HEARER" }]
network.affiliation.union.file = "members.csv"
network.layer.fellows.projection = { affiliation = "union", weighting = "count" }
network.layer.ties.ties = [
    { from = "A", to = "HEARER" }, { from = "B", to = "HEARER" }, { from = "D", to = "HEARER" },
]
factor.words = { type = "moral", layer = "ties" }
[advocacy]
rule = [{ who = ["A", "B", "D"], follows = "nobody" }]
schedule = [{ who = ["A", "D"], position = 1, level = 1 }]
persuadable = [{ who = ["A", "B", "D"], layer = "fellows", stubbornness = 0, self-weight = 3 }]
"#,
    );
    let members = "actor,organisation,from\nA,UNION,2003-01-01\nB,UNION,2003-01-01\n";
    let files = InMemory([("members.csv".to_owned(), members.to_owned())].into_iter().collect());
    let scenario = read(&text, &files, &Registries::default(), &Overrides::default());
    let (plan, trajectory) = run(&scenario);
    let said = |tick: Tick| {
        let state = TickState::at_decisions(&trajectory, plan.n_actors(), tick);
        let hearer = scenario.network.actor_id("HEARER").unwrap();
        let sheet = TickLedger::new(&scenario, tick, &state).unwrap().sheet(hearer);
        ["A", "B", "D"].map(|id| {
            let sender = scenario.network.actor_id(id).unwrap();
            let rows = sheet.rows.iter().filter(|row| row.source == Some(sender) && row.toward == 1);
            rows.map(|row| row.pressure).sum::<f64>()
        })
    };
    for tick in 0..10 {
        let [a, b, d] = said(tick);
        let together = i32::try_from(tick).unwrap() - 3;
        assert_close(a - b, 0.5f64.powi(together.max(0)), 1e-3);
        assert_close(d, 1.0, 0.0);
    }
}

#[test]
fn threat_turns_up_what_a_weapon_is_good_for_and_nothing_else() {
    let text = r#"
network.actor = [{ id = "A" }, { id = "B" }]
network.layer.ties.ties = [{ from = "B", to = "A" }]
network.attribute.rivals = { values = { A = 2 }, default = 0 }
factor.utility = { type = "security-utility", base = 0.5 }
factor.honour = { type = "sovereignty-cost", base = 0.5 }
factor.plea = { type = "moral", layer = "ties" }
[moderator.threat]
type = "security-environment"
acts-on = "utility"
threat = { rivals = 1 }
toward-status-quo = { linear = { at-zero = 1, slope = 1 } }
"#;
    let scenario = years(text);
    let at_peace = changed(text, &["network.attribute.rivals.values.A=0"]);
    let [threatened, safe] = [&scenario, &at_peace].map(|world| sheet(world, "A", 0, &["B"]));
    assert_close(of_factor(&threatened, "utility", 0), 1.5, 1e-12);
    assert_close(of_factor(&safe, "utility", 0), 0.5, 1e-12);
    for factor in ["honour", "plea"] {
        for k in [0, 1] {
            assert_close(of_factor(&threatened, factor, k), of_factor(&safe, factor, k), 0.0);
        }
    }
}

// ---- Structure.

#[test]
fn the_powerful_have_more_missions_in_every_year() {
    let mut network = Network::default();
    normwave_world::add_states(&mut network).unwrap();
    for layer in ["diplomatic", "defence"] {
        let ties = normwave_world::layer(layer, &network).unwrap();
        network.add_layer(layer, LayerSource::Stored(ties)).unwrap();
    }
    let capability = normwave_world::attribute("cinc", &network).unwrap();
    *network.attribute_mut("cinc") = capability;
    for year in 1985..=2001 {
        let date = parse_date(&format!("{year}-07-01")).unwrap();
        let view = network.at(date).unwrap();
        let rank_correlation = |layer: &str| {
            let graph = LayerGraph::new(&view, network.layer_id(layer).unwrap(), Reading::default());
            let degrees = degree(&graph, Flow::In);
            let mut pairs = Vec::new();
            for idx in 0..network.actors().len() {
                let actor = ActorId(u32::try_from(idx).unwrap());
                if let (Some(place), Some(power)) = (graph.place(actor), view.number("cinc", actor)) {
                    pairs.push((f64::from(u32::try_from(degrees[place]).unwrap()), power));
                }
            }
            assert!(pairs.len() > 140, "{} states in {year}", pairs.len());
            let (degrees, power): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
            correlation(&ranks(&degrees).into_iter().zip(ranks(&power)).collect::<Vec<_>>())
        };
        let (missions, pacts) = (rank_correlation("diplomatic"), rank_correlation("defence"));
        assert!((0.6..0.95).contains(&missions), "{year}: {missions:.3}");
        assert!(pacts < missions, "{year}: {pacts:.3} of pacts");
    }
}

#[test]
fn islands_carry_what_a_random_network_of_the_same_degrees_does_not() {
    let reach = |rewired: u32| {
        let mut first = String::new();
        (1..=6).for_each(|i| write!(first, "\"A{i}\", ").unwrap());
        let scenario = scenario(&format!(
            r#"
schema = 1
title = "t"
period = {{ start = 2000-01-01, until = 2030-01-01, tick = "month" }}
network.generate.island-chain = {{ islands = 100, size = 6, bridge = 2 }}
network.rewired = {{ share = {rewired}, seed = 3 }}
preset.complex-contagion.threshold = 2
first-adopters = [{{ who = [{first}] }}]
"#
        ));
        n_adopters(&scenario)
    };
    assert_eq!(reach(0), 600);
    assert!(reach(10) < 60, "{}", reach(10));
}

#[test]
fn among_equals_the_more_partners_the_later() {
    let scenario = case("isolates-first", &Overrides::default());
    let (plan, trajectory) = run(&scenario);
    let view = scenario.network_at(0).unwrap();
    let graph = LayerGraph::new(&view, scenario.network.layer_id("ties").unwrap(), Reading::default());
    let degrees = degree(&graph, Flow::In);
    let adopted = first_adoptions(&plan, &trajectory, 1);
    let pairs: Vec<(f64, f64)> = (0u32..)
        .zip(&adopted)
        .filter_map(|(idx, adoption)| {
            let n = degrees[graph.place(ActorId(idx))?];
            Some((f64::from(u32::try_from(n).unwrap()), f64::from((*adoption)?.tick)))
        })
        .collect();
    assert_eq!(pairs.len(), 16);
    assert!(correlation(&pairs) > 0.5, "{}", correlation(&pairs));
}

#[test]
#[expect(clippy::cast_precision_loss, reason = "small counts")]
fn without_its_broker_less_crosses_between_two_groups_than_without_another_of_as_many_ties() {
    let network = |seed: u64| {
        format!(
            "network.generate.stochastic-block = {{ sizes = [15, 15], probability = [[0.35, 0.008], [0.008, 0.35]], seed = {seed} }}\n\
             preset.complex-contagion.threshold = 1\nfirst-adopters = [{{ who = \"A1\" }}]\n"
        )
    };
    let crossed = |seed: u64, without: usize| {
        let scenario =
            years(&format!("{}norm.applies = {{ except = [\"A{}\"] }}", network(seed), without + 1));
        let (plan, trajectory) = run(&scenario);
        let held = trajectory.positions_before(plan.n_actors(), Tick::MAX, 0);
        held[15..].iter().filter(|&&held| held > 0).count() as f64
    };
    let lost = |seed: u64| {
        let scenario = years(&network(seed));
        let view = scenario.network_at(0).unwrap();
        let graph = LayerGraph::new(&view, scenario.network.layer_id("ties").unwrap(), Reading::default());
        let (between, degrees) = (betweenness(&graph), degree(&graph, Flow::In));
        let place = |idx: usize| graph.place(ActorId(u32::try_from(idx).unwrap())).unwrap();
        // The first adopter cannot be taken out.
        let top = (1..30).max_by(|&a, &b| between[place(a)].total_cmp(&between[place(b)])).unwrap();
        let others = (1..30).filter(|&idx| idx != top && (idx < 15) == (top < 15));
        let like = others.min_by_key(|&idx| degrees[place(idx)].abs_diff(degrees[place(top)])).unwrap();
        crossed(seed, like) - crossed(seed, top)
    };
    let lost: Vec<f64> = (1..=60).map(lost).collect();
    let mean = lost.iter().sum::<f64>() / 60.0;
    let variance = lost.iter().map(|lost| (lost - mean).powi(2)).sum::<f64>() / 59.0;
    let error = (variance / 60.0).sqrt();
    assert!(mean > 3.0 * error && mean > 1.0, "{mean:.2} more, standard error {error:.2}");
}

#[test]
fn a_creditor_gives_way_once_enough_of_the_others_have_moved() {
    let scenario = case("debt-collection", &Overrides::default());
    let (plan, trajectory) = run(&scenario);
    let gives_way = tick_of(&scenario, &trajectory, "GBR").unwrap();
    let mut order: Vec<(Tick, &str)> = Vec::new();
    for actor in scenario.network.actors().iter().filter(|actor| actor.id != "GBR") {
        order.push((tick_of(&scenario, &trajectory, &actor.id).unwrap(), &actor.id));
    }
    order.sort_unstable();
    // How Britain's balance stands at that moment, had only the first n of the others moved.
    let margins: Vec<f64> = (0..=order.len())
        .map(|n| {
            let holders: Vec<&str> = order[..n].iter().map(|(_, id)| *id).collect();
            sheet(&scenario, "GBR", gives_way, &holders).margin(1)
        })
        .collect();
    assert!(margins.is_sorted(), "{margins:?}");
    let level = margins.iter().position(|margin| *margin > 0.0).unwrap();
    assert!((4..=8).contains(&level), "{level} of 11: {margins:?}");
    let moved = order.iter().filter(|(tick, _)| *tick < gives_way).count();
    assert!(moved >= level, "{moved} had moved, and {level} are enough");
    assert_eq!(adopters_at_end(&plan, &trajectory), 12);
}

#[test]
fn a_spread_that_stalls_at_a_narrow_bridge_restarts_with_a_shock_and_not_without() {
    // Of twenty islands the first ten hang together, by wide bridges but for a single tie to the
    // sixth.
    let mut ties = String::new();
    let mut tie = |a: u32, b: u32| write!(ties, "{{ from = \"A{a}\", to = \"A{b}\" }}, ").unwrap();
    for island in 1..10 {
        let last = 6 * island;
        tie(last, last + 1);
        if island != 5 {
            tie(last, last + 2);
            tie(last - 1, last + 1);
        }
    }
    let stalls = |without: &[&str]| {
        let text = format!(
            r#"
schema = 1
title = "t"
period = {{ start = 2000-01-01, until = 2010-01-01, tick = "month" }}
network.generate.island-chain = {{ islands = 20, size = 6, bridge = 0 }}
network.layer.ties = {{ undirected = true, ties = [{ties}] }}
advocacy.vigour = [0, 1]
factor.partners = {{ type = "moral", layer = "ties" }}
decision = {{ rule = "at-least", threshold = 2 }}
first-adopters = [{{ who = ["A1", "A2", "A3", "A4", "A5", "A6"] }}]
event.shock = {{ date = 2005-01-01, until = 2005-07-01, change = [{{ kappa = "partners", multiply = 2 }}] }}
"#
        );
        let without = without.iter().map(|&name| name.to_owned()).collect();
        let overrides = Overrides { without, ..Overrides::default() };
        let scenario = read(&text, &InMemory::default(), &Registries::default(), &overrides);
        let (plan, trajectory) = run(&scenario);
        let counts = AdoptionCounts::new(&plan, &first_adoptions(&plan, &trajectory, 1));
        let waves = waves(&counts.new, &counts.at_risk);
        (arrests(&waves, &counts.at_risk, &Plateau::of(24)), adopters_at_end(&plan, &trajectory))
    };
    let (with, all) = stalls(&[]);
    let (without, some) = stalls(&["shock"]);
    assert_eq!((all, some), (60, 30));
    assert_eq!(without.len(), 1, "{without:?}");
    assert_eq!((with[0].from, with[0].waiting), (without[0].from, 90));
    assert_eq!((with[0].restart, without[0].restart), (Some(60), None));
}

// ---- Domestic politics, instruments and loops.

#[test]
fn likeness_and_momentum_cross_into_another_region_only_where_little_stands_against_it() {
    let outside = |likeness: bool, momentum: bool, little: bool| {
        let text = format!(
            r#"
network.actor = [{{ id = "N1" }}, {{ id = "N2" }}, {{ id = "N3" }}, {{ id = "N4" }}, {{ id = "S1" }}, {{ id = "S2" }}]
network.attribute.region.values = {{ N1 = "n", N2 = "n", N3 = "n", N4 = "n", S1 = "s", S2 = "s" }}
network.attribute.rank.values = {{ N1 = "low", N2 = "low", N3 = "high", N4 = "high", S1 = "low", S2 = "low" }}
network.layer.neighbours.homophily = {{ region = 1 }}
network.layer.likeness.homophily = {{ rank = 1 }}
advocacy.vigour = [0, 1]
first-adopters = [{{ who = ["N1", "N2"] }}]
factor.neighbours = {{ type = "moral", layer = "neighbours", kappa = 2 }}
factor.peers = {{ type = "moral", layer = "likeness", kappa = {} }}
factor.habit = {{ type = "sovereignty-cost", base = {} }}
moderator.legitimacy = {{ acts-on = "peers", toward-new = {{ linear = {{ at-zero = 1, slope = {} }} }} }}
"#,
            if likeness { 1 } else { 0 },
            if little { 2.5 } else { 3.9 },
            if momentum { 1 } else { 0 },
        );
        let scenario = years(&text);
        let (_, trajectory) = run(&scenario);
        assert_eq!(holds_at_end(&scenario, &trajectory, "N4"), 1, "the region of origin follows");
        holds_at_end(&scenario, &trajectory, "S1")
    };
    // P = 2·(1 + 4/6) = 3.3 with momentum, 2 without.
    for (likeness, momentum, little) in [
        (true, true, true),
        (true, true, false),
        (true, false, true),
        (false, true, true),
        (true, false, false),
    ] {
        let expected = u8::from(likeness && momentum && little);
        assert_eq!(outside(likeness, momentum, little), expected, "{likeness} {momentum} {little}");
    }
}

#[test]
fn between_praise_and_critique_the_best_balance_lies_inside() {
    // One effort, of which a part s shames: shaming is the sharper tool and provokes beyond 0.5.
    let margin = |part: f64| {
        let text = format!(
            r#"
network.actor = [{{ id = "A" }}, {{ id = "ORG", kind = "igo" }}, {{ id = "PEER" }}]
network.layer.blame.ties = [{{ from = "ORG", to = "A", strength = {part} }}]
network.layer.credit.ties = [{{ from = "ORG", to = "A", strength = {} }}]
network.layer.audience.ties = [{{ from = "PEER", to = "A" }}]
advocacy = {{ vigour = [0, 0], schedule = [{{ who = "ORG", position = 1, level = 1 }}] }}
factor.shaming = {{ type = "reputation", layer = "blame" }}
factor.praise = {{ type = "naming-and-praising", layer = "credit", audience = "audience" }}
factor.backlash = {{ against = ["shaming"], tolerance = 0.5, kappa = 2 }}
"#,
            1.0 - part
        );
        sheet(&years(&text), "A", 0, &[]).margin(1)
    };
    let margins: Vec<f64> = (0..=8).map(|step| margin(f64::from(step) / 8.0)).collect();
    let best = margins.iter().copied().fold(f64::MIN, f64::max);
    assert_close(margins[4], best, 0.0);
    assert!(margins[0] < best && margins[8] < best, "{margins:?}");
    assert_close(margins[4], 0.5 + 0.25, 1e-12);
}

#[test]
fn public_shaming_and_private_clearing_of_the_way_are_worth_more_together() {
    let margin = |shaming: f64, cleared: bool| {
        let text = format!(
            r#"
network.actor = [{{ id = "A" }}, {{ id = "CRITIC" }}]
network.layer.opinion.ties = [{{ from = "CRITIC", to = "A", strength = {shaming} }}]
network.attribute.friction = {{ values = {{ A = {} }}, default = 0 }}
factor.shaming = {{ type = "reputation", layer = "opinion" }}
factor.cost = {{ type = "sovereignty-cost", base = 0.5 }}
moderator.bureaucratic-friction = {{ acts-on = "shaming", attribute = "friction" }}
"#,
            if cleared { 0.0 } else { 0.75 }
        );
        sheet(&years(&text), "A", 0, &["CRITIC"]).margin(1)
    };
    let together = margin(1.0, true) - margin(0.0, true);
    let alone = margin(1.0, false) - margin(0.0, false);
    assert_close(margin(0.0, true), margin(0.0, false), 0.0);
    assert_close(together - alone, 0.75, 1e-12);
    assert!(margin(1.0, true) > 0.0 && margin(1.0, false) < 0.0);
}

#[test]
fn the_more_a_norm_rests_on_groups_at_home_the_longer_it_outlives_its_promoter() {
    let years_kept = |at_home: f64| {
        let mut steps = String::from("[\"2000\", 1.0], ");
        for year in 1..20 {
            write!(steps, "[\"{}\", {}], ", 2000 + year, 1.0 - f64::from(year) / 20.0).unwrap();
        }
        let text = format!(
            r#"
network.actor = [{{ id = "A" }}, {{ id = "PROMOTER", kind = "ngo" }}]
network.layer.aid.ties = [{{ from = "PROMOTER", to = "A", strength = {} }}]
selectorate.group = [{{ government = "A", role = "public", weight = {at_home}, stance = [{{ position = 1, level = 1 }}] }}]
advocacy.schedule = [{{ who = "PROMOTER", position = 1, steps = [{steps}] }}]
factor.aid = {{ type = "moral", layer = "aid" }}
factor.home = {{ type = "domestic-advocacy" }}
factor.cost = {{ type = "sovereignty-cost", base = 0.5 }}
decision.reversal = true
"#,
            1.0 - at_home
        );
        let scenario = years(&text);
        let (plan, trajectory) = run(&scenario);
        adopters(&plan, &trajectory).iter().sum::<u32>()
    };
    let kept: Vec<u32> = [0.0, 0.125, 0.25, 0.375, 0.5, 0.625].into_iter().map(years_kept).collect();
    assert!(kept.is_sorted() && kept[0] < kept[3], "{kept:?}");
    assert_eq!(kept[5], 20, "for good");
}

#[test]
fn citizens_who_trust_what_spreads_make_a_circle_with_a_point_of_no_return() {
    // Publics side with the norm as far as others have adopted: A's is worth 1 · share, against a
    // cost of 0.45. Below that share every adopter goes back, above it everybody follows.
    let spread = |first: u32| {
        let (mut groups, mut publics, mut who) = (String::new(), String::new(), String::new());
        for i in 1..=20 {
            write!(groups, "{{ government = \"A{i}\", role = \"public\", weight = 1 }}, ").unwrap();
            write!(publics, "\"A{i}/public\", ").unwrap();
            if i <= first {
                write!(who, "\"A{i}\", ").unwrap();
            }
        }
        let text = format!(
            r#"
network.generate.complete.actors = 20
selectorate.group = [{groups}]
factor.home = {{ type = "domestic-advocacy" }}
factor.cost = {{ type = "sovereignty-cost", base = 0.475 }}
decision.reversal = true
first-adopters = [{{ who = [{who}] }}]
[[advocacy.rule]]
who = [{publics}]
follows = {{ members = "all" }}
vigour = [0, 1]
"#
        );
        n_adopters(&years(&text))
    };
    assert_eq!([2, 8, 9].map(spread), [0, 0, 0]);
    assert_eq!([10, 12, 19].map(spread), [20, 20, 20]);
}

#[test]
fn those_who_can_live_by_their_work_can_ask_for_their_rights() {
    let adopts = |livelihood: f64| {
        let scenario = years(&format!(
            r#"
network.actor = [{{ id = "A" }}]
network.attribute.livelihood.values = {{ A = {livelihood} }}
selectorate.group = [{{ government = "A", role = "public", weight = 0.8, stance = [{{ position = 1, level = 1 }}] }}]
factor.rights = {{ type = "domestic-advocacy" }}
factor.power = {{ type = "sovereignty-cost", base = 0.5 }}
moderator.security = {{ type = "regime", acts-on = "rights", attribute = "livelihood", toward-new = {{ linear = {{ at-zero = 0, slope = 1 }} }} }}
"#
        ));
        holds_at_end(&scenario, &run(&scenario).1, "A")
    };
    // 0.8 times the livelihood against 0.5.
    assert_eq!([0.2, 0.6, 0.65, 1.0].map(adopts), [0, 0, 1, 1]);
}

#[test]
fn where_means_are_lacking_help_moves_what_no_punishment_does() {
    let adopts = |sanction: f64, means: f64| {
        let text = format!(
            r#"
network.actor = [{{ id = "A" }}, {{ id = "POWER" }}]
network.layer.threats.ties = [{{ from = "POWER", to = "A", strength = {sanction} }}]
network.attribute.arms.values = {{ A = 1, POWER = 9 }}
network.attribute.means = {{ values = {{ A = 0.05 }}, default = 1 }}
first-adopters = [{{ who = "POWER" }}]
factor.sanction = {{ type = "material-sanction", layer = "threats", capability = "arms" }}
factor.cost = {{ type = "sovereignty-cost", base = 0.5 }}
moderator.capacity = {{ acts-on = "sanction", attribute = "means" }}
event.help = {{ type = "capacity-building", date = 2002-01-01, who = "A", raise = {means}, attribute = "means" }}
"#
        );
        let scenario = years(&text);
        holds_at_end(&scenario, &run(&scenario).1, "A")
    };
    assert_eq!([1.0, 4.0, 10.0].map(|sanction| adopts(sanction, 0.0)), [0, 0, 0]);
    assert_eq!([0.5, 1.0].map(|sanction| adopts(sanction, 0.8)), [0, 1]);
}
