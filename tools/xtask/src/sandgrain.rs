//! The `sandgrain` command, built from this tree.

use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::{paths, step};

/// Builds it and says where it is.
///
/// # Errors
/// If it does not build.
pub fn build() -> Result<PathBuf> {
    let binary = paths::host_target_dir().join("debug/sandgrain");
    let mut command = Command::new("cargo");
    command.args(["build", "--package", "sandgrain", "--manifest-path"]).arg(paths::root().join("Cargo.toml"));
    if binary.exists() {
        command.arg("--quiet");
    }
    step::foreground(command, "the sandgrain command did not build")?;
    Ok(binary)
}

/// Builds it and becomes it, so that its exit code and signals are its own.
///
/// # Errors
/// If it cannot be built or started; on success this does not return.
pub fn exec(args: &[String]) -> Result<()> {
    let binary = build()?;
    Err(Command::new(&binary).args(args).exec()).with_context(|| format!("cannot run {}", binary.display()))
}
