//! Who answers for a module being valid: wasmi itself, or whoever has packed and signed it.

use wasmi::{Config, Engine, Error, Module};

/// Has wasmi accept exactly the compiler's language.
#[cfg(feature = "validate")]
pub(super) fn set_language(config: &mut Config) {
    config.wasm_tail_call(true).wasm_extended_const(true).wasm_custom_page_sizes(true).wasm_multi_memory(true);
}

/// Without validation nothing is refused for its language.
#[cfg(not(feature = "validate"))]
pub(super) fn set_language(_: &mut Config) {}

/// Validates a module and makes it wasmi's.
#[cfg(feature = "validate")]
pub(super) fn translate(engine: &Engine, wasm: &[u8]) -> Result<Module, Error> {
    Module::new(engine, wasm)
}

/// Makes a module wasmi's.
#[cfg(not(feature = "validate"))]
pub(super) fn translate(engine: &Engine, wasm: &[u8]) -> Result<Module, Error> {
    // SAFETY: without the feature `validate`, WebAssembly comes from `crate::Module::open` alone, whose caller answers for
    // what the artifact carries being what the compiler packed; it packs only what it has validated.
    unsafe { Module::new_unchecked(engine, wasm) }
}
