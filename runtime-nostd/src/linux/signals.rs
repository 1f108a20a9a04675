//! The signal handlers, and what they find out about the thread that they interrupt.

use core::ffi::{c_int, c_void};
use core::mem::{MaybeUninit, transmute, zeroed};
use core::ptr;
use core::sync::atomic::{AtomicBool, AtomicPtr, AtomicU64, Ordering};
use std::io;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread_local;

use libc::{siginfo_t, sigset_t};

use crate::arch::{self, Activation};

/// What hardware faults of guests arrive as.
const FAULTS: [c_int; 4] = [libc::SIGSEGV, libc::SIGBUS, libc::SIGILL, libc::SIGFPE];
/// What alarms ring by.
pub(crate) const ALARM: c_int = libc::SIGURG;

/// What a handler has to know of its thread, and what it has to say. Relaxed atomics: a handler and what it interrupts are
/// the same thread.
struct Thread {
    /// The activation whose guest is entered and not in a host function, or null.
    running: AtomicPtr<Activation>,
    /// Whether the guest has to give way.
    request: AtomicBool,
    /// The signal mask of the host when it last resumed a guest that had given way in a handler.
    mask: AtomicU64,
}

thread_local! {
    static THREAD: Thread = const {
        Thread { running: AtomicPtr::new(ptr::null_mut()), request: AtomicBool::new(false), mask: AtomicU64::new(0) }
    };
}

/// Notes which activation's guest is entered from now on, null for none, and returns the one before.
pub(crate) fn set_running(activation: *mut Activation) -> *mut Activation {
    THREAD.with(|thread| {
        let before = thread.running.load(Ordering::Relaxed);
        thread.running.store(activation, Ordering::Relaxed);
        before
    })
}

/// The activation whose guest is entered and not in a host function, or null.
pub(crate) fn running() -> *mut Activation {
    THREAD.with(|thread| thread.running.load(Ordering::Relaxed))
}

/// Leaves a note that this thread's guest has to give way, or takes it back.
pub(crate) fn set_request(wanted: bool) {
    THREAD.with(|thread| thread.request.store(wanted, Ordering::Relaxed));
}

/// Whether there is such a note.
pub(crate) fn is_requested() -> bool {
    THREAD.with(|thread| thread.request.load(Ordering::Relaxed))
}

/// Notes what the host wants to hear of, for the handler that a guest has given way in and that is about to go on. An alarm
/// that comes before the guest itself goes on is one on top of this handler, which leaves a note: however short a slice
/// is, guests get on.
pub(crate) fn note_mask() {
    let mut mask = empty_set();
    // SAFETY: only asks, into a set of this function's own, and cannot fail.
    unsafe { libc::pthread_sigmask(libc::SIG_BLOCK, ptr::null(), &mut mask) };
    THREAD.with(|thread| thread.mask.store(first_word(&mask), Ordering::Relaxed));
}

/// Lets alarms come in this thread, as they do not in their handler.
pub(crate) fn unblock_alarm() {
    let mut set = empty_set();
    // SAFETY: a set of this function's own. It fails for signals and purposes that do not exist, which these do.
    unsafe {
        libc::sigaddset(&mut set, ALARM);
        libc::pthread_sigmask(libc::SIG_UNBLOCK, &set, ptr::null_mut());
    }
}

fn empty_set() -> sigset_t {
    let mut set = MaybeUninit::uninit();
    // SAFETY: writes all of the set, and cannot fail.
    unsafe {
        libc::sigemptyset(set.as_mut_ptr());
        set.assume_init()
    }
}

/// The kernel's part of a set: one bit for each of 64 signals.
fn first_word(set: &sigset_t) -> u64 {
    // SAFETY: a set is larger than that and at least as much aligned.
    unsafe { ptr::from_ref(set).cast::<u64>().read() }
}

/// Who handled the signals before: [`FAULTS`], then [`ALARM`].
static FORMER: OnceLock<[libc::sigaction; FAULTS.len() + 1]> = OnceLock::new();

/// Installs the handlers, once in a process.
pub(super) fn install() -> io::Result<()> {
    static INSTALLING: Mutex<()> = Mutex::new(());
    let _one_at_a_time = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
    if FORMER.get().is_some() {
        return Ok(());
    }
    let signals = || FAULTS.into_iter().chain([ALARM]);
    // SAFETY: all zeros is a sigaction without handler.
    let mut former: [libc::sigaction; FAULTS.len() + 1] = unsafe { zeroed() };
    for (signal, former) in signals().zip(&mut former) {
        // SAFETY: only asks.
        check(unsafe { libc::sigaction(signal, ptr::null(), former) })?;
    }
    // Before the first handler can come.
    let _ = FORMER.set(former);
    for signal in signals() {
        let mut action = former[0];
        action.sa_mask = empty_set();
        (action.sa_sigaction, action.sa_flags) = match signal {
            // On the guest's stack, where its state has to stay.
            ALARM => (on_alarm as *const () as usize, libc::SA_SIGINFO | libc::SA_RESTART),
            _ => (on_fault as *const () as usize, libc::SA_SIGINFO | libc::SA_ONSTACK),
        };
        // SAFETY: the set is initialised, and large enough for any signal.
        unsafe { libc::sigaddset(&mut action.sa_mask, ALARM) };
        // SAFETY: a handler of the type that SA_SIGINFO asks for, which passes on what is not for it.
        check(unsafe { libc::sigaction(signal, &action, ptr::null_mut()) })?;
    }
    Ok(())
}

/// What a call of the C library's says by its result.
pub(super) fn check(result: c_int) -> io::Result<()> {
    if result == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// # Safety
/// The kernel calls it for a signal, with the context that it interrupted.
unsafe extern "C" fn on_alarm(signal: c_int, info: *mut siginfo_t, context: *mut c_void) {
    // SAFETY: the kernel's, for this call.
    if unsafe { (*info).si_code } != libc::SI_TIMER {
        // SAFETY: what came is passed on.
        return unsafe { pass_on(signal, info, context) };
    }
    set_request(true);
    let (activation, context) = (running(), context.cast());
    if activation.is_null() {
        return;
    }
    // SAFETY: the activation runs in this thread, below this handler, so it is alive and stands still; the context is what
    // the kernel goes back to.
    if unsafe { arch::interrupted::give_way(activation, context) } {
        // Later, and maybe the host has changed what it wants to hear of.
        let mask = THREAD.with(|thread| thread.mask.load(Ordering::Relaxed));
        // SAFETY: the kernel goes back to this context, and looks at one word of the mask.
        unsafe { (&raw mut (*context).uc_sigmask).cast::<u64>().write(mask) };
    }
}

/// # Safety
/// As for [`on_alarm`].
unsafe extern "C" fn on_fault(signal: c_int, info: *mut siginfo_t, context: *mut c_void) {
    let activation = running();
    // SAFETY: the kernel's, for this call. Codes that are not positive come from processes, without a fault.
    let (is_fault, address) = unsafe { ((*info).si_code > 0, (*info).si_addr().addr()) };
    // SAFETY: as for `on_alarm`.
    if is_fault && !activation.is_null() && unsafe { arch::interrupted::trap(activation, context.cast(), address) } {
        return;
    }
    // SAFETY: what came is passed on.
    unsafe { pass_on(signal, info, context) };
}

/// To whom the signal would have come without this module.
///
/// # Safety
/// The arguments are what a handler was called with.
unsafe fn pass_on(signal: c_int, info: *mut siginfo_t, context: *mut c_void) {
    let place = FAULTS.iter().position(|fault| *fault == signal).unwrap_or(FAULTS.len());
    let Some(former) = FORMER.get().and_then(|former| former.get(place)) else { return };
    match former.sa_sigaction {
        // Which is ignored by default.
        libc::SIG_DFL | libc::SIG_IGN if signal == ALARM => {}
        // What the kernel does about a fault without a handler: the instruction comes again. What a process has sent does not.
        libc::SIG_DFL | libc::SIG_IGN => {
            // SAFETY: a signal that there is, and no handler; the information is the kernel's.
            unsafe {
                libc::signal(signal, libc::SIG_DFL);
                if (*info).si_code <= 0 {
                    libc::raise(signal);
                }
            }
        }
        handler => {
            let handler = ptr::with_exposed_provenance::<()>(handler);
            if former.sa_flags & libc::SA_SIGINFO != 0 {
                type Handler = extern "C" fn(c_int, *mut siginfo_t, *mut c_void);
                // SAFETY: it was installed as a handler of this type.
                let handler = unsafe { transmute::<*const (), Handler>(handler) };
                handler(signal, info, context);
            } else {
                // SAFETY: it was installed as a handler of this type.
                let handler = unsafe { transmute::<*const (), extern "C" fn(c_int)>(handler) };
                handler(signal);
            }
        }
    }
}
