//! The other end of the wire: edgecore's twin and the controller that serves artifacts.

use std::format;
use std::string::{String, ToString};
use std::vec;
use std::vec::Vec;

use sandgrain_artifact::{Digest, KeySet};

use super::module::{Packed, trusted_key};
use crate::packed::pack::Base;
use crate::proto::{
    Address, ChunkGet, ChunkReply, MAX_CHUNK_PAYLOAD, ManifestReply, PackedGet, Status, StatusEvent, Topic,
    decode_manifest_get, property,
};
use crate::twin::{self, MAX_TWIN, Property, TwinDocument};

/// A message to the device.
pub type Message = (String, Vec<u8>);

/// One device's twin and the artifacts it may ask for.
pub struct Edge {
    address: Address<'static>,
    property: String,
    /// What the cloud wants.
    pub expected: Option<String>,
    /// What the device reported last.
    pub actual: Option<String>,
    /// Every artifact that can be asked for.
    pub catalog: Vec<Packed>,
    /// Statuses that have arrived, as JSON.
    pub statuses: Vec<String>,
    /// Manifests and chunks that were asked for.
    pub requests: u32,
    /// Answers when it is asked for packed chunks.
    pub packs: bool,
    /// Bytes of all chunks sent, packed or not.
    pub chunk_bytes: u64,
    /// Keys that the device is to go over to, until it says that it has.
    pub rotation: Option<KeySet>,
    /// Served in place of what was asked for: a controller that lies.
    pub swap: Option<(Digest, Digest)>,
    events: u32,
}

impl Edge {
    /// An edge that knows a device and its slot.
    pub fn new(address: Address<'static>, slot: &str, catalog: Vec<Packed>) -> Edge {
        let property = property(slot).expect("a name").as_str().into();
        Edge {
            address,
            property,
            expected: None,
            actual: None,
            catalog,
            statuses: Vec::new(),
            requests: 0,
            packs: true,
            chunk_bytes: 0,
            rotation: None,
            swap: None,
            events: 0,
        }
    }

    fn topic(&self, topic: Topic<'_>) -> String {
        self.address.topic(topic).expect("valid names").as_str().into()
    }

    fn twin(&self) -> Property<'_> {
        Property { name: &self.property, expected: self.expected.as_deref(), actual: self.actual.as_deref() }
    }

    /// The cloud wants another value.
    pub fn desire(&mut self, value: &str) -> Vec<Message> {
        self.expected = Some(value.to_string());
        self.changed()
    }

    /// A document after each change; a delta while there is a difference.
    fn changed(&mut self) -> Vec<Message> {
        self.events += 1;
        let mut buffer = [0; MAX_TWIN];
        let id = format!("fresh-{}", self.events);
        let document = twin::write_document(&id, 1, &self.twin(), &mut buffer).expect("fits").to_vec();
        let mut out = vec![(self.topic(Topic::TwinDocument), document)];
        if self.expected.is_some() && self.expected != self.actual {
            let delta = twin::write_delta(&id, 1, &self.twin(), &mut buffer).expect("fits").to_vec();
            out.push((self.topic(Topic::TwinDelta), delta));
        }
        out
    }

    /// A message from the device, and what it is answered with.
    pub fn receive(&mut self, topic: &str, payload: &[u8]) -> Vec<Message> {
        let (_, topic) = Address::parse(topic).expect("the agent publishes on topics of the protocol only");
        let mut buffer = [0; MAX_TWIN];
        match topic {
            Topic::TwinGet => {
                let request = TwinDocument::parse(payload, &self.property).expect("valid twin/get");
                let answer = twin::write_result(request.event_id, 1, &self.twin(), &mut buffer).expect("fits");
                vec![(self.topic(Topic::TwinGetResult), answer.to_vec())]
            }
            Topic::TwinUpdate => {
                let request = TwinDocument::parse(payload, &self.property).expect("valid twin/update");
                assert_eq!(request.expected, None, "a device must not set what the cloud wants");
                self.actual = request.actual.map(String::from);
                let answered = Property { expected: None, ..self.twin() };
                let answer = twin::write_result(request.event_id, 1, &answered, &mut buffer).expect("fits");
                let mut out = vec![(self.topic(Topic::TwinUpdateResult), answer.to_vec())];
                out.extend(self.changed());
                out
            }
            Topic::ManifestGet => self.serve_manifest(decode_manifest_get(payload).expect("valid manifest/get")),
            Topic::ChunkGet => self.serve_chunk(ChunkGet::decode(payload).expect("valid chunk/get")),
            Topic::PackedGet if !self.packs => Vec::new(),
            Topic::PackedGet => self.serve_packed(PackedGet::decode(payload).expect("valid packed/get")),
            Topic::Status => {
                let status = Status::decode(payload).expect("valid status");
                if status.event == StatusEvent::Rotated {
                    self.rotation.take_if(|set| status.digest == Some(set.digest()));
                }
                self.statuses.push(String::from_utf8_lossy(payload).into());
                Vec::new()
            }
            Topic::Heartbeat => Vec::new(),
            other => panic!("the device published {other:?}"),
        }
    }

    /// The rotation that is not answered yet, signed by the key that devices of the simulation trust.
    pub fn rotate(&self) -> Vec<Message> {
        let record = self.rotation.map(|set| set.sign(&trusted_key()));
        record.map(|record| (self.topic(Topic::Keys), record.to_vec())).into_iter().collect()
    }

    fn find(&self, digest: Digest) -> Option<&Packed> {
        let wanted = self.swap.filter(|(asked, _)| *asked == digest).map_or(digest, |(_, other)| other);
        self.catalog.iter().find(|p| p.digest == wanted)
    }

    fn serve_manifest(&mut self, digest: Digest) -> Vec<Message> {
        self.requests += 1;
        let envelope = self.find(digest).map_or(Vec::new(), |p| p.envelope().bytes().to_vec());
        let mut buffer = [0; MAX_CHUNK_PAYLOAD];
        let payload = ManifestReply { digest, envelope: &envelope }.encode(&mut buffer).expect("fits").to_vec();
        vec![(self.topic(Topic::Manifest), payload)]
    }

    fn serve_chunk(&mut self, get: ChunkGet) -> Vec<Message> {
        self.requests += 1;
        let bytes = self.find(get.digest).and_then(|p| p.chunk(get.index)).map(<[u8]>::to_vec);
        self.chunk(Topic::Chunk, get, bytes)
    }

    fn serve_packed(&mut self, get: PackedGet) -> Vec<Message> {
        self.requests += 1;
        let base = get.base.and_then(|base| self.find(base)).map_or(&[][..], |p| p.content());
        let packed = self
            .find(get.chunk.digest)
            .and_then(|p| Some(Base::new(base).pack(p.chunk_start(get.chunk.index)?, p.chunk(get.chunk.index)?)));
        self.chunk(Topic::Packed, get.chunk, packed)
    }

    fn chunk(&mut self, topic: Topic<'_>, get: ChunkGet, bytes: Option<Vec<u8>>) -> Vec<Message> {
        let Some(bytes) = bytes else { return Vec::new() };
        self.chunk_bytes += bytes.len() as u64;
        let mut buffer = [0; MAX_CHUNK_PAYLOAD];
        let reply = ChunkReply { digest: get.digest, index: get.index, bytes: &bytes };
        let payload = reply.encode(&mut buffer).expect("fits").to_vec();
        vec![(self.topic(topic), payload)]
    }
}
