//! Packing and signing, for the host.

use crate::content::*;
use crate::envelope::SIGNATURE_DOMAIN;
use crate::header::{HEADER_LEN, MANIFEST_OFFSET, envelope_len};
use crate::imports;
use crate::manifest::{CHUNK_SIZES, Wire};
use crate::{
    ARTIFACT_VERSION, CONTENT_ALIGN, CpuFeatures, DeviceProfile, Digest, Envelope, Error, Header, MAX_ENVELOPE, Needs,
};
use core::fmt;
use ed25519_dalek::SigningKey;
use ed25519_dalek::ed25519::signature::MultipartSigner;
use sandgrain_abi::{ABI_VERSION, HelperGroups, Target};
use std::collections::BTreeMap;
use std::string::String;
use std::vec::Vec;

/// A function type, owned.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FuncTypeSpec {
    /// Of the parameters.
    pub params: Vec<ValType>,
    /// Of the results.
    pub results: Vec<ValType>,
}

/// An import, owned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportSpec {
    /// First half of its name.
    pub module: String,
    /// Second half of its name.
    pub name: String,
    /// What it has to be.
    pub ty: ImportType,
    /// Byte offset from the instance register of what the runtime fills in.
    pub slot: u32,
}

/// An export, owned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportSpec {
    /// Its name.
    pub name: String,
    /// What it is.
    pub item: Extern,
}

/// What the compiler has made of a module. Fields mean what the accessors of [`Content`] say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContentSpec {
    /// Read-only data, then code.
    pub text: Vec<u8>,
    /// Byte offset of the code in the text.
    pub code_start: u32,
    /// The distinct function types; the position is the type id.
    pub types: Vec<FuncTypeSpec>,
    /// One a type; those missing at the end are `None`. Left out for parts without entries.
    pub entries: Vec<Option<CodeOffset>>,
    /// Functions first, in the order of their indices at the host gate.
    pub imports: Vec<ImportSpec>,
    /// In any order.
    pub exports: Vec<ExportSpec>,
    /// The module's own memories; the first one's definition is the header's.
    pub memories: Vec<Memory>,
    /// Tables in the instance's state.
    pub tables: Vec<Table>,
    /// Functions whose references can be taken.
    pub referables: Vec<Referable>,
    /// Byte offset from the instance register of their references; 0 if there are none.
    pub referables_place: u32,
    /// Types whose ids the code compares.
    pub type_ids: Vec<TypeIndex>,
    /// Byte offset from the instance register of the ids; 0 if there are none.
    pub type_ids_place: u32,
    /// Need of stack.
    pub stack: Stack,
    /// What runs before anything else.
    pub start: Option<CodeOffset>,
    /// Bytes in front of the linear memory.
    pub instance_bytes: u32,
    /// Bytes behind the instance's header; zeros at the end may be left out.
    pub init_image: Vec<u8>,
    /// The WebAssembly to carry along for interpreters.
    pub wasm: Option<Vec<u8>>,
}

/// What the manifest and the header say beyond the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestSpec {
    /// Name of the module, 1 to 32 of `a-z 0-9 - _ .`.
    pub name: String,
    /// Version as people write it, 1 to 32 of the same.
    pub version: String,
    /// Version as devices compare it.
    pub counter: u32,
    /// Class of devices, up to 32 of the same; empty means any.
    pub device_class: String,
    /// What the code was compiled for.
    pub target: Target,
    /// CPU features beyond the target's that the code uses.
    pub features: CpuFeatures,
    /// Helper groups that the code calls.
    pub helpers: HelperGroups,
}

/// Why nothing was packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteError {
    /// A name of an import or export longer than the format holds.
    NameTooLong {
        /// Its first characters.
        start: String,
        /// Its length in bytes; at most 65535 are allowed.
        len: usize,
    },
    /// A function type with more than 65535 parameters or results.
    TypeTooLong {
        /// Its index.
        index: usize,
    },
    /// The content does not fit into an artifact, whatever the chunk size.
    TooLarge {
        /// Bytes of the content.
        content: usize,
        /// Bytes of the envelope with the largest chunks; at most [`MAX_ENVELOPE`] are allowed.
        envelope: usize,
    },
    /// What was packed is not valid: the caller gave something that the reader refuses.
    Invalid(Error),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::NameTooLong { start, len } => {
                write!(f, "the name `{start}…` has {len} bytes, at most 65535 are allowed; rename it in the module")
            }
            WriteError::TypeTooLong { index } => {
                write!(f, "function type {index} has more than 65535 parameters or results; split the function")
            }
            WriteError::TooLarge { content, envelope } => write!(
                f,
                "a content of {content} bytes needs an envelope of {envelope}, devices accept {MAX_ENVELOPE}; \
                 make the module smaller, import less, or split it"
            ),
            WriteError::Invalid(error) => write!(f, "cannot be packed: {error}"),
        }
    }
}

impl core::error::Error for WriteError {}

impl From<Error> for WriteError {
    fn from(error: Error) -> Self {
        WriteError::Invalid(error)
    }
}

/// Names, each stored once.
#[derive(Default)]
struct Strings {
    bytes: Vec<u8>,
    known: BTreeMap<String, u32>,
}

impl Strings {
    /// Offset and length of `s`.
    fn add(&mut self, s: &str) -> Result<(u32, u16), WriteError> {
        let too_long = |_| WriteError::NameTooLong { start: s.chars().take(40).collect(), len: s.len() };
        let len = u16::try_from(s.len()).map_err(too_long)?;
        let offset = *self.known.entry(s.into()).or_insert_with(|| {
            let offset = self.bytes.len() as u32;
            self.bytes.extend_from_slice(s.as_bytes());
            offset
        });
        Ok((offset, len))
    }
}

impl ContentSpec {
    /// The content's bytes, valid for `target`.
    ///
    /// # Errors
    /// A [`WriteError`] that names what cannot be represented or would be refused by the reader.
    pub fn encode(&self, target: Target) -> Result<Vec<u8>, WriteError> {
        let mut strings = Strings::default();
        let (types, type_bytes) = self.encode_types()?;
        let imports = self.encode_imports(&mut strings)?;
        let exports = self.encode_exports(&mut strings)?;
        let (mut memories, mut tables, mut referables, mut type_ids) = <(Vec<_>, Vec<_>, Vec<_>, Vec<_>)>::default();
        for Memory { ty, definition, capacity, fixed } in &self.memories {
            let maximum = ty.max_pages.unwrap_or(NO_MAXIMUM);
            let kind = u32::from_le_bytes([ty.page_log2, (*fixed).into(), 0, 0]);
            push_words(&mut memories, &[*definition, ty.min_pages, maximum, *capacity, kind]);
        }
        for Table { ty, definition, elements, capacity } in &self.tables {
            let maximum = ty.max.unwrap_or(NO_MAXIMUM);
            push_words(&mut tables, &[ty.element as u32, *definition, *elements, ty.min, *capacity, maximum]);
        }
        self.referables.iter().for_each(|r| push_words(&mut referables, &[r.code.0, r.ty.0]));
        self.type_ids.iter().for_each(|ty| push_words(&mut type_ids, &[ty.0]));
        let mut entries = Vec::new();
        if needs_entries(target) {
            let given = self.entries.iter().copied().chain(std::iter::repeat(None));
            given.take(self.types.len()).for_each(|code| push_words(&mut entries, &[code.unwrap_or(NO_ENTRY).0]));
        }
        let init_len = self.init_image.iter().rposition(|&b| b != 0).map_or(0, |last| last + 1);
        let init_image = &self.init_image[..init_len];
        let count = |n: usize| n as u32;

        let mut sections = Vec::new();
        if let Some(wasm) = &self.wasm {
            push_words(&mut sections, &[section_kind::WASM, count(wasm.len())]);
            sections.extend_from_slice(wasm);
            sections.resize(sections.len().next_multiple_of(4), 0);
        }

        let flags = self.start.map_or(0, |_| FLAG_START) | if self.stack.bounded { FLAG_STACK_BOUNDED } else { 0 };
        let head: [u32; HEAD_LEN / 4] = [
            count(self.text.len()),
            self.code_start,
            count(init_image.len()),
            count(type_bytes.len()),
            count(strings.bytes.len()),
            count(self.types.len()),
            count(self.imports.len()),
            count(self.exports.len()),
            count(self.memories.len()),
            count(self.tables.len()),
            count(self.referables.len()),
            count(self.type_ids.len()),
            self.instance_bytes,
            self.referables_place,
            self.type_ids_place,
            flags,
            self.stack.bytes,
            self.start.map_or(0, |code| code.0),
            count(sections.len()),
            0,
        ];
        let mut out = Vec::new();
        push_words(&mut out, &head);
        let records = [&types, &entries, &imports, &exports, &memories, &tables, &referables, &type_ids];
        let records = records.map(Vec::as_slice);
        for section in [self.text.as_slice()].into_iter().chain(records).chain([&type_bytes, init_image]) {
            out.extend_from_slice(section);
            out.resize(out.len().next_multiple_of(4), 0);
        }
        out.extend_from_slice(&strings.bytes);
        if !sections.is_empty() {
            out.resize(out.len().next_multiple_of(4), 0);
            out.extend_from_slice(&sections);
        }
        Content::parse(&out, target)?;
        Ok(out)
    }

    fn encode_types(&self) -> Result<(Vec<u8>, Vec<u8>), WriteError> {
        let (mut records, mut bytes) = (Vec::new(), Vec::new());
        for (index, ty) in self.types.iter().enumerate() {
            let (Ok(params), Ok(results)) = (u16::try_from(ty.params.len()), u16::try_from(ty.results.len())) else {
                return Err(WriteError::TypeTooLong { index });
            };
            push_words(&mut records, &[bytes.len() as u32, halves(params, results)]);
            bytes.extend(ty.params.iter().chain(&ty.results).map(|t| *t as u8));
        }
        Ok((records, bytes))
    }

    fn encode_imports(&self, strings: &mut Strings) -> Result<Vec<u8>, WriteError> {
        let mut records = Vec::new();
        for import in &self.imports {
            let (module, name) = (strings.add(&import.module)?, strings.add(&import.name)?);
            let limit = |max: Option<u32>| max.unwrap_or(NO_MAXIMUM);
            let (kind, value, detail, a, b) = match import.ty {
                ImportType::Func { ty, thunk } => (import_kind::FUNC, 0, 0, ty.0, thunk.0),
                ImportType::Table(ty) => (import_kind::TABLE, ty.element as u8, 0, ty.min, limit(ty.max)),
                ImportType::Memory(ty) => (import_kind::MEMORY, 0, ty.page_log2, ty.min_pages, limit(ty.max_pages)),
                ImportType::Global(ty) => (import_kind::GLOBAL, ty.ty as u8, ty.mutable.into(), 0, 0),
            };
            let kind = u32::from_le_bytes([kind, value, detail, 0]);
            push_words(&mut records, &[module.0, name.0, halves(module.1, name.1), kind, import.slot, a, b]);
        }
        Ok(records)
    }

    fn encode_exports(&self, strings: &mut Strings) -> Result<Vec<u8>, WriteError> {
        let mut sorted: Vec<&ExportSpec> = self.exports.iter().collect();
        sorted.sort_by_key(|e| &e.name);
        let mut records = Vec::new();
        for export in sorted {
            let (name, len) = strings.add(&export.name)?;
            let (kind, ty, a, b) = match export.item {
                Extern::Func { code, ty } => (export_kind::FUNC, 0, code.0, ty.0),
                Extern::Table(index) => (export_kind::TABLE, 0, index.0, 0),
                Extern::Memory(index) => (export_kind::MEMORY, 0, index.0, 0),
                Extern::Global { offset, ty } => (export_kind::GLOBAL, ty.ty as u8, offset, ty.mutable.into()),
                Extern::Constant { bits, ty } => (export_kind::CONSTANT, ty as u8, bits as u32, (bits >> 32) as u32),
                Extern::Imported(index) => (export_kind::IMPORTED, 0, index.0, 0),
            };
            push_words(&mut records, &[name, halves(len, u16::from_le_bytes([kind, ty])), a, b]);
        }
        Ok(records)
    }
}

fn halves(low: u16, high: u16) -> u32 {
    u32::from(high) << 16 | u32::from(low)
}

fn push_words(out: &mut Vec<u8>, words: &[u32]) {
    out.extend(words.iter().flat_map(|w| w.to_le_bytes()));
}

/// Packs an artifact, unsigned (its signature is all zeros, which no key verifies). Chunks are the smallest whose
/// envelope a device accepts.
///
/// # Errors
/// A [`WriteError`]; what is returned opens on the device that `manifest` describes.
pub fn pack(content: &ContentSpec, manifest: &ManifestSpec) -> Result<Vec<u8>, WriteError> {
    let content = content.encode(manifest.target)?;
    let view = Content::parse(&content, manifest.target)?;
    let (needs, imports) = (view.needs(), imports::encode(&view));
    let mut envelope = 0;
    for chunk_size in CHUNK_SIZES {
        let hashes: Vec<u8> = content.chunks(chunk_size as usize).flat_map(|c| Digest::of(&[c]).0).collect();
        let wire = encode_manifest(manifest, needs, chunk_size, &hashes, &imports);
        envelope = envelope_len(wire.len() as u64) as usize;
        if envelope > MAX_ENVELOPE {
            continue;
        }
        let header = Header {
            artifact_version: ARTIFACT_VERSION,
            abi_version: ABI_VERSION,
            target_id: manifest.target as u8,
            features: manifest.features,
            manifest_len: wire.len() as u32,
            content_len: content.len() as u32,
            helpers: manifest.helpers,
        };
        let mut out = Vec::with_capacity(envelope + content.len());
        out.extend_from_slice(&header.to_bytes());
        out.resize(MANIFEST_OFFSET, 0);
        out.extend_from_slice(&wire);
        out.resize(out.len().next_multiple_of(CONTENT_ALIGN), 0);
        out.extend_from_slice(&content);
        let device = DeviceProfile { target: manifest.target, features: manifest.features, helpers: manifest.helpers };
        crate::Artifact::open(&out, &device)?;
        return Ok(out);
    }
    Err(WriteError::TooLarge { content: content.len(), envelope })
}

fn encode_manifest(spec: &ManifestSpec, needs: Needs, chunk_size: u32, hashes: &[u8], imports: &[u8]) -> Vec<u8> {
    let wire = Wire {
        name: &spec.name,
        version: &spec.version,
        counter: spec.counter,
        device_class: &spec.device_class,
        chunk_size,
        memory_bytes: needs.memory_bytes,
        stack_bytes: needs.stack_bytes,
        instance_bytes: needs.instance_bytes,
    };
    postcard::to_allocvec(&(wire, imports, hashes)).expect("numbers, strings and bytes always encode into a vector")
}

/// Signs an artifact in place, replacing the signature it has. Only its first bytes (the envelope) are needed.
///
/// # Errors
/// Those of [`Envelope::parse`] and [`Envelope::manifest`]: what is not an artifact is not signed.
pub fn sign(artifact: &mut [u8], key: &SigningKey) -> Result<(), Error> {
    let envelope = Envelope::parse(artifact)?;
    envelope.manifest()?;
    let signature = key.multipart_sign(&[SIGNATURE_DOMAIN, envelope.header_bytes(), envelope.manifest_bytes()]);
    artifact[HEADER_LEN..MANIFEST_OFFSET].copy_from_slice(&signature.to_bytes());
    Ok(())
}
