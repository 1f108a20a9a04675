//! Device twins as edgecore keeps them: desired and reported values, answered over MQTT.
//!
//! Written after traffic recorded from edgecore; the tests compare with it. Two differences, on purpose: a device that
//! nobody knows yet has an empty twin (edgecore: 404), and `expected` that comes over MQTT is not taken (edgecore
//! takes it from anybody).

use std::collections::BTreeMap;

use sandgrain_agent::proto::{Address, Topic};
use sandgrain_agent::twin::is_value;
use serde_json::{Map, Value, json};

use super::Message;

/// edgecore's words.
const BAD_VALUE: &str = "The value of twin must only include upper or lowercase letters, number, english, and special \
                         letter - _ . , : / @ # and the length of value should be less than 512 bytes";
/// Properties that a device may have, so that a device gone wild does not fill the memory.
const MAX_PROPERTIES: usize = 64;

/// A value and when it was set, in ms since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stamped {
    value: String,
    at: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Property {
    expected: Option<Stamped>,
    actual: Option<Stamped>,
}

impl Property {
    fn differs(&self) -> bool {
        self.expected.as_ref().is_some_and(|e| self.actual.as_ref().is_none_or(|a| a.value != e.value))
    }

    fn to_json(&self) -> Value {
        let mut out = Map::new();
        for (side, value) in [("expected", &self.expected), ("actual", &self.actual)] {
            if let Some(Stamped { value, at }) = value {
                out.insert(side.to_owned(), json!({ "value": value, "metadata": { "timestamp": at } }));
            }
        }
        out.insert("optional".to_owned(), json!(true));
        out.insert("metadata".to_owned(), json!({ "type": "string" }));
        Value::Object(out)
    }
}

/// One device.
#[derive(Debug, Clone, Default)]
struct Twin {
    /// As in the device's topics: with KubeEdge 1.17 and later, there is one.
    namespace: Option<String>,
    /// It was sent its whole twin once.
    asked: bool,
    properties: BTreeMap<String, Property>,
}

/// The twins of all devices that were heard of.
#[derive(Debug, Default)]
pub struct Edge {
    twins: BTreeMap<String, Twin>,
    events: u64,
}

impl Edge {
    /// The cloud wants `value` of a device's property. The topics have the namespace that the device itself uses;
    /// as long as it has not been heard of, that of `address`.
    ///
    /// Of a device that has not asked yet it is unknown what it was told before: it may have heard this value
    /// already, and keep silent. Unlike edgecore this therefore sends it the whole twin, as if it had asked.
    pub fn want(&mut self, now_ms: u64, address: &Address<'_>, property: &str, value: &str) -> Vec<Message> {
        let event = self.fresh();
        let twin = self.twins.entry(address.device.to_owned()).or_insert_with(|| Twin::at(address));
        let known = twin.properties.entry(property.to_owned()).or_default();
        let before = known.clone();
        known.expected = Some(Stamped { value: value.to_owned(), at: now_ms });
        let mut out = twin.changed(now_ms, address.device, &event, "", &[(property.to_owned(), Some(before))]);
        if !std::mem::replace(&mut twin.asked, true) {
            out.push(message(address, Topic::TwinGetResult, &twin.answer(now_ms, "")));
        }
        out
    }

    /// What a device reported last.
    pub fn actual(&self, device: &str, property: &str) -> Option<&str> {
        Some(&self.twins.get(device)?.properties.get(property)?.actual.as_ref()?.value)
    }

    /// A message from a device, and what it is answered with.
    pub fn receive(&mut self, now_ms: u64, address: &Address<'_>, topic: Topic<'_>, payload: &[u8]) -> Vec<Message> {
        let event = self.fresh();
        let twin = self.twins.entry(address.device.to_owned()).or_insert_with(|| Twin::at(address));
        twin.namespace = address.namespace.map(str::to_owned);
        let request: Result<Value, _> = serde_json::from_slice(payload);
        let id = request.as_ref().ok().and_then(|r| r["event_id"].as_str()).unwrap_or_default().to_owned();
        let refusal = |reason: &str| json!({ "event_id": id, "timestamp": now_ms, "code": 400, "reason": reason });
        let reply = |topic, document: Value| vec![message(address, topic, &document)];
        match (topic, request) {
            (Topic::TwinGet, Ok(_)) => {
                twin.asked = true;
                let answer = twin.answer(now_ms, &id);
                reply(Topic::TwinGetResult, answer)
            }
            (Topic::TwinGet, Err(e)) => reply(Topic::TwinGetResult, refusal(&e.to_string())),
            (Topic::TwinUpdate, Ok(request)) => match twin.update(now_ms, &request) {
                Ok((answer, changes)) => {
                    let document = json!({ "event_id": id, "timestamp": now_ms, "twin": answer });
                    let mut out = reply(Topic::TwinUpdateResult, document);
                    out.extend(twin.changed(now_ms, address.device, &event, &id, &changes));
                    out
                }
                Err(reason) => reply(Topic::TwinUpdateResult, refusal(reason)),
            },
            (Topic::TwinUpdate, Err(e)) => reply(Topic::TwinUpdateResult, refusal(&e.to_string())),
            _ => Vec::new(),
        }
    }

    /// An event id that was not there before. edgecore's are UUIDs; nobody may rely on that.
    fn fresh(&mut self) -> String {
        self.events += 1;
        format!("edge-{}", self.events)
    }
}

/// A property and what it was before the change.
type Change = (String, Option<Property>);

impl Twin {
    fn at(address: &Address<'_>) -> Twin {
        Twin { namespace: address.namespace.map(str::to_owned), ..Twin::default() }
    }

    /// The whole twin.
    fn answer(&self, now_ms: u64, request: &str) -> Value {
        let all: Map<String, Value> = self.properties.iter().map(|(name, p)| (name.clone(), p.to_json())).collect();
        json!({ "event_id": request, "timestamp": now_ms, "twin": all })
    }

    /// Takes what a device reports: the answer, and what has changed.
    fn update(&mut self, now_ms: u64, request: &Value) -> Result<(Map<String, Value>, Vec<Change>), &'static str> {
        let reported = request["twin"].as_object().ok_or("Update twin error, key:twin does not exist")?;
        let values = || reported.values().filter_map(|p| p["actual"]["value"].as_str());
        if !values().all(is_value) || !reported.keys().all(|name| name.len() <= 128 && is_value(name)) {
            return Err(BAD_VALUE);
        }
        let (mut answer, mut changes) = (Map::new(), Vec::new());
        for (name, property) in reported {
            let before = self.properties.get(name).cloned();
            if property.is_null() {
                self.properties.remove(name);
                answer.insert(name.clone(), Value::Null);
            } else if let Some(value) = property["actual"]["value"].as_str() {
                if before.is_none() && self.properties.len() >= MAX_PROPERTIES {
                    return Err("this device has too many properties");
                }
                let actual = Some(Stamped { value: value.to_owned(), at: now_ms });
                answer.insert(name.clone(), Property { expected: None, actual: actual.clone() }.to_json());
                self.properties.entry(name.clone()).or_default().actual = actual;
            } else {
                continue;
            }
            changes.push((name.clone(), before));
        }
        Ok((answer, changes))
    }

    /// A document with the changes; a delta while anything differs.
    fn changed(&self, now_ms: u64, device: &str, event: &str, request: &str, changes: &[Change]) -> Vec<Message> {
        let Ok(address) = Address::new(self.namespace.as_deref(), device) else { return Vec::new() };
        let show = |property: Option<&Property>| property.map_or(Value::Null, Property::to_json);
        let changed = changes.iter().map(|(name, before)| {
            let before = before.as_ref().filter(|p| p.expected.is_some() || p.actual.is_some());
            (name.clone(), json!({ "last": show(before), "current": show(self.properties.get(name)) }))
        });
        let changed: Map<String, Value> = changed.collect();
        let document = json!({ "event_id": request, "timestamp": now_ms, "twin": changed });
        let mut out = vec![message(&address, Topic::TwinDocument, &document)];

        let delta = self.properties.iter().filter(|(_, p)| p.differs());
        let delta: Map<String, Value> =
            delta.filter_map(|(name, p)| Some((name.clone(), json!(p.expected.as_ref()?.value)))).collect();
        if !delta.is_empty() {
            let wanted = self.properties.iter().filter(|(_, p)| p.expected.is_some());
            let twin: Map<String, Value> = wanted.map(|(name, p)| (name.clone(), p.to_json())).collect();
            let document = json!({ "event_id": event, "timestamp": now_ms, "twin": twin, "delta": delta });
            out.push(message(&address, Topic::TwinDelta, &document));
        }
        out
    }
}

fn message(address: &Address<'_>, topic: Topic<'_>, document: &Value) -> Message {
    // Addresses here were parsed from a topic, or checked: another topic of the same device fits.
    (address.topic(topic).map(|topic| topic.as_str().to_owned()).unwrap_or_default(), document.to_string().into_bytes())
}

/// Property and value of everything that a `twin/update` reports as actual.
pub fn reported(payload: &[u8]) -> Option<Vec<(String, String)>> {
    let request: Value = serde_json::from_slice(payload).ok()?;
    let twin = request["twin"].as_object()?;
    let actual = |(name, p): (&String, &Value)| Some((name.clone(), p["actual"]["value"].as_str()?.to_owned()));
    Some(twin.iter().filter_map(actual).collect())
}

#[cfg(test)]
mod tests;
