//! The host's half of the update protocol, for any number of devices.
//!
//! * [`content`]: which artifacts can be had, and the answers to `manifest/get`, `chunk/get` and `packed/get`
//! * [`edge`]: edgecore's part, for a fleet that has no KubeEdge (`--twin self`)
//! * [`session`]: the MQTT connection
//!
//! The controller itself is a function from a message to its answers; what a device asks for, it asks for again, so
//! that a controller may end and start over at any moment.

pub mod content;
pub mod edge;
pub mod session;

use sandgrain_agent::proto::{
    Address, ChunkGet, Heartbeat, PackedGet, Status, StatusEvent, Topic, decode_manifest_get,
};
use sandgrain_artifact::Digest;
use std::collections::BTreeMap;

pub use content::{Content, Offer};
pub use edge::Edge;
pub use session::{BrokerUrl, Session, TlsFiles};

/// A message to publish: topic and payload.
pub type Message = (String, Vec<u8>);

/// Who answers for the devices' twins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum TwinMode {
    /// This program plays edgecore's part.
    #[value(name = "self")]
    Own,
    /// A real edgecore on the same broker.
    Edgecore,
}

/// Something that a device did, or that happened to the connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sight {
    /// The connection to the broker stands, again.
    Connected,
    /// The connection to the broker is gone; it is made again.
    Lost(String),
    /// A device did something.
    Device {
        /// Its name.
        device: String,
        /// What.
        what: Deed,
    },
}

/// What a device did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// It told its status.
    Status(Report),
    /// It lives.
    Heartbeat {
        /// Counts up by one a heartbeat.
        seq: u32,
        /// Milliseconds since its reset.
        uptime_ms: u64,
        /// name@version of what runs.
        module: Option<String>,
    },
    /// Its module published something.
    Data {
        /// The module's part of the topic.
        topic: String,
        /// As it came.
        payload: Vec<u8>,
    },
    /// It asked for its twin.
    AskedForTwin,
    /// It reported what runs: the value of `wasm.{slot}`, for each slot named.
    Actual(Vec<(String, String)>),
    /// It asked for a manifest.
    AskedForManifest(Digest),
    /// It asked for a chunk.
    AskedForChunk {
        /// Which.
        chunk: ChunkGet,
        /// Bytes of it in the answer, which packing makes fewer.
        bytes: usize,
    },
}

/// A [`Status`], owned. Text comes from a device: it is shown, never trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What happened.
    pub event: StatusEvent,
    /// To which artifact.
    pub digest: Option<Digest>,
    /// Why.
    pub why: Option<String>,
    /// Chunks there, chunks in all.
    pub progress: Option<(u32, u32)>,
    /// Byte offset in the artifact's code.
    pub offset: Option<u32>,
    /// What may lead to the callers of what is there.
    pub stack: Option<String>,
    /// What artifacts must be compiled for.
    pub target: Option<String>,
    /// ABI version that artifacts must have.
    pub abi: Option<u16>,
    /// Lowest counter that it takes.
    pub counter: Option<u32>,
}

impl From<Status<'_>> for Report {
    fn from(status: Status<'_>) -> Report {
        let Status { event, digest, why, progress, offset, stack, target, abi, counter } = status;
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let (why, stack, target) = (owned(why), owned(stack), owned(target));
        Report { event, digest, why, progress, offset, stack, target, abi, counter }
    }
}

/// What can be had, and who wants what.
#[derive(Debug, Default)]
pub struct Controller {
    /// Artifacts.
    pub content: Content,
    /// Twins, unless a real edgecore keeps them.
    pub edge: Option<Edge>,
    /// What each device said when it last came or went.
    pub presence: BTreeMap<String, Report>,
}

impl Controller {
    /// A controller with nothing to serve.
    pub fn new(mode: TwinMode) -> Controller {
        Controller {
            content: Content::default(),
            edge: (mode == TwinMode::Own).then(Edge::default),
            ..Controller::default()
        }
    }

    /// Takes a message from a device: what follows from it, and what it says. `now_ms` counts since 1970.
    /// What is not of the protocol is dropped, and so is a question that nobody here can answer.
    pub fn receive(&mut self, now_ms: u64, topic: &str, payload: &[u8]) -> (Vec<Message>, Option<Sight>) {
        let Some((address, topic)) = Address::parse(topic) else { return (Vec::new(), None) };
        let mut answers = Vec::new();
        let what = match topic {
            Topic::TwinGet | Topic::TwinUpdate => {
                if let Some(edge) = &mut self.edge {
                    answers = edge.receive(now_ms, &address, topic, payload);
                }
                match topic {
                    Topic::TwinGet => Some(Deed::AskedForTwin),
                    _ => edge::reported(payload).map(Deed::Actual),
                }
            }
            Topic::ManifestGet => decode_manifest_get(payload).ok().map(|digest| {
                answers.extend(answer(&address, Topic::Manifest, Some(self.content.manifest(digest))));
                Deed::AskedForManifest(digest)
            }),
            Topic::ChunkGet => ChunkGet::decode(payload).ok().map(|chunk| {
                let answered = self.content.chunk(chunk).map(|payload| (Topic::Chunk, payload));
                asked_for_chunk(&address, chunk, answered, &mut answers)
            }),
            Topic::PackedGet => PackedGet::decode(payload)
                .ok()
                .map(|get| asked_for_chunk(&address, get.chunk, self.content.packed(get), &mut answers)),
            Topic::Status => Status::decode(payload).ok().map(|status| {
                if let StatusEvent::Online | StatusEvent::Offline = status.event {
                    self.presence.insert(address.device.to_owned(), status.into());
                }
                Deed::Status(status.into())
            }),
            Topic::Heartbeat => Heartbeat::decode(payload).ok().map(|beat| {
                let module = beat.module.map(str::to_owned);
                Deed::Heartbeat { seq: beat.seq, uptime_ms: beat.uptime_ms, module }
            }),
            Topic::Data(rest) => Some(Deed::Data { topic: rest.to_owned(), payload: payload.to_vec() }),
            _ => None,
        };
        (answers, what.map(|what| Sight::Device { device: address.device.to_owned(), what }))
    }
}

fn asked_for_chunk(
    address: &Address<'_>,
    chunk: ChunkGet,
    answered: Option<(Topic<'_>, Vec<u8>)>,
    answers: &mut Vec<Message>,
) -> Deed {
    let bytes = answered.as_ref().map_or(0, |(_, payload)| payload.len() - ChunkGet::LEN);
    answers.extend(answered.and_then(|(topic, payload)| answer(address, topic, Some(payload))));
    Deed::AskedForChunk { chunk, bytes }
}

fn answer(address: &Address<'_>, topic: Topic<'_>, payload: Option<Vec<u8>>) -> Option<Message> {
    Some((address.topic(topic).ok()?.as_str().to_owned(), payload?))
}
