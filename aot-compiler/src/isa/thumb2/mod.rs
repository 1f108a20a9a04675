//! Thumb-2 for ARMv7E-M (Cortex-M4 and up). Reference: Armv7-M Architecture Reference Manual,
//! DDI 0403E; section numbers in this folder are of that document.
//!
//! Single loads and stores of words and halfwords take any address (A3.2.1, with CCR.UNALIGN_TRP clear); the forms
//! that do not, for two or more registers, are kept for the stack.

mod abi;
#[cfg(test)]
mod board;
#[cfg(test)]
mod board_tests;
mod branch;
mod combine;
pub mod encode;
pub mod encode_mem;
#[cfg(test)]
mod encode_tests;
pub mod encode_vfp;
#[cfg(test)]
mod encode_vfp_tests;
pub mod imms;
mod inst;
#[cfg(test)]
mod llvm_mc;
mod lower;
#[cfg(test)]
mod random_tests;
pub mod regs;

use crate::emit::{Frame, Label, Sink};
use crate::isa::{
    Access, Address, Alu, Callee, Cond, Div, FixupKind, Isa32, Pair, PairDef, Registers, RelocTarget, Shift, TestOn,
    Unary,
};
use crate::vcode::{Selector, VCode, Word};
use branch::TEXT_ADDRESS;
use encode::{Enc, Flags};
use regalloc2::{RegClass, VReg};
use regs::Reg;
use sandgrain_abi::{Target, TrapKind};

/// The Thumb-2 back end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thumb2;

fn put(sink: &mut Sink, enc: Enc) {
    match enc {
        Enc::Narrow(a) => sink.put2(a),
        Enc::Wide(a, b) => {
            sink.put2(a);
            sink.put2(b);
        }
    }
}

impl Isa32 for Thumb2 {
    type Op = inst::Op;
    type Test = inst::Test;

    const INDEXED: bool = true;
    const JUMP_TABLE_TEMPS: usize = 0;
    const FUNCTION_ALIGN: u32 = 4;
    /// What sp-relative accesses and `add sp` reach.
    const MAX_FRAME: u32 = 4088;
    const MAX_FORM: u8 = branch::MAX_FORM;

    fn registers(_: Target) -> &'static Registers {
        abi::registers()
    }

    fn constant_cost(value: i32) -> u32 {
        lower::constant_cost(value)
    }

    fn constant(cx: &mut Selector<Self>, dst: VReg, value: i32) {
        cx.push(inst::Op::Const(value), vec![regalloc2::Operand::reg_def(dst)]);
    }

    fn alu(cx: &mut Selector<Self>, op: Alu, dst: VReg, a: Word, b: Word) {
        lower::alu(cx, op, dst, a, b);
    }

    fn shift(cx: &mut Selector<Self>, op: Shift, dst: VReg, a: Word, b: Word) {
        lower::shift(cx, op, dst, a, b);
    }

    fn unary(cx: &mut Selector<Self>, op: Unary, dst: VReg, a: Word) {
        lower::unary(cx, op, dst, a);
    }

    fn div(cx: &mut Selector<Self>, op: Div, dst: VReg, a: Word, b: Word) {
        lower::div(cx, op, dst, a, b);
    }

    fn add64(cx: &mut Selector<Self>, dst: PairDef, a: Pair, b: Pair) {
        lower::add64(cx, dst, a, b);
    }

    fn sub64(cx: &mut Selector<Self>, dst: PairDef, a: Pair, b: Pair) {
        lower::sub64(cx, dst, a, b);
    }

    fn mul_wide(cx: &mut Selector<Self>, signed: bool, dst: PairDef, a: Word, b: Word) {
        lower::mul_wide(cx, signed, dst, a, b);
    }

    fn mul64(cx: &mut Selector<Self>, dst: PairDef, a: Pair, b: Pair) {
        lower::mul64(cx, dst, a, b);
    }

    fn shift64(cx: &mut Selector<Self>, op: Shift, dst: PairDef, a: Pair, count: Word) {
        lower::shift64(cx, op, dst, a, count);
    }

    fn test(cx: &mut Selector<Self>, cond: Cond, a: Word, b: Word) -> TestOn<Self> {
        lower::test(cx, cond, a, b)
    }

    fn test64(cx: &mut Selector<Self>, cond: Cond, a: Pair, b: Pair) -> TestOn<Self> {
        lower::test64(cx, cond, a, b)
    }

    fn negate(test: Self::Test) -> Self::Test {
        inst::Test { cond: test.cond.invert(), ..test }
    }

    fn set(cx: &mut Selector<Self>, dst: VReg, test: TestOn<Self>) {
        lower::set(cx, dst, test);
    }

    fn select(cx: &mut Selector<Self>, dst: VReg, test: TestOn<Self>, yes: Word, no: Word) {
        lower::select(cx, dst, test, yes, no);
    }

    fn load(cx: &mut Selector<Self>, access: Access, dst: VReg, address: Address) {
        lower::load(cx, access, dst, address);
    }

    fn store(cx: &mut Selector<Self>, access: Access, value: Word, address: Address) {
        lower::store(cx, access, value, address);
    }

    fn legal_offset(_: Access, offset: i32) -> bool {
        encode_mem::mem_offset_fits(offset)
    }

    fn text_address(cx: &mut Selector<Self>, dst: VReg, target: RelocTarget) {
        lower::text_address(cx, dst, target);
    }

    fn combine(vcode: &mut VCode<Self>) {
        combine::combine(vcode);
    }

    fn emit(sink: &mut Sink, op: &Self::Op, regs: &[u8]) {
        inst::emit(sink, op, regs);
    }

    // Moves, loads and stores keep the flags: they may come between [`inst::Op::AluFlags`] and its branch.

    fn emit_move(sink: &mut Sink, _: RegClass, dst: u8, src: u8) {
        put(sink, encode::mov_reg(Reg::new(dst), Reg::new(src), Flags::Keep));
    }

    fn emit_load_sp(sink: &mut Sink, _: RegClass, dst: u8, offset: u32) {
        put(sink, abi::sp_access(encode_mem::Mem::Ldr, dst, offset));
    }

    fn emit_store_sp(sink: &mut Sink, _: RegClass, src: u8, offset: u32) {
        put(sink, abi::sp_access(encode_mem::Mem::Str, src, offset));
    }

    fn emit_adjust_sp(sink: &mut Sink, delta: i32) {
        abi::adjust_sp(sink, delta);
    }

    fn emit_jump(sink: &mut Sink, to: Label) {
        branch::jump(sink, to);
    }

    fn emit_branch(sink: &mut Sink, test: Self::Test, regs: &[u8], to: Label) {
        branch::branch(sink, test, regs, to);
    }

    fn emit_jump_table(sink: &mut Sink, regs: &[u8], targets: &[Label], default: Label) {
        branch::jump_table(sink, Reg::new(regs[0]), targets, default);
    }

    fn emit_call(sink: &mut Sink, callee: Callee, target: Option<u8>) {
        abi::call(sink, callee, target.map(Reg::new));
    }

    fn emit_prologue(sink: &mut Sink, frame: &Frame, overflow: Label) {
        abi::prologue(sink, frame, overflow);
    }

    fn emit_return(sink: &mut Sink, frame: &Frame) {
        abi::ret(sink, frame);
    }

    fn emit_tail_call(sink: &mut Sink, frame: &Frame, callee: Callee, target: Option<u8>, stack_bytes: u32) {
        abi::tail_call(sink, frame, callee, target.map(Reg::new), stack_bytes);
    }

    fn emit_trap_site(sink: &mut Sink, kind: TrapKind) {
        branch::call(sink, RelocTarget::TrapStub(kind));
    }

    fn emit_trap_stub(sink: &mut Sink, kind: TrapKind) {
        abi::trap_stub(sink, kind);
    }

    fn emit_import_thunk(sink: &mut Sink, index: u32) {
        abi::import_thunk(sink, index);
    }

    fn reach(kind: FixupKind) -> (i64, i64) {
        branch::reach(kind)
    }

    fn patch(kind: FixupKind, code: &mut [u8], displacement: i64) {
        branch::patch(kind, code, displacement);
    }
}
