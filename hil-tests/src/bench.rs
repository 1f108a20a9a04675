//! Boards with their firmwares, for tests that need one.

use std::io::Write;
use std::path::{Path, PathBuf};

use sandgrain_cli::boards::{Board, Firmware};
use sandgrain_cli::emulator::Options;
use sandgrain_cli::job::{self, Answer, Job};
use sandgrain_proc::tools::find_program;

/// A board that can be run.
#[derive(Debug, Clone)]
pub struct Bench {
    /// The board.
    pub board: &'static Board,
    /// Its firmware.
    pub firmware: PathBuf,
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
        let firmware = board.firmware(firmware, None).map_err(|e| e.to_string());
        let ready = firmware.and_then(|firmware| match find_program(&board.emulator.program) {
            Some(_) => Ok(Bench { board, firmware }),
            None => Err(format!("{} is not installed: run `./dev setup`", board.emulator.program)),
        });
        ready.map_err(|missing| skip(&format!("tests on {}: {missing}", board.name))).ok()
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
        Some(Bench { board: self.board, firmware })
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
        job::execute(self.board, &self.firmware, job, options).unwrap_or_else(|e| panic!("{}: {e}", self.board.name))
    }
}

/// A guest module of `guests/`; `None` if it has not been built, which is said on standard error.
///
/// # Panics
/// If it is missing and `SANDGRAIN_REQUIRE_TOOLS` is 1.
pub fn guest(name: &str) -> Option<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../boards/target/wasm32-unknown-unknown/release");
    let path = folder.join(name).with_extension("wasm");
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
    let _ = writeln!(std::io::stderr(), "SKIPPED {what}");
}
