use super::*;

const DIGEST: Digest = Digest([0xa5; 32]);

#[test]
fn topics_round_trip_in_both_forms() {
    for namespace in [None, Some("default")] {
        let address = Address::new(namespace, "dev1").unwrap();
        for (topic, _) in TWIN_TOPICS {
            assert_eq!(Address::parse(&address.topic(topic).unwrap()), Some((address, topic)));
        }
        for topic in OWN_TOPICS.iter().map(|t| t.0).chain([Topic::Data("temp/1")]) {
            let plain = Address { namespace: None, ..address };
            assert_eq!(Address::parse(&address.topic(topic).unwrap()), Some((plain, topic)));
        }
    }
    let old = Address::new(None, "dev1").unwrap();
    assert_eq!(old.topic(Topic::TwinGet).unwrap(), "$hw/events/device/dev1/twin/get");
    let new = Address::new(Some("default"), "dev1").unwrap();
    assert_eq!(new.topic(Topic::TwinDelta).unwrap(), "$hw/events/device/default/dev1/twin/update/delta");
    assert_eq!(new.topic(Topic::Data("temp")).unwrap(), "sg/v1/dev1/data/temp");
}

#[test]
fn names_of_the_protocol_as_device_names_are_not_mistaken() {
    for (namespace, device) in [(None, "twin"), (Some("twin"), "get"), (Some("x"), "twin"), (Some("twin"), "update")] {
        let address = Address::new(namespace, device).unwrap();
        for (topic, _) in TWIN_TOPICS {
            assert_eq!(Address::parse(&address.topic(topic).unwrap()), Some((address, topic)));
        }
    }
}

#[test]
fn the_longest_topics_fit() {
    let name = "n123456789".repeat_to::<MAX_DEVICE>();
    let address = Address::new(Some(&name), &name).unwrap();
    for (topic, _) in TWIN_TOPICS.iter().chain(&OWN_TOPICS) {
        address.topic(*topic).unwrap();
    }
    let data = "n123456789".repeat_to::<MAX_DATA_TOPIC>();
    address.topic(Topic::Data(&data)).unwrap();
}

trait RepeatTo {
    fn repeat_to<const N: usize>(&self) -> heapless::String<N>;
}

impl RepeatTo for str {
    fn repeat_to<const N: usize>(&self) -> heapless::String<N> {
        self.chars().cycle().take(N).collect()
    }
}

#[test]
fn foreign_topics_are_not_ours() {
    for topic in [
        "",
        "sg/v1/dev1",
        "sg/v1//chunk",
        "sg/v1/dev1/chunks",
        "sg/v2/dev1/chunk",
        "sg/v1/de v1/chunk",
        "sg/v1/dev1/data/",
        "$hw/events/device//twin/update/result",
        "$hw/events/device/a/b/c/twin/get",
        "$hw/events/device/default/dev1/twin/cloud_updated",
        "$hw/events/node/n/membership/get",
    ] {
        assert_eq!(Address::parse(topic), None, "{topic}");
    }
    assert_eq!(Address::new(None, "a/b"), Err(ProtoError::BadName));
    assert_eq!(Address::new(Some("+"), "a"), Err(ProtoError::BadName));
    for data in ["", "a b", "#", "x/+/y", "q\"", "é"] {
        assert!(!is_data_topic(data), "{data}");
    }
}

#[test]
fn values_have_one_spelling() {
    let hex = "0123456789abcdef".repeat_to::<64>();
    let text = |head: &str, hex: &str| {
        let mut s = heapless::String::<600>::new();
        write!(s, "{head},sha256:{hex}").unwrap();
        s
    };
    let good = text("control@1.4.0#17", &hex);
    let desired = Desired::parse(&good).unwrap();
    assert_eq!((desired.name, desired.version, desired.counter), ("control", "1.4.0", 17));
    assert_eq!(desired.digest.0[..3], [0x01, 0x23, 0x45]);
    assert_eq!(desired.to_value().unwrap(), good.as_str());
    assert!(Desired::parse(&text("c@1#0", &hex)).is_ok());
    assert!(Desired::parse(&text("c@1#4294967295", &hex)).is_ok());

    let long = "n".repeat_to::<{ MAX_NAME + 1 }>();
    for bad in [
        "",
        "sha256:aaaa",
        &text("c@1#4294967296", &hex),
        &text("c@1#017", &hex),
        &text("c@1#", &hex),
        &text("c@1#+1", &hex),
        &text("@1#1", &hex),
        &text("c@#1", &hex),
        &text("c d@1#1", &hex),
        &text("c@1@2#1", &hex),
        &text("c#1", &hex),
        &text("c@1", &hex),
        &text("c@1#1", &hex[1..]),
        &text("c@1#1", &hex.replace_first('a', 'A')),
        &text("c@1#1", &hex.replace_first('a', 'g')),
        &text("c@1#1", "é"),
        &text(&text(&long, "@1#1"), &hex),
        &text("c@1#1", &hex).replace_first(',', ';'),
    ] {
        assert!(Desired::parse(bad).is_err(), "{bad}");
    }
    let longest = Desired { name: &long[1..], version: &long[1..], counter: u32::MAX, digest: DIGEST };
    assert_eq!(longest.to_value().unwrap().len(), MAX_VALUE);
    assert_eq!(Desired::parse(&longest.to_value().unwrap()), Ok(longest));
}

trait ReplaceFirst {
    fn replace_first(&self, from: char, to: char) -> heapless::String<600>;
}

impl ReplaceFirst for str {
    fn replace_first(&self, from: char, to: char) -> heapless::String<600> {
        let mut done = false;
        self.chars()
            .map(|c| {
                let hit = c == from && !done;
                done |= hit;
                if hit { to } else { c }
            })
            .collect()
    }
}

#[test]
fn content_messages_round_trip_and_refuse_other_sizes() {
    let mut buffer = [0; MAX_CHUNK_PAYLOAD + 1];

    assert_eq!(decode_manifest_get(&DIGEST.0), Ok(DIGEST));
    assert_eq!(decode_manifest_get(&DIGEST.0[1..]), Err(ProtoError::Truncated { need: 32 }));
    assert_eq!(decode_manifest_get(&[0; 33]), Err(ProtoError::Oversized { max: 32 }));

    let reply = ManifestReply { digest: DIGEST, envelope: &[7; MAX_ENVELOPE] };
    let payload = reply.encode(&mut buffer).unwrap();
    assert_eq!(payload.len(), MAX_MANIFEST_PAYLOAD);
    assert_eq!(ManifestReply::decode(payload), Ok(reply));
    assert_eq!(ManifestReply::decode(&DIGEST.0), Ok(ManifestReply { digest: DIGEST, envelope: &[] }));
    assert_eq!(ManifestReply::decode(&[0; 31]), Err(ProtoError::Truncated { need: 32 }));
    let over = ProtoError::Oversized { max: MAX_MANIFEST_PAYLOAD };
    assert_eq!(ManifestReply::decode(&[0; MAX_MANIFEST_PAYLOAD + 1]), Err(over));
    let big = ManifestReply { digest: DIGEST, envelope: &[7; MAX_ENVELOPE + 1] };
    assert_eq!(big.encode(&mut buffer), Err(over));

    let get = ChunkGet { digest: DIGEST, index: 0x0102_0304 };
    assert_eq!(get.encode()[32..], [4, 3, 2, 1]);
    assert_eq!(ChunkGet::decode(&get.encode()), Ok(get));
    assert_eq!(ChunkGet::decode(&[0; 35]), Err(ProtoError::Truncated { need: 36 }));
    assert_eq!(ChunkGet::decode(&[0; 37]), Err(ProtoError::Oversized { max: 36 }));

    let chunk = ChunkReply { digest: DIGEST, index: 63, bytes: &[9; MAX_CHUNK] };
    let payload = chunk.encode(&mut buffer).unwrap();
    assert_eq!(payload.len(), MAX_CHUNK_PAYLOAD);
    assert_eq!(ChunkReply::decode(payload), Ok(chunk));
    let over = ProtoError::Oversized { max: MAX_CHUNK_PAYLOAD };
    assert_eq!(ChunkReply::decode(&[0; MAX_CHUNK_PAYLOAD + 1]), Err(over));
    assert_eq!(chunk.encode(&mut [0; 40]), Err(ProtoError::BufferTooSmall));
}

#[test]
fn status_and_heartbeat_round_trip() {
    let mut buffer = [0; MAX_STATUS];
    for event in StatusEvent::ALL {
        let status = Status::new(*event);
        assert_eq!(Status::decode(status.encode(&mut buffer).unwrap()), Ok(status));
    }
    let full = Status {
        event: StatusEvent::Trapped,
        digest: Some(DIGEST),
        why: Some("integer divide by zero"),
        progress: Some((u32::MAX, u32::MAX)),
        offset: Some(u32::MAX),
        stack: Some("1c0 c:1a2 5c:30e"),
        target: Some("cortex-m4f"),
        abi: Some(u16::MAX),
        counter: Some(u32::MAX),
    };
    let payload = full.encode(&mut buffer).unwrap();
    assert!(serde_json::from_slice::<serde_json::Value>(payload).is_ok());
    assert_eq!(Status::decode(payload), Ok(full));

    let hostile = "\"},\"event\":\"online\n\\".repeat_to::<512>();
    let status = Status { why: Some(&hostile), stack: Some(&hostile), ..full };
    let payload = status.encode(&mut buffer).unwrap();
    let value: serde_json::Value = serde_json::from_slice(payload).unwrap();
    assert_eq!(value["event"], "trapped");
    assert_eq!(value["why"].as_str().unwrap().len(), 128);
    assert_eq!(value["stack"].as_str().unwrap().len(), MAX_TEXT);

    assert_eq!(Status::decode(b"{}"), Err(ProtoError::Missing("event")));
    assert_eq!(Status::decode(br#"{"event":"exploded"}"#), Err(ProtoError::Missing("event")));
    assert!(matches!(Status::decode(b"{"), Err(ProtoError::Json(_))));

    let beat = Heartbeat { seq: 7, uptime_ms: 1 << 40, module: Some("sensor@1.0.0") };
    let payload = beat.encode(&mut buffer).unwrap();
    assert_eq!(payload, br#"{"seq":7,"uptime_ms":1099511627776,"module":"sensor@1.0.0"}"#);
    assert_eq!(Heartbeat::decode(payload), Ok(beat));
    assert_eq!(Heartbeat::decode(br#"{"seq":1}"#), Err(ProtoError::Missing("uptime_ms")));
    assert_eq!(beat.encode(&mut [0; 16]), Err(ProtoError::BufferTooSmall));
}
