//! CLIF → better CLIF, without a Cranelift back end.
//!
//! The passes, in order, each verified in debug builds and where [`Options::verify`] asks for it:
//!
//! 1. *clean*: unreachable blocks, block parameters that only ever have one value, aliases ([`clean`])
//! 2. *egraph*: constant folding, rewriting, GVN, hoisting of pure operations, redundant loads and stores
//!    ([`cranelift_codegen::Context::egraph_pass`])
//! 3. *clean* again, for what the egraph left behind
//! 4. *checks*: bounds checks that earlier ones imply ([`checks`])
//! 5. *unused*: instructions without effect whose results nothing uses, of which the passes before leave many

mod checks;
mod clean;

pub use checks::count as bounds_checks;

use crate::error::{Error, Result};
use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::settings::{self, Configurable, Flags};
use cranelift_codegen::{Context, ir};

/// Which passes run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Pass 2, and with it pass 3.
    pub egraph: bool,
    /// Pass 4.
    pub checks: bool,
    /// Runs Cranelift's verifier on the input and after each pass.
    pub verify: bool,
}

impl Default for Options {
    /// Every pass; the verifier in debug builds.
    fn default() -> Self {
        Options { egraph: true, checks: true, verify: cfg!(debug_assertions) }
    }
}

/// Optimises `function`.
///
/// The control-flow graph, dominator tree and loop analysis of the returned context belong to its function, which
/// has no aliases and no unreachable blocks.
///
/// # Errors
/// Internal ones only: whatever translation produces is valid CLIF.
pub fn optimize(function: ir::Function, options: &Options) -> Result<Context> {
    let flags = flags()?;
    let verify = |context: &Context, after: &str| match options.verify {
        true => context.verify(&flags).map_err(|e| Error::internal(format!("invalid CLIF after {after}: {e}"))),
        false => Ok(()),
    };
    let mut context = Context::for_function(function);
    context.flowgraph();
    verify(&context, "translation")?;
    clean::run(&mut context, &flags)?;
    verify(&context, "clean")?;
    if options.egraph {
        context.egraph_pass(&flags, &mut ControlPlane::default()).map_err(|e| internal("egraph", &e))?;
        verify(&context, "egraph")?;
        clean::run(&mut context, &flags)?;
        verify(&context, "the second clean")?;
    }
    if options.checks {
        checks::run(&mut context);
        verify(&context, "checks")?;
    }
    clean::remove_unused(&mut context.func);
    verify(&context, "unused")?;
    context.compute_loop_analysis();
    Ok(context)
}

fn flags() -> Result<Flags> {
    let mut builder = settings::builder();
    // The passes would verify too, but with messages that do not say which pass it was.
    let set = builder.set("enable_verifier", "false").and_then(|()| builder.set("opt_level", "speed"));
    set.map_err(|e| Error::internal(format!("Cranelift's settings: {e}")))?;
    Ok(Flags::new(builder))
}

fn internal(pass: &str, error: &dyn std::fmt::Display) -> Error {
    Error::internal(format!("the {pass} pass failed: {error}"))
}
