//! Stack frames.
//!
//! ```text
//! entry sp + incoming   ┐ popped by this function
//! entry sp              ┘ incoming stack arguments
//!                       what tail calls need beyond that
//!                       saved registers
//!                       saved float registers
//!                       padding
//!                       spill slots
//! sp                    outgoing stack arguments
//! ```
//! The callee of a tail call pops what this function was to pop, so the arguments of a tail call end where the incoming
//! ones do. These have been read by then: each has a virtual register from the entry on.

use crate::isa::{Callee, Isa32};
use crate::marks::mutant;
use crate::vcode::{Op, VCode};
use regalloc2::{Edit, Output, PRegSet, RegClass};
use sandgrain_abi::Target;

/// Frame of one function; all in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    pub outgoing: u32,
    pub spills: u32,
    /// Hardware numbers of the registers that the prologue saves, rising; the link register among them if used, the
    /// instance register if calls switch it.
    pub saved: Vec<u8>,
    /// The same of class `Float`, of [`float_words`](crate::isa::Registers::float_words) words each.
    pub saved_floats: Vec<u8>,
    /// Bytes of `saved_floats`.
    pub float_bytes: u32,
    /// From sp on entry down to sp in the body; a multiple of the stack alignment.
    pub size: u32,
    /// Stack arguments popped on return; a multiple of the stack alignment.
    pub incoming: u32,
    /// Room above the saved registers for tail calls with more stack arguments than came in; a multiple of the stack
    /// alignment.
    pub tail_room: u32,
    /// Calls nothing, and leaves no room for tail calls.
    pub is_leaf: bool,
}

impl Frame {
    /// Offset from sp in the body of a spill slot.
    pub fn spill_offset(&self, slot: usize) -> u32 {
        self.outgoing + mutant!("emit: two spill slots in one place", slot, slot / 2) as u32 * 4
    }

    /// Offset from sp in the body of an incoming stack-argument word.
    pub fn incoming_offset(&self, word: u32) -> u32 {
        self.size + word * 4
    }

    /// Offset from sp in the body of the `index`-th saved register, for a frame that is stored rather than pushed.
    pub fn saved_offset(&self, index: usize) -> u32 {
        self.size - self.tail_room - (self.saved.len() - index) as u32 * 4
    }

    /// Bytes of the frame below the saved registers of both classes.
    pub fn unsaved(&self) -> u32 {
        self.size - self.tail_room - self.saved.len() as u32 * 4 - self.float_bytes
    }

    /// Offset from sp in the body of sp at the entry of a tail call's callee that takes `stack_bytes` of stack arguments.
    pub fn tail_offset(&self, stack_bytes: u32) -> u32 {
        self.size + self.incoming - stack_bytes
    }

    /// As [`saved_offset`](Self::saved_offset), of the `index`-th saved float register.
    pub fn saved_float_offset(&self, index: usize) -> u32 {
        let each = self.float_bytes / self.saved_floats.len() as u32;
        self.size - self.tail_room - self.saved.len() as u32 * 4 - (self.saved_floats.len() - index) as u32 * each
    }

    /// Offset from sp in the body of the own instance's address, from which a call that switched the instance register
    /// restores it.
    ///
    /// # Panics
    /// If no call of the function switches it.
    pub(super) fn instance_offset<I: Isa32>(&self, target: Target) -> u32 {
        let instance = I::registers(target).instance.hw_enc() as u8;
        let index = self.saved.iter().position(|reg| *reg == instance);
        self.saved_offset(index.expect("the prologue saves what a call switches"))
    }

    /// Offset from sp in the body of the return address; `None` if it stays in the link register.
    pub(super) fn link_offset<I: Isa32>(&self, target: Target) -> Option<u32> {
        let link = I::registers(target).link.hw_enc() as u8;
        self.saved.iter().position(|reg| *reg == link).map(|index| self.saved_offset(index))
    }

    /// Derives the frame from what was allocated.
    pub(super) fn of<I: Isa32>(vcode: &VCode<I>, allocated: &Output, target: Target) -> Frame {
        let regs = I::registers(target);
        let mut used = PRegSet::empty();
        for alloc in &allocated.allocs {
            if let Some(reg) = alloc.as_reg() {
                used.add(reg);
            }
        }
        for (_, Edit::Move { from, to }) in &allocated.edits {
            for alloc in [from, to] {
                if let Some(reg) = alloc.as_reg() {
                    used.add(reg);
                }
            }
        }
        let calls = vcode.insts.iter().any(|inst| matches!(inst.op, Op::Call { .. }));
        let switches = vcode.insts.iter().any(|inst| matches!(inst.op, Op::Call { callee: Callee::Foreign, .. }));
        let link = (calls || used.contains(regs.link)).then_some(regs.link);
        let instance = switches.then_some(regs.instance);
        let to_save = |class| {
            let callee_saved = regs.callee_saved.into_iter().filter(|reg| used.contains(*reg));
            let callee_saved = callee_saved.skip(mutant!("emit: a callee-saved register not saved", 0, 1));
            let of_class = callee_saved.chain(link).chain(instance).filter(|reg| reg.class() == class);
            let mut numbers: Vec<u8> = of_class.map(|reg| reg.hw_enc() as u8).collect();
            numbers.sort_unstable();
            numbers
        };
        let (saved, saved_floats) = (to_save(RegClass::Int), to_save(RegClass::Float));
        let float_bytes = saved_floats.len() as u32 * regs.float_words * 4;
        let spills = allocated.num_spillslots as u32 * 4;
        let tail_room = vcode.tail_bytes.saturating_sub(vcode.incoming_bytes);
        let below = vcode.outgoing_bytes + spills + float_bytes + saved.len() as u32 * 4;
        let size = below.next_multiple_of(target.stack_align()) + tail_room;
        let is_leaf = !calls && tail_room == 0;
        let (outgoing, incoming) = (vcode.outgoing_bytes, vcode.incoming_bytes);
        Frame { outgoing, spills, saved, saved_floats, float_bytes, size, incoming, tail_room, is_leaf }
    }
}
