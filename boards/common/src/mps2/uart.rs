//! CMSDK APB UART 0 (Arm DDI 0479, 4.3), QEMU's first `-serial`: transmit only.

use super::machine::MACHINE;
use crate::mmio::Registers;

const DATA: usize = 0x0;
const STATE: usize = 0x4;
const CONTROL: usize = 0x8;
const BAUD_DIVIDER: usize = 0x10;

const TRANSMIT_FULL: u32 = 1;
const TRANSMIT_ENABLE: u32 = 1;
/// For 115 200 baud; QEMU sends as fast as its host side reads.
const DIVIDER: u32 = MACHINE.mhz * 1_000_000 / 115_200;
/// How long a byte may wait before it is dropped: some milliseconds.
const POLL_LIMIT: u32 = 20_000;

// SAFETY: the machine's UART 0; used only here.
const UART: Registers = unsafe { Registers::new(MACHINE.uart) };

pub(super) fn init() {
    UART.write(BAUD_DIVIDER, DIVIDER);
    UART.write(CONTROL, TRANSMIT_ENABLE);
}

/// Sends bytes, waiting for each at most `POLL_LIMIT` polls; what cannot be sent is dropped.
pub fn put(bytes: &[u8]) {
    for &byte in bytes {
        if (0..POLL_LIMIT).any(|_| UART.read(STATE) & TRANSMIT_FULL == 0) {
            UART.write(DATA, u32::from(byte));
        }
    }
}
