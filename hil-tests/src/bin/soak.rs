//! Instances made, used and given up for hours of the boards' time. `./dev soak` builds what it needs and calls it.

use std::process::ExitCode;

use clap::Parser;
use sandgrain_hil_tests::soak;

/// Make, use and give up instances again and again: every cycle has to end as the first one did, with the same RAM
#[derive(Parser)]
#[command(name = "soak")]
struct Cli {
    /// Cycles, ten a second of the board's clock
    #[arg(long, default_value_t = 36_000)]
    cycles: u32,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Err(error) = sandgrain_proc::kill_children_on_signals() {
        eprintln!("error: {error}");
        return ExitCode::FAILURE;
    }
    let mut failed = false;
    for (engine, bench) in soak::benches() {
        match soak::soak(&bench, engine, cli.cycles) {
            Ok(soak) => print!("{} {engine:?}:\n{}", bench.board, soak.describe(bench.board.target)),
            Err(why) => {
                failed = true;
                println!("{} {engine:?}: FAILED: {why}", bench.board);
            }
        }
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
