//! The chapters. Each says what it expects and whether it was observed; one that was not makes the demo fail.

use std::path::Path;
use std::time::Duration;

use sandgrain_abi::Target;
use sandgrain_agent::proto::{Address, StatusEvent};
use sandgrain_artifact::SigningKey;
use sandgrain_cli::deploy::{Follow, Outcome, Package, Request, deploy};
use sandgrain_cli::failure::{Failure, Result};
use sandgrain_cli::module_file::ModuleFile;

use crate::stage::{NAMESPACE, Stage};
use crate::table;
use crate::witness::{Seen, Witness};

/// The device's slot, and with it the module's name.
const SLOT: &str = "app";
/// How long devices may take to boot and connect.
const BOOT: Duration = Duration::from_secs(40);
/// How long a deployment may take.
const DEPLOYMENT: Duration = Duration::from_secs(30);
/// How long readings may take: the module ticks twice a second.
const READINGS: Duration = Duration::from_secs(15);

/// How long a device that would install something again has for it.
const SECOND_THOUGHTS: Duration = Duration::from_secs(3);

/// Whether something that had to be seen was seen.
pub struct Observation {
    pub what: &'static str,
    pub seen: bool,
}

/// One deployment, for the table.
pub struct Deployment {
    pub what: &'static str,
    pub follows: Vec<Follow>,
}

/// What the story has come to.
#[derive(Default)]
pub struct Record {
    pub observations: Vec<Observation>,
    pub deployments: Vec<Deployment>,
}

impl Record {
    fn observe(&mut self, what: &'static str, seen: bool) {
        println!("  {} {what}", if seen { "[seen]" } else { "[NOT SEEN]" });
        self.observations.push(Observation { what, seen });
    }
}

/// A version of the sensor module.
struct Version {
    what: &'static str,
    file: &'static str,
    version: &'static str,
    counter: u32,
}

const V1: Version = Version { what: "v1", file: "sensor_v1.wasm", version: "1.0.0", counter: 1 };
const V2: Version = Version { what: "v2", file: "sensor_v2.wasm", version: "2.0.0", counter: 2 };
const V3: Version = Version { what: "v3, which traps", file: "sensor_v3.wasm", version: "3.0.0", counter: 3 };
const FORGED: Version = Version { what: "forged", file: "sensor_v2.wasm", version: "4.0.0", counter: 4 };

/// Tells it all. Returns whether everything was observed.
pub async fn tell(stage: &mut Stage, guests: &Path) -> Result<bool> {
    let mut record = Record::default();
    boot(stage, &mut record).await?;
    first(stage, &mut record, guests).await?;
    replacement(stage, &mut record, guests).await?;
    trap(stage, &mut record, guests).await?;
    quarantine(stage, &mut record).await?;
    forgery(stage, &mut record, guests).await?;
    heartbeats(stage, &mut record);
    stage.check()?;
    table::print(stage, &record);
    Ok(record.observations.iter().all(|o| o.seen))
}

fn chapter(title: &str) {
    println!("\n{title}");
}

async fn boot(stage: &mut Stage, record: &mut Record) -> Result<()> {
    chapter("1. Devices boot and come online, each with its name, its broker and the key that it trusts");
    let online = stage.watch(BOOT, |w| all(w, |s| s.count(StatusEvent::Online) > 0 && s.beats > 10)).await?;
    for (device, seen) in &stage.witness.seen {
        stage.witness.say(device, &format!("online, {}", seen.target.as_deref().unwrap_or("not seen")));
    }
    record.observe("every device is online and its heart beats", online);
    if !online {
        return Err(Failure::failed(format_args!("not every device came online within {} s", BOOT.as_secs())));
    }
    Ok(())
}

async fn first(stage: &mut Stage, record: &mut Record, guests: &Path) -> Result<()> {
    chapter("2. Version 1 of a sensor module, Rust compiled to wasm, is compiled for each device, signed and deployed");
    set_temperature(stage, 21_500)?;
    let confirmed = ship(stage, record, guests, &V1, None).await?;
    record.observe("v1 was installed, tried and confirmed", confirmed.iter().all(|o| *o == Outcome::Confirmed));
    stage.witness.show_readings(4);
    let arrived = readings(stage, "\"version\":1", 3).await?;
    record.observe("its readings arrive over MQTT", arrived);
    if set_temperature(stage, 23_500)? {
        stage.witness.show_readings(4);
        let sensor = sensors(stage);
        let felt = stage
            .watch(READINGS, |w| {
                sensor.iter().all(|name| w.seen[name].readings.iter().any(|r| r.contains("\"millicelsius\":23500")))
            })
            .await?;
        record.observe("a change of temperature at the emulated sensor is seen in them", felt);
    }
    Ok(())
}

async fn replacement(stage: &mut Stage, record: &mut Record, guests: &Path) -> Result<()> {
    chapter("3. Version 2 replaces it while the device runs");
    let outcomes = ship(stage, record, guests, &V2, None).await?;
    record.observe("v2 was confirmed", outcomes.iter().all(|o| *o == Outcome::Confirmed));
    stage.witness.show_readings(2);
    let arrived = readings(stage, "\"version\":2", 2).await?;
    record.observe("its readings arrive", arrived);
    record.observe("no device was restarted for it", all(&stage.witness, |s| s.resets == 0));
    Ok(())
}

async fn trap(stage: &mut Stage, record: &mut Record, guests: &Path) -> Result<()> {
    chapter("4. Version 3 has a bug: it traps");
    let before = counts(&stage.witness);
    let outcomes = ship(stage, record, guests, &V3, None).await?;
    record.observe("v3 trapped and was reverted", outcomes.iter().all(|o| matches!(o, Outcome::Reverted(_))));
    let quarantined =
        stage.watch(Duration::from_secs(5), |w| all(w, |s| s.count(StatusEvent::Quarantined) > 0)).await?;
    record.observe("its digest is quarantined", quarantined);
    let on = still_version_2(stage, &before).await?;
    record.observe("v2 runs on", on);
    Ok(())
}

async fn quarantine(stage: &mut Stage, record: &mut Record) -> Result<()> {
    chapter("5. The same version 3 is wanted again");
    // The same value twice is one wish: it takes another one in between for this one to be made again.
    for what in [V2.what, V3.what] {
        for follow in record.deployments.iter().filter(|d| d.what == what).flat_map(|d| &d.follows) {
            if let Some(offer) = &follow.offer {
                let address = Address { namespace: Some(NAMESPACE), device: &follow.device };
                stage.session.want(&address, SLOT, &offer.value)?;
                stage.witness.say(&follow.device, &format!("is to run {}@{}", offer.name, offer.version));
            }
        }
        stage.watch(SECOND_THOUGHTS, |_| false).await?;
    }
    let offers = record.deployments.iter().filter(|d| d.what == V3.what).flat_map(|d| &d.follows);
    let (mut refused, mut once) = (true, true);
    for follow in offers {
        let digest = follow.offer.as_ref().map(|offer| offer.digest);
        let Some(seen) = stage.witness.seen.get(&follow.device) else { continue };
        let about = |event| seen.reports.iter().filter(move |r| r.event == event && r.digest == digest);
        refused &= about(StatusEvent::Refused).any(|r| r.why.as_deref() == Some("quarantined"));
        let started = about(StatusEvent::Started).count();
        once &= started == 1;
        stage.witness.say(&follow.device, &format!("has started it {started} times in all"));
    }
    record.observe("the devices have refused it since: quarantined", refused);
    record.observe("it was started once and never again", once);
    Ok(())
}

async fn forgery(stage: &mut Stage, record: &mut Record, guests: &Path) -> Result<()> {
    chapter("6. Somebody with access to the broker, but not to the key, deploys a module");
    let before = counts(&stage.witness);
    let key = stage.strangers_key.clone();
    let outcomes = ship(stage, record, guests, &FORGED, Some(key)).await?;
    let refused = outcomes.iter().all(|o| matches!(o, Outcome::Refused(why) if why.contains("signature")));
    record.observe("a forged signature is refused", refused);
    let on = still_version_2(stage, &before).await?;
    record.observe("v2 runs on, untouched", on);
    Ok(())
}

fn heartbeats(stage: &Stage, record: &mut Record) {
    chapter("7. All the while, hearts were beating");
    for (device, seen) in &stage.witness.seen {
        let text = format!(
            "{} heartbeats, {} missing, largest gap {} ms by its own clock",
            seen.beats, seen.missing, seen.largest_gap_ms
        );
        stage.witness.say(device, &text);
    }
    record.observe("no heartbeat is missing", all(&stage.witness, |s| s.missing == 0 && s.beats > 0));
}

/// Compiles, signs and deploys a version to every device, and follows it to the end.
async fn ship(
    stage: &mut Stage,
    record: &mut Record,
    guests: &Path,
    version: &Version,
    key: Option<SigningKey>,
) -> Result<Vec<Outcome>> {
    let path = guests.join(version.file);
    let wasm = std::fs::read(&path)
        .map_err(|e| Failure::failed(format_args!("cannot read {}: {e}; ./dev guests builds it", path.display())))?;
    let package = Package {
        path,
        module: ModuleFile::Wasm(wasm),
        slot: SLOT.to_owned(),
        version: Some(version.version.to_owned()),
        counter: Some(version.counter),
        key: Some(key.unwrap_or_else(|| stage.key.clone())),
    };
    let devices: Vec<String> = stage.actors.iter().map(|actor| actor.name.clone()).collect();
    let mut follows = Vec::new();
    // A request has one target; devices differ, and have said what they are before this began.
    for device in &devices {
        let said = stage.witness.seen.get(device).and_then(|seen| seen.target.as_deref());
        let target = said.and_then(Target::from_name);
        let request = Request {
            namespace: Some(NAMESPACE),
            devices: std::slice::from_ref(device),
            target,
            limit: Some(DEPLOYMENT),
        };
        follows.extend(deploy(&mut stage.session, &package, &request, &mut stage.witness).await?);
    }
    stage.check()?;
    let outcomes = follows.iter().map(|f| f.outcome.clone().unwrap_or(Outcome::Offline)).collect();
    record.deployments.push(Deployment { what: version.what, follows });
    Ok(outcomes)
}

/// Sets the temperature of every device that has a sensor. Returns whether one has.
fn set_temperature(stage: &mut Stage, millicelsius: i32) -> Result<bool> {
    let mut any = false;
    for actor in stage.actors.iter_mut().filter(|a| a.device.has_sensor()) {
        actor.device.set_temperature(millicelsius)?;
        any = true;
    }
    Ok(any)
}

/// Names of the devices that have a sensor.
fn sensors(stage: &Stage) -> Vec<String> {
    let with = stage.actors.iter().filter(|a| a.device.has_sensor());
    with.map(|a| a.name.clone()).collect()
}

/// Waits for so many readings with `mark` from each device.
async fn readings(stage: &mut Stage, mark: &str, count: usize) -> Result<bool> {
    stage.watch(READINGS, |w| all(w, |s| s.readings.iter().filter(|r| r.contains(mark)).count() >= count)).await
}

/// Readings of each device so far.
fn counts(witness: &Witness) -> Vec<usize> {
    witness.seen.values().map(|s| s.readings.len()).collect()
}

/// Waits for two more readings of each device, and looks that the last is version 2's.
async fn still_version_2(stage: &mut Stage, before: &[usize]) -> Result<bool> {
    let before: Vec<usize> = counts(&stage.witness).into_iter().zip(before).map(|(now, then)| now.max(*then)).collect();
    stage
        .watch(READINGS, |w| {
            w.seen.values().zip(&before).all(|(seen, before)| {
                let last = seen.readings.last().is_some_and(|r| r.contains("\"version\":2"));
                let module = seen.module.as_deref() == Some("app@2.0.0");
                seen.readings.len() >= before + 2 && last && module
            })
        })
        .await
}

fn all(witness: &Witness, holds: impl Fn(&Seen) -> bool) -> bool {
    witness.seen.values().all(holds)
}
