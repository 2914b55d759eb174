//! COW state system membership, and major powers.

use super::wanted_year;
use crate::ImportError;
use crate::dates::{Precision, after};
use crate::dyads::new_year;
use crate::importer::{About, Importer, Reading};
use crate::states::Id;
use crate::table::{ActorRow, AttributeRow, Rows, Table};
use crate::text::{Row, TextFile};
use normwave_network_model::Date;
use normwave_world::CodeScheme;
use std::collections::BTreeMap;

pub(crate) struct CowStates;

impl Importer for CowStates {
    fn about(&self) -> About {
        About {
            name: "cow-states",
            what: "COW state system membership v2016",
            usual: "states2016.csv, system2016.csv, majors2016.csv",
            citation: "Correlates of War Project. 2017. State System Membership List, v2016.",
            known_by: &[
                &[
                    "stateabb", "ccode", "statenme", "styear", "stmonth", "stday", "endyear", "endmonth",
                    "endday",
                ],
                &["stateabb", "ccode", "styear", "stmonth", "stday", "endyear", "endmonth", "endday"],
                &["stateabb", "ccode", "year", "version"],
            ],
            makes: "cow-actors (states2016, system2016: actors and their lives), major-power (majors2016)",
        }
    }

    fn read(&self, reading: &mut Reading<'_>) -> Result<Vec<Table>, ImportError> {
        match (reading.file.find("styear"), reading.file.find("statenme")) {
            (None, _) => by_year(reading),
            (Some(_), Some(name)) => states(reading, name),
            (Some(_), None) => majors(reading),
        }
    }
}

// A spell of the list: its last day is that of the whole list where it goes on.
struct Spells {
    code: usize,
    start: [usize; 3],
    end: [usize; 3],
}

impl Spells {
    fn of(file: &TextFile) -> Result<Self, ImportError> {
        let three = |names: [&str; 3]| -> Result<[usize; 3], ImportError> {
            Ok([file.column(names[0])?, file.column(names[1])?, file.column(names[2])?])
        };
        Ok(Spells {
            code: file.column("ccode")?,
            start: three(["styear", "stmonth", "stday"])?,
            end: three(["endyear", "endmonth", "endday"])?,
        })
    }

    // First and last day.
    fn read(&self, row: &Row<'_>) -> Result<(Date, Date), ImportError> {
        let date = |columns: [usize; 3]| -> Result<Date, ImportError> {
            let part = |column: usize| row.number(column, &[]).map(|part| part.unwrap_or(0.0));
            let (year, month, day) = (part(columns[0])?, part(columns[1])?, part(columns[2])?);
            #[expect(clippy::cast_possible_truncation, reason = "the date is checked")]
            let date = Date::new(year as i16, month as i8, day as i8);
            date.map_err(|_| row.error(format!("{year}-{month}-{day} is no date"), ""))
        };
        let (start, end) = (date(self.start)?, date(self.end)?);
        if end < start {
            return Err(row.error(format!("the spell would end on {end}, but begins on {start}"), ""));
        }
        Ok((start, end))
    }
}

// The codes of long ago may have no actor: a spell is its whose it was at its end.
fn actor(reading: &mut Reading<'_>, code: &str, (start, end): (Date, Date)) -> Option<Id> {
    let found = reading.states.in_year(CodeScheme::Cow, code, end.year());
    found.or_else(|| reading.states.in_year(CodeScheme::Cow, code, start.year())).map(|found| found.id)
}

fn states(reading: &mut Reading<'_>, name: usize) -> Result<Vec<Table>, ImportError> {
    let columns = Spells::of(&reading.file)?;
    let mut rows = Vec::new();
    while let Some(row) = reading.file.next()? {
        rows.push((row.get(columns.code).into_owned(), row.get(name).into_owned(), columns.read(&row)?));
    }
    let last = rows.iter().map(|row| row.2.1).max().unwrap_or(Date::MAX);
    let mut lives: BTreeMap<Id, Vec<(Date, Date, String)>> = BTreeMap::new();
    for (code, name, (start, end)) in rows {
        if !reading.settings.wants_some(start.year(), end.year()) {
            reading.log.other_years += 1;
            continue;
        }
        let Some(id) = actor(reading, &code, (start, end)) else {
            reading.log.unresolved_rows += 1;
            continue;
        };
        reading.log.kept += 1;
        reading.log.year(start.year());
        reading.log.year(end.year());
        lives.entry(id).or_default().push((start, end, name));
    }
    let mut actors = Vec::new();
    for (id, mut spells) in lives {
        spells.sort();
        for two in spells.windows(2) {
            if after(two[0].1, Precision::Day) < two[1].0 {
                reading.log.notes.push(format!(
                    "{id} was no member from {} to {}; its life here goes from its first day to its last",
                    after(two[0].1, Precision::Day),
                    two[1].0
                ));
            }
        }
        let (first, until) = (spells[0].0, spells.iter().map(|spell| spell.1).max());
        actors.push(ActorRow {
            id,
            name: spells[spells.len() - 1].2.clone(),
            from: Some(first),
            until: until.filter(|&until| until < last).map(|until| after(until, Precision::Day)),
        });
    }
    reading.log.notes.push(format!("members on {last}, where the list ends, have no end"));
    Ok(vec![table("cow-actors", "states and their lives in the state system, by day", Rows::Actors(actors))])
}

fn by_year(reading: &mut Reading<'_>) -> Result<Vec<Table>, ImportError> {
    let [code, year, abbreviation] =
        [reading.file.column("ccode")?, reading.file.column("year")?, reading.file.column("stateabb")?];
    let mut lives: BTreeMap<Id, (i16, i16, String)> = BTreeMap::new();
    while let Some(row) = reading.file.next()? {
        let Some(year) = wanted_year(&row, year, reading.settings, &mut reading.log)? else { continue };
        let Some(found) = reading.states.in_year(CodeScheme::Cow, &row.get(code), year) else {
            reading.log.unresolved_rows += 1;
            continue;
        };
        reading.log.kept += 1;
        let life = lives.entry(found.id).or_insert_with(|| (year, year, row.get(abbreviation).into_owned()));
        *life = (life.0.min(year), life.1.max(year), std::mem::take(&mut life.2));
    }
    let last = reading.log.years.map_or(0, |years| years.1);
    let actors = lives.into_iter().map(|(id, (first, end, name))| ActorRow {
        id,
        name,
        from: new_year(first),
        until: if end < last { new_year(end + 1) } else { None },
    });
    let what = "states and their lives in the state system, by year, from the first to the last";
    Ok(vec![table("cow-actors", what, Rows::Actors(actors.collect()))])
}

fn majors(reading: &mut Reading<'_>) -> Result<Vec<Table>, ImportError> {
    let columns = Spells::of(&reading.file)?;
    let mut rows = Vec::new();
    while let Some(row) = reading.file.next()? {
        rows.push((row.get(columns.code).into_owned(), columns.read(&row)?));
    }
    let last = rows.iter().map(|row| row.1.1).max().unwrap_or(Date::MAX);
    let mut values: BTreeMap<(Id, Date), u8> = BTreeMap::new();
    for (code, (start, end)) in rows {
        if !reading.settings.wants_some(start.year(), end.year()) {
            reading.log.other_years += 1;
            continue;
        }
        let Some(id) = actor(reading, &code, (start, end)) else {
            reading.log.unresolved_rows += 1;
            continue;
        };
        reading.log.kept += 1;
        reading.log.year(start.year());
        reading.log.year(end.year());
        values.insert((id, start), 1);
        if end < last {
            values.entry((id, after(end, Precision::Day))).or_insert(0);
        }
    }
    let rows = values.into_iter().map(|((actor, from), value)| AttributeRow {
        actor,
        value: value.to_string(),
        from: Some(from),
    });
    reading
        .log
        .notes
        .push("states that are not listed have no value; give the attribute default = 0".to_owned());
    let what = "1 while a state is a major power, 0 afterwards";
    Ok(vec![table("major-power", what, Rows::Attribute(rows.collect()))])
}

fn table(name: &str, what: &str, rows: Rows) -> Table {
    Table { name: name.to_owned(), what: what.to_owned(), rows }
}
