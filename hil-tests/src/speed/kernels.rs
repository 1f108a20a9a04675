//! Which kernels there are: the project's own, and those of a folder.

use std::path::{Path, PathBuf};

/// What a kernel is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// One file.
    C,
    /// A package of `hil-tests/bench/rust`.
    Rust,
    /// Nothing but a module is there.
    Wasm,
}

impl Language {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Language::C => "C",
            Language::Rust => "Rust",
            Language::Wasm => "wasm",
        }
    }
}

/// A computation with one entry, `run(i32) -> i32`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kernel {
    /// Its name, which is also its file's.
    pub name: String,
    /// What it is written in.
    pub language: Language,
    /// What it is called with.
    pub argument: i32,
    /// Its source in C, its module, or the folder of its package.
    pub path: PathBuf,
}

/// The kernels of this repository: name, language, and an argument that native code takes some hundred thousand
/// instructions for.
const OWN: [(&str, Language, i32); 6] = [
    ("crc32", Language::C, 32),
    ("fir_q15", Language::C, 4),
    ("nbody", Language::C, 8),
    ("bytecode", Language::Rust, 1),
    ("sha256", Language::Rust, 4),
    ("sort", Language::Rust, 1),
];

/// Where the kernels of this repository are.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("bench")
}

/// The kernels of this repository.
pub fn own() -> Vec<Kernel> {
    let kernel = |(name, language, argument): (&str, Language, i32)| {
        let path = match language {
            Language::C => folder().join("c").join(name).with_extension("c"),
            Language::Rust | Language::Wasm => folder().join("rust").join(name),
        };
        Kernel { name: name.to_owned(), language, argument, path }
    };
    OWN.into_iter().map(kernel).collect()
}

/// The modules of a folder, in the order of their names, all called with `argument`.
///
/// # Errors
/// If the folder cannot be read, or has no module.
pub fn of_folder(folder: &Path, argument: i32) -> Result<Vec<Kernel>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut kernels: Vec<Kernel> = Vec::new();
    for entry in entries {
        let path = entry.map_err(|e| e.to_string())?.path();
        let language = match path.extension().and_then(|extension| extension.to_str()) {
            Some("wasm" | "wat") => Language::Wasm,
            _ => continue,
        };
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        kernels.push(Kernel { name, language, argument, path });
    }
    kernels.sort_by(|a, b| a.path.cmp(&b.path));
    if kernels.is_empty() { Err(format!("{} has no .wasm files", folder.display())) } else { Ok(kernels) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_own_kernel_has_a_source_and_every_source_is_a_kernel() {
        let own = own();
        for kernel in &own {
            assert!(kernel.path.exists(), "{}", kernel.path.display());
        }
        let names = |folder: &str| {
            let entries = std::fs::read_dir(super::folder().join(folder)).unwrap();
            let named = entries.map(|entry| entry.unwrap().path());
            let named = named.filter(|path| path.extension().is_some_and(|e| e == "c") || path.join("src").is_dir());
            named.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect::<Vec<_>>()
        };
        for name in names("c").into_iter().chain(names("rust")).filter(|name| name != "base" && name != "support") {
            assert!(own.iter().any(|kernel| kernel.name == name), "{name} is never measured");
        }
    }

    #[test]
    fn a_folder_without_modules_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("a.txt"), "").unwrap();
        assert!(of_folder(directory.path(), 1).unwrap_err().contains("no .wasm"));
        std::fs::write(directory.path().join("b.wasm"), "").unwrap();
        let kernels = of_folder(directory.path(), 7).unwrap();
        assert_eq!((kernels[0].name.as_str(), kernels[0].argument, kernels.len()), ("b", 7, 1));
    }
}
