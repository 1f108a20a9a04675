//! A Linux process as a board that only runs modules.
//!
//! What a host's tools load into a board's memory before reset is mapped here from the files that the arguments name, as
//! `ADDRESS=FILE`, at the same kind of addresses: below 4 GiB, so that they fit the protocol's words. Replies go to the
//! standard output, and the exit code is the process's.

use std::ffi::c_void;
use std::fmt::Display;
use std::string::String;
use std::{env, eprintln, fs, println, process, ptr};

use rustix::mm::{MapFlags, MprotectFlags, ProtFlags, mmap_anonymous, mprotect};

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

/// Maps the board's memory and fills it from the files that the arguments name.
pub fn init() {
    for region in [map::MAILBOX, map::ARTIFACT, map::ARENA] {
        reserve(region).unwrap_or_else(|error| stop(format_args!("the memory at {:#x}", region.base), error));
    }
    for argument in env::args().skip(1) {
        load(&argument).unwrap_or_else(|error| stop(&argument, error));
    }
    let Region { base, len } = map::ARTIFACT;
    let start = ptr::with_exposed_provenance_mut::<c_void>(base);
    // SAFETY: the mapping is this module's own, and nothing refers to it yet.
    let protected = unsafe { mprotect(start, len, MprotectFlags::READ | MprotectFlags::EXEC) };
    protected.unwrap_or_else(|error| stop("making code executable", error));
}

/// Writes a line of answer.
pub fn say(line: &str) {
    println!("{line}");
}

/// Ends the process.
pub fn exit(code: i32) -> ! {
    process::exit(code)
}

fn stop(what: impl Display, error: impl Display) -> ! {
    eprintln!("{what}: {error}");
    process::exit(EXIT_SETUP)
}

/// Zeros at exactly this place, or an error if something lies there.
fn reserve(region: Region) -> rustix::io::Result<()> {
    let start = ptr::with_exposed_provenance_mut::<c_void>(region.base);
    let flags = MapFlags::PRIVATE | MapFlags::NORESERVE | MapFlags::FIXED_NOREPLACE;
    // SAFETY: a new mapping that replaces none.
    let mapped = unsafe { mmap_anonymous(start, region.len, ProtFlags::READ | ProtFlags::WRITE, flags) }?;
    // A kernel before 4.17, or an emulator, may take the address for a hint.
    if mapped.expose_provenance() == region.base { Ok(()) } else { Err(rustix::io::Errno::EXIST) }
}

/// Does what an argument says: `ADDRESS=FILE`, the address in hexadecimal after `0x`.
fn load(argument: &str) -> Result<(), String> {
    let (address, file) = argument.split_once('=').ok_or("an argument has to be ADDRESS=FILE")?;
    let address = address.strip_prefix("0x").and_then(|digits| usize::from_str_radix(digits, 16).ok());
    let address = address.ok_or("an address has to be hexadecimal, after 0x")?;
    let bytes = fs::read(file).map_err(|error| std::format!("{error}"))?;
    let holds = |region: &Region| region.contains(address) && bytes.len() <= region.end() - address;
    if ![map::MAILBOX, map::ARTIFACT].iter().any(holds) {
        return Err("the file does not fit the memory for requests and artifacts".into());
    }
    let place = ptr::with_exposed_provenance_mut::<u8>(address);
    // SAFETY: inside a region that `reserve` has mapped, which nothing refers to yet.
    unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), place, bytes.len()) };
    Ok(())
}
