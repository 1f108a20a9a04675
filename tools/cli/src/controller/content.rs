//! Artifacts by manifest digest, and the answers to devices that ask for them.

use std::collections::BTreeMap;
use std::sync::Arc;

use sandgrain_abi::Target;
use sandgrain_agent::packed::pack::Base;
use sandgrain_agent::proto::{
    ChunkGet, ChunkReply, Desired, MAX_CHUNK_PAYLOAD, MAX_MANIFEST_PAYLOAD, ManifestReply, PackedGet, Topic,
};
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
    /// The chunks of an artifact, packed with the content of another one: found once, not for each device.
    packed: BTreeMap<Pair, Arc<[Vec<u8>]>>,
}

/// Digests of an artifact and of the one that a device has.
type Pair = ([u8; 32], Option<[u8; 32]>);

/// Packed artifacts that are kept: a fleet has few versions at a time.
const MAX_PACKED: usize = 16;

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
        payload(get, self.chunks(get.digest)?.nth(get.index as usize)?.1)
    }

    /// The answer to `packed/get`: payload of `packed`, or of `chunk` where packing saves nothing.
    pub fn packed(&mut self, get: PackedGet) -> Option<(Topic<'static>, Vec<u8>)> {
        // Of a base that is not here, nothing can be taken; what a chunk has of its own, can.
        let base = get.base.map(|base| base.0).filter(|base| self.artifacts.contains_key(base));
        let packed = self.pack((get.chunk.digest.0, base))?;
        let packed = packed.get(get.chunk.index as usize)?;
        let whole = self.chunks(get.chunk.digest)?.nth(get.chunk.index as usize)?.1;
        let (topic, bytes) =
            if packed.len() < whole.len() { (Topic::Packed, &packed[..]) } else { (Topic::Chunk, whole) };
        Some((topic, payload(get.chunk, bytes)?))
    }

    fn pack(&mut self, pair: Pair) -> Option<Arc<[Vec<u8>]>> {
        if let Some(packed) = self.packed.get(&pair) {
            return Some(packed.clone());
        }
        let base = pair.1.and_then(|base| self.envelope(Digest(base)));
        let base = Base::new(base.as_ref().map_or(&[], |(envelope, artifact)| content(envelope, artifact)));
        let packed: Arc<[Vec<u8>]> =
            self.chunks(Digest(pair.0))?.map(|(start, chunk)| base.pack(start, chunk)).collect();
        if self.packed.len() >= MAX_PACKED {
            self.packed.clear();
        }
        self.packed.insert(pair, packed.clone());
        Some(packed)
    }

    /// Where each chunk of an artifact starts in its content, and its bytes.
    fn chunks(&self, digest: Digest) -> Option<impl Iterator<Item = (u32, &[u8])>> {
        let (envelope, artifact) = self.envelope(digest)?;
        let content = content(&envelope, artifact);
        let manifest = envelope.manifest().ok()?;
        Some((0..manifest.chunk_count()).map_while(move |index| {
            let range = manifest.chunk_range(index)?;
            Some((range.start, content.get(range.start as usize..range.end as usize)?))
        }))
    }

    fn envelope(&self, digest: Digest) -> Option<(Envelope<'_>, &[u8])> {
        let artifact = self.artifacts.get(&digest.0)?;
        Some((Envelope::parse(artifact).ok()?, artifact))
    }
}

/// What the chunks of an artifact are chunks of.
fn content<'a>(envelope: &Envelope<'_>, artifact: &'a [u8]) -> &'a [u8] {
    artifact.get(envelope.header().content_offset()..).unwrap_or_default()
}

fn payload(get: ChunkGet, bytes: &[u8]) -> Option<Vec<u8>> {
    let mut buffer = [0; MAX_CHUNK_PAYLOAD];
    let reply = ChunkReply { digest: get.digest, index: get.index, bytes };
    Some(reply.encode(&mut buffer).ok()?.to_vec())
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
    use sandgrain_agent::packed::unpack;
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
    fn packed_chunks_are_the_chunks() {
        let build = |counter, text| build(&Spec { counter, text, ..Spec::default() }, &trusted_key());
        let [old, new] = [build(1, 5000), build(2, 5500)];
        let mut content = Content::default();
        content.add(old.bytes.clone()).unwrap();
        content.add(new.bytes.clone()).unwrap();
        let absent = Digest([9; 32]);
        for (base, has) in [(Some(old.digest), old.content()), (None, &[]), (Some(absent), &[])] {
            let mut bytes = 0;
            for index in 0..new.chunks() {
                let get = PackedGet { chunk: ChunkGet { digest: new.digest, index }, base };
                let (topic, payload) = content.packed(get).unwrap();
                let reply = ChunkReply::decode(&payload).unwrap();
                assert_eq!((reply.digest, reply.index), (new.digest, index));
                bytes += reply.bytes.len();
                let whole = new.chunk(index).unwrap();
                if topic == Topic::Chunk {
                    assert_eq!(reply.bytes, whole);
                    continue;
                }
                let mut out = vec![0; whole.len()];
                let read = |at: u32, place: &mut [u8]| {
                    let from = has.get(at as usize..at as usize + place.len()).ok_or(())?;
                    place.copy_from_slice(from);
                    Ok::<(), ()>(())
                };
                unpack(reply.bytes, new.chunk_start(index).unwrap(), &mut out, read).unwrap();
                assert_eq!(out, whole);
            }
            assert!(bytes < new.content().len() * 2 / 3, "{bytes} of {}", new.content().len());
        }
        let chunk = ChunkGet { digest: new.digest, index: new.chunks() };
        assert_eq!(content.packed(PackedGet { chunk, base: None }), None);
        assert_eq!(content.packed(PackedGet { chunk: ChunkGet { digest: absent, index: 0 }, base: None }), None);
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
