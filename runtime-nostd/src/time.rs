//! How long a guest may run: slices and deadlines, kept by the board's timer interrupt and by nothing in the code.

use crate::guest::Guest;
use crate::store::Instances;
use crate::trap::{CallError, Outcome};

/// The board's time, and an alarm that interrupts guests.
pub trait Clock {
    /// Ticks so far, of whatever length; never goes back.
    fn now(&self) -> u64;

    /// Has an interrupt handler call [`request_preemption`](crate::request_preemption) at `at` and then again and again,
    /// until the alarm is set anew: the first time may find the host just about to enter the guest, which then does not
    /// notice. `u64::MAX` is never. How far apart the rings are is how much later than its deadline a guest may end.
    fn set_alarm(&self, at: u64);
}

/// How long a guest may run. The default is without end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Budget {
    /// Ticks of a [`Clock`] until the guest has to give way, to be resumed.
    pub slice: Option<u64>,
    /// The moment by which the call has to be over; behind it, it is a trap.
    pub deadline: Option<u64>,
}

impl<'a, T> Instances<'a, T> {
    /// [`resume`](Self::resume) for as long as `budget` allows. The call in progress, once its deadline has passed, ends
    /// with [`DeadlineExceeded`](sandgrain_abi::TrapKind::DeadlineExceeded); its place is the instruction that would have come next, if that is the
    /// module's, or the call of the host function that it waits for. While a host function runs, the deadline waits for its
    /// return.
    ///
    /// # Errors
    /// As for [`resume`](Self::resume).
    pub fn resume_within(&mut self, clock: &impl Clock, budget: &Budget) -> Result<Outcome, CallError> {
        Guest::resume_within(self, clock, budget)
    }
}
