//! Boards with their firmwares, for tests that need one.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sandgrain_abi::{Isa, Target};
use sandgrain_cli::boards::{Board, Firmware};
use sandgrain_cli::emulator::Options;
use sandgrain_cli::job::{self, Answer, Job};
use sandgrain_proc::tools::find_program;

/// File of the package `sandgrain-alignment`.
const PLUGIN: &str = "libsandgrain_alignment.so";

/// A board that can be run.
#[derive(Debug, Clone)]
pub struct Bench {
    /// The board.
    pub board: &'static Board,
    /// Its firmware.
    pub firmware: PathBuf,
    /// What ends scripts with misaligned accesses, if they are to be watched.
    pub alignment: Option<AlignmentWatch>,
    /// What scripts on it may cost.
    pub patience: Patience,
}

/// How long to wait for a board that executes a script, and what to do about one that does not answer.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Longest time for one start of the emulator.
    pub limit: Duration,
    /// Whether what was executed in one start is executed again piece by piece if that fails, so that one piece does not
    /// take the others along.
    pub retries: bool,
}

impl Default for Patience {
    /// Ten minutes, and another chance.
    fn default() -> Patience {
        Patience { limit: Duration::from_secs(600), retries: true }
    }
}

/// A plugin for QEMU (`sandgrain-alignment`) that notices misaligned accesses which the part itself would refuse.
#[derive(Debug, Clone)]
pub struct AlignmentWatch {
    /// The plugin's file.
    pub plugin: PathBuf,
    /// What the plugin calls the part's instruction set.
    pub isa: &'static str,
}

impl Bench {
    /// The board of this name with its network-free firmware; `None` if QEMU or the firmware is missing, which is said
    /// on standard error.
    ///
    /// # Panics
    /// If something is missing and the environment variable `SANDGRAIN_REQUIRE_TOOLS` is 1.
    pub fn of(board: &str) -> Option<Bench> {
        Bench::with(board, Firmware::Run)
    }

    /// As [`Bench::of`], with another firmware.
    ///
    /// # Panics
    /// As [`Bench::of`].
    pub fn with(board: &str, firmware: Firmware) -> Option<Bench> {
        let board = Board::named(board).expect("tests name boards that there are");
        Bench::ready(board, firmware).map_err(|missing| skip(&format!("tests on {board}: {missing}"))).ok()
    }

    fn ready(board: &'static Board, firmware: Firmware) -> Result<Bench, String> {
        let firmware = board.firmware(firmware, None).map_err(|e| e.to_string())?;
        match find_program(&board.emulator.program) {
            None if !board.emulator.is_this_computer() => {
                Err(format!("{} is not installed: run `./dev setup`", board.emulator.program))
            }
            _ => Ok(Bench { board, firmware, alignment: None, patience: Patience::default() }),
        }
    }

    /// Every part that a board can be beside the networked boards' default ones, with its network-free firmware. Each
    /// takes minutes to build, so what has not been built, or from older sources, is passed over, and said on standard
    /// error. Tests that call this have names that end in `on_every_other_part`: `./dev test parts` builds all and runs
    /// those.
    ///
    /// # Panics
    /// If one is passed over and the environment variable `SANDGRAIN_REQUIRE_PARTS` is 1.
    pub fn every_other_part() -> Vec<Bench> {
        let ready = |board: &'static Board| {
            let bench = Bench::ready(board, Firmware::Run)?;
            match newer_source(&bench.firmware) {
                None => Ok(bench),
                Some(newer) => {
                    let newer = newer.display();
                    Err(format!("its firmware is older than {newer}: build it with `{}`", board.build_command()))
                }
            }
        };
        let others = Board::all().iter().filter(|board| board.equipment.is_none());
        let required = std::env::var_os("SANDGRAIN_REQUIRE_PARTS").is_some_and(|value| value == "1");
        let benches = others.filter_map(|board| match ready(board) {
            Ok(bench) => Some(bench),
            Err(missing) => {
                assert!(!required, "SANDGRAIN_REQUIRE_PARTS=1 and cannot test on {board}: {missing}");
                say_skipped(&format!("tests on {board}: {missing}"));
                None
            }
        });
        benches.collect()
    }

    /// A board for `target`, with its network-free firmware.
    ///
    /// # Errors
    /// What is missing.
    pub fn for_target(target: Target) -> Result<Bench, String> {
        let board = Board::all().iter().find(|board| board.target == target);
        Bench::ready(board.ok_or("no board is this target")?, Firmware::Run)
    }

    /// With an eye on alignment, on parts that refuse some accesses: the plugin lies beside this program, if it was
    /// built. Linux processes may access memory at any address, on all 64-bit parts.
    ///
    /// # Errors
    /// If it was not built.
    pub fn watching_alignment(mut self) -> Result<Bench, String> {
        let isa = match self.board.target.isa() {
            Isa::Thumb2 => "thumb2",
            Isa::Rv32 => "rv32",
            Isa::Aarch64 | Isa::Riscv64 | Isa::X86_64 => return Ok(self),
        };
        let plugin = std::env::current_exe().map_err(|e| e.to_string())?.with_file_name(PLUGIN);
        if !plugin.is_file() {
            return Err(format!("{} is missing: `cargo build -p sandgrain-alignment`", plugin.display()));
        }
        self.alignment = Some(AlignmentWatch { plugin, isa });
        Ok(self)
    }

    /// The same board with another build of its firmware: optimised for speed, so that everything lies elsewhere.
    ///
    /// # Panics
    /// As [`Bench::of`].
    pub fn other_build(&self) -> Option<Bench> {
        let firmware = other_build(&self.firmware);
        if !firmware.is_file() {
            skip(&format!("a second firmware for {}: none at {}", self.board.name, firmware.display()));
            return None;
        }
        Some(Bench { firmware, ..self.clone() })
    }

    /// The same board with the firmware that holds the interpreter: as `interpreter` for what artifacts carry, or as
    /// `validate` for WebAssembly from anywhere.
    ///
    /// # Panics
    /// As [`Bench::of`].
    pub fn interpreting(&self, variant: &str) -> Option<Bench> {
        self.variant(variant)
    }

    /// The same board with the firmware that contains its guests.
    ///
    /// # Panics
    /// As [`Bench::of`].
    pub fn containing(&self) -> Option<Bench> {
        self.variant("containment")
    }

    /// The same board with the network-free firmware that was built with this feature, in a folder of its own.
    fn variant(&self, variant: &str) -> Option<Bench> {
        let firmware = Path::new(env!("CARGO_MANIFEST_DIR")).join("../boards/target").join(variant);
        let below: PathBuf = self.firmware.components().rev().take(3).collect::<Vec<_>>().into_iter().rev().collect();
        let firmware = firmware.join(below);
        if !firmware.is_file() {
            skip(&format!("a firmware with {variant} on {}: none at {}", self.board.name, firmware.display()));
            return None;
        }
        Some(Bench { firmware, ..self.clone() })
    }

    /// Does a job, in the emulator's own pace.
    ///
    /// # Panics
    /// If there is no complete answer.
    pub fn run(&self, job: &Job) -> Answer {
        self.run_with(job, &Options::default())
    }

    /// Does a job.
    ///
    /// # Panics
    /// If there is no complete answer.
    pub fn run_with(&self, job: &Job, options: &Options) -> Answer {
        job::execute(self.board, &self.firmware, job, options).unwrap_or_else(|e| panic!("{}: {e}", self.board))
    }
}

/// A guest module of `guests/`; `None` if it has not been built, which is said on standard error.
///
/// # Panics
/// If it is missing and `SANDGRAIN_REQUIRE_TOOLS` is 1.
pub fn guest(name: &str) -> Option<Vec<u8>> {
    built_guest(name, "release")
}

/// As [`guest`], with line numbers.
///
/// # Panics
/// As [`guest`].
pub fn traced_guest(name: &str) -> Option<Vec<u8>> {
    built_guest(name, "traced")
}

fn built_guest(name: &str, profile: &str) -> Option<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../boards/target/wasm32-unknown-unknown");
    let path = folder.join(profile).join(name).with_extension("wasm");
    std::fs::read(&path)
        .map_err(|e| skip(&format!("tests of the guest {name}: {e}; build it with `./dev guests`")))
        .ok()
}

/// Where `./dev test firmware` leaves the build for speed, beside the one for size.
fn other_build(firmware: &Path) -> PathBuf {
    let mut path = firmware.to_path_buf();
    let name = path.file_name().unwrap_or_default().to_owned();
    path.pop();
    path.pop();
    path.join("speed").join(name)
}

/// Says what is not tested, past libtest's capture.
///
/// # Panics
/// If nothing may be left out: `SANDGRAIN_REQUIRE_TOOLS` is 1.
pub fn skip(what: &str) {
    let required = std::env::var_os("SANDGRAIN_REQUIRE_TOOLS").is_some_and(|value| value == "1");
    assert!(!required, "SANDGRAIN_REQUIRE_TOOLS=1 and cannot run {what}");
    say_skipped(what);
}

/// `./dev test` counts these lines.
fn say_skipped(what: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED {what}");
}

/// A source that `firmware` was made from and that has changed since, by the list that cargo leaves beside it.
fn newer_source(firmware: &Path) -> Option<PathBuf> {
    let changed = |path: &Path| std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    let built = changed(firmware)?;
    // One line: `FIRMWARE: SOURCE SOURCE …`, spaces inside of paths escaped.
    let list = std::fs::read_to_string(firmware.with_extension("d")).ok()?.replace("\\ ", "\0");
    let sources = list.split_once(": ")?.1.split_whitespace().map(|path| PathBuf::from(path.replace('\0', " ")));
    // A source that is gone cannot have made what cargo would make now.
    sources.into_iter().find(|source| changed(source).is_none_or(|time| time > built))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn firmware_older_than_its_sources_is_found() {
        let directory = tempfile::tempdir().unwrap();
        let path = |name: &str| directory.path().join(name);
        let at = |name: &str, seconds: u64| {
            std::fs::write(path(name), name).unwrap();
            let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
            std::fs::File::options().write(true).open(path(name)).unwrap().set_modified(time).unwrap();
        };
        at("run", 2000);
        at("old.rs", 1000);
        at("with space.rs", 1000);
        let list = |names: &[&str]| {
            let sources = names.iter().map(|name| path(name).display().to_string().replace(' ', "\\ "));
            let text = format!("{}: {}\n", path("run").display(), sources.collect::<Vec<_>>().join(" "));
            std::fs::write(path("run.d"), text).unwrap();
        };
        assert_eq!(newer_source(&path("run")), None);
        list(&["old.rs", "with space.rs"]);
        assert_eq!(newer_source(&path("run")), None);
        at("with space.rs", 3000);
        assert_eq!(newer_source(&path("run")), Some(path("with space.rs")));
        list(&["old.rs", "gone.rs"]);
        assert_eq!(newer_source(&path("run")), Some(path("gone.rs")));
    }
}
