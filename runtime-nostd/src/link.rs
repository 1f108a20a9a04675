//! From module to instance: finding what it imports, and filling its arena.

use sandgrain_abi::layout::{Field, FuncRef, INSTANCE_ALIGN, InstanceHeader, MemoryField, TableField};
use sandgrain_artifact::{
    CodeOffset, Content, Extern, ExternType, GlobalType, Import, ImportType, MemoryType, TableType, TypeIndex,
};

#[cfg(feature = "containment")]
use crate::arch::Regions;
#[cfg(feature = "containment")]
use crate::arch::containment::{Access, Ranges};
use crate::arch::{self, POINTER_BYTES};
use crate::entry::Entry;
use crate::guest::Guest;
use crate::helpers;
use crate::host::{HostFunctions, STUB};
#[cfg(feature = "containment")]
use crate::limits::STACK;
use crate::limits::{Layout, Limits, Needs};
use crate::memory::{self, Arena};
use crate::module::Module;
use crate::store::{InstanceId, Instances, Slot, by_place};
#[cfg(feature = "containment")]
use crate::trap::ContainmentError;
use crate::trap::{CallError, HostType, InstantiateError, LinkError, Mismatch, Provided};

/// What provides an import.
enum Provider {
    /// A host function, by its index.
    Host(u32, HostType),
    /// Nothing, which is all right.
    Stub,
    /// An export of the instance in this slot.
    Instance(usize, Extern),
}

/// What instances and host functions there are to choose from.
struct Offer<'s, 'f, 'a, T> {
    slots: &'s [Slot<'a, T>],
    functions: HostFunctions<'f, T>,
}

impl<'a, T> Offer<'_, '_, 'a, T> {
    fn entry(&self, index: usize) -> Option<&Entry<'a, T>> {
        self.slots.get(index)?.entry.as_ref()
    }

    /// Registered instances come first.
    fn find(&self, import: &Import<'_>) -> Option<Provider> {
        let registered = self.slots.iter().filter_map(|slot| slot.name).find(|(name, _)| *name == import.module);
        let export = registered.and_then(|(_, id)| {
            let item = self.entry(id.0 as usize)?.content.find_export(import.name)?;
            Some(Provider::Instance(id.0 as usize, item))
        });
        export.or_else(|| match self.functions.find(import) {
            Some((index, ty)) => Some(Provider::Host(index, ty)),
            None => (is_function(import) && self.functions.stub_missing).then_some(Provider::Stub),
        })
    }

    /// The type of an export, with the limits that memory or table has now.
    fn type_of(&self, index: usize, item: Extern) -> Option<ExternType<'a>> {
        let entry = self.entry(index)?;
        let declared = entry.content.export_type(item)?;
        Some(match declared {
            ExternType::Func(_) | ExternType::Global(_) => declared,
            ExternType::Memory(ty) => {
                let definition = self.definition(entry.place(item)?)?;
                let field = |field: MemoryField| definition(field.offset(POINTER_BYTES));
                let min_pages = (field(MemoryField::limit) >> ty.page_log2) as u32;
                ExternType::Memory(MemoryType { min_pages, max_pages: maximum(field(MemoryField::maximum)), ..ty })
            }
            ExternType::Table(ty) => {
                let definition = self.definition(entry.place(item)?)?;
                let field = |field: TableField| definition(field.offset(POINTER_BYTES));
                let min = field(TableField::length) as u32;
                ExternType::Table(TableType { min, max: maximum(field(TableField::maximum)), ..ty })
            }
        })
    }

    /// Reads words of the definition at an address, by their offset.
    fn definition(&self, address: usize) -> Option<impl Fn(u32) -> usize> {
        let (owner, offset) = by_place(self.slots, address)?;
        let entry = self.entry(owner)?;
        Some(move |field| entry.pointer(offset + field))
    }

    /// Checks that each import is there and matches (core spec 4.5.4 and 3.4).
    fn check(&self, content: &Content<'a>) -> Result<(), LinkError<'a>> {
        let mut missing = (None, 0);
        for import in content.imports().iter() {
            let provided = match self.find(&import) {
                None => {
                    missing = (missing.0.or(Some(import)), missing.1 + 1);
                    continue;
                }
                Some(Provider::Stub) => continue,
                Some(Provider::Host(_, ty)) => Some(Provided::Host(ty)),
                Some(Provider::Instance(index, item)) => self.type_of(index, item).map(Provided::Instance),
            };
            // Every index in a checked content is valid.
            let (Some(wanted), Some(provided)) = (content.import_type(&import.ty), provided) else { continue };
            if let Some(mismatch) = mismatch(&wanted, &provided) {
                let Import { module, name, .. } = import;
                return Err(LinkError::Incompatible { module, name, wanted, provided, mismatch });
            }
        }
        match missing {
            (Some(first), count) => Err(LinkError::Missing { first, count }),
            _ => Ok(()),
        }
    }

    /// The id of a type: the address of the first equal one in the store, which may be this one.
    fn type_id(&self, own: &Content<'a>, index: TypeIndex) -> usize {
        let Some(wanted) = own.types().at(index) else { return 0 };
        let contents = self.slots.iter().filter_map(|slot| slot.entry.as_ref()).map(|entry| entry.content);
        let mut equal = contents.chain([*own]).filter_map(|content| {
            let place = content.types().iter().position(|ty| ty == wanted)?;
            content.types().address(TypeIndex(place as u32))
        });
        equal.next().unwrap_or(0)
    }

    /// Fills header, state and memories of an instance whose imports have been checked.
    fn fill(&self, entry: &mut Entry<'a, T>, layout: &Layout, limits: &Limits) -> Result<(), InstantiateError<'a>> {
        let content = entry.content;
        entry.arena.clear(layout.header, content.instance_bytes() as usize);
        entry.set_field(Field::helpers, (&raw const helpers::TABLE).expose_provenance());
        entry.set_field(Field::host_gate, arch::gate_address());
        entry.set_field(Field::trap_exit, arch::trap_exit_address());
        entry.init(content.init_image());
        fill_memories(entry, layout);
        fill_tables(entry, limits.table_elements.unwrap_or(u32::MAX))?;
        for (index, import) in content.imports().iter().enumerate() {
            match self.find(&import) {
                Some(Provider::Host(definition, _)) => self.fill_thunk(entry, index as u32, &import, definition),
                Some(Provider::Stub) => self.fill_thunk(entry, index as u32, &import, STUB),
                Some(Provider::Instance(owner, item)) => self.fill_import(entry, &import, owner, item),
                None => (),
            }
        }
        for (i, function) in content.referables().iter().enumerate() {
            let value = self.func_ref(entry, function.code, function.ty);
            entry.set_func_ref(content.referables_place() + i as u32 * FuncRef::size(POINTER_BYTES), &value);
        }
        for (i, ty) in content.type_ids().iter().enumerate() {
            entry.set_pointer(content.type_ids_place() + i as u32 * POINTER_BYTES, self.type_id(&content, ty));
        }
        let imported = content.imports().iter().find(|import| matches!(import.ty, ImportType::Memory(_)));
        entry.memory = match imported {
            Some(import) => entry.pointer(import.slot),
            None if content.memories().is_empty() => 0,
            None => entry.address() + InstanceHeader::memory_offset(POINTER_BYTES) as usize,
        };
        Ok(())
    }

    /// A reference to a function of `entry`. Out of line, like what writes it: each kind of import needs them.
    #[inline(never)]
    fn func_ref(&self, entry: &Entry<'a, T>, code: CodeOffset, ty: TypeIndex) -> FuncRef {
        FuncRef { code: entry.code(code), instance: entry.address(), type_id: self.type_id(&entry.content, ty) }
    }

    /// An imported function of the host's: the module's own thunk of it.
    fn fill_thunk(&self, entry: &mut Entry<'a, T>, index: u32, import: &Import<'a>, definition: u32) {
        if let ImportType::Func { ty, thunk } = import.ty {
            entry.set_import(index, definition);
            let value = self.func_ref(entry, thunk, ty);
            entry.set_func_ref(import.slot, &value);
        }
    }

    /// An import from another instance: a copy of what that instance has for itself.
    fn fill_import(&self, entry: &mut Entry<'a, T>, import: &Import<'a>, owner: usize, item: Extern) {
        let Some(owner) = self.entry(owner) else { return };
        let copied = match item {
            Extern::Imported(index) => owner.slot(index),
            _ => None,
        };
        match (import.ty, item) {
            (ImportType::Func { .. }, Extern::Func { code, ty }) => {
                let value = self.func_ref(owner, code, ty);
                entry.set_func_ref(import.slot, &value);
            }
            (ImportType::Func { .. }, _) => {
                if let Some(slot) = copied {
                    entry.set_func_ref(import.slot, &owner.func_ref(slot));
                }
            }
            (ImportType::Global(GlobalType { ty, mutable: false }), _) => {
                let bytes = ty.bytes(POINTER_BYTES);
                let value = match item {
                    Extern::Constant { bits, .. } => Some(bits),
                    Extern::Global { offset, .. } => Some(owner.value(offset, bytes)),
                    _ => copied.map(|slot| owner.value(slot, bytes)),
                };
                entry.set_value(import.slot, bytes, value.unwrap_or(0));
            }
            _ => entry.set_pointer(import.slot, owner.place(item).unwrap_or(0)),
        }
    }
}

fn is_function(import: &Import<'_>) -> bool {
    matches!(import.ty, ImportType::Func { .. })
}

/// A maximum as a definition has it.
fn maximum(word: usize) -> Option<u32> {
    u32::try_from(word).ok().filter(|&maximum| maximum != u32::MAX)
}

fn maximum_word(maximum: Option<u32>) -> usize {
    maximum.map_or(usize::MAX, |maximum| maximum as usize)
}

/// The first memory lies right behind the instance and may grow up to the others, which have the room they asked for.
fn fill_memories<T>(entry: &mut Entry<'_, T>, layout: &Layout) {
    let (mut place, mut room, mut next) = (layout.memory, layout.room, layout.further);
    for (i, memory) in entry.content.memories().iter().enumerate() {
        // The layout has compared all sizes with the arena's.
        if i > 0 {
            room = memory.capacity_bytes() as usize;
            place = next;
            next += room.next_multiple_of(INSTANCE_ALIGN as usize);
        }
        let bytes = memory.ty.min_bytes() as usize;
        entry.arena.clear(place, bytes);
        let (base, maximum) = (entry.arena.address(place), maximum_word(memory.ty.max_pages));
        let words = [base, bytes, room, memory.ty.page_log2.into(), maximum];
        for (field, word) in MemoryField::ALL.iter().zip(words) {
            entry.set_pointer(memory.definition + field.offset(POINTER_BYTES), word);
        }
    }
}

/// Elements are null. Each table may grow up to `allowed` of them, if there is room.
fn fill_tables<'a, T>(entry: &mut Entry<'a, T>, allowed: u32) -> Result<(), InstantiateError<'a>> {
    for table in entry.content.tables().iter() {
        if table.ty.min > allowed {
            return Err(InstantiateError::TableLimit { needed: table.ty.min, allowed });
        }
        let base = entry.arena.address(entry.header + table.elements as usize);
        let words = [base, table.ty.min as usize, table.capacity.min(allowed) as usize, maximum_word(table.ty.max)];
        for (field, word) in TableField::ALL.iter().zip(words) {
            entry.set_pointer(table.definition + field.offset(POINTER_BYTES), word);
        }
    }
    Ok(())
}

/// Why `provided` does not match `wanted` (core spec 3.4.4).
fn mismatch(wanted: &ExternType<'_>, provided: &Provided<'_>) -> Option<Mismatch> {
    let fits = |min, max: Option<u32>, wanted_min, wanted_max: Option<u32>| {
        min >= wanted_min && wanted_max.is_none_or(|wanted| max.is_some_and(|max| max <= wanted))
    };
    let (matches, mismatch) = match (wanted, provided) {
        (ExternType::Func(wanted), Provided::Host(ty)) => {
            (wanted.params.matches(ty.params) && wanted.results.matches(ty.results), Mismatch::Signature)
        }
        (ExternType::Func(wanted), Provided::Instance(ExternType::Func(ty))) => (wanted == ty, Mismatch::Signature),
        (ExternType::Global(wanted), Provided::Instance(ExternType::Global(ty))) => (wanted == ty, Mismatch::Type),
        (ExternType::Memory(wanted), Provided::Instance(ExternType::Memory(ty))) => {
            match wanted.page_log2 == ty.page_log2 {
                true => (fits(ty.min_pages, ty.max_pages, wanted.min_pages, wanted.max_pages), Mismatch::Limits),
                false => (false, Mismatch::Type),
            }
        }
        (ExternType::Table(wanted), Provided::Instance(ExternType::Table(ty))) => match wanted.element == ty.element {
            true => (fits(ty.min, ty.max, wanted.min, wanted.max), Mismatch::Limits),
            false => (false, Mismatch::Type),
        },
        _ => (false, Mismatch::Kind),
    };
    (!matches).then_some(mismatch)
}

/// Whether host functions alone provide all imports of `content`, each with its exact type.
pub(crate) fn check<'a, T: 'a>(functions: HostFunctions<'_, T>, content: &Content<'a>) -> Result<(), LinkError<'a>> {
    Offer { slots: &[], functions }.check(content)
}

impl<'a, T> Instances<'a, T> {
    /// Whether each import of `module` is provided, with a type that matches, by an instance registered here or by
    /// `linker`.
    ///
    /// # Errors
    /// [`LinkError`]; a missing function is none if the linker stubs them.
    pub fn check<'f>(&self, module: &Module<'a>, linker: impl Into<HostFunctions<'f, T>>) -> Result<(), LinkError<'a>>
    where
        T: 'f,
    {
        match module.content() {
            Some(content) => Offer { slots: &self.slots, functions: linker.into() }.check(content),
            None => Ok(()),
        }
    }

    /// Makes an instance in `arena`, and runs what it starts with to its end, however often that is preempted: it fills
    /// memory and tables and calls the module's start function.
    ///
    /// Clears and fills state and initial memory. The arena must hold a word for each imported function,
    /// [`instance_bytes`](sandgrain_artifact::Content::instance_bytes) and the memories; what is left is for the first
    /// memory to grow. What a module imports comes from registered instances, and only where these do not have it from
    /// `linker`.
    ///
    /// # Errors
    /// [`InstantiateError`]: the part first, then imports, then room, then traps. After a trap the instance stays where
    /// it is, since others may hold references to it by then; it just has no number.
    pub fn instantiate(
        &mut self,
        module: &Module<'a>,
        linker: impl Into<HostFunctions<'a, T>>,
        arena: &'a mut [u8],
        limits: &Limits,
    ) -> Result<InstanceId, InstantiateError<'a>> {
        let id = self.instantiate_without_start(module, linker, arena, limits)?;
        self.run_start(id)?;
        Ok(id)
    }

    /// Like [`instantiate`](Self::instantiate), but what it starts with is left to the caller, to run it in slices with
    /// [`begin_start`](Self::begin_start) and [`resume`](Self::resume) before any other call.
    ///
    /// # Errors
    /// As for [`instantiate`](Self::instantiate).
    pub fn instantiate_without_start(
        &mut self,
        module: &Module<'a>,
        linker: impl Into<HostFunctions<'a, T>>,
        arena: &'a mut [u8],
        limits: &Limits,
    ) -> Result<InstanceId, InstantiateError<'a>> {
        let needs = Needs::of(module.code()?.0, limits);
        self.add(module, linker.into(), arena, limits, &needs)
    }

    /// Runs what an instance starts with to its end.
    pub(crate) fn run_start(&mut self, id: InstanceId) -> Result<(), InstantiateError<'a>> {
        let begun = self.begin_start(id);
        self.finish_start(begun)
    }

    /// As [`instantiate_without_start`](Self::instantiate_without_start), with what it needs worked out.
    pub(crate) fn add(
        &mut self,
        module: &Module<'a>,
        functions: HostFunctions<'a, T>,
        arena: &'a mut [u8],
        limits: &Limits,
        needs: &Needs,
    ) -> Result<InstanceId, InstantiateError<'a>> {
        if self.is_busy() {
            return Err(InstantiateError::Start(CallError::Busy));
        }
        let (content, target) = module.code()?;
        let content = *content;
        let offer = Offer { slots: &self.slots, functions };
        offer.check(&content)?;
        let free = self.slots.iter().position(|slot| slot.entry.is_none());
        let index = free.ok_or(InstantiateError::Full { instances: self.slots.len() })?;
        let (needed, found) = (needs.stack, self.stack.len());
        if needed > found {
            return Err(InstantiateError::Stack { needed: needed as u64, found });
        }
        let bytes = memory::align(arena);
        let layout = needs.layout(bytes.len(), limits)?;
        let mut entry = Entry {
            content,
            target,
            definitions: functions.definitions,
            arena: Arena::new(bytes),
            header: layout.header,
            memory: 0,
        };
        offer.fill(&mut entry, &layout, limits)?;
        entry.set_field(Field::stack_limit, self.stack.limit());
        entry.set_field(Field::store, self.stack.address());
        if let Some(slot) = self.slots.get_mut(index) {
            slot.entry = Some(entry);
        }
        #[cfg(feature = "containment")]
        if let Err(error) = self.contain() {
            if let Some(slot) = self.slots.get_mut(index) {
                slot.entry = None;
            }
            return Err(InstantiateError::Containment(error));
        }
        if let Some(fuel) = limits.fuel {
            self.set_fuel(fuel);
        }
        Ok(InstanceId(index as u32))
    }

    /// Has guests held to what belongs to the store's instances by now.
    #[cfg(feature = "containment")]
    fn contain(&mut self) -> Result<(), ContainmentError> {
        if !Regions::can_be_enforced() {
            return Err(ContainmentError::NoUnit);
        }
        let stack = self.stack.range();
        let mut ranges = Ranges::shared();
        ranges.add(stack.clone(), Access::Data)?;
        for entry in self.slots.iter().filter_map(|slot| slot.entry.as_ref()) {
            let text = entry.content.text().as_ptr_range();
            ranges.add(text.start.addr()..text.end.addr(), Access::Code)?;
            ranges.add(entry.arena.range(), Access::Data)?;
        }
        self.activation.regions = Regions::new(&ranges)?;
        self.activation.stack = stack.start + STACK..stack.end;
        Ok(())
    }
}
