//! The floating-point extension's encodings against LLVM's, byte for byte.

use super::encode_vfp::*;
use super::llvm_mc::Cases;
use super::regs::{FReg, LR, Reg, SP};

fn r(n: u8) -> Reg {
    Reg::new(n)
}

/// Numbers whose fields are all ones and all zeros, and mixed.
fn singles() -> [FReg; 6] {
    [0, 1, 2, 15, 16, 31].map(FReg::s)
}

fn doubles() -> [FReg; 4] {
    [0, 1, 8, 15].map(FReg::d)
}

/// Both precisions with their suffixes.
fn banks() -> [(&'static str, Vec<FReg>); 2] {
    [("f32", singles().to_vec()), ("f64", doubles().to_vec())]
}

#[test]
fn arithmetic() {
    let binaries = [
        (Binary::Add, "vadd"),
        (Binary::Sub, "vsub"),
        (Binary::Mul, "vmul"),
        (Binary::Div, "vdiv"),
        (Binary::MaxNum, "vmaxnm"),
        (Binary::MinNum, "vminnm"),
    ];
    let unaries = [
        (Unary::Mov, "vmov"),
        (Unary::Abs, "vabs"),
        (Unary::Neg, "vneg"),
        (Unary::Sqrt, "vsqrt"),
        (Unary::RoundZero, "vrintz"),
        (Unary::RoundNearest, "vrintn"),
        (Unary::RoundUp, "vrintp"),
        (Unary::RoundDown, "vrintm"),
    ];
    let selects = [(SelectCond::Eq, "eq"), (SelectCond::Vs, "vs"), (SelectCond::Ge, "ge"), (SelectCond::Gt, "gt")];
    let mut cases = Cases::default();
    for (suffix, bank) in banks() {
        for &d in &bank {
            cases.add(compare_zero(d), format!("vcmp.{suffix} {d}, #0"));
            for &m in &bank {
                for (op, name) in unaries {
                    cases.add(unary(op, d, m), format!("{name}.{suffix} {d}, {m}"));
                }
                cases.add(compare(d, m), format!("vcmp.{suffix} {d}, {m}"));
                for &n in &bank {
                    for (op, name) in binaries {
                        cases.add(binary(op, d, n, m), format!("{name}.{suffix} {d}, {n}, {m}"));
                    }
                    for (cond, name) in selects {
                        cases.add(select(cond, d, n, m), format!("vsel{name}.{suffix} {d}, {n}, {m}"));
                    }
                }
            }
        }
    }
    cases.check();
}

#[test]
fn conversions() {
    let mut cases = Cases::default();
    for s in singles() {
        for (suffix, bank) in banks() {
            for f in bank {
                for (signed, int) in [(true, "s32"), (false, "u32")] {
                    cases.add(to_int(signed, s, f), format!("vcvt.{int}.{suffix} {s}, {f}"));
                    cases.add(from_int(signed, f, s), format!("vcvt.{suffix}.{int} {f}, {s}"));
                }
            }
        }
        for d in doubles() {
            cases.add(convert(d, s), format!("vcvt.f64.f32 {d}, {s}"));
            cases.add(convert(s, d), format!("vcvt.f32.f64 {s}, {d}"));
        }
    }
    cases.check();
}

#[test]
fn moves() {
    let mut cases = Cases::default();
    for t in [r(0), r(7), r(8), r(12), LR] {
        for s in singles() {
            cases.add(mov_core(true, t, s), format!("vmov {t}, {s}"));
            cases.add(mov_core(false, t, s), format!("vmov {s}, {t}"));
        }
        for t2 in [r(1), r(9)] {
            for d in doubles() {
                cases.add(mov_core_pair(true, t, t2, d), format!("vmov {t}, {t2}, {d}"));
                cases.add(mov_core_pair(false, t, t2, d), format!("vmov {d}, {t}, {t2}"));
            }
        }
        cases.add(read_fpscr(t), format!("vmrs {t}, fpscr"));
        cases.add(write_fpscr(t), format!("vmsr fpscr, {t}"));
    }
    cases.add(flags_to_core(), "vmrs APSR_nzcv, fpscr");
    // Every value that there is a form for, and its neighbours, for which there is none.
    let mut forms = 0;
    for exponent in -4..=5 {
        for sixteenths in 16..32 {
            for sign in [1.0, -1.0] {
                let value = sign * f64::from(sixteenths) / 16.0 * f64::from(exponent).exp2();
                for (suffix, bank) in banks() {
                    let reg = bank[bank.len() - 1];
                    if let Some(enc) = mov_imm(reg, value) {
                        forms += 1;
                        cases.add(enc, format!("vmov.{suffix} {reg}, #{value:?}"));
                    }
                    assert_eq!(mov_imm(reg, f64::from_bits(value.to_bits() + 1)), None);
                }
            }
        }
    }
    assert_eq!(forms, 2 * 256);
    for value in [0.0, -0.0, f64::NAN, f64::INFINITY, 33.0, 0.1] {
        assert_eq!(mov_imm(FReg::d(0), value), None);
    }
    cases.check();
}

#[test]
fn memory() {
    let mut cases = Cases::default();
    for (_, bank) in banks() {
        for &reg in &bank {
            for (n, offset) in [(SP, 0), (r(0), 4), (r(9), 1020), (r(12), -4), (SP, -1020)] {
                cases.add(mem(true, reg, n, offset).unwrap(), format!("vldr {reg}, [{n}, #{offset}]"));
                cases.add(mem(false, reg, n, offset).unwrap(), format!("vstr {reg}, [{n}, #{offset}]"));
            }
            for count in [1, 2, 8, 16] {
                let range = if count == 1 {
                    format!("{{{reg}}}")
                } else {
                    let last = reg.num() + count - 1;
                    format!("{{{reg}-{}{last}}}", if reg.is_double() { 'd' } else { 's' })
                };
                let (push, pop) = (push(reg, count), pop(reg, count));
                assert_eq!(push.is_some(), reg.num() + count <= reg.bank_len());
                if let (Some(push), Some(pop)) = (push, pop) {
                    cases.add(push, format!("vpush {range}"));
                    cases.add(pop, format!("vpop {range}"));
                }
            }
        }
        for offset in [1, 2, 1022, 1024, -1024] {
            assert!(!mem_offset_fits(offset));
            assert_eq!(mem(true, bank[0], SP, offset), None);
        }
        assert_eq!(push(bank[0], 0), None);
    }
    cases.check();
}
