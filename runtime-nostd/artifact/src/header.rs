//! The fixed header: what must be known before anything else is read.
//!
//! ```text
//! 0   magic            7f 53 47 41 ("\x7fSGA")
//! 4   artifact version u16, 3; 2 is read as well
//! 6   ABI version      u16
//! 8   target id        u8
//! 9   flags            u8, zero: none is defined, and a reader refuses what it does not know
//! 10  CPU features     u16, beyond what the target implies
//! 12  manifest length  u32, bytes
//! 16  content length   u32, bytes
//! 20  helper groups    u32
//! 24  reserved         8 bytes, zero
//! ```

use crate::fault::{Field, Part};
use crate::{ARTIFACT_VERSION, CONTENT_ALIGN, Error, MAX_ENVELOPE, OLDEST_ARTIFACT_VERSION};
use sandgrain_abi::{ABI_VERSION, HelperGroups, OLDEST_ABI_VERSION, Target};

/// Bytes of the header.
pub const HEADER_LEN: usize = 32;
/// Bytes of the signature behind it.
pub const SIGNATURE_LEN: usize = 64;
/// Offset of the manifest in the artifact.
pub const MANIFEST_OFFSET: usize = HEADER_LEN + SIGNATURE_LEN;

pub(crate) const MAGIC: [u8; 4] = *b"\x7fSGA";

/// Set of CPU features beyond what every part of the target's family has. Which bit means what is the target's matter; a
/// reader compares those that it does not know as well, so that an old device refuses code of a newer compiler.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CpuFeatures(pub u16);

impl CpuFeatures {
    /// Nothing beyond the family's own: all that the targets but x86_64 know.
    pub const NONE: CpuFeatures = CpuFeatures(0);
    /// x86_64: SSE3, SSSE3 and SSE4.1, whose `roundsd` rounds floats.
    pub const X86_SSE41: CpuFeatures = CpuFeatures(1);
    /// Every feature of this version.
    pub const ALL: CpuFeatures = CpuFeatures(1);

    /// Name of the lowest feature in the set, as processors of `target` know it; "unknown" if this version has none for it.
    pub const fn first_name(self, target: Target) -> &'static str {
        match (target, self.0.trailing_zeros()) {
            (Target::X86_64, 0) => "sse4.1",
            _ => "unknown",
        }
    }
}

/// What a device offers to code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviceProfile {
    /// The part it is.
    pub target: Target,
    /// CPU features beyond what the target implies.
    pub features: CpuFeatures,
    /// Helper groups that its firmware contains.
    pub helpers: HelperGroups,
}

/// The header's fields, those of no use to a reader left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Version of the container, one that this crate reads.
    pub artifact_version: u16,
    /// ABI version that the code was compiled for.
    pub abi_version: u16,
    /// Id of the target; [`Target::from_id`] knows it only if this build does.
    pub target_id: u8,
    /// CPU features that the code needs.
    pub features: CpuFeatures,
    /// Bytes of the manifest.
    pub manifest_len: u32,
    /// Bytes of the content.
    pub content_len: u32,
    /// Helper groups that the code calls.
    pub helpers: HelperGroups,
}

impl Header {
    /// Reads the header from the first [`HEADER_LEN`] of `bytes`: magic, then artifact version, then the rest.
    ///
    /// # Errors
    /// Every field that is wrong for *any* device, by name. Whether it suits *this* device: [`Header::check`].
    pub fn parse(bytes: &[u8]) -> Result<Header, Error> {
        let Some(h) = bytes.first_chunk::<HEADER_LEN>() else {
            return Err(Error::Truncated { what: Part::Header, needed: HEADER_LEN as u64, found: bytes.len() as u64 });
        };
        let u16_at = |i: usize| u16::from_le_bytes([h[i], h[i + 1]]);
        let u32_at = |i: usize| u32::from_le_bytes([h[i], h[i + 1], h[i + 2], h[i + 3]]);
        let magic = [h[0], h[1], h[2], h[3]];
        if magic != MAGIC {
            return Err(Error::Magic { found: magic });
        }
        if !(OLDEST_ARTIFACT_VERSION..=ARTIFACT_VERSION).contains(&u16_at(4)) {
            return Err(Error::ArtifactVersion { found: u16_at(4) });
        }
        if h[9] != 0 {
            return Err(Error::HeaderField { field: Field::Flags });
        }
        if h[24..] != [0; 8] {
            return Err(Error::HeaderField { field: Field::Reserved });
        }
        let header = Header {
            artifact_version: u16_at(4),
            abi_version: u16_at(6),
            target_id: h[8],
            features: CpuFeatures(u16_at(10)),
            manifest_len: u32_at(12),
            content_len: u32_at(16),
            helpers: HelperGroups(u32_at(20)),
        };
        let envelope = envelope_len(u64::from(header.manifest_len));
        if envelope > MAX_ENVELOPE as u64 {
            return Err(Error::EnvelopeSize { found: envelope });
        }
        if envelope + u64::from(header.content_len) > u64::from(u32::MAX) {
            return Err(Error::HeaderField { field: Field::ContentLength });
        }
        Ok(header)
    }

    /// Whether the code can run on `device`: ABI version, then target, CPU features, helper groups.
    ///
    /// # Errors
    /// The first of the four that does not fit.
    pub fn check(&self, device: &DeviceProfile) -> Result<(), Error> {
        if !(OLDEST_ABI_VERSION..=ABI_VERSION).contains(&self.abi_version) {
            return Err(Error::AbiVersion { found: self.abi_version });
        }
        if self.target_id != device.target as u8 {
            return Err(Error::Target { found: self.target_id, expected: device.target });
        }
        let missing = self.features.0 & !device.features.0;
        if missing != 0 {
            return Err(Error::CpuFeatures { missing: CpuFeatures(missing), target: device.target });
        }
        let missing = self.helpers.0 & !device.helpers.0;
        if missing != 0 {
            return Err(Error::Helpers { missing: HelperGroups(missing) });
        }
        Ok(())
    }

    /// Bytes of the envelope, which is where the content starts: a multiple of 16, at most [`MAX_ENVELOPE`].
    pub fn content_offset(&self) -> usize {
        envelope_len(u64::from(self.manifest_len)) as usize
    }

    /// Bytes of the whole artifact.
    pub fn artifact_len(&self) -> usize {
        self.content_offset() + self.content_len as usize
    }

    /// The header as it lies in an artifact.
    #[cfg(feature = "write")]
    pub(crate) fn to_bytes(self) -> [u8; HEADER_LEN] {
        let mut h = [0; HEADER_LEN];
        h[0..4].copy_from_slice(&MAGIC);
        h[4..6].copy_from_slice(&self.artifact_version.to_le_bytes());
        h[6..8].copy_from_slice(&self.abi_version.to_le_bytes());
        h[8] = self.target_id;
        h[10..12].copy_from_slice(&self.features.0.to_le_bytes());
        h[12..16].copy_from_slice(&self.manifest_len.to_le_bytes());
        h[16..20].copy_from_slice(&self.content_len.to_le_bytes());
        h[20..24].copy_from_slice(&self.helpers.0.to_le_bytes());
        h
    }
}

/// Bytes of an envelope with a manifest of `manifest_len` bytes.
pub(crate) fn envelope_len(manifest_len: u64) -> u64 {
    (MANIFEST_OFFSET as u64 + manifest_len).next_multiple_of(CONTENT_ALIGN as u64)
}
