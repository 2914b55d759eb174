//! A scenario with its tables in memory is refused or lowered to a plan, and nothing else happens.
//!
//! The input is a scenario file; a line `#### NAME` begins a table of that name. Whatever is read
//! and small is lowered, and run for a few ticks.

#![no_main]

use libfuzzer_sys::fuzz_target;
use normwave_engine::Sparse;
use normwave_plan::Engine;
use normwave_scenario::{InMemory, Overrides, Registries, Scenario, expanded, lower};
use std::sync::{Arc, LazyLock};

static REGISTRIES: LazyLock<Registries> = LazyLock::new(Registries::default);

fuzz_target!(|text: &str| {
    // The packaged world is data of our own, and reading it takes longer than all the rest.
    if text.contains("world") {
        return;
    }
    let mut parts = text.split("\n#### ");
    let scenario = parts.next().unwrap_or_default();
    let tables = parts.filter_map(|part| part.split_once('\n'));
    let tables = InMemory(tables.map(|(name, csv)| (name.to_owned(), csv.to_owned())).collect());
    let read = Scenario::read("fuzz.toml", scenario, &tables, &REGISTRIES, &Overrides::default());
    // A variant is the same file with a few overrides.
    let variants = read.iter().flat_map(|scenario| &scenario.variants).take(2);
    for variant in variants.map(|variant| variant.name.clone()) {
        let overrides = Overrides { variant: Some(variant), ..Overrides::default() };
        if let Err(error) = Scenario::read("fuzz.toml", scenario, &tables, &REGISTRIES, &overrides) {
            assert!(!error.to_string().is_empty());
        }
    }
    match read {
        Err(error) => assert!(!error.to_string().is_empty()),
        Ok(scenario) if scenario.calendar.n_ticks() > 200 || scenario.network.actors().len() > 100 => {}
        Ok(scenario) => {
            assert!(expanded(&scenario).is_ok());
            let scenario = Arc::new(scenario);
            if let Ok(plan) = lower(&scenario, None) {
                drop(Sparse.prepare(&plan).run(1, 0));
            }
        }
    }
});
