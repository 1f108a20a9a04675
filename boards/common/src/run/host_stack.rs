//! How much of its own stack the firmware uses: it is painted, and later the lowest place without paint is looked for.

use core::hint::black_box;
use core::ptr;

use crate::chip;

const PAINT: u32 = 0x5AC3_3CA5;
/// Bytes below the painter that are painted, if there is as much.
const DEPTH: usize = 32 * 1024;
/// Bytes that painter and searcher may themselves use: they stay without paint.
const MARGIN: usize = 256;

/// A stretch of stack that has been painted.
pub(super) struct HostStack {
    bottom: usize,
    top: usize,
}

impl HostStack {
    /// Paints what lies below the caller's frame.
    #[inline(never)]
    pub(super) fn paint() -> HostStack {
        let here = black_box(0u32);
        let top = (&raw const here).addr();
        let bottom = top.saturating_sub(DEPTH).max(chip::variables().end).next_multiple_of(4);
        for address in (bottom..top.saturating_sub(MARGIN)).step_by(4) {
            // SAFETY: between the end of the variables and a frame's margin below this one is free stack. An interrupt may
            // use it meanwhile, and is over before the next word is painted.
            unsafe { ptr::with_exposed_provenance_mut::<u32>(address).write_volatile(PAINT) };
        }
        HostStack { bottom, top }
    }

    /// Bytes below the painter's frame that have been used; at least [`MARGIN`].
    #[inline(never)]
    pub(super) fn used(&self) -> u32 {
        let is_painted = |address: &usize| {
            // SAFETY: as for `paint`; any word of RAM may be read.
            unsafe { ptr::with_exposed_provenance::<u32>(*address).read_volatile() == PAINT }
        };
        let untouched = (self.bottom..self.top - MARGIN).step_by(4).take_while(is_painted).count();
        (self.top - self.bottom - 4 * untouched) as u32
    }
}
