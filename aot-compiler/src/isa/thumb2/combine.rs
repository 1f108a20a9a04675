//! Pairs of instructions that Thumb-2 has one for, found before registers are allocated.
//!
//! | first, used once | second | becomes |
//! |---|---|---|
//! | shift by a constant | `add`, `cmp` … | the same with a shifted operand |
//! | `mul` | `add`, `sub` | `mla`, `mls` |
//! | `and` | comparison with zero | `tst` |
//! | `add` | load, store | base and index |
//!
//! A branch on whether a counter equals a constant, beside the counter's next value, is one on that next value: the two
//! need not live side by side. (The mid-end had it the other way round.)
//!
//! And a branch on whether a result is zero reads the flags of the instruction that computes it, which moves in front
//! of the branch for that. Between those two the allocator can put nothing but moves, and moves keep the flags.

use super::Thumb2;
use super::encode::{self as enc, Cond, ShiftOp};
use super::inst::{Compare, Mode, Op, Src, Test};
use super::inst_vfp::FloatOp;
use crate::marks::{mutant, rule};
use crate::vcode::{self, VCode, VInst};
use regalloc2::{InstRange, Operand, OperandConstraint, OperandKind};

/// Most instructions between two that become one where that keeps one more value alive in between.
const NEAR: usize = 8;

/// Combines what can be combined, in one pass over each block.
pub fn combine(vcode: &mut VCode<Thumb2>) {
    let mut combiner = Combiner::new(vcode);
    for block in 0..combiner.vcode.blocks.len() {
        let range = combiner.vcode.ranges[block];
        for inst in range.iter() {
            combiner.inst(range, inst.index());
        }
        combiner.branch_on_next_value(range);
        combiner.branch_on_flags(range);
    }
}

struct Combiner<'a> {
    vcode: &'a mut VCode<Thumb2>,
    /// How often each virtual register is read.
    uses: Vec<u32>,
    /// Instruction that writes each virtual register.
    defs: Vec<Option<usize>>,
}

impl<'a> Combiner<'a> {
    fn new(vcode: &'a mut VCode<Thumb2>) -> Self {
        let (mut uses, mut defs) = (vec![0; vcode.vregs], vec![None; vcode.vregs]);
        for (index, inst) in vcode.insts.iter().enumerate() {
            for operand in inst.operands.iter().filter(|o| o.as_fixed_nonallocatable().is_none()) {
                match operand.kind() {
                    OperandKind::Use => uses[operand.vreg().vreg()] += 1,
                    OperandKind::Def => defs[operand.vreg().vreg()] = Some(index),
                }
            }
        }
        for arg in vcode.blocks.iter().flat_map(|block| &block.args).flatten() {
            uses[arg.vreg()] += 1;
        }
        Combiner { vcode, uses, defs }
    }

    /// The instruction that makes an operand, if it is in the same block, before `at`, and this is its only use.
    fn source(&self, range: InstRange, at: usize, operand: Operand) -> Option<(usize, Op)> {
        if operand.as_fixed_nonallocatable().is_some() || operand.constraint() != OperandConstraint::Reg {
            return None;
        }
        let vreg = operand.vreg().vreg();
        let def = self.defs[vreg].filter(|def| (range.first().index()..at).contains(def) && self.uses[vreg] == 1)?;
        match self.vcode.insts[def].op {
            vcode::Op::Isa(op) => Some((def, op)),
            _ => None,
        }
    }

    /// Whether nothing much happens between two instructions.
    fn near(&self, first: usize, second: usize) -> bool {
        let between = &self.vcode.insts[first..second];
        between.len() <= NEAR && !between.iter().any(|inst| matches!(inst.op, vcode::Op::Call { .. }))
    }

    /// What `inst` reads; results come first.
    fn sources(&self, inst: usize) -> Vec<Operand> {
        let operands = &self.vcode.insts[inst].operands;
        operands.iter().copied().filter(|o| o.kind() == OperandKind::Use).collect()
    }

    /// Replaces `at`, whose operand the instruction `merged` was the source of.
    fn replace(&mut self, at: usize, merged: usize, op: Op, operands: Vec<Operand>) {
        let inst = &mut self.vcode.insts[at];
        (inst.op, inst.operands) = (vcode::Op::Isa(op), operands);
        self.remove(merged);
    }

    fn remove(&mut self, inst: usize) {
        let inst = &mut self.vcode.insts[inst];
        (inst.op, inst.operands) = (vcode::Op::Isa(Op::Nothing), Vec::new());
    }

    fn inst(&mut self, range: InstRange, at: usize) {
        match self.vcode.insts[at].op {
            vcode::Op::Isa(Op::Alu(alu, Src::REG)) => self.arithmetic(range, at, alu),
            vcode::Op::Isa(Op::Mem(access, Mode::Offset(0))) => self.indexed(range, at, access),
            vcode::Op::Isa(Op::Set(test)) => self.test(range, at, test, 1),
            vcode::Op::Isa(Op::Select { test, .. }) => self.test(range, at, test, 1),
            vcode::Op::Isa(Op::Float(FloatOp::Select(test) | FloatOp::SelectByMove(test), _)) => {
                self.test(range, at, test, 1);
            }
            vcode::Op::Branch(test) | vcode::Op::TrapIf(test, _) => self.test(range, at, test, 0),
            _ => {}
        }
    }

    fn arithmetic(&mut self, range: InstRange, at: usize, alu: enc::Alu) {
        if !self.multiply_accumulate(range, at, alu) {
            self.shifted_operand(range, at, alu);
        }
    }

    /// `mul` then `add` or `sub`.
    fn multiply_accumulate(&mut self, range: InstRange, at: usize, alu: enc::Alu) -> bool {
        let operands = self.vcode.insts[at].operands.clone();
        let [d, n, m] = operands[..] else { return false };
        let choices: &[(Operand, Operand, Op)] = match alu {
            enc::Alu::Add => &[(m, n, Op::Mla), (n, m, Op::Mla)],
            enc::Alu::Sub => &[(m, n, Op::Mls)],
            _ => return false,
        };
        for &(product, other, op) in choices {
            if let Some((merged, Op::Mul)) = self.source(range, at, product)
                && self.near(merged, at)
            {
                match op {
                    Op::Mla => rule!("thumb2: mul and add as mla"),
                    Op::Mls => rule!("thumb2: mul and sub as mls"),
                    _ => {}
                }
                let factors = self.sources(merged);
                let op = mutant!("thumb2: mls as mla", op, Op::Mla);
                self.replace(at, merged, op, vec![d, factors[0], factors[1], other]);
                return true;
            }
        }
        false
    }

    /// A shift, then an operation that shifts its second operand for nothing.
    fn shifted_operand(&mut self, range: InstRange, at: usize, alu: enc::Alu) {
        let operands = self.vcode.insts[at].operands.clone();
        let [d, n, m] = operands[..] else { return };
        let exchanged = match alu {
            enc::Alu::Sub => Some(enc::Alu::Rsb),
            alu if alu.commutes() => Some(alu),
            _ => None,
        };
        for (shifted, other, alu) in [(m, n, Some(alu)), (n, m, exchanged)] {
            if let (Some(alu), Some((merged, Op::Shift(shift)))) = (alu, self.source(range, at, shifted)) {
                rule!("thumb2: shifted operand of arithmetic");
                let from = self.sources(merged)[0];
                return self.replace(at, merged, Op::Alu(alu, Src::Reg(shift)), vec![d, other, from]);
            }
        }
    }

    /// An addition, then an access at the sum.
    fn indexed(&mut self, range: InstRange, at: usize, access: super::encode_mem::Mem) {
        let [value, base] = self.vcode.insts[at].operands[..] else { return };
        if let Some((merged, Op::Alu(enc::Alu::Add, Src::Reg(shift)))) = self.source(range, at, base)
            && shift.op() == ShiftOp::Lsl
            && shift.amount() <= 3
            && self.near(merged, at)
        {
            rule!("thumb2: addition and access as base and index");
            let terms = self.sources(merged);
            let op = Op::Mem(access, Mode::Index(shift.amount()));
            self.replace(at, merged, op, vec![value, terms[0], terms[1]]);
        }
    }

    /// The instruction that makes an operand of a comparison; the operands of the comparison start at `first`.
    fn test(&mut self, range: InstRange, at: usize, test: Test, first: usize) {
        let operands = self.vcode.insts[at].operands.clone();
        let end = first + test.compare.operands();
        let (compare, merged, compared) = match test.compare {
            Compare::Word(enc::Test::Cmp, Src::Imm(0)) if matches!(test.cond, Cond::Eq | Cond::Ne) => {
                match self.source(range, at, operands[first]) {
                    Some((merged, Op::Alu(enc::Alu::And, src))) if self.near(merged, at) => {
                        rule!("thumb2: and compared with zero as tst");
                        (Compare::Word(enc::Test::Tst, src), merged, self.sources(merged))
                    }
                    _ => return,
                }
            }
            Compare::Word(op, Src::REG) => match self.source(range, at, operands[first + 1]) {
                Some((merged, Op::Shift(shift))) => {
                    rule!("thumb2: shifted operand of a comparison");
                    let from = self.sources(merged)[0];
                    (Compare::Word(op, Src::Reg(shift)), merged, vec![operands[first], from])
                }
                _ => return,
            },
            _ => return,
        };
        let mut changed: Vec<Operand> = operands[..first].to_vec();
        changed.extend(&compared);
        changed.extend(&operands[end..]);
        if let Some(OperandConstraint::Reuse(index)) = operands.first().map(|o| o.constraint()) {
            // The reused operand is behind those of the comparison.
            changed[0] = Operand::reg_reuse_def(operands[0].vreg(), index + first + compared.len() - end);
        }
        let inst = &mut self.vcode.insts[at];
        inst.operands = changed;
        set_test(inst, Test { compare, ..test });
        self.remove(merged);
    }

    /// `i == c` beside `i + k` becomes `i + k == c + k`.
    fn branch_on_next_value(&mut self, range: InstRange) {
        let at = range.last().index();
        let vcode::Op::Branch(test) = self.vcode.insts[at].op else { return };
        let operands = &self.vcode.insts[at].operands;
        let constant = match test.compare {
            Compare::Word(enc::Test::Cmp, Src::Imm(imm)) => imm,
            Compare::Word(enc::Test::Cmn, Src::Imm(imm)) => imm.wrapping_neg(),
            Compare::Word(enc::Test::Cmp, Src::REG) => match self.constant(operands[1]) {
                Some(value) => value,
                None => return,
            },
            _ => return,
        };
        if !matches!(test.cond, Cond::Eq | Cond::Ne) || operands[0].as_fixed_nonallocatable().is_some() {
            return;
        }
        let counter = operands[0].vreg();
        let next = (range.first().index()..at).rev().find_map(|inst| {
            let step = match self.vcode.insts[inst].op {
                vcode::Op::Isa(Op::Alu(enc::Alu::Add, Src::Imm(imm))) => imm,
                vcode::Op::Isa(Op::Alu(enc::Alu::Sub, Src::Imm(imm))) => imm.wrapping_neg(),
                _ => return None,
            };
            let operands = &self.vcode.insts[inst].operands;
            is_use_of(operands[1], counter).then(|| (inst, step, operands[0].vreg()))
        });
        let Some((def, step, next)) = next else { return };
        let bound = mutant!("thumb2: counter compared with its old bound", constant.wrapping_add(step), constant);
        let Some(compare) = super::lower::compare_const(bound as i32) else { return };
        rule!("thumb2: branch on the next value of a counter");
        let branch = &mut self.vcode.insts[at];
        branch.operands = vec![Operand::reg_use(next)];
        set_test(branch, Test { compare, ..test });
        let reads = |inst: &VInst<Thumb2>| inst.operands.iter().any(|o| is_use_of(*o, next));
        if !self.vcode.insts[def + 1..at].iter().any(reads) {
            self.move_down(def, at);
        }
    }

    /// The value of an operand that is a constant in a register.
    fn constant(&self, operand: Operand) -> Option<u32> {
        if operand.as_fixed_nonallocatable().is_some() {
            return None;
        }
        match self.vcode.insts[self.defs[operand.vreg().vreg()]?].op {
            vcode::Op::Isa(Op::Const(value)) => Some(value as u32),
            _ => None,
        }
    }

    /// Moves an instruction just before another one of the block.
    fn move_down(&mut self, from: usize, before: usize) {
        self.vcode.insts[from..before].rotate_left(1);
        for inst in from..before {
            for operand in &self.vcode.insts[inst].operands {
                if operand.as_fixed_nonallocatable().is_none() && operand.kind() == OperandKind::Def {
                    self.defs[operand.vreg().vreg()] = Some(inst);
                }
            }
        }
    }

    /// The instruction whose result the block's branch compares with zero, moved in front of the branch.
    fn branch_on_flags(&mut self, range: InstRange) {
        let at = range.last().index();
        let vcode::Op::Branch(test) = self.vcode.insts[at].op else { return };
        if super::inst::zero_test(test).is_none() {
            return;
        }
        let operand = self.vcode.insts[at].operands[0];
        if operand.as_fixed_nonallocatable().is_some() {
            return;
        }
        let vreg = operand.vreg();
        let Some(def) = self.defs[vreg.vreg()].filter(|def| (range.first().index()..at).contains(def)) else { return };
        let vcode::Op::Isa(Op::Alu(alu, src)) = self.vcode.insts[def].op else { return };
        // Without flags `add` and `sub` take immediates that they do not take with flags.
        let settable = match src {
            Src::Imm(imm) => super::imms::ModImm::new(imm).is_some(),
            Src::Reg(_) => true,
        };
        let reads = |inst: &VInst<Thumb2>| inst.operands.iter().any(|o| is_use_of(*o, vreg));
        if !settable || self.vcode.insts[def + 1..at].iter().any(reads) {
            return;
        }
        rule!("thumb2: branch on the flags of arithmetic");
        self.vcode.insts[def].op = vcode::Op::Isa(Op::AluFlags(alu, src));
        self.move_down(def, at);
        let branch = &mut self.vcode.insts[at];
        branch.operands.clear();
        set_test(branch, Test { compare: Compare::Flags, ..test });
    }
}

fn is_use_of(operand: Operand, vreg: regalloc2::VReg) -> bool {
    operand.as_fixed_nonallocatable().is_none() && operand.kind() == OperandKind::Use && operand.vreg() == vreg
}

fn set_test(inst: &mut VInst<Thumb2>, new: Test) {
    match &mut inst.op {
        vcode::Op::Isa(
            Op::Set(test) | Op::Select { test, .. } | Op::Float(FloatOp::Select(test) | FloatOp::SelectByMove(test), _),
        )
        | vcode::Op::Branch(test)
        | vcode::Op::TrapIf(test, _) => {
            *test = new;
        }
        _ => unreachable!("the instruction has a test"),
    }
}
