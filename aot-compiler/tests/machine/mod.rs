//! Runs the CLIF of modules that may be linked to each other: pure instructions by Cranelift's interpreter; memory,
//! calls and traps by the contract that the back ends and the runtime follow. An oracle for everything in front of them.

mod place;
mod run;
mod space;
mod state;

use cranelift_codegen::data_value::DataValue;
use cranelift_codegen::ir::immediates::{Ieee32, Ieee64};
use cranelift_codegen::ir::{self, Type, types};
use sandgrain_abi::{Target, TrapKind};
use sandgrain_compiler::instance::InstanceLayout;
use sandgrain_compiler::module::{FuncIndex, FuncType, GlobalOrigin, Item, MemoryPlace, Module, TablePlace};
use sandgrain_compiler::translate::{Translator, clif_type, pointer_type};
use sandgrain_compiler::{Error, Language, midend, parse};
use space::{CODE_BASE, Space};
use std::collections::{BTreeMap, HashMap};

/// Bytes of address space for the code of one instance: four for each function.
const CODE_SPAN: u32 = 1 << 19;

/// A module with its optimised CLIF.
pub struct Program<'a> {
    module: Module<'a>,
    layout: InstanceLayout,
    /// The initialiser among them.
    functions: BTreeMap<FuncIndex, ir::Function>,
}

impl<'a> Program<'a> {
    pub fn new(wasm: &'a [u8], language: Language, target: Target, options: &midend::Options) -> Result<Self, Error> {
        let module = parse::parse(wasm, language)?;
        let layout = InstanceLayout::new(&module, target)?;
        let mut functions = BTreeMap::new();
        let memories = midend::Memories::of(&module, &layout);
        let mut translator = Translator::new(&module, &layout, false);
        for (index, _) in module.bodies() {
            functions.insert(index, midend::optimize(translator.function(index)?, options, &memories)?.func);
        }
        if let Some(function) = translator.initializer()? {
            functions.insert(module.initializer(), midend::optimize(function, options, &memories)?.func);
        }
        Ok(Program { module, layout, functions })
    }
}

/// One of a store's instances.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InstanceId(usize);

/// Why there is no instance.
#[derive(Debug)]
pub enum InstantiateError {
    /// Nothing provides an import, or something of another kind.
    NoImport,
    Trap(TrapKind),
}

/// What an instance provides, as addresses.
#[derive(Debug, Clone, Copy)]
enum Extern {
    /// Of code, of an instance's header, and the type id.
    Func {
        code: u32,
        instance: u32,
        type_id: u32,
    },
    /// Of a definition.
    Table(u32),
    /// Of a definition.
    Memory(u32),
    /// Of a cell, or a value.
    MutableGlobal(u32),
    Constant(u64),
}

struct Instance<'p> {
    program: &'p Program<'p>,
    header: u32,
    /// By index.
    tables: BTreeMap<u32, u32>,
    segments: BTreeMap<u32, u32>,
    elements: BTreeMap<u32, u32>,
}

/// Instances that may be linked to each other.
pub struct Store<'p> {
    space: Space,
    instances: Vec<Instance<'p>>,
    /// By the name under which others import from it.
    registered: HashMap<String, InstanceId>,
    /// Canonical ids; any number but 0 will do.
    type_ids: HashMap<FuncType, u32>,
    depth: u32,
    /// Instructions left.
    fuel: u64,
}

impl<'p> Store<'p> {
    pub fn new() -> Self {
        Store {
            space: Space::new(),
            instances: Vec::new(),
            registered: HashMap::new(),
            type_ids: HashMap::new(),
            depth: 0,
            fuel: 2_000_000_000,
        }
    }

    /// Makes an instance and runs its initialiser.
    pub fn instantiate(&mut self, program: &'p Program<'p>) -> Result<InstanceId, InstantiateError> {
        let id = self.place(program)?;
        let initializer = program.module.initializer();
        if program.functions.contains_key(&initializer) {
            let (code, header) = (code_address(id, initializer), self.instances[id.0].header);
            self.call(code, header, vec![]).map_err(InstantiateError::Trap)?;
        }
        Ok(id)
    }

    /// Lets later instances import from this one.
    pub fn register(&mut self, name: &str, id: InstanceId) {
        self.registered.insert(name.to_owned(), id);
    }

    /// Calls an exported function; a reference is a word, 0 for null. The results come with their types.
    pub fn invoke(&mut self, id: InstanceId, name: &str, args: &[DataValue]) -> Result<Vec<DataValue>, TrapKind> {
        let Some(Extern::Func { code, instance, .. }) = self.export(id, name) else {
            panic!("{name} is not a function");
        };
        self.call(code, instance, args.to_vec())
    }

    /// Reads an exported global.
    pub fn global(&self, id: InstanceId, name: &str) -> DataValue {
        let program = self.instances[id.0].program;
        let export = program.module.exports.iter().find(|e| e.name == name).expect("an export of this name");
        let Item::Global(index) = export.item else { panic!("{name} is not a global") };
        let ty = clif_type(program.module.globals[index].ty, pointer_type(&program.layout));
        match self.export(id, name) {
            Some(Extern::MutableGlobal(cell)) => self.space.value(cell, ty),
            Some(Extern::Constant(bits)) => value_of(&bits.to_le_bytes(), ty),
            other => panic!("{name} is not a global but {other:?}"),
        }
    }

    fn export(&self, id: InstanceId, name: &str) -> Option<Extern> {
        let Instance { program, header, .. } = &self.instances[id.0];
        let (module, layout) = (&program.module, &program.layout);
        let item = module.exports.iter().find(|e| e.name == name)?.item;
        let slot = |import| self.space.word(header + layout.import(import));
        Some(match item {
            Item::Function(f) => match module.functions[f].import() {
                Some(import) => {
                    let word = |i: u32| self.space.word(header + layout.import(import) + 4 * i);
                    Extern::Func { code: word(0), instance: word(1), type_id: word(2) }
                }
                None => Extern::Func {
                    code: code_address(id, f),
                    instance: *header,
                    type_id: self.type_ids[module.signature(f)],
                },
            },
            Item::Table(t) => match module.tables[t].place {
                TablePlace::Import(import) => Extern::Table(slot(import)),
                _ => Extern::Table(header + layout.table(t).expect("an exported table is in RAM").definition),
            },
            Item::Memory(m) => match module.memories[m].place {
                MemoryPlace::Import(import) => Extern::Memory(slot(import)),
                _ => Extern::Memory(header + layout.memory(m).expect("an own memory has a definition")),
            },
            Item::Global(g) => match (&module.globals[g].origin, module.globals[g].constant()) {
                (_, Some(bits)) => Extern::Constant(bits),
                (GlobalOrigin::Import(import), _) if module.globals[g].mutable => Extern::MutableGlobal(slot(*import)),
                _ if module.globals[g].mutable => Extern::MutableGlobal(header + layout.global(g)),
                _ => {
                    let ty = clif_type(module.globals[g].ty, pointer_type(layout));
                    Extern::Constant(bits(&self.space.value(header + layout.cell(module, g), ty)))
                }
            },
        })
    }
}

/// Where a function of an instance is said to be.
fn code_address(id: InstanceId, function: FuncIndex) -> u32 {
    CODE_BASE + id.0 as u32 * CODE_SPAN + 4 * function.as_u32()
}

/// The bits of a value, zero-extended.
pub fn bits(value: &DataValue) -> u64 {
    match *value {
        DataValue::I8(v) => u64::from(v as u8),
        DataValue::I16(v) => u64::from(v as u16),
        DataValue::I32(v) => u64::from(v as u32),
        DataValue::I64(v) => v as u64,
        DataValue::F32(v) => u64::from(v.bits()),
        DataValue::F64(v) => v.bits(),
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
