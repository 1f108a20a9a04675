//! The assembler: from concrete registers and immediates to machine code, one pure function an instruction format.
//!
//! Every function takes the compressed form where there is one for the operands, except for the PC-relative jumps:
//! their reach depends on the final layout, so the short forms are functions of their own ([`branch_short`],
//! [`jal_short`]) that say whether they apply.
//!
//! Source: The RISC-V Instruction Set Manual, Volume I, chapters "RV32I", "M" and "C". Bit positions in the comments
//! are those of the manual's instruction tables.
//!
//! # Panics
//! All functions panic on an immediate that the format cannot hold: selection and layout choose forms that fit.

use super::regs::{Reg, SP, ZERO};

/// One encoded instruction of two or four bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    Short(u16),
    Long(u32),
}

impl Code {
    /// Length in bytes: 2 or 4.
    pub const fn size(self) -> u32 {
        match self {
            Code::Short(_) => 2,
            Code::Long(_) => 4,
        }
    }

    /// The instruction in memory order.
    pub fn bytes(self) -> Vec<u8> {
        match self {
            Code::Short(bits) => bits.to_le_bytes().to_vec(),
            Code::Long(bits) => bits.to_le_bytes().to_vec(),
        }
    }
}

/// Register-register operations (OP).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alu {
    Add,
    Sub,
    Sll,
    Slt,
    Sltu,
    Xor,
    Srl,
    Sra,
    Or,
    And,
    Mul,
    Mulh,
    Mulhsu,
    Mulhu,
    Div,
    Divu,
    Rem,
    Remu,
}

impl Alu {
    /// (funct7, funct3)
    const fn functs(self) -> (u32, u32) {
        match self {
            Alu::Add => (0, 0),
            Alu::Sub => (0x20, 0),
            Alu::Sll => (0, 1),
            Alu::Slt => (0, 2),
            Alu::Sltu => (0, 3),
            Alu::Xor => (0, 4),
            Alu::Srl => (0, 5),
            Alu::Sra => (0x20, 5),
            Alu::Or => (0, 6),
            Alu::And => (0, 7),
            Alu::Mul => (1, 0),
            Alu::Mulh => (1, 1),
            Alu::Mulhsu => (1, 2),
            Alu::Mulhu => (1, 3),
            Alu::Div => (1, 4),
            Alu::Divu => (1, 5),
            Alu::Rem => (1, 6),
            Alu::Remu => (1, 7),
        }
    }

    /// Whether the operands may be exchanged.
    pub const fn commutes(self) -> bool {
        matches!(self, Alu::Add | Alu::Xor | Alu::Or | Alu::And | Alu::Mul | Alu::Mulh | Alu::Mulhu)
    }
}

/// Register-immediate operations (OP-IMM).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AluImm {
    Add,
    Slt,
    Sltu,
    Xor,
    Or,
    And,
    Sll,
    Srl,
    Sra,
}

impl AluImm {
    const fn funct3(self) -> u32 {
        match self {
            AluImm::Add => 0,
            AluImm::Sll => 1,
            AluImm::Slt => 2,
            AluImm::Sltu => 3,
            AluImm::Xor => 4,
            AluImm::Srl | AluImm::Sra => 5,
            AluImm::Or => 6,
            AluImm::And => 7,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Load {
    I8,
    I16,
    I32,
    U8,
    U16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    I8,
    I16,
    I32,
}

/// The conditions of the branch instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cond {
    Eq,
    Ne,
    Lt,
    Ge,
    Ltu,
    Geu,
}

impl Cond {
    const fn funct3(self) -> u32 {
        match self {
            Cond::Eq => 0,
            Cond::Ne => 1,
            Cond::Lt => 4,
            Cond::Ge => 5,
            Cond::Ltu => 6,
            Cond::Geu => 7,
        }
    }

    /// The condition that holds exactly when this one does not.
    pub const fn inverted(self) -> Cond {
        match self {
            Cond::Eq => Cond::Ne,
            Cond::Ne => Cond::Eq,
            Cond::Lt => Cond::Ge,
            Cond::Ge => Cond::Lt,
            Cond::Ltu => Cond::Geu,
            Cond::Geu => Cond::Ltu,
        }
    }
}

/// `count` bits of `value` from bit `low`, moved to bit `to`.
const fn bits(value: u32, low: u32, count: u32, to: u32) -> u32 {
    (value >> low & ((1 << count) - 1)) << to
}

/// Checks that `value` is a multiple of `multiple` within the signed field of `width` bits, and gives its bits.
const fn signed(value: i32, width: u32, multiple: i32) -> Option<u32> {
    let limit = 1 << (width - 1);
    if value >= -limit && value < limit && value % multiple == 0 { Some(value as u32) } else { None }
}

/// Checks that `value` is a multiple of `multiple` within the unsigned field of `width` bits, and gives its bits.
const fn unsigned(value: i32, width: u32, multiple: i32) -> Option<u32> {
    if value >= 0 && value < 1 << width && value % multiple == 0 { Some(value as u32) } else { None }
}

pub(super) fn i_type(opcode: u32, funct3: u32, rd: u32, rs1: Reg, imm: i32) -> Code {
    let imm = signed(imm, 12, 1).expect("immediate of an I-type instruction is out of range");
    Code::Long(bits(imm, 0, 12, 20) | rs1.number() << 15 | funct3 << 12 | rd << 7 | opcode)
}

/// `op rd, rs1, rs2`
pub fn alu(op: Alu, rd: Reg, rs1: Reg, rs2: Reg) -> Code {
    if let Some(short) = alu_compressed(op, rd, rs1, rs2) {
        return Code::Short(short);
    }
    let (funct7, funct3) = op.functs();
    Code::Long(funct7 << 25 | rs2.number() << 20 | rs1.number() << 15 | funct3 << 12 | rd.number() << 7 | 0x33)
}

fn alu_compressed(op: Alu, rd: Reg, rs1: Reg, rs2: Reg) -> Option<u16> {
    let (rs1, rs2) = if op.commutes() && rs1 != rd && rs2 == rd { (rs2, rs1) } else { (rs1, rs2) };
    let funct = match op {
        Alu::Add if rd == ZERO => return None,
        Alu::Add if rs1 == ZERO && rs2 != ZERO => return Some(c_mv(rd, rs2)),
        Alu::Add if rs2 == ZERO && rs1 != ZERO => return Some(c_mv(rd, rs1)),
        // c.add
        Alu::Add if rd == rs1 && rs2 != ZERO => {
            return Some((0b1001 << 12 | rd.number() << 7 | rs2.number() << 2 | 0b10) as u16);
        }
        Alu::Sub => 0,
        Alu::Xor => 1,
        Alu::Or => 2,
        Alu::And => 3,
        _ => return None,
    };
    if rd != rs1 {
        return None;
    }
    Some((0b100011 << 10 | rd.compressed()? << 7 | funct << 5 | rs2.compressed()? << 2 | 0b01) as u16)
}

/// Neither register may be x0.
fn c_mv(rd: Reg, rs2: Reg) -> u16 {
    (0b1000 << 12 | rd.number() << 7 | rs2.number() << 2 | 0b10) as u16
}

/// `mv rd, rs`: the register allocator's moves.
pub fn mv(rd: Reg, rs: Reg) -> Code {
    alu_imm(AluImm::Add, rd, rs, 0)
}

/// `op rd, rs1, imm`; `imm` is −2048..=2047, or 0..=31 for shifts.
pub fn alu_imm(op: AluImm, rd: Reg, rs1: Reg, imm: i32) -> Code {
    if let Some(short) = alu_imm_compressed(op, rd, rs1, imm) {
        return Code::Short(short);
    }
    let imm = match op {
        AluImm::Sll | AluImm::Srl => unsigned(imm, 5, 1).expect("shift amount is out of range") as i32,
        AluImm::Sra => unsigned(imm, 5, 1).expect("shift amount is out of range") as i32 | 0x400,
        _ => imm,
    };
    i_type(0x13, op.funct3(), rd.number(), rs1, imm)
}

fn alu_imm_compressed(op: AluImm, rd: Reg, rs1: Reg, imm: i32) -> Option<u16> {
    // The common shape of c.addi, c.li, c.srli, c.srai, c.andi and c.slli: imm[5] at bit 12, imm[4:0] at bits 6:2.
    let ci = |funct3: u32, register: u32, imm: u32, quadrant: u32| {
        Some((funct3 << 13 | bits(imm, 5, 1, 12) | register << 7 | bits(imm, 0, 5, 2) | quadrant) as u16)
    };
    match op {
        AluImm::Add if rd == ZERO => (rs1 == ZERO && imm == 0).then_some(0x0001), // c.nop
        AluImm::Add if rs1 == ZERO => ci(0b010, rd.number(), signed(imm, 6, 1)?, 0b01), // c.li
        AluImm::Add if imm == 0 => Some(c_mv(rd, rs1)),
        AluImm::Add if rd == rs1 && signed(imm, 6, 1).is_some() => ci(0b000, rd.number(), imm as u32, 0b01), // c.addi
        AluImm::Add if rs1 == SP && rd == SP => {
            let imm = signed(imm, 10, 16)?; // c.addi16sp
            let scattered =
                bits(imm, 9, 1, 12) | bits(imm, 4, 1, 6) | bits(imm, 6, 1, 5) | bits(imm, 7, 2, 3) | bits(imm, 5, 1, 2);
            Some((0b011 << 13 | SP.number() << 7 | scattered | 0b01) as u16)
        }
        AluImm::Add if rs1 == SP => {
            let imm = unsigned(imm, 10, 4)?; // c.addi4spn
            let scattered = bits(imm, 4, 2, 11) | bits(imm, 6, 4, 7) | bits(imm, 2, 1, 6) | bits(imm, 3, 1, 5);
            Some((scattered | rd.compressed()? << 2) as u16)
        }
        AluImm::And if rd == rs1 => ci(0b100, 0b10 << 3 | rd.compressed()?, signed(imm, 6, 1)?, 0b01),
        // A zero amount would be a hint, or an instruction of RV128C.
        AluImm::Srl if rd == rs1 && imm != 0 => ci(0b100, rd.compressed()?, unsigned(imm, 5, 1)?, 0b01),
        AluImm::Sra if rd == rs1 && imm != 0 => ci(0b100, 0b01 << 3 | rd.compressed()?, unsigned(imm, 5, 1)?, 0b01),
        AluImm::Sll if rd == rs1 && imm != 0 && rd != ZERO => ci(0b000, rd.number(), unsigned(imm, 5, 1)?, 0b10),
        _ => None,
    }
}

/// `lui rd, upper`: rd = upper << 12; `upper` is 0..=0xF_FFFF.
pub fn lui(rd: Reg, upper: u32) -> Code {
    assert!(upper <= 0xf_ffff, "operand of lui is out of range");
    let sign_extended = (upper << 12) as i32 >> 12;
    if let Some(imm) = signed(sign_extended, 6, 1)
        && imm != 0
        && rd != ZERO
        && rd != SP
    {
        return Code::Short((0b011 << 13 | bits(imm, 5, 1, 12) | rd.number() << 7 | bits(imm, 0, 5, 2) | 0b01) as u16);
    }
    Code::Long(upper << 12 | rd.number() << 7 | 0x37)
}

/// `auipc rd, upper`: rd = address of this instruction + (upper << 12); `upper` is 0..=0xF_FFFF.
pub fn auipc(rd: Reg, upper: u32) -> Code {
    assert!(upper <= 0xf_ffff, "operand of auipc is out of range");
    Code::Long(upper << 12 | rd.number() << 7 | 0x17)
}

/// The offset and register fields that c.lw, c.sw and their float forms share; `data` is the register's three-bit field.
fn word_access_compressed(data: u32, base: Reg, offset: i32) -> Option<u32> {
    let offset = unsigned(offset, 7, 4)?;
    let scattered = bits(offset, 3, 3, 10) | bits(offset, 2, 1, 6) | bits(offset, 6, 1, 5);
    Some(scattered | base.compressed()? << 7 | data << 2)
}

/// The sp-relative forms of a load, with the register's five-bit field.
fn load_sp_compressed(funct3: u32, rd: u32, offset: i32) -> Option<u16> {
    let offset = unsigned(offset, 8, 4)?;
    let scattered = bits(offset, 5, 1, 12) | bits(offset, 2, 3, 4) | bits(offset, 6, 2, 2);
    Some((funct3 << 13 | scattered | rd << 7 | 0b10) as u16)
}

/// The sp-relative forms of a store, with the register's five-bit field.
fn store_sp_compressed(funct3: u32, data: u32, offset: i32) -> Option<u16> {
    let offset = unsigned(offset, 8, 4)?;
    let scattered = bits(offset, 2, 4, 9) | bits(offset, 6, 2, 7);
    Some((funct3 << 13 | scattered | data << 2 | 0b10) as u16)
}

/// The compressed form of a load of a word: `compressed` is the register's three-bit field where it has one.
pub(super) fn load_compressed(funct3: u32, rd: u32, compressed: Option<u32>, base: Reg, offset: i32) -> Option<u16> {
    if base == SP
        && let Some(code) = load_sp_compressed(funct3, rd, offset)
    {
        return Some(code);
    }
    Some((funct3 << 13 | word_access_compressed(compressed?, base, offset)?) as u16)
}

/// The compressed form of a store of a word, with the registers as in [`load_compressed`].
pub(super) fn store_compressed(funct3: u32, data: u32, compressed: Option<u32>, base: Reg, offset: i32) -> Option<u16> {
    if base == SP
        && let Some(code) = store_sp_compressed(funct3, data, offset)
    {
        return Some(code);
    }
    Some((funct3 << 13 | word_access_compressed(compressed?, base, offset)?) as u16)
}

/// `op rd, offset(base)`; `offset` is −2048..=2047 bytes.
pub fn load(op: Load, rd: Reg, base: Reg, offset: i32) -> Code {
    if op == Load::I32
        && rd != ZERO
        && let Some(short) = load_compressed(0b010, rd.number(), rd.compressed(), base, offset)
    {
        return Code::Short(short); // c.lwsp, c.lw
    }
    let funct3 = match op {
        Load::I8 => 0,
        Load::I16 => 1,
        Load::I32 => 2,
        Load::U8 => 4,
        Load::U16 => 5,
    };
    i_type(0x03, funct3, rd.number(), base, offset)
}

/// `op data, offset(base)`; `offset` is −2048..=2047 bytes.
pub fn store(op: Store, data: Reg, base: Reg, offset: i32) -> Code {
    if op == Store::I32
        && let Some(short) = store_compressed(0b110, data.number(), data.compressed(), base, offset)
    {
        return Code::Short(short); // c.swsp, c.sw
    }
    let funct3 = match op {
        Store::I8 => 0,
        Store::I16 => 1,
        Store::I32 => 2,
    };
    s_type(0x23, funct3, data.number(), base, offset)
}

pub(super) fn s_type(opcode: u32, funct3: u32, data: u32, base: Reg, offset: i32) -> Code {
    let imm = signed(offset, 12, 1).expect("store offset is out of range");
    let registers = data << 20 | base.number() << 15;
    Code::Long(bits(imm, 5, 7, 25) | registers | funct3 << 12 | bits(imm, 0, 5, 7) | opcode)
}

/// The offset bits of [`branch`]: even, −4096..=4094 bytes from the instruction.
pub const fn branch_target(offset: i32) -> Option<u32> {
    let Some(imm) = signed(offset, 13, 2) else { return None };
    Some(bits(imm, 12, 1, 31) | bits(imm, 5, 6, 25) | bits(imm, 1, 4, 8) | bits(imm, 11, 1, 7))
}

/// `b<cond> rs1, rs2, offset`, four bytes; `offset` as in [`branch_target`].
pub fn branch(cond: Cond, rs1: Reg, rs2: Reg, offset: i32) -> Code {
    let target = branch_target(offset).expect("branch target is out of reach");
    Code::Long(target | rs2.number() << 20 | rs1.number() << 15 | cond.funct3() << 12 | 0x63)
}

/// The offset bits of [`branch_short`]: even, −256..=254 bytes from the instruction.
pub const fn branch_short_target(offset: i32) -> Option<u16> {
    let Some(imm) = signed(offset, 9, 2) else { return None };
    let low = bits(imm, 6, 2, 5) | bits(imm, 1, 2, 3) | bits(imm, 5, 1, 2);
    Some((bits(imm, 8, 1, 12) | bits(imm, 3, 2, 10) | low) as u16)
}

/// The two-byte form of [`branch`] (c.beqz, c.bnez): one operand is x0 and the other in x8–x15, the condition is
/// equality or its opposite, `offset` as in [`branch_short_target`].
pub fn branch_short(cond: Cond, rs1: Reg, rs2: Reg, offset: i32) -> Option<Code> {
    let funct3 = match cond {
        Cond::Eq => 0b110,
        Cond::Ne => 0b111,
        _ => return None,
    };
    let register = match (rs1, rs2) {
        (register, ZERO) | (ZERO, register) => register.compressed()?,
        _ => return None,
    };
    Some(Code::Short((funct3 << 13 | register << 7 | 0b01) as u16 | branch_short_target(offset)?))
}

/// The offset bits of [`jal`]: even, within 1 MiB of the instruction.
pub const fn jal_target(offset: i32) -> Option<u32> {
    let Some(imm) = signed(offset, 21, 2) else { return None };
    Some(bits(imm, 20, 1, 31) | bits(imm, 1, 10, 21) | bits(imm, 11, 1, 20) | bits(imm, 12, 8, 12))
}

/// `jal rd, offset`, four bytes; `offset` as in [`jal_target`].
pub fn jal(rd: Reg, offset: i32) -> Code {
    Code::Long(jal_target(offset).expect("jump target is out of reach") | rd.number() << 7 | 0x6f)
}

/// The offset bits of [`jal_short`]: even, −2048..=2046 bytes from the instruction.
pub const fn jal_short_target(offset: i32) -> Option<u16> {
    let Some(imm) = signed(offset, 12, 2) else { return None };
    let high = bits(imm, 11, 1, 12) | bits(imm, 4, 1, 11) | bits(imm, 8, 2, 9) | bits(imm, 10, 1, 8);
    Some((high | bits(imm, 6, 1, 7) | bits(imm, 7, 1, 6) | bits(imm, 1, 3, 3) | bits(imm, 5, 1, 2)) as u16)
}

/// The two-byte form of [`jal`] (c.j, c.jal): rd is x0 or ra, `offset` as in [`jal_short_target`].
pub fn jal_short(rd: Reg, offset: i32) -> Option<Code> {
    let funct3 = match rd.number() {
        0 => 0b101,
        1 => 0b001,
        _ => return None,
    };
    Some(Code::Short((funct3 << 13 | 0b01) as u16 | jal_short_target(offset)?))
}

/// `auipc rd, upper; addi rd, rd, lower`: rd = address of the first instruction + `offset`. Never compressed, so that
/// the pair can be patched.
pub fn pc_relative(rd: Reg, offset: i32) -> [Code; 2] {
    let (upper, lower) = super::imms::split(offset);
    [auipc(rd, upper), i_type(0x13, AluImm::Add.funct3(), rd.number(), rd, lower)]
}

/// `auipc temp, upper; jalr x0, lower(temp)`: a jump to the address of the first instruction + `offset`. Never
/// compressed, so that the pair can be patched.
pub fn far_jump(temp: Reg, offset: i32) -> [Code; 2] {
    let (upper, lower) = super::imms::split(offset);
    [auipc(temp, upper), i_type(0x67, 0, ZERO.number(), temp, lower)]
}

/// `jalr rd, offset(rs1)`; `offset` is −2048..=2047.
pub fn jalr(rd: Reg, rs1: Reg, offset: i32) -> Code {
    if offset == 0 && rs1 != ZERO && rd.number() <= 1 {
        return Code::Short(((0b1000 | rd.number()) << 12 | rs1.number() << 7 | 0b10) as u16); // c.jr, c.jalr
    }
    i_type(0x67, 0, rd.number(), rs1, offset)
}
