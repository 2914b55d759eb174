//! The JSON Schema of scenario files fits what the program reads.

use normwave_scenario::{Registries, json_schema};
use normwave_tests::{Features, any_scenario};
use proptest::prelude::*;
use serde_json::{Value, json};

// What of JSON Schema the generator uses, and nothing else: an unknown keyword is an error, so
// that nothing passes unread.
fn fits(schema: &Value, value: &Value, root: &Value) -> Result<(), String> {
    let Some(rules) = schema.as_object() else {
        return if schema == &json!(false) { Err(format!("{value} is not allowed")) } else { Ok(()) };
    };
    for (keyword, rule) in rules {
        let ok = match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" | "default" | "format" | "examples"
            | "x-evidence" => Ok(()),
            "$ref" => {
                let path = rule.as_str().unwrap().strip_prefix('#').unwrap();
                fits(root.pointer(path).ok_or(format!("no {path}"))?, value, root)
            }
            "type" => {
                let is = |kind: &str| match kind {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "boolean" => value.is_boolean(),
                    "integer" => value.is_i64() || value.as_f64().is_some_and(|x| x.fract() == 0.0),
                    "number" => value.is_number(),
                    "null" => value.is_null(),
                    _ => false,
                };
                let kinds: Vec<&str> = match rule {
                    Value::Array(kinds) => kinds.iter().map(|kind| kind.as_str().unwrap()).collect(),
                    kind => vec![kind.as_str().unwrap()],
                };
                if kinds.into_iter().any(is) { Ok(()) } else { Err(format!("{value} is no {rule}")) }
            }
            "properties" => match value.as_object() {
                None => Ok(()),
                Some(object) => object.iter().try_for_each(|(key, item)| match rule.get(key) {
                    Some(schema) => fits(schema, item, root).map_err(|error| format!("{key}: {error}")),
                    None => Ok(()),
                }),
            },
            "additionalProperties" => match value.as_object() {
                None => Ok(()),
                Some(object) => object.iter().try_for_each(|(key, item)| {
                    let known = rules.get("properties").and_then(|known| known.get(key)).is_some();
                    if known {
                        Ok(())
                    } else {
                        fits(rule, item, root).map_err(|error| format!("{key}: {error}"))
                    }
                }),
            },
            "required" => {
                let missing =
                    rule.as_array().unwrap().iter().find(|key| value.get(key.as_str().unwrap()).is_none());
                missing.filter(|_| value.is_object()).map_or(Ok(()), |key| Err(format!("{key} is missing")))
            }
            "anyOf" | "oneOf" => {
                let tried: Vec<_> =
                    rule.as_array().unwrap().iter().map(|one| fits(one, value, root)).collect();
                let n = tried.iter().filter(|one| one.is_ok()).count();
                let ok = if keyword == "anyOf" { n > 0 } else { n == 1 };
                if ok { Ok(()) } else { Err(format!("{n} of {keyword} fit {value}: {tried:?}")) }
            }
            "allOf" => rule.as_array().unwrap().iter().try_for_each(|one| fits(one, value, root)),
            "items" => value.as_array().into_iter().flatten().try_for_each(|item| fits(rule, item, root)),
            "prefixItems" => {
                let items = value.as_array().into_iter().flatten();
                items.zip(rule.as_array().unwrap()).try_for_each(|(item, schema)| fits(schema, item, root))
            }
            "minItems" => length(value, |n| n >= rule.as_u64().unwrap()),
            "maxItems" => length(value, |n| n <= rule.as_u64().unwrap()),
            "minProperties" => object_size(value, |n| n >= rule.as_u64().unwrap()),
            "maxProperties" => object_size(value, |n| n <= rule.as_u64().unwrap()),
            "const" => {
                if value == rule {
                    Ok(())
                } else {
                    Err(format!("{value} is not {rule}"))
                }
            }
            "enum" => {
                if rule.as_array().unwrap().contains(value) {
                    Ok(())
                } else {
                    Err(format!("{value} is not of {rule}"))
                }
            }
            "minimum" => bound(value, |x| x >= rule.as_f64().unwrap()),
            "maximum" => bound(value, |x| x <= rule.as_f64().unwrap()),
            "pattern" => match value.as_str() {
                // There are two patterns: fractions, and dates.
                Some(text) if rule.as_str().is_some_and(|pattern| pattern.contains('/')) => {
                    let numbers = text.split('/').map(str::trim).filter(|part| part.parse::<u32>().is_ok());
                    if numbers.count() == 2 { Ok(()) } else { Err(format!("`{text}` is no fraction")) }
                }
                Some(text) => normwave_network_model::parse_date(text).map(|_| ()).map_err(|e| e.to_string()),
                None => Ok(()),
            },
            other => Err(format!("keyword {other}")),
        };
        ok?;
    }
    Ok(())
}

fn length(value: &Value, fits: impl Fn(u64) -> bool) -> Result<(), String> {
    match value.as_array() {
        Some(items) if !fits(items.len() as u64) => Err(format!("{} items", items.len())),
        _ => Ok(()),
    }
}

fn object_size(value: &Value, fits: impl Fn(u64) -> bool) -> Result<(), String> {
    match value.as_object() {
        Some(object) if !fits(object.len() as u64) => Err(format!("{} keys", object.len())),
        _ => Ok(()),
    }
}

fn bound(value: &Value, fits: impl Fn(f64) -> bool) -> Result<(), String> {
    match value.as_f64() {
        Some(number) if !fits(number) => Err(format!("{number} is out of bounds")),
        _ => Ok(()),
    }
}

// TOML's own dates are strings in JSON.
fn as_json(text: &str) -> Value {
    fn plain(value: toml::Value) -> Value {
        match value {
            toml::Value::Datetime(date) => json!(date.to_string()),
            toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, plain(value))).collect(),
            toml::Value::Array(items) => items.into_iter().map(plain).collect(),
            toml::Value::String(text) => json!(text),
            toml::Value::Integer(number) => json!(number),
            toml::Value::Float(number) => json!(number),
            toml::Value::Boolean(flag) => json!(flag),
        }
    }
    plain(toml::Value::Table(text.parse().unwrap()))
}

fn schema() -> Value {
    json_schema(&Registries::default())
}

#[test]
fn every_bundled_case_fits_the_schema() {
    let schema = schema();
    for case in normwave_cases::cases() {
        fits(&schema, &as_json(case.text), &schema).unwrap_or_else(|error| panic!("{}: {error}", case.name));
    }
}

#[test]
fn a_wrong_key_or_value_does_not_fit() {
    let schema = schema();
    let fits = |text: &str| fits(&schema, &as_json(text), &schema);
    let base = "schema = 1\ntitle = \"t\"\nperiod = { start = \"2000\", until = \"2001\", tick = \"year\" }\nnetwork = {}\n";
    fits(base).unwrap();
    fits(&format!("{base}event.e = {{ type = \"praise\", date = \"1997\", who = \"GBR\" }}")).unwrap();
    for wrong in [
        "colour = 1",
        "decision.rule = \"maybe\"",
        "decision.treshold = 1",
        "factor.moral = { layer = \"ties\", kapa = 1 }",
        "factor.moral = { layer = \"ties\", kappa = -1 }",
        "factor.plea = { type = \"morale\", layer = \"ties\" }",
        "moderator.stickiness = { embeddedness = 2, acts-on = \"moral\" }",
        "event.e = { date = \"1997-13\" }",
        "event.e = { type = \"praise\", date = \"1997\" }",
        "event.e = { type = \"praise\", date = \"1997\", who = \"GBR\", strength = 12 }",
        "norm.position = [{ name = 3 }]",
        "preset.si = { rate = 1, exposure = \"median\" }",
    ] {
        assert!(fits(&format!("{base}{wrong}")).is_err(), "{wrong}");
    }
    assert!(fits(&base.replace("schema = 1", "schema = 2")).is_err());
}

#[test]
fn every_default_parameter_says_where_it_comes_from() {
    let schema = schema();
    let decision = schema["properties"]["decision"]["$ref"].as_str().unwrap();
    let mut tables = vec![("decision".to_owned(), schema.pointer(&decision[1..]).unwrap())];
    for section in ["factor", "moderator"] {
        let types = schema["properties"][section]["additionalProperties"]["anyOf"].as_array().unwrap();
        tables.extend(types.iter().map(|one| (format!("{section} {}", one["title"]), one)));
    }
    // What all events share has no size.
    let events = schema["properties"]["event"]["additionalProperties"]["anyOf"].as_array().unwrap();
    let shared = schema.pointer(&events[0]["$ref"].as_str().unwrap()[1..]).unwrap()["properties"].clone();
    let own = events[1..].iter().map(|event| {
        let mut event = event.clone();
        event["properties"].as_object_mut().unwrap().retain(|key, _| shared.get(key).is_none());
        (format!("event {}", event["title"]), event)
    });
    let own: Vec<(String, Value)> = own.collect();
    assert!(own.len() > 30);
    tables.extend(own.iter().map(|(name, event)| (name.clone(), event)));
    for (name, table) in tables {
        let required = table["required"].as_array().cloned().unwrap_or_default();
        for (key, property) in table["properties"].as_object().unwrap() {
            // Keys that may be absent, because there need be nothing, are no parameters.
            let may_be_null =
                property["anyOf"].as_array().is_some_and(|any| any.contains(&json!({ "type": "null" })));
            let default = property.get("default");
            let nothing =
                may_be_null || default.is_some_and(|default| [json!(null), json!({})].contains(default));
            let named = ["type", "acts-on"].contains(&key.as_str());
            if required.contains(&json!(key)) || named || (nothing && name != "decision") {
                continue;
            }
            for part in ["source", "design", "confidence"] {
                let found = property["x-evidence"][part].as_str().unwrap_or_default();
                assert!(!found.is_empty(), "{name}: `{key}` has a default without evidence ({part})");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn what_the_program_reads_fits_the_schema(random in any_scenario(Features::default())) {
        let schema = schema();
        fits(&schema, &as_json(&random.text()), &schema).map_err(TestCaseError::fail)?;
    }
}
