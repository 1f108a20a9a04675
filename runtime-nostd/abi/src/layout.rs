//! What compiled code finds in RAM, each layout defined once for both halves.
//!
//! ```text
//! store:     StoreHeader | guest stack
//! instance:  InstanceHeader | result area | init image | import slots | FuncRefs | type ids
//!            | TableDefinitions | table elements | pad to 16 | linear memory … end of arena
//!            ^ 0, in the instance register                   ^ instance_bytes (in the artifact)
//! ```
//! Everything between header and linear memory is the instance's *state*; its places are the compiler's choice and are
//! listed in the artifact. Every field here is one pointer-sized word, so an offset is `index * pointer bytes` on 32-
//! and 64-bit parts alike.
//!
//! Instances of one store refer to each other by address: an instance's definitions of memory and tables and its cells
//! of globals stay where they are for as long as the store lives.
//!
//! * A funcref is the address of a [`FuncRef`], 0 for null. An externref is a word without meaning, 0 for null.
//! * A type id is an address, too: that of the first equal type among the modules of the store's instances, so that
//!   two ids are equal exactly if the types are.

/// Defines a struct for the runtime and its offsets for the compiler from one list.
macro_rules! layout {
    (
        $(#[$meta:meta])* struct $name:ident;
        $(#[$fields_meta:meta])* enum $fields:ident;
        $($(#[$doc:meta])* $field:ident,)*
    ) => {
        $(#[$meta])*
        #[repr(C)]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub struct $name { $($(#[$doc])* pub $field: usize,)* }

        $(#[$fields_meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(non_camel_case_types)]
        pub enum $fields { $($(#[$doc])* $field,)* }

        impl $fields {
            /// Every field, in layout order.
            pub const ALL: &'static [$fields] = &[$($fields::$field,)*];

            /// Byte offset in the struct for pointers of `pointer_bytes` (4 or 8).
            pub const fn offset(self, pointer_bytes: u32) -> u32 {
                self as u32 * pointer_bytes
            }
        }

        impl $name {
            /// Bytes of the struct for pointers of `pointer_bytes` (4 or 8).
            pub const fn size(pointer_bytes: u32) -> u32 {
                $fields::ALL.len() as u32 * pointer_bytes
            }
        }

        const _: () = {
            $(assert!(core::mem::offset_of!($name, $field) == $fields::$field.offset(POINTER) as usize);)*
            assert!(size_of::<$name>() == $name::size(POINTER) as usize);
        };
    };
}

/// Pointer bytes of the part that this is compiled for.
const POINTER: u32 = size_of::<usize>() as u32;

layout! {
    /// Head of every instance, at the address in the instance register.
    struct InstanceHeader;
    /// One field of [`InstanceHeader`].
    enum Field;

    /// Lowest value that sp may have when a function is entered; below it lie
    /// [`STACK_RESERVE`](crate::STACK_RESERVE) bytes.
    stack_limit,
    /// Address of the firmware's helper table, indexed by [`Helper`](crate::Helper).
    helpers,
    /// Where an import thunk jumps, index of the imported function in t5 / r12.
    host_gate,
    /// Where a trap stub jumps, [`TrapKind`](crate::TrapKind) in a0 / r0 and the site in ra / lr. Never returns.
    trap_exit,
    /// Address of the [`StoreHeader`]: for the gate, the trap exit and metered code.
    store,
    /// From here on the [`MemoryDefinition`] of the instance's own memory; all zero if it has none.
    memory_base,
    /// Its `limit`.
    memory_limit,
    /// Its `capacity`.
    memory_capacity,
    /// Its `page_log2`.
    memory_page_log2,
    /// Its `maximum`.
    memory_maximum,
}

layout! {
    /// A linear memory (core spec 4.2.8): what an import of a memory is given the address of.
    struct MemoryDefinition;
    /// One field of [`MemoryDefinition`].
    enum MemoryField;

    /// Address of its first byte. Never changes.
    base,
    /// Bytes at present: a whole number of pages. Changes only in `memory.grow`.
    limit,
    /// Bytes that it may grow to at most: the least of its maximum and of the room behind `base`.
    capacity,
    /// Binary logarithm of the page size in bytes: 16, or 0 for pages of one byte.
    page_log2,
    /// Pages that its type allows at most; all ones if it names no maximum.
    maximum,
}

layout! {
    /// A table that can change (core spec 4.2.7): what an import of a table is given the address of.
    struct TableDefinition;
    /// One field of [`TableDefinition`].
    enum TableField;

    /// Address of its first element; an element is one word, a funcref or an externref. Never changes.
    base,
    /// Elements at present. Changes only in `table.grow`.
    length,
    /// Elements that it may grow to at most.
    capacity,
    /// Elements that its type allows at most; all ones if it names no maximum.
    maximum,
}

layout! {
    /// A function that can be called from another instance or through a table (core spec 4.2.6).
    struct FuncRef;
    /// One field of [`FuncRef`].
    enum FuncRefField;

    /// Address to call, including the bit that says "Thumb" where there is one.
    code,
    /// What the instance register has to be in it: the address of its instance's header.
    instance,
    /// Its type id.
    type_id,
}

layout! {
    /// What the instances of a store share, below the guest's stack. Metered code finds the fuel here; all other offsets are
    /// the runtime's own.
    struct StoreHeader;
    /// One field of [`StoreHeader`].
    enum StoreField;

    /// Units of fuel that are left, a 32-bit word. Here at the front it stays where it is whatever becomes of the others.
    fuel,
    /// Address of the runtime's private part of the call in progress, where the gate has no entry frame to find it by.
    runtime,
    /// The host's sp while the guest runs, on parts that have no register for it.
    host_sp,
    /// The guest's sp when it is entered.
    guest_sp,
    /// Where callers are found after the last trap, or the last call of a host function: sp at its site on 32-bit parts,
    /// the frame pointer of the piece of code that the site called on others.
    exit_stack,
    /// Kind of the last trap.
    exit_kind,
    /// Return address of the last trap's site, or of the last call of a host function.
    exit_pc,
    /// Header of the instance in which that was.
    exit_instance,
}

/// Bytes of the instance header on a 32-bit part.
pub const HEADER_SIZE_32: u32 = InstanceHeader::size(4);

/// Alignment in bytes of the instance and of the linear memory behind it.
pub const INSTANCE_ALIGN: u32 = 16;

impl InstanceHeader {
    /// Offset of the [`MemoryDefinition`] of the instance's own memory for pointers of `pointer_bytes` (4 or 8).
    pub const fn memory_offset(pointer_bytes: u32) -> u32 {
        Field::memory_base.offset(pointer_bytes)
    }
}

/// The own memory's definition is part of the header, field for field.
const _: () = {
    let start = InstanceHeader::memory_offset(1);
    assert!(Field::memory_base.offset(1) == start + MemoryField::base.offset(1));
    assert!(Field::memory_limit.offset(1) == start + MemoryField::limit.offset(1));
    assert!(Field::memory_capacity.offset(1) == start + MemoryField::capacity.offset(1));
    assert!(Field::memory_page_log2.offset(1) == start + MemoryField::page_log2.offset(1));
    assert!(Field::memory_maximum.offset(1) == start + MemoryField::maximum.offset(1));
    assert!(start + MemoryDefinition::size(1) == InstanceHeader::size(1));
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_follow_the_pointers() {
        assert_eq!((InstanceHeader::size(4), InstanceHeader::size(8)), (40, 80));
        assert_eq!((FuncRef::size(4), TableDefinition::size(8), MemoryDefinition::size(4)), (12, 32, 20));
        assert_eq!(Field::memory_limit.offset(8), InstanceHeader::memory_offset(8) + 8);
    }
}
