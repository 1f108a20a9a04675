//! How an arena is divided.
//!
//! ```text
//! arena: pad to 16 | import table | header … globals | linear memory → … | guest stack (grows down)
//!                  ^ 0            ^ header           ^ memory            ^ stack           ^ stack_top
//! ```

use sandgrain_abi::layout::INSTANCE_ALIGN;
use sandgrain_abi::{PAGE_SIZE, STACK_RESERVE};
use sandgrain_artifact::{Content, Extern};

use crate::arch::REGISTER_WORDS;
use crate::trap::InstantiateError;

/// What an instance may use of its arena. The default: the stack that the compiler found necessary, and for the memory
/// all that is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// Bytes of stack for the guest's own frames. `None`: what the artifact asks for.
    pub stack_bytes: Option<u32>,
    /// Pages of 64 KiB that the memory may have at most. `None`: as many as fit.
    pub memory_pages: Option<u32>,
}

/// Offsets in bytes from the arena's first multiple of 16.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Layout {
    pub header: usize,
    pub memory: usize,
    /// Bytes that the memory has at the start, and may have at most.
    pub memory_bytes: u32,
    pub memory_capacity: u32,
    pub stack: usize,
    pub stack_top: usize,
}

impl Layout {
    /// Divides an arena of `len` bytes behind its first multiple of 16.
    pub(crate) fn new<'a>(content: &Content<'a>, len: usize, limits: &Limits) -> Result<Layout, InstantiateError<'a>> {
        let align = u64::from(INSTANCE_ALIGN);
        let page = u64::from(PAGE_SIZE);
        let memory = content.memory();
        let min_pages = memory.map_or(0, |m| m.min_pages);
        let max_pages = memory.map_or(0, |m| m.max_pages.unwrap_or(u32::MAX));
        let allowed = limits.memory_pages.unwrap_or(u32::MAX);
        if min_pages > allowed {
            return Err(InstantiateError::MemoryLimit { needed: min_pages, allowed });
        }
        let header = (u64::from(content.imports().len()) * 4).next_multiple_of(align);
        let memory = header + u64::from(content.instance_bytes());
        let stack_bytes = u64::from(limits.stack_bytes.unwrap_or(content.stack().bytes));
        let stack_bytes = (stack_bytes + u64::from(STACK_RESERVE) + stack_arguments(content)).next_multiple_of(align);
        let needed = memory + u64::from(min_pages) * page + stack_bytes;
        let top = len as u64 / align * align;
        // A memory of 2^32 bytes would not leave a header addressable on any part: its size fits a word.
        if needed > top || u64::from(min_pages) * page > u64::from(u32::MAX) {
            return Err(InstantiateError::Arena { needed, found: len });
        }
        let stack = top - stack_bytes;
        let pages = ((stack - memory) / page).min(u64::from(max_pages.min(allowed))).min(u64::from(u32::MAX) / page);
        Ok(Layout {
            header: header as usize,
            memory: memory as usize,
            memory_bytes: min_pages * PAGE_SIZE,
            memory_capacity: pages as u32 * PAGE_SIZE,
            stack: stack as usize,
            stack_top: top as usize,
        })
    }
}

/// Bytes of stack that the arguments of any export may take.
fn stack_arguments(content: &Content<'_>) -> u64 {
    let words = content.exports().iter().filter_map(|export| match export.item {
        Extern::Func { ty, .. } => content.types().at(ty).map(|ty| ty.params.words()),
        _ => None,
    });
    u64::from(words.max().unwrap_or(0).saturating_sub(REGISTER_WORDS as u32)) * 4
}
