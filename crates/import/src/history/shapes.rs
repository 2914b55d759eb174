//! What happened, from a table of any shape.

use super::columns::{Plan, flag, year_of};
use super::sheet::{Sheet, is_missing};
use super::{PassedOver, RawAdoption, Shape, UnitCode};
use crate::dates::{after, parse_any_date};
use crate::error::{count, some_of};
use crate::{ImportError, Precision};
use normwave_network_model::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What was read, before it is settled what counts.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) events: Vec<RawAdoption>,
    pub(super) passed_over: Vec<PassedOver>,
    /// All units that the table names, in its order.
    pub(super) units: Vec<String>,
    /// Units that had adopted when the table begins, and when that is.
    pub(super) from_the_start: Vec<String>,
    pub(super) first: Option<(Date, Precision)>,
    pub(super) notes: Vec<String>,
}

/// Where no column says what happened.
pub(super) const ADOPTION: &str = "adoption";

pub(super) fn collect(sheet: &Sheet, plan: &Plan) -> Result<Found, ImportError> {
    let mut found = match plan.shape {
        Shape::Long => long(sheet, plan)?,
        Shape::Panel => panel(sheet, plan)?,
        Shape::YearsAsColumns => years_as_columns(sheet, plan)?,
        Shape::YearsAsRows => years_as_rows(sheet, plan)?,
        Shape::Policies => policies(sheet, plan)?,
    };
    let mut seen = BTreeSet::new();
    found.units.retain(|unit| seen.insert(unit.clone()));
    if let (Some((first, _)), false) = (found.first, found.from_the_start.is_empty()) {
        found.notes.push(format!(
            "{} had adopted when the table begins, in {}; when is not known: {}",
            count(found.from_the_start.len(), "unit", "units"),
            first.year(),
            some_of(&found.from_the_start, 20)
        ));
    }
    Ok(found)
}

/// The unit of a row: its code, or its name where it has none.
struct Unit<'s> {
    text: &'s str,
    code: UnitCode,
    name: Option<&'s str>,
}

fn wanted(sheet: &Sheet, plan: &Plan, row: &(u64, Vec<String>)) -> bool {
    plan.only.iter().all(|(column, value)| sheet.cell(row, *column) == value)
}

fn unit<'s>(sheet: &Sheet, plan: &Plan, row: &'s (u64, Vec<String>)) -> Result<Unit<'s>, ImportError> {
    let text = plan.unit.map_or("", |column| sheet.cell(row, column));
    let name = plan.name.map(|column| sheet.cell(row, column)).filter(|name| !name.is_empty());
    // `NA` is Namibia, and -9 no unit.
    match (text, name) {
        ("" | "." | "-9", Some(name)) => Ok(Unit { text: name, code: UnitCode::Name, name: Some(name) }),
        ("" | "." | "-9", None) => Err(ImportError::row(
            &sheet.path,
            row.0,
            "the row names no unit",
            "Name it, or take the row out.",
        )),
        _ => Ok(Unit { text, code: plan.code, name }),
    }
}

fn date(sheet: &Sheet, line: u64, column: usize, text: &str) -> Result<(Date, Precision), ImportError> {
    parse_any_date(text).map_err(|problem| {
        ImportError::row(
            &sheet.path,
            line,
            format!("in the column `{}`, {problem}", sheet.header[column]),
            "Write dates as 1997, 1997-12 or 1997-12-03.",
        )
    })
}

fn adoption(unit: &Unit<'_>, event: &str, (from, precision): (Date, Precision), line: u64) -> RawAdoption {
    RawAdoption {
        unit: unit.text.to_owned(),
        code: unit.code,
        name: unit.name.map(str::to_owned),
        event: event.to_owned(),
        from,
        until: None,
        precision,
        line,
    }
}

fn long(sheet: &Sheet, plan: &Plan) -> Result<Found, ImportError> {
    let mut found = Found::default();
    let Some(when) = plan.date else { return Ok(found) };
    for row in sheet.rows.iter().filter(|row| wanted(sheet, plan, row)) {
        let unit = unit(sheet, plan, row)?;
        found.units.push(unit.text.to_owned());
        let event = plan.event.map(|column| sheet.cell(row, column)).filter(|event| !event.is_empty());
        let event = event.unwrap_or(ADOPTION);
        let until = plan.until.map(|column| (column, sheet.cell(row, column)));
        let until = until.filter(|(_, text)| !is_missing(text));
        let text = sheet.cell(row, when);
        if is_missing(text) {
            if until.is_some() {
                let why = "it has an end and no beginning".to_owned();
                found.passed_over.push(PassedOver {
                    line: row.0,
                    unit: unit.text.to_owned(),
                    event: event.to_owned(),
                    why,
                });
            }
            continue;
        }
        let mut adoption = adoption(&unit, event, date(sheet, row.0, when, text)?, row.0);
        if let Some((column, text)) = until {
            let (end, precision) = date(sheet, row.0, column, text)?;
            let end = if plan.until_is_last { after(end, precision) } else { end };
            if end <= adoption.from {
                return Err(ImportError::row(
                    &sheet.path,
                    row.0,
                    format!(
                        "the adoption of {} would end on {end}, but begins on {}",
                        unit.text, adoption.from
                    ),
                    "An end is later than its beginning.",
                ));
            }
            adoption.until = Some(end);
        }
        found.events.push(adoption);
    }
    Ok(found)
}

// One unit's years: whether it held, and where that stands.
type Course = BTreeMap<(Date, Precision), (bool, u64)>;

fn panel(sheet: &Sheet, plan: &Plan) -> Result<Found, ImportError> {
    let mut found = Found::default();
    let (Some(when), Some(state)) = (plan.date, plan.state) else { return Ok(found) };
    let mut courses: BTreeMap<(String, String), (Course, RawAdoption)> = BTreeMap::new();
    let mut missing = 0;
    for row in sheet.rows.iter().filter(|row| wanted(sheet, plan, row)) {
        let unit = unit(sheet, plan, row)?;
        found.units.push(unit.text.to_owned());
        let (year, value) = (sheet.cell(row, when), sheet.cell(row, state));
        if is_missing(year) || is_missing(value) {
            missing += 1;
            continue;
        }
        let when = date(sheet, row.0, when, year)?;
        let event = plan.event.map_or(ADOPTION, |column| sheet.cell(row, column));
        let key = (unit.text.to_owned(), event.to_owned());
        let (course, _) =
            courses.entry(key).or_insert_with(|| (Course::new(), adoption(&unit, event, when, row.0)));
        let holds = flag(value).unwrap_or_default();
        if let Some((before, line)) = course.insert(when, (holds, row.0))
            && before != holds
        {
            return Err(ImportError::row(
                &sheet.path,
                row.0,
                format!(
                    "{} has `{value}` here and the other value in line {line} for the same time",
                    unit.text
                ),
                "Keep one of the two.",
            ));
        }
    }
    if missing > 0 {
        found.notes.push(format!("{missing} rows without a year or a value were passed over"));
    }
    found.first = courses.values().filter_map(|(course, _)| course.keys().next()).min().copied();
    for (course, template) in courses.values() {
        turns(course, template, &mut found);
    }
    Ok(found)
}

// From 0 to 1 is an adoption, from 1 to 0 its end.
fn turns(course: &Course, template: &RawAdoption, found: &mut Found) {
    let mut open: Option<RawAdoption> = None;
    for (&(when, precision), &(holds, line)) in course {
        match (&mut open, holds) {
            (None, true) => {
                if found.first.is_some_and(|first| first.0 == when) {
                    found.from_the_start.push(template.unit.clone());
                }
                open = Some(RawAdoption { from: when, precision, line, ..template.clone() });
            }
            (Some(adoption), false) => {
                adoption.until = Some(when);
                found.events.extend(open.take());
            }
            _ => {}
        }
    }
    found.events.extend(open);
}

fn years_as_columns(sheet: &Sheet, plan: &Plan) -> Result<Found, ImportError> {
    let mut found = Found::default();
    let years: Vec<(usize, Date)> = plan
        .wide
        .iter()
        .filter_map(|&column| {
            let year = year_of(&sheet.header[column])?;
            Some((column, Date::new(year, 1, 1).ok()?))
        })
        .collect();
    found.first = years.iter().map(|year| (year.1, Precision::Year)).min();
    for row in sheet.rows.iter().filter(|row| wanted(sheet, plan, row)) {
        let unit = unit(sheet, plan, row)?;
        found.units.push(unit.text.to_owned());
        let mut course = Course::new();
        for &(column, year) in &years {
            if let Some(holds) = cell_flag(sheet, row, column)? {
                course.insert((year, Precision::Year), (holds, row.0));
            }
        }
        let template = adoption(&unit, ADOPTION, (Date::MIN, Precision::Year), row.0);
        turns(&course, &template, &mut found);
    }
    Ok(found)
}

fn cell_flag(sheet: &Sheet, row: &(u64, Vec<String>), column: usize) -> Result<Option<bool>, ImportError> {
    let text = sheet.cell(row, column);
    if is_missing(text) {
        return Ok(None);
    }
    flag(text).map(Some).ok_or_else(|| {
        ImportError::row(
            &sheet.path,
            row.0,
            format!("in the column `{}`, `{text}` is neither 0 nor 1", sheet.header[column]),
            "Columns that are years or units say 0 or 1, or nothing where it is not known.",
        )
    })
}

fn years_as_rows(sheet: &Sheet, plan: &Plan) -> Result<Found, ImportError> {
    let mut found = Found::default();
    let Some(when) = plan.date else { return Ok(found) };
    let mut courses = vec![Course::new(); plan.wide.len()];
    for row in sheet.rows.iter().filter(|row| wanted(sheet, plan, row)) {
        let when = date(sheet, row.0, when, sheet.cell(row, when))?;
        found.first = Some(found.first.map_or(when, |first| first.min(when)));
        for (course, &column) in courses.iter_mut().zip(&plan.wide) {
            if let Some(holds) = cell_flag(sheet, row, column)? {
                course.insert(when, (holds, row.0));
            }
        }
    }
    for (course, &column) in courses.iter().zip(&plan.wide) {
        let unit = Unit { text: &sheet.header[column], code: plan.code, name: None };
        found.units.push(unit.text.to_owned());
        turns(course, &adoption(&unit, ADOPTION, (Date::MIN, Precision::Year), 1), &mut found);
    }
    Ok(found)
}

fn policies(sheet: &Sheet, plan: &Plan) -> Result<Found, ImportError> {
    let mut found = Found::default();
    for row in sheet.rows.iter().filter(|row| wanted(sheet, plan, row)) {
        let unit = unit(sheet, plan, row)?;
        found.units.push(unit.text.to_owned());
        for &column in &plan.wide {
            let text = sheet.cell(row, column);
            if !is_missing(text) {
                let when = date(sheet, row.0, column, text)?;
                found.events.push(adoption(&unit, &sheet.header[column], when, row.0));
            }
        }
    }
    Ok(found)
}
