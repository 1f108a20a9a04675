//! What Sandgrain's boards share.
//!
//! A board is one folder (`an386`, `virt`) with the same modules and functions in each; the rest of this crate reaches
//! the selected one as [`chip`]:
//!
//! | | |
//! |---|---|
//! | `clock` | `now`, `set_alarm`: a monotonic counter and one alarm, in embassy ticks; `instructions` |
//! | `interrupt` | vectors or trap entry: the glue that calls [`time::on_tick`] and the network driver |
//! | `uart` | `put`: the byte stream that carries defmt frames |
//! | `init`, `reset` | bring-up, warm reset |
//! | `nic`, `flash`, `provisioning_page`, `read_millicelsius` | the board's devices |
#![no_std]

#[cfg(all(feature = "qemu-mps2-an386", feature = "qemu-riscv32-virt"))]
compile_error!("select one board: qemu-mps2-an386 or qemu-riscv32-virt");

pub mod flash;
pub mod map;
pub mod part;
pub mod sensor;

#[cfg(feature = "qemu-mps2-an386")]
#[path = "an386/mod.rs"]
pub mod chip;
#[cfg(feature = "qemu-riscv32-virt")]
#[path = "virt/mod.rs"]
pub mod chip;

#[cfg(feature = "device")]
pub mod boots;
#[cfg(feature = "device")]
pub mod device;
#[cfg(feature = "device")]
pub mod executor;
#[cfg(feature = "device")]
pub mod guest;
#[cfg(feature = "device")]
mod log;
#[cfg(feature = "device")]
mod mmio;
#[cfg(feature = "device")]
pub mod mqtt;
#[cfg(feature = "device")]
pub mod net;
#[cfg(feature = "device")]
mod registers;
#[cfg(feature = "device")]
pub mod run;
#[cfg(feature = "device")]
pub mod selftest;
#[cfg(feature = "device")]
pub mod time;

#[cfg(feature = "qemu-mps2-an386")]
pub mod lan9118;
#[cfg(feature = "qemu-riscv32-virt")]
pub mod virtio_net;

/// Ends the firmware through semihosting: QEMU exits with `code`.
/// Without semihosting (no debugger, QEMU without `-semihosting-config enable=on`) the core faults here.
#[cfg(feature = "device")]
pub fn exit(code: i32) -> ! {
    semihosting::process::exit(code)
}
