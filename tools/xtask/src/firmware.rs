//! Building what runs on the boards: firmwares, and the wasm modules of `hil-tests/guests`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::toolchain::{Toolchain, WASM};
use crate::{paths, step};

/// A board, as its folder in `boards/` describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// The folder's name, which is also the name of its cargo package's folder and of the board on the command line.
    pub name: String,
    /// The Rust target triple of its firmware.
    pub target: String,
}

#[derive(Deserialize)]
struct BoardToml {
    target: String,
}

/// The profile of every firmware.
const RELEASE: &str = "release";
/// The profile of the tests' second build, which is also the name of its folder.
const SECOND: &str = "speed";

impl Board {
    /// Every folder of `boards/` that has a board.toml, by name.
    ///
    /// # Errors
    /// If there is none, or one cannot be read or names no `target`.
    pub fn all() -> Result<Vec<Board>> {
        let mut boards = Vec::new();
        let folder = paths::boards();
        let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            let description = path.join("board.toml");
            let Some(name) = path.file_name().and_then(|n| n.to_str()) else { continue };
            if description.is_file() {
                let text = fs::read_to_string(&description)?;
                let parsed: BoardToml =
                    toml::from_str(&text).with_context(|| format!("in {}", description.display()))?;
                boards.push(Board { name: name.to_owned(), target: parsed.target });
            }
        }
        if boards.is_empty() {
            bail!("no folder of {} has a board.toml", folder.display());
        }
        boards.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(boards)
    }

    /// The boards whose names are given, or all.
    ///
    /// # Errors
    /// As [`Self::all`], and if there is no board of such a name.
    pub fn named(names: &[String]) -> Result<Vec<Board>> {
        let all = Board::all()?;
        if names.is_empty() {
            return Ok(all);
        }
        let find = |name: &String| {
            all.iter().find(|board| board.name == *name).cloned().with_context(|| {
                let known: Vec<_> = all.iter().map(|board| board.name.as_str()).collect();
                format!("there is no board `{name}`; there are: {}", known.join(", "))
            })
        };
        names.iter().map(find).collect()
    }

    /// A cargo command for the board's package, run where the boards' linker flags are in force.
    ///
    /// # Errors
    /// As [`Toolchain::cargo`].
    pub fn cargo(&self, subcommand: &str) -> Result<Command> {
        let mut command = Toolchain::for_target(&self.target)?.cargo(subcommand)?;
        self.select(&mut command, RELEASE);
        Ok(command)
    }

    /// As [`Self::cargo`], with clippy, if there is one.
    ///
    /// # Errors
    /// As [`Toolchain::clippy`].
    pub fn clippy(&self) -> Result<Option<Command>> {
        let mut command = Toolchain::for_target(&self.target)?.clippy()?;
        command.iter_mut().for_each(|c| self.select(c, RELEASE));
        Ok(command)
    }

    fn select(&self, command: &mut Command, profile: &str) {
        command.current_dir(paths::boards()).args(["--profile", profile]).arg("--manifest-path");
        command.arg(paths::boards().join(&self.name).join("Cargo.toml"));
    }

    /// The names of the board's firmwares: the binaries of its package.
    ///
    /// # Errors
    /// If the package's folder has no readable `src/bin`.
    pub fn firmwares(&self) -> Result<Vec<String>> {
        let folder = paths::boards().join(&self.name).join("src/bin");
        let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        let mut names = Vec::new();
        for entry in entries {
            names.extend(entry?.path().file_stem().and_then(|name| name.to_str()).map(str::to_owned));
        }
        names.sort();
        Ok(names)
    }

    /// Where the board's firmwares are once built.
    pub fn output(&self) -> PathBuf {
        paths::cross_target_dir().join(&self.target).join("release")
    }
}

/// Builds every firmware of the boards.
///
/// # Errors
/// If one does not build.
pub fn build(boards: &[Board]) -> Result<()> {
    for board in boards {
        step::foreground(board.cargo("build")?, &format!("the firmware of {} did not build", board.name))?;
    }
    Ok(())
}

/// Builds the network-free firmware once more, optimised for speed: the tests run the same artifacts under both builds.
///
/// # Errors
/// If one does not build.
pub fn build_second(boards: &[Board]) -> Result<()> {
    for board in boards {
        let mut command = Toolchain::for_target(&board.target)?.cargo("build")?;
        board.select(&mut command, SECOND);
        command.args(["--bin", "run"]);
        step::foreground(command, &format!("the second firmware of {} did not build", board.name))?;
    }
    Ok(())
}

/// Builds the network firmware, and says in which folder it is, under `TARGET/release`.
///
/// # Errors
/// If one does not build.
pub fn build_device(boards: &[Board]) -> Result<PathBuf> {
    for board in boards {
        let mut command = board.cargo("build")?;
        command.args(["--bin", "device"]);
        step::foreground(command, &format!("the network firmware of {} did not build", board.name))?;
    }
    Ok(paths::cross_target_dir())
}

/// As [`build_device`], with a firmware whose protections can be switched off. It has a folder of its own, so that it
/// is never taken for the real one.
///
/// # Errors
/// If one does not build.
pub fn build_breakable_device(boards: &[Board]) -> Result<PathBuf> {
    let folder = paths::cross_target_dir().join("unsafe-break");
    for board in boards {
        let mut command = board.cargo("build")?;
        command.args(["--bin", "device", "--features", "unsafe-break", "--target-dir"]).arg(&folder);
        step::foreground(command, &format!("the breakable firmware of {} did not build", board.name))?;
    }
    Ok(folder)
}

/// Builds every guest module; they are then in [`guest_output`].
///
/// # Errors
/// If one does not build.
pub fn build_guests() -> Result<()> {
    let mut command = Toolchain::for_target(WASM)?.cargo("build")?;
    command.current_dir(paths::guests()).args(["--release", "--workspace"]);
    step::foreground(command, "the guest modules did not build")
}

/// Where the guest modules are once built, each as `NAME.wasm`.
pub fn guest_output() -> PathBuf {
    paths::cross_target_dir().join(WASM).join("release")
}
