//! Linear memories.
//!
//! The first own memory lies at a constant offset behind the instance, so an access needs no base register; the base of
//! any other is loaded, and never changes. The check of an access is exact:
//! an access of `size` bytes at `index + offset` traps if `index + offset + size` (computed without wrapping, core
//! spec 4.4.7) exceeds the current size. Cheapest first: none for a constant index below the minimum size; a
//! comparison with an immediate if the size is fixed; else a comparison with the loaded limit.

use super::FunctionTranslator;
use crate::instance::InstanceLayout;
use crate::lower32::namespace;
use crate::marks::mutant;
use crate::module::{DataIndex, DataMode, Memory, MemoryIndex, MemoryPlace, Module};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::types::{F32, F64, I32, I64};
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, Opcode, Type, Value};
use sandgrain_abi::layout::MemoryField;
use sandgrain_abi::{Helper, TrapKind};
use wasmparser::{MemArg, MemArgTarget, Operator};

impl FunctionTranslator<'_, '_> {
    /// Translates `operator` if it concerns memory; whether it does.
    pub(super) fn memory(&mut self, operator: &Operator<'_>) -> bool {
        let memory = MemoryIndex::from_u32;
        if let Some((opcode, ty, size, arg)) = load(operator) {
            self.load(opcode, ty, size, arg);
        } else if let Some((opcode, size, arg)) = store(operator) {
            self.store(opcode, size, arg);
        } else {
            match *operator {
                Operator::MemorySize { mem } => self.memory_size(memory(mem)),
                Operator::MemoryGrow { mem } => self.memory_grow(memory(mem)),
                Operator::MemoryCopy { dst_mem, src_mem } => self.memory_copy(memory(dst_mem), memory(src_mem)),
                Operator::MemoryFill { mem } => self.memory_fill(memory(mem)),
                Operator::MemoryInit { data_index, mem } => {
                    self.memory_init(memory(mem), DataIndex::from_u32(data_index));
                }
                Operator::DataDrop { data_index } => self.data_drop(DataIndex::from_u32(data_index)),
                _ => return false,
            }
        }
        true
    }

    /// Where a linear memory begins, as an address and what is to be added to it.
    fn base(&mut self, memory: MemoryIndex) -> (Value, u32) {
        if self.module.memories[memory].place == MemoryPlace::BehindInstance {
            return (self.instance, self.layout.memory_offset);
        }
        let (definition, offset) = self.definition(memory);
        let base = offset + MemoryField::base.offset(self.layout.pointer_bytes);
        (self.load_constant(self.pointer, definition, base), 0)
    }

    /// Where the [`MemoryDefinition`](sandgrain_abi::layout::MemoryDefinition) lies, as an address and what is to be
    /// added to it.
    fn definition(&mut self, memory: MemoryIndex) -> (Value, u32) {
        match (self.layout.memory(memory), self.module.memories[memory].place) {
            (Some(definition), _) => (self.instance, definition),
            (None, MemoryPlace::Import(import)) => (self.import_address(import), 0),
            (None, _) => unreachable!("the layout has a place for every own memory"),
        }
    }

    /// Current size in bytes.
    fn limit(&mut self, memory: MemoryIndex) -> Value {
        if !self.module.memories[memory].grows {
            return self.i32_const(self.module.memories[memory].min_bytes());
        }
        let (definition, offset) = self.definition(memory);
        let limit = offset + MemoryField::limit.offset(self.layout.pointer_bytes);
        // The low half of a word whose high half, if it has one, is zero.
        let flags = self.trusted(self.regions.memory_limit);
        self.b.ins().load(I32, flags, definition, limit as i32)
    }

    /// Checks an access of `size` bytes at `index + offset`. Code after it is unreachable if it always traps.
    fn check(&mut self, memory: MemoryIndex, index: Value, offset: u32, size: u32) {
        const KIND: TrapKind = TrapKind::MemoryOutOfBounds;
        let Memory { grows, .. } = self.module.memories[memory];
        let (min, max) = (self.module.memories[memory].min_bytes(), self.module.memories[memory].max_bytes());
        let (end, min) = (u64::from(offset) + u64::from(size), u64::from(min));
        self.observe_access(memory, index, None, end);
        if self.constant(index).is_some_and(|i| u64::from(i) + end <= min) {
            return;
        }
        if end > u64::from(max) {
            return self.trap(KIND);
        }
        // From here on `end` fits a word.
        let limit = if grows {
            let current = self.limit(memory);
            let end_value = self.i32_const(end as u32);
            if end > mutant!("translate: size check of a far offset dropped", min, u64::MAX) {
                self.trap_if(IntCC::UnsignedLessThan, current, end_value, KIND);
            }
            self.b.ins().isub(current, end_value)
        } else {
            self.i32_const(mutant!("translate: bounds check off by one", min - end, min - end + 1) as u32)
        };
        let checked = mutant!("translate: bounds check dropped", true, false);
        if checked {
            self.trap_if(IntCC::UnsignedGreaterThan, index, limit, KIND);
        }
    }

    /// Address and displacement of `index + offset` in a linear memory.
    fn address(&mut self, memory: MemoryIndex, index: Value, offset: u32) -> (Value, i32) {
        let (base, displacement) = self.base(memory);
        self.indexed(base, u64::from(displacement) + u64::from(offset), index)
    }

    fn heap_flags(&self) -> MemFlagsData {
        MemFlagsData::new().with_notrap().with_alias_region(Some(self.regions.heap))
    }

    fn load(&mut self, opcode: Opcode, ty: Type, size: u32, arg: MemArg) {
        let index = self.pop();
        // A 32-bit memory's offset is validated to fit.
        let (memory, offset) = (memory_of(arg), arg.offset as u32);
        self.check(memory, index, offset, size);
        if self.reachable {
            let (address, displacement) = self.address(memory, index, offset);
            let flags = self.heap_flags();
            let flags = self.b.func.dfg.mem_flags.insert_unchecked(flags);
            let (inst, dfg) = self.b.ins().Load(opcode, ty, flags, displacement.into(), address);
            let value = dfg.first_result(inst);
            self.push(value);
        }
    }

    fn store(&mut self, opcode: Opcode, size: u32, arg: MemArg) {
        let (index, value) = self.pop2();
        let (memory, offset) = (memory_of(arg), arg.offset as u32);
        self.check(memory, index, offset, size);
        if self.reachable {
            let (address, displacement) = self.address(memory, index, offset);
            let flags = self.heap_flags();
            let flags = self.b.func.dfg.mem_flags.insert_unchecked(flags);
            let ty = self.b.func.dfg.value_type(value);
            self.b.ins().Store(opcode, ty, flags, displacement.into(), value, address);
        }
    }

    fn memory_size(&mut self, memory: MemoryIndex) {
        if let Some(declared) = self.module.memories[memory].declared {
            let pages = self.i32_const(declared.min);
            return self.push(pages);
        }
        let limit = self.limit(memory);
        let page_log2 = self.module.memories[memory].page_log2;
        let shift = i64::from(mutant!("translate: memory.size in half pages", page_log2, page_log2.saturating_sub(1)));
        let pages = self.b.ins().ushr_imm_u(limit, shift);
        self.push(pages);
    }

    fn memory_grow(&mut self, memory: MemoryIndex) {
        let delta = self.pop();
        let old = if self.module.memories[memory].grows {
            let (definition, offset) = self.definition(memory);
            let definition = self.b.ins().iadd_imm_u(definition, i64::from(offset));
            self.call_growing(Helper::MemoryGrow, Helper::MemoryGrowMetered, &[definition, delta])
        } else {
            let (pages, failed) = (self.i32_const(self.module.memories[memory].pages().min), self.i32_const(u32::MAX));
            self.b.ins().select(delta, failed, pages)
        };
        self.push(old);
    }

    /// Traps unless `length` bytes at `start` lie in a memory of `limit` bytes.
    fn check_range(&mut self, start: Value, length: Value, limit: Value) {
        self.check_span(start, length, limit, TrapKind::MemoryOutOfBounds);
    }

    /// Address of a memory index that is known to be in bounds.
    fn plain_address(&mut self, memory: MemoryIndex, index: Value) -> Value {
        let (base, displacement) = self.base(memory);
        self.indexed_address(base, displacement, index)
    }

    fn memory_copy(&mut self, to: MemoryIndex, from: MemoryIndex) {
        let length = self.pop();
        let (destination, source) = self.pop2();
        self.observe_access(to, destination, Some(length), 0);
        self.observe_access(from, source, Some(length), 0);
        let limit = self.limit(to);
        self.check_range(destination, length, limit);
        let limit = self.limit(from);
        self.check_range(source, length, limit);
        self.pay_for(length, 1);
        let (destination, source) = (self.plain_address(to, destination), self.plain_address(from, source));
        let (destination, source) =
            mutant!("translate: memory.copy the other way", (destination, source), (source, destination));
        self.call_helper(Helper::MemoryCopy, &[destination, source, length], &[]);
    }

    fn memory_fill(&mut self, memory: MemoryIndex) {
        let length = self.pop();
        let (destination, byte) = self.pop2();
        self.observe_access(memory, destination, Some(length), 0);
        let limit = self.limit(memory);
        self.check_range(destination, length, limit);
        self.pay_for(length, 1);
        let destination = self.plain_address(memory, destination);
        self.call_helper(Helper::MemoryFill, &[destination, byte, length], &[]);
    }

    fn memory_init(&mut self, memory: MemoryIndex, data: DataIndex) {
        let length = self.pop();
        let (destination, source) = self.pop2();
        self.observe_access(memory, destination, Some(length), 0);
        let segment = &self.module.data[data];
        let available = match segment.mode {
            // Dropped by the instantiation that copied it.
            DataMode::Active { .. } => self.i32_const(0),
            DataMode::Passive => self.i32_const(segment.bytes.len() as u32),
            DataMode::Droppable => self.segment_length(self.layout.data_length(data)),
        };
        self.check_range(source, length, available);
        let limit = self.limit(memory);
        self.check_range(destination, length, limit);
        if !matches!(segment.mode, DataMode::Active { .. }) {
            self.pay_for(length, 1);
            self.copy_data(memory, data, destination, source, length);
        }
    }

    /// Copies from a segment to a memory; both ranges are in bounds.
    fn copy_data(&mut self, memory: MemoryIndex, data: DataIndex, destination: Value, source: Value, length: Value) {
        let bytes = self.symbol(namespace::SEGMENT, data.as_u32());
        let source = self.indexed_address(bytes, 0, source);
        let destination = self.plain_address(memory, destination);
        self.call_helper(Helper::MemoryCopy, &[destination, source, length], &[]);
    }

    /// What instantiation does with an active segment (core spec 4.5.4): `memory.init` of all of it at `offset`.
    pub(super) fn place_data(&mut self, data: DataIndex, memory: MemoryIndex, offset: Value) {
        let length = self.module.data[data].bytes.len() as u32;
        self.observe_access(memory, offset, None, length.into());
        let end = self.constant(offset).map(|o| u64::from(o) + u64::from(length));
        let (length_value, zero) = (self.i32_const(length), self.i32_const(0));
        if end.is_none_or(|end| end > u64::from(self.module.memories[memory].min_bytes())) {
            let limit = self.limit(memory);
            self.check_range(offset, length_value, limit);
        }
        if length > 0 {
            self.copy_data(memory, data, offset, zero, length_value);
        }
    }

    fn data_drop(&mut self, data: DataIndex) {
        if matches!(self.module.data[data].mode, DataMode::Droppable) {
            self.drop_segment(self.layout.data_length(data));
        }
    }
}

/// Offset from the instance register of the size of each own memory that can grow, and the least bytes that it has.
pub fn growing_sizes(module: &Module<'_>, layout: &InstanceLayout) -> impl Iterator<Item = (i32, u32)> {
    module.memories.iter().filter(|(_, memory)| memory.grows).filter_map(|(index, memory)| {
        let place = layout.memory(index)? + MemoryField::limit.offset(layout.pointer_bytes);
        Some((place as i32, memory.min_bytes()))
    })
}

/// What a load or store says of the place that it accesses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    pub memory: MemoryIndex,
    pub offset: u64,
    pub stores: bool,
}

/// The access of a load or store; `None` for other operators.
pub fn memory_access(operator: &Operator<'_>) -> Option<Access> {
    let (arg, stores) = match load(operator) {
        Some((.., arg)) => (arg, false),
        None => store(operator).map(|(.., arg)| (arg, true))?,
    };
    Some(Access { memory: memory_of(arg), offset: arg.offset, stores })
}

fn memory_of(arg: MemArg) -> MemoryIndex {
    match arg.target {
        MemArgTarget::Memory(index) => MemoryIndex::from_u32(index),
        MemArgTarget::Array(_) => unreachable!("validation refuses arrays"),
    }
}

/// Opcode, type of the result, bytes read.
fn load(operator: &Operator<'_>) -> Option<(Opcode, Type, u32, MemArg)> {
    use Operator as O;
    Some(match *operator {
        O::I32Load { memarg } => (Opcode::Load, I32, 4, memarg),
        O::I64Load { memarg } => (Opcode::Load, I64, 8, memarg),
        O::F32Load { memarg } => (Opcode::Load, F32, 4, memarg),
        O::F64Load { memarg } => (Opcode::Load, F64, 8, memarg),
        O::I32Load8S { memarg } => (Opcode::Sload8, I32, 1, memarg),
        O::I32Load8U { memarg } => (Opcode::Uload8, I32, 1, memarg),
        O::I32Load16S { memarg } => (Opcode::Sload16, I32, 2, memarg),
        O::I32Load16U { memarg } => (Opcode::Uload16, I32, 2, memarg),
        O::I64Load8S { memarg } => (Opcode::Sload8, I64, 1, memarg),
        O::I64Load8U { memarg } => (Opcode::Uload8, I64, 1, memarg),
        O::I64Load16S { memarg } => (Opcode::Sload16, I64, 2, memarg),
        O::I64Load16U { memarg } => (Opcode::Uload16, I64, 2, memarg),
        O::I64Load32S { memarg } => (Opcode::Sload32, I64, 4, memarg),
        O::I64Load32U { memarg } => (Opcode::Uload32, I64, 4, memarg),
        _ => return None,
    })
}

/// Opcode, bytes written.
fn store(operator: &Operator<'_>) -> Option<(Opcode, u32, MemArg)> {
    use Operator as O;
    Some(match *operator {
        O::I32Store { memarg } | O::F32Store { memarg } => (Opcode::Store, 4, memarg),
        O::I64Store { memarg } | O::F64Store { memarg } => (Opcode::Store, 8, memarg),
        O::I32Store8 { memarg } | O::I64Store8 { memarg } => (Opcode::Istore8, 1, memarg),
        O::I32Store16 { memarg } | O::I64Store16 { memarg } => (Opcode::Istore16, 2, memarg),
        O::I64Store32 { memarg } => (Opcode::Istore32, 4, memarg),
        _ => return None,
    })
}
