//! What can be wrong with a file.

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The file cannot be opened or read to its end.
    #[error("{path}: {reason}")]
    Io {
        /// The file.
        path: String,
        /// What the system said.
        reason: String,
    },
    /// The file as a whole is not what it should be.
    #[error("{path}: {problem}{}", on_a_line(remedy))]
    File {
        /// The file.
        path: String,
        /// What is wrong.
        problem: String,
        /// How to put it right.
        remedy: String,
    },
    /// A row is wrong.
    #[error("{path}:{line}: {problem}{}", on_a_line(remedy))]
    Row {
        /// The file.
        path: String,
        /// Line of a text file, row of a sheet or table; from 1, the header included.
        line: u64,
        /// What is wrong.
        problem: String,
        /// How to put it right.
        remedy: String,
    },
    /// The header fits none of the kinds that are known.
    #[error("{path}: this is none of the known files{}", on_a_line(nearest))]
    UnknownKind {
        /// The file.
        path: String,
        /// The nearest kind and what it lacks, and what else is known.
        nearest: String,
    },
    /// What was asked for does not exist.
    #[error("{problem}{}", on_a_line(remedy))]
    Asked {
        /// What does not exist.
        problem: String,
        /// What there is.
        remedy: String,
    },
}

fn on_a_line(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("\n{text}") }
}

impl ImportError {
    pub(crate) fn file(path: &str, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        ImportError::File { path: path.to_owned(), problem: problem.into(), remedy: remedy.into() }
    }

    pub(crate) fn row(path: &str, line: u64, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        ImportError::Row { path: path.to_owned(), line, problem: problem.into(), remedy: remedy.into() }
    }

    pub(crate) fn asked(problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        ImportError::Asked { problem: problem.into(), remedy: remedy.into() }
    }
}

/// `; did you mean X?` if a known name is near, else nothing.
pub(crate) fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let lower = name.to_lowercase();
    let scored = known
        .into_iter()
        .filter(|candidate| candidate.len() <= 100 && name.len() <= 100)
        .map(|candidate| (strsim::jaro_winkler(&lower, &candidate.to_lowercase()), candidate));
    match scored.max_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((score, near)) if score > 0.8 => format!("; did you mean `{near}`?"),
        _ => String::new(),
    }
}

/// The first few of many names, and how many there are.
pub(crate) fn some_of<S: AsRef<str>>(names: &[S], most: usize) -> String {
    let shown: Vec<&str> = names.iter().take(most).map(AsRef::as_ref).collect();
    let more = names.len().saturating_sub(shown.len());
    let rest = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("{}{rest}", shown.join(", "))
}

/// `1 row`, `2 rows`.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
