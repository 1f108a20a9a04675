//! Trap sites: calls of the artifact's stubs, each of which returns to nowhere and so names its site.
//!
//! Where the instance is pinned, a stub needs nothing from its caller. There Cranelift makes of each trap what it always
//! makes: a conditional branch to a trap instruction at the function's end, or that instruction alone. It records where
//! and why, and the instruction is as long as a call: here it becomes one. Elsewhere the CLIF has the calls already.

use super::relocs::{A64_BRANCH, call_bytes};
use crate::emit::{Reloc, TrapSite};
use crate::error::{Error, Result};
use crate::isa::RelocTarget;
use crate::translate::trap_kind;
use cranelift_codegen::CompiledCode;

/// What Cranelift traps with on AArch64: `udf #0xc11f`.
const A64_TRAP: u32 = 0xc11f;

/// AArch64 `bl` without a displacement.
const A64_CALL: u32 = 0x9400_0000;

/// Turns the trap instructions in `bytes`, the code of `compiled`, into calls of stubs, whose references are appended to
/// `relocs`. Return address and stack are the stub's to use: it never comes back.
///
/// # Errors
/// Internal ones only: an instruction that is left to fault, or for a reason that wasm does not know.
pub fn call_stubs(compiled: &CompiledCode, bytes: &mut [u8], relocs: &mut Vec<Reloc>) -> Result<()> {
    for trap in compiled.buffer.traps() {
        let kind = trap_kind(trap.code);
        let kind = kind.ok_or_else(|| Error::internal(format!("a trap with the unknown code {}", trap.code)))?;
        let word = bytes.get_mut(trap.offset as usize..).and_then(|code| code.first_chunk_mut());
        match word {
            Some(word) if u32::from_le_bytes(*word) == A64_TRAP => *word = A64_CALL.to_le_bytes(),
            _ => return Err(Error::internal(format!("an instruction that may fault ({kind}) at {:#x}", trap.offset))),
        }
        relocs.push(Reloc { at: trap.offset, kind: A64_BRANCH, target: RelocTarget::TrapStub(kind), addend: 0 });
    }
    Ok(())
}

/// What each call of a trap stub among `relocs` means.
pub fn sites(compiled: &CompiledCode, relocs: &[Reloc]) -> Vec<TrapSite> {
    // Sorted by their starts, without overlap.
    let places = compiled.buffer.get_srclocs_sorted();
    let sites = relocs.iter().filter_map(|reloc| match reloc.target {
        RelocTarget::TrapStub(kind) => {
            let before = places.partition_point(|place| place.start <= reloc.at);
            let place = before.checked_sub(1).map(|i| &places[i]).filter(|place| reloc.at < place.end);
            let wasm_offset = place.map_or(0, |place| place.loc.bits());
            Some(TrapSite { return_offset: reloc.at + call_bytes(reloc.kind), kind, wasm_offset })
        }
        _ => None,
    });
    sites.collect()
}
