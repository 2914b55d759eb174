//! How a command can fail.

use normwave_network_model::NetworkError;
use normwave_scenario::ScenarioError;
use std::process::ExitCode;

/// Why a command did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The command line or a scenario is wrong: what, where, and how to put it right.
    BadInput(String),
    /// It was stopped.
    Interrupted,
    /// What was asked for was done, and the answer is no; nothing is left to say.
    NotMet,
    /// Anything else, such as a full disk.
    Other(String),
}

impl Failure {
    /// A failure that concerns a file or folder.
    pub(crate) fn io(path: &std::path::Path, error: &std::io::Error) -> Self {
        Failure::Other(format!("{}: {error}", path.display()))
    }

    /// Status with which the program ends.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Failure::BadInput(_) => ExitCode::from(2),
            Failure::Interrupted => ExitCode::from(130),
            Failure::NotMet | Failure::Other(_) => ExitCode::FAILURE,
        }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::BadInput(message) | Failure::Other(message) => f.write_str(message),
            Failure::Interrupted => f.write_str("stopped; nothing was written"),
            Failure::NotMet => f.write_str("an expectation is not met"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<ScenarioError> for Failure {
    fn from(error: ScenarioError) -> Self {
        Failure::BadInput(error.to_string())
    }
}

impl From<NetworkError> for Failure {
    fn from(error: NetworkError) -> Self {
        Failure::BadInput(error.to_string())
    }
}
