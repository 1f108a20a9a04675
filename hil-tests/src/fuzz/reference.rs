//! Samples for wasmi, rewritten to do the same without what wasmi 2.0.0 translates wrongly. The target gets them as they
//! are.
//!
//! * A `select` whose condition is a comparison with zero takes the first operand, whatever the comparison says. An
//!   operation between the two keeps it from merging them.
//! * A local that is an operand below a block or `if` is copied to its place on the stack where a loop inside begins; behind
//!   the block it counts as copied, also if a branch led past the loop. A loop in front of every block, which does nothing,
//!   has it copied on every path.

use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder};
use wasm_encoder::{BlockType, CodeSection, Instruction, Module};
use wasmparser::{Operator, Parser, Payload};

use super::rewrite::{copy, with_locals_of};

/// The module, doing the same, for wasmi.
pub(super) fn for_wasmi(wasm: &[u8]) -> Result<Vec<u8>, Error> {
    let mut out = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::CodeSectionStart { .. } => drop(out.section(&code(wasm)?)),
            payload => copy(&mut out, &payload, wasm),
        }
    }
    Ok(out.finish())
}

fn code(wasm: &[u8]) -> Result<CodeSection, Error> {
    let mut code = CodeSection::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let Payload::CodeSectionEntry(body) = payload? else { continue };
        let mut function = with_locals_of(&body)?;
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

#[cfg(test)]
mod tests {
    use sandgrain_run_protocol::Value;

    use super::super::Sample;
    use super::*;
    use crate::executor::{Executor, Wasmi};
    use crate::script::{Outcome, Script, Step};

    /// A seed whose value is lost behind an `if`, and the value that V8 has for its global.
    const LOST: (u64, &str, Value) = (10_353, "pS", Value::I64(26_625));

    #[test]
    fn wasmi_needs_the_loops_and_is_right_with_them() {
        let (seed, name, expected) = LOST;
        let sample = Sample::new(seed);
        let is_global = |step: &Step| matches!(step, Step::Global { name: this, .. } if this == name);
        let value = |wasm: Vec<u8>| {
            let script = Script { modules: vec![wasm], steps: sample.steps(0), fuel: None };
            let at = script.steps.iter().position(is_global).unwrap();
            Wasmi.execute(&script).swap_remove(at)
        };
        assert_eq!(value(for_wasmi(&sample.wasm).unwrap()), Outcome::Returned(vec![expected]));
        let unchanged = value(sample.wasm.clone());
        assert_ne!(unchanged, Outcome::Returned(vec![expected]), "wasmi is right by now: the loops can go");
    }
}
