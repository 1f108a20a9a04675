//! The demo: what Sandgrain is for, on emulated devices, from boot to refusal.
//!
//! ```text
//! stage.rs    broker, devices, controller
//! story.rs    the chapters, each of which must be observed
//! witness.rs  what was seen of each device
//! table.rs    the summary
//! ```
//! `./dev demo` builds what this needs and says where it is.

mod stage;
mod story;
mod table;
mod witness;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use sandgrain_cli::boards::Board;
use sandgrain_cli::failure::{Failure, Result};
use sandgrain_provision::Without;

/// Deploys modules to emulated devices and tells what happens. Run it through `./dev demo`.
#[derive(Parser)]
struct Cli {
    /// Only this board (may be repeated)
    #[arg(long = "board", value_name = "BOARD")]
    boards: Vec<String>,
    /// Switch a protection off, to see that the demo notices: it must fail then
    #[arg(long = "break", value_name = "PROTECTION")]
    without: Option<Protection>,
    /// Where the firmwares are, in a folder for each Rust target
    #[arg(long, value_name = "DIR")]
    firmware: PathBuf,
    /// Where the guest modules are
    #[arg(long, value_name = "DIR")]
    guests: PathBuf,
    /// Show the devices' logs
    #[arg(long)]
    logs: bool,
}

/// What `--break` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Protection {
    /// Install what nobody trusted has signed
    Signature,
    /// Leave a module that traps where it is
    Revert,
    /// Install again what was taken back
    Quarantine,
}

impl From<Protection> for Without {
    fn from(protection: Protection) -> Without {
        match protection {
            Protection::Signature => Without::Signature,
            Protection::Revert => Without::Revert,
            Protection::Quarantine => Without::Quarantine,
        }
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: &Cli) -> Result<bool> {
    sandgrain_proc::kill_children_on_signals().map_err(Failure::failed)?;
    let boards = boards(&cli.boards)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|e| Failure::failed(format_args!("cannot start: {e}")))?;
    runtime.block_on(async {
        let without = cli.without.map_or(Without::Nothing, Without::from);
        let mut stage = stage::Stage::set(&boards, &cli.firmware, without, cli.logs).await?;
        let passed = story::tell(&mut stage, &cli.guests).await;
        stage.clear().await;
        passed
    })
}

fn boards(names: &[String]) -> Result<Vec<&'static Board>> {
    if names.is_empty() {
        return Ok(Board::all().iter().filter(|board| board.equipment.is_some()).collect());
    }
    names.iter().map(|name| Board::named(name)).collect()
}
