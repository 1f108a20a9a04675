//! Misaligned accesses of a guest, for cores that trap instead of completing them (mcause 4 and 6).
//!
//! WebAssembly allows any alignment, and compiled code uses plain loads and stores of two and four bytes. Where the
//! core refuses one, the trap entry has the registers saved and [`complete`] does the access byte by byte, so that the
//! code goes on behind it. Everything here is pure: memory is a trait, the registers are an array.
//!
//! Decoded are the forms that a compiler for RV32IMFC chooses from: `lh lhu lw sh sw flw fsw` and the compressed
//! `c.lw c.sw c.lwsp c.swsp c.flw c.fsw c.flwsp c.fswsp`. An access to one byte is never misaligned; atomic operations
//! (LR, SC, AMO) may not be split and are nobody's in a guest.
//!
//! Source: The RISC-V Instruction Set Manual, Volume I, chapters "RV32I", "F" and "C" (instruction listings).

/// Number of float registers that a build saves.
pub const FLOAT_REGISTERS: usize = if cfg!(any(test, riscv_float)) { 32 } else { 0 };

/// The registers of an interrupted program. The trap entry's assembly knows this layout.
#[repr(C)]
pub struct Registers {
    /// x1–x31, each at its number. At 0, where a register would read as zero, the pc.
    pub x: [u32; 32],
    /// f0–f31, where there are any.
    pub f: [u32; FLOAT_REGISTERS],
}

impl Registers {
    #[cfg(any(test, feature = "containment"))]
    pub const fn new() -> Self {
        Registers { x: [0; 32], f: [0; FLOAT_REGISTERS] }
    }

    fn read(&self, register: Register) -> Option<u32> {
        match register {
            Register::X(0) => Some(0),
            Register::X(number) => self.x.get(usize::from(number)).copied(),
            Register::F(number) => self.f.get(usize::from(number)).copied(),
        }
    }

    /// `None`, and no effect, if there is no such register.
    fn write(&mut self, register: Register, value: u32) -> Option<()> {
        let place = match register {
            Register::X(0) => return Some(()),
            Register::X(number) => self.x.get_mut(usize::from(number))?,
            Register::F(number) => self.f.get_mut(usize::from(number))?,
        };
        *place = value;
        Some(())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Register {
    X(u8),
    F(u8),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Load { signed: bool },
    Store,
}

/// One load or store of more than one byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    pub kind: Kind,
    /// Bytes accessed: 2 or 4.
    pub bytes: u32,
    /// What is loaded or stored.
    pub register: Register,
    /// Integer register that holds the address.
    pub base: u8,
    /// Added to the address, −2048..=2047.
    pub offset: i32,
    /// Bytes of the instruction: 2 or 4.
    pub length: u32,
}

impl Access {
    /// First address of the access.
    pub fn address(&self, registers: &Registers) -> Option<u32> {
        Some(registers.read(Register::X(self.base))?.wrapping_add_signed(self.offset))
    }
}

/// Whether an instruction that starts with this parcel has a second one (Volume I, "Expanded Instruction-Length
/// Encoding": nothing longer than 32 bits is in any of the targets).
pub const fn is_long(first: u16) -> bool {
    first & 3 == 3
}

/// `count` bits of an instruction from bit `low`, moved to bit `to`.
const fn bits(code: u32, low: u32, count: u32, to: u32) -> u32 {
    (code >> low & ((1 << count) - 1)) << to
}

/// The access that an instruction makes; `None` if it is none of the module's list. The upper half of `code` is
/// ignored if the lower half is a whole instruction.
pub fn decode(code: u32) -> Option<Access> {
    if is_long(code as u16) { decode_long(code) } else { decode_compressed(code & 0xffff) }
}

const LOAD: u32 = 0x03;
const LOAD_FP: u32 = 0x07;
const STORE: u32 = 0x23;
const STORE_FP: u32 = 0x27;

fn decode_long(code: u32) -> Option<Access> {
    let (rd, base, rs2) = (bits(code, 7, 5, 0) as u8, bits(code, 15, 5, 0) as u8, bits(code, 20, 5, 0) as u8);
    let load_offset = code as i32 >> 20;
    let store_offset = (code as i32 >> 25 << 5) | rd as i32;
    let load = |signed, bytes, register| Access {
        kind: Kind::Load { signed },
        bytes,
        register,
        base,
        offset: load_offset,
        length: 4,
    };
    let store = |bytes, register| Access { kind: Kind::Store, bytes, register, base, offset: store_offset, length: 4 };
    Some(match (code & 0x7f, bits(code, 12, 3, 0)) {
        (LOAD, 1) => load(true, 2, Register::X(rd)),
        (LOAD, 2) => load(true, 4, Register::X(rd)),
        (LOAD, 5) => load(false, 2, Register::X(rd)),
        (LOAD_FP, 2) => load(true, 4, Register::F(rd)),
        (STORE, 1) => store(2, Register::X(rs2)),
        (STORE, 2) => store(4, Register::X(rs2)),
        (STORE_FP, 2) => store(4, Register::F(rs2)),
        _ => return None,
    })
}

const SP: u8 = 2;

fn decode_compressed(code: u32) -> Option<Access> {
    let (quadrant, funct3) = (code & 3, bits(code, 13, 3, 0));
    let register = |number: u32| {
        let number = number as u8;
        // 010 and 110 are the words, 011 and 111 RV32's single floats.
        if funct3 & 1 == 0 { Register::X(number) } else { Register::F(number) }
    };
    let kind = match funct3 {
        2 | 3 => Kind::Load { signed: true },
        6 | 7 => Kind::Store,
        _ => return None,
    };
    let (register, base, offset) = match (quadrant, kind) {
        // CL and CS formats.
        (0, _) => {
            let offset = bits(code, 10, 3, 3) | bits(code, 6, 1, 2) | bits(code, 5, 1, 6);
            (register(8 + bits(code, 2, 3, 0)), 8 + bits(code, 7, 3, 0) as u8, offset)
        }
        // CI format; c.lwsp with x0 is reserved.
        (2, Kind::Load { .. }) => {
            let register = register(bits(code, 7, 5, 0));
            if register == Register::X(0) {
                return None;
            }
            (register, SP, bits(code, 12, 1, 5) | bits(code, 4, 3, 2) | bits(code, 2, 2, 6))
        }
        // CSS format.
        (2, Kind::Store) => (register(bits(code, 2, 5, 0)), SP, bits(code, 9, 4, 2) | bits(code, 7, 2, 6)),
        _ => return None,
    };
    Some(Access { kind, bytes: 4, register, base, offset: offset as i32, length: 2 })
}

/// Where an access goes, a byte at a time.
pub trait Memory {
    fn read(&mut self, address: u32) -> u8;
    fn write(&mut self, address: u32, byte: u8);
}

/// Does the access on saved registers, and moves the saved pc behind its instruction. `None`, and no effect but reads,
/// if it is one of floats and the build saves none.
///
/// Constant worst case: four bytes.
pub fn complete(access: &Access, registers: &mut Registers, memory: &mut impl Memory) -> Option<()> {
    let first = access.address(registers)?;
    let address = |byte: u32| first.wrapping_add(byte);
    match access.kind {
        Kind::Load { signed } => {
            let value = (0..access.bytes).fold(0, |value, i| value | u32::from(memory.read(address(i))) << (8 * i));
            let unused = 32 - 8 * access.bytes;
            let top = value << unused;
            let value = if signed { (top as i32 >> unused) as u32 } else { top >> unused };
            registers.write(access.register, value)?;
        }
        Kind::Store => {
            let value = registers.read(access.register)?;
            (0..access.bytes).for_each(|i| memory.write(address(i), (value >> (8 * i)) as u8));
        }
    }
    registers.x[0] = registers.x[0].wrapping_add(access.length);
    Some(())
}

#[cfg(test)]
#[path = "misaligned_tests.rs"]
mod tests;
