//! CLIF → better CLIF, without a Cranelift back end.
//!
//! The passes, in order, each verified in debug builds and where [`Options::verify`] asks for it:
//!
//! 1. *clean*: unreachable blocks, block parameters that only ever have one value, aliases ([`clean`])
//! 2. *egraph*: constant folding, rewriting, GVN, hoisting of pure operations, redundant loads and stores
//!    ([`cranelift_codegen::Context::egraph_pass`])
//! 3. *clean* again, for what the egraph left behind
//! 4. *checks*: bounds checks that others or the index itself imply, and several that can be one ([`checks`])
//! 5. *addresses*: constants of addresses into displacements, on 32-bit parts ([`addresses`])
//! 6. *unused*: instructions without effect whose results nothing uses, of which the passes before leave many

mod addresses;
mod bounds;
mod checks;
mod clean;
mod offsets;
mod scopes;

pub use checks::count as bounds_checks;

use crate::error::{Error, Result};
use crate::instance::InstanceLayout;
use crate::module::Module;
use crate::translate::{LimitPlace, growing_sizes};
use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::settings::{self, Configurable, Flags};
use cranelift_codegen::{Context, ir};
use std::collections::HashMap;

/// Which passes run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Pass 2, and with it pass 3.
    pub egraph: bool,
    /// Pass 4.
    pub checks: bool,
    /// Pass 5.
    pub addresses: bool,
    /// Runs Cranelift's verifier on the input and after each pass.
    pub verify: bool,
}

impl Default for Options {
    /// Every pass; the verifier in debug builds.
    fn default() -> Self {
        Options { egraph: true, checks: true, addresses: true, verify: cfg!(debug_assertions) }
    }
}

/// What holds of a module's memories, other than what its functions say.
#[derive(Debug, Clone, Default)]
pub struct Memories {
    /// None is as large as 2^31 bytes, since no arena of a 32-bit part is.
    are_small: bool,
    /// The least bytes of those that can grow, by where in the instance their sizes are.
    minima: HashMap<i32, u32>,
}

impl Memories {
    /// Those of a module's instances.
    pub fn of(module: &Module<'_>, layout: &InstanceLayout) -> Memories {
        Memories { are_small: layout.pointer_bytes == 4, minima: growing_sizes(module, layout).collect() }
    }

    /// The least bytes of the memory whose size is there; 0 if it is another instance's.
    fn minimum(&self, func: &ir::Function, place: LimitPlace) -> u32 {
        place.in_instance(func).and_then(|offset| self.minima.get(&offset).copied()).unwrap_or(0)
    }
}

/// Optimises `function`.
///
/// The control-flow graph, dominator tree and loop analysis of the returned context belong to its function, which
/// has no aliases and no unreachable blocks.
///
/// # Errors
/// Internal ones only: whatever translation produces is valid CLIF.
pub fn optimize(function: ir::Function, options: &Options, memories: &Memories) -> Result<Context> {
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
        checks::run(&mut context, memories);
        verify(&context, "checks")?;
    }
    if options.addresses {
        addresses::run(&mut context);
        verify(&context, "addresses")?;
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
