//! Adoption histories: who adopted when, in whatever shape a table has it.
//!
//! Four shapes are read:
//!
//! - *long*: a row per adoption, with a column of units and a column of dates, perhaps one that says
//!   what happened, and perhaps one with the day from which it no longer held;
//! - *panel*: a row per unit and year, with a column of 0 and 1;
//! - *years as columns*: a row per unit and a column of 0 and 1 per year (or the table turned round:
//!   a row per year and a column per unit);
//! - *policies as columns*: a row per unit, and for each policy a column of the years of adoption.
//!
//! Columns are found by their names; what was taken for what stands in [`RawHistory::taken`]. Where
//! two columns could be meant, the file is refused and they are named. Units stay as they are
//! written: which actor `Ivory Coast` is, is for others to say.

mod columns;
mod settle;
mod shapes;
mod sheet;

use crate::{ImportError, Precision};
use normwave_network_model::Date;
use normwave_world::CodeScheme;
use std::path::Path;

/// What a user says of a table, where its header does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryOptions {
    /// Column of the units.
    pub unit: Option<String>,
    /// Column of the units' names.
    pub name: Option<String>,
    /// Column of the dates.
    pub date: Option<String>,
    /// Column of the dates from which adoptions no longer held.
    pub until: Option<String>,
    /// Column that says what happened.
    pub event: Option<String>,
    /// Only rows in which a column has a value, as (`treaty`, `cat`).
    pub only: Vec<(String, String)>,
    /// The events that count as adoption; all if empty.
    pub events: Vec<String>,
    /// The events that end one; if empty, those whose names say so (withdrawal, denunciation, repeal,
    /// termination, exit …).
    pub withdrawals: Vec<String>,
    /// The shape, if it is not to be told from the table.
    pub shape: Option<Shape>,
    /// The sheet of a workbook; needed if several have rows.
    pub sheet: Option<String>,
}

/// How a table holds a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A row per adoption.
    Long,
    /// A row per unit and year, with a column of 0 and 1.
    Panel,
    /// A row per unit and a column of 0 and 1 per year.
    YearsAsColumns,
    /// A row per year and a column of 0 and 1 per unit.
    YearsAsRows,
    /// A row per unit and a column of years per policy.
    Policies,
}

impl std::fmt::Display for Shape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Shape::Long => "a row per adoption",
            Shape::Panel => "a row per unit and year",
            Shape::YearsAsColumns => "a row per unit and a column per year",
            Shape::YearsAsRows => "a row per year and a column per unit",
            Shape::Policies => "a row per unit and a column per policy",
        })
    }
}

/// What the header says about how units are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnitCode {
    /// ISO 3166-1 alpha-3.
    Iso3,
    /// ISO 3166-1 alpha-2.
    Iso2,
    /// ISO 3166-1 numeric.
    IsoNumeric,
    /// UN M49.
    M49,
    /// Correlates of War number.
    Cow,
    /// Correlates of War abbreviation.
    CowAbbreviation,
    /// Gleditsch and Ward number.
    GleditschWard,
    /// V-Dem's number.
    VDem,
    /// World Bank.
    WorldBank,
    /// Names.
    Name,
    /// It does not say: `state`, `unit`, `code` …
    Unsaid,
}

impl UnitCode {
    /// The scheme by which the packaged world turns units into actors; none if the header does not
    /// say, or the units are no countries.
    #[must_use]
    pub fn scheme(self) -> Option<CodeScheme> {
        Some(match self {
            UnitCode::Iso3 => CodeScheme::Iso3,
            UnitCode::Iso2 => CodeScheme::Iso2,
            UnitCode::IsoNumeric => CodeScheme::IsoNumeric,
            UnitCode::M49 => CodeScheme::M49,
            UnitCode::Cow => CodeScheme::Cow,
            UnitCode::CowAbbreviation => CodeScheme::CowAbbreviation,
            UnitCode::GleditschWard => CodeScheme::GleditschWard,
            UnitCode::VDem => CodeScheme::VDem,
            UnitCode::WorldBank => CodeScheme::WorldBank,
            UnitCode::Name => CodeScheme::Name,
            UnitCode::Unsaid => return None,
        })
    }
}

impl std::fmt::Display for UnitCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            UnitCode::Iso3 => "ISO 3166 alpha-3 code",
            UnitCode::Iso2 => "ISO 3166 alpha-2 code",
            UnitCode::IsoNumeric => "ISO 3166 number",
            UnitCode::M49 => "UN M49 number",
            UnitCode::Cow => "Correlates of War number",
            UnitCode::CowAbbreviation => "Correlates of War abbreviation",
            UnitCode::GleditschWard => "Gleditsch and Ward number",
            UnitCode::VDem => "V-Dem number",
            UnitCode::WorldBank => "World Bank code",
            UnitCode::Name => "name",
            UnitCode::Unsaid => "code or name",
        })
    }
}

/// One adoption.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawAdoption {
    /// The unit as it is written.
    pub unit: String,
    /// How this unit is written: as the column says, or by name where a code is missing.
    pub code: UnitCode,
    /// The unit's name, if a column has it.
    pub name: Option<String>,
    /// What happened, as it is written; `adoption` where no column says it.
    pub event: String,
    /// The first day of the adoption, or of the month or year in which it was.
    pub from: Date,
    /// The first day on which it no longer held.
    pub until: Option<Date>,
    /// How exactly `from` is known.
    pub precision: Precision,
    /// Line of a text file, row of a sheet or table; from 1, the header included.
    pub line: u64,
}

/// A row that did not become an adoption of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedOver {
    /// Line or row.
    pub line: u64,
    /// The unit as it is written.
    pub unit: String,
    /// What happened.
    pub event: String,
    /// Why it was passed over.
    pub why: String,
}

/// A column, and what it was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The column as it is written.
    pub column: String,
    /// What it was taken for.
    pub role: String,
}

/// A history as a table has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawHistory {
    /// The shape that was found.
    pub shape: Shape,
    /// How units are written, most of them.
    pub code: UnitCode,
    /// Who adopted when, by date and then by unit. Of several events of one kind the first counts,
    /// and a later one only if the adoption had ended before.
    pub rows: Vec<RawAdoption>,
    /// Rows that were passed over, and why.
    pub passed_over: Vec<PassedOver>,
    /// Units that the table names and that have no adoption in it.
    pub never: Vec<String>,
    /// What happened in all rows that were read, and how often.
    pub events: Vec<(String, usize)>,
    /// Columns and what they were taken for.
    pub taken: Vec<Taken>,
    /// What else a reader should know.
    pub notes: Vec<String>,
}

impl RawHistory {
    /// What was taken for what and what was passed over, a line each.
    #[must_use]
    pub fn log(&self) -> Vec<String> {
        let mut lines = vec![format!("shape: {}", self.shape)];
        lines.extend(self.taken.iter().map(|taken| format!("column `{}`: {}", taken.column, taken.role)));
        for (event, n) in &self.events {
            lines.push(format!("event `{event}`: {}", crate::error::count(*n, "row", "rows")));
        }
        let units: std::collections::BTreeSet<&str> = self.rows.iter().map(|row| row.unit.as_str()).collect();
        lines.push(format!(
            "{} of {}",
            crate::error::count(self.rows.len(), "adoption", "adoptions"),
            crate::error::count(units.len(), "unit", "units")
        ));
        if !self.never.is_empty() {
            lines.push(format!(
                "without adoption: {}: {}",
                crate::error::count(self.never.len(), "unit", "units"),
                self.never.join(", ")
            ));
        }
        lines.extend(self.notes.iter().cloned());
        for row in &self.passed_over {
            lines.push(format!("line {}: {} of {} passed over: {}", row.line, row.event, row.unit, row.why));
        }
        lines
    }
}

/// Reads an adoption history from CSV or TSV, an Excel or OpenDocument workbook, or Parquet (feature
/// `parquet`); the extension tells which.
///
/// # Errors
/// [`ImportError`] if the file cannot be read, its columns cannot be told apart, or a row is wrong.
///
/// ```
/// use normwave_import::history::{self, HistoryOptions};
/// let folder = std::env::temp_dir().join(format!("normwave-doc-{}", std::process::id()));
/// std::fs::create_dir_all(&folder)?;
/// let path = folder.join("dates.csv");
/// std::fs::write(&path, "Country,Ratified,Withdrawn\nNorway,1998-07-09,\nLithuania,2003-05-12,2025-12-27\n")?;
/// let history = history::read(&path, &HistoryOptions::default())?;
/// assert_eq!(history.rows[0].unit, "Norway");
/// assert_eq!(history.rows[1].until.map(|date| date.to_string()).as_deref(), Some("2025-12-27"));
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read(path: &Path, options: &HistoryOptions) -> Result<RawHistory, ImportError> {
    let sheet = sheet::Sheet::read(path, options.sheet.as_deref())?;
    let plan = columns::Plan::find(&sheet, options)?;
    let found = shapes::collect(&sheet, &plan)?;
    settle::settle(&sheet, plan, found, options)
}
