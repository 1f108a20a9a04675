//! Artifacts whose code is none of the compiler's: it has no switch that leaves checks out, so the miscompile is made here,
//! by overwriting functions.

use std::path::Path;

use sandgrain_abi::{HelperGroups, Target};
use sandgrain_artifact::{Artifact, CpuFeatures, DeviceProfile, Extern};
use sandgrain_cli::module_file::{self, ModuleFile};

/// The artifact of a module in text for a stack of `stack_bytes`, with machine code in place of that of exported functions.
///
/// # Panics
/// If there is no such module or function, or no room for the code.
pub fn artifact(target: Target, text: &str, stack_bytes: u32, functions: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let wasm = ModuleFile::Wasm(wat::parse_str(text).expect("valid text"));
    let mut options = module_file::options(Path::new("m.wat"), target);
    options.stack_bytes = Some(stack_bytes);
    let built = module_file::build_with_progress(Path::new("m.wat"), wasm, &options, &|_| ());
    let mut bytes = built.unwrap_or_else(|e| panic!("{e}")).artifact;
    let original = bytes.clone();
    let device = DeviceProfile { target, features: CpuFeatures::ALL, helpers: HelperGroups::ALL };
    let artifact = Artifact::open(&original, &device).expect("just built");
    let content = artifact.content();
    let text = content.text().as_ptr().addr() - original.as_ptr().addr();
    let start = |item| match item {
        Extern::Func { code, .. } => Some(code.0 as usize),
        _ => None,
    };
    let mut starts: Vec<usize> = content.exports().iter().filter_map(|export| start(export.item)).collect();
    starts.push(content.text().len());
    for (name, code) in functions {
        let at = content.find_export(name).and_then(start).expect("the module exports it");
        let next = starts.iter().copied().filter(|&other| other > at).min().expect("the text's end");
        assert!(code.len() <= next - at, "{name}: {} bytes of room", next - at);
        bytes[text + at..][..code.len()].copy_from_slice(code);
    }
    bytes
}
