//! `./dev demo`: builds what the demo needs, and becomes it.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::firmware::{self, Board};
use crate::setup::{self, Purpose};
use crate::{paths, step};

/// What `--break` takes; the demo itself says what each means.
const PROTECTIONS: [&str; 3] = ["signature", "revert", "quarantine"];

/// What was asked for.
pub struct Options {
    pub boards: Vec<String>,
    pub without: Option<String>,
    pub logs: bool,
}

/// Builds firmware, guests and the demo, then runs it.
///
/// # Errors
/// If something does not build, or the demo did not observe everything.
pub fn run(options: &Options) -> Result<()> {
    if let Some(without) = options.without.as_deref().filter(|w| !PROTECTIONS.contains(w)) {
        bail!("there is no protection `{without}` to break; there are: {}", PROTECTIONS.join(", "));
    }
    let boards = Board::named(&options.boards)?;
    setup::ensure(&[Purpose::Build, Purpose::Emulate])?;
    let firmware = match options.without {
        None => firmware::build_device(&boards)?,
        Some(_) => firmware::build_breakable_device(&boards)?,
    };
    firmware::build_guests()?;
    let mut command = Command::new(build()?);
    command.arg("--firmware").arg(firmware).arg("--guests").arg(firmware::guest_output());
    for board in &boards {
        command.args(["--board", &board.name]);
    }
    if let Some(without) = &options.without {
        command.args(["--break", without]);
    }
    if options.logs {
        command.arg("--logs");
    }
    let status = command.status().context("cannot run the demo")?;
    if !status.success() {
        bail!("the demo did not observe everything that it should have");
    }
    Ok(())
}

fn build() -> Result<PathBuf> {
    let binary = paths::host_target_dir().join("debug/sandgrain-demo");
    let mut command = Command::new("cargo");
    command.args(["build", "--package", "sandgrain-demo", "--manifest-path"]).arg(paths::root().join("Cargo.toml"));
    if binary.exists() {
        command.arg("--quiet");
    }
    step::foreground(command, "the demo did not build")?;
    Ok(binary)
}
