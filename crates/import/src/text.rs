//! The reader that all text files share.
//!
//! Commas, tabs or semicolons, whatever the extension says; a byte order mark; quoted fields that
//! go over line ends; UTF-8, or Windows' Western European where it is not. Rows come one by one, so
//! that a file of 300 MB takes no more memory than its longest row.

use crate::ImportError;
use crate::error::{did_you_mean, some_of};
use std::borrow::Cow;
use std::fs::File;
use std::io::{BufReader, Cursor, Read};
use std::path::Path;

// A quoted field that is longer was most likely never closed.
const MOST_LINES_OF_A_ROW: u64 = 500;

/// A text file with a header, row by row.
pub struct TextFile {
    path: String,
    header: Vec<String>,
    reader: csv::Reader<Box<dyn Read>>,
    record: csv::ByteRecord,
    // The library counts line feeds. Behind a row it has seen the one that ends it, unless a carriage
    // return stands before.
    seen: u64,
    separator: u8,
    has_mark: bool,
    n_rows: usize,
}

impl TextFile {
    /// Opens a file and reads its header.
    ///
    /// # Errors
    /// [`ImportError`] if it cannot be read, or is no text.
    pub fn open(path: &Path) -> Result<Self, ImportError> {
        let shown = path.display().to_string();
        let file = File::open(path).map_err(|error| io(&shown, &error))?;
        TextFile::new(shown, Box::new(BufReader::with_capacity(1 << 16, file)))
    }

    /// Reads from anything; `path` is what errors call it.
    pub(crate) fn new(path: String, mut source: Box<dyn Read>) -> Result<Self, ImportError> {
        let mut head = Vec::new();
        source.by_ref().take(1 << 16).read_to_end(&mut head).map_err(|error| io(&path, &error))?;
        check_kind(&path, &head)?;
        let has_mark = head.starts_with(b"\xEF\xBB\xBF");
        let start = if has_mark { 3 } else { 0 };
        let separator = separator_of(&head[start..]);
        let windows = head.windows(2).any(|two| two == b"\r\n");
        // The last row has a line end, too.
        let end: &[u8] = if windows { b"\r\n" } else { b"\n" };
        let text = Cursor::new(head.split_off(start)).chain(source).chain(end);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .has_headers(true)
            .from_reader(Box::new(text) as Box<dyn Read>);
        let header = reader.byte_headers().map_err(|error| said(&path, &error))?;
        let header: Vec<String> = header.iter().map(|name| text_of(name).trim().to_owned()).collect();
        if header.iter().all(String::is_empty) {
            return Err(ImportError::file(&path, "the file is empty", "A header and rows are needed."));
        }
        let record = csv::ByteRecord::new();
        Ok(TextFile {
            path,
            header,
            reader,
            record,
            seen: u64::from(!windows),
            separator,
            has_mark,
            n_rows: 0,
        })
    }

    /// What errors call the file.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The names of the columns as they are written.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The column of a name, in capitals or not, if there is one.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column.eq_ignore_ascii_case(name))
    }

    /// The column of a name, in capitals or not.
    ///
    /// # Errors
    /// [`ImportError::File`] if there is none.
    pub fn column(&self, name: &str) -> Result<usize, ImportError> {
        self.find(name).ok_or_else(|| {
            let near = did_you_mean(name, self.header.iter().map(String::as_str));
            ImportError::file(
                &self.path,
                format!("there is no column `{name}`{near}"),
                format!("Columns: {}.", some_of(&self.header, 40)),
            )
        })
    }

    /// How many rows were read so far.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.n_rows
    }

    /// What is noteworthy about the way in which the file is written.
    pub(crate) fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        match self.separator {
            b'\t' => remarks.push("the columns are separated by tabs".to_owned()),
            b';' => remarks.push("the columns are separated by semicolons".to_owned()),
            _ => {}
        }
        if self.has_mark {
            remarks.push("the file begins with a byte order mark, which was passed over".to_owned());
        }
        remarks
    }

    /// The next row, if there is one. Rows whose fields are all empty are passed over.
    ///
    /// # Errors
    /// [`ImportError`] if the file cannot be read further, or a row has more fields than the header.
    #[expect(clippy::should_implement_trait, reason = "a row borrows from its file")]
    pub fn next(&mut self) -> Result<Option<Row<'_>>, ImportError> {
        loop {
            if !self.reader.read_byte_record(&mut self.record).map_err(|error| said(&self.path, &error))? {
                return Ok(None);
            }
            if self.record.iter().any(|field| !field.trim_ascii().is_empty()) {
                break;
            }
        }
        let inside = self.record.as_slice().iter().filter(|&&byte| byte == b'\n').count() as u64;
        let line = (self.reader.position().line() - self.seen).saturating_sub(inside);
        if inside > MOST_LINES_OF_A_ROW {
            // The file may end inside of the row, so that nothing ends it.
            let line = self.record.position().map_or(0, csv::Position::line) + (1 - self.seen);
            return Err(ImportError::row(
                &self.path,
                line,
                format!("this row goes over {inside} lines"),
                "A quotation mark was most likely not closed: close it, or double it if it is meant.",
            ));
        }
        if self.record.len() > self.header.len()
            && self.record.iter().skip(self.header.len()).any(|field| !field.is_empty())
        {
            return Err(ImportError::row(
                &self.path,
                line,
                format!("the row has {} fields, and the header {}", self.record.len(), self.header.len()),
                "Quote fields that contain the separator.",
            ));
        }
        self.n_rows += 1;
        Ok(Some(Row { record: &self.record, path: &self.path, line }))
    }
}

impl std::fmt::Debug for TextFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TextFile").field("path", &self.path).field("header", &self.header).finish()
    }
}

/// One row of a text file.
#[derive(Clone, Copy, Debug)]
pub struct Row<'f> {
    record: &'f csv::ByteRecord,
    path: &'f str,
    line: u64,
}

impl<'f> Row<'f> {
    /// The line on which it begins.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.line
    }

    /// A field without the spaces around it; empty where the row is short.
    #[must_use]
    pub fn get(&self, column: usize) -> Cow<'f, str> {
        text_of(self.record.get(column).unwrap_or_default().trim_ascii())
    }

    /// A number, or nothing where the field is empty, `.`, `NA` or one of the codes that say so.
    ///
    /// # Errors
    /// [`ImportError::Row`] if it is something else.
    pub fn number(&self, column: usize, missing: &[f64]) -> Result<Option<f64>, ImportError> {
        let text = self.get(column);
        if is_blank(&text) {
            return Ok(None);
        }
        match text.parse::<f64>() {
            Ok(number) if missing.iter().any(|code| (number - code).abs() < 1e-9) => Ok(None),
            Ok(number) if number.is_finite() => Ok(Some(number)),
            _ => Err(self.error(format!("`{text}` is no number"), "Write numbers with a decimal point.")),
        }
    }

    /// A year, or nothing where there is none.
    ///
    /// # Errors
    /// [`ImportError::Row`] if it is something else than a whole number below 3000.
    pub fn year(&self, column: usize) -> Result<Option<i16>, ImportError> {
        let year = self.number(column, &[-9.0, -8.0, -1.0])?;
        #[expect(clippy::cast_possible_truncation, reason = "it is below 3000")]
        match year {
            None => Ok(None),
            Some(year) if (0.0..3000.0).contains(&year) && year.fract() < 1e-9 => Ok(Some(year as i16)),
            Some(year) => Err(self.error(format!("`{year}` is no year"), "")),
        }
    }

    /// That this row is wrong.
    pub fn error(&self, problem: impl Into<String>, remedy: impl Into<String>) -> ImportError {
        ImportError::row(self.path, self.line, problem, remedy)
    }
}

/// UTF-8 if it is, else each byte as the letter it has in Latin-1.
fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().map(|&byte| char::from(byte)).collect()),
    }
}

fn io(path: &str, error: &std::io::Error) -> ImportError {
    ImportError::Io { path: path.to_owned(), reason: error.to_string() }
}

fn said(path: &str, error: &csv::Error) -> ImportError {
    match error.kind() {
        csv::ErrorKind::Io(error) => io(path, error),
        _ => ImportError::file(path, error.to_string(), ""),
    }
}

// What is no text at all.
fn check_kind(path: &str, head: &[u8]) -> Result<(), ImportError> {
    let (what, remedy) = if head.is_empty() {
        ("the file is empty", "A header and rows are needed.")
    } else if head.starts_with(b"PK\x03\x04") {
        ("this is a spreadsheet or another zipped file, and no text", "Save the sheet as CSV.")
    } else if head.starts_with(b"\x1F\x8B") {
        ("this file is compressed", "Unpack it with gunzip first.")
    } else if head.starts_with(b"PAR1") {
        ("this is a Parquet file, and no text", "Write it as CSV.")
    } else if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        ("the text is in UTF-16", "Save it as UTF-8, which spreadsheets call `CSV UTF-8`.")
    } else if head.starts_with(b"<stata_dta>") || head.starts_with(b"RDX") {
        ("this is a file of a statistics program, and no text", "Write it as CSV there.")
    } else if head.contains(&0) {
        ("this is no text", "Give a CSV or TSV file.")
    } else {
        return Ok(());
    };
    Err(ImportError::file(path, what, remedy))
}

// The sign that cuts the header into most fields.
fn separator_of(head: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b'\t', 0), (b';', 0)];
    let mut quoted = false;
    for &byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if !quoted => {
                if let Some(count) = counts.iter_mut().find(|count| count.0 == byte) {
                    count.1 += 1;
                }
            }
            _ => {}
        }
    }
    // The first of equals.
    counts.iter().rev().max_by_key(|count| count.1).map_or(b',', |count| count.0)
}

/// Whether a field says that the value is not known.
pub(crate) fn is_blank(text: &str) -> bool {
    matches!(text, "" | "." | "-" | "NA" | "N/A" | "n/a" | "na" | "NaN" | "nan" | "NULL" | "null" | "None")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(bytes: &[u8]) -> Result<TextFile, ImportError> {
        TextFile::new("t.csv".to_owned(), Box::new(Cursor::new(bytes.to_vec())))
    }

    fn rows(bytes: &[u8]) -> Vec<(u64, Vec<String>)> {
        let mut file = open(bytes).unwrap();
        let n = file.header().len();
        let mut rows = Vec::new();
        while let Some(row) = file.next().unwrap() {
            rows.push((row.line(), (0..n).map(|column| row.get(column).into_owned()).collect()));
        }
        rows
    }

    #[test]
    fn commas_tabs_and_semicolons_are_told_from_the_header() {
        for text in ["a,b\n1,2\n", "a\tb\n1\t2\n", "a;b\n1;2\n", "\u{feff}a,b\n1, 2 \n", "\"a,;\";b\n1;2"] {
            assert_eq!(rows(text.as_bytes()), [(2, vec!["1".to_owned(), "2".to_owned()])], "{text:?}");
        }
    }

    #[test]
    fn lines_are_counted_alike_under_both_line_ends() {
        for end in ["\n", "\r\n"] {
            let text = ["a,b", "1,\"x", "y\"", "2,z", "", "3,w"].join(end);
            let lines: Vec<u64> = rows(text.as_bytes()).into_iter().map(|row| row.0).collect();
            assert_eq!(lines, [2, 4, 6], "{end:?}");
        }
    }

    #[test]
    fn what_is_not_utf_8_is_read_as_latin_1() {
        assert_eq!(rows(b"name\nC\xF4te d'Ivoire\n")[0].1, ["Côte d'Ivoire"]);
    }

    #[test]
    fn a_quote_that_is_not_closed_does_not_swallow_the_file() {
        let text = format!("a,b\n1,\"x\n{}", "2,y\n".repeat(1000));
        let mut file = open(text.as_bytes()).unwrap();
        let error = file.next().unwrap_err().to_string();
        assert!(error.starts_with("t.csv:2: this row goes over"), "{error}");
    }

    #[test]
    fn what_is_no_text_is_named_for_what_it_is() {
        let problem = |bytes: &[u8]| open(bytes).unwrap_err().to_string();
        assert!(problem(b"PK\x03\x04...").contains("spreadsheet"));
        assert!(problem(b"\x1F\x8B\x08").contains("compressed"));
        assert!(problem(b"").contains("empty"));
        assert!(problem(b"\xFF\xFEa\0").contains("UTF-16"));
    }
}
