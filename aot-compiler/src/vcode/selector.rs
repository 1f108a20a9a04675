//! Where selected instructions collect: what a back end's selection half writes to.

use super::{Op, VInst};
use crate::isa::{Isa32, Precision, TestOn};
use regalloc2::{Operand, PRegSet, RegClass, VReg};
use sandgrain_abi::{Target, TrapKind};

/// A 32-bit value as selection sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    Reg(VReg),
    Const(i32),
    /// The pinned instance pointer.
    Instance,
}

impl Word {
    /// The value, if it is known.
    pub fn as_const(self) -> Option<i32> {
        match self {
            Word::Const(c) => Some(c),
            _ => None,
        }
    }
}

impl From<VReg> for Word {
    fn from(reg: VReg) -> Word {
        Word::Reg(reg)
    }
}

/// Most constants that a loop keeps in registers. Those beyond what the parts have would be kept on the stack, from where
/// they cost as much as made anew, and each lives through the whole loop, which the allocator has to look at.
const MAX_SHARED_CONSTANTS: usize = 32;

/// What a register can be set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constant {
    Word(i32),
    /// A float in a float register, by its bits.
    Float(Precision, u64),
}

/// Collects the instructions of the CLIF instruction that is being lowered, in execution order.
#[derive(Debug)]
pub struct Selector<I: Isa32> {
    /// The part compiled for, whose features a back end may use.
    pub target: Target,
    insts: Vec<VInst<I>>,
    vregs: usize,
    wasm_offset: u32,
    /// Constants that the block being lowered wants kept in a register across its loop, if it is in one.
    shared_constants: Option<Vec<(Constant, VReg)>>,
}

impl<I: Isa32> Selector<I> {
    /// An empty selector.
    pub fn new(target: Target) -> Self {
        Selector { target, insts: Vec::new(), vregs: 0, wasm_offset: 0, shared_constants: None }
    }

    /// A new virtual register.
    pub fn fresh(&mut self) -> VReg {
        self.vregs += 1;
        VReg::new(self.vregs - 1, RegClass::Int)
    }

    /// A new virtual register for a float.
    pub fn fresh_float(&mut self) -> VReg {
        self.vregs += 1;
        VReg::new(self.vregs - 1, RegClass::Float)
    }

    /// Virtual registers made so far.
    pub fn vregs(&self) -> usize {
        self.vregs
    }

    /// Operator that instructions pushed from now on stem from.
    pub fn set_wasm_offset(&mut self, offset: u32) {
        self.wasm_offset = offset;
    }

    /// Sets the pool that constants are shared through, and returns the one before.
    pub fn swap_shared_constants(&mut self, pool: Option<Vec<(Constant, VReg)>>) -> Option<Vec<(Constant, VReg)>> {
        std::mem::replace(&mut self.shared_constants, pool)
    }

    /// Takes what has been pushed.
    pub fn take(&mut self) -> Vec<VInst<I>> {
        std::mem::take(&mut self.insts)
    }

    /// Appends one of the back end's own instructions.
    pub fn push(&mut self, op: I::Op, operands: Vec<Operand>) {
        self.push_op(Op::Isa(op), operands, PRegSet::empty());
    }

    /// Appends an instruction.
    pub fn push_op(&mut self, op: Op<I>, operands: Vec<Operand>, clobbers: PRegSet) {
        self.insts.push(VInst { op, operands, clobbers, wasm_offset: self.wasm_offset });
    }

    /// Appends a trap taken if the test holds.
    pub fn trap_if(&mut self, on: TestOn<I>, kind: TrapKind) {
        self.push_op(Op::TrapIf(on.test, kind), on.operands, PRegSet::empty());
    }

    /// `dst = src`.
    pub fn mov(&mut self, dst: VReg, src: Word) {
        match src {
            Word::Const(c) => I::constant(self, dst, c),
            src => {
                let src = self.operand(src);
                self.push_op(Op::Move, vec![Operand::reg_def(dst), src], PRegSet::empty());
            }
        }
    }

    /// `dst = value`.
    pub fn constant(&mut self, dst: VReg, value: Constant) {
        match value {
            Constant::Word(value) => I::constant(self, dst, value),
            Constant::Float(precision, bits) => I::float_constant(self, precision, dst, bits),
        }
    }

    /// A constant in a virtual register; in a loop, one from the shared pool.
    pub fn constant_reg(&mut self, value: Constant) -> VReg {
        let shared = self.shared_constants.iter().flatten().find(|(c, _)| *c == value);
        if let Some((_, reg)) = shared {
            return *reg;
        }
        let reg = match value {
            Constant::Word(_) => self.fresh(),
            Constant::Float(..) => self.fresh_float(),
        };
        match &mut self.shared_constants {
            Some(pool) if pool.len() < MAX_SHARED_CONSTANTS => pool.push((value, reg)),
            _ => self.constant(reg, value),
        }
        reg
    }

    /// The word in a virtual register.
    pub fn reg(&mut self, word: Word) -> VReg {
        match word {
            Word::Reg(reg) => reg,
            Word::Const(value) => self.constant_reg(Constant::Word(value)),
            Word::Instance => {
                let reg = self.fresh();
                self.mov(reg, word);
                reg
            }
        }
    }

    /// The word as a read operand in any register: zero and the instance where they are pinned.
    pub fn operand(&mut self, word: Word) -> Operand {
        match (word, I::registers(self.target).zero) {
            (Word::Const(0), Some(zero)) => Operand::fixed_nonallocatable(zero),
            (Word::Instance, _) => Operand::fixed_nonallocatable(I::registers(self.target).instance),
            _ => Operand::reg_use(self.reg(word)),
        }
    }
}
