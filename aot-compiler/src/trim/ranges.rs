//! Ranges of a function's values: one pass over its blocks, in the order in which they dominate each other, with what
//! branches have compared on the way.
//!
//! A value has the range that it had where it was defined, cut to what is known where it is used; what it is computed
//! from is looked at again there, since a comparison may have come between. The parameters of a block are joined over
//! its edges. In a loop with one way back a variable that grows by a constant is bounded by the turns as well: by a
//! comparison with what it must not be equal to, or by the range of any other such variable
//! ([`turns`](Pass::turns)).

use super::body::{Body, Condition, Edge, Loop, Operand, bits};
use super::range::Range;
use super::summary::{Mode, Summaries};
use crate::lower32::namespace;
use crate::marks::mutant;
use crate::module::FuncIndex;
use crate::translate::MemoryUse;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Block, ExternalName, Inst, InstructionData, Opcode, Value};
use std::collections::HashMap;

/// How far what a value is computed from is looked at again.
const DEPTH: u32 = 4;
/// Times that a range may grow freely, and in all, before it stops at landmarks, and is given up.
const FREE: u32 = 3;
const MOST: u32 = 60;

/// What is known of a function's values so far.
#[derive(Default)]
pub struct State {
    values: HashMap<Value, Range>,
    /// Of the arguments of edges that can be taken.
    edges: HashMap<Edge, Vec<Option<Range>>>,
    growth: HashMap<Value, u32>,
}

/// One pass over a function.
pub struct Pass<'a> {
    pub body: &'a Body,
    pub state: &'a mut State,
    pub summaries: &'a mut Summaries,
    pub mode: Mode,
    /// Whether anything in the state has grown.
    pub changed: bool,
    function: FuncIndex,
    facts: HashMap<Value, Range>,
}

/// Facts to restore.
type Undo = Vec<(Value, Option<Range>)>;

enum Step {
    Visit(Block),
    Undo(Undo),
}

impl<'a> Pass<'a> {
    /// A pass over `body`, the code of `function`.
    pub fn new(
        function: FuncIndex,
        body: &'a Body,
        state: &'a mut State,
        summaries: &'a mut Summaries,
        mode: Mode,
    ) -> Pass<'a> {
        Pass { body, state, summaries, mode, changed: false, function, facts: HashMap::new() }
    }

    /// Visits all blocks that can be reached. `accesses` gets the ranges of index and length of each use of memory.
    pub fn run(&mut self, mut accesses: impl FnMut(&MemoryUse, Range, Range)) {
        let mut uses: HashMap<Block, Vec<&MemoryUse>> = HashMap::new();
        for use_ in &self.body.seen.memory {
            uses.entry(use_.block).or_default().push(use_);
        }
        let Some(entry) = self.body.func.layout.entry_block() else { return };
        let mut work = vec![Step::Visit(entry)];
        while let Some(step) = work.pop() {
            match step {
                Step::Visit(block) => {
                    let mut undo = Undo::new();
                    let is_reached = self.visit(block, entry, &mut undo);
                    if is_reached {
                        for use_ in uses.get(&block).into_iter().flatten() {
                            let length = use_.length.map_or(Some(Range::constant(32, 0)), |value| self.at(value));
                            if let (Some(index), Some(length)) = (self.at(use_.index), length) {
                                accesses(use_, index, length);
                            }
                        }
                    }
                    work.push(Step::Undo(undo));
                    if is_reached {
                        let children = self.body.children.get(&block).into_iter().flatten();
                        work.extend(children.rev().map(|child| Step::Visit(*child)));
                    }
                }
                Step::Undo(undo) => {
                    let undo = mutant!("trim: what a branch compared holds beside it", undo, vec![]);
                    self.restore(undo);
                }
            }
        }
    }

    /// Whether the block can be reached.
    fn visit(&mut self, block: Block, entry: Block, undo: &mut Undo) -> bool {
        let body = self.body;
        let params = body.func.dfg.block_params(block);
        if block == entry {
            for (i, param) in params.iter().enumerate() {
                let bits = body.bits(*param);
                // The first one is the instance.
                let range = match i.checked_sub(1) {
                    Some(i) => self.summaries.param(self.function, i, bits),
                    None => Some(Range::full(bits)),
                };
                let Some(range) = range else { return false };
                self.state.values.insert(*param, range);
            }
        } else {
            let incoming = &body.incoming[&block];
            if !incoming.iter().any(|edge| self.state.edges.contains_key(edge)) {
                return false;
            }
            if let [edge] = incoming[..]
                && !self.assume(&body.conditions(edge), undo)
            {
                return false;
            }
            for (i, param) in params.iter().enumerate() {
                self.parameter(block, i, *param);
            }
        }
        for inst in body.func.layout.block_insts(block) {
            self.instruction(inst);
        }
        for (edge, _) in body.edges(block) {
            let mut undo = Undo::new();
            if self.assume(&body.conditions(edge), &mut undo) {
                let arguments = body.arguments(edge).into_iter().map(|value| self.at(value)).collect();
                let before = self.state.edges.insert(edge, arguments);
                self.changed |= before.as_ref() != self.state.edges.get(&edge);
            }
            self.restore(undo);
        }
        true
    }

    /// The range of a value here; `None` if it cannot come to have one.
    fn at(&mut self, value: Value) -> Option<Range> {
        self.eval(value, DEPTH)
    }

    fn eval(&mut self, value: Value, depth: u32) -> Option<Range> {
        let value = self.body.resolve(value);
        let mut range = *self.state.values.get(&value)?;
        if let Some(fact) = self.facts.get(&value) {
            range = range.meet(*fact)?;
        }
        if depth > 0
            && let Some(inst) = self.body.definition(value)
            && self.body.func.dfg.inst_results(inst).len() == 1
        {
            range = range.meet(self.transfer(inst, value, depth - 1)?)?;
        }
        Some(range)
    }

    fn parameter(&mut self, block: Block, i: usize, param: Value) {
        let body = self.body;
        let Some(joined) = self.joined(&body.incoming[&block], i) else { return };
        let candidate = match body.loops.get(&block).and_then(|l| self.stepped(block, l, i)) {
            Some(stepped) => stepped.meet(joined).unwrap_or(stepped),
            None => joined,
        };
        let Some(old) = self.state.values.get(&param).copied() else {
            self.state.values.insert(param, candidate);
            self.changed = true;
            return;
        };
        if self.mode == Mode::Narrow {
            self.state.values.insert(param, old.meet(candidate).unwrap_or(candidate));
        } else if !old.includes(candidate) {
            let growth = self.state.growth.entry(param).or_default();
            *growth += 1;
            let grown = grow(old, candidate, *growth, &body.landmarks);
            self.state.values.insert(param, grown);
            self.changed = true;
        }
    }

    /// What edges carry to parameter `i` of their block.
    fn joined(&self, edges: &[Edge], i: usize) -> Option<Range> {
        let ranges = edges.iter().filter_map(|edge| *self.state.edges.get(edge)?.get(i)?);
        ranges.reduce(Range::join)
    }

    /// The range of parameter `i` of a loop's head, if it grows by a constant and the turns are bounded.
    fn stepped(&mut self, head: Block, loop_: &Loop, i: usize) -> Option<Range> {
        let step = loop_.steps[i]?;
        let start = self.joined(&loop_.entries, i)?;
        let turns = self.turns(head, loop_)?;
        let turns = mutant!("trim: the last turn of a loop not counted", turns, turns.saturating_sub(1));
        Some(start.walk(step, turns))
    }

    /// How often the way back to the head of a loop is taken at most.
    ///
    /// All edges of a variable with a step are joined, what the way back has compared included. If that is not
    /// everything, the variable takes other values in it turn by turn and cannot step over what is not in it. This
    /// also holds where the range of the variable itself comes from the turns, by induction on the turns: that it is in
    /// the range in one turn is why it is on the edge to the next.
    fn turns(&mut self, head: Block, loop_: &Loop) -> Option<u64> {
        let body = self.body;
        let mut least: Option<u64> = None;
        let mut note = |turns: u64| least = Some(least.map_or(turns, |least| least.min(turns)));
        for (j, step) in loop_.steps.iter().enumerate() {
            let Some(step) = step else { continue };
            let Some(range) = self.joined(&body.incoming[&head], j) else { continue };
            let others = Range::full(range.bits()).span() - range.span();
            if others >= step.unsigned_abs() {
                note(range.span() / step.unsigned_abs());
            }
        }
        for condition in &loop_.goes_on {
            if let Some(turns) = self.turns_until(head, loop_, condition) {
                note(turns);
            }
        }
        least
    }

    /// The turns until a variable of the loop is equal to what it must not be equal to.
    fn turns_until(&mut self, head: Block, loop_: &Loop, condition: &Condition) -> Option<u64> {
        let body = self.body;
        if condition.cc != IntCC::NotEqual {
            return None;
        }
        let tested = body.linear(condition.a);
        let bits = body.bits(condition.a);
        let j = body.func.dfg.block_params(head).iter().position(|param| Some(*param) == tested.base)?;
        let step = loop_.steps[j]?;
        let end = match condition.b {
            Operand::Constant(constant) => super::body::Linear { base: None, offset: constant },
            Operand::Value(value) => body.linear(value),
        };
        if end.base.is_some_and(|base| !body.is_invariant(base, head)) {
            return None;
        }
        let modulo = |value: u64| Range::constant(bits, value).single().unwrap_or(value);
        let far = |from: u64, to: u64| modulo(if step > 0 { to.wrapping_sub(from) } else { from.wrapping_sub(to) });
        let size = step.unsigned_abs();
        // The variable is equal to this when the loop ends.
        let last = end.offset.wrapping_sub(tested.offset);
        if let [entry] = loop_.entries[..] {
            let start = body.linear(body.arguments(entry)[j]);
            if start.base == end.base {
                let distance = far(start.offset, last);
                return distance.is_multiple_of(size).then_some(distance / size);
            }
        }
        // From several starts, single steps meet any end, the soonest that none of them begins behind.
        let start = self.joined(&loop_.entries, j)?;
        let end = match end.base {
            None => modulo(last),
            Some(base) => modulo(self.at(base)?.single()?.wrapping_add(last)),
        };
        let all = if step > 0 {
            start.join(Range::between(bits, start.first(), end))
        } else {
            start.join(Range::between(bits, end, start.last()))
        };
        let begins_behind = start.contains(end) && end != if step > 0 { start.last() } else { start.first() };
        (size == 1 && !begins_behind && !all.is_full()).then_some(all.span())
    }

    /// Gives the results of an instruction their ranges, and other functions what it means for them.
    fn instruction(&mut self, inst: Inst) {
        let dfg = &self.body.func.dfg;
        match &dfg.insts[inst] {
            InstructionData::Call { opcode, func_ref, .. } => {
                let callee = self.callee(*func_ref);
                let arguments: Vec<Value> = dfg.inst_args(inst).to_vec();
                if let Some(callee) = callee {
                    let arguments: Vec<Option<Range>> = arguments[1..].iter().map(|value| self.at(*value)).collect();
                    self.summaries.calls(callee, &arguments);
                }
                if *opcode == Opcode::ReturnCall {
                    let types = self.body.func.signature.returns.iter();
                    let results: Vec<Option<Range>> = match callee {
                        Some(callee) => types.enumerate().map(|(i, _)| self.summaries.result(callee, i)).collect(),
                        None => types.map(|ty| Some(Range::full(bits(ty.value_type)))).collect(),
                    };
                    return self.summaries.returns(self.function, &results);
                }
                for (i, result) in dfg.inst_results(inst).iter().enumerate() {
                    let bits = self.body.bits(*result);
                    let range = callee.map_or(Some(Range::full(bits)), |f| self.summaries.result(f, i));
                    if let Some(range) = range {
                        self.state.values.insert(*result, range);
                    }
                }
            }
            InstructionData::MultiAry { opcode: Opcode::Return, .. } => {
                let results: Vec<Option<Range>> = dfg.inst_args(inst).iter().map(|value| self.at(*value)).collect();
                self.summaries.returns(self.function, &results);
            }
            InstructionData::CallIndirect { opcode: Opcode::ReturnCallIndirect, .. } => {
                let types = self.body.func.signature.returns.iter();
                let results: Vec<Option<Range>> = types.map(|ty| Some(Range::full(bits(ty.value_type)))).collect();
                self.summaries.returns(self.function, &results);
            }
            InstructionData::Store { args: [value, _], .. } => {
                if let Some(global) = self.body.seen.writes.get(&inst)
                    && let Some(range) = self.at(*value)
                {
                    self.summaries.writes(*global, range);
                }
            }
            _ => match dfg.inst_results(inst) {
                [result] => {
                    let result = *result;
                    if let Some(range) = self.transfer(inst, result, DEPTH - 1) {
                        self.state.values.insert(result, range);
                    }
                }
                results => {
                    for result in results {
                        self.state.values.insert(*result, Range::full(self.body.bits(*result)));
                    }
                }
            },
        }
    }

    /// The module's own function that a direct call is of; `None` for a helper.
    fn callee(&self, function: cranelift_codegen::ir::FuncRef) -> Option<FuncIndex> {
        let func = &self.body.func;
        let ExternalName::User(name) = func.dfg.ext_funcs[function].name else { return None };
        let name = &func.params.user_named_funcs()[name];
        (name.namespace == namespace::FUNCTION).then(|| FuncIndex::from_u32(name.index))
    }

    /// The range of the only result of an instruction.
    fn transfer(&mut self, inst: Inst, result: Value, depth: u32) -> Option<Range> {
        let body = self.body;
        let bits = body.bits(result);
        let full = Range::full(bits);
        let signed = |width: u32| Range::full(width).sign_extend(bits);
        let unsigned = |width: u32| Range::full(width).zero_extend(bits);
        Some(match body.func.dfg.insts[inst] {
            InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } => Range::constant(bits, imm.bits() as u64),
            InstructionData::IntCompare { .. } => Range::between(bits, 0, 1),
            InstructionData::Binary { opcode, args: [a, b] } => {
                let operation: fn(Range, Range) -> Range = match opcode {
                    Opcode::Iadd => Range::add,
                    Opcode::Isub => Range::sub,
                    Opcode::Imul => Range::mul,
                    Opcode::Band => Range::and,
                    Opcode::Bor => Range::or,
                    Opcode::Bxor => Range::xor,
                    Opcode::Ishl => Range::shl,
                    Opcode::Ushr => Range::shr,
                    Opcode::Sshr => Range::sar,
                    Opcode::Udiv => Range::udiv,
                    Opcode::Urem => Range::urem,
                    _ => return Some(full),
                };
                let (a, b) = (self.eval(a, depth)?, self.eval(b, depth)?);
                mutant!("trim: an operand taken for the result", operation(a, b), a)
            }
            InstructionData::Unary { opcode, arg } if body.func.dfg.value_type(arg).is_int() => {
                let range = self.eval(arg, depth)?;
                match opcode {
                    Opcode::Uextend => range.zero_extend(bits),
                    Opcode::Sextend => range.sign_extend(bits),
                    Opcode::Ireduce => range.reduce(bits),
                    Opcode::Clz | Opcode::Ctz | Opcode::Popcnt => Range::between(bits, 0, bits.into()),
                    _ => full,
                }
            }
            InstructionData::Ternary { opcode: Opcode::Select, args: [condition, a, b] } => {
                let arms = [(a, true), (b, false)].map(|(arm, is)| {
                    let mut conditions = Vec::new();
                    body.truth(condition, is, &mut conditions);
                    let mut undo = Undo::new();
                    let range =
                        if depth == 0 || self.assume(&conditions, &mut undo) { self.eval(arm, depth) } else { None };
                    self.restore(undo);
                    range
                });
                arms.into_iter().flatten().reduce(Range::join)?
            }
            InstructionData::Load { opcode, .. } => match opcode {
                Opcode::Uload8 => unsigned(8),
                Opcode::Sload8 => signed(8),
                Opcode::Uload16 => unsigned(16),
                Opcode::Sload16 => signed(16),
                Opcode::Uload32 => unsigned(32),
                Opcode::Sload32 => signed(32),
                _ => match body.seen.reads.get(&inst) {
                    Some(global) => self.summaries.read(self.function, inst, *global, bits)?,
                    None => full,
                },
            },
            _ => full,
        })
    }

    /// Adds what conditions say; whether they can hold.
    fn assume(&mut self, conditions: &[Condition], undo: &mut Undo) -> bool {
        conditions.iter().all(|condition| {
            let bits = self.body.bits(condition.a);
            let b = match condition.b {
                Operand::Constant(constant) => Some(Range::constant(bits, constant)),
                Operand::Value(value) => self.eval(value, 1),
            };
            // What has no range yet is looked at in a later pass.
            let Some(b) = b else { return true };
            restriction(condition.cc, b).is_some_and(|range| self.know(condition.a, range, undo))
        })
    }

    /// Adds that `value` is in `range`, and what this says of the value that it is a constant more than; whether that
    /// can be.
    fn know(&mut self, value: Value, range: Range, undo: &mut Undo) -> bool {
        let linear = self.body.linear(value);
        let base = linear.base.map(|base| (base, range.sub(Range::constant(range.bits(), linear.offset))));
        [Some((self.body.resolve(value), range)), base].into_iter().flatten().all(|(value, range)| {
            let old = self.facts.get(&value).copied();
            let Some(range) = old.map_or(Some(range), |old| old.meet(range)) else { return false };
            undo.push((value, old));
            self.facts.insert(value, range);
            self.state.values.get(&value).is_none_or(|known| known.meet(range).is_some())
        })
    }

    fn restore(&mut self, undo: Undo) {
        for (value, old) in undo.into_iter().rev() {
            match old {
                Some(range) => self.facts.insert(value, range),
                None => self.facts.remove(&value),
            };
        }
    }
}

/// `old` with `candidate`, which has been new for so many times.
pub fn grow(old: Range, candidate: Range, times: u32, landmarks: &[u64]) -> Range {
    let joined = old.join(candidate);
    if times <= FREE {
        joined
    } else if times <= MOST {
        old.widen(joined, landmarks)
    } else {
        Range::full(old.bits())
    }
}

/// What `a` can be if `a cc b` for some `b`; `None` if nothing.
fn restriction(cc: IntCC, b: Range) -> Option<Range> {
    let bits = b.bits();
    let (min, max) = b.unsigned();
    let (least, most) = b.signed();
    let (highest, lowest_signed, highest_signed) =
        (Range::full(bits).unsigned().1, Range::full(bits).signed().0, Range::full(bits).signed().1);
    let signed = |a: i64, b: i64| Range::between(bits, a as u64, b as u64);
    Some(match cc {
        IntCC::Equal => b,
        IntCC::NotEqual => b.single().map_or(Range::full(bits), |value| Range::without(bits, value)),
        IntCC::UnsignedLessThan => {
            let last = max.checked_sub(1)?;
            Range::between(bits, 0, mutant!("trim: a comparison off by one", last, last.saturating_sub(1)))
        }
        IntCC::UnsignedLessThanOrEqual => Range::between(bits, 0, max),
        IntCC::UnsignedGreaterThan if min == highest => return None,
        IntCC::UnsignedGreaterThan => Range::between(bits, min + 1, highest),
        IntCC::UnsignedGreaterThanOrEqual => Range::between(bits, min, highest),
        IntCC::SignedLessThan if most == lowest_signed => return None,
        IntCC::SignedLessThan => signed(lowest_signed, most - 1),
        IntCC::SignedLessThanOrEqual => signed(lowest_signed, most),
        IntCC::SignedGreaterThan if least == highest_signed => return None,
        IntCC::SignedGreaterThan => signed(least + 1, highest_signed),
        IntCC::SignedGreaterThanOrEqual => signed(least, highest_signed),
    })
}
