//! From a table of adoption dates to a scenario that runs.
//!
//! [`scaffold`] finds out which states (or states of the United States) the units of a history are,
//! and writes the files of a folder: a commented `scenario.toml` with layers, factors, strengths and
//! first adopters to begin with, `history.csv`, `left-out.csv` for every row that could not be used
//! with the reason, and a `README.md`. It touches no disk.

mod matching;
mod readme;
mod scenario_file;
mod tables;

pub use matching::{LeftOut, Matched, Moved, Setting};

use normwave_import::history::RawHistory;
use normwave_network_model::{Date, TickLength};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The norm's name, as the folder is called.
    pub name: &'a str,
    /// The history's file, as it was named.
    pub file: &'a str,
    /// The history.
    pub history: &'a RawHistory,
    /// Whether somebody has said which events are the adoption, so that all that are left count.
    pub events_chosen: bool,
    /// First day of the period.
    pub from: Date,
    /// First day after the period.
    pub until: Date,
    /// Length of a tick.
    pub tick: TickLength,
    /// Who the units are; told from them if left out.
    pub setting: Option<Setting>,
}

/// A scenario folder: its files, and what there is to say of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Scaffold {
    /// Files by name.
    pub files: Vec<(&'static str, String)>,
    /// Who adopted when.
    pub matched: Matched,
    /// What the packaged world lacks in the period.
    pub notes: Vec<String>,
}

/// Why no scenario could be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScaffoldError {
    /// Most units are neither states nor states of the United States.
    #[error(
        "{file}: only {found} of {all} units are known, so that the wrong column may have been taken\n\
         First of the others: {examples}\n\
         {taken}\nName the column with --unit, or what the units are with --world."
    )]
    Strangers {
        /// The history's file.
        file: String,
        /// Units that are known.
        found: usize,
        /// All units.
        all: usize,
        /// The first that are not.
        examples: String,
        /// What was taken for what.
        taken: String,
    },
    /// Several kinds of events could be the adoption.
    #[error("{file}: it tells of several things: {events}\nSay with --event which of them is the adoption.")]
    Events {
        /// The history's file.
        file: String,
        /// The events, with how often.
        events: String,
    },
    /// The period is empty or outside of what is packaged.
    #[error("{problem}")]
    Period {
        /// What is wrong with it.
        problem: String,
    },
    /// Nobody adopted.
    #[error(
        "{file}: nobody adopted before {until}, so that there is nobody to begin with\nGive a later --to."
    )]
    Nobody {
        /// The history's file.
        file: String,
        /// The period's end.
        until: Date,
    },
}

/// Writes the files of a scenario folder.
///
/// ```
/// use normwave_import::history::{self, HistoryOptions};
/// use normwave_network_model::{TickLength, parse_date};
/// use normwave_scaffold::{Request, scaffold};
/// let folder = std::env::temp_dir().join(format!("normwave-scaffold-{}", std::process::id()));
/// std::fs::create_dir_all(&folder)?;
/// let path = folder.join("dates.csv");
/// std::fs::write(&path, "country,ratified\nNorway,1988\nIvory Coast,1991\nMordor,1992\n")?;
/// let history = history::read(&path, &HistoryOptions::default())?;
/// let request = Request {
///     name: "my-norm",
///     file: "dates.csv",
///     history: &history,
///     events_chosen: false,
///     from: parse_date("1985")?,
///     until: parse_date("2001")?,
///     tick: TickLength::Year,
///     setting: None,
/// };
/// let made = scaffold(&request)?;
/// assert_eq!(made.matched.adoptions.len(), 2);
/// assert_eq!(made.matched.left_out[0].unit, "Mordor");
/// assert!(made.files.iter().any(|(name, _)| *name == "scenario.toml"));
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`ScaffoldError`].
pub fn scaffold(request: &Request<'_>) -> Result<Scaffold, ScaffoldError> {
    if request.from >= request.until {
        let problem = format!(
            "the period ends on {} before it begins on {}\nGive --from before --to.",
            request.until, request.from
        );
        return Err(ScaffoldError::Period { problem });
    }
    let kinds: std::collections::BTreeSet<&str> =
        request.history.rows.iter().map(|row| row.event.as_str()).collect();
    if kinds.len() > 1 && !request.events_chosen {
        let count = |kind: &&str| request.history.rows.iter().filter(|row| row.event == **kind).count();
        let events: Vec<String> = kinds.iter().map(|kind| format!("`{kind}` ({})", count(kind))).collect();
        return Err(ScaffoldError::Events { file: request.file.to_owned(), events: events.join(", ") });
    }
    let matched = matching::matched(request)?;
    let start = scenario_file::Start::of(request, &matched)?;
    let notes = notes(request, &matched);
    let mut files = vec![
        ("scenario.toml", scenario_file::text(request, &matched, &start)),
        ("history.csv", tables::history(&matched)),
        ("README.md", readme::text(request, &matched, &notes)),
    ];
    if !matched.left_out.is_empty() {
        files.push(("left-out.csv", tables::left_out(&matched)));
    }
    Ok(Scaffold { files, matched, notes })
}

// Years of the packaged ties among states.
const TIES: std::ops::RangeInclusive<i16> = 1980..=2016;

fn notes(request: &Request<'_>, matched: &Matched) -> Vec<String> {
    let mut notes = Vec::new();
    if matched.setting == Setting::States {
        if request.from.year() < *TIES.start() {
            notes.push(format!(
                "The packaged ties begin in {}: before that nobody is tied to anybody.",
                TIES.start()
            ));
        }
        if request.until.year() > TIES.end() + 1 {
            notes.push(format!(
                "The packaged ties end in {}, some before (`normwave world`): what was last observed holds on.",
                TIES.end()
            ));
        }
    }
    notes
}
