//! Straight-line instructions on float registers, and their emission.
//!
//! The allocator's numbers are those of [`FReg::from_hw`]; an operation says in which precision it looks at them. What
//! makes a NaN makes the canonical one, since guests run with FPSCR.DN set (A2.5.3); what moves bits keeps them.

use super::abi;
use super::encode::{self as enc, Cond, Flags};
use super::encode_vfp::{self as vfp, Binary, SelectCond, Unary};
use super::inst::{Test, compare, constant, encodable};
use super::put;
use super::regs::{FReg, INSTANCE, Reg, SCRATCH, SP};
use crate::emit::Sink;
use crate::isa::Precision;
use crate::marks::{mutant, rule};

/// One straight-line instruction; operands in the order given, results first. `f` stands for float registers, `r` for
/// core ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FloatOp {
    /// `[f d]`: these bits.
    Const(u64),
    /// `[f d, f n, f m]`
    Binary(Binary),
    /// `[f d, f m]`
    Unary(Unary),
    /// `[f d, f n, f m]`, n and m read late: as WebAssembly's min and max. FPv5.
    MinMax { max: bool },
    /// `[f d, f n, f m]`, d being n: the same with what FPv4 has.
    MinMaxByCompare { max: bool },
    /// `[f d, f n, f m]`: n with the sign of m.
    Copysign,
    /// `[f d, test…, f yes, f no]`, with a test that [`select_cond`] knows. FPv5.
    Select(Test),
    /// `[f d, test…, f yes, f no]`, d being no.
    SelectByMove(Test),
    /// `[f d, r m]`
    FromInt { signed: bool },
    /// `[r d, f temporary, f m]`
    ToInt { signed: bool },
    /// `[f d, f m]`: to the operation's precision from the other one.
    Convert,
    /// `[f d, r low, (r high)]`
    FromWords,
    /// `[r low, (r high), f m]`
    ToWords,
    /// `[f value]` ↔ the instance's own memory at this offset, which is a multiple of 4.
    InstanceMem { load: bool, offset: i32 },
}

/// The test that [`vfp::select`] can do for a condition, and whether it takes the operands the other way round.
pub const fn select_cond(cond: Cond) -> Option<(SelectCond, bool)> {
    match cond {
        Cond::Eq => Some((SelectCond::Eq, false)),
        Cond::Ne => Some((SelectCond::Eq, true)),
        Cond::Vs => Some((SelectCond::Vs, false)),
        Cond::Vc => Some((SelectCond::Vs, true)),
        Cond::Ge => Some((SelectCond::Ge, false)),
        Cond::Lt => Some((SelectCond::Ge, true)),
        Cond::Gt => Some((SelectCond::Gt, false)),
        Cond::Le => Some((SelectCond::Gt, true)),
        Cond::Hs | Cond::Lo | Cond::Mi | Cond::Pl | Cond::Hi | Cond::Ls => None,
    }
}

/// Emits one instruction.
pub fn emit(sink: &mut Sink, op: FloatOp, precision: Precision, regs: &[u8]) {
    let f = |i: usize| FReg::at(regs[i], precision);
    let r = |i: usize| Reg::new(regs[i]);
    match op {
        FloatOp::Const(bits) => float_constant(sink, f(0), bits),
        FloatOp::Binary(op) => put(sink, vfp::binary(op, f(0), f(1), f(2))),
        FloatOp::Unary(op) => put(sink, vfp::unary(op, f(0), f(1))),
        FloatOp::MinMax { max } => min_max(sink, max, f(0), f(1), f(2)),
        FloatOp::MinMaxByCompare { max } => min_max_by_compare(sink, max, f(0), f(2)),
        FloatOp::Copysign => {
            put(sink, vfp::mov_core(true, SCRATCH, f(2).high()));
            put(sink, vfp::unary(Unary::Abs, f(0), f(1)));
            put(sink, encodable(enc::test_imm(enc::Test::Cmp, SCRATCH, 0)));
            put(sink, encodable(enc::it(Cond::Mi, &[])));
            put(sink, vfp::unary(Unary::Neg, f(0), f(0)));
        }
        FloatOp::Select(test) => {
            let arms = 1 + test.compare.operands();
            compare(sink, test.compare, &regs[1..]);
            let (cond, swapped) = select_cond(test.cond).expect("selection has asked");
            let (yes, no) = if swapped { (arms + 1, arms) } else { (arms, arms + 1) };
            put(sink, vfp::select(cond, f(0), f(yes), f(no)));
        }
        FloatOp::SelectByMove(test) => {
            debug_assert_eq!(regs[0], regs[regs.len() - 1]);
            compare(sink, test.compare, &regs[1..]);
            put(sink, encodable(enc::it(test.cond, &[])));
            put(sink, vfp::unary(Unary::Mov, f(0), f(1 + test.compare.operands())));
        }
        FloatOp::FromInt { signed } => {
            put(sink, vfp::mov_core(false, r(1), f(0).low()));
            put(sink, vfp::from_int(signed, f(0), f(0).low()));
        }
        FloatOp::ToInt { signed } => {
            put(sink, vfp::to_int(signed, f(1).low(), f(2)));
            put(sink, vfp::mov_core(true, r(0), f(1).low()));
        }
        FloatOp::Convert => {
            let from = FReg::at(regs[1], precision.other());
            put(sink, vfp::convert(f(0), from));
        }
        FloatOp::FromWords => match precision {
            Precision::Single => put(sink, vfp::mov_core(false, r(1), f(0))),
            Precision::Double => put(sink, vfp::mov_core_pair(false, r(1), r(2), f(0))),
        },
        FloatOp::ToWords => match precision {
            Precision::Single => put(sink, vfp::mov_core(true, r(0), f(1))),
            Precision::Double => put(sink, vfp::mov_core_pair(true, r(0), r(1), f(2))),
        },
        FloatOp::InstanceMem { load, offset } => put(sink, encodable(vfp::mem(load, f(0), INSTANCE, offset))),
    }
}

fn float_constant(sink: &mut Sink, d: FReg, bits: u64) {
    let value = if d.is_double() { f64::from_bits(bits) } else { f64::from(f32::from_bits(bits as u32)) };
    if let Some(mov) = vfp::mov_imm(d, value) {
        rule!("thumb2: float constant by vmov");
        return put(sink, mov);
    }
    rule!("thumb2: float constant by way of a core register");
    let (low, high) = (bits as i32, (bits >> 32) as i32);
    constant(sink, SCRATCH, low, Flags::Free);
    put(sink, vfp::mov_core(false, SCRATCH, d.low()));
    if d.is_double() {
        if high != low {
            constant(sink, SCRATCH, high, Flags::Free);
        }
        put(sink, vfp::mov_core(false, SCRATCH, d.high()));
    }
}

/// minNum and maxNum prefer a number to a NaN; the sum of the two is the NaN that WebAssembly wants.
fn min_max(sink: &mut Sink, max: bool, d: FReg, n: FReg, m: FReg) {
    debug_assert!(d != n && d != m);
    put(sink, vfp::compare(n, m));
    put(sink, vfp::flags_to_core());
    put(sink, vfp::binary(if max { Binary::MaxNum } else { Binary::MinNum }, d, n, m));
    if mutant!("thumb2: minimum of a NaN and a number", true, false) {
        put(sink, encodable(enc::it(Cond::Vs, &[])));
        put(sink, vfp::binary(Binary::Add, d, n, m));
    }
}

/// `d = min or max of d and m`. Where both compare equal they may be zeros of either sign: then the sign of m decides, by
/// flags that mean "take m" just as those of `m < d` or `m > d` do. V stays clear, which is how a NaN is told.
fn min_max_by_compare(sink: &mut Sink, max: bool, d: FReg, m: FReg) {
    put(sink, vfp::compare(m, d));
    put(sink, vfp::flags_to_core());
    put(sink, encodable(enc::it(Cond::Eq, &[true])));
    put(sink, vfp::mov_core(true, SCRATCH, m.high()));
    put(sink, encodable(enc::test_imm(enc::Test::Cmp, SCRATCH, 0)));
    let take_m = if max { Cond::Ge } else { mutant!("thumb2: minimum of zeros the positive one", Cond::Mi, Cond::Lo) };
    put(sink, encodable(enc::it(take_m, &[])));
    put(sink, vfp::unary(Unary::Mov, d, m));
    put(sink, encodable(enc::it(Cond::Vs, &[])));
    put(sink, vfp::binary(Binary::Add, d, d, m));
}

/// `d = [sp + offset]` or back, the whole register.
pub fn sp_access(sink: &mut Sink, load: bool, reg: u8, offset: u32) {
    let reg = FReg::from_hw(reg);
    if let Some(access) = vfp::mem(load, reg, SP, offset as i32) {
        rule!("thumb2: float spill");
        return put(sink, access);
    }
    rule!("thumb2: float spill at a far offset");
    // The scratch register holds nothing between two moves of float registers.
    abi::add(sink, enc::Alu::Add, SCRATCH, SP, offset);
    put(sink, encodable(vfp::mem(load, reg, SCRATCH, 0)));
}

/// `dst = src`, the whole register.
pub fn mov(sink: &mut Sink, dst: u8, src: u8) {
    put(sink, vfp::unary(Unary::Mov, FReg::from_hw(dst), FReg::from_hw(src)));
}

/// Registers that lie next to each other, as (first, count), of rising allocator's numbers.
fn runs(regs: &[u8]) -> Vec<(FReg, u8)> {
    let mut runs: Vec<(FReg, u8)> = Vec::new();
    for reg in regs.iter().map(|reg| FReg::from_hw(*reg)) {
        match runs.last_mut() {
            Some((first, count)) if first.num() + *count == reg.num() => *count += 1,
            _ => runs.push((reg, 1)),
        }
    }
    runs
}

/// Pushes registers, given rising, so that the first is at the lowest address.
pub fn push(sink: &mut Sink, regs: &[u8]) {
    for (first, count) in runs(regs).into_iter().rev() {
        put(sink, encodable(vfp::push(first, count)));
    }
}

/// Pops what [`push`] pushed.
pub fn pop(sink: &mut Sink, regs: &[u8]) {
    for (first, count) in runs(regs) {
        put(sink, encodable(vfp::pop(first, count)));
    }
}
