//! Trap sites: calls of the artifact's stubs, each of which returns to nowhere and so names its site.
//!
//! Where the instance is pinned, a stub needs nothing from its caller. There Cranelift makes of each trap what it always
//! makes: a conditional branch to a trap instruction at the function's end, or that instruction alone. It records where
//! and why, and the instruction is as long as a call: here it becomes one. Elsewhere the CLIF has the calls already.
//!
//! The runtime finds callers by the frame pointers. A function that calls nothing may have no frame; its traps jump to
//! calls behind its code, which make one.

use super::relocs::{A64_BRANCH, call_bytes};
use crate::emit::{Reloc, Site, SiteKind, Unwind};
use crate::error::{Error, Result};
use crate::isa::RelocTarget;
use crate::translate::trap_kind;
use cranelift_codegen::CompiledCode;
use std::collections::{BTreeMap, HashMap};

/// What Cranelift traps with on AArch64: `udf #0xc11f`.
const A64_TRAP: u32 = 0xc11f;

/// AArch64 `bl` without a displacement.
const A64_CALL: u32 = 0x9400_0000;

/// AArch64 `b` without a displacement.
const A64_JUMP: u32 = 0x1400_0000;

/// What a function with a frame begins with on AArch64: `stp x29, x30, [sp, #-16]!`.
const A64_PUSH_FRAME: u32 = 0xa9bf_7bfd;

/// What it goes on with: `mov x29, sp`.
const A64_SET_FRAME: u32 = 0x9100_03fd;

/// Calls of stubs that lie elsewhere than the instructions that they are made for: offsets of both.
pub type Moved = HashMap<u32, u32>;

/// Turns the trap instructions in `bytes`, the code of `compiled`, into calls of stubs, whose references are appended to
/// `relocs`. Return address and stack are the stub's to use: it never comes back.
///
/// # Errors
/// Internal ones only: an instruction that is left to fault, or for a reason that wasm does not know.
pub fn call_stubs(compiled: &CompiledCode, bytes: &mut Vec<u8>, relocs: &mut Vec<Reloc>) -> Result<Moved> {
    let mut moved = Moved::new();
    let framed = bytes.starts_with(&A64_PUSH_FRAME.to_le_bytes());
    for trap in compiled.buffer.traps() {
        let kind = trap_kind(trap.code);
        let kind = kind.ok_or_else(|| Error::internal(format!("a trap with the unknown code {}", trap.code)))?;
        let end = bytes.len().next_multiple_of(4);
        let word = bytes.get_mut(trap.offset as usize..).and_then(|code| code.first_chunk_mut());
        let Some(word) = word.filter(|word| u32::from_le_bytes(**word) == A64_TRAP) else {
            return Err(Error::internal(format!("an instruction that may fault ({kind}) at {:#x}", trap.offset)));
        };
        let at = match framed {
            true => {
                *word = A64_CALL.to_le_bytes();
                trap.offset
            }
            false => {
                // Cranelift takes no function that a branch does not reach across.
                *word = (A64_JUMP | (end as u32 - trap.offset) >> 2).to_le_bytes();
                bytes.resize(end, 0);
                bytes.extend([A64_PUSH_FRAME, A64_SET_FRAME, A64_CALL].iter().flat_map(|word| word.to_le_bytes()));
                let at = bytes.len() as u32 - 4;
                moved.insert(at, trap.offset);
                at
            }
        };
        relocs.push(Reloc { at, kind: A64_BRANCH, target: RelocTarget::TrapStub(kind), addend: 0 });
    }
    Ok(moved)
}

/// What each return address means: those of the calls in `compiled`, and of stubs among `relocs`.
pub fn sites(compiled: &CompiledCode, relocs: &[Reloc], moved: &Moved) -> Vec<Site> {
    // Sorted by their starts, without overlap.
    let places = compiled.buffer.get_srclocs_sorted();
    let wasm_offset = |at: u32| {
        let before = places.partition_point(|place| place.start <= at);
        let place = before.checked_sub(1).map(|i| &places[i]).filter(|place| at < place.end);
        place.map_or(0, |place| place.loc.bits())
    };
    let calls = compiled.buffer.call_sites().map(|call| {
        let last = call.ret_addr.saturating_sub(1);
        (call.ret_addr, (SiteKind::Call { stack_bytes: 0 }, wasm_offset(last)))
    });
    let traps = relocs.iter().filter_map(|reloc| match reloc.target {
        RelocTarget::TrapStub(kind) => {
            let at = moved.get(&reloc.at).copied().unwrap_or(reloc.at);
            Some((reloc.at + call_bytes(reloc.kind), (SiteKind::Trap(kind), wasm_offset(at))))
        }
        _ => None,
    });
    let sites: BTreeMap<u32, (SiteKind, u32)> = calls.chain(traps).collect();
    let site =
        |(return_offset, (kind, wasm_offset))| Site { return_offset, kind, wasm_offset, unwind: Unwind::default() };
    sites.into_iter().map(site).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Cranelift;
    use super::*;
    use crate::backend::Backend;
    use crate::emit::FunctionCode;
    use crate::instance::InstanceLayout;
    use crate::translate::Translator;
    use crate::{Language, Target, midend, parse};
    use regalloc2::Ctx;
    use sandgrain_abi::TrapKind;
    use std::collections::BTreeSet;
    use wasmparser::Operator;

    /// The code of a module's only function, and the offsets of its load and its division.
    fn compile(target: Target, wat: &str) -> (FunctionCode, u32, u32) {
        let wasm = wat::parse_str(wat).unwrap();
        let module = parse::parse(&wasm, Language::default()).unwrap();
        let layout = InstanceLayout::new(&module, target).unwrap();
        let (index, body) = module.bodies().next().unwrap();
        let operators = body.reader.get_operators_reader().unwrap().into_iter_with_offsets();
        let operators: Vec<_> = operators.map(Result::unwrap).collect();
        let offset = |wanted: fn(&Operator<'_>) -> bool| operators.iter().find(|(o, _)| wanted(o)).unwrap().1 as u32;
        let load = offset(|operator| matches!(operator, Operator::I32Load { .. }));
        let division = offset(|operator| matches!(operator, Operator::I32DivS));
        let function = Translator::new(&module, &layout, false).function(index).unwrap();
        let context = midend::optimize(function, &midend::Options::default(), &midend::Memories::default()).unwrap();
        let code = Cranelift::new(target).unwrap().function(context, &layout, &mut Ctx::default(), 0).unwrap();
        (code, load, division)
    }

    fn traps(code: &FunctionCode) -> Vec<(TrapKind, &Site)> {
        let kind = |site: &Site| if let SiteKind::Trap(kind) = site.kind { Some(kind) } else { None };
        code.sites.iter().filter_map(|site| Some((kind(site)?, site))).collect()
    }

    #[test]
    fn a_site_has_its_kind_and_its_operator() {
        let wat = "(module (memory 1 9) (func (param i32 i32) (result i32)
            (i32.div_s (i32.load (local.get 0)) (local.get 1))))";
        for target in [Target::Aarch64, Target::Riscv64, Target::X86_64] {
            let (code, load, division) = compile(target, wat);
            let sites: BTreeSet<_> = traps(&code).iter().map(|(kind, site)| (*kind as u8, site.wasm_offset)).collect();
            let expected = [
                (TrapKind::MemoryOutOfBounds as u8, load),
                (TrapKind::IntegerDivisionByZero as u8, division),
                (TrapKind::IntegerOverflow as u8, division),
            ];
            assert_eq!(sites, BTreeSet::from(expected), "{}", target.name());
        }
    }

    #[test]
    fn no_trap_instruction_is_left_and_each_site_is_a_call() {
        let wat = "(module (memory 1 9) (func (param i32 i32) (result i32)
            (if (local.get 1) (then unreachable))
            (i32.div_s (i32.load (local.get 0)) (local.get 1))))";
        let (code, ..) = compile(Target::Aarch64, wat);
        let words: Vec<u32> = code.bytes.as_chunks().0.iter().map(|word| u32::from_le_bytes(*word)).collect();
        assert!(!words.contains(&A64_TRAP));
        let calls: Vec<u32> =
            (0u32..).zip(&words).filter(|(_, word)| **word == A64_CALL).map(|(i, _)| i * 4 + 4).collect();
        let sites: Vec<u32> = traps(&code).iter().map(|(_, site)| site.return_offset).collect();
        assert_eq!((sites.len(), &sites), (4, &calls));
        // It has no frame, and each call is behind what makes one.
        for call in calls.iter().map(|at| *at as usize / 4) {
            assert_eq!(words[call - 3..call], [A64_PUSH_FRAME, A64_SET_FRAME, A64_CALL]);
        }
        assert_eq!(words.iter().filter(|word| **word & 0xfc00_0000 == A64_JUMP && **word & 0xffff > 0).count(), 4);
    }
}
