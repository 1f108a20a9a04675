//! What the 64-bit parts under Linux have in common: all of a guest that has given way is on its stack.

use crate::store::Stack;

/// Whether the context says where a guest has stopped. Here the store's header does, as after a host call.
pub(crate) const PREEMPTS: bool = false;
pub(crate) const CODE_BIT: usize = 0;
pub(crate) const STACK_ALIGN: usize = 16;
/// Arguments and results travel in memory.
pub(crate) const REGISTER_WORDS: usize = 0;

/// What is not on the stack of a stopped guest.
#[repr(C)]
pub(super) struct Context {
    /// The newest entry frame: what the store's header says of it, code that is not the compiler's may have overwritten.
    pub host_sp: usize,
    /// Whether the guest gave way in a signal handler.
    #[cfg(feature = "linux")]
    pub in_handler: bool,
}

impl Context {
    pub(super) const fn new() -> Self {
        Context {
            host_sp: 0,
            #[cfg(feature = "linux")]
            in_handler: false,
        }
    }

    /// In the store's header.
    pub(super) fn next_instruction(&self, _: impl Fn(usize) -> u32) -> usize {
        0
    }

    /// As well.
    pub(super) fn stack(&self, _: &mut Stack<'_>) -> usize {
        0
    }
}

/// Guests run in any thread, which they do not leave.
pub(crate) fn may_enter() -> bool {
    true
}

/// The gate looks at the request by itself, and the alarm's signal comes by itself.
pub(super) fn signal() {}
