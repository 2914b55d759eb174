//! What can be wrong with a file of a network.

use normwave_tie_file::TieFileError;

/// What was wrong with a file; [`FileError::remedy`] says how to put it right.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// It cannot be read or written.
    #[error("{reason}")]
    Io {
        /// What happened.
        reason: String,
    },
    /// It must not be replaced.
    #[error("the file exists")]
    Exists,
    /// The path has no extension that says what is in it.
    #[error("the extension{} says nothing about the format", shown(extension))]
    Extension {
        /// What stands after the last dot.
        extension: String,
    },
    /// A place in a text.
    #[error("line {line}, column {column}: {problem}")]
    At {
        /// The line, from 1.
        line: usize,
        /// The character in the line, from 1.
        column: usize,
        /// What is wrong.
        problem: String,
        /// What to do; may be empty.
        remedy: String,
    },
    /// The file as a whole.
    #[error("{problem}")]
    Whole {
        /// What is wrong.
        problem: String,
        /// What to do; may be empty.
        remedy: String,
    },
    /// A table of ties: a tie file or Parquet.
    #[error(transparent)]
    Ties(#[from] TieFileError),
}

fn shown(extension: &str) -> String {
    if extension.is_empty() { String::new() } else { format!(" `.{extension}`") }
}

impl FileError {
    /// How to put it right; may be empty.
    #[must_use]
    pub fn remedy(&self) -> &str {
        match self {
            FileError::Io { .. } | FileError::Exists => "",
            FileError::Extension { .. } => {
                "Known are .graphml, .gexf, .net (Pajek), .gml, .dl (UCINET), .json (node-link), .edgelist, \
                 .csv, .tsv, .matrix.csv, .parquet and .ties; else name the format."
            }
            FileError::At { remedy, .. } | FileError::Whole { remedy, .. } => remedy,
            FileError::Ties(error) => error.remedy(),
        }
    }

    pub(crate) fn whole(problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        FileError::Whole { problem: problem.into(), remedy: remedy.into() }
    }

    pub(crate) fn io(error: &std::io::Error) -> Self {
        let reason = match error.kind() {
            std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
            std::io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
            std::io::ErrorKind::PermissionDenied => "it may not be opened".to_owned(),
            _ => error.to_string(),
        };
        FileError::Io { reason }
    }
}
