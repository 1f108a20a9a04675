//! The benchmark: builds the kernels in Rust, the firmwares that everything runs under, and the program that measures.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, bail};
use clap::Args;

use crate::firmware::{self, Board};
use crate::setup::{self, Purpose};
use crate::toolchain::{Toolchain, WASM};
use crate::{deep, paths, step};

#[derive(Args)]
pub struct Bench {
    /// Only this board (may be repeated)
    #[arg(long = "board", value_name = "BOARD")]
    boards: Vec<String>,
    /// Only kernels whose names contain this (may be repeated)
    #[arg(long = "kernel", value_name = "NAME")]
    only: Vec<String>,
    /// The .wasm files of this folder instead, each with an export `run(i32) -> i32`
    #[arg(long, value_name = "DIR")]
    kernels: Option<PathBuf>,
    /// What those are called with
    #[arg(long, value_name = "N", requires = "kernels", allow_negative_numbers = true)]
    argument: Option<i32>,
    /// JSON instead of tables
    #[arg(long)]
    json: bool,
}

/// The boards that are measured unless others are asked for: Cortex-M4F, Cortex-M7, RV32IMAC.
const BOARDS: [&str; 3] = ["qemu-mps2-an386", "qemu-mps2-an500", "qemu-riscv32-virt"];

const BUILD_LIMIT: Duration = Duration::from_secs(20 * 60);

/// Profiles of the workspace of kernels.
const PROFILES: [&str; 2] = ["release", "size"];

/// Measures.
///
/// # Errors
/// If something does not build, a kernel cannot be run, or two ways of running it have different results.
pub fn run(options: &Bench) -> Result<()> {
    let names = match options.boards.is_empty() {
        true => BOARDS.map(str::to_owned).to_vec(),
        false => options.boards.clone(),
    };
    let boards = Board::named(&names)?;
    setup::ensure(&[Purpose::Build, Purpose::Emulate, Purpose::Bench])?;
    firmware::build_run(&boards)?;
    if options.kernels.is_none() {
        build_kernels(&boards)?;
    }
    let mut command = deep::program("bench");
    for board in &names {
        command.args(["--board", board]);
    }
    for name in &options.only {
        command.args(["--kernel", name]);
    }
    if let Some(folder) = &options.kernels {
        command.arg("--kernels").arg(std::path::absolute(folder)?);
    }
    if let Some(argument) = options.argument {
        command.args(["--argument", &argument.to_string()]);
    }
    if options.json {
        command.arg("--json");
    }
    step::foreground(command, "a kernel was not measured, or has different results")
}

/// Builds the kernels in Rust: as modules, and as native code for each board.
fn build_kernels(boards: &[Board]) -> Result<()> {
    let mut platforms = vec![("wasm", WASM, None)];
    for board in boards {
        let processor = match board.target.as_str() {
            "cortex-m4f" => Some("cortex-m4"),
            "cortex-m7" => Some("cortex-m7"),
            "rv32imac" => None,
            other => bail!("there is no native code to compare with for {other}"),
        };
        platforms.push((&board.target, &board.triple, processor));
    }
    for (platform, triple, processor) in platforms {
        for profile in PROFILES {
            let mut command = Toolchain::for_target(triple)?.cargo("build")?;
            command.current_dir(paths::kernels()).args(["--workspace", "--profile", profile, "--target-dir"]);
            command.arg(paths::cross_target_dir().join("bench").join(platform));
            if let Some(processor) = processor {
                command.env("RUSTFLAGS", format!("-Ctarget-cpu={processor}"));
            }
            // Quiet: it is said of each package that there are no dynamic libraries for bare metal.
            step::logged(&format!("kernels in Rust for {platform}, {profile}"), command, BUILD_LIMIT)?;
        }
    }
    Ok(())
}
