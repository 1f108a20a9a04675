//! Removes what no execution can see.

use super::internal;
use crate::error::Result;
use cranelift_codegen::{Context, settings::Flags};

/// Removes unreachable blocks, block parameters that are constant, and aliases; leaves the analyses up to date.
pub fn run(context: &mut Context, flags: &Flags) -> Result<()> {
    context.flowgraph();
    context.eliminate_unreachable_code(flags).map_err(|e| internal("unreachable code", &e))?;
    context.remove_constant_phis(flags).map_err(|e| internal("constant phi", &e))?;
    context.func.dfg.resolve_all_aliases();
    context.flowgraph();
    Ok(())
}
