//! Blocks, branches and returns.
//!
//! A label becomes a CLIF block whose parameters are the values that a branch carries. Blocks are made early and
//! entered only if something branches to them; code after an unconditional branch is skipped up to the `else` or
//! `end` that is reachable again.

use super::{FunctionTranslator, clif_type};
use crate::error::Result;
use crate::marks::mutant;
use crate::metering::Due;
use crate::module::{FuncType, ValType};
use cranelift_codegen::ir::{Block, BlockArg, Inst, InstBuilder, JumpTableData, Value};
use sandgrain_abi::TrapKind;
use std::collections::BTreeMap;
use wasmparser::{BlockType, BrTable, Operator};

/// One level of nesting.
pub(super) struct Frame {
    kind: Kind,
    /// Where a branch to this label goes: the head of a loop, else what follows `end`.
    target: Block,
    /// Values that a branch to this label carries.
    arity: usize,
    /// Values that the frame leaves.
    results: usize,
    /// Height of the operand stack below the frame's parameters.
    height: usize,
    /// Whether anything branches to `target` (for a loop, it is entered from above in any case).
    branched: bool,
}

enum Kind {
    Function,
    Block,
    Loop,
    /// Before `else`: the branch on the condition, the block for the false case and the values it starts with.
    If {
        branch: Inst,
        otherwise: Block,
        params: Vec<Value>,
    },
    Else,
    /// Opened in unreachable code: nothing in it is translated.
    Skipped,
}

impl FunctionTranslator<'_, '_> {
    /// The outermost label, whose target returns.
    pub(super) fn enter_function(&mut self, ty: &FuncType) {
        self.push_frame(Kind::Function, FuncType { params: vec![], results: ty.results.clone() });
    }

    /// Translates `operator` if it concerns control; whether it does.
    pub(super) fn control(&mut self, operator: &Operator<'_>) -> Result<bool> {
        match operator {
            Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } if !self.reachable => {
                self.push_frame(Kind::Skipped, FuncType::default());
            }
            Operator::Else => self.otherwise(),
            Operator::End => self.end(),
            _ if !self.reachable => return Ok(false),
            Operator::Block { blockty } => {
                let ty = self.block_type(*blockty);
                self.push_frame(Kind::Block, ty);
            }
            Operator::Loop { blockty } => self.begin_loop(*blockty),
            Operator::If { blockty } => self.begin_if(*blockty),
            Operator::Br { relative_depth } => self.br(*relative_depth),
            Operator::BrIf { relative_depth } => self.br_if(*relative_depth),
            Operator::BrTable { targets } => self.br_table(targets)?,
            Operator::Return => self.br(self.frames.len() as u32 - 1),
            Operator::Unreachable => {
                let kind = mutant!("translate: trap of another kind", TrapKind::Unreachable, TrapKind::IntegerOverflow);
                self.trap(kind);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn block_type(&self, ty: BlockType) -> FuncType {
        match ty {
            BlockType::Empty => FuncType::default(),
            BlockType::Type(ty) => {
                let result = ValType::from_wasm(ty).expect("uses of unsupported types are refused on parsing");
                FuncType { params: vec![], results: vec![result] }
            }
            BlockType::FuncType(index) => self.module.types[self.module.type_id(index)].clone(),
        }
    }

    fn block_with_params(&mut self, types: &[ValType]) -> Block {
        let block = self.b.create_block();
        for ty in types {
            self.b.append_block_param(block, clif_type(*ty, self.pointer));
        }
        block
    }

    /// Opens a frame whose parameters are on the stack.
    fn push_frame(&mut self, kind: Kind, ty: FuncType) {
        let carried = if matches!(kind, Kind::Loop) { &ty.params } else { &ty.results };
        let target = self.block_with_params(carried);
        let height = self.stack.len() - ty.params.len();
        let arity = carried.len();
        self.frames.push(Frame { kind, target, arity, results: ty.results.len(), height, branched: false });
    }

    fn frame(&mut self, depth: u32) -> &mut Frame {
        let last = self.frames.len() - 1;
        &mut self.frames[last - depth as usize]
    }

    /// The `n` topmost values, as arguments of an edge.
    fn edge(&mut self, n: usize) -> Vec<BlockArg> {
        self.edge_arguments += n;
        self.top(n).iter().map(|v| BlockArg::Value(*v)).collect()
    }

    /// Continues in `block`, with its parameters on the stack.
    fn start(&mut self, block: Block) {
        self.b.switch_to_block(block);
        self.stack.extend_from_slice(self.b.func.dfg.block_params(block));
        self.reachable = true;
    }

    fn begin_loop(&mut self, ty: BlockType) {
        let ty = self.block_type(ty);
        let arguments = self.edge(ty.params.len());
        self.push_frame(Kind::Loop, ty);
        let (head, height) = (self.frame(0).target, self.frame(0).height);
        self.b.ins().jump(head, &arguments);
        self.stack.truncate(height);
        // Sealed at `end`, when all branches back are known.
        self.start(head);
        self.pay(Due::Inside);
    }

    fn begin_if(&mut self, ty: BlockType) {
        let condition = self.pop_condition();
        let ty = self.block_type(ty);
        let (then, otherwise) = (self.b.create_block(), self.b.create_block());
        let (yes, no) = mutant!("translate: if takes the other arm", (then, otherwise), (otherwise, then));
        let branch = self.b.ins().brif(condition, yes, &[], no, &[]);
        let params = self.top(ty.params.len()).to_vec();
        self.push_frame(Kind::If { branch, otherwise, params }, ty);
        self.b.seal_block(then);
        self.b.switch_to_block(then);
        self.pay(Due::Inside);
    }

    /// Leaves the current frame at its lower end, if that can be reached.
    fn leave(&mut self) {
        if self.reachable {
            let (target, results) = (self.frame(0).target, self.frame(0).results);
            let arguments = self.edge(results);
            self.b.ins().jump(target, &arguments);
            self.frame(0).branched = true;
        }
        let height = self.frame(0).height;
        self.stack.truncate(height);
    }

    fn otherwise(&mut self) {
        if matches!(self.frame(0).kind, Kind::Skipped) {
            return;
        }
        if self.reachable {
            self.pay(Due::Before);
        }
        self.leave();
        let kind = std::mem::replace(&mut self.frame(0).kind, Kind::Else);
        if let Kind::If { otherwise, params, .. } = kind {
            self.b.seal_block(otherwise);
            self.b.switch_to_block(otherwise);
            self.stack.extend(params);
            self.reachable = true;
            self.pay(Due::Inside);
        }
    }

    fn end(&mut self) {
        let (reachable, frame) = (self.reachable, self.frame(0));
        match frame.kind {
            Kind::Skipped => drop(self.frames.pop()),
            Kind::Loop => {
                let frame = self.frames.pop().expect("end closes a frame");
                self.b.seal_block(frame.target);
                if !self.reachable {
                    self.stack.truncate(frame.height);
                }
            }
            Kind::Function if reachable && !frame.branched => {
                let results = frame.results;
                self.return_top(results);
            }
            Kind::Function => {
                self.leave();
                let frame = self.frames.pop().expect("end closes a frame");
                if frame.branched {
                    self.b.seal_block(frame.target);
                    self.start(frame.target);
                    self.return_top(frame.results);
                }
            }
            Kind::Block | Kind::If { .. } | Kind::Else => self.end_block(),
        }
    }

    fn end_block(&mut self) {
        self.leave();
        let mut frame = self.frames.pop().expect("end closes a frame");
        if let Kind::If { branch, otherwise, params } = frame.kind {
            // No `else`: the false case goes straight on, with the parameters as results.
            if params.is_empty() {
                self.b.change_jump_destination(branch, otherwise, frame.target);
            } else {
                self.b.seal_block(otherwise);
                self.b.switch_to_block(otherwise);
                self.pay(Due::Inside);
                let arguments: Vec<BlockArg> = params.into_iter().map(BlockArg::Value).collect();
                self.b.ins().jump(frame.target, &arguments);
            }
            frame.branched = true;
        }
        self.reachable = false;
        if frame.branched {
            self.b.seal_block(frame.target);
            self.start(frame.target);
        }
    }

    fn return_top(&mut self, results: usize) {
        let values = self.top(results).to_vec();
        self.b.ins().return_(&values);
        self.reachable = false;
    }

    fn br(&mut self, depth: u32) {
        let frame = self.frame(depth);
        let (target, arity) = (frame.target, frame.arity);
        if matches!(frame.kind, Kind::Function) {
            return self.return_top(arity);
        }
        frame.branched = true;
        let arguments = self.edge(arity);
        self.b.ins().jump(target, &arguments);
        self.reachable = false;
    }

    fn br_if(&mut self, depth: u32) {
        let condition = self.pop_condition();
        let frame = self.frame(depth);
        let (target, arity) = (frame.target, frame.arity);
        frame.branched = true;
        let arguments = self.edge(arity);
        let next = self.b.create_block();
        self.b.ins().brif(condition, target, &arguments, next, &[]);
        self.b.seal_block(next);
        self.b.switch_to_block(next);
    }

    /// Where values are carried, each label gets one block that hands them on, so that the table stays small.
    fn br_table(&mut self, table: &BrTable<'_>) -> Result<()> {
        let index = self.pop();
        let depths = table.targets().collect::<wasmparser::Result<Vec<u32>>>()?;
        let mut blocks = BTreeMap::new();
        for depth in depths.iter().chain([&table.default()]) {
            let frame = self.frame(*depth);
            frame.branched = true;
            let (target, arity) = (frame.target, frame.arity);
            blocks.entry(*depth).or_insert_with(|| if arity == 0 { target } else { self.b.create_block() });
        }
        let mut call = |depth: &u32| self.b.func.dfg.block_call(blocks[depth], &[]);
        let default = call(&table.default());
        let targets =
            mutant!("translate: br_table without its first target", &depths[..], depths.get(1..).unwrap_or(&[]));
        let calls: Vec<_> = targets.iter().map(&mut call).collect();
        self.edge_arguments += calls.len();
        let jump_table = self.b.create_jump_table(JumpTableData::new(default, &calls));
        self.b.ins().br_table(index, jump_table);
        for (depth, block) in blocks {
            let (target, arity) = (self.frame(depth).target, self.frame(depth).arity);
            if arity != 0 {
                self.b.seal_block(block);
                self.b.switch_to_block(block);
                let arguments = self.edge(arity);
                self.b.ins().jump(target, &arguments);
            }
        }
        self.reachable = false;
        Ok(())
    }
}
