//! What the story happens on: a broker, a controller, and devices that are switched on.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sandgrain_artifact::SigningKey;
use sandgrain_artifact::keys::{generate, public_key};
use sandgrain_cli::boards::{Board, Firmware};
use sandgrain_cli::broker::{Broker, Options};
use sandgrain_cli::controller::TwinMode;
use sandgrain_cli::controller::session::{BrokerUrl, Session};
use sandgrain_cli::emulator::{Device, HOST_ADDRESS};
use sandgrain_cli::failure::{Failure, Result};
use sandgrain_provision::{Broker as Endpoint, Provisioning, Without};
use tokio::time::Instant;

use crate::witness::Witness;

/// KubeEdge namespace of the devices.
pub const NAMESPACE: &str = "default";
/// Lines kept of each device's log, for when something goes wrong.
const LOG_LINES: usize = 12;

/// A device of the story.
pub struct Actor {
    pub name: String,
    pub device: Device,
    log: Arc<Mutex<VecDeque<String>>>,
}

/// Everything that has to be there.
pub struct Stage {
    pub broker: Broker,
    pub session: Session,
    pub actors: Vec<Actor>,
    pub witness: Witness,
    /// The key that the devices trust.
    pub key: SigningKey,
    /// One that they do not.
    pub strangers_key: SigningKey,
}

impl Stage {
    /// Starts broker and controller, provisions a device for each board, and switches them on.
    pub async fn set(boards: &[&'static Board], firmware: &Path, without: Without, logs: bool) -> Result<Stage> {
        let key = generate().map_err(Failure::failed)?;
        let strangers_key = generate().map_err(Failure::failed)?;
        let broker = Broker::start(Options::loopback()?).await?;
        let url: BrokerUrl = broker.controller_url().parse().map_err(Failure::failed)?;
        let session = Session::connect(&url, TwinMode::Own, &["+"]).await?;
        let mut actors = Vec::new();
        for board in boards {
            let name = board.name.trim_start_matches("qemu-").to_owned();
            let elf = firmware.join(board.firmware_in_target_dir(Firmware::Device));
            let provisioning = Provisioning {
                device_id: &name,
                namespace: NAMESPACE,
                broker: Endpoint { address: HOST_ADDRESS, port: broker.address().port() },
                user: "",
                password: "",
                trusted_keys: [Some(public_key(&key).0), None],
                device_class: "demo",
                without,
            };
            let mut device = Device::new(board, &elf, &provisioning)?;
            let log = keep_log(&name, device.power_on()?, logs);
            actors.push(Actor { name, device, log });
        }
        let witness = Witness::new(actors.iter().map(|actor| actor.name.clone()));
        Ok(Stage { broker, session, actors, witness, key, strangers_key })
    }

    /// Watches until `seen` holds, or the time is over. Fails if a device has died.
    pub async fn watch(&mut self, limit: Duration, seen: impl Fn(&Witness) -> bool) -> Result<bool> {
        let deadline = Instant::now() + limit;
        while !seen(&self.witness) {
            let step = deadline.min(Instant::now() + Duration::from_millis(250));
            match self.session.next(step).await? {
                Some(sight) => self.witness.note(&sight),
                None if Instant::now() >= deadline => return Ok(false),
                None => self.check()?,
            }
        }
        Ok(true)
    }

    /// Fails if a device has died, with the end of its log.
    pub fn check(&mut self) -> Result<()> {
        for actor in &mut self.actors {
            if let Err(failure) = actor.device.check() {
                let log = actor.log.lock().unwrap_or_else(PoisonError::into_inner);
                let last: Vec<&str> = log.iter().map(String::as_str).collect();
                return Err(Failure::failed(format_args!("{failure}\nits log ended:\n{}", last.join("\n"))));
            }
        }
        Ok(())
    }

    /// Ends everything.
    pub async fn clear(self) {
        drop(self.actors);
        self.session.close().await;
        // The story is over: a broker that does not stop in time dies with the process.
        let _ = self.broker.stop().await;
    }
}

/// Reads a device's log on a thread of its own, until the device is off.
fn keep_log(
    name: &str,
    lines: std::sync::mpsc::Receiver<sandgrain_cli::console::LogLine>,
    show: bool,
) -> Arc<Mutex<VecDeque<String>>> {
    let log: Arc<Mutex<VecDeque<String>>> = Arc::default();
    let (kept, name) = (Arc::clone(&log), name.to_owned());
    std::thread::spawn(move || {
        for line in lines {
            if show {
                eprintln!("{name}: {line}");
            }
            let mut log = kept.lock().unwrap_or_else(PoisonError::into_inner);
            if log.len() == LOG_LINES {
                log.pop_front();
            }
            log.push_back(line.to_string());
        }
    });
    log
}
