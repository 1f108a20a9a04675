//! What the analysis of the whole module ([`crate::trim`]) has to know beyond CLIF: which values are addresses in the
//! first own memory, also where no check of them is left, and which loads and stores are those of a global.

use super::{FunctionTranslator, Translator};
use crate::module::{GlobalIndex, MemoryIndex, MemoryPlace};
use cranelift_codegen::ir::{Block, Inst, Value, ValueDef};
use std::collections::HashMap;

/// What a function does with memory and globals.
#[derive(Debug, Default)]
pub struct Observations {
    pub memory: Vec<MemoryUse>,
    /// Loads of globals that are not constant.
    pub reads: HashMap<Inst, GlobalIndex>,
    pub writes: HashMap<Inst, GlobalIndex>,
}

/// An access to the first own memory, which traps unless `index + length + end` is within its size.
#[derive(Debug, Clone, Copy)]
pub struct MemoryUse {
    pub block: Block,
    pub index: Value,
    /// Bytes, if that is a value; else 0.
    pub length: Option<Value>,
    /// Bytes beyond: of a load or store its constant offset and its size.
    pub end: u64,
    /// Of the operator in the .wasm file, or of a data segment.
    pub wasm_offset: u32,
}

impl Translator<'_> {
    /// A translator that keeps what it has seen of each function for [`take_observations`](Self::take_observations).
    #[must_use]
    pub fn observing(mut self) -> Self {
        self.observations = Some(Observations::default());
        self
    }

    /// What has been seen of the function that was translated last.
    pub fn take_observations(&mut self) -> Observations {
        self.observations.replace(Observations::default()).unwrap_or_default()
    }
}

impl FunctionTranslator<'_, '_> {
    pub(super) fn observe_access(&mut self, memory: MemoryIndex, index: Value, length: Option<Value>, end: u64) {
        let Some(seen) = &mut self.observations else { return };
        if self.module.memories[memory].place == MemoryPlace::BehindInstance {
            let block = self.b.current_block().expect("what is translated can be reached");
            let wasm_offset = self.b.srcloc().bits();
            seen.memory.push(MemoryUse { block, index, length, end, wasm_offset });
        }
    }

    /// `value` is loaded from a global.
    pub(super) fn observe_global(&mut self, global: GlobalIndex, value: Value) {
        if let (Some(seen), ValueDef::Result(load, _)) = (&mut self.observations, self.b.func.dfg.value_def(value)) {
            seen.reads.insert(load, global);
        }
    }

    pub(super) fn observe_write(&mut self, global: GlobalIndex, store: Inst) {
        if let Some(seen) = &mut self.observations {
            seen.writes.insert(store, global);
        }
    }
}
