//! Guests in a process: nothing interrupts them.

use sandgrain_runtime::{CallError, Outcome};

/// There is nothing to prepare.
pub fn prepare() {}

/// So many microseconds, in microseconds.
pub fn ticks(us: u32) -> u64 {
    us.into()
}

/// Has `resume` run a guest, to its end: a time slice takes a timer that interrupts it.
///
/// # Errors
/// Those of `resume`.
pub fn run_slice(_: Option<u64>, resume: impl FnOnce() -> Result<Outcome, CallError>) -> Result<Outcome, CallError> {
    resume()
}
