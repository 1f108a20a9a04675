//! How long a guest may run: slices and deadlines, kept by the board's timer interrupt and by nothing in the code.

use sandgrain_abi::TrapKind;

use crate::call::Progress;
use crate::store::Instances;
use crate::trap::{CallError, Outcome, Trap};

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
    /// with [`TrapKind::DeadlineExceeded`]; its place is the instruction that would have come next, if that is the
    /// module's. While a host function runs, the deadline waits for its return.
    ///
    /// # Errors
    /// As for [`resume`](Self::resume).
    pub fn resume_within(&mut self, clock: &impl Clock, budget: &Budget) -> Result<Outcome, CallError> {
        run_within(self, clock, budget)
    }
}

/// What a budget is kept for: either engine.
pub(crate) trait Guest {
    fn resume(&mut self) -> Result<Outcome, CallError>;
    fn is_busy(&self) -> bool;
    /// Ends the call in progress where it was stopped.
    fn stop(&mut self, kind: TrapKind) -> Outcome;
}

/// Resumes `guest` for as long as `budget` allows.
pub(crate) fn run_within(
    guest: &mut (impl Guest + ?Sized),
    clock: &impl Clock,
    budget: &Budget,
) -> Result<Outcome, CallError> {
    let deadline = budget.deadline.unwrap_or(u64::MAX);
    let alarm = deadline.min(budget.slice.map_or(u64::MAX, |slice| clock.now().saturating_add(slice)));
    if alarm == u64::MAX {
        return guest.resume();
    }
    if clock.now() >= deadline && guest.is_busy() {
        return Ok(guest.stop(TrapKind::DeadlineExceeded));
    }
    clock.set_alarm(alarm);
    let outcome = guest.resume();
    clock.set_alarm(u64::MAX);
    match outcome {
        Ok(Outcome::Preempted) if clock.now() >= deadline => Ok(guest.stop(TrapKind::DeadlineExceeded)),
        outcome => outcome,
    }
}

impl<'a, T> Guest for Instances<'a, T> {
    fn resume(&mut self) -> Result<Outcome, CallError> {
        Instances::resume(self)
    }

    fn is_busy(&self) -> bool {
        Instances::is_busy(self)
    }

    #[cold]
    #[inline(never)]
    fn stop(&mut self, kind: TrapKind) -> Outcome {
        let trap = match self.progress {
            Progress::Stopped(_) | Progress::Suspended(_) => {
                self.place(kind, self.activation.stopped_at(|address| self.stack.word_at(address)))
            }
            _ => Trap::new(kind),
        };
        self.abandon();
        Outcome::Trapped(trap)
    }
}
