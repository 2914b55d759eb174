//! Events as the primitive changes for which they stand.

use crate::{Scenario, ScenarioError};
use serde::Serialize;
use std::fmt::Write;

/// The events of a scenario in the words of scenario files, every intervention as the changes for
/// which it stands: put in place of the `[event]` tables, it gives the same scenario.
///
/// # Errors
/// [`ScenarioError::Whole`] if a change cannot be written.
pub fn expanded(scenario: &Scenario) -> Result<String, ScenarioError> {
    let mut text = String::new();
    for event in &scenario.events {
        if !text.is_empty() {
            text.push('\n');
        }
        if let Some(kind) = &event.kind {
            let _ = writeln!(text, "# {kind}");
        }
        let _ = writeln!(text, "[event.{}]", key(&event.name)?);
        let _ = writeln!(text, "title = {}", value(&event.title)?);
        let _ = writeln!(text, "date = {}", event.date);
        if let Some(until) = event.until {
            let _ = writeln!(text, "until = {until}");
        }
        if let Some(years) = event.half_life {
            let _ = writeln!(text, "half-life = {}", value(&years)?);
        }
        if !event.source.is_empty() {
            let _ = writeln!(text, "source = {}", value(&event.source)?);
        }
        if event.cost > 0.0 {
            let _ = writeln!(text, "cost = {}", value(&event.cost)?);
        }
        if !event.changes.is_empty() {
            text.push_str("change = [\n");
            for change in &event.changes {
                let _ = writeln!(text, "    {},", value(change)?);
            }
            text.push_str("]\n");
        }
    }
    Ok(text)
}

fn key(name: &str) -> Result<String, ScenarioError> {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.is_empty() && name.chars().all(bare) { Ok(name.to_owned()) } else { value(&name) }
}

// On one line.
fn value(value: &impl Serialize) -> Result<String, ScenarioError> {
    let mut text = String::new();
    value.serialize(toml::ser::ValueSerializer::new(&mut text)).map_err(|error| ScenarioError::Whole {
        problem: format!("an event cannot be written: {error}"),
        remedy: "Report this with the scenario.".to_owned(),
    })?;
    Ok(text)
}
