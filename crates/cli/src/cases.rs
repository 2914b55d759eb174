//! `normwave cases`.

use crate::{Failure, output, words};
use normwave_cases::{Case, cases};
use normwave_scenario::{Overrides, Range, Scenario};
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
    let mut variants = Vec::new();
    for variant in &scenario.variants {
        let read = case.read(&variant.overrides())?;
        variants.push(json!({ "name": variant.name, "title": variant.title, "expect": expected(&read) }));
    }
    Ok(json!({
        "name": case.name,
        "title": case.title,
        "shows": case.shows(),
        "theory": case.theory.trim(),
        "source": scenario.source,
        "expect": expected(&scenario),
        "variants": variants,
    }))
}

// What a scenario expects; a number where only one will do.
fn expected(scenario: &Scenario) -> Value {
    let expect = &scenario.expect;
    let id = |actor| scenario.network.actor(actor).id.clone();
    let range = |range: &Range| {
        let bound = |bound: f64| bound.is_finite().then(|| number(bound));
        if range.least < range.most {
            json!({ "least": bound(range.least), "most": bound(range.most) })
        } else {
            number(range.most)
        }
    };
    let mut out = Map::new();
    let mut put = |key: &str, value: Option<Value>| value.map(|value| out.insert(key.to_owned(), value));
    put("adopters", expect.adopters.as_ref().map(range));
    let by = expect.adopters_by.iter().map(|(tick, by)| (scenario.calendar.label(*tick), range(by)));
    put("adopters-by", some(by.collect()));
    let holds = expect.holds.iter();
    let holds = holds.map(|&(actor, k)| (id(actor), json!(words::position_name(scenario, k))));
    put("holds", some(holds.collect()));
    let order = expect.order.iter().map(|order| order.iter().map(|&actor| id(actor)).collect::<Vec<_>>());
    put("order", (!expect.order.is_empty()).then(|| json!(order.collect::<Vec<_>>())));
    put("pattern", expect.pattern.as_ref().map(|pattern| json!(pattern.is)));
    put("waves", expect.waves.as_ref().map(range));
    put("mean-adopters", expect.mean_adopters.as_ref().map(range));
    let probability = expect.probability.iter().map(|(actor, share)| (id(*actor), range(share)));
    put("probability", some(probability.collect()));
    put("replicates", (expect.n_over_replicates() > 0).then(|| json!(expect.replicates)));
    Value::Object(out)
}

fn some(map: Map<String, Value>) -> Option<Value> {
    (!map.is_empty()).then_some(Value::Object(map))
}

// Whole numbers without a decimal point.
#[expect(clippy::cast_possible_truncation, reason = "whole and small")]
fn number(number: f64) -> Value {
    if number.fract().abs() > 0.0 { json!(number) } else { json!(number as i64) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_is_listed_with_all_that_it_and_its_variants_expect() {
        for case in cases() {
            let listed = to_json(&case).unwrap();
            let keys = |expect: &Value| expect.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
            let file: toml::Table = case.text.parse().unwrap();
            let written = |table: Option<&toml::Value>| -> Vec<String> {
                table
                    .and_then(toml::Value::as_table)
                    .into_iter()
                    .flatten()
                    // A variant that takes an expectation back writes an empty list.
                    .filter(|(_, value)| value.as_array().is_none_or(|list| !list.is_empty()))
                    .map(|(key, _)| key.clone())
                    .collect()
            };
            let same = |listed: &Value, table: Option<&toml::Value>| {
                let (found, mut expected) = (keys(listed), written(table));
                // How many replicates judge is listed where any do.
                expected.retain(|key| key != "replicates");
                assert!(
                    expected.iter().all(|key| found.contains(key)),
                    "{}: {found:?}, {expected:?}",
                    case.name
                );
            };
            same(&listed["expect"], file.get("expect"));
            for variant in listed["variants"].as_array().unwrap() {
                let name = variant["name"].as_str().unwrap();
                same(&variant["expect"], file["variant"][name].get("expect"));
            }
        }
    }

    #[test]
    fn the_list_fits_a_terminal() {
        let text = to_text(&cases());
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    }
}
