//! Who called what trapped, as far as this side knows: the guest's stack stays as the trap has left it, and words of it
//! point into code.
//!
//! 64-bit code links its frames, and the words that are given here are its callers, the last one the module's entry.
//! 32-bit code does not, and no table here says how large frames are: every word that could be a return address is given,
//! with its place. The compiler's ELF file says where each function keeps its own, so the host finds the callers among
//! them, and nothing that a guest puts on its stack can pass for one. Either costs no memory, and at most one look at each
//! word of the stack.

use core::fmt;

use sandgrain_abi::layout::StoreField;

use crate::arch::{CODE_BIT, POINTER_BYTES};
use crate::instance::Instance;
use crate::store::{InstanceId, Instances};

/// Whether code links its frames by a pointer to the one before, with the return address behind it.
const LINKED: bool = POINTER_BYTES == 8;

/// A word of the guest's stack that points into code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StackWord {
    /// Bytes from where the stack was at the trap up to the word.
    pub at: u32,
    /// The instance whose code it is; of several that share it, any.
    pub instance: InstanceId,
    /// Where it points, as [`Trap::code_offset`](crate::Trap::code_offset).
    pub code_offset: u32,
}

impl<'a, T> Instances<'a, T> {
    /// Bytes of stack that were in use when the last call trapped, its arguments included. As of
    /// [`stack_words`](Self::stack_words), there is nothing to learn from it unless the last call did.
    pub fn trap_stack_bytes(&self) -> u32 {
        self.stack.bytes_from(self.stack.field(StoreField::exit_stack)) as u32
    }

    /// What may lead to the callers of what trapped last, from the innermost one on. The next call overwrites it.
    pub fn stack_words(&self) -> impl Iterator<Item = StackWord> + use<'_, 'a, T> {
        let start = self.stack.field(StoreField::exit_stack);
        let mut place = start;
        if LINKED {
            // The first frame is that of what the site has called.
            place = self.stack.pointer_at(start);
        }
        core::iter::from_fn(move || {
            while place >= start && self.stack.bytes_from(place) > 0 {
                let here = place;
                let value = if LINKED {
                    let next = self.stack.pointer_at(here);
                    // Callers lie higher: whatever the guest has written there, this ends.
                    place = if next > here { next } else { 0 };
                    self.stack.pointer_at(here + POINTER_BYTES as usize)
                } else {
                    place += POINTER_BYTES as usize;
                    self.stack.pointer_at(here)
                };
                // Instructions start at even addresses, but for x86-64.
                if let Some((instance, code_offset)) = self.find_code(value)
                    && (LINKED || value & 1 == CODE_BIT)
                {
                    return Some(StackWord { at: (here - start) as u32, instance, code_offset });
                }
            }
            None
        })
    }
}

/// Most words of a [`StackText`].
pub const MAX_STACK_WORDS: usize = 32;

/// What [`Instance::stack_words`] says, as the text that `sandgrain trace --stack` takes: the bytes of stack in use, then
/// place and code offset of each word, in hexadecimal. At most [`MAX_STACK_WORDS`] words, the innermost ones.
pub struct StackText<'i, 'a, T>(&'i Instance<'a, T>);

impl<T> fmt::Display for StackText<'_, '_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}", self.0.trap_stack_bytes())?;
        self.0
            .stack_words()
            .take(MAX_STACK_WORDS)
            .try_for_each(|word| write!(f, " {:x}:{:x}", word.at, word.code_offset))
    }
}

impl<'a, T> Instance<'a, T> {
    /// What may lead to the callers of what trapped last, for a log: the host finds them in it, with their names.
    pub fn stack_text(&self) -> StackText<'_, 'a, T> {
        StackText(self)
    }
}
