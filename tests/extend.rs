//! An outsider adds a pressure factor and a moderator in a crate of his own: the least code that
//! does it, and what he then finds in a run, in the ledger and in the schema.

use normwave_analysis::{TickLedger, TickState};
use normwave_moderators::{Level, Moderator, Pressure};
use normwave_pressure_factors::{PressureFactor, Reads, Scope, Signal, SystemView};
use normwave_scenario::{InMemory, Overrides, Registries, Scenario, json_schema};
use normwave_tests::{Features, RandomScenario, adopters_at_end, any_scenario, read, run, run_plan};
use proptest::prelude::*;
use std::sync::Arc;

/// Boycott of a government by all who are tied to it and have adopted.
#[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Boycott {
    /// The layer over which it runs.
    layer: String,
}

impl PressureFactor for Boycott {
    fn scope(&self) -> Scope<'_> {
        Scope::Ties { layer: &self.layer, signal: Signal::Adoption }
    }

    fn fill(&self, view: &SystemView<'_>, out: &mut [f64]) {
        view.fill_ties(&self.layer, out, |tie| tie.strength);
    }
}

/// Fatigue: everything is heard half as loud.
#[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Fatigue {}

impl Moderator for Fatigue {
    fn level(&self) -> Level {
        Level::Systemic
    }

    fn moderate(&self, _: &Pressure<'_>, _: &SystemView<'_>, gain: &mut [f64]) {
        gain.iter_mut().for_each(|gain| *gain *= 0.5);
    }
}

fn outsider() -> Registries {
    let mut registries = Registries::default();
    registries.factors.register::<Boycott>("boycott");
    registries.moderators.register::<Fatigue>("fatigue");
    registries
}

const TEXT: &str = r#"
schema = 1
title = "A boycott"
period = { start = 2000-01-01, until = 2004-01-01, tick = "year" }
network.generate.star = { leaves = 4 }
first-adopters = [{ who = "HUB" }]
decision.threshold = 0.4
factor.boycott.layer = "ties"
moderator.fatigue.acts-on = "boycott"
"#;

fn outsiders_scenario(registries: &Registries, text: &str) -> Arc<Scenario> {
    read(text, &InMemory::default(), registries, &Overrides::default())
}

#[test]
fn an_outsiders_factor_and_moderator_run_from_a_scenario_file() {
    let registries = outsider();
    let scenario = outsiders_scenario(&registries, TEXT);
    let (plan, trajectory) = run(&scenario);
    assert_eq!(adopters_at_end(&plan, &trajectory), 5, "half of 1 is above 0.4");
    let tired = TEXT.replace("threshold = 0.4", "threshold = 0.6");
    let (plan, trajectory) = run(&outsiders_scenario(&registries, &tired));
    assert_eq!(adopters_at_end(&plan, &trajectory), 1, "half of 1 is below 0.6");
    let awake = tired.replace("moderator.fatigue.acts-on = \"boycott\"\n", "");
    let (plan, trajectory) = run(&outsiders_scenario(&registries, &awake));
    assert_eq!(adopters_at_end(&plan, &trajectory), 5);
}

#[test]
fn an_outsiders_mechanisms_stand_in_the_ledger() {
    let scenario = outsiders_scenario(&outsider(), TEXT);
    let (plan, trajectory) = run(&scenario);
    let ledger =
        TickLedger::new(&scenario, 0, &TickState::at_decisions(&trajectory, plan.n_actors(), 0)).unwrap();
    let sheet = ledger.sheet(scenario.network.actor_id("L1").unwrap());
    let row = &sheet.rows[0];
    assert_eq!((row.factor.as_str(), row.kind.as_str()), ("boycott", "boycott"));
    assert_eq!(row.gains[0].moderator, "fatigue");
    assert!((row.pressure - 0.5).abs() < 1e-15);
}

#[test]
fn an_outsiders_mechanisms_stand_in_the_schema_with_the_keys_that_all_share() {
    let schema = json_schema(&outsider());
    let titled = |section: &str, name: &str| {
        let all = schema["properties"][section]["additionalProperties"]["anyOf"].as_array().unwrap();
        all.iter().find(|one| one["title"] == name).unwrap()["properties"].clone()
    };
    let boycott = titled("factor", "boycott");
    assert_eq!(boycott["layer"]["description"], "The layer over which it runs.");
    assert!(boycott["kappa"].is_object() && boycott["exposure"].is_object());
    let fatigue = titled("moderator", "fatigue");
    assert!(fatigue["acts-on"].is_object() && fatigue["type"]["const"] == "fatigue");
}

// ---- The slow way, which asks for everything at every tick, and the fast way agree.

macro_rules! twins {
    ($slow:ident, $fast:ident, $field:ident, $trait:ident, $($method:item)*) => {
        #[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        struct $slow { $field: String }
        impl $trait for $slow { $($method)* }

        #[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        struct $fast { $field: String }
        impl $trait for $fast {
            $($method)*
            fn reads(&self) -> Reads { Reads::Network }
        }
    };
}

twins! { SlowRow, FastRow, layer, PressureFactor,
    fn scope(&self) -> Scope<'_> {
        Scope::Ties { layer: &self.layer, signal: Signal::Advocacy }
    }
    fn fill(&self, view: &SystemView<'_>, out: &mut [f64]) {
        view.fill_ties(&self.layer, out, |tie| tie.strength * view.number("power", tie.from));
    }
}

twins! { SlowCost, FastCost, attribute, PressureFactor,
    fn scope(&self) -> Scope<'_> {
        Scope::Actors
    }
    fn fill(&self, view: &SystemView<'_>, out: &mut [f64]) {
        for (i, row) in (0u32..).zip(out.chunks_exact_mut(view.norm.n_positions)) {
            row[0] = view.number(&self.attribute, normwave_network_model::ActorId(i));
        }
    }
}

twins! { SlowDial, FastDial, attribute, Moderator,
    fn level(&self) -> Level {
        Level::State
    }
    fn moderate(&self, pressure: &Pressure<'_>, view: &SystemView<'_>, gain: &mut [f64]) {
        let dial = |actor| if pressure.toward == 0 { 0.5 } else { 0.25 + view.number(&self.attribute, actor) };
        pressure.turn_targets(gain, dial);
    }
}

fn twin_registries() -> Registries {
    let mut registries = Registries::default();
    registries.factors.register::<SlowRow>("slow-row");
    registries.factors.register::<FastRow>("fast-row");
    registries.factors.register::<SlowCost>("slow-cost");
    registries.factors.register::<FastCost>("fast-cost");
    registries.moderators.register::<SlowDial>("slow-dial");
    registries.moderators.register::<FastDial>("fast-dial");
    registries
}

// The random scenario with twins of one speed added to it.
fn with_twins(random: &RandomScenario, speed: &str) -> Arc<Scenario> {
    let mut random = random.clone();
    let row = serde_json::json!({ "type": format!("{speed}-row"), "layer": "inline", "kappa": 0.25 });
    random.file["factor"]["row"] = row;
    random.file["factor"]["cost"] =
        serde_json::json!({ "type": format!("{speed}-cost"), "attribute": "own", "kappa": 0.5 });
    random.file["moderator"]["dial"] = serde_json::json!({ "type": format!("{speed}-dial"), "attribute": "regime", "acts-on": ["row", "cost"] });
    read(&random.text(), &random.tables, &twin_registries(), &Overrides::default())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    #[test]
    fn what_asks_for_everything_runs_as_what_says_that_it_reads_the_network_only(
        random in any_scenario(Features { exact: true, ..Features::default() })
    ) {
        let (slow, fast) = (with_twins(&random, "slow"), with_twins(&random, "fast"));
        let slow_plan = normwave_scenario::lower(&slow, None).unwrap();
        let fast_plan = normwave_scenario::lower(&fast, Some(slow_plan.quantum)).unwrap();
        prop_assert!(slow_plan.blocks.iter().any(|block| block.hatch.is_some()));
        prop_assert!(fast_plan.blocks.iter().all(|block| block.hatch.is_none()));
        let (mut slow, mut fast) = (run_plan(&slow_plan, 0), run_plan(&fast_plan, 0));
        // A hatch may depend on the date, so that no cycle is looked for.
        (slow.cycle, fast.cycle) = (None, None);
        prop_assert_eq!(slow, fast);
    }
}
