//! The benchmark. `./dev bench` builds what it needs and calls it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use sandgrain_hil_tests::bench::Bench;
use sandgrain_hil_tests::speed::kernels;
use sandgrain_hil_tests::speed::measure::{self, Row};
use sandgrain_hil_tests::speed::table;

/// Measure kernels as modules and as native code
#[derive(Parser)]
#[command(name = "bench")]
struct Cli {
    /// A board (may be repeated)
    #[arg(long = "board", value_name = "BOARD", required = true)]
    boards: Vec<String>,
    /// Only kernels whose names contain this (may be repeated)
    #[arg(long = "kernel", value_name = "NAME")]
    only: Vec<String>,
    /// The modules of this folder instead, each with an export `run(i32) -> i32`
    #[arg(long, value_name = "DIR")]
    kernels: Option<PathBuf>,
    /// What those are called with
    #[arg(long, value_name = "N", default_value_t = 1, requires = "kernels", allow_negative_numbers = true)]
    argument: i32,
    /// JSON instead of tables
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match sandgrain_proc::kill_children_on_signals().map_err(|e| e.to_string()).and_then(|()| run(&cli)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether everything that was to be measured was.
fn run(cli: &Cli) -> Result<bool, String> {
    let mut kernels = match &cli.kernels {
        Some(folder) => kernels::of_folder(folder, cli.argument)?,
        None => kernels::own(),
    };
    kernels.retain(|kernel| cli.only.is_empty() || cli.only.iter().any(|name| kernel.name.contains(name)));
    if kernels.is_empty() {
        return Err("there is no kernel of such a name".to_owned());
    }
    let mut whole = true;
    let mut json = Vec::new();
    for board in &cli.boards {
        let Some(bench) = Bench::of(board) else { return Err(format!("{board} cannot be run")) };
        let empty_call = measure::empty_call(&bench)?;
        let rows = measure::rows(&kernels, &bench, empty_call, &|row| eprintln!("{board}: {}", row.kernel.name));
        whole &= rows.iter().all(is_whole);
        match cli.json {
            true => json.extend(table::json(board, bench.board.target.name(), &rows)),
            false => println!("{}", table::text(&bench.board.to_string(), empty_call, &rows)),
        }
    }
    if cli.json {
        println!("{:#}", serde_json::Value::from(json));
    }
    Ok(whole)
}

fn is_whole(row: &Row) -> bool {
    row.measurements.iter().all(|measurement| measurement.figures.is_ok())
}
