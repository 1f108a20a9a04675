//! Stand-in for computers that this crate has no engine for: everything up to entering code works.

use sandgrain_abi::Target;

use super::{Activation, TRAPPED};
use crate::store::Stack;

pub(crate) const TARGETS: &[Target] = &[];
pub(crate) const PREEMPTS: bool = false;
pub(crate) const CODE_BIT: usize = 0;
pub(crate) const STACK_ALIGN: usize = 16;
pub(crate) const REGISTER_WORDS: usize = 0;

pub(super) struct Context;

impl Context {
    pub(super) const fn new() -> Self {
        Context
    }

    pub(super) fn next_instruction(&self, _: impl Fn(usize) -> u32) -> usize {
        0
    }

    pub(super) fn stack(&self, _: &mut Stack<'_>) -> usize {
        0
    }
}

pub(crate) fn may_enter() -> bool {
    false
}

pub(super) fn signal() {}

/// Never called: [`TARGETS`] is checked first.
pub(super) unsafe extern "C" fn enter(_: *mut Activation) -> u32 {
    TRAPPED
}

pub(super) unsafe extern "C" fn resume(_: *mut Activation) -> u32 {
    TRAPPED
}

pub(super) unsafe extern "C" fn trap_exit() {}

pub(super) unsafe extern "C" fn gate() {}
