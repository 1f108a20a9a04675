//! What the pinned instance register points at.
//!
//! ```text
//! header | result area | mutable globals | passive-segment lengths | pad to 16 | linear memory … end of arena
//!        ^ HEADER_SIZE                                             ^ memory_offset (in the artifact)
//! ```
//! Every field is one pointer-sized word, so an offset is `index * pointer bytes` on 32- and 64-bit parts alike.

/// Defines the struct for the runtime and the offsets for the compiler from one list.
macro_rules! instance_header {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// Head of every instance, in the arena that the host program handed over. Words are `usize`.
        #[repr(C)]
        #[derive(Debug, Clone, Default)]
        pub struct InstanceHeader { $($(#[$doc])* pub $name: usize,)* }

        /// One field of [`InstanceHeader`], for code that only needs its place.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(non_camel_case_types)]
        pub enum Field { $($(#[$doc])* $name,)* }

        impl Field {
            /// Every field, in layout order.
            pub const ALL: &'static [Field] = &[$(Field::$name,)*];
        }
    };
}

instance_header! {
    /// Lowest value that sp may have when a function is entered; below it lie
    /// [`STACK_RESERVE`](crate::STACK_RESERVE) bytes.
    stack_limit,
    /// Current size of the linear memory in bytes (0 without a memory). Changes only in `memory.grow`.
    memory_limit,
    /// Address of the firmware's helper table, indexed by [`Helper`](crate::Helper).
    helpers,
    /// Where an import thunk jumps, import index in t5 / r12.
    host_gate,
    /// Where a trap stub jumps, [`TrapKind`](crate::TrapKind) in a0 / r0 and the site in ra / lr. Never returns.
    trap_exit,
    /// Largest size in bytes that the linear memory may grow to: the least of its maximum and the arena.
    memory_capacity,
    /// The host's sp while the guest runs; its callee-saved registers lie above it.
    host_sp,
    /// The guest's sp while the guest does not run.
    guest_sp,
    /// Address of the runtime's private part of the instance. Code never reads it.
    runtime,
    /// Why the guest last stopped, an arch-private code.
    exit_state,
    /// First operand of `exit_state`: for a trap, its kind.
    exit_kind,
    /// Second operand of `exit_state`: for a trap, the return address of its site.
    exit_pc,
}

/// Bytes of the header on a 32-bit part.
pub const HEADER_SIZE_32: u32 = Field::ALL.len() as u32 * 4;

/// Alignment in bytes of the instance and of the linear memory behind it.
pub const INSTANCE_ALIGN: u32 = 16;

impl Field {
    /// Byte offset from the instance register for pointers of `pointer_bytes` (4 or 8).
    pub const fn offset(self, pointer_bytes: u32) -> u32 {
        self as u32 * pointer_bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::mem::{offset_of, size_of};

    #[test]
    fn offsets_match_the_struct() {
        let p = size_of::<usize>() as u32;
        assert_eq!(Field::stack_limit.offset(p) as usize, offset_of!(InstanceHeader, stack_limit));
        assert_eq!(Field::host_gate.offset(p) as usize, offset_of!(InstanceHeader, host_gate));
        assert_eq!(Field::exit_pc.offset(p) as usize, offset_of!(InstanceHeader, exit_pc));
        assert_eq!(Field::ALL.len() * size_of::<usize>(), size_of::<InstanceHeader>());
    }
}
