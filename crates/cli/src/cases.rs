//! `normwave cases`.

use crate::{Failure, output, words};
use normwave_cases::{Case, cases};
use normwave_scenario::Overrides;
use serde_json::{Map, Value, json};

/// Lists the bundled cases.
///
/// # Errors
/// [`Failure`].
pub(crate) fn list(as_json: bool) -> Result<(), Failure> {
    if as_json {
        let all: Vec<Value> = cases().iter().map(to_json).collect::<Result<_, _>>()?;
        output::answer_json(&Value::Array(all))
    } else {
        output::answer(&to_text(&cases()))
    }
}

fn to_text(cases: &[Case]) -> String {
    let width = cases.iter().map(|case| case.name.len()).max().unwrap_or(0) + 2;
    let mut out = String::new();
    for case in cases {
        out.push_str(&format!("{:width$}{}\n", case.name, case.title));
        out.push_str(&words::wrapped(case.shows(), &" ".repeat(width), 80));
    }
    out.push_str("\nRun one with `normwave run NAME`.\n");
    out
}

fn to_json(case: &Case) -> Result<Value, Failure> {
    let scenario = case.read(&Overrides::default())?;
    let mut holds = Map::new();
    for &(actor, position) in &scenario.expect.holds {
        let name = words::position_name(&scenario, position);
        holds.insert(scenario.network.actor(actor).id.clone(), json!(name));
    }
    Ok(json!({
        "name": case.name,
        "title": case.title,
        "shows": case.shows(),
        "theory": case.theory.trim(),
        "expect": { "adopters": scenario.expect.adopters, "holds": holds },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_fits_a_terminal() {
        let text = to_text(&cases());
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    }
}
