//! The comparison of compile times: `hil-tests/compile-time`, on a module that npm has.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};
use clap::Args;

use crate::setup::{self, Purpose};
use crate::{deep, paths, step};

#[derive(Args)]
pub struct CompileTime {
    /// The module; sql.js's of npm if it is not said
    #[arg(value_name = "IN.wasm")]
    module: Option<PathBuf>,
    /// Worker threads on both sides
    #[arg(long, default_value_t = 2)]
    threads: usize,
    /// Measurements of each kind, of which the shortest counts
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Exit with 1 if a ratio is above its goal
    #[arg(long)]
    check: bool,
}

/// The module that compile times are measured with: package and file.
const LARGE_MODULE: (&str, &str) = ("sql.js@1.16.0", "dist/sql-wasm.wasm");

/// Measures compile times beside Wasmtime's.
///
/// # Errors
/// If something does not build or cannot be fetched, or, where that is asked for, a ratio is above its goal.
pub fn run(options: &CompileTime) -> Result<()> {
    setup::ensure(&[Purpose::Build, Purpose::Packages])?;
    let module = match &options.module {
        Some(module) => std::path::absolute(module)?,
        None => large_module()?,
    };
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(paths::root().join("hil-tests/compile-time")).args(["run", "--release", "--locked", "--"]);
    command.arg(module);
    command.args(["--threads", &options.threads.to_string(), "--rounds", &options.rounds.to_string()]);
    if options.check {
        command.arg("--check");
    }
    step::foreground(command, "compile times were not measured, or are above their goals")
}

fn large_module() -> Result<PathBuf> {
    let (package, file) = LARGE_MODULE;
    let mut command = deep::program("modules");
    command.args(["--fetch", package, file]);
    let captured = command.stderr(std::process::Stdio::inherit()).output()?;
    if !captured.status.success() {
        bail!("{package}: its file {file} could not be fetched");
    }
    Ok(PathBuf::from(String::from_utf8(captured.stdout)?.trim()))
}
