//! Thumb-2 for ARMv7-M and ARMv7E-M (Cortex-M3, M4, M7), which ARMv8-M with the Main Extension (Cortex-M33) runs as
//! well. Reference: Armv7-M Architecture Reference Manual, DDI 0403E; section numbers in this folder are of that
//! document.
//!
//! Single loads and stores of words and halfwords take any address (A3.2.1, with CCR.UNALIGN_TRP clear). The forms that do
//! not, those for two or more registers and those of the FPU, are kept for the stack and for constant places in the
//! instance; a float in linear memory goes through a core register.

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
#[cfg(test)]
mod float_tests;
pub mod imms;
mod inst;
mod inst_vfp;
#[cfg(test)]
mod llvm_mc;
mod lower;
mod lower_vfp;
#[cfg(test)]
mod random_tests;
pub mod regs;

use crate::emit::{Frame, Label, Sink};
use crate::isa::{
    Access, Address, Alu, Callee, Cond, Div, FixupKind, FloatAlu, FloatCond, FloatUnary, Isa32, Pair, PairDef,
    Precision, Registers, RelocTarget, Shift, TestOn, Unary,
};
use crate::vcode::{Selector, VCode, Word};
use branch::TEXT_ADDRESS;
use encode::{Enc, Flags};
use regalloc2::{RegClass, VReg};
use regs::Reg;
use sandgrain_abi::{FloatUnit, Target, TrapKind};

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
    /// What two instructions can add to sp. Far above any stack of the parts this is for.
    const MAX_FRAME: u32 = (1 << 20) - 8;
    const MAX_FORM: u8 = branch::MAX_FORM;

    fn registers(target: Target) -> &'static Registers {
        abi::registers(target)
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

    fn float_unit(target: Target) -> FloatUnit {
        target.float_unit()
    }

    fn has_float_alu(target: Target, _: FloatAlu) -> bool {
        lower_vfp::has_alu(target)
    }

    fn has_float_unary(target: Target, op: FloatUnary) -> bool {
        lower_vfp::has_unary(target, op)
    }

    fn float_constant(cx: &mut Selector<Self>, precision: Precision, dst: VReg, bits: u64) {
        lower_vfp::constant(cx, precision, dst, bits);
    }

    fn float_alu(cx: &mut Selector<Self>, op: FloatAlu, precision: Precision, dst: VReg, a: VReg, b: VReg) {
        lower_vfp::alu(cx, op, precision, dst, a, b);
    }

    fn float_unary(cx: &mut Selector<Self>, op: FloatUnary, precision: Precision, dst: VReg, a: VReg) {
        lower_vfp::unary(cx, op, precision, dst, a);
    }

    fn float_test(_: &mut Selector<Self>, cond: FloatCond, precision: Precision, a: VReg, b: VReg) -> TestOn<Self> {
        lower_vfp::test(cond, precision, a, b)
    }

    fn float_select(cx: &mut Selector<Self>, precision: Precision, dst: VReg, test: TestOn<Self>, yes: VReg, no: VReg) {
        lower_vfp::select(cx, precision, dst, test, yes, no);
    }

    fn float_from_int(cx: &mut Selector<Self>, signed: bool, to: Precision, dst: VReg, a: Word) {
        lower_vfp::from_int(cx, signed, to, dst, a);
    }

    fn float_to_int(cx: &mut Selector<Self>, signed: bool, from: Precision, dst: VReg, a: VReg) {
        lower_vfp::to_int(cx, signed, from, dst, a);
    }

    fn float_convert(cx: &mut Selector<Self>, to: Precision, dst: VReg, a: VReg) {
        lower_vfp::convert(cx, to, dst, a);
    }

    fn float_from_words(cx: &mut Selector<Self>, precision: Precision, dst: VReg, words: Pair) {
        lower_vfp::from_words(cx, precision, dst, words);
    }

    fn float_to_words(cx: &mut Selector<Self>, precision: Precision, dst: PairDef, a: VReg) {
        lower_vfp::to_words(cx, precision, dst, a);
    }

    fn float_load(cx: &mut Selector<Self>, precision: Precision, dst: VReg, address: Address) {
        lower_vfp::load(cx, precision, dst, address);
    }

    fn float_store(cx: &mut Selector<Self>, precision: Precision, value: VReg, address: Address) {
        lower_vfp::store(cx, precision, value, address);
    }

    fn emit(sink: &mut Sink, op: &Self::Op, regs: &[u8]) {
        inst::emit(sink, op, regs);
    }

    // Moves, loads and stores keep the flags: they may come between [`inst::Op::AluFlags`] and its branch.

    fn emit_move(sink: &mut Sink, class: RegClass, dst: u8, src: u8) {
        match class {
            RegClass::Float => inst_vfp::mov(sink, dst, src),
            _ => put(sink, encode::mov_reg(Reg::new(dst), Reg::new(src), Flags::Keep)),
        }
    }

    fn emit_load_sp(sink: &mut Sink, class: RegClass, dst: u8, offset: u32) {
        match class {
            RegClass::Float => inst_vfp::sp_access(sink, true, dst, offset),
            _ => abi::load_sp(sink, Reg::new(dst), offset),
        }
    }

    fn emit_store_sp(sink: &mut Sink, class: RegClass, src: u8, offset: u32) {
        match class {
            RegClass::Float => inst_vfp::sp_access(sink, false, src, offset),
            _ => abi::store_sp(sink, Reg::new(src), offset),
        }
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

    fn emit_stack_check(sink: &mut Sink, below: u32, overflow: Label) {
        abi::stack_check(sink, below, overflow);
    }

    fn emit_prologue(sink: &mut Sink, frame: &Frame) {
        abi::prologue(sink, frame);
    }

    fn emit_return(sink: &mut Sink, frame: &Frame) {
        abi::ret(sink, frame);
    }

    fn emit_tail_call(sink: &mut Sink, frame: &Frame, callee: Callee, target: Option<u8>, stack_bytes: u32) {
        abi::tail_call(sink, frame, callee, target.map(Reg::new), stack_bytes);
    }

    fn emit_trap_site(sink: &mut Sink, kind: TrapKind, link_saved: bool) -> u32 {
        abi::trap_site(sink, kind, link_saved)
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
