//! CSV tables that a scenario names.

use crate::error::{Source, did_you_mean};
use crate::text::{MAX_TABLE_BYTES, TextError, check_text};
use crate::{Files, Problem, ScenarioError};
use normwave_network_model::{Date, Value, parse_date};
use std::borrow::Cow;

/// A CSV file in memory, read row by row with messages that name the line.
///
/// The first line names the columns; commas separate fields, or semicolons or tabs if the first
/// line has those. A field may stand in double quotes; it cannot go over a line end, so that a quote
/// that is not closed is found on its own line.
pub(crate) struct CsvTable {
    name: String,
    text: String,
    separator: char,
    header: Vec<String>,
    // The line of the header, from 1.
    header_line: usize,
}

/// One row.
#[derive(Clone)]
pub(crate) struct Row<'t> {
    table: &'t CsvTable,
    line: usize,
    fields: Vec<Cow<'t, str>>,
}

impl CsvTable {
    /// Reads a file; `required` columns must be there and no column may be unknown.
    pub(crate) fn read(
        files: &dyn Files,
        path: &toml::Spanned<String>,
        source: &Source,
        required: &[&str],
        optional: &[&str],
    ) -> Result<Self, ScenarioError> {
        let name = path.get_ref();
        let text = files.read(name).map_err(|error| unreadable(&error, path, source))?;
        check_text(&text, MAX_TABLE_BYTES).map_err(|error| not_text(&error, path, source))?;
        let text = if text.starts_with('\u{feff}') { text['\u{feff}'.len_utf8()..].to_owned() } else { text };
        let first = text.split('\n').enumerate().find(|(_, line)| !line.trim().is_empty());
        let Some((before, first)) = first.map(|(before, line)| (before, line.trim_end_matches('\r'))) else {
            return Err(source.error(
                path.span(),
                "",
                format!("`{name}` is empty"),
                format!("Its first line names the columns: {}.", columns(required, optional)),
            ));
        };
        let mut table = CsvTable {
            name: name.clone(),
            separator: separator(first, required),
            header: Vec::new(),
            header_line: before + 1,
            text: String::new(),
        };
        let header = table
            .fields(first)
            .map(|fields| fields.into_iter().map(|column| column.trim().to_lowercase()).collect::<Vec<_>>());
        table.text = text;
        let header = header.map_err(|wrong| table.bad_line(before + 1, wrong))?;
        table.header = header;
        table.check_header(required, optional)?;
        Ok(table)
    }

    /// Whether there is such a column.
    pub(crate) fn has(&self, column: &str) -> bool {
        self.header.iter().any(|name| name == column)
    }

    /// The text, without a byte order mark.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Refuses a table without rows, where that can only be a mistake. (A layer may have no tie.)
    pub(crate) fn not_empty(self) -> Result<Self, ScenarioError> {
        if self.rows().next().is_some() {
            return Ok(self);
        }
        let remedy = "Add rows, or leave the file out of the scenario.";
        Err(self.problem(self.header_line, "", "there is no row below the header", remedy))
    }

    fn check_header(&self, required: &[&str], optional: &[&str]) -> Result<(), ScenarioError> {
        let wrong = |at_fault: &str, problem: String| {
            let remedy = format!("The columns are {}.", columns(required, optional));
            Err(self.problem(self.header_line, at_fault, problem, remedy))
        };
        let known =
            |column: &&String| required.contains(&column.as_str()) || optional.contains(&column.as_str());
        let missing = required.iter().find(|column| !self.header.iter().any(|found| found == *column));
        let unknown = self.header.iter().find(|column| !known(column));
        if let Some(place) = self.header.iter().position(String::is_empty) {
            let remedy = "Name it, or remove the separator if the column is empty throughout.";
            return Err(self.problem(
                self.header_line,
                "",
                format!("column {} has no name", place + 1),
                remedy,
            ));
        }
        if let Some(missing) = missing.filter(|_| !self.header.iter().any(|column| known(&column))) {
            let problem =
                format!("there is no column `{missing}`, nor any other that is known, in the first line");
            return wrong("", problem);
        }
        if let Some(unknown) = unknown {
            // Only a column that is not there yet can be meant.
            let free = required.iter().chain(optional).filter(|name| !self.header.iter().any(|c| c == *name));
            let near = did_you_mean(unknown, free.copied());
            if missing.is_none() || !near.is_empty() {
                return wrong(unknown, format!("unknown column `{unknown}`{near}"));
            }
        }
        if let Some(missing) = missing {
            return wrong("", format!("there is no column `{missing}`"));
        }
        let twice = self.header.iter().enumerate().find(|(idx, column)| self.header[..*idx].contains(column));
        if let Some((_, twice)) = twice {
            return wrong(twice, format!("there are two columns `{twice}`"));
        }
        Ok(())
    }

    // Lines below the header that are not blank, each with its number.
    fn rows(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.split('\n').enumerate().skip(self.header_line);
        lines
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(no, line)| (no + 1, line.trim_end_matches('\r')))
    }

    /// Calls `each` with every row.
    pub(crate) fn for_each<'t>(
        &'t self,
        mut each: impl FnMut(&Row<'t>) -> Result<(), ScenarioError>,
    ) -> Result<(), ScenarioError> {
        for (line, text) in self.rows() {
            let fields = self.fields(text).map_err(|wrong| self.bad_line(line, wrong))?;
            if fields.len() != self.header.len() {
                return Err(self.problem(
                    line,
                    "",
                    format!("this row has {} fields, the header has {}", fields.len(), self.header.len()),
                    "Give every row one field for each column; quote fields that hold a comma.",
                ));
            }
            each(&Row { table: self, line, fields })?;
        }
        Ok(())
    }

    // The fields of a line, without the blanks around them.
    fn fields<'t>(&self, line: &'t str) -> Result<Vec<Cow<'t, str>>, BadLine> {
        if line.contains('\r') {
            return Err(BadLine::CarriageReturn);
        }
        let blank = |c: char| c.is_whitespace() && c != self.separator;
        let mut fields = Vec::with_capacity(self.header.len());
        let mut rest = line;
        loop {
            rest = rest.trim_start_matches(blank);
            let (field, after) = match rest.strip_prefix('"') {
                None => {
                    let end = rest.find(self.separator).unwrap_or(rest.len());
                    (Cow::Borrowed(rest[..end].trim()), &rest[end..])
                }
                Some(quoted) => {
                    let (field, after) = closed(quoted).ok_or(BadLine::OpenQuote)?;
                    let after = after.trim_start_matches(blank);
                    if !(after.is_empty() || after.starts_with(self.separator)) {
                        return Err(BadLine::AfterQuote);
                    }
                    (field, after)
                }
            };
            fields.push(field);
            match after.strip_prefix(self.separator) {
                Some(next) => rest = next,
                None => return Ok(fields),
            }
        }
    }

    fn bad_line(&self, line: usize, wrong: BadLine) -> ScenarioError {
        let (problem, remedy) = match wrong {
            BadLine::OpenQuote => (
                "a quote is opened on this line and not closed",
                "Close it on the same line; write \"\" for a quote inside of a quoted field.",
            ),
            BadLine::AfterQuote => (
                "there is text after a closing quote",
                "Put the whole field in quotes; write \"\" for a quote inside of it.",
            ),
            BadLine::CarriageReturn => (
                "there is a carriage return inside of this line",
                "Save the file with line ends LF or CRLF; those of old Macintosh systems, CR alone, are not read.",
            ),
        };
        self.problem(line, "", problem, remedy)
    }

    // An error on a line, under the text at fault if it is found there.
    fn problem(
        &self,
        line: usize,
        at_fault: &str,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) -> ScenarioError {
        let text = self.text.split('\n').nth(line - 1).unwrap_or_default().trim_end();
        let found = if at_fault.is_empty() { None } else { whole_field(text, at_fault, self.separator) };
        let column = found.map_or(0, |at| text[..at].chars().count());
        let width = found.map_or_else(|| text.chars().count(), |_| at_fault.chars().count());
        ScenarioError::At(Box::new(Problem::new(
            (&self.name, line, text),
            (column, width),
            "",
            &problem.into(),
            &remedy.into(),
        )))
    }
}

// What can be wrong with a line as such.
#[derive(Clone, Copy, Debug)]
enum BadLine {
    OpenQuote,
    AfterQuote,
    CarriageReturn,
}

// What stands before the closing quote, and what comes after it.
fn closed(quoted: &str) -> Option<(Cow<'_, str>, &str)> {
    let mut from = 0;
    loop {
        let end = from + quoted[from..].find('"')?;
        let after = &quoted[end + 1..];
        if !after.starts_with('"') {
            let field = quoted[..end].trim();
            let field =
                if from == 0 { Cow::Borrowed(field) } else { Cow::Owned(field.replace("\"\"", "\"")) };
            return Some((field, after));
        }
        from = end + 2;
    }
}

// The separator that yields most of the required columns; a comma if several do.
fn separator(header: &str, required: &[&str]) -> char {
    let found = |separator: char| {
        let names: Vec<String> =
            header.split(separator).map(|name| name.trim().trim_matches('"').to_lowercase()).collect();
        required.iter().filter(|column| names.iter().any(|name| name == *column)).count()
    };
    let most = [',', ';', '\t'].map(|separator| (found(separator), separator));
    most.into_iter().rev().max_by_key(|(n, _)| *n).map_or(',', |(_, separator)| separator)
}

fn columns(required: &[&str], optional: &[&str]) -> String {
    let required = required.join(", ");
    if optional.is_empty() {
        required
    } else {
        format!("{required} and, if you like, {}", optional.join(", "))
    }
}

fn unreadable(error: &std::io::Error, path: &toml::Spanned<String>, source: &Source) -> ScenarioError {
    if let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref::<TextError>()) {
        return not_text(error, path, source);
    }
    let name = path.get_ref();
    let problem = match error.kind() {
        std::io::ErrorKind::NotFound => format!("there is no file `{name}`"),
        std::io::ErrorKind::InvalidData => format!("`{name}` is not UTF-8 text"),
        std::io::ErrorKind::IsADirectory => format!("`{name}` is a folder"),
        _ => format!("`{name}` cannot be read: {error}"),
    };
    let remedy = "Paths are relative to the scenario file; tables are CSV in UTF-8.";
    source.error(path.span(), "", problem, remedy)
}

fn not_text(error: &TextError, path: &toml::Spanned<String>, source: &Source) -> ScenarioError {
    let name = path.get_ref();
    match &error.place {
        None => source.error(path.span(), "", format!("`{name}`: {}", error.problem), error.remedy.as_str()),
        Some(place) => place.error(name, error),
    }
}

// Where a field stands on a line: not inside of another.
fn whole_field(text: &str, field: &str, separator: char) -> Option<usize> {
    let apart = |c: Option<char>| c.is_none_or(|c| c == separator || c == '"' || c.is_whitespace());
    let folded = text.to_ascii_lowercase();
    // Names of columns are found however they are written.
    let mut found = text.match_indices(field).chain(folded.match_indices(field)).map(|(at, _)| at);
    found.find(|&at| apart(text[..at].chars().next_back()) && apart(text[at + field.len()..].chars().next()))
}

// Digits with what separates decimals or thousands somewhere.
fn is_like_a_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || ",. '\u{a0}\u{202f}".contains(c))
}

impl Row<'_> {
    /// The line, from 1.
    pub(crate) fn line(&self) -> usize {
        self.line
    }

    /// The text of a column; empty where the column is missing.
    pub(crate) fn get(&self, column: &str) -> &str {
        let idx = self.table.header.iter().position(|name| name == column);
        idx.and_then(|idx| self.fields.get(idx)).map_or("", |field| field.as_ref())
    }

    /// The text of a column that may not be empty.
    pub(crate) fn required(&self, column: &str) -> Result<&str, ScenarioError> {
        let text = self.get(column);
        if text.is_empty() {
            return Err(self.error("", format!("`{column}` is empty"), "Every row needs it."));
        }
        Ok(text)
    }

    /// A date, `None` where the field is empty.
    pub(crate) fn date(&self, column: &str) -> Result<Option<Date>, ScenarioError> {
        let text = self.get(column);
        if text.is_empty() {
            return Ok(None);
        }
        parse_date(text).map(Some).map_err(|error| self.error(text, format!("{column}: {error}"), ""))
    }

    /// A finite number, `missing` where the field is empty.
    pub(crate) fn number(&self, column: &str, missing: f64) -> Result<f64, ScenarioError> {
        let text = self.get(column);
        if text.is_empty() {
            return Ok(missing);
        }
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(number),
            Ok(_) => Err(self.not_finite(column)),
            Err(_) => Err(self.error(
                text,
                format!("{column} `{text}` is not a number"),
                "Write numbers with a decimal point.",
            )),
        }
    }

    /// A finite number, or a category. What is neither for sure, such as `1,5` or `NaN`, is refused.
    pub(crate) fn value(&self, column: &str) -> Result<Value, ScenarioError> {
        let text = self.required(column)?;
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Value::Number(number)),
            Ok(_) => Err(self.not_finite(column)),
            Err(_) if is_like_a_number(text) => Err(self.error(
                text,
                format!("{column} `{text}` is neither a number nor a category"),
                "Write numbers with a decimal point, and nothing between thousands.",
            )),
            Err(_) => Ok(Value::Category(text.to_owned())),
        }
    }

    fn not_finite(&self, column: &str) -> ScenarioError {
        let text = self.get(column);
        if text.contains(|c: char| c.is_ascii_digit()) {
            let problem = format!("{column} `{text}` is too large; numbers go up to 1.8e308");
            return self.error(text, problem, "");
        }
        self.error(
            text,
            format!("{column} `{text}` is not a finite number"),
            "Leave the row out where the number is not known.",
        )
    }

    /// An error on this row, under the text at fault.
    pub(crate) fn error(
        &self,
        at_fault: &str,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) -> ScenarioError {
        self.table.problem(self.line, at_fault, problem, remedy)
    }
}
