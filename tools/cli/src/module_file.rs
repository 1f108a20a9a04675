//! What a file is, and how it becomes an artifact for a board.

use std::path::Path;

use sandgrain_abi::{HelperGroups, Target};
use sandgrain_artifact::{Artifact, CpuFeatures, DeviceProfile};
use sandgrain_compiler::{Category, Compiled, Options, Progress};

use crate::failure::{self, Exit, Failure, Result};
use crate::symbols::Symbols;

/// First bytes of an artifact.
const ARTIFACT_MAGIC: &[u8] = b"\x7fSGA";
/// Longest name in a manifest.
const MAX_NAME: usize = 32;

/// A file with a module in one of its forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModuleFile {
    /// WebAssembly in its binary form; the text form has been assembled.
    Wasm(Vec<u8>),
    /// An artifact, not checked.
    Artifact(Vec<u8>),
}

/// An artifact and, if it was compiled just now, what the compiler knows beyond it.
#[derive(Debug)]
pub struct Built {
    /// The .sg file.
    pub artifact: Vec<u8>,
    /// Functions and sites.
    pub symbols: Option<Symbols>,
    /// What it was compiled from.
    pub wasm: Option<Vec<u8>>,
}

impl ModuleFile {
    /// Reads a .wasm, .wat or .sg file. Anything without an artifact's first bytes counts as WebAssembly.
    ///
    /// # Errors
    /// If it cannot be read, or is a .wat that does not assemble.
    pub fn read(path: &Path) -> Result<ModuleFile> {
        let bytes = failure::read(path)?;
        if bytes.starts_with(ARTIFACT_MAGIC) || has_extension(path, "sg") {
            return Ok(ModuleFile::Artifact(bytes));
        }
        if !has_extension(path, "wat") {
            return Ok(ModuleFile::Wasm(bytes));
        }
        let text = String::from_utf8(bytes).map_err(|_| Failure::refused("not text").about(path.display()))?;
        match wat::parse_str(&text) {
            Ok(wasm) => Ok(ModuleFile::Wasm(wasm)),
            Err(mut error) => {
                error.set_path(path);
                Err(Failure::refused(error))
            }
        }
    }
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case(extension))
}

/// What to compile `path` to for `target`, under a name made from the file's.
pub fn options(path: &Path, target: Target) -> Options {
    let mut options = Options::new(target);
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let allowed = |c: char| if matches!(c, 'a'..='z' | '0'..='9' | '-' | '_' | '.') { c } else { '-' };
    let name: String = stem.chars().map(allowed).take(MAX_NAME).collect();
    if !name.is_empty() {
        options.identity.name = name;
    }
    options
}

/// Compiles what was read from `path`.
///
/// # Errors
/// [`Exit::Refused`], or [`Exit::Failed`] if the compiler itself is at fault.
pub fn compile(path: &Path, wasm: &[u8], options: &Options) -> Result<Compiled> {
    compile_with_progress(path, wasm, options, &|_| ())
}

/// Compiles what was read from `path`, and calls `progress` after each function.
///
/// # Errors
/// Those of [`compile`].
pub fn compile_with_progress(
    path: &Path,
    wasm: &[u8],
    options: &Options,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Compiled> {
    sandgrain_compiler::compile_with_progress(wasm, options, progress).map_err(|error| {
        let exit = if error.category() == Category::Internal { Exit::Failed } else { Exit::Refused };
        Failure::new(exit, error).about(path.display())
    })
}

/// What a board of this target offers to code, as far as the host knows: its firmware may offer less.
pub fn profile(target: Target) -> DeviceProfile {
    DeviceProfile { target, features: CpuFeatures::ALL, helpers: HelperGroups::ALL }
}

/// Checks all of an artifact but its signature: header, manifest, content, and the digests of the chunks.
///
/// # Errors
/// [`Exit::Refused`], by name.
pub fn check<'a>(path: &Path, artifact: &'a [u8], target: Target) -> Result<Artifact<'a>> {
    let refused = |e| Failure::refused(e).about(path.display());
    let view = Artifact::open(artifact, &profile(target)).map_err(refused)?;
    view.manifest().verify_content(view.content_bytes()).map_err(refused)?;
    view.check_imports().map_err(refused)?;
    Ok(view)
}

/// An artifact for `target` from any form of a module.
///
/// # Errors
/// Those of [`compile`]. An artifact is not checked here: [`check`] does that.
pub fn build(path: &Path, file: ModuleFile, target: Target) -> Result<Built> {
    build_with_progress(path, file, &options(path, target), &|_| ())
}

/// An artifact from any form of a module; calls `progress` after each function that is compiled for it.
///
/// # Errors
/// Those of [`build`].
pub fn build_with_progress(
    path: &Path,
    file: ModuleFile,
    options: &Options,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Built> {
    match file {
        ModuleFile::Artifact(artifact) => Ok(Built { artifact, symbols: None, wasm: None }),
        ModuleFile::Wasm(wasm) => {
            let compiled = compile_with_progress(path, &wasm, options, progress)?;
            let symbols = Symbols::read(&compiled.object)?;
            Ok(Built { artifact: compiled.artifact, symbols: Some(symbols), wasm: Some(wasm) })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, bytes: &[u8]) -> (tempfile::TempDir, std::path::PathBuf) {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        (directory, path)
    }

    #[test]
    fn forms_are_told_apart() {
        let (_keep, path) = file("a.wat", b"(module)");
        assert_eq!(ModuleFile::read(&path).unwrap(), ModuleFile::Wasm(b"\0asm\x01\0\0\0".to_vec()));
        let (_keep, path) = file("a.bin", b"\x7fSGA rest");
        assert!(matches!(ModuleFile::read(&path).unwrap(), ModuleFile::Artifact(_)));
        let (_keep, path) = file("a.wat", b"(module");
        let error = ModuleFile::read(&path).unwrap_err();
        assert!(error.exit() == Exit::Refused && error.to_string().contains("a.wat"), "{error}");
        assert_eq!(ModuleFile::read(Path::new("/no/such.wasm")).unwrap_err().exit(), Exit::Usage);
    }

    #[test]
    fn names_are_made_to_fit() {
        let name = |path: &str| options(Path::new(path), Target::Rv32Imac).identity.name;
        assert_eq!(name("dir/My Sensor.v1.wasm"), "my-sensor.v1");
        assert_eq!(name(&"x".repeat(50)).len(), MAX_NAME);
        assert_eq!(name("/"), "module");
    }

    /// Whatever is cut off or changed in a .wasm is refused with an offset, or still is a module.
    #[test]
    fn damaged_wasm_is_refused_with_its_offset() {
        let wasm = wat::parse_str(r#"(module (func (export "f") (param i32) (result i32) (local.get 0)))"#).unwrap();
        let refusal = |bytes: &[u8]| {
            let compiled = compile(Path::new("m.wasm"), bytes, &Options::new(Target::Rv32Imac));
            compiled.err().map(|error| {
                assert_eq!(error.exit(), Exit::Refused, "{error}");
                error.to_string()
            })
        };
        for len in 0..wasm.len() {
            // A prefix that ends between two sections may be a whole module.
            if let Some(error) = refusal(&wasm[..len]) {
                assert!(error.contains("m.wasm") && error.contains("at offset 0x"), "{len}: {error}");
            } else {
                assert!(len >= 8);
            }
        }
        for i in 0..wasm.len() {
            let mut mutated = wasm.clone();
            mutated[i] ^= 0xff;
            refusal(&mutated);
        }
        assert!(refusal(b"\x89PNG\r\n\x1a\n").unwrap().contains("at offset 0x0"));
    }

    #[test]
    fn damaged_artifacts_are_refused_by_name() {
        let wasm = wat::parse_str(r#"(module (func (export "f") (result i32) (i32.const 42)))"#).unwrap();
        let path = Path::new("m.sg");
        let artifact = compile(path, &wasm, &Options::new(Target::Rv32Imac)).unwrap().artifact;
        assert!(check(path, &artifact, Target::Rv32Imac).is_ok());
        let wrong_target = check(path, &artifact, Target::CortexM4F).unwrap_err().to_string();
        assert!(wrong_target.contains("compiled for rv32imac"), "{wrong_target}");
        for len in 0..artifact.len() {
            assert!(check(path, &artifact[..len], Target::Rv32Imac).is_err(), "{len}");
        }
        // Signature and manifest are the signature's business.
        let header = 0..32;
        let content = artifact.len() - check(path, &artifact, Target::Rv32Imac).unwrap().content_bytes().len();
        for i in 0..artifact.len() {
            let mut mutated = artifact.clone();
            mutated[i] ^= 0x80;
            let accepted = check(path, &mutated, Target::Rv32Imac).is_ok();
            assert!(!accepted || !(header.contains(&i) || i >= content), "byte {i}");
        }
    }
}
