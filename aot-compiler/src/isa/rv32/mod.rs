//! RV32IMC and its extensions by A and F: 32-bit RISC-V with multiplication and compressed instructions.
//!
//! ```text
//! word operations  ─lower───────▶ Op over virtual registers ─(regalloc2)─▶ Op over Reg, FReg ─inst, abi─▶ Code
//! float operations ─lower_float─▶                                                             (encode, encode_float, imms)
//! ```
//! Code for rv32imac is that for rv32imc: a module has no shared memory, so nothing has a use for A. rv32imafc computes
//! f32 in registers. The B extensions (Zba, Zbb, …) are in no target.

mod abi;
mod encode;
mod encode_float;
mod imms;
mod inst;
mod lower;
mod lower_float;
mod regs;

#[cfg(test)]
mod board_tests;
#[cfg(test)]
mod encode_tests;

use super::{
    Access, Address, Alu, Callee, Cond, Div, FixupKind, FloatAlu, FloatCond, FloatUnary, Isa32, Pair, PairDef,
    Precision, Registers, RelocTarget, Shift, TestOn, Unary,
};
use crate::emit::{Frame, Label, Sink};
use crate::vcode::{Selector, Word};
use regalloc2::{Operand, RegClass, VReg};
use regs::{FReg, Reg};
use sandgrain_abi::{FloatUnit, Target, TrapKind};

/// The RV32 back end.
#[derive(Debug, Clone, Copy)]
pub struct Rv32;

impl Isa32 for Rv32 {
    type Op = inst::Op;
    type Test = inst::Test;

    const INDEXED: bool = false;
    const JUMP_TABLE_TEMPS: usize = 1;
    /// Two bytes suffice for the C extension; a word costs at most two bytes a function and lets the first fetch be
    /// whole.
    const FUNCTION_ALIGN: u32 = 4;
    const MAX_FRAME: u32 = abi::MAX_FRAME;
    const MAX_FORM: u8 = inst::MAX_FORM;

    fn registers(target: Target) -> &'static Registers {
        abi::registers_of(target)
    }

    fn constant_cost(value: i32) -> u32 {
        if value == 0 { 0 } else { imms::Constant::new(value).instructions() as u32 }
    }

    fn constant(cx: &mut Selector<Self>, dst: VReg, value: i32) {
        lower::constant_to(cx, dst, value);
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
        test.inverted()
    }

    fn set(cx: &mut Selector<Self>, dst: VReg, test: TestOn<Self>) {
        lower::set(cx, dst, test);
    }

    fn select(cx: &mut Selector<Self>, dst: VReg, test: TestOn<Self>, yes: Word, no: Word) {
        lower::select(cx, dst, test, yes, no);
    }

    fn select64(cx: &mut Selector<Self>, dst: PairDef, test: TestOn<Self>, yes: Pair, no: Pair) {
        lower::select64(cx, dst, test, yes, no);
    }

    fn is_pure(op: &Self::Op) -> bool {
        !matches!(op, inst::Op::Store(..) | inst::Op::FloatStore(..))
    }

    fn legal_offset(_: Access, offset: i32) -> bool {
        imms::fits_i12(offset)
    }

    fn load(cx: &mut Selector<Self>, access: Access, dst: VReg, address: Address) {
        lower::load(cx, access, dst, address);
    }

    fn store(cx: &mut Selector<Self>, access: Access, value: Word, address: Address) {
        lower::store(cx, access, value, address);
    }

    fn text_address(cx: &mut Selector<Self>, dst: VReg, target: RelocTarget) {
        cx.push(inst::Op::TextAddress(target), vec![Operand::reg_def(dst)]);
    }

    fn float_unit(target: Target) -> FloatUnit {
        target.float_unit()
    }

    fn has_float_alu(_: Target, _: FloatAlu) -> bool {
        true
    }

    fn has_float_unary(_: Target, _: FloatUnary) -> bool {
        true
    }

    fn float_constant(cx: &mut Selector<Self>, _: Precision, dst: VReg, bits: u64) {
        lower_float::constant(cx, dst, bits as u32);
    }

    fn float_alu(cx: &mut Selector<Self>, op: FloatAlu, _: Precision, dst: VReg, a: VReg, b: VReg) {
        lower_float::alu(cx, op, dst, a, b);
    }

    fn float_unary(cx: &mut Selector<Self>, op: FloatUnary, _: Precision, dst: VReg, a: VReg) {
        lower_float::unary(cx, op, dst, a);
    }

    fn float_test(cx: &mut Selector<Self>, cond: FloatCond, _: Precision, a: VReg, b: VReg) -> TestOn<Self> {
        lower_float::test(cx, cond, a, b)
    }

    fn float_select(cx: &mut Selector<Self>, _: Precision, dst: VReg, test: TestOn<Self>, yes: VReg, no: VReg) {
        lower_float::select(cx, dst, test, yes, no);
    }

    fn float_from_int(cx: &mut Selector<Self>, signed: bool, _: Precision, dst: VReg, a: Word) {
        lower_float::from_int(cx, signed, dst, a);
    }

    fn float_to_int(cx: &mut Selector<Self>, signed: bool, _: Precision, dst: VReg, a: VReg) {
        lower_float::to_int(cx, signed, dst, a);
    }

    fn float_from_words(cx: &mut Selector<Self>, _: Precision, dst: VReg, words: Pair) {
        lower_float::from_bits(cx, dst, words.0);
    }

    fn float_to_words(cx: &mut Selector<Self>, _: Precision, dst: PairDef, a: VReg) {
        lower_float::to_bits(cx, dst.0, a);
    }

    fn float_load(cx: &mut Selector<Self>, _: Precision, dst: VReg, address: Address) {
        lower_float::load(cx, dst, address);
    }

    fn float_store(cx: &mut Selector<Self>, _: Precision, value: VReg, address: Address) {
        lower_float::store(cx, value, address);
    }

    fn emit(sink: &mut Sink, op: &Self::Op, regs: &[u8]) {
        inst::emit(sink, *op, regs);
    }

    fn emit_move(sink: &mut Sink, class: RegClass, dst: u8, src: u8) {
        inst::put(
            sink,
            match class {
                RegClass::Float => encode_float::float_move(FReg::new(dst), FReg::new(src)),
                _ => encode::mv(Reg::new(dst), Reg::new(src)),
            },
        );
    }

    fn emit_load_sp(sink: &mut Sink, class: RegClass, dst: u8, offset: u32) {
        match class {
            RegClass::Float => abi::float_load_sp(sink, FReg::new(dst), offset),
            _ => abi::load_sp(sink, Reg::new(dst), offset),
        }
    }

    fn emit_store_sp(sink: &mut Sink, class: RegClass, src: u8, offset: u32) {
        match class {
            RegClass::Float => abi::float_store_sp(sink, FReg::new(src), offset),
            _ => abi::store_sp(sink, Reg::new(src), offset),
        }
    }

    fn emit_adjust_sp(sink: &mut Sink, delta: i32) {
        abi::adjust_sp(sink, delta);
    }

    fn emit_jump(sink: &mut Sink, to: Label) {
        inst::put_jump(sink, to);
    }

    fn emit_branch(sink: &mut Sink, test: Self::Test, regs: &[u8], to: Label) {
        let regs: Vec<Reg> = regs.iter().map(|number| Reg::new(*number)).collect();
        inst::put_test(sink, test, &regs, to);
    }

    fn emit_jump_table(sink: &mut Sink, regs: &[u8], targets: &[Label], default: Label) {
        abi::jump_table(sink, regs, targets, default);
    }

    fn emit_call(sink: &mut Sink, callee: Callee, target: Option<u8>) {
        abi::call(sink, callee, target);
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

    fn emit_trap_site(sink: &mut Sink, kind: TrapKind, _: bool) -> u32 {
        abi::trap_site(sink, kind)
    }

    fn emit_trap_stub(sink: &mut Sink, kind: TrapKind) {
        abi::trap_stub(sink, kind);
    }

    fn emit_import_thunk(sink: &mut Sink, index: u32) {
        abi::import_thunk(sink, index);
    }

    fn emit_veneer(sink: &mut Sink, target: RelocTarget) -> bool {
        abi::veneer(sink, target);
        true
    }

    fn reach(kind: FixupKind) -> (i64, i64) {
        inst::reach(kind)
    }

    fn patch(kind: FixupKind, code: &mut [u8], displacement: i64) {
        inst::patch(kind, code, displacement);
    }
}
