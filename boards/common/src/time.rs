//! The time driver: one queue of embassy timers over the board's counter and alarm. Tickless: the alarm interrupt
//! comes when a timer expires, or when a guest's time slice ends, whichever is first.
//!
//! The interrupt's vector or trap entry is glue in [`chip::interrupt`]; it calls [`on_tick`], a plain function.

use core::cell::{Cell, RefCell};
use core::task::Waker;

use critical_section::Mutex;
use embassy_time_driver::Driver;
use embassy_time_queue_utils::Queue;

use crate::chip;

/// Ticks a second of [`now`]: 1 MHz on an386, 10 MHz on riscv32 virt.
pub use embassy_time_driver::TICK_HZ;

struct BoardTime {
    timers: Mutex<RefCell<Queue>>,
    slice_end: Mutex<Cell<u64>>,
}

embassy_time_driver::time_driver_impl!(static TIME: BoardTime = BoardTime {
    timers: Mutex::new(RefCell::new(Queue::new())),
    slice_end: Mutex::new(Cell::new(u64::MAX)),
});

impl Driver for BoardTime {
    fn now(&self) -> u64 {
        chip::clock::now()
    }

    fn schedule_wake(&self, at: u64, waker: &Waker) {
        critical_section::with(|cs| {
            if self.timers.borrow(cs).borrow_mut().schedule_wake(at, waker) {
                self.rearm(cs);
            }
        });
    }
}

impl BoardTime {
    /// Wakes what has expired and sets the alarm to whatever comes next.
    fn rearm(&self, cs: critical_section::CriticalSection<'_>) {
        let next_timer = self.timers.borrow(cs).borrow_mut().next_expiration(self.now());
        chip::clock::set_alarm(next_timer.min(self.slice_end.borrow(cs).get()));
    }
}

/// Ticks since boot; monotonic across the board's whole uptime.
pub fn now() -> u64 {
    TIME.now()
}

/// The alarm interrupt's work. Whoever owns the vector or the trap entry calls it once per interrupt, with interrupts
/// disabled or not; worst case O(number of pending timers).
///
/// A guest that was interrupted should give way afterwards: the alarm only rings when a task has become ready or the
/// guest's slice is over.
pub fn on_tick() {
    critical_section::with(|cs| {
        let slice = TIME.slice_end.borrow(cs);
        let now = TIME.now();
        if slice.get() <= now {
            slice.set(now + RING_AGAIN);
        }
        TIME.rearm(cs);
    });
}

/// Time between rings of the alarm that ends a slice (ticks: 20 µs).
const RING_AGAIN: u64 = TICK_HZ / 50_000;

/// Makes the alarm ring at `at` (ticks of [`now`]) at the latest and then every [`RING_AGAIN`], so that a guest is
/// interrupted even if the first ring finds the host about to enter it. `u64::MAX` takes the request back.
pub fn end_slice_at(at: u64) {
    critical_section::with(|cs| {
        TIME.slice_end.borrow(cs).set(at);
        TIME.rearm(cs);
    });
}
