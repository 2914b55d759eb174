//! CSV tables that a scenario names.

use crate::error::{Source, shortened};
use crate::{Files, Problem, ScenarioError};
use normwave_network_model::{Date, parse_date};

/// A CSV file in memory, read row by row with messages that name the line.
pub(crate) struct CsvTable {
    name: String,
    text: String,
    header: Vec<String>,
}

/// One row.
pub(crate) struct Row<'t> {
    table: &'t CsvTable,
    line: usize,
    fields: csv::StringRecord,
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
        let text = files.read(name).map_err(|error| {
            let problem = match error.kind() {
                std::io::ErrorKind::NotFound => format!("there is no file `{name}`"),
                std::io::ErrorKind::InvalidData => format!("`{name}` is not UTF-8 text"),
                _ => format!("`{name}` cannot be read: {error}"),
            };
            source.error(
                path.span(),
                "",
                problem,
                "Paths are relative to the scenario file; tables are CSV in UTF-8.",
            )
        })?;
        let text = text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned);
        let mut table = CsvTable { name: name.clone(), text, header: Vec::new() };
        let header = table.reader().headers().cloned().unwrap_or_default();
        table.header = header.iter().map(|column| column.trim().to_lowercase()).collect();
        let expected = || {
            let optional = if optional.is_empty() {
                String::new()
            } else {
                format!(" and, if you like, {}", optional.join(", "))
            };
            format!("The columns are {}{optional}.", required.join(", "))
        };
        if let Some(missing) =
            required.iter().find(|column| !table.header.iter().any(|found| found == *column))
        {
            return Err(table.problem(1, "", format!("there is no column `{missing}`"), expected()));
        }
        let unknown = table
            .header
            .iter()
            .find(|column| !required.contains(&column.as_str()) && !optional.contains(&column.as_str()));
        if let Some(unknown) = unknown {
            return Err(table.problem(1, unknown, format!("unknown column `{unknown}`"), expected()));
        }
        Ok(table)
    }

    fn reader(&self) -> csv::Reader<&[u8]> {
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(self.text.as_bytes())
    }

    /// Calls `each` with every row.
    pub(crate) fn for_each(
        &self,
        mut each: impl FnMut(&Row<'_>) -> Result<(), ScenarioError>,
    ) -> Result<(), ScenarioError> {
        // The reader's own count of lines is one short where lines end as in Windows.
        let (mut line, mut counted) = (1, 0);
        for record in self.reader().records() {
            let record = record.map_err(|error| {
                let line = error.position().map_or(1, |at| usize::try_from(at.line()).unwrap_or(1));
                self.problem(
                    line,
                    "",
                    error.to_string(),
                    "Tables are CSV: commas between fields, one row a line.",
                )
            })?;
            let at = record.position().map_or(counted, |at| usize::try_from(at.byte()).unwrap_or(counted));
            let blank = self.text[at..].bytes().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            line += self.text[counted..at + blank].matches('\n').count();
            counted = at + blank;
            if record.len() != self.header.len() {
                return Err(self.problem(
                    line,
                    "",
                    format!("this row has {} fields, the header has {}", record.len(), self.header.len()),
                    "Give every row one field for each column; quote fields that hold a comma.",
                ));
            }
            each(&Row { table: self, line, fields: record })?;
        }
        Ok(())
    }

    // An error on a line, under the text at fault if it is found there.
    fn problem(
        &self,
        line: usize,
        at_fault: &str,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) -> ScenarioError {
        let text = self.text.lines().nth(line - 1).unwrap_or_default();
        let found = if at_fault.is_empty() { None } else { whole_field(text, at_fault) };
        ScenarioError::At(Box::new(Problem {
            file: self.name.clone(),
            line,
            column: found.map_or(1, |at| text[..at].chars().count() + 1),
            width: found.map_or_else(|| text.chars().count().min(160), |_| at_fault.chars().count()),
            source_line: shortened(text),
            key: String::new(),
            problem: problem.into(),
            remedy: remedy.into(),
        }))
    }
}

// Where a field stands on a line: not inside of another.
fn whole_field(text: &str, field: &str) -> Option<usize> {
    let apart = |c: Option<char>| c.is_none_or(|c| c == ',' || c == '"' || c.is_whitespace());
    let mut found = text.match_indices(field).map(|(at, _)| at);
    found.find(|&at| apart(text[..at].chars().next_back()) && apart(text[at + field.len()..].chars().next()))
}

impl Row<'_> {
    /// The file and the line.
    pub(crate) fn place(&self) -> String {
        format!("{}:{}", self.table.name, self.line)
    }

    /// The text of a column; empty where the column is missing.
    pub(crate) fn get(&self, column: &str) -> &str {
        let idx = self.table.header.iter().position(|name| name == column);
        idx.and_then(|idx| self.fields.get(idx)).unwrap_or_default()
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
            _ => Err(self.error(
                text,
                format!("{column} `{text}` is not a number"),
                "Write numbers with a decimal point.",
            )),
        }
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
