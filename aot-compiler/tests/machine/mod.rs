//! Runs the CLIF of a module: pure instructions by Cranelift's interpreter; memory, calls and traps by the contract
//! that the back ends follow. An oracle for everything in front of them.

mod state;

use cranelift_codegen::data_value::DataValue;
use cranelift_codegen::ir::immediates::{Ieee32, Ieee64};
use cranelift_codegen::ir::{self, ExternalName, InstructionData, Opcode, Type, Value, types};
use cranelift_entity::EntityRef;
use cranelift_interpreter::instruction::DfgInstructionContext;
use cranelift_interpreter::step::{ControlFlow, CraneliftTrap, step};
use sandgrain_abi::layout::{Field, HEADER_SIZE_32, InstanceHeader};
use sandgrain_abi::{Helper, NULL_TYPE_ID, PAGE_SIZE, Target, TrapKind};
use sandgrain_compiler::instance::InstanceLayout;
use sandgrain_compiler::lower32::namespace;
use sandgrain_compiler::module::{DataMode, ExportItem, FuncIndex, Module};
use sandgrain_compiler::translate::{ENTRY_SIZE, ENTRY_TYPE_OFFSET, Translator};
use sandgrain_compiler::{Error, midend, parse};
use state::Current;
use std::collections::BTreeMap;

/// Where read-only data begins; nothing is mapped below it.
const DATA_BASE: u32 = 0x1000;
/// Address of the code of function `i`: `CODE_BASE + 4 * i`.
const CODE_BASE: u32 = 0xC000_0000;
/// Pages that a memory can grow to here.
const CAPACITY_PAGES: u32 = 1024;
/// Calls in flight at which the stack counts as used up.
const MAX_DEPTH: u32 = 400;

/// A module with its optimised CLIF.
pub struct Program<'a> {
    module: Module<'a>,
    layout: InstanceLayout,
    functions: BTreeMap<FuncIndex, ir::Function>,
}

impl<'a> Program<'a> {
    pub fn new(wasm: &'a [u8], target: Target, options: &midend::Options) -> Result<Self, Error> {
        let module = parse::parse(wasm)?;
        let layout = InstanceLayout::new(&module, target)?;
        let mut functions = BTreeMap::new();
        let mut translator = Translator::new(&module, &layout);
        for index in module.functions.keys().skip(module.imports.len()) {
            functions.insert(index, midend::optimize(translator.function(index)?, options)?.func);
        }
        Ok(Program { module, layout, functions })
    }

    /// Module and name of each import.
    pub fn imports(&self) -> impl Iterator<Item = (&str, &str)> {
        self.module.imports.iter().map(|i| (i.module, i.name))
    }

    fn export(&self, name: &str) -> Option<ExportItem> {
        self.module.exports.iter().find(|e| e.name == name).map(|e| e.item)
    }
}

/// An instance. Imports do nothing and return nothing.
pub struct Machine<'p> {
    program: &'p Program<'p>,
    /// From address 0; unmapped addresses below `DATA_BASE` are never valid.
    bytes: Vec<u8>,
    instance: u32,
    tables: BTreeMap<u32, u32>,
    segments: BTreeMap<u32, u32>,
    depth: u32,
    /// Instructions left.
    fuel: u64,
}

impl<'p> Machine<'p> {
    /// Instantiates, running the start function.
    pub fn new(program: &'p Program<'p>) -> Result<Self, TrapKind> {
        let mut machine = Machine {
            program,
            bytes: vec![0; DATA_BASE as usize],
            instance: 0,
            tables: BTreeMap::new(),
            segments: BTreeMap::new(),
            depth: 0,
            fuel: 200_000_000,
        };
        machine.place_constants();
        machine.place_instance();
        let module = &program.module;
        for segment in module.data.values() {
            let DataMode::Active(offset) = segment.mode else { continue };
            let size = module.memory.map_or(0, |m| u64::from(m.min_bytes()));
            if u64::from(offset) + segment.bytes.len() as u64 > size {
                return Err(TrapKind::MemoryOutOfBounds);
            }
            let at = (machine.memory_base() + offset) as usize;
            machine.bytes[at..at + segment.bytes.len()].copy_from_slice(segment.bytes);
        }
        if let Some(start) = module.start {
            machine.call(start, &[])?;
        }
        Ok(machine)
    }

    /// Calls an exported function.
    pub fn invoke(&mut self, name: &str, args: &[DataValue]) -> Result<Vec<DataValue>, TrapKind> {
        match self.program.export(name) {
            Some(ExportItem::Function(index)) => self.call(index, args),
            other => panic!("{name} is not a function but {other:?}"),
        }
    }

    /// Reads an exported global.
    pub fn global(&self, name: &str) -> DataValue {
        let Some(ExportItem::Global(index)) = self.program.export(name) else { panic!("{name} is not a global") };
        let global = self.program.module.globals[index];
        let ty = sandgrain_compiler::translate::clif_type(global.ty);
        match global.mutable {
            true => self.read(self.instance + self.program.layout.global(index), ty),
            false => value_of(&global.value.to_le_bytes(), ty),
        }
    }

    fn place_constants(&mut self) {
        let module = &self.program.module;
        for (index, table) in module.tables.iter() {
            let start = self.bytes.len() as u32;
            self.tables.insert(index.as_u32(), start);
            for element in &table.elements {
                let (code, ty) = match element {
                    None => (0, NULL_TYPE_ID),
                    Some(f) => {
                        let code = CODE_BASE + 4 * f.as_u32();
                        (code.wrapping_sub(start), module.functions[*f].ty.index() as u32)
                    }
                };
                assert_eq!((ENTRY_SIZE, ENTRY_TYPE_OFFSET), (8, 4));
                self.bytes.extend(code.to_le_bytes());
                self.bytes.extend(ty.to_le_bytes());
            }
        }
        for (index, segment) in module.data.iter() {
            if !matches!(segment.mode, DataMode::Active(_)) {
                self.segments.insert(index.as_u32(), self.bytes.len() as u32);
                self.bytes.extend_from_slice(segment.bytes);
            }
        }
    }

    fn place_instance(&mut self) {
        let layout = &self.program.layout;
        self.instance = (self.bytes.len() as u32).next_multiple_of(16);
        self.bytes.resize((self.instance + HEADER_SIZE_32) as usize, 0);
        self.bytes.extend_from_slice(&layout.init_image);
        let size = self.program.module.memory.map_or(0, |m| m.min_bytes());
        self.bytes.resize((self.memory_base() + size) as usize, 0);
        self.set_limit(size);
    }

    fn memory_base(&self) -> u32 {
        self.instance + self.program.layout.memory_offset
    }

    fn limit_place(&self) -> usize {
        (self.instance + Field::memory_limit.offset(4)) as usize
    }

    fn set_limit(&mut self, size: u32) {
        let at = self.limit_place();
        self.bytes[at..at + 4].copy_from_slice(&size.to_le_bytes());
    }

    fn read(&self, address: u32, ty: Type) -> DataValue {
        assert!(address >= DATA_BASE, "a load from {address:#x}");
        value_of(&self.bytes[address as usize..(address + ty.bytes()) as usize], ty)
    }

    fn write(&mut self, address: u32, bytes: &[u8]) {
        assert!(address >= self.instance, "a store to {address:#x}, below the instance");
        self.bytes[address as usize..address as usize + bytes.len()].copy_from_slice(bytes);
    }

    fn call(&mut self, index: FuncIndex, args: &[DataValue]) -> Result<Vec<DataValue>, TrapKind> {
        let program = self.program;
        let Some(function) = program.functions.get(&index) else { return Ok(Vec::new()) };
        if self.depth == MAX_DEPTH {
            return Err(TrapKind::StackOverflow);
        }
        self.depth += 1;
        let result = self.run(function, args);
        self.depth -= 1;
        result
    }

    fn run(&mut self, function: &'p ir::Function, args: &[DataValue]) -> Result<Vec<DataValue>, TrapKind> {
        let mut current = Current::new(function);
        let entry = function.layout.entry_block().unwrap();
        let mut values = vec![DataValue::I32(self.instance as i32)];
        values.extend_from_slice(args);
        current.enter(entry, &values);
        let mut inst = function.layout.first_inst(entry).unwrap();
        loop {
            self.fuel = self.fuel.checked_sub(1).expect("an endless loop");
            let results = match self.special(&current, inst)? {
                Some(results) => results,
                None => match step(&mut current, DfgInstructionContext::new(inst, &function.dfg)).unwrap() {
                    ControlFlow::Assign(values) => canonical(function.dfg.insts[inst].opcode(), values.into_vec()),
                    ControlFlow::Continue => Vec::new(),
                    ControlFlow::ContinueAt(block, values) => {
                        current.enter(block, &values);
                        inst = function.layout.first_inst(block).unwrap();
                        continue;
                    }
                    ControlFlow::Return(values) => return Ok(values.into_vec()),
                    ControlFlow::Trap(trap) => return Err(kind_of(trap)),
                    ControlFlow::Call(..) | ControlFlow::ReturnCall(..) => unreachable!("calls are handled here"),
                },
            };
            current.set_results(inst, results);
            inst = function.layout.next_inst(inst).expect("a block ends with a terminator");
        }
    }

    /// Runs what touches memory or other functions.
    fn special(&mut self, current: &Current<'p>, inst: ir::Inst) -> Result<Option<Vec<DataValue>>, TrapKind> {
        let dfg = &current.function().dfg;
        let word = |v: Value| current.word(v);
        Ok(Some(match dfg.insts[inst] {
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
                self.write(address, &bytes[..size]);
                Vec::new()
            }
            InstructionData::UnaryGlobalValue { global_value, .. } => {
                let name = &current.function().global_values[global_value];
                let (namespace, index) = current.name(name.symbol_name());
                let places = if namespace == namespace::TABLE { &self.tables } else { &self.segments };
                vec![DataValue::I32(places[&index] as i32)]
            }
            InstructionData::Call { func_ref, .. } => {
                let (namespace, index) = current.name(&dfg.ext_funcs[func_ref].name);
                let args = current.values(dfg.inst_args(inst));
                match namespace {
                    namespace::FUNCTION => self.call(FuncIndex::from_u32(index), &args[1..])?,
                    _ => self.helper(Helper::ALL[index as usize], &args),
                }
            }
            InstructionData::CallIndirect { .. } => {
                let args = current.values(dfg.inst_args(inst));
                let index = (bits(&args[0]) as u32 - CODE_BASE) / 4;
                self.call(FuncIndex::from_u32(index), &args[2..])?
            }
            // The interpreter traps on MIN % -1; the contract with the back ends is WebAssembly's 0.
            InstructionData::Binary { opcode: Opcode::Srem, args: [_, divisor] }
                if bits(&current.value(divisor)) == u64::MAX >> (64 - dfg.ctrl_typevar(inst).bits()) =>
            {
                vec![value_of(&[0; 8], dfg.ctrl_typevar(inst))]
            }
            _ => return Ok(None),
        }))
    }

    fn load(&self, opcode: Opcode, address: u32, ty: Type) -> DataValue {
        let (narrow, signed) = match opcode {
            Opcode::Load => return self.read(address, ty),
            Opcode::Sload8 => (types::I8, true),
            Opcode::Uload8 => (types::I8, false),
            Opcode::Sload16 => (types::I16, true),
            Opcode::Uload16 => (types::I16, false),
            Opcode::Sload32 => (types::I32, true),
            Opcode::Uload32 => (types::I32, false),
            other => panic!("unexpected {other}"),
        };
        let raw = bits(&self.read(address, narrow));
        let unused = 64 - narrow.bits();
        let wide = if signed { ((raw << unused) as i64 >> unused) as u64 } else { raw };
        // sload32 and uload32 have no controlling type: they always give an i64.
        let ty = if narrow == types::I32 { types::I64 } else { ty };
        value_of(&wide.to_le_bytes()[..ty.bytes() as usize], ty)
    }

    fn helper(&mut self, helper: Helper, args: &[DataValue]) -> Vec<DataValue> {
        let word = |i: usize| bits(&args[i]) as u32 as usize;
        match helper {
            Helper::MemoryGrow => {
                assert_eq!(word(0) as u32, self.instance + InstanceHeader::memory_offset(4));
                let size = u32::from_le_bytes(self.bytes[self.limit_place()..][..4].try_into().unwrap());
                let (old, max) = (size / PAGE_SIZE, self.program.module.memory.unwrap().max_pages);
                let new = u64::from(old) + word(1) as u64;
                if new > u64::from(max.min(CAPACITY_PAGES)) {
                    return vec![DataValue::I32(-1)];
                }
                let size = new as u32 * PAGE_SIZE;
                self.bytes.resize((self.memory_base() + size) as usize, 0);
                self.set_limit(size);
                vec![DataValue::I32(old as i32)]
            }
            Helper::MemoryCopy => {
                assert!(word(2) == 0 || word(0) >= self.memory_base() as usize);
                self.bytes.copy_within(word(1)..word(1) + word(2), word(0));
                Vec::new()
            }
            Helper::MemoryFill => {
                assert!(word(2) == 0 || word(0) >= self.memory_base() as usize);
                self.bytes[word(0)..][..word(2)].fill(word(1) as u8);
                Vec::new()
            }
            other => panic!("{other:?} is called by back ends only"),
        }
    }
}

/// The bits of a number, zero-extended.
pub fn bits(value: &DataValue) -> u64 {
    match *value {
        DataValue::F32(v) => u64::from(v.bits()),
        DataValue::F64(v) => v.bits(),
        DataValue::I8(v) => u64::from(v as u8),
        DataValue::I16(v) => u64::from(v as u16),
        DataValue::I32(v) => u64::from(v as u32),
        DataValue::I64(v) => v as u64,
        ref other => panic!("unexpected value {other:?}"),
    }
}

fn value_of(bytes: &[u8], ty: Type) -> DataValue {
    let mut raw = [0; 8];
    let size = ty.bytes() as usize;
    raw[..size].copy_from_slice(&bytes[..size]);
    let raw = i64::from_le_bytes(raw);
    match ty {
        types::I8 => DataValue::I8(raw as i8),
        types::I16 => DataValue::I16(raw as i16),
        types::I32 => DataValue::I32(raw as i32),
        types::I64 => DataValue::I64(raw),
        types::F32 => DataValue::F32(Ieee32::with_bits(raw as u32)),
        types::F64 => DataValue::F64(Ieee64::with_bits(raw as u64)),
        other => panic!("unexpected type {other}"),
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
    match code {
        ir::TrapCode::INTEGER_DIVISION_BY_ZERO => TrapKind::IntegerDivisionByZero,
        ir::TrapCode::INTEGER_OVERFLOW => TrapKind::IntegerOverflow,
        other => TrapKind::from_code(other.as_raw().get()).unwrap_or_else(|| panic!("unexpected trap code {other}")),
    }
}

/// The (namespace, index) of a name in `function`.
fn user_name(function: &ir::Function, name: &ExternalName) -> (u32, u32) {
    match name {
        ExternalName::User(reference) => {
            let name = &function.params.user_named_funcs()[*reference];
            (name.namespace, name.index)
        }
        other => panic!("unexpected name {other:?}"),
    }
}
