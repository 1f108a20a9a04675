//! All steps in one.

use crate::header::DeviceProfile;
use crate::{Content, Envelope, Error, Header, Manifest};

/// A whole artifact, every part checked.
#[derive(Debug, Clone, Copy)]
pub struct Artifact<'a> {
    envelope: Envelope<'a>,
    manifest: Manifest<'a>,
    content_bytes: &'a [u8],
    content: Content<'a>,
}

impl<'a> Artifact<'a> {
    /// Opens the artifact at the start of `bytes` (a flash slot may go on behind it) for `device`.
    ///
    /// Neither signature nor chunk digests are verified: see the [crate's documentation](crate). Linear in the
    /// artifact's tables, not in its text.
    ///
    /// # Errors
    /// The first of: magic, artifact version, header, ABI version, target, CPU features, helpers, manifest, content.
    pub fn open(bytes: &'a [u8], device: &DeviceProfile) -> Result<Artifact<'a>, Error> {
        Header::parse(bytes)?.check(device)?;
        let envelope = Envelope::parse(bytes)?;
        let manifest = envelope.manifest()?;
        let (start, end) = (envelope.header().content_offset(), envelope.header().artifact_len());
        let truncated = Error::Truncated { what: "content", needed: end as u64, found: bytes.len() as u64 };
        let content_bytes = bytes.get(start..end).ok_or(truncated)?;
        let content = Content::parse(content_bytes, device.target)?;
        if content.needs() != manifest.needs {
            return Err(Error::Manifest { fault: "its needs are not those of the content" });
        }
        Ok(Artifact { envelope, manifest, content_bytes, content })
    }

    /// Header, signature and manifest as bytes.
    pub fn envelope(&self) -> &Envelope<'a> {
        &self.envelope
    }

    /// The header.
    pub fn header(&self) -> &Header {
        self.envelope.header()
    }

    /// The manifest.
    pub fn manifest(&self) -> &Manifest<'a> {
        &self.manifest
    }

    /// The checked view of the content.
    pub fn content(&self) -> &Content<'a> {
        &self.content
    }

    /// The content as bytes: what the chunks are cut from.
    pub fn content_bytes(&self) -> &'a [u8] {
        self.content_bytes
    }

    /// Bytes of one chunk, to serve it.
    pub fn chunk_bytes(&self, index: u32) -> Option<&'a [u8]> {
        let range = self.manifest.chunk_range(index)?;
        self.content_bytes.get(range.start as usize..range.end as usize)
    }
}
