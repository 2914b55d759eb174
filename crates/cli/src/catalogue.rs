//! `normwave catalogue`: every factor, moderator, event, preset and generator that scenario files
//! can name, from what they say of themselves.

use crate::{Failure, output, words};
use normwave_scenario::{Registries, json_schema};
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// One thing that a scenario file can name.
struct Entry {
    section: &'static str,
    name: String,
    about: String,
    keys: Vec<Key>,
}

/// A key of it.
struct Key {
    name: String,
    kind: String,
    default: Option<Value>,
    required: bool,
    about: String,
    evidence: Option<String>,
}

// The sections: what each is, where it stands in the file, and a sentence about it.
const SECTIONS: [(&str, &str, &str); 5] = [
    ("Pressure factors", "factor", "Mechanisms that press governments toward a position: `[factor.NAME]`."),
    ("Moderators", "moderator", "Conditions that turn pressures up or down: `[moderator.NAME]`."),
    (
        "Events",
        "event",
        "Named interventions, which expand into plain changes: `[event.NAME]`. `normwave check --expand` shows the changes.",
    ),
    ("Presets", "preset", "Classic models by name: `[preset.NAME]`."),
    ("Networks", "network.generate", "Networks to begin with: `network.generate.NAME`."),
];

/// Prints the catalogue, or what it has under one name.
///
/// # Errors
/// [`Failure::BadInput`] if there is no such name.
pub(crate) fn print(name: Option<&str>, as_json: bool) -> Result<(), Failure> {
    let all = entries(&json_schema(&Registries::default()));
    let Some(name) = name else {
        return if as_json { output::answer_json(&to_json(&all)) } else { output::answer(&page(&all)) };
    };
    let found: Vec<Entry> = all.into_iter().filter(|entry| entry.name == name).collect();
    if found.is_empty() {
        let all = entries(&json_schema(&Registries::default()));
        let near = words::did_you_mean(name, all.iter().map(|entry| entry.name.as_str()));
        return Err(Failure::BadInput(format!(
            "the catalogue has no `{name}`{near}\n`normwave catalogue` prints all of it."
        )));
    }
    if as_json {
        output::answer_json(&to_json(&found))
    } else {
        output::answer(&found.iter().map(entry_text).collect::<Vec<_>>().join("\n"))
    }
}

// ---- From the schema.

fn entries(schema: &Value) -> Vec<Entry> {
    let mut all = Vec::new();
    for (section, path, _) in SECTIONS {
        match path {
            "preset" => {
                for (name, own) in
                    schema["properties"]["preset"]["properties"].as_object().into_iter().flatten()
                {
                    all.push(entry(section, name, own, schema));
                }
            }
            "network.generate" => {
                let variants = resolved(&schema["$defs"]["GeneratorFile"], schema)["oneOf"].as_array();
                for variant in variants.into_iter().flatten() {
                    for (name, own) in variant["properties"].as_object().into_iter().flatten() {
                        let mut own = resolved(own, schema).clone();
                        own["description"] = variant["description"].clone();
                        all.push(entry(section, name, &own, schema));
                    }
                }
            }
            _ => {
                let types = schema["properties"][path]["additionalProperties"]["anyOf"].as_array();
                for own in types.into_iter().flatten() {
                    let name = own["properties"]["type"]["const"].as_str();
                    all.extend(name.map(|name| entry(section, name, own, schema)));
                }
            }
        }
    }
    all
}

fn entry(section: &'static str, name: &str, own: &Value, schema: &Value) -> Entry {
    let required: Vec<&str> =
        own["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let keys = own["properties"].as_object().into_iter().flatten().filter(|(name, _)| *name != "type");
    let key = |(name, key): (&String, &Value)| Key {
        name: name.clone(),
        kind: kind(key, schema),
        default: key.get("default").filter(|default| !default.is_null()).cloned(),
        required: required.contains(&name.as_str()),
        about: text(&key["description"]),
        evidence: evidence(&key["x-evidence"]),
    };
    Entry { section, name: name.to_owned(), about: text(&own["description"]), keys: keys.map(key).collect() }
}

// Follows references.
fn resolved<'s>(value: &'s Value, schema: &'s Value) -> &'s Value {
    let name = value["$ref"].as_str().and_then(|path| path.rsplit('/').next());
    name.map_or(value, |name| &schema["$defs"][name])
}

// What may stand there, in a word or two.
fn kind(key: &Value, schema: &Value) -> String {
    if let Some(name) = key["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return match name {
            "Who" => "actors".to_owned(),
            "Names" => "names".to_owned(),
            "Shape" => "gain shape".to_owned(),
            "NumberOr" => "number or attributes".to_owned(),
            "PositionName" => "position".to_owned(),
            "Date" => "date".to_owned(),
            _ => kind(&schema["$defs"][name], schema),
        };
    }
    if let Some(allowed) = key["enum"].as_array() {
        return allowed.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or ");
    }
    if let Some(several) = key["anyOf"].as_array().or_else(|| key["oneOf"].as_array()) {
        let mut kinds: Vec<String> =
            several.iter().filter(|one| one["type"] != "null").map(|one| kind(one, schema)).collect();
        kinds.dedup();
        return kinds.join(" or ");
    }
    let one = |name: &str| {
        match name {
            "string" => "name",
            "boolean" => "true or false",
            "integer" => "whole number",
            "array" => "list",
            "object" => "table",
            other => other,
        }
        .to_owned()
    };
    match &key["type"] {
        Value::String(name) => one(name),
        Value::Array(names) => names
            .iter()
            .filter_map(Value::as_str)
            .filter(|name| *name != "null")
            .map(one)
            .collect::<Vec<_>>()
            .join(" or "),
        _ => "value".to_owned(),
    }
}

fn evidence(value: &Value) -> Option<String> {
    let part = |key: &str| value[key].as_str();
    let parts: Vec<&str> =
        [part("design"), part("confidence"), part("source")].into_iter().flatten().collect();
    match parts.as_slice() {
        [design, confidence, source] => Some(format!("{design}, {confidence} confidence: {source}")),
        _ => None,
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

// ---- The page, and one entry of it.

fn page(all: &[Entry]) -> String {
    let mut page = "# Catalogue\n\nWhat scenario files can name, from the program's own registry: `normwave catalogue` prints this page, `normwave catalogue NAME` a part of it.\n".to_owned();
    for (section, _, about) in SECTIONS {
        let of_section: Vec<&Entry> = all.iter().filter(|entry| entry.section == section).collect();
        if of_section.is_empty() {
            continue;
        }
        let _ = write!(page, "\n## {section}\n\n{about}\n\n");
        let names = of_section.iter().map(|entry| format!("[{0}](#{0})", entry.name));
        let _ = writeln!(page, "{}", names.collect::<Vec<_>>().join(" · "));
        for entry in of_section {
            let _ = write!(page, "\n{}", entry_text(entry));
        }
    }
    page
}

fn entry_text(entry: &Entry) -> String {
    let mut text = format!("### {}\n\n{}\n", entry.name, entry.about.trim());
    if !entry.keys.is_empty() {
        text += "\n| key | takes | default | what it is |\n|---|---|---|---|\n";
        for key in &entry.keys {
            let default = match &key.default {
                Some(default) => format!("`{}`", cell(&default.to_string())),
                None if key.required => "needed".to_owned(),
                None => "none".to_owned(),
            };
            let mut about = cell(&key.about);
            if let Some(evidence) = &key.evidence {
                let _ = write!(about, " *Default: {}.*", cell(evidence.trim_end_matches('.')));
            }
            let _ = writeln!(text, "| `{}` | {} | {default} | {about} |", key.name, key.kind);
        }
    }
    text
}

// What fits into a cell of a table.
fn cell(text: &str) -> String {
    text.replace('\n', " ").replace('|', "\\|")
}

fn to_json(all: &[Entry]) -> Value {
    let key = |key: &Key| {
        json!({
            "key": key.name, "takes": key.kind, "default": key.default, "required": key.required,
            "about": key.about, "evidence": key.evidence,
        })
    };
    let entry = |entry: &Entry| {
        let mut value = Map::new();
        value.insert("section".to_owned(), json!(entry.section));
        value.insert("name".to_owned(), json!(entry.name));
        value.insert("about".to_owned(), json!(entry.about));
        value.insert("keys".to_owned(), entry.keys.iter().map(key).collect());
        Value::Object(value)
    };
    all.iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Entry> {
        entries(&json_schema(&Registries::default()))
    }

    #[test]
    fn the_page_in_the_documentation_is_what_is_printed() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/catalogue.md");
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            kept == page(&all()),
            "docs/catalogue.md is out of date: cargo run -- catalogue > docs/catalogue.md"
        );
    }

    #[test]
    fn everything_registered_is_there_and_says_what_it_is() {
        let registries = Registries::default();
        let all = all();
        let names =
            registries.factors.names().chain(registries.moderators.names()).chain(registries.presets.names());
        for name in names {
            let entry =
                all.iter().find(|entry| entry.name == name).unwrap_or_else(|| panic!("no entry for {name}"));
            assert!(entry.about.len() > 40, "{name} says nothing");
            assert!(entry.keys.iter().all(|key| !key.about.is_empty()), "a key of {name} says nothing");
        }
        for (section, _, _) in SECTIONS {
            assert!(all.iter().any(|entry| entry.section == section), "{section} is empty");
        }
    }
}
