//! A function body → CLIF, by the contract between this half of the compiler and the back ends:
//!
//! * Pointers have the target's width, and so have references. Parameter 0 is the instance
//!   ([`ArgumentPurpose::VMContext`]), then come the wasm parameters; the returns are the wasm results, in any number.
//!   Calling convention [`CallConv::Tail`].
//! * `call` and `return_call` go to own functions. `call_indirect` passes the callee's instance: where that is another
//!   value than parameter 0, the instance register has to be switched for the call. `return_call_indirect` always
//!   stays in the instance.
//! * Names of functions, helpers, tables and segments are in [`namespace`]s.
//! * A NaN that float arithmetic gives is the canonical one; only `fneg`, `fabs` and `fcopysign` move bits. Conversions
//!   to integers saturate: traps come before them.
//! * Trap codes are `TrapKind as u8`. Division and remainder carry no explicit checks: the back end adds them.
//! * Loads and stores never trap: checks come before them. A location of an instruction is its operator's byte
//!   offset in the .wasm file.

mod call;
mod control;
mod float;
mod global;
mod indirect;
mod initialize;
mod memory;
mod meter;
mod numeric;
mod observe;
mod reference;
mod state;
mod table;

pub use indirect::{ENTRY_SIZE, ENTRY_TYPE_OFFSET};
pub use memory::{Access, growing_sizes, memory_access};
pub use observe::{MemoryUse, Observations};
pub use state::{LimitPlace, memory_limit};
pub use table::ITEM_SIZE;

use crate::error::{Error, Result};
use crate::instance::InstanceLayout;
use crate::lower32::namespace;
use crate::marks::mutant;
use crate::metering::{Charge, plan};
use crate::module::{FuncIndex, FuncType, Module, TypeId, ValType};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::immediates::{Ieee32, Ieee64};
use cranelift_codegen::ir::types::{F32, F64, I8, I32, I64};
use cranelift_codegen::ir::{
    self, AbiParam, ArgumentPurpose, InstBuilder, InstructionData, Opcode, Signature, SourceLoc, TrapCode, Type,
    UserFuncName, Value, ValueDef,
};
use cranelift_codegen::isa::{CallConv, TargetFrontendConfig};
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext, Variable};
use sandgrain_abi::TrapKind;
use state::Regions;
use std::collections::HashMap;
use wasmparser::Operator;

/// Most SSA values, edge arguments included, of one function: bounds the time that hostile input can cost.
pub const MAX_VALUES: usize = 4_000_000;

/// Translates the bodies of one module. Holds allocations that bodies share.
pub struct Translator<'m> {
    module: &'m Module<'m>,
    layout: &'m InstanceLayout,
    metered: bool,
    /// What has been seen of the function that was translated last, if it is to be.
    observations: Option<Observations>,
    context: FunctionBuilderContext,
}

impl<'m> Translator<'m> {
    /// A translator for `module`, whose instances are laid out as `layout` says and use up fuel if they are `metered`.
    pub fn new(module: &'m Module<'m>, layout: &'m InstanceLayout, metered: bool) -> Self {
        Translator { module, layout, metered, observations: None, context: FunctionBuilderContext::new() }
    }

    /// Translates function `func`.
    ///
    /// # Errors
    /// [`Limit`](crate::error::Category::Limit) for a body beyond [`MAX_VALUES`], and internal errors.
    ///
    /// # Panics
    /// If `func` is an import.
    pub fn function(&mut self, func: FuncIndex) -> Result<ir::Function> {
        let body = self.module.functions[func].body().expect("an import has no body to translate");
        let ty = self.module.signature(func);
        let plan = if self.metered { Some(plan(self.module, ty, &body.reader)?) } else { None };
        self.build(func, ty, |translator| {
            translator.enter(ty, &body.reader)?;
            if let Some(plan) = &plan {
                translator.pay_constant(plan.entry);
            }
            let mut operators = body.reader.get_operators_reader()?;
            while !operators.eof() {
                let (operator, offset) = operators.read_with_offset()?;
                translator.charge = plan.as_ref().and_then(|plan| plan.charges.get(&offset).copied());
                translator.operator(&operator, offset).map_err(|e| e.or_at(offset))?;
            }
            Ok(())
        })
    }

    /// Makes the function with this index and type, whose code `translate` appends to an entry block.
    fn build(
        &mut self,
        func: FuncIndex,
        ty: &FuncType,
        translate: impl FnOnce(&mut FunctionTranslator<'_, 'm>) -> Result<()>,
    ) -> Result<ir::Function> {
        let pointer = pointer_type(self.layout);
        let name = UserFuncName::user(namespace::FUNCTION, func.as_u32());
        let mut function = ir::Function::with_name_signature(name, signature(ty, pointer));
        let regions = Regions::declare(&mut function);
        let mut builder = FunctionBuilder::new(&mut function, &mut self.context);
        let entry = builder.create_block();
        builder.append_block_params_for_function_params(entry);
        builder.switch_to_block(entry);
        builder.seal_block(entry);
        let mut translator = FunctionTranslator {
            module: self.module,
            layout: self.layout,
            pointer,
            instance: builder.block_params(entry)[0],
            b: builder,
            regions,
            initializing: false,
            metered: self.metered,
            observations: self.observations.take().map(|_| Observations::default()),
            charge: None,
            stack: Vec::new(),
            frames: Vec::new(),
            locals: Vec::new(),
            reachable: true,
            edge_arguments: 0,
            references: HashMap::new(),
            signatures: HashMap::new(),
            symbols: HashMap::new(),
        };
        translate(&mut translator)?;
        self.observations = translator.observations.take();
        translator.b.finalize(frontend(pointer));
        Ok(function)
    }
}

/// What Cranelift's front end asks about a target. Nothing here depends on more than the pointer width.
fn frontend(pointer: Type) -> TargetFrontendConfig {
    TargetFrontendConfig {
        default_call_conv: CallConv::Tail,
        pointer_width: match pointer {
            I64 => target_lexicon::PointerWidth::U64,
            _ => target_lexicon::PointerWidth::U32,
        },
        page_size_align_log2: 12,
    }
}

/// CLIF type of an address in instances of this layout.
pub fn pointer_type(layout: &InstanceLayout) -> Type {
    if layout.pointer_bytes == 8 { I64 } else { I32 }
}

/// CLIF type of a wasm value where addresses have type `pointer`.
pub fn clif_type(ty: ValType, pointer: Type) -> Type {
    match ty {
        ValType::I32 => I32,
        ValType::I64 => I64,
        ValType::F32 => F32,
        ValType::F64 => F64,
        ValType::FuncRef | ValType::ExternRef => pointer,
    }
}

/// CLIF signature of a wasm function: the instance, then the parameters.
pub fn signature(ty: &FuncType, pointer: Type) -> Signature {
    let mut signature = Signature::new(CallConv::Tail);
    signature.params.push(AbiParam::special(pointer, ArgumentPurpose::VMContext));
    signature.params.extend(ty.params.iter().map(|t| AbiParam::new(clif_type(*t, pointer))));
    signature.returns.extend(ty.results.iter().map(|t| AbiParam::new(clif_type(*t, pointer))));
    signature
}

/// The state of translating one body: a symbolic run over its operators.
struct FunctionTranslator<'f, 'm> {
    module: &'m Module<'m>,
    layout: &'m InstanceLayout,
    b: FunctionBuilder<'f>,
    regions: Regions,
    /// Type of an address.
    pointer: Type,
    /// Parameter 0.
    instance: Value,
    /// Whether this is the function that gives immutable globals their values.
    initializing: bool,
    metered: bool,
    observations: Option<Observations>,
    /// What the operator that is being translated pays, if it pays.
    charge: Option<Charge>,
    /// The operand stack.
    stack: Vec<Value>,
    frames: Vec<control::Frame>,
    locals: Vec<Variable>,
    /// Whether the next operator can be reached; if not, it is skipped and the builder has no current block.
    reachable: bool,
    /// Values passed along edges so far.
    edge_arguments: usize,
    references: HashMap<(u32, u32), ir::FuncRef>,
    signatures: HashMap<TypeId, ir::SigRef>,
    symbols: HashMap<(u32, u32), ir::GlobalValue>,
}

impl FunctionTranslator<'_, '_> {
    /// Declares the locals: parameters, then zeros.
    fn enter(&mut self, ty: &FuncType, body: &wasmparser::FunctionBody<'_>) -> Result<()> {
        self.b.set_srcloc(SourceLoc::new(body.range().start as u32));
        let entry = self.b.current_block().expect("the function has just been entered");
        let params = self.b.block_params(entry)[1..].to_vec();
        for (param, ty) in params.into_iter().zip(&ty.params) {
            let local = self.b.declare_var(clif_type(*ty, self.pointer));
            self.b.def_var(local, param);
            self.locals.push(local);
        }
        for declaration in body.get_locals_reader()? {
            let (count, ty) = declaration?;
            let Some(ty) = ValType::from_wasm(ty) else {
                return Err(Error::internal(format!("a local of type {ty} passed validation")));
            };
            if count > 0 {
                let zero = self.constant_of(ty, 0);
                for _ in 0..count {
                    let local = self.b.declare_var(clif_type(ty, self.pointer));
                    self.b.def_var(local, zero);
                    self.locals.push(local);
                }
            }
        }
        self.enter_function(ty);
        Ok(())
    }

    fn operator(&mut self, operator: &Operator<'_>, offset: u64) -> Result<()> {
        self.b.set_srcloc(SourceLoc::new(offset as u32));
        if self.b.func.dfg.num_values() + self.edge_arguments > MAX_VALUES {
            return Err(Error::limit("a function of so many values", Some(offset), format_args!("{MAX_VALUES}")));
        }
        if self.control(operator)? || !self.reachable {
            return Ok(());
        }
        if self.numeric(operator)
            || self.float(operator)
            || self.variable(operator)
            || self.memory(operator)
            || self.reference(operator)
            || self.table(operator)
            || self.call(operator)
        {
            return Ok(());
        }
        Err(Error::internal(format!("operator {operator:?} passed validation and has no translation")))
    }

    /// Locals, globals and the operand stack.
    fn variable(&mut self, operator: &Operator<'_>) -> bool {
        match *operator {
            Operator::Nop => {}
            Operator::Drop => drop(self.pop()),
            Operator::Select | Operator::TypedSelect { .. } => {
                let condition = self.pop_condition();
                let (a, b) = self.pop2();
                let (a, b) = mutant!("translate: select of the other arm", (a, b), (b, a));
                let value = self.b.ins().select(condition, a, b);
                self.push(value);
            }
            Operator::LocalGet { local_index } => {
                let value = self.b.use_var(self.locals[local_index as usize]);
                self.push(value);
            }
            Operator::LocalSet { local_index } => {
                let value = self.pop();
                self.b.def_var(self.locals[local_index as usize], value);
            }
            Operator::LocalTee { local_index } => {
                let value = self.top(1)[0];
                self.b.def_var(self.locals[local_index as usize], value);
            }
            Operator::GlobalGet { global_index } => self.global_get(global_index),
            Operator::GlobalSet { global_index } => self.global_set(global_index),
            _ => return false,
        }
        true
    }

    fn push(&mut self, value: Value) {
        self.stack.push(value);
    }

    fn pop(&mut self) -> Value {
        self.stack.pop().expect("validation keeps the operand stack high enough")
    }

    /// The two topmost values, the lower one first.
    fn pop2(&mut self) -> (Value, Value) {
        let b = self.pop();
        (self.pop(), b)
    }

    /// The `n` topmost values, the lowest one first.
    fn top(&self, n: usize) -> &[Value] {
        &self.stack[self.stack.len() - n..]
    }

    /// A value that is only tested for being zero: the comparison itself where the value came from one.
    fn pop_condition(&mut self) -> Value {
        let value = self.pop();
        match self.defining(value) {
            Some(InstructionData::Unary { opcode: Opcode::Uextend, arg }) if self.b.func.dfg.value_type(arg) == I8 => {
                arg
            }
            _ => value,
        }
    }

    fn defining(&self, value: Value) -> Option<InstructionData> {
        let dfg = &self.b.func.dfg;
        match dfg.value_def(dfg.resolve_aliases(value)) {
            ValueDef::Result(inst, 0) => Some(dfg.insts[inst]),
            _ => None,
        }
    }

    /// The value of an i32 that is a constant by construction.
    fn constant(&self, value: Value) -> Option<u32> {
        match self.defining(value)? {
            InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } => Some(imm.bits() as u32),
            _ => None,
        }
    }

    /// The constant of a type with these bits.
    fn constant_of(&mut self, ty: ValType, bits: u64) -> Value {
        match ty {
            ValType::F32 => self.b.ins().f32const(Ieee32::with_bits(bits as u32)),
            ValType::F64 => self.b.ins().f64const(Ieee64::with_bits(bits)),
            ValType::I32 | ValType::I64 | ValType::FuncRef | ValType::ExternRef => {
                self.b.ins().iconst(clif_type(ty, self.pointer), bits as i64)
            }
        }
    }

    fn i32_const(&mut self, value: u32) -> Value {
        self.b.ins().iconst(I32, i64::from(value))
    }

    /// Traps if `a cc b`.
    fn trap_if(&mut self, cc: IntCC, a: Value, b: Value, kind: TrapKind) {
        let condition = self.b.ins().icmp(cc, a, b);
        self.b.ins().trapnz(condition, trap_code(kind));
    }

    /// Traps unless `length` of something lie at `start` within the first `limit`; none of the sums wraps.
    fn check_span(&mut self, start: Value, length: Value, limit: Value, kind: TrapKind) {
        self.trap_if(IntCC::UnsignedGreaterThan, length, limit, kind);
        let last = mutant!("translate: range check without the length", self.b.ins().isub(limit, length), limit);
        self.trap_if(IntCC::UnsignedGreaterThan, start, last, kind);
    }

    /// Traps unconditionally; what follows is not reachable.
    fn trap(&mut self, kind: TrapKind) {
        self.b.ins().trap(trap_code(kind));
        self.reachable = false;
    }
}

/// The CLIF trap code of a kind.
pub fn trap_code(kind: TrapKind) -> TrapCode {
    TrapCode::unwrap_user(kind as u8)
}

/// The kind that a CLIF trap code stands for: one of [`trap_code`], or what a division raises by itself.
pub fn trap_kind(code: TrapCode) -> Option<TrapKind> {
    match code {
        TrapCode::INTEGER_DIVISION_BY_ZERO => Some(TrapKind::IntegerDivisionByZero),
        TrapCode::INTEGER_OVERFLOW => Some(TrapKind::IntegerOverflow),
        other => TrapKind::from_code(other.as_raw().get()),
    }
}
