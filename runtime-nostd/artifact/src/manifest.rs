//! The manifest: what the module is, what it needs, and the digest of each chunk of its content.
//!
//! Encoded with postcard (wire format 1.0), in this order: `name`, `version`, `counter`,
//! `device_class`, `chunk_size`, `memory_bytes`, `stack_bytes`, `instance_bytes`, since version 3 of the artifact `imports`
//! (bytes, see [`imports`](crate::imports)), `chunk_hashes` (bytes). The hashes end it, where stores look for them. The
//! encoding is canonical: longer forms of a number and bytes behind the end are refused. Target and flash are in the header, which
//! is signed as well, and so are not repeated.

use crate::fault::{Fault, Part};
use crate::imports::Sequence;
use crate::{Capability, Digest, Error, Header};
use core::ops::Range;
use sandgrain_abi::Target;
use serde::{Deserialize, Serialize};

/// Chunk sizes in bytes that a manifest may choose, smallest first.
pub const CHUNK_SIZES: [u32; 3] = [1024, 2048, 4096];

/// First version of the artifact whose manifest lists the imports.
const FIRST_WITH_IMPORTS: u16 = 3;

/// Largest length of name, version and device class, in bytes.
pub const MAX_NAME: usize = 32;

/// What is on the wire in front of imports and hashes.
#[derive(Serialize, Deserialize)]
pub(crate) struct Wire<'a> {
    pub name: &'a str,
    pub version: &'a str,
    pub counter: u32,
    pub device_class: &'a str,
    pub chunk_size: u32,
    pub memory_bytes: u64,
    pub stack_bytes: u32,
    pub instance_bytes: u32,
}

/// RAM that an instance takes on the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needs {
    /// Bytes that the linear memory starts with.
    pub memory_bytes: u64,
    /// Bytes of the guest's stack (see [`Stack`](crate::Stack)).
    pub stack_bytes: u32,
    /// Bytes in front of the linear memory, header included.
    pub instance_bytes: u32,
}

impl Needs {
    /// Bytes in all.
    pub fn total_bytes(&self) -> u64 {
        // A hostile manifest names any number: the sum of a signed one fits by far.
        self.memory_bytes.saturating_add(self.stack_bytes.into()).saturating_add(self.instance_bytes.into())
    }
}

/// One chunk of the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// Its index.
    pub index: u32,
    /// Its place in the content, in bytes.
    pub range: Range<u32>,
    /// Its SHA-256.
    pub hash: Digest,
}

/// A valid manifest, borrowed from its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manifest<'a> {
    /// Name of the module, 1 to 32 of `a-z 0-9 - _ .`.
    pub name: &'a str,
    /// Version as people write it, 1 to 32 of `a-z 0-9 - _ .`.
    pub version: &'a str,
    /// Version as devices compare it: never goes back.
    pub counter: u32,
    /// Class of devices it is meant for, same characters; empty means any.
    pub device_class: &'a str,
    /// RAM that an instance takes.
    pub needs: Needs,
    header: Header,
    chunk_size: u32,
    hashes: &'a [[u8; 32]],
    imports: &'a [u8],
}

impl<'a> Manifest<'a> {
    /// Reads a manifest that fills `bytes`, behind the header `header`.
    ///
    /// # Errors
    /// [`Error::Manifest`].
    pub fn parse(bytes: &'a [u8], header: &Header) -> Result<Manifest<'a>, Error> {
        let refuse = |fault| Err(Error::Manifest { fault });
        let Ok((wire, rest)) = postcard::take_from_bytes::<Wire<'a>>(bytes) else {
            return refuse(Fault::ManifestDecode);
        };
        // To an older version the list of imports is empty, and takes not even the byte that says so.
        let older = header.artifact_version < FIRST_WITH_IMPORTS;
        let imports = if older { Ok((&[][..], rest)) } else { postcard::take_from_bytes::<&[u8]>(rest) };
        let Ok((imports, rest)) = imports else { return refuse(Fault::ManifestDecode) };
        let Ok((chunk_hashes, rest)) = postcard::take_from_bytes::<&[u8]>(rest) else {
            return refuse(Fault::ManifestDecode);
        };
        if !rest.is_empty() {
            return refuse(Fault::ManifestEnd);
        }
        // Only a number can be written in several lengths, and every other length is larger than the canonical one.
        let canonical = postcard::experimental::serialized_size(&(&wire, imports, chunk_hashes));
        if canonical != Ok(bytes.len() + usize::from(older)) {
            return refuse(Fault::ManifestCanonical);
        }
        if wire.name.is_empty() || !is_name(wire.name) {
            return refuse(Fault::ManifestName);
        }
        if wire.version.is_empty() || !is_name(wire.version) {
            return refuse(Fault::ManifestVersion);
        }
        if !is_name(wire.device_class) {
            return refuse(Fault::ManifestClass);
        }
        if !CHUNK_SIZES.contains(&wire.chunk_size) {
            return refuse(Fault::ManifestChunkSize);
        }
        let (hashes, rest) = chunk_hashes.as_chunks::<32>();
        // Rounding up without a division: the chunk size is a power of two.
        let chunks =
            (u64::from(header.content_len) + u64::from(wire.chunk_size) - 1) >> wire.chunk_size.trailing_zeros();
        if !rest.is_empty() || hashes.len() as u64 != chunks {
            return refuse(Fault::ManifestDigests);
        }
        Ok(Manifest {
            name: wire.name,
            version: wire.version,
            counter: wire.counter,
            device_class: wire.device_class,
            needs: Needs {
                memory_bytes: wire.memory_bytes,
                stack_bytes: wire.stack_bytes,
                instance_bytes: wire.instance_bytes,
            },
            header: *header,
            chunk_size: wire.chunk_size,
            hashes,
            imports,
        })
    }

    /// Bytes of every chunk but the last: 1024, 2048 or 4096.
    pub fn chunk_size(&self) -> u32 {
        self.chunk_size
    }

    /// Number of chunks.
    pub fn chunk_count(&self) -> u32 {
        self.hashes.len() as u32
    }

    /// Bytes of the content.
    pub fn content_len(&self) -> u32 {
        self.header.content_len
    }

    /// Bytes of flash that the whole artifact takes.
    pub fn flash_bytes(&self) -> u32 {
        // The header has been read, so the sum fits.
        self.header.artifact_len() as u32
    }

    /// The part that the code is for; `None` if this build does not know it.
    pub fn target(&self) -> Option<Target> {
        Target::from_id(self.header.target_id)
    }

    /// What the module may do: the modules that it imports from, each once. Version 2 of the artifact lists none.
    pub fn capabilities(&self) -> impl Iterator<Item = Result<Capability<'a>, Error>> + Clone + use<'a> {
        Sequence::new(self.imports)
    }

    /// What [`capabilities`](Self::capabilities) reads.
    #[cfg(feature = "write")]
    pub(crate) fn import_bytes(&self) -> &'a [u8] {
        self.imports
    }

    /// Whether [`capabilities`](Self::capabilities) lists what there is: so it does since version 3 of the artifact.
    pub fn lists_imports(&self) -> bool {
        self.header.artifact_version >= FIRST_WITH_IMPORTS
    }

    /// SHA-256 of chunk `index`.
    pub fn chunk_hash(&self, index: u32) -> Option<Digest> {
        self.hashes.get(index as usize).copied().map(Digest)
    }

    /// Place of chunk `index` in the content, in bytes.
    pub fn chunk_range(&self, index: u32) -> Option<Range<u32>> {
        if index >= self.chunk_count() {
            return None;
        }
        // No overflow: index * chunk_size < header.content_len.
        let start = index * self.chunk_size;
        Some(start..start + self.chunk_size.min(self.header.content_len - start))
    }

    /// Every chunk, by rising index.
    pub fn chunks(&self) -> impl ExactSizeIterator<Item = Chunk> + use<'a> {
        let manifest = *self;
        self.hashes.iter().enumerate().map(move |(i, &hash)| {
            let index = i as u32;
            Chunk { index, range: manifest.chunk_range(index).unwrap_or(0..0), hash: Digest(hash) }
        })
    }

    /// Whether `bytes` is chunk `index`.
    ///
    /// # Errors
    /// [`Error::ChunkIndex`], [`Error::ChunkLength`] or [`Error::ChunkDigest`].
    pub fn verify_chunk(&self, index: u32, bytes: &[u8]) -> Result<(), Error> {
        let (Some(range), Some(hash)) = (self.chunk_range(index), self.chunk_hash(index)) else {
            return Err(Error::ChunkIndex { index, count: self.chunk_count() });
        };
        let expected = range.end - range.start;
        if bytes.len() as u64 != u64::from(expected) {
            return Err(Error::ChunkLength { index, found: bytes.len() as u64, expected });
        }
        if Digest::of(&[bytes]) != hash {
            return Err(Error::ChunkDigest { index });
        }
        Ok(())
    }

    /// Whether `content` starts with the whole content, chunk for chunk; what follows is ignored.
    ///
    /// # Errors
    /// [`Error::Truncated`] or the error of the first chunk that is wrong.
    pub fn verify_content(&self, content: &[u8]) -> Result<(), Error> {
        let truncated = Error::Truncated {
            what: Part::Content,
            needed: self.header.content_len.into(),
            found: content.len() as u64,
        };
        let content = content.get(..self.header.content_len as usize).ok_or(truncated)?;
        (0..self.chunk_count()).try_for_each(|index| {
            let range = self.chunk_range(index).unwrap_or(0..0);
            self.verify_chunk(index, content.get(range.start as usize..range.end as usize).unwrap_or(&[]))
        })
    }
}

fn is_name(s: &str) -> bool {
    s.len() <= MAX_NAME && s.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.'))
}
