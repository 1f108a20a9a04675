//! How often the board was reset since it got power, kept in RAM that the start code leaves alone.

use core::cell::Cell;

use critical_section::Mutex;

/// The count and its complement; anything else is what RAM holds after power-on.
#[unsafe(link_section = ".uninit.BOOTS")]
static BOOTS: Mutex<Cell<[u32; 2]>> = Mutex::new(Cell::new([0; 2]));

/// Called once by the board's `init`.
pub(crate) fn count() {
    critical_section::with(|cs| {
        let cell = BOOTS.borrow(cs);
        let next = match cell.get() {
            [count, check] if check == !count => count.wrapping_add(1),
            _ => 0,
        };
        cell.set([next, !next]);
    });
}

/// Warm resets since power-on: 0 after a cold start.
pub fn since_power_on() -> u32 {
    critical_section::with(|cs| BOOTS.borrow(cs).get()[0])
}
