//! Computes without a pause, for as many milliseconds as a tick is told: what goes on beside a computing guest?
#![no_std]

use sandgrain_guest::{Line, publish, uptime_ms};

/// How long a tick computes.
const BUSY_MS: i64 = 10_000;
/// Rounds of computation between two looks at the clock: seconds of computing must not be seconds of host calls.
const ROUNDS: u32 = 2_000_000;

/// Called by the firmware.
#[unsafe(no_mangle)]
pub extern "C" fn on_tick() {
    let start = uptime_ms();
    let mut state = start as u32 | 1;
    while uptime_ms() - start < BUSY_MS {
        for _ in 0..ROUNDS {
            // xorshift32 (Marsaglia 2003): each round needs the one before, so none can be left out.
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
        }
    }
    let busy = (uptime_ms() - start) as i32;
    let line = Line::new().text("{\"busy_ms\":").number(busy).text(",\"state\":").number(state as i32).text("}");
    let _ = publish("spin", line.as_bytes());
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
