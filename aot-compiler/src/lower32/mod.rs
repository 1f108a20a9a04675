//! Optimised CLIF to machine code over virtual registers, shared by the 32-bit back ends.
//!
//! ```text
//! blocks, last to first ─▶ instructions, last to first ─▶ words (values.rs) ─▶ Isa32's selection
//!                             (ops.rs, wide.rs, float.rs, call.rs)
//! ```
//! Walking backwards, every use is seen before its definition (in reducible code, which WebAssembly's is), so what
//! nothing uses is never lowered, and a comparison or conversion can be folded into its use. A 64-bit value is two
//! words from here on. CLIF values narrower than a word keep unspecified high bits. A float is words too, or one float
//! register where the back end has such registers for its format ([`Lower::float_format`]).

mod call;
mod float;
mod ops;
mod values;
mod wide;

pub use call::namespace;

use crate::error::Error;
use crate::isa::Isa32;
use crate::marks::{mutant, rule};
use crate::vcode::{Constant, Op, Selector, VBlock, VCode, VInst, Word};
use cranelift_codegen::dominator_tree::DominatorTree;
use cranelift_codegen::ir::{self, InstructionData, Value};
use cranelift_codegen::loop_analysis::LoopAnalysis;
use cranelift_entity::{EntitySet, SecondaryMap};
use regalloc2::{Block, Operand, OperandKind, PRegSet, VReg};
use sandgrain_abi::Target;
use std::collections::{HashMap, HashSet};

/// Lowers a function.
///
/// # Errors
/// [`Error::internal`] for a CLIF instruction that the mid-end is not expected to produce, by its text.
pub fn lower<I: Isa32>(
    func: &ir::Function,
    domtree: &DominatorTree,
    loops: &LoopAnalysis,
    target: Target,
    wasm_offset: u32,
) -> Result<VCode<I>, Error> {
    let rpo: Vec<ir::Block> = domtree.cfg_rpo().copied().collect();
    let mut lower = Lower::<I>::new(func, target, wasm_offset);
    lower.has_loops = loops.loops().next().is_some();
    let mut wanted: HashMap<ir::Block, Vec<(Constant, VReg)>> = HashMap::new();
    let mut bodies = Vec::new();
    for &block in rpo.iter().rev() {
        let preheader = preheader(block, domtree, loops);
        let pool = preheader.map(|p| wanted.remove(&p).unwrap_or_default());
        lower.cx.swap_shared_constants(pool);
        let body = lower.block(block, block == rpo[0], wanted.remove(&block).unwrap_or_default())?;
        let pool = lower.cx.swap_shared_constants(None);
        if let (Some(preheader), Some(pool)) = (preheader, pool) {
            wanted.insert(preheader, pool);
        }
        bodies.push((block, body));
    }
    bodies.reverse();
    let mut vcode = lower.assemble(bodies);
    I::combine(&mut vcode);
    Ok(vcode)
}

/// The block from which a loop's constants are set: the innermost loop header's immediate dominator.
fn preheader(block: ir::Block, domtree: &DominatorTree, loops: &LoopAnalysis) -> Option<ir::Block> {
    let header = loops.loop_header(loops.innermost_loop(block)?);
    domtree.idom(header)
}

/// A block's instructions, and for each outgoing edge the target and the words for its parameters.
struct Body<I: Isa32> {
    insts: Vec<VInst<I>>,
    edges: Vec<Edge<I>>,
}

/// One outgoing edge: instructions that make its constants, its target, its arguments.
struct Edge<I: Isa32> {
    insts: Vec<VInst<I>>,
    to: ir::Block,
    args: Vec<VReg>,
}

/// State of one function's lowering.
struct Lower<'f, I: Isa32> {
    func: &'f ir::Function,
    cx: Selector<I>,
    /// Virtual registers of each value in words: low word, high word (unused below 64 bits).
    pairs: SecondaryMap<Value, Option<(VReg, VReg)>>,
    /// Virtual register of each value in a float register.
    floats: SecondaryMap<Value, Option<VReg>>,
    used: EntitySet<Value>,
    high_used: EntitySet<Value>,
    /// Virtual registers that instructions lowered so far read.
    live: HashSet<VReg>,
    /// How often each value is an operand.
    uses: SecondaryMap<Value, u32>,
    instance: Option<Value>,
    /// The block that is being lowered.
    block: Option<ir::Block>,
    has_loops: bool,
    incoming_bytes: u32,
    outgoing_bytes: u32,
    tail_bytes: u32,
    wasm_offset: u32,
}

impl<'f, I: Isa32> Lower<'f, I> {
    fn new(func: &'f ir::Function, target: Target, wasm_offset: u32) -> Self {
        let mut uses = SecondaryMap::new();
        for block in func.layout.blocks() {
            for inst in func.layout.block_insts(block) {
                for value in func.dfg.inst_values(inst) {
                    uses[value] += 1;
                }
            }
        }
        let entry = func.layout.entry_block();
        let instance = entry.and_then(|entry| func.dfg.block_params(entry).first().copied());
        Lower {
            func,
            cx: Selector::new(target),
            pairs: SecondaryMap::new(),
            floats: SecondaryMap::new(),
            used: EntitySet::new(),
            high_used: EntitySet::new(),
            live: HashSet::new(),
            uses,
            instance,
            block: None,
            has_loops: false,
            incoming_bytes: 0,
            outgoing_bytes: 0,
            tail_bytes: 0,
            wasm_offset,
        }
    }

    /// Lowers a block; `constants` are to be set at its end for loops that it dominates.
    fn block(&mut self, block: ir::Block, entry: bool, constants: Vec<(Constant, VReg)>) -> Result<Body<I>, Error> {
        let insts: Vec<ir::Inst> = self.func.layout.block_insts(block).collect();
        let (&terminator, rest) = insts.split_last().ok_or_else(|| {
            Error::internal(format!("{block} is empty after the mid-end")).or_at(self.wasm_offset.into())
        })?;
        for param in self.func.dfg.block_params(block) {
            self.registers(*param);
        }
        self.block = Some(block);
        let edges = self.edges(terminator);
        let mut reversed = Vec::new();
        self.locate(terminator);
        self.terminator(terminator)?;
        self.drain_into(&mut reversed);
        for (value, reg) in constants {
            rule!("lower32: constant shared by a loop");
            self.cx.constant(reg, value);
            self.drain_into(&mut reversed);
        }
        for &inst in rest.iter().rev() {
            if self.is_needed(inst) {
                self.locate(inst);
                self.inst(inst)?;
                self.drain_into(&mut reversed);
            }
        }
        if entry {
            self.entry(block);
            self.drain_into(&mut reversed);
        }
        reversed.reverse();
        Ok(Body { insts: reversed, edges })
    }

    /// Puts what was selected behind `reversed`, without what nothing uses: high words of values whose low word is all
    /// that matters, constants that an instruction took in after all. Uses come before definitions here.
    fn drain_into(&mut self, reversed: &mut Vec<VInst<I>>) {
        for inst in self.cx.take().into_iter().rev() {
            let removable = match &inst.op {
                Op::Move | Op::LoadArg(_) => true,
                Op::Isa(op) => I::is_pure(op),
                _ => false,
            };
            let is_live = |operand: &Operand| operand.kind() == OperandKind::Def && self.live.contains(&operand.vreg());
            if !removable || inst.operands.iter().any(is_live) {
                let uses = inst.operands.iter().filter(|operand| operand.kind() == OperandKind::Use);
                self.live.extend(uses.map(|operand| operand.vreg()));
                reversed.push(inst);
            }
        }
    }

    fn locate(&mut self, inst: ir::Inst) {
        let loc = self.func.srcloc(inst);
        self.cx.set_wasm_offset(if loc.is_default() { self.wasm_offset } else { loc.bits() });
    }

    /// Whether an instruction has an effect, or a result that something uses.
    fn is_needed(&self, inst: ir::Inst) -> bool {
        let opcode = self.func.dfg.insts[inst].opcode();
        let effect = opcode.can_store()
            || opcode.is_call()
            || (opcode.can_trap() && !opcode.can_load())
            || (opcode.other_side_effects() && !opcode.can_load());
        effect || self.func.dfg.inst_results(inst).iter().any(|value| self.used.contains(*value))
    }

    /// The edges of a terminator. Constants for parameters are made on the edge.
    fn edges(&mut self, terminator: ir::Inst) -> Vec<Edge<I>> {
        let dfg = &self.func.dfg;
        let calls: Vec<ir::BlockCall> = match &dfg.insts[terminator] {
            InstructionData::Jump { destination, .. } => vec![*destination],
            InstructionData::Brif { blocks, .. } => blocks.to_vec(),
            InstructionData::BranchTable { table, .. } => dfg.jump_tables[*table].all_branches().to_vec(),
            _ => vec![],
        };
        let pool = self.cx.swap_shared_constants(None);
        let edges = calls
            .iter()
            .map(|call| {
                let mut args: Vec<VReg> = Vec::new();
                for arg in call.args(&dfg.value_lists) {
                    let value = arg.as_value().expect("no exception edges in this CLIF");
                    if self.float_format(value).is_some() {
                        rule!("lower32: float passed along an edge");
                        args.push(self.float(value));
                        continue;
                    }
                    for word in self.words_of(value) {
                        args.push(self.cx.reg(word));
                    }
                    if mutant!("lower32: low word of an i64 passed as the high one", false, is_wide(self.ty(value))) {
                        *args.last_mut().expect("two have been pushed") = args[args.len() - 2];
                    }
                }
                self.live.extend(&args);
                Edge { insts: self.cx.take(), to: call.block(&dfg.value_lists), args }
            })
            .collect();
        self.cx.swap_shared_constants(pool);
        edges
    }

    fn terminator(&mut self, inst: ir::Inst) -> Result<(), Error> {
        match self.func.dfg.insts[inst] {
            InstructionData::Jump { .. } => self.cx.push_op(Op::Jump, vec![], PRegSet::empty()),
            InstructionData::Brif { arg, .. } => {
                rule!("lower32: branch");
                let on = self.condition(arg);
                self.cx.push_op(Op::Branch(on.test), on.operands, PRegSet::empty());
            }
            InstructionData::BranchTable { arg, .. } => {
                rule!("lower32: jump table");
                let index = self.extended(arg, false);
                let mut operands = vec![self.cx.operand(index)];
                for _ in 0..I::JUMP_TABLE_TEMPS {
                    operands.push(Operand::reg_temp(self.cx.fresh()));
                }
                self.cx.push_op(Op::JumpTable, operands, PRegSet::empty());
            }
            _ => self.inst(inst)?,
        }
        Ok(())
    }

    /// Puts blocks into emission order. An edge from a block with several successors gets a block of its own where
    /// it has arguments or its target has other predecessors, as the allocator requires.
    fn assemble(mut self, bodies: Vec<(ir::Block, Body<I>)>) -> VCode<I> {
        let mut predecessors: HashMap<ir::Block, usize> = HashMap::new();
        for (_, body) in &bodies {
            for edge in &body.edges {
                *predecessors.entry(edge.to).or_default() += 1;
            }
        }
        let mut out: Vec<(VBlock, Vec<VInst<I>>)> = Vec::new();
        let mut index: HashMap<ir::Block, usize> = HashMap::new();
        let mut links: Vec<(usize, usize, ir::Block)> = Vec::new();
        let entry = bodies[0].0;
        for (block, body) in bodies {
            let me = out.len();
            index.insert(block, me);
            let params = if block == entry { vec![] } else { self.parameter_registers(block) };
            out.push((VBlock { params, ..VBlock::default() }, body.insts));
            let several = body.edges.len() > 1;
            for edge in body.edges {
                let slot = out[me].0.succs.len();
                let split = several && (!edge.args.is_empty() || predecessors[&edge.to] > 1);
                out[me].0.succs.push(Block::invalid());
                if split {
                    rule!("lower32: critical edge split");
                    let id = out.len();
                    out[me].0.succs[slot] = Block::new(id);
                    out[me].0.args.push(vec![]);
                    let mut insts = edge.insts;
                    insts.push(VInst {
                        op: Op::Jump,
                        operands: vec![],
                        clobbers: PRegSet::empty(),
                        wasm_offset: self.wasm_offset,
                    });
                    let own = VBlock { succs: vec![Block::invalid()], args: vec![edge.args], ..VBlock::default() };
                    out.push((own, insts));
                    links.push((id, 0, edge.to));
                } else {
                    out[me].0.args.push(edge.args);
                    links.push((me, slot, edge.to));
                    // Only a lone edge can have constants to make: they go before the jump.
                    let at = out[me].1.len() - 1;
                    out[me].1.splice(at..at, edge.insts);
                }
            }
        }
        for (block, slot, to) in links {
            out[block].0.succs[slot] = Block::new(index[&to]);
        }
        let mut vcode = VCode::new(self.cx.target, out, self.cx.vregs());
        vcode.incoming_bytes = self.incoming_bytes;
        vcode.outgoing_bytes = self.outgoing_bytes;
        vcode.tail_bytes = self.tail_bytes;
        vcode.wasm_offset = self.wasm_offset;
        vcode
    }

    /// Virtual registers of a block's parameters. One that nothing uses has them too: edges pass it.
    fn parameter_registers(&mut self, block: ir::Block) -> Vec<VReg> {
        let params = self.func.dfg.block_params(block);
        params.iter().flat_map(|param| self.registers(*param)).collect()
    }

    /// The words of a value: one, or two for 64 bits.
    fn words_of(&mut self, value: Value) -> Vec<Word> {
        let (low, high) = self.words(value);
        if is_wide(self.ty(value)) { vec![low, high] } else { vec![low] }
    }
}

/// Whether values of a type take two words.
fn is_wide(ty: ir::Type) -> bool {
    ty.bits() == 64
}
