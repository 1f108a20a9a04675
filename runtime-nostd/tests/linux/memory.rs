//! Mappings, as the kernel lists them.

use std::fs;

use sandgrain_runtime::linux::{Code, GUARD_BYTES, Memory};

/// Access to the bytes from `address` on, and where that ends.
fn access(address: usize) -> Option<(String, usize)> {
    fs::read_to_string("/proc/self/maps").unwrap().lines().find_map(|line| {
        let mut words = line.split_whitespace();
        let (start, end) = words.next()?.split_once('-')?;
        let [start, end] = [start, end].map(|digits| usize::from_str_radix(digits, 16).unwrap());
        (start..end).contains(&address).then(|| (words.next().unwrap_or_default().to_owned(), end))
    })
}

#[test]
fn memory_lies_between_guards() {
    let mut memory = Memory::new(1).unwrap();
    let bytes = memory.bytes();
    assert!(bytes.len() == GUARD_BYTES && bytes.iter().all(|byte| *byte == 0));
    bytes.fill(0xa5);
    let range = memory.bytes().as_ptr_range();
    let (start, end) = (range.start.addr(), range.end.addr());
    assert_eq!(access(start).unwrap(), ("rw-p".to_owned(), end));
    assert!(access(start - 1).unwrap().0 == "---p" && access(start - GUARD_BYTES).unwrap().0 == "---p");
    assert!(access(end).unwrap().0 == "---p" && access(end + GUARD_BYTES - 1).unwrap().0 == "---p");
}

#[test]
fn memory_at_an_address_replaces_nothing() {
    let mut first = Memory::new(3 * GUARD_BYTES).unwrap();
    let taken = first.bytes().as_ptr().addr();
    for address in [taken, taken - GUARD_BYTES, taken + 4 * GUARD_BYTES] {
        let error = Memory::at(address.next_multiple_of(GUARD_BYTES), 1).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::AlreadyExists, "{error}");
    }
    assert_eq!(
        Memory::at(taken.next_multiple_of(GUARD_BYTES) + 4096, 1).unwrap_err().raw_os_error(),
        Some(libc::EINVAL)
    );
    assert!(Memory::at(0, 1).is_err() && Memory::new(usize::MAX).is_err() && Memory::new(usize::MAX >> 1).is_err());
    let free = 0x1234_0000;
    let mut second = Memory::at(free, 5).unwrap();
    assert_eq!(second.bytes().as_ptr().addr(), free);
}

#[test]
fn code_is_never_writable_and_executable() {
    let mut memory = Memory::new(4).unwrap();
    memory.bytes()[..4].copy_from_slice(b"code");
    let place = memory.bytes().as_ptr().addr();
    assert_eq!(access(place).unwrap().0, "rw-p");
    let code = memory.seal().unwrap();
    assert!(code.bytes().starts_with(b"code\0") && code.bytes().as_ptr().addr() == place);
    assert_eq!(access(place).unwrap().0, "r-xp");
    assert!(Code::new(b"other").unwrap().bytes().starts_with(b"other\0"));
    assert!(!fs::read_to_string("/proc/self/maps").unwrap().contains(" rwx"), "something is both");
}
