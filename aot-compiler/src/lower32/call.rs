//! Calls, arguments and results under ABI version 1.

use super::Lower;
use crate::isa::{Access, Address, Callee, Isa32, PairDef, Precision, RelocTarget};
use crate::marks::{mutant, rule};
use crate::vcode::{Op, Word};
use cranelift_codegen::ir::{self, ExternalName, GlobalValueData, InstructionData, Value};
use regalloc2::{Operand, PRegSet, VReg};
use sandgrain_abi::Helper;
use sandgrain_abi::layout::HEADER_SIZE_32;

/// Namespaces of external names in the CLIF that translation makes.
pub mod namespace {
    /// A function of the module's own, by index; the initialiser has the one behind all functions.
    pub const FUNCTION: u32 = 0;
    /// A helper, by [`sandgrain_abi::Helper`].
    pub const HELPER: u32 = 1;
    /// A constant table, by index.
    pub const TABLE: u32 = 2;
    /// The bytes of a data segment, by index.
    pub const SEGMENT: u32 = 3;
    /// The items of an element segment, by index.
    pub const ELEMENTS: u32 = 4;
}

/// A float register, and the words that it is made of.
type ReceivedFloat = (Precision, VReg, PairDef);

impl<I: Isa32> Lower<'_, I> {
    /// Defines the function's parameters; the first is the instance, which is pinned.
    pub(super) fn entry(&mut self, block: ir::Block) {
        let regs = I::registers(self.cx.target);
        let params: Vec<Value> = self.func.dfg.block_params(block)[1..].to_vec();
        let (words, floats) = self.passed_words(&params);
        let passed: Vec<(VReg, VReg)> =
            words.iter().take(regs.args.len()).map(|word| (self.pinned(*word), *word)).collect();
        let defs =
            passed.iter().zip(regs.args).map(|((pinned, _), reg)| Operand::reg_fixed_def(*pinned, *reg)).collect();
        self.cx.push_op(Op::Args, defs, PRegSet::empty());
        for (pinned, word) in passed {
            if pinned != word {
                self.cx.mov(word, pinned.into());
            }
        }
        for (i, word) in words.iter().enumerate().skip(regs.args.len()) {
            let index = (i - regs.args.len()) as u32;
            let index = mutant!("lower32: parameter from the next stack word", index, index + 1);
            rule!("lower32: parameter on the stack");
            self.cx.push_op(Op::LoadArg(index), vec![Operand::reg_def(*word)], PRegSet::empty());
        }
        self.receive_floats(&floats);
        self.incoming_bytes = self.stack_bytes(words.len());
    }

    /// The registers in which values arrive from a caller or callee, in order; and for each value that then moves on to
    /// a float register, that register and those words.
    fn passed_words(&mut self, values: &[Value]) -> (Vec<VReg>, Vec<ReceivedFloat>) {
        let (mut words, mut floats) = (Vec::new(), Vec::new());
        for &value in values {
            let (low, high) = match self.float_format(value) {
                None => self.pair(value),
                Some(precision) => {
                    let pair = self.fresh_pair();
                    floats.push((precision, self.float_reg(value), pair));
                    pair
                }
            };
            words.push(low);
            if super::is_wide(self.ty(value)) {
                words.push(high);
            }
        }
        (words, floats)
    }

    fn receive_floats(&mut self, floats: &[ReceivedFloat]) {
        for &(precision, dst, (low, high)) in floats {
            rule!("lower32: float received in words");
            I::float_from_words(&mut self.cx, precision, dst, (low.into(), high.into()));
        }
    }

    /// The virtual register that a fixed register meets a word in at entry or return. With loops it is one of its own:
    /// the allocator would give the fixed register to all that merges with the word, find it taken somewhere on the way,
    /// and move between two registers in every round.
    fn pinned(&mut self, word: VReg) -> VReg {
        if self.has_loops { self.cx.fresh() } else { word }
    }

    /// Size of the stack area for so many argument words.
    fn stack_bytes(&self, words: usize) -> u32 {
        let beyond = words.saturating_sub(I::registers(self.cx.target).args.len()) as u32;
        (beyond * 4).next_multiple_of(self.cx.target.stack_align())
    }

    /// Place of a result word beyond the registers, in the instance that the function runs in.
    fn result_address(&self, instance: Word, word: usize) -> Address {
        let beyond = (word - I::registers(self.cx.target).args.len()) as i32;
        Address { base: instance, index: None, offset: HEADER_SIZE_32 as i32 + beyond * 4 }
    }

    /// An address whose offset the back end takes.
    fn legal(&mut self, access: Access, address: Address) -> Address {
        if I::legal_offset(access, address.offset) {
            return address;
        }
        rule!("lower32: result far in the instance");
        let base = self.alu(crate::isa::Alu::Add, address.base, Word::Const(address.offset));
        Address { base, index: None, offset: 0 }
    }

    /// Operands for argument words in registers; the others are stored, each by an operation that `store` makes of its
    /// number beyond the registers.
    fn arguments(&mut self, args: &[Word], store: impl Fn(u32) -> Op<I>) -> Vec<Operand> {
        let regs = I::registers(self.cx.target);
        for (i, word) in args.iter().enumerate().skip(regs.args.len()) {
            rule!("lower32: argument on the stack");
            let operand = self.cx.operand(*word);
            self.cx.push_op(store((i - regs.args.len()) as u32), vec![operand], PRegSet::empty());
        }
        args.iter().zip(regs.args).map(|(word, reg)| Operand::reg_fixed_use(self.cx.reg(*word), *reg)).collect()
    }

    /// A call of words with words as results; `through` are the operands that the callee names.
    pub(super) fn call(&mut self, callee: Callee, through: &[Word], args: &[Word], results: &[VReg]) {
        let regs = I::registers(self.cx.target);
        let through: Vec<VReg> = through.iter().map(|word| self.cx.reg(*word)).collect();
        let mut operands: Vec<Operand> = through.iter().map(|reg| Operand::reg_use(*reg)).collect();
        operands.extend(self.arguments(args, Op::StoreArg));
        let mut clobbers = mutant!("lower32: calls keep every register", regs.caller_saved, PRegSet::empty());
        for (result, reg) in results.iter().zip(regs.args) {
            operands.push(Operand::reg_fixed_def(*result, *reg));
            clobbers.remove(*reg);
        }
        let stack_bytes = self.stack_bytes(args.len());
        self.outgoing_bytes = self.outgoing_bytes.max(stack_bytes);
        self.cx.push_op(Op::Call { callee, stack_bytes }, operands, clobbers);
        // The instance register is the own one again: a foreign callee's results are found by its instance's value.
        let instance = if callee == Callee::Foreign { through[1].into() } else { Word::Instance };
        for (i, result) in results.iter().enumerate().skip(regs.args.len()) {
            rule!("lower32: result through the instance");
            let place = self.result_address(instance, i);
            let place = self.legal(Access::W32, place);
            I::load(&mut self.cx, Access::W32, *result, place);
        }
    }

    pub(super) fn call_inst(&mut self, inst: ir::Inst) -> Option<()> {
        let (callee, through, args) = self.callee(inst)?;
        let (results, floats) = self.passed_words(self.func.dfg.inst_results(inst));
        self.call(callee, &through, &args, &results);
        self.receive_floats(&floats);
        Some(())
    }

    /// A call whose results are this function's own; in the same instance.
    pub(super) fn tail_call_inst(&mut self, inst: ir::Inst) -> Option<()> {
        let (callee, through, mut args) = self.callee(inst)?;
        if mutant!("lower32: arguments of a tail call the other way round", false, true) {
            args.reverse();
        }
        if !matches!(callee, Callee::Function(_) | Callee::Register) {
            return None;
        }
        rule!("lower32: tail call");
        let stack_bytes = self.stack_bytes(args.len());
        self.tail_bytes = self.tail_bytes.max(stack_bytes);
        let mut operands: Vec<Operand> = through.iter().map(|word| Operand::reg_use(self.cx.reg(*word))).collect();
        operands.extend(self.arguments(&args, |word| Op::StoreTailArg { word, stack_bytes }));
        self.cx.push_op(Op::TailCall { callee, stack_bytes }, operands, PRegSet::empty());
        Some(())
    }

    /// Whom a call calls, the operands that this needs, and the argument words.
    fn callee(&mut self, inst: ir::Inst) -> Option<(Callee, Vec<Word>, Vec<Word>)> {
        let dfg = &self.func.dfg;
        let (callee, through, args) = match &dfg.insts[inst] {
            InstructionData::Call { func_ref, args, .. } => {
                let ExternalName::User(name) = dfg.ext_funcs[*func_ref].name else { return None };
                let name = &self.func.params.user_named_funcs()[name];
                let args = args.as_slice(&dfg.value_lists);
                match name.namespace {
                    namespace::FUNCTION if Some(args[0]) == self.instance => {
                        rule!("lower32: call of an own function");
                        (Callee::Function(name.index), vec![], &args[1..])
                    }
                    namespace::HELPER => {
                        rule!("lower32: call of a helper");
                        let helper = Helper::ALL.get(name.index as usize)?;
                        (Callee::Helper(*helper), vec![], args)
                    }
                    _ => return None,
                }
            }
            InstructionData::CallIndirect { args, .. } => {
                let args = args.as_slice(&dfg.value_lists);
                let code = self.low(args[0]);
                if Some(args[1]) == self.instance {
                    rule!("lower32: call through a register");
                    (Callee::Register, vec![code], &args[2..])
                } else {
                    rule!("lower32: call into another instance");
                    (Callee::Foreign, vec![code, self.low(args[1])], &args[2..])
                }
            }
            _ => return None,
        };
        let words = args.iter().flat_map(|arg| self.words_of(*arg)).collect();
        Some((callee, through, words))
    }

    pub(super) fn return_inst(&mut self, values: &[Value]) {
        let regs = I::registers(self.cx.target);
        let mut words = Vec::new();
        for value in values {
            words.extend(self.words_of(*value));
        }
        for (i, word) in words.iter().enumerate().skip(regs.args.len()) {
            rule!("lower32: result returned through the instance");
            let place = self.result_address(Word::Instance, i);
            let place = self.legal(Access::W32, place);
            let word =
                mutant!("lower32: every result through the instance is the first one", *word, words[regs.args.len()]);
            I::store(&mut self.cx, Access::W32, word, place);
        }
        let mut operands = Vec::new();
        for (word, reg) in words.iter().zip(regs.args) {
            let pinned = match *word {
                Word::Reg(reg) => self.pinned(reg),
                _ => self.cx.fresh(),
            };
            if *word != Word::Reg(pinned) {
                self.cx.mov(pinned, *word);
            }
            operands.push(Operand::reg_fixed_use(pinned, *reg));
        }
        self.cx.push_op(Op::Return, operands, PRegSet::empty());
    }

    /// The address of a table or segment in the text.
    pub(super) fn symbol(&mut self, result: Value, global: ir::GlobalValue) -> Option<()> {
        let GlobalValueData::Symbol { name: ExternalName::User(name), .. } = &self.func.global_values[global] else {
            return None;
        };
        let name = &self.func.params.user_named_funcs()[*name];
        let target = match name.namespace {
            namespace::TABLE => rule!("lower32: address of a table", RelocTarget::Table(name.index)),
            namespace::SEGMENT => rule!("lower32: address of a data segment", RelocTarget::Segment(name.index)),
            namespace::ELEMENTS => rule!("lower32: address of an element segment", RelocTarget::Elements(name.index)),
            _ => return None,
        };
        let dst = self.pair(result).0;
        I::text_address(&mut self.cx, dst, target);
        Some(())
    }
}
