//! The `sandgrain` command; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    sandgrain_cli::main()
}
