//! How often a sample executes each operator, on wasmi: the module gets a counter for every stretch of straight code.
//!
//! A stretch that traps in its middle is counted as a whole.

use std::collections::{BTreeMap, BTreeSet};

use sandgrain_run_protocol::Value;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, ExportKind, ExportSection, Function, GlobalSection, GlobalType, Instruction, Module,
};
use wasmparser::{Operator, Parser, Payload};

use super::Sample;
use super::rewrite::{copy, with_locals_of};
use crate::executor::{Executor, Wasmi};
use crate::script::{Outcome, Script, Step};

/// Operators executed, by name.
pub(super) fn count(sample: &Sample) -> BTreeMap<&'static str, u64> {
    let counted = instrument(&sample.wasm).expect("what wasm-smith writes can be read and written again");
    let mut steps = sample.steps(0);
    let first = steps.len();
    steps.extend((0..counted.stretches.len()).map(|i| Step::Global { instance: 0, name: counter(i) }));
    let outcomes = Wasmi.execute(&Script { modules: vec![counted.wasm], steps, fuel: None });
    let mut totals = BTreeMap::new();
    for (stretch, outcome) in counted.stretches.iter().zip(&outcomes[first..]) {
        let Outcome::Returned(values) = outcome else { continue };
        let [Value::I64(times)] = values[..] else { continue };
        for name in stretch {
            *totals.entry(*name).or_default() += times as u64;
        }
    }
    totals.retain(|_, times| *times > 0);
    totals
}

struct Counted {
    wasm: Vec<u8>,
    /// Operators of each stretch, by number of its counter.
    stretches: Vec<Vec<&'static str>>,
}

fn counter(number: usize) -> String {
    format!("counter {number}")
}

type Error = wasm_encoder::reencode::Error;

fn instrument(wasm: &[u8]) -> Result<Counted, Error> {
    let mut stretches = Vec::new();
    let globals = number_of_globals(wasm)?;
    // The code comes last in a module, but says how many counters there are.
    let code = code(wasm, globals, &mut stretches)?;
    let mut out = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::GlobalSection(section) => {
                let mut globals = GlobalSection::new();
                RoundtripReencoder.parse_global_section(&mut globals, section)?;
                for _ in &stretches {
                    let ty = GlobalType { val_type: wasm_encoder::ValType::I64, mutable: true, shared: false };
                    globals.global(ty, &ConstExpr::i64_const(0));
                }
                out.section(&globals);
            }
            Payload::ExportSection(section) => {
                let mut exports = ExportSection::new();
                RoundtripReencoder.parse_export_section(&mut exports, section)?;
                for i in 0..stretches.len() {
                    exports.export(&counter(i), ExportKind::Global, globals + i as u32);
                }
                out.section(&exports);
            }
            Payload::CodeSectionStart { .. } => drop(out.section(&code)),
            payload => copy(&mut out, &payload, wasm),
        }
    }
    Ok(Counted { wasm: out.finish(), stretches })
}

fn number_of_globals(wasm: &[u8]) -> Result<u32, Error> {
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::GlobalSection(section) = payload? {
            return Ok(section.count());
        }
    }
    Ok(0)
}

fn code(wasm: &[u8], globals: u32, stretches: &mut Vec<Vec<&'static str>>) -> Result<CodeSection, Error> {
    let mut code = CodeSection::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let Payload::CodeSectionEntry(body) = payload? else { continue };
        let mut function = with_locals_of(&body)?;
        let mut operators = body.get_operators_reader()?;
        start_stretch(&mut function, globals, stretches);
        while !operators.eof() {
            let operator = operators.read()?;
            let last = operators.eof();
            stretches.last_mut().expect("one was started").push(name(&operator));
            function.instruction(&RoundtripReencoder.instruction(operator.clone())?);
            let ends = matches!(
                operator,
                Operator::Loop { .. }
                    | Operator::If { .. }
                    | Operator::Else
                    | Operator::End
                    | Operator::BrIf { .. }
                    | Operator::Call { .. }
                    | Operator::CallIndirect { .. }
            );
            if ends && !last {
                start_stretch(&mut function, globals, stretches);
            }
        }
        code.function(&function);
    }
    Ok(code)
}

fn start_stretch(function: &mut Function, globals: u32, stretches: &mut Vec<Vec<&'static str>>) {
    let counter = globals + stretches.len() as u32;
    stretches.push(Vec::new());
    function
        .instruction(&Instruction::GlobalGet(counter))
        .instruction(&Instruction::I64Const(1))
        .instruction(&Instruction::I64Add)
        .instruction(&Instruction::GlobalSet(counter));
}

macro_rules! names {
    ($(@$proposal:ident $op:ident $({ $($arg:ident: $argty:ty),* })? => $visit:ident ($($ann:tt)*))*) => {
        /// Name of an operator.
        fn name(operator: &Operator<'_>) -> &'static str {
            match operator {
                $(Operator::$op { .. } => stringify!($op),)*
                _ => "SIMD",
            }
        }

        /// Every operator that the compiler supports on all targets.
        pub fn supported_operators() -> BTreeSet<&'static str> {
            let all = [$((stringify!($proposal), stringify!($op)),)*];
            let proposals =
                ["mvp", "sign_extension", "saturating_float_to_int", "bulk_memory", "reference_types", "tail_call"];
            let supported = all.into_iter().filter(|(proposal, _)| proposals.contains(proposal));
            // `select` with a number of types other than one is in the binary format only to be invalid.
            supported.map(|(_, name)| name).filter(|name| *name != "TypedSelectMulti").collect()
        }
    };
}

wasmparser::for_each_operator!(names);
