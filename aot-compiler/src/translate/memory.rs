//! Linear memory and globals.
//!
//! The memory lies at a constant offset behind the instance, so an access needs no base register. Its check is exact:
//! an access of `size` bytes at `index + offset` traps if `index + offset + size` (computed without wrapping, core
//! spec 4.4.7) exceeds the current size. Cheapest first: none for a constant index below the minimum size; a
//! comparison with an immediate if the size is fixed; else a comparison with the loaded limit.

use super::FunctionTranslator;
use crate::lower32::namespace;
use crate::module::{DataIndex, DataMode, GlobalIndex, Memory};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::types::{F32, F64, I32, I64};
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, Opcode, Type, Value};
use sandgrain_abi::layout::{Field, InstanceHeader};
use sandgrain_abi::{Helper, PAGE_SIZE, TrapKind};
use wasmparser::{MemArg, Operator};

impl FunctionTranslator<'_, '_> {
    /// Translates `operator` if it concerns memory; whether it does.
    pub(super) fn memory(&mut self, operator: &Operator<'_>) -> bool {
        if let Some((opcode, ty, size, arg)) = load(operator) {
            self.load(opcode, ty, size, arg);
        } else if let Some((opcode, size, arg)) = store(operator) {
            self.store(opcode, size, arg);
        } else {
            match *operator {
                Operator::MemorySize { .. } => self.memory_size(),
                Operator::MemoryGrow { .. } => self.memory_grow(),
                Operator::MemoryCopy { .. } => self.memory_copy(),
                Operator::MemoryFill { .. } => self.memory_fill(),
                Operator::MemoryInit { data_index, .. } => self.memory_init(DataIndex::from_u32(data_index)),
                Operator::DataDrop { data_index } => self.data_drop(DataIndex::from_u32(data_index)),
                _ => return false,
            }
        }
        true
    }

    fn definition(&self) -> Memory {
        self.module.memory.expect("validation refuses memory operators without a memory")
    }

    /// Current size in bytes.
    fn limit(&mut self) -> Value {
        let memory = self.definition();
        if memory.is_fixed() { self.i32_const(memory.min_bytes()) } else { self.load_field(Field::memory_limit) }
    }

    /// Checks an access of `size` bytes at `index + offset`. Code after it is unreachable if it always traps.
    fn check(&mut self, index: Value, offset: u32, size: u32) {
        const KIND: TrapKind = TrapKind::MemoryOutOfBounds;
        let memory = self.definition();
        let (end, min) = (u64::from(offset) + u64::from(size), u64::from(memory.min_bytes()));
        if self.constant(index).is_some_and(|i| u64::from(i) + end <= min) {
            return;
        }
        if end > u64::from(memory.max_pages) * u64::from(PAGE_SIZE) {
            return self.trap(KIND);
        }
        // From here on `end` fits a word: no memory has more than 65,535 pages.
        let limit = if memory.is_fixed() {
            self.i32_const((min - end) as u32)
        } else {
            let current = self.load_field(Field::memory_limit);
            let end_value = self.i32_const(end as u32);
            if end > min {
                self.trap_if(IntCC::UnsignedLessThan, current, end_value, KIND);
            }
            self.b.ins().isub(current, end_value)
        };
        self.trap_if(IntCC::UnsignedGreaterThan, index, limit, KIND);
    }

    /// Address and displacement of `index + offset` in the linear memory.
    fn address(&mut self, index: Value, offset: u32) -> (Value, i32) {
        let displacement = u64::from(self.layout.memory_offset) + u64::from(offset);
        if let (Some(index), true) = (self.constant(index), displacement <= i32::MAX as u64) {
            let total = displacement + u64::from(index);
            if let Ok(total) = i32::try_from(total) {
                return (self.instance, total);
            }
        }
        let address = self.b.ins().iadd(self.instance, index);
        match i32::try_from(displacement) {
            Ok(displacement) => (address, displacement),
            Err(_) => {
                let far = self.i32_const(displacement as u32);
                (self.b.ins().iadd(address, far), 0)
            }
        }
    }

    fn heap_flags(&self) -> MemFlagsData {
        MemFlagsData::new().with_notrap().with_alias_region(Some(self.regions.heap))
    }

    fn load(&mut self, opcode: Opcode, ty: Type, size: u32, arg: MemArg) {
        let index = self.pop();
        // A 32-bit memory's offset is validated to fit.
        let offset = arg.offset as u32;
        self.check(index, offset, size);
        if self.reachable {
            let (address, displacement) = self.address(index, offset);
            let flags = self.heap_flags();
            let flags = self.b.func.dfg.mem_flags.insert_unchecked(flags);
            let (inst, dfg) = self.b.ins().Load(opcode, ty, flags, displacement.into(), address);
            let value = dfg.first_result(inst);
            self.push(value);
        }
    }

    fn store(&mut self, opcode: Opcode, size: u32, arg: MemArg) {
        let (index, value) = self.pop2();
        let offset = arg.offset as u32;
        self.check(index, offset, size);
        if self.reachable {
            let (address, displacement) = self.address(index, offset);
            let flags = self.heap_flags();
            let flags = self.b.func.dfg.mem_flags.insert_unchecked(flags);
            let ty = self.b.func.dfg.value_type(value);
            self.b.ins().Store(opcode, ty, flags, displacement.into(), value, address);
        }
    }

    fn memory_size(&mut self) {
        let limit = self.limit();
        let pages = self.b.ins().ushr_imm_u(limit, i64::from(PAGE_SIZE.trailing_zeros()));
        self.push(pages);
    }

    fn memory_grow(&mut self) {
        let delta = self.pop();
        let memory = self.definition();
        let old = if memory.is_fixed() {
            let (pages, failed) = (self.i32_const(memory.min_pages), self.i32_const(u32::MAX));
            self.b.ins().select(delta, failed, pages)
        } else {
            let definition = self.b.ins().iadd_imm_u(self.instance, i64::from(InstanceHeader::memory_offset(4)));
            let call = self.call_helper(Helper::MemoryGrow, &[definition, delta], 1);
            self.b.inst_results(call)[0]
        };
        self.push(old);
    }

    /// Traps unless `start + length` does not exceed `limit`; `length <= limit` is checked already.
    fn check_range(&mut self, start: Value, length: Value, limit: Value) {
        let last = self.b.ins().isub(limit, length);
        self.trap_if(IntCC::UnsignedGreaterThan, start, last, TrapKind::MemoryOutOfBounds);
    }

    fn check_length(&mut self, length: Value, limit: Value) {
        self.trap_if(IntCC::UnsignedGreaterThan, length, limit, TrapKind::MemoryOutOfBounds);
    }

    /// Address of a memory index that is known to be in bounds.
    fn plain_address(&mut self, index: Value) -> Value {
        let base = self.b.ins().iadd_imm_u(self.instance, i64::from(self.layout.memory_offset));
        self.b.ins().iadd(base, index)
    }

    fn memory_copy(&mut self) {
        let length = self.pop();
        let (destination, source) = self.pop2();
        let limit = self.limit();
        self.check_length(length, limit);
        self.check_range(destination, length, limit);
        self.check_range(source, length, limit);
        let (destination, source) = (self.plain_address(destination), self.plain_address(source));
        self.call_helper(Helper::MemoryCopy, &[destination, source, length], 0);
    }

    fn memory_fill(&mut self) {
        let length = self.pop();
        let (destination, byte) = self.pop2();
        let limit = self.limit();
        self.check_length(length, limit);
        self.check_range(destination, length, limit);
        let destination = self.plain_address(destination);
        self.call_helper(Helper::MemoryFill, &[destination, byte, length], 0);
    }

    fn memory_init(&mut self, data: DataIndex) {
        let length = self.pop();
        let (destination, source) = self.pop2();
        let segment = &self.module.data[data];
        let available = match segment.mode {
            // Dropped by the instantiation that copied it.
            DataMode::Active(_) => self.i32_const(0),
            DataMode::Passive => self.i32_const(segment.bytes.len() as u32),
            DataMode::Droppable => {
                let flags = MemFlagsData::trusted().with_alias_region(Some(self.regions.instance));
                self.b.ins().load(I32, flags, self.instance, self.layout.segment_length(data) as i32)
            }
        };
        self.check_length(length, available);
        self.check_range(source, length, available);
        let limit = self.limit();
        self.check_length(length, limit);
        self.check_range(destination, length, limit);
        if !matches!(segment.mode, DataMode::Active(_)) {
            let bytes = self.symbol(namespace::SEGMENT, data.as_u32());
            let source = self.b.ins().iadd(bytes, source);
            let destination = self.plain_address(destination);
            self.call_helper(Helper::MemoryCopy, &[destination, source, length], 0);
        }
    }

    fn data_drop(&mut self, data: DataIndex) {
        if self.module.data[data].mode == DataMode::Droppable {
            let zero = self.i32_const(0);
            let flags = MemFlagsData::trusted().with_alias_region(Some(self.regions.instance));
            self.b.ins().store(flags, zero, self.instance, self.layout.segment_length(data) as i32);
        }
    }

    pub(super) fn global_get(&mut self, index: u32) {
        let index = GlobalIndex::from_u32(index);
        let global = self.module.globals[index];
        let ty = super::clif_type(global.ty);
        let value = match global.ty {
            _ if global.mutable => {
                let flags = MemFlagsData::trusted().with_alias_region(Some(self.regions.globals));
                self.b.ins().load(ty, flags, self.instance, self.layout.global(index) as i32)
            }
            ty => self.constant_of(ty, global.value),
        };
        self.push(value);
    }

    pub(super) fn global_set(&mut self, index: u32) {
        let index = GlobalIndex::from_u32(index);
        let value = self.pop();
        let flags = MemFlagsData::trusted().with_alias_region(Some(self.regions.globals));
        self.b.ins().store(flags, value, self.instance, self.layout.global(index) as i32);
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
