//! The network firmware's body, the same on every board: an agent that looks after one module, and the module.
//!
//! ```text
//! broker ◀─▶ session ─Event─▶ Agent::step ─Action─▶ hands ─┬─▶ outbox ─▶ broker
//!               ▲                                          ├─▶ slot store ─▶ flash
//!               └──────── module events, data ◀── module ◀─┴── start, stop
//! ```
//! Two tasks of one cooperative executor: [`session`] feeds the agent, [`module`] runs the guest in time slices. While
//! the guest computes, any interrupt makes it give way, so that the session stays alive beside it.

mod bank;
mod hands;
mod module;
mod session;

use embassy_executor::Spawner;
use embedded_storage::nor_flash::ReadNorFlash;
use heapless::Vec;
use sandgrain_agent::agent::{Agent, Config};
use sandgrain_agent::proto::Address;
use sandgrain_agent::slots::{BootReport, Layout, SlotStore};
use sandgrain_agent::verify::{Offers, Protections, Trust};
use sandgrain_artifact::{MAX_ENVELOPE, PublicKey, WantedImport};
use sandgrain_provision::{MAX_KEYS, Provisioning};
use sandgrain_runtime::Linker;
use static_cell::StaticCell;

use crate::part::DEVICE;
use crate::{boots, chip, executor, guest, net};
use hands::Hands;

/// Time between heartbeats, in ms.
const HEARTBEAT_MS: u32 = 25;
/// How long a new module may take to prove itself, in ms: some ticks and what they compute.
const TRIAL_MS: u32 = 20_000;
/// The one slot of this firmware; the twin property is `wasm.app`, and a module must be called `app` to run in it.
const SLOT: &str = "app";
/// Modules that the flash is divided for. This firmware runs the one that is called [`SLOT`].
const MODULES: usize = 4;
/// Largest chunk that fits the MQTT client's receive buffer with its digest, index, topic and properties.
const MAX_CHUNK: u32 = 4096;

/// Exit codes, beside a panic's 101.
const EXIT_NOT_PROVISIONED: i32 = 3;
const EXIT_NO_NETWORK: i32 = 4;
const EXIT_NO_STORE: i32 = 5;

/// Runs the network firmware. A board's `device` binary calls it and nothing else.
pub fn run() -> ! {
    chip::init();
    guest::prepare();
    executor::run(|spawner| {
        if let Ok(task) = device(spawner) {
            spawner.spawn(task);
        }
    })
}

#[embassy_executor::task]
async fn device(spawner: Spawner) -> ! {
    defmt::info!("{=str}, warm boot {=u32}", chip::NAME, boots::since_power_on());
    let provisioning = match Provisioning::parse(chip::provisioning_page()) {
        Ok(provisioning) => provisioning,
        Err(error) => {
            defmt::error!("{}", defmt::Display2Format(&error));
            crate::exit(EXIT_NOT_PROVISIONED)
        }
    };
    let linker = module::linker();
    let config = config(&provisioning, linker);
    let (store, boot) = match open_store(&config.trust) {
        Ok(opened) => opened,
        Err(why) => {
            defmt::error!("no slot store: {=str}", why);
            crate::exit(EXIT_NO_STORE)
        }
    };
    let stack = match net::start(spawner, provisioning.device_id) {
        Ok(stack) => stack,
        Err(error) => {
            defmt::error!("no network device: {}", defmt::Debug2Format(&error));
            crate::exit(EXIT_NO_NETWORK)
        }
    };
    if let Ok(task) = module::run(linker) {
        spawner.spawn(task);
    }
    static HANDS: StaticCell<Hands> = StaticCell::new();
    let hands = HANDS.init_with(|| Hands::new(store));
    session::run(stack, &provisioning, Agent::new(config, &boot), hands).await
}

/// A module that wants anything else is not downloaded. Whatever is in the linker is granted.
struct HostFunctions(&'static Linker<(), 4>);

impl core::fmt::Debug for HostFunctions {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("HostFunctions")
    }
}

impl Offers for HostFunctions {
    fn grants(&self, capability: &str) -> bool {
        self.0.has_module(capability)
    }

    fn provides(&self, capability: &str, import: &WantedImport<'_>) -> bool {
        self.0.provides(capability, import)
    }
}

/// What the agent is told.
fn config(provisioning: &Provisioning<'static>, linker: &'static Linker<(), 4>) -> Config<'static> {
    static OFFERS: StaticCell<HostFunctions> = StaticCell::new();
    static KEYS: StaticCell<Vec<PublicKey, MAX_KEYS>> = StaticCell::new();
    let keys = KEYS.init_with(|| provisioning.keys().map(|key| PublicKey(*key)).collect());
    let trust = Trust {
        keys,
        profile: DEVICE,
        offers: OFFERS.init(HostFunctions(linker)),
        device_class: provisioning.device_class,
        protections: protections(provisioning),
    };
    Config {
        address: Address { namespace: Some(provisioning.namespace), device: provisioning.device_id },
        slot: SLOT,
        trust,
        max_chunk: MAX_CHUNK,
        trial_ms: TRIAL_MS,
        needs_health: true,
        heartbeat_ms: HEARTBEAT_MS,
        // Differs from device to device by its name, and from boot to boot by when it came this far.
        seed: provisioning
            .device_id
            .bytes()
            .fold(crate::time::now() as u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)),
    }
}

/// All protections; the page cannot switch one off.
#[cfg(not(feature = "unsafe-break"))]
fn protections(provisioning: &Provisioning<'_>) -> Protections {
    if provisioning.without != sandgrain_provision::Without::Nothing {
        defmt::warn!("the page asks for a protection to be off; this firmware cannot do that");
    }
    Protections::ALL
}

/// All protections but the one that the page names: for tests that prove that they would notice.
#[cfg(feature = "unsafe-break")]
fn protections(provisioning: &Provisioning<'_>) -> Protections {
    use sandgrain_agent::verify::Protection;
    use sandgrain_provision::Without;
    let without = match provisioning.without {
        Without::Nothing => return Protections::ALL,
        Without::Signature => Protection::Signature,
        Without::Revert => Protection::Revert,
        Without::Quarantine => Protection::Quarantine,
    };
    defmt::warn!("UNSAFE: a protection is off");
    Protections::without(without)
}

/// Opens the store and decides what runs.
fn open_store(trust: &Trust<'_>) -> Result<(SlotStore<chip::Flash>, BootReport), &'static str> {
    static SCRATCH: StaticCell<[u8; MAX_ENVELOPE]> = StaticCell::new();
    let flash = chip::flash().map_err(|_| "no flash found")?.ok_or("the flash is taken")?;
    let layout = Layout::divide::<chip::Flash>(0, flash.capacity() as u32, MODULES)
        .map_err(|_| "the flash cannot be divided")?;
    let mut store = SlotStore::open(flash, layout).map_err(|_| "the journal cannot be read")?;
    let boot = store.boot(SLOT, trust, SCRATCH.init([0; MAX_ENVELOPE])).map_err(|_| "the journal cannot be written")?;
    match &boot.run {
        Some(installed) => defmt::info!("installed: {=str}, trial {=bool}", installed.name_and_version(), boot.trial),
        None => defmt::info!("no module is installed"),
    }
    if let Some((_, refusal)) = &boot.unfit {
        defmt::warn!("an installed module may not run: {=str}", refusal.reason());
    }
    Ok((store, boot))
}
