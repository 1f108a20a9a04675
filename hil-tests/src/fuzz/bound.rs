//! Makes every call of a module end, and end early rather than trap: each export is wrapped in a function that hands out
//! fuel, and a function that finds none left returns zeros.

use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, ExportKind, ExportSection, Function, FunctionSection, GlobalSection, GlobalType,
    Instruction, Module, SectionId,
};
use wasmparser::{ExternalKind, FuncType, Operator, Parser, Payload, ValType};

use super::rewrite::{copy, with_locals_of};

/// Fuel of a call. A turn of a loop takes 1, entering a function [`ENTRY`].
const FUEL: i32 = 6_400;
/// Bounds the depth of recursion to 100, so that no side of a comparison runs out of stack because of it.
const ENTRY: i32 = 64;

/// What the sections before the code say.
#[derive(Default)]
struct Facts {
    types: Vec<FuncType>,
    /// Type of each function.
    functions: Vec<u32>,
    globals: u32,
    exported: Vec<(String, u32)>,
}

impl Facts {
    fn of(wasm: &[u8]) -> Result<Facts, Error> {
        let mut facts = Facts::default();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::TypeSection(section) => {
                    for ty in section.into_iter_err_on_gc_types() {
                        facts.types.push(ty?);
                    }
                }
                Payload::FunctionSection(section) => {
                    for index in section {
                        facts.functions.push(index?);
                    }
                }
                Payload::GlobalSection(section) => facts.globals = section.count(),
                Payload::ExportSection(section) => {
                    for export in section {
                        let export = export?;
                        if export.kind == ExternalKind::Func {
                            facts.exported.push((export.name.to_owned(), export.index));
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(facts)
    }

    fn ty(&self, function: u32) -> &FuncType {
        &self.types[self.functions[function as usize] as usize]
    }
}

/// The module with bounds. It has no imported functions.
pub(super) fn bound(wasm: &[u8]) -> Result<Vec<u8>, Error> {
    let facts = Facts::of(wasm)?;
    let mut out = Module::new();
    let mut has_globals = false;
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        // Globals come before exports, starts, elements and code.
        if !has_globals && payload.as_section().is_some_and(|(id, _)| follows_globals(id)) {
            has_globals = true;
            out.section(&with_fuel(GlobalSection::new()));
        }
        match payload {
            Payload::FunctionSection(section) => {
                let mut functions = FunctionSection::new();
                RoundtripReencoder.parse_function_section(&mut functions, section)?;
                for (_, function) in &facts.exported {
                    functions.function(facts.functions[*function as usize]);
                }
                out.section(&functions);
            }
            Payload::GlobalSection(section) => {
                let mut globals = GlobalSection::new();
                RoundtripReencoder.parse_global_section(&mut globals, section)?;
                has_globals = true;
                out.section(&with_fuel(globals));
            }
            Payload::ExportSection(section) => drop(out.section(&exports(section, &facts)?)),
            Payload::CodeSectionStart { .. } => drop(out.section(&code(wasm, &facts)?)),
            payload => copy(&mut out, &payload, wasm),
        }
    }
    Ok(out.finish())
}

fn follows_globals(id: u8) -> bool {
    [SectionId::Export, SectionId::Start, SectionId::Element, SectionId::DataCount, SectionId::Code]
        .into_iter()
        .any(|section| section as u8 == id)
}

/// Full from the beginning, for what a start function does.
fn with_fuel(mut globals: GlobalSection) -> GlobalSection {
    let ty = GlobalType { val_type: wasm_encoder::ValType::I32, mutable: true, shared: false };
    globals.global(ty, &ConstExpr::i32_const(FUEL));
    globals
}

fn exports(section: wasmparser::ExportSectionReader<'_>, facts: &Facts) -> Result<ExportSection, Error> {
    let mut exports = ExportSection::new();
    let mut wrapper = facts.functions.len() as u32;
    for export in section {
        let export = export?;
        if export.kind == ExternalKind::Func {
            exports.export(export.name, ExportKind::Func, wrapper);
            wrapper += 1;
        } else {
            RoundtripReencoder.parse_export(&mut exports, export)?;
        }
    }
    Ok(exports)
}

fn code(wasm: &[u8], facts: &Facts) -> Result<CodeSection, Error> {
    let mut code = CodeSection::new();
    let mut index = 0;
    for payload in Parser::new(0).parse_all(wasm) {
        let Payload::CodeSectionEntry(body) = payload? else { continue };
        let ty = facts.ty(index);
        index += 1;
        let mut function = with_locals_of(&body)?;
        spend(&mut function, facts.globals, ENTRY, ty)?;
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            let operator = operators.read()?;
            function.instruction(&RoundtripReencoder.instruction(operator.clone())?);
            if let Operator::Loop { .. } = operator {
                spend(&mut function, facts.globals, 1, ty)?;
            }
        }
        code.function(&function);
    }
    for (_, callee) in &facts.exported {
        let mut wrapper = Function::new([]);
        wrapper.instruction(&Instruction::I32Const(FUEL)).instruction(&Instruction::GlobalSet(facts.globals));
        for parameter in 0..facts.ty(*callee).params().len() as u32 {
            wrapper.instruction(&Instruction::LocalGet(parameter));
        }
        wrapper.instruction(&Instruction::Call(*callee)).instruction(&Instruction::End);
        code.function(&wrapper);
    }
    Ok(code)
}

/// Takes `amount` of fuel, or returns zeros if there is less.
fn spend(function: &mut Function, fuel: u32, amount: i32, ty: &FuncType) -> Result<(), Error> {
    function
        .instruction(&Instruction::GlobalGet(fuel))
        .instruction(&Instruction::I32Const(amount))
        .instruction(&Instruction::I32LtS)
        .instruction(&Instruction::If(BlockType::Empty));
    for result in ty.results() {
        match result {
            ValType::I32 => function.instruction(&Instruction::I32Const(0)),
            ValType::I64 => function.instruction(&Instruction::I64Const(0)),
            ValType::F32 => function.instruction(&Instruction::F32Const(0.0.into())),
            ValType::F64 => function.instruction(&Instruction::F64Const(0.0.into())),
            ValType::V128 => function.instruction(&Instruction::V128Const(0)),
            ValType::Ref(ty) => {
                function.instruction(&Instruction::RefNull(RoundtripReencoder.heap_type(ty.heap_type())?))
            }
        };
    }
    function
        .instruction(&Instruction::Return)
        .instruction(&Instruction::End)
        .instruction(&Instruction::GlobalGet(fuel))
        .instruction(&Instruction::I32Const(amount))
        .instruction(&Instruction::I32Sub)
        .instruction(&Instruction::GlobalSet(fuel));
    Ok(())
}
