//! A 32-bit address space in which every instance has regions of its own, and what lies outside of them is not mapped.

use super::value_of;
use cranelift_codegen::data_value::DataValue;
use cranelift_codegen::ir::Type;
use std::collections::BTreeMap;

/// Nothing is mapped below.
const START: u32 = 0x1000;
/// From here on there is code, which cannot be read.
pub const CODE_BASE: u32 = 0xC000_0000;

/// Bytes of a region, with room to grow.
struct Region {
    bytes: Vec<u8>,
    writable: bool,
}

pub struct Space {
    regions: BTreeMap<u32, Region>,
    next: u32,
}

impl Space {
    pub fn new() -> Self {
        Space { regions: BTreeMap::new(), next: START }
    }

    /// Maps zeros; up to `capacity` bytes can follow by [`grow`](Self::grow).
    pub fn map(&mut self, size: u32, capacity: u32, writable: bool) -> u32 {
        let base = self.next;
        let bytes = capacity.max(size).max(1).next_multiple_of(16);
        self.next = base.checked_add(bytes).filter(|end| *end < CODE_BASE).expect("the test's address space is full");
        self.regions.insert(base, Region { bytes: vec![0; size as usize], writable });
        base
    }

    /// Lets the last `size` bytes of a region begin at `address`.
    pub fn grow(&mut self, address: u32, size: u32) {
        let (base, region) = self.regions.range_mut(..=address).next_back().expect("an address below all regions");
        region.bytes.resize((address - base + size) as usize, 0);
    }

    fn region(&self, address: u32) -> (u32, &Region) {
        let (base, region) = self.regions.range(..=address).next_back().expect("an address below all regions");
        (address - base, region)
    }

    pub fn bytes(&self, address: u32, size: u32) -> &[u8] {
        let (at, region) = self.region(address);
        let range = at as usize..at as usize + size as usize;
        region.bytes.get(range).unwrap_or_else(|| panic!("{size} bytes at {address:#x} are not mapped"))
    }

    /// What the host may write, code or not.
    pub fn place(&mut self, address: u32, bytes: &[u8]) {
        let (base, region) = self.regions.range_mut(..=address).next_back().expect("an address below all regions");
        let at = (address - base) as usize;
        region.bytes[at..at + bytes.len()].copy_from_slice(bytes);
    }

    pub fn place_word(&mut self, address: u32, word: u32) {
        self.place(address, &word.to_le_bytes());
    }

    /// What compiled code and helpers may write.
    pub fn store(&mut self, address: u32, bytes: &[u8]) {
        if !bytes.is_empty() {
            assert!(self.region(address).1.writable, "a store to {address:#x}, which is read-only");
            self.place(address, bytes);
        }
    }

    pub fn word(&self, address: u32) -> u32 {
        u32::from_le_bytes(self.bytes(address, 4).try_into().expect("four bytes"))
    }

    pub fn value(&self, address: u32, ty: Type) -> DataValue {
        value_of(self.bytes(address, ty.bytes()), ty)
    }
}
