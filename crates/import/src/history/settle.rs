//! Which events count: the first of its kind, unless it was withdrawn before the next.

use super::columns::Plan;
use super::shapes::Found;
use super::sheet::Sheet;
use super::{HistoryOptions, PassedOver, RawAdoption, RawHistory, Shape};
use crate::ImportError;
use crate::error::{did_you_mean, some_of};
use normwave_network_model::Date;
use std::collections::{BTreeMap, BTreeSet};

// Words by which an event's name says that something ended.
const ENDS: [&str; 10] = [
    "withdraw",
    "denunc",
    "denounc",
    "repeal",
    "rescind",
    "revok",
    "terminat",
    "abrogat",
    "exit",
    "breakdown",
];

pub(super) fn settle(
    sheet: &Sheet,
    plan: Plan,
    found: Found,
    options: &HistoryOptions,
) -> Result<RawHistory, ImportError> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for event in &found.events {
        *counts.entry(event.event.clone()).or_default() += 1;
    }
    let names: Vec<&str> = counts.keys().map(String::as_str).collect();
    for asked in options.events.iter().chain(&options.withdrawals) {
        if !names.contains(&asked.as_str()) {
            return Err(ImportError::file(
                &sheet.path,
                format!("no row has the event `{asked}`{}", did_you_mean(asked, names.iter().copied())),
                format!("There are: {}.", some_of(&names, 40)),
            ));
        }
    }
    let is_end = |event: &str| {
        if !options.withdrawals.is_empty() {
            return options.withdrawals.iter().any(|name| name == event);
        }
        let lower = event.to_lowercase();
        plan.shape == Shape::Long
            && !options.events.iter().any(|name| name == event)
            && ENDS.iter().any(|word| lower.contains(word))
    };
    let mut notes = plan.notes;
    notes.extend(found.notes);
    let mut passed_over = found.passed_over;
    let ends: BTreeSet<&str> = names.iter().copied().filter(|name| is_end(name)).collect();
    if !ends.is_empty() {
        let ends: Vec<&str> = ends.iter().copied().collect();
        notes.push(format!("what ends an adoption: {}", ends.join(", ")));
    }
    let (mut begun, mut ended): (Vec<RawAdoption>, Vec<RawAdoption>) =
        found.events.into_iter().partition(|event| !is_end(&event.event));
    if !options.events.is_empty() {
        begun.retain(|event| {
            let counts = options.events.contains(&event.event);
            if !counts {
                passed_over.push(passed(event, "it is no event that was asked for".to_owned()));
            }
            counts
        });
    }
    ended = effective(ended, &mut passed_over);
    let mut rows = Vec::new();
    let mut kinds: BTreeMap<(String, String), Vec<RawAdoption>> = BTreeMap::new();
    for event in begun {
        kinds.entry((event.unit.clone(), event.event.clone())).or_default().push(event);
    }
    let mut used = BTreeSet::new();
    for events in kinds.into_values() {
        one_kind(events, &ended, &mut used, &mut rows, &mut passed_over);
    }
    for end in ended.iter().filter(|end| !used.contains(&end.line)) {
        passed_over.push(passed(end, "there is no adoption that it would end".to_owned()));
    }
    rows.sort_by(|a, b| (a.from, &a.unit, &a.event, a.line).cmp(&(b.from, &b.unit, &b.event, b.line)));
    passed_over.sort_by_key(|row| row.line);
    let adopted: BTreeSet<&str> = rows.iter().map(|row| row.unit.as_str()).collect();
    let never = found.units.into_iter().filter(|unit| !adopted.contains(unit.as_str())).collect();
    Ok(RawHistory {
        shape: plan.shape,
        code: plan.code,
        rows,
        passed_over,
        never,
        events: counts.into_iter().collect(),
        taken: plan.taken,
        notes,
    })
}

// Where a unit's withdrawal has a deposit and an effect, the latter is when it ended.
fn effective(ended: Vec<RawAdoption>, passed_over: &mut Vec<PassedOver>) -> Vec<RawAdoption> {
    let is_effect = |event: &RawAdoption| event.event.to_lowercase().contains("effect");
    let with_effect: BTreeSet<String> =
        ended.iter().filter(|event| is_effect(event)).map(|event| event.unit.clone()).collect();
    let (kept, other): (Vec<RawAdoption>, Vec<RawAdoption>) =
        ended.into_iter().partition(|event| is_effect(event) || !with_effect.contains(&event.unit));
    passed_over.extend(other.iter().map(|event| {
        passed(event, "its taking effect has a row of its own, by which the adoption ends".to_owned())
    }));
    kept
}

// The events of one kind and unit.
fn one_kind(
    mut events: Vec<RawAdoption>,
    ended: &[RawAdoption],
    used: &mut BTreeSet<u64>,
    rows: &mut Vec<RawAdoption>,
    passed_over: &mut Vec<PassedOver>,
) {
    events.sort_by_key(|event| (event.from, event.line));
    let mut last: Option<RawAdoption> = None;
    for mut event in events {
        if let Some(before) = &last
            && before.until.is_none_or(|until| until > event.from)
        {
            let why = format!("it had already happened on {} (line {})", before.from, before.line);
            passed_over.push(passed(&event, why));
            continue;
        }
        let end = ended.iter().filter(|end| end.unit == event.unit && end.from > event.from);
        if let Some(end) = end.min_by_key(|end| end.from) {
            used.insert(end.line);
            event.until = Some(event.until.map_or(end.from, |until: Date| until.min(end.from)));
        }
        rows.extend(last.replace(event));
    }
    rows.extend(last);
}

fn passed(event: &RawAdoption, why: String) -> PassedOver {
    PassedOver { line: event.line, unit: event.unit.clone(), event: event.event.clone(), why }
}
