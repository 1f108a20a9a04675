//! The assembler: one pure function an instruction form, from register numbers and immediates to one or two halfwords
//! (chapter A7 of the manual, encodings in A5).
//!
//! The narrow encoding is taken wherever operands and flags allow it; [`Flags`] tells what they allow. A function
//! returns `None` if an immediate or displacement has no encoding in that form; register combinations that the
//! architecture calls unpredictable are the caller's bug and caught by debug assertions. A displacement is the
//! target's address minus the address of the instruction itself.

use super::imms::ModImm;
use super::regs::{PC, Reg, RegSet, SP};

/// One encoded instruction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Enc {
    /// 16 bits.
    Narrow(u16),
    /// 32 bits: the halfword at the lower address first.
    Wide(u16, u16),
}

impl Enc {
    /// Length in bytes, 2 or 4.
    #[must_use]
    pub const fn size(self) -> u32 {
        match self {
            Self::Narrow(_) => 2,
            Self::Wide(..) => 4,
        }
    }

    /// Appends the instruction to `code` in memory order.
    pub fn push_to(self, code: &mut Vec<u8>) {
        match self {
            Self::Narrow(a) => code.extend(a.to_le_bytes()),
            Self::Wide(a, b) => {
                code.extend(a.to_le_bytes());
                code.extend(b.to_le_bytes());
            }
        }
    }
}

/// What may happen to the condition flags. Most narrow data-processing forms set them outside of an IT block and keep
/// them inside of one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flags {
    /// Nobody reads them: set or kept, whichever is shorter.
    Free,
    /// They must be set from the result.
    Set,
    /// Someone still needs the old ones.
    Keep,
    /// The instruction is in an IT block (and keeps them).
    InIt,
}

impl Flags {
    /// Whether a narrow form that sets flags outside of IT blocks can be used.
    const fn narrow(self) -> bool {
        !matches!(self, Self::Keep)
    }

    /// Whether a narrow form that never sets flags can be used.
    const fn narrow_keeping(self) -> bool {
        !matches!(self, Self::Set)
    }

    /// The S bit of a wide form, in place.
    const fn s(self) -> u16 {
        match self {
            Self::Set => 0x10,
            _ => 0,
        }
    }
}

/// Condition codes (A7.3), by encoding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Cond {
    Eq,
    Ne,
    /// Unsigned ≥ (carry set).
    Hs,
    /// Unsigned <.
    Lo,
    /// Negative.
    Mi,
    /// Not negative.
    Pl,
    /// Overflow.
    Vs,
    /// No overflow.
    Vc,
    /// Unsigned >.
    Hi,
    /// Unsigned ≤.
    Ls,
    Ge,
    Lt,
    Gt,
    Le,
}

impl Cond {
    pub const ALL: [Self; 14] = [
        Self::Eq,
        Self::Ne,
        Self::Hs,
        Self::Lo,
        Self::Mi,
        Self::Pl,
        Self::Vs,
        Self::Vc,
        Self::Hi,
        Self::Ls,
        Self::Ge,
        Self::Lt,
        Self::Gt,
        Self::Le,
    ];

    /// The condition that holds exactly when this one does not.
    #[must_use]
    pub const fn invert(self) -> Self {
        Self::ALL[self as usize ^ 1]
    }

    const fn bits(self) -> u16 {
        self as u16
    }
}

/// Shift operations, by encoding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum ShiftOp {
    Lsl,
    Lsr,
    Asr,
    Ror,
}

/// A shift by a constant: lsl 0–31, lsr and asr 1–32, ror 1–31.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shift {
    op: ShiftOp,
    amount: u8,
}

impl Shift {
    /// The operand as it is.
    pub const NONE: Self = Self { op: ShiftOp::Lsl, amount: 0 };

    /// `None` if the amount is out of the operation's range.
    #[must_use]
    pub const fn new(op: ShiftOp, amount: u8) -> Option<Self> {
        let fits = match op {
            ShiftOp::Lsl => amount < 32,
            ShiftOp::Lsr | ShiftOp::Asr => amount >= 1 && amount <= 32,
            ShiftOp::Ror => amount >= 1 && amount <= 31,
        };
        if fits { Some(Self { op, amount }) } else { None }
    }

    #[must_use]
    pub const fn op(self) -> ShiftOp {
        self.op
    }

    /// Bits.
    #[must_use]
    pub const fn amount(self) -> u8 {
        self.amount
    }

    const fn is_none(self) -> bool {
        self.amount == 0
    }

    /// imm3:imm2:type in their places in a second halfword.
    const fn second(self) -> u16 {
        let n = self.amount as u16 & 31;
        (n >> 2) << 12 | (n & 3) << 6 | (self.op as u16) << 4
    }
}

/// Data processing with two sources, by the op field of A5.3.1 and A5.3.11.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Alu {
    And = 0,
    Bic = 1,
    Orr = 2,
    Orn = 3,
    Eor = 4,
    Add = 8,
    Adc = 10,
    Sbc = 11,
    Sub = 13,
    /// Second source minus first.
    Rsb = 14,
}

impl Alu {
    /// The `0100 00xx xxdd` form `rdn = rdn op rm`, if there is one.
    const fn two_address(self) -> Option<u16> {
        match self {
            Self::And => Some(0x4000),
            Self::Eor => Some(0x4040),
            Self::Adc => Some(0x4140),
            Self::Sbc => Some(0x4180),
            Self::Orr => Some(0x4300),
            Self::Bic => Some(0x4380),
            Self::Orn | Self::Add | Self::Sub | Self::Rsb => None,
        }
    }

    /// Whether the sources may be exchanged.
    #[must_use]
    pub const fn commutes(self) -> bool {
        matches!(self, Self::And | Self::Orr | Self::Eor | Self::Add | Self::Adc)
    }
}

/// Comparisons: data processing that only sets flags.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Test {
    /// Flags of `and`.
    Tst = 0,
    /// Flags of `eor`.
    Teq = 4,
    /// Flags of `add`.
    Cmn = 8,
    /// Flags of `sub`.
    Cmp = 13,
}

/// Three-register field layout of the narrow forms: bits 8..6, 5..3, 2..0.
const fn low3(op: u16, c: Reg, b: Reg, a: Reg) -> Enc {
    Enc::Narrow(op | c.bits() << 6 | b.bits() << 3 | a.bits())
}

fn all_low(regs: &[Reg]) -> bool {
    regs.iter().all(|r| r.is_low())
}

/// The usual wide layout: rn in the first halfword; rd and rm in the second.
const fn wide(first: u16, rn: Reg, second: u16, rd: Reg, rm: Reg) -> Enc {
    Enc::Wide(first | rn.bits(), second | rd.bits() << 8 | rm.bits())
}

/// `rd = rn op imm`. For `Add` and `Sub` without flags the plain 12-bit immediates are tried too.
#[must_use]
pub fn alu_imm(op: Alu, rd: Reg, rn: Reg, imm: u32, flags: Flags) -> Option<Enc> {
    debug_assert!(rd != PC && rn != PC);
    if let Some(enc) = add_sub_imm_narrow(op, rd, rn, imm, flags) {
        return Some(enc);
    }
    if op == Alu::Rsb && imm == 0 && all_low(&[rd, rn]) && flags.narrow() {
        return Some(Enc::Narrow(0x4240 | rn.bits() << 3 | rd.bits()));
    }
    if let Some(m) = ModImm::new(imm) {
        let first = 0xf000 | m.first() | (op as u16) << 5 | flags.s();
        return Some(Enc::Wide(first | rn.bits(), m.second() | rd.bits() << 8));
    }
    let plain = match op {
        Alu::Add => 0xf200,
        Alu::Sub => 0xf2a0,
        _ => return None,
    };
    if flags == Flags::Set {
        return None;
    }
    let (first, second) = plain_imm12(imm)?;
    Some(Enc::Wide(plain | first | rn.bits(), second | rd.bits() << 8))
}

/// i:imm3:imm8 of an unencoded 12-bit immediate.
const fn plain_imm12(imm: u32) -> Option<(u16, u16)> {
    if imm > 0xfff {
        return None;
    }
    let imm = imm as u16;
    Some(((imm >> 11) << 10, (imm >> 8 & 7) << 12 | imm & 0xff))
}

fn add_sub_imm_narrow(op: Alu, rd: Reg, rn: Reg, imm: u32, flags: Flags) -> Option<Enc> {
    let subtract = match op {
        Alu::Add => 0,
        Alu::Sub => 1,
        _ => return None,
    };
    if all_low(&[rd, rn]) && flags.narrow() {
        if imm <= 7 {
            return Some(Enc::Narrow(0x1c00 | subtract << 9 | (imm as u16) << 6 | rn.bits() << 3 | rd.bits()));
        }
        if rd == rn && imm <= 0xff {
            return Some(Enc::Narrow(0x3000 | subtract << 11 | rd.bits() << 8 | imm as u16));
        }
    }
    if rn == SP && imm.is_multiple_of(4) && flags.narrow_keeping() {
        if rd == SP && imm <= 127 * 4 {
            return Some(Enc::Narrow(0xb000 | subtract << 7 | (imm / 4) as u16));
        }
        if op == Alu::Add && rd.is_low() && imm <= 255 * 4 {
            return Some(Enc::Narrow(0xa800 | rd.bits() << 8 | (imm / 4) as u16));
        }
    }
    None
}

/// `rd = rn op (rm shifted)`.
#[must_use]
pub fn alu_reg(op: Alu, rd: Reg, rn: Reg, rm: Reg, shift: Shift, flags: Flags) -> Enc {
    debug_assert!(rd != PC && rn != PC && rm != PC);
    if shift.is_none() {
        let low = all_low(&[rd, rn, rm]) && flags.narrow();
        match op {
            Alu::Add if low => return low3(0x1800, rm, rn, rd),
            Alu::Sub if low => return low3(0x1a00, rm, rn, rd),
            Alu::Add if flags.narrow_keeping() && (rd == rn || rd == rm) => {
                let other = if rd == rn { rm } else { rn };
                let high = (rd.bits() & 8) << 4;
                return Enc::Narrow(0x4400 | high | other.bits() << 3 | rd.bits() & 7);
            }
            _ => {}
        }
        if let Some(narrow) = op.two_address().filter(|_| low) {
            if rd == rn {
                return Enc::Narrow(narrow | rm.bits() << 3 | rd.bits());
            }
            if rd == rm && op.commutes() {
                return Enc::Narrow(narrow | rn.bits() << 3 | rd.bits());
            }
        }
    }
    debug_assert!(rm != SP, "sp is no second source of a wide form");
    let first = 0xea00 | (op as u16) << 5 | flags.s();
    wide(first, rn, shift.second(), rd, rm)
}

/// Sets the flags from `rn op imm`.
#[must_use]
pub fn test_imm(op: Test, rn: Reg, imm: u32) -> Option<Enc> {
    debug_assert!(rn != PC);
    if op == Test::Cmp && rn.is_low() && imm <= 0xff {
        return Some(Enc::Narrow(0x2800 | rn.bits() << 8 | imm as u16));
    }
    let m = ModImm::new(imm)?;
    let first = 0xf010 | m.first() | (op as u16) << 5;
    Some(Enc::Wide(first | rn.bits(), m.second() | 0x0f00))
}

/// Sets the flags from `rn op (rm shifted)`.
#[must_use]
pub fn test_reg(op: Test, rn: Reg, rm: Reg, shift: Shift) -> Enc {
    debug_assert!(rn != PC && rm != PC);
    if shift.is_none() {
        let narrow = match op {
            Test::Tst => Some(0x4200),
            Test::Cmp => Some(0x4280),
            Test::Cmn => Some(0x42c0),
            Test::Teq => None,
        };
        if let Some(narrow) = narrow.filter(|_| all_low(&[rn, rm])) {
            return Enc::Narrow(narrow | rm.bits() << 3 | rn.bits());
        }
        if op == Test::Cmp {
            let high = (rn.bits() & 8) << 4;
            return Enc::Narrow(0x4500 | high | rm.bits() << 3 | rn.bits() & 7);
        }
    }
    debug_assert!(rm != SP, "sp is no second source of a wide form");
    wide(0xea10 | (op as u16) << 5, rn, shift.second(), PC, rm)
}

/// `rd = rm`.
#[must_use]
pub fn mov_reg(rd: Reg, rm: Reg, flags: Flags) -> Enc {
    debug_assert!(rd != PC && rm != PC);
    if flags.narrow_keeping() {
        let high = (rd.bits() & 8) << 4;
        return Enc::Narrow(0x4600 | high | rm.bits() << 3 | rd.bits() & 7);
    }
    shift_imm(rd, rm, Shift::NONE, flags)
}

/// `rd = rm shifted by a constant`.
#[must_use]
pub fn shift_imm(rd: Reg, rm: Reg, shift: Shift, flags: Flags) -> Enc {
    debug_assert!(rd != PC && rm != PC);
    let in_it_move = shift.is_none() && flags == Flags::InIt;
    if shift.op != ShiftOp::Ror && all_low(&[rd, rm]) && flags.narrow() && !in_it_move {
        let amount = u16::from(shift.amount & 31);
        return Enc::Narrow((shift.op as u16) << 11 | amount << 6 | rm.bits() << 3 | rd.bits());
    }
    wide(0xea40 | flags.s(), PC, shift.second(), rd, rm)
}

/// `rd = rn shifted by the low byte of rm`; amounts from 32 on shift everything out.
#[must_use]
pub fn shift_reg(op: ShiftOp, rd: Reg, rn: Reg, rm: Reg, flags: Flags) -> Enc {
    debug_assert!(![rd, rn, rm].iter().any(|r| *r == PC || *r == SP));
    if rd == rn && all_low(&[rd, rm]) && flags.narrow() {
        let narrow = match op {
            ShiftOp::Lsl => 0x4080,
            ShiftOp::Lsr => 0x40c0,
            ShiftOp::Asr => 0x4100,
            ShiftOp::Ror => 0x41c0,
        };
        return Enc::Narrow(narrow | rm.bits() << 3 | rd.bits());
    }
    wide(0xfa00 | (op as u16) << 5 | flags.s(), rn, 0xf000, rd, rm)
}

/// `rd = imm`, for modified immediates.
#[must_use]
pub fn mov_imm(rd: Reg, imm: u32, flags: Flags) -> Option<Enc> {
    debug_assert!(rd != PC && rd != SP);
    if rd.is_low() && imm <= 0xff && flags.narrow() {
        return Some(Enc::Narrow(0x2000 | rd.bits() << 8 | imm as u16));
    }
    let m = ModImm::new(imm)?;
    Some(Enc::Wide(0xf04f | m.first() | flags.s(), m.second() | rd.bits() << 8))
}

/// `rd = !imm`, for modified immediates.
#[must_use]
pub fn mvn_imm(rd: Reg, imm: u32, flags: Flags) -> Option<Enc> {
    debug_assert!(rd != PC && rd != SP);
    let m = ModImm::new(imm)?;
    Some(Enc::Wide(0xf06f | m.first() | flags.s(), m.second() | rd.bits() << 8))
}

/// `rd = !(rm shifted)`.
#[must_use]
pub fn mvn_reg(rd: Reg, rm: Reg, shift: Shift, flags: Flags) -> Enc {
    if shift.is_none() && all_low(&[rd, rm]) && flags.narrow() {
        return Enc::Narrow(0x43c0 | rm.bits() << 3 | rd.bits());
    }
    wide(0xea60 | flags.s(), PC, shift.second(), rd, rm)
}

/// `rd = imm`.
#[must_use]
pub fn movw(rd: Reg, imm: u16) -> Enc {
    mov_imm16(0xf240, rd, imm)
}

/// Upper half of `rd` = `imm`, lower half kept.
#[must_use]
pub fn movt(rd: Reg, imm: u16) -> Enc {
    mov_imm16(0xf2c0, rd, imm)
}

fn mov_imm16(op: u16, rd: Reg, imm: u16) -> Enc {
    debug_assert!(rd != PC && rd != SP);
    let first = op | (imm >> 11 & 1) << 10 | imm >> 12;
    Enc::Wide(first, (imm >> 8 & 7) << 12 | rd.bits() << 8 | imm & 0xff)
}

/// `rd = rn * rm`. The wide form never sets flags.
///
/// # Panics
/// With [`Flags::Set`]: nothing reads a product's flags.
#[must_use]
pub fn mul(rd: Reg, rn: Reg, rm: Reg, flags: Flags) -> Enc {
    assert!(flags != Flags::Set, "mul cannot be asked for flags");
    if all_low(&[rd, rn, rm]) && flags.narrow() && (rd == rn || rd == rm) {
        let other = if rd == rm { rn } else { rm };
        return Enc::Narrow(0x4340 | other.bits() << 3 | rd.bits());
    }
    wide(0xfb00, rn, 0xf000, rd, rm)
}

/// `rd = ra + rn * rm`.
#[must_use]
pub fn mla(rd: Reg, rn: Reg, rm: Reg, ra: Reg) -> Enc {
    debug_assert!(ra != PC);
    wide(0xfb00, rn, ra.bits() << 12, rd, rm)
}

/// `rd = ra - rn * rm`.
#[must_use]
pub fn mls(rd: Reg, rn: Reg, rm: Reg, ra: Reg) -> Enc {
    wide(0xfb00, rn, ra.bits() << 12 | 0x10, rd, rm)
}

/// 32 × 32 → 64 multiplications, by first halfword.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u16)]
pub enum LongMul {
    Smull = 0xfb80,
    Umull = 0xfba0,
    /// Adds to `hi:lo`.
    Smlal = 0xfbc0,
    /// Adds to `hi:lo`.
    Umlal = 0xfbe0,
}

/// `hi:lo = rn * rm` or `hi:lo += rn * rm`.
#[must_use]
pub fn long_mul(op: LongMul, lo: Reg, hi: Reg, rn: Reg, rm: Reg) -> Enc {
    debug_assert!(lo != hi);
    wide(op as u16, rn, lo.bits() << 12, hi, rm)
}

/// `rd = rn / rm`, signed; 0 if `rm` is 0 (with CCR.DIV_0_TRP clear).
#[must_use]
pub fn sdiv(rd: Reg, rn: Reg, rm: Reg) -> Enc {
    wide(0xfb90, rn, 0xf0f0, rd, rm)
}

/// `rd = rn / rm`, unsigned; 0 if `rm` is 0 (with CCR.DIV_0_TRP clear).
#[must_use]
pub fn udiv(rd: Reg, rn: Reg, rm: Reg) -> Enc {
    wide(0xfbb0, rn, 0xf0f0, rd, rm)
}

/// One-source operations.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unary {
    Clz,
    /// Reverses the bits.
    Rbit,
    /// Reverses the bytes.
    Rev,
    /// Reverses the bytes of each halfword.
    Rev16,
    Sxtb,
    Sxth,
    Uxtb,
    Uxth,
}

/// `rd = op rm`. No form touches the flags.
#[must_use]
pub fn unary(op: Unary, rd: Reg, rm: Reg) -> Enc {
    let (narrow, first, second, both) = match op {
        Unary::Clz => (None, 0xfab0, 0xf080, true),
        Unary::Rbit => (None, 0xfa90, 0xf0a0, true),
        Unary::Rev => (Some(0xba00), 0xfa90, 0xf080, true),
        Unary::Rev16 => (Some(0xba40), 0xfa90, 0xf090, true),
        Unary::Sxtb => (Some(0xb240), 0xfa40, 0xf080, false),
        Unary::Sxth => (Some(0xb200), 0xfa00, 0xf080, false),
        Unary::Uxtb => (Some(0xb2c0), 0xfa50, 0xf080, false),
        Unary::Uxth => (Some(0xb280), 0xfa10, 0xf080, false),
    };
    if let Some(narrow) = narrow.filter(|_| all_low(&[rd, rm])) {
        return Enc::Narrow(narrow | rm.bits() << 3 | rd.bits());
    }
    // The bit operations hold the source in both halfwords; the extensions are additions to PC = nothing.
    wide(first, if both { rm } else { PC }, second, rd, rm)
}

/// Checks a bit field: `lsb` + `width` within the word, `width` ≥ 1.
const fn field_fits(lsb: u8, width: u8) -> bool {
    width >= 1 && lsb < 32 && lsb + width <= 32
}

fn bit_field(op: u16, rd: Reg, rn: Reg, lsb: u8, low5: u8) -> Enc {
    let lsb = u16::from(lsb);
    let second = (lsb >> 2) << 12 | rd.bits() << 8 | (lsb & 3) << 6 | u16::from(low5);
    Enc::Wide(op | rn.bits(), second)
}

/// `rd = rn[lsb + width - 1 : lsb]`, zero-extended.
#[must_use]
pub fn ubfx(rd: Reg, rn: Reg, lsb: u8, width: u8) -> Option<Enc> {
    field_fits(lsb, width).then(|| bit_field(0xf3c0, rd, rn, lsb, width - 1))
}

/// `rd = rn[lsb + width - 1 : lsb]`, sign-extended.
#[must_use]
pub fn sbfx(rd: Reg, rn: Reg, lsb: u8, width: u8) -> Option<Enc> {
    field_fits(lsb, width).then(|| bit_field(0xf340, rd, rn, lsb, width - 1))
}

/// `rd[lsb + width - 1 : lsb] = rn[width - 1 : 0]`, the rest of `rd` kept.
#[must_use]
pub fn bfi(rd: Reg, rn: Reg, lsb: u8, width: u8) -> Option<Enc> {
    debug_assert!(rn != PC);
    field_fits(lsb, width).then(|| bit_field(0xf360, rd, rn, lsb, lsb + width - 1))
}

/// Starts an IT block of up to four instructions: the first runs if `cond` holds, each further one if `cond` holds
/// (`true`) or does not (`false`).
#[must_use]
pub fn it(cond: Cond, further: &[bool]) -> Option<Enc> {
    if further.len() > 3 {
        return None;
    }
    let mut mask = 0;
    for then in further {
        let bit = if *then { cond.bits() & 1 } else { !cond.bits() & 1 };
        mask = mask << 1 | bit;
    }
    mask = (mask << 1 | 1) << (3 - further.len());
    Some(Enc::Narrow(0xbf00 | cond.bits() << 4 | mask))
}

/// Permanently undefined: faults. Narrow, `imm` 8 bits.
#[must_use]
pub fn udf(imm: u8) -> Enc {
    Enc::Narrow(0xde00 | u16::from(imm))
}

/// Does nothing, 2 bytes.
pub const NOP: Enc = Enc::Narrow(0xbf00);

/// Pushes `regs`, the lowest at the lowest address. `None` if there are none, or sp or pc is among them.
#[must_use]
pub fn push(regs: RegSet) -> Option<Enc> {
    if regs.is_empty() || regs.bits() & 0xa000 != 0 {
        return None;
    }
    if regs.bits() & !0x40ff == 0 {
        return Some(Enc::Narrow(0xb400 | (regs.bits() >> 14 & 1) << 8 | regs.bits() & 0xff));
    }
    if regs.len() == 1 {
        let only = regs.iter().next()?;
        return Some(Enc::Wide(0xf84d, only.bits() << 12 | 0xd04));
    }
    Some(Enc::Wide(0xe92d, regs.bits()))
}

/// Pops `regs`. With pc among them the return address is popped into it. `None` if there are none, sp is among them,
/// or both lr and pc are.
#[must_use]
pub fn pop(regs: RegSet) -> Option<Enc> {
    let bits = regs.bits();
    if regs.is_empty() || bits & 0x2000 != 0 || bits & 0xc000 == 0xc000 {
        return None;
    }
    if bits & !0x80ff == 0 {
        return Some(Enc::Narrow(0xbc00 | (bits >> 15) << 8 | bits & 0xff));
    }
    if regs.len() == 1 {
        let only = regs.iter().next()?;
        return Some(Enc::Wide(0xf85d, only.bits() << 12 | 0xb04));
    }
    Some(Enc::Wide(0xe8bd, bits))
}
