//! The instance in Cranelift's pinned register instead of a parameter.
//!
//! The register belongs to the function that runs: calls leave it as it is, as does any other function of the C ABI. So
//! there is nothing to pass to functions of the same instance, a trap finds the instance wherever it happens, and only a
//! call through a FuncRef, whose function may be another instance's, puts that one in and its own back.

use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::types::I64;
use cranelift_codegen::ir::{ArgumentPurpose, Block, Function, Inst, InstBuilder, InstructionData, Signature, Value};
use sandgrain_abi::Isa;

/// Whether Cranelift has such a register for an ISA that traps with an instruction as long as a call, so that this pays:
/// it has none for RISC-V, and x86-64's `ud2` is too short.
pub fn is_used(isa: Isa) -> bool {
    isa == Isa::Aarch64
}

fn remove_from(signature: &mut Signature) {
    signature.params.retain(|param| param.purpose != ArgumentPurpose::VMContext);
}

/// Takes the instance out of the parameters of `func`, if it has one, and of all that it calls. The register is left as it
/// was found, also where `func` is no function of an instance. Keeps the analyses up to date.
pub fn run(func: &mut Function) {
    let Some(entry) = func.layout.entry_block() else { return };
    let own = match func.special_param(ArgumentPurpose::VMContext) {
        None => at_start(func, entry).ins().get_pinned_reg(I64),
        Some(instance) => {
            func.dfg.remove_block_param(instance);
            at_start(func, entry).ins().with_result(instance).get_pinned_reg(I64);
            instance
        }
    };
    let mut next_block = Some(entry);
    while let Some(block) = next_block {
        next_block = func.layout.next_block(block);
        let mut next = func.layout.first_inst(block);
        while let Some(inst) = next {
            next = func.layout.next_inst(inst);
            if let Some(callee) = remove_argument(func, inst)
                && callee != own
            {
                switch(func, inst, own, callee);
            }
        }
    }
    func.dfg.signatures.values_mut().for_each(remove_from);
    remove_from(&mut func.signature);
}

/// In front of a block's first instruction.
pub fn at_start(func: &mut Function, block: Block) -> FuncCursor<'_> {
    FuncCursor::new(func).at_first_insertion_point(block)
}

/// Takes the instance out of the arguments if `inst` is a call that has it there.
fn remove_argument(func: &mut Function, inst: Inst) -> Option<Value> {
    let dfg = &mut func.dfg;
    let (signature, args, index) = match &mut dfg.insts[inst] {
        InstructionData::Call { func_ref, args, .. } => (dfg.ext_funcs[*func_ref].signature, args, 0),
        // The address comes first.
        InstructionData::CallIndirect { sig_ref, args, .. } => (*sig_ref, args, 1),
        _ => return None,
    };
    dfg.signatures[signature].special_param_index(ArgumentPurpose::VMContext)?;
    let callee = args.get(index, &dfg.value_lists)?;
    args.remove(index, &mut dfg.value_lists);
    Some(callee)
}

/// Runs a call with `callee` pinned, and `own` again behind it.
fn switch(func: &mut Function, call: Inst, own: Value, callee: Value) {
    debug_assert!(!func.dfg.insts[call].opcode().is_terminator(), "a tail call stays in its instance");
    let place = func.srcloc(call);
    let mut at = FuncCursor::new(func).at_inst(call).with_srcloc(place);
    at.ins().set_pinned_reg(callee);
    let mut at = at.after_inst(call);
    at.ins().set_pinned_reg(own);
}
