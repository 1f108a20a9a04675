//! Why the range of an address is not known: what it is computed from, as far as the one thing that can be anything.

use super::body::Body;
use super::stack::Obstacle;
use super::summary::Summaries;
use crate::module::{FuncIndex, GlobalIndex, Module};
use cranelift_codegen::ir::{InstructionData, Opcode, Value, ValueDef};

/// Values that are looked at on the way.
const MOST: usize = 64;

/// What could be followed and what not.
pub struct Reasons<'a> {
    pub module: &'a Module<'a>,
    pub summaries: &'a Summaries,
    /// The global that looks like a stack pointer, and why it is not known to be one.
    pub obstacle: Option<(GlobalIndex, Obstacle)>,
}

impl Reasons<'_> {
    /// What decides on `value`, in the code of `function`, and what can be done about it.
    pub fn of(&self, function: FuncIndex, body: &Body, mut value: Value) -> String {
        for _ in 0..MOST {
            value = body.resolve(value);
            let inst = match body.func.dfg.value_def(value) {
                ValueDef::Param(block, i) if Some(block) == body.func.layout.entry_block() => {
                    return self.parameter(function, i);
                }
                ValueDef::Param(..) => {
                    return "it is a variable of a loop or of several branches, and no comparison with a constant was \
                            found that bounds it: compare it with the length of what it indexes"
                        .to_owned();
                }
                ValueDef::Result(inst, _) => inst,
                ValueDef::Union(..) => break,
            };
            match &body.func.dfg.insts[inst] {
                InstructionData::Load { .. } => match body.seen.reads.get(&inst) {
                    Some(global) => return self.global(*global),
                    None => {
                        return "it is loaded from memory, which holds whatever was stored there: mask it or compare it \
                                with the length of what it indexes"
                            .to_owned();
                    }
                },
                InstructionData::Call { .. } | InstructionData::CallIndirect { .. } => {
                    return "it is the result of a call, which can be anything: mask it or compare it with the length of \
                            what it indexes"
                        .to_owned();
                }
                _ => {
                    // The operand that is no constant, of which the last is more often an index than a base.
                    let arguments = body.func.dfg.inst_args(inst);
                    match arguments.iter().rev().find(|argument| body.constant(**argument).is_none()) {
                        Some(next) if body.func.dfg.insts[inst].opcode() != Opcode::Select => value = *next,
                        _ => break,
                    }
                }
            }
        }
        "no bound is known for what it is computed from: mask it or compare it with the length of what it indexes"
            .to_owned()
    }

    fn parameter(&self, function: FuncIndex, i: usize) -> String {
        let i = i.saturating_sub(1);
        match self.summaries.is_open(function) {
            true => format!(
                "it comes from parameter {i}, which whoever calls the function from outside or through a table decides: \
                 mask it or compare it with the length of what it indexes"
            ),
            false => format!("it comes from parameter {i}, for which some call passes what is not bounded"),
        }
    }

    fn global(&self, global: GlobalIndex) -> String {
        let name = |function: FuncIndex| self.module.function_name(function);
        match &self.obstacle {
            Some((pointer, Obstacle::Recursion(function))) if *pointer == global => format!(
                "it is on the stack, which has no bound since {} calls itself, directly or not: use a loop",
                name(*function)
            ),
            Some((pointer, Obstacle::Unbalanced(function))) if *pointer == global => format!(
                "global {} looks like a stack pointer, but {} does not lower and restore it by constants",
                global.as_u32(),
                name(*function)
            ),
            _ => format!("it comes from global {}, whose values are not bounded", global.as_u32()),
        }
    }
}
