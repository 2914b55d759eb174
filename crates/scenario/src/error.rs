//! What can be wrong with a scenario, said so that it can be put right.

use std::fmt;
use std::ops::Range;

/// What was wrong with a scenario, where, and how to put it right.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ScenarioError {
    /// A place in a file.
    #[error("{0}")]
    At(Box<Problem>),
    /// A file that cannot be read.
    #[error("{file}: {problem}\n{remedy}")]
    File {
        /// The file.
        file: String,
        /// What happened.
        problem: String,
        /// What to do.
        remedy: String,
    },
    /// Something about the scenario as a whole.
    #[error("{problem}\n{remedy}")]
    Whole {
        /// What is wrong.
        problem: String,
        /// What to do.
        remedy: String,
    },
}

/// A problem at a place in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, or `--set` for an override on the command line.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// How many characters of `source_line` are at fault.
    pub width: usize,
    /// The line itself, or a part of it around the fault if it is long.
    pub source_line: String,
    /// How many characters of `source_line` stand before the fault.
    pub caret: usize,
    /// The table or key, such as `[factor.moral]`; may be empty.
    pub key: String,
    /// What was found and what was expected.
    pub problem: String,
    /// How to put it right; may be empty.
    pub remedy: String,
}

impl Problem {
    // At a place: (file, line, its text), (characters before the fault, characters at fault).
    pub(crate) fn new(
        (file, line, text): (&str, usize, &str),
        (before, width): (usize, usize),
        key: &str,
        problem: &str,
        remedy: &str,
    ) -> Self {
        let (source_line, caret) = excerpt(text, before);
        let room = source_line.chars().count().saturating_sub(caret);
        Problem {
            file: file.to_owned(),
            line,
            column: before + 1,
            width: width.min(room),
            source_line,
            caret,
            key: printable(key, 200),
            problem: printable(problem, 1000),
            remedy: printable(remedy, 10_000),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.line)?;
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        writeln!(f, "{}", self.problem)?;
        let number = self.line.to_string();
        writeln!(f, "  {number} | {}", self.source_line)?;
        write!(f, "  {:1$} | ", "", number.len())?;
        write!(f, "{:1$}{2}", "", self.caret, "^".repeat(self.width.max(1)))?;
        if !self.remedy.is_empty() {
            write!(f, "\n{}", self.remedy)?;
        }
        Ok(())
    }
}

/// The text of a file, for messages that point into it.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) text: String,
    // Byte offsets from which the text is that of `--set` overrides, and of a preset's tables.
    pub(crate) overrides_from: usize,
    pub(crate) preset_from: usize,
    // The preset's name.
    pub(crate) preset: String,
}

impl Source {
    pub(crate) fn new(name: &str, text: String) -> Self {
        Source {
            name: name.to_owned(),
            overrides_from: text.len() + 1,
            preset_from: usize::MAX,
            preset: String::new(),
            text,
        }
    }

    /// The text of the file alone.
    pub(crate) fn file(&self) -> &str {
        &self.text[..self.overrides_from - 1]
    }

    /// The lines of `--set`.
    pub(crate) fn overrides(&self) -> &str {
        self.text[..self.preset_from.saturating_sub(1).min(self.text.len())]
            .get(self.overrides_from..)
            .unwrap_or("")
    }

    /// An error at a byte range.
    pub(crate) fn error(
        &self,
        span: Range<usize>,
        key: impl Into<String>,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) -> ScenarioError {
        let start = self.text.floor_char_boundary(span.start);
        let line_start = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = self.text[start..].find('\n').map_or(self.text.len(), |at| start + at);
        let end = self.text.floor_char_boundary(span.end);
        let on_line = &self.text[start..end.clamp(start, line_end)];
        let (file, first) = if start >= self.preset_from {
            (format!("[preset.{}]", self.preset), self.preset_from)
        } else if start >= self.overrides_from {
            ("--set".to_owned(), self.overrides_from)
        } else {
            (self.name.clone(), 0)
        };
        let line = self.text[first..start].matches('\n').count() + 1;
        ScenarioError::At(Box::new(Problem::new(
            (&file, line, self.text[line_start..line_end].trim_end()),
            (self.text[line_start..start].chars().count(), on_line.chars().count()),
            &key.into(),
            &problem.into(),
            &remedy.into(),
        )))
    }

    /// The line on which a byte range begins, from 1.
    pub(crate) fn line(&self, span: &Range<usize>) -> usize {
        self.text[..self.text.floor_char_boundary(span.start)].matches('\n').count() + 1
    }
}

// The part of a line around its character no. `at` that fits a terminal, and where that stands in it.
fn excerpt(line: &str, at: usize) -> (String, usize) {
    const MOST: usize = 160;
    let n = line.chars().count();
    if n <= MOST {
        return (printable(line, MOST), at.min(n));
    }
    let skipped = if at < MOST - 40 { 0 } else { at - 60 };
    let room = if skipped == 0 { MOST - 1 } else { MOST - 2 };
    let part: String = line.chars().skip(skipped).take(room).collect();
    let (before, caret) = if skipped == 0 { ("", at) } else { ("…", at - skipped + 1) };
    let after = if n > skipped + room { "…" } else { "" };
    let shown = format!("{before}{}{after}", printable(&part, MOST));
    let caret = caret.min(shown.chars().count());
    (shown, caret)
}

// A text for terminals: at most so many characters, none that would move the cursor.
fn printable(text: &str, most: usize) -> String {
    let shown = |c: char| match c {
        '\t' => ' ',
        '\n' => '\n',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    if text.chars().count() <= most {
        return text.chars().map(shown).collect();
    }
    text.chars().take(most - 1).map(shown).chain(['…']).collect()
}

/// `; did you mean X?` if a known name is near, else nothing.
pub(crate) fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    // What is longer is no slip of the pen, and takes long to compare.
    if name.len() > 100 {
        return String::new();
    }
    let known = known.into_iter().filter(|candidate| candidate.len() <= 100);
    let scored = known.map(|candidate| (strsim::jaro_winkler(name, candidate), candidate));
    match scored.max_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((score, near)) if score > 0.8 => format!("; did you mean `{near}`?"),
        _ => String::new(),
    }
}

/// `Known: a, b, c.`
pub(crate) fn known<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    if names.is_empty() { "None is known.".to_owned() } else { format!("Known: {}.", names.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caret_line(line: &str, at: usize, width: usize) -> (String, String) {
        let problem = Problem::new(("t", 1, line), (at, width), "", "wrong", "");
        let text = problem.to_string();
        let lines: Vec<&str> = text.lines().collect();
        (lines[1]["  1 | ".len()..].to_owned(), lines[2]["    | ".len()..].to_owned())
    }

    #[test]
    fn a_fault_far_along_a_long_line_is_shown_with_what_is_around_it() {
        let line = format!("{}x{}", "a".repeat(200_000), "b".repeat(200_000));
        let (shown, caret) = caret_line(&line, 200_000, 1);
        let at = caret.find('^').unwrap();
        assert_eq!(shown.chars().nth(at), Some('x'));
        assert_eq!(shown.chars().count(), 160);
        assert!(shown.starts_with('…') && shown.ends_with('…'));
        let (shown, caret) = caret_line(&line, 200_000, 150_000);
        assert_eq!(caret.chars().count(), shown.chars().count(), "carets end where the line does");
        let (shown, caret) = caret_line(&line, 400_001, 0);
        assert_eq!(caret.chars().count(), shown.chars().count() + 1, "the end of the line");
    }

    #[test]
    fn what_would_move_the_cursor_is_not_printed() {
        let (shown, caret) = caret_line("a\tb\u{1b}[2Jc", 2, 1);
        assert_eq!((shown.as_str(), caret.as_str()), ("a b\u{fffd}[2Jc", "  ^"));
        let problem = Problem::new(("t", 1, ""), (0, 0), "", "no `\u{1b}[31m`", "");
        assert!(!problem.to_string().contains('\u{1b}'));
    }

    proptest::proptest! {
        #[test]
        fn the_caret_stands_under_the_character_at_fault(before in 0..900_usize, after in 0..900_usize) {
            let line = format!("{}x{}", "ä".repeat(before), "b".repeat(after));
            let (shown, caret) = caret_line(&line, before, 1);
            let at = caret.chars().position(|c| c == '^').unwrap();
            proptest::prop_assert_eq!(shown.chars().nth(at), Some('x'));
            proptest::prop_assert!(shown.chars().count() <= 160);
        }
    }
}
