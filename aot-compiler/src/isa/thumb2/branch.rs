//! Everything whose displacement is known late: branches, jump tables, calls, addresses in the text.
//!
//! A branch grows through its forms until its label is in reach; displacements are as in [`encode`](super::encode).

use super::encode::{self as enc, Cond, Enc, Flags, Shift, ShiftOp, Test as EncTest};
use super::encode_mem::{self as mem, Width};
use super::inst::{self, Test};
use super::put;
use super::regs::{PC, Reg, SCRATCH};
use crate::emit::{Label, Sink};
use crate::isa::{FixupKind, RelocTarget};
use crate::marks::{mutant, rule};

/// `cbz` and `cbnz`.
const COMPARE_ZERO: FixupKind = FixupKind(0);
/// Conditional branch, 16 bits.
const COND_NARROW: FixupKind = FixupKind(1);
/// Conditional branch, 32 bits.
pub const COND_WIDE: FixupKind = FixupKind(2);
/// Branch, 16 bits.
const JUMP_NARROW: FixupKind = FixupKind(3);
/// Branch, 32 bits.
const JUMP_WIDE: FixupKind = FixupKind(4);
const CALL: FixupKind = FixupKind(5);
/// `movw`, `movt`, `add pc`: the address of anything.
pub const TEXT_ADDRESS: FixupKind = FixupKind(6);
/// Entry of a `tbb` table; holds its own distance from the table's start until patched.
const TABLE_BYTE: FixupKind = FixupKind(7);
/// Entry of a `tbh` table; likewise.
const TABLE_HALF: FixupKind = FixupKind(8);

/// Highest form that a branch can grow to.
pub const MAX_FORM: u8 = 3;

/// Entries that a table of bytes or halfwords may have, so that reach can be told without an entry's position.
const MAX_BYTE_ENTRIES: usize = 128;
const MAX_HALF_ENTRIES: usize = 4096;

/// Bytes from the start of a [`TEXT_ADDRESS`] to the pc that its `add` reads.
const TEXT_ADDRESS_PC: i64 = 12;

/// Jumps to a label.
pub fn jump(sink: &mut Sink, to: Label) {
    if sink.next_form() == 0 {
        rule!("thumb2: narrow jump", jump_narrow(sink, to));
    } else {
        rule!("thumb2: wide jump", jump_wide(sink, to));
    }
}

fn jump_narrow(sink: &mut Sink, to: Label) {
    sink.fixup(JUMP_NARROW, to);
    put(sink, placeholder(mem::b(PLACEHOLDER, Width::Narrow)));
}

fn jump_wide(sink: &mut Sink, to: Label) {
    sink.fixup(JUMP_WIDE, to);
    put(sink, placeholder(mem::b(PLACEHOLDER, Width::Wide)));
}

/// A displacement that every form can hold.
const PLACEHOLDER: i32 = 4;

fn placeholder(enc: Option<Enc>) -> Enc {
    enc.expect("the placeholder fits every form")
}

/// Branches to a label if the flags meet the condition.
pub fn branch_on(sink: &mut Sink, cond: Cond, to: Label) {
    let form = sink.next_form();
    branch_form(sink, cond, to, form);
}

fn branch_form(sink: &mut Sink, cond: Cond, to: Label, form: u8) {
    match form {
        0 => {
            rule!("thumb2: narrow conditional branch");
            sink.fixup(COND_NARROW, to);
            put(sink, placeholder(mem::b_cond(cond, PLACEHOLDER, Width::Narrow)));
        }
        1 => {
            rule!("thumb2: wide conditional branch");
            sink.fixup(COND_WIDE, to);
            put(sink, placeholder(mem::b_cond(cond, PLACEHOLDER, Width::Wide)));
        }
        _ => {
            rule!("thumb2: conditional branch over a jump");
            // Over the wide jump.
            put(sink, placeholder(mem::b_cond(cond.invert(), 6, Width::Narrow)));
            jump_wide(sink, to);
        }
    }
}

/// Compares, and branches to a label if the test holds.
pub fn branch(sink: &mut Sink, test: Test, regs: &[u8], to: Label) {
    let mut form = sink.next_form();
    if let Some(nonzero) = inst::zero_test(test).filter(|_| Reg::new(regs[0]).is_low()) {
        if form == 0 {
            rule!("thumb2: branch on zero by cbz");
            sink.fixup(COMPARE_ZERO, to);
            put(sink, placeholder(mem::cbz(nonzero, Reg::new(regs[0]), PLACEHOLDER)));
            return;
        }
        form -= 1;
    }
    inst::compare(sink, test.compare, regs);
    branch_form(sink, test.cond, to, form);
}

/// Jumps to `targets[index]`, or to `default` if there is none.
pub fn jump_table(sink: &mut Sink, index: Reg, targets: &[Label], default: Label) {
    let count = mutant!("thumb2: jump table bound off by one", targets.len(), targets.len() + 1) as u32;
    match enc::test_imm(EncTest::Cmp, index, count) {
        Some(compare) => put(sink, compare),
        None => {
            inst::constant(sink, SCRATCH, count as i32, Flags::Free);
            put(sink, enc::test_reg(EncTest::Cmp, index, SCRATCH, Shift::NONE));
        }
    }
    branch_on(sink, Cond::Hs, default);
    let form = sink.next_form();
    if form == 0 && targets.len() <= MAX_BYTE_ENTRIES {
        rule!("thumb2: jump table of bytes");
        put(sink, mem::tbb(PC, index));
        for (entry, label) in targets.iter().enumerate() {
            sink.fixup(TABLE_BYTE, *label);
            sink.put1(entry as u8);
        }
        sink.align(2);
    } else if form <= 1 && targets.len() <= MAX_HALF_ENTRIES {
        rule!("thumb2: jump table of halfwords");
        put(sink, mem::tbh(PC, index));
        for (entry, label) in targets.iter().enumerate() {
            sink.fixup(TABLE_HALF, *label);
            sink.put2(entry as u16 * 2);
        }
    } else {
        jumps_in_a_row(sink, index, targets);
    }
}

/// Jumps into a row of wide jumps, which reach backwards too.
fn jumps_in_a_row(sink: &mut Sink, index: Reg, targets: &[Label]) {
    rule!("thumb2: jump table of jumps");
    let times4 = Shift::new(ShiftOp::Lsl, 2).expect("in range");
    put(sink, enc::shift_imm(SCRATCH, index, times4, Flags::Free));
    // The pc counts 4 bytes ahead of the addition, which is behind the move. Unlike adr, this does not ask where words start.
    put(sink, mem::add_pc(SCRATCH));
    put(sink, mem::mov_pc(SCRATCH));
    for label in targets {
        jump_wide(sink, *label);
    }
}

/// Calls something in the text.
pub fn call(sink: &mut Sink, target: RelocTarget) {
    rule!("thumb2: bl");
    sink.reloc(CALL, target, 0);
    put(sink, placeholder(mem::bl(PLACEHOLDER)));
}

/// Jumps to something in the text.
pub fn jump_out(sink: &mut Sink, target: RelocTarget) {
    rule!("thumb2: jump to another function");
    sink.reloc(JUMP_WIDE, target, 0);
    put(sink, placeholder(mem::b(PLACEHOLDER, Width::Wide)));
}

/// Smallest and largest displacement of a form.
pub fn reach(kind: FixupKind) -> (i64, i64) {
    match kind {
        COMPARE_ZERO => (4, 130),
        COND_NARROW => (-252, 258),
        COND_WIDE => (-(1 << 20) + 4, (1 << 20) + 2),
        JUMP_NARROW => (-2044, 2050),
        JUMP_WIDE | CALL => (-(1 << 24) + 4, (1 << 24) + 2),
        TEXT_ADDRESS => (i64::from(i32::MIN) + TEXT_ADDRESS_PC, i64::from(i32::MAX)),
        TABLE_BYTE => (0, 2 * 255 - MAX_BYTE_ENTRIES as i64),
        TABLE_HALF => (0, 2 * 65535 - 2 * MAX_HALF_ENTRIES as i64),
        FixupKind(n) => unreachable!("no fixup kind {n} on Thumb-2"),
    }
}

/// Puts a displacement within [`reach`] into the instruction at the start of `code`.
pub fn patch(kind: FixupKind, code: &mut [u8], displacement: i64) {
    let half = |at: usize| u16::from_le_bytes([code[at], code[at + 1]]);
    let disp = displacement as i32;
    let enc = match kind {
        COMPARE_ZERO => mem::cbz(half(0) & 0x800 != 0, Reg::new((half(0) & 7) as u8), disp),
        COND_NARROW => mem::b_cond(Cond::ALL[usize::from(half(0) >> 8 & 15)], disp, Width::Narrow),
        COND_WIDE => mem::b_cond(Cond::ALL[usize::from(half(0) >> 6 & 15)], disp, Width::Wide),
        JUMP_NARROW => mem::b(disp, Width::Narrow),
        JUMP_WIDE => mem::b(disp, Width::Wide),
        CALL => mem::bl(disp),
        TEXT_ADDRESS => {
            let from_pc = (displacement - TEXT_ADDRESS_PC) as u32;
            let dst = Reg::new((half(2) >> 8 & 15) as u8);
            write(&mut code[4..], enc::movt(dst, (from_pc >> 16) as u16));
            Some(enc::movw(dst, from_pc as u16))
        }
        TABLE_BYTE => {
            code[0] = ((displacement + i64::from(code[0])) / 2) as u8;
            return;
        }
        TABLE_HALF => {
            let entry = ((displacement + i64::from(half(0))) / 2) as u16;
            code[..2].copy_from_slice(&entry.to_le_bytes());
            return;
        }
        FixupKind(n) => unreachable!("no fixup kind {n} on Thumb-2"),
    };
    write(code, enc.expect("the displacement is within reach"));
}

fn write(code: &mut [u8], enc: Enc) {
    let mut bytes = Vec::with_capacity(4);
    enc.push_to(&mut bytes);
    code[..bytes.len()].copy_from_slice(&bytes);
}
