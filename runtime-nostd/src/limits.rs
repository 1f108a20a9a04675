//! How arenas and stacks are divided.
//!
//! ```text
//! arena: pad to 16 | import table | header … state | first memory → … | further memories
//!                  ^ 0            ^ header         ^ memory           ^ further
//! store: pad to 16 | store header | guest stack (grows down)
//!                  ^ 0            ^ STACK                    ^ top
//! ```

use sandgrain_abi::layout::{INSTANCE_ALIGN, StoreHeader};
use sandgrain_artifact::{Content, ImportType, Memory};

use crate::arch::{POINTER_BYTES, STACK_RESERVE, stack_bytes};
use crate::trap::InstantiateError;

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

const ALIGN: usize = INSTANCE_ALIGN as usize;

/// Where a store's stack begins, behind its header.
pub(crate) const STACK: usize = (StoreHeader::size(POINTER_BYTES) as usize).next_multiple_of(ALIGN);

/// What an instance takes, in bytes. What cannot be addressed is `usize::MAX` or close to it, which no arena has.
pub(crate) struct Needs {
    /// Of the import table: a word for each function.
    table: usize,
    /// In front of the first memory.
    front: usize,
    /// Of the first memory: at the start, what there has to be room for, and the most that it could use.
    first: usize,
    capacity: usize,
    most: usize,
    page_log2: u8,
    /// Of all memories but the first.
    further: usize,
    /// Of the store, header included.
    pub stack: usize,
}

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

impl Needs {
    pub(crate) fn of(content: &Content<'_>, limits: &Limits) -> Needs {
        let functions = content.imports().iter().take_while(|import| matches!(import.ty, ImportType::Func { .. }));
        let table = aligned(functions.count().saturating_mul(4));
        let frames = limits.stack_bytes.unwrap_or(content.stack().bytes) as usize;
        let stack = (STACK + STACK_RESERVE as usize).saturating_add(stack_bytes(content.call_words() as usize, 0));
        let mut needs = Needs {
            table,
            front: table.saturating_add(content.instance_bytes() as usize),
            first: 0,
            capacity: 0,
            most: usize::MAX,
            page_log2: 0,
            further: 0,
            stack: aligned(stack.saturating_add(frames)),
        };
        for (i, Memory { ty, capacity, fixed, .. }) in content.memories().iter().enumerate() {
            let capacity = aligned(bytes(capacity, ty.page_log2));
            if i > 0 {
                needs.further = needs.further.saturating_add(capacity);
                continue;
            }
            needs.capacity = capacity;
            needs.first = bytes(ty.min_pages, ty.page_log2);
            needs.most = match ty.max_pages {
                _ if fixed => needs.first,
                Some(pages) => bytes(pages, ty.page_log2),
                None => usize::MAX,
            };
            needs.page_log2 = ty.page_log2;
        }
        needs
    }

    /// Bytes that an arena has to have.
    pub(crate) fn arena(&self) -> usize {
        self.front.saturating_add(self.capacity).saturating_add(self.further)
    }

    /// Bytes that the first memory may have.
    pub(crate) fn check_memory_limit<'a>(&self, limits: &Limits) -> Result<usize, InstantiateError<'a>> {
        let needed = self.further.saturating_add(self.first);
        let allowed = limits.memory_bytes.unwrap_or(u32::MAX);
        match (allowed as usize).checked_sub(self.further) {
            Some(rest) if rest >= self.first => Ok(rest),
            _ => Err(InstantiateError::MemoryLimit { needed: needed as u64, allowed }),
        }
    }

    /// Divides an arena of `len` bytes.
    pub(crate) fn layout<'a>(&self, len: usize, limits: &Limits) -> Result<Layout, InstantiateError<'a>> {
        let allowed = self.check_memory_limit(limits)?;
        let (needed, top) = (self.arena(), len & !(ALIGN - 1));
        if needed > top {
            return Err(InstantiateError::Arena { needed: needed as u64, found: len });
        }
        let further = top - self.further;
        let room = (further - self.front).min(allowed).min(self.most) >> self.page_log2 << self.page_log2;
        Ok(Layout { header: self.table, memory: self.front, room, further })
    }
}

/// Bytes of so many pages.
fn bytes(pages: u32, page_log2: u8) -> usize {
    usize::try_from(u64::from(pages) << page_log2).unwrap_or(usize::MAX)
}

fn aligned(bytes: usize) -> usize {
    bytes.saturating_add(ALIGN - 1) & !(ALIGN - 1)
}
