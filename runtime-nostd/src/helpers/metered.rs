//! Growing memories and tables for fuel. What cannot grow costs nothing beyond the operator.

use sandgrain_abi::layout::{MemoryDefinition, TableDefinition};
use sandgrain_abi::{FUEL_BYTES, FUEL_ELEMENT, FUEL_EXHAUSTED};

use super::{memory, table};

/// Takes what `bytes` cost, if there is so much.
fn pay(fuel: &mut u32, bytes: u64) -> Option<()> {
    let units = u32::try_from(bytes / u64::from(FUEL_BYTES)).ok()?;
    *fuel = fuel.checked_sub(units)?;
    Some(())
}

/// # Safety
/// As for [`memory::memory_grow`]; `fuel` is the fuel of the caller's store.
pub unsafe extern "C" fn memory_grow(memory: *mut MemoryDefinition, delta_pages: u32, fuel: *mut u32) -> i32 {
    // SAFETY: by contract.
    let (definition, fuel) = unsafe { (&*memory, &mut *fuel) };
    let bytes = u64::from(delta_pages) << definition.page_log2;
    if bytes <= (definition.capacity - definition.limit) as u64 && pay(fuel, bytes).is_none() {
        return FUEL_EXHAUSTED;
    }
    // SAFETY: by contract.
    unsafe { memory::memory_grow(memory, delta_pages) }
}

/// # Safety
/// As for [`table::table_grow`]; `fuel` is the fuel of the caller's store.
pub unsafe extern "C" fn table_grow(table: *mut TableDefinition, init: usize, delta: u32, fuel: *mut u32) -> i32 {
    // SAFETY: by contract.
    let (definition, fuel) = unsafe { (&*table, &mut *fuel) };
    let room = definition.capacity - definition.length;
    if delta as usize <= room && pay(fuel, u64::from(delta) * u64::from(FUEL_ELEMENT)).is_none() {
        return FUEL_EXHAUSTED;
    }
    // SAFETY: by contract.
    unsafe { table::table_grow(table, init, delta) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec;

    #[test]
    fn growth_is_paid_for_if_it_takes_place() {
        let mut bytes = vec![0xa5u8; 3000];
        let base = bytes.as_mut_ptr().expose_provenance();
        let mut memory = MemoryDefinition { base, limit: 1000, capacity: 3000, page_log2: 0, maximum: usize::MAX };
        let mut fuel = 20;
        // SAFETY: the definition is of `bytes`, which nothing else refers to meanwhile.
        let mut grow = |delta| (unsafe { memory_grow(&raw mut memory, delta, &raw mut fuel) }, memory.limit, fuel);
        assert_eq!(grow(2001), (-1, 1000, 20));
        assert_eq!(grow(u32::MAX), (-1, 1000, 20));
        assert_eq!(grow(1344), (FUEL_EXHAUSTED, 1000, 20));
        assert_eq!(grow(1343), (1000, 2343, 0));
        assert_eq!(grow(63), (2343, 2406, 0));
        assert_eq!(grow(64), (FUEL_EXHAUSTED, 2406, 0));
        assert_eq!(grow(0), (2406, 2406, 0));
    }

    #[test]
    fn an_element_costs_the_same_everywhere() {
        let mut elements = [7usize; 40];
        let base = elements.as_mut_ptr().expose_provenance();
        let mut table = TableDefinition { base, length: 1, capacity: 40, maximum: usize::MAX };
        let mut fuel = 2;
        // SAFETY: the definition is of `elements`, which nothing else refers to meanwhile.
        let mut grow = |delta| (unsafe { table_grow(&raw mut table, 9, delta, &raw mut fuel) }, table.length, fuel);
        assert_eq!(grow(40), (-1, 1, 2));
        assert_eq!(grow(31), (1, 32, 1));
        assert_eq!(grow(8), (32, 40, 1));
        assert_eq!(elements[1..], [9; 39]);
    }
}
