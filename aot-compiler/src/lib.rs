#![forbid(unsafe_code)]
//! Ahead-of-time compiler: WebAssembly → position-independent artifacts for microcontrollers.
//!
//! ```text
//! .wasm ─parse─▶ Module ─translate─▶ CLIF ─midend─▶ CLIF ─lower32─▶ VCode ─regalloc─▶ VCode ─emit─▶ bytes
//!                                                                                              │ all functions
//!                                   artifact ◀─pack─ report ◀────────── Text ◀──────────link───┘
//!                                        ELF ◀────────────────────────────┘
//! ```
//! One phase a file. What comes between CLIF and bytes is a [`backend::Backend`]; drawn is ours for the 32-bit ISAs,
//! each of which is one implementation of [`isa::Isa32`].

pub mod backend;
pub mod emit;
pub mod error;
pub mod instance;
pub mod isa;
pub mod link;
pub mod lower32;
pub mod midend;
pub mod module;
pub mod pack;
pub mod parse;
pub mod regalloc;
pub mod report;
pub mod translate;
pub mod vcode;

pub use error::{Category, Error, Result};
pub use pack::Identity;
pub use parse::Language;
pub use report::Report;
pub use sandgrain_abi::Target;

use crate::backend::{Backend, Own32};
use crate::emit::FunctionCode;
use crate::instance::InstanceLayout;
use crate::isa::{rv32::Rv32, thumb2::Thumb2};
use crate::module::{FuncIndex, Module};
use crate::translate::Translator;
use sandgrain_abi::Isa;

/// What to compile for, and how.
#[derive(Debug, Clone)]
pub struct Options {
    pub target: Target,
    pub language: Language,
    pub identity: Identity,
    pub midend: midend::Options,
    /// Stack in bytes to ask for if the module's need is not bounded.
    pub stack_bytes: Option<u32>,
    /// Fills [`Compiled::clif`].
    pub keep_clif: bool,
}

impl Options {
    /// All of the language and every optimisation, for `target`, under the name "module", version "0", counter 0.
    pub fn new(target: Target) -> Options {
        let identity = Identity { name: "module".into(), version: "0".into(), counter: 0, device_class: String::new() };
        Options {
            target,
            language: Language::default(),
            identity,
            midend: midend::Options::default(),
            stack_bytes: None,
            keep_clif: false,
        }
    }
}

/// What a module became.
#[derive(Debug)]
pub struct Compiled {
    /// For devices: a .sg file, unsigned.
    pub artifact: Vec<u8>,
    /// For people: the same text as a relocatable ELF file with symbols and trap sites.
    pub object: Vec<u8>,
    /// What it costs.
    pub report: Report,
    /// Optimised CLIF of all functions, if it was asked for.
    pub clif: Option<String>,
}

/// Compiles a module.
///
/// # Errors
/// Says what is wrong, where in `wasm`, and whose fault it is. No input makes it panic.
pub fn compile(wasm: &[u8], options: &Options) -> Result<Compiled> {
    match options.target.isa() {
        Isa::Rv32 => compile_with(&Own32::<Rv32>::new(options.target), wasm, options),
        Isa::Thumb2 => compile_with(&Own32::<Thumb2>::new(options.target), wasm, options),
    }
}

fn compile_with(backend: &impl Backend, wasm: &[u8], options: &Options) -> Result<Compiled> {
    let target = options.target;
    let module = parse::parse(wasm, options.language)?;
    let layout = InstanceLayout::new(&module, target)?;

    let mut bodies: Vec<(FuncIndex, FunctionCode)> = Vec::new();
    let mut clif = options.keep_clif.then(String::new);
    for_each_optimized(&module, &layout, options, |index, context| {
        if let Some(clif) = &mut clif {
            describe(clif, &module, index, &context.func);
        }
        let wasm_offset = module.body(index).map_or(0, |b| b.reader.range().start as u32);
        bodies.push((index, backend.function(context, wasm_offset)?));
        Ok(())
    })?;

    let text = link::link(backend, &module, &layout, &bodies, target)?;
    let report = report::report(&module, &layout, &bodies, &text, target, options.stack_bytes);
    let object = link::write_object(&module, &text, target)?;
    let artifact = pack::pack(&module, &layout, &text, &report, &options.identity)?;
    Ok(Compiled { artifact, object, report, clif })
}

/// The optimised CLIF of a module's functions as text: what every back end starts from.
///
/// # Errors
/// Those of [`compile`] up to the back end.
pub fn clif(wasm: &[u8], options: &Options) -> Result<String> {
    let module = parse::parse(wasm, options.language)?;
    let layout = InstanceLayout::new(&module, options.target)?;
    let mut text = String::new();
    for_each_optimized(&module, &layout, options, |index, context| {
        describe(&mut text, &module, index, &context.func);
        Ok(())
    })?;
    Ok(text)
}

/// Translates and optimises each defined function, by rising index, and the initialiser if there is one.
fn for_each_optimized(
    module: &Module<'_>,
    layout: &InstanceLayout,
    options: &Options,
    mut then: impl FnMut(FuncIndex, cranelift_codegen::Context) -> Result<()>,
) -> Result<()> {
    let mut translator = Translator::new(module, layout);
    for (index, _) in module.bodies() {
        let function = translator.function(index)?;
        then(index, midend::optimize(function, &options.midend)?)?;
    }
    if let Some(function) = translator.initializer()? {
        then(module.initializer(), midend::optimize(function, &options.midend)?)?;
    }
    Ok(())
}

fn describe(out: &mut String, module: &Module<'_>, index: FuncIndex, function: &cranelift_codegen::ir::Function) {
    out.push_str(&format!(";; {}\n{}\n", module.function_name(index), function.display()));
}
