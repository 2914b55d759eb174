//! What can be wrong with a file of ties.

/// What was wrong with a file of ties; [`TieFileError::remedy`] says how to put it right.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum TieFileError {
    /// It cannot be read or written.
    #[error("{reason}")]
    Io {
        /// What happened.
        reason: String,
    },
    /// It must not be replaced.
    #[error("the file exists")]
    Exists,
    /// The work was stopped.
    #[error("stopped; nothing was written")]
    Stopped,
    /// The path has no extension that says what is in it.
    #[error("the extension{} says nothing about the format", shown(extension))]
    Extension {
        /// What stands after the last dot.
        extension: String,
    },
    /// Parquet without the feature.
    #[error("this build reads and writes no Parquet")]
    NoParquet,
    /// It is something else.
    #[error("this is no tie file: it {what}")]
    Foreign {
        /// What it is instead.
        what: String,
    },
    /// It was written by a later program.
    #[error("this tie file has version {found}, and this program reads {known} at most")]
    LaterVersion {
        /// Its version.
        found: u32,
        /// The latest that is known.
        known: u32,
    },
    /// Its end is missing.
    #[error("the tie file is cut short: it has {found} of {expected} bytes")]
    Truncated {
        /// Its length.
        found: u64,
        /// What its header says.
        expected: u64,
    },
    /// Something comes after its end.
    #[error("the tie file has {found} bytes, where its header says {expected}")]
    TooLong {
        /// Its length.
        found: u64,
        /// What its header says.
        expected: u64,
    },
    /// A checksum does not fit.
    #[error(
        "the {part} of the tie file is damaged: its checksum is {found:08x} and should be {expected:08x}"
    )]
    Damaged {
        /// Header or data.
        part: &'static str,
        /// Of what is there.
        found: u32,
        /// Of what was written.
        expected: u32,
    },
    /// The header says what no file of this version can say.
    #[error("the header of the tie file makes no sense: {reason}")]
    Header {
        /// What is wrong.
        reason: String,
    },
    /// The rows do not follow each other.
    #[error("row {row} of the tie file ends before it begins, or beyond the last tie")]
    RowBounds {
        /// The row, from 0.
        row: u64,
    },
    /// A target that is no actor.
    #[error("row {row} of the tie file has the target {target}, and there are {n_actors} actors")]
    Target {
        /// The row, from 0.
        row: u64,
        /// The target.
        target: u32,
        /// How many actors there are.
        n_actors: u64,
    },
    /// Targets that do not rise.
    #[error("the targets in row {row} of the tie file do not rise: {before} comes before {after}")]
    NotRising {
        /// The row, from 0.
        row: u64,
        /// A target.
        before: u32,
        /// The next.
        after: u32,
    },
    /// An undirected tie in the row of its later end.
    #[error(
        "row {row} of the tie file has the target {target}; undirected ties stand in the row of the lower end"
    )]
    Backward {
        /// The row, from 0.
        row: u64,
        /// The target.
        target: u32,
    },
    /// Ids that are not text, or do not follow each other.
    #[error("the ids of the tie file are no text: actor {actor}")]
    IdText {
        /// The actor, from 0.
        actor: u64,
    },
    /// More than a network can have.
    #[error("{n} {what}; at most {most} are possible")]
    TooLarge {
        /// How many.
        n: u64,
        /// Of what.
        what: &'static str,
        /// How many there may be.
        most: u64,
    },
    /// An id that no actor can have.
    #[error("`{}` is no id: {reason}", id.escape_debug())]
    Id {
        /// The id.
        id: String,
        /// Why not.
        reason: &'static str,
    },
    /// Two actors of one id.
    #[error("two actors have the id `{id}`")]
    IdTwice {
        /// The id.
        id: String,
    },
    /// A tie given twice.
    #[error("the tie {from} {} {to} is given twice", if *undirected { "-" } else { "->" })]
    Twice {
        /// Sender.
        from: String,
        /// Target.
        to: String,
        /// Whether each tie stands for both directions.
        undirected: bool,
    },
    /// A tie of an actor with itself.
    #[error("{id} is tied to itself; ties join two actors")]
    SelfTie {
        /// The actor.
        id: String,
    },
    /// A strength below zero or not finite.
    #[error("the strength of {from} -> {to} is {strength}; strengths are finite numbers, 0 or more")]
    Strength {
        /// Sender.
        from: String,
        /// Target.
        to: String,
        /// The strength.
        strength: f64,
    },
    /// A line of a text, or a row of a Parquet file.
    #[error("{place} {no}: {problem}")]
    Row {
        /// Line or row.
        place: &'static str,
        /// Its number, from 1.
        no: u64,
        /// What is wrong.
        problem: String,
        /// What to do.
        remedy: String,
    },
    /// The columns.
    #[error("{problem}")]
    Columns {
        /// What is wrong.
        problem: String,
        /// What to do.
        remedy: String,
    },
    /// What the Parquet reader says.
    #[error("the Parquet file cannot be read: {reason}")]
    Parquet {
        /// Its words.
        reason: String,
    },
}

fn shown(extension: &str) -> String {
    if extension.is_empty() { String::new() } else { format!(" `.{extension}`") }
}

impl TieFileError {
    /// How to put it right; may be empty.
    #[must_use]
    pub fn remedy(&self) -> &str {
        const AGAIN: &str = "Copy it again, or make it anew: normwave network convert FROM.csv TO.ties.";
        const WRITER: &str = "The program that wrote it is at fault; make it with normwave network convert.";
        match self {
            TieFileError::Foreign { .. } => "Make one with normwave network convert FROM.csv TO.ties.",
            TieFileError::LaterVersion { .. } => {
                "Use a later normwave, or make the file anew from its source with this one."
            }
            TieFileError::Truncated { .. } | TieFileError::TooLong { .. } | TieFileError::Damaged { .. } => {
                AGAIN
            }
            TieFileError::Header { .. }
            | TieFileError::RowBounds { .. }
            | TieFileError::Target { .. }
            | TieFileError::NotRising { .. }
            | TieFileError::Backward { .. }
            | TieFileError::IdText { .. } => WRITER,
            TieFileError::Extension { .. } => "Name the file .csv, .tsv, .parquet or .ties.",
            TieFileError::NoParquet => "Build with the feature `parquet`, or use CSV or a tie file.",
            TieFileError::TooLarge { .. } => "Keep only the actors and ties that are needed.",
            TieFileError::Id { .. } => {
                "Ids have 1 to 200 characters, no line ends or other control characters, and no spaces around them."
            }
            TieFileError::IdTwice { .. } => "Give each actor an id of its own.",
            TieFileError::Twice { undirected: true, .. } => {
                "Keep one. If both directions are listed, the ties are directed."
            }
            TieFileError::Twice { .. } => "Keep one.",
            TieFileError::SelfTie { .. } => "Leave that tie out.",
            TieFileError::Strength { .. } => "To model opposition, give the sender advocacy for position 0.",
            TieFileError::Row { remedy, .. } | TieFileError::Columns { remedy, .. } => remedy,
            TieFileError::Io { .. } | TieFileError::Exists | TieFileError::Stopped => "",
            TieFileError::Parquet { .. } => "Copy it again, or have the program that made it write it anew.",
        }
    }

    pub(crate) fn io(error: &std::io::Error) -> Self {
        let reason = match error.kind() {
            std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
            std::io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
            std::io::ErrorKind::PermissionDenied => "it may not be opened".to_owned(),
            _ => error.to_string(),
        };
        TieFileError::Io { reason }
    }
}
