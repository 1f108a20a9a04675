//! Where each piece of mutable state lies behind the instance register.

use crate::error::{Error, Result};
use crate::module::{DataIndex, DataMode, GlobalIndex, Module};
use sandgrain_abi::Target;
use sandgrain_abi::layout::{FuncRef, HEADER_SIZE_32, INSTANCE_ALIGN};
use std::collections::BTreeMap;

/// Most bytes that globals, segment lengths, imports and the result area may take.
pub const MAX_STATE_BYTES: u32 = 65_536;

/// Byte offsets from the instance register, in the order of `sandgrain_abi::layout`.
#[derive(Debug, Clone)]
pub struct InstanceLayout {
    globals: BTreeMap<GlobalIndex, u32>,
    segment_lengths: BTreeMap<DataIndex, u32>,
    /// What the runtime fills in for each import.
    import_slots: u32,
    /// What the runtime copies to offset `HEADER_SIZE_32`: a zero result area, globals, segment lengths.
    pub init_image: Vec<u8>,
    /// Where linear memory begins; also the size of the instance without its memory.
    pub memory_offset: u32,
}

impl InstanceLayout {
    /// Lays out the instances of `module` for `target`.
    ///
    /// # Errors
    /// [`Limit`](crate::error::Category::Limit) if the state exceeds [`MAX_STATE_BYTES`].
    pub fn new(module: &Module<'_>, target: Target) -> Result<InstanceLayout> {
        let result_words: usize = module
            .types
            .values()
            .map(|t| t.results.iter().map(|r| r.words() as usize).sum::<usize>())
            .max()
            .unwrap_or(0)
            .saturating_sub(target.register_words() as usize);
        let globals = module.globals.iter().filter(|(_, g)| g.mutable);
        let droppable = module.data.iter().filter(|(_, d)| d.mode == DataMode::Droppable);

        let mut layout = InstanceLayout {
            globals: BTreeMap::new(),
            segment_lengths: BTreeMap::new(),
            import_slots: 0,
            init_image: vec![0; result_words * 4],
            memory_offset: 0,
        };
        for (index, global) in globals {
            let bytes = global.ty.words() as usize * 4;
            let offset = layout.push(&global.value.to_le_bytes()[..bytes]);
            layout.globals.insert(index, offset);
        }
        for (index, segment) in droppable {
            let offset = layout.push(&(segment.bytes.len() as u32).to_le_bytes());
            layout.segment_lengths.insert(index, offset);
        }
        let pointer_bytes = target.pointer_bytes() as usize;
        let slots = layout.init_image.len().next_multiple_of(pointer_bytes);
        let size = slots + module.imports.len() * FuncRef::size(target.pointer_bytes()) as usize;
        if size > MAX_STATE_BYTES as usize {
            let what = format!("{size} bytes of globals, segment lengths, imports and result area");
            return Err(Error::limit(what, None, format_args!("{MAX_STATE_BYTES} bytes")));
        }
        layout.import_slots = HEADER_SIZE_32 + slots as u32;
        layout.memory_offset = (HEADER_SIZE_32 + size as u32).next_multiple_of(INSTANCE_ALIGN);
        Ok(layout)
    }

    /// Appends a value at its natural alignment, as seen from the instance register.
    fn push(&mut self, value: &[u8]) -> u32 {
        let header = HEADER_SIZE_32 as usize;
        let offset = (header + self.init_image.len()).next_multiple_of(value.len());
        self.init_image.resize(offset - header, 0);
        self.init_image.extend_from_slice(value);
        offset as u32
    }

    /// Offset of a mutable global.
    ///
    /// # Panics
    /// If the global is not mutable: such a one has no place.
    pub fn global(&self, index: GlobalIndex) -> u32 {
        self.globals[&index]
    }

    /// Offset of what the runtime fills in for imported function `index`.
    pub fn import_slot(&self, index: usize, target: Target) -> u32 {
        self.import_slots + index as u32 * FuncRef::size(target.pointer_bytes())
    }

    /// Offset of the current length of a droppable data segment.
    ///
    /// # Panics
    /// If the segment's mode is not [`DataMode::Droppable`].
    pub fn segment_length(&self, index: DataIndex) -> u32 {
        self.segment_lengths[&index]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::module::{FuncType, Global, ValType};

    #[test]
    fn state_is_aligned_and_initialised() {
        let mut m = Module::default();
        m.types.push(FuncType { params: vec![], results: vec![ValType::I32; 5] });
        let g0 = m.globals.push(Global { ty: ValType::I32, mutable: true, value: 7 });
        m.globals.push(Global { ty: ValType::I32, mutable: false, value: 1 });
        let g2 = m.globals.push(Global { ty: ValType::I64, mutable: true, value: 0x1_0000_0002 });
        let l = InstanceLayout::new(&m, Target::CortexM4F).unwrap();
        // One result word beyond r0-r3, then g0, then g2 at the next multiple of 8 (40 + 8).
        assert_eq!((l.global(g0), l.global(g2), l.memory_offset), (44, 48, 64));
        assert_eq!(l.init_image, [0, 0, 0, 0, 7, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0]);
        assert_eq!(InstanceLayout::new(&m, Target::Rv32Imac).unwrap().memory_offset, 64);
    }
}
