//! COW formal alliances: by dyad or directed dyad, dated or by year.
//!
//! The directed files are not really directed: obligations of an alliance are its members' alike. All
//! four files therefore give undirected ties, and pairs whose directions differ are counted.

use super::{COW_MISSING, Layer};
use crate::ImportError;
use crate::dates::{Precision, after};
use crate::dyads::new_year;
use crate::error::did_you_mean;
use crate::importer::{About, Importer, Reading};
use crate::log::ImportLog;
use crate::settings::Settings;
use crate::states::{Id, States};
use crate::table::{Rows, Table, TieRow};
use crate::text::Row;
use normwave_network_model::Date;
use normwave_world::CodeScheme;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) struct CowAlliances;

// Column, table, what it is.
const KINDS: [(&str, &str, &str); 5] = [
    ("defense", "cow-defence", "defence pacts"),
    ("neutrality", "cow-neutrality", "neutrality pacts"),
    ("nonaggression", "cow-nonaggression", "non-aggression pacts"),
    ("entente", "cow-entente", "ententes"),
    ("any", "cow-alliance", "alliances of any kind"),
];

impl Importer for CowAlliances {
    fn about(&self) -> About {
        About {
            name: "cow-alliances",
            what: "COW formal alliances v4.1",
            usual: "alliance_v4.1_by_dyad.csv, _by_directed.csv, _by_dyad_yearly.csv, _by_directed_yearly.csv",
            citation: "Gibler, Douglas M. 2009. International Military Alliances, 1648-2008. CQ Press (v4.1).",
            known_by: &[
                &["ccode1", "ccode2", "year", "defense", "neutrality", "nonaggression", "entente"],
                &[
                    "ccode1",
                    "ccode2",
                    "dyad_st_year",
                    "dyad_end_year",
                    "defense",
                    "neutrality",
                    "nonaggression",
                    "entente",
                ],
            ],
            makes: "cow-defence, cow-neutrality, cow-nonaggression, cow-entente, cow-alliance: undirected ties",
        }
    }

    fn read(&self, reading: &mut Reading<'_>) -> Result<Vec<Table>, ImportError> {
        let kinds = kinds(reading)?;
        if reading.file.find("year").is_some() { by_year(reading, &kinds) } else { dated(reading, &kinds) }
    }
}

// The kinds asked for, with their columns; any kind has all four.
struct Kind {
    name: &'static str,
    what: String,
    columns: Vec<usize>,
}

fn kinds(reading: &Reading<'_>) -> Result<Vec<Kind>, ImportError> {
    let columns: Vec<usize> =
        KINDS.iter().take(4).map(|kind| reading.file.column(kind.0)).collect::<Result<_, _>>()?;
    let asked = &reading.settings.measures;
    if let Some(unknown) =
        asked.iter().find(|name| !KINDS.iter().any(|kind| kind.0.eq_ignore_ascii_case(name)))
    {
        let known = KINDS.map(|kind| kind.0);
        return Err(ImportError::asked(
            format!("alliances have no measure `{unknown}`{}", did_you_mean(unknown, known)),
            format!("Known: {}.", known.join(", ")),
        ));
    }
    let wanted = |name: &str| asked.is_empty() || asked.iter().any(|asked| asked.eq_ignore_ascii_case(name));
    let kinds = KINDS.iter().enumerate().filter(|(_, kind)| wanted(kind.0));
    Ok(kinds
        .map(|(no, (_, name, what))| Kind {
            name,
            what: format!("{what}, strength 1, undirected"),
            columns: columns.get(no).map_or(columns.clone(), |&column| vec![column]),
        })
        .collect())
}

impl Kind {
    fn holds(&self, row: &Row<'_>) -> Result<bool, ImportError> {
        let mut holds = false;
        for &column in &self.columns {
            holds |= row.number(column, COW_MISSING)?.is_some_and(|value| value > 0.0);
        }
        Ok(holds)
    }
}

fn by_year(reading: &mut Reading<'_>, kinds: &[Kind]) -> Result<Vec<Table>, ImportError> {
    let [one, two, year] = ["ccode1", "ccode2", "year"].map(|name| reading.file.column(name));
    let (one, two, year) = (one?, two?, year?);
    let mut layers: Vec<Layer> = kinds.iter().map(|kind| Layer::new(kind.name, &kind.what, true)).collect();
    let mut observed = BTreeSet::new();
    while let Some(row) = reading.file.next()? {
        let (a, b) = (row.get(one), row.get(two));
        let years = years_of(&row, year, (&a, &b), reading.settings, &mut reading.log)?;
        let mut kept = false;
        for year in years {
            reading.log.year(year);
            observed.insert(year);
            let [a, b] = [&*a, &*b].map(|code| code_of(code, year, &mut reading.log));
            let Some((a, b)) = reading.states.pair(CodeScheme::Cow, (a, b), year) else {
                reading.log.unresolved_rows += 1;
                continue;
            };
            if a == b {
                reading.log.self_ties += 1;
                continue;
            }
            for (kind, layer) in kinds.iter().zip(&mut layers) {
                if kind.holds(&row)? {
                    layer.dyads.add(a, b, year, 1.0);
                    kept = true;
                }
            }
        }
        reading.log.kept += usize::from(kept);
    }
    reading.log.notes.push(
        "several alliances of a pair in a year have a row each; rows that repeat another are most often these"
            .to_owned(),
    );
    let log = &mut reading.log;
    Ok(layers.into_iter().map(|layer| layer.into_table(&observed, log)).collect())
}

// West Germany's number stays in the rows of the Western European Union after 1990.
fn code_of<'c>(code: &'c str, year: i16, log: &mut ImportLog) -> &'c str {
    if code == "260" && year > 1990 {
        log.repaired("260 (West Germany) after 1990 read as 255 (Germany)");
        return "255";
    }
    code
}

// Two pairs have the year 0 for all of their years.
fn years_of(
    row: &Row<'_>,
    column: usize,
    (a, b): (&str, &str),
    settings: &Settings,
    log: &mut ImportLog,
) -> Result<Vec<i16>, ImportError> {
    let Some(year) = row.year(column)? else {
        log.missing("year");
        return Ok(Vec::new());
    };
    let years = match (year, a.min(b), a.max(b)) {
        (0, "2", "666") => 1981..=1991,
        (0, "651", "666") => 1979..=2012,
        (0, ..) => {
            log.notes
                .push(format!("line {}: the year of {a} and {b} is 0; the row was left out", row.line()));
            return Ok(Vec::new());
        }
        _ => year..=year,
    };
    if year == 0 {
        log.repaired("year 0 of a pair replaced by its years (2-666: 1981 to 1991, 651-666: 1979 to 2012)");
    }
    let years: Vec<i16> = years.filter(|&year| settings.wants(year)).collect();
    log.other_years += usize::from(years.is_empty());
    Ok(years)
}

type Spans = BTreeMap<(Id, Id), Vec<(Date, Option<Date>)>>;

fn dated(reading: &mut Reading<'_>, kinds: &[Kind]) -> Result<Vec<Table>, ImportError> {
    let columns = [
        "ccode1",
        "ccode2",
        "dyad_st_day",
        "dyad_st_month",
        "dyad_st_year",
        "dyad_end_day",
        "dyad_end_month",
        "dyad_end_year",
    ];
    let columns = columns.map(|name| reading.file.column(name));
    let [one, two, st_day, st_month, st_year, end_day, end_month, end_year] = columns;
    let (one, two) = (one?, two?);
    let (start, end) = ([st_year?, st_month?, st_day?], [end_year?, end_month?, end_day?]);
    let censored = reading.file.find("right_censor");
    let mut spans: Vec<Spans> = kinds.iter().map(|_| Spans::new()).collect();
    let mut directions: BTreeSet<(Id, Id)> = BTreeSet::new();
    while let Some(row) = reading.file.next()? {
        let Some((first, _)) = date_of(&row, start)? else {
            reading.log.missing("dyad_st_year");
            continue;
        };
        let last = date_of(&row, end)?;
        let goes_on = censored.map_or(Ok(None), |column| row.number(column, COW_MISSING))? == Some(1.0);
        if last.is_none() && !goes_on {
            reading.log.missing("dyad_end_year");
            reading.log.notes.push(format!(
                "line {}: an alliance without an end that is not marked as going on; taken to go on",
                row.line()
            ));
        }
        let until = last.map(|(date, precision)| after(date, precision));
        let last_year = last.map_or(2012, |last| last.0.year());
        if !reading.settings.wants_some(first.year(), last_year) {
            reading.log.other_years += 1;
            continue;
        }
        reading.log.year(first.year());
        reading.log.year(last_year);
        let codes = (&*row.get(one), &*row.get(two));
        let pieces =
            pieces(&mut reading.states, codes, (first, until, last_year), reading.settings, &mut reading.log);
        reading.log.unresolved_rows += usize::from(pieces.is_empty());
        reading.log.kept += usize::from(!pieces.is_empty());
        for (a, b, first, until) in pieces {
            directions.insert((a, b));
            for (kind, spans) in kinds.iter().zip(&mut spans) {
                if kind.holds(&row)? {
                    spans.entry((a.min(b), a.max(b))).or_default().push((first, until));
                }
            }
        }
    }
    let both = directions.iter().filter(|&&(a, b)| directions.contains(&(b, a))).count();
    if both > 0 && both < directions.len() {
        reading
            .log
            .asymmetric
            .insert("pairs named in one direction only".to_owned(), directions.len() - both);
    }
    reading.log.notes.push("alliances that were in force when the list ends (2012) have no end".to_owned());
    let log = &mut reading.log;
    Ok(kinds.iter().zip(spans).map(|(kind, spans)| table(kind, spans, log)).collect())
}

// Year, month and day, as far as they are known.
fn date_of(row: &Row<'_>, columns: [usize; 3]) -> Result<Option<(Date, Precision)>, ImportError> {
    let part = |column: usize| row.number(column, &[-9.0, -8.0, -1.0, 0.0]);
    let (Some(year), month, day) = (part(columns[0])?, part(columns[1])?, part(columns[2])?) else {
        return Ok(None);
    };
    let precision = match (month, day) {
        (None, _) => Precision::Year,
        (_, None) => Precision::Month,
        _ => Precision::Day,
    };
    #[expect(clippy::cast_possible_truncation, reason = "the date is checked")]
    let date = Date::new(year as i16, month.unwrap_or(1.0) as i8, day.unwrap_or(1.0) as i8);
    date.map(|date| Some((date, precision)))
        .map_err(|_| row.error("the row has a date that there is not", ""))
}

// A spell, cut where a code changes its actor, as 345 does from Yugoslavia to Serbia.
fn pieces(
    states: &mut States,
    (one, two): (&str, &str),
    (first, until, last_year): (Date, Option<Date>, i16),
    settings: &Settings,
    log: &mut ImportLog,
) -> Vec<(Id, Id, Date, Option<Date>)> {
    let mut pieces: Vec<(Id, Id, i16, i16)> = Vec::new();
    for year in (first.year()..=last_year).filter(|&year| settings.wants(year)) {
        let [a, b] = [one, two].map(|code| code_of(code, year, log));
        match (states.pair(CodeScheme::Cow, (a, b), year), pieces.last_mut()) {
            (Some((a, b)), _) if a == b => log.self_ties += 1,
            (Some((a, b)), Some(last)) if (last.0, last.1, last.3) == (a, b, year - 1) => last.3 = year,
            (Some((a, b)), _) => pieces.push((a, b, year, year)),
            (None, _) => {}
        }
    }
    let cut = |(a, b, from, to): (Id, Id, i16, i16)| {
        let start = new_year(from).map_or(first, |start| start.max(first));
        let end = if to == last_year { until } else { new_year(to + 1) };
        (a, b, start, end)
    };
    let pieces = pieces.into_iter().map(cut);
    pieces.filter(|piece| piece.3.is_none_or(|end| piece.2 < end)).collect()
}

// Several alliances of a pair overlap: together they are as long as the longest.
fn table(kind: &Kind, spans: Spans, log: &mut ImportLog) -> Table {
    let mut rows = Vec::new();
    let mut joined = 0;
    for ((from, to), mut spans) in spans {
        spans.sort();
        let mut whole: Vec<(Date, Option<Date>)> = Vec::new();
        for (start, end) in spans {
            match whole.last_mut() {
                Some(last) if last.1.is_none_or(|until| start <= until) => {
                    last.1 = last.1.zip(end).map(|(a, b)| a.max(b));
                    joined += 1;
                }
                _ => whole.push((start, end)),
            }
        }
        rows.extend(whole.into_iter().map(|(start, end)| TieRow {
            from,
            to,
            strength: 1.0,
            start: Some(start),
            end,
        }));
    }
    if joined > 0 {
        log.duplicates
            .insert(format!("{}, spells of a pair that overlap or meet, joined", kind.name), joined);
    }
    Table { name: kind.name.to_owned(), what: kind.what.clone(), rows: Rows::Ties { undirected: true, rows } }
}
