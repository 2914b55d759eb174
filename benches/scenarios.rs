//! Scenario files of any size.

use crate::random_ties;
use normwave_scenario::{InMemory, Overrides, Registries, Scenario, ScenarioError};
use std::fmt::Write;

/// A scenario file and the tables that it names.
#[derive(Clone, Debug)]
pub struct Written {
    /// The file.
    pub text: String,
    /// The tables.
    pub tables: InMemory,
    /// Rows of ties in all tables.
    pub n_ties: u64,
}

impl Written {
    /// Reads it.
    ///
    /// # Errors
    /// None, unless the overrides do not fit.
    pub fn read(&self, overrides: &Overrides) -> Result<Scenario, ScenarioError> {
        Scenario::read("written.toml", &self.text, &self.tables, &Registries::default(), overrides)
    }
}

/// Governments that emulate each other along several layers, each from a table of its own in which
/// a given share of all pairs are tied. Twelve in 25 have adopted; the others follow where adopters
/// weigh more than the rest.
#[must_use]
pub fn written(n_actors: u32, n_layers: u32, density: f64) -> Written {
    let mut text = String::from(
        "schema = 1\ntitle = \"Many layers\"\nperiod = { start = 1990-01-01, until = 2010-01-01, tick = \"year\" }\n\
         first-adopters = [{ who = [",
    );
    // Writing to a `String` cannot fail.
    let line = |text: &mut String, line: std::fmt::Arguments<'_>| text.write_fmt(line).unwrap_or(());
    let first = (0..n_actors).filter(|actor| actor % 25 < 12);
    first.for_each(|actor| line(&mut text, format_args!("\"S{actor}\", ")));
    text.push_str("] }]\n[network]\nactor = [\n");
    (0..n_actors).for_each(|actor| {
        line(&mut text, format_args!("    {{ id = \"S{actor}\", name = \"State {actor}\" }},\n"));
    });
    text.push_str("]\n");
    let mut tables = InMemory::default();
    let mut n_ties = 0;
    for layer in 0..n_layers {
        line(&mut text, format_args!("[network.layer.l{layer}]\nfile = \"l{layer}.csv\"\n"));
        line(&mut text, format_args!("[factor.f{layer}]\ntype = \"emulation\"\nlayer = \"l{layer}\"\n"));
        let mut rows = String::from("from,to,strength\n");
        for (from, to, strength) in random_ties(n_actors, density, 255, layer.into()) {
            line(&mut rows, format_args!("S{from},S{to},{strength}\n"));
            n_ties += 1;
        }
        tables.0.push((format!("l{layer}.csv"), rows));
    }
    Written { text, tables, n_ties }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_scenario_has_the_actors_and_ties_that_it_says() {
        let written = written(60, 3, 0.2);
        let scenario = written.read(&Overrides::default()).expect("a sound scenario");
        let view = scenario.network_at(0).expect("stored layers");
        let ties = ["l0", "l1", "l2"].map(|layer| view.ties_of(layer).map_or(0, <[_]>::len) as u64);
        assert_eq!((view.n_actors(), ties.iter().sum()), (60, written.n_ties));
        assert!(ties.iter().all(|&ties| ties > 300), "every layer has ties");
    }
}
