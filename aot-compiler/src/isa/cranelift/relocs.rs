//! Cranelift's relocations as ours: each displacement is known as soon as the text is laid out.

use super::named;
use crate::emit::Reloc;
use crate::error::{Error, Result};
use crate::isa::FixupKind;
use cranelift_codegen::binemit;
use cranelift_codegen::ir::Function;
use cranelift_codegen::{CompiledCode, FinalizedRelocTarget};

/// x86-64: a 32-bit displacement, counted from the end of its instruction.
const X86_DISP32: FixupKind = FixupKind(0);
/// AArch64 `b` and `bl`.
pub const A64_BRANCH: FixupKind = FixupKind(1);
/// AArch64 `adrp`, turned into an `adr` of the displacement's low 12 bits: a text lies at a multiple of 16, and `adrp`
/// would need one of 4,096.
const A64_ADDRESS_LOW: FixupKind = FixupKind(2);
/// AArch64 `add` behind it, turned into one of the displacement's other bits, or a `sub`.
const A64_ADDRESS_HIGH: FixupKind = FixupKind(3);
/// RISC-V `auipc` and `jalr`.
const RISCV_CALL: FixupKind = FixupKind(4);
/// RISC-V `auipc`.
const RISCV_ADDRESS_HIGH: FixupKind = FixupKind(5);
/// RISC-V `addi` behind it.
const RISCV_ADDRESS_LOW: FixupKind = FixupKind(6);

/// What `code`, to which `func` was compiled, refers to.
///
/// # Errors
/// Internal ones only: a reference to something outside of the text, such as a library function.
pub fn of(func: &Function, code: &CompiledCode) -> Result<Vec<Reloc>> {
    let mut relocs: Vec<Reloc> = Vec::new();
    for reloc in code.buffer.relocs() {
        let at = reloc.offset;
        let addend = i32::try_from(reloc.addend).map_err(|_| Error::internal("a displacement beyond 32 bits"))?;
        let kind = match reloc.kind {
            binemit::Reloc::X86PCRel4 | binemit::Reloc::X86CallPCRel4 => X86_DISP32,
            binemit::Reloc::Arm64Call => A64_BRANCH,
            binemit::Reloc::Aarch64AdrPrelPgHi21 => A64_ADDRESS_LOW,
            binemit::Reloc::Aarch64AddAbsLo12Nc => A64_ADDRESS_HIGH,
            binemit::Reloc::RiscvCallPlt => RISCV_CALL,
            binemit::Reloc::RiscvPCRelHi20 => RISCV_ADDRESS_HIGH,
            binemit::Reloc::RiscvPCRelLo12I => RISCV_ADDRESS_LOW,
            other => return Err(Error::internal(format!("a relocation of kind {other:?}"))),
        };
        let (target, addend) = match (kind, &reloc.target) {
            // The second of two instructions: its displacement counts from the first, which came right before it.
            (A64_ADDRESS_HIGH | RISCV_ADDRESS_LOW, _) => match relocs.last() {
                Some(first) if first.at + 4 == at => (first.target, first.addend + 4),
                _ => return Err(Error::internal("half of an address")),
            },
            (_, FinalizedRelocTarget::ExternalName(name)) => (named(func, name)?, addend),
            (_, FinalizedRelocTarget::Func(_)) => return Err(Error::internal("a relocation into its own function")),
        };
        relocs.push(Reloc { at, kind, target, addend });
    }
    Ok(relocs)
}

/// Bytes from a call's relocation to its return address.
pub fn call_bytes(kind: FixupKind) -> u32 {
    if kind == RISCV_CALL { 8 } else { 4 }
}

/// See [`Backend::reach`](crate::backend::Backend::reach).
pub fn reach(kind: FixupKind) -> (i64, i64) {
    match kind {
        A64_BRANCH => (-(1 << 27), (1 << 27) - 4),
        A64_ADDRESS_LOW | A64_ADDRESS_HIGH => (-(0xfff << 12), (0xfff << 12) + 0xfff),
        X86_DISP32 => (i32::MIN.into(), i32::MAX.into()),
        // The low half is sign-extended, which moves the range of the sum down.
        _ => (i64::from(i32::MIN), i64::from(i32::MAX) - 0x800),
    }
}

/// See [`Backend::patch`](crate::backend::Backend::patch).
pub fn patch(kind: FixupKind, code: &mut [u8], displacement: i64) {
    let low = displacement as u32;
    let upper = (displacement + 0x800) as u32 & !0xfff;
    match kind {
        X86_DISP32 => code[..4].copy_from_slice(&low.to_le_bytes()),
        A64_BRANCH => change(code, |word| word | (displacement >> 2) as u32 & 0x03ff_ffff),
        A64_ADDRESS_LOW => change(code, |word| {
            let offset = low & 0xfff;
            word & 0x1f | 0x1000_0000 | (offset & 3) << 29 | (offset >> 2) << 5
        }),
        A64_ADDRESS_HIGH => change(code, |word| {
            let pages = displacement >> 12;
            let opcode = if pages < 0 { 0xd140_0000 } else { 0x9140_0000 };
            word & 0x3ff | opcode | (pages.unsigned_abs() as u32) << 10
        }),
        RISCV_CALL => {
            change(code, |word| word | upper);
            change(&mut code[4..], |word| word | low << 20);
        }
        RISCV_ADDRESS_HIGH => change(code, |word| word | upper),
        RISCV_ADDRESS_LOW => change(code, |word| word | low << 20),
        FixupKind(other) => unreachable!("no relocation becomes one of kind {other}"),
    }
}

fn change(code: &mut [u8], to: impl FnOnce(u32) -> u32) {
    if let Some(word) = code.first_chunk_mut() {
        *word = to(u32::from_le_bytes(*word)).to_le_bytes();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Displacements at the ends of a kind's reach and around what its halves divide at.
    fn displacements(kind: FixupKind, step: i64) -> Vec<i64> {
        let (low, high) = reach(kind);
        let inner = [0, 0x7f8, 0x7fc, 0x800, 0x804, 0xffc, 0x1000, 0x1004, 0x12_3454].map(|d| d / step * step);
        let mut all: Vec<i64> = inner.iter().flat_map(|d| [*d, -*d]).collect();
        all.extend([low, low + step, high / step * step]);
        all
    }

    fn patched(kind: FixupKind, words: &[u32], displacement: i64) -> Vec<u32> {
        let mut code: Vec<u8> = words.iter().flat_map(|w| w.to_le_bytes()).collect();
        patch(kind, &mut code, displacement);
        code.as_chunks().0.iter().map(|word| u32::from_le_bytes(*word)).collect()
    }

    #[test]
    fn an_x86_displacement_is_the_bytes_themselves() {
        for displacement in displacements(X86_DISP32, 1) {
            assert_eq!(i64::from(patched(X86_DISP32, &[0], displacement)[0] as i32), displacement);
        }
    }

    #[test]
    fn an_aarch64_branch_counts_words() {
        for displacement in displacements(A64_BRANCH, 4) {
            let word = patched(A64_BRANCH, &[0x9400_0000], displacement)[0];
            assert_eq!(word >> 26, 0b10_0101, "still bl");
            assert_eq!(i64::from((word << 6) as i32 >> 6) * 4, displacement);
        }
    }

    #[test]
    fn an_aarch64_address_is_the_sum_of_both_halves() {
        for displacement in displacements(A64_ADDRESS_LOW, 1) {
            let adr = patched(A64_ADDRESS_LOW, &[0x9000_0003], displacement)[0];
            let add = patched(A64_ADDRESS_HIGH, &[0x9100_0063], displacement)[0];
            assert_eq!((adr & 0x9f00_001f, add & 0x3ff), (0x1000_0003, 0x63), "adr x3; x3, x3");
            let low = (adr >> 5 & 0x7_ffff) << 2 | adr >> 29 & 3;
            let high = i64::from(add >> 10 & 0xfff) << 12;
            let high = match add & 0xffc0_0000 {
                0x9140_0000 => high,
                0xd140_0000 => -high,
                other => panic!("neither add nor sub: {other:#x}"),
            };
            assert_eq!(i64::from(low) + high, displacement);
        }
    }

    #[test]
    fn a_riscv_address_is_the_sum_of_both_halves() {
        let sum = |auipc: u32, low: u32| i64::from((auipc & !0xfff) as i32) + i64::from(low as i32 >> 20);
        for displacement in displacements(RISCV_CALL, 2) {
            let call = patched(RISCV_CALL, &[0x0000_0097, 0x0000_80e7], displacement);
            assert_eq!((call[0] & 0xfff, call[1] & 0xf_ffff), (0x97, 0x80e7), "auipc ra; jalr ra, ra");
            assert_eq!(sum(call[0], call[1]), displacement);
            let high = patched(RISCV_ADDRESS_HIGH, &[0x0000_0517], displacement)[0];
            let low = patched(RISCV_ADDRESS_LOW, &[0x0005_0513], displacement)[0];
            assert_eq!(sum(high, low), displacement);
        }
    }
}
