//! Machine code before and during register allocation, independent of CLIF.
//!
//! A [`VCode`] is a control-flow graph of [`VInst`]s over virtual registers. Control flow, calls, traps and moves
//! are [`Op`]s that every back end shares; everything else is the back end's own [`Isa32::Op`].

mod selector;

use crate::isa::{Callee, Isa32};
use regalloc2::{Block, Inst, InstRange, Operand, PRegSet, RegClass, VReg};
use sandgrain_abi::{Target, TrapKind};

pub use selector::{Constant, Selector, Word};

/// Operation of one instruction. Branch targets are the block's successors, in order.
#[derive(Debug, Clone)]
pub enum Op<I: Isa32> {
    /// Defines the argument registers at entry.
    Args,
    /// `[def]` incoming stack argument word.
    LoadArg(u32),
    /// `[use]` outgoing stack argument word.
    StoreArg(u32),
    /// `[use]` outgoing stack argument word of a tail call whose area has `stack_bytes`: it goes straight to its place at
    /// the callee's entry, which the incoming arguments may have left already.
    StoreTailArg { word: u32, stack_bytes: u32 },
    /// Leaves the function; operands are the result registers.
    Return,
    /// Leaves the function for the callee, which returns to this one's caller. Operands as for [`Op::Call`], without
    /// results.
    TailCall { callee: Callee, stack_bytes: u32 },
    /// To the only successor.
    Jump,
    /// To successor 0 if the test holds, else to successor 1.
    Branch(I::Test),
    /// `[index, temporaries…]`: to successor `index + 1`, or to successor 0 if there is none.
    JumpTable,
    /// Operands: those that [`Callee`] names, then fixed arguments and results.
    Call { callee: Callee, stack_bytes: u32 },
    /// Traps if the test holds.
    TrapIf(I::Test, TrapKind),
    /// Traps.
    Trap(TrapKind),
    /// `[def, use]`.
    Move,
    /// The back end's own.
    Isa(I::Op),
}

/// One instruction over virtual registers.
#[derive(Debug, Clone)]
pub struct VInst<I: Isa32> {
    pub op: Op<I>,
    pub operands: Vec<Operand>,
    pub clobbers: PRegSet,
    /// Byte offset of the operator in the .wasm that this stems from.
    pub wasm_offset: u32,
}

/// A basic block; `args[s]` are the values for the parameters of successor `s`.
#[derive(Debug, Default)]
pub struct VBlock {
    pub params: Vec<VReg>,
    pub succs: Vec<Block>,
    pub preds: Vec<Block>,
    pub args: Vec<Vec<VReg>>,
}

/// A function over virtual registers. Block 0 is the entry; blocks lie in emission order.
#[derive(Debug)]
pub struct VCode<I: Isa32> {
    /// The part compiled for.
    pub target: Target,
    pub insts: Vec<VInst<I>>,
    pub ranges: Vec<InstRange>,
    pub blocks: Vec<VBlock>,
    pub vregs: usize,
    /// Bytes of stack arguments that the function pops, rounded up to the stack alignment.
    pub incoming_bytes: u32,
    /// Largest outgoing stack-argument area in bytes.
    pub outgoing_bytes: u32,
    /// Largest stack-argument area of a tail call in bytes.
    pub tail_bytes: u32,
    /// Offset of the function's body in the .wasm.
    pub wasm_offset: u32,
}

impl<I: Isa32> VCode<I> {
    /// Lays blocks with their instructions out in order, and derives predecessors.
    pub fn new(target: Target, bodies: Vec<(VBlock, Vec<VInst<I>>)>, vregs: usize) -> Self {
        let (mut insts, mut ranges, mut blocks) = (Vec::new(), Vec::new(), Vec::new());
        for (block, body) in bodies {
            let start = Inst::new(insts.len());
            insts.extend(body);
            ranges.push(InstRange::new(start, Inst::new(insts.len())));
            blocks.push(block);
        }
        for from in 0..blocks.len() {
            for to in blocks[from].succs.clone() {
                blocks[to.index()].preds.push(Block::new(from));
            }
        }
        VCode {
            target,
            insts,
            ranges,
            blocks,
            vregs,
            incoming_bytes: 0,
            outgoing_bytes: 0,
            tail_bytes: 0,
            wasm_offset: 0,
        }
    }
}

impl<I: Isa32> regalloc2::Function for VCode<I> {
    fn num_insts(&self) -> usize {
        self.insts.len()
    }
    fn num_blocks(&self) -> usize {
        self.blocks.len()
    }
    fn entry_block(&self) -> Block {
        Block::new(0)
    }
    fn block_insns(&self, block: Block) -> InstRange {
        self.ranges[block.index()]
    }
    fn block_succs(&self, block: Block) -> &[Block] {
        &self.blocks[block.index()].succs
    }
    fn block_preds(&self, block: Block) -> &[Block] {
        &self.blocks[block.index()].preds
    }
    fn block_params(&self, block: Block) -> &[VReg] {
        &self.blocks[block.index()].params
    }
    fn is_ret(&self, inst: Inst) -> bool {
        matches!(self.insts[inst.index()].op, Op::Return | Op::TailCall { .. } | Op::Trap(_))
    }
    fn is_branch(&self, inst: Inst) -> bool {
        matches!(self.insts[inst.index()].op, Op::Jump | Op::Branch(_) | Op::JumpTable)
    }
    fn branch_blockparams(&self, block: Block, _: Inst, succ: usize) -> &[VReg] {
        &self.blocks[block.index()].args[succ]
    }
    fn inst_operands(&self, inst: Inst) -> &[Operand] {
        &self.insts[inst.index()].operands
    }
    fn inst_clobbers(&self, inst: Inst) -> PRegSet {
        self.insts[inst.index()].clobbers
    }
    fn num_vregs(&self) -> usize {
        self.vregs
    }
    fn spillslot_size(&self, class: RegClass) -> usize {
        match class {
            RegClass::Float => I::registers(self.target).float_words as usize,
            _ => 1,
        }
    }
}
