//! Growing, filling and initialising tables. An element is a word: a funcref or an externref.

use core::ptr::{with_exposed_provenance, with_exposed_provenance_mut};

use sandgrain_abi::ITEM_IN_STATE;
use sandgrain_abi::layout::TableDefinition;

use crate::arch::give_way;

/// # Safety
/// `table` is the definition of a table of the caller's store, which nothing else accesses meanwhile.
pub unsafe extern "C" fn table_grow(table: *mut TableDefinition, init: usize, delta: u32) -> i32 {
    // SAFETY: by contract.
    let table = unsafe { &mut *table };
    let old = table.length;
    match old.checked_add(delta as usize) {
        Some(grown) if grown <= table.capacity => {
            let new = with_exposed_provenance_mut::<usize>(table.base).wrapping_add(old);
            // SAFETY: the table has `capacity` elements in its arena.
            unsafe { table_fill(new, init, delta) };
            table.length = grown;
            old as i32
        }
        _ => -1,
    }
}

/// # Safety
/// `count` elements at `dst` lie in a table of the caller's store.
pub unsafe extern "C" fn table_fill(dst: *mut usize, value: usize, count: u32) {
    for i in 0..count as usize {
        // SAFETY: by contract.
        unsafe { dst.add(i).write(value) };
    }
    give_way();
}

/// # Safety
/// `count` elements at `dst` lie in a table of the caller's store, `count` items at `items` in its read-only data, and
/// each item is 0, the offset of a `FuncRef` from `instance`, or with `ITEM_IN_STATE` that of a word.
pub unsafe extern "C" fn table_init(dst: *mut usize, items: *const u32, instance: usize, count: u32) {
    for i in 0..count as usize {
        // SAFETY: by contract.
        unsafe {
            let element = match items.add(i).read() {
                0 => 0,
                item if item & ITEM_IN_STATE == 0 => instance + item as usize,
                item => with_exposed_provenance::<usize>(instance + (item & !ITEM_IN_STATE) as usize).read(),
            };
            dst.add(i).write(element);
        }
    }
    give_way();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growing_stops_at_the_capacity_and_fills_what_it_adds() {
        let mut elements = [7usize; 4];
        let base = elements.as_mut_ptr().expose_provenance();
        let mut table = TableDefinition { base, length: 1, capacity: 3, maximum: usize::MAX };
        // SAFETY: the definition is of `elements`, which nothing else refers to meanwhile.
        let mut grow = |init, delta| (unsafe { table_grow(&raw mut table, init, delta) }, table.length);
        assert_eq!(grow(1, 0), (1, 1));
        assert_eq!(grow(1, 3), (-1, 1));
        assert_eq!(grow(1, u32::MAX), (-1, 1));
        assert_eq!(grow(9, 2), (1, 3));
        assert_eq!(elements, [7, 9, 9, 7]);
    }

    #[test]
    fn items_become_addresses_in_their_instance() {
        let mut elements = [7; 5];
        // SAFETY: three elements and three items.
        unsafe { table_init(elements[1..].as_mut_ptr(), [0, 40, 52].as_ptr(), 0x1000, 3) };
        assert_eq!(elements, [7, 0, 0x1000 + 40, 0x1000 + 52, 7]);
    }
}
