//! Deploying to devices that are real but for their flash and runtime, over our own broker and over mosquitto.

mod device;
mod peer;

use std::time::Duration;

use device::{FakeDevice, Quirks, SLOT};
use peer::Peer;
use sandgrain_agent::proto::StatusEvent;
use sandgrain_agent::sim::module::{Behaviour, Packed, Spec, build, foreign_key, public, trusted_key};
use sandgrain_artifact::KeySet;
use sandgrain_cli::broker::{self, Broker};
use sandgrain_cli::controller::{Deed, Session, Sight, TwinMode};
use sandgrain_cli::deploy::{Audience, Follow, Line, Outcome, Package, Request, deploy};
use sandgrain_cli::module_file::ModuleFile;
use sandgrain_cli::rotation::rotate;

/// Bytes of a text that takes many chunks.
const LARGE: usize = 50_000;

fn packed(version: &str, counter: u32, behaviour: Behaviour, text: usize) -> Packed {
    build(&Spec { name: SLOT, version, counter, behaviour, text, ..Spec::default() }, &trusted_key())
}

fn package(artifact: &Packed) -> Package {
    Package {
        path: "test.sg".into(),
        module: ModuleFile::Artifact(artifact.bytes.clone()),
        slot: SLOT.into(),
        version: None,
        counter: None,
        key: None,
    }
}

/// Remembers what it was told.
#[derive(Default)]
struct Story {
    lines: Vec<String>,
    events: Vec<StatusEvent>,
}

impl Audience for Story {
    fn line(&mut self, device: &str, line: &Line) {
        self.lines.push(format!("{device}: {}", line.text));
    }

    fn sight(&mut self, sight: &Sight) {
        if let Sight::Device { what: Deed::Status(report), .. } = sight {
            self.events.push(report.event);
        }
    }
}

async fn deploy_to(session: &mut Session, package: &Package, devices: &[&str], seconds: u64) -> (Vec<Follow>, Story) {
    let devices: Vec<String> = devices.iter().map(|d| d.to_string()).collect();
    let limit = Some(Duration::from_secs(seconds));
    let request = Request { namespace: Some("default"), devices: &devices, target: None, limit };
    let mut story = Story::default();
    let follows = deploy(session, package, &request, &mut story).await.unwrap();
    (follows, story)
}

fn outcome(follows: &[Follow]) -> &Outcome {
    let [Follow { outcome: Some(outcome), .. }] = follows else { panic!("{follows:?}") };
    outcome
}

/// Everything that can be seen in one device's life, in order.
async fn life(peer: &Peer) {
    let device = FakeDevice::boot("d1", peer.port(), Quirks::default());
    let mut session = Session::connect(&peer.url(), TwinMode::Own, &["d1"]).await.unwrap();

    let one = packed("1.0.0", 1, Behaviour::Healthy, LARGE);
    let (follows, story) = deploy_to(&mut session, &package(&one), &["d1"], 30).await;
    assert_eq!(*outcome(&follows), Outcome::Confirmed, "{:?}", story.lines);
    assert_eq!(follows[0].chunk_requests, one.chunks(), "{:?}", story.lines);
    assert_eq!(device.view().runs.as_deref(), Some("control@1.0.0"));
    use StatusEvent::{Confirmed, Downloading, Manifest, Online, Started, Verified};
    let mut events = story.events;
    events.dedup();
    assert_eq!(events, [Online, Manifest, Downloading, Verified, Started, Confirmed]);

    let two = packed("2.0.0", 2, Behaviour::Healthy, 3000);
    let (follows, _) = deploy_to(&mut session, &package(&two), &["d1"], 30).await;
    assert_eq!(*outcome(&follows), Outcome::Confirmed);
    assert_eq!(device.view().runs.as_deref(), Some("control@2.0.0"));
    // It has most of it in the module before.
    let (bytes, all) = (follows[0].chunk_bytes, two.content().len());
    assert!(bytes * 4 < all, "{bytes} of {all} bytes");

    let forged = build(
        &Spec { name: SLOT, version: "2.1.0", counter: 4, behaviour: Behaviour::Healthy, ..Spec::default() },
        &foreign_key(),
    );
    let (follows, _) = deploy_to(&mut session, &package(&forged), &["d1"], 30).await;
    assert_eq!(*outcome(&follows), Outcome::Refused("signature".into()));
    assert_eq!(follows[0].chunk_requests, 0);

    let bad = packed("3.0.0", 3, Behaviour::Traps, 3000);
    let (follows, story) = deploy_to(&mut session, &package(&bad), &["d1"], 30).await;
    assert_eq!(*outcome(&follows), Outcome::Reverted("unreachable at 0x40".into()), "{:?}", story.lines);
    let trace = "unreachable at 0x40; its calls: sandgrain trace IN.wasm --target TARGET 0x40 --stack 'c 0:130'";
    assert!(story.lines.iter().any(|line| line.contains(trace)), "{:?}", story.lines);
    device.until("the module before runs on", |view| view.runs.as_deref() == Some("control@2.0.0")).await;

    // The same again, in a controller that knows nothing: now it is in quarantine.
    session.close().await;
    let mut session = Session::connect(&peer.url(), TwinMode::Own, &["d1"]).await.unwrap();
    let (follows, _) = deploy_to(&mut session, &package(&two), &["d1"], 30).await;
    assert_eq!(*outcome(&follows), Outcome::Already);
    let (follows, _) = deploy_to(&mut session, &package(&bad), &["d1"], 30).await;
    assert_eq!(*outcome(&follows), Outcome::Refused("quarantined".into()));
    let (follows, _) = deploy_to(&mut session, &package(&one), &["d1"], 30).await;
    assert_eq!(*outcome(&follows), Outcome::Refused("counter".into()));
    assert_eq!(device.view().runs.as_deref(), Some("control@2.0.0"));
    session.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_devices_life_on_our_broker() {
    let peer = Peer::own().await;
    life(&peer).await;
    let Peer::Own(broker) = peer else { unreachable!("it is ours") };
    let gone = std::time::Instant::now() + Duration::from_secs(10);
    while broker.traffic("d1").online {
        assert!(std::time::Instant::now() < gone, "the broker does not notice that the device is gone");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let traffic = broker.traffic("d1");
    let requests: u32 = traffic.chunk_requests.values().sum();
    assert_eq!((traffic.chunks, traffic.connections), (requests, 1), "{traffic:?}");
    broker.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_devices_life_on_mosquitto() {
    if let Some(peer) = Peer::mosquitto() {
        life(&peer).await;
    }
}

/// A download that is cut in the middle goes on where it was.
async fn interrupted(peer: &Peer) {
    let quirks = Quirks { drops_link_after: Some(5), old_topics: true, ..Quirks::default() };
    let device = FakeDevice::boot("d2", peer.port(), quirks);
    let mut session = Session::connect(&peer.url(), TwinMode::Own, &["d2"]).await.unwrap();
    let one = packed("1.0.0", 1, Behaviour::Healthy, LARGE);
    let (follows, story) = deploy_to(&mut session, &package(&one), &["d2"], 60).await;
    assert_eq!(*outcome(&follows), Outcome::Confirmed, "{:?}", story.lines);
    assert_eq!(device.view().connections, 2);
    // At most what was on its way is asked for twice.
    assert!(follows[0].chunk_requests <= one.chunks() + 4, "{} of {}", follows[0].chunk_requests, one.chunks());
    assert!(story.lines.iter().any(|line| line == "d2: offline"), "{:?}", story.lines);
    session.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_download_survives_a_lost_link_on_our_broker() {
    interrupted(&Peer::own().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_download_survives_a_lost_link_on_mosquitto() {
    if let Some(peer) = Peer::mosquitto() {
        interrupted(&peer).await;
    }
}

/// The controller dies in the middle of a download, and another one takes over.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_controller_may_start_over() {
    let peer = Peer::own().await;
    let device = FakeDevice::boot("d3", peer.port(), Quirks::default());
    let one = packed("1.0.0", 1, Behaviour::Healthy, LARGE);
    let package = package(&one);
    let mut first = Session::connect(&peer.url(), TwinMode::Own, &["d3"]).await.unwrap();
    tokio::select! {
        _ = deploy_to(&mut first, &package, &["d3"], 60) => panic!("it was to be interrupted"),
        () = device.until("some chunks", |view| view.chunks >= 4) => {}
    }
    drop(first);
    let before = device.view().chunks;
    assert!(before < one.chunks(), "too late to interrupt");
    let mut second = Session::connect(&peer.url(), TwinMode::Own, &["d3"]).await.unwrap();
    let (follows, story) = deploy_to(&mut second, &package, &["d3"], 60).await;
    assert_eq!(*outcome(&follows), Outcome::Confirmed, "{:?}", story.lines);
    assert_eq!(device.view().chunks, one.chunks(), "none twice");
    assert_eq!(device.view().connections, 1);
}

/// The broker dies in the middle of a download and comes back where it was.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broker_may_start_over() {
    let Peer::Own(broker) = Peer::own().await else { unreachable!("it is ours") };
    let url = broker.controller_url().parse().unwrap();
    let device = FakeDevice::boot("d4", broker.address().port(), Quirks::default());
    let mut session = Session::connect(&url, TwinMode::Own, &["d4"]).await.unwrap();
    let one = packed("1.0.0", 1, Behaviour::Healthy, LARGE);
    let package = package(&one);
    let deployed = deploy_to(&mut session, &package, &["d4"], 60);
    let restarted = async {
        device.until("some chunks", |view| view.chunks >= 4).await;
        Peer::restarted(broker).await
    };
    let ((follows, story), broker) = tokio::join!(deployed, restarted);
    assert_eq!(*outcome(&follows), Outcome::Confirmed, "{:?}", story.lines);
    assert!(story.lines.iter().any(|line| line.starts_with("broker: connection lost")), "{:?}", story.lines);
    assert_eq!(broker.traffic("d4").connections, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_not_there_is_named_and_given_up() {
    let peer = Peer::own().await;
    let _d5 = FakeDevice::boot("d5", peer.port(), Quirks::default());
    let mut session = Session::connect(&peer.url(), TwinMode::Own, &["d5", "absent"]).await.unwrap();
    let one = packed("1.0.0", 1, Behaviour::Healthy, 3000);
    let begun = std::time::Instant::now();
    let (follows, story) = deploy_to(&mut session, &package(&one), &["d5", "absent"], 5).await;
    assert!(begun.elapsed() < Duration::from_secs(10));
    let outcomes: Vec<&Outcome> = follows.iter().filter_map(|f| f.outcome.as_ref()).collect();
    assert_eq!(outcomes, [&Outcome::Confirmed, &Outcome::Offline]);
    assert!(story.lines.iter().any(|line| line == "absent: offline: no sign of it; waiting, 5 s"), "{:?}", story.lines);
}

/// A .wasm is compiled for what the device says it is, also by a controller that comes after the device.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_module_is_compiled_for_the_device() {
    let peer = Peer::own().await;
    let device = FakeDevice::boot("d6", peer.port(), Quirks::default());
    device.until("a connection", |view| view.connections == 1).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    // The segment lies in front of the code: its first letter says `healthy` to the pretended runtime.
    let wasm = wat::parse_str(
        r#"(module (memory 1) (data $d "healthy")
             (func (export "on_tick") (memory.init $d (i32.const 0) (i32.const 0) (i32.const 7))))"#,
    )
    .unwrap();
    let mut package = Package {
        path: "test.wasm".into(),
        module: ModuleFile::Wasm(wasm),
        slot: SLOT.into(),
        version: None,
        counter: None,
        key: None,
    };
    let mut session = Session::connect(&peer.url(), TwinMode::Own, &["d6"]).await.unwrap();
    let devices = ["d6".to_owned()];
    let limit = Some(Duration::from_secs(20));
    let request = Request { namespace: Some("default"), devices: &devices, target: None, limit };
    let unsigned = deploy(&mut session, &package, &request, &mut Story::default()).await.unwrap_err();
    assert!(unsigned.to_string().contains("--key"), "{unsigned}");
    package.key = Some(trusted_key());
    let (follows, story) = deploy_to(&mut session, &package, &["d6"], 20).await;
    assert_eq!(*outcome(&follows), Outcome::Confirmed, "{:?}", story.lines);
    assert_eq!(device.view().runs.as_deref(), Some("control@1"));

    let foreign = Spec { target: sandgrain_abi::Target::Rv32Imac, name: SLOT, counter: 8, ..Spec::default() };
    let foreign = self::package(&build(&foreign, &trusted_key()));
    let mut session = Session::connect(&peer.url(), TwinMode::Own, &["d6"]).await.unwrap();
    let deadline = tokio::time::Instant::now() + Duration::from_secs(20);
    while session.presence("d6").is_none() {
        assert!(session.next(deadline).await.unwrap().is_some(), "what the broker keeps of the device did not come");
    }
    let (follows, _) = deploy_to(&mut session, &foreign, &["d6"], 20).await;
    let why = "test.sg: compiled for rv32imac, the device is cortex-m4f".to_owned();
    assert_eq!(*outcome(&follows), Outcome::Refused(why));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_uses_its_own_topics_only() {
    use rumqttc::v5::mqttbytes::QoS;
    use rumqttc::v5::mqttbytes::v5::{Packet, PubAckReason, SubscribeReasonCode};
    use rumqttc::v5::{AsyncClient, Event, MqttOptions};

    let devices = [("thief".to_owned(), "pw1".to_owned()), ("victim".to_owned(), "pw2".to_owned())].into();
    let broker = Broker::start(broker::Options { devices, ..broker::Options::loopback().unwrap() }).await.unwrap();
    let port = broker.address().port();

    let impostor = FakeDevice::boot("victim", port, Quirks { password: Some("pw1"), ..Quirks::default() });
    impostor.until("a refusal", |view| view.refused.is_some()).await;
    assert_eq!(impostor.view().connections, 0);
    drop(impostor);
    let victim = FakeDevice::boot("victim", port, Quirks { password: Some("pw2"), ..Quirks::default() });
    victim.until("a connection", |view| view.connections == 1).await;

    let mut options = MqttOptions::new("thief", "127.0.0.1", port);
    options.set_credentials("thief", "pw1");
    let (client, mut events) = AsyncClient::new(options, 10);
    let mut answer = async |own: bool| loop {
        match events.poll().await.unwrap() {
            Event::Incoming(Packet::PubAck(ack)) => return assert_eq!(ack.reason != PubAckReason::NotAuthorized, own),
            Event::Incoming(Packet::SubAck(ack)) => {
                let granted = ack.return_codes[0] == SubscribeReasonCode::Success(QoS::AtLeastOnce);
                return assert_eq!(granted, own, "{ack:?}");
            }
            _ => {}
        }
    };
    for (topic, allowed) in [
        ("sg/v1/thief/status", true),
        ("sg/v1/thief/data/x", true),
        ("$hw/events/device/default/thief/twin/update", true),
        ("sg/v1/victim/status", false),
        ("sg/v1/thief/chunk", false),
        ("$hw/events/device/default/victim/twin/update", false),
        ("$hw/events/device/default/thief/twin/update/delta", false),
        ("$hw/events/device/default/thief/twin/cloud_updated", false),
        ("other", false),
    ] {
        client.publish(topic, QoS::AtLeastOnce, false, "x").await.unwrap();
        answer(allowed).await;
    }
    for (filter, allowed) in [
        ("sg/v1/thief/chunk", true),
        ("$hw/events/device/default/thief/twin/update/delta", true),
        ("sg/v1/victim/chunk", false),
        ("sg/v1/+/chunk", false),
        ("#", false),
        ("$hw/#", false),
    ] {
        client.subscribe(filter, QoS::AtLeastOnce).await.unwrap();
        answer(allowed).await;
    }
    let traffic = broker.traffic("victim");
    assert!(traffic.online && traffic.connections == 1, "{traffic:?}");
    broker.stop().await.unwrap();
    victim.until("the broker's end", |view| view.refused.is_some()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_are_rotated_and_the_revoked_one_installs_nothing() {
    let peer = Peer::own().await;
    let device = FakeDevice::boot("d9", peer.port(), Quirks::default());
    let mut session = Session::connect(&peer.url(), TwinMode::Own, &["d9"]).await.unwrap();
    let devices = ["d9".to_owned()];
    let limit = Some(Duration::from_secs(20));
    let set = KeySet { epoch: 1, keys: [public(&foreign_key()), public(&foreign_key())] };
    let mut story = Story::default();
    let forged = set.sign(&foreign_key());
    let refused = rotate(&mut session, &forged, &devices, limit, &mut story).await.unwrap_err();
    assert!(refused.to_string().contains("signature"), "{refused}");
    // A device that does not exist does not answer.
    let nobody = ["nobody".to_owned()];
    let late = rotate(&mut session, &forged, &nobody, Some(Duration::from_millis(100)), &mut story).await;
    assert_eq!(late.unwrap_err().exit(), sandgrain_cli::Exit::TimedOut);
    let record = set.sign(&trusted_key());
    for _ in 0..2 {
        rotate(&mut session, &record, &devices, limit, &mut story).await.unwrap();
    }
    let revoked = packed("1.0.0", 1, Behaviour::Healthy, LARGE);
    let (follows, _) = deploy_to(&mut session, &package(&revoked), &["d9"], 20).await;
    assert_eq!(*outcome(&follows), Outcome::Refused("signature".to_owned()));
    let spec = Spec { name: SLOT, version: "1.1.0", counter: 1, behaviour: Behaviour::Healthy, ..Spec::default() };
    let (follows, story) = deploy_to(&mut session, &package(&build(&spec, &foreign_key())), &["d9"], 20).await;
    assert_eq!(*outcome(&follows), Outcome::Confirmed, "{:?}", story.lines);
    assert_eq!(device.view().runs.as_deref(), Some("control@1.1.0"));
}
