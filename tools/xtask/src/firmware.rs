//! Building what runs on the boards: firmwares, and the wasm modules of `hil-tests/guests`.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::toolchain::{self, Toolchain, WASM};
use crate::{paths, step};

/// A board as one of the parts that it can be, as its folder in `boards/` describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// The folder's name, which is also the name of its cargo package's folder and of the board on the command line.
    pub name: String,
    /// What modules are compiled for: a name of `sandgrain targets`.
    pub target: String,
    /// The Rust target triple of its firmware.
    pub triple: String,
    /// Whether this is what the board is unless another part is asked for.
    pub is_default: bool,
    /// Whether it has the network firmware and the self-test, and not only the network-free firmware.
    pub has_network: bool,
}

#[derive(Deserialize)]
struct BoardToml {
    part: Vec<Part>,
    emulator: Emulator,
    device: Option<toml::Table>,
}

#[derive(Deserialize)]
struct Emulator {
    #[serde(default)]
    process: bool,
    program: Option<String>,
}

#[derive(Deserialize)]
struct Part {
    target: String,
    triple: String,
}

/// The profile of every firmware.
const RELEASE: &str = "release";
/// The profile of the tests' second build, which is also the name of its folder.
const SECOND: &str = "speed";
/// The network-free firmware.
const RUN: &str = "run";
/// The network firmware.
const DEVICE: &str = "device";
/// Builds of the network-free firmware with more in it: the feature, which is also the name of the folder.
const VARIANTS: [&str; 2] = ["interpreter", "validate"];

impl Board {
    /// Every folder of `boards/` that has a board.toml, as every part that it names: by name, the default part first. This
    /// computer is one part only, or none if there is no engine for it.
    ///
    /// # Errors
    /// If there is none, or one cannot be read or names no part.
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
                boards.push(parse(name, &text).with_context(|| format!("in {}", description.display()))?);
            }
        }
        if boards.is_empty() {
            bail!("no folder of {} has a board.toml", folder.display());
        }
        let mut boards = boards.concat();
        // Stable, so parts stay in their order.
        boards.sort_by(|a: &Board, b| a.name.cmp(&b.name));
        Ok(boards)
    }

    /// This computer, if there is an engine for it.
    ///
    /// # Errors
    /// As [`Self::all`].
    pub fn this_computer() -> Result<Vec<Board>> {
        Ok(Board::all()?.into_iter().filter(|board| toolchain::is_this_computer(&board.triple)).take(1).collect())
    }

    /// The boards of the demo: those with a network firmware, as their default parts.
    ///
    /// # Errors
    /// As [`Self::all`].
    pub fn networked() -> Result<Vec<Board>> {
        Ok(Board::all()?.into_iter().filter(|board| board.has_network).collect())
    }

    /// Every part that a board can be beside those of [`Self::networked`]: they have the network-free firmware alone.
    ///
    /// # Errors
    /// As [`Self::all`].
    pub fn others() -> Result<Vec<Board>> {
        Ok(Board::all()?.into_iter().filter(|board| !board.has_network).collect())
    }

    /// The boards whose names are given, or [`Self::networked`], as their default parts.
    ///
    /// # Errors
    /// As [`Self::all`], and if there is no board of such a name.
    pub fn named(names: &[String]) -> Result<Vec<Board>> {
        if names.is_empty() {
            return Board::networked();
        }
        let mut all = Board::all()?;
        all.retain(|board| board.is_default);
        let find = |name: &String| {
            all.iter().find(|board| board.name == *name).cloned().with_context(|| {
                let known: Vec<_> = all.iter().map(|board| board.name.as_str()).collect();
                format!("there is no board `{name}`; there are: {}", known.join(", "))
            })
        };
        names.iter().map(find).collect()
    }

    /// Every board that can be the part `target`, of those whose names are given or of all.
    ///
    /// # Errors
    /// As [`Self::all`], and if there is none.
    pub fn with_target(names: &[String], target: &str) -> Result<Vec<Board>> {
        let mut boards = Board::all()?;
        boards.retain(|board| board.target == target && (names.is_empty() || names.contains(&board.name)));
        if boards.is_empty() {
            let known: Vec<_> =
                Board::all()?.iter().map(|board| format!("{} on {}", board.target, board.name)).collect();
            bail!("no such board runs {target}; there are: {}", known.join(", "));
        }
        Ok(boards)
    }

    /// A cargo command for the board's package, run where the boards' linker flags are in force.
    ///
    /// # Errors
    /// As [`Toolchain::cargo`].
    pub fn cargo(&self, subcommand: &str) -> Result<Command> {
        let mut command = Toolchain::for_target(&self.triple)?.cargo(subcommand)?;
        self.select(&mut command, RELEASE);
        Ok(command)
    }

    /// As [`Self::cargo`], with clippy, if there is one.
    ///
    /// # Errors
    /// As [`Toolchain::clippy`].
    pub fn clippy(&self) -> Result<Option<Command>> {
        let mut command = Toolchain::for_target(&self.triple)?.clippy()?;
        command.iter_mut().for_each(|c| self.select(c, RELEASE));
        Ok(command)
    }

    fn select(&self, command: &mut Command, profile: &str) {
        command.current_dir(paths::boards()).args(["--profile", profile]).arg("--manifest-path");
        command.arg(paths::boards().join(&self.name).join("Cargo.toml"));
        if !self.has_network {
            command.arg("--no-default-features");
        }
    }

    /// Adds the option that selects one firmware.
    fn only(&self, command: &mut Command, firmware: &str) {
        command.arg("--bin").arg(self.binary(firmware));
    }

    /// The names of the board's firmwares: the programs in its package's `src/bin`.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn firmwares(&self) -> Result<Vec<String>> {
        if !self.has_network {
            return Ok(vec![RUN.to_owned()]);
        }
        let folder = paths::boards().join(&self.name).join("src/bin");
        let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        let mut names = Vec::new();
        for entry in entries {
            names.extend(entry?.path().file_stem().and_then(|name| name.to_str()).map(str::to_owned));
        }
        names.sort();
        Ok(names)
    }

    /// The name of a firmware's binary: several boards have the same triple, hence the same folder.
    fn binary(&self, firmware: &str) -> String {
        format!("{}-{firmware}", self.name)
    }

    /// Where a firmware of the board is once built.
    pub fn output(&self, firmware: &str) -> PathBuf {
        paths::cross_target_dir().join(&self.triple).join(RELEASE).join(self.binary(firmware))
    }

    /// What [`build_interpreter`] makes for the board: files, and names for them.
    pub fn variants(&self) -> impl Iterator<Item = (PathBuf, String)> {
        let place = Path::new(&self.triple).join(RELEASE).join(self.binary(RUN));
        let file =
            move |variant| (paths::cross_target_dir().join(variant).join(&place), format!("{RUN} with {variant}"));
        VARIANTS.into_iter().filter(|_| self.has_network).map(file)
    }
}

impl fmt::Display for Board {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} as {}", self.name, self.target)
    }
}

/// A board.toml: at least one part.
fn parse(name: &str, text: &str) -> Result<Vec<Board>> {
    let mut parsed: BoardToml = toml::from_str(text)?;
    if parsed.part.is_empty() {
        bail!("there is no [[part]]");
    }
    if parsed.emulator.process && parsed.emulator.program.is_none() {
        parsed.part.retain(|part| toolchain::is_this_computer(&part.triple));
    }
    let parts = parsed.part.into_iter().enumerate().map(|(i, part)| Board {
        name: name.to_owned(),
        target: part.target,
        triple: part.triple,
        is_default: i == 0,
        has_network: i == 0 && parsed.device.is_some(),
    });
    Ok(parts.collect())
}

/// Builds every firmware of the boards.
///
/// # Errors
/// If one does not build.
pub fn build(boards: &[Board]) -> Result<()> {
    for board in boards {
        step::foreground(board.cargo("build")?, &format!("the firmware of {board} did not build"))?;
    }
    Ok(())
}

/// Builds the network-free firmware of the boards.
///
/// # Errors
/// If one does not build.
pub fn build_run(boards: &[Board]) -> Result<()> {
    for board in boards {
        let mut command = board.cargo("build")?;
        board.only(&mut command, RUN);
        step::foreground(command, &format!("the network-free firmware of {board} did not build"))?;
    }
    Ok(())
}

/// Builds the network-free firmware once more, optimised for speed: the tests run the same artifacts under both builds.
///
/// # Errors
/// If one does not build.
pub fn build_second(boards: &[Board]) -> Result<()> {
    for board in boards {
        let mut command = Toolchain::for_target(&board.triple)?.cargo("build")?;
        board.select(&mut command, SECOND);
        board.only(&mut command, RUN);
        step::foreground(command, &format!("the second firmware of {board} did not build"))?;
    }
    Ok(())
}

/// Builds the network-free firmware with the interpreter in it, once without and once with validation, for size: all of
/// it, with nothing in it for other tests and with panics that say nothing. Each has a folder of its own.
///
/// # Errors
/// If one does not build.
pub fn build_interpreter(boards: &[Board]) -> Result<()> {
    for board in boards {
        for variant in VARIANTS {
            let mut command = board.cargo("build")?;
            board.only(&mut command, RUN);
            Toolchain::for_target(&board.triple)?.silence_panics(&mut command);
            command.args(["--config", "profile.release.opt-level='z'", "--no-default-features"]);
            command.args(["--features", variant, "--target-dir"]).arg(paths::cross_target_dir().join(variant));
            step::foreground(command, &format!("the firmware of {board} with `{variant}` did not build"))?;
        }
    }
    Ok(())
}

/// Builds the network-free firmware with guests that MPU or PMP contain, and without anything that the tests of that do not
/// need. It has a folder of its own.
///
/// # Errors
/// If one does not build.
pub fn build_containment(boards: &[Board]) -> Result<()> {
    for board in boards {
        let mut command = board.cargo("build")?;
        board.only(&mut command, RUN);
        let folder = paths::cross_target_dir().join("containment");
        command.args(["--no-default-features", "--features", "containment", "--target-dir"]).arg(folder);
        step::foreground(command, &format!("the firmware of {board} with `containment` did not build"))?;
    }
    Ok(())
}

/// Builds the Linux agent for the parts that run as processes, this computer aside.
///
/// # Errors
/// If one does not build.
pub fn build_linux_agents() -> Result<()> {
    let all = Board::all()?;
    let others = all.iter().filter(|b| toolchain::is_linux(&b.triple) && !toolchain::is_this_computer(&b.triple));
    for board in others {
        let mut command = Toolchain::for_target(&board.triple)?.cargo("build")?;
        command.current_dir(paths::root()).args(["--release", "--package", "sandgrain-agentd", "--bins"]);
        step::foreground(command, &format!("the Linux agent for {board} did not build"))?;
    }
    Ok(())
}

/// What the library for C is built for.
const C_TARGET: &str = "thumbv7em-none-eabihf";

/// Builds the runtime as a static library for firmware in C, and says where it is.
///
/// # Errors
/// If it does not build.
pub fn build_c_library() -> Result<PathBuf> {
    let mut command = Toolchain::for_target(C_TARGET)?.cargo("build")?;
    command.current_dir(paths::boards()).args(["--release", "--package", "sandgrain-c"]);
    step::foreground(command, "the library for C did not build")?;
    Ok(paths::cross_target_dir().join(C_TARGET).join("release/libsandgrain_c.a"))
}

/// Builds the network firmware, and says in which folder it is, under `TRIPLE/release`.
///
/// # Errors
/// If one does not build, or a board has none.
pub fn build_device(boards: &[Board]) -> Result<PathBuf> {
    for board in boards {
        let command = device_command(board)?;
        step::foreground(command, &format!("the network firmware of {board} did not build"))?;
    }
    Ok(paths::cross_target_dir())
}

/// As [`build_device`], with a firmware whose protections can be switched off. It has a folder of its own, so that it
/// is never taken for the real one.
///
/// # Errors
/// If one does not build, or a board has none.
pub fn build_breakable_device(boards: &[Board]) -> Result<PathBuf> {
    let folder = paths::cross_target_dir().join("unsafe-break");
    for board in boards {
        let mut command = device_command(board)?;
        command.args(["--features", "unsafe-break", "--target-dir"]).arg(&folder);
        step::foreground(command, &format!("the breakable firmware of {board} did not build"))?;
    }
    Ok(folder)
}

fn device_command(board: &Board) -> Result<Command> {
    if !board.has_network {
        bail!("{} has no network firmware; modules can be run on it: `sandgrain run`", board.name);
    }
    let mut command = board.cargo("build")?;
    board.only(&mut command, DEVICE);
    Ok(command)
}

/// Builds every guest module; they are then in [`guest_output`]. One is built with line numbers as well, beside that.
///
/// # Errors
/// If one does not build.
pub fn build_guests() -> Result<()> {
    for what in [&["--release", "--workspace"][..], &["--profile", "traced", "--package", "crash"]] {
        let mut command = Toolchain::for_target(WASM)?.cargo("build")?;
        command.current_dir(paths::guests()).args(what);
        step::foreground(command, "the guest modules did not build")?;
    }
    Ok(())
}

/// Where the guest modules are once built, each as `NAME.wasm`.
pub fn guest_output() -> PathBuf {
    paths::cross_target_dir().join(WASM).join("release")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "summary = 'x'\n[emulator]\n[[part]]\ntarget = 'a'\ntriple = 'a-none'\n\
        [[part]]\ntarget = 'b'\ntriple = 'b-none'\nmachine = ['-cpu', 'b']\n[device]\nsensor = []\n";

    #[test]
    fn the_first_part_is_the_default_and_alone_has_a_network() {
        let boards = parse("board", TEXT).unwrap();
        let said: Vec<_> = boards.iter().map(|b| (b.target.as_str(), b.is_default, b.has_network)).collect();
        assert_eq!(said, [("a", true, true), ("b", false, false)]);
        let without = parse("board", TEXT.split("[device]").next().unwrap()).unwrap();
        assert!(without[0].is_default && !without[0].has_network);
        assert!(parse("board", "part = []\n[emulator]").is_err());
    }

    #[test]
    fn this_computer_is_one_part_at_most() {
        let text = TEXT.replace("[emulator]", "[emulator]\nprocess = true");
        assert_eq!(parse("board", &text).unwrap(), []);
        let own = text.replace("b-none", &format!("{}-unknown-linux-gnu", std::env::consts::ARCH));
        let parts: Vec<_> = parse("board", &own).unwrap().into_iter().map(|b| (b.target, b.is_default)).collect();
        assert_eq!(parts, if cfg!(target_os = "linux") { vec![("b".to_owned(), true)] } else { Vec::new() });
        let emulated = text.replace("[emulator]", "[emulator]\nprogram = 'qemu'");
        assert_eq!(parse("board", &emulated).unwrap().len(), 2);
    }

    #[test]
    fn no_two_boards_share_a_binary() {
        let boards = Board::all().unwrap();
        let mut outputs: Vec<_> = boards.iter().map(|board| board.output(RUN)).collect();
        outputs.sort();
        outputs.dedup();
        assert_eq!(outputs.len(), boards.len());
    }

    #[test]
    fn a_board_without_network_firmware_is_named() {
        let boards = Board::with_target(&[], "cortex-m7").unwrap();
        let error = build_device(&boards).unwrap_err().to_string();
        assert!(error.contains("qemu-mps2-an500 has no network firmware"), "{error}");
        assert!(Board::with_target(&["qemu-mps2-an386".to_owned()], "rv32imc").is_err());
    }
}
