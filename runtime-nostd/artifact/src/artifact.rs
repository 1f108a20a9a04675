//! All steps in one.

use crate::fault::{Fault, Part};
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
        let header = Header::parse(bytes)?;
        header.check(device)?;
        let envelope = Envelope::behind(header, bytes)?;
        let manifest = envelope.manifest()?;
        let content_bytes = content_bytes(&header, bytes)?;
        let content = Content::parse(content_bytes, device.target)?;
        if content.needs() != manifest.needs {
            return Err(Error::Manifest { fault: Fault::ManifestNeeds });
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

    /// The WebAssembly that the code was made from, for an interpreter, if the artifact carries it.
    pub fn wasm(&self) -> Option<&'a [u8]> {
        self.content.wasm()
    }

    /// Whether the manifest lists exactly the imports of the content: for tools, since a device compares both with what it
    /// has.
    ///
    /// # Errors
    /// [`Error::Manifest`].
    #[cfg(feature = "write")]
    pub fn check_imports(&self) -> Result<(), Error> {
        match self.manifest.lists_imports() && self.manifest.import_bytes() != crate::imports::encode(&self.content) {
            true => Err(Error::Manifest { fault: Fault::ManifestImports }),
            false => Ok(()),
        }
    }

    /// Bytes of one chunk, to serve it.
    pub fn chunk_bytes(&self, index: u32) -> Option<&'a [u8]> {
        let range = self.manifest.chunk_range(index)?;
        self.content_bytes.get(range.start as usize..range.end as usize)
    }
}

/// An artifact that is opened for nothing but the WebAssembly that it carries, whatever part its code is for.
#[derive(Debug, Clone, Copy)]
pub struct Carried<'a> {
    manifest: Manifest<'a>,
    content_bytes: &'a [u8],
    wasm: &'a [u8],
}

impl<'a> Carried<'a> {
    /// Finds the WebAssembly in the artifact at the start of `bytes`. Head and optional sections are all of the content
    /// that is looked at; signature and chunk digests, which cover the WebAssembly too, are not verified here.
    ///
    /// # Errors
    /// The first of: magic, artifact version, header, manifest, truncated content, [`Error::NoWasm`]. Neither ABI version
    /// nor target, CPU features nor helpers matter.
    pub fn open(bytes: &'a [u8]) -> Result<Carried<'a>, Error> {
        let envelope = Envelope::parse(bytes)?;
        let manifest = envelope.manifest()?;
        let content_bytes = content_bytes(envelope.header(), bytes)?;
        let wasm = crate::content::carried_wasm(content_bytes).ok_or(Error::NoWasm)?;
        Ok(Carried { manifest, content_bytes, wasm })
    }

    /// The manifest. Its needs of stack and instance are those of the code, not those of an interpreter.
    pub fn manifest(&self) -> &Manifest<'a> {
        &self.manifest
    }

    /// The content as bytes, for [`Manifest::verify_content`].
    pub fn content_bytes(&self) -> &'a [u8] {
        self.content_bytes
    }

    /// The WebAssembly, in its binary form. The compiler has validated what it packed.
    pub fn wasm(&self) -> &'a [u8] {
        self.wasm
    }
}

impl<'a> Content<'a> {
    /// Finds and checks the content of the artifact at the start of `bytes`, for `device`: all that running it takes. The
    /// manifest, which whoever verified the artifact has read, is not looked at.
    ///
    /// # Errors
    /// As for [`Artifact::open`], those of the manifest aside.
    pub fn open(bytes: &'a [u8], device: &DeviceProfile) -> Result<Content<'a>, Error> {
        let header = Header::parse(bytes)?;
        header.check(device)?;
        Content::parse(content_bytes(&header, bytes)?, device.target)
    }
}

fn content_bytes<'a>(header: &Header, bytes: &'a [u8]) -> Result<&'a [u8], Error> {
    let (start, end) = (header.content_offset(), header.artifact_len());
    let truncated = Error::Truncated { what: Part::Content, needed: end as u64, found: bytes.len() as u64 };
    bytes.get(start..end).ok_or(truncated)
}
