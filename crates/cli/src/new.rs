//! `normwave new`: from a table of adoption dates to a scenario folder.

use crate::folder::{RunFolder, Target};
use crate::{Failure, NewArgs, NewTick, NewWorld, output};
use normwave_import::history::{self, HistoryOptions};
use normwave_network_model::{Date, TickLength, parse_date};
use normwave_scaffold::{Matched, Request, Scaffold, Setting, scaffold};
use std::path::Path;

/// Most rows that are named on the terminal; the folder has all.
const NAMED: usize = 12;

/// Writes the folder.
///
/// # Errors
/// [`Failure::BadInput`] if the table or the period is wrong, or the folder exists.
pub(crate) fn new(args: &NewArgs) -> Result<(), Failure> {
    let name = args.folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let Some(name) = name.filter(|_| !args.folder.exists()) else {
        let message =
            format!("{} exists, or is no name of a folder\nGive another name.", args.folder.display());
        return Err(Failure::BadInput(message));
    };
    let (from, until) = (first_day(&args.from, "--from")?, day_after(&args.to)?);
    let only = args.only.iter().map(|pair| {
        pair.split_once('=').map(|(column, value)| (column.to_owned(), value.to_owned())).ok_or_else(|| {
            Failure::BadInput(format!("--only {pair}: wanted COLUMN=VALUE, such as treaty=cat"))
        })
    });
    let options = HistoryOptions {
        unit: args.unit.clone(),
        date: args.date.clone(),
        only: only.collect::<Result<_, _>>()?,
        events: args.event.clone(),
        sheet: args.sheet.clone(),
        ..HistoryOptions::default()
    };
    let file = args.history.display().to_string();
    let history =
        history::read(&args.history, &options).map_err(|error| Failure::BadInput(error.to_string()))?;
    let tick = match args.tick {
        NewTick::Month => TickLength::Month,
        NewTick::Quarter => TickLength::Quarter,
        NewTick::Year => TickLength::Year,
    };
    let setting = args.world.map(|world| match world {
        NewWorld::States => Setting::States,
        NewWorld::UsStates => Setting::UsStates,
    });
    let events_chosen = !args.event.is_empty();
    let request =
        Request { name: &name, file: &file, history: &history, events_chosen, from, until, tick, setting };
    let made = scaffold(&request).map_err(|error| Failure::BadInput(error.to_string()))?;
    let folder = RunFolder::begin(Target::Named { path: args.folder.clone(), force: false })?;
    for (name, text) in &made.files {
        folder.write(name, text)?;
    }
    let path = folder.finish()?;
    output::answer(&summary(&path, &made, &file))
}

fn first_day(text: &str, flag: &str) -> Result<Date, Failure> {
    parse_date(text).map_err(|error| Failure::BadInput(format!("{flag} {text}: {error}")))
}

// The day after the last one of a year, a month or a day.
fn day_after(text: &str) -> Result<Date, Failure> {
    let day = first_day(text, "--to")?;
    let after = match text.matches('-').count() {
        0 => Date::new(day.year() + 1, 1, 1),
        1 => day.last_of_month().tomorrow(),
        _ => day.tomorrow(),
    };
    after.map_err(|error| Failure::BadInput(format!("--to {text}: {error}")))
}

fn summary(path: &Path, made: &Scaffold, file: &str) -> String {
    let matched = &made.matched;
    let who = match matched.setting {
        Setting::States => "states",
        Setting::UsStates => "states of the United States",
    };
    let mut out = format!(
        "{}: {} adoptions by {who}, {} of them within the period, from {file} by {}\n",
        path.display(),
        matched.adoptions.len(),
        matched.n_in_period,
        matched.read_as,
    );
    if !matched.moved.is_empty() {
        let moved: Vec<&str> = matched.moved.iter().map(|it| it.actor.as_str()).collect();
        out.push_str(&format!(
            "adopted before they were states, counted from their first day: {}\n",
            moved.join(", ")
        ));
    }
    out.push_str(&left_out(matched));
    for note in &made.notes {
        out.push_str(&format!("{note}\n"));
    }
    let path = path.display();
    out.push_str(&format!("next: normwave run {path}/  and  normwave describe {path}/\n"));
    out
}

// The rows that are not in the history; the first by name.
fn left_out(matched: &Matched) -> String {
    let rows = &matched.left_out;
    if rows.is_empty() {
        return String::new();
    }
    let mut out = format!("left out ({}, all in left-out.csv):\n", rows.len());
    for row in rows.iter().take(NAMED) {
        let line = if row.line == 0 { String::new() } else { format!("line {}, ", row.line) };
        out.push_str(&format!("  {line}{}: {}\n", row.unit, row.why));
    }
    if rows.len() > NAMED {
        out.push_str(&format!("  and {} more\n", rows.len() - NAMED));
    }
    out
}
