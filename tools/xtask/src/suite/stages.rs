//! The stages of the quick suite, and those that run on demand.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::binaries::{self, Binary};
use super::tally::Tally;
use crate::firmware::{self, Board};
use crate::setup::{self, EVERYTHING, Purpose};
use crate::toolchain::{Toolchain, WASM};
use crate::{paths, sizes, step, tidy};

/// How long one test binary may run before it counts as hanging.
const HANG: Duration = Duration::from_secs(20 * 60);

pub struct Stage {
    pub name: &'static str,
    pub what: &'static str,
    /// Stages without whose success this one means nothing. All stand before it in [`STAGES`].
    pub after: &'static [&'static str],
    /// Counts as one passed check itself, as it counts no tests.
    pub is_one_check: bool,
    /// Not part of the quick suite: runs when named.
    pub on_demand: bool,
    pub run: fn(&mut Tally) -> Result<()>,
}

/// In the order in which they run: what fails fastest first.
pub const STAGES: [Stage; 10] = [
    Stage {
        name: "setup",
        what: "what the suite needs is installed",
        after: &[],
        is_one_check: true,
        on_demand: false,
        run: |_| setup::ensure(&EVERYTHING),
    },
    Stage {
        name: "fmt",
        what: "rustfmt, in every workspace",
        after: &[],
        is_one_check: true,
        on_demand: false,
        run: |_| fmt(),
    },
    Stage {
        name: "tidy",
        what: "the invariants of the tree",
        after: &[],
        is_one_check: true,
        on_demand: false,
        run: |_| tidy::run(),
    },
    Stage {
        name: "build",
        what: "the host's programs and tests",
        after: &[],
        is_one_check: true,
        on_demand: false,
        run: |_| binaries::build().map(|_| ()),
    },
    Stage {
        name: "unit",
        what: "tests that need no board",
        after: &["setup", "build"],
        is_one_check: false,
        on_demand: false,
        run: unit,
    },
    Stage {
        name: "firmware",
        what: "the firmware of the networked boards, within its size budget, what runs modules on this computer, and the library for C",
        after: &["setup"],
        is_one_check: true,
        on_demand: false,
        run: |_| {
            let boards = Board::networked()?;
            firmware::build(&boards)?;
            firmware::build_second(&boards)?;
            firmware::build_run(&Board::this_computer()?)?;
            firmware::build_c_library()?;
            firmware::build_interpreter(&boards)?;
            firmware::build_containment(&boards)?;
            sizes::run(&boards)
        },
    },
    Stage {
        name: "guests",
        what: "the wasm modules that the boards run",
        after: &["setup"],
        is_one_check: true,
        on_demand: false,
        run: |_| firmware::build_guests(),
    },
    Stage {
        name: "boards",
        what: "tests on emulated boards, and against mosquitto",
        after: &["setup", "build", "firmware", "guests"],
        is_one_check: false,
        on_demand: false,
        run: boards,
    },
    Stage {
        name: "clippy",
        what: "lints, in every workspace",
        after: &["setup"],
        is_one_check: true,
        on_demand: false,
        run: clippy,
    },
    Stage {
        name: "parts",
        what: "firmware, lints, programs and Linux agent for every other part that a board can be",
        after: &["setup", "build"],
        is_one_check: false,
        on_demand: true,
        run: parts,
    },
];

fn fmt() -> Result<()> {
    let check = |folder| {
        let mut command = Command::new("cargo");
        command.current_dir(folder).args(["fmt", "--all", "--check"]);
        step::foreground(command, "rustfmt would change something")
            .context("to put it right: run `cargo fmt --all` there")
    };
    [paths::root(), paths::boards(), paths::guests(), paths::kernels()].into_iter().try_for_each(check)
}

/// Whether a test binary belongs to the tests on boards.
fn needs_boards(binary: &Binary) -> bool {
    binary.folder == paths::root().join("hil-tests")
}

fn unit(tally: &mut Tally) -> Result<()> {
    // Built already: this only asks cargo where they are.
    let all = binaries::build()?;
    let mine: Vec<&Binary> = all.iter().filter(|binary| !needs_boards(binary)).collect();
    binaries::run(&mine, HANG, tally)?;

    let mut examples = Command::new("cargo");
    examples.args(["test", "--workspace", "--doc", "--quiet", "--manifest-path"]).arg(paths::root().join("Cargo.toml"));
    binaries::run_counted(examples, "examples in the documentation", HANG, tally)?;

    let mut rules = Command::new("cargo");
    rules.args(["test", "--workspace", "--features", "sandgrain-compiler/proof", "--test", "disas", "--quiet"]);
    rules.arg("--manifest-path").arg(paths::root().join("Cargo.toml"));
    binaries::run_counted(rules, "a case for each lowering rule", HANG, tally)?;

    // The parts of the boards' workspace that need no hardware.
    let mut shared = Command::new("cargo");
    shared.current_dir(paths::boards()).args(["test", "--quiet"]);
    shared.env("CARGO_TARGET_DIR", paths::cross_target_dir());
    binaries::run_counted(shared, "the boards' host tests", HANG, tally)
}

fn boards(tally: &mut Tally) -> Result<()> {
    let all = binaries::build()?;
    let mine: Vec<&Binary> = all.iter().filter(|binary| needs_boards(binary)).collect();
    binaries::run(&mine, HANG, tally)
}

fn clippy(tally: &mut Tally) -> Result<()> {
    let mut host = Command::new("cargo");
    host.args(["clippy", "--workspace", "--all-targets", "--manifest-path"]).arg(paths::root().join("Cargo.toml"));
    deny_warnings(host)?;
    clippy_of(&Board::networked()?, tally)?;
    match Toolchain::for_target(WASM)?.clippy()? {
        Some(mut command) => {
            command.current_dir(paths::guests()).args(["--release", "--workspace"]);
            deny_warnings(command)
        }
        None => {
            skip(tally, "clippy of the guest modules: their toolchain comes without clippy".to_owned());
            Ok(())
        }
    }
}

fn clippy_of(boards: &[Board], tally: &mut Tally) -> Result<()> {
    for board in boards {
        match board.clippy()? {
            Some(command) => deny_warnings(command)?,
            None => skip(tally, format!("clippy of {board}: its toolchain comes without clippy")),
        }
    }
    Ok(())
}

/// What the tests are called that go through [`Board::others`]; each of them passes over parts without firmware unless
/// [`REQUIRE_PARTS`] says otherwise.
const ON_OTHER_PARTS: &str = "on_every_other_part";
const REQUIRE_PARTS: (&str, &str) = ("SANDGRAIN_REQUIRE_PARTS", "1");

fn parts(tally: &mut Tally) -> Result<()> {
    setup::ensure(&[Purpose::BuildOthers, Purpose::EmulateProcesses])?;
    let boards = Board::others()?;
    firmware::build_run(&boards)?;
    firmware::build_linux_agents()?;
    clippy_of(&boards, tally)?;
    let before = tally.passed + tally.failed;
    for binary in &binaries::build()? {
        let mut command = binary.command();
        command.arg(ON_OTHER_PARTS).env(REQUIRE_PARTS.0, REQUIRE_PARTS.1);
        binaries::run_counted(command, &binary.title(), HANG, tally)?;
    }
    if tally.passed + tally.failed == before {
        bail!("no test is called …{ON_OTHER_PARTS}");
    }
    Ok(())
}

fn deny_warnings(mut command: Command) -> Result<()> {
    command.args(["--", "-D", "warnings"]);
    step::foreground(command, "clippy is not content")
}

fn skip(tally: &mut Tally, what: String) {
    eprintln!("SKIPPED {what}");
    tally.skip(what);
}
