//! Artifacts by manifest digest, and the answers to devices that ask for them.

use std::collections::BTreeMap;

use sandgrain_abi::Target;
use sandgrain_agent::proto::{ChunkGet, ChunkReply, Desired, MAX_CHUNK_PAYLOAD, MAX_MANIFEST_PAYLOAD, ManifestReply};
use sandgrain_artifact::{Digest, Envelope};

use crate::failure::{Failure, Result};

/// What there is to know about an artifact that can be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Its manifest digest.
    pub digest: Digest,
    /// What the twin property `wasm.{slot}` must be for a device to want it.
    pub value: String,
    /// Name of the module, which is that of its slot.
    pub name: String,
    /// Version for people.
    pub version: String,
    /// What it is compiled for, if this program knows that target.
    pub target: Option<Target>,
    /// Number of chunks.
    pub chunks: u32,
    /// Bytes of the file.
    pub len: usize,
}

/// The artifacts that can be had.
#[derive(Debug, Default)]
pub struct Content {
    artifacts: BTreeMap<[u8; 32], Vec<u8>>,
}

impl Content {
    /// Adds a .sg file. Neither signature nor content is checked: the devices do that, and trust nobody here.
    ///
    /// # Errors
    /// [`Exit::Refused`](crate::Exit::Refused) if it is no artifact, or is cut short.
    pub fn add(&mut self, artifact: Vec<u8>) -> Result<Offer> {
        let offer = describe(&artifact)?;
        self.artifacts.insert(offer.digest.0, artifact);
        Ok(offer)
    }

    /// Payload of `manifest`. Of what is not here, there is the digest alone.
    pub fn manifest(&self, digest: Digest) -> Vec<u8> {
        let envelope = self.envelope(digest).map_or(&[][..], |(envelope, _)| envelope.bytes());
        let mut buffer = [0; MAX_MANIFEST_PAYLOAD];
        // An envelope was checked to fit when it was added.
        ManifestReply { digest, envelope }.encode(&mut buffer).unwrap_or(&digest.0).to_vec()
    }

    /// Payload of `chunk`, if there is such a chunk.
    pub fn chunk(&self, get: ChunkGet) -> Option<Vec<u8>> {
        let (envelope, artifact) = self.envelope(get.digest)?;
        let range = envelope.manifest().ok()?.chunk_range(get.index)?;
        let content = artifact.get(envelope.header().content_offset()..)?;
        let bytes = content.get(range.start as usize..range.end as usize)?;
        let mut buffer = [0; MAX_CHUNK_PAYLOAD];
        let reply = ChunkReply { digest: get.digest, index: get.index, bytes };
        Some(reply.encode(&mut buffer).ok()?.to_vec())
    }

    fn envelope(&self, digest: Digest) -> Option<(Envelope<'_>, &[u8])> {
        let artifact = self.artifacts.get(&digest.0)?;
        Some((Envelope::parse(artifact).ok()?, artifact))
    }
}

/// What a .sg file offers.
///
/// # Errors
/// [`Exit::Refused`](crate::Exit::Refused) if it is no artifact, or is cut short.
pub fn describe(artifact: &[u8]) -> Result<Offer> {
    let envelope = Envelope::parse(artifact).map_err(Failure::refused)?;
    let manifest = envelope.manifest().map_err(Failure::refused)?;
    let (len, expected) = (artifact.len(), envelope.header().artifact_len());
    if len != expected {
        return Err(Failure::refused(format_args!("the artifact should have {expected} bytes, it has {len}")));
    }
    let (name, version, digest) = (manifest.name, manifest.version, envelope.manifest_digest());
    let desired = Desired { name, version, counter: manifest.counter, digest };
    let value = desired.to_value().map_err(|e| Failure::refused(format_args!("cannot be named in a twin: {e}")))?;
    Ok(Offer {
        digest,
        value: value.as_str().to_owned(),
        name: name.to_owned(),
        version: version.to_owned(),
        target: Target::from_id(envelope.header().target_id),
        chunks: manifest.chunk_count(),
        len,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use sandgrain_agent::sim::module::{Spec, build, trusted_key};

    #[test]
    fn serves_what_was_added_and_nothing_else() {
        let packed = build(&Spec { text: 5000, ..Spec::default() }, &trusted_key());
        let mut content = Content::default();
        let offer = content.add(packed.bytes.clone()).unwrap();
        assert_eq!((offer.digest, &offer.value, offer.chunks), (packed.digest, &packed.value, packed.chunks()));

        let payload = content.manifest(packed.digest);
        let reply = ManifestReply::decode(&payload).unwrap();
        assert_eq!((reply.digest, reply.envelope), (packed.digest, packed.envelope().bytes()));
        for index in 0..offer.chunks {
            let payload = content.chunk(ChunkGet { digest: packed.digest, index }).unwrap();
            assert_eq!(ChunkReply::decode(&payload).unwrap().bytes, packed.chunk(index).unwrap());
        }
        assert_eq!(content.chunk(ChunkGet { digest: packed.digest, index: offer.chunks }), None);
        assert_eq!(content.chunk(ChunkGet { digest: packed.digest, index: u32::MAX }), None);
        let other = Digest([9; 32]);
        assert_eq!(content.manifest(other), other.0);
        assert_eq!(content.chunk(ChunkGet { digest: other, index: 0 }), None);
    }

    #[test]
    fn what_is_cut_or_foreign_is_not_added() {
        let packed = build(&Spec::default(), &trusted_key());
        let mut content = Content::default();
        for len in 0..packed.bytes.len() {
            let error = content.add(packed.bytes[..len].to_vec()).unwrap_err();
            assert_eq!(error.exit(), crate::Exit::Refused);
        }
        assert!(content.add([&packed.bytes[..], &[0]].concat()).is_err());
        assert!(content.add(b"\0asm\x01\0\0\0".to_vec()).is_err());
    }
}
