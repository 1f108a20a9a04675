//! QEMU as one of the boards, or a process that is one: for one job ([`run`]), or living on a network ([`Device`]).
//!
//! Every emulator is a child process that ends with its owner ([`sandgrain_proc`]).

mod device;
mod qmp;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::time::Duration;

use tempfile::TempDir;

pub use device::{Device, HOST_ADDRESS};
pub use qmp::Qmp;

use crate::boards::Board;
use crate::console::{LogFormat, LogLine};
use crate::failure::{Failure, Result};

/// A file that lies in the board's memory at reset.
#[derive(Debug, Clone)]
pub struct Load {
    /// The file, taken as it is.
    pub file: PathBuf,
    /// Where its first byte goes.
    pub address: u32,
}

/// How to run an emulator for one job.
#[derive(Debug, Clone)]
pub struct Options {
    /// One instruction takes one nanosecond of the board's time: clocks then count instructions, exactly, and a board that
    /// sleeps wakes at once, when its time has come. Processes count none.
    pub count_instructions: bool,
    /// Longest time that the emulator may take.
    pub limit: Duration,
    /// Further arguments for QEMU; without effect on this computer itself.
    pub extra: Vec<OsString>,
}

impl Default for Options {
    /// Two minutes, in QEMU's own pace.
    fn default() -> Options {
        Options { count_instructions: false, limit: Duration::from_secs(120), extra: Vec::new() }
    }
}

/// What a board said and how it ended.
#[derive(Debug)]
pub struct Finished {
    /// How QEMU ended; its exit code is the firmware's, if that ended by itself.
    pub status: ExitStatus,
    /// What the firmware wrote through semihosting.
    pub output: String,
    /// What QEMU itself had to say.
    pub errors: String,
    /// The firmware's log.
    pub log: Vec<LogLine>,
}

/// `firmware` as a Linux process, in QEMU's user-mode emulation if the board is not this computer.
fn process_command(board: &Board, firmware: &Path, loads: &[Load], options: &Options) -> Command {
    let emulator = &board.emulator;
    let mut command = match emulator.is_this_computer() {
        true => Command::new(firmware),
        false => {
            let mut command = Command::new(&emulator.program);
            command.args(&emulator.machine).args(&options.extra).arg(firmware);
            command
        }
    };
    for load in loads {
        let mut argument = OsString::from(format!("{:#x}=", load.address));
        argument.push(&load.file);
        command.arg(argument);
    }
    command
}

/// QEMU as `board` with `firmware`, without network, console and storage.
pub fn command(board: &Board, firmware: &Path, loads: &[Load]) -> Command {
    let emulator = &board.emulator;
    let mut command = Command::new(&emulator.program);
    command.args(&emulator.machine).args(["-display", "none", "-monitor", "none", "-parallel", "none"]);
    command.arg(&emulator.firmware).arg(firmware);
    for load in loads {
        let file = escape(&load.file);
        command.arg("-device").arg(format!("loader,file={file},addr={:#x},force-raw=on", load.address));
    }
    command
}

/// Runs `firmware` until it exits.
///
/// # Errors
/// If QEMU is not there or does not end within `options.limit`.
pub fn run(board: &Board, firmware: &Path, loads: &[Load], options: &Options) -> Result<Finished> {
    let directory = temporary_directory()?;
    let log = directory.path().join("log");
    let command = match board.emulator.process {
        true => process_command(board, firmware, loads, options),
        false => machine_command(board, firmware, loads, options, &log),
    };
    let captured = sandgrain_proc::capture(command, options.limit).map_err(|error| match error {
        sandgrain_proc::Error::Deadline { .. } => Failure::failed(format_args!(
            "{board} did not answer within {} s; the guest may need longer (--timeout)",
            options.limit.as_secs()
        )),
        error => error.into(),
    })?;
    let log = std::fs::read(&log).unwrap_or_default();
    Ok(Finished {
        status: captured.status,
        output: String::from_utf8_lossy(&captured.stdout).into_owned(),
        errors: String::from_utf8_lossy(&captured.stderr).into_owned(),
        // A firmware without log formats has no log.
        log: LogFormat::of(firmware).map(|format| format.decode(&log)).unwrap_or_default(),
    })
}

/// QEMU as `board`, answers on its standard output, the firmware's log in a file.
fn machine_command(board: &Board, firmware: &Path, loads: &[Load], options: &Options, log: &Path) -> Command {
    let mut command = command(board, firmware, loads);
    command.args(&board.emulator.no_network);
    command.args(["-chardev", "stdio,id=answers,signal=off"]);
    command.args(["-semihosting-config", "enable=on,target=native,chardev=answers"]);
    command.arg("-chardev").arg(format!("file,id=log,path={}", escape(log))).args(["-serial", "chardev:log"]);
    if options.count_instructions {
        command.args(["-icount", "shift=0,sleep=off"]);
    }
    command.args(&options.extra);
    command
}

/// A directory for sockets, images and messages that goes with its owner.
pub(crate) fn temporary_directory() -> Result<TempDir> {
    let directory = tempfile::Builder::new().prefix("sandgrain-").tempdir();
    directory.map_err(|e| Failure::failed(format_args!("cannot make a temporary directory: {e}")))
}

/// A path inside one of QEMU's comma-separated options.
fn escape(path: &Path) -> String {
    path.to_string_lossy().replace(',', ",,")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    /// The emulator's program replaced by a shell that runs `script`.
    fn shell(script: &str) -> Board {
        let mut board = Board::named("qemu-riscv32-virt").unwrap().clone();
        board.emulator.program = "sh".to_owned();
        board.emulator.machine = vec!["-c".to_owned(), script.to_owned()];
        board
    }

    #[test]
    fn an_emulator_that_does_not_end_is_killed_and_named() {
        let started = Instant::now();
        let options = Options { limit: Duration::from_millis(300), ..Options::default() };
        let error = run(&shell("echo answer; sleep 60"), Path::new("none"), &[], &options).unwrap_err();
        assert!(started.elapsed() < Duration::from_secs(20));
        assert!(error.to_string().contains("qemu-riscv32-virt did not answer within"), "{error}");
    }

    #[test]
    fn a_missing_emulator_is_named_with_what_installs_it() {
        let mut board = Board::named("qemu-riscv32-virt").unwrap().clone();
        board.emulator.program = "/nowhere/qemu-system-riscv32".to_owned();
        let error = run(&board, Path::new("none"), &[], &Options::default()).unwrap_err().to_string();
        assert!(error.contains("./dev setup") && error.contains("qemu-system-misc"), "{error}");
    }

    #[test]
    fn what_a_dying_emulator_says_is_kept() {
        let finished =
            run(&shell("echo out; echo no such machine >&2; kill -9 $$"), Path::new("none"), &[], &Options::default())
                .unwrap();
        assert_eq!((finished.status.code(), finished.output.as_str()), (None, "out\n"));
        assert_eq!(finished.errors, "no such machine\n");
    }

    #[test]
    fn a_process_finds_its_loads_in_its_arguments() {
        let load = Load { file: "/a,b".into(), address: 0x1000_0000 };
        let options = Options { extra: vec!["-strace".into()], ..Options::default() };
        let board = Board::named("qemu-aarch64").unwrap();
        let command = process_command(board, Path::new("fw"), &[load], &options);
        assert_eq!(command.get_program(), "qemu-aarch64");
        assert!(command.get_args().eq(["-cpu", "cortex-a53", "-strace", "fw", "0x10000000=/a,b"]));
    }

    #[test]
    fn loads_become_loader_devices() {
        let load = Load { file: "/a,b".into(), address: 0x8060_0000 };
        let command = command(Board::named("qemu-riscv32-virt").unwrap(), Path::new("fw"), &[load]);
        let arguments: Vec<_> = command.get_args().map(|a| a.to_string_lossy().into_owned()).collect();
        assert!(arguments.contains(&"loader,file=/a,,b,addr=0x80600000,force-raw=on".to_owned()), "{arguments:?}");
        assert!(arguments.windows(2).any(|pair| pair == ["-bios", "fw"]), "{arguments:?}");
    }
}
