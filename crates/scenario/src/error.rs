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
    /// How many characters are at fault.
    pub width: usize,
    /// The line itself.
    pub source_line: String,
    /// The table or key, such as `[factor.moral]`; may be empty.
    pub key: String,
    /// What was found and what was expected.
    pub problem: String,
    /// How to put it right; may be empty.
    pub remedy: String,
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
        write!(f, "{:1$}{2}", "", self.column - 1, "^".repeat(self.width.max(1)))?;
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
        let start = span.start.min(self.text.len());
        let line_start = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = self.text[start..].find('\n').map_or(self.text.len(), |at| start + at);
        let on_line = &self.text[start..span.end.clamp(start, line_end)];
        let (file, first) = if start >= self.preset_from {
            (format!("[preset.{}]", self.preset), self.preset_from)
        } else if start >= self.overrides_from {
            ("--set".to_owned(), self.overrides_from)
        } else {
            (self.name.clone(), 0)
        };
        ScenarioError::At(Box::new(Problem {
            file,
            line: self.text[first..start].matches('\n').count() + 1,
            column: self.text[line_start..start].chars().count() + 1,
            width: on_line.chars().count(),
            source_line: shortened(self.text[line_start..line_end].trim_end()),
            key: key.into(),
            problem: problem.into(),
            remedy: remedy.into(),
        }))
    }
}

// A line that fits a terminal.
pub(crate) fn shortened(line: &str) -> String {
    if line.chars().count() <= 160 {
        return line.to_owned();
    }
    line.chars().take(159).chain(['…']).collect()
}

/// `; did you mean X?` if a known name is near, else nothing.
pub(crate) fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let scored = known.into_iter().map(|candidate| (strsim::jaro_winkler(name, candidate), candidate));
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
