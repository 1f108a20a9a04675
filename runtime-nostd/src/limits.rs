//! How arenas and stacks are divided.
//!
//! ```text
//! arena: pad to 16 | import table | header … state | first memory → … | further memories
//!                  ^ 0            ^ header         ^ memory           ^ further
//! store: pad to 16 | store header | guest stack (grows down)
//!                  ^ 0            ^ STACK                    ^ top
//! ```

use sandgrain_abi::layout::{INSTANCE_ALIGN, StoreHeader};
use sandgrain_artifact::{Content, ExternType, ImportType, Memory};

use crate::arch::{POINTER_BYTES, STACK_RESERVE, stack_bytes};
use crate::trap::InstantiateError;
use crate::value::words;

/// What an instance may use. The default: the stack that the compiler found necessary, for the memory all that is left of
/// the arena, for tables the room that the compiler gave them, and the fuel that the store has.
///
/// A module that needs more at the start is refused; growing beyond a limit fails as core spec 4.4.7 has it, with -1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// Bytes of stack for the guest's own frames. `None`: what the artifact asks for.
    pub stack_bytes: Option<u32>,
    /// Bytes that the memories may have together. Those behind the first take all that they may grow to. `None`: as many
    /// as fit.
    pub memory_bytes: Option<u32>,
    /// Elements that a table in RAM may have. `None`: as many as the compiler made room for.
    pub table_elements: Option<u32>,
    /// What to set the store's fuel to before anything of the instance runs. `None`: it stays as it is, 0 in a new store.
    pub fuel: Option<u32>,
}

const ALIGN: u64 = INSTANCE_ALIGN as u64;

/// Where a store's stack begins, behind its header.
pub(crate) const STACK: usize = (StoreHeader::size(POINTER_BYTES) as usize).next_multiple_of(INSTANCE_ALIGN as usize);

/// Offsets in bytes in an instance's arena.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Layout {
    pub header: usize,
    /// Where the first memory starts, if there is one, and what it may grow to.
    pub memory: usize,
    pub room: usize,
    /// Where the others start.
    pub further: usize,
}

impl Layout {
    /// Divides an arena of `len` bytes.
    pub(crate) fn new<'a>(content: &Content<'a>, len: usize, limits: &Limits) -> Result<Layout, InstantiateError<'a>> {
        let allowed = check_memory_limit(content, limits)?;
        let needed = arena_bytes(content);
        let top = len as u64 / ALIGN * ALIGN;
        if needed > top {
            return Err(InstantiateError::Arena { needed, found: len });
        }
        let memory = front_bytes(content);
        let further = top - further_bytes(content);
        let mut room = (further - memory).min(allowed);
        if let Some(memory) = content.memory() {
            room = room.min(max_bytes(&memory)) >> memory.ty.page_log2 << memory.ty.page_log2;
        }
        Ok(Layout {
            header: table_bytes(content) as usize,
            memory: memory as usize,
            room: room as usize,
            further: further as usize,
        })
    }
}

/// Bytes that the first memory may have.
pub(crate) fn check_memory_limit<'a>(content: &Content<'a>, limits: &Limits) -> Result<u64, InstantiateError<'a>> {
    let further = further_bytes(content);
    let needed = further + content.memory().map_or(0, |memory| memory.ty.min_bytes());
    let allowed = limits.memory_bytes.unwrap_or(u32::MAX);
    if needed > allowed.into() {
        return Err(InstantiateError::MemoryLimit { needed, allowed });
    }
    Ok(u64::from(allowed) - further)
}

/// Bytes that a memory may have, if there is room.
fn max_bytes(memory: &Memory) -> u64 {
    match (memory.fixed, memory.ty.max_pages) {
        (true, _) => memory.ty.min_bytes(),
        (false, Some(pages)) => u64::from(pages) << memory.ty.page_log2,
        (false, None) => u64::MAX,
    }
}

/// Bytes of the import table: a word for each function.
fn table_bytes(content: &Content<'_>) -> u64 {
    let functions = content.imports().iter().take_while(|import| matches!(import.ty, ImportType::Func { .. }));
    (functions.count() as u64 * 4).next_multiple_of(ALIGN)
}

/// Bytes in front of the first memory.
fn front_bytes(content: &Content<'_>) -> u64 {
    table_bytes(content) + u64::from(content.instance_bytes())
}

/// Bytes of all memories but the first.
#[inline(never)]
fn further_bytes(content: &Content<'_>) -> u64 {
    content.memories().iter().skip(1).map(|memory| memory.capacity_bytes().next_multiple_of(ALIGN)).sum()
}

/// Bytes that an arena has to have for an instance.
pub(crate) fn arena_bytes(content: &Content<'_>) -> u64 {
    let first = content.memories().get(0).map_or(0, |memory| memory.capacity_bytes().next_multiple_of(ALIGN));
    front_bytes(content) + first + further_bytes(content)
}

/// Bytes that a store has to have for an instance, header included.
pub(crate) fn store_bytes(content: &Content<'_>, limits: &Limits) -> u64 {
    let frames = u64::from(limits.stack_bytes.unwrap_or(content.stack().bytes));
    let exports = content.exports();
    let calls = exports.iter().filter_map(|export| match content.export_type(export.item) {
        Some(ExternType::Func(ty)) => Some(stack_bytes(words(ty.params), words(ty.results))),
        _ => None,
    });
    let arguments = calls.max().unwrap_or(0) as u64;
    (STACK as u64 + u64::from(STACK_RESERVE) + frames + arguments).next_multiple_of(ALIGN)
}
