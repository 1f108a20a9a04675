#![no_std]
#![forbid(unsafe_code)]
//! The Sandgrain artifact (`.sg`): what the compiler packs and a device runs where it lies.
//!
//! ```text
//! offset
//! 0        header      32 bytes, fixed           module `header`
//! 32       signature   64 bytes, ed25519         module `envelope`
//! 96       manifest    postcard                  module `manifest`
//!          zeros up to a multiple of 16
//! C        content     text, types, imports …    module `content`
//! C + len  end (a flash slot may go on behind it)
//! ```
//! Everything before `C` is the **envelope**, at most [`MAX_ENVELOPE`] bytes. It is all that a device needs to decide
//! whether it wants the content: it is signed, and it holds the SHA-256 of each chunk of the content.
//! Numbers are little-endian. Nothing is copied on reading; the text must lie at a multiple of 16 in memory, which
//! it does when the artifact starts at one.
//!
//! # From bytes to a view
//! 1. [`Header::parse`]: is this an artifact of a version that this crate reads?
//! 2. [`Header::check`]: right ABI version, target, CPU features, helpers for this device? Nothing else matters before.
//! 3. [`Envelope::verify`]: signed by a trusted key? Needs the envelope only, so it precedes the first write to flash.
//! 4. [`Envelope::manifest`] and [`Manifest::verify_chunk`]: is each chunk, as it arrives, the one that was signed?
//! 5. [`Artifact::open`]: a view of the whole, checked once in linear time; no accessor of it can fail or panic.
//!
//!
//! Running it takes header and content alone, which [`Content::open`] checks; the rest is for whoever verifies.
//! [`Artifact::open`] repeats steps 1 and 2 but does **not** verify signature or chunks: that is done once, on
//! installing (and by [`Manifest::verify_content`] at boot). Hostile bytes cannot make it panic or read outside of
//! the slice it was given, but only verified code may be run.
//!
//! # Which versions go together
//! A runtime reads the artifact versions [`OLDEST_ARTIFACT_VERSION`] to [`ARTIFACT_VERSION`] and runs the code of the ABI
//! versions [`OLDEST_ABI_VERSION`](sandgrain_abi::OLDEST_ABI_VERSION) to [`ABI_VERSION`](sandgrain_abi::ABI_VERSION); it
//! refuses every other one with both numbers, and says which side to update. So a newer runtime runs what older
//! compilers have made; an older one never misreads what a newer compiler makes:
//! * What old readers may ignore is an optional section of the content. No version changes.
//! * What they must not ignore is a flag, a helper group or a CPU feature: they refuse those that they do not know, by
//!   name. No version changes, and modules that do without go on to run everywhere.
//! * What moves or changes meaning raises the artifact version, and what changes the meaning of code the ABI version. The
//!   oldest one read is raised only when reading it costs more than it is worth, with a release that says so.
//!
//! | artifact version | |
//! |---|---|
//! | 2 | the first to be kept |
//! | 3 | the manifest lists the imports; the content may have optional sections |
//!
//! With the feature `write` (host, needs `std`) the crate also packs and signs: see `pack`, `sign` and `keys`.

#[cfg(feature = "write")]
extern crate std;

mod artifact;
pub mod content;
mod digest;
mod envelope;
mod error;
mod fault;
pub mod header;
pub mod imports;
pub mod manifest;
pub mod rotation;

#[cfg(feature = "write")]
pub mod keys;
#[cfg(feature = "write")]
mod write;

pub use artifact::{Artifact, Carried};
pub use content::{
    CodeOffset, Content, Export, Extern, ExternType, FuncType, GlobalType, Import, ImportIndex, ImportType, List,
    Memory, MemoryIndex, MemoryType, Referable, Stack, Table, TableIndex, TableType, TypeIndex, ValType, ValTypes,
};
pub use digest::{Digest, PublicKey};
pub use envelope::{Envelope, KeyIndex};
pub use error::Error;
pub use fault::{Fault, Field, Part};
pub use header::{CpuFeatures, DeviceProfile, Header};
pub use imports::{Capability, WantedImport};
pub use manifest::{Chunk, Manifest, Needs};
pub use rotation::KeySet;

#[cfg(feature = "write")]
pub use ed25519_dalek::SigningKey;
#[cfg(feature = "write")]
pub use write::{ContentSpec, ExportSpec, FuncTypeSpec, ImportSpec, ManifestSpec, WriteError, pack, sign};

/// Version of the container described here, which is what is written.
pub const ARTIFACT_VERSION: u16 = 3;

/// Oldest version that is read.
pub const OLDEST_ARTIFACT_VERSION: u16 = 2;

/// Largest envelope (header, signature, manifest, padding) in bytes, so that a device can keep one in a fixed buffer.
pub const MAX_ENVELOPE: usize = 4096;

/// Alignment in bytes of the content in the artifact, of the text in the content, and of an artifact in memory.
pub const CONTENT_ALIGN: usize = 16;
