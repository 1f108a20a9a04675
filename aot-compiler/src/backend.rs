//! The seam between the pipeline and what makes machine code: our back ends for 32-bit ISAs, Cranelift's for 64-bit
//! ones. Everything before it is CLIF, everything behind it bytes with references to other parts of the text.

use crate::emit::{self, FunctionCode, Reloc, Sink};
use crate::error::Result;
use crate::instance::InstanceLayout;
use crate::isa::{FixupKind, Isa32, RelocTarget};
use crate::module::FuncType;
use crate::{lower32, regalloc};
use core::marker::PhantomData;
use cranelift_codegen::Context;
use regalloc2::Ctx;
use sandgrain_abi::{Target, TrapKind};
use sandgrain_artifact::CpuFeatures;

/// Code made outside of any function.
#[derive(Debug, Clone, Default)]
pub struct Snippet {
    pub bytes: Vec<u8>,
    pub relocs: Vec<Reloc>,
    /// Stack in bytes that it takes itself while it calls others.
    pub stack_bytes: u32,
}

/// Makes the pieces of a text for one target. What they refer to is resolved when the text is laid out.
pub trait Backend: Sync {
    /// Compiles a function from optimised CLIF with its analyses. `wasm_offset` is where its body begins in the .wasm.
    /// `registers` is memory that the register allocator uses again.
    /// Whether there is a check of the stack in it, [`with_stack_check`](Self::with_stack_check) knows.
    ///
    /// # Errors
    /// A limit of the target by name, and internal errors.
    fn function(
        &self,
        context: Context,
        layout: &InstanceLayout,
        registers: &mut Ctx,
        wasm_offset: u32,
    ) -> Result<FunctionCode>;

    /// Has a function trap on entry unless `below` bytes below sp are the stack's. As it is, where each function checks for
    /// itself.
    ///
    /// # Errors
    /// A limit of the target by name.
    fn with_stack_check(&self, code: FunctionCode, _below: u32) -> Result<FunctionCode> {
        Ok(code)
    }

    /// The artifact's common stub for traps of a kind.
    ///
    /// # Errors
    /// Internal ones only.
    fn trap_stub(&self, kind: TrapKind) -> Result<Snippet>;

    /// What stands for imported function `import` in calls.
    ///
    /// # Errors
    /// A limit of the target by name, and internal errors.
    fn import_thunk(&self, import: u32, ty: &FuncType) -> Result<Snippet>;

    /// The trampoline through which the host calls functions of a type, where it needs one.
    ///
    /// # Errors
    /// A limit of the target by name, and internal errors.
    fn entry(&self, ty: &FuncType) -> Result<Option<Snippet>>;

    /// What the host enters to run function `index`, which has no parameters and no results; `None` for the function
    /// itself.
    ///
    /// # Errors
    /// Internal ones only.
    fn start(&self, index: u32) -> Result<Option<Snippet>>;

    /// What the code needs beyond what every part of the target's family has.
    fn features(&self) -> CpuFeatures {
        CpuFeatures::NONE
    }

    /// What stands for `target` in calls that do not reach it; `None` if each call reaches across the largest text.
    fn veneer(&self, _: RelocTarget) -> Option<Snippet> {
        None
    }

    /// Alignment in bytes of the first instruction of every piece.
    fn alignment(&self) -> usize;

    /// Smallest and largest displacement (target address - address of the fixup) that a form can hold.
    fn reach(&self, kind: FixupKind) -> (i64, i64);

    /// Puts a displacement within [`reach`](Self::reach) into the instruction at the start of `code`.
    fn patch(&self, kind: FixupKind, code: &mut [u8], displacement: i64);
}

/// Our own back end for a 32-bit ISA.
#[derive(Debug)]
pub struct Own32<I> {
    target: Target,
    isa: PhantomData<I>,
}

impl<I: Isa32> Own32<I> {
    /// The back end for `target`, whose ISA is `I`.
    pub fn new(target: Target) -> Self {
        Own32 { target, isa: PhantomData }
    }
}

fn snippet(emit: impl FnOnce(&mut Sink)) -> Result<Snippet> {
    let mut sink = Sink::standalone();
    emit(&mut sink);
    let (bytes, relocs) = sink.finish();
    Ok(Snippet { bytes, relocs, stack_bytes: 0 })
}

impl<I: Isa32 + Sync> Backend for Own32<I> {
    fn function(
        &self,
        context: Context,
        _: &InstanceLayout,
        registers: &mut Ctx,
        wasm_offset: u32,
    ) -> Result<FunctionCode> {
        let vcode =
            lower32::lower::<I>(&context.func, &context.domtree, &context.loop_analysis, self.target, wasm_offset)?;
        let allocated = regalloc::allocate(&vcode, registers)?;
        emit::emit(&vcode, allocated, self.target)
    }

    fn with_stack_check(&self, code: FunctionCode, below: u32) -> Result<FunctionCode> {
        emit::with_stack_check::<I>(code, below, self.target)
    }

    fn trap_stub(&self, kind: TrapKind) -> Result<Snippet> {
        snippet(|sink| I::emit_trap_stub(sink, kind))
    }

    fn import_thunk(&self, import: u32, _: &FuncType) -> Result<Snippet> {
        snippet(|sink| I::emit_import_thunk(sink, import))
    }

    /// The host puts arguments into registers itself.
    fn entry(&self, _: &FuncType) -> Result<Option<Snippet>> {
        Ok(None)
    }

    fn start(&self, _: u32) -> Result<Option<Snippet>> {
        Ok(None)
    }

    fn veneer(&self, target: RelocTarget) -> Option<Snippet> {
        let mut sink = Sink::standalone();
        let exists = I::emit_veneer(&mut sink, target);
        let (bytes, relocs) = sink.finish();
        exists.then_some(Snippet { bytes, relocs, stack_bytes: 0 })
    }

    fn alignment(&self) -> usize {
        I::FUNCTION_ALIGN as usize
    }

    fn reach(&self, kind: FixupKind) -> (i64, i64) {
        I::reach(kind)
    }

    fn patch(&self, kind: FixupKind, code: &mut [u8], displacement: i64) {
        I::patch(kind, code, displacement);
    }
}
