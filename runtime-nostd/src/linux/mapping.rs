//! Memory for arenas and stacks, between guards, and memory for code.

use core::ffi::c_void;
use core::ptr::{self, NonNull};
use core::slice;
use std::io;

use rustix::io::Errno;
use rustix::mm::{MapFlags, MprotectFlags, ProtFlags, mmap_anonymous, mprotect, munmap};

/// Bytes of address space without any access on either side of a [`Memory`]: larger than any frame of compiled code, and a
/// multiple of every page size that Linux has on the parts that are supported.
pub const GUARD_BYTES: usize = 64 << 10;

/// Zeros at first, between two guards.
#[derive(Debug)]
pub struct Memory {
    start: NonNull<u8>,
    len: usize,
}

// SAFETY: the mapping is this value's own, wherever that goes.
unsafe impl Send for Memory {}
// SAFETY: it is written through exclusive references alone.
unsafe impl Sync for Memory {}

impl Memory {
    /// At least `len` bytes, up to the next multiple of [`GUARD_BYTES`], wherever there is room. Nothing of it takes memory
    /// before it is used.
    ///
    /// # Errors
    /// What the kernel says.
    pub fn new(len: usize) -> io::Result<Memory> {
        Memory::place(None, len)
    }

    /// The same at `address`, a multiple of [`GUARD_BYTES`].
    ///
    /// # Errors
    /// What the kernel says: `EEXIST` where anything is already, guards included, and `EINVAL` for another address.
    pub fn at(address: usize, len: usize) -> io::Result<Memory> {
        Memory::place(Some(address), len)
    }

    fn place(address: Option<usize>, len: usize) -> io::Result<Memory> {
        let whole = len.max(1).checked_next_multiple_of(GUARD_BYTES).and_then(|len| len.checked_add(2 * GUARD_BYTES));
        let whole = whole.ok_or(Errno::NOMEM)?;
        let mut flags = MapFlags::PRIVATE | MapFlags::NORESERVE;
        let mut wish = ptr::null_mut::<c_void>();
        if let Some(address) = address {
            let before = address.checked_sub(GUARD_BYTES).filter(|before| before.is_multiple_of(GUARD_BYTES));
            wish = ptr::with_exposed_provenance_mut(before.ok_or(Errno::INVAL)?);
            flags |= MapFlags::FIXED_NOREPLACE;
        }
        // SAFETY: a new mapping that replaces none.
        let before = unsafe { mmap_anonymous(wish, whole, ProtFlags::empty(), flags) }?;
        let start = before.cast::<u8>().wrapping_add(GUARD_BYTES);
        // Addresses of what lies there travel as integers.
        start.expose_provenance();
        let start = NonNull::new(start).ok_or(Errno::INVAL)?;
        let memory = Memory { start, len: whole - 2 * GUARD_BYTES };
        // A kernel before 4.17, or an emulator, may take the address for a hint.
        if !wish.is_null() && before != wish {
            return Err(Errno::EXIST.into());
        }
        memory.protect(MprotectFlags::READ | MprotectFlags::WRITE)?;
        Ok(memory)
    }

    fn protect(&self, access: MprotectFlags) -> io::Result<()> {
        // SAFETY: of this value's own pages; a borrow of them would be one of the value, which the callers own.
        Ok(unsafe { mprotect(self.start.as_ptr().cast(), self.len, access) }?)
    }

    /// All of it, to read and write.
    pub fn bytes(&mut self) -> &mut [u8] {
        // SAFETY: mapped, initialised with zeros, and borrowed as long as the slice lives.
        unsafe { slice::from_raw_parts_mut(self.start.as_ptr(), self.len) }
    }

    /// Makes it memory that code runs in, and that can never be written again. Pages become executable for the first time
    /// here, for which the kernel makes instruction caches agree with what was written.
    ///
    /// # Errors
    /// What the kernel says, for instance `EACCES` where a policy forbids it.
    pub fn seal(self) -> io::Result<Code> {
        self.protect(MprotectFlags::READ | MprotectFlags::EXEC)?;
        Ok(Code(self))
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        let before = self.start.as_ptr().wrapping_sub(GUARD_BYTES);
        // SAFETY: this value's own, guards included, and nothing borrows it any more. Unmapping what is mapped cannot fail.
        let _ = unsafe { munmap(before.cast(), self.len + 2 * GUARD_BYTES) };
    }
}

/// Bytes that can be read and executed, and not written.
#[derive(Debug)]
pub struct Code(Memory);

impl Code {
    /// A copy of `bytes`, such as those of an artifact.
    ///
    /// # Errors
    /// What the kernel says.
    pub fn new(bytes: &[u8]) -> io::Result<Code> {
        let mut memory = Memory::new(bytes.len())?;
        memory.bytes()[..bytes.len()].copy_from_slice(bytes);
        memory.seal()
    }

    /// The bytes, with zeros behind what they were made of.
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: mapped for reading as long as this value lives, and nobody can write.
        unsafe { slice::from_raw_parts(self.0.start.as_ptr(), self.0.len) }
    }
}
