//! Where things are in the repository.

use std::env;
use std::path::{Path, PathBuf};

/// The repository's root.
pub fn root() -> PathBuf {
    // `cargo run` says where the manifest is now; the compiled-in path is for a binary that is run by itself.
    let manifest =
        env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), Into::into);
    manifest.ancestors().nth(2).map(Path::to_path_buf).unwrap_or(manifest)
}

/// The workspace of the firmwares.
pub fn boards() -> PathBuf {
    root().join("boards")
}

/// The workspace of the wasm modules that tests and the demo deploy.
pub fn guests() -> PathBuf {
    root().join("hil-tests/guests")
}

/// The workspace of the benchmark's kernels in Rust.
pub fn kernels() -> PathBuf {
    root().join("hil-tests/bench/rust")
}

/// The target directory of everything that is not for the host: one, so that nothing is built twice.
pub fn cross_target_dir() -> PathBuf {
    boards().join("target")
}

/// The target directory of the host workspace.
pub fn host_target_dir() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}
