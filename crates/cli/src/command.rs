//! From the command line to an exit status.

use crate::{
    Cli, Command, Failure, cases, check, describe, explain, network, new, output, picture, run, world,
};
use clap::Parser;
use normwave_scenario::{Registries, json_schema};
use std::process::ExitCode;

/// The program `normwave`.
#[must_use]
pub fn main() -> ExitCode {
    // clap answers `--help` and its own errors (status 2).
    let cli = Cli::parse();
    match execute(&cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if failure != Failure::NotMet {
                output::complain(&failure);
            }
            failure.exit_code()
        }
    }
}

/// Does what a subcommand says, and prints the answer.
///
/// # Errors
/// [`Failure`].
pub fn execute(command: &Command) -> Result<(), Failure> {
    match command {
        Command::New(args) => new::new(args),
        Command::Run(args) => run::run(args),
        Command::Explain(args) => explain::explain(args),
        Command::Describe(args) => describe::describe(args),
        Command::Network(args) => network::network(args),
        Command::Picture(args) => picture::picture(args),
        Command::Check(args) => check::check(args),
        Command::Import(args) => crate::import::import(args),
        Command::Cases { json } => cases::list(*json),
        Command::World(args) => world::world(args),
        Command::Catalogue { name, json } => crate::catalogue::print(name.as_deref(), *json),
        Command::Schema { .. } => output::answer_json(&json_schema(&Registries::default())),
    }
}
