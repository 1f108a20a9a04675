//! Samples for wasmi, rewritten to do the same without what wasmi 2.0.0 translates wrongly. The target gets them as they
//! are.
//!
//! * A `select` whose condition is a comparison with zero takes the first operand, whatever the comparison says. An
//!   operation between the two keeps it from merging them.
//! * A local that is an operand below a block or `if` is copied to its place on the stack where a loop inside begins; behind
//!   the block it counts as copied, also if a branch led past the loop. A loop in front of every block, which does nothing,
//!   has it copied on every path.

use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder};
use wasm_encoder::{BlockType, CodeSection, Function, Instruction, Module, RawSection, SectionId};
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
            match operator {
                Operator::Select | Operator::TypedSelect { .. } => {
                    function.instruction(&Instruction::I32Const(0)).instruction(&Instruction::I32Or);
                }
                Operator::Block { .. } | Operator::If { .. } => {
                    function.instruction(&Instruction::Loop(BlockType::Empty)).instruction(&Instruction::End);
                }
                _ => {}
            }
            function.instruction(&RoundtripReencoder.instruction(operator)?);
        }
        code.function(&function);
    }
    Ok(code)
}
