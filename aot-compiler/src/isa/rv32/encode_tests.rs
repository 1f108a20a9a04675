//! The encoder against an assembler nobody here wrote: llvm-mc assembles the same instructions, and the bytes must be
//! equal. With SANDGRAIN_REQUIRE_TOOLS=1 a missing llvm-mc is a failure.

use super::encode::{self, Alu, AluImm, Code, Cond, Load, Store};
use super::encode_float::{self, FloatCompare, FloatOp, Rounding};
use super::imms::Constant;
use super::regs::{FReg, Reg};
use std::io::Write;
use std::process::{Command, Stdio};

const TOOLS: [&str; 2] = ["llvm-mc-19", "llvm-mc"];

/// llvm-mc's bytes for each line of `source`, or `None` without the tool.
fn assemble(source: &str, extensions: &str) -> Option<Vec<Vec<u8>>> {
    for name in TOOLS {
        let Ok(mut child) = Command::new(name)
            .args(["--arch=riscv32", &format!("-mattr={extensions}"), "--show-encoding"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
        else {
            continue;
        };
        let mut stdin = child.stdin.take().expect("stdin is piped");
        let text = source.to_owned();
        let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
        let output = child.wait_with_output().expect("llvm-mc can be waited for");
        writer.join().expect("the writer does not panic").expect("llvm-mc reads its input");
        assert!(output.status.success(), "llvm-mc rejects the test's own assembly");
        let text = String::from_utf8(output.stdout).expect("llvm-mc writes text");
        let encodings = text.lines().filter_map(|line| line.split_once("encoding: [")).map(|(_, rest)| {
            let list = rest.split(']').next().expect("split yields at least one part");
            list.split(',')
                .map(|byte| u8::from_str_radix(byte.trim_start_matches("0x"), 16).expect("bytes are in hexadecimal"))
                .collect()
        });
        return Some(encodings.collect());
    }
    assert!(
        std::env::var("SANDGRAIN_REQUIRE_TOOLS").as_deref() != Ok("1"),
        "none of {TOOLS:?} is installed, and SANDGRAIN_REQUIRE_TOOLS=1"
    );
    // Straight to the stream: the test harness would swallow what a passing test prints.
    let reason = "RV32 encodings are not cross-checked: llvm-mc is not installed (apt install llvm-19)";
    let _ = writeln!(std::io::stderr(), "SKIPPED {reason}");
    None
}

/// Pairs of assembly and our encoding of it.
#[derive(Default)]
struct Cases {
    source: String,
    ours: Vec<Code>,
}

impl Cases {
    fn add(&mut self, assembly: String, code: Code) {
        self.source.push_str(&assembly);
        self.source.push('\n');
        self.ours.push(code);
    }

    fn check(self) {
        self.check_with("+m,+a,+c");
    }

    fn check_with(self, extensions: &str) {
        let Some(theirs) = assemble(&self.source, extensions) else {
            return;
        };
        assert_eq!(theirs.len(), self.ours.len(), "one encoding a line");
        let mut wrong = 0;
        for ((line, theirs), ours) in self.source.lines().zip(theirs).zip(self.ours) {
            let bytes = ours.bytes();
            assert_eq!(bytes.len() as u32, ours.size());
            if bytes != theirs {
                wrong += 1;
                if wrong <= 20 {
                    eprintln!("{line}: ours {bytes:02x?}, llvm-mc {theirs:02x?}");
                }
            }
        }
        assert_eq!(wrong, 0, "encodings differ");
    }
}

/// Both ends of every class: x0, ra, sp, the compressed window and its neighbours, the highest.
const REGS: [u8; 11] = [0, 1, 2, 3, 7, 8, 9, 11, 15, 16, 31];

fn registers() -> impl Iterator<Item = Reg> + Clone {
    REGS.into_iter().map(Reg::new)
}

/// The ends of the file, and the compressed window with its neighbours.
fn floats() -> impl Iterator<Item = FReg> + Clone {
    [0, 1, 7, 8, 9, 12, 15, 16, 31].into_iter().map(FReg::new)
}

fn f(reg: FReg) -> String {
    format!("f{}", reg.number())
}

fn x(reg: Reg) -> String {
    format!("x{}", reg.number())
}

/// Values at and around every boundary of a field: signed and unsigned, each width, multiples of 2, 4 and 16.
fn immediates() -> Vec<i32> {
    let mut values: Vec<i32> = (0..=11)
        .flat_map(|bit| [1 << bit, (1 << bit) - 1, (1 << bit) + 1, (1 << bit) - 2, (1 << bit) - 4, (1 << bit) - 16])
        .chain([0, 20, 36, 100, 124, 128, 132, 252, 256, 340, 496, 508, 512, 1016, 1020, 1024, 1364, 1365, 682])
        .flat_map(|value| [value, -value, value ^ 0x2a8])
        .filter(|value| (-2048..=2047).contains(value))
        .collect();
    values.sort_unstable();
    values.dedup();
    values
}

#[test]
fn register_operations() {
    let mut cases = Cases::default();
    for (op, name) in [
        (Alu::Add, "add"),
        (Alu::Sub, "sub"),
        (Alu::Sll, "sll"),
        (Alu::Slt, "slt"),
        (Alu::Sltu, "sltu"),
        (Alu::Xor, "xor"),
        (Alu::Srl, "srl"),
        (Alu::Sra, "sra"),
        (Alu::Or, "or"),
        (Alu::And, "and"),
        (Alu::Mul, "mul"),
        (Alu::Mulh, "mulh"),
        (Alu::Mulhsu, "mulhsu"),
        (Alu::Mulhu, "mulhu"),
        (Alu::Div, "div"),
        (Alu::Divu, "divu"),
        (Alu::Rem, "rem"),
        (Alu::Remu, "remu"),
    ] {
        for rd in registers() {
            for rs1 in registers() {
                for rs2 in registers() {
                    cases.add(format!("{name} {}, {}, {}", x(rd), x(rs1), x(rs2)), encode::alu(op, rd, rs1, rs2));
                }
            }
        }
    }
    cases.check();
}

#[test]
fn immediate_operations() {
    let mut cases = Cases::default();
    for (op, name) in [
        (AluImm::Add, "addi"),
        (AluImm::Slt, "slti"),
        (AluImm::Sltu, "sltiu"),
        (AluImm::Xor, "xori"),
        (AluImm::Or, "ori"),
        (AluImm::And, "andi"),
        (AluImm::Sll, "slli"),
        (AluImm::Srl, "srli"),
        (AluImm::Sra, "srai"),
    ] {
        let shift = matches!(op, AluImm::Sll | AluImm::Srl | AluImm::Sra);
        let values = if shift { (0..32).collect() } else { immediates() };
        for rd in registers() {
            for rs1 in registers() {
                for imm in &values {
                    cases.add(format!("{name} {}, {}, {imm}", x(rd), x(rs1)), encode::alu_imm(op, rd, rs1, *imm));
                }
            }
        }
    }
    cases.check();
}

#[test]
fn upper_immediates() {
    let mut cases = Cases::default();
    for rd in registers() {
        for upper in
            [0, 1, 2, 15, 16, 31, 32, 33, 0x12345, 0x7ffff, 0x80000, 0xfffdf, 0xfffe0, 0xfffe1, 0xffffe, 0xfffff]
        {
            cases.add(format!("lui {}, {upper}", x(rd)), encode::lui(rd, upper));
            cases.add(format!("auipc {}, {upper}", x(rd)), encode::auipc(rd, upper));
        }
    }
    cases.check();
}

#[test]
fn memory_accesses() {
    let mut cases = Cases::default();
    for data in registers() {
        for base in registers() {
            for offset in immediates() {
                for (op, name) in
                    [(Load::I8, "lb"), (Load::I16, "lh"), (Load::I32, "lw"), (Load::U8, "lbu"), (Load::U16, "lhu")]
                {
                    cases.add(
                        format!("{name} {}, {offset}({})", x(data), x(base)),
                        encode::load(op, data, base, offset),
                    );
                }
                for (op, name) in [(Store::I8, "sb"), (Store::I16, "sh"), (Store::I32, "sw")] {
                    cases.add(
                        format!("{name} {}, {offset}({})", x(data), x(base)),
                        encode::store(op, data, base, offset),
                    );
                }
            }
        }
    }
    cases.check();
}

/// Even offsets at the boundaries of a signed field of `width` bits and single bits inside it.
fn offsets(width: u32) -> Vec<i32> {
    let limit = 1i64 << (width - 1);
    let mut values: Vec<i64> =
        (1..width - 1).flat_map(|bit| [1 << bit, -(1 << bit), (1 << bit) - 2, limit - (1 << bit)]).collect();
    values.extend([0, -limit, limit - 2]);
    values.into_iter().filter(|value| value % 2 == 0).map(|value| value as i32).collect()
}

/// llvm-mc takes the short form wherever it may, and never without the C extension.
#[test]
fn branches_and_jumps() {
    let mut shortest = Cases::default();
    let mut long = Cases::default();
    for (cond, name) in [
        (Cond::Eq, "beq"),
        (Cond::Ne, "bne"),
        (Cond::Lt, "blt"),
        (Cond::Ge, "bge"),
        (Cond::Ltu, "bltu"),
        (Cond::Geu, "bgeu"),
    ] {
        for rs1 in registers() {
            for rs2 in registers() {
                for offset in offsets(13) {
                    let line = format!("{name} {}, {}, {offset}", x(rs1), x(rs2));
                    let code = encode::branch(cond, rs1, rs2, offset);
                    shortest.add(line.clone(), encode::branch_short(cond, rs1, rs2, offset).unwrap_or(code));
                    long.add(line, code);
                }
            }
        }
    }
    for rd in registers() {
        for offset in offsets(21) {
            let line = format!("jal {}, {offset}", x(rd));
            let code = encode::jal(rd, offset);
            shortest.add(line.clone(), encode::jal_short(rd, offset).unwrap_or(code));
            long.add(line, code);
        }
    }
    for rd in registers() {
        for offset in offsets(32) {
            let (upper, lower) = super::imms::split(offset);
            let [auipc, addi] = encode::pc_relative(rd, offset);
            long.add(format!("auipc {}, {upper}", x(rd)), auipc);
            long.add(format!("addi {}, {}, {lower}", x(rd), x(rd)), addi);
        }
    }
    shortest.check();
    long.check_with("+m,+a");
}

#[test]
fn indirect_jumps() {
    let mut indirect = Cases::default();
    for rd in registers() {
        for rs1 in registers() {
            for offset in immediates() {
                indirect.add(format!("jalr {}, {offset}({})", x(rd), x(rs1)), encode::jalr(rd, rs1, offset));
            }
        }
    }
    indirect.check();
}

#[test]
fn constants() {
    let mut cases = Cases::default();
    for rd in registers() {
        for value in
            [0, 5, -1, 2047, -2048, 2048, 0x1000, 0x1_f000, 0x12345, 0x7fff_ffff, -0x8000_0000, 0xff, 0xffff, 0xff_ffff]
        {
            let constant = Constant::new(value);
            let rd_name = x(rd);
            let lines = match constant {
                Constant::Small(value) => vec![format!("addi {rd_name}, x0, {value}")],
                Constant::Upper(upper) => vec![format!("lui {rd_name}, {upper}")],
                Constant::UpperLower(upper, lower) => {
                    vec![format!("lui {rd_name}, {upper}"), format!("addi {rd_name}, {rd_name}, {lower}")]
                }
                Constant::Shifted(value, amount) => {
                    vec![format!("addi {rd_name}, x0, {value}"), format!("slli {rd_name}, {rd_name}, {amount}")]
                }
                Constant::Mask(amount) => {
                    vec![format!("addi {rd_name}, x0, -1"), format!("srli {rd_name}, {rd_name}, {amount}")]
                }
            };
            let code: Vec<Code> = constant.code(rd).collect();
            assert_eq!((code.len(), constant.instructions()), (lines.len(), lines.len()));
            for (line, code) in lines.into_iter().zip(code) {
                cases.add(line, code);
            }
        }
    }
    cases.check();
}

/// With the extensions that the target with floats has.
const WITH_FLOATS: &str = "+m,+a,+f,+c";

#[test]
fn float_operations() {
    let mut cases = Cases::default();
    for (op, name) in [
        (FloatOp::Add, "fadd.s {}, {}, {}, rne"),
        (FloatOp::Sub, "fsub.s {}, {}, {}, rne"),
        (FloatOp::Mul, "fmul.s {}, {}, {}, rne"),
        (FloatOp::Div, "fdiv.s {}, {}, {}, rne"),
        (FloatOp::Min, "fmin.s {}, {}, {}"),
        (FloatOp::Max, "fmax.s {}, {}, {}"),
        (FloatOp::CopySign, "fsgnj.s {}, {}, {}"),
        (FloatOp::CopySignNot, "fsgnjn.s {}, {}, {}"),
        (FloatOp::CopySignXor, "fsgnjx.s {}, {}, {}"),
    ] {
        for fd in floats() {
            for fs1 in floats() {
                for fs2 in floats() {
                    let line =
                        [fd, fs1, fs2].iter().fold(name.to_owned(), |line, reg| line.replacen("{}", &f(*reg), 1));
                    cases.add(line, encode_float::float(op, fd, fs1, fs2));
                }
            }
        }
    }
    for fd in floats() {
        for fs in floats() {
            cases.add(format!("fsqrt.s {}, {}, rne", f(fd), f(fs)), encode_float::sqrt(fd, fs));
            cases.add(format!("fmv.s {}, {}", f(fd), f(fs)), encode_float::float_move(fd, fs));
        }
    }
    cases.check_with(WITH_FLOATS);
}

#[test]
fn float_comparisons() {
    let mut cases = Cases::default();
    for (op, name) in [(FloatCompare::Eq, "feq.s"), (FloatCompare::Lt, "flt.s"), (FloatCompare::Le, "fle.s")] {
        for rd in registers() {
            for fs1 in floats() {
                for fs2 in floats() {
                    let line = format!("{name} {}, {}, {}", x(rd), f(fs1), f(fs2));
                    cases.add(line, encode_float::compare(op, rd, fs1, fs2));
                }
            }
        }
    }
    cases.check_with(WITH_FLOATS);
}

#[test]
fn float_conversions_and_moves() {
    let mut cases = Cases::default();
    for integer in registers() {
        for float in floats() {
            let (rd, fs) = (x(integer), f(float));
            for (rounding, mode) in
                [(Rounding::Nearest, "rne"), (Rounding::Zero, "rtz"), (Rounding::Down, "rdn"), (Rounding::Up, "rup")]
            {
                for (signed, name) in [(true, "fcvt.w.s"), (false, "fcvt.wu.s")] {
                    let code = encode_float::to_int(signed, integer, float, rounding);
                    cases.add(format!("{name} {rd}, {fs}, {mode}"), code);
                }
            }
            cases.add(format!("fcvt.s.w {fs}, {rd}, rne"), encode_float::from_int(true, float, integer));
            cases.add(format!("fcvt.s.wu {fs}, {rd}, rne"), encode_float::from_int(false, float, integer));
            cases.add(format!("fmv.x.w {rd}, {fs}"), encode_float::to_bits(integer, float));
            cases.add(format!("fmv.w.x {fs}, {rd}"), encode_float::from_bits(float, integer));
        }
    }
    cases.check_with(WITH_FLOATS);
}

#[test]
fn float_memory_accesses() {
    let mut cases = Cases::default();
    for data in floats() {
        for base in registers() {
            for offset in immediates() {
                let place = format!("{}, {offset}({})", f(data), x(base));
                cases.add(format!("flw {place}"), encode_float::float_load(data, base, offset));
                cases.add(format!("fsw {place}"), encode_float::float_store(data, base, offset));
            }
        }
    }
    cases.check_with(WITH_FLOATS);
}
