//! What every pass that writes a module anew needs.

use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder};
use wasm_encoder::{Function, Module, RawSection, SectionId};
use wasmparser::{FunctionBody, Payload};

/// Copies the section that `payload` of `wasm` is, if it is one. Bodies of functions come with the code section, which is
/// written as a whole.
pub(super) fn copy(out: &mut Module, payload: &Payload<'_>, wasm: &[u8]) {
    if let Some((id, range)) = payload.as_section()
        && id != SectionId::Code as u8
    {
        out.section(&RawSection { id, data: &wasm[range.start as usize..range.end as usize] });
    }
}

/// A function with the locals of `body` and no instruction.
pub(super) fn with_locals_of(body: &FunctionBody<'_>) -> Result<Function, Error> {
    let mut locals = Vec::new();
    for local in body.get_locals_reader()? {
        let (count, ty) = local?;
        locals.push((count, RoundtripReencoder.val_type(ty)?));
    }
    Ok(Function::new(locals))
}
