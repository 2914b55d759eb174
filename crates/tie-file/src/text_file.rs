//! CSV and tab-separated text, read in one pass with bounded buffers.

use crate::format::{Columns, Watch, tell};
use crate::header::check_size;
use crate::names::Names;
use crate::{Direction, TieFileError, TieTable};
use std::fs::File;
use std::io::{BufWriter, ErrorKind, Read, Write};
use std::path::Path;

const CHUNK: usize = 4 << 20;

/// Longest line.
const LONGEST: usize = 1 << 20;

/// Reads a text whose first line names the columns; without a separator, the first line tells it.
pub(crate) fn read(
    path: &Path,
    separator: Option<u8>,
    columns: &Columns,
    direction: Direction,
    watch: &mut Watch<'_>,
) -> Result<TieTable, TieFileError> {
    let io = |error: std::io::Error| TieFileError::io(&error);
    let mut file = File::open(path).map_err(io)?;
    let size = file.metadata().map_err(io)?.len();
    let mut rows = Rows::new(separator, columns);
    let mut buffer = vec![0u8; CHUNK + LONGEST];
    // Bytes of a line that has begun, at the start of the buffer.
    let mut kept = 0;
    let mut done = 0u64;
    loop {
        let read = match file.read(&mut buffer[kept..kept + CHUNK]) {
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(io(error)),
        };
        if done == 0 {
            no_other_format(&buffer[..read])?;
        }
        done += read as u64;
        let filled = kept + read;
        let mut begin = 0;
        for end in memchr::memchr_iter(b'\n', &buffer[..filled]) {
            rows.line(&buffer[begin..end])?;
            begin = end + 1;
        }
        if read == 0 {
            if begin < filled {
                rows.line(&buffer[begin..filled])?;
            }
            break;
        }
        kept = filled - begin;
        if kept > LONGEST {
            return Err(rows.refuse(
                "this line is longer than 1 MiB",
                "Check that this is the file you mean, and that its lines end with LF or CRLF.",
            ));
        }
        buffer.copy_within(begin..filled, 0);
        tell(watch, done, size)?;
    }
    rows.table(direction)
}

/// Reads a text that is in memory; its first line tells the separator.
pub(crate) fn parse(text: &[u8], columns: &Columns) -> Result<TieTable, TieFileError> {
    let mut rows = Rows::new(None, columns);
    let mut begin = 0;
    for end in memchr::memchr_iter(b'\n', text) {
        rows.line(&text[begin..end])?;
        begin = end + 1;
    }
    if begin < text.len() {
        rows.line(&text[begin..])?;
    }
    rows.table(Direction::Directed)
}

// Reads rows into a table.
struct Rows<'c> {
    separator: Option<u8>,
    wanted: &'c Columns,
    // The number of columns, and where those that count are; `None` before the header.
    columns: Option<(usize, crate::format::Found)>,
    no: u64,
    names: Names,
    pairs: Vec<(u32, u32)>,
    // Only once one is not 1; of all pairs then.
    strengths: Option<Vec<f64>>,
    // Reused.
    fields: Vec<(usize, usize)>,
}

impl<'c> Rows<'c> {
    fn new(separator: Option<u8>, wanted: &'c Columns) -> Self {
        Rows {
            separator,
            wanted,
            columns: None,
            no: 0,
            names: Names::default(),
            pairs: Vec::new(),
            strengths: None,
            fields: Vec::new(),
        }
    }

    fn refuse(&self, problem: impl Into<String>, remedy: impl Into<String>) -> TieFileError {
        // A line that is being read was counted; the one that is too long was not.
        TieFileError::Row {
            place: "line",
            no: self.no.max(1),
            problem: problem.into(),
            remedy: remedy.into(),
        }
    }

    fn line(&mut self, line: &[u8]) -> Result<(), TieFileError> {
        self.no += 1;
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.iter().all(u8::is_ascii_whitespace) {
            return Ok(());
        }
        let Some((n_columns, found)) = self.columns else { return self.header(line) };
        let separator = self.separator.unwrap_or(b',');
        if line.contains(&b'"') {
            let fields = unquoted(line, separator).map_err(|problem| {
                self.refuse(
                    problem,
                    "Close each quote on its line; write \"\" for a quote inside of a quoted field.",
                )
            })?;
            self.check_number(fields.len(), n_columns)?;
            let field = |place: usize| fields.get(place).map_or(&b""[..], Vec::as_slice);
            return self.tie(field(found.0), field(found.1), found.2.map(field));
        }
        let mut fields = std::mem::take(&mut self.fields);
        fields.clear();
        let mut begin = 0;
        for (at, &byte) in line.iter().enumerate() {
            if byte == separator {
                fields.push((begin, at));
                begin = at + 1;
            }
        }
        fields.push((begin, line.len()));
        self.check_number(fields.len(), n_columns)?;
        let field = |place: usize| fields.get(place).map_or(&b""[..], |&(a, b)| line[a..b].trim_ascii());
        self.tie(field(found.0), field(found.1), found.2.map(field))?;
        self.fields = fields;
        Ok(())
    }

    fn check_number(&self, n: usize, expected: usize) -> Result<(), TieFileError> {
        if n == expected {
            return Ok(());
        }
        Err(self.refuse(
            format!("this row has {n} fields, the header has {expected}"),
            "Give every row one field for each column; quote fields that hold the separator.",
        ))
    }

    fn header(&mut self, line: &[u8]) -> Result<(), TieFileError> {
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        let text = std::str::from_utf8(line)
            .map_err(|_| self.refuse("the names of the columns are not UTF-8", "Save the file as UTF-8."))?;
        let separator = self.separator.unwrap_or_else(|| {
            let wanted = [&self.wanted.from, &self.wanted.to];
            let found = |separator: u8| {
                let names = unquoted(text.as_bytes(), separator).unwrap_or_default();
                wanted
                    .iter()
                    .filter(|name| names.iter().any(|n| n.eq_ignore_ascii_case(name.as_bytes())))
                    .count()
            };
            [b'\t', b';', b','].into_iter().max_by_key(|&separator| found(separator)).unwrap_or(b',')
        });
        let names = unquoted(text.as_bytes(), separator)
            .map_err(|problem| self.refuse(problem, "Close each quote on its line."))?;
        let names: Vec<String> =
            names.into_iter().map(|name| String::from_utf8_lossy(&name).into_owned()).collect();
        self.columns = Some((names.len(), self.wanted.find(&names)?));
        self.separator = Some(separator);
        Ok(())
    }

    fn tie(&mut self, from: &[u8], to: &[u8], strength: Option<&[u8]>) -> Result<(), TieFileError> {
        let from = self.names.place(from).map_err(|error| self.at_row(&error))?;
        let to = self.names.place(to).map_err(|error| self.at_row(&error))?;
        if from == to {
            let error = TieFileError::SelfTie { id: self.names.id(from) };
            return Err(self.at_row(&error));
        }
        let strength = match strength {
            None | Some(b"" | b"1") => 1.0,
            Some(text) => self.strength(text)?,
        };
        #[expect(clippy::float_cmp, reason = "exactly 1 needs no room")]
        if strength != 1.0 && self.strengths.is_none() {
            self.strengths = Some(vec![1.0; self.pairs.len()]);
        }
        check_size(0, self.pairs.len() as u64 + 1)?;
        self.pairs.push((from, to));
        if let Some(strengths) = &mut self.strengths {
            strengths.push(strength);
        }
        Ok(())
    }

    fn at_row(&self, error: &TieFileError) -> TieFileError {
        match error {
            TieFileError::TooLarge { .. } => error.clone(),
            _ => self.refuse(error.to_string(), error.remedy()),
        }
    }

    fn strength(&self, text: &[u8]) -> Result<f64, TieFileError> {
        let shown = String::from_utf8_lossy(text);
        match shown.parse::<f64>() {
            Ok(strength) if strength.is_finite() && strength >= 0.0 => Ok(strength),
            Ok(strength) if strength < 0.0 => Err(self.refuse(
                format!("strength {shown} is negative; strengths are 0 or more"),
                "To model opposition, give the sender advocacy for position 0.",
            )),
            Ok(_) => Err(self.refuse(
                format!("strength {shown} is not a finite number"),
                "Leave the row out where the strength is not known.",
            )),
            Err(_) => Err(self.refuse(
                format!("strength `{}` is not a number", shown.escape_debug()),
                "Write numbers with a decimal point.",
            )),
        }
    }

    fn table(self, direction: Direction) -> Result<TieTable, TieFileError> {
        if self.columns.is_none() {
            let remedy =
                format!("Its first line names the columns: {}, {}.", self.wanted.from, self.wanted.to);
            return Err(TieFileError::Columns { problem: "the file is empty".to_owned(), remedy });
        }
        TieTable::of_names(self.names, direction, self.pairs, self.strengths)
    }
}

// The fields of a line, of which some may stand in quotes.
fn unquoted(line: &[u8], separator: u8) -> Result<Vec<Vec<u8>>, &'static str> {
    let mut fields = Vec::new();
    let mut rest = line;
    loop {
        let blank = rest.iter().take_while(|&&byte| byte == b' ' || (byte == b'\t' && separator != b'\t'));
        let begun = &rest[blank.count()..];
        let after = match begun.strip_prefix(b"\"") {
            None => {
                let end = memchr::memchr(separator, rest).unwrap_or(rest.len());
                fields.push(rest[..end].trim_ascii().to_vec());
                &rest[end..]
            }
            Some(mut quoted) => {
                let mut field = Vec::new();
                loop {
                    let end = memchr::memchr(b'"', quoted)
                        .ok_or("a quote is opened on this line and not closed")?;
                    field.extend_from_slice(&quoted[..end]);
                    quoted = &quoted[end + 1..];
                    match quoted.strip_prefix(b"\"") {
                        Some(more) => {
                            field.push(b'"');
                            quoted = more;
                        }
                        None => break,
                    }
                }
                let end = memchr::memchr(separator, quoted).unwrap_or(quoted.len());
                if !quoted[..end].trim_ascii().is_empty() {
                    return Err("there is text after a closing quote");
                }
                fields.push(field.trim_ascii().to_vec());
                &quoted[end..]
            }
        };
        match after.split_first() {
            None => return Ok(fields),
            Some((_, more)) => rest = more,
        }
    }
}

// What is often given in place of text.
fn no_other_format(begin: &[u8]) -> Result<(), TieFileError> {
    let known: [(&[u8], &str, &str); 7] = [
        (b"PAR1", "a Parquet file", "Name it .parquet."),
        (b"\x8aties", "a tie file", "Name it .ties."),
        (b"PK\x03\x04", "a zip archive, such as an Excel sheet", "Unpack it, or save it as \"CSV UTF-8\"."),
        (b"\x1f\x8b", "compressed with gzip", "Unpack it first."),
        (b"\x28\xb5\x2f\xfd", "compressed with zstd", "Unpack it first."),
        (b"\xff\xfe", "text in UTF-16", "Save it as UTF-8."),
        (b"\xfe\xff", "text in UTF-16", "Save it as UTF-8."),
    ];
    match known.iter().find(|(magic, _, _)| begin.starts_with(magic)) {
        None => Ok(()),
        Some((_, what, remedy)) => Err(TieFileError::Columns {
            problem: format!("this is {what}, not plain text"),
            remedy: (*remedy).to_owned(),
        }),
    }
}

/// Writes a row for each direction of every tie.
pub(crate) fn write(
    file: &mut File,
    table: &TieTable,
    separator: u8,
    columns: &Columns,
    watch: &mut Watch<'_>,
) -> Result<(), TieFileError> {
    let io = |error: std::io::Error| TieFileError::io(&error);
    let mut out = BufWriter::with_capacity(1 << 20, file);
    let mut line = Vec::new();
    put_field(&mut line, &columns.from, separator);
    line.push(separator);
    put_field(&mut line, &columns.to, separator);
    if table.has_strengths() {
        line.push(separator);
        put_field(&mut line, columns.strength_name(), separator);
    }
    line.push(b'\n');
    // Ids as they are written; of numbered actors there may be none.
    let fields: Vec<Vec<u8>> = (0..table.n_actors())
        .map(|actor| {
            let mut field = Vec::new();
            put_field(&mut field, &table.id(actor), separator);
            field
        })
        .collect();
    for (no, (from, to, strength)) in (0u64..).zip(table.directed_ties()) {
        line.extend_from_slice(&fields[from as usize]);
        line.push(separator);
        line.extend_from_slice(&fields[to as usize]);
        if table.has_strengths() {
            line.push(separator);
            write!(line, "{strength}").map_err(io)?;
        }
        line.push(b'\n');
        if line.len() > 1 << 16 {
            out.write_all(&line).map_err(io)?;
            line.clear();
            tell(watch, no.min(table.n_ties() as u64), table.n_ties() as u64)?;
        }
    }
    out.write_all(&line).and_then(|()| out.flush()).map_err(io)
}

fn put_field(line: &mut Vec<u8>, text: &str, separator: u8) {
    if text.bytes().any(|byte| byte == separator || byte == b'"') {
        line.push(b'"');
        line.extend_from_slice(text.replace('"', "\"\"").as_bytes());
        line.push(b'"');
    } else {
        line.extend_from_slice(text.as_bytes());
    }
}

/// Writes bytes piece by piece.
pub(crate) fn write_bytes(file: &mut File, bytes: &[u8], watch: &mut Watch<'_>) -> Result<(), TieFileError> {
    let mut done = 0;
    for piece in bytes.chunks(CHUNK) {
        file.write_all(piece).map_err(|error| TieFileError::io(&error))?;
        done += piece.len() as u64;
        tell(watch, done, bytes.len() as u64)?;
    }
    file.flush().map_err(|error| TieFileError::io(&error))
}
