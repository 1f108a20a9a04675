//! A function body → CLIF, by the contract between this half of the compiler and the back ends:
//!
//! * Pointers are I32. Parameter 0 is the instance ([`ArgumentPurpose::VMContext`]), then come the wasm parameters;
//!   the returns are the wasm results, in any number. Calling convention [`CallConv::Fast`].
//! * Names of functions, helpers, tables and segments are in [`namespace`]s.
//! * A NaN that float arithmetic gives is the canonical one; only `fneg`, `fabs` and `fcopysign` move bits. Conversions
//!   to integers saturate: traps come before them.
//! * Trap codes are `TrapKind as u8`. Division and remainder carry no explicit checks: the back end adds them.
//! * Loads and stores never trap: checks come before them. A location of an instruction is its operator's byte
//!   offset in the .wasm file.

mod call;
mod control;
mod float;
mod memory;
mod numeric;
mod table;

pub use table::{ENTRY_SIZE, ENTRY_TYPE_OFFSET};

use crate::error::{Error, Result};
use crate::instance::InstanceLayout;
use crate::lower32::namespace;
use crate::module::{FuncIndex, FuncType, Module, ValType};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::immediates::{Ieee32, Ieee64};
use cranelift_codegen::ir::types::{F32, F64, I8, I32, I64};
use cranelift_codegen::ir::{
    self, AbiParam, AliasRegion, AliasRegionData, ArgumentPurpose, InstBuilder, InstructionData, MemFlagsData, Opcode,
    Signature, SourceLoc, TrapCode, Type, UserFuncName, Value, ValueDef,
};
use cranelift_codegen::isa::{CallConv, TargetFrontendConfig};
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext, Variable};
use sandgrain_abi::{TrapKind, layout::Field};
use std::collections::HashMap;
use wasmparser::Operator;

/// Most SSA values, edge arguments included, of one function: bounds the time that hostile input can cost.
pub const MAX_VALUES: usize = 4_000_000;

/// Translates the bodies of one module. Holds allocations that bodies share.
pub struct Translator<'m> {
    module: &'m Module<'m>,
    layout: &'m InstanceLayout,
    context: FunctionBuilderContext,
}

impl<'m> Translator<'m> {
    /// A translator for `module`, whose instances are laid out as `layout` says.
    pub fn new(module: &'m Module<'m>, layout: &'m InstanceLayout) -> Self {
        Translator { module, layout, context: FunctionBuilderContext::new() }
    }

    /// Translates function `func`.
    ///
    /// # Errors
    /// [`Limit`](crate::error::Category::Limit) for a body beyond [`MAX_VALUES`], and internal errors.
    ///
    /// # Panics
    /// If `func` is an import.
    pub fn function(&mut self, func: FuncIndex) -> Result<ir::Function> {
        let body = self.module.functions[func].body.as_ref().expect("an import has no body to translate");
        let ty = self.module.signature(func);
        let name = UserFuncName::user(namespace::FUNCTION, func.as_u32());
        let mut function = ir::Function::with_name_signature(name, signature(ty));
        let regions = Regions::declare(&mut function);
        let builder = FunctionBuilder::new(&mut function, &mut self.context);
        let mut translator = FunctionTranslator {
            module: self.module,
            layout: self.layout,
            b: builder,
            regions,
            instance: Value::from_u32(0),
            stack: Vec::new(),
            frames: Vec::new(),
            locals: Vec::new(),
            reachable: true,
            edge_arguments: 0,
            references: HashMap::new(),
            signatures: HashMap::new(),
            symbols: HashMap::new(),
        };
        translator.enter(ty, &body.reader)?;
        let mut operators = body.reader.get_operators_reader()?;
        while !operators.eof() {
            let (operator, offset) = operators.read_with_offset()?;
            translator.operator(&operator, offset).map_err(|e| e.or_at(offset))?;
        }
        translator.b.finalize(FRONTEND);
        Ok(function)
    }
}

/// What Cranelift's front end asks about a target. Nothing here depends on more than the pointer width.
const FRONTEND: TargetFrontendConfig = TargetFrontendConfig {
    default_call_conv: CallConv::Fast,
    pointer_width: target_lexicon::PointerWidth::U32,
    page_size_align_log2: 12,
};

/// CLIF type of a wasm value.
pub fn clif_type(ty: ValType) -> Type {
    match ty {
        ValType::I32 => I32,
        ValType::I64 => I64,
        ValType::F32 => F32,
        ValType::F64 => F64,
    }
}

/// CLIF signature of a wasm function: the instance, then the parameters.
pub fn signature(ty: &FuncType) -> Signature {
    let mut signature = Signature::new(CallConv::Fast);
    signature.params.push(AbiParam::special(I32, ArgumentPurpose::VMContext));
    signature.params.extend(ty.params.iter().map(|t| AbiParam::new(clif_type(*t))));
    signature.returns.extend(ty.results.iter().map(|t| AbiParam::new(clif_type(*t))));
    signature
}

/// Disjoint parts of memory, for alias analysis. A call may write all of them.
#[derive(Clone, Copy)]
struct Regions {
    /// Linear memory.
    heap: AliasRegion,
    /// The instance header and segment lengths.
    instance: AliasRegion,
    /// Mutable globals.
    globals: AliasRegion,
    /// Read-only data of the artifact.
    constants: AliasRegion,
}

impl Regions {
    fn declare(function: &mut ir::Function) -> Regions {
        let mut region = |user_id, description: &'static str| {
            function.dfg.alias_regions.insert(AliasRegionData { user_id, description: description.into() })
        };
        Regions {
            heap: region(0, "heap"),
            instance: region(1, "instance"),
            globals: region(2, "globals"),
            constants: region(3, "constants"),
        }
    }
}

/// The state of translating one body: a symbolic run over its operators.
struct FunctionTranslator<'f, 'm> {
    module: &'m Module<'m>,
    layout: &'m InstanceLayout,
    b: FunctionBuilder<'f>,
    regions: Regions,
    /// Parameter 0.
    instance: Value,
    /// The operand stack.
    stack: Vec<Value>,
    frames: Vec<control::Frame>,
    locals: Vec<Variable>,
    /// Whether the next operator can be reached; if not, it is skipped and the builder has no current block.
    reachable: bool,
    /// Values passed along edges so far.
    edge_arguments: usize,
    references: HashMap<(u32, u32), ir::FuncRef>,
    signatures: HashMap<crate::module::TypeId, ir::SigRef>,
    symbols: HashMap<(u32, u32), ir::GlobalValue>,
}

impl FunctionTranslator<'_, '_> {
    /// Creates the entry block, with locals zeroed.
    fn enter(&mut self, ty: &FuncType, body: &wasmparser::FunctionBody<'_>) -> Result<()> {
        let entry = self.b.create_block();
        self.b.append_block_params_for_function_params(entry);
        self.b.switch_to_block(entry);
        self.b.seal_block(entry);
        self.b.set_srcloc(SourceLoc::new(body.range().start as u32));
        let params = self.b.block_params(entry).to_vec();
        self.instance = params[0];
        for (value, ty) in params[1..].iter().zip(&ty.params) {
            let local = self.b.declare_var(clif_type(*ty));
            self.b.def_var(local, *value);
            self.locals.push(local);
        }
        for local in body.get_locals_reader()? {
            let (count, ty) = local?;
            let Some(ty) = crate::parse::val_type(ty) else {
                return Err(Error::internal(format!("a local of type {ty} passed validation")));
            };
            if count > 0 {
                let zero = self.constant_of(ty, 0);
                for _ in 0..count {
                    let local = self.b.declare_var(clif_type(ty));
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
            || self.call(operator)?
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
            ValType::I32 => self.i32_const(bits as u32),
            ValType::I64 => self.b.ins().iconst(I64, bits as i64),
            ValType::F32 => self.b.ins().f32const(Ieee32::with_bits(bits as u32)),
            ValType::F64 => self.b.ins().f64const(Ieee64::with_bits(bits)),
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

    /// Traps unconditionally; what follows is not reachable.
    fn trap(&mut self, kind: TrapKind) {
        self.b.ins().trap(trap_code(kind));
        self.reachable = false;
    }

    fn load_field(&mut self, field: Field) -> Value {
        let flags = MemFlagsData::trusted().with_alias_region(Some(self.regions.instance));
        self.b.ins().load(I32, flags, self.instance, field.offset(4) as i32)
    }

    /// Address of read-only data of the artifact.
    fn symbol(&mut self, namespace: u32, index: u32) -> Value {
        let b = &mut self.b;
        let symbol = *self.symbols.entry((namespace, index)).or_insert_with(|| {
            let name = b.func.declare_imported_user_function(ir::UserExternalName { namespace, index });
            b.create_global_value(ir::GlobalValueData::Symbol {
                name: ir::ExternalName::user(name),
                offset: 0.into(),
                colocated: true,
                tls: false,
            })
        });
        self.b.ins().symbol_value(I32, symbol)
    }
}

/// The CLIF trap code of a kind.
pub fn trap_code(kind: TrapKind) -> TrapCode {
    TrapCode::unwrap_user(kind as u8)
}
