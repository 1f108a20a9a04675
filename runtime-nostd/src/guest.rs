//! A call in progress, whichever engine carries it out: to its end, or for as long as it may take.

use sandgrain_abi::TrapKind;

use crate::arch;
use crate::time::{Budget, Clock};
use crate::trap::{CallError, InstantiateError, Outcome};

/// One that runs guests, one call at a time.
pub(crate) trait Guest {
    /// Runs the call in progress until it ends or gives way.
    fn resume(&mut self) -> Result<Outcome, CallError>;
    /// Gives the call in progress up, if there is one.
    fn abandon(&mut self);
    fn is_busy(&self) -> bool;
    /// How often calls gave way so far; wraps.
    fn preemptions(&self) -> u32;
    /// Ends the call in progress where it was stopped.
    fn stop(&mut self, kind: TrapKind) -> Outcome;

    /// Runs the call in progress to its end, however often it is preempted.
    fn finish(&mut self) -> Result<(), CallError> {
        let before = self.preemptions();
        let outcome = loop {
            match self.resume() {
                Ok(Outcome::Preempted) => (),
                Ok(Outcome::Trapped(trap)) => break Err(CallError::Trap(trap)),
                Ok(Outcome::Returned) => break Ok(()),
                Ok(Outcome::Suspended) => {
                    self.abandon();
                    break Err(CallError::Suspended);
                }
                Err(error) => {
                    self.abandon();
                    break Err(error);
                }
            }
        };
        if self.preemptions() != before {
            // Whoever asked may have meant the guest that this call is made for.
            arch::request_preemption();
        }
        outcome
    }

    /// Runs what an instance starts with to its end, if `begun` says that there is anything.
    fn finish_start<'a>(&mut self, begun: Result<bool, CallError>) -> Result<(), InstantiateError<'a>> {
        let run = begun.and_then(|any| {
            if any {
                self.finish()?;
                self.abandon();
            }
            Ok(())
        });
        run.map_err(|error| match error {
            CallError::Trap(trap) => InstantiateError::Trap(trap),
            error => InstantiateError::Start(error),
        })
    }

    /// Runs the call in progress for as long as `budget` allows.
    fn resume_within(&mut self, clock: &impl Clock, budget: &Budget) -> Result<Outcome, CallError> {
        let deadline = budget.deadline.unwrap_or(u64::MAX);
        let alarm = deadline.min(budget.slice.map_or(u64::MAX, |slice| clock.now().saturating_add(slice)));
        if alarm == u64::MAX {
            return self.resume();
        }
        if clock.now() >= deadline && self.is_busy() {
            return Ok(self.stop(TrapKind::DeadlineExceeded));
        }
        clock.set_alarm(alarm);
        let outcome = self.resume();
        clock.set_alarm(u64::MAX);
        match outcome {
            Ok(Outcome::Preempted) if clock.now() >= deadline => Ok(self.stop(TrapKind::DeadlineExceeded)),
            outcome => outcome,
        }
    }
}
