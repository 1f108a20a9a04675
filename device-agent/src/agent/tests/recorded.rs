//! What the agent does at an edge that nobody here wrote: the messages that a real edgecore sent, in both topic forms, in
//! order, twice, with gaps and swapped. What it publishes is compared with `golden.txt`; SANDGRAIN_BLESS=1 writes that.

use std::borrow::ToOwned;
use std::path::Path;

use sandgrain_artifact::Digest;

use super::*;
use crate::proto::{Desired, StatusEvent};
use crate::twin::TwinDocument;

const LOG: &str = include_str!("../../../tests/fixtures/kubeedge/twin.log");
const GOLDEN: &str = include_str!("../../../tests/fixtures/kubeedge/golden.txt");

fn four() -> Packed {
    build(&Spec { version: "4.0.0", counter: 4, text: 7000, ..Spec::default() }, &trusted_key())
}

fn evil() -> Packed {
    build(&Spec { version: "5.0.0", counter: 5, ..Spec::default() }, &foreign_key())
}

/// A message of edgecore's to `dev1`: milliseconds since the first one, rest of the topic, payload.
type Recorded = (u64, String, String);

/// As recorded, but for names: of the property, and of the values that the cloud wants (and, later, what it was told),
/// which become values of artifacts that are there.
fn recorded() -> Vec<Recorded> {
    let names = [
        ("module.control.digest", "wasm.control".into()),
        ("sha256:aaaa", one().value),
        ("sha256:bbbb", two().value),
        ("sha256:cccc", four().value),
        ("sha256:evil", evil().value),
    ];
    let mut first = None;
    let lines = LOG.lines().filter(|line| !line.starts_with("//") && !line.starts_with("###"));
    let message = |line: &str| {
        let fields: Vec<&str> = line.splitn(6, ' ').collect();
        let topic = fields[4].strip_prefix("$hw/events/device/default/dev1/")?;
        // The device's own.
        if matches!(topic, "twin/get" | "twin/update") {
            return None;
        }
        let (seconds, fraction) = fields[0].split_once('.').unwrap();
        let at = seconds.parse::<u64>().unwrap() * 1000 + fraction[..3].parse::<u64>().unwrap();
        let payload = names.iter().fold(fields[5].to_owned(), |text, (from, to)| text.replace(from, to));
        Some((at - *first.get_or_insert(at), topic.to_owned(), payload))
    };
    lines.filter_map(message).collect()
}

/// What was published but for requests of chunks and progress, briefly: `get`, `manifest 2.0.0`, `actual 2.0.0`, events.
fn brief(topic: &str, payload: &[u8], values: &[Packed]) -> Option<String> {
    let version = |digest: Digest| {
        let found = values.iter().find(|p| p.digest == digest);
        found.map_or("?", |p| Desired::parse(&p.value).unwrap().version)
    };
    match Address::parse(topic).unwrap().1 {
        Topic::TwinGet => Some("get".into()),
        Topic::TwinUpdate => {
            let text = String::from_utf8(payload.to_vec()).unwrap();
            assert!(!text.contains("expected"), "a device never publishes what is wanted: {text}");
            let actual = TwinDocument::parse(payload, "wasm.control").unwrap().actual.unwrap();
            // Byte for byte, as it was wanted.
            assert!(actual == crate::agent::NOTHING || values.iter().any(|p| p.value == actual), "{actual}");
            Some(format!("actual {}", Desired::parse(actual).map_or(actual, |desired| desired.version)))
        }
        Topic::ManifestGet => {
            Some(format!("manifest {}", version(crate::proto::decode_manifest_get(payload).unwrap())))
        }
        Topic::Status => {
            let status = crate::proto::Status::decode(payload).unwrap();
            let why = status.why.map_or(String::new(), |why| format!(":{why}"));
            (status.event != StatusEvent::Downloading).then(|| format!("{}{why}", status.event.name()))
        }
        _ => None,
    }
}

/// Delivers these, each at its time, with a controller that has all that is wanted.
fn replay(namespace: Option<&'static str>, messages: &[Recorded], values: &[Packed]) -> String {
    let address = Address { namespace, device: "dev1" };
    let config = Config { address, heartbeat_ms: 0, trial_ms: 300, ..config(Protections::ALL) };
    let device = Device::boot(Flash::new(34), config, 0).unwrap();
    let mut rig = Rig {
        device,
        edge: Edge::new(address, SLOT, values.to_vec()),
        config,
        now: 0,
        started: 0,
        longest_twin: usize::MAX,
    };
    let mut told = Vec::new();
    rig.device.step(0, Event::Connected);
    settle(&mut rig, values, &mut told);
    let prefix = namespace.map_or("$hw/events/device/dev1/".into(), |n| format!("$hw/events/device/{n}/dev1/"));
    for (at, topic, payload) in messages {
        let at = rig.now.max(*at);
        while let Some(due) = rig.device.timer.filter(|due| *due <= at) {
            rig.now = due.max(rig.now);
            rig.device.step(rig.now, Event::Tick);
            settle(&mut rig, values, &mut told);
        }
        rig.now = at;
        let topic = [prefix.as_str(), topic].concat();
        rig.device.step(at, Event::Message { topic: &topic, payload: payload.as_bytes() });
        settle(&mut rig, values, &mut told);
    }
    told.push(format!("runs {}", rig.runs().unwrap_or("nothing")));
    told.join(", ")
}

/// As `Rig::pump`, but nobody answers for the twin.
fn settle(rig: &mut Rig, values: &[Packed], told: &mut Vec<String>) {
    loop {
        let out = core::mem::take(&mut rig.device.outbox);
        told.extend(out.iter().filter_map(|(topic, payload)| brief(topic, payload, values)));
        for (topic, payload) in out.iter().filter(|(topic, _)| topic.starts_with("sg/")) {
            for (topic, payload) in rig.edge.receive(topic, payload) {
                rig.device.step(rig.now, Event::Message { topic: &topic, payload: &payload });
            }
        }
        if !rig.module() && rig.device.outbox.is_empty() {
            return;
        }
    }
}

#[test]
fn recorded_traffic_is_followed_in_order_twice_with_gaps_and_swapped() {
    let messages = recorded();
    assert!(messages.len() > 20, "{}", messages.len());
    let mut cases = vec![("in order".to_owned(), messages.clone())];
    cases.push(("each twice".into(), messages.iter().flat_map(|m| [m.clone(), m.clone()]).collect()));
    for i in 0..messages.len() {
        let mut without = messages.clone();
        without.remove(i);
        cases.push((format!("without {i}"), without));
        let mut twice = messages.clone();
        twice.insert(i, messages[i].clone());
        cases.push((format!("{i} twice"), twice));
        if i + 1 < messages.len() {
            let mut swapped = messages.clone();
            swapped.swap(i, i + 1);
            cases.push((format!("{i} behind {}", i + 1), swapped));
        }
    }
    let values = [one(), two(), four(), evil()];
    let mut text = String::new();
    for (name, messages) in &cases {
        let told = replay(Some("default"), messages, &values);
        assert_eq!(told, replay(None, messages, &values), "{name}: the topics of KubeEdge up to 1.16");
        // Whatever is blessed: an update is begun once, however often it is heard of, and what is forged never runs.
        for version in ["1.0.0", "2.0.0", "4.0.0"] {
            let begun = told.matches(&format!("manifest {version}")).count();
            assert!(begun <= 1, "{name}: {version} was begun {begun} times");
        }
        assert!(told.ends_with("refused:signature, actual 4.0.0, runs control@4.0.0") || !name.starts_with("in order"));
        assert!(!told.contains("actual 5.0.0"), "{name}: {told}");
        text += &format!("{name}: {told}\n");
    }
    if std::env::var("SANDGRAIN_BLESS").is_ok() {
        let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/kubeedge/golden.txt");
        std::fs::write(place, &text).unwrap();
        return;
    }
    for (now, golden) in text.lines().zip(GOLDEN.lines()) {
        assert_eq!(now, golden);
    }
    assert_eq!(text.lines().count(), GOLDEN.lines().count());
}
