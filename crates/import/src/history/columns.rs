//! Which column is what.

use super::sheet::{Sheet, is_missing, plain};
use super::{HistoryOptions, Shape, Taken, UnitCode};
use crate::ImportError;
use crate::dates::parse_any_date;
use crate::error::some_of;
use std::collections::BTreeSet;

// What columns of units are usually called, the surest first. The last do not say how they write.
const UNITS: [(UnitCode, &[&str]); 10] = [
    (
        UnitCode::Iso3,
        &[
            "iso3",
            "iso3c",
            "iso_3",
            "iso3_code",
            "iso_3_code",
            "iso_code_3",
            "iso_a3",
            "iso_alpha3",
            "iso_alpha_3",
            "alpha3",
            "alpha_3",
            "alpha_3_code",
            "country_iso3",
            "iso3_country",
        ],
    ),
    (UnitCode::Cow, &["cow", "ccode", "cowcode", "cow_code", "cow_number", "cown", "country_code_cow"]),
    (UnitCode::GleditschWard, &["gw", "gwcode", "gwno", "gwid", "gw_code", "gwn", "gleditsch_ward"]),
    (
        UnitCode::Iso2,
        &[
            "iso2",
            "iso2c",
            "iso_2",
            "iso2_code",
            "iso_a2",
            "alpha2",
            "alpha_2",
            "alpha_2_code",
            "country_iso2",
        ],
    ),
    (UnitCode::CowAbbreviation, &["stateabb", "cow_abb", "cowc", "cow_abbreviation"]),
    (UnitCode::M49, &["m49", "m49_code", "un_m49", "un_code", "uncode"]),
    (UnitCode::IsoNumeric, &["iso_numeric", "iso3n", "iso_n", "ison", "iso_num"]),
    (UnitCode::VDem, &["vdem", "v_dem", "vdem_code", "vdem_id"]),
    (UnitCode::WorldBank, &["wb", "wbcode", "wb_code", "worldbank", "world_bank", "world_bank_code"]),
    (
        UnitCode::Unsaid,
        &[
            "unit",
            "actor",
            "state",
            "code",
            "iso",
            "country_code",
            "unit_id",
            "actor_id",
            "state_code",
            "statecode",
            "state_postal",
            "postal",
            "postal_code",
            "country_text_id",
        ],
    ),
];
const NAMES: &[&str] = &[
    "name",
    "country",
    "country_name",
    "countryname",
    "state_name",
    "statename",
    "statenme",
    "state_party",
    "states_party",
    "party",
    "participant",
    "member_state",
    "nation",
    "jurisdiction",
    "unit_name",
    "entity",
    "government",
    "signatory",
];
const DATES: &[&str] = &[
    "date",
    "event_date",
    "from",
    "start",
    "start_date",
    "from_date",
    "begin",
    "since",
    "adoption",
    "adopted",
    "adoption_date",
    "date_adopted",
    "date_of_adoption",
    "adoption_year",
    "year_adopted",
    "year_of_adoption",
    "first_year",
    "start_year",
    "year_start",
    "from_year",
    "effective",
    "effective_date",
    "ratification",
    "ratified",
    "ratification_date",
    "date_of_ratification",
    "ratification_year",
    "signature",
    "signed",
    "signature_date",
    "date_of_signature",
    "accession",
    "acceded",
    "accession_date",
    "accession_year",
    "entry_into_force",
    "in_force",
    "joined",
    "joined_date",
    "year_joined",
    "enacted",
    "date_enacted",
    "year_enacted",
    "passed",
    "accepted",
    "implemented",
    "introduced",
];
const YEARS: &[&str] = &["year", "yr", "when"];
const ENDS: &[&str] = &[
    "until",
    "to",
    "end",
    "ended",
    "end_date",
    "until_date",
    "to_date",
    "withdrawn",
    "withdrawal",
    "withdrawal_date",
    "date_withdrawn",
    "date_of_withdrawal",
    "withdrawal_year",
    "year_withdrawn",
    "exit",
    "exited",
    "exit_date",
    "exit_year",
    "left",
    "repealed",
    "repeal",
    "repeal_date",
    "repeal_year",
    "terminated",
    "termination",
    "denounced",
    "denunciation",
    "end_year",
    "year_end",
    "last_year",
    "until_year",
    "to_year",
];
// Their custom is to name the last year in which it held.
const LAST_YEARS: &[&str] = &["end_year", "year_end", "last_year", "to_year"];
const EVENTS: &[&str] =
    &["event", "position", "stage", "action", "event_type", "type", "kind", "status", "step"];
const NORMS: &[&str] =
    &["treaty", "policy", "norm", "law", "convention", "agreement", "instrument", "innovation", "resolution"];
const STATES: &[&str] = &[
    "adopted",
    "adoption",
    "adopt",
    "value",
    "status",
    "member",
    "membership",
    "ratified",
    "treated",
    "treatment",
    "event",
    "has",
    "in_force",
    "law",
    "policy",
    "norm",
    "treaty",
    "outcome",
    "y",
];

/// What was found in a header.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) shape: Shape,
    pub(super) code: UnitCode,
    /// Column of the units; none if they are columns.
    pub(super) unit: Option<usize>,
    pub(super) name: Option<usize>,
    /// Column of dates or of the years of a panel.
    pub(super) date: Option<usize>,
    pub(super) until: Option<usize>,
    /// Whether `until` is the last year in which it held.
    pub(super) until_is_last: bool,
    pub(super) event: Option<usize>,
    /// Column of 0 and 1 of a panel.
    pub(super) state: Option<usize>,
    /// Columns that are years, units or policies, in tables that are wide.
    pub(super) wide: Vec<usize>,
    /// Rows to be read: all whose columns have these values.
    pub(super) only: Vec<(usize, String)>,
    pub(super) taken: Vec<Taken>,
    pub(super) notes: Vec<String>,
}

impl Plan {
    pub(super) fn find(sheet: &Sheet, options: &HistoryOptions) -> Result<Self, ImportError> {
        let header = Header::new(sheet);
        let mut plan = Plan {
            shape: Shape::Long,
            code: UnitCode::Unsaid,
            unit: None,
            name: None,
            date: None,
            until: None,
            until_is_last: false,
            event: None,
            state: None,
            wide: Vec::new(),
            only: Vec::new(),
            taken: Vec::new(),
            notes: sheet.notes.clone(),
        };
        for (column, value) in &options.only {
            let column = sheet.named(column, "rows that are wanted")?;
            let values: BTreeSet<&str> = sheet.values(column).map(|(_, value)| value).collect();
            if !values.contains(value.as_str()) {
                let values: Vec<&str> = values.into_iter().collect();
                let near = crate::error::did_you_mean(value, values.iter().copied());
                return Err(ImportError::file(
                    &sheet.path,
                    format!("no row has `{value}` in the column `{}`{near}", sheet.header[column]),
                    format!("There are: {}.", some_of(&values, 30)),
                ));
            }
            plan.take(sheet, column, &format!("only rows with `{value}`"));
            plan.only.push((column, value.clone()));
        }
        plan.find_unit(sheet, &header, options)?;
        let years: Vec<usize> =
            (0..sheet.header.len()).filter(|&column| year_of(&sheet.header[column]).is_some()).collect();
        if options.shape == Some(Shape::YearsAsColumns) || (options.shape.is_none() && years.len() >= 2) {
            return plan.years_as_columns(sheet, years);
        }
        if plan.unit.is_none()
            && matches!(options.shape, None | Some(Shape::YearsAsRows))
            && let Some(plan) = plan.years_as_rows(sheet, &header, options)?
        {
            return Ok(plan);
        }
        if plan.unit.is_none() {
            return Err(no_unit(sheet));
        }
        plan.find_rest(sheet, &header, options)?;
        Ok(plan)
    }

    fn take(&mut self, sheet: &Sheet, column: usize, role: &str) {
        self.taken.push(Taken { column: sheet.header[column].clone(), role: role.to_owned() });
    }

    fn find_unit(
        &mut self,
        sheet: &Sheet,
        header: &Header,
        options: &HistoryOptions,
    ) -> Result<(), ImportError> {
        let name = match &options.name {
            Some(name) => Some(sheet.named(name, "names")?),
            None => None,
        };
        if let Some(unit) = &options.unit {
            let column = sheet.named(unit, "units")?;
            self.unit = Some(column);
            self.code = UNITS
                .iter()
                .find(|(_, names)| names.contains(&header.plain[column].as_str()))
                .map_or(UnitCode::Unsaid, |unit| unit.0);
            if NAMES.contains(&header.plain[column].as_str()) {
                self.code = UnitCode::Name;
            }
        } else {
            for (code, names) in UNITS {
                let found = header.called(names);
                // `state` of the United States and `country` beside it are two sorts of units.
                if found.len() > 1 {
                    return Err(ambiguous(sheet, "the units", &found, "unit"));
                }
                if let [column] = found[..] {
                    let rival = header.called(&["country", "nation"]);
                    if header.plain[column] == "state" && !rival.is_empty() && sheet_varies(sheet, rival[0]) {
                        return Err(ambiguous(sheet, "the units", &[column, rival[0]], "unit"));
                    }
                    self.unit = Some(column);
                    self.code = code;
                    break;
                }
            }
        }
        let names: Vec<usize> = match name {
            Some(name) => vec![name],
            None => header.called(NAMES).into_iter().filter(|&column| Some(column) != self.unit).collect(),
        };
        if self.unit.is_none() {
            match names[..] {
                [] => return Ok(()),
                [column] => {
                    self.unit = Some(column);
                    self.code = UnitCode::Name;
                }
                _ => return Err(ambiguous(sheet, "the units", &names, "unit")),
            }
        } else if let Some(&column) = names.first() {
            self.name = Some(column);
        }
        if let Some(unit) = self.unit {
            self.take(sheet, unit, &format!("the unit, as {}", self.code));
        }
        if let Some(name) = self.name {
            self.take(sheet, name, "the unit's name");
        }
        Ok(())
    }

    fn years_as_columns(mut self, sheet: &Sheet, years: Vec<usize>) -> Result<Self, ImportError> {
        if years.is_empty() {
            return Err(ImportError::file(
                &sheet.path,
                "no column is called as a year",
                "Name columns 1990, 1991, …",
            ));
        }
        let Some(unit) = self.unit.or_else(|| (0..sheet.header.len()).find(|column| !years.contains(column)))
        else {
            return Err(no_unit(sheet));
        };
        if self.unit.is_none() {
            self.unit = Some(unit);
            self.take(sheet, unit, "the unit, as the only column that is no year");
        }
        let (first, last) = (&sheet.header[years[0]], &sheet.header[years[years.len() - 1]]);
        self.notes.push(format!("{} columns are years, from {first} to {last}", years.len()));
        self.shape = Shape::YearsAsColumns;
        self.wide = years;
        Ok(self)
    }

    // `None` if this is no such table.
    fn years_as_rows(
        &mut self,
        sheet: &Sheet,
        header: &Header,
        options: &HistoryOptions,
    ) -> Result<Option<Self>, ImportError> {
        let years = match &options.date {
            Some(date) => vec![sheet.named(date, "dates")?],
            None => header.called(&["year", "date", "yr"]),
        };
        let [year] = years[..] else { return Ok(None) };
        let mut seen = BTreeSet::new();
        let each_once = sheet.values(year).all(|(_, text)| parse_any_date(text).is_ok() && seen.insert(text));
        let units: Vec<usize> = (0..sheet.header.len())
            .filter(|&column| column != year && !sheet.header[column].is_empty())
            .collect();
        if !each_once || units.len() < 2 || !units.iter().all(|&column| is_flag(sheet, column)) {
            return Ok(None);
        }
        let mut plan = Plan {
            shape: Shape::YearsAsRows,
            code: UnitCode::Unsaid,
            date: Some(year),
            wide: units,
            only: std::mem::take(&mut self.only),
            taken: std::mem::take(&mut self.taken),
            notes: std::mem::take(&mut self.notes),
            unit: None,
            name: None,
            until: None,
            until_is_last: false,
            event: None,
            state: None,
        };
        plan.take(sheet, year, "the year");
        plan.notes.push(format!("all other columns, {}, are units", plan.wide.len()));
        Ok(Some(plan))
    }

    fn find_rest(
        &mut self,
        sheet: &Sheet,
        header: &Header,
        options: &HistoryOptions,
    ) -> Result<(), ImportError> {
        let used = |plan: &Plan, column: usize| {
            plan.unit == Some(column)
                || plan.name == Some(column)
                || plan.only.iter().any(|only| only.0 == column)
        };
        let free = |plan: &Plan, columns: Vec<usize>| -> Vec<usize> {
            columns.into_iter().filter(|&column| !used(plan, column)).collect()
        };
        // When.
        let dated = |column: &usize| holds_dates(sheet, *column);
        let mut dates: Vec<usize> = free(self, header.called(DATES)).into_iter().filter(dated).collect();
        if let Some(date) = &options.date {
            dates = vec![sheet.named(date, "dates")?];
        } else if options.shape == Some(Shape::Policies) {
            dates.clear();
        }
        let years: Vec<usize> = free(self, header.called(YEARS)).into_iter().filter(dated).collect();
        self.date = match dates[..] {
            [] if options.shape == Some(Shape::Policies) => None,
            [] => years.first().copied(),
            [one] => Some(one),
            _ => return Err(ambiguous(sheet, "the dates", &dates, "date")),
        };
        let Some(date) = self.date else {
            return self.policies(sheet);
        };
        self.take(sheet, date, "the date");
        // Until when.
        self.until = match &options.until {
            Some(until) => Some(sheet.named(until, "ends")?),
            None => {
                let ends = free(self, header.called(ENDS));
                let ends: Vec<usize> = ends
                    .into_iter()
                    .filter(|&column| column != date && is_date_or_empty(sheet, column))
                    .collect();
                match ends[..] {
                    [] => None,
                    [one] => Some(one),
                    _ => return Err(ambiguous(sheet, "the ends", &ends, "until")),
                }
            }
        };
        if let Some(until) = self.until {
            self.until_is_last = LAST_YEARS.contains(&header.plain[until].as_str());
            let role = if self.until_is_last {
                "the last year in which it held"
            } else {
                "the first day on which it no longer held"
            };
            self.take(sheet, until, role);
        }
        // What of a panel.
        let taken = [self.unit, self.name, self.date, self.until];
        let left = |columns: Vec<usize>| -> Vec<usize> {
            columns.into_iter().filter(|&column| !taken.contains(&Some(column))).collect()
        };
        if options.event.is_none() && options.shape != Some(Shape::Long) {
            let flags: Vec<usize> = left(free(self, (0..sheet.header.len()).collect()))
                .into_iter()
                .filter(|&column| is_flag(sheet, column))
                .collect();
            let called: Vec<usize> =
                header.called(STATES).into_iter().filter(|column| flags.contains(column)).collect();
            let repeated = repeats(sheet, self.unit.unwrap_or(0)) && self.until.is_none();
            self.state = match (&called[..], &flags[..]) {
                ([one], _) => Some(*one),
                ([], [one]) if repeated => Some(*one),
                ([_, _, ..], _) => return Err(ambiguous(sheet, "0 and 1", &called, "event")),
                ([], [_, _, ..]) if repeated => return Err(ambiguous(sheet, "0 and 1", &flags, "event")),
                _ => None,
            };
        } else if let Some(event) = &options.event {
            let event = sheet.named(event, "events")?;
            if options.shape != Some(Shape::Long) && is_flag(sheet, event) {
                self.state = Some(event);
            }
        }
        if let Some(state) = self.state {
            self.shape = Shape::Panel;
            self.take(sheet, state, "whether it held, 0 or 1");
        } else if options.shape == Some(Shape::Panel) {
            return Err(ImportError::file(
                &sheet.path,
                "no column holds only 0 and 1",
                "A panel needs one that says whether a unit had adopted.",
            ));
        }
        // What happened.
        self.event = match &options.event {
            Some(event) => Some(sheet.named(event, "events")?).filter(|event| self.state != Some(*event)),
            None => left(header.called(EVENTS))
                .into_iter()
                .find(|&column| self.state != Some(column) && !holds_dates(sheet, column)),
        };
        if let Some(event) = self.event {
            self.take(sheet, event, "what happened");
        }
        // Of which norm.
        let norms = left(free(self, header.called(NORMS)));
        for norm in norms.into_iter().filter(|&norm| self.event != Some(norm) && self.state != Some(norm)) {
            let values: BTreeSet<&str> = sheet.values(norm).map(|(_, value)| value).collect();
            if values.len() > 1 {
                let values: Vec<&str> = values.into_iter().collect();
                let column = &sheet.header[norm];
                return Err(ImportError::file(
                    &sheet.path,
                    format!("the column `{column}` holds {} norms: {}", values.len(), some_of(&values, 12)),
                    format!(
                        "Take one: only rows with `{column}={}`, say; or name `{column}` as the column of events.",
                        values[0]
                    ),
                ));
            }
        }
        Ok(())
    }

    // No column is called as dates are: those that hold nothing else are policies.
    fn policies(&mut self, sheet: &Sheet) -> Result<(), ImportError> {
        let columns: Vec<usize> = (0..sheet.header.len())
            .filter(|&column| Some(column) != self.unit && Some(column) != self.name)
            .filter(|&column| !self.only.iter().any(|only| only.0 == column))
            .filter(|&column| is_date_or_empty(sheet, column) && sheet.values(column).next().is_some())
            .collect();
        if columns.is_empty() {
            return Err(ImportError::file(
                &sheet.path,
                "no column holds dates",
                format!(
                    "Dates stand in a column called `date`, `year`, `from`, `adopted` or so. Columns: {}.",
                    some_of(&sheet.header, 40)
                ),
            ));
        }
        for &column in &columns {
            self.take(sheet, column, "the dates of one policy");
        }
        self.shape = Shape::Policies;
        self.wide = columns;
        Ok(())
    }
}

struct Header {
    plain: Vec<String>,
}

impl Header {
    fn new(sheet: &Sheet) -> Self {
        Header { plain: sheet.header.iter().map(|name| plain(name)).collect() }
    }

    // Columns with one of these names, in the order of the file.
    fn called(&self, names: &[&str]) -> Vec<usize> {
        (0..self.plain.len()).filter(|&column| names.contains(&self.plain[column].as_str())).collect()
    }
}

fn ambiguous(sheet: &Sheet, what: &str, columns: &[usize], option: &str) -> ImportError {
    let names: Vec<&str> = columns.iter().map(|&column| sheet.header[column].as_str()).collect();
    ImportError::file(
        &sheet.path,
        format!("several columns could hold {what}: {}", names.join(", ")),
        format!("Say which is meant as the column of the {option}, as `{}`.", names[0]),
    )
}

fn no_unit(sheet: &Sheet) -> ImportError {
    ImportError::file(
        &sheet.path,
        "no column is called as units are",
        format!(
            "Usual names are iso3, cow, gwcode, iso2, state, unit, country and name; say which column it is if \
             it has another. Columns: {}.",
            some_of(&sheet.header, 40)
        ),
    )
}

/// The year for which a column stands: `1997`, `y1997`, `X1997`, `year_1997`.
pub(super) fn year_of(name: &str) -> Option<i16> {
    let name = plain(name);
    let digits = ["year_", "year", "yr", "y", "x"]
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))
        .unwrap_or(&name);
    let plain = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|year| plain && (1000..=2999).contains(year))
}

/// Whether a text says yes or no.
pub(super) fn flag(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "1" | "1.0" | "yes" | "true" | "t" | "y" | "x" => Some(true),
        "0" | "0.0" | "no" | "false" | "f" | "n" => Some(false),
        _ => None,
    }
}

fn is_flag(sheet: &Sheet, column: usize) -> bool {
    let mut values = sheet.values(column).peekable();
    values.peek().is_some() && values.all(|(_, text)| flag(text).is_some())
}

// Most of what is there are dates.
fn holds_dates(sheet: &Sheet, column: usize) -> bool {
    let (mut n, mut dates) = (0, 0);
    for (_, text) in sheet.values(column) {
        n += 1;
        // What may be two days is a date all the same, and is refused with its line.
        dates += usize::from(parse_any_date(text).map_or_else(|why| why.contains("may be"), |_| true));
    }
    n > 0 && 2 * dates > n
}

fn is_date_or_empty(sheet: &Sheet, column: usize) -> bool {
    sheet.values(column).all(|(_, text)| parse_any_date(text).is_ok())
}

fn repeats(sheet: &Sheet, unit: usize) -> bool {
    let mut seen = BTreeSet::new();
    sheet.values(unit).any(|(_, text)| !seen.insert(text))
}

fn sheet_varies(sheet: &Sheet, column: usize) -> bool {
    let values: BTreeSet<&str> = sheet.rows.iter().map(|row| sheet.cell(row, column)).collect();
    values.into_iter().filter(|text| !is_missing(text)).count() > 1
}
