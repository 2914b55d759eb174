//! The command `normwave`.

use std::process::ExitCode;

fn main() -> ExitCode {
    normwave_cli::main()
}
