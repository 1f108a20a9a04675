//! Against what a real edgecore was recorded to answer.

use super::*;

const DIGEST: &str = "module.control.digest";
const VERSION: &str = "module.control.version";

/// Recorded messages: step of the scenario, topic, payload.
fn recorded() -> Vec<(&'static str, &'static str, Value)> {
    let log = include_str!("../../../../../device-agent/tests/fixtures/kubeedge/twin.log");
    let mut step = "";
    let mut out = Vec::new();
    for line in log.lines().filter(|l| !l.starts_with("//")) {
        if let Some(title) = line.strip_prefix("### ") {
            step = title.split(' ').next().unwrap();
            continue;
        }
        let mut fields = line.splitn(6, ' ').skip(4);
        let topic = fields.next().unwrap();
        // The one payload that is no JSON is the empty one.
        out.push((step, topic, serde_json::from_str(fields.next().unwrap()).unwrap_or(Value::Null)));
    }
    out
}

/// Without what differs from run to run, and from one kind of property to another.
fn comparable(document: &Value) -> Value {
    let mut document = document.clone();
    let object = document.as_object_mut().unwrap();
    object.remove("timestamp");
    if object.contains_key("delta") {
        // A delta's id is fresh.
        assert!(!object.remove("event_id").unwrap().as_str().unwrap().is_empty());
    }
    strip(&mut document);
    document
}

fn strip(value: &mut Value) {
    let Some(object) = value.as_object_mut() else { return };
    object.remove("optional");
    object.remove("metadata");
    object.values_mut().for_each(strip);
}

fn parsed(messages: &[Message]) -> Vec<(&str, Value)> {
    messages
        .iter()
        .map(|(topic, payload)| (topic.as_str(), comparable(&serde_json::from_slice(payload).unwrap())))
        .collect()
}

/// A request of the scenario, if it is one, and what edgecore answered.
type Exchange = (Option<Value>, Vec<(&'static str, Value)>);

/// What was recorded of one step, request by request.
fn exchanges(step: &str) -> Vec<Exchange> {
    let mut out: Vec<Exchange> = Vec::new();
    for (_, topic, payload) in recorded().into_iter().filter(|m| m.0 == step) {
        match Address::parse(topic) {
            Some((_, Topic::TwinGet | Topic::TwinUpdate)) => out.push((Some(payload), Vec::new())),
            _ => {
                if out.is_empty() {
                    out.push((None, Vec::new()));
                }
                out.last_mut().unwrap().1.push((topic, comparable(&payload)));
            }
        }
    }
    out
}

#[test]
fn answers_are_edgecores() {
    let mut edge = Edge::default();
    let address = Address::new(Some("default"), "dev1").unwrap();
    edge.want(1, &address, DIGEST, "sha256:aaaa");
    edge.want(1, &address, VERSION, "7");
    let mut compared = 0;
    for step in ["2", "3", "4", "5", "7", "9"] {
        for (request, expected) in exchanges(step) {
            let answers = match (step, request) {
                (_, None) => edge.want(2, &address, DIGEST, "sha256:bbbb"),
                // Here a device sets what the cloud wants, which is not taken from it here. The cloud may, though.
                ("7", Some(_)) => {
                    edge.want(2, &address, DIGEST, "sha256:evil");
                    continue;
                }
                ("2", Some(request)) => edge.receive(2, &address, Topic::TwinGet, request.to_string().as_bytes()),
                (_, Some(request)) => edge.receive(2, &address, Topic::TwinUpdate, request.to_string().as_bytes()),
            };
            assert_eq!(parsed(&answers), expected, "step {step}");
            compared += expected.len();
        }
    }
    assert_eq!(compared, 14);
}

#[test]
fn refusals_are_edgecores() {
    for (step, topic) in [("2b", Topic::TwinGet), ("8a", Topic::TwinUpdate), ("8e", Topic::TwinUpdate)] {
        let mut edge = Edge::default();
        let address = Address::new(Some("default"), "dev1").unwrap();
        for (request, recorded) in exchanges(step).into_iter().filter(|e| !e.1.is_empty()) {
            let payload = request.filter(|r| !r.is_null()).map_or(String::new(), |r| r.to_string());
            let answers = edge.receive(2, &address, topic, payload.as_bytes());
            let [(_, answer)] = &parsed(&answers)[..] else { panic!("{answers:?}") };
            assert_eq!(answer["code"], recorded[0].1["code"], "step {step}");
            // JSON errors have other words.
            if step != "2b" {
                assert_eq!(answer["reason"], recorded[0].1["reason"], "step {step}");
            }
            assert!(edge.twins["dev1"].properties.is_empty());
        }
    }
}

#[test]
fn a_device_is_answered_in_its_own_form_of_topic() {
    let mut edge = Edge::default();
    let (old, new) = (Address::new(None, "d").unwrap(), Address::new(Some("default"), "d").unwrap());
    let topics = |messages: &[Message]| messages.iter().map(|m| m.0.clone()).collect::<Vec<_>>();
    assert!(topics(&edge.want(1, &new, "wasm.s", "v"))[0].contains("/default/d/"));
    let get = br#"{"event_id":"g1","timestamp":0}"#;
    let result = "$hw/events/device/d/twin/get/result";
    assert_eq!(topics(&edge.receive(1, &old, Topic::TwinGet, get)), [result]);
    let delta = "$hw/events/device/d/twin/update/delta";
    assert_eq!(topics(&edge.want(1, &new, "wasm.s", "u")).len(), 2);
    assert_eq!(topics(&edge.want(1, &new, "wasm.s", "w")).last().unwrap(), delta);
}

#[test]
fn a_device_sets_neither_what_is_wanted_nor_too_much() {
    let mut edge = Edge::default();
    let address = Address::new(None, "d").unwrap();
    edge.want(1, &address, "wasm.s", "good");
    let update = |edge: &mut Edge, payload: &str| edge.receive(1, &address, Topic::TwinUpdate, payload.as_bytes());
    update(&mut edge, r#"{"event_id":"u","twin":{"wasm.s":{"expected":{"value":"evil"},"actual":{"value":"old"}}}}"#);
    let property = &edge.twins["d"].properties["wasm.s"];
    assert_eq!(property.expected.as_ref().unwrap().value, "good");
    assert_eq!(edge.actual("d", "wasm.s"), Some("old"));
    for i in 0..100 {
        update(&mut edge, &format!(r#"{{"twin":{{"p{i}":{{"actual":{{"value":"x"}}}}}}}}"#));
    }
    assert_eq!(edge.twins["d"].properties.len(), MAX_PROPERTIES);
}

#[test]
fn what_a_device_reports_is_read() {
    let payload = br#"{"event_id":"u1","timestamp":0,"twin":{"wasm.s":{"actual":{"value":"v"}},"x":{"expected":{"value":"e"}},"y":null}}"#;
    assert_eq!(reported(payload), Some(vec![("wasm.s".to_owned(), "v".to_owned())]));
    assert_eq!(reported(b"{}"), None);
    assert_eq!(reported(b"{"), None);
}
