//! Register allocation: regalloc2, its checker on wherever tests run.

use crate::error::Error;
use crate::isa::Isa32;
use crate::vcode::VCode;
use regalloc2::{Algorithm, Ctx, Output, RegallocOptions, checker::Checker};

/// Assigns registers and spill slots. What `ctx` keeps from one function to the next is memory alone.
///
/// # Errors
/// [`Error::internal`] if the allocator refuses the function or, in builds with debug assertions, if the checker
/// cannot prove the allocation: faults of this compiler, never of the module.
pub fn allocate<'c, I: Isa32>(vcode: &VCode<I>, ctx: &'c mut Ctx) -> Result<&'c Output, Error> {
    let env = &I::registers(vcode.target).env;
    let options =
        RegallocOptions { verbose_log: false, validate_ssa: cfg!(debug_assertions), algorithm: Algorithm::Ion };
    let output = regalloc2::run_with_ctx(vcode, env, &options, ctx)
        .map_err(|e| Error::internal(format!("register allocation failed: {e:?}")).or_at(vcode.wasm_offset.into()))?;
    if cfg!(debug_assertions) {
        let mut checker = Checker::new(vcode, env);
        checker.prepare(output);
        checker.run().map_err(|e| {
            Error::internal(format!("wrong register allocation: {e:?}")).or_at(vcode.wasm_offset.into())
        })?;
    }
    Ok(output)
}
