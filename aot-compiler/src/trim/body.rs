//! A function as the analysis reads it: CLIF straight from translation, with what is known without any ranges: its
//! edges, what has been compared on each, and its loops with the steps of their variables.

use crate::translate::Observations;
use cranelift_codegen::dominator_tree::DominatorTree;
use cranelift_codegen::flowgraph::ControlFlowGraph;
use cranelift_codegen::ir::condcodes::{CondCode, IntCC};
use cranelift_codegen::ir::{Block, BlockArg, Function, Inst, InstructionData, Opcode, Type, Value, ValueDef};
use std::collections::HashMap;

/// A function with what was observed when it was translated.
pub struct Body {
    pub func: Function,
    pub seen: Observations,
    pub domtree: DominatorTree,
    /// Blocks that can be reached, each behind those that dominate it.
    pub order: Vec<Block>,
    /// The blocks that a block dominates at once, in the same order.
    pub children: HashMap<Block, Vec<Block>>,
    /// Edges into each block from blocks that can be reached.
    pub incoming: HashMap<Block, Vec<Edge>>,
    /// Loops with one way back, by their heads.
    pub loops: HashMap<Block, Loop>,
    /// Constants, and their neighbours: where ranges that grow may stop.
    pub landmarks: Vec<u64>,
}

/// A destination of a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Edge {
    pub from: Block,
    pub branch: Inst,
    /// Which destination of the branch.
    pub number: usize,
}

/// `a cc b`.
#[derive(Debug, Clone, Copy)]
pub struct Condition {
    pub cc: IntCC,
    pub a: Value,
    pub b: Operand,
}

#[derive(Debug, Clone, Copy)]
pub enum Operand {
    Value(Value),
    Constant(u64),
}

/// A loop with one way back to its head.
pub struct Loop {
    pub entries: Vec<Edge>,
    /// What each parameter of the head grows by in a turn, if that is a constant other than 0.
    pub steps: Vec<Option<i64>>,
    /// What holds whenever the way back is taken.
    pub goes_on: Vec<Condition>,
}

/// `base + offset` modulo the width, `offset` alone if there is no base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Linear {
    pub base: Option<Value>,
    pub offset: u64,
}

/// Most constants of a function that ranges stop at.
const MAX_LANDMARKS: usize = 64;

impl Body {
    pub fn new(func: Function, seen: Observations) -> Body {
        let cfg = ControlFlowGraph::with_function(&func);
        let domtree = DominatorTree::with_function(&func, &cfg);
        let order: Vec<Block> = domtree.cfg_rpo().copied().collect();
        let mut children: HashMap<Block, Vec<Block>> = HashMap::new();
        for block in &order {
            if let Some(parent) = domtree.idom(*block) {
                children.entry(parent).or_default().push(*block);
            }
        }
        let landmarks = landmarks(&func);
        let (incoming, loops) = (HashMap::new(), HashMap::new());
        let mut body = Body { func, seen, domtree, order, children, incoming, loops, landmarks };
        for from in body.order.clone() {
            for (edge, to) in body.edges(from) {
                body.incoming.entry(to).or_default().push(edge);
            }
        }
        let heads = body.order.iter().filter_map(|head| Some((*head, body.loop_of(*head)?)));
        body.loops = heads.collect();
        body
    }

    /// The value that `value` stands for.
    pub fn resolve(&self, value: Value) -> Value {
        self.func.dfg.resolve_aliases(value)
    }

    /// The instruction whose only or first result `value` is.
    pub fn definition(&self, value: Value) -> Option<Inst> {
        match self.func.dfg.value_def(self.resolve(value)) {
            ValueDef::Result(inst, 0) => Some(inst),
            _ => None,
        }
    }

    pub fn data(&self, value: Value) -> Option<&InstructionData> {
        self.definition(value).map(|inst| &self.func.dfg.insts[inst])
    }

    pub fn bits(&self, value: Value) -> u32 {
        bits(self.func.dfg.value_type(value))
    }

    pub fn constant(&self, value: Value) -> Option<u64> {
        match self.data(value)? {
            InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } => Some(imm.bits() as u64),
            _ => None,
        }
    }

    /// The way out of a block along its branches, if it has any, with the blocks that they lead to.
    pub fn edges(&self, from: Block) -> Vec<(Edge, Block)> {
        let dfg = &self.func.dfg;
        let Some(branch) = self.func.layout.last_inst(from) else { return Vec::new() };
        let calls = dfg.insts[branch].branch_destination(&dfg.jump_tables, &dfg.exception_tables);
        let to = calls.iter().map(|call| call.block(&dfg.value_lists));
        to.enumerate().map(|(number, to)| (Edge { from, branch, number }, to)).collect()
    }

    /// The values that an edge carries to the parameters of its block.
    pub fn arguments(&self, edge: Edge) -> Vec<Value> {
        let dfg = &self.func.dfg;
        let calls = dfg.insts[edge.branch].branch_destination(&dfg.jump_tables, &dfg.exception_tables);
        let values = calls[edge.number].args(&dfg.value_lists).map(|argument| match argument {
            BlockArg::Value(value) => self.resolve(value),
            BlockArg::TryCallRet(_) | BlockArg::TryCallExn(_) => unreachable!("translation makes no such calls"),
        });
        values.collect()
    }

    /// What holds on an edge.
    pub fn conditions(&self, edge: Edge) -> Vec<Condition> {
        let mut conditions = Vec::new();
        match self.func.dfg.insts[edge.branch] {
            InstructionData::Brif { arg, blocks, .. } => {
                let [then, otherwise] = blocks.map(|call| call.block(&self.func.dfg.value_lists));
                if then != otherwise {
                    self.truth(arg, edge.number == 0, &mut conditions);
                }
            }
            InstructionData::BranchTable { arg, table, .. } => {
                let targets = self.func.dfg.jump_tables[table].all_branches().len() as u64 - 1;
                // The default comes first.
                conditions.push(match edge.number as u64 {
                    0 => Condition { cc: IntCC::UnsignedGreaterThanOrEqual, a: arg, b: Operand::Constant(targets) },
                    number => Condition { cc: IntCC::Equal, a: arg, b: Operand::Constant(number - 1) },
                });
            }
            _ => {}
        }
        conditions
    }

    /// What follows from `value` being zero or not.
    pub fn truth(&self, value: Value, is: bool, conditions: &mut Vec<Condition>) {
        let value = self.resolve(value);
        let cc = if is { IntCC::NotEqual } else { IntCC::Equal };
        conditions.push(Condition { cc, a: value, b: Operand::Constant(0) });
        match self.data(value) {
            Some(&InstructionData::IntCompare { cond, args: [a, b], .. }) => {
                let cc = if is { cond } else { cond.complement() };
                let (a, b) = (self.resolve(a), self.resolve(b));
                conditions.push(Condition { cc, a, b: Operand::Value(b) });
                conditions.push(Condition { cc: cc.swap_args(), a: b, b: Operand::Value(a) });
                // A comparison of a truth value with 0.
                if self.constant(b) == Some(0) && matches!(cc, IntCC::Equal | IntCC::NotEqual) {
                    self.truth(a, cc == IntCC::NotEqual, conditions);
                }
            }
            Some(&InstructionData::Unary { opcode: Opcode::Uextend, arg }) => self.truth(arg, is, conditions),
            Some(&InstructionData::Binary { opcode, args: [a, b] })
                if (opcode == Opcode::Band && is) || (opcode == Opcode::Bor && !is) =>
            {
                self.truth(a, is, conditions);
                self.truth(b, is, conditions);
            }
            _ => {}
        }
    }

    /// `value` as a sum.
    pub fn linear(&self, value: Value) -> Linear {
        let (mut base, mut offset) = (self.resolve(value), 0u64);
        loop {
            match self.data(base) {
                Some(&InstructionData::Binary { opcode: Opcode::Iadd, args: [a, b] }) => {
                    match (self.constant(a), self.constant(b)) {
                        (_, Some(constant)) => (base, offset) = (self.resolve(a), offset.wrapping_add(constant)),
                        (Some(constant), None) => (base, offset) = (self.resolve(b), offset.wrapping_add(constant)),
                        (None, None) => break,
                    }
                }
                Some(&InstructionData::Binary { opcode: Opcode::Isub, args: [a, b] }) => match self.constant(b) {
                    Some(constant) => (base, offset) = (self.resolve(a), offset.wrapping_sub(constant)),
                    None => break,
                },
                _ => break,
            }
        }
        let mask = u64::MAX >> (64 - self.bits(base));
        match self.constant(base) {
            Some(constant) => Linear { base: None, offset: offset.wrapping_add(constant) & mask },
            None => Linear { base: Some(base), offset: offset & mask },
        }
    }

    /// Whether `value` is the same in all turns of the loop with this head, from one entry to the next.
    pub fn is_invariant(&self, value: Value, head: Block) -> bool {
        let block = match self.func.dfg.value_def(self.resolve(value)) {
            ValueDef::Result(inst, _) => self.func.layout.inst_block(inst),
            ValueDef::Param(block, _) => Some(block),
            ValueDef::Union(..) => None,
        };
        block.is_some_and(|block| block != head && self.domtree.block_dominates(block, head))
    }

    fn loop_of(&self, head: Block) -> Option<Loop> {
        let incoming = self.incoming.get(&head)?;
        let (back, entries): (Vec<Edge>, Vec<Edge>) =
            incoming.iter().partition(|edge| self.domtree.block_dominates(head, edge.from));
        let [back] = back[..] else { return None };
        let params = self.func.dfg.block_params(head);
        let steps = self.arguments(back).into_iter().zip(params).map(|(next, param)| {
            let Linear { base, offset } = self.linear(next);
            let unused = 64 - self.bits(*param);
            let step = (offset << unused) as i64 >> unused;
            (base == Some(*param) && step != 0).then_some(step)
        });
        let steps = steps.collect();
        let mut goes_on = self.conditions(back);
        // A block between head and way back that is only entered along one edge is entered in each turn that goes on.
        let mut block = back.from;
        while block != head {
            if let [edge] = self.incoming[&block][..] {
                goes_on.extend(self.conditions(edge));
            }
            block = self.domtree.idom(block)?;
        }
        Some(Loop { entries, steps, goes_on })
    }
}

/// Bits of an integer type; 64 for others, of whose values nothing is known.
pub fn bits(ty: Type) -> u32 {
    if ty.is_int() { ty.bits() } else { 64 }
}

fn landmarks(func: &Function) -> Vec<u64> {
    let insts = func.layout.blocks().flat_map(|block| func.layout.block_insts(block));
    let constants = insts.filter_map(|inst| match func.dfg.insts[inst] {
        InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } => Some(imm.bits() as u64),
        _ => None,
    });
    let mut landmarks: Vec<u64> = constants.collect();
    landmarks.sort_unstable();
    landmarks.dedup();
    landmarks.truncate(MAX_LANDMARKS);
    let neighbours = |mark: u64| [mark.wrapping_sub(1), mark, mark.wrapping_add(1)];
    landmarks.into_iter().chain([0, 1 << 31, 1 << 63]).flat_map(neighbours).collect()
}
