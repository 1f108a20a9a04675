//! Machine operations without their registers, and how each becomes bytes once it has them.

use super::encode::{self, Alu, AluImm, Code, Cond, Load, Store};
use super::encode_float::{self as encode_f, FloatCompare, FloatOp, Rounding};
use super::imms::Constant;
use super::regs::{EMIT_SCRATCH, FReg, Reg, ZERO};
use crate::emit::{Label, Sink};
use crate::isa::{FixupKind, RelocTarget};
use crate::marks::{mutant, rule};

/// A condition, with the order of the operands that it reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    /// `[a, b]`: a cond b. The number is b, if it is known: what takes it as an immediate need not
    /// read the operand.
    Word(Cond, Option<i32>),
    /// `[a]`, which is 0 or 1: whether it is this.
    Bit(bool),
    /// `[a, b, c, d]` = low and high word of one value, then of another: (a, b) cond (c, d). An ordering is `Lt`, `Ge`,
    /// `Ltu` or `Geu`.
    Pair(Cond),
}

impl Test {
    pub fn inverted(self) -> Test {
        match self {
            Test::Word(cond, b) => Test::Word(cond.inverted(), b),
            Test::Bit(set) => Test::Bit(!set),
            Test::Pair(cond) => Test::Pair(cond.inverted()),
        }
    }

    /// Number of registers read.
    pub fn operands(self) -> usize {
        match self {
            Test::Word(..) => 2,
            Test::Bit(_) => 1,
            Test::Pair(_) => 4,
        }
    }
}

/// One operation; the comment gives its operands in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// `[def, a, b]`
    Alu(Alu),
    /// `[def, a]`
    AluImm(AluImm, i32),
    /// `[def]`
    Constant(i32),
    /// `[def, base]`
    Load(Load, i32),
    /// `[data, base]`
    Store(Store, i32),
    /// `[def, test's operands…, yes, no]`; def is the register of `no`.
    Select(Test),
    /// `[def, test's operands…, no]`; def is the register of `no`.
    SelectConst(Test, i32),
    /// `[def low, def high, test's operands…, yes low, yes high, no low, no high]`; the defs are the registers of `no`,
    /// and `yes` is read after the first def is written.
    SelectPair(Test),
    /// `[early def, test's operands…]`: 0 or 1 by an ordering of pairs, `Lt` or `Ltu`.
    SetPair(Cond),
    /// `[early def, def, a]`: number of zero bits above the highest one; the second def is the register of `a`.
    Clz,
    /// The same below the lowest one.
    Ctz,
    /// `[def]`
    TextAddress(RelocTarget),
    /// `[float def, a, b]`
    Float(FloatOp),
    /// `[float early def, ordered, a, b]`: `Min` or `Max` of two floats, or the canonical NaN if the word `ordered` is 0.
    FloatMinMax(FloatOp),
    /// `[float def, a]`
    Sqrt,
    /// `[float early def, magnitude, limit, a]`: the float `a` as an integer if magnitude < limit, unsigned, else as it is,
    /// or the canonical NaN.
    Round(Rounding),
    /// `[def, a, b]`
    FloatCompare(FloatCompare),
    /// `[def, a]`: towards zero, signed or not.
    FloatToInt(bool),
    /// `[float def, a]`: from a word, signed or not.
    FloatFromInt(bool),
    /// `[def, a]`
    FloatToBits,
    /// `[float def, a]`
    FloatFromBits,
    /// `[float def, base]`
    FloatLoad(i32),
    /// `[float data, base]`
    FloatStore(i32),
    /// `[float def, test's operands…, yes, no]`; def is the register of `no`.
    FloatSelect(Test),
}

/// Instruction forms with a displacement that is known after layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Fixup {
    BranchShort,
    Branch,
    JumpShort,
    Jump,
    /// `auipc` and `addi` on the same register.
    PcRelative,
    /// [`encode::far_jump`].
    FarJump,
}

impl Fixup {
    pub fn kind(self) -> FixupKind {
        FixupKind(self as u8)
    }

    /// # Panics
    /// If `kind` is not one of this back end's.
    fn of(kind: FixupKind) -> Fixup {
        const ALL: [Fixup; 6] =
            [Fixup::BranchShort, Fixup::Branch, Fixup::JumpShort, Fixup::Jump, Fixup::PcRelative, Fixup::FarJump];
        ALL[kind.0 as usize]
    }
}

/// Smallest and largest displacement of a form.
pub fn reach(kind: FixupKind) -> (i64, i64) {
    match Fixup::of(kind) {
        Fixup::BranchShort => (-256, 254),
        Fixup::Branch => (-4096, 4094),
        Fixup::JumpShort => (-2048, 2046),
        Fixup::Jump => (-0x10_0000, 0xf_fffe),
        // Addresses count modulo 2³², so that every displacement between two of them is in reach.
        Fixup::PcRelative | Fixup::FarJump => (i32::MIN.into(), i32::MAX.into()),
    }
}

/// Puts a displacement in reach into the instruction at the start of `code`, whose displacement is zero.
pub fn patch(kind: FixupKind, code: &mut [u8], displacement: i64) {
    const IN_REACH: &str = "only displacements in reach are patched";
    let displacement = i32::try_from(displacement).expect(IN_REACH);
    let mut or = |bits: &[u8]| code.iter_mut().zip(bits).for_each(|(byte, bits)| *byte |= bits);
    match Fixup::of(kind) {
        Fixup::BranchShort => or(&encode::branch_short_target(displacement).expect(IN_REACH).to_le_bytes()),
        Fixup::Branch => or(&encode::branch_target(displacement).expect(IN_REACH).to_le_bytes()),
        Fixup::JumpShort => or(&encode::jal_short_target(displacement).expect(IN_REACH).to_le_bytes()),
        Fixup::Jump => or(&encode::jal_target(displacement).expect(IN_REACH).to_le_bytes()),
        Fixup::PcRelative => {
            // On x0, both instructions are the bits of the displacement and the opcodes, which are there already.
            let [upper, lower] = encode::pc_relative(ZERO, displacement);
            or(&[upper.bytes(), lower.bytes()].concat());
        }
        Fixup::FarJump => {
            let [upper, lower] = encode::far_jump(ZERO, displacement);
            or(&[upper.bytes(), lower.bytes()].concat());
        }
    }
}

/// Appends an instruction.
pub fn put(sink: &mut Sink, code: Code) {
    match code {
        Code::Short(bits) => sink.put2(bits),
        Code::Long(bits) => sink.put4(bits),
    }
}

/// Appends the instructions that make a constant.
pub fn put_constant(sink: &mut Sink, rd: Reg, value: i32) {
    let constant = Constant::new(value);
    match constant {
        Constant::Small(_) => rule!("rv32: constant by addi"),
        Constant::Upper(_) => rule!("rv32: constant by lui"),
        Constant::UpperLower(..) => rule!("rv32: constant by lui and addi"),
        Constant::Shifted(..) => rule!("rv32: constant by addi and slli"),
        Constant::Mask(_) => rule!("rv32: constant by addi and srli"),
    }
    constant.code(rd).for_each(|code| put(sink, code));
}

/// Appends a jump to a label: form 0 has two bytes, form 1 four.
pub fn put_jump(sink: &mut Sink, to: Label) {
    if sink.next_form() == 0 {
        rule!("rv32: compressed jump");
        sink.fixup(Fixup::JumpShort.kind(), to);
        put(sink, encode::jal_short(ZERO, 0).expect("c.j exists"));
    } else {
        rule!("rv32: jump");
        sink.fixup(Fixup::Jump.kind(), to);
        put(sink, encode::jal(ZERO, 0));
    }
}

/// Longest form of [`put_branch`].
pub const MAX_FORM: u8 = 2;

/// Appends a branch on two registers: form 0 has two bytes where the operands allow it, form 1 four, form 2 is the
/// opposite branch around a jump.
pub fn put_branch(sink: &mut Sink, cond: Cond, a: Reg, b: Reg, to: Label) {
    let form = sink.next_form();
    if form == 0
        && let Some(short) = encode::branch_short(cond, a, b, 0)
    {
        rule!("rv32: compressed branch");
        sink.fixup(Fixup::BranchShort.kind(), to);
        put(sink, short);
    } else if form < MAX_FORM {
        rule!("rv32: branch");
        sink.fixup(Fixup::Branch.kind(), to);
        put(sink, encode::branch(cond, a, b, 0));
    } else {
        rule!("rv32: branch over a jump");
        let jump = encode::jal(ZERO, 0);
        let around = encode::branch(cond.inverted(), a, b, 4 + jump.size() as i32);
        put(sink, around);
        sink.fixup(Fixup::Jump.kind(), to);
        put(sink, jump);
    }
}

/// Appends a branch to `to` that is taken if the test holds.
pub fn put_test(sink: &mut Sink, test: Test, regs: &[Reg], to: Label) {
    match (test, regs) {
        (Test::Word(cond, _), &[a, b, ..]) => put_branch(sink, cond, a, b, to),
        (Test::Bit(set), &[a, ..]) => put_branch(sink, if set { Cond::Ne } else { Cond::Eq }, a, ZERO, to),
        (Test::Pair(cond), &[a_low, a_high, b_low, b_high, ..]) => {
            put_pair_test(sink, cond, (a_low, a_high), (b_low, b_high), to);
        }
        _ => unreachable!("a test comes with its operands"),
    }
}

fn put_pair_test(sink: &mut Sink, cond: Cond, a: (Reg, Reg), b: (Reg, Reg), to: Label) {
    let past = sink.label();
    match cond {
        Cond::Eq => {
            rule!("rv32: branch on i64 equality");
            put_branch(sink, Cond::Ne, a.0, b.0, past);
            put_branch(sink, Cond::Eq, a.1, b.1, to);
        }
        Cond::Ne => {
            rule!("rv32: branch on i64 inequality");
            put_branch(sink, Cond::Ne, a.0, b.0, to);
            put_branch(sink, Cond::Ne, a.1, b.1, to);
        }
        Cond::Ltu if b.1 == ZERO => {
            rule!("rv32: branch on i64 below a word");
            put_branch(sink, Cond::Ne, a.1, ZERO, past);
            put_branch(sink, Cond::Ltu, a.0, b.0, to);
        }
        Cond::Geu if b.1 == ZERO => {
            rule!("rv32: branch on i64 not below a word");
            put_branch(sink, Cond::Ne, a.1, ZERO, to);
            put_branch(sink, Cond::Geu, a.0, b.0, to);
        }
        Cond::Lt | Cond::Ltu => {
            rule!("rv32: branch on i64 order");
            put_branch(sink, cond, a.1, b.1, to);
            let unequal = mutant!("rv32: low words decide whatever the high ones are", Cond::Ne, Cond::Eq);
            put_branch(sink, unequal, a.1, b.1, past);
            put_branch(sink, Cond::Ltu, a.0, b.0, to);
        }
        Cond::Ge | Cond::Geu => {
            rule!("rv32: branch on the opposite of an i64 order");
            // b < a, strictly, on the high words.
            put_branch(sink, cond.inverted(), b.1, a.1, to);
            put_branch(sink, Cond::Ne, a.1, b.1, past);
            put_branch(sink, Cond::Geu, a.0, b.0, to);
        }
    }
    sink.bind(past);
}

/// Appends an operation on hardware registers, in the order that [`Op`] gives.
pub fn emit(sink: &mut Sink, op: Op, regs: &[u8]) {
    let float = |index: usize| FReg::new(regs[index]);
    let regs: Vec<Reg> = regs.iter().map(|number| Reg::new(*number)).collect();
    match op {
        Op::Alu(op) => put(sink, encode::alu(op, regs[0], regs[1], regs[2])),
        Op::AluImm(op, imm) => put(sink, encode::alu_imm(op, regs[0], regs[1], imm)),
        Op::Constant(value) => put_constant(sink, regs[0], value),
        Op::Load(op, offset) => put(sink, encode::load(op, regs[0], regs[1], offset)),
        Op::Store(op, offset) => put(sink, encode::store(op, regs[0], regs[1], offset)),
        Op::Select(test) => {
            let yes = regs[1 + test.operands()];
            if yes != regs[0] {
                let past = sink.label();
                put_test(sink, test.inverted(), &regs[1..], past);
                put(sink, encode::mv(regs[0], yes));
                sink.bind(past);
            }
        }
        Op::SelectPair(test) => {
            let past = sink.label();
            let yes = 2 + test.operands();
            put_test(sink, test.inverted(), &regs[2..], past);
            put(sink, encode::mv(regs[0], regs[yes]));
            put(sink, encode::mv(regs[1], regs[yes + 1]));
            sink.bind(past);
        }
        Op::SelectConst(test, value) => {
            let past = sink.label();
            put_test(sink, test.inverted(), &regs[1..], past);
            put_constant(sink, regs[0], value);
            sink.bind(past);
        }
        Op::SetPair(cond) => {
            let (set, low_set) = match cond {
                Cond::Lt => (Alu::Slt, Alu::Sltu),
                Cond::Ltu => (Alu::Sltu, Alu::Sltu),
                _ => unreachable!("selection sets pairs by `Lt` and `Ltu`"),
            };
            let past = sink.label();
            put(sink, encode::alu(set, regs[0], regs[2], regs[4]));
            put_branch(sink, Cond::Ne, regs[2], regs[4], past);
            put(sink, encode::alu(low_set, regs[0], regs[1], regs[3]));
            sink.bind(past);
        }
        Op::Clz => put_count_zeros(sink, AluImm::Srl, regs[0], regs[1]),
        Op::Ctz => put_count_zeros(sink, AluImm::Sll, regs[0], regs[1]),
        Op::TextAddress(target) => {
            rule!("rv32: address in the text");
            sink.reloc(Fixup::PcRelative.kind(), target, 0);
            encode::pc_relative(regs[0], 0).into_iter().for_each(|code| put(sink, code));
        }
        Op::Float(op) => put(sink, encode_f::float(op, float(0), float(1), float(2))),
        Op::FloatMinMax(op) => {
            let past = sink.label();
            put(sink, encode_f::float(op, float(0), float(2), float(3)));
            put_branch(sink, mutant!("rv32: minimum of a NaN and a number", Cond::Ne, Cond::Geu), regs[1], ZERO, past);
            put(sink, encode_f::float(FloatOp::Add, float(0), float(2), float(3)));
            sink.bind(past);
        }
        Op::Sqrt => put(sink, encode_f::sqrt(float(0), float(1))),
        Op::Round(rounding) => {
            let past = sink.label();
            let (to, from) = (float(0), float(3));
            // A NaN's minimum with itself is the canonical one.
            put(sink, encode_f::float(FloatOp::Min, to, from, from));
            put_branch(sink, Cond::Geu, regs[1], regs[2], past);
            put(sink, encode_f::to_int(true, EMIT_SCRATCH, from, rounding));
            put(sink, encode_f::from_int(true, to, EMIT_SCRATCH));
            // What is rounded to zero keeps its sign.
            let sign = mutant!("rv32: rounding to zero loses the sign", from, to);
            put(sink, encode_f::float(FloatOp::CopySign, to, to, sign));
            sink.bind(past);
        }
        Op::FloatCompare(op) => put(sink, encode_f::compare(op, regs[0], float(1), float(2))),
        Op::FloatToInt(signed) => put(sink, encode_f::to_int(signed, regs[0], float(1), Rounding::Zero)),
        Op::FloatFromInt(signed) => put(sink, encode_f::from_int(signed, float(0), regs[1])),
        Op::FloatToBits => put(sink, encode_f::to_bits(regs[0], float(1))),
        Op::FloatFromBits => put(sink, encode_f::from_bits(float(0), regs[1])),
        Op::FloatLoad(offset) => put(sink, encode_f::float_load(float(0), regs[1], offset)),
        Op::FloatStore(offset) => put(sink, encode_f::float_store(float(0), regs[1], offset)),
        Op::FloatSelect(test) => {
            let yes = float(1 + test.operands());
            if yes != float(0) {
                let past = sink.label();
                put_test(sink, test.inverted(), &regs[1..], past);
                put(sink, encode_f::float_move(float(0), yes));
                sink.bind(past);
            }
        }
    }
}

/// Bisects: where the half of `rest` that `shift` moves in holds a one, the other half counts for nothing.
fn put_count_zeros(sink: &mut Sink, shift: AluImm, count: Reg, rest: Reg) {
    put_constant(sink, count, 32);
    for width in [16, 8, 4, 2, mutant!("rv32: clz without its last step", 1, 2)] {
        let past = sink.label();
        put(sink, encode::alu_imm(shift, EMIT_SCRATCH, rest, width));
        put_branch(sink, Cond::Eq, EMIT_SCRATCH, ZERO, past);
        put(sink, encode::alu_imm(AluImm::Add, count, count, -width));
        put(sink, encode::mv(rest, EMIT_SCRATCH));
        sink.bind(past);
    }
    // At most one bit is left, and it counts: at the bottom for leading zeros, at the top for trailing ones.
    if shift == AluImm::Sll {
        put(sink, encode::alu_imm(AluImm::Srl, rest, rest, 31));
    }
    put(sink, encode::alu(Alu::Sub, count, count, rest));
}
