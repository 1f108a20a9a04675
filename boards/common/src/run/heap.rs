//! Memory for the interpreter, the one thing here that allocates.

use embedded_alloc::LlffHeap;

#[global_allocator]
static HEAP: LlffHeap = LlffHeap::empty();

/// Makes the upper half of `arena` the heap, and returns the lower one.
pub(super) fn take_half(arena: &'static mut [u8]) -> &'static mut [u8] {
    let (arena, heap) = arena.split_at_mut(arena.len() / 2);
    // SAFETY: `run` does one job, so this is done once; nobody else has this half.
    unsafe { HEAP.init(heap.as_mut_ptr().expose_provenance(), heap.len()) };
    arena
}

/// Bytes of the heap that are in use.
pub(super) fn used() -> usize {
    HEAP.used()
}
