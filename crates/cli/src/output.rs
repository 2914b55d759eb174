//! The only place that prints.
#![allow(clippy::print_stderr, reason = "this module speaks to the person at the terminal")]

use crate::Failure;
use std::io::{ErrorKind, IsTerminal, Write};

/// Prints the answer. A reader that has gone, as in `normwave cases | head -1`, is no error.
///
/// # Errors
/// [`Failure::Other`] if it cannot be written.
pub(crate) fn answer(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let end = if text.ends_with('\n') { "" } else { "\n" };
    match write!(out, "{text}{end}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::Other(format!("the answer cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// Prints JSON.
///
/// # Errors
/// As [`answer`].
pub(crate) fn answer_json(value: &serde_json::Value) -> Result<(), Failure> {
    answer(&format!("{value:#}"))
}

/// Says something beside the answer.
pub(crate) fn note(text: &str) {
    eprintln!("note: {text}");
}

/// Says what went wrong.
pub(crate) fn complain(failure: &Failure) {
    eprintln!("error: {failure}");
}

/// Whether a person is watching.
pub(crate) fn watched() -> bool {
    std::io::stderr().is_terminal()
}
