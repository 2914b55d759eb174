//! Lowering, seen from what a run does: each test fails if one part of it is wrong. `.ci/mutants`
//! breaks lowering in one place at a time and demands that one of these notices.

use normwave_moderators::{Level, Moderator, Pressure};
use normwave_plan::{Cause, Persuaded, Trajectory};
use normwave_pressure_factors::{PressureFactor, Scope, SystemView};
use normwave_scenario::Scenario;
use normwave_tests::{
    Features, adopters_at_end, any_scenario, holds_at_end, ledger_is_plan, read, run, run_plan, scenario,
};
use proptest::prelude::*;
use std::sync::Arc;

// A year of months in a small world; `rest` says what happens in it.
fn year(rest: &str) -> std::sync::Arc<Scenario> {
    scenario(&format!(
        "schema = 1\ntitle = \"t\"\nperiod = {{ start = 1997-01-01, until = 1998-01-01, tick = \"month\" }}\n{rest}"
    ))
}

// The month in which an actor came to hold a position, from 1.
fn month(scenario: &Scenario, trajectory: &Trajectory, id: &str) -> Option<u32> {
    let actor = scenario.network.actor_id(id).unwrap();
    trajectory.moves.iter().find(|step| step.actor == actor.0).map(|step| step.tick + 1)
}

fn month_of(rest: &str, id: &str) -> Option<u32> {
    let scenario = year(rest);
    let (_, trajectory) = run(&scenario);
    month(&scenario, &trajectory, id)
}

const PAIR: &str = r#"
network.actor = [{ id = "A" }, { id = "B" }]
network.layer.ties.ties = [{ from = "A", to = "B" }]
factor.peers = { type = "emulation", layer = "ties", kappa = 2 }
first-adopters = [{ who = "A" }]
"#;

#[test]
fn pressure_runs_from_the_sender_to_the_target_and_not_back() {
    assert_eq!(month_of(PAIR, "B"), Some(1));
    let back = PAIR.replace(r#"from = "A", to = "B""#, r#"from = "B", to = "A""#);
    assert_eq!(month_of(&back, "B"), None);
}

#[test]
fn kappa_is_the_strength_of_a_factor() {
    assert_eq!(month_of(&format!("{PAIR}\ndecision.threshold = 1.5"), "B"), Some(1));
    assert_eq!(month_of(&format!("{PAIR}\ndecision.threshold = 2"), "B"), None);
}

#[test]
fn a_balance_that_reaches_the_threshold_moves_under_at_least_only() {
    let at =
        |rule: &str| month_of(&format!("{PAIR}\ndecision = {{ threshold = 2, rule = \"{rule}\" }}"), "B");
    assert_eq!(at("at-least"), Some(1));
    assert_eq!(at("strict"), None);
}

#[test]
fn a_gain_holds_in_its_own_direction() {
    let dialled = |direction: &str, gain: f64| {
        let dial = format!(
            "moderator.stickiness = {{ embeddedness = 0, acts-on = \"peers\", {direction} = {gain} }}"
        );
        month_of(&format!("{PAIR}\ndecision.threshold = 1.5\n{dial}"), "B")
    };
    assert_eq!(dialled("toward-new", 0.5), None);
    assert_eq!(dialled("toward-status-quo", 0.5), Some(1));
}

#[test]
fn a_moving_gain_holds_in_its_own_direction() {
    let dialled = |direction: &str| {
        let shape = "{ linear = { at-zero = 0, slope = 1 } }";
        let dial = format!("moderator.legitimacy = {{ acts-on = \"peers\", {direction} = {shape} }}");
        month_of(&format!("{PAIR}\ndecision.threshold = 1.5\n{dial}"), "B")
    };
    assert_eq!(dialled("toward-new"), None, "half have adopted, and half of 2 is 1");
    assert_eq!(dialled("toward-status-quo"), Some(1));
}

#[test]
fn mean_exposure_divides_by_all_ties_into_the_target() {
    let three = r#"
network.actor = [{ id = "A" }, { id = "B" }, { id = "C" }]
network.layer.ties.ties = [{ from = "A", to = "B", strength = 3 }, { from = "C", to = "B" }]
advocacy.vigour = [0, 1]
first-adopters = [{ who = "A" }]
"#;
    let mean = r#"factor.m = { type = "moral", layer = "ties", exposure = "mean" }"#;
    let at = |threshold: f64, factor: &str| {
        month_of(
            &format!("{three}\n{factor}\ndecision = {{ threshold = {threshold}, rule = \"at-least\" }}"),
            "B",
        )
    };
    assert_eq!(at(0.75, mean), Some(1));
    assert_eq!(at(0.76, mean), None);
    assert_eq!(at(2.99, r#"factor.m = { type = "moral", layer = "ties" }"#), Some(1));
}

#[test]
fn what_is_dated_holds_from_the_start_of_its_month() {
    let idle = PAIR.replace("first-adopters = [{ who = \"A\" }]", "");
    let forced = "[event.e]\ndate = 1997-05-31\nchange = [{ position = 1, who = \"A\" }]";
    assert_eq!(month_of(&format!("{idle}\n{forced}"), "A"), Some(5));
    assert_eq!(month_of(&format!("{idle}\n{forced}"), "B"), Some(5));
    for change in [
        r#"{ kappa = "peers", set = 4 }"#,
        r#"{ gain = "peers", multiply = 4 }"#,
        r#"{ layer = "ties", who = "B", multiply = 4 }"#,
        r#"{ threshold = true, who = "B", set = 0 }"#,
    ] {
        let event = format!("decision.threshold = 3\n[event.e]\ndate = 1997-05-02\nchange = [{change}]");
        assert_eq!(month_of(&format!("{PAIR}\n{event}"), "B"), Some(5), "{change}");
    }
}

// B would follow A but for its threshold, which falls in a month.
fn freed_in(month: u32, rest: &str) -> Option<u32> {
    let free = format!(
        "[event.free]\ndate = 1997-{month:02}-15\nchange = [{{ threshold = true, who = \"B\", set = 1 }}]"
    );
    month_of(&format!("decision.threshold = 100\n{rest}\n{free}"), "B")
}

#[test]
fn the_month_in_which_a_spell_ends_is_the_first_without_it() {
    let silent = PAIR.replace("kappa = 2", "kappa = 0");
    let during = "date = 1997-02-10\nuntil = 1997-06-20";
    let kappa = format!("{silent}\n[event.e]\n{during}\nchange = [{{ kappa = \"peers\", set = 2 }}]");
    let plea = format!(
        "{silent}\nadvocacy.vigour = [0, 0]\nfactor.plea = {{ type = \"moral\", layer = \"ties\", kappa = 2 }}\n\
         [event.e]\n{during}\nchange = [{{ advocacy = 1, who = \"A\", set = 1 }}]"
    );
    let tie = PAIR.replace("to = \"B\"", "to = \"B\", start = 1997-02-10, end = 1997-06-20");
    for rest in [&kappa, &plea, &tie] {
        let found: Vec<_> = (1..=6).map(|month| freed_in(month, rest)).collect();
        assert_eq!(found, [Some(2), Some(2), Some(3), Some(4), Some(5), None], "{rest}");
    }
}

#[test]
fn a_position_can_be_taken_while_it_is_on_offer() {
    let norm = r#"
norm.position = [{ name = "no" }, { name = "yes", offered = [{ from = 1997-03-03, until = 1997-05-05 }] }]
"#;
    let found: Vec<_> = (1..=5).map(|month| freed_in(month, &format!("{PAIR}\n{norm}"))).collect();
    assert_eq!(found, [Some(3), Some(3), Some(3), Some(4), None]);
}

#[test]
fn a_successor_takes_over_and_others_start_at_the_status_quo() {
    let rest = r#"
network.actor = [
    { id = "OLD", until = 1997-06-15 },
    { id = "HEIR", from = 1997-06-15, predecessor = "OLD" },
    { id = "NEW", from = 1997-06-15 },
]
first-adopters = [{ who = "OLD" }]
"#;
    let scenario = year(rest);
    let (plan, trajectory) = run(&scenario);
    assert_eq!(
        (holds_at_end(&scenario, &trajectory, "HEIR"), holds_at_end(&scenario, &trajectory, "NEW")),
        (1, 0)
    );
    let inherited = trajectory.moves.iter().find(|step| step.cause() == Cause::Inherited).unwrap();
    assert_eq!((inherited.tick, inherited.actor), (5, 1));
    assert_eq!((plan.shares(&trajectory).present(4), plan.shares(&trajectory).present(5)), (1, 2));
    assert_eq!(adopters_at_end(&plan, &trajectory), 1, "the dead do not count");
}

#[test]
fn what_follows_an_attribute_follows_the_events_that_change_it() {
    let rest = |event: &str| {
        format!(
            "{PAIR}\nnetwork.attribute.fear.values = {{ A = 9, B = 9 }}\ndecision.threshold = {{ fear = 1 }}\n\
             [event.relief]\ndate = 1997-04-01\nchange = [{{ attribute = \"fear\", who = \"B\", {event} }}]"
        )
    };
    assert_eq!(month_of(&rest("set = 1"), "B"), Some(4));
    assert_eq!(month_of(&rest("set = 3"), "B"), None);
}

#[test]
fn forcing_everybody_forces_those_who_live() {
    let rest = r#"
network.actor = [{ id = "A" }, { id = "NEW", from = 1997-06-15 }]
first-adopters = [{ who = "all" }]
"#;
    let scenario = year(rest);
    let (_, trajectory) = run(&scenario);
    assert_eq!(
        (holds_at_end(&scenario, &trajectory, "A"), holds_at_end(&scenario, &trajectory, "NEW")),
        (1, 0)
    );
}

#[test]
fn a_mechanism_that_asks_at_every_tick_keeps_the_fractions_of_its_pressure() {
    #[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
    struct Slow {}
    impl normwave_pressure_factors::PressureFactor for Slow {
        fn scope(&self) -> normwave_pressure_factors::Scope<'_> {
            normwave_pressure_factors::Scope::Actors
        }
        fn fill(&self, view: &normwave_pressure_factors::SystemView<'_>, out: &mut [f64]) {
            let adopters = view.norm.positions.iter().flatten().filter(|held| **held > 0).count();
            let each = if adopters == 1 { 1.0 / 3.0 } else { 0.0 };
            out.iter_mut().skip(1).step_by(view.norm.n_positions).for_each(|toward_new| *toward_new = each);
        }
    }
    let mut registries = normwave_scenario::Registries::default();
    registries.factors.register::<Slow>("slow");
    let at = |threshold: f64| {
        let text = format!(
            "schema = 1\ntitle = \"t\"\nperiod = {{ start = \"1997\", until = \"1998\", tick = \"month\" }}\n\
             network.generate.star = {{ leaves = 1 }}\nfirst-adopters = [{{ who = \"HUB\" }}]\n\
             factor.slow = {{}}\ndecision.threshold = {threshold}"
        );
        let scenario = read(&text, &Default::default(), &registries, &Default::default());
        let (plan, trajectory) = run(&scenario);
        adopters_at_end(&plan, &trajectory)
    };
    assert_eq!((at(0.3333), at(0.3334)), (2, 1));
}

#[test]
fn a_hazard_is_per_year_and_unit_of_pressure_whatever_the_quantum() {
    // B feels a pressure of 2, so that it moves 2 · 3 / 12 times a month.
    for kappa in ["2", "0.1"] {
        let pair = PAIR.replace("kappa = 2", &format!("kappa = {kappa}"));
        let scenario = year(&format!("{pair}\ndecision = {{ rule = \"hazard\", rate = 3 }}"));
        let (plan, _) = run(&scenario);
        let pressure = plan.pressures_of_state(0, &[1, 0], &Persuaded::default());
        let in_units = [pressure[2], pressure[3]].map(|p| p / plan.unit());
        let per_month = plan.hazard(0, &in_units, &[true, true]) * 2f64.powi(32);
        let expected = kappa.parse::<f64>().unwrap() * 3.0 / 12.0;
        assert!((per_month / expected - 1.0).abs() < 1e-12, "{per_month}, not {expected}");
    }
}

#[test]
fn a_trial_along_a_tie_of_strength_one_carries_in_the_next_tick() {
    let chain = r#"
network.actor = [{ id = "A" }, { id = "B" }, { id = "C" }]
network.layer.ties.ties = [{ from = "A", to = "B" }, { from = "B", to = "C", strength = 0.5 }]
factor.peers = { type = "emulation", layer = "ties" }
first-adopters = [{ who = "A" }]
decision.rule = "trials"
"#;
    assert_eq!(month_of(chain, "B"), Some(1));
    let certain = chain.replace("strength = 0.5", "strength = 3");
    assert_eq!(month_of(&certain, "C"), Some(2));
    let scenario = year(chain);
    let plan = normwave_scenario::lower(&scenario, None).unwrap();
    let runs: Vec<_> = (0..200).map(|no| month(&scenario, &run_plan(&plan, no), "C")).collect();
    assert!(runs.iter().all(|month| [None, Some(2)].contains(month)), "in the next tick or never");
    let won = runs.iter().flatten().count();
    // Within four standard errors of a half.
    assert!((72..=128).contains(&won), "{won} of 200");
}

#[test]
fn a_drawn_threshold_is_in_units_of_pressure() {
    // A pressure of 2 reaches a threshold drawn from 0 to 8 in a quarter of the runs.
    let of_runs = |law: &str, n: u64| {
        let scenario = year(&format!("{PAIR}\ndecision = {{ rule = \"at-least\", threshold = {law} }}"));
        let plan = normwave_scenario::lower(&scenario, None).unwrap();
        (0..n).filter(|&no| month(&scenario, &run_plan(&plan, no), "B").is_some()).count()
    };
    let found = of_runs("{ uniform = [0, 8] }", 400);
    assert!((65..=135).contains(&found), "{found} of 400");
    assert_eq!(of_runs("{ uniform = [0, 1.9] }", 50), 50);
    assert_eq!(of_runs("{ uniform = [2.1, 3] }", 50), 0);
    assert_eq!(of_runs("{ normal = [2, 0] }", 5), 5, "no spread");
    assert_eq!(of_runs("{ normal = [2.1, 0] }", 5), 0);
}

#[test]
fn a_position_has_a_threshold_of_its_own() {
    let staged = |threshold: f64| {
        let positions = format!(
            "norm.position = [{{ name = \"none\" }}, {{ name = \"ban\", threshold = {threshold} }}]\n"
        );
        month_of(&format!("{positions}{PAIR}\ndecision.threshold = 0.5"), "B")
    };
    assert_eq!([staged(0.0), staged(1.25), staged(1.5)], [Some(1), Some(1), None]);
}

#[test]
fn a_conditional_offer_and_entry_into_force_count_those_who_decided() {
    let club = |offered: &str, in_force: &str| {
        let scenario = year(&format!(
            r#"
network.actor = [{{ id = "A" }}, {{ id = "B" }}, {{ id = "C" }}]
network.layer.ties.ties = [{{ from = "A", to = "C" }}]
factor.peers = {{ type = "emulation", layer = "ties" }}
norm.position = [{{ name = "none" }}, {{ name = "ban", offered = [{offered}], in-force = [{in_force}] }}]
first-adopters = [{{ who = "A" }}, {{ who = "B", date = 1997-05-01 }}]
"#
        ));
        let (plan, trajectory) = run(&scenario);
        let acted = plan.possible_from(&trajectory)[1].map(|tick| tick + 1);
        (month(&scenario, &trajectory, "C"), acted)
    };
    let both = "{ among = [\"A\", \"B\"], share = 1 }";
    assert_eq!(club("{}", ""), (Some(1), Some(1)));
    assert_eq!(club(&format!("{{ to = [\"C\"], when = [{both}] }}"), ""), (Some(5), Some(1)));
    assert_eq!(club("{}", both), (Some(1), Some(5)));
    assert_eq!(club("{}", "{ share = \"2/3\" }"), (Some(1), Some(1)));
    assert_eq!(club("{}", "{ share = \"2/3\" }, { count = 4 }"), (Some(1), None));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn pressures_of_the_plan_are_those_of_the_ledger(random in any_scenario(Features::default())) {
        let scenario = read(&random.text(), &random.tables, &Default::default(), &Default::default());
        let plan = normwave_scenario::lower(&scenario, None).unwrap();
        let trajectory = run_plan(&plan, 0);
        for tick in 0..plan.n_ticks.min(12) {
            ledger_is_plan(&scenario, &plan, &trajectory, tick).map_err(TestCaseError::fail)?;
        }
    }
}

// ---- The slow way, which asks for everything at every tick, and the fast way agree.

// A mechanism of which nothing is known but what it does.
#[derive(Debug)]
struct Asked<T: ?Sized>(Arc<T>);

impl PressureFactor for Asked<dyn PressureFactor> {
    fn scope(&self) -> Scope<'_> {
        self.0.scope()
    }
    fn fill(&self, view: &SystemView<'_>, out: &mut [f64]) {
        self.0.fill(view, out);
    }
    fn reads_factors(&self) -> &[String] {
        self.0.reads_factors()
    }
}

impl Moderator for Asked<dyn Moderator> {
    fn level(&self) -> Level {
        self.0.level()
    }
    fn moderate(&self, pressure: &Pressure<'_>, view: &SystemView<'_>, gain: &mut [f64]) {
        self.0.moderate(pressure, view, gain);
    }
}

fn asked(scenario: &Scenario) -> Arc<Scenario> {
    let mut scenario = scenario.clone();
    for factor in &mut scenario.factors {
        factor.mechanism = Arc::new(Asked(Arc::clone(&factor.mechanism)));
    }
    for active in &mut scenario.moderators {
        active.moderator = Arc::new(Asked(Arc::clone(&active.moderator)));
    }
    Arc::new(scenario)
}

// Asking at every tick is slow; release builds ask more.
const ASKED: u32 = if cfg!(feature = "statistics") { 150 } else { 40 };

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(ASKED) })]

    #[test]
    fn what_is_asked_at_every_tick_runs_as_what_says_what_it_reads(
        random in any_scenario(Features { exact: true, ..Features::default() })
    ) {
        let fast = read(&random.text(), &random.tables, &Default::default(), &Default::default());
        let slow_plan = normwave_scenario::lower(&asked(&fast), None).unwrap();
        let fast_plan = normwave_scenario::lower(&fast, Some(slow_plan.quantum)).unwrap();
        prop_assert!(slow_plan.blocks.iter().all(|block| block.hatch.is_some()));
        prop_assert!(fast_plan.blocks.iter().all(|block| block.hatch.is_none()));
        let (mut slow, mut fast) = (run_plan(&slow_plan, 0), run_plan(&fast_plan, 0));
        // A hatch may depend on the date, so that no cycle is looked for.
        (slow.cycle, fast.cycle) = (None, None);
        prop_assert_eq!(slow, fast);
    }

    #[test]
    fn what_is_asked_at_every_tick_exerts_what_the_ledger_says(random in any_scenario(Features::default())) {
        let fast = read(&random.text(), &random.tables, &Default::default(), &Default::default());
        let plan = normwave_scenario::lower(&asked(&fast), None).unwrap();
        let trajectory = run_plan(&plan, 0);
        for tick in [0, plan.n_ticks / 2, plan.n_ticks - 1] {
            ledger_is_plan(&fast, &plan, &trajectory, tick).map_err(TestCaseError::fail)?;
        }
    }
}
