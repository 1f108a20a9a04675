//! Samples for wasmi: 2.0.0 takes the first operand of a `select` whose condition is a comparison with zero, whatever the
//! comparison says. Something between the two keeps it from merging them. The target gets the sample as it is.

use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder};
use wasm_encoder::{CodeSection, Function, Instruction, Module, RawSection, SectionId};
use wasmparser::{Operator, Parser, Payload};

/// The module, doing the same, for wasmi.
pub(super) fn for_wasmi(wasm: &[u8]) -> Result<Vec<u8>, Error> {
    let mut out = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::CodeSectionStart { .. } => drop(out.section(&code(wasm)?)),
            payload => {
                if let Some((id, range)) = payload.as_section()
                    && id != SectionId::Code as u8
                {
                    out.section(&RawSection { id, data: &wasm[range.start as usize..range.end as usize] });
                }
            }
        }
    }
    Ok(out.finish())
}

fn code(wasm: &[u8]) -> Result<CodeSection, Error> {
    let mut code = CodeSection::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let Payload::CodeSectionEntry(body) = payload? else { continue };
        let mut locals = Vec::new();
        for local in body.get_locals_reader()? {
            let (count, ty) = local?;
            locals.push((count, RoundtripReencoder.val_type(ty)?));
        }
        let mut function = Function::new(locals);
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            let operator = operators.read()?;
            if let Operator::Select | Operator::TypedSelect { .. } = operator {
                function.instruction(&Instruction::I32Const(0)).instruction(&Instruction::I32Or);
            }
            function.instruction(&RoundtripReencoder.instruction(operator)?);
        }
        code.function(&function);
    }
    Ok(code)
}
