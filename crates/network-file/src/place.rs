//! Places in a text, for messages.

use crate::FileError;

/// A text and where things stand in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'t> {
    pub(crate) text: &'t str,
}

impl Source<'_> {
    /// Line and character of a byte, from 1.
    pub(crate) fn place(&self, at: usize) -> (usize, usize) {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let before = &self.text[..at];
        let begin = before.rfind('\n').map_or(0, |end| end + 1);
        (before.matches('\n').count() + 1, before[begin..].chars().count() + 1)
    }

    /// What is wrong at a byte, and what to do.
    pub(crate) fn wrong(
        &self,
        at: usize,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) -> FileError {
        let (line, column) = self.place(at);
        // Also where another's words quote the file.
        let plain = |c: char| if c.is_control() { c.escape_debug().to_string() } else { c.to_string() };
        let problem = problem.into().chars().map(plain).collect();
        FileError::At { line, column, problem, remedy: remedy.into() }
    }

    /// What is wrong with a tie or node that was refused at a byte.
    pub(crate) fn wrong_at(&self, at: usize, error: FileError) -> FileError {
        match error {
            FileError::Whole { problem, remedy } => self.wrong(at, problem, remedy),
            other => other,
        }
    }
}

/// A text of a file, cut to what a message can show.
pub(crate) fn shown(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    let dots = if short.len() < text.len() { "…" } else { "" };
    format!("{}{dots}", short.escape_debug())
}

/// `; did you mean ...?`, if one of these is similar.
pub(crate) fn did_you_mean<'a>(text: &str, known: impl Iterator<Item = &'a str>) -> String {
    // Capitals and spaces are what mostly differs; anything cleverer is for programs with a terminal.
    let plain = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let wanted = plain(text);
    let mut known = known.take(100_000).filter(|known| plain(known) == wanted);
    known.next().map_or(String::new(), |known| format!("; did you mean `{known}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_not_bytes() {
        let source = Source { text: "a\nÖster x\n" };
        assert_eq!(source.place(0), (1, 1));
        assert_eq!(source.place("a\nÖster ".len()), (2, 7));
        assert_eq!(source.place(3), (2, 1));
        assert_eq!(source.place(999), (3, 1));
    }
}
