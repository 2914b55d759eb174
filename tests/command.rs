//! The command, built for the tests that call it.

use std::process::ExitCode;

fn main() -> ExitCode {
    normwave_cli::main()
}
