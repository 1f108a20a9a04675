//! What travels over MQTT, both directions: used by the device and by the host's controller.
//!
//! ```text
//! KubeEdge   $hw/events/device/[{namespace}/]{device}/twin/…   JSON, see `twin`
//! ours       sg/v1/{device}/manifest/get   → digest 32
//!            sg/v1/{device}/manifest       ← digest 32 ‖ header ‖ signature ‖ manifest
//!            sg/v1/{device}/chunk/get      → digest 32 ‖ index u32 le
//!            sg/v1/{device}/chunk          ← digest 32 ‖ index u32 le ‖ bytes
//!            sg/v1/{device}/packed/get     → digest 32 ‖ index u32 le ‖ digest of the base 32, or nothing
//!            sg/v1/{device}/packed         ← digest 32 ‖ index u32 le ‖ the chunk, packed: see `packed`
//!            sg/v1/{device}/keys           ← a rotation: see `sandgrain_artifact::rotation`
//!            sg/v1/{device}/status         → JSON, see `Status`
//!            sg/v1/{device}/heartbeat      → JSON, see `Heartbeat`
//!            sg/v1/{device}/data/{topic}   → whatever the module publishes
//! ```
//! The namespace is in the topics of KubeEdge 1.17 and later, and not before. A *digest* is the manifest digest:
//! sha256(header ‖ manifest) of the artifact. Encoders write into the caller's buffer and say when it is too small.

use core::fmt::Write;

use sandgrain_artifact::{Digest, MAX_ENVELOPE};

use crate::json::{JsonError, Reader};

/// Longest device name or namespace, in bytes.
pub const MAX_DEVICE: usize = 63;
/// Longest slot name, which is its module's name, and longest version, in bytes: those of a manifest.
pub const MAX_NAME: usize = sandgrain_artifact::manifest::MAX_NAME;
/// Longest rest of a module's own topic, `sg/v1/{device}/data/{topic}`.
pub const MAX_DATA_TOPIC: usize = 64;
/// Longest topic of this protocol.
pub const MAX_TOPIC: usize = 192;
/// Largest chunk, in bytes.
pub const MAX_CHUNK: usize = 4096;
/// Largest `manifest` payload.
pub const MAX_MANIFEST_PAYLOAD: usize = 32 + MAX_ENVELOPE;
/// Largest `chunk` payload.
pub const MAX_CHUNK_PAYLOAD: usize = 36 + MAX_CHUNK;
/// Largest status or heartbeat payload.
pub const MAX_STATUS: usize = 576;
/// Longest text in a status: why something happened, what a trap's stack says.
pub const MAX_TEXT: usize = 128;
/// Longest desired value: two names, a counter, a digest, and what stands between them.
pub const MAX_VALUE: usize = MAX_NAME * 2 + 1 + 1 + 10 + 8 + 64;
/// KubeEdge refuses longer property values.
pub const KUBEEDGE_MAX_VALUE: usize = 512;
const _: () = assert!(MAX_VALUE <= KUBEEDGE_MAX_VALUE);

/// Room for any topic.
pub type TopicBuffer = heapless::String<MAX_TOPIC>;
/// Room for any desired value.
pub type ValueBuffer = heapless::String<MAX_VALUE>;

/// Why a message could not be decoded or encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProtoError {
    /// Shorter than its fixed part of `need` bytes.
    Truncated { need: usize },
    /// Longer than the protocol allows.
    Oversized { max: usize },
    /// The caller's buffer does not hold the message.
    BufferTooSmall,
    /// A name, version or topic is empty, too long, or has characters outside of its set.
    BadName,
    /// A desired value that is not `{name}@{version}#{counter},sha256:{64 hex}` in its one spelling.
    BadValue(&'static str),
    /// Not the JSON that this message is.
    Json(JsonError),
    /// The JSON lacks a member.
    Missing(&'static str),
}

impl From<JsonError> for ProtoError {
    fn from(e: JsonError) -> Self {
        ProtoError::Json(e)
    }
}

impl From<core::fmt::Error> for ProtoError {
    fn from(_: core::fmt::Error) -> Self {
        ProtoError::BufferTooSmall
    }
}

impl core::fmt::Display for ProtoError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            ProtoError::Truncated { need } => write!(f, "message is shorter than {need} bytes"),
            ProtoError::Oversized { max } => write!(f, "message is longer than {max} bytes"),
            ProtoError::BufferTooSmall => write!(f, "buffer too small for the message"),
            ProtoError::BadName => write!(f, "name is empty, too long, or not of [a-zA-Z0-9._-]"),
            ProtoError::BadValue(why) => write!(f, "desired value: {why}"),
            ProtoError::Json(e) => write!(f, "{e}"),
            ProtoError::Missing(what) => write!(f, "JSON member {what:?} is missing"),
        }
    }
}

impl core::error::Error for ProtoError {}

/// Whether a slot may have this name, and a desired value this name and version: 1 to [`MAX_NAME`] of
/// `[a-zA-Z0-9._-]`.
pub fn is_name(name: &str) -> bool {
    name.len() <= MAX_NAME && is_device(name)
}

/// Whether a device or namespace may have this name: 1 to [`MAX_DEVICE`] of `[a-zA-Z0-9._-]`.
pub fn is_device(name: &str) -> bool {
    (1..=MAX_DEVICE).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

/// Whether a module may publish to `data/{topic}`: as MQTT demands of a topic name, without wildcards, control
/// characters, quotes and backslashes, and 1 to [`MAX_DATA_TOPIC`] bytes.
pub fn is_data_topic(topic: &str) -> bool {
    (1..=MAX_DATA_TOPIC).contains(&topic.len())
        && topic.bytes().all(|b| (0x21..0x7f).contains(&b) && !matches!(b, b'+' | b'#' | b'"' | b'\\'))
}

// ---------------------------------------------------------------------------------------------------- topics

/// A topic without the device in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic<'a> {
    /// Device asks edgecore for its twin.
    TwinGet,
    /// The answer.
    TwinGetResult,
    /// Device reports `actual`.
    TwinUpdate,
    /// The answer.
    TwinUpdateResult,
    /// edgecore's old and new state, after each update.
    TwinDocument,
    /// edgecore says what differs.
    TwinDelta,
    /// Device asks for a manifest.
    ManifestGet,
    /// The answer.
    Manifest,
    /// Device asks for a chunk.
    ChunkGet,
    /// The answer.
    Chunk,
    /// Device asks for a chunk, packed. Who cannot pack does not answer.
    PackedGet,
    /// The answer; [`Topic::Chunk`] is one as well.
    Packed,
    /// A rotation of keys; the device answers with a status.
    Keys,
    /// Device tells what it did.
    Status,
    /// Device lives.
    Heartbeat,
    /// The module's own.
    Data(&'a str),
}

const TWIN_TOPICS: [(Topic<'static>, &str); 6] = [
    (Topic::TwinGet, "twin/get"),
    (Topic::TwinGetResult, "twin/get/result"),
    (Topic::TwinUpdate, "twin/update"),
    (Topic::TwinUpdateResult, "twin/update/result"),
    (Topic::TwinDocument, "twin/update/document"),
    (Topic::TwinDelta, "twin/update/delta"),
];
const OWN_TOPICS: [(Topic<'static>, &str); 9] = [
    (Topic::ManifestGet, "manifest/get"),
    (Topic::Manifest, "manifest"),
    (Topic::ChunkGet, "chunk/get"),
    (Topic::Chunk, "chunk"),
    (Topic::PackedGet, "packed/get"),
    (Topic::Packed, "packed"),
    (Topic::Keys, "keys"),
    (Topic::Status, "status"),
    (Topic::Heartbeat, "heartbeat"),
];
const TWIN_PREFIX: &str = "$hw/events/device/";
const OWN_PREFIX: &str = "sg/v1/";
const _: () = assert!(TWIN_PREFIX.len() + MAX_DEVICE + 1 + MAX_DEVICE + 1 + "twin/update/document".len() <= MAX_TOPIC);
const _: () = assert!(OWN_PREFIX.len() + MAX_DEVICE + "/data/".len() + MAX_DATA_TOPIC <= MAX_TOPIC);

/// Where a device is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address<'a> {
    /// KubeEdge's namespace: `Some` for KubeEdge 1.17 and later, `None` for the topic form before.
    pub namespace: Option<&'a str>,
    /// Device name, which is also its MQTT identity.
    pub device: &'a str,
}

impl<'a> Address<'a> {
    /// Checks both names.
    pub fn new(namespace: Option<&'a str>, device: &'a str) -> Result<Address<'a>, ProtoError> {
        if !is_device(device) || namespace.is_some_and(|n| !is_device(n)) {
            return Err(ProtoError::BadName);
        }
        Ok(Address { namespace, device })
    }

    /// The topic's full text.
    pub fn topic(&self, topic: Topic<'_>) -> Result<TopicBuffer, ProtoError> {
        let mut out = TopicBuffer::new();
        if let Some((_, suffix)) = TWIN_TOPICS.iter().find(|(t, _)| *t == topic) {
            match self.namespace {
                Some(namespace) => write!(out, "{TWIN_PREFIX}{namespace}/{}/{suffix}", self.device)?,
                None => write!(out, "{TWIN_PREFIX}{}/{suffix}", self.device)?,
            }
        } else if let Some((_, suffix)) = OWN_TOPICS.iter().find(|(t, _)| *t == topic) {
            write!(out, "{OWN_PREFIX}{}/{suffix}", self.device)?;
        } else if let Topic::Data(rest) = topic {
            if !is_data_topic(rest) {
                return Err(ProtoError::BadName);
            }
            write!(out, "{OWN_PREFIX}{}/data/{rest}", self.device)?;
        }
        Ok(out)
    }

    /// Takes a topic apart. Topics of our own carry no namespace: it is `None` in their address.
    /// Returns `None` for a topic that is not of this protocol.
    pub fn parse(topic: &'a str) -> Option<(Address<'a>, Topic<'a>)> {
        if let Some(rest) = topic.strip_prefix(OWN_PREFIX) {
            let (device, suffix) = rest.split_once('/')?;
            let address = Address::new(None, device).ok()?;
            if let Some(data) = suffix.strip_prefix("data/") {
                return is_data_topic(data).then_some((address, Topic::Data(data)));
            }
            return OWN_TOPICS.iter().find(|(_, s)| *s == suffix).map(|(t, _)| (address, *t));
        }
        let rest = topic.strip_prefix(TWIN_PREFIX)?;
        // No suffix is the end of another at a '/', so at most one of the two forms fits.
        TWIN_TOPICS.iter().find_map(|(t, suffix)| {
            let names = rest.strip_suffix(suffix)?.strip_suffix('/')?;
            let (namespace, device) = match names.split_once('/') {
                Some((namespace, device)) => (Some(namespace), device),
                None => (None, names),
            };
            Some((Address::new(namespace, device).ok()?, *t))
        })
    }
}

// ----------------------------------------------------------------------------------------------------- value

/// A desired (and, echoed, an actual) value of the twin property of a slot:
/// `{name}@{version}#{counter},sha256:{digest as 64 lower-case hex digits}`.
///
/// One artifact has one spelling (no leading zeros or upper case), because KubeEdge compares strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Desired<'a> {
    /// The module's name.
    pub name: &'a str,
    /// Its version, for people.
    pub version: &'a str,
    /// Its security counter, which never goes back.
    pub counter: u32,
    /// Its manifest digest.
    pub digest: Digest,
}

impl<'a> Desired<'a> {
    /// Parses a value. Each part of it is checked, and no other spelling is taken.
    pub fn parse(value: &'a str) -> Result<Desired<'a>, ProtoError> {
        if value.len() > MAX_VALUE {
            return Err(ProtoError::Oversized { max: MAX_VALUE });
        }
        let bad = ProtoError::BadValue;
        let (name, rest) = value.split_once('@').ok_or(bad("no '@'"))?;
        let (version, rest) = rest.split_once('#').ok_or(bad("no '#'"))?;
        let (counter, digest) = rest.split_once(",sha256:").ok_or(bad("no ',sha256:'"))?;
        if !is_name(name) || !is_name(version) {
            return Err(ProtoError::BadName);
        }
        let digits = !counter.is_empty() && counter.bytes().all(|b| b.is_ascii_digit());
        if !digits || (counter.len() > 1 && counter.starts_with('0')) {
            return Err(bad("counter is not a plain decimal number"));
        }
        let counter = counter.parse().map_err(|_| bad("counter exceeds 32 bits"))?;
        let digest = parse_digest(digest).ok_or(bad("digest is not 64 lower-case hex digits"))?;
        Ok(Desired { name, version, counter, digest })
    }

    /// The value's text.
    pub fn to_value(&self) -> Result<ValueBuffer, ProtoError> {
        if !is_name(self.name) || !is_name(self.version) {
            return Err(ProtoError::BadName);
        }
        let mut out = ValueBuffer::new();
        let (name, version, counter) = (self.name, self.version, self.counter);
        write!(out, "{name}@{version}#{counter},sha256:{}", self.digest)?;
        Ok(out)
    }
}

/// The twin property of a slot, `wasm.{slot}`.
pub fn property(slot: &str) -> Result<heapless::String<{ 5 + MAX_NAME }>, ProtoError> {
    if !is_name(slot) {
        return Err(ProtoError::BadName);
    }
    let mut out = heapless::String::new();
    write!(out, "wasm.{slot}")?;
    Ok(out)
}

/// Reads 64 hex digits, lower case only: one digest has one spelling.
fn parse_digest(hex: &str) -> Option<Digest> {
    if hex.bytes().any(|b| b.is_ascii_uppercase()) {
        return None;
    }
    Digest::from_hex(hex)
}

// --------------------------------------------------------------------------------------------------- content

/// Payload of `manifest/get`: the digest alone.
pub fn decode_manifest_get(payload: &[u8]) -> Result<Digest, ProtoError> {
    match payload.try_into() {
        Ok(digest) => Ok(Digest(digest)),
        Err(_) if payload.len() < 32 => Err(ProtoError::Truncated { need: 32 }),
        Err(_) => Err(ProtoError::Oversized { max: 32 }),
    }
}

/// Payload of `manifest`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ManifestReply<'a> {
    /// What was asked for.
    pub digest: Digest,
    /// header ‖ signature ‖ manifest, as the .sg file begins. Empty: the controller does not have it.
    pub envelope: &'a [u8],
}

impl<'a> ManifestReply<'a> {
    /// Splits a payload. The envelope is unchecked.
    pub fn decode(payload: &'a [u8]) -> Result<Self, ProtoError> {
        let (digest, envelope) = payload.split_first_chunk().ok_or(ProtoError::Truncated { need: 32 })?;
        if envelope.len() > MAX_ENVELOPE {
            return Err(ProtoError::Oversized { max: MAX_MANIFEST_PAYLOAD });
        }
        Ok(ManifestReply { digest: Digest(*digest), envelope })
    }

    /// Writes the payload into `out` and returns it.
    pub fn encode<'o>(&self, out: &'o mut [u8]) -> Result<&'o [u8], ProtoError> {
        if self.envelope.len() > MAX_ENVELOPE {
            return Err(ProtoError::Oversized { max: MAX_MANIFEST_PAYLOAD });
        }
        join(out, [&self.digest.0, &[], self.envelope])
    }
}

/// Payload of `chunk/get`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChunkGet {
    /// Of which artifact.
    pub digest: Digest,
    /// Which chunk, from 0.
    pub index: u32,
}

impl ChunkGet {
    /// Bytes of the payload.
    pub const LEN: usize = 36;

    /// Reads a payload.
    pub fn decode(payload: &[u8]) -> Result<Self, ProtoError> {
        if payload.len() > Self::LEN {
            return Err(ProtoError::Oversized { max: Self::LEN });
        }
        let reply = ChunkReply::decode(payload)?;
        Ok(ChunkGet { digest: reply.digest, index: reply.index })
    }

    /// The payload.
    pub fn encode(&self) -> [u8; Self::LEN] {
        let mut out = [0; Self::LEN];
        out[..32].copy_from_slice(&self.digest.0);
        out[32..].copy_from_slice(&self.index.to_le_bytes());
        out
    }
}

/// Payload of `packed/get`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackedGet {
    /// Which chunk.
    pub chunk: ChunkGet,
    /// Of the artifact that the device has, whose content bytes may be taken from. `None`: it has none.
    pub base: Option<Digest>,
}

impl PackedGet {
    /// Bytes of the longest payload.
    pub const LEN: usize = ChunkGet::LEN + 32;

    /// Reads a payload.
    pub fn decode(payload: &[u8]) -> Result<Self, ProtoError> {
        let (chunk, base) =
            payload.split_at_checked(ChunkGet::LEN).ok_or(ProtoError::Truncated { need: ChunkGet::LEN })?;
        let base = match base {
            [] => None,
            base if base.len() > 32 => return Err(ProtoError::Oversized { max: Self::LEN }),
            base => Some(Digest(base.try_into().map_err(|_| ProtoError::Truncated { need: Self::LEN })?)),
        };
        Ok(PackedGet { chunk: ChunkGet::decode(chunk)?, base })
    }

    /// Writes the payload into `out` and returns it.
    pub fn encode<'o>(&self, out: &'o mut [u8]) -> Result<&'o [u8], ProtoError> {
        let base = self.base.as_ref().map_or(&[][..], |base| &base.0);
        join(out, [&self.chunk.encode(), base, &[]])
    }
}

/// Payload of `chunk`, and of `packed`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChunkReply<'a> {
    /// Of which artifact.
    pub digest: Digest,
    /// Which chunk, from 0.
    pub index: u32,
    /// Its bytes: the manifest's chunk size, or less in the last one. Packed: what they are made of.
    pub bytes: &'a [u8],
}

impl<'a> ChunkReply<'a> {
    /// Splits a payload. The bytes are unchecked.
    pub fn decode(payload: &'a [u8]) -> Result<Self, ProtoError> {
        let short = ProtoError::Truncated { need: 36 };
        let (digest, rest) = payload.split_first_chunk().ok_or(short)?;
        let (index, bytes) = rest.split_first_chunk().ok_or(short)?;
        if bytes.len() > MAX_CHUNK {
            return Err(ProtoError::Oversized { max: MAX_CHUNK_PAYLOAD });
        }
        Ok(ChunkReply { digest: Digest(*digest), index: u32::from_le_bytes(*index), bytes })
    }

    /// Writes the payload into `out` and returns it.
    pub fn encode<'o>(&self, out: &'o mut [u8]) -> Result<&'o [u8], ProtoError> {
        if self.bytes.len() > MAX_CHUNK {
            return Err(ProtoError::Oversized { max: MAX_CHUNK_PAYLOAD });
        }
        join(out, [&self.digest.0, &self.index.to_le_bytes(), self.bytes])
    }
}

fn join<'o>(out: &'o mut [u8], parts: [&[u8]; 3]) -> Result<&'o [u8], ProtoError> {
    let mut at = 0;
    for part in parts {
        let room = out.get_mut(at..at + part.len()).ok_or(ProtoError::BufferTooSmall)?;
        room.copy_from_slice(part);
        at += part.len();
    }
    Ok(&out[..at])
}

// ---------------------------------------------------------------------------------------------------- status

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        /// What a device reports on its status topic.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum StatusEvent { $($(#[$doc])* $name,)* }

        impl StatusEvent {
            /// All of them.
            pub const ALL: &'static [StatusEvent] = &[$(StatusEvent::$name,)*];

            /// The word in the JSON.
            pub const fn name(self) -> &'static str {
                match self { $(StatusEvent::$name => $text,)* }
            }
        }
    };
}

events! {
    /// Connected; `digest` is what runs, `target` and `abi` what it can run, `counter` the lowest that may be installed. Retained, so that a controller that comes
    /// later knows.
    Online = "online";
    /// Not connected any more. The device's last will, retained.
    Offline = "offline";
    /// The manifest passed every check.
    Manifest = "manifest";
    /// A chunk was written; `progress` counts chunks.
    Downloading = "downloading";
    /// All chunks are there and match.
    Verified = "verified";
    /// The module was started, on trial or (after a reset or a trap) again.
    Started = "started";
    /// The trial ended well: the module is the current one.
    Confirmed = "confirmed";
    /// The module was taken back; `why` says what it did.
    Reverted = "reverted";
    /// The digest will not be installed again.
    Quarantined = "quarantined";
    /// Not installed; `why` says which check failed. The running module is untouched.
    Refused = "refused";
    /// The keys of a rotation, whose `digest` this is, are the trusted ones.
    Rotated = "rotated";
    /// A module trapped or could not be started; `why` names the trap, `offset` the place in its code.
    Trapped = "trapped";
    /// The controller or edgecore does not answer; `why` names the topic. The device goes on asking.
    Stalled = "stalled";
}

/// Payload of `status`: `{"event":"refused","digest":"…","why":"signature","progress":{"done":3,"total":16},"offset":64,"stack":"1c0 c:1a2"}`
/// or `{"event":"online","target":"cortex-m4f","abi":1,"counter":7}`; all but the event optional.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status<'a> {
    /// What happened.
    pub event: StatusEvent,
    /// To which artifact.
    pub digest: Option<Digest>,
    /// Printable ASCII without quotes and backslashes; others are replaced by `?` on encoding.
    pub why: Option<&'a str>,
    /// Chunks there, chunks in all.
    pub progress: Option<(u32, u32)>,
    /// Byte offset in the artifact's code.
    pub offset: Option<u32>,
    /// What may lead to the callers of what is there, for `sandgrain trace --stack`.
    pub stack: Option<&'a str>,
    /// Name of the target that artifacts must be compiled for.
    pub target: Option<&'a str>,
    /// ABI version that artifacts must have.
    pub abi: Option<u16>,
    /// Lowest counter that artifacts may have.
    pub counter: Option<u32>,
}

impl<'a> Status<'a> {
    /// With nothing but the event.
    pub fn new(event: StatusEvent) -> Self {
        let (target, abi, counter) = (None, None, None);
        Status { event, digest: None, why: None, progress: None, offset: None, stack: None, target, abi, counter }
    }

    /// Writes the payload into `out` and returns it. [`MAX_STATUS`] bytes suffice; `why` and `stack` are cut
    /// at [`MAX_TEXT`] bytes.
    pub fn encode<'o>(&self, out: &'o mut [u8]) -> Result<&'o [u8], ProtoError> {
        let mut w = SliceWriter::new(out);
        write!(w, "{{\"event\":\"{}\"", self.event.name())?;
        if let Some(digest) = &self.digest {
            write!(w, ",\"digest\":\"{digest}\"")?;
        }
        if let Some(why) = self.why {
            write!(w, ",\"why\":\"{}\"", Plain(why))?;
        }
        if let Some((done, total)) = self.progress {
            write!(w, ",\"progress\":{{\"done\":{done},\"total\":{total}}}")?;
        }
        if let Some(offset) = self.offset {
            write!(w, ",\"offset\":{offset}")?;
        }
        if let Some(stack) = self.stack {
            write!(w, ",\"stack\":\"{}\"", Plain(stack))?;
        }
        if let Some(target) = self.target {
            write!(w, ",\"target\":\"{}\"", Plain(target))?;
        }
        if let Some(abi) = self.abi {
            write!(w, ",\"abi\":{abi}")?;
        }
        if let Some(counter) = self.counter {
            write!(w, ",\"counter\":{counter}")?;
        }
        w.write_str("}")?;
        Ok(w.finish())
    }

    /// Reads a payload; unknown members are skipped, an unknown event is refused.
    pub fn decode(payload: &'a [u8]) -> Result<Self, ProtoError> {
        if payload.len() > MAX_STATUS {
            return Err(ProtoError::Oversized { max: MAX_STATUS });
        }
        let mut event = None;
        let mut status = Status::new(StatusEvent::Online);
        let narrow = |n: u64| u32::try_from(n).map_err(|_| ProtoError::BadValue("number exceeds 32 bits"));
        let mut reader = Reader::new(payload)?;
        reader.object(|r, key| {
            match key {
                "event" => {
                    let name = r.string()?;
                    event = StatusEvent::ALL.iter().copied().find(|e| e.name() == name);
                }
                "digest" => status.digest = Some(parse_digest(r.string()?).ok_or(ProtoError::BadValue("digest"))?),
                "why" => status.why = Some(r.string()?),
                "offset" => status.offset = Some(narrow(r.unsigned()?)?),
                "stack" => status.stack = Some(r.string()?),
                "target" => status.target = Some(r.string()?),
                "abi" => {
                    let abi = u16::try_from(r.unsigned()?).map_err(|_| ProtoError::BadValue("abi exceeds 16 bits"))?;
                    status.abi = Some(abi);
                }
                "counter" => status.counter = Some(narrow(r.unsigned()?)?),
                "progress" => {
                    let (mut done, mut total) = (0, 0);
                    r.object(|r, key| {
                        match key {
                            "done" => done = narrow(r.unsigned()?)?,
                            "total" => total = narrow(r.unsigned()?)?,
                            _ => r.skip()?,
                        }
                        Ok::<_, ProtoError>(())
                    })?;
                    status.progress = Some((done, total));
                }
                _ => r.skip()?,
            }
            Ok::<_, ProtoError>(())
        })?;
        reader.end()?;
        status.event = event.ok_or(ProtoError::Missing("event"))?;
        Ok(status)
    }
}

/// Payload of `heartbeat`: `{"seq":7,"uptime_ms":1234,"module":"sensor@1.0.0"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heartbeat<'a> {
    /// Counts up by one a heartbeat, from 0 at each reset.
    pub seq: u32,
    /// Milliseconds since the reset.
    pub uptime_ms: u64,
    /// name@version of what runs.
    pub module: Option<&'a str>,
}

impl<'a> Heartbeat<'a> {
    /// Writes the payload into `out` and returns it. [`MAX_STATUS`] bytes suffice.
    pub fn encode<'o>(&self, out: &'o mut [u8]) -> Result<&'o [u8], ProtoError> {
        let mut w = SliceWriter::new(out);
        write!(w, "{{\"seq\":{},\"uptime_ms\":{}", self.seq, self.uptime_ms)?;
        if let Some(module) = self.module {
            write!(w, ",\"module\":\"{}\"", Plain(module))?;
        }
        w.write_str("}")?;
        Ok(w.finish())
    }

    /// Reads a payload; unknown members are skipped.
    pub fn decode(payload: &'a [u8]) -> Result<Self, ProtoError> {
        if payload.len() > MAX_STATUS {
            return Err(ProtoError::Oversized { max: MAX_STATUS });
        }
        let (mut seq, mut uptime_ms, mut module) = (None, None, None);
        let mut reader = Reader::new(payload)?;
        reader.object(|r, key| {
            match key {
                "seq" => seq = Some(r.unsigned()?),
                "uptime_ms" => uptime_ms = Some(r.unsigned()?),
                "module" => module = Some(r.string()?),
                _ => r.skip()?,
            }
            Ok::<_, JsonError>(())
        })?;
        reader.end()?;
        let seq = seq.and_then(|n| u32::try_from(n).ok()).ok_or(ProtoError::Missing("seq"))?;
        Ok(Heartbeat { seq, uptime_ms: uptime_ms.ok_or(ProtoError::Missing("uptime_ms"))?, module })
    }
}

/// Text that is put into a JSON string: what would need an escape becomes `?`, and it ends after [`MAX_TEXT`] bytes.
struct Plain<'a>(&'a str);

impl core::fmt::Display for Plain<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        for b in self.0.bytes().take(MAX_TEXT) {
            let plain = (0x20..0x7f).contains(&b) && b != b'"' && b != b'\\';
            f.write_char(if plain { b as char } else { '?' })?;
        }
        Ok(())
    }
}

/// Writes text into a caller's buffer; what does not fit is an error.
pub(crate) struct SliceWriter<'o> {
    out: &'o mut [u8],
    len: usize,
}

impl<'o> SliceWriter<'o> {
    pub(crate) fn new(out: &'o mut [u8]) -> Self {
        SliceWriter { out, len: 0 }
    }

    pub(crate) fn finish(self) -> &'o [u8] {
        &self.out[..self.len]
    }
}

impl Write for SliceWriter<'_> {
    fn write_str(&mut self, s: &str) -> core::fmt::Result {
        let room = self.out.get_mut(self.len..self.len + s.len()).ok_or(core::fmt::Error)?;
        room.copy_from_slice(s.as_bytes());
        self.len += s.len();
        Ok(())
    }
}

#[cfg(test)]
mod tests;
