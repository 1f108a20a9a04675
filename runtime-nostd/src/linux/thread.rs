//! A thread that runs guests: its alarm, and its stack for faults.

use core::ffi::c_void;
use core::marker::PhantomData;
use core::mem::{MaybeUninit, zeroed};
use core::ptr;
use std::io;

use sandgrain_abi::MAX_FRAME_64;

use super::mapping::Memory;
use super::signals::{self, ALARM, check};
use crate::time::Clock;

/// Bytes of the stack that faults are handled on, in threads that have none that will do: the kernel's frame, and whatever
/// the former handlers of the signals need.
const FAULT_STACK: usize = 64 << 10;

/// Nanoseconds from one ring of an alarm to the next.
const REPEAT: u32 = 100_000;

const NANOSECONDS: u64 = 1_000_000_000;

/// Signals that may lie on a guest's stack at a time: an alarm, and another when its handler is about to return.
const SIGNALS: usize = 2;
/// What their handlers need beside the kernel's frames.
const HANDLER_BYTES: usize = 4096;

/// This thread, prepared to run guests. It is a [`Clock`] of nanoseconds, whose alarm interrupts the thread's guests.
///
/// Each thread that runs guests makes one before, and keeps it as long. It is worth a few system calls.
#[derive(Debug)]
pub struct GuestThread {
    timer: libc::timer_t,
    /// The stack for faults, if the thread had none that will do.
    _fault_stack: Option<FaultStack>,
    /// The timer rings in one thread, which also has to end it.
    of_this_thread: PhantomData<*const ()>,
}

impl GuestThread {
    /// Prepares this thread. The first one in a process installs the handlers for all threads; they stay until its end, and
    /// pass on what is not for them. SIGURG is unblocked in this thread.
    ///
    /// # Errors
    /// What the kernel says: for lack of memory or of timers (`RLIMIT_SIGPENDING`). [`io::ErrorKind::Unsupported`] on a
    /// processor with so many registers that a guest's stack cannot hold them.
    pub fn new() -> io::Result<GuestThread> {
        // SAFETY: asks for a number, 0 if the kernel does not say.
        let frame = unsafe { libc::getauxval(libc::AT_MINSIGSTKSZ) } as usize;
        let frame = frame.max(libc::MINSIGSTKSZ);
        if SIGNALS * frame > MAX_FRAME_64 as usize - HANDLER_BYTES {
            let why = std::format!("a signal takes {frame} bytes of stack here, more than guests have in reserve");
            return Err(io::Error::new(io::ErrorKind::Unsupported, why));
        }
        signals::set_request(false);
        signals::install()?;
        let fault_stack = FaultStack::new(frame + HANDLER_BYTES)?;
        // SAFETY: all zeros is a request for nothing in particular.
        let mut event: libc::sigevent = unsafe { zeroed() };
        event.sigev_notify = libc::SIGEV_THREAD_ID;
        event.sigev_signo = ALARM;
        // SAFETY: asks for a number.
        event.sigev_notify_thread_id = unsafe { libc::gettid() };
        let mut timer = MaybeUninit::uninit();
        // SAFETY: both are this function's own.
        check(unsafe { libc::timer_create(libc::CLOCK_MONOTONIC, &mut event, timer.as_mut_ptr()) })?;
        signals::unblock_alarm();
        // SAFETY: the call that has succeeded has filled it in.
        let timer = unsafe { timer.assume_init() };
        Ok(GuestThread { timer, _fault_stack: fault_stack, of_this_thread: PhantomData })
    }
}

impl Drop for GuestThread {
    fn drop(&mut self) {
        // SAFETY: this value's own timer, which nobody uses any more.
        unsafe { libc::timer_delete(self.timer) };
    }
}

impl Clock for GuestThread {
    fn now(&self) -> u64 {
        let mut now = MaybeUninit::uninit();
        // SAFETY: the time is this function's own. It fails for clocks that do not exist, and every Linux has this one.
        let now: libc::timespec = unsafe {
            libc::clock_gettime(libc::CLOCK_MONOTONIC, now.as_mut_ptr());
            now.assume_init()
        };
        now.tv_sec as u64 * NANOSECONDS + now.tv_nsec as u64
    }

    fn set_alarm(&self, at: u64) {
        // SAFETY: all zeros is an alarm that never rings.
        let mut alarm: libc::itimerspec = unsafe { zeroed() };
        if at != u64::MAX {
            // 0 would be never as well.
            let at = at.max(1);
            alarm.it_value.tv_sec = (at / NANOSECONDS) as libc::time_t;
            alarm.it_value.tv_nsec = (at % NANOSECONDS) as libc::c_long;
            alarm.it_interval.tv_nsec = libc::c_long::from(REPEAT);
        }
        // SAFETY: this value's own timer. It fails for times that are none, and these are nanoseconds below a second.
        unsafe { libc::timer_settime(self.timer, libc::TIMER_ABSTIME, &alarm, ptr::null_mut()) };
    }
}

/// A stack for faults that this thread uses, and what it had before.
#[derive(Debug)]
struct FaultStack {
    _memory: Memory,
    former: libc::stack_t,
}

impl FaultStack {
    /// One, unless the thread has one of `needed` bytes already, as those of Rust's standard library mostly do.
    fn new(needed: usize) -> io::Result<Option<FaultStack>> {
        let mut former = MaybeUninit::<libc::stack_t>::uninit();
        // SAFETY: only asks.
        check(unsafe { libc::sigaltstack(ptr::null(), former.as_mut_ptr()) })?;
        // SAFETY: the call that has succeeded has filled it in.
        let former = unsafe { former.assume_init() };
        if former.ss_flags & libc::SS_DISABLE == 0 && former.ss_size >= needed {
            return Ok(None);
        }
        let mut memory = Memory::new(FAULT_STACK)?;
        let bytes = memory.bytes();
        let stack = libc::stack_t { ss_sp: bytes.as_mut_ptr().cast::<c_void>(), ss_flags: 0, ss_size: bytes.len() };
        // SAFETY: the memory stays mapped until the thread does not use it any more.
        check(unsafe { libc::sigaltstack(&stack, ptr::null_mut()) })?;
        Ok(Some(FaultStack { _memory: memory, former }))
    }
}

impl Drop for FaultStack {
    fn drop(&mut self) {
        // SAFETY: takes this value's stack out of use in the thread that it was made in; what was there before belongs to it.
        unsafe { libc::sigaltstack(&self.former, ptr::null_mut()) };
    }
}
