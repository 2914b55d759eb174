//! The JSON Schema of scenario files, with the keys of every registered mechanism.

use crate::Registries;
use crate::file::{EventFile, SCHEMA_VERSION, ScenarioFile};
use normwave_pressure_factors::{Catalogue, Confidence, Design, evidence};
use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// The JSON Schema of scenario files under some registries.
#[must_use]
pub fn json_schema(registries: &Registries) -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let factors = mechanisms(
        &mut generator,
        &registries.factors,
        &json!({
            "type": { "type": "string", "description": "The factor's type; the table's own name if left out." },
            "kappa": {
                "type": "number", "minimum": 0, "default": 1, "description": "κ: the factor's overall strength.",
                "x-evidence": evidence(
                    "none: κ is what a fit to data is for, and 1 is the unit until then",
                    Design::Convention, Confidence::Low
                )
            },
            "exposure": {
                "enum": ["sum", "mean"], "default": "sum",
                "description": "Whether senders add up, or are divided by Σ_j w_ji.",
                "x-evidence": evidence(
                    "Stuster 2023, §4.2 speaks of pressures that add up; Centola and Macy 2007 count sources, \
                     Watts 2002 shares",
                    Design::Theory, Confidence::Low
                )
            }
        }),
    );
    let moderators = mechanisms(
        &mut generator,
        &registries.moderators,
        &json!({
            "type": { "type": "string", "description": "The moderator's type; the table's own name if left out." },
            "acts-on": {
                "description": "The factors that it turns up or down.",
                "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }]
            }
        }),
    );
    let presets: Map<String, Value> = registries
        .presets
        .entries()
        .map(|(name, entry)| {
            let reference = (entry.schema)(&mut generator);
            (name.to_owned(), resolved(&generator, &reference).into())
        })
        .collect();
    let events = events(&mut generator, registries);
    let mut schema: Value = generator.into_root_schema_for::<ScenarioFile>().into();
    schema["title"] = json!("normwave scenario");
    schema["properties"]["schema"]["const"] = json!(SCHEMA_VERSION);
    schema["properties"]["factor"] = json!({ "type": "object", "description": "Pressure factors, by name.", "additionalProperties": factors });
    schema["properties"]["moderator"] = json!({ "type": "object", "description": "Moderators, by name.", "additionalProperties": moderators });
    schema["properties"]["preset"] = json!({ "type": "object", "description": "A classic model, by name; one at most.", "properties": presets, "additionalProperties": false, "maxProperties": 1 });
    schema["properties"]["event"] = json!({ "type": "object", "description": "Dated events, by name: plain, with their changes, or with the type of an intervention.", "additionalProperties": events });
    schema
}

// A plain event, or one of the interventions with the keys that every event has.
fn events(generator: &mut SchemaGenerator, registries: &Registries) -> Value {
    let plain = generator.subschema_for::<EventFile>();
    let mut common: Value = resolved(generator, &plain).into();
    let common = common["properties"].as_object_mut().map(std::mem::take).unwrap_or_default();
    let common: Map<String, Value> = common.into_iter().filter(|(key, _)| key != "change").collect();
    let mut common = Value::Object(common);
    common["type"] =
        json!({ "type": "string", "description": "The intervention for whose changes the event stands." });
    let mut events = mechanisms(generator, &registries.interventions, &common);
    for event in events["anyOf"].as_array_mut().into_iter().flatten() {
        for (key, property) in event["properties"].as_object_mut().into_iter().flatten() {
            let own = common.get(key).is_none() && property.get("default").is_some();
            if own && property.get("x-evidence").is_none() {
                property["x-evidence"] =
                    json!(evidence("no source gives a size", Design::Convention, Confidence::Low));
            }
        }
        let own = event["required"].as_array_mut().map(std::mem::take).unwrap_or_default();
        event["required"] = Value::Array([json!("type"), json!("date")].into_iter().chain(own).collect());
    }
    if let Some(all) = events["anyOf"].as_array_mut() {
        all.insert(0, plain.into());
    }
    events
}

// One alternative for each registered type, each with the keys that all share.
fn mechanisms<T: ?Sized>(generator: &mut SchemaGenerator, catalogue: &Catalogue<T>, common: &Value) -> Value {
    let mut alternatives = Vec::new();
    for (name, entry) in catalogue.entries() {
        let reference: Schema = (entry.schema)(generator);
        let mut own: Value = resolved(generator, &reference).into();
        // A type without parameters has no properties.
        if own["properties"].is_null() {
            own["properties"] = json!({});
        }
        if let (Some(own), Some(common)) = (own["properties"].as_object_mut(), common.as_object()) {
            own.extend(common.clone());
        }
        own["title"] = json!(name);
        own["properties"]["type"]["const"] = json!(name);
        alternatives.push(own);
    }
    json!({ "anyOf": alternatives })
}

fn resolved(generator: &SchemaGenerator, schema: &Schema) -> Schema {
    let name = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
    let found = name.and_then(|name| generator.definitions().get(name));
    found.and_then(|found| Schema::try_from(found.clone()).ok()).unwrap_or_else(|| schema.clone())
}
