//! `normwave catalogue`: every factor, moderator, event, preset, layer and generator that scenario
//! files can name, and every measure of networks, from what they say of themselves.

use crate::{Failure, output, words};
use normwave_network_model::measure::MEASURES;
use normwave_scenario::{Registries, json_schema};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fmt::Write;

/// One thing that a scenario file can name, or a measure.
struct Entry {
    section: &'static str,
    name: String,
    about: String,
    keys: Vec<Key>,
}

/// A key of it.
#[derive(PartialEq)]
struct Key {
    name: String,
    kind: String,
    default: Option<Value>,
    required: bool,
    about: String,
    evidence: Option<String>,
}

// The sections: what each is, where it stands in the file, and a sentence about it.
const SECTIONS: [(&str, &str, &str); 8] = [
    (
        "Pressure factors",
        "factor",
        "Mechanisms that press governments toward a position. A table `[factor.NAME]` has one of these as its `type`, or as its own name. \
         In the formulas j is the sender, i the target and k a position; w_ji is the strength of the tie from j to i, ŷ_jk what is heard of j \
         for k (what it advocates, or whether it holds it), and κ the key `kappa`. [The model](model.md) has all symbols.",
    ),
    (
        "Moderators",
        "moderator",
        "Conditions that turn the pressures of some factors up or down: `[moderator.NAME]`, with one of these as its `type` or as its own name. \
         A moderator has a driver, and the gain is a function of the driver: one for pressures toward the status quo, one for those toward new positions.",
    ),
    (
        "Events",
        "event",
        "Named interventions: `[event.NAME]`, with one of these as its `type`. They expand into plain changes (the next section), which \
         `normwave check --expand` prints. What is taken off or put on holds from `date` until `until`, and fades if there is a half-life.",
    ),
    (
        "Changes",
        "change",
        "What a plain event can do: `[event.NAME]` without a `type`, and in its list `change` tables such as \
         `{ gain = \"moral\", who = \"GBR\", multiply = 2 }`.",
    ),
    (
        "Presets",
        "preset",
        "Classic models by name: `[preset.NAME]`, one to a file. A preset stands for tables that could be written by hand.",
    ),
    (
        "Layers",
        "layer",
        "Layers that are derived from what is known: `network.layer.NAME = { KIND = … }`. Other layers are stored: ties from a `file`, from the \
         packaged `world`, or in a list `ties`.",
    ),
    (
        "Networks",
        "network.generate",
        "Networks to begin with: `network.generate.NAME`. Actors are called `A1`, `A2` and so on unless said otherwise, and the layer `ties`.",
    ),
    (
        "Measures",
        "measure",
        "What `normwave network` and the crate network-model measure in a layer on a date. n is the number of actors, w_ij the strength of \
         the tie from i to j, d_ij the length of the shortest path.",
    ),
];

// What keys take, as the tables call it, and how that is written.
const KINDS: [(&str, &str); 9] = [
    ("name", "What an attribute, a layer, an affiliation or the like is called: `\"ferries\"`."),
    ("names", "One name or several: `\"moral\"` or `[\"moral\", \"status\"]`."),
    (
        "actors",
        "An id, a list of ids, `\"all\"`, or a filter: `{ kind = \"ngo\" }`, `{ where = { region = \"Europe\" }, except = [\"GBR\"] }`. \
         Its keys are `kind`, `where`, `member`, `tied`, `except` and `not`. A group at home is `\"GBR/public\"`.",
    ),
    ("position", "A position of the norm, by name or by number; 0 is the status quo."),
    ("date", "`1997-12-03`, `\"1997-12\"` or `\"1997\"`; the shorter ones mean the first day."),
    (
        "gain shape",
        "A number for a constant gain (1 changes nothing), or a function of the driver x: `{ linear = { at-zero = a, slope = b } }` is a + b · x, \
         `{ power = { scale = s, exponent = e } }` is s · x^e, `{ logistic = { low = l, high = h, midpoint = m, steepness = s } }` is \
         l + (h − l) / (1 + exp(−s · (x − m))), and `{ table = [[x, gain], …] }` joins points by straight lines. Gains are cut to 0 to 11.",
    ),
    ("number or name", "A number for all, or the name of the numeric attribute that holds each one's own."),
    (
        "number or attributes",
        "A number for all, or `{ attribute = weight, … }`, a weighted sum of each one's attributes. A threshold can be drawn, too: \
         `{ uniform = [0, 1] }`, `{ normal = [mean, sd] }`.",
    ),
    ("text", "Anything, for readers."),
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
    let found: Vec<Entry> =
        all.into_iter().filter(|entry| entry.name.replace('_', "-") == name.replace('_', "-")).collect();
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
        output::answer(
            &found.iter().map(|entry| entry_text(entry, &Told::default())).collect::<Vec<_>>().join("\n"),
        )
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
            "change" => all.push(entry(section, "change", &schema["$defs"]["Change"], schema)),
            "layer" => {
                let stored = ["file", "world", "ties", "undirected"];
                let kinds = schema["$defs"]["LayerFile"]["properties"].as_object().into_iter().flatten();
                all.extend(kinds.filter(|(name, _)| !stored.contains(&name.as_str())).map(|(name, own)| {
                    let table = own["anyOf"].as_array().and_then(|several| several.first()).unwrap_or(own);
                    let mut table = resolved(table, schema).clone();
                    let takes = if table["properties"].is_null() {
                        match kind(name, own, schema).as_str() {
                            "name" => " Takes the layer's name.".to_owned(),
                            other => format!(" Takes a {other}."),
                        }
                    } else {
                        String::new()
                    };
                    table["description"] = json!(text(&own["description"]) + &takes);
                    entry(section, name, &table, schema)
                }));
            }
            "measure" => all.extend(MEASURES.iter().map(|measure| Entry {
                section,
                name: measure.name.to_owned(),
                about: format!("{}\n\n{}\n\nSource: {}.", measure.about, measure.formula, measure.source),
                keys: Vec::new(),
            })),
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
    Entry { section, name: name.to_owned(), about: text(&own["description"]), keys: keys("", own, schema) }
}

// The keys of a table, each followed by those of the table that it takes, if it takes one.
fn keys(before: &str, table: &Value, schema: &Value) -> Vec<Key> {
    let required: Vec<&str> =
        table["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut all = Vec::new();
    for (name, key) in
        table["properties"].as_object().into_iter().flatten().filter(|(name, _)| *name != "type")
    {
        let kind = kind(name, key, schema);
        let taken = key["anyOf"].as_array().and_then(|several| several.first()).unwrap_or(key);
        let taken = resolved(taken, schema);
        let inner = if kind.starts_with("table with") {
            keys(&format!("{before}{name}."), taken, schema)
        } else if kind.starts_with("table of tables") {
            keys(&format!("{before}{name}.NAME."), resolved(&taken["additionalProperties"], schema), schema)
        } else {
            Vec::new()
        };
        all.push(Key {
            name: format!("{before}{name}"),
            kind: if inner.is_empty() {
                kind
            } else {
                kind.split(" with").next().unwrap_or_default().to_owned()
            },
            default: key.get("default").filter(|default| !default.is_null()).cloned(),
            required: required.contains(&name.as_str()),
            about: text(&key["description"]),
            evidence: evidence(&key["x-evidence"]),
        });
        all.extend(inner);
    }
    all
}

// Follows references.
fn resolved<'s>(value: &'s Value, schema: &'s Value) -> &'s Value {
    let name = value["$ref"].as_str().and_then(|path| path.rsplit('/').next());
    name.map_or(value, |name| &schema["$defs"][name])
}

// What may stand there, in a word or two.
fn kind(name: &str, key: &Value, schema: &Value) -> String {
    if let Some(type_name) = key["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return match type_name {
            "Who" => "actors".to_owned(),
            "Names" => "names".to_owned(),
            "Shape" => "gain shape".to_owned(),
            "NumberOr" | "ThresholdFile" => "number or attributes".to_owned(),
            "PositionName" => "position".to_owned(),
            "Date" => "date".to_owned(),
            _ => kind(name, &schema["$defs"][type_name], schema),
        };
    }
    if let Some(allowed) = key["enum"].as_array() {
        return allowed.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or ");
    }
    if let Some(constant) = key["const"].as_str() {
        return constant.to_owned();
    }
    if let Some(several) = key["anyOf"].as_array().or_else(|| key["oneOf"].as_array()) {
        let mut kinds: Vec<String> =
            several.iter().filter(|one| one["type"] != "null").map(|one| kind(name, one, schema)).collect();
        kinds.dedup();
        return match kinds.join(" or ").as_str() {
            "name or list of names" => "names".to_owned(),
            other => other.to_owned(),
        };
    }
    let many = |one: &Value| match kind(name, one, schema).as_str() {
        "name" => " of names".to_owned(),
        "number" | "whole number" => " of numbers".to_owned(),
        other if other.starts_with("list") => " of lists".to_owned(),
        other => other.strip_prefix("table").unwrap_or_default().to_owned(),
    };
    let one = |type_name: &str| match type_name {
        "string" if ["title", "source"].contains(&name) => "text".to_owned(),
        "string" => "name".to_owned(),
        "boolean" => "true or false".to_owned(),
        "integer" => "whole number".to_owned(),
        "array" => format!("list{}", many(&key["items"])),
        "object" => match key["properties"].as_object() {
            Some(keys) => {
                let keys: Vec<String> = keys.keys().map(|key| format!("`{key}`")).collect();
                format!("table with {}", keys.join(", "))
            }
            None => match many(&key["additionalProperties"]).as_str() {
                of if of.starts_with(" with") => format!("table of tables{of}"),
                of => format!("table{of}"),
            },
        },
        other => other.to_owned(),
    };
    match &key["type"] {
        Value::String(type_name) => one(type_name),
        Value::Array(types) => types
            .iter()
            .filter_map(Value::as_str)
            .filter(|type_name| *type_name != "null")
            .map(one)
            .collect::<Vec<_>>()
            .join(" or "),
        _ => "value".to_owned(),
    }
}

// A value as a scenario file writes it; nothing for what is empty.
fn toml(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(number) => number.as_f64().map(|number| {
            let short = format!("{number:.4}");
            if short.contains('.') {
                short.trim_end_matches('0').trim_end_matches('.').to_owned()
            } else {
                short
            }
        }),
        Value::String(text) => (!text.is_empty()).then(|| format!("\"{text}\"")),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().filter_map(toml).collect();
            (!items.is_empty()).then(|| format!("[{}]", items.join(", ")))
        }
        Value::Object(keys) => {
            let keys: Vec<String> =
                keys.iter().filter_map(|(key, value)| Some(format!("{key} = {}", toml(value)?))).collect();
            (!keys.is_empty()).then(|| format!("{{ {} }}", keys.join(", ")))
        }
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

// Links to types of the library are names here, and examples of Rust are left out.
fn text(value: &Value) -> String {
    let text = value.as_str().unwrap_or_default();
    text.split("\n\n```").next().unwrap_or_default().replace("[`", "`").replace("`]", "`")
}

// ---- The page, and one entry of it.

/// What a section says once, so that its entries need not.
#[derive(Default)]
struct Told<'e> {
    /// Keys that all entries have.
    shared: Vec<&'e Key>,
    /// Where defaults of several come from, each with a letter.
    evidence: Vec<&'e str>,
}

impl<'e> Told<'e> {
    fn of(entries: &[&'e Entry]) -> Told<'e> {
        let first = entries.first().filter(|_| entries.len() > 1);
        let shared: Vec<&Key> = first
            .into_iter()
            .flat_map(|first| &first.keys)
            .filter(|key| entries.iter().all(|entry| entry.keys.contains(key)))
            .collect();
        let own = entries.iter().flat_map(|entry| &entry.keys).filter(|key| !shared.contains(key));
        let said: Vec<&str> = own.filter_map(|key| key.evidence.as_deref()).collect();
        let often: BTreeSet<&str> =
            said.iter().filter(|one| said.iter().filter(|other| other == one).count() > 2).copied().collect();
        Told { shared, evidence: often.into_iter().collect() }
    }
}

// A letter for each; a section has fewer than 26.
fn letter(idx: usize) -> char {
    char::from(b'a' + u8::try_from(idx % 26).unwrap_or_default())
}

fn page(all: &[Entry]) -> String {
    let mut page = "# Catalogue\n\nWhat scenario files can name, from the program's own registries: `normwave catalogue` prints this page, `normwave catalogue NAME` an entry of it, and with `--json` either for programs. A default comes with the kind of evidence that it rests on, and how far that is to be trusted.\n".to_owned();
    for (section, path, about) in SECTIONS {
        let of_section: Vec<&Entry> = all.iter().filter(|entry| entry.section == section).collect();
        if of_section.is_empty() {
            continue;
        }
        let _ = write!(page, "\n## {section}\n\n{about}\n");
        if path == "measure" {
            page += "\n| measure | what it is | formula | source |\n|---|---|---|---|\n";
            for measure in MEASURES {
                let [about, formula, source] = [measure.about, measure.formula, measure.source].map(cell);
                let _ = writeln!(page, "| `{}` | {about} | {formula} | {source} |", measure.name);
            }
            continue;
        }
        if of_section.len() > 1 {
            let names = of_section.iter().map(|entry| format!("[{0}](#{0})", entry.name));
            let _ = writeln!(page, "\n{}", names.collect::<Vec<_>>().join(" · "));
        }
        let told = Told::of(&of_section);
        if !told.shared.is_empty() {
            let _ =
                write!(page, "\nKeys that all of them have:\n\n{}", table(&told.shared, &Told::default()));
        }
        if !told.evidence.is_empty() {
            page += "\nWhere defaults come from, by letter:\n\n";
            for (idx, evidence) in told.evidence.iter().enumerate() {
                let _ = writeln!(page, "- **{}**: {}.", letter(idx), evidence.trim_end_matches('.'));
            }
        }
        for entry in &of_section {
            let _ = write!(page, "\n{}", entry_text(entry, &told));
        }
    }
    page += "\n## What keys take\n\n| takes | how it is written |\n|---|---|\n";
    for (kind, how) in KINDS {
        let _ = writeln!(page, "| {kind} | {} |", cell(how));
    }
    page
}

fn entry_text(entry: &Entry, told: &Told<'_>) -> String {
    let mut text = format!("### {}\n\n{}\n", entry.name, entry.about.trim());
    let keys: Vec<&Key> = entry.keys.iter().filter(|key| !told.shared.contains(key)).collect();
    if !keys.is_empty() {
        let _ = write!(text, "\n{}", table(&keys, told));
    }
    text
}

fn table(keys: &[&Key], told: &Told<'_>) -> String {
    let mut text = "| key | takes | default | what it is |\n|---|---|---|---|\n".to_owned();
    for key in keys {
        let mut default = match key.default.as_ref().and_then(toml) {
            Some(default) => format!("`{}`", cell(&default)),
            None if key.required => "needed".to_owned(),
            None => "none".to_owned(),
        };
        // The column of defaults says it already.
        let said = key.about.strip_suffix(" if left out.").filter(|_| default != "none");
        let said = said.and_then(|about| about.rsplit_once(';')).map(|(about, _)| format!("{about}."));
        let mut about = cell(said.as_ref().unwrap_or(&key.about));
        if let Some(evidence) = &key.evidence {
            match told.evidence.iter().position(|known| known == evidence) {
                Some(idx) => {
                    let _ = write!(default, " ({})", letter(idx));
                }
                None => {
                    let _ = write!(about, " *Default: {}.*", cell(evidence.trim_end_matches('.')));
                }
            }
        }
        let _ = writeln!(text, "| `{}` | {} | {default} | {about} |", key.name, key.kind);
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
    fn the_page_has_no_marks_of_another_format() {
        let page = page(&all());
        for mark in ["[`", "`]", "crate::", "{\"", "| value |", "```"] {
            let line = page.lines().find(|line| line.contains(mark));
            assert!(line.is_none(), "{mark}: {line:?}");
        }
    }

    #[test]
    fn every_kind_of_value_is_explained_at_the_end() {
        let plain = ["number", "whole number", "true or false"];
        for entry in all() {
            for key in &entry.keys {
                let kind = key.kind.as_str();
                let told = KINDS.iter().any(|(name, _)| *name == kind)
                    || plain.contains(&kind)
                    || ["list of ", "table"].iter().any(|start| kind.starts_with(start))
                    || (kind.contains(" or ") && !kind.contains("name") && !kind.contains("number"));
                assert!(told, "{} takes {kind}", key.name);
            }
        }
    }

    #[test]
    fn keys_that_a_section_shares_are_told_once_on_the_page_and_always_by_name() {
        let all = all();
        let page = page(&all);
        assert_eq!(page.matches("| `kappa` | number |").count(), 1);
        let emulation = all.iter().find(|entry| entry.name == "emulation").unwrap();
        assert!(entry_text(emulation, &Told::default()).contains("| `kappa` | number |"));
    }

    #[test]
    fn the_keys_of_a_table_within_follow_it() {
        let all = all();
        let keys = |name: &str| -> Vec<&str> {
            let entry = all.iter().find(|entry| entry.name == name).unwrap();
            entry.keys.iter().map(|key| key.name.as_str()).collect()
        };
        assert!(keys("status").contains(&"club.candidate"), "{:?}", keys("status"));
        assert!(keys("fit").contains(&"template.NAME.scale"), "{:?}", keys("fit"));
    }

    #[test]
    fn defaults_are_written_as_in_a_file() {
        let shape = json!({ "linear": { "at-zero": 1.0, "slope": -0.5 } });
        assert_eq!(toml(&shape).unwrap(), "{ linear = { at-zero = 1, slope = -0.5 } }");
        assert_eq!(toml(&json!(1.0 / 3.0)).unwrap(), "0.3333");
        assert_eq!(toml(&json!(10)).unwrap(), "10");
        assert_eq!(toml(&json!("sum")).unwrap(), "\"sum\"");
        assert_eq!(toml(&json!("")), None);
        assert_eq!(toml(&json!({})), None);
    }

    #[test]
    fn everything_registered_is_there_and_says_what_it_is() {
        let registries = Registries::default();
        let all = all();
        let names =
            registries.factors.names().chain(registries.moderators.names()).chain(registries.presets.names());
        let names = names.chain(registries.interventions.names());
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
