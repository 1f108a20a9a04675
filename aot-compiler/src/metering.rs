//! Where metered code pays fuel, and how much: exactly as wasmi 2.0 with its default costs, so that a module uses up the
//! same on every engine.
//!
//! An operator costs 1; those that only structure code cost nothing ([`cost`]). A frame of control pays on entry for all
//! operators in it, reachable or not, and 1 for itself: the function, each turn of a loop, and each arm of an `if`. A
//! `block` has no account of its own, its operators are on that of the frame around it. Bulk operations pay by length on
//! top, when they run: that is the translation's work.
//!
//! An `if` whose condition is known while compiling has no account either, so this follows what wasmi knows then: a run
//! over the operators with an operand stack of constants, folded by wasmi's own functions. Sources: wasmi 2.0,
//! `engine/costs.rs`, `engine/translator/func/{visit,mod}.rs`.

mod fold;

use crate::error::Result;
use crate::module::{Constant, FuncIndex, FuncType, GlobalIndex, GlobalOrigin, Module};
use crate::translate::{Access, memory_access};
use fold::{Numeric, numeric};
use std::collections::HashMap;
use wasmparser::{BlockType, FunctionBody, Operator};

/// What a function pays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// On entry.
    pub entry: u32,
    /// By the offset of an operator in the .wasm file.
    pub charges: HashMap<u64, Charge>,
}

/// A payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charge {
    /// Units of fuel.
    pub amount: u32,
    /// Where it is due.
    pub due: Due,
}

/// Where a payment is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// In what the operator begins: each turn of a `loop`, the arm behind `if` or `else`, the arm that an `end` without
    /// `else` stands for.
    Inside,
    /// Before an `else`, by the arm that ends there: the other one is known to be dead, and wasmi does not jump over the
    /// account that it has opened for it.
    Before,
}

/// What an operator costs.
fn cost(operator: &Operator<'_>) -> u32 {
    use Operator as O;
    match operator {
        O::Nop | O::Drop | O::Block { .. } | O::Loop { .. } | O::Unreachable | O::Return | O::Else | O::End => 0,
        _ => 1,
    }
}

/// What the frame of control pays for itself.
const FRAME: u32 = 1;

/// Says what a function of type `ty` pays.
///
/// # Errors
/// Those of reading its body.
pub fn plan(module: &Module<'_>, ty: &FuncType, body: &FunctionBody<'_>) -> Result<Plan> {
    let mut run =
        Run { module, reachable: true, stack: Vec::new(), frames: Vec::new(), accounts: Vec::new(), account: 0 };
    run.open(None, Due::Inside);
    run.push(Kind::Block, 0, ty.results.len());
    let mut operators = body.get_operators_reader()?;
    while !operators.eof() {
        let (operator, offset) = operators.read_with_offset()?;
        run.accounts[run.account].amount += cost(&operator);
        run.step(&operator, offset)?;
    }
    let mut plan = Plan::default();
    for Account { at, amount, due } in run.accounts {
        match at {
            Some(offset) => drop(plan.charges.insert(offset, Charge { amount, due })),
            None => plan.entry = amount,
        }
    }
    Ok(plan)
}

struct Account {
    /// Offset of the operator, `None` for the function.
    at: Option<u64>,
    amount: u32,
    due: Due,
}

/// What is known of the condition of an `if`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Arms {
    Both,
    OnlyThen,
    OnlyElse,
}

#[derive(Clone)]
enum Kind {
    /// Also the function.
    Block,
    Loop,
    /// With the parameters, from which the other arm starts, too.
    If(Arms, Vec<Known>),
    Else {
        arms: Arms,
        then_ends: bool,
    },
    /// Opened in dead code.
    Dead,
}

struct Frame {
    kind: Kind,
    account: usize,
    height: usize,
    results: usize,
    branched: bool,
}

/// Bits of a value, if it is a constant.
type Known = Option<u64>;

struct Run<'m> {
    module: &'m Module<'m>,
    reachable: bool,
    stack: Vec<Known>,
    frames: Vec<Frame>,
    accounts: Vec<Account>,
    /// The one that operators are on.
    account: usize,
}

impl Run<'_> {
    fn open(&mut self, at: Option<u64>, due: Due) {
        self.account = self.accounts.len();
        self.accounts.push(Account { at, amount: FRAME, due });
    }

    fn push(&mut self, kind: Kind, params: usize, results: usize) {
        let height = self.stack.len().saturating_sub(params);
        self.frames.push(Frame { kind, account: self.account, height, results, branched: false });
    }

    fn pop(&mut self) -> Known {
        self.stack.pop().flatten()
    }

    /// Takes `inputs` values and gives `outputs` of which nothing is known.
    fn opaque(&mut self, inputs: usize, outputs: usize) {
        self.stack.truncate(self.stack.len().saturating_sub(inputs));
        self.stack.resize(self.stack.len() + outputs, None);
    }

    fn step(&mut self, operator: &Operator<'_>, at: u64) -> Result<()> {
        use Operator as O;
        match operator {
            O::Block { .. } | O::Loop { .. } | O::If { .. } if !self.reachable => self.push(Kind::Dead, 0, 0),
            O::Else => self.otherwise(at),
            O::End => self.end(at),
            _ if !self.reachable => {}
            O::Block { blockty } => {
                let (params, results) = self.arity(*blockty);
                self.push(Kind::Block, params, results);
            }
            O::Loop { blockty } => {
                let (params, results) = self.arity(*blockty);
                self.open(Some(at), Due::Inside);
                self.opaque(params, params);
                self.push(Kind::Loop, params, results);
            }
            O::If { blockty } => self.begin_if(*blockty, at),
            O::Br { relative_depth } => self.br(*relative_depth),
            O::BrIf { relative_depth } => match self.pop().map(|condition| condition as u32) {
                Some(0) => {}
                Some(_) => self.br(*relative_depth),
                None => self.frame(*relative_depth).branched = true,
            },
            O::BrTable { targets } => self.br_table(targets)?,
            O::Return | O::Unreachable | O::ReturnCall { .. } | O::ReturnCallIndirect { .. } => self.reachable = false,
            operator => self.plain(operator),
        }
        Ok(())
    }

    fn arity(&self, ty: BlockType) -> (usize, usize) {
        match ty {
            BlockType::Empty => (0, 0),
            BlockType::Type(_) => (0, 1),
            BlockType::FuncType(index) => self.arity_of(index),
        }
    }

    fn arity_of(&self, type_index: u32) -> (usize, usize) {
        let ty = &self.module.types[self.module.type_id(type_index)];
        (ty.params.len(), ty.results.len())
    }

    fn begin_if(&mut self, ty: BlockType, at: u64) {
        let condition = self.pop();
        let (params, results) = self.arity(ty);
        let arms = match condition.map(|condition| condition as u32) {
            Some(0) => Arms::OnlyElse,
            Some(_) => Arms::OnlyThen,
            None => Arms::Both,
        };
        if arms == Arms::Both {
            self.open(Some(at), Due::Inside);
        }
        self.reachable = arms != Arms::OnlyElse;
        let inputs = self.stack[self.stack.len().saturating_sub(params)..].to_vec();
        self.push(Kind::If(arms, inputs), params, results);
    }

    fn otherwise(&mut self, at: u64) {
        let Some(frame) = self.frames.last() else { return };
        let Kind::If(arms, inputs) = frame.kind.clone() else { return };
        let then_ends = self.reachable;
        if arms == Arms::Both && then_ends {
            self.frame(0).branched = true;
        }
        self.open(Some(at), if arms == Arms::OnlyThen { Due::Before } else { Due::Inside });
        self.reachable = arms != Arms::OnlyThen;
        let account = self.account;
        let frame = self.frame(0);
        frame.kind = Kind::Else { arms, then_ends };
        frame.account = account;
        let height = frame.height;
        if arms == Arms::Both {
            self.stack.truncate(height);
            self.stack.extend(inputs);
        }
    }

    fn end(&mut self, at: u64) {
        let Some(frame) = self.frames.pop() else { return };
        let account = match frame.kind {
            Kind::Block | Kind::Dead => None,
            _ => self.frames.last().map(|outer| outer.account),
        };
        self.account = account.unwrap_or(self.account);
        let merged = match &frame.kind {
            Kind::Loop | Kind::Dead => return,
            Kind::If(Arms::Both, _) => {
                if frame.results > 0 {
                    self.accounts.push(Account { at: Some(at), amount: FRAME, due: Due::Inside });
                }
                self.reachable = true;
                true
            }
            Kind::Else { arms: Arms::Both, then_ends } => {
                self.reachable |= *then_ends || frame.branched;
                true
            }
            Kind::Block => self.joined(self.reachable, &frame),
            Kind::If(Arms::OnlyThen, _) => self.joined(self.reachable, &frame),
            Kind::If(Arms::OnlyElse, _) => self.joined(true, &frame),
            Kind::Else { arms: Arms::OnlyThen, then_ends } => self.joined(*then_ends, &frame),
            Kind::Else { arms: Arms::OnlyElse, .. } => self.joined(self.reachable, &frame),
        };
        if merged {
            self.stack.truncate(frame.height);
            self.stack.resize(frame.height + frame.results, None);
        }
    }

    /// Behind a frame that is entered from above alone. Whether values come from more than one place.
    fn joined(&mut self, end_reachable: bool, frame: &Frame) -> bool {
        self.reachable = end_reachable || frame.branched;
        frame.branched
    }

    fn frame(&mut self, depth: u32) -> &mut Frame {
        let last = self.frames.len() - 1;
        &mut self.frames[last - depth as usize]
    }

    fn br(&mut self, depth: u32) {
        // To wasmi a branch out of the function is a return.
        if depth as usize + 1 < self.frames.len() {
            self.frame(depth).branched = true;
        }
        self.reachable = false;
    }

    fn br_table(&mut self, table: &wasmparser::BrTable<'_>) -> Result<()> {
        let index = self.pop();
        let depths = table.targets().collect::<wasmparser::Result<Vec<u32>>>()?;
        let default = table.default();
        if let Some(index) = index {
            self.br(depths.get(index as u32 as usize).copied().unwrap_or(default));
        } else if depths.iter().all(|depth| *depth == default) {
            self.br(default);
        } else {
            depths.into_iter().chain([default]).for_each(|depth| self.frame(depth).branched = true);
            self.reachable = false;
        }
        Ok(())
    }

    /// Operators that do not steer.
    fn plain(&mut self, operator: &Operator<'_>) {
        use Operator as O;
        if let Some(numeric) = numeric(operator) {
            return self.numeric(operator, numeric);
        }
        if let Some(access) = memory_access(operator) {
            return self.access(&access);
        }
        match *operator {
            O::I32Const { value } => self.stack.push(Some(u64::from(value as u32))),
            O::I64Const { value } => self.stack.push(Some(value as u64)),
            O::F32Const { value } => self.stack.push(Some(value.bits().into())),
            O::F64Const { value } => self.stack.push(Some(value.bits())),
            O::RefNull { .. } => self.stack.push(Some(0)),
            O::RefIsNull => {
                let reference = self.pop();
                self.stack.push(reference.map(|bits| u64::from(bits == 0)));
            }
            O::GlobalGet { global_index } => {
                let constant = match &self.module.globals[GlobalIndex::from_u32(global_index)] {
                    global if global.mutable => None,
                    global => match &global.origin {
                        GlobalOrigin::Own(Constant::Known(bits)) => Some(*bits),
                        _ => None,
                    },
                };
                self.stack.push(constant);
            }
            O::Select | O::TypedSelect { .. } => {
                self.pop();
                let (b, a) = (self.pop(), self.pop());
                // A known condition has the value copied, which then is no constant to wasmi any more.
                self.stack.push(a.filter(|_| a == b));
            }
            O::LocalTee { .. } | O::Nop | O::DataDrop { .. } | O::ElemDrop { .. } => {}
            O::LocalGet { .. } | O::MemorySize { .. } | O::TableSize { .. } | O::RefFunc { .. } => self.opaque(0, 1),
            O::Drop | O::LocalSet { .. } | O::GlobalSet { .. } => self.opaque(1, 0),
            O::MemoryGrow { .. } | O::TableGet { .. } => self.opaque(1, 1),
            O::TableSet { .. } => self.opaque(2, 0),
            O::TableGrow { .. } => self.opaque(2, 1),
            O::MemoryCopy { .. } | O::MemoryFill { .. } | O::MemoryInit { .. } => self.opaque(3, 0),
            O::TableCopy { .. } | O::TableFill { .. } | O::TableInit { .. } => self.opaque(3, 0),
            O::Call { function_index } => {
                let ty = &self.module.types[self.module.functions[FuncIndex::from_u32(function_index)].ty];
                self.opaque(ty.params.len(), ty.results.len());
            }
            O::CallIndirect { type_index, .. } => {
                let (params, results) = self.arity_of(type_index);
                self.opaque(1 + params, results);
            }
            _ => unreachable!("parsing refuses operators without a translation"),
        }
    }

    fn numeric(&mut self, operator: &Operator<'_>, numeric: Numeric) {
        let folded = match numeric {
            Numeric::Unary(fold) => self.pop().map(fold),
            Numeric::Binary(fold) => {
                let (b, a) = (self.pop(), self.pop());
                match (a, b) {
                    (Some(a), Some(b)) => Some(fold(a, b)),
                    (None, Some(0)) if fold::divides(operator) => Some(None),
                    _ => None,
                }
            }
        };
        match folded {
            Some(Some(bits)) => self.stack.push(Some(bits)),
            // It always traps.
            Some(None) => self.reachable = false,
            None => self.stack.push(None),
        }
    }

    /// A load or store: one at a known address that the memory can never have always traps.
    fn access(&mut self, access: &Access) {
        if access.stores {
            self.pop();
        }
        if let Some(address) = self.pop() {
            let declared = self.module.memories[access.memory].pages();
            let most = declared.max.map_or(u64::MAX, |pages| u64::from(pages) << declared.log2);
            if u64::from(address as u32) + access.offset > most.min(u32::MAX.into()) {
                self.reachable = false;
                return;
            }
        }
        if !access.stores {
            self.stack.push(None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the first function pays: on entry, and then in the order of the operators.
    fn charges(text: &str) -> (u32, Vec<(u32, Due)>) {
        let wasm = wat::parse_str(text).unwrap();
        let module = crate::parse::parse(&wasm, Default::default()).unwrap();
        let (index, body) = module.bodies().next().unwrap();
        let plan = plan(&module, module.signature(index), &body.reader).unwrap();
        let mut charges: Vec<_> = plan.charges.into_iter().collect();
        charges.sort_by_key(|(offset, _)| *offset);
        (plan.entry, charges.into_iter().map(|(_, charge)| (charge.amount, charge.due)).collect())
    }

    #[test]
    fn an_operator_is_on_the_account_of_the_frame_around_it() {
        let text = "(module (func (param i32) (result i32) (block (nop) (local.get 0) (drop)) (local.get 0)))";
        assert_eq!(charges(text), (1 + 2, vec![]));
        let text = "(module (func (param i32) (loop (br_if 0 (local.get 0))) (local.set 0 (i32.const 1))))";
        assert_eq!(charges(text), (1 + 2, vec![(1 + 2, Due::Inside)]));
        let text = "(module (func (param i32) (if (local.get 0) (then (nop)) (else (local.set 0 (i32.const 1))))))";
        assert_eq!(charges(text), (1 + 2, vec![(1, Due::Inside), (1 + 2, Due::Inside)]));
    }

    #[test]
    fn dead_operators_are_paid_for() {
        let text = "(module (func (return) (drop (i32.const 1)) (loop (drop (i32.const 2)))))";
        assert_eq!(charges(text), (1 + 2, vec![]));
        // A division by a constant 0 always traps.
        let text = "(module (func (param i32) (drop (i32.div_u (local.get 0) (i32.const 0))) (loop (br 0))))";
        assert_eq!(charges(text), (1 + 4, vec![]));
    }

    #[test]
    fn a_known_condition_opens_no_account() {
        let text = |condition: &str, otherwise: &str| {
            format!("(module (func (if {condition} (then (drop (i32.const 1))) {otherwise})))")
        };
        let known = "(i32.eqz (i32.sub (i32.const 3) (i32.const 3)))";
        assert_eq!(charges(&text(known, "")), (1 + 4 + 1 + 1, vec![]));
        assert_eq!(charges(&text(known, "(else (drop (i32.const 1)))")), (1 + 4 + 1 + 1, vec![(2, Due::Before)]));
        assert_eq!(charges(&text("(i32.const 0)", "(else (nop))")), (1 + 1 + 1 + 1, vec![(1, Due::Inside)]));
        let selected = "(select (i32.const 1) (i32.const 0) (i32.const 1))";
        assert_eq!(charges(&text(selected, "")), (1 + 4 + 1, vec![(1 + 1, Due::Inside)]));
    }

    #[test]
    fn an_arm_that_only_passes_values_on_is_one_too() {
        let text = "(module (func (param i32) (result i32)
            (local.get 0) (local.get 0) (if (param i32) (result i32) (then (i32.clz)))))";
        assert_eq!(charges(text), (1 + 3, vec![(1 + 1, Due::Inside), (1, Due::Inside)]));
    }
}
