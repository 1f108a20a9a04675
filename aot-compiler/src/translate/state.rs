//! What lies in RAM and in the text, and how it is reached from the instance.

use super::FunctionTranslator;
use crate::module::ImportIndex;
use cranelift_codegen::ir::types::I32;
use cranelift_codegen::ir::{
    self, AliasRegion, AliasRegionData, Function, InstBuilder, InstructionData, MemFlagsData, Type, Value, ValueDef,
};

/// Disjoint parts of memory, for alias analysis. A call may write all of them.
#[derive(Clone, Copy)]
pub(super) struct Regions {
    /// Linear memories, of which two may be the same.
    pub heap: AliasRegion,
    /// Sizes of linear memories.
    pub memory_limit: AliasRegion,
    /// Lengths of segments.
    pub lengths: AliasRegion,
    /// Globals that are not constant.
    pub globals: AliasRegion,
    /// Elements and lengths of tables in RAM.
    pub tables: AliasRegion,
    /// Read-only data of the artifact, FuncRefs, and what the runtime fills in before any code runs.
    pub constants: AliasRegion,
    /// The store's fuel.
    pub fuel: AliasRegion,
}

/// By which [`memory_limit`] knows the region.
const MEMORY_LIMIT_ID: u32 = 1;

impl Regions {
    pub fn declare(function: &mut Function) -> Regions {
        let mut region = |user_id, description: &'static str| {
            function.dfg.alias_regions.insert(AliasRegionData { user_id, description: description.into() })
        };
        Regions {
            heap: region(0, "heap"),
            memory_limit: region(MEMORY_LIMIT_ID, "memory limit"),
            lengths: region(2, "lengths"),
            globals: region(3, "globals"),
            tables: region(4, "tables"),
            constants: region(5, "constants"),
            fuel: region(6, "fuel"),
        }
    }
}

/// Of which memory a value is the size in bytes, at whatever time it was loaded: equal places, equal memories.
pub fn memory_limit(func: &Function, value: Value) -> Option<LimitPlace> {
    let ValueDef::Result(inst, 0) = func.dfg.value_def(func.dfg.resolve_aliases(value)) else { return None };
    let InstructionData::Load { flags, arg, offset, .. } = func.dfg.insts[inst] else { return None };
    let region = func.dfg.mem_flags[flags].alias_region()?;
    let is_limit = func.dfg.alias_regions[region].user_id == MEMORY_LIMIT_ID;
    is_limit.then(|| LimitPlace { base: func.dfg.resolve_aliases(arg), offset: offset.into() })
}

/// Where the size of a memory is loaded from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LimitPlace {
    base: Value,
    offset: i32,
}

impl LimitPlace {
    /// Its offset from the instance register, if it lies in the function's own instance.
    pub fn in_instance(self, func: &Function) -> Option<i32> {
        let entry = func.layout.entry_block()?;
        (func.dfg.block_params(entry).first() == Some(&self.base)).then_some(self.offset)
    }
}

impl FunctionTranslator<'_, '_> {
    /// Flags of an access that is aligned and cannot fault.
    pub(super) fn trusted(&self, region: AliasRegion) -> MemFlagsData {
        MemFlagsData::trusted().with_alias_region(Some(region))
    }

    /// Flags of a load from `constants` whose address is only good where a check has been passed: it may be merged
    /// with others but not moved up.
    pub(super) fn checked_constant(&self) -> MemFlagsData {
        self.trusted(self.regions.constants).with_readonly()
    }

    /// A value that never changes while code runs, at `base + offset`, which is good everywhere.
    pub(super) fn load_constant(&mut self, ty: Type, base: Value, offset: u32) -> Value {
        let flags = self.trusted(self.regions.constants).with_readonly().with_can_move();
        self.b.ins().load(ty, flags, base, offset as i32)
    }

    /// The address that the runtime has put into the slot of an import.
    pub(super) fn import_address(&mut self, import: ImportIndex) -> Value {
        self.load_constant(self.pointer, self.instance, self.layout.import(import))
    }

    /// The address `offset` bytes behind the instance register.
    pub(super) fn state_address(&mut self, offset: u32) -> Value {
        self.b.ins().iadd_imm_u(self.instance, i64::from(offset))
    }

    /// `base + displacement + index`, as a base and what an access can add. A 32-bit `index` is not negative.
    pub(super) fn indexed(&mut self, base: Value, displacement: u64, index: Value) -> (Value, i32) {
        if let Some(index) = self.constant(index)
            && let Ok(total) = i32::try_from(displacement + u64::from(index))
        {
            return (base, total);
        }
        let index = self.extend(index);
        let address = self.b.ins().iadd(base, index);
        match i32::try_from(displacement) {
            Ok(displacement) => (address, displacement),
            Err(_) => {
                let far = self.b.ins().iconst(self.pointer, displacement as i64);
                (self.b.ins().iadd(address, far), 0)
            }
        }
    }

    /// `base + displacement + index` in one value.
    pub(super) fn indexed_address(&mut self, base: Value, displacement: u32, index: Value) -> Value {
        let base = self.b.ins().iadd_imm_u(base, i64::from(displacement));
        let index = self.extend(index);
        self.b.ins().iadd(base, index)
    }

    /// An unsigned 32-bit value as wide as an address.
    pub(super) fn extend(&mut self, value: Value) -> Value {
        if self.pointer == I32 { value } else { self.b.ins().uextend(self.pointer, value) }
    }

    /// Address of read-only data of the artifact.
    pub(super) fn symbol(&mut self, namespace: u32, index: u32) -> Value {
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
        self.b.ins().symbol_value(self.pointer, symbol)
    }
}
