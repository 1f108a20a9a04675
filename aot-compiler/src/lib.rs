// Marks are collected by way of linker sections, which count as unsafe code.
#![cfg_attr(not(feature = "proof"), forbid(unsafe_code))]
//! Ahead-of-time compiler: WebAssembly → position-independent artifacts for microcontrollers.
//!
//! ```text
//! .wasm ─parse, trim─▶ Module ─translate─▶ CLIF ─midend─▶ CLIF ─lower32─▶ VCode ─regalloc─▶ VCode ─emit─▶ bytes
//!                                                                                              │ all functions
//!                                   artifact ◀─pack─ report ◀──── Text ◀────link──── stack ◀───┘
//!                                        ELF ◀────────────────────────────┘
//! ```
//! One phase a file. What comes between CLIF and bytes is a [`backend::Backend`]; drawn is ours for the 32-bit ISAs,
//! each of which is one implementation of [`isa::Isa32`].

mod marks;

pub mod backend;
pub mod emit;
pub mod error;
pub mod instance;
pub mod isa;
pub mod link;
pub mod lower32;
mod metering;
pub mod midend;
pub mod module;
pub mod pack;
mod parallel;
pub mod parse;
#[cfg(feature = "proof")]
pub mod proof;
pub mod regalloc;
pub mod report;
pub mod stack;
pub mod translate;
mod trim;
pub mod vcode;

pub use error::{Category, Error, Result};
pub use pack::Identity;
pub use parse::Language;
pub use report::Report;
pub use sandgrain_abi::Target;

use crate::backend::{Backend, Own32};
use crate::emit::FunctionCode;
use crate::instance::InstanceLayout;
use crate::isa::{cranelift::Cranelift, rv32::Rv32, thumb2::Thumb2};
use crate::module::{FuncIndex, Module};
use crate::translate::Translator;
use cranelift_codegen::{Context, ir};
use regalloc2::Ctx;
use sandgrain_abi::{HelperGroups, Isa};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What to compile for, and how.
#[derive(Debug, Clone)]
pub struct Options {
    pub target: Target,
    pub language: Language,
    pub identity: Identity,
    pub midend: midend::Options,
    /// Stack in bytes to ask for if the module's need is not bounded.
    pub stack_bytes: Option<u32>,
    /// Fills [`Compiled::artifact`]. What is larger than any artifact can be compiled without.
    pub pack: bool,
    /// Code that counts fuel, and needs a firmware with the helper group of that name.
    pub fuel: bool,
    /// Trims the first own memory to what the module provably uses, and refuses a module that leaves it open.
    pub trim_memory: bool,
    /// Packs the WebAssembly as well, without its custom sections, for devices that interpret it.
    pub carry_wasm: bool,
    /// Fills [`Compiled::clif`].
    pub keep_clif: bool,
    /// Most functions that are compiled at once, each on a thread. What comes out does not depend on it.
    pub threads: NonZeroUsize,
}

impl Options {
    /// All of the language and every optimisation, for `target`, under the name "module", version "0", counter 0, on all of
    /// the host's threads.
    pub fn new(target: Target) -> Options {
        let identity = Identity { name: "module".into(), version: "0".into(), counter: 0, device_class: String::new() };
        Options {
            target,
            language: Language::default(),
            identity,
            midend: midend::Options::default(),
            stack_bytes: None,
            pack: true,
            fuel: false,
            trim_memory: false,
            carry_wasm: false,
            keep_clif: false,
            threads: parallel::available(),
        }
    }
}

/// What a module became.
#[derive(Debug)]
pub struct Compiled {
    /// For devices: a .sg file, unsigned; empty if it was not asked for.
    pub artifact: Vec<u8>,
    /// For people: the same text as a relocatable ELF file with symbols and trap sites.
    pub object: Vec<u8>,
    /// What it costs.
    pub report: Report,
    /// Optimised CLIF of all functions, if it was asked for.
    pub clif: Option<String>,
}

/// How far the compilation of a module is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Functions compiled.
    pub functions: usize,
    /// Functions to compile.
    pub of: usize,
}

/// Compiles a module.
///
/// # Errors
/// Says what is wrong, where in `wasm`, and whose fault it is. No input makes it panic.
pub fn compile(wasm: &[u8], options: &Options) -> Result<Compiled> {
    compile_with_progress(wasm, options, &|_| ())
}

/// Compiles a module, and calls `progress` after each function, on the thread that compiled it.
///
/// # Errors
/// Those of [`compile`].
pub fn compile_with_progress(wasm: &[u8], options: &Options, progress: &(dyn Fn(Progress) + Sync)) -> Result<Compiled> {
    match options.target.isa() {
        Isa::Rv32 => compile_with(&Own32::<Rv32>::new(options.target), wasm, options, progress),
        Isa::Thumb2 => compile_with(&Own32::<Thumb2>::new(options.target), wasm, options, progress),
        Isa::Aarch64 | Isa::Riscv64 | Isa::X86_64 => {
            compile_with(&Cranelift::new(options.target)?, wasm, options, progress)
        }
    }
}

fn compile_with(
    backend: &impl Backend,
    wasm: &[u8],
    options: &Options,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Compiled> {
    let target = options.target;
    let module = read(wasm, options)?;
    let layout = InstanceLayout::new(&module, target)?;

    let done = AtomicUsize::new(0);
    let of = module.bodies().count();
    let functions = map_optimized(&module, &layout, options, Ctx::default, |registers, index, context, checks| {
        let facts = report::Facts::of(&context.func, checks);
        let clif = options.keep_clif.then(|| describe(&module, index, &context.func));
        let wasm_offset = module.body(index).map_or(0, |b| b.reader.range().start as u32);
        let code = backend.function(context, &layout, registers, wasm_offset)?;
        progress(Progress { functions: (done.fetch_add(1, Ordering::Relaxed) + 1).min(of), of });
        Ok(((index, code), (facts, clif)))
    })?;
    let (mut bodies, rest): (Vec<(FuncIndex, FunctionCode)>, Vec<_>) = functions.into_iter().unzip();
    let (facts, clif): (Vec<report::Facts>, Vec<Option<String>>) = rest.into_iter().unzip();
    let clif = options.keep_clif.then(|| clif.into_iter().flatten().collect());

    let needs = stack::needs(&module, &bodies);
    stack::add_checks(backend, &mut bodies, &needs)?;
    let text = link::link(backend, &module, &layout, &bodies, target)?;
    let mut report = report::report(&module, &layout, &bodies, &facts, needs, &text, target, options.stack_bytes);
    if options.fuel {
        report.helpers = report.helpers.union(HelperGroups::FUEL);
    }
    let object = link::write_object(&module, &text, target)?;
    let artifact = match options.pack {
        true => {
            let carried = options.carry_wasm.then(|| pack::without_custom_sections(wasm)).transpose()?;
            pack::pack(&module, &layout, &text, &report, &options.identity, carried)?
        }
        false => Vec::new(),
    };
    Ok(Compiled { artifact, object, report, clif })
}

fn read<'a>(wasm: &'a [u8], options: &Options) -> Result<Module<'a>> {
    let mut module = parse::parse(wasm, options.language)?;
    if options.trim_memory {
        trim::trim(&mut module, options.target)?;
    }
    Ok(module)
}

/// The optimised CLIF of a module's functions as text: what every back end starts from.
///
/// # Errors
/// Those of [`compile`] up to the back end.
pub fn clif(wasm: &[u8], options: &Options) -> Result<String> {
    let module = read(wasm, options)?;
    let layout = InstanceLayout::new(&module, options.target)?;
    let functions = map_optimized(
        &module,
        &layout,
        options,
        || (),
        |(), index, context, _| Ok(describe(&module, index, &context.func)),
    )?;
    Ok(functions.concat())
}

/// Translates and optimises each defined function, and the initialiser if there is one, and gives what `then` makes of
/// them and of the number of bounds checks before the optimisation, by rising index. `state` makes what `then` keeps
/// from function to function of one thread.
fn map_optimized<S, R: Send>(
    module: &Module<'_>,
    layout: &InstanceLayout,
    options: &Options,
    state: impl Fn() -> S + Sync,
    then: impl Fn(&mut S, FuncIndex, Context, u32) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let functions: Vec<FuncIndex> = module.bodies().map(|(index, _)| index).collect();
    let body_bytes = |index: &FuncIndex| {
        let range = module.body(*index).map_or(0..0, |b| b.reader.range());
        range.end - range.start
    };
    let worker = || (Translator::new(module, layout, options.fuel), state());
    let memories = midend::Memories::of(module, layout);
    let optimize = |state: &mut S, index: FuncIndex, function: ir::Function| {
        let checks = midend::bounds_checks(&function);
        then(state, index, midend::optimize(function, &options.midend, &memories)?, checks)
    };
    let mut results = parallel::map(&functions, options.threads, body_bytes, worker, |(translator, state), index| {
        optimize(state, *index, translator.function(*index)?)
    })?;
    let (mut translator, mut state) = worker();
    if let Some(function) = translator.initializer()? {
        results.push(optimize(&mut state, module.initializer(), function)?);
    }
    Ok(results)
}

fn describe(module: &Module<'_>, index: FuncIndex, function: &ir::Function) -> String {
    format!(";; {}\n{}\n", module.function_name(index), function.display())
}
