//! Execution of CLIF.

use super::space::CODE_BASE;
use super::state::Current;
use super::{CODE_SPAN, Instance, InstanceId, Store, bits, value_of};
use cranelift_codegen::data_value::DataValue;
use cranelift_codegen::ir::immediates::{Ieee32, Ieee64};
use cranelift_codegen::ir::{self, ExternalName, InstructionData, Opcode, Type, Value, types};
use cranelift_interpreter::instruction::DfgInstructionContext;
use cranelift_interpreter::step::{ControlFlow, CraneliftTrap, step};
use sandgrain_abi::layout::{MemoryField, TableField};
use sandgrain_abi::{Helper, ITEM_IN_STATE, TrapKind};
use sandgrain_compiler::lower32::namespace;
use sandgrain_compiler::module::FuncIndex;
use sandgrain_compiler::translate::trap_kind;

/// Calls in flight at which the stack counts as used up.
const MAX_DEPTH: u32 = 400;

/// What an instruction does beyond what Cranelift's interpreter can do.
enum Effect {
    Results(Vec<DataValue>),
    /// The call that takes the function's place.
    TailCall {
        code: u32,
        args: Vec<DataValue>,
    },
}

/// How a function ended.
enum End {
    Returned(Vec<DataValue>),
    TailCall { code: u32, args: Vec<DataValue> },
}

impl<'p> Store<'p> {
    /// Calls what is at `code` with `header` in the instance register.
    pub(super) fn call(&mut self, code: u32, header: u32, args: Vec<DataValue>) -> Result<Vec<DataValue>, TrapKind> {
        if self.depth == MAX_DEPTH {
            return Err(TrapKind::StackOverflow);
        }
        self.depth += 1;
        let (mut code, mut args) = (code, args);
        let result = loop {
            match self.run(code, header, &args) {
                Ok(End::Returned(values)) => break Ok(values),
                Ok(End::TailCall { code: next, args: given }) => (code, args) = (next, given),
                Err(kind) => break Err(kind),
            }
        };
        self.depth -= 1;
        result
    }

    /// The instance and function whose code is at an address.
    fn function_at(&self, code: u32) -> (InstanceId, &'p ir::Function) {
        let offset = code.checked_sub(CODE_BASE).unwrap_or_else(|| panic!("{code:#x} is not code"));
        let (id, function) = (InstanceId((offset / CODE_SPAN) as usize), FuncIndex::from_u32(offset % CODE_SPAN / 4));
        let program: &'p super::Program<'p> = self.instances[id.0].program;
        (id, &program.functions[&function])
    }

    fn run(&mut self, code: u32, header: u32, args: &[DataValue]) -> Result<End, TrapKind> {
        let (id, function) = self.function_at(code);
        assert_eq!(self.instances[id.0].header, header, "code runs with its own instance's register");
        let mut current = Current::new(function);
        let entry = function.layout.entry_block().unwrap();
        let mut values = vec![DataValue::I32(header as i32)];
        values.extend_from_slice(args);
        current.enter(entry, &values);
        let mut inst = function.layout.first_inst(entry).unwrap();
        loop {
            self.fuel = self.fuel.checked_sub(1).expect("an endless loop");
            let results = match self.special(id, &current, inst)? {
                Some(Effect::Results(results)) => results,
                Some(Effect::TailCall { code, args }) => return Ok(End::TailCall { code, args }),
                None => match step(&mut current, DfgInstructionContext::new(inst, &function.dfg)).unwrap() {
                    ControlFlow::Assign(values) => canonical(function.dfg.insts[inst].opcode(), values.into_vec()),
                    ControlFlow::Continue => Vec::new(),
                    ControlFlow::ContinueAt(block, values) => {
                        current.enter(block, &values);
                        inst = function.layout.first_inst(block).unwrap();
                        continue;
                    }
                    ControlFlow::Return(values) => return Ok(End::Returned(values.into_vec())),
                    ControlFlow::Trap(trap) => return Err(kind_of(trap)),
                    ControlFlow::Call(..) | ControlFlow::ReturnCall(..) => unreachable!("calls are handled here"),
                },
            };
            current.set_results(inst, results);
            inst = function.layout.next_inst(inst).expect("a block ends with a terminator");
        }
    }

    /// Runs what touches memory or other functions.
    fn special(&mut self, id: InstanceId, current: &Current<'p>, inst: ir::Inst) -> Result<Option<Effect>, TrapKind> {
        let dfg = &current.function().dfg;
        let word = |v: Value| current.word(v);
        let header = self.instances[id.0].header;
        let own_code = |index: u32| super::code_address(id, FuncIndex::from_u32(index));
        let args = || current.values(dfg.inst_args(inst));
        Ok(Some(Effect::Results(match dfg.insts[inst] {
            InstructionData::Load { opcode, arg, offset, .. } => {
                let address = word(arg).wrapping_add(i32::from(offset) as u32);
                vec![self.load(opcode, address, dfg.ctrl_typevar(inst))]
            }
            InstructionData::Store { opcode, args: [value, address], offset, .. } => {
                let address = word(address).wrapping_add(i32::from(offset) as u32);
                let value = current.value(value);
                let bytes = bits(&value).to_le_bytes();
                let size = match opcode {
                    Opcode::Istore8 => 1,
                    Opcode::Istore16 => 2,
                    Opcode::Istore32 => 4,
                    _ => value.ty().bytes() as usize,
                };
                self.space.store(address, &bytes[..size]);
                Vec::new()
            }
            InstructionData::UnaryGlobalValue { global_value, .. } => {
                let name = &current.function().global_values[global_value];
                let (namespace, index) = current.name(name.symbol_name());
                let Instance { tables, segments, elements, .. } = &self.instances[id.0];
                let places = match namespace {
                    namespace::TABLE => tables,
                    namespace::SEGMENT => segments,
                    namespace::ELEMENTS => elements,
                    other => panic!("unexpected namespace {other}"),
                };
                vec![DataValue::I32(places[&index] as i32)]
            }
            InstructionData::Call { func_ref, opcode, .. } => {
                let (namespace, index) = current.name(&dfg.ext_funcs[func_ref].name);
                let args = args();
                match (namespace, opcode) {
                    (namespace::FUNCTION, Opcode::ReturnCall) => {
                        assert_eq!(bits(&args[0]), header.into());
                        return Ok(Some(Effect::TailCall { code: own_code(index), args: args[1..].to_vec() }));
                    }
                    (namespace::FUNCTION, _) => {
                        assert_eq!(bits(&args[0]), header.into());
                        self.call(own_code(index), header, args[1..].to_vec())?
                    }
                    _ => self.helper(Helper::ALL[index as usize], &args),
                }
            }
            InstructionData::CallIndirect { opcode, .. } => {
                let args = args();
                let (code, instance) = (bits(&args[0]) as u32, bits(&args[1]) as u32);
                if opcode == Opcode::ReturnCallIndirect {
                    assert_eq!(instance, header, "a tail call stays in its instance");
                    return Ok(Some(Effect::TailCall { code, args: args[2..].to_vec() }));
                }
                self.call(code, instance, args[2..].to_vec())?
            }
            // The interpreter traps on MIN % -1; the contract with the back ends is WebAssembly's 0.
            InstructionData::Binary { opcode: Opcode::Srem, args: [_, divisor] }
                if bits(&current.value(divisor)) == u64::MAX >> (64 - dfg.ctrl_typevar(inst).bits()) =>
            {
                vec![value_of(&[0; 8], dfg.ctrl_typevar(inst))]
            }
            _ => return Ok(None),
        })))
    }

    fn load(&self, opcode: Opcode, address: u32, ty: Type) -> DataValue {
        let (narrow, signed) = match opcode {
            Opcode::Load => return self.space.value(address, ty),
            Opcode::Sload8 => (types::I8, true),
            Opcode::Uload8 => (types::I8, false),
            Opcode::Sload16 => (types::I16, true),
            Opcode::Uload16 => (types::I16, false),
            Opcode::Sload32 => (types::I32, true),
            Opcode::Uload32 => (types::I32, false),
            other => panic!("unexpected {other}"),
        };
        let raw = bits(&self.space.value(address, narrow));
        let unused = 64 - narrow.bits();
        let wide = if signed { ((raw << unused) as i64 >> unused) as u64 } else { raw };
        // sload32 and uload32 have no controlling type: they always give an i64.
        let ty = if narrow == types::I32 { types::I64 } else { ty };
        value_of(&wide.to_le_bytes()[..ty.bytes() as usize], ty)
    }

    /// The helpers that the translator calls, by the contract in `sandgrain_abi::helper`.
    fn helper(&mut self, helper: Helper, args: &[DataValue]) -> Vec<DataValue> {
        let word = |i: usize| bits(&args[i]) as u32;
        match helper {
            Helper::MemoryGrow => vec![DataValue::I32(self.memory_grow(word(0), word(1)).map_or(-1, |old| old as i32))],
            Helper::TableGrow => {
                vec![DataValue::I32(self.table_grow(word(0), word(1), word(2)).map_or(-1, |old| old as i32))]
            }
            Helper::MemoryCopy => {
                if word(2) > 0 {
                    let bytes = self.space.bytes(word(1), word(2)).to_vec();
                    self.space.store(word(0), &bytes);
                }
                Vec::new()
            }
            Helper::MemoryFill => {
                self.space.store(word(0), &vec![word(1) as u8; word(2) as usize]);
                Vec::new()
            }
            Helper::TableFill => {
                self.space.store(word(0), &word(1).to_le_bytes().repeat(word(2) as usize));
                Vec::new()
            }
            Helper::TableInit => {
                for i in 0..word(3) {
                    let element = match self.space.word(word(1) + 4 * i) {
                        0 => 0,
                        item if item & ITEM_IN_STATE != 0 => self.space.word(word(2) + (item & !ITEM_IN_STATE)),
                        item => word(2) + item,
                    };
                    self.space.store(word(0) + 4 * i, &element.to_le_bytes());
                }
                Vec::new()
            }
            other => panic!("{other:?} is called by back ends only"),
        }
    }

    fn memory_grow(&mut self, definition: u32, delta: u32) -> Option<u32> {
        let field = |f: MemoryField| definition + f.offset(4);
        let word = |f: MemoryField| self.space.word(field(f));
        let (base, limit, page_log2) =
            (word(MemoryField::base), word(MemoryField::limit), word(MemoryField::page_log2));
        let grown = u64::from(limit) + (u64::from(delta) << page_log2);
        if grown > word(MemoryField::capacity).into() {
            return None;
        }
        self.space.grow(base, grown as u32);
        self.space.place_word(field(MemoryField::limit), grown as u32);
        Some(limit >> page_log2)
    }

    fn table_grow(&mut self, definition: u32, init: u32, delta: u32) -> Option<u32> {
        let word = |f: TableField| self.space.word(definition + f.offset(4));
        let (base, length) = (word(TableField::base), word(TableField::length));
        let grown = length.checked_add(delta).filter(|grown| *grown <= word(TableField::capacity))?;
        for i in length..grown {
            self.space.store(base + 4 * i, &init.to_le_bytes());
        }
        self.space.place_word(definition + TableField::length.offset(4), grown);
        Some(length)
    }
}

/// What float arithmetic gives on a device: the interpreter's NaNs are the host's.
fn canonical(opcode: Opcode, values: Vec<DataValue>) -> Vec<DataValue> {
    if matches!(
        opcode,
        Opcode::F32const
            | Opcode::F64const
            | Opcode::Fneg
            | Opcode::Fabs
            | Opcode::Fcopysign
            | Opcode::Bitcast
            | Opcode::Select
    ) {
        return values;
    }
    let canonical = |value| match value {
        DataValue::F32(v) if v.is_nan() => DataValue::F32(Ieee32::with_bits(0x7FC0_0000)),
        DataValue::F64(v) if v.is_nan() => DataValue::F64(Ieee64::with_bits(0x7FF8_0000_0000_0000)),
        other => other,
    };
    values.into_iter().map(canonical).collect()
}

fn kind_of(trap: CraneliftTrap) -> TrapKind {
    let CraneliftTrap::User(code) = trap else { panic!("unexpected trap {trap:?}") };
    trap_kind(code).unwrap_or_else(|| panic!("unexpected trap code {code}"))
}

/// The (namespace, index) of a name in `function`.
pub(super) fn user_name(function: &ir::Function, name: &ExternalName) -> (u32, u32) {
    match name {
        ExternalName::User(reference) => {
            let name = &function.params.user_named_funcs()[*reference];
            (name.namespace, name.index)
        }
        other => panic!("unexpected name {other:?}"),
    }
}
