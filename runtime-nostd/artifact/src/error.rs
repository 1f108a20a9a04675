//! Why an artifact was refused.

use crate::fault::{Fault, Field, Part};
use crate::header::CpuFeatures;
use core::fmt;
use sandgrain_abi::{HelperGroups, Target};

/// Why an artifact, or a part of one, was refused. The text says what was found, what was expected and what to do;
/// [`Error::reason`] is the same in one word for a device to report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    /// The bytes end before the named part does.
    Truncated {
        /// Part that is cut off.
        what: Part,
        /// Bytes that it needs, counted from the start of the artifact (of the content, for a part of the content).
        needed: u64,
        /// Bytes that are there.
        found: u64,
    },
    /// The file is something else.
    Magic {
        /// Its first four bytes.
        found: [u8; 4],
    },
    /// Packed by another generation of the tools.
    ArtifactVersion {
        /// Version in the header; [`OLDEST_ARTIFACT_VERSION`](crate::OLDEST_ARTIFACT_VERSION) to
        /// [`ARTIFACT_VERSION`](crate::ARTIFACT_VERSION) are expected.
        found: u16,
    },
    /// Compiled for another contract with the runtime.
    AbiVersion {
        /// Version in the header; [`OLDEST_ABI_VERSION`](sandgrain_abi::OLDEST_ABI_VERSION) to
        /// [`ABI_VERSION`](sandgrain_abi::ABI_VERSION) are expected.
        found: u16,
    },
    /// Compiled for another part.
    Target {
        /// Target id in the header.
        found: u8,
        /// What the device is.
        expected: Target,
    },
    /// The code uses CPU features that the device lacks.
    CpuFeatures {
        /// The missing ones.
        missing: CpuFeatures,
        /// Whose features they are.
        target: Target,
    },
    /// The code calls helpers that the firmware leaves out.
    Helpers {
        /// The missing groups.
        missing: HelperGroups,
    },
    /// A field of the header has a value that this version does not define.
    HeaderField {
        /// Name of the field.
        field: Field,
    },
    /// The envelope is larger than any device accepts.
    EnvelopeSize {
        /// Its size in bytes; at most [`MAX_ENVELOPE`](crate::MAX_ENVELOPE) is allowed.
        found: u64,
    },
    /// The manifest is malformed, or contradicts the header or the content.
    Manifest {
        /// What is wrong with it.
        fault: Fault,
    },
    /// The device trusts no key at all.
    NoKeys,
    /// No trusted key has signed this envelope.
    Signature {
        /// Number of keys that were tried.
        keys: usize,
    },
    /// There is no such chunk.
    ChunkIndex {
        /// The index asked for.
        index: u32,
        /// Number of chunks.
        count: u32,
    },
    /// A chunk of the wrong length.
    ChunkLength {
        /// Index of the chunk.
        index: u32,
        /// Its length in bytes.
        found: u64,
        /// The length that the manifest implies.
        expected: u32,
    },
    /// A chunk whose SHA-256 is not the signed one.
    ChunkDigest {
        /// Index of the chunk.
        index: u32,
    },
    /// The content is malformed: a bug in the packer, or damage that no signature check has seen.
    Content {
        /// What is wrong with it.
        fault: Fault,
        /// Offset in the content, in bytes, of the record or section.
        offset: u32,
    },
    /// The WebAssembly was asked for, and the artifact carries none.
    NoWasm,
}

impl Error {
    /// The cause in one word, stable, for reports of a device.
    pub const fn reason(&self) -> &'static str {
        match self {
            Error::Truncated { .. } => "truncated",
            Error::Magic { .. } => "magic",
            Error::ArtifactVersion { .. } => "artifact-version",
            Error::AbiVersion { .. } => "abi-version",
            Error::Target { .. } => "target",
            Error::CpuFeatures { .. } => "cpu-features",
            Error::Helpers { .. } => "helpers",
            Error::HeaderField { .. } => "header",
            Error::EnvelopeSize { .. } => "envelope-size",
            Error::Manifest { .. } => "manifest",
            Error::NoKeys => "no-keys",
            Error::Signature { .. } => "signature",
            Error::ChunkIndex { .. } => "chunk-index",
            Error::ChunkLength { .. } => "chunk-length",
            Error::ChunkDigest { .. } => "chunk-digest",
            Error::Content { .. } => "content",
            Error::NoWasm => "no-wasm",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Error::Truncated { what, needed, found } => write!(
                f,
                "the artifact is truncated: its {what} needs {needed} bytes, {found} are there; transfer it again"
            ),
            Error::Magic { found: [a, b, c, d] } => write!(
                f,
                "not a Sandgrain artifact: it starts with {a:02x} {b:02x} {c:02x} {d:02x}, expected 7f 53 47 41; \
                 make one with `sandgrain compile`"
            ),
            Error::ArtifactVersion { found } => {
                f.write_str("artifact")?;
                versions(f, found, crate::OLDEST_ARTIFACT_VERSION, crate::ARTIFACT_VERSION)
            }
            Error::AbiVersion { found } => {
                f.write_str("compiled for ABI")?;
                versions(f, found, sandgrain_abi::OLDEST_ABI_VERSION, sandgrain_abi::ABI_VERSION)
            }
            Error::Target { found, expected } => {
                let name = Target::from_id(found).map_or("an unknown target", Target::name);
                let expected = expected.name();
                write!(f, "compiled for {name} (target id {found}), this device is {expected}; ")?;
                write!(f, "compile with `--target {expected}`")
            }
            Error::CpuFeatures { missing, target } => write!(
                f,
                "the code needs the CPU feature `{}` ({:#06x}), which this device lacks; \
                 run it on a processor that has it, or update the firmware that should know it",
                missing.first_name(target),
                missing.0
            ),
            Error::Helpers { missing } => {
                let name = missing.first_name();
                write!(
                    f,
                    "the code needs the helper group `{name}` ({:#x}), which this firmware leaves out; ",
                    missing.0
                )?;
                write!(f, "build the firmware with `{name}`, or the module without it")
            }
            Error::HeaderField { field } => write!(
                f,
                "the artifact's header has an undefined value in `{field}`: it is damaged, or newer than this build; \
                 transfer it again or update the reader"
            ),
            Error::EnvelopeSize { found } => write!(
                f,
                "the artifact's envelope has {found} bytes, at most {} are allowed; split the module",
                crate::MAX_ENVELOPE
            ),
            Error::Manifest { fault } => {
                write!(f, "the artifact's manifest is invalid: {fault}; pack the module again")
            }
            Error::NoKeys => f.write_str("no trusted key is known, so nothing can be accepted; provision the device"),
            Error::Signature { keys } => write!(
                f,
                "the artifact is not signed by any of the {keys} trusted keys; \
                 sign it with a trusted one (`sandgrain sign`), or trust the signer's key"
            ),
            Error::ChunkIndex { index, count } => {
                write!(f, "chunk {index} asked for, the artifact has {count}; a bug of the sender")
            }
            Error::ChunkLength { index, found, expected } => write!(
                f,
                "chunk {index} has {found} bytes, {expected} expected; the sender serves another artifact, fetch it again"
            ),
            Error::ChunkDigest { index } => {
                write!(f, "chunk {index} is not the one that was signed: damaged or forged on the way; fetch it again")
            }
            Error::Content { fault, offset } => write!(
                f,
                "the artifact's content is invalid: {fault} (at byte {offset:#x} of the content); compile it again"
            ),
            Error::NoWasm => f.write_str(
                "the artifact carries no WebAssembly for an interpreter; compile it with `--carry-wasm`, or for this device",
            ),
        }
    }
}

/// What was found, what was expected, and which side is the old one.
fn versions(f: &mut fmt::Formatter<'_>, found: u16, oldest: u16, newest: u16) -> fmt::Result {
    write!(f, " version {found}, this build takes versions {oldest} to {newest}; ")?;
    f.write_str(if found > newest {
        "update the firmware (or this tool), or compile with the older release"
    } else {
        "compile the module again with the current release"
    })
}

impl core::error::Error for Error {}
