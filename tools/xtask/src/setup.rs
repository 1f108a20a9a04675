//! `./dev setup`: what the machine has, what it lacks, and bringing that in.
//!
//! Other commands call [`ensure`] with what they need, so that nobody has to run `setup` first.

mod install;

pub use install::ForTheUser;

use std::process::Command;
use std::time::Duration;

use anyhow::Result;
use sandgrain_proc::tools::{
    ARM_GCC, CLANG, ELF_LINKER, LLVM_MC, LLVM_OBJDUMP, MOSQUITTO, NPM, QEMU_AARCH64, QEMU_ARM, QEMU_RISCV32,
    QEMU_RISCV64, RISCV_GCC, Tool, WASM_LINKER,
};

use crate::firmware::Board;
use crate::toolchain::{self, Toolchain, WASM};

/// What a command is about to do, hence what it needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// Building the firmware of the networked boards, and guest modules.
    Build,
    /// Building the firmware of every part that a board can be.
    BuildOthers,
    /// Running the emulated boards.
    Emulate,
    /// Running Linux processes for other processors.
    EmulateProcesses,
    /// Running every test.
    Test,
    /// Fetching published modules.
    Packages,
    /// Compiling the benchmark's kernels.
    Bench,
}

/// Everything but what is built on demand, for `./dev setup` and `./dev test`.
pub const EVERYTHING: [Purpose; 3] = [Purpose::Build, Purpose::Emulate, Purpose::Test];

/// One thing that is needed.
struct Need {
    what: String,
    state: State,
}

enum State {
    /// Here, with its version or place.
    Found(String),
    /// Not here.
    Missing(Missing),
}

/// What would bring in something that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// One of these Debian packages, preferred first.
    AnyOf(&'static [&'static str]),
    /// `core` for these targets: through rustup, or from Debian's sources.
    RustTargets(Vec<String>),
    /// rustfmt and clippy of the active toolchain.
    RustTools,
}

/// Reports what is there; installs what is missing unless `check_only`.
///
/// # Errors
/// [`ForTheUser`] if something has to be installed by the user.
pub fn run(check_only: bool) -> Result<()> {
    let needs = survey(&EVERYTHING);
    print(&needs);
    let missing = missing(&needs);
    if missing.is_empty() {
        println!("Nothing is missing.");
        return Ok(());
    }
    if check_only {
        return Err(ForTheUser::new(&missing).into());
    }
    install::install(&missing)?;
    let mut after = survey(&EVERYTHING);
    after.retain(|now| !needs.iter().any(|before| before.what == now.what && matches!(before.state, State::Found(_))));
    print(&after);
    still_missing(&after)
}

/// Makes sure that what `purposes` need is there, installing it if possible; silent if nothing is missing.
///
/// # Errors
/// [`ForTheUser`] if something has to be installed by the user.
pub fn ensure(purposes: &[Purpose]) -> Result<()> {
    let missing = missing(&survey(purposes));
    if missing.is_empty() {
        return Ok(());
    }
    install::install(&missing)?;
    still_missing(&survey(purposes))
}

fn still_missing(needs: &[Need]) -> Result<()> {
    let missing = missing(needs);
    if missing.is_empty() { Ok(()) } else { Err(ForTheUser::new(&missing).into()) }
}

fn missing(needs: &[Need]) -> Vec<Missing> {
    let mut all = Vec::new();
    for need in needs {
        if let State::Missing(missing) = &need.state
            && !all.contains(missing)
        {
            all.push(missing.clone());
        }
    }
    all
}

fn print(needs: &[Need]) {
    for need in needs {
        match &need.state {
            State::Found(where_) => println!("  {:<29} {where_}", need.what),
            State::Missing(_) => println!("  {:<29} missing", need.what),
        }
    }
}

fn survey(purposes: &[Purpose]) -> Vec<Need> {
    let mut needs = Vec::new();
    for purpose in purposes {
        match purpose {
            Purpose::Build => build_needs(&mut needs, Board::networked(), &[WASM]),
            Purpose::BuildOthers => build_needs(&mut needs, Board::others(), &[]),
            Purpose::Emulate => needs.extend([tool(&QEMU_ARM), tool(&QEMU_RISCV32)]),
            Purpose::EmulateProcesses => needs.extend([tool(&QEMU_AARCH64), tool(&QEMU_RISCV64)]),
            Purpose::Packages => needs.push(tool(&NPM)),
            Purpose::Bench => {
                needs.extend([tool(&ARM_GCC), tool(&RISCV_GCC), tool(&CLANG), tool(&ELF_LINKER), tool(&WASM_LINKER)]);
            }
            Purpose::Test => {
                needs.extend([tool(&MOSQUITTO), tool(&LLVM_MC), tool(&LLVM_OBJDUMP), tool(&ARM_GCC)]);
                needs.extend([cargo_tool("fmt"), cargo_tool("clippy")]);
                needs.extend(boards_clippy());
            }
        }
    }
    needs
}

/// Rust for every board's triple and for `others`, and the linkers that it does not bring itself.
fn build_needs(needs: &mut Vec<Need>, boards: Result<Vec<Board>>, others: &[&str]) {
    let mut targets: Vec<String> = boards.unwrap_or_default().into_iter().map(|board| board.triple).collect();
    targets.extend(others.iter().map(|triple| (*triple).to_owned()));
    targets.sort();
    targets.dedup();

    let found: Vec<_> = targets.iter().map(|target| (target, Toolchain::for_target(target).ok())).collect();
    let absent: Vec<String> = found.iter().filter(|(_, t)| t.is_none()).map(|(target, _)| (*target).clone()).collect();
    for (target, toolchain) in &found {
        let state = match toolchain {
            Some(toolchain) => State::Found(toolchain.to_string()),
            None => State::Missing(Missing::RustTargets(absent.clone())),
        };
        needs.push(Need { what: (*target).clone(), state });
    }
    // Without a toolchain yet, it will most likely be one without a linker of its own.
    let linkers = found.iter().map(|(target, toolchain)| match toolchain {
        Some(toolchain) => toolchain.linker(),
        None => toolchain::linker(target, false),
    });
    let mut linkers: Vec<&Tool> = linkers.flatten().collect();
    linkers.dedup();
    needs.extend(linkers.into_iter().map(tool));
}

/// Clippy for the boards' code, where Debian's toolchain builds it. Rustup's comes with the toolchain.
fn boards_clippy() -> Option<Need> {
    let toolchain = Board::networked().ok()?.first().and_then(|board| Toolchain::for_target(&board.triple).ok())?;
    let state = match toolchain.clippy() {
        Ok(None) if toolchain.is_debian() => State::Missing(Missing::AnyOf(&["rust-web-clippy"])),
        Ok(None) | Err(_) => return None,
        Ok(Some(_)) => State::Found(format!("with {toolchain}")),
    };
    Some(Need { what: "clippy for the boards".to_owned(), state })
}

/// A subcommand of the active cargo that comes as a component or package of its own.
fn cargo_tool(subcommand: &str) -> Need {
    let mut command = Command::new("cargo");
    command.args([subcommand, "--version"]);
    let state = match sandgrain_proc::capture(command, Duration::from_secs(10)) {
        Ok(captured) if captured.status.success() => {
            State::Found(String::from_utf8_lossy(&captured.stdout).trim().to_owned())
        }
        _ => State::Missing(Missing::RustTools),
    };
    Need { what: format!("cargo {subcommand}"), state }
}

fn tool(tool: &Tool) -> Need {
    let state = match tool.find() {
        Some(path) => State::Found(version(&path).unwrap_or_else(|| path.display().to_string())),
        None => State::Missing(Missing::AnyOf(tool.packages)),
    };
    Need { what: tool.programs[0].to_owned(), state }
}

/// The first line of what a program says about its version.
fn version(program: &std::path::Path) -> Option<String> {
    let mut command = Command::new(program);
    // mosquitto has no --version.
    command.arg(if program.ends_with("mosquitto") { "-h" } else { "--version" });
    let captured = sandgrain_proc::capture(command, Duration::from_secs(5)).ok()?;
    let text = String::from_utf8_lossy(&captured.stdout);
    let line = text.lines().map(str::trim).find(|line| line.chars().any(|c| c.is_ascii_digit()))?;
    Some(format!("{} ({})", program.display(), line))
}
