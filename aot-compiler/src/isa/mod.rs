//! What a 32-bit back end is: one trait, implemented once a folder.
//!
//! The shared lowering ([`crate::lower32`]) breaks optimised CLIF into operations on 32-bit words and calls the
//! *selection* half; after register allocation [`crate::emit`] calls the *emission* half. A back end sees neither
//! CLIF nor the allocator: opcodes carry immediates, registers come as hardware numbers in operand order.

pub mod cranelift;
pub mod rv32;
pub mod thumb2;

#[cfg(test)]
mod float_programs;
#[cfg(test)]
mod float_reference;
#[cfg(test)]
mod large_programs;
#[cfg(test)]
mod random_programs;
#[cfg(test)]
mod tail_programs;

use crate::emit::{Frame, Label, Sink};
use crate::vcode::{Selector, VCode, Word};
use cranelift_codegen::ir::condcodes::FloatCC;
use regalloc2::{MachineEnv, Operand, PReg, PRegSet, RegClass, VReg};
use sandgrain_abi::{FloatUnit, Target, TrapKind};
use std::fmt::Debug;

/// Register roles of a target under the ABI.
pub struct Registers {
    /// For the allocator: allocatable registers of classes `Int` and `Float` (caller-saved preferred) and its scratch
    /// registers.
    pub env: MachineEnv,
    /// Argument and result words, in order. Floats travel as words, so these are all.
    pub args: &'static [PReg],
    /// The pinned instance register.
    pub instance: PReg,
    /// Reads as zero, where the ISA has such a register.
    pub zero: Option<PReg>,
    /// Clobbered by a call, of both classes.
    pub caller_saved: PRegSet,
    /// Saved by the prologue of a function that uses them, of both classes, without the link register.
    pub callee_saved: PRegSet,
    /// Holds the return address.
    pub link: PReg,
    /// Words of a float register, and of the stack slot that it is spilled or saved to: 1, or 2 where it is a double.
    pub float_words: u32,
}

/// Two-operand word arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alu {
    Add,
    Sub,
    And,
    Or,
    Xor,
    Mul,
    /// High word of the signed product.
    MulHighS,
    /// High word of the unsigned product.
    MulHighU,
}

/// Shifts and rotation; the count is taken modulo 32 (WebAssembly's rule, and not Thumb-2's).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    Left,
    RightU,
    RightS,
    RotateLeft,
    RotateRight,
}

/// One-operand word arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unary {
    Neg,
    Not,
    Clz,
    Ctz,
    Popcnt,
    Ext8S,
    Ext8U,
    Ext16S,
    Ext16U,
    /// Reverses the order of the bytes.
    Bswap,
}

/// Division whose divisor and quotient have been checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Div {
    DivS,
    DivU,
    RemS,
    RemU,
}

/// Conditions on words or word pairs.
pub use cranelift_codegen::ir::condcodes::IntCC as Cond;

/// Format of a float (IEEE 754, binary32 and binary64).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Precision {
    Single,
    Double,
}

impl Precision {
    /// 32-bit words of a value.
    pub const fn words(self) -> u32 {
        match self {
            Precision::Single => 1,
            Precision::Double => 2,
        }
    }

    /// The other format.
    pub const fn other(self) -> Precision {
        match self {
            Precision::Single => Precision::Double,
            Precision::Double => Precision::Single,
        }
    }
}

/// Two-operand float arithmetic, as WebAssembly defines it: rounding to nearest, subnormals kept, and every NaN that
/// comes out the canonical one. `Copysign` moves bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FloatAlu {
    Add,
    Sub,
    Mul,
    Div,
    /// -0 is less than +0, and a NaN wins.
    Min,
    Max,
    Copysign,
}

/// One-operand float arithmetic, with NaNs as in [`FloatAlu`]. `Neg` and `Abs` move bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FloatUnary {
    Neg,
    Abs,
    Sqrt,
    Ceil,
    Floor,
    Trunc,
    /// To the nearest integer, ties to even.
    Nearest,
}

/// Conditions on floats: WebAssembly's. A NaN meets none but `NotEqual`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FloatCond {
    Equal,
    NotEqual,
    LessThan,
    LessThanOrEqual,
    GreaterThan,
    GreaterThanOrEqual,
}

impl FloatCond {
    /// Every condition.
    pub const ALL: [FloatCond; 6] = [
        FloatCond::Equal,
        FloatCond::NotEqual,
        FloatCond::LessThan,
        FloatCond::LessThanOrEqual,
        FloatCond::GreaterThan,
        FloatCond::GreaterThanOrEqual,
    ];

    /// The same condition in CLIF.
    pub const fn to_clif(self) -> FloatCC {
        match self {
            FloatCond::Equal => FloatCC::Equal,
            FloatCond::NotEqual => FloatCC::NotEqual,
            FloatCond::LessThan => FloatCC::LessThan,
            FloatCond::LessThanOrEqual => FloatCC::LessThanOrEqual,
            FloatCond::GreaterThan => FloatCC::GreaterThan,
            FloatCond::GreaterThanOrEqual => FloatCC::GreaterThanOrEqual,
        }
    }

    /// The condition that CLIF calls so; `None` for those that neither translation nor the mid-end makes.
    pub fn from_clif(cond: FloatCC) -> Option<FloatCond> {
        FloatCond::ALL.into_iter().find(|own| own.to_clif() == cond)
    }
}

/// Width and extension of a memory access to one word register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    U8,
    S8,
    U16,
    S16,
    W32,
}

/// `base + index + offset`, modulo 2^32, in a form that the back end's instructions have: an offset that
/// [`Isa32::legal_offset`] accepts and no index, or an index with offset 0 if the back end is [`Isa32::INDEXED`].
#[derive(Debug, Clone, Copy)]
pub struct Address {
    pub base: Word,
    pub index: Option<Word>,
    pub offset: i32,
}

/// A two-word value, low word first.
pub type Pair = (Word, Word);
/// Destination of a two-word value.
pub type PairDef = (VReg, VReg);

/// A condition ready for a branch, trap, select or set: the back end's test and the operands it reads.
#[derive(Debug, Clone)]
pub struct TestOn<I: Isa32> {
    pub test: I::Test,
    pub operands: Vec<Operand>,
}

/// Where a call goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Callee {
    /// A function of the module (imports by way of their thunks).
    Function(u32),
    /// A helper of the firmware.
    Helper(sandgrain_abi::Helper),
    /// The address in the call's first operand.
    Register,
    /// The same, run in the instance whose address is in the second operand. The instance register is switched for the
    /// call.
    Foreign,
}

/// What a relocation inside the module's text refers to. All are resolved when the text is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RelocTarget {
    Function(u32),
    /// The artifact's common stub for traps of a kind.
    TrapStub(TrapKind),
    /// A constant table.
    Table(u32),
    /// The items of an element segment.
    Elements(u32),
    /// The bytes of a data segment.
    Segment(u32),
}

/// Back end's own number of an instruction form whose displacement is patched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FixupKind(pub u8);

/// A 32-bit back end. Everything is static: the target's features travel in [`Selector::target`].
pub trait Isa32: Sized + Debug + Clone + Copy + 'static {
    /// Straight-line instruction, without registers.
    type Op: Clone + Debug;
    /// Compare and condition, without registers.
    type Test: Copy + Debug;

    /// Register roles of a target.
    fn registers(target: Target) -> &'static Registers;

    // ---- selection: word operations to instructions over virtual registers ----

    /// Instructions needed to put a constant into a register; 0 if an operand can name it.
    fn constant_cost(value: i32) -> u32;
    /// `dst = value`.
    fn constant(cx: &mut Selector<Self>, dst: VReg, value: i32);
    /// `dst = a op b`.
    fn alu(cx: &mut Selector<Self>, op: Alu, dst: VReg, a: Word, b: Word);
    /// `dst = a shifted by b`.
    fn shift(cx: &mut Selector<Self>, op: Shift, dst: VReg, a: Word, b: Word);
    /// `dst = op a`.
    fn unary(cx: &mut Selector<Self>, op: Unary, dst: VReg, a: Word);
    /// `dst = a op b`, where `b` is not 0 and `DivS` does not overflow; `RemS` of `MIN` and -1 must give 0.
    fn div(cx: &mut Selector<Self>, op: Div, dst: VReg, a: Word, b: Word);
    /// `dst = a + b` over two words.
    fn add64(cx: &mut Selector<Self>, dst: PairDef, a: Pair, b: Pair);
    /// `dst = a - b` over two words.
    fn sub64(cx: &mut Selector<Self>, dst: PairDef, a: Pair, b: Pair);
    /// `dst = a * b`, the full product of two words.
    fn mul_wide(cx: &mut Selector<Self>, signed: bool, dst: PairDef, a: Word, b: Word);
    /// `dst = a * b` modulo 2^64.
    fn mul64(cx: &mut Selector<Self>, dst: PairDef, a: Pair, b: Pair);
    /// Shift by a count known only at run time, modulo 64. Constant counts and rotations are lowered before.
    fn shift64(cx: &mut Selector<Self>, op: Shift, dst: PairDef, a: Pair, count: Word);
    /// `a cond b` on words.
    fn test(cx: &mut Selector<Self>, cond: Cond, a: Word, b: Word) -> TestOn<Self>;
    /// `a cond b` on two-word values.
    fn test64(cx: &mut Selector<Self>, cond: Cond, a: Pair, b: Pair) -> TestOn<Self>;
    /// The opposite condition on the same operands.
    fn negate(test: Self::Test) -> Self::Test;
    /// `dst = test ? 1 : 0`.
    fn set(cx: &mut Selector<Self>, dst: VReg, test: TestOn<Self>);
    /// `dst = test ? yes : no`.
    fn select(cx: &mut Selector<Self>, dst: VReg, test: TestOn<Self>, yes: Word, no: Word);
    /// `dst = test ? yes : no` over two words.
    fn select64(cx: &mut Selector<Self>, dst: PairDef, test: TestOn<Self>, yes: Pair, no: Pair) {
        Self::select(cx, dst.0, test.clone(), yes.0, no.0);
        Self::select(cx, dst.1, test, yes.1, no.1);
    }
    /// Whether an instruction does nothing but define its results from its operands and memory, so that it can go
    /// where nothing uses them.
    fn is_pure(_: &Self::Op) -> bool {
        false
    }
    /// Whether accesses take a second register instead of an offset.
    const INDEXED: bool;
    /// Whether an access of this kind takes this offset.
    fn legal_offset(access: Access, offset: i32) -> bool;
    /// `dst = [address]`; any alignment that the part accepts, see the back end's own note.
    fn load(cx: &mut Selector<Self>, access: Access, dst: VReg, address: Address);
    /// `[address] = value`.
    fn store(cx: &mut Selector<Self>, access: Access, value: Word, address: Address);
    /// `dst =` address of something in the text.
    fn text_address(cx: &mut Selector<Self>, dst: VReg, target: RelocTarget);
    /// Merges instructions over virtual registers, where the ISA has one for several.
    fn combine(_: &mut VCode<Self>) {}
    /// Temporaries that a jump table needs besides its index; at most 2.
    const JUMP_TABLE_TEMPS: usize;

    // ---- selection of floats in registers: called for what `float_unit` says that the back end computes ----

    /// Formats whose values are in registers of class `Float`, one each. The shared lowering keeps the others in words
    /// and has helpers compute with them. At most what the target's [`Target::float_unit`] says.
    fn float_unit(target: Target) -> FloatUnit;
    /// Whether there is an instruction or a short sequence for an operation on floats in registers. The others are
    /// helpers' work, and `Copysign` operations on words.
    fn has_float_alu(target: Target, op: FloatAlu) -> bool;
    /// The same for operations with one operand.
    fn has_float_unary(target: Target, op: FloatUnary) -> bool;
    /// `dst` = the float with these bits.
    fn float_constant(cx: &mut Selector<Self>, precision: Precision, dst: VReg, bits: u64);
    /// `dst = a op b`.
    fn float_alu(cx: &mut Selector<Self>, op: FloatAlu, precision: Precision, dst: VReg, a: VReg, b: VReg);
    /// `dst = op a`.
    fn float_unary(cx: &mut Selector<Self>, op: FloatUnary, precision: Precision, dst: VReg, a: VReg);
    /// `a cond b`.
    fn float_test(cx: &mut Selector<Self>, cond: FloatCond, precision: Precision, a: VReg, b: VReg) -> TestOn<Self>;
    /// `dst = test ? yes : no`, all three in float registers.
    fn float_select(cx: &mut Selector<Self>, precision: Precision, dst: VReg, test: TestOn<Self>, yes: VReg, no: VReg);
    /// `dst` = the float nearest to a 32-bit integer, in format `to`.
    fn float_from_int(cx: &mut Selector<Self>, signed: bool, to: Precision, dst: VReg, a: Word);
    /// `dst` = the 32-bit integer towards zero from a float in format `from`, the nearest there is if it is out of range,
    /// 0 for a NaN (core spec 4.3.3, `trunc_sat`).
    fn float_to_int(cx: &mut Selector<Self>, signed: bool, from: Precision, dst: VReg, a: VReg);
    /// `dst` = the float `a` of the other format in format `to`, where [`Isa32::float_unit`] says that both are in
    /// registers.
    fn float_convert(_: &mut Selector<Self>, to: Precision, dst: VReg, a: VReg) {
        unreachable!("this back end has registers for one format of floats: {dst:?} = {a:?} as {to:?}")
    }
    /// `dst` = the float with the bits of one word, or of two.
    fn float_from_words(cx: &mut Selector<Self>, precision: Precision, dst: VReg, words: Pair);
    /// `dst` = the bits of a float; the high word is not written for [`Precision::Single`].
    fn float_to_words(cx: &mut Selector<Self>, precision: Precision, dst: PairDef, a: VReg);
    /// `dst = [address]`. The address is legal for a word access there and, for [`Precision::Double`], 4 bytes on; it
    /// can have any alignment.
    fn float_load(cx: &mut Selector<Self>, precision: Precision, dst: VReg, address: Address);
    /// `[address] = value`, with an address as in [`Isa32::float_load`].
    fn float_store(cx: &mut Selector<Self>, precision: Precision, value: VReg, address: Address);

    // ---- emission: allocated instructions to bytes ----

    /// Registers are hardware numbers in operand order.
    fn emit(sink: &mut Sink, op: &Self::Op, regs: &[u8]);
    /// `dst = src`, both of one class. A float register is moved, loaded and stored whole.
    fn emit_move(sink: &mut Sink, class: RegClass, dst: u8, src: u8);
    /// `dst = [sp + offset]`, the offset a multiple of 4.
    fn emit_load_sp(sink: &mut Sink, class: RegClass, dst: u8, offset: u32);
    /// `[sp + offset] = src`, the offset a multiple of 4.
    fn emit_store_sp(sink: &mut Sink, class: RegClass, src: u8, offset: u32);
    /// `sp += delta`.
    fn emit_adjust_sp(sink: &mut Sink, delta: i32);
    /// Jump to a label of the function.
    fn emit_jump(sink: &mut Sink, to: Label);
    /// Branch to a label if the test holds, else go on.
    fn emit_branch(sink: &mut Sink, test: Self::Test, regs: &[u8], to: Label);
    /// Jump to `targets[index]`, or to `default` if the index is out of range. `regs` = index, then temporaries.
    fn emit_jump_table(sink: &mut Sink, regs: &[u8], targets: &[Label], default: Label);
    /// A call; for [`Callee::Register`] and [`Callee::Foreign`], `target` is the register that holds the address. The
    /// instance register is the callee's already.
    fn emit_call(sink: &mut Sink, callee: Callee, target: Option<u8>);
    /// Branches to `overflow` if sp less `below` bytes, at most [`MAX_FRAME`](Self::MAX_FRAME), lies below the stack's limit.
    /// What a caller passes stays as it is.
    fn emit_stack_check(sink: &mut Sink, below: u32, overflow: Label);
    /// Allocates the frame and saves registers.
    fn emit_prologue(sink: &mut Sink, frame: &Frame);
    /// Restores registers, frees the frame and the incoming stack arguments, returns.
    fn emit_return(sink: &mut Sink, frame: &Frame);
    /// Restores registers, sets sp to the callee's stack arguments, which have `stack_bytes`, and jumps to the callee: a
    /// [`Callee::Function`] or a [`Callee::Register`], whose address is in `target`.
    fn emit_tail_call(sink: &mut Sink, frame: &Frame, callee: Callee, target: Option<u8>, stack_bytes: u32);
    /// The cold end of one trap site: a call, whose return address names the site, to the common stub. Unless
    /// `link_saved` says that the function's return address is in its frame, the word at the sp that the runtime reports
    /// is it. Returns by how many bytes that sp lies below the site's.
    fn emit_trap_site(sink: &mut Sink, kind: TrapKind, link_saved: bool) -> u32;
    /// The artifact's common stub for a kind: kind to the first argument register, jump to `trap_exit`.
    fn emit_trap_stub(sink: &mut Sink, kind: TrapKind);
    /// Thunk of imported function `index`: index to the thunk register, jump to `host_gate`.
    fn emit_import_thunk(sink: &mut Sink, index: u32);
    /// A jump to `target`, however far, for calls that do not reach it: it changes nothing that a callee may read. Returns
    /// whether there is one; a back end whose calls reach across the largest text has none.
    fn emit_veneer(_: &mut Sink, _: RelocTarget) -> bool {
        false
    }
    /// Smallest and largest displacement (target address - address of the fixup) that a form can hold.
    fn reach(kind: FixupKind) -> (i64, i64);
    /// Puts a displacement within [`Isa32::reach`] into the instruction at the start of `code`.
    fn patch(kind: FixupKind, code: &mut [u8], displacement: i64);
    /// Alignment in bytes of a function's first instruction.
    const FUNCTION_ALIGN: u32;
    /// Largest frame with incoming arguments, in bytes, that its sp-relative accesses and adjustments can handle.
    const MAX_FRAME: u32;
    /// Longest branch form.
    const MAX_FORM: u8;
}
