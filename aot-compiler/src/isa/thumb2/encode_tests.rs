//! The assembler against LLVM's, byte for byte: every form over registers and immediates on both sides of each limit.

use super::encode::*;
use super::encode_mem::*;
use super::llvm_mc::{Cases, listing};
use super::regs::{LR, PC, Reg, RegSet, SP};
use std::fmt::Write as _;

fn r(n: u8) -> Reg {
    Reg::new(n)
}

/// Low and high, first and last of each kind.
fn some() -> [Reg; 7] {
    [r(0), r(1), r(5), r(7), r(8), r(12), LR]
}

fn triples() -> impl Iterator<Item = (Reg, Reg, Reg)> {
    some().into_iter().flat_map(|a| some().into_iter().flat_map(move |b| some().into_iter().map(move |c| (a, b, c))))
}

fn pairs() -> impl Iterator<Item = (Reg, Reg)> {
    some().into_iter().flat_map(|a| some().into_iter().map(move |b| (a, b)))
}

const ALUS: [(Alu, &str); 10] = [
    (Alu::And, "and"),
    (Alu::Bic, "bic"),
    (Alu::Orr, "orr"),
    (Alu::Orn, "orn"),
    (Alu::Eor, "eor"),
    (Alu::Add, "add"),
    (Alu::Adc, "adc"),
    (Alu::Sbc, "sbc"),
    (Alu::Sub, "sub"),
    (Alu::Rsb, "rsb"),
];
const TESTS: [(Test, &str); 4] = [(Test::Tst, "tst"), (Test::Teq, "teq"), (Test::Cmn, "cmn"), (Test::Cmp, "cmp")];
const SHIFTS: [(ShiftOp, &str); 4] =
    [(ShiftOp::Lsl, "lsl"), (ShiftOp::Lsr, "lsr"), (ShiftOp::Asr, "asr"), (ShiftOp::Ror, "ror")];
const IMMS: [u32; 22] = [
    0,
    1,
    7,
    8,
    127,
    255,
    256,
    257,
    508,
    510,
    512,
    1020,
    1024,
    4095,
    4096,
    0xff00,
    0x00ab_00ab,
    0xab00_ab00,
    0xabab_abab,
    0x8000_0000,
    0xff00_0000,
    0xffff_ffff,
];

fn shifts() -> Vec<(Shift, String)> {
    let mut all = Vec::new();
    for (op, name) in SHIFTS {
        for amount in [1, 2, 3, 4, 15, 31, 32] {
            if let Some(s) = Shift::new(op, amount) {
                all.push((s, format!("{name} #{amount}")));
            }
        }
    }
    assert_eq!(all.len(), 6 + 7 + 7 + 6);
    all
}

#[test]
fn alu_with_immediates() {
    let mut cases = Cases::default();
    for (op, name) in ALUS {
        for (d, n) in pairs() {
            for imm in IMMS {
                if imm == u32::MAX && matches!(op, Alu::Add | Alu::Sub) {
                    continue; // LLVM turns it into the other operation with 1
                }
                cases.flags(|f| alu_imm(op, d, n, imm, f), |s| format!("{name}{s} {d}, {n}, #{imm}"));
            }
        }
    }
    for imm in [0, 4, 8, 508, 512, 1020, 1024, 2, 4092] {
        for d in [r(0), r(7), r(8), SP] {
            cases.flags(|f| alu_imm(Alu::Add, d, SP, imm, f), |s| format!("add{s} {d}, sp, #{imm}"));
            cases.flags(|f| alu_imm(Alu::Sub, d, SP, imm, f), |s| format!("sub{s} {d}, sp, #{imm}"));
        }
    }
    assert_eq!(alu_imm(Alu::And, r(0), r(0), 257, Flags::Keep), None);
    assert_eq!(alu_imm(Alu::Add, r(0), r(0), 257, Flags::Set), None);
    assert_eq!(alu_imm(Alu::Add, r(0), r(0), 0x1001, Flags::Keep), None);
    cases.check();
}

#[test]
fn alu_with_registers() {
    let mut cases = Cases::default();
    for (op, name) in ALUS {
        for (d, n, m) in triples() {
            cases.flags(|f| Some(alu_reg(op, d, n, m, Shift::NONE, f)), |s| format!("{name}{s} {d}, {n}, {m}"));
        }
        for (d, n, m) in [(r(0), r(1), r(2)), (r(8), r(11), LR), (r(3), r(3), r(3))] {
            for (shift, text) in shifts() {
                cases.flags(|f| Some(alu_reg(op, d, n, m, shift, f)), |s| format!("{name}{s} {d}, {n}, {m}, {text}"));
            }
        }
    }
    for d in [r(0), r(8)] {
        cases.add(alu_reg(Alu::Add, d, SP, d, Shift::NONE, Flags::Keep), format!("add {d}, sp, {d}"));
    }
    cases.add(alu_reg(Alu::Add, SP, SP, r(3), Shift::NONE, Flags::Keep), "add sp, r3");
    cases.add(alu_reg(Alu::Sub, SP, SP, r(3), Shift::NONE, Flags::Keep), "sub sp, sp, r3");
    cases.add(alu_reg(Alu::Sub, r(12), SP, r(12), Shift::NONE, Flags::Keep), "sub r12, sp, r12");
    cases.check();
}

#[test]
fn comparisons() {
    let mut cases = Cases::default();
    for (op, name) in TESTS {
        for n in some() {
            for imm in IMMS {
                if let Some(enc) = test_imm(op, n, imm) {
                    cases.add(enc, format!("{name} {n}, #{imm}"));
                }
            }
        }
        for (n, m) in pairs() {
            cases.add(test_reg(op, n, m, Shift::NONE), format!("{name} {n}, {m}"));
        }
        for (shift, text) in shifts() {
            cases.add(test_reg(op, r(2), r(9), shift), format!("{name} r2, r9, {text}"));
        }
    }
    cases.add(test_reg(Test::Cmp, SP, r(12), Shift::NONE), "cmp sp, r12");
    assert_eq!(test_imm(Test::Cmp, r(0), 257), None);
    cases.check();
}

#[test]
fn moves_and_shifts() {
    let mut cases = Cases::default();
    for (d, m) in pairs() {
        cases.flags(|f| Some(mov_reg(d, m, f)), |s| format!("mov{s} {d}, {m}"));
        cases.flags(|f| Some(mvn_reg(d, m, Shift::NONE, f)), |s| format!("mvn{s} {d}, {m}"));
        for (shift, text) in shifts() {
            let (name, amount) = text.split_once(' ').unwrap();
            cases.flags(|f| Some(shift_imm(d, m, shift, f)), |s| format!("{name}{s} {d}, {m}, {amount}"));
            cases.flags(|f| Some(mvn_reg(d, m, shift, f)), |s| format!("mvn{s} {d}, {m}, {text}"));
        }
    }
    cases.add(mov_reg(r(0), SP, Flags::Keep), "mov r0, sp");
    cases.add(mov_reg(SP, r(12), Flags::Keep), "mov sp, r12");
    for (op, name) in SHIFTS {
        for (d, n, m) in triples() {
            cases.flags(|f| Some(shift_reg(op, d, n, m, f)), |s| format!("{name}{s} {d}, {n}, {m}"));
        }
    }
    for d in some() {
        for imm in IMMS {
            cases.flags(
                |f| mov_imm(d, imm, f),
                |s| {
                    // Without a width LLVM prefers `movw` to a modified immediate.
                    let wide = s.is_empty() || s == "eq" && !(imm < 256 && d.is_low());
                    format!("mov{s}{} {d}, #{imm}", if wide { ".w" } else { "" })
                },
            );
            cases.flags(|f| mvn_imm(d, imm, f), |s| format!("mvn{s} {d}, #{imm}"));
        }
        for imm in [0, 1, 0x0800, 0x1234, 0xf7ff, 0xffff] {
            cases.add(movw(d, imm), format!("movw {d}, #{imm}"));
            cases.add(movt(d, imm), format!("movt {d}, #{imm}"));
        }
    }
    cases.check();
}

#[test]
fn multiplication_division_bits() {
    let mut cases = Cases::default();
    for (d, n, m) in triples() {
        cases.add(mul(d, n, m, Flags::Keep), format!("mul {d}, {n}, {m}"));
        cases.add(sdiv(d, n, m), format!("sdiv {d}, {n}, {m}"));
        cases.add(udiv(d, n, m), format!("udiv {d}, {n}, {m}"));
        cases.add(mla(d, n, m, r(3)), format!("mla {d}, {n}, {m}, r3"));
        cases.add(mls(d, n, m, r(11)), format!("mls {d}, {n}, {m}, r11"));
        let free = mul(d, n, m, Flags::Free);
        let s = if free.size() == 2 { "s" } else { "" };
        cases.add(free, format!("mul{s} {d}, {n}, {m}"));
        cases.add(mul(d, n, m, Flags::InIt), format!("it eq\nmuleq {d}, {n}, {m}"));
        if d != n {
            use LongMul::{Smlal, Smull, Umlal, Umull};
            for (op, name) in [(Smull, "smull"), (Umull, "umull"), (Smlal, "smlal"), (Umlal, "umlal")] {
                cases.add(long_mul(op, d, n, m, r(4)), format!("{name} {d}, {n}, {m}, r4"));
            }
        }
    }
    use Unary::{Clz, Rbit, Rev, Rev16, Sxtb, Sxth, Uxtb, Uxth};
    for (d, m) in pairs() {
        for (op, name) in [
            (Clz, "clz"),
            (Rbit, "rbit"),
            (Rev, "rev"),
            (Rev16, "rev16"),
            (Sxtb, "sxtb"),
            (Sxth, "sxth"),
            (Uxtb, "uxtb"),
            (Uxth, "uxth"),
        ] {
            cases.add(unary(op, d, m), format!("{name} {d}, {m}"));
        }
        for (lsb, width) in [(0, 1), (0, 32), (31, 1), (5, 9), (16, 16), (3, 29)] {
            let field = format!("{d}, {m}, #{lsb}, #{width}");
            cases.add(ubfx(d, m, lsb, width).unwrap(), format!("ubfx {field}"));
            cases.add(sbfx(d, m, lsb, width).unwrap(), format!("sbfx {field}"));
            cases.add(bfi(d, m, lsb, width).unwrap(), format!("bfi {field}"));
        }
    }
    for (lsb, width) in [(0, 0), (0, 33), (31, 2), (32, 1)] {
        assert_eq!(ubfx(r(0), r(0), lsb, width), None);
    }
    cases.check();
}

#[test]
fn loads_and_stores() {
    let mut cases = Cases::default();
    let offsets =
        [0, 1, 2, 3, 4, 31, 32, 62, 63, 64, 124, 125, 128, 252, 255, 256, 1020, 1024, 4092, 4095, -1, -4, -255];
    use Mem::{Ldr, Ldrb, Ldrh, Ldrsb, Ldrsh, Str, Strb, Strh};
    for (op, name) in [
        (Ldr, "ldr"),
        (Ldrb, "ldrb"),
        (Ldrh, "ldrh"),
        (Ldrsb, "ldrsb"),
        (Ldrsh, "ldrsh"),
        (Str, "str"),
        (Strb, "strb"),
        (Strh, "strh"),
    ] {
        for (t, n) in pairs().chain(some().into_iter().map(|t| (t, SP))) {
            for offset in offsets {
                cases.add(mem_imm(op, t, n, offset).unwrap(), format!("{name} {t}, [{n}, #{offset}]"));
            }
            for m in some() {
                for shift in 0..4 {
                    let lsl = if shift == 0 { String::new() } else { format!(", lsl #{shift}") };
                    cases.add(mem_reg(op, t, n, m, shift).unwrap(), format!("{name} {t}, [{n}, {m}{lsl}]"));
                }
            }
        }
        for offset in [-256, 4096, i32::MIN, i32::MAX] {
            assert_eq!(mem_imm(op, r(0), r(1), offset), None);
            assert!(!mem_offset_fits(offset));
        }
        assert_eq!(mem_reg(op, r(0), r(1), r(2), 4), None);
    }
    for t in some() {
        for offset in [0, 4, 1020, 1024, 2, -4, 4095, -4095] {
            cases.add(ldr_literal(t, offset).unwrap(), format!("ldr {t}, [pc, #{offset}]"));
        }
        for (t2, offset) in [(r(2), 0), (r(3), 4), (r(11), -1020), (r(9), 1020)] {
            cases.add(mem_dual(true, t, t2, SP, offset).unwrap(), format!("ldrd {t}, {t2}, [sp, #{offset}]"));
            cases.add(mem_dual(false, t, t2, r(6), offset).unwrap(), format!("strd {t}, {t2}, [r6, #{offset}]"));
        }
    }
    assert_eq!(mem_dual(true, r(0), r(1), r(2), 2), None);
    assert_eq!(mem_dual(true, r(0), r(1), r(2), 1024), None);
    cases.check();
}

#[test]
fn register_lists() {
    let mut cases = Cases::default();
    for bits in [1u16, 0x80, 0xff, 0x10, 0x4000, 0x4010, 0x40ff, 0x100, 0x5f0, 0x4df0, 0x4100, 0x800, 0x1000] {
        let regs: RegSet = (0..16).filter(|n| bits >> n & 1 == 1).map(r).collect();
        cases.add(push(regs).unwrap(), format!("push {regs:?}"));
        cases.add(pop(regs).unwrap(), format!("pop {regs:?}"));
        if !regs.contains(LR) {
            let regs = regs.with(PC);
            cases.add(pop(regs).unwrap(), format!("pop {regs:?}"));
        }
        if regs.len() > 1 && !regs.contains(r(3)) {
            cases.add(mem_multiple(true, r(3), regs).unwrap(), format!("ldm r3!, {regs:?}"));
            cases.add(mem_multiple(false, r(3), regs).unwrap(), format!("stm r3!, {regs:?}"));
            cases.add(mem_multiple(false, r(9), regs).unwrap(), format!("stm r9!, {regs:?}"));
        }
    }
    cases.check();
    for bad in [RegSet::EMPTY, RegSet::EMPTY.with(SP), RegSet::EMPTY.with(SP).with(LR)] {
        assert_eq!(push(bad), None);
        assert_eq!(pop(bad), None);
    }
    assert_eq!(pop(RegSet::EMPTY.with(PC).with(LR)), None);
    assert_eq!(push(RegSet::EMPTY.with(PC)), None);
}

/// LLVM counts branch immediates from the instruction + 4.
#[test]
fn branches() {
    let mut cases = Cases::default();
    let disps = [
        0,
        2,
        4,
        6,
        -2,
        100,
        258,
        260,
        -252,
        -254,
        2050,
        2052,
        -2044,
        -2046,
        70_000,
        300_000,
        -300_000,
        900_000,
        1_048_578,
        1_048_580,
        -1_048_572,
        -1_048_574,
        5_000_000,
        9_000_000,
        -9_000_000,
        16_777_218,
        -16_777_212,
        16_777_220,
        -16_777_214,
    ];
    let mut fits = [0; 4];
    for disp in disps {
        let imm = disp - 4;
        if let Some(enc) = b(disp, Width::Narrow) {
            fits[0] += 1;
            cases.add(enc, format!("b.n #{imm}"));
        }
        if let Some(enc) = b(disp, Width::Wide) {
            fits[1] += 1;
            cases.add(enc, format!("b.w #{imm}"));
            cases.add(bl(disp).unwrap(), format!("bl #{imm}"));
        }
        for cond in Cond::ALL {
            let name = format!("{cond:?}").to_lowercase();
            if let Some(enc) = b_cond(cond, disp, Width::Narrow) {
                fits[2] += 1;
                cases.add(enc, format!("b{name}.n #{imm}"));
            }
            if let Some(enc) = b_cond(cond, disp, Width::Wide) {
                fits[3] += 1;
                cases.add(enc, format!("b{name}.w #{imm}"));
            }
        }
        assert_eq!(b(disp + 1, Width::Wide), None);
    }
    assert_eq!(fits, [12, 27, 8 * 14, 20 * 14]);
    for disp in [4, 6, 68, 70, 130] {
        for n in [r(0), r(7)] {
            cases.add(cbz(false, n, disp).unwrap(), format!("cbz {n}, #{}", disp - 4));
            cases.add(cbz(true, n, disp).unwrap(), format!("cbnz {n}, #{}", disp - 4));
        }
    }
    assert_eq!([cbz(true, r(0), 2), cbz(true, r(0), 132), cbz(true, r(8), 8)], [None; 3]);
    for m in some() {
        cases.add(bx(m), format!("bx {m}"));
        cases.add(blx(m), format!("blx {m}"));
        cases.add(mov_pc(m), format!("mov pc, {m}"));
        cases.add(add_pc(m), format!("add {m}, pc"));
        cases.add(load_pc(m, 4095).unwrap(), format!("ldr pc, [{m}, #4095]"));
        cases.add(tbb(PC, m), format!("tbb [pc, {m}]"));
        cases.add(tbh(PC, m), format!("tbh [pc, {m}, lsl #1]"));
    }
    for imm in [0, 1, 255] {
        cases.add(udf(imm), format!("udf #{imm}"));
    }
    cases.add(NOP, "nop");
    cases.check();
}

#[test]
fn it_blocks() {
    let mut ours = Vec::new();
    let mut source = String::new();
    let patterns: [&[bool]; 6] = [&[], &[true], &[false], &[true, false], &[false, true, true], &[false, false, true]];
    for cond in Cond::ALL {
        for further in patterns {
            let (then, other) = (format!("{cond:?}").to_lowercase(), format!("{:?}", cond.invert()).to_lowercase());
            let letters: String = further.iter().map(|t| if *t { 't' } else { 'e' }).collect();
            writeln!(source, "it{letters} {then}\nnop{then}").unwrap();
            for t in further {
                writeln!(source, "nop{}", if *t { &then } else { &other }).unwrap();
            }
            ours.push(it(cond, further).unwrap());
            ours.extend(std::iter::repeat_n(NOP, further.len() + 1));
        }
    }
    let Some(listing) = listing(source) else { return };
    let theirs: Vec<u8> = listing.into_iter().flat_map(|(_, bytes)| bytes).collect();
    let mut bytes = Vec::new();
    ours.iter().for_each(|e| e.push_to(&mut bytes));
    assert_eq!(bytes, theirs);
    assert_eq!(it(Cond::Eq, &[true; 4]), None);
}
