//! Code outside of any function, as CLIF: what leaves the module, and what enters it.
//!
//! The runtime's half of each is a function of the C ABI. Values travel between them as words in memory, packed: four
//! bytes for 32-bit values, eight for 64-bit values and references, in order, without padding.

use super::explicit::{POINTER_BYTES, unreachable};
use crate::lower32::namespace;
use crate::module::FuncType;
use crate::translate::signature;
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::types::I64;
use cranelift_codegen::ir::{
    AbiParam, ArgumentPurpose, ExtFuncData, ExternalName, Function, InstBuilder, MemFlagsData, Signature,
    StackSlotData, StackSlotKind, Type, UserExternalName, UserFuncName, Value,
};
use cranelift_codegen::isa::CallConv;
use sandgrain_abi::TrapKind;
use sandgrain_abi::layout::Field;

/// `(instance)`, called by a trap site: `trap_exit(instance, kind, site)`, which does not return.
pub fn trap_stub(kind: TrapKind) -> Function {
    let mut signature = c_signature(0);
    signature.params.push(AbiParam::special(I64, ArgumentPurpose::VMContext));
    let mut func = function(signature);
    let (mut at, params) = body(&mut func);
    let exit = at.ins().load(I64, field_flags(), params[0], Field::trap_exit.offset(POINTER_BYTES) as i32);
    let kind = at.ins().iconst(I64, i64::from(kind as u8));
    let site = at.ins().get_return_address(I64);
    let signature = at.func.import_signature(c_signature(3));
    at.ins().call_indirect(signature, exit, &[params[0], kind, site]);
    at.ins().trap(unreachable());
    func
}

/// What stands for imported function `import`: `host_gate(instance, import, words, site)` with its arguments in words
/// on the guest's stack, in whose place the results come back.
pub fn import_thunk(import: u32, ty: &FuncType) -> Function {
    let mut func = function(signature(ty, I64));
    let (params, results) = (types(&func.signature.params[1..]), types(&func.signature.returns));
    let size = bytes(&params).max(bytes(&results)).next_multiple_of(16);
    let slot = func.create_sized_stack_slot(StackSlotData::new(StackSlotKind::ExplicitSlot, size, 4));
    let (mut at, values) = body(&mut func);
    let words = at.ins().stack_addr(I64, slot, 0);
    for (value, offset) in values[1..].iter().zip(offsets(&params)) {
        at.ins().store(word_flags(), *value, words, offset);
    }
    let gate = at.ins().load(I64, field_flags(), values[0], Field::host_gate.offset(POINTER_BYTES) as i32);
    let import = at.ins().iconst(I64, i64::from(import));
    let site = at.ins().get_return_address(I64);
    let signature = at.func.import_signature(c_signature(4));
    at.ins().call_indirect(signature, gate, &[values[0], import, words, site]);
    let results = load(&mut at, words, &results);
    at.ins().return_(&results);
    func
}

/// How the host calls functions of a type: `(instance, code, words)`, arguments from words, results back to them.
pub fn entry(ty: &FuncType) -> Function {
    let callee = signature(ty, I64);
    let (params, results) = (types(&callee.params[1..]), types(&callee.returns));
    let mut func = function(c_signature(3));
    let callee = func.import_signature(callee);
    let (mut at, values) = body(&mut func);
    let [instance, code, words] = [values[0], values[1], values[2]];
    let mut arguments = vec![instance];
    arguments.extend(load(&mut at, words, &params));
    let call = at.ins().call_indirect(callee, code, &arguments);
    let returned = at.func.dfg.inst_results(call).to_vec();
    for (value, offset) in returned.iter().zip(offsets(&results)) {
        at.ins().store(word_flags(), *value, words, offset);
    }
    at.ins().return_(&[]);
    func
}

/// How the host runs function `index`, without parameters and results: as [`entry`], but of this function.
pub fn start(index: u32) -> Function {
    let mut func = function(c_signature(3));
    let signature = func.import_signature(signature(&FuncType::default(), I64));
    let name = func.declare_imported_user_function(UserExternalName { namespace: namespace::FUNCTION, index });
    let name = ExternalName::user(name);
    let callee = func.import_function(ExtFuncData { name, signature, colocated: true, patchable: false });
    let (mut at, values) = body(&mut func);
    at.ins().call(callee, &values[..1]);
    at.ins().return_(&[]);
    func
}

fn function(signature: Signature) -> Function {
    Function::with_name_signature(UserFuncName::default(), signature)
}

/// A function of the C ABI with so many arguments and no results. Every argument is as wide as a register: what is
/// narrower would be extended differently on each ISA.
fn c_signature(arguments: usize) -> Signature {
    let mut signature = Signature::new(CallConv::SystemV);
    signature.params.resize(arguments, AbiParam::new(I64));
    signature
}

/// The end of a function's only block, and its parameters.
fn body(func: &mut Function) -> (FuncCursor<'_>, Vec<Value>) {
    let block = func.dfg.make_block();
    func.layout.append_block(block);
    let types = types(&func.signature.params);
    let params = types.iter().map(|ty| func.dfg.append_block_param(block, *ty)).collect();
    (FuncCursor::new(func).at_bottom(block), params)
}

fn types(params: &[AbiParam]) -> Vec<Type> {
    params.iter().map(|p| p.value_type).collect()
}

fn bytes(types: &[Type]) -> u32 {
    types.iter().map(|ty| ty.bytes()).sum()
}

/// Where each value lies among the words.
fn offsets(types: &[Type]) -> impl Iterator<Item = i32> {
    types.iter().scan(0, |next, ty| {
        let offset = *next;
        *next += ty.bytes() as i32;
        Some(offset)
    })
}

fn load(at: &mut FuncCursor<'_>, words: Value, types: &[Type]) -> Vec<Value> {
    types.iter().zip(offsets(types)).map(|(ty, offset)| at.ins().load(*ty, word_flags(), words, offset)).collect()
}

/// A 64-bit value may lie at an odd word.
fn word_flags() -> MemFlagsData {
    MemFlagsData::new().with_notrap()
}

fn field_flags() -> MemFlagsData {
    MemFlagsData::trusted().with_readonly()
}
