//! What differs between the machines, for the network-free firmware. Addresses are as privileged, secure code sees them.

use crate::part::{self, Parts};

pub(super) struct Machine {
    /// The board's name, as `sandgrain boards` lists it.
    pub name: &'static str,
    pub parts: Parts,
    /// CMSDK timers 0 and 1, and the interrupt of the latter.
    pub timers: [usize; 2],
    pub alarm_irq: u16,
    /// CMSDK UART 0.
    pub uart: usize,
    /// The clock of timers and UART.
    pub mhz: u32,
}

#[cfg(feature = "qemu-mps2-an385")]
pub(super) const MACHINE: Machine = Machine { name: "qemu-mps2-an385", parts: part::AN385, ..MPS2 };
#[cfg(feature = "qemu-mps2-an386")]
pub(super) const MACHINE: Machine = Machine { name: "qemu-mps2-an386", parts: part::AN386, ..MPS2 };
#[cfg(feature = "qemu-mps2-an500")]
pub(super) const MACHINE: Machine = Machine { name: "qemu-mps2-an500", parts: part::AN500, ..MPS2 };

/// AN385, AN386 and AN500 have the same bus (Arm DAI 0385, table 4-1 and following; DAI 0386; DAI 0400).
#[cfg(not(feature = "qemu-mps2-an505"))]
const MPS2: Machine =
    Machine { name: "", parts: &[], timers: [0x4000_0000, 0x4000_1000], alarm_irq: 9, uart: 0x4000_4000, mhz: 25 };

/// AN505 has an IoT kit with TrustZone: peripherals are secure after reset, and at their secure addresses here
/// (Arm DAI 0505, tables 3-3, 3-4 and 3-8).
#[cfg(feature = "qemu-mps2-an505")]
pub(super) const MACHINE: Machine = Machine {
    name: "qemu-mps2-an505",
    parts: part::AN505,
    timers: [0x5000_0000, 0x5000_1000],
    alarm_irq: 4,
    uart: 0x5020_0000,
    mhz: 20,
};
