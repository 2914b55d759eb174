//! Reading text files with bounds: how large they may be, how long a line, in which encoding.

use crate::{Problem, ScenarioError};
use std::io::{Error, ErrorKind, Read};
use std::path::Path;

/// Largest scenario file: 16 MiB. Larger data belongs in tables.
pub const MAX_SCENARIO_BYTES: u64 = 16 << 20;

/// Largest table: 256 MiB. Reading one takes about ten times its size in memory.
pub const MAX_TABLE_BYTES: u64 = 256 << 20;

/// Longest line of either: 1 MiB.
pub const MAX_LINE_BYTES: usize = 1 << 20;

/// Why a file is not the text that is wanted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct TextError {
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: String,
    /// Where, if it is wrong at one place.
    pub place: Option<TextPlace>,
}

/// A place in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextPlace {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The line itself, with � for what cannot be shown.
    pub source_line: String,
}

impl TextPlace {
    /// What is wrong at this place of a file, as the errors of scenarios show it.
    pub(crate) fn error(&self, file: &str, error: &TextError) -> ScenarioError {
        let place = (file, self.line, &*self.source_line);
        let span = (self.column - 1, 1);
        ScenarioError::At(Box::new(Problem::new(place, span, "", &error.problem, &error.remedy)))
    }
}

impl TextError {
    fn whole(problem: impl Into<String>, remedy: &str) -> Self {
        TextError { problem: problem.into(), remedy: remedy.to_owned(), place: None }
    }
}

/// Reads a text file of at most `most` bytes in UTF-8, with lines of at most [`MAX_LINE_BYTES`].
///
/// Never more than `most` bytes and one buffer are held in memory, whatever the file is: a file that
/// is too large is refused by its size, and one without a size, such as a pipe, where it exceeds it.
///
/// # Errors
/// What keeps it from being read. If its contents do, a [`TextError`] is inside:
/// `error.get_ref().and_then(|inner| inner.downcast_ref::<TextError>())`.
pub fn read_text(path: &Path, most: u64) -> std::io::Result<String> {
    let wrong = |error: TextError| Error::new(ErrorKind::InvalidData, error);
    let mut file = std::fs::File::open(path)?;
    let about = file.metadata()?;
    if about.is_dir() {
        return Err(Error::from(ErrorKind::IsADirectory));
    }
    let mut bytes = Vec::new();
    let mut buffer = vec![0; 1 << 16];
    let (mut lines, mut on_line) = (1, 0);
    loop {
        let read = match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let new = &buffer[..read];
        if bytes.is_empty() {
            no_other_format(new).map_err(wrong)?;
            if about.len() > most {
                return Err(wrong(too_large(Some(about.len()), most)));
            }
        }
        // A line that ends here, then the one that does not; those between fit the buffer.
        let first = new.iter().position(|&byte| byte == b'\n');
        if on_line + first.unwrap_or(read) > MAX_LINE_BYTES {
            return Err(wrong(too_long(lines)));
        }
        lines += new.iter().filter(|&&byte| byte == b'\n').count();
        on_line = match new.iter().rposition(|&byte| byte == b'\n') {
            Some(last) => read - last - 1,
            None => on_line + read,
        };
        bytes.extend_from_slice(new);
        if bytes.len() as u64 > most {
            return Err(wrong(too_large(None, most)));
        }
    }
    text_of(bytes).map_err(wrong)
}

/// The text of some bytes: UTF-8 without NUL bytes, with lines of at most [`MAX_LINE_BYTES`].
///
/// # Errors
/// [`TextError`] with the place of the first byte that does not fit.
pub fn text_of(bytes: Vec<u8>) -> Result<String, TextError> {
    no_other_format(&bytes)?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        not_utf8(error.as_bytes(), at)
    })?;
    check_lines(&text)?;
    Ok(text)
}

/// Refuses what [`read_text`] refuses, in a text that is in memory.
pub(crate) fn check_text(text: &str, most: u64) -> Result<(), TextError> {
    if text.len() as u64 > most {
        return Err(too_large(Some(text.len() as u64), most));
    }
    check_lines(text)
}

fn check_lines(text: &str) -> Result<(), TextError> {
    if let Some(at) = text.bytes().position(|byte| byte == 0) {
        return Err(TextError {
            problem: "there is a NUL byte, so that this is no plain text".to_owned(),
            remedy: "If the file is text in UTF-16, save it as UTF-8; else remove the byte.".to_owned(),
            place: Some(place(text.as_bytes(), at)),
        });
    }
    match text.split('\n').position(|line| line.len() > MAX_LINE_BYTES) {
        Some(before) => Err(too_long(before + 1)),
        None => Ok(()),
    }
}

fn too_large(bytes: Option<u64>, most: u64) -> TextError {
    let size = bytes.map_or_else(|| "more than that".to_owned(), |bytes| format!("{} MiB", bytes >> 20));
    TextError::whole(
        format!("the file is too large: {size}, where {} MiB are read at most", most >> 20),
        "Put ties and attributes of a scenario into tables of their own; keep only the rows and years of a table \
         that the scenario needs, or split a layer in two.",
    )
}

fn too_long(line: usize) -> TextError {
    TextError::whole(
        format!("line {line} is longer than {} MiB", MAX_LINE_BYTES >> 20),
        "Text files have short lines; check that this is the file you mean, and that its lines end with LF or CRLF.",
    )
}

fn not_utf8(bytes: &[u8], at: usize) -> TextError {
    let bad = bytes[at];
    let guess = match bad {
        0x80..=0x9f => "probably the file is in Windows-1252".to_owned(),
        0xa0.. => {
            format!("probably the file is in Latin-1 or Windows-1252, where it is `{}`", char::from(bad))
        }
        _ => "the file is cut short, or no text".to_owned(),
    };
    TextError {
        problem: format!("byte 0x{bad:02X} is not UTF-8; {guess}"),
        remedy: "Save the file as UTF-8; a spreadsheet offers \"CSV UTF-8\".".to_owned(),
        place: Some(place(bytes, at)),
    }
}

fn place(bytes: &[u8], at: usize) -> TextPlace {
    let start = bytes[..at].iter().rposition(|&byte| byte == b'\n').map_or(0, |before| before + 1);
    let end = bytes[at..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |after| at + after);
    TextPlace {
        line: bytes[..at].iter().filter(|&&byte| byte == b'\n').count() + 1,
        column: String::from_utf8_lossy(&bytes[start..at]).chars().count() + 1,
        source_line: String::from_utf8_lossy(&bytes[start..end]).trim_end().to_owned(),
    }
}

// What files begin with that are often given in place of text.
fn no_other_format(bytes: &[u8]) -> Result<(), TextError> {
    let csv = "Open it in a spreadsheet and save the sheet as \"CSV UTF-8\".";
    let utf8 = "Save it as UTF-8; a spreadsheet offers \"CSV UTF-8\".";
    let text = "Give a text file in UTF-8.";
    let formats: [(&[u8], &str, &str); 13] = [
        (b"PK\x03\x04", "a zip archive, such as an Excel or LibreOffice sheet", csv),
        (b"\xd0\xcf\x11\xe0", "an old Excel or Word file", csv),
        (b"\xff\xfe", "text in UTF-16", utf8),
        (b"\xfe\xff", "text in UTF-16", utf8),
        (b"\x1f\x8b", "compressed with gzip", "Unpack it first."),
        (b"%PDF", "a PDF", text),
        (b"\x89PNG", "a PNG image", text),
        (b"\xff\xd8\xff", "a JPEG image", text),
        (b"GIF8", "a GIF image", text),
        (b"SQLite format 3", "an SQLite database", text),
        (b"PAR1", "a Parquet file", text),
        (b"\x7fELF", "a program", text),
        (b"RDX", "an R data file", text),
    ];
    match formats.into_iter().find(|(begin, _, _)| bytes.starts_with(begin)) {
        Some((_, what, remedy)) => Err(TextError::whole(format!("this is {what}, not plain text"), remedy)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8]) -> TextError {
        text_of(bytes.to_vec()).unwrap_err()
    }

    #[test]
    fn the_first_bad_byte_is_named_with_its_place_and_a_guess_at_the_encoding() {
        let error = refused(b"id,name\nCIV,C\xf4te d'Ivoire\nAUT,\xd6sterreich\n");
        assert_eq!(
            error.to_string(),
            "byte 0xF4 is not UTF-8; probably the file is in Latin-1 or Windows-1252, where it is `ô`"
        );
        let source_line = "CIV,C\u{fffd}te d'Ivoire".to_owned();
        assert_eq!(error.place, Some(TextPlace { line: 2, column: 6, source_line }));
        let error = refused(b"CIV,C\x93te");
        assert!(error.problem.ends_with("probably the file is in Windows-1252"), "{error}");
    }

    #[test]
    fn columns_count_characters_and_not_bytes() {
        let error = refused("Österreich,Öl\0".as_bytes());
        assert_eq!(error.problem, "there is a NUL byte, so that this is no plain text");
        assert_eq!(error.place.map(|place| (place.line, place.column)), Some((1, 14)));
    }

    #[test]
    fn files_of_other_formats_are_recognised() {
        for (bytes, what) in [
            (
                &b"PK\x03\x04\x14"[..],
                "this is a zip archive, such as an Excel or LibreOffice sheet, not plain text",
            ),
            (b"\xff\xfei\0d\0", "this is text in UTF-16, not plain text"),
            (b"\x89PNG\r\n\x1a\n", "this is a PNG image, not plain text"),
        ] {
            assert_eq!(refused(bytes).problem, what);
        }
    }

    #[test]
    fn a_line_of_a_megabyte_is_read_and_one_byte_more_is_not() {
        let long = "a".repeat(MAX_LINE_BYTES);
        assert!(text_of(format!("id\n{long}\n").into_bytes()).is_ok());
        let error = refused(format!("id\n{long}a\n").as_bytes());
        assert_eq!(error.problem, "line 2 is longer than 1 MiB");
    }

    // A directory of its own under the system's temporary one, gone at the end.
    fn with_file(name: &str, write: impl FnOnce(&std::fs::File), test: impl FnOnce(&Path)) {
        let path = std::env::temp_dir().join(format!("normwave-{}-{name}", std::process::id()));
        write(&std::fs::File::create(&path).unwrap());
        test(&path);
        std::fs::remove_file(&path).unwrap();
    }

    fn inside(error: &Error) -> &TextError {
        error.get_ref().and_then(|inner| inner.downcast_ref()).unwrap()
    }

    #[test]
    fn a_file_of_many_gigabytes_is_refused_by_its_size() {
        // The file has holes: it takes no space.
        with_file(
            "huge",
            |file| file.set_len(50 << 30).unwrap(),
            |path| {
                let error = read_text(path, MAX_TABLE_BYTES).unwrap_err();
                assert_eq!(
                    inside(&error).problem,
                    "the file is too large: 51200 MiB, where 256 MiB are read at most"
                );
            },
        );
    }

    #[test]
    fn a_line_that_does_not_end_is_refused_before_the_file_is_read() {
        with_file(
            "line",
            |file| file.set_len(200 << 20).unwrap(),
            |path| {
                let error = read_text(path, MAX_TABLE_BYTES).unwrap_err();
                assert_eq!(inside(&error).problem, "line 1 is longer than 1 MiB");
            },
        );
    }

    #[test]
    fn lines_are_counted_across_buffers() {
        use std::io::Write;
        let write = |mut file: &std::fs::File| {
            for _ in 0..20_000 {
                file.write_all(b"USA,GBR,1\n").unwrap();
            }
            file.write_all(&vec![b'x'; MAX_LINE_BYTES + 1]).unwrap();
        };
        with_file("buffers", write, |path| {
            let error = read_text(path, MAX_TABLE_BYTES).unwrap_err();
            assert_eq!(inside(&error).problem, "line 20001 is longer than 1 MiB");
        });
    }

    #[test]
    fn a_folder_is_no_text() {
        let error = read_text(&std::env::temp_dir(), MAX_TABLE_BYTES).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::IsADirectory);
    }
}
