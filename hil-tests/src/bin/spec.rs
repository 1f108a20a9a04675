//! Executes the specification's tests on targets. `./dev spec` builds what it needs and calls it.

use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use sandgrain_abi::Target;
use sandgrain_hil_tests::bench::Bench;
use sandgrain_hil_tests::spec;

/// Execute the WebAssembly specification's tests on emulated targets
#[derive(Parser)]
#[command(name = "spec")]
struct Cli {
    /// The target (may be repeated)
    #[arg(long = "target", required = true, value_parser = sandgrain_cli::commands::target)]
    targets: Vec<Target>,
    /// Only files whose names contain this
    #[arg(long)]
    file: Option<String>,
    /// List the result of every file
    #[arg(long)]
    verbose: bool,
    /// Files carried out at the same time
    #[arg(long, default_value_t = std::thread::available_parallelism().map_or(1, |n| n.get()))]
    jobs: usize,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Err(error) = sandgrain_proc::kill_children_on_signals() {
        eprintln!("error: {error}");
        return ExitCode::FAILURE;
    }
    let mut passed = true;
    for &target in &cli.targets {
        passed &= run(&cli, target);
    }
    if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run(cli: &Cli, target: Target) -> bool {
    let bench = match Bench::for_target(target).and_then(Bench::watching_alignment) {
        Ok(bench) => bench,
        Err(why) => {
            eprintln!("{}: {why}", target.name());
            return false;
        }
    };
    let started = Instant::now();
    let mut files = spec::files();
    files.retain(|file| cli.file.as_ref().is_none_or(|part| file.name().contains(part.as_str())));
    let count = files.len();
    let tally = spec::run_all(files, target, &bench, cli.jobs, |file, tally| {
        if cli.verbose || !tally.failures.is_empty() {
            eprintln!("{}/{}: {tally}", file.parent(), file.name());
        }
        tally.failures.iter().for_each(|failure| eprintln!("  {failure}"));
    });
    println!("{}: {count} files in {} s on {}", target.name(), started.elapsed().as_secs(), bench.board.name);
    println!("{}: {tally}", target.name());
    println!("{} {}/{}", target.name(), tally.passed(), tally.assertions);
    tally.failures.is_empty() && tally.passed() == tally.assertions
}
