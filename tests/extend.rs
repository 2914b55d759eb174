//! An outsider adds a pressure factor and a moderator in a crate of his own: the least code that
//! does it, and where he finds them again. `docs/extend.md` tells this file.

use normwave_analysis::{TickLedger, TickState};
use normwave_moderators::{Level, Moderator, Pressure};
use normwave_pressure_factors::{PressureFactor, Scope, Signal, SystemView};
use normwave_scenario::{Registries, Scenario, json_schema};
use normwave_tests::{adopters_at_end, read, run};
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

fn scenario(text: &str) -> Arc<Scenario> {
    read(text, &Default::default(), &outsider(), &Default::default())
}

fn adopters(text: &str) -> u32 {
    let (plan, trajectory) = run(&scenario(text));
    adopters_at_end(&plan, &trajectory)
}

#[test]
fn they_run_from_a_scenario_file() {
    assert_eq!(adopters(TEXT), 5, "half of 1 is above 0.4");
    let tired = TEXT.replace("threshold = 0.4", "threshold = 0.6");
    assert_eq!(adopters(&tired), 1, "half of 1 is below 0.6");
    assert_eq!(adopters(&tired.replace("moderator.fatigue.acts-on = \"boycott\"\n", "")), 5);
}

#[test]
fn they_stand_in_the_ledger() {
    let scenario = scenario(TEXT);
    let hub_has_adopted = TickState::at_rest(vec![1, 0, 0, 0, 0]);
    let ledger = TickLedger::new(&scenario, 0, &hub_has_adopted).unwrap();
    let sheet = ledger.sheet(scenario.network.actor_id("L1").unwrap());
    let row = &sheet.rows[0];
    assert_eq!((row.factor.as_str(), row.gains[0].moderator.as_str()), ("boycott", "fatigue"));
    assert!((row.pressure - 0.5).abs() < 1e-15);
}

#[test]
fn they_stand_in_the_catalogue_and_the_schema() {
    let registries = outsider();
    assert!(registries.factors.names().any(|name| name == "boycott"));
    assert!(registries.moderators.names().any(|name| name == "fatigue"));
    let schema = json_schema(&registries);
    let about = |section: &str, name: &str| {
        let all = schema["properties"][section]["additionalProperties"]["anyOf"].as_array().unwrap();
        all.iter().find(|one| one["title"] == name).unwrap().clone()
    };
    let boycott = about("factor", "boycott");
    assert_eq!(boycott["description"], "Boycott of a government by all who are tied to it and have adopted.");
    assert_eq!(boycott["properties"]["layer"]["description"], "The layer over which it runs.");
    assert!(boycott["properties"]["kappa"].is_object(), "keys that all factors share");
    assert_eq!(about("moderator", "fatigue")["description"], "Fatigue: everything is heard half as loud.");
}

// ---- The page.

#[test]
fn the_page_shows_this_code_and_no_other() {
    let (page, code) = (include_str!("../docs/extend.md"), include_str!("extend.rs"));
    let mut blocks = 0;
    for language in ["```rust\n", "```toml\n"] {
        for block in page.split(language).skip(1) {
            let block = block.split("```").next().unwrap();
            assert!(code.contains(block), "docs/extend.md shows what is not in tests/extend.rs:\n{block}");
            blocks += 1;
        }
    }
    assert_eq!((blocks, page.matches("```").count()), (6, 12), "blocks of rust and toml, and no others");
}
