//! What Sandgrain's boards share.
//!
//! A family of boards is one folder (`mps2`, `virt`, and `linux` for processes that only run modules) with the same modules and functions in each; the rest of this crate
//! reaches the selected one as [`chip`]:
//!
//! | | |
//! |---|---|
//! | `clock` | `now`, `set_alarm`: a monotonic counter and one alarm, in embassy ticks; `instructions` |
//! | `interrupt` | vectors or trap entry: the glue that calls [`time::on_tick`] and the network driver |
//! | `uart` | `put`: the byte stream that carries defmt frames |
//! | `init`, `reset` | bring-up, warm reset |
//! | `nic`, `flash`, `provisioning_page`, `read_millicelsius` | what only the network firmware needs (feature `device`) |
#![no_std]

#[cfg(feature = "linux")]
extern crate std;

const _: () = assert!(
    cfg!(feature = "qemu-mps2-an385") as u8
        + cfg!(feature = "qemu-mps2-an386") as u8
        + cfg!(feature = "qemu-mps2-an500") as u8
        + cfg!(feature = "qemu-mps2-an505") as u8
        + cfg!(feature = "qemu-riscv32-virt") as u8
        + cfg!(feature = "host") as u8
        + cfg!(feature = "qemu-aarch64") as u8
        + cfg!(feature = "qemu-riscv64") as u8
        <= 1,
    "select one board"
);

pub mod flash;
pub mod map;
pub mod part;
pub mod sensor;

#[cfg(feature = "mps2")]
#[path = "mps2/mod.rs"]
pub mod chip;
#[cfg(feature = "qemu-riscv32-virt")]
#[path = "virt/mod.rs"]
pub mod chip;

#[cfg(feature = "linux")]
#[path = "linux/mod.rs"]
pub mod chip;

#[cfg(feature = "firmware")]
pub mod boots;
#[cfg(feature = "device")]
pub mod device;
#[cfg(feature = "device")]
pub mod executor;
#[cfg(feature = "firmware")]
pub mod guest;
#[cfg(feature = "linux")]
#[path = "linux/guest.rs"]
pub mod guest;
#[cfg(feature = "firmware")]
mod log;
#[cfg(feature = "firmware")]
mod mmio;
#[cfg(feature = "device")]
pub mod mqtt;
#[cfg(feature = "device")]
pub mod net;
#[cfg(feature = "firmware")]
mod registers;
#[cfg(feature = "run")]
pub mod run;
#[cfg(feature = "device")]
pub mod selftest;
#[cfg(feature = "firmware")]
pub mod time;

#[cfg(feature = "lan9118")]
pub mod lan9118;
#[cfg(feature = "virtio")]
pub mod virtio_net;

/// Writes a line of answer through semihosting.
#[cfg(feature = "firmware")]
pub fn say(line: &str) {
    semihosting::println!("{line}");
}

/// Ends the firmware through semihosting: QEMU exits with `code`.
/// Without semihosting (no debugger, QEMU without `-semihosting-config enable=on`) the core faults here.
#[cfg(feature = "firmware")]
pub fn exit(code: i32) -> ! {
    semihosting::process::exit(code)
}

#[cfg(feature = "linux")]
pub use chip::{exit, say};
