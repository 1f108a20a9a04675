//! Calls: of own functions directly, of imported ones through their slots, of helpers; each also as a tail call.

use super::{FunctionTranslator, signature};
use crate::lower32::namespace;
use crate::module::{FuncIndex, ImportIndex, TableIndex, TypeId};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, AbiParam, Inst, InstBuilder, Signature, Type, Value};
use cranelift_codegen::isa::CallConv;
use sandgrain_abi::Helper;
use sandgrain_abi::layout::FuncRefField;
use wasmparser::Operator;

/// How a function is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// And comes back.
    Call,
    /// In place of the caller, whose results are its results.
    TailCall,
}

/// A function that is only known when the code runs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Callee {
    pub code: Value,
    pub instance: Value,
}

impl FunctionTranslator<'_, '_> {
    /// Translates `operator` if it is a call; whether it is.
    pub(super) fn call(&mut self, operator: &Operator<'_>) -> bool {
        let (function, table) = (FuncIndex::from_u32, TableIndex::from_u32);
        match *operator {
            Operator::Call { function_index } => self.call_function(function(function_index), Mode::Call),
            Operator::ReturnCall { function_index } => self.call_function(function(function_index), Mode::TailCall),
            Operator::CallIndirect { type_index, table_index } => {
                self.call_indirect(table(table_index), self.module.type_id(type_index), Mode::Call);
            }
            Operator::ReturnCallIndirect { type_index, table_index } => {
                self.call_indirect(table(table_index), self.module.type_id(type_index), Mode::TailCall);
            }
            _ => return false,
        }
        true
    }

    /// Calls a function of the module's index space with what is on the stack.
    pub(super) fn call_function(&mut self, index: FuncIndex, mode: Mode) {
        let ty = self.module.functions[index].ty;
        if let Some(import) = self.module.functions[index].import() {
            let callee = self.imported(import);
            let arguments = self.pop_arguments(callee.instance, ty);
            return self.call_and_return(callee, ty, &arguments, mode);
        }
        let (params, pointer) = (&self.module.types[ty], self.pointer);
        let function = self.declare(namespace::FUNCTION, index.as_u32(), true, || signature(params, pointer));
        let arguments = self.pop_arguments(self.instance, ty);
        match mode {
            Mode::Call => {
                let call = self.b.ins().call(function, &arguments);
                self.push_results(call);
            }
            Mode::TailCall => {
                self.b.ins().return_call(function, &arguments);
                self.reachable = false;
            }
        }
    }

    /// What the runtime has put into the slot of an imported function.
    fn imported(&mut self, import: ImportIndex) -> Callee {
        let slot = self.layout.import(import);
        let mut field = |f: FuncRefField| {
            self.load_constant(self.pointer, self.instance, slot + f.offset(self.layout.pointer_bytes))
        };
        Callee { code: field(FuncRefField::code), instance: field(FuncRefField::instance) }
    }

    /// Calls a function found in a table. Its frame can take the caller's place only in the same instance: another
    /// one's code would return to the caller's caller with the wrong instance register.
    pub(super) fn call_callee(&mut self, callee: Callee, ty: TypeId, mode: Mode) {
        let arguments = self.pop_arguments(callee.instance, ty);
        if mode == Mode::TailCall && callee.instance == self.instance {
            let signature = self.signature_of(ty);
            self.b.ins().return_call_indirect(signature, callee.code, &arguments);
            self.reachable = false;
            return;
        }
        if mode == Mode::TailCall {
            self.tail_call_at_home(callee, ty, &arguments);
        }
        self.call_and_return(callee, ty, &arguments, mode);
    }

    /// The tail call of a callee that may belong to this instance; where it does not, code goes on behind this.
    fn tail_call_at_home(&mut self, callee: Callee, ty: TypeId, arguments: &[Value]) {
        let (home, away) = (self.b.create_block(), self.b.create_block());
        let same = self.b.ins().icmp(IntCC::Equal, callee.instance, self.instance);
        self.b.ins().brif(same, home, &[], away, &[]);
        self.b.seal_block(home);
        self.b.seal_block(away);
        self.b.set_cold_block(away);
        self.b.switch_to_block(home);
        let mut own = arguments.to_vec();
        own[0] = self.instance;
        let signature = self.signature_of(ty);
        self.b.ins().return_call_indirect(signature, callee.code, &own);
        self.b.switch_to_block(away);
    }

    /// Calls a function whose instance may be another one, and returns its results if it is a tail call.
    fn call_and_return(&mut self, callee: Callee, ty: TypeId, arguments: &[Value], mode: Mode) {
        let signature = self.signature_of(ty);
        let call = self.b.ins().call_indirect(signature, callee.code, arguments);
        match mode {
            Mode::Call => self.push_results(call),
            Mode::TailCall => {
                let results = self.b.func.dfg.inst_results(call).to_vec();
                self.b.ins().return_(&results);
                self.reachable = false;
            }
        }
    }

    /// `instance` and the arguments of a call of type `ty`, popped.
    fn pop_arguments(&mut self, instance: Value, ty: TypeId) -> Vec<Value> {
        let count = self.module.types[ty].params.len();
        let height = self.stack.len() - count;
        let mut arguments = Vec::with_capacity(count + 1);
        arguments.push(instance);
        arguments.extend(self.stack.drain(height..));
        arguments
    }

    fn push_results(&mut self, call: Inst) {
        self.stack.extend_from_slice(self.b.func.dfg.inst_results(call));
    }

    fn signature_of(&mut self, ty: TypeId) -> ir::SigRef {
        let (b, pointer, types) = (&mut self.b, self.pointer, &self.module.types);
        *self.signatures.entry(ty).or_insert_with(|| b.import_signature(signature(&types[ty], pointer)))
    }

    /// Calls a helper, whose parameters have the types of `arguments`.
    pub(super) fn call_helper(&mut self, helper: Helper, arguments: &[Value], results: &[Type]) -> Inst {
        let params: Vec<Type> = arguments.iter().map(|a| self.b.func.dfg.value_type(*a)).collect();
        let function = self.declare(namespace::HELPER, helper as u32, false, || {
            let mut signature = Signature::new(CallConv::SystemV);
            signature.params.extend(params.into_iter().map(AbiParam::new));
            signature.returns.extend(results.iter().copied().map(AbiParam::new));
            signature
        });
        self.b.ins().call(function, arguments)
    }

    fn declare(
        &mut self,
        namespace: u32,
        index: u32,
        colocated: bool,
        signature: impl FnOnce() -> Signature,
    ) -> ir::FuncRef {
        let b = &mut self.b;
        *self.references.entry((namespace, index)).or_insert_with(|| {
            let signature = b.import_signature(signature());
            let name = b.func.declare_imported_user_function(ir::UserExternalName { namespace, index });
            b.import_function(ir::ExtFuncData {
                name: ir::ExternalName::user(name),
                signature,
                colocated,
                patchable: false,
            })
        })
    }
}
