//! NS16550A at 0x1000_0000, QEMU's first `-serial`: transmit only.

/// How long a byte may wait before it is dropped: some milliseconds.
const POLL_LIMIT: u32 = 20_000;

const BASE: usize = 0x1000_0000;
const TRANSMIT_HOLDING: *mut u8 = BASE as *mut u8;
const LINE_STATUS: *const u8 = (BASE + 5) as *const u8;
const HOLDING_EMPTY: u8 = 1 << 5;

/// Sends bytes, waiting for each at most `POLL_LIMIT` polls; what cannot be sent is dropped.
pub fn put(bytes: &[u8]) {
    // SAFETY: the virt machine's UART, used only here; reading the line status has no effect that matters to sending.
    let ready = || unsafe { LINE_STATUS.read_volatile() } & HOLDING_EMPTY != 0;
    for &byte in bytes {
        if (0..POLL_LIMIT).any(|_| ready()) {
            // SAFETY: as above.
            unsafe { TRANSMIT_HOLDING.write_volatile(byte) }
        }
    }
}
