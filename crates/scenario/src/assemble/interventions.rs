//! Named interventions become events with the changes for which they stand.

use super::Registries;
use crate::ScenarioError;
use crate::error::{Source, did_you_mean, known};
use crate::file::{Change, EventFile};
use crate::intervention::Intervention;
use crate::read::{MechanismTable, Parsed, toml_error};
use serde::Deserialize;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

// What an intervention has beside its own keys: its type, and what it shares with every event.
const SHARED: [&str; 7] = ["type", "title", "date", "until", "half-life", "source", "cost"];

/// Puts every event with a `type` beside the plain ones.
pub(super) fn expand(
    source: &Source,
    registries: &Registries,
    parsed: &mut Parsed<'_>,
) -> Result<(), ScenarioError> {
    for table in std::mem::take(&mut parsed.interventions) {
        let key = format!("[event.{}]", table.name);
        let (name, event) = event_of(source, registries, &key, table)?;
        parsed.file.event.insert(name, event);
    }
    Ok(())
}

fn event_of(
    source: &Source,
    registries: &Registries,
    key: &str,
    table: MechanismTable<'_>,
) -> Result<(String, EventFile), ScenarioError> {
    let MechanismTable { name, name_span, table } = table;
    let span = table.span();
    let mut own = table.into_inner();
    let (kind, place) = match own.remove("type") {
        Some(kind) => (kind.get_ref().as_str().map(str::to_owned), kind.span()),
        None => (None, name_span),
    };
    let names = || registries.interventions.names();
    let Some(kind) = kind else {
        let remedy = known(names());
        return Err(source.error(place, key, "`type` is the name of an intervention", remedy));
    };
    let Some(entry) = registries.interventions.get(&kind) else {
        let problem = format!("unknown intervention `{kind}`{}", did_you_mean(&kind, names()));
        let remedy = format!("{} Add your own with `register`.", known(names()));
        return Err(source.error(place, key, problem, remedy));
    };
    if let Some(change) = own.get("change") {
        let remedy = "Make an event of its own for them; `normwave check --expand` shows those of the type.";
        let problem = format!("an event with a type has the changes of `{kind}` and no others");
        return Err(source.error(change.span(), key, problem, remedy));
    }
    let mut common = DeTable::new();
    for shared in SHARED {
        if let Some((shared, value)) = own.remove_entry(shared) {
            common.insert(shared, value);
        }
    }
    let table = |table| ValueDeserializer::from(Spanned::new(span.clone(), DeValue::Table(table)));
    let mut event =
        EventFile::deserialize(table(common)).map_err(|error| toml_error(source, &error, key, &[]))?;
    let intervention: Box<dyn Intervention> =
        (entry.make)(table(own)).map_err(|error| toml_error(source, &error, key, &SHARED))?;
    event.half_life =
        event.half_life.or(intervention.half_life().map(|years| Spanned::new(place.clone(), years)));
    event.change = intervention.changes().into_iter().map(|change| placed(change, &place)).collect();
    event.kind = Some(kind);
    Ok((name, event))
}

// What stands nowhere in the file stands where the type does.
fn placed(mut change: Change, place: &Range<usize>) -> Spanned<Change> {
    fn put<T>(value: &mut Option<Spanned<T>>, place: &Range<usize>) {
        *value = value.take().map(|value| match value.span() {
            span if span.is_empty() => Spanned::new(place.clone(), value.into_inner()),
            _ => value,
        });
    }
    put(&mut change.attribute, place);
    put(&mut change.layer, place);
    put(&mut change.kappa, place);
    put(&mut change.gain, place);
    put(&mut change.weight, place);
    put(&mut change.advocacy, place);
    put(&mut change.offer, place);
    put(&mut change.position, place);
    put(&mut change.sustain, place);
    put(&mut change.who, place);
    put(&mut change.from, place);
    Spanned::new(place.clone(), change)
}
