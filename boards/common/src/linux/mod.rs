//! A Linux process as a board that only runs modules.
//!
//! What a host's tools load into a board's memory before reset is mapped here from the files that the arguments name, as
//! `ADDRESS=FILE`, at the same kind of addresses: below 4 GiB, so that they fit the protocol's words. Replies go to the
//! standard output, and the exit code is the process's.

use std::fmt::Display;
use std::mem::forget;
use std::string::String;
use std::{env, eprintln, fs, println, process};

use sandgrain_runtime::linux::Memory;

use crate::map::{self, Region};
#[cfg(feature = "host")]
pub use crate::part::HOST as PARTS;
#[cfg(feature = "qemu-aarch64")]
pub use crate::part::QEMU_AARCH64 as PARTS;
#[cfg(feature = "qemu-riscv64")]
pub use crate::part::QEMU_RISCV64 as PARTS;

/// Exit code for arguments, files or a memory map that cannot be used.
const EXIT_SETUP: i32 = 101;

pub mod clock {
    /// Linux gives a process no count of its instructions that QEMU and containers have, too: always 0.
    pub fn instructions() -> u64 {
        0
    }
}

/// Maps the board's memory and fills it from the files that the arguments name. It stays until the process ends.
pub fn init() {
    let [mut mailbox, mut artifact, arena] = [map::MAILBOX, map::ARTIFACT, map::ARENA].map(|region| {
        let memory = Memory::at(region.base, region.len);
        memory.unwrap_or_else(|error| stop(format_args!("the memory at {:#x}", region.base), error))
    });
    let mut loadable = [(map::MAILBOX, mailbox.bytes()), (map::ARTIFACT, artifact.bytes())];
    for argument in env::args().skip(1) {
        load(&argument, &mut loadable).unwrap_or_else(|error| stop(&argument, error));
    }
    let code = artifact.seal().unwrap_or_else(|error| stop("making code executable", error));
    forget((mailbox, code, arena));
}

/// Writes a line of answer.
pub fn say(line: &str) {
    println!("{line}");
}

/// Ends the process.
pub fn exit(code: i32) -> ! {
    process::exit(code)
}

pub(crate) fn stop(what: impl Display, error: impl Display) -> ! {
    eprintln!("{what}: {error}");
    process::exit(EXIT_SETUP)
}

/// Does what an argument says: `ADDRESS=FILE`, the address in hexadecimal after `0x`.
fn load(argument: &str, memory: &mut [(Region, &mut [u8])]) -> Result<(), String> {
    let (address, file) = argument.split_once('=').ok_or("an argument has to be ADDRESS=FILE")?;
    let address = address.strip_prefix("0x").and_then(|digits| usize::from_str_radix(digits, 16).ok());
    let address = address.ok_or("an address has to be hexadecimal, after 0x")?;
    let bytes = fs::read(file).map_err(|error| std::format!("{error}"))?;
    let place = memory.iter_mut().find_map(|(region, memory)| {
        let start = address.checked_sub(region.base)?;
        memory.get_mut(start..)?.get_mut(..bytes.len())
    });
    let place = place.ok_or("the file does not fit the memory for requests and artifacts")?;
    place.copy_from_slice(&bytes);
    Ok(())
}
