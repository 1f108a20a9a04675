//! Version 3, with a bug of the kind that gets past a desk: it looks a correction up in a table that was made for
//! negative temperatures only, and indexes out of it.
#![no_std]

use sandgrain_guest::{Line, publish, read_temperature};

/// Correction in thousandths of a degree, for each 10 °C below zero.
static CORRECTIONS: [i32; 5] = [0, 12, 31, 57, 90];

/// Called by the firmware twice a second.
#[unsafe(no_mangle)]
pub extern "C" fn on_tick() {
    if let Some(temperature) = read_temperature() {
        // Above zero the quotient is negative: as an index, it is far beyond the table.
        let corrected = temperature + CORRECTIONS[(-temperature / 10_000) as usize];
        let line = Line::new().text("{\"version\":3,\"celsius\":").thousandths(corrected).text("}");
        let _ = publish("temperature", line.as_bytes());
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
