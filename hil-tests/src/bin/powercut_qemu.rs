//! Kills QEMU at random moments of an update, and looks what the device runs when it is switched on again.
//! `./dev powercut --qemu N` builds what it needs and calls it.
//!
//! The storage is the file behind the RV32 board's pflash bank, which survives the emulator. In each round the device runs
//! one version and is to run the next; its power fails some time between the wish and the end of the update. Then it has
//! to come back with one of the two, every byte verified, and to complete the update.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use clap::Parser;
use sandgrain_abi::Target;
use sandgrain_agent::proto::Address;
use sandgrain_artifact::SigningKey;
use sandgrain_artifact::keys::{generate, public_key};
use sandgrain_cli::boards::{Board, Firmware};
use sandgrain_cli::broker::{Broker, Options};
use sandgrain_cli::console::LogLine;
use sandgrain_cli::controller::content::Offer;
use sandgrain_cli::controller::session::{BrokerUrl, Session};
use sandgrain_cli::controller::{Deed, Sight, TwinMode};
use sandgrain_cli::deploy::Package;
use sandgrain_cli::emulator::{Device, HOST_ADDRESS};
use sandgrain_cli::failure::{Failure, Result};
use sandgrain_cli::module_file::ModuleFile;
use sandgrain_provision::{Broker as Endpoint, Provisioning, Without};
use tokio::time::{Instant, sleep};

/// The board whose flash is a file.
const BOARD: &str = "qemu-riscv32-virt";
const NAME: &str = "device";
const NAMESPACE: &str = "default";
/// The firmware's slot.
const SLOT: &str = "app";
/// Bytes of data of a module: some forty chunks.
const DATA: usize = 40_000;
/// How long a boot, and how long an update may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Kill QEMU at random moments of an update
#[derive(Parser)]
#[command(name = "powercut_qemu")]
struct Cli {
    /// How often
    #[arg(long, default_value_t = 200)]
    rounds: u32,
    /// What the moments are made from
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let ready = sandgrain_proc::kill_children_on_signals().map_err(Failure::failed);
    let done = match ready {
        Ok(()) => run(&cli).await,
        Err(failure) => Err(failure),
    };
    match done {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// What a device runs when it has booted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Booted {
    /// Counter of the version; `None` if nothing runs.
    version: Option<u32>,
    trial: bool,
}

struct Rig {
    device: Device,
    log: Receiver<LogLine>,
    session: Session,
    key: SigningKey,
}

/// Returns how many rounds lost something.
async fn run(cli: &Cli) -> Result<u32> {
    let board = Board::named(BOARD)?;
    let firmware = board.firmware(Firmware::Device, None)?;
    let key = generate().map_err(Failure::failed)?;
    let broker = Broker::start(Options::loopback()?).await?;
    let url: BrokerUrl = broker.controller_url().parse().map_err(Failure::failed)?;
    let session = Session::connect(&url, TwinMode::Own, &["+"]).await?;
    let provisioning = Provisioning {
        device_id: NAME,
        namespace: NAMESPACE,
        broker: Endpoint { address: HOST_ADDRESS, port: broker.address().port() },
        user: "",
        password: "",
        trusted_keys: [Some(public_key(&key).0), None],
        device_class: "",
        without: Without::Nothing,
    };
    let mut device = Device::new(board, &firmware, &provisioning)?;
    let log = device.power_on()?;
    let mut rig = Rig { device, log, session, key };
    rig.booted()?;

    let mut random = cli.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    rig.want(1)?;
    rig.until(1).await?;
    let started = Instant::now();
    rig.want(2)?;
    rig.until(2).await?;
    let update = started.elapsed();
    println!("{} rounds, cut within {} ms, which an update of {DATA} bytes takes", cli.rounds, update.as_millis());

    let (mut lost, mut found) = (0, [0; 3]);
    for round in 1..=cli.rounds {
        let old = round + 1;
        rig.want(old + 1)?;
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let moment = Duration::from_micros(random % (update.as_micros() as u64 + 1));
        sleep(moment).await;
        // The process is killed: what the flash's model has not written by now is lost.
        rig.log = rig.device.power_on()?;
        let booted = rig.booted()?;
        let kind = match booted {
            Booted { version: Some(version), trial: false } if version == old => 0,
            Booted { version: Some(version), trial: true } if version == old + 1 => 1,
            Booted { version: Some(version), trial: false } if version == old + 1 => 2,
            _ => {
                println!(
                    "round {round}, cut after {} us: LOST, {booted:?} of {old} and {}",
                    moment.as_micros(),
                    old + 1
                );
                lost += 1;
                continue;
            }
        };
        found[kind] += 1;
        if let Err(failure) = rig.until(old + 1).await {
            println!(
                "round {round}, cut after {} us: LOST, the update is not completed: {failure}",
                moment.as_micros()
            );
            lost += 1;
        }
        if round % 20 == 0 {
            println!("round {round}: {lost} lost");
        }
    }
    println!(
        "{} kills: {} came back with the old version, {} with the new one on trial, {} with the new one; {lost} lost",
        cli.rounds, found[0], found[1], found[2]
    );
    rig.session.close().await;
    drop(rig.device);
    broker.stop().await?;
    Ok(lost)
}

impl Rig {
    /// Wants a version of the module, which differs from all others in its data.
    fn want(&self, version: u32) -> Result<()> {
        let offer = self.offer(version)?;
        self.session.want(&Address { namespace: Some(NAMESPACE), device: NAME }, SLOT, &offer.value)
    }

    fn offer(&self, version: u32) -> Result<Offer> {
        let data: String = (0..DATA).map(|i| char::from(b'a' + ((i as u32 / 7 + version * 11) % 26) as u8)).collect();
        let text = format!(r#"(module (memory 1) (data (i32.const 0) "{data}") (func (export "on_tick")))"#);
        let package = Package {
            path: PathBuf::from("app.wat"),
            module: ModuleFile::Wasm(wat::parse_str(text).map_err(Failure::failed)?),
            slot: SLOT.to_owned(),
            version: Some(format!("{version}.0.0")),
            counter: Some(version),
            key: Some(self.key.clone()),
        };
        self.session.offer(package.artifact(Target::Rv32Imac, version)?)
    }

    /// Waits until the device reports that it runs a version, confirmed.
    async fn until(&mut self, version: u32) -> Result<()> {
        let wanted = format!("{SLOT}@{version}.0.0#{version},");
        let deadline = Instant::now() + PATIENCE;
        while let Some(sight) = self.session.next(deadline).await? {
            if let Sight::Device { what: Deed::Actual(values), .. } = &sight
                && values.iter().any(|(_, value)| value.starts_with(&wanted))
            {
                return Ok(());
            }
        }
        Err(Failure::failed(format_args!("version {version} does not run within {} s", PATIENCE.as_secs())))
    }

    /// Waits for what the firmware says of its store when it boots.
    fn booted(&mut self) -> Result<Booted> {
        let deadline = std::time::Instant::now() + PATIENCE;
        loop {
            let line = match self.log.recv_timeout(deadline.saturating_duration_since(std::time::Instant::now())) {
                Ok(line) => line.text,
                Err(RecvTimeoutError::Timeout) => return Err(Failure::failed("the device does not boot")),
                Err(RecvTimeoutError::Disconnected) => return Err(Failure::failed("the device has ended")),
            };
            if line.contains("no module is installed") {
                return Ok(Booted { version: None, trial: false });
            }
            if let Some((_, rest)) = line.split_once("installed: app@") {
                let version = rest.split('.').next().and_then(|version| version.parse().ok());
                return Ok(Booted { version, trial: rest.contains("trial true") });
            }
        }
    }
}
