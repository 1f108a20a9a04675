//! Who carries out scripts: boards, and wasmi as the reference.

mod board;
mod reference;

pub use board::Measured;
pub use reference::{Wasmi, engine};

use crate::script::{Outcome, Script};

/// Carries out scripts.
pub trait Executor: Sync {
    /// One outcome a step. What could not be carried out, or did not come back, is refused with the reason.
    fn execute(&self, script: &Script) -> Vec<Outcome>;

    /// Bytes of RAM that a lone instance can have.
    fn ram(&self) -> u64;
}
