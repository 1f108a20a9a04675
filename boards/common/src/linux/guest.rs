//! Guests in a process: the kernel's timer interrupts them.

use std::cell::OnceCell;
use std::thread_local;

use sandgrain_runtime::linux::GuestThread;
use sandgrain_runtime::{Budget, Clock};

use crate::chip;

thread_local! {
    /// What this thread runs guests with.
    static THREAD: OnceCell<GuestThread> = const { OnceCell::new() };
}

/// Makes alarms preempt guests, and their faults traps. Call in each thread that runs guests, before the first one does.
pub fn prepare() {
    with_thread(|_| ());
}

fn with_thread<R>(work: impl FnOnce(&GuestThread) -> R) -> R {
    THREAD.with(|thread| {
        work(thread.get_or_init(|| GuestThread::new().unwrap_or_else(|e| chip::stop("preparing to run guests", e))))
    })
}

/// There is one kind of interrupt.
pub fn nest_interrupts() {}

/// Nanoseconds of the computer's.
pub struct BoardClock;

impl Clock for BoardClock {
    fn now(&self) -> u64 {
        with_thread(GuestThread::now)
    }

    fn set_alarm(&self, at: u64) {
        with_thread(|thread| thread.set_alarm(at));
    }
}

/// So many microseconds in ticks of [`BoardClock`].
pub const fn ticks(us: u32) -> u64 {
    us as u64 * 1000
}

/// Slices of so many microseconds, and no deadline. 0: no slices.
pub const fn slices(us: u32) -> Budget {
    Budget { slice: if us == 0 { None } else { Some(ticks(us)) }, deadline: None }
}
