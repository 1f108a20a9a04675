//! What the 64-bit parts under Linux have in common: all of a guest is on its stack, and no interrupt stops it.

use crate::store::Stack;

/// Whether a guest may stop elsewhere than in the gate.
pub(crate) const PREEMPTS: bool = false;
pub(crate) const CODE_BIT: usize = 0;
pub(crate) const STACK_ALIGN: usize = 16;
/// Arguments and results travel in memory.
pub(crate) const REGISTER_WORDS: usize = 0;

/// All of a stopped guest is on its stack.
pub(super) struct Context;

impl Context {
    pub(super) const fn new() -> Self {
        Context
    }

    /// Not known: what is on the stack of a stopped guest depends on where the gate stopped it.
    pub(super) fn next_instruction(&self, _: impl FnOnce(usize) -> u32) -> usize {
        0
    }

    /// As little as that.
    pub(super) fn stack(&self, _: &mut Stack<'_>) -> usize {
        0
    }
}

/// Guests run in any thread, which they do not leave.
pub(crate) fn may_enter() -> bool {
    true
}

/// The gate looks at the request by itself.
pub(super) fn signal() {}
