//! ABI version 1 on Thumb-2: register roles, frames, calls, stubs.

use super::branch;
use super::encode::{self as enc, Alu, Cond, Flags, Shift, Test};
use super::encode_mem::{self as mem, Mem};
use super::inst_vfp;
use super::put;
use super::regs::{ARGS, CALLEE_SAVED, CALLER_SAVED, FReg, INSTANCE, LR, PC, Reg, RegSet, SCRATCH, SP};
use crate::emit::{Frame, Label, Sink};
use crate::isa::{Callee, Registers, RelocTarget};
use crate::marks::{mutant, rule};
use regalloc2::{MachineEnv, PReg, PRegSet, RegClass};
use sandgrain_abi::layout::Field;
use sandgrain_abi::{FloatUnit, Target, TrapKind};
use std::sync::LazyLock;

const fn preg(reg: Reg) -> PReg {
    PReg::new(reg.num() as usize, RegClass::Int)
}

fn set(regs: &[Reg]) -> PRegSet {
    regs.iter().map(|r| preg(*r)).collect()
}

fn float_set(regs: impl IntoIterator<Item = FReg>) -> PRegSet {
    regs.into_iter().map(|r| PReg::new(r.hw().into(), RegClass::Float)).collect()
}

/// Register roles for the shared framework.
pub fn registers(target: Target) -> &'static Registers {
    static SOFT: LazyLock<Registers> = LazyLock::new(|| roles(PRegSet::empty(), PRegSet::empty(), 1));
    static SINGLE: LazyLock<Registers> =
        LazyLock::new(|| roles(float_set((0..16).map(FReg::s)), float_set((16..32).map(FReg::s)), 1));
    static DOUBLE: LazyLock<Registers> =
        LazyLock::new(|| roles(float_set((0..8).map(FReg::d)), float_set((8..16).map(FReg::d)), 2));
    match target.float_unit() {
        FloatUnit::Soft => &SOFT,
        FloatUnit::Single => &SINGLE,
        FloatUnit::Double => &DOUBLE,
    }
}

/// The roles with these float registers (AAPCS 6.1.2.1: s0–s15 are lost in calls, s16–s31 kept). Between two float
/// slots the allocator moves by way of any register that it finds or frees.
fn roles(floats_lost: PRegSet, floats_kept: PRegSet, float_words: u32) -> Registers {
    static ARG_REGS: [PReg; 4] = [preg(ARGS[0]), preg(ARGS[1]), preg(ARGS[2]), preg(ARGS[3])];
    // In a leaf lr costs what a callee-saved register does, and a value in it does not outlive a call elsewhere.
    let mut saved_when_used = set(&CALLEE_SAVED);
    saved_when_used.add(preg(LR));
    let none = PRegSet::empty();
    let (mut caller_saved, mut callee_saved) = (set(&CALLER_SAVED), set(&CALLEE_SAVED));
    caller_saved.union_from(floats_lost);
    callee_saved.union_from(floats_kept);
    Registers {
        env: MachineEnv {
            preferred_regs_by_class: [set(&ARGS), floats_lost, none],
            non_preferred_regs_by_class: [saved_when_used, floats_kept, none],
            scratch_by_class: [Some(preg(SCRATCH)), None, None],
            fixed_stack_slots: Vec::new(),
        },
        args: &ARG_REGS,
        instance: preg(INSTANCE),
        zero: None,
        caller_saved,
        callee_saved,
        link: preg(LR),
        float_words,
    }
}

/// Parts of a frame offset or size that one instruction each can add: multiples of 4096 up to
/// [`MAX_FRAME`](super::Thumb2::MAX_FRAME) as modified immediates, the rest as it is.
fn parts(bytes: u32) -> (u32, u32) {
    (bytes & !0xfff, bytes & 0xfff)
}

/// `dst = a op bytes` without flags, in one or two instructions; nothing for `dst = dst op 0`.
pub fn add(sink: &mut Sink, op: Alu, dst: Reg, a: Reg, bytes: u32) {
    if let Some(one) = enc::alu_imm(op, dst, a, bytes, Flags::Keep) {
        if dst != a || bytes != 0 {
            put(sink, one);
        }
        return;
    }
    rule!("thumb2: frame offset in two instructions");
    let (upper, lower) = parts(bytes);
    put(sink, enc::alu_imm(op, dst, a, upper, Flags::Keep).expect("frames are limited"));
    put(sink, enc::alu_imm(op, dst, dst, lower, Flags::Keep).expect("12 bits fit"));
}

/// `dst = [sp + offset]`. Changes nothing else, but the scratch register where `dst` is the instance register.
pub fn load_sp(sink: &mut Sink, dst: Reg, offset: u32) {
    if let Some(load) = mem::mem_imm(Mem::Ldr, dst, SP, offset as i32) {
        rule!("thumb2: load from the frame");
        return put(sink, load);
    }
    rule!("thumb2: load from far in the frame");
    // Whoever interrupts this may look at the instance: its register never holds anything else.
    let base = if dst == INSTANCE { SCRATCH } else { dst };
    let (upper, lower) = parts(offset);
    add(sink, Alu::Add, base, SP, upper);
    put(sink, mem::mem_imm(Mem::Ldr, dst, base, lower as i32).expect("12 bits fit"));
}

/// `[sp + offset] = src`. Changes nothing else: the scratch register may hold a value of the allocator's.
pub fn store_sp(sink: &mut Sink, src: Reg, offset: u32) {
    if let Some(store) = mem::mem_imm(Mem::Str, src, SP, offset as i32) {
        rule!("thumb2: store to the frame");
        return put(sink, store);
    }
    rule!("thumb2: store far in the frame");
    // A frame of this size has been checked against the limit, and nothing below it is in use.
    let base = if src == ARGS[0] { ARGS[1] } else { ARGS[0] };
    let saved = RegSet::EMPTY.with(base);
    let (upper, lower) = parts(offset + 4);
    put(sink, enc::push(saved).expect("one register"));
    add(sink, Alu::Add, base, SP, upper);
    put(sink, mem::mem_imm(Mem::Str, src, base, lower as i32).expect("12 bits fit"));
    put(sink, enc::pop(saved).expect("one register"));
}

/// `sp += delta`. Nothing above sp is lost on the way to an interrupt.
pub fn adjust_sp(sink: &mut Sink, delta: i32) {
    let op = if delta < 0 { Alu::Sub } else { Alu::Add };
    add(sink, op, SP, SP, delta.unsigned_abs());
}

/// Loads a field of the instance header.
fn load_field(sink: &mut Sink, dst: Reg, field: Field) {
    put(sink, mem::mem_imm(Mem::Ldr, dst, INSTANCE, field.offset(4) as i32).expect("the header is small"));
}

fn jump_to_field(sink: &mut Sink, field: Field) {
    put(sink, mem::load_pc(INSTANCE, field.offset(4)).expect("the header is small"));
}

pub fn stack_check(sink: &mut Sink, below: u32, overflow: Label) {
    rule!("thumb2: stack check");
    load_field(sink, SCRATCH, Field::stack_limit);
    if below > 0 {
        rule!("thumb2: stack check with frames");
        // The limit moves up instead of sp down: one register is enough.
        add(sink, Alu::Add, SCRATCH, SCRATCH, below);
    }
    put(sink, enc::test_reg(Test::Cmp, SP, SCRATCH, Shift::NONE));
    branch::branch_on(sink, Cond::Lo, overflow);
}

pub fn prologue(sink: &mut Sink, frame: &Frame) {
    adjust_sp(sink, -(frame.tail_room as i32));
    if let Some(push) = enc::push(saved(frame)) {
        put(sink, push);
    }
    inst_vfp::push(sink, &frame.saved_floats);
    adjust_sp(sink, -(frame.unsaved() as i32));
}

pub fn ret(sink: &mut Sink, frame: &Frame) {
    let saved = saved(frame);
    if saved.contains(LR) && frame.incoming + frame.tail_room == 0 {
        rule!("thumb2: return by pop");
        leave(sink, frame, saved.without(LR).with(PC), 0);
    } else {
        rule!("thumb2: return by bx");
        leave(sink, frame, saved, 0);
        put(sink, mem::bx(LR));
    }
}

/// Restores registers and frees the frame, up to `stack_bytes` below where this function's caller expects sp. Keeps r12.
fn leave(sink: &mut Sink, frame: &Frame, restored: RegSet, stack_bytes: u32) {
    adjust_sp(sink, frame.unsaved() as i32);
    inst_vfp::pop(sink, &frame.saved_floats);
    if let Some(pop) = enc::pop(restored) {
        put(sink, pop);
    }
    let incoming = mutant!("thumb2: stack arguments not popped", frame.incoming, stack_bytes.min(frame.incoming));
    adjust_sp(sink, (frame.tail_room + incoming - stack_bytes) as i32);
}

pub fn tail_call(sink: &mut Sink, frame: &Frame, callee: Callee, target: Option<Reg>, stack_bytes: u32) {
    let saved = saved(frame);
    match (callee, target) {
        (Callee::Function(index), _) => {
            rule!("thumb2: tail call");
            leave(sink, frame, saved, stack_bytes);
            branch::jump_out(sink, RelocTarget::Function(index));
        }
        (Callee::Register, Some(mut target)) => {
            if saved.contains(target) {
                rule!("thumb2: tail call through a saved register");
                put(sink, enc::mov_reg(SCRATCH, target, Flags::Free));
                target = SCRATCH;
            }
            rule!("thumb2: tail call through a register");
            leave(sink, frame, saved, stack_bytes);
            put(sink, mem::bx(target));
        }
        (callee, _) => unreachable!("no tail call of {callee:?} is selected"),
    }
}

fn saved(frame: &Frame) -> RegSet {
    frame.saved.iter().map(|r| Reg::new(*r)).collect()
}

pub fn call(sink: &mut Sink, callee: Callee, target: Option<Reg>) {
    match callee {
        Callee::Function(index) => branch::call(sink, RelocTarget::Function(index)),
        Callee::Helper(helper) => {
            rule!("thumb2: call of a helper");
            load_field(sink, SCRATCH, Field::helpers);
            let offset = helper as i32 * 4;
            put(sink, mem::mem_imm(Mem::Ldr, SCRATCH, SCRATCH, offset).expect("the helper table is small"));
            put(sink, mem::blx(SCRATCH));
        }
        Callee::Register | Callee::Foreign => {
            rule!("thumb2: call through a register");
            // Bit 0, which asks for Thumb state (A4.1.1), is set in the table that the address comes from.
            put(sink, mem::blx(target.expect("a call through a register names it")));
        }
    }
}

/// The call takes lr. A caller that is nowhere else goes to the stack, where every function has room for what a helper
/// would need.
pub fn trap_site(sink: &mut Sink, kind: TrapKind, link_saved: bool) -> u32 {
    if !link_saved {
        put(sink, enc::push(RegSet::EMPTY.with(LR)).expect("one register"));
    }
    branch::call(sink, RelocTarget::TrapStub(kind));
    if link_saved { 0 } else { 4 }
}

/// Site in lr, kind in r0.
pub fn trap_stub(sink: &mut Sink, kind: TrapKind) {
    rule!("thumb2: trap stub");
    put(sink, enc::mov_imm(ARGS[0], kind as u32, Flags::Free).expect("kinds are small"));
    jump_to_field(sink, Field::trap_exit);
}

/// Import index in r12; arguments, stack and lr as for the imported function itself.
pub fn import_thunk(sink: &mut Sink, index: u32) {
    rule!("thumb2: import thunk");
    super::inst::constant(sink, SCRATCH, index as i32, Flags::Free);
    jump_to_field(sink, Field::host_gate);
}
