//! What becomes of a guest that a signal has interrupted: it gives way, or it traps.

use core::ops::Range;

use libc::ucontext_t;
use sandgrain_abi::TrapKind;
use sandgrain_abi::layout::StoreField;

use super::{Activation, field, imp};
use crate::linux::{GUARD_BYTES, signals};

/// Bytes below a guest's sp that it may use (System V ABI for x86-64, 3.2.2), and a word.
const BELOW_SP: usize = 128 + 16;

/// Has a guest give way that was interrupted at an instruction of its own, and returns true when it is resumed. Until
/// then the handler that calls this stays where it is, on the guest's stack, with the guest's registers in front of it. False
/// if anything else was interrupted.
///
/// # Safety
/// `activation` is that of the guest which this thread has entered, and stands still; `context` is what the kernel has
/// put on the stack for the handler that calls this, and goes back to.
pub(crate) unsafe fn give_way(activation: *mut Activation, context: *mut ucontext_t) -> bool {
    // SAFETY: by contract.
    let pc = unsafe { imp::pc(context) };
    // SAFETY: by contract.
    let Some(instance) = (unsafe { instance_at(activation, pc) }) else { return false };
    // SAFETY: by contract; nothing else looks at these while the guest is entered and not in the gate.
    unsafe {
        if !(*activation).stack.contains(&context.addr()) {
            // It has made itself another stack, which is no place to stay.
            leave_for(activation, context, instance, TrapKind::ContainmentViolation);
            return false;
        }
        let store = (*activation).store;
        note(store, instance, pc, imp::frame_pointer_place(context));
        (*activation).context.in_handler = true;
        imp::take_float_mode(context);
        imp::give_way(store, (*activation).context.host_sp);
    }
    true
}

/// Has this thread's guest give way in a helper that it has called, if it has to; returns when it is resumed.
pub(crate) fn give_way_if_requested() {
    let activation = signals::running();
    if activation.is_null() || !signals::is_requested() {
        return;
    }
    // SAFETY: the activation whose guest is entered is alive, and stands still while its guest or a helper runs; the
    // helper's frame is on the guest's stack, and holds nothing that somebody else waits for.
    unsafe {
        let store = (*activation).store;
        // No place in the module.
        note(store, field(store, StoreField::exit_instance).read(), 0, 0);
        imp::give_way(store, (*activation).context.host_sp);
    }
}

/// Has a guest trap that has faulted, at `address` if it was for an access. False if the fault is not the guest's.
///
/// # Safety
/// As for [`give_way`], but that `context` may lie anywhere.
pub(crate) unsafe fn trap(activation: *mut Activation, context: *mut ucontext_t, address: usize) -> bool {
    // SAFETY: by contract.
    let (pc, sp, stack) = unsafe { (imp::pc(context), imp::sp(context), (*activation).stack.clone()) };
    // SAFETY: by contract.
    let instance = match unsafe { instance_at(activation, pc) } {
        Some(instance) => instance,
        // A jump to where no code is, and not by the host.
        // SAFETY: by contract.
        None if address == pc && stack.contains(&sp) => unsafe { (*activation).header },
        None => return false,
    };
    let guard = stack.start - GUARD_BYTES..stack.start;
    let kind = match guard.contains(&address) || guard.contains(&sp) {
        true => TrapKind::StackOverflow,
        false => TrapKind::ContainmentViolation,
    };
    // SAFETY: by contract.
    unsafe { leave_for(activation, context, instance, kind) };
    true
}

/// The instance in whose text `pc` lies, by the address of its header.
///
/// # Safety
/// As for [`give_way`].
unsafe fn instance_at(activation: *mut Activation, pc: usize) -> Option<usize> {
    // SAFETY: `run` holds the exclusive borrow behind this pointer, and the dispatcher, which uses it, is not running: the
    // thread notes no activation then.
    unsafe { (*activation).host.and_then(|host| (*host).instance_at(pc)) }
}

/// Has the thread go on where a trap stub would have led it.
///
/// # Safety
/// As for [`trap`], and `instance` is the address of the header of an instance of the store.
unsafe fn leave_for(activation: *mut Activation, context: *mut ucontext_t, instance: usize, kind: TrapKind) {
    // SAFETY: by contract; of the store's header only its place is relied on, since the guest may have overwritten it.
    unsafe {
        let store = (*activation).store;
        let callers = callers_of(context, &(*activation).stack);
        note(store, instance, imp::pc(context), callers);
        field(store, StoreField::exit_kind).write(kind as usize);
        imp::leave_trapped(context, (*activation).context.host_sp);
    }
}

/// Puts the frame pointer below what the guest may still have on its stack, where callers are looked for, and returns the
/// place; 0 if there is none.
///
/// # Safety
/// As for [`trap`].
unsafe fn callers_of(context: *mut ucontext_t, stack: &Range<usize>) -> usize {
    // SAFETY: by contract.
    let (sp, frame) = unsafe { (imp::sp(context), imp::frame_pointer_place(context)) };
    let place = sp.saturating_sub(BELOW_SP) & !15;
    if !stack.contains(&place) || place < stack.start + crate::limits::STACK {
        return 0;
    }
    // SAFETY: inside the guest's stack, whose call is over; the frame pointer is in the context.
    unsafe {
        let frame = core::ptr::with_exposed_provenance::<usize>(frame).read();
        core::ptr::with_exposed_provenance_mut::<usize>(place).write(frame);
    }
    place
}

/// Notes where the guest has left, as the gate and the trap exit do.
///
/// # Safety
/// `store` is the address of a live store header whose guest is entered.
unsafe fn note(store: usize, instance: usize, pc: usize, callers: usize) {
    // SAFETY: by contract.
    unsafe {
        field(store, StoreField::exit_instance).write(instance);
        field(store, StoreField::exit_pc).write(pc);
        field(store, StoreField::exit_stack).write(callers);
    }
}
