//! Modules published on npm, at work on emulated targets. `./dev modules` builds what it needs and calls it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use sandgrain_abi::Target;
use sandgrain_hil_tests::bench::Bench;
use sandgrain_hil_tests::executor::Measured;
use sandgrain_hil_tests::published::{self, Job};
use sandgrain_hil_tests::script::{Script, Step};

/// Have modules published on npm do their job on emulated targets
#[derive(Parser)]
#[command(name = "modules")]
struct Cli {
    /// The target (may be repeated)
    #[arg(long = "target", required_unless_present = "fetch", value_parser = sandgrain_cli::commands::target)]
    targets: Vec<Target>,
    /// Where packages are kept
    #[arg(long, default_value = "target/npm")]
    packages: PathBuf,
    /// Only fetch this package and say where this file of it is
    #[arg(long, num_args = 2, value_names = ["PACKAGE", "FILE"], conflicts_with = "targets")]
    fetch: Option<Vec<String>>,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = sandgrain_proc::kill_children_on_signals().map_err(|e| e.to_string()).and_then(|()| run(&cli));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("error: {why}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: &Cli) -> Result<(), String> {
    if let Some([package, file]) = cli.fetch.as_deref() {
        println!("{}", published::fetch(&cli.packages, package, file)?.display());
        return Ok(());
    }
    let jobs = published::jobs(&cli.packages)?;
    println!("{:<28} {:<34} {:<11} {:>10} {:>14}", "package", "job", "target", "code bytes", "instructions");
    for job in &jobs {
        for &target in &cli.targets {
            let (code, instructions) = execute(job, target)?;
            println!("{:<28} {:<34} {:<11} {code:>10} {instructions:>14}", job.package, job.what, target.name());
        }
    }
    println!("every outcome is equal to wasmi's");
    Ok(())
}

/// Code bytes of the published module, and the instructions of all calls into it.
fn execute(job: &Job, target: Target) -> Result<(u32, u64), String> {
    let bench = Bench::for_target(target)?;
    let mut modules = Vec::new();
    let mut code = 0;
    for (i, wasm) in job.script.modules.iter().enumerate() {
        let options = sandgrain_compiler::Options::new(target);
        let compiled = sandgrain_compiler::compile(wasm, &options).map_err(|e| format!("{}: {e}", job.package))?;
        if i == 0 {
            code = compiled.report.code_bytes + compiled.report.data_bytes;
        }
        modules.push(compiled.artifact);
    }
    let measured = bench.measure(&Script { modules, steps: job.script.steps.clone(), fuel: None });
    let mut instructions = 0;
    for ((step, expected), seen) in job.script.steps.iter().zip(&job.outcomes).zip(&measured) {
        let Measured { outcome, instructions: taken } = seen;
        if outcome != expected {
            let package = job.package;
            return Err(format!("{package} on {}: {step:?}: {outcome:?}, wasmi: {expected:?}", target.name()));
        }
        if let Step::Call { .. } = step {
            instructions += taken;
        }
    }
    Ok((code, instructions))
}
