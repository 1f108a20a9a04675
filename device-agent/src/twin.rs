//! KubeEdge's device twin documents: one reader for all of them, and writers for both sides.
//!
//! ```text
//! device  → twin/get            {"event_id":"g1","timestamp":0}
//! edge    → twin/get/result     {"event_id":"g1","timestamp":…,"twin":{P:{"expected":{"value":V,…},"actual":{…},…}}}
//!           or                  {"event_id":"g1","timestamp":…,"code":404,"reason":"…"}
//! device  → twin/update         {"event_id":"u1","timestamp":0,"twin":{P:{"actual":{"value":V}}}}
//! edge    → twin/update/result  {"event_id":"u1","timestamp":…,"twin":{P:{"actual":{"value":V,…},…}}}
//! edge    → twin/update/document {"event_id":…,"timestamp":…,"twin":{P:{"last":{…},"current":{"expected":…,"actual":…}}}}
//! edge    → twin/update/delta   {"event_id":…,"timestamp":…,"twin":{all of them},"delta":{P:V,…}}
//! ```
//! Source: traffic recorded from edgecore (see `tests/fixtures/kubeedge`). Properties that are not ours and members
//! that are not known are skipped. A device never writes `expected`: that would bump the edge's version and make
//! edgecore refuse the cloud's next value. Nor does it trust `expected`, which any MQTT client can set: what it
//! names is installed only with a signature.

use core::fmt::Write;

use crate::json::{JsonError, Reader};
use crate::proto::{ProtoError, SliceWriter};

/// Largest twin document that a device reads, in bytes. Two properties take 547, KubeEdge's longest values 2.7 KB.
pub const MAX_TWIN: usize = 4096;
/// Largest twin document that a device writes, in bytes.
pub const MAX_TWIN_REQUEST: usize = 64 + 20 + 80 + 2 * crate::proto::MAX_VALUE;

/// What a twin document says about one property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TwinDocument<'a> {
    /// Echo of the request's id; a delta has a fresh one each time, also for the same delta.
    pub event_id: &'a str,
    /// edgecore refused the request.
    pub error: Option<TwinFailure<'a>>,
    /// What the cloud wants: the `delta` member's value if there is one, else the twin's `expected`.
    pub expected: Option<&'a str>,
    /// What the device last reported.
    pub actual: Option<&'a str>,
}

/// edgecore's refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TwinFailure<'a> {
    /// 400 or 404.
    pub code: u64,
    /// For people; JSON escapes stay as they stand.
    pub reason: &'a str,
}

impl<'a> TwinDocument<'a> {
    /// Reads any of the twin documents, for the property of this name. Of a property that is listed twice, the last
    /// counts. Does not panic; no allocation; time linear in the document.
    pub fn parse(document: &'a [u8], property: &str) -> Result<TwinDocument<'a>, ProtoError> {
        if document.len() > MAX_TWIN {
            return Err(ProtoError::Oversized { max: MAX_TWIN });
        }
        let mut out = TwinDocument::default();
        let mut delta = None;
        let (mut code, mut reason) = (None, "");
        let mut reader = Reader::new(document)?;
        reader.object(|r, key| {
            match key {
                "event_id" => out.event_id = r.string()?,
                "code" => code = Some(r.unsigned()?),
                "reason" => reason = r.string()?,
                "twin" if !r.null()? => member(r, property, |r| {
                    (out.expected, out.actual) = property_values(r)?;
                    Ok(())
                })?,
                "delta" if !r.null()? => member(r, property, |r| {
                    delta = Some(r.string()?);
                    Ok(())
                })?,
                // The guards above have consumed a null.
                "twin" | "delta" => {}
                _ => r.skip()?,
            }
            Ok::<_, JsonError>(())
        })?;
        reader.end()?;
        out.expected = delta.or(out.expected);
        out.error = code.map(|code| TwinFailure { code, reason });
        Ok(out)
    }
}

/// Reads an object, handing the member of this name to `found` and skipping the others.
fn member<'a>(
    r: &mut Reader<'a>,
    name: &str,
    mut found: impl FnMut(&mut Reader<'a>) -> Result<(), JsonError>,
) -> Result<(), JsonError> {
    r.object(|r, key| if key == name { found(r) } else { r.skip() })
}

/// Expected and actual value of a property.
type Values<'a> = (Option<&'a str>, Option<&'a str>);

/// Reads `{"expected":{"value":V,…},"actual":{"value":V,…},…}` or null; a document has that in `"current"`.
fn property_values<'a>(r: &mut Reader<'a>) -> Result<Values<'a>, JsonError> {
    let mut values = (None, None);
    if r.null()? {
        return Ok(values);
    }
    r.object(|r, key| match key {
        "current" if r.null()? => Ok(()),
        "current" => r.object(|r, key| side(r, key, &mut values)),
        _ => side(r, key, &mut values),
    })?;
    Ok(values)
}

/// Reads a member of a property: `{"value":V,…}` or null, if it is one of the two that count.
fn side<'a>(r: &mut Reader<'a>, key: &str, values: &mut Values<'a>) -> Result<(), JsonError> {
    let value = match key {
        "expected" => &mut values.0,
        "actual" => &mut values.1,
        _ => return r.skip(),
    };
    if r.null()? {
        return Ok(());
    }
    member(r, "value", |r| {
        *value = Some(r.string()?);
        Ok(())
    })
}

/// Whether KubeEdge takes this as a property's value (`[a-zA-Z0-9-_.,:/@#]{1,512}`) on `twin/update`. It answers
/// others on a topic that no device subscribes to.
pub fn is_value(value: &str) -> bool {
    (1..=crate::proto::KUBEEDGE_MAX_VALUE).contains(&value.len())
        && value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.,:/@#".contains(&b))
}

/// One property, for the writers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Property<'a> {
    /// Name, `wasm.{slot}`.
    pub name: &'a str,
    /// What the cloud wants.
    pub expected: Option<&'a str>,
    /// What the device reports.
    pub actual: Option<&'a str>,
}

/// `twin/get`, by the device.
pub fn write_get(event_id: u32, out: &mut [u8]) -> Result<&[u8], ProtoError> {
    let mut w = SliceWriter::new(out);
    write!(w, "{{\"event_id\":\"g{event_id}\",\"timestamp\":0}}")?;
    Ok(w.finish())
}

/// `twin/update` with `actual`, by the device. The value is checked here, since edgecore's refusal would not arrive.
pub fn write_actual<'o>(event_id: u32, property: &str, value: &str, out: &'o mut [u8]) -> Result<&'o [u8], ProtoError> {
    check(&Property { name: property, expected: None, actual: Some(value) })?;
    let mut w = SliceWriter::new(out);
    write!(w, "{{\"event_id\":\"u{event_id}\",\"timestamp\":0,\"twin\":{{")?;
    write!(w, "\"{property}\":{{\"actual\":{{\"value\":\"{value}\"}}}}}}}}")?;
    Ok(w.finish())
}

/// `twin/get/result` or `twin/update/result`, by whoever plays edgecore. The event id is the request's.
pub fn write_result<'o>(
    event_id: &str,
    timestamp: u64,
    property: &Property<'_>,
    out: &'o mut [u8],
) -> Result<&'o [u8], ProtoError> {
    let mut w = SliceWriter::new(out);
    write_twin(&mut w, event_id, timestamp, property)?;
    w.write_str("}")?;
    Ok(w.finish())
}

/// `twin/update/delta`, by whoever plays edgecore. `property.expected` is the delta; there must be one.
pub fn write_delta<'o>(
    event_id: &str,
    timestamp: u64,
    property: &Property<'_>,
    out: &'o mut [u8],
) -> Result<&'o [u8], ProtoError> {
    let expected = property.expected.ok_or(ProtoError::Missing("expected"))?;
    let mut w = SliceWriter::new(out);
    write_twin(&mut w, event_id, timestamp, property)?;
    write!(w, ",\"delta\":{{\"{}\":\"{expected}\"}}}}", property.name)?;
    Ok(w.finish())
}

/// `twin/update/document`, by whoever plays edgecore: after each change of a property, what it is now. What it was
/// before is left out (`null`, as for a new property).
pub fn write_document<'o>(
    event_id: &str,
    timestamp: u64,
    property: &Property<'_>,
    out: &'o mut [u8],
) -> Result<&'o [u8], ProtoError> {
    check(property)?;
    check_event_id(event_id)?;
    let mut w = SliceWriter::new(out);
    write!(w, "{{\"event_id\":\"{event_id}\",\"timestamp\":{timestamp},\"twin\":{{\"{}\":", property.name)?;
    w.write_str("{\"last\":null,\"current\":{")?;
    write_sides(&mut w, timestamp, property)?;
    w.write_str("}}}")?;
    Ok(w.finish())
}

fn check_event_id(event_id: &str) -> Result<(), ProtoError> {
    if event_id.len() > 64 || event_id.bytes().any(|b| !(b.is_ascii_alphanumeric() || b == b'-')) {
        return Err(ProtoError::BadName);
    }
    Ok(())
}

/// Everything but the last brace.
fn write_twin(
    w: &mut SliceWriter<'_>,
    event_id: &str,
    timestamp: u64,
    property: &Property<'_>,
) -> Result<(), ProtoError> {
    check(property)?;
    check_event_id(event_id)?;
    write!(w, "{{\"event_id\":\"{event_id}\",\"timestamp\":{timestamp},\"twin\":{{\"{}\":{{", property.name)?;
    write_sides(w, timestamp, property)?;
    w.write_str("}")?;
    Ok(())
}

/// The members of a property, and its closing brace.
fn write_sides(w: &mut SliceWriter<'_>, timestamp: u64, property: &Property<'_>) -> Result<(), ProtoError> {
    for (side, value) in [("expected", property.expected), ("actual", property.actual)] {
        if let Some(value) = value {
            write!(w, "\"{side}\":{{\"value\":\"{value}\",\"metadata\":{{\"timestamp\":{timestamp}}}}},")?;
        }
    }
    w.write_str("\"optional\":true,\"metadata\":{\"type\":\"string\"}}")?;
    Ok(())
}

fn check(property: &Property<'_>) -> Result<(), ProtoError> {
    let values = [property.expected, property.actual];
    if !is_value(property.name) || property.name.len() > 128 {
        return Err(ProtoError::BadName);
    }
    if values.iter().flatten().any(|v| !is_value(v)) {
        return Err(ProtoError::BadValue("KubeEdge takes [a-zA-Z0-9-_.,:/@#]{1,512}"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proto::{Address, MAX_NAME, MAX_VALUE, Topic};
    extern crate std;
    use std::string::String;
    use std::vec::Vec;

    const DIGEST: &str = "module.control.digest";

    /// Messages recorded from edgecore, as (step of the scenario, topic, payload).
    fn recorded() -> Vec<(&'static str, Topic<'static>, &'static [u8])> {
        let log = include_str!("../tests/fixtures/kubeedge/twin.log");
        let mut step = "";
        let mut out = Vec::new();
        for line in log.lines().filter(|l| !l.starts_with("//")) {
            if let Some(title) = line.strip_prefix("### ") {
                step = title.split(' ').next().unwrap();
                continue;
            }
            let mut fields = line.splitn(6, ' ').skip(4);
            let (topic, payload) = (fields.next().unwrap(), fields.next().unwrap());
            // Answers to requests that edgecore could not read carry no device.
            let topic = topic.replacen("device//", "device/default/nobody/", 1).leak();
            let (address, topic) = Address::parse(topic).unwrap_or_else(|| panic!("{topic}"));
            assert_eq!(address.namespace, Some("default"));
            out.push((step, topic, payload.as_bytes()));
        }
        assert!(out.len() > 20, "{}", out.len());
        out
    }

    fn parse(step: &str, topic: Topic<'_>, property: &str) -> TwinDocument<'static> {
        let all = recorded();
        let (_, _, payload) = all.iter().find(|m| m.0 == step && m.1 == topic).expect("recorded");
        TwinDocument::parse(payload, property).unwrap_or_else(|e| panic!("{step}: {e}"))
    }

    #[test]
    fn every_recorded_document_is_read() {
        for (step, topic, payload) in recorded() {
            for property in [DIGEST, "module.control.version", "big", "wasm.none"] {
                TwinDocument::parse(payload, property).unwrap_or_else(|e| panic!("{step} {topic:?}: {e}"));
            }
            // Cut anywhere, none is.
            for cut in 0..payload.len() {
                assert!(TwinDocument::parse(&payload[..cut], DIGEST).is_err(), "{step} {topic:?} cut at {cut}");
            }
        }
    }

    #[test]
    fn recorded_answers_say_what_they_said() {
        let get = parse("2", Topic::TwinGetResult, DIGEST);
        assert_eq!(get, TwinDocument { event_id: "g1", expected: Some("sha256:aaaa"), ..Default::default() });
        let version = parse("2", Topic::TwinGetResult, "module.control.version");
        assert_eq!((version.expected, version.actual), (Some("7"), None));
        let other = parse("2", Topic::TwinGetResult, "wasm.control");
        assert_eq!((other.expected, other.actual, other.error), (None, None, None));

        let failure = parse("2d", Topic::TwinGetResult, DIGEST).error.unwrap();
        assert_eq!(failure, TwinFailure { code: 404, reason: "Device default/nope not found while getting twin" });
        assert_eq!(parse("2b", Topic::TwinGetResult, DIGEST).error.unwrap().code, 400);

        let ack = parse("3", Topic::TwinUpdateResult, DIGEST);
        assert_eq!(ack, TwinDocument { event_id: "u1", actual: Some("sha256:0000"), ..Default::default() });
        let delta = parse("3", Topic::TwinDelta, DIGEST);
        assert_eq!((delta.expected, delta.actual), (Some("sha256:aaaa"), Some("sha256:0000")));
        assert_eq!(parse("6", Topic::TwinDelta, DIGEST).expected, Some("sha256:cccc"));
        // The twin of a delta also lists what has converged.
        let converged = parse("6", Topic::TwinDelta, "module.control.version");
        assert_eq!((converged.expected, converged.actual), (Some("7"), Some("7")));
        // Step 4: the cloud changes its mind; the document has both states, the new one counts.
        let document = parse("4", Topic::TwinDocument, DIGEST);
        assert_eq!((document.expected, document.actual), (Some("sha256:bbbb"), Some("sha256:0000")));
        // A property deleted by the device comes back as null.
        assert_eq!(recorded().iter().filter(|m| m.0 == "9" && m.1 == Topic::TwinUpdateResult).count(), 2);
        // 2.7 KB with a value that the charset does not allow, on the path that KubeEdge does not check.
        let big = parse("12", Topic::TwinDelta, "module.control.manifest");
        assert!(big.expected.unwrap().starts_with("{x}+=") && !is_value(big.expected.unwrap()));
    }

    #[test]
    fn requests_are_written_as_edgecore_took_them() {
        let mut buffer = [0; MAX_TWIN_REQUEST];
        assert_eq!(write_get(2, &mut buffer).unwrap(), br#"{"event_id":"g2","timestamp":0}"#);
        let written = write_actual(1, DIGEST, "sha256:0000", &mut buffer).unwrap();
        let (_, _, taken) = recorded().into_iter().find(|m| m.0 == "3" && m.1 == Topic::TwinUpdate).unwrap();
        let taken = String::from_utf8_lossy(taken).replace("\"timestamp\":1", "\"timestamp\":0");
        assert_eq!(String::from_utf8_lossy(written), taken);

        // Recorded as refused: characters, length.
        assert!(write_actual(1, DIGEST, "ab+c==", &mut buffer).is_err());
        assert!(!is_value(&"A".repeat(513)) && is_value(&"A".repeat(512)) && !is_value(""));
        let name = ["wasm.", &"n".repeat(MAX_NAME)].concat();
        write_actual(u32::MAX, &name, &"A".repeat(MAX_VALUE), &mut buffer).expect("the longest fits");
    }

    #[test]
    fn what_we_write_as_edgecore_reads_back() {
        let mut buffer = [0; 2048];
        let property = Property { name: "wasm.s", expected: Some("s@2#2"), actual: Some("s@1#1") };
        let both = TwinDocument { event_id: "e-1", error: None, expected: property.expected, actual: property.actual };
        let delta = write_delta("e-1", 5, &property, &mut buffer).unwrap();
        assert_eq!(TwinDocument::parse(delta, "wasm.s"), Ok(both));
        let result = write_result("e-1", 5, &property, &mut buffer).unwrap();
        serde_json::from_slice::<serde_json::Value>(result).unwrap();
        assert_eq!(TwinDocument::parse(result, "wasm.s"), Ok(both));
        let document = write_document("e-1", 5, &property, &mut buffer).unwrap();
        serde_json::from_slice::<serde_json::Value>(document).unwrap();
        assert_eq!(TwinDocument::parse(document, "wasm.s"), Ok(both));
        let nothing = Property { expected: None, actual: None, ..property };
        let result = write_result("", 5, &nothing, &mut buffer).unwrap();
        assert_eq!(TwinDocument::parse(result, "wasm.s").unwrap().expected, None);
        assert_eq!(write_delta("e", 5, &nothing, &mut buffer), Err(ProtoError::Missing("expected")));
        assert_eq!(write_result("a\"b", 5, &property, &mut buffer), Err(ProtoError::BadName));
        let quoted = Property { actual: Some("a\"b"), ..property };
        assert!(write_result("e", 5, &quoted, &mut buffer).is_err());
    }

    #[test]
    fn wrong_kinds_and_sizes_are_refused_by_name() {
        let property = "p";
        for bad in [
            &br#"{"twin":5}"#[..],
            br#"{"twin":{"p":{"expected":"x"}}}"#,
            br#"{"twin":{"p":{"expected":{"value":7}}}}"#,
            br#"{"delta":{"p":{}}}"#,
            br#"{"event_id":1}"#,
            br#"[]"#,
            br#"hello"#,
            b"",
        ] {
            assert!(matches!(TwinDocument::parse(bad, property), Err(ProtoError::Json(_))), "{bad:?}");
        }
        let oversized = [b' '; MAX_TWIN + 1];
        assert_eq!(TwinDocument::parse(&oversized, property), Err(ProtoError::Oversized { max: MAX_TWIN }));
        for empty in [r#"{"twin":null,"delta":null}"#, r#"{"twin":{"p":null}}"#, r#"{"twin":{"p":{"expected":null}}}"#]
        {
            assert_eq!(TwinDocument::parse(empty.as_bytes(), property), Ok(TwinDocument::default()), "{empty}");
        }
    }
}
