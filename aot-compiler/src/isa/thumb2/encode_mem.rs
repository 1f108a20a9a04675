//! The assembler's second half: loads, stores and branches. Conventions as in [`encode`](super::encode).

use super::encode::{Cond, Enc};
use super::regs::{PC, Reg, RegSet, SP};

/// Single loads and stores.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mem {
    Ldr,
    /// Zero-extends.
    Ldrb,
    /// Zero-extends.
    Ldrh,
    Ldrsb,
    Ldrsh,
    Str,
    Strb,
    Strh,
}

impl Mem {
    /// First halfword of the wide forms with a negative 8-bit or a register offset; 0x80 more for a 12-bit offset.
    const fn wide(self) -> u16 {
        match self {
            Self::Strb => 0xf800,
            Self::Ldrb => 0xf810,
            Self::Strh => 0xf820,
            Self::Ldrh => 0xf830,
            Self::Str => 0xf840,
            Self::Ldr => 0xf850,
            Self::Ldrsb => 0xf910,
            Self::Ldrsh => 0xf930,
        }
    }

    /// Narrow form with a 5-bit offset in units of the access, if there is one.
    const fn narrow_imm(self) -> Option<u16> {
        match self {
            Self::Str => Some(0x6000),
            Self::Ldr => Some(0x6800),
            Self::Strb => Some(0x7000),
            Self::Ldrb => Some(0x7800),
            Self::Strh => Some(0x8000),
            Self::Ldrh => Some(0x8800),
            Self::Ldrsb | Self::Ldrsh => None,
        }
    }

    /// Narrow form with a register offset.
    const fn narrow_reg(self) -> u16 {
        match self {
            Self::Str => 0x5000,
            Self::Strh => 0x5200,
            Self::Strb => 0x5400,
            Self::Ldrsb => 0x5600,
            Self::Ldr => 0x5800,
            Self::Ldrh => 0x5a00,
            Self::Ldrb => 0x5c00,
            Self::Ldrsh => 0x5e00,
        }
    }

    /// Bytes accessed.
    #[must_use]
    pub const fn bytes(self) -> u32 {
        match self {
            Self::Ldr | Self::Str => 4,
            Self::Ldrh | Self::Ldrsh | Self::Strh => 2,
            Self::Ldrb | Self::Ldrsb | Self::Strb => 1,
        }
    }
}

/// Whether [`mem_imm`] has an encoding for `offset`.
#[must_use]
pub const fn mem_offset_fits(offset: i32) -> bool {
    offset >= -255 && offset <= 4095
}

/// `rt` ↔ memory at `rn + offset`, -255..=4095.
#[must_use]
pub fn mem_imm(op: Mem, rt: Reg, rn: Reg, offset: i32) -> Option<Enc> {
    debug_assert!(rn != PC && rt != PC);
    if offset < 0 {
        let down = u16::try_from(offset.unsigned_abs()).ok().filter(|d| *d <= 0xff)?;
        return Some(Enc::Wide(op.wide() | rn.bits(), rt.bits() << 12 | 0x0c00 | down));
    }
    let up = u16::try_from(offset).ok().filter(|u| *u <= 0xfff)?;
    let unit = op.bytes() as u16;
    if up.is_multiple_of(unit) && rt.is_low() {
        let scaled = up / unit;
        match op.narrow_imm() {
            Some(narrow) if rn.is_low() && scaled < 32 => {
                return Some(Enc::Narrow(narrow | scaled << 6 | rn.bits() << 3 | rt.bits()));
            }
            Some(narrow) if rn == SP && unit == 4 && scaled < 256 => {
                return Some(Enc::Narrow((narrow + 0x3000) | rt.bits() << 8 | scaled));
            }
            _ => {}
        }
    }
    Some(Enc::Wide(op.wide() | 0x80 | rn.bits(), rt.bits() << 12 | up))
}

/// `rt` ↔ memory at `rn + (rm << shift)`, `shift` 0–3.
#[must_use]
pub fn mem_reg(op: Mem, rt: Reg, rn: Reg, rm: Reg, shift: u8) -> Option<Enc> {
    debug_assert!(rn != PC && rm != PC && rm != SP && rt != PC);
    if shift > 3 {
        return None;
    }
    if shift == 0 && rt.is_low() && rn.is_low() && rm.is_low() {
        return Some(Enc::Narrow(op.narrow_reg() | rm.bits() << 6 | rn.bits() << 3 | rt.bits()));
    }
    Some(Enc::Wide(op.wide() | rn.bits(), rt.bits() << 12 | u16::from(shift) << 4 | rm.bits()))
}

/// `rt` = word at `Align(address of this instruction + 4, 4) + offset`, -4095..=4095.
#[must_use]
pub fn ldr_literal(rt: Reg, offset: i32) -> Option<Enc> {
    if rt.is_low() && (0..=1020).contains(&offset) && offset % 4 == 0 {
        return Some(Enc::Narrow(0x4800 | rt.bits() << 8 | (offset / 4) as u16));
    }
    let size = u16::try_from(offset.unsigned_abs()).ok().filter(|s| *s <= 0xfff)?;
    let first = if offset < 0 { 0xf85f } else { 0xf8df };
    Some(Enc::Wide(first, rt.bits() << 12 | size))
}

/// Two-word transfer `rt`, `rt2` ↔ `[rn + offset]`; `offset` a multiple of 4 within ±1020. Faults if the address is
/// not word-aligned, whatever the configuration: not for guest memory.
#[must_use]
pub fn mem_dual(load: bool, rt: Reg, rt2: Reg, rn: Reg, offset: i32) -> Option<Enc> {
    debug_assert!(!load || rt != rt2);
    if offset % 4 != 0 || offset.unsigned_abs() > 1020 {
        return None;
    }
    let up = if offset < 0 { 0 } else { 0x80 };
    let first = 0xe940 | up | u16::from(load) << 4 | rn.bits();
    Some(Enc::Wide(first, rt.bits() << 12 | rt2.bits() << 8 | (offset.unsigned_abs() / 4) as u16))
}

/// Loads or stores `regs` at ascending addresses from `rn`, which is advanced past them. `None` for fewer than two
/// registers in the wide form, or if sp, pc or `rn` is among them. Word-aligned addresses only.
#[must_use]
pub fn mem_multiple(load: bool, rn: Reg, regs: RegSet) -> Option<Enc> {
    if regs.bits() & 0xa000 != 0 || regs.contains(rn) || rn == PC {
        return None;
    }
    let l = u16::from(load);
    if rn.is_low() && regs.bits() <= 0xff && !regs.is_empty() {
        return Some(Enc::Narrow(0xc000 | l << 11 | rn.bits() << 8 | regs.bits()));
    }
    if regs.len() < 2 {
        return None;
    }
    Some(Enc::Wide(0xe8a0 | l << 4 | rn.bits(), regs.bits()))
}

/// Length of a branch that is patched later.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Width {
    Narrow,
    Wide,
}

/// `disp - 4` halved, if `disp` is even and the result has at most `bits` bits with sign.
const fn half_disp(disp: i32, bits: u32) -> Option<i32> {
    let Some(from_pc) = disp.checked_sub(4) else { return None };
    let half = from_pc >> 1;
    let limit = 1 << (bits - 1);
    if disp & 1 == 0 && half >= -limit && half < limit { Some(half) } else { None }
}

/// The wide unconditional forms share imm10, imm11 and the two scrambled sign bits.
fn far(second: u16, half: i32) -> Enc {
    let half = half as u32;
    let sign = half >> 23 & 1;
    let j1 = !(half >> 22 ^ sign) & 1;
    let j2 = !(half >> 21 ^ sign) & 1;
    let first = 0xf000 | sign << 10 | half >> 11 & 0x3ff;
    Enc::Wide(first as u16, second | (j1 << 13 | j2 << 11 | half & 0x7ff) as u16)
}

/// Branches to this instruction + `disp`: narrow ±2 KiB, wide ±16 MiB.
#[must_use]
pub fn b(disp: i32, width: Width) -> Option<Enc> {
    match width {
        Width::Narrow => Some(Enc::Narrow(0xe000 | (half_disp(disp, 11)? & 0x7ff) as u16)),
        Width::Wide => Some(far(0x9000, half_disp(disp, 24)?)),
    }
}

/// Branches if `cond` holds: narrow ±256 bytes, wide ±1 MiB. Not in IT blocks.
#[must_use]
pub fn b_cond(cond: Cond, disp: i32, width: Width) -> Option<Enc> {
    match width {
        Width::Narrow => {
            let half = half_disp(disp, 8)?;
            Some(Enc::Narrow(0xd000 | (cond as u16) << 8 | (half & 0xff) as u16))
        }
        Width::Wide => {
            let half = half_disp(disp, 20)? as u32;
            let sign = half >> 19 & 1;
            let first = 0xf000 | sign << 10 | u32::from(cond as u8) << 6 | half >> 11 & 0x3f;
            let second = 0x8000 | (half >> 17 & 1) << 13 | (half >> 18 & 1) << 11 | half & 0x7ff;
            Some(Enc::Wide(first as u16, second as u16))
        }
    }
}

/// Calls this instruction + `disp`, ±16 MiB.
#[must_use]
pub fn bl(disp: i32) -> Option<Enc> {
    Some(far(0xd000, half_disp(disp, 24)?))
}

/// Branches to this instruction + `disp`, 4..=130, if `rn` is zero (or, with `nonzero`, if it is not). `None` for a
/// high register too.
#[must_use]
pub fn cbz(nonzero: bool, rn: Reg, disp: i32) -> Option<Enc> {
    let half = half_disp(disp, 8).filter(|h| (0..64).contains(h))? as u16;
    let bits = 0xb100 | u16::from(nonzero) << 11 | (half >> 5) << 9 | (half & 31) << 3;
    rn.is_low().then(|| Enc::Narrow(bits | rn.bits()))
}

/// Jumps to the address in `rm`, whose bit 0 must be set.
#[must_use]
pub fn bx(rm: Reg) -> Enc {
    Enc::Narrow(0x4700 | rm.bits() << 3)
}

/// Calls the address in `rm`, whose bit 0 must be set.
#[must_use]
pub fn blx(rm: Reg) -> Enc {
    debug_assert!(rm != PC);
    Enc::Narrow(0x4780 | rm.bits() << 3)
}

/// Jumps to the address in `rm`, ignoring bit 0.
#[must_use]
pub fn mov_pc(rm: Reg) -> Enc {
    debug_assert!(rm != PC);
    Enc::Narrow(0x4687 | rm.bits() << 3)
}

/// `rd` += address of this instruction + 4.
#[must_use]
pub fn add_pc(rd: Reg) -> Enc {
    debug_assert!(rd != PC);
    Enc::Narrow(0x4478 | (rd.bits() & 8) << 4 | rd.bits() & 7)
}

/// Jumps to the address in the word at `rn + offset`, 0..=4095; its bit 0 must be set.
#[must_use]
pub fn load_pc(rn: Reg, offset: u32) -> Option<Enc> {
    let offset = u16::try_from(offset).ok().filter(|o| *o <= 0xfff)?;
    Some(Enc::Wide(0xf8d0 | rn.bits(), 0xf000 | offset))
}

/// Jumps ahead from this instruction + 4 by twice the byte at `rn + rm`; `rn` = pc means the byte table that follows.
#[must_use]
pub fn tbb(rn: Reg, rm: Reg) -> Enc {
    debug_assert!(rm != PC && rm != SP);
    Enc::Wide(0xe8d0 | rn.bits(), 0xf000 | rm.bits())
}

/// Jumps ahead from this instruction + 4 by twice the halfword at `rn + 2 * rm`; `rn` = pc means the table that
/// follows.
#[must_use]
pub fn tbh(rn: Reg, rm: Reg) -> Enc {
    debug_assert!(rm != PC && rm != SP);
    Enc::Wide(0xe8d0 | rn.bits(), 0xf010 | rm.bits())
}
