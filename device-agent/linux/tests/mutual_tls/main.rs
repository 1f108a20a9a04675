//! The daemon and the controller at a broker that nobody here wrote: mosquitto, with certificates on both sides and the
//! access list that users are given (`mosquitto.acl`).
#![cfg(all(target_os = "linux", any(target_arch = "aarch64", target_arch = "riscv64", target_arch = "x86_64")))]

mod broker;
mod client;
#[path = "../daemon/rig.rs"]
#[allow(dead_code, reason = "the daemon's own tests use all of it")]
mod rig;

use std::collections::BTreeSet;
use std::time::Duration;

use broker::{Authority, Guard, Mosquitto, OBSERVER};
use client::Client;
use rig::{Daemon, Program, deploy_to, does, expect, hear, package, speaks};
use rumqttc::{LastWill, QoS};
use sandgrain_artifact::SigningKey;
use sandgrain_cli::controller::{Session, TwinMode};
use sandgrain_cli::deploy::{Outcome, Package};
use sandgrain_mqtt::TlsFiles;

const CONTROLLER: &str = "sandgrain-controller";

/// A device with a certificate of its name.
fn device(name: &'static str, broker: &Mosquitto) -> Daemon {
    let TlsFiles { ca, certificate, key } = broker.authority.issue(name);
    let files = [ca, certificate, key].map(|file| file.unwrap().to_str().unwrap().to_owned());
    let [ca, certificate, key] = files.each_ref();
    let url = broker.url();
    let arguments =
        ["--namespace", "default", "--broker", &url, "--ca", ca, "--tls-cert", certificate, "--tls-key", key];
    Daemon::new(name, Program::own(), &arguments)
}

async fn controller(broker: &Mosquitto, device: &str) -> Session {
    let files = broker.authority.issue(CONTROLLER);
    Session::connect_by(&broker.url().parse().unwrap(), &files, TwinMode::Own, &[device]).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_devices_life_over_mosquitto_with_certificates() {
    let Some(broker) = Mosquitto::start(Guard::Full) else { return };
    let mut session = controller(&broker, "d1").await;
    let mut daemon = device("d1", &broker);
    daemon.start();
    let (one, two) = (package(&speaks("one", 20_000), 1), package(&speaks("two", 20_000), 2));
    expect(&mut session, &one, "d1", Outcome::Confirmed).await;
    hear(&mut session, "d1", "one").await;
    expect(&mut session, &two, "d1", Outcome::Confirmed).await;
    hear(&mut session, "d1", "two").await;

    let crash = package(&does("unreachable"), 3);
    let (follow, story) = deploy_to(&mut session, &crash, "d1").await;
    let Some(Outcome::Reverted(why)) = &follow.outcome else { panic!("{:?}", story.lines) };
    assert!(why.starts_with("unreachable at 0x"), "{why}");
    hear(&mut session, "d1", "two").await;

    let foreign = Package { key: Some(SigningKey::from_bytes(&[0x66; 32])), ..package(&speaks("six", 0), 6) };
    expect(&mut session, &foreign, "d1", Outcome::Refused("signature".into())).await;
    hear(&mut session, "d1", "two").await;
    session.close().await;

    // A controller that knows nothing.
    let mut session = controller(&broker, "d1").await;
    expect(&mut session, &crash, "d1", Outcome::Refused("quarantined".into())).await;
    expect(&mut session, &two, "d1", Outcome::Already).await;
    session.close().await;
    assert!(daemon.terminate().success(), "{}", daemon.log());
}

/// All that is said to the victim and by it.
const OF_THE_VICTIM: [&str; 15] = [
    "sg/v1/victim/manifest/get",
    "sg/v1/victim/manifest",
    "sg/v1/victim/chunk/get",
    "sg/v1/victim/chunk",
    "sg/v1/victim/packed/get",
    "sg/v1/victim/packed",
    "sg/v1/victim/status",
    "sg/v1/victim/heartbeat",
    "sg/v1/victim/data/word",
    "$hw/events/device/default/victim/twin/get",
    "$hw/events/device/default/victim/twin/get/result",
    "$hw/events/device/default/victim/twin/update",
    "$hw/events/device/default/victim/twin/update/delta",
    "$hw/events/device/default/victim/twin/cloud_updated",
    "$hw/events/device/victim/twin/update",
];
const FORGED: &[u8] = b"forged";
const WILL: &[u8] = br#"{"event":"offline"}"#;

/// What a thief gets, who has a certificate as `thief`.
#[derive(Debug, Default)]
struct Loot {
    /// Topics of the victim's that it heard.
    read: BTreeSet<String>,
    /// Topics of the victim's on which it was heard.
    forged: BTreeSet<String>,
    /// Whether it was heard as the victim's last will.
    will: bool,
}

async fn theft(broker: &Mosquitto) -> Loot {
    let mut observer = Client::connect(OBSERVER, &broker.url(), &broker.authority.issue(OBSERVER), None).await.unwrap();
    for filter in ["sg/#", "$hw/#"] {
        observer.subscribe(filter).await;
    }
    // It says that it is the victim, where it may say what it likes.
    let (files, url) = (broker.authority.issue("thief"), broker.url_as("victim"));
    let will = LastWill::new("sg/v1/victim/status", WILL, QoS::AtLeastOnce, false);
    let mut thief = Client::connect("thief", &url, &files, Some(will)).await.unwrap();
    for filter in ["#", "$hw/#", "sg/v1/victim/#", "sg/v1/+/status", "$hw/events/device/+/victim/#"] {
        thief.subscribe(filter).await;
    }

    let mut session = controller(broker, "victim").await;
    let mut victim = device("victim", broker);
    victim.start();
    expect(&mut session, &package(&speaks("one", 0), 1), "victim", Outcome::Confirmed).await;
    hear(&mut session, "victim", "one").await;
    session.close().await;

    // What the broker passes on to one client keeps its order: what comes before this is all that there was to hear.
    observer.publish("sg/v1/thief/chunk", b"").await;
    thief.until_heard("sg/v1/thief/chunk").await;
    let of_victim = |topic: &str| topic.contains("/victim/");
    let read = thief.heard.iter().map(|(topic, _)| topic.clone()).filter(|topic| of_victim(topic)).collect();

    for topic in OF_THE_VICTIM {
        thief.publish(topic, FORGED).await;
    }
    // Its last will is due before it is connected again.
    drop(thief);
    let mut thief = Client::connect("thief", &url, &files, None).await.unwrap();
    thief.publish("sg/v1/thief/data/end", b"").await;
    observer.until_heard("sg/v1/thief/data/end").await;
    let heard = |what: &[u8]| -> BTreeSet<String> {
        observer.heard.iter().filter(|(_, payload)| payload == what).map(|(topic, _)| topic.clone()).collect()
    };
    Loot { read, forged: heard(FORGED), will: heard(WILL).contains("sg/v1/victim/status") }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thief_with_another_devices_certificate_gets_nothing() {
    let Some(broker) = Mosquitto::start(Guard::Full) else { return };
    let loot = theft(&broker).await;
    assert!(loot.read.is_empty() && loot.forged.is_empty() && !loot.will, "{loot:?}");

    // It is the list that stops it: without one, it gets all.
    let Some(broker) = Mosquitto::start(Guard::NoList) else { return };
    let loot = theft(&broker).await;
    assert!(loot.will, "{loot:?}");
    assert_eq!(loot.forged, OF_THE_VICTIM.map(str::to_owned).into());
    for topic in ["manifest/get", "manifest", "status", "heartbeat", "data/word"] {
        assert!(loot.read.contains(&format!("sg/v1/victim/{topic}")), "{topic}: {loot:?}");
    }
    for topic in ["get", "get/result", "update", "update/delta"] {
        assert!(loot.read.contains(&format!("$hw/events/device/default/victim/twin/{topic}")), "{topic}: {loot:?}");
    }
}

/// Whether a thief can end the victim's connection by taking its client identifier.
async fn takeover(broker: &Mosquitto) -> bool {
    let mut victim = device("victim", broker);
    victim.start();
    victim.until_said("online as victim").await;
    let files = broker.authority.issue("thief");
    let mut thief = Client::connect("victim", &broker.url(), &files, None).await.unwrap();
    thief.publish("sg/v1/thief/status", b"").await;
    // The broker has ended the connection by now, if it does; the victim has to notice.
    tokio::time::sleep(Duration::from_millis(500)).await;
    victim.log().contains("broker")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_cannot_end_anothers_connection() {
    let Some(broker) = Mosquitto::start(Guard::Full) else { return };
    assert!(!takeover(&broker).await);
    let Some(broker) = Mosquitto::start(Guard::FreeIdentifiers) else { return };
    assert!(takeover(&broker).await, "this would not have been noticed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn strangers_are_refused() {
    let Some(broker) = Mosquitto::start(Guard::Full) else { return };
    let known = broker.authority.issue("d1");
    let stranger = Authority::new();
    // It believes the broker, and is not believed.
    let other = TlsFiles { ca: known.ca.clone(), ..stranger.issue("d1") };
    let nobody = TlsFiles { certificate: None, key: None, ..known.clone() };
    let url = broker.url();
    for (who, files) in [("without a certificate", &nobody), ("of another authority", &other)] {
        // Nor does a password or a name help.
        for url in [&url, &broker.url_as(CONTROLLER)] {
            assert!(Client::connect("d1", url, files, None).await.is_err(), "{who}");
        }
        let session = Session::connect_by(&url.parse().unwrap(), files, TwinMode::Own, &["d1"]).await;
        assert!(session.is_err(), "{who}");
        // It is this that was wrong, and the broker is still there.
        Client::connect("d1", &url, &known, None).await.unwrap();
    }
    // And the other way round: a broker of another authority is not believed, though that has the same name.
    let Some(impostor) = Mosquitto::start(Guard::Full) else { return };
    let said = Client::connect("d1", &impostor.url(), &known, None).await.err().unwrap();
    assert!(said.contains("InvalidCertificate"), "{said}");
}
