//! Frames, calls and stubs under ABI version 1.

use super::encode::{self, Alu, AluImm, Cond, Load, Store};
use super::encode_float;
use super::imms::{self, fits_i12};
use super::inst::{self, Fixup, put, put_branch, put_constant};
use super::regs::{self, A0, EMIT_SCRATCH, FReg, INSTANCE, MOVE_SCRATCH, RA, Reg, SP, TRAP_LINK, ZERO};
use crate::emit::{Frame, Label, Sink};
use crate::isa::{Callee, Registers, RelocTarget};
use crate::marks::{mutant, rule};
use regalloc2::{MachineEnv, PReg, PRegSet, RegClass};
use sandgrain_abi::layout::Field;
use sandgrain_abi::{FloatUnit, Target, TrapKind};

/// Largest frame: far above any stack of the parts this is for, and small enough that sp less the frame does not
/// wrap.
pub const MAX_FRAME: u32 = 1 << 20;

const POINTER_BYTES: u32 = 4;

/// What a trap stub puts on the stack.
const LINK_BYTES: u32 = 4;

const fn preg(reg: Reg) -> PReg {
    PReg::new(reg.number() as usize, RegClass::Int)
}

/// The registers of both lists.
const fn set(words: &[Reg], floats: &[FReg]) -> PRegSet {
    let mut set = PRegSet::empty();
    let mut i = 0;
    while i < words.len() {
        set.add(preg(words[i]));
        i += 1;
    }
    let mut i = 0;
    while i < floats.len() {
        set.add(PReg::new(floats[i].number() as usize, RegClass::Float));
        i += 1;
    }
    set
}

static ARGUMENTS: [PReg; 8] = {
    let mut list = [preg(A0); 8];
    let mut i = 0;
    while i < 8 {
        list[i] = preg(regs::ARGUMENTS[i]);
        i += 1;
    }
    list
};

/// Register roles of a target without float registers, and of one with them.
static REGISTERS: [Registers; 2] = [
    registers(&[], &[], None),
    registers(
        &regs::FLOAT_CALLER_SAVED,
        &regs::FLOAT_CALLEE_SAVED,
        Some(PReg::new(regs::FLOAT_MOVE_SCRATCH.number() as usize, RegClass::Float)),
    ),
];

/// Register roles. ra is not allocatable: it is outside of the compressed window, and every call needs it.
const fn registers(float_caller: &[FReg], float_callee: &[FReg], float_scratch: Option<PReg>) -> Registers {
    Registers {
        env: MachineEnv {
            preferred_regs_by_class: [set(&regs::CALLER_SAVED, &[]), set(&[], float_caller), PRegSet::empty()],
            non_preferred_regs_by_class: [set(&regs::CALLEE_SAVED, &[]), set(&[], float_callee), PRegSet::empty()],
            scratch_by_class: [Some(preg(MOVE_SCRATCH)), float_scratch, None],
            fixed_stack_slots: Vec::new(),
        },
        args: &ARGUMENTS,
        instance: preg(INSTANCE),
        zero: Some(preg(ZERO)),
        caller_saved: set(&regs::CALLER_SAVED, float_caller),
        callee_saved: set(&regs::CALLEE_SAVED, float_callee),
        link: preg(RA),
        float_words: 1,
    }
}

/// Register roles of a target.
pub fn registers_of(target: Target) -> &'static Registers {
    match target.float_unit() {
        FloatUnit::Soft => &REGISTERS[0],
        FloatUnit::Single | FloatUnit::Double => &REGISTERS[1],
    }
}

/// Loads a field of the instance's header.
fn put_header_load(sink: &mut Sink, rd: Reg, field: Field) {
    put(sink, encode::load(Load::I32, rd, INSTANCE, field.offset(POINTER_BYTES) as i32));
}

/// sp-relative place as base register and offset in reach; may overwrite t5.
fn stack_place(sink: &mut Sink, offset: u32) -> (Reg, i32) {
    let offset = i32::try_from(offset).expect("frames are at most MAX_FRAME");
    if fits_i12(offset) {
        rule!("rv32: place in the frame");
        return (SP, offset);
    }
    rule!("rv32: place far in the frame");
    let (upper, lower) = imms::split(offset);
    put(sink, encode::lui(EMIT_SCRATCH, upper));
    put(sink, encode::alu(Alu::Add, EMIT_SCRATCH, EMIT_SCRATCH, SP));
    (EMIT_SCRATCH, lower)
}

pub fn load_sp(sink: &mut Sink, rd: Reg, offset: u32) {
    let (base, offset) = stack_place(sink, offset);
    put(sink, encode::load(Load::I32, rd, base, offset));
}

pub fn store_sp(sink: &mut Sink, data: Reg, offset: u32) {
    let (base, offset) = stack_place(sink, offset);
    put(sink, encode::store(Store::I32, data, base, offset));
}

pub fn float_load_sp(sink: &mut Sink, fd: FReg, offset: u32) {
    let (base, offset) = stack_place(sink, offset);
    put(sink, encode_float::float_load(fd, base, offset));
}

pub fn float_store_sp(sink: &mut Sink, data: FReg, offset: u32) {
    let (base, offset) = stack_place(sink, offset);
    put(sink, encode_float::float_store(data, base, offset));
}

pub fn adjust_sp(sink: &mut Sink, delta: i32) {
    if delta == 0 {
        return;
    }
    if fits_i12(delta) {
        rule!("rv32: small frame");
        put(sink, encode::alu_imm(AluImm::Add, SP, SP, delta));
    } else {
        rule!("rv32: large frame");
        put_constant(sink, EMIT_SCRATCH, delta);
        put(sink, encode::alu(Alu::Add, SP, SP, EMIT_SCRATCH));
    }
}

/// t5 and t6 are free on entry: the caller passes nothing in them.
pub fn stack_check(sink: &mut Sink, below: u32, overflow: Label) {
    let below = i32::try_from(below).expect("at most MAX_FRAME");
    let lowest = if below == 0 {
        rule!("rv32: stack check", SP)
    } else {
        if fits_i12(-below) {
            rule!("rv32: stack check with frames");
            put(sink, encode::alu_imm(AluImm::Add, EMIT_SCRATCH, SP, -below));
        } else {
            rule!("rv32: stack check with large frames");
            put_constant(sink, EMIT_SCRATCH, -below);
            put(sink, encode::alu(Alu::Add, EMIT_SCRATCH, EMIT_SCRATCH, SP));
        }
        EMIT_SCRATCH
    };
    put_header_load(sink, MOVE_SCRATCH, Field::stack_limit);
    put_branch(sink, Cond::Ltu, lowest, MOVE_SCRATCH, overflow);
}

pub fn prologue(sink: &mut Sink, frame: &Frame) {
    adjust_sp(sink, -(frame.size as i32));
    for (index, reg) in frame.saved.iter().enumerate() {
        store_sp(sink, Reg::new(*reg), frame.saved_offset(index));
    }
    for (index, reg) in frame.saved_floats.iter().enumerate() {
        float_store_sp(sink, FReg::new(*reg), frame.saved_float_offset(index));
    }
}

/// Restores registers and frees the frame, up to `stack_bytes` below where this function's caller expects sp.
fn leave(sink: &mut Sink, frame: &Frame, stack_bytes: u32) {
    for (index, reg) in frame.saved.iter().enumerate() {
        let reg = Reg::new(*reg);
        // Each call has restored the instance register.
        if reg != INSTANCE && mutant!("rv32: saved registers not restored", true, reg == RA) {
            load_sp(sink, reg, frame.saved_offset(index));
        }
    }
    for (index, reg) in frame.saved_floats.iter().enumerate() {
        float_load_sp(sink, FReg::new(*reg), frame.saved_float_offset(index));
    }
    let stack_bytes = mutant!("rv32: stack arguments not popped", stack_bytes, frame.incoming.max(stack_bytes));
    adjust_sp(sink, frame.tail_offset(stack_bytes) as i32);
}

pub fn ret(sink: &mut Sink, frame: &Frame) {
    leave(sink, frame, 0);
    put(sink, encode::jalr(ZERO, RA, 0));
}

pub fn tail_call(sink: &mut Sink, frame: &Frame, callee: Callee, target: Option<Reg>, stack_bytes: u32) {
    match (callee, target) {
        (Callee::Function(index), _) => {
            rule!("rv32: tail call");
            leave(sink, frame, stack_bytes);
            sink.reloc(Fixup::Jump.kind(), RelocTarget::Function(index), 0);
            put(sink, encode::jal(ZERO, 0));
        }
        (Callee::Register, Some(mut target)) => {
            if frame.saved.contains(&(target.number() as u8)) {
                rule!("rv32: tail call through a saved register");
                put(sink, encode::mv(MOVE_SCRATCH, target));
                target = MOVE_SCRATCH;
            }
            rule!("rv32: tail call through a register");
            leave(sink, frame, stack_bytes);
            put(sink, encode::jalr(ZERO, target, 0));
        }
        (callee, _) => unreachable!("no tail call of {callee:?} is selected"),
    }
}

pub fn call(sink: &mut Sink, callee: Callee, target: Option<u8>) {
    match callee {
        Callee::Function(index) => rule!("rv32: call of a function", put_far_call(sink, RelocTarget::Function(index))),
        Callee::Helper(helper) => {
            rule!("rv32: call of a helper");
            put_header_load(sink, EMIT_SCRATCH, Field::helpers);
            put(sink, encode::load(Load::I32, EMIT_SCRATCH, EMIT_SCRATCH, helper as i32 * POINTER_BYTES as i32));
            put(sink, encode::jalr(RA, EMIT_SCRATCH, 0));
        }
        Callee::Register | Callee::Foreign => {
            rule!("rv32: call through a register");
            let target = target.expect("a call through a register has its target as an operand");
            put(sink, encode::jalr(RA, Reg::new(target), 0));
        }
    }
}

/// `jal ra`: within 1 MiB; the linker makes a [`veneer`] for what is farther.
fn put_far_call(sink: &mut Sink, target: RelocTarget) {
    sink.reloc(Fixup::Jump.kind(), target, 0);
    put(sink, encode::jal(RA, 0));
}

/// Nothing is passed in t5.
pub fn veneer(sink: &mut Sink, target: RelocTarget) {
    rule!("rv32: veneer");
    sink.reloc(Fixup::FarJump.kind(), target, 0);
    encode::far_jump(EMIT_SCRATCH, 0).into_iter().for_each(|code| put(sink, code));
}

/// The call's return address names the site. It is in t0, the alternate link register (unprivileged ISA manual, 2.5.1),
/// since ra may be all that there is of the caller.
pub fn trap_site(sink: &mut Sink, kind: TrapKind) -> u32 {
    sink.reloc(Fixup::Jump.kind(), RelocTarget::TrapStub(kind), 0);
    put(sink, encode::jal(TRAP_LINK, 0));
    LINK_BYTES
}

/// Puts ra on the stack, where every function has room for what a helper would need, and hands the site on in it.
pub fn trap_stub(sink: &mut Sink, kind: TrapKind) {
    rule!("rv32: trap stub");
    adjust_sp(sink, -(LINK_BYTES as i32));
    store_sp(sink, RA, 0);
    put(sink, encode::mv(RA, TRAP_LINK));
    put_constant(sink, A0, kind as i32);
    put_header_load(sink, EMIT_SCRATCH, Field::trap_exit);
    put(sink, encode::jalr(ZERO, EMIT_SCRATCH, 0));
}

/// The gate takes the import's index in t5.
pub fn import_thunk(sink: &mut Sink, index: u32) {
    rule!("rv32: import thunk");
    put_constant(sink, EMIT_SCRATCH, index as i32);
    put_header_load(sink, MOVE_SCRATCH, Field::host_gate);
    put(sink, encode::jalr(ZERO, MOVE_SCRATCH, 0));
}

/// `regs` = index, one temporary. The table is one four-byte jump an entry, right behind the code: no load, and no data
/// among the instructions.
pub fn jump_table(sink: &mut Sink, regs: &[u8], targets: &[Label], default: Label) {
    let (index, temp) = (Reg::new(regs[0]), Reg::new(regs[1]));
    if targets.is_empty() {
        return inst::put_jump(sink, default);
    }
    rule!("rv32: jump table");
    put_constant(sink, EMIT_SCRATCH, targets.len() as i32);
    put_branch(sink, Cond::Geu, index, EMIT_SCRATCH, default);
    put(sink, encode::alu_imm(AluImm::Sll, temp, index, 2));
    let here = encode::auipc(EMIT_SCRATCH, 0);
    let entry = encode::alu(Alu::Add, EMIT_SCRATCH, EMIT_SCRATCH, temp);
    put(sink, here);
    put(sink, entry);
    // The offset is not zero, so that this jump has four bytes itself.
    put(
        sink,
        encode::jalr(
            ZERO,
            EMIT_SCRATCH,
            (here.size() + entry.size() + mutant!("rv32: jump table one entry on", 4, 8)) as i32,
        ),
    );
    for target in targets {
        // Entries have one form: a target out of reach has no other.
        sink.next_form();
        sink.fixup(Fixup::Jump.kind(), *target);
        put(sink, encode::jal(ZERO, 0));
    }
}
