//! A table of text cells, from whatever file.

use crate::ImportError;
use crate::error::{did_you_mean, some_of};
use crate::text::TextFile;
use calamine::{Data, Reader, open_workbook_auto};
use std::path::Path;

// A history is small; what is larger is another file, taken for one.
const MOST_CELLS: usize = 20_000_000;

/// A header and rows of text; numbers and dates are written out.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) path: String,
    pub(super) header: Vec<String>,
    /// With the line or row on which each stands.
    pub(super) rows: Vec<(u64, Vec<String>)>,
    pub(super) notes: Vec<String>,
}

impl Sheet {
    pub(super) fn read(path: &Path, sheet: Option<&str>) -> Result<Self, ImportError> {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let read = match extension.to_lowercase().as_str() {
            "xlsx" | "xlsm" | "xls" | "xlsb" | "ods" => from_workbook(path, sheet)?,
            "parquet" => from_parquet(path)?,
            _ => from_text(path)?,
        };
        let cells = read.rows.len().saturating_mul(read.header.len());
        if cells > MOST_CELLS {
            return Err(ImportError::file(
                &read.path,
                format!("the table has {cells} cells; a history has {MOST_CELLS} at most"),
                "Keep the rows and columns of one norm.",
            ));
        }
        if read.rows.is_empty() {
            return Err(ImportError::file(&read.path, "there is no row below the header", ""));
        }
        Ok(read)
    }

    pub(super) fn cell<'s>(&self, row: &'s (u64, Vec<String>), column: usize) -> &'s str {
        row.1.get(column).map_or("", |text| text.trim())
    }

    /// The values of a column that are known, with their lines.
    pub(super) fn values(&self, column: usize) -> impl Iterator<Item = (u64, &str)> {
        let known = self.rows.iter().map(move |row| (row.0, self.cell(row, column)));
        known.filter(|(_, text)| !is_missing(text))
    }

    /// The column of a name that a user gave.
    pub(super) fn named(&self, name: &str, flag: &str) -> Result<usize, ImportError> {
        let wanted = plain(name);
        self.header.iter().position(|column| plain(column) == wanted).ok_or_else(|| {
            let near = did_you_mean(name, self.header.iter().map(String::as_str));
            ImportError::file(
                &self.path,
                format!("there is no column `{name}` for the {flag}{near}"),
                format!("Columns: {}.", some_of(&self.header, 40)),
            )
        })
    }
}

/// A missing value; -9 is the custom of the field.
pub(super) fn is_missing(text: &str) -> bool {
    crate::text::is_blank(text) || text == "-9"
}

/// A column's name without what people write differently: `ISO-3 code` is `iso_3_code`.
pub(super) fn plain(name: &str) -> String {
    let signs = name.trim().chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' });
    signs.collect::<String>().split_whitespace().collect::<Vec<_>>().join("_")
}

fn from_text(path: &Path) -> Result<Sheet, ImportError> {
    let mut file = TextFile::open(path)?;
    let (header, notes) = (file.header().to_vec(), file.remarks());
    let mut rows = Vec::new();
    while let Some(row) = file.next()? {
        rows.push((row.line(), (0..header.len()).map(|column| row.get(column).into_owned()).collect()));
        if rows.len().saturating_mul(header.len()) > MOST_CELLS {
            break;
        }
    }
    Ok(Sheet { path: file.path().to_owned(), header, rows, notes })
}

fn from_workbook(path: &Path, wanted: Option<&str>) -> Result<Sheet, ImportError> {
    let shown = path.display().to_string();
    if let Err(error) = std::fs::metadata(path) {
        return Err(ImportError::Io { path: shown, reason: error.to_string() });
    }
    let wrong = |error: String| {
        ImportError::file(&shown, format!("this is no workbook: {error}"), "Save it anew, or as CSV.")
    };
    let mut book = open_workbook_auto(path).map_err(|error| wrong(error.to_string()))?;
    let names = book.sheet_names();
    let mut filled = Vec::new();
    for name in &names {
        let range = book.worksheet_range(name).map_err(|error| wrong(error.to_string()))?;
        if range.height() > 1 {
            filled.push((name.clone(), range));
        }
    }
    let place = match wanted {
        Some(wanted) => filled.iter().position(|(name, _)| name.trim().eq_ignore_ascii_case(wanted.trim())),
        None if filled.len() > 1 => {
            let filled: Vec<String> = filled.into_iter().map(|(name, _)| name).collect();
            return Err(ImportError::file(
                &shown,
                format!("{} sheets have rows: {}", filled.len(), some_of(&filled, 20)),
                "Say which is meant.",
            ));
        }
        None => Some(0),
    };
    let Some((name, range)) = place.and_then(|place| filled.into_iter().nth(place)) else {
        let problem = match wanted {
            Some(wanted) => {
                format!(
                    "no sheet `{wanted}` has rows{}",
                    did_you_mean(wanted, names.iter().map(String::as_str))
                )
            }
            None => "no sheet has rows below a header".to_owned(),
        };
        return Err(ImportError::file(&shown, problem, format!("Sheets: {}.", some_of(&names, 20))));
    };
    let mut notes = Vec::new();
    if names.len() > 1 {
        notes.push(format!("the sheet `{name}` was read"));
    }
    let first = u64::from(range.start().map_or(0, |start| start.0));
    let mut rows = range
        .rows()
        .zip(first + 1..)
        .map(|(row, line)| (line, row.iter().map(written).collect::<Vec<String>>()));
    // Titles stand above many a header: it is the first row with two columns that are named.
    let header = rows.by_ref().find(|(_, row)| row.iter().filter(|text| !text.is_empty()).count() >= 2);
    let Some((line, header)) = header else {
        return Err(ImportError::file(
            &shown,
            format!("the sheet `{name}` has no header of two columns"),
            "",
        ));
    };
    if line > 1 {
        notes.push(format!("row {line} of the sheet was taken for the header"));
    }
    let rows = rows.filter(|(_, row)| row.iter().any(|text| !text.is_empty())).collect();
    Ok(Sheet { path: shown, header, rows, notes })
}

// A cell of a workbook as text. Its days are counted from the end of 1899 or, on old Macs, from 1904.
fn written(cell: &Data) -> String {
    match cell {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.trim().to_owned(),
        Data::Float(number) if number.fract().abs() < f64::EPSILON => format!("{number:.0}"),
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Bool(yes) => u8::from(*yes).to_string(),
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTime(moment) => moment.as_f64().to_string(),
        Data::Error(error) => error.to_string(),
        _ => String::new(),
    }
}

#[cfg(not(feature = "parquet"))]
fn from_parquet(path: &Path) -> Result<Sheet, ImportError> {
    Err(ImportError::file(
        &path.display().to_string(),
        "this build does not read Parquet",
        "Build with the feature `parquet`, or write the table as CSV.",
    ))
}

#[cfg(feature = "parquet")]
fn from_parquet(path: &Path) -> Result<Sheet, ImportError> {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    let shown = path.display().to_string();
    let wrong = |error: &dyn std::fmt::Display| {
        ImportError::file(
            &shown,
            format!("this is no readable Parquet file: {error}"),
            "Write it anew, or as CSV.",
        )
    };
    let file = std::fs::File::open(path)
        .map_err(|error| ImportError::Io { path: shown.clone(), reason: error.to_string() })?;
    let reader = SerializedFileReader::new(file).map_err(|error| wrong(&error))?;
    let columns = reader.metadata().file_metadata().schema_descr().root_schema().get_fields().to_vec();
    let header: Vec<String> = columns.iter().map(|column| column.name().to_owned()).collect();
    let mut rows = Vec::new();
    for (row, line) in reader.get_row_iter(None).map_err(|error| wrong(&error))?.zip(2..) {
        let row = row.map_err(|error| wrong(&error))?;
        let cells = row.get_column_iter().map(|(_, field)| match field {
            Field::Null => String::new(),
            Field::Str(text) => text.clone(),
            Field::Bool(yes) => u8::from(*yes).to_string(),
            Field::Double(number) if number.is_nan() => String::new(),
            Field::Double(number) => number.to_string(),
            Field::Float(number) if number.is_nan() => String::new(),
            Field::Float(number) => number.to_string(),
            // The first ten signs are the day.
            Field::TimestampMillis(_) | Field::TimestampMicros(_) => {
                field.to_string().chars().take(10).collect()
            }
            other => other.to_string(),
        });
        rows.push((line, cells.collect()));
        if rows.len().saturating_mul(header.len()) > MOST_CELLS {
            break;
        }
    }
    Ok(Sheet { path: shown, header, rows, notes: Vec::new() })
}
