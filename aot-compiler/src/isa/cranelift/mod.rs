//! The 64-bit ISAs, by Cranelift's own back ends.
//!
//! ```text
//! optimised CLIF ─explicit, bases─▶ CLIF ─pinned─▶ CLIF ─Cranelift─▶ bytes and relocations ─relocs, traps─▶ FunctionCode
//! trap stubs, import thunks, entry trampolines ─pieces─▶┘
//! ```
//! Most of what the 32-bit back ends do in machine code is done in CLIF here. As there, a trap is a call of the artifact's
//! stub for its kind, whose return address names the site, and the stack is checked on entry.

mod bases;
mod explicit;
mod pieces;
mod pinned;
mod relocs;
mod traps;

use crate::backend::{Backend, Snippet};
use crate::emit::FunctionCode;
use crate::error::{Error, Result};
use crate::instance::InstanceLayout;
use crate::isa::{FixupKind, RelocTarget};
use crate::lower32::namespace;
use crate::module::FuncType;
use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::ir::{self, ExternalName, UserExternalName};
use cranelift_codegen::isa::{OwnedTargetIsa, TargetIsa};
use cranelift_codegen::settings::{self, Configurable, Flags};
use cranelift_codegen::{CodegenError, CompiledCode, Context};
use regalloc2::Ctx;
use sandgrain_abi::{Isa, MAX_FRAME_64, Target, TrapKind};
use sandgrain_artifact::CpuFeatures;

/// Alignment in bytes of every piece of code: what constants behind a function's code may ask for, too.
const ALIGNMENT: u32 = 16;

/// Bytes that a call takes beyond the frame as Cranelift counts it: return address and frame pointer.
const LINKAGE_BYTES: u32 = 16;

/// Cranelift, set up for one target.
pub struct Cranelift {
    target: Target,
    isa: OwnedTargetIsa,
    /// The same with a frame pointer in every function, which is how a piece finds its own return address, and without
    /// which Cranelift makes no tail calls for x86-64.
    framed: OwnedTargetIsa,
}

impl Cranelift {
    /// Cranelift for `target`.
    ///
    /// # Errors
    /// Internal ones only: `target` is a 64-bit one.
    pub fn new(target: Target) -> Result<Cranelift> {
        Ok(Cranelift { target, isa: target_isa(target, false)?, framed: target_isa(target, true)? })
    }

    /// Compiles a function with its analyses as it is. What else [`Context::compile`] does, the mid-end has done.
    fn compile(
        &self,
        isa: &dyn TargetIsa,
        context: &mut Context,
        registers: &mut Ctx,
        wasm_offset: u64,
    ) -> Result<CompiledCode> {
        let refused = |e| self.refused(&e, wasm_offset);
        if isa.flags().enable_nan_canonicalization() {
            context.canonicalize_nans(isa).map_err(refused)?;
        }
        context.verify_if(isa).map_err(refused)?;
        let (func, plan) = (&context.func, &mut ControlPlane::default());
        let code = isa.compile_function(func, &context.domtree, registers, false, plan).map_err(refused)?;
        let code = code.apply_params(&func.params);
        match code.buffer.alignment > ALIGNMENT {
            true => Err(Error::internal(format!("code that has to be aligned to {} bytes", code.buffer.alignment))),
            false => Ok(code),
        }
    }

    fn piece(&self, isa: &dyn TargetIsa, mut function: ir::Function) -> Result<Snippet> {
        if self.pinned() {
            pinned::run(&mut function);
        }
        let mut context = Context::for_function(function);
        context.flowgraph();
        let code = self.compile(isa, &mut context, &mut Ctx::default(), 0)?;
        let (bytes, stack_bytes) = (code.buffer.data().to_vec(), frame_bytes(&code));
        Ok(Snippet { relocs: relocs::of(&context.func, &code)?, bytes, stack_bytes })
    }

    /// Whether the instance is in the pinned register.
    fn pinned(&self) -> bool {
        pinned::is_used(self.target.isa())
    }

    fn refused(&self, error: &CodegenError, wasm_offset: u64) -> Error {
        match error {
            CodegenError::ImplLimitExceeded | CodegenError::CodeTooLarge => {
                let limit = format!("what Cranelift takes for {}", self.target.name());
                Error::limit("a function of this size", Some(wasm_offset), limit)
            }
            CodegenError::Verifier(errors) => Error::internal(format!("invalid CLIF for Cranelift: {errors}")),
            other => Error::internal(format!("Cranelift: {other}")),
        }
    }
}

impl Backend for Cranelift {
    fn function(
        &self,
        mut context: Context,
        layout: &InstanceLayout,
        registers: &mut Ctx,
        wasm_offset: u32,
    ) -> Result<FunctionCode> {
        let func = &mut context.func;
        let instance = func.special_param(ir::ArgumentPurpose::VMContext);
        let instance = instance.ok_or_else(|| Error::internal("a function without an instance"))?;
        let tail_arguments = tail_argument_bytes(func);
        let helpers = explicit::run(func, instance, self.pinned());
        if bases::is_used(self.target.isa()) {
            bases::run(func, instance, layout.memory_offset);
        }
        match self.pinned() {
            true => pinned::run(func),
            false => context.flowgraph(),
        }
        let isa = if tail_arguments.is_some() { &self.framed } else { &self.isa };
        let code = self.compile(&**isa, &mut context, registers, wasm_offset.into())?;
        let frame_bytes = frame_bytes(&code) + tail_arguments.unwrap_or(0);
        if frame_bytes > MAX_FRAME_64 {
            let what = format!("a function with a stack frame of {frame_bytes} bytes");
            let limit = format!("{MAX_FRAME_64} bytes for {}", self.target.name());
            return Err(Error::limit(what, Some(wasm_offset.into()), limit));
        }
        let mut bytes = code.buffer.data().to_vec();
        let mut relocs = relocs::of(&context.func, &code)?;
        let moved = match self.pinned() {
            true => traps::call_stubs(&code, &mut bytes, &mut relocs)?,
            false => traps::Moved::new(),
        };
        let incoming_bytes = stack_argument_bytes(&context.func.signature);
        let sites = traps::sites(&code, &relocs, &moved);
        let is_leaf = false;
        Ok(FunctionCode { bytes, relocs, sites, frame_bytes, incoming_bytes, is_leaf, wasm_offset, moves: 0, helpers })
    }

    fn trap_stub(&self, kind: TrapKind) -> Result<Snippet> {
        self.piece(&*self.framed, pieces::trap_stub(kind))
    }

    fn import_thunk(&self, import: u32, ty: &FuncType) -> Result<Snippet> {
        self.piece(&*self.framed, pieces::import_thunk(import, ty))
    }

    fn entry(&self, ty: &FuncType) -> Result<Option<Snippet>> {
        self.piece(&*self.isa, pieces::entry(ty)).map(Some)
    }

    fn start(&self, index: u32) -> Result<Option<Snippet>> {
        self.piece(&*self.isa, pieces::start(index)).map(Some)
    }

    fn features(&self) -> CpuFeatures {
        match self.target.isa() {
            Isa::X86_64 => CpuFeatures::X86_SSE41,
            _ => CpuFeatures::NONE,
        }
    }

    fn alignment(&self) -> usize {
        ALIGNMENT as usize
    }

    fn reach(&self, kind: FixupKind) -> (i64, i64) {
        relocs::reach(kind)
    }

    fn patch(&self, kind: FixupKind, code: &mut [u8], displacement: i64) {
        relocs::patch(kind, code, displacement);
    }
}

/// Stack in bytes from a call on, arguments of further calls included.
fn frame_bytes(code: &CompiledCode) -> u32 {
    code.buffer.frame_layout().map_or(0, |frame| frame.frame_to_fp_offset) + LINKAGE_BYTES
}

/// Stack in bytes that the arguments of a function take at most.
fn stack_argument_bytes(signature: &ir::Signature) -> u32 {
    /// Registers for integers under every ISA, after the one for a result area.
    const INTEGERS: usize = 5;
    const FLOATS: usize = 8;
    let floats = signature.params.iter().filter(|p| p.value_type.is_float()).count();
    let integers = signature.params.len() - floats;
    let words = integers.saturating_sub(INTEGERS) + floats.saturating_sub(FLOATS);
    (words as u32 * 8).next_multiple_of(ALIGNMENT)
}

/// By how many bytes at most tail calls enlarge the area of a function's own stack arguments; `None` without tail calls.
fn tail_argument_bytes(func: &ir::Function) -> Option<u32> {
    let insts = func.layout.blocks().flat_map(|block| func.layout.block_insts(block));
    let signatures = insts.filter_map(|inst| match func.dfg.insts[inst] {
        ir::InstructionData::Call { opcode: ir::Opcode::ReturnCall, func_ref, .. } => {
            Some(func.dfg.ext_funcs[func_ref].signature)
        }
        ir::InstructionData::CallIndirect { opcode: ir::Opcode::ReturnCallIndirect, sig_ref, .. } => Some(sig_ref),
        _ => None,
    });
    signatures.map(|signature| stack_argument_bytes(&func.dfg.signatures[signature])).max()
}

/// What an external name of our CLIF stands for.
fn named(func: &ir::Function, name: &ExternalName) -> Result<RelocTarget> {
    let target = match name {
        ExternalName::User(reference) => {
            let UserExternalName { namespace, index } = func.params.user_named_funcs()[*reference];
            match namespace {
                namespace::FUNCTION => Some(RelocTarget::Function(index)),
                namespace::TABLE => Some(RelocTarget::Table(index)),
                namespace::ELEMENTS => Some(RelocTarget::Elements(index)),
                namespace::SEGMENT => Some(RelocTarget::Segment(index)),
                explicit::TRAP_STUB => {
                    u8::try_from(index).ok().and_then(TrapKind::from_code).map(RelocTarget::TrapStub)
                }
                _ => None,
            }
        }
        _ => None,
    };
    target.ok_or_else(|| Error::internal(format!("code refers to {}", name.display(Some(&func.params)))))
}

fn target_isa(target: Target, framed: bool) -> Result<OwnedTargetIsa> {
    let internal = |e: &dyn std::fmt::Display| Error::internal(format!("Cranelift's settings: {e}"));
    let checked = if cfg!(debug_assertions) { "true" } else { "false" };
    let pinned = if pinned::is_used(target.isa()) { "true" } else { "false" };
    let settings = [
        ("enable_pinned_reg", pinned),
        // The mid-end has run.
        ("opt_level", "none"),
        ("enable_verifier", checked),
        ("regalloc_checker", checked),
        // What is near is found relative to the pc in any case; with this, x86-64 would go through a GOT.
        ("is_pic", "false"),
        ("enable_probestack", "false"),
        ("unwind_info", "false"),
        // Results beyond the registers lie where the caller says.
        ("enable_multi_ret_implicit_sret", "true"),
        ("preserve_frame_pointers", if framed { "true" } else { "false" }),
        // RISC-V computes no other NaN, nor does AArch64 with FPCR.DN set, as it is while a guest runs.
        ("enable_nan_canonicalization", if target.isa() == Isa::X86_64 { "true" } else { "false" }),
    ];
    let mut flags = settings::builder();
    for (name, value) in settings {
        flags.set(name, value).map_err(|e| internal(&e))?;
    }
    let triple = target.triple().ok_or_else(|| Error::internal("a 64-bit target without a triple"))?;
    let mut builder = cranelift_codegen::isa::lookup_by_name(triple).map_err(|e| internal(&e))?;
    // Beyond Cranelift's own minimum: for x86-64 what `features` declares, for RISC-V the C of RV64GC.
    let features: &[&str] = match target.isa() {
        Isa::X86_64 => &["has_sse3", "has_ssse3", "has_sse41"],
        Isa::Riscv64 => &["has_zca", "has_zcd"],
        _ => &[],
    };
    for feature in features {
        builder.enable(feature).map_err(|e| internal(&e))?;
    }
    builder.finish(Flags::new(flags)).map_err(|e| internal(&e))
}
