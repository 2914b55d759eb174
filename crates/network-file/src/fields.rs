//! Lines of text and the fields in them.

use crate::FileError;
use crate::place::Source;

/// A line, without its end, and where it begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'t> {
    pub(crate) text: &'t str,
    pub(crate) at: usize,
}

/// The lines of a text.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> + Clone {
    let mut at = 0;
    text.split_inclusive('\n').map(move |whole| {
        let line = Line { text: whole.trim_end_matches(['\n', '\r']), at };
        at += whole.len();
        line
    })
}

/// A field, whether it stood in quotes, and where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) text: String,
    pub(crate) quoted: bool,
    pub(crate) at: usize,
}

/// How a quote is written inside of quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quotes {
    /// Twice, as in CSV.
    Doubled,
    /// After a backslash, as in Pajek; a backslash, too.
    Escaped,
}

const OPEN: &str = "Close each quote on its line.";

/// Longest line, in bytes: its fields take some forty times as much memory.
const LONGEST: usize = 16 << 20;

fn not_too_long(source: &Source<'_>, line: Line<'_>) -> Result<(), FileError> {
    if line.text.len() <= LONGEST {
        return Ok(());
    }
    let problem = format!("this line is longer than {} MiB", LONGEST >> 20);
    Err(source.wrong(
        line.at,
        problem,
        "Check that this is the file you mean, and that its lines end with LF or CRLF.",
    ))
}

/// The fields of a line between single separators, as in CSV. Spaces around them are cut off.
pub(crate) fn separated(
    source: &Source<'_>,
    line: Line<'_>,
    separator: char,
) -> Result<Vec<Field>, FileError> {
    not_too_long(source, line)?;
    let mut fields = Vec::new();
    let mut rest = line.text;
    let is_blank = |c: char| c.is_whitespace() && c != separator;
    loop {
        let begun = rest.trim_start_matches(is_blank);
        let at = line.at + (line.text.len() - begun.len());
        let after = if begun.starts_with('"') {
            let (text, after) = quoted(source, begun, at, Quotes::Doubled)?;
            let after = after.trim_start_matches(is_blank);
            if !after.is_empty() && !after.starts_with(separator) {
                return Err(source.wrong(
                    at,
                    "there is text after a closing quote",
                    "Write \"\" for a quote inside of quotes.",
                ));
            }
            fields.push(Field { text, quoted: true, at });
            after
        } else {
            let end = begun.find(separator).unwrap_or(begun.len());
            fields.push(Field { text: begun[..end].trim_end().to_owned(), quoted: false, at });
            &begun[end..]
        };
        match after.strip_prefix(separator) {
            Some(more) => rest = more,
            None => return Ok(fields),
        }
    }
}

/// The fields of a line between any number of spaces, tabs or these.
pub(crate) fn words(
    source: &Source<'_>,
    line: Line<'_>,
    more: &[char],
    quotes: Quotes,
) -> Result<Vec<Field>, FileError> {
    not_too_long(source, line)?;
    let between = |c: char| c.is_whitespace() || more.contains(&c);
    let mut fields = Vec::new();
    let mut rest = line.text.trim_start_matches(between);
    while !rest.is_empty() {
        let at = line.at + (line.text.len() - rest.len());
        if rest.starts_with('"') {
            let (text, after) = quoted(source, rest, at, quotes)?;
            fields.push(Field { text, quoted: true, at });
            rest = after;
        } else {
            let end = rest.find(between).unwrap_or(rest.len());
            fields.push(Field { text: rest[..end].to_owned(), quoted: false, at });
            rest = &rest[end..];
        }
        rest = rest.trim_start_matches(between);
    }
    Ok(fields)
}

// What stands in the quotes with which a text begins, and what comes after them.
fn quoted<'t>(
    source: &Source<'_>,
    text: &'t str,
    at: usize,
    quotes: Quotes,
) -> Result<(String, &'t str), FileError> {
    let mut out = String::new();
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((no, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        match (c, quotes, next) {
            ('"', Quotes::Doubled, Some('"')) => {
                out.push('"');
                chars.next();
            }
            ('\\', Quotes::Escaped, Some(escaped @ ('"' | '\\'))) => {
                out.push(escaped);
                chars.next();
            }
            ('"', _, _) => return Ok((out, &text[no + 1..])),
            (c, _, _) => out.push(c),
        }
    }
    Err(source.wrong(at, "a quote is opened on this line and not closed", OPEN))
}

/// A field as CSV has it: in quotes if it would be taken for something else.
pub(crate) fn csv_field(text: &str, separator: char) -> String {
    let plain = !text.is_empty()
        && text.trim() == text
        && !text.contains([separator, '"', '\n', '\r'])
        && !text.starts_with('#');
    if plain { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(fields: &[Field]) -> Vec<&str> {
        fields.iter().map(|field| field.text.as_str()).collect()
    }

    #[test]
    fn fields_are_cut_at_separators_that_stand_outside_of_quotes() {
        let text = "a, \"b, \"\"c\"\"\" ,,d ";
        let line = Line { text, at: 0 };
        let fields = separated(&Source { text }, line, ',').unwrap();
        assert_eq!(texts(&fields), ["a", "b, \"c\"", "", "d"]);
        assert_eq!(fields[3].at, text.rfind('d').unwrap());
        let text = "1 \"C\\\"x\\\\\" 0.5\tbox";
        let fields = words(&Source { text }, Line { text, at: 0 }, &[], Quotes::Escaped).unwrap();
        assert_eq!(texts(&fields), ["1", "C\"x\\", "0.5", "box"]);
    }

    #[test]
    fn a_quote_that_is_not_closed_is_named_with_its_place() {
        let text = "a,\"b";
        let error = separated(&Source { text }, Line { text, at: 0 }, ',').unwrap_err();
        assert_eq!(error.to_string(), "line 1, column 3: a quote is opened on this line and not closed");
    }

    #[test]
    fn lines_end_as_unix_or_windows_end_them() {
        let text = "a\r\nb\n\nc";
        let found: Vec<(&str, usize)> = lines(text).map(|line| (line.text, line.at)).collect();
        assert_eq!(found, [("a", 0), ("b", 3), ("", 5), ("c", 6)]);
    }
}
