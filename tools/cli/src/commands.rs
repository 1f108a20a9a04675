//! The command line: one file a command.

mod compile;
mod deploy;
mod inspect;
mod keys;
mod lists;
mod run;
mod trace;

pub use lists::target;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::failure::{Exit, Result};

const EXAMPLES: &str = "\
Examples:
  sandgrain run fib.wasm --board qemu-mps2-an386 --invoke fib 20 --stats
  sandgrain compile fib.wasm --target rv32imac -o fib.sg
  sandgrain keygen -o my.key && sandgrain sign fib.sg --key my.key
  sandgrain inspect fib.sg --key my.key.pub
  sandgrain boards

Exit codes: 0 done (for run: returned), 1 failed, 2 wrong usage, 3 refused (invalid, unsupported, unlinkable), 4 trapped,
5 a device was not there or did not finish in time.";

/// WebAssembly for microcontrollers: compile a module to native code that runs where it lies in flash, sign it, run it.
#[derive(Parser)]
#[command(name = "sandgrain", version, after_help = EXAMPLES, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Compile(compile::Args),
    Deploy(deploy::Args),
    Run(run::Args),
    Trace(trace::Args),
    Inspect(inspect::Args),
    #[command(subcommand)]
    Keys(keys::Keys),
    Keygen(keys::Keygen),
    Sign(keys::Sign),
    Verify(keys::Verify),
    Targets(lists::Targets),
    Boards(lists::Boards),
}

fn dispatch(command: Command) -> Result<Exit> {
    match command {
        Command::Compile(args) => compile::main(&args).map(done),
        Command::Deploy(args) => deploy::main(&args),
        Command::Run(args) => run::main(&args),
        Command::Trace(args) => trace::main(&args).map(done),
        Command::Inspect(args) => inspect::main(&args).map(done),
        Command::Keys(keys::Keys::Rotate(args)) => keys::rotate(&args).map(done),
        Command::Keygen(args) => keys::keygen(&args).map(done),
        Command::Sign(args) => keys::sign(&args).map(done),
        Command::Verify(args) => keys::verify(&args).map(done),
        Command::Targets(args) => lists::targets(&args).map(done),
        Command::Boards(args) => lists::boards(&args).map(done),
    }
}

fn done(_: ()) -> Exit {
    Exit::Done
}

/// The program: reads the command line, runs the command, says on standard error what went wrong.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let signals = sandgrain_proc::kill_children_on_signals().map_err(crate::Failure::failed);
    match signals.and_then(|()| dispatch(cli.command)) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            eprintln!("error: {failure}");
            failure.exit().into()
        }
    }
}

/// Writes one JSON object to standard output.
fn print_json(value: &serde_json::Value) {
    println!("{value:#}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_teaches_with_examples() {
        for command in Cli::command().get_subcommands() {
            let help = command.get_after_help().map(|h| h.to_string()).unwrap_or_default();
            assert!(help.contains("sandgrain "), "{} has no example", command.get_name());
        }
    }
}
