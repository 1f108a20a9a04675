//! Allocated machine code to bytes: frame, block order, branch forms, cold trap sites.

mod frame;
mod sink;

pub use frame::Frame;
pub use sink::{Label, Reloc, Sink, Site, SiteKind, Unwind};

use crate::error::Error;
use crate::isa::{Callee, Isa32};
use crate::marks::mutant;
use crate::vcode::{Op, VCode, VInst};
use regalloc2::{Allocation, Block, Edit, Inst, InstOrEdit, Output, RegClass};
use sandgrain_abi::{HelperGroups, Target, TrapKind};

/// Most rounds of branch growth; each grows at least one branch, real functions need a handful.
const MAX_ROUNDS: usize = 1000;

/// One compiled function, before it is placed.
#[derive(Debug, Clone, Default)]
pub struct FunctionCode {
    pub bytes: Vec<u8>,
    pub relocs: Vec<Reloc>,
    /// By rising `return_offset`.
    pub sites: Vec<Site>,
    /// Stack in bytes that a call takes: from sp on entry down to sp in the body.
    pub frame_bytes: u32,
    /// Stack arguments in bytes, which the function pops.
    pub incoming_bytes: u32,
    /// Whether it calls nothing, helpers included, and leaves no room for more stack arguments than its own.
    pub is_leaf: bool,
    /// Byte offset of the body in the .wasm.
    pub wasm_offset: u32,
    /// Groups of the helpers that it calls.
    pub helpers: HelperGroups,
    /// Moves and spills that register allocation added.
    pub moves: usize,
}

/// Emits a function, without a check of the stack.
///
/// # Errors
/// A limit of the target by name: a frame too large for its addressing, or a branch out of reach in every form.
pub fn emit<I: Isa32>(vcode: &VCode<I>, allocated: &Output, target: Target) -> Result<FunctionCode, Error> {
    let frame = Frame::of(vcode, allocated, target);
    let limit = I::MAX_FRAME;
    if frame.size + frame.incoming > limit {
        let need = frame.size + frame.incoming;
        return Err(Error::limit(
            format!("a function with a stack frame of {need} bytes"),
            Some(vcode.wasm_offset.into()),
            format!("{limit} bytes for {}", target.name()),
        ));
    }
    let threaded = thread_jumps(vcode, allocated);
    let mut forms = Vec::new();
    for _ in 0..MAX_ROUNDS {
        let mut round = Round::new(vcode, allocated, &frame, &threaded, forms);
        round.function();
        match round.sink.resolve::<I>() {
            Ok(code) => {
                return Ok(FunctionCode {
                    bytes: code.bytes,
                    relocs: code.relocs,
                    sites: code.sites,
                    frame_bytes: frame.size,
                    incoming_bytes: frame.incoming,
                    is_leaf: frame.is_leaf,
                    wasm_offset: vcode.wasm_offset,
                    moves: allocated.edits.len(),
                    helpers: helper_groups(vcode),
                });
            }
            Err(grown) if grown.iter().any(|form| *form > I::MAX_FORM) => break,
            Err(grown) => forms = grown,
        }
    }
    Err(Error::limit(
        format!("a function that needs branches across {} instructions", vcode.insts.len()),
        Some(vcode.wasm_offset.into()),
        format!("what a branch of {} reaches", target.name()),
    ))
}

/// Puts a check in front of a function that `below` bytes below sp are the stack's, and its trap site behind it.
///
/// # Errors
/// A limit of the target by name: the trap site is out of reach in every form.
pub fn with_stack_check<I: Isa32>(mut code: FunctionCode, below: u32, target: Target) -> Result<FunctionCode, Error> {
    let mut forms = Vec::new();
    while forms.iter().all(|form| *form <= I::MAX_FORM) {
        let mut sink = Sink::new(forms, 0);
        let overflow = sink.label();
        I::emit_stack_check(&mut sink, below, overflow);
        let start = sink.len() as u32;
        sink.put(&code.bytes);
        sink.bind(overflow);
        let reported = I::emit_trap_site(&mut sink, TrapKind::StackOverflow, false);
        let unwind = Unwind { link: 0, frame: reported + code.incoming_bytes };
        sink.site(SiteKind::Trap(TrapKind::StackOverflow), code.wasm_offset, unwind);
        match sink.resolve::<I>() {
            Ok(whole) => {
                let moved = code.relocs.into_iter().map(|reloc| Reloc { at: reloc.at + start, ..reloc });
                code.relocs = moved.chain(whole.relocs).collect();
                let moved = code.sites.into_iter().map(|s| Site { return_offset: s.return_offset + start, ..s });
                code.sites = moved.chain(whole.sites).collect();
                code.bytes = whole.bytes;
                return Ok(code);
            }
            Err(grown) => forms = grown,
        }
    }
    Err(Error::limit(
        format!("a function of {} bytes", code.bytes.len()),
        Some(code.wasm_offset.into()),
        format!("what a branch of {} reaches", target.name()),
    ))
}

fn helper_groups<I: Isa32>(vcode: &VCode<I>) -> HelperGroups {
    let groups = vcode.insts.iter().filter_map(|inst| match inst.op {
        Op::Call { callee: Callee::Helper(helper), .. } => Some(helper.group()),
        _ => None,
    });
    groups.fold(HelperGroups::default(), HelperGroups::union)
}

/// One round of emission with given branch forms.
struct Round<'a, I: Isa32> {
    vcode: &'a VCode<I>,
    allocated: &'a Output,
    frame: &'a Frame,
    sink: Sink,
    /// Trap sites to put behind the function: label, kind, wasm offset.
    cold: Vec<(Label, TrapKind, u32)>,
    /// See [`thread_jumps`].
    threaded: &'a [usize],
}

impl<'a, I: Isa32> Round<'a, I> {
    fn new(
        vcode: &'a VCode<I>,
        allocated: &'a Output,
        frame: &'a Frame,
        threaded: &'a [usize],
        forms: Vec<u8>,
    ) -> Self {
        Round { vcode, allocated, frame, sink: Sink::new(forms, vcode.blocks.len()), cold: Vec::new(), threaded }
    }

    fn function(&mut self) {
        I::emit_prologue(&mut self.sink, self.frame);
        let order: Vec<usize> = (0..self.vcode.blocks.len()).filter(|b| self.threaded[*b] == *b).collect();
        for (i, &block) in order.iter().enumerate() {
            let next = order.get(i + 1).copied();
            self.sink.bind(Sink::nth_label(block));
            for step in self.allocated.block_insts_and_edits(self.vcode, Block::new(block)) {
                match step {
                    InstOrEdit::Edit(Edit::Move { from, to }) => self.edit(*from, *to),
                    InstOrEdit::Inst(inst) => self.inst(block, next, inst),
                }
            }
        }
        for (label, kind, wasm_offset) in std::mem::take(&mut self.cold) {
            self.sink.bind(label);
            self.trap_site(kind, wasm_offset);
        }
    }

    fn trap_site(&mut self, kind: TrapKind, wasm_offset: u32) {
        let link = self.frame.link_offset::<I>(self.vcode.target);
        let reported = I::emit_trap_site(&mut self.sink, kind, link.is_some());
        let unwind = Unwind {
            link: link.map_or(0, |offset| reported + offset),
            frame: reported + self.frame.size + self.frame.incoming,
        };
        self.sink.site(SiteKind::Trap(kind), wasm_offset, unwind);
    }

    /// The bytes so far end with the call of a function that pops `stack_bytes`.
    fn call_site(&mut self, stack_bytes: u32, wasm_offset: u32) {
        let link = self.frame.link_offset::<I>(self.vcode.target).expect("what calls saves the link register");
        let unwind = Unwind { link, frame: self.frame.size + self.frame.incoming };
        self.sink.site(SiteKind::Call { stack_bytes }, wasm_offset, unwind);
    }

    fn edit(&mut self, from: Allocation, to: Allocation) {
        match (from.as_reg(), to.as_reg()) {
            (Some(from), Some(to)) => {
                I::emit_move(&mut self.sink, to.class(), to.hw_enc() as u8, from.hw_enc() as u8);
            }
            (Some(from), None) => {
                let slot = to.as_stack().expect("an allocation is a register or a slot").index();
                let offset = self.frame.spill_offset(slot);
                I::emit_store_sp(&mut self.sink, from.class(), from.hw_enc() as u8, offset);
            }
            (None, Some(to)) => {
                let slot = from.as_stack().expect("an allocation is a register or a slot").index();
                let offset = self.frame.spill_offset(slot);
                I::emit_load_sp(&mut self.sink, to.class(), to.hw_enc() as u8, offset);
            }
            (None, None) => unreachable!("regalloc2 moves between slots by way of the scratch register"),
        }
    }

    fn inst(&mut self, block: usize, next: Option<usize>, index: Inst) {
        let inst = &self.vcode.insts[index.index()];
        let regs = hardware_registers(inst, self.allocated.inst_allocs(index));
        match &inst.op {
            Op::Args => {}
            Op::LoadArg(word) => {
                I::emit_load_sp(&mut self.sink, RegClass::Int, regs[0], self.frame.incoming_offset(*word));
            }
            Op::StoreArg(word) => I::emit_store_sp(&mut self.sink, RegClass::Int, regs[0], word * 4),
            Op::StoreTailArg { word, stack_bytes } => {
                let offset = self.frame.tail_offset(*stack_bytes) + word * 4;
                I::emit_store_sp(&mut self.sink, RegClass::Int, regs[0], offset);
            }
            Op::Return => I::emit_return(&mut self.sink, self.frame),
            Op::TailCall { callee, stack_bytes } => {
                let target = matches!(callee, Callee::Register).then(|| regs[0]);
                I::emit_tail_call(&mut self.sink, self.frame, *callee, target, *stack_bytes);
            }
            Op::Jump => self.jump(self.successor(block, 0), next),
            Op::Branch(test) => {
                let (yes, no) = (self.successor(block, 0), self.successor(block, 1));
                if Some(yes) == next {
                    let opposite = mutant!("emit: branch not inverted", I::negate(*test), *test);
                    I::emit_branch(&mut self.sink, opposite, &regs, Sink::nth_label(no));
                } else {
                    I::emit_branch(&mut self.sink, *test, &regs, Sink::nth_label(yes));
                    self.jump(no, next);
                }
            }
            Op::JumpTable => {
                let labels: Vec<Label> = (0..self.vcode.blocks[block].succs.len())
                    .map(|s| Sink::nth_label(self.successor(block, s)))
                    .collect();
                I::emit_jump_table(&mut self.sink, &regs, &labels[1..], labels[0]);
            }
            Op::Call { callee, stack_bytes } => {
                let instance = I::registers(self.vcode.target).instance.hw_enc() as u8;
                let foreign = matches!(callee, Callee::Foreign);
                if foreign {
                    I::emit_move(&mut self.sink, RegClass::Int, instance, regs[1]);
                }
                let target = (foreign || matches!(callee, Callee::Register)).then(|| regs[0]);
                I::emit_call(&mut self.sink, *callee, target);
                if !matches!(callee, Callee::Helper(_)) {
                    self.call_site(*stack_bytes, inst.wasm_offset);
                }
                if *stack_bytes > mutant!("emit: sp not restored behind stack arguments", 0, u32::MAX) {
                    // The callee has popped its arguments; the frame stays where it was.
                    I::emit_adjust_sp(&mut self.sink, -(*stack_bytes as i32));
                }
                if foreign {
                    let offset = self.frame.instance_offset::<I>(self.vcode.target);
                    if mutant!("emit: instance register not restored", true, false) {
                        I::emit_load_sp(&mut self.sink, RegClass::Int, instance, offset);
                    }
                }
            }
            Op::TrapIf(test, kind) => {
                let label = self.trap_label(*kind, inst.wasm_offset);
                I::emit_branch(&mut self.sink, *test, &regs, label);
            }
            Op::Trap(kind) => {
                self.trap_site(*kind, inst.wasm_offset);
            }
            Op::Move => {
                if regs[0] != regs[1] {
                    I::emit_move(&mut self.sink, inst.operands[0].class(), regs[0], regs[1]);
                }
            }
            Op::Isa(op) => I::emit(&mut self.sink, op, &regs),
        }
    }

    fn jump(&mut self, to: usize, next: Option<usize>) {
        if Some(to) != next {
            I::emit_jump(&mut self.sink, Sink::nth_label(to));
        }
    }

    fn successor(&self, block: usize, index: usize) -> usize {
        self.threaded[self.vcode.blocks[block].succs[index].index()]
    }

    /// One cold site a kind and operator.
    fn trap_label(&mut self, kind: TrapKind, wasm_offset: u32) -> Label {
        if let Some((label, ..)) = self.cold.iter().rev().take(8).find(|(_, k, at)| {
            mutant!("emit: one trap site for every kind of an operator", *k == kind, true) && *at == wasm_offset
        }) {
            return *label;
        }
        let label = self.sink.label();
        self.cold.push((label, kind, wasm_offset));
        label
    }
}

/// Where each block leads that holds nothing but a jump; every other block leads to itself. A cycle of such blocks is an
/// endless loop: it stays, as its lowest block.
fn thread_jumps<I: Isa32>(vcode: &VCode<I>, allocated: &Output) -> Vec<usize> {
    let only_jumps = |block: usize| {
        let range = vcode.ranges[block];
        block != 0
            && range.len() == 1
            && matches!(vcode.insts[range.first().index()].op, Op::Jump)
            && allocated
                .block_insts_and_edits(vcode, Block::new(block))
                .all(|step| mutant!("emit: moves of a threaded edge lost", matches!(step, InstOrEdit::Inst(_)), true))
    };
    let mut ends: Vec<Option<usize>> = vec![None; vcode.blocks.len()];
    let mut path_of = vec![usize::MAX; vcode.blocks.len()];
    for start in 0..vcode.blocks.len() {
        let mut path = Vec::new();
        let mut block = start;
        let end = loop {
            if let Some(end) = ends[block] {
                break end;
            }
            if path_of[block] == start {
                let cycle = path.iter().skip_while(|b| **b != block);
                break *cycle.min().expect("the block is on the path");
            }
            path_of[block] = start;
            path.push(block);
            if !only_jumps(block) {
                break block;
            }
            block = vcode.blocks[block].succs[0].index();
        };
        for block in path {
            ends[block] = Some(end);
        }
    }
    ends.into_iter().map(|end| end.expect("every block has been a start")).collect()
}

/// Operand order; every operand is in a register, since no constraint allows a slot.
fn hardware_registers<I: Isa32>(inst: &VInst<I>, allocs: &[Allocation]) -> Vec<u8> {
    inst.operands
        .iter()
        .zip(allocs)
        .map(|(operand, alloc)| {
            let reg = operand.as_fixed_nonallocatable().or_else(|| alloc.as_reg());
            reg.expect("operands are constrained to registers").hw_enc() as u8
        })
        .collect()
}
