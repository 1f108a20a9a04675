//! What takes too long for every change: the specification's tests, the fuzzer, and published modules, executed on every
//! target; and how much of the compiler they prove.

use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::firmware::{self, Board};
use crate::setup::{self, Purpose};
use crate::{paths, step};

#[derive(Args)]
pub struct Spec {
    /// Only this target (may be repeated)
    #[arg(long = "target", value_name = "TARGET", required_unless_present = "all")]
    targets: Vec<String>,
    /// Every target
    #[arg(long, conflicts_with = "targets")]
    all: bool,
    /// Only test files whose names contain this
    #[arg(long)]
    file: Option<String>,
    /// Show every file's result
    #[arg(long)]
    verbose: bool,
}

#[derive(Args)]
pub struct Fuzz {
    /// The target
    #[arg(long, value_name = "TARGET")]
    target: String,
    /// Number of modules
    #[arg(long, default_value_t = 1_000)]
    runs: u64,
    /// The first module's seed; the others follow
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Metered code with so much fuel, of which as much has to be left as wasmi leaves
    #[arg(long, value_name = "N")]
    fuel: Option<u32>,
}

#[derive(Args)]
pub struct FuzzArtifact {
    /// Number of mutants
    #[arg(long, default_value_t = 200_000)]
    runs: u64,
    /// What their seeds are made from
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[derive(Args)]
pub struct Modules {
    /// Only this target (may be repeated)
    #[arg(long = "target", value_name = "TARGET", default_values_t = ["cortex-m4f".to_owned(), "rv32imac".to_owned()])]
    targets: Vec<String>,
}

#[derive(Args)]
pub struct Soak {
    /// Cycles, ten a second of the board's clock
    #[arg(long, default_value_t = 36_000)]
    cycles: u32,
}

#[derive(Args)]
pub struct Mutants {
    /// Only faults whose names contain this
    #[arg(long)]
    only: Option<String>,
}

/// Executes the specification's tests.
///
/// # Errors
/// If something does not build, or an assertion does not hold.
pub fn spec(options: &Spec) -> Result<()> {
    let targets = match options.all {
        true => all_targets()?,
        false => options.targets.clone(),
    };
    prepare(&targets)?;
    let mut command = program("spec");
    for target in &targets {
        command.args(["--target", target]);
    }
    if let Some(file) = &options.file {
        command.args(["--file", file]);
    }
    if options.verbose {
        command.arg("--verbose");
    }
    step::foreground(command, "the specification's tests did not all pass")
}

/// Compares random modules with wasmi.
///
/// # Errors
/// If something does not build, or there is a difference.
pub fn fuzz(options: &Fuzz) -> Result<()> {
    prepare(std::slice::from_ref(&options.target))?;
    let mut command = program("fuzz");
    command.args(["--target", &options.target]);
    command.args(["--runs", &options.runs.to_string(), "--seed", &options.seed.to_string()]);
    if let Some(fuel) = options.fuel {
        command.args(["--fuel", &fuel.to_string()]);
    }
    step::foreground(command, "there are differences, or operators that nothing executed")
}

/// Has mutated artifacts opened and instantiated, and says how far they got.
///
/// # Errors
/// If something does not build, or a mutant does what it must not.
pub fn fuzz_artifact(options: &FuzzArtifact) -> Result<()> {
    setup::ensure(&[Purpose::Build])?;
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(paths::root()).args(["test", "--test", "runtime", "--", "--nocapture", "mutants"]);
    command.env("SANDGRAIN_MUTANTS", options.runs.to_string()).env("SANDGRAIN_SEED", options.seed.to_string());
    step::foreground(command, "a mutant was not refused, or not by name")
}

/// Has published modules do their job.
///
/// # Errors
/// If something does not build or cannot be fetched, or a result is wrong.
pub fn modules(options: &Modules) -> Result<()> {
    prepare(&options.targets)?;
    setup::ensure(&[Purpose::Packages])?;
    let mut command = program("modules");
    for target in &options.targets {
        command.args(["--target", target]);
    }
    step::foreground(command, "a published module did not do its job")
}

/// Has instances made, used and given up for an hour of the boards' time, on every build of the firmware.
///
/// # Errors
/// If something does not build, a cycle ends otherwise than the first, or RAM is not flat.
pub fn soak(options: &Soak) -> Result<()> {
    setup::ensure(&[Purpose::Build, Purpose::Emulate])?;
    let boards = Board::named(&[])?;
    firmware::build_run(&boards)?;
    firmware::build_interpreter(&boards)?;
    firmware::build_containment(&boards)?;
    let mut command = program("soak");
    command.args(["--cycles", &options.cycles.to_string()]);
    step::foreground(command, "what happens to an instance depends on what has happened before")
}

/// Targets that together take every lowering rule: with and without floats in hardware, of one precision and of two.
const PROVED: [&str; 5] = ["cortex-m3", "cortex-m4f", "cortex-m7", "rv32imac", "rv32imafc"];

/// Counts how often the suites take each lowering rule.
///
/// # Errors
/// If something does not build or cannot be fetched, a suite fails, or a rule is never taken.
pub fn rules() -> Result<()> {
    let targets = PROVED.map(str::to_owned);
    prepare(&targets)?;
    setup::ensure(&[Purpose::Packages])?;
    let mut command = proof_program("rules");
    for target in &targets {
        command.args(["--target", target]);
    }
    step::foreground(command, "there are lowering rules that no suite takes")
}

/// Plants each deliberate fault of the compiler and asks the suites.
///
/// # Errors
/// If something does not build, or a fault is not noticed.
pub fn mutants(options: &Mutants) -> Result<()> {
    prepare(&PROVED.map(str::to_owned))?;
    let mut command = proof_program("mutants");
    if let Some(only) = &options.only {
        command.args(["--only", only]);
    }
    step::foreground(command, "there are faults that no suite notices")
}

/// Cuts the power at every flash operation of an update. Built for speed, which pays after seconds.
///
/// # Errors
/// If it does not build, or something is lost.
pub fn powercut(args: &[String]) -> Result<()> {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(paths::root()).args(["run", "--release", "-q", "-p", "sandgrain-powercut", "--"]).args(args);
    step::foreground(command, "something does not survive a power cut")
}

/// Kills the RV32 board's emulator at random moments of updates.
///
/// # Errors
/// If something does not build, or is lost.
pub fn powercut_qemu(rounds: u32) -> Result<()> {
    setup::ensure(&[Purpose::Build, Purpose::Emulate])?;
    firmware::build(&Board::named(&["qemu-riscv32-virt".to_owned()])?)?;
    let mut command = program("powercut_qemu");
    command.args(["--rounds", &rounds.to_string()]);
    step::foreground(command, "a device does not survive a power cut")
}

fn all_targets() -> Result<Vec<String>> {
    let mut targets: Vec<String> = Vec::new();
    for board in Board::all()? {
        if !targets.contains(&board.target) {
            targets.push(board.target);
        }
    }
    Ok(targets)
}

/// Builds the library for C and a firmware on it, and shows what that says in QEMU.
///
/// # Errors
/// If something does not build or run.
pub fn c_firmware() -> Result<()> {
    setup::ensure(&[Purpose::Build, Purpose::Emulate, Purpose::Test])?;
    firmware::build_c_library()?;
    step::foreground(program("c_firmware"), "the firmware in C did not run to its end")
}

/// Builds a firmware for each target, and the plugin that watches alignment.
fn prepare(targets: &[String]) -> Result<()> {
    let mut boards = Vec::new();
    for target in targets {
        boards.extend(Board::with_target(&[], target)?.into_iter().take(1));
    }
    let others = boards.iter().any(|board| !board.has_network);
    let others = if others { &[Purpose::BuildOthers, Purpose::EmulateProcesses][..] } else { &[] };
    setup::ensure(&[&[Purpose::Build, Purpose::Emulate], others].concat())?;
    firmware::build_run(&boards)?;
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(paths::root()).args(["build", "-p", "sandgrain-alignment"]);
    step::foreground(command, "the plugin that watches alignment did not build")
}

/// A program of `hil-tests`, built with the checkers that debug assertions switch on.
pub fn program(name: &str) -> Command {
    program_with(name, &[])
}

/// The same with the compiler's marks switched on.
fn proof_program(name: &str) -> Command {
    program_with(name, &["--features", "sandgrain-hil-tests/proof"])
}

/// No package is selected: dependencies then have the features that the tests use, and are built once.
fn program_with(name: &str, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(paths::root()).args(["run", "--bin", name]);
    command.args(options).arg("--");
    command
}
