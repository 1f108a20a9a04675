//! How an arena is divided.
//!
//! ```text
//! arena: pad to 16 | store header | import table | header … globals | linear memory → … | guest stack (grows down)
//!                  ^ 0            ^ imports      ^ header           ^ memory            ^ stack           ^ stack_top
//! ```

use sandgrain_abi::STACK_RESERVE;
use sandgrain_abi::layout::{INSTANCE_ALIGN, StoreHeader};
use sandgrain_artifact::{Content, Extern, MemoryType};

use crate::arch::{POINTER_BYTES, REGISTER_WORDS};
use crate::trap::InstantiateError;

/// What an instance may use of its arena. The default: the stack that the compiler found necessary, and for the memory
/// all that is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// Bytes of stack for the guest's own frames. `None`: what the artifact asks for.
    pub stack_bytes: Option<u32>,
    /// Bytes that the memory may have at most. `None`: as many as fit.
    pub memory_bytes: Option<u32>,
}

/// Offsets in bytes from the arena's first multiple of 16.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Layout {
    pub imports: usize,
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
        let min_bytes = content.memory().map_or(0, |m| m.min_bytes());
        let max_bytes = content.memory().map_or(0, |m| max_bytes(&m));
        let allowed = limits.memory_bytes.unwrap_or(u32::MAX);
        if min_bytes > u64::from(allowed) {
            return Err(InstantiateError::MemoryLimit { needed: min_bytes, allowed });
        }
        let imports = u64::from(StoreHeader::size(POINTER_BYTES));
        let header = (imports + u64::from(content.imports().len()) * 4).next_multiple_of(align);
        let memory = header + u64::from(content.instance_bytes());
        let stack_bytes = u64::from(limits.stack_bytes.unwrap_or(content.stack().bytes));
        let stack_bytes = (stack_bytes + u64::from(STACK_RESERVE) + stack_arguments(content)).next_multiple_of(align);
        let needed = memory + min_bytes.next_multiple_of(align) + stack_bytes;
        let top = len as u64 / align * align;
        if needed > top {
            return Err(InstantiateError::Arena { needed, found: len });
        }
        let stack = top - stack_bytes;
        let page_log2 = content.memory().map_or(0, |m| m.page_log2);
        let room = (stack - memory).min(max_bytes).min(allowed.into());
        Ok(Layout {
            imports: imports as usize,
            header: header as usize,
            memory: memory as usize,
            memory_bytes: min_bytes as u32,
            memory_capacity: (room >> page_log2 << page_log2) as u32,
            stack: stack as usize,
            stack_top: top as usize,
        })
    }
}

/// Bytes that a memory may grow to.
fn max_bytes(memory: &MemoryType) -> u64 {
    memory.max_pages.map_or(u64::MAX, |pages| u64::from(pages) << memory.page_log2)
}

/// Bytes of stack that the arguments of any export may take.
fn stack_arguments(content: &Content<'_>) -> u64 {
    let words = content.exports().iter().filter_map(|export| match export.item {
        Extern::Func { ty, .. } => content.types().at(ty).map(|ty| ty.params.words()),
        _ => None,
    });
    u64::from(words.max().unwrap_or(0).saturating_sub(REGISTER_WORDS as u32)) * 4
}
