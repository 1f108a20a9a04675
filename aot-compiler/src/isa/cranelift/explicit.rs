//! Makes explicit in CLIF what Cranelift would leave to signal handlers and to a linker:
//!
//! * a function that calls others compares sp with the limit first;
//! * a helper is called through the instance's table;
//! * a trap is a branch to a cold block that calls the stub for its kind, and a division's own checks come before it, so
//!   that its instruction never faults. Where the instance is pinned this is left to Cranelift, whose trap instructions
//!   become calls later ([`traps`](super::traps)).

use crate::lower32::namespace;
use crate::translate::trap_code;
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::types::{I32, I64};
use cranelift_codegen::ir::{
    AbiParam, Block, ExtFuncData, ExternalName, FuncRef, Function, Inst, InstBuilder, InstructionData, MemFlagsData,
    Opcode, Signature, TrapCode, UserExternalName, Value, ValueDef,
};
use cranelift_codegen::isa::CallConv;
use sandgrain_abi::layout::Field;
use sandgrain_abi::{Helper, HelperGroups, TrapKind};
use std::collections::HashMap;

/// Namespace of the artifact's trap stubs, by [`TrapKind`].
pub const TRAP_STUB: u32 = u32::MAX;

/// Bytes of a pointer.
pub const POINTER_BYTES: u32 = 8;

/// Ends a block that a trap stub has left for good; never executed.
pub fn unreachable() -> TrapCode {
    trap_code(TrapKind::Unreachable)
}

/// Rewrites `func`, whose instance is in the pinned register later or stays a parameter, and says helpers of which groups
/// it calls. Leaves the analyses out of date unless the instance is pinned.
pub fn run(func: &mut Function, instance: Value, pinned: bool) -> HelperGroups {
    let blocks: Vec<Block> = func.layout.blocks().collect();
    let insts: Vec<Inst> = blocks.iter().flat_map(|block| func.layout.block_insts(*block)).collect();
    let calls = insts.iter().any(|inst| func.dfg.insts[*inst].opcode().is_call() && helper(func, *inst).is_none());
    let mut pass = Pass { func, instance, pinned, stubs: HashMap::new(), helpers: HelperGroups(0) };
    // Splitting a block costs what lies behind the place: from last to first, that is what lies before the next one.
    for inst in insts.iter().rev() {
        pass.inst(*inst);
    }
    if let (true, Some(first)) = (calls, insts.first()) {
        pass.check_stack(*first);
    }
    pass.helpers
}

/// The helper that an instruction calls.
fn helper(func: &Function, inst: Inst) -> Option<Helper> {
    let InstructionData::Call { func_ref, .. } = func.dfg.insts[inst] else { return None };
    let ExternalName::User(name) = func.dfg.ext_funcs[func_ref].name else { return None };
    let UserExternalName { namespace, index } = func.params.user_named_funcs()[name];
    if namespace == namespace::HELPER { Helper::ALL.get(index as usize).copied() } else { None }
}

struct Pass<'f> {
    func: &'f mut Function,
    instance: Value,
    pinned: bool,
    stubs: HashMap<u8, FuncRef>,
    helpers: HelperGroups,
}

impl Pass<'_> {
    fn inst(&mut self, inst: Inst) {
        match self.func.dfg.insts[inst] {
            InstructionData::Call { opcode: Opcode::Call, func_ref, .. } => {
                if let Some(helper) = helper(self.func, inst) {
                    self.call_helper(inst, func_ref, helper);
                }
            }
            _ if self.pinned => {}
            InstructionData::Trap { opcode: Opcode::Trap, code } => {
                self.call_stub(inst, code);
                self.func.replace(inst).trap(unreachable());
            }
            InstructionData::CondTrap { opcode, arg, code } => {
                self.trap_before(inst, arg, opcode == Opcode::Trapnz, code);
                self.func.layout.remove_inst(inst);
            }
            InstructionData::Binary {
                opcode: opcode @ (Opcode::Sdiv | Opcode::Udiv | Opcode::Srem | Opcode::Urem),
                args: [dividend, divisor],
            } => self.check_division(inst, opcode, dividend, divisor),
            _ => {}
        }
    }

    /// Puts instructions in front of `inst`, at its place in the .wasm.
    fn before(&mut self, inst: Inst) -> FuncCursor<'_> {
        let place = self.func.srcloc(inst);
        FuncCursor::new(self.func).at_inst(inst).with_srcloc(place)
    }

    /// Traps in front of `inst` if `condition` is not zero (or is, for `if_not_zero` false).
    fn trap_before(&mut self, inst: Inst, condition: Value, if_not_zero: bool, code: TrapCode) {
        let Some(block) = self.func.layout.inst_block(inst) else { return };
        let place = self.func.srcloc(inst);
        let (rest, cold) = (self.func.dfg.make_block(), self.func.dfg.make_block());
        self.func.layout.split_block(rest, inst);
        let (yes, no) = if if_not_zero { (cold, rest) } else { (rest, cold) };
        let mut end = FuncCursor::new(self.func).at_bottom(block).with_srcloc(place);
        end.ins().brif(condition, yes, &[], no, &[]);
        self.func.layout.append_block(cold);
        self.func.layout.set_cold(cold);
        let mut end = FuncCursor::new(self.func).at_bottom(cold).with_srcloc(place);
        let last = end.ins().trap(unreachable());
        self.call_stub(last, code);
    }

    /// Calls the stub for traps with `code` in front of `inst`.
    fn call_stub(&mut self, inst: Inst, code: TrapCode) {
        let func = &mut *self.func;
        let kind = code.as_raw().get();
        let stub = *self.stubs.entry(kind).or_insert_with(|| {
            // The stub never returns, so that the allocator need not know what it changes. Arguments travel as in the C ABI.
            let mut signature = Signature::new(CallConv::PreserveAll);
            signature.params.push(AbiParam::new(I64));
            let signature = func.import_signature(signature);
            let name = UserExternalName { namespace: TRAP_STUB, index: kind.into() };
            let name = ExternalName::user(func.declare_imported_user_function(name));
            func.import_function(ExtFuncData { name, signature, colocated: true, patchable: false })
        });
        let instance = self.instance;
        self.before(inst).ins().call(stub, &[instance]);
    }

    fn constant(&self, value: Value) -> Option<i64> {
        match self.func.dfg.value_def(value) {
            ValueDef::Result(inst, 0) => match self.func.dfg.insts[inst] {
                InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } => Some(imm.bits()),
                _ => None,
            },
            _ => None,
        }
    }

    /// The divisor is not 0 and, with a signed quotient, the result fits (core spec 4.3.2, `idiv_u` and on).
    fn check_division(&mut self, inst: Inst, opcode: Opcode, dividend: Value, divisor: Value) {
        let ty = self.func.dfg.value_type(divisor);
        let shift = 64 - ty.bits();
        let known = self.constant(divisor).map(|c| c << shift >> shift);
        if known.is_none_or(|divisor| divisor == 0) {
            self.trap_before(inst, divisor, false, trap_code(TrapKind::IntegerDivisionByZero));
        }
        if opcode == Opcode::Sdiv && known.is_none_or(|divisor| divisor == -1) {
            let mut at = self.before(inst);
            let min = at.ins().iconst(ty, i64::MIN >> shift & u64::MAX.unbounded_shr(shift) as i64);
            let is_min = at.ins().icmp(IntCC::Equal, dividend, min);
            let is_minus_one = at.ins().icmp_imm_s(IntCC::Equal, divisor, -1);
            let overflows = at.ins().band(is_min, is_minus_one);
            self.trap_before(inst, overflows, true, trap_code(TrapKind::IntegerOverflow));
        }
    }

    fn call_helper(&mut self, inst: Inst, function: FuncRef, helper: Helper) {
        self.helpers = self.helpers.union(helper.group());
        let signature = self.func.dfg.ext_funcs[function].signature;
        // The RISC-V psABI has the caller extend what is narrower than a register; the others leave it open.
        for param in &mut self.func.dfg.signatures[signature].params {
            if param.value_type == I32 {
                *param = param.sext();
            }
        }
        let arguments = self.func.dfg.inst_args(inst).to_vec();
        let (instance, flags) = (self.instance, MemFlagsData::trusted().with_readonly());
        let mut at = self.before(inst);
        let table = at.ins().load(I64, flags, instance, Field::helpers.offset(POINTER_BYTES) as i32);
        let code = at.ins().load(I64, flags, table, (helper as u32 * POINTER_BYTES) as i32);
        self.func.replace(inst).call_indirect(signature, code, &arguments);
    }

    /// In front of the function's first instruction. The frame is allocated already, and what it holds may have been
    /// written: the reserve below the limit has room for one such frame.
    fn check_stack(&mut self, first: Inst) {
        let instance = self.instance;
        let mut at = self.before(first);
        let flags = MemFlagsData::trusted().with_readonly();
        let limit = at.ins().load(I64, flags, instance, Field::stack_limit.offset(POINTER_BYTES) as i32);
        let sp = at.ins().get_stack_pointer(I64);
        let overflows = at.ins().icmp(IntCC::UnsignedLessThan, sp, limit);
        let code = trap_code(TrapKind::StackOverflow);
        match self.pinned {
            true => drop(self.before(first).ins().trapnz(overflows, code)),
            false => self.trap_before(first, overflows, true, code),
        }
    }
}
