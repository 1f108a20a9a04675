//! What a device still has when its power comes back: on riscv32 virt, whose flash is real storage, its module.

use std::time::Duration;

use sandgrain_agent::proto::StatusEvent;
use sandgrain_artifact::keys::{generate, public_key};
use sandgrain_cli::boards::Firmware;
use sandgrain_cli::broker::{Broker, Options};
use sandgrain_cli::controller::session::{BrokerUrl, Session};
use sandgrain_cli::controller::{Deed, Sight, TwinMode};
use sandgrain_cli::deploy::{Audience, Line, Outcome, Package, Request, deploy};
use sandgrain_cli::emulator::{Device, HOST_ADDRESS};
use sandgrain_cli::module_file::ModuleFile;
use sandgrain_hil_tests::bench::{Bench, guest};
use sandgrain_provision::{Broker as Endpoint, Provisioning, Without};
use tokio::time::Instant;

const BOARD: &str = "qemu-riscv32-virt";
const LIMIT: Duration = Duration::from_secs(60);

struct Silence;

impl Audience for Silence {
    fn line(&mut self, _: &str, _: &Line) {}
}

/// Switches the device on; its log has to be read, or it would wait for that.
fn power_on(device: &mut Device) {
    let log = device.power_on().unwrap();
    std::thread::spawn(move || log.into_iter().for_each(drop));
}

/// What a device that has just been switched on does first: its heart's module and its module's first message, and
/// whether it asked for any content.
async fn after_power_came_back(session: &mut Session) -> (Option<String>, String, bool) {
    let deadline = Instant::now() + LIMIT;
    let (mut online, mut running, mut asked) = (false, None, false);
    while let Some(sight) = session.next(deadline).await.unwrap() {
        let Sight::Device { what, .. } = sight else { continue };
        match what {
            Deed::Status(report) => online |= report.event == StatusEvent::Online,
            Deed::Heartbeat { module, .. } if online => running = module,
            Deed::AskedForChunk(_) | Deed::AskedForManifest(_) => asked = true,
            Deed::Data { payload, .. } if online && running.is_some() => {
                return (running, String::from_utf8(payload).unwrap(), asked);
            }
            _ => {}
        }
    }
    panic!("no message of the module within {} s; its heart named {running:?}", LIMIT.as_secs());
}

#[test]
fn a_confirmed_module_runs_again_when_the_power_comes_back() {
    let Some(bench) = Bench::with(BOARD, Firmware::Device) else { return };
    let Some(wasm) = guest("sensor_v1") else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let key = generate().unwrap();
        let broker = Broker::start(Options::loopback().unwrap()).await.unwrap();
        let url: BrokerUrl = broker.controller_url().parse().unwrap();
        let mut session = Session::connect(&url, TwinMode::Own, &["+"]).await.unwrap();
        let provisioning = Provisioning {
            device_id: BOARD,
            namespace: "default",
            broker: Endpoint { address: HOST_ADDRESS, port: broker.address().port() },
            user: "",
            password: "",
            trusted_keys: [Some(public_key(&key).0), None],
            device_class: "",
            without: Without::Nothing,
        };
        let mut device = Device::new(bench.board, &bench.firmware, &provisioning).unwrap();
        power_on(&mut device);
        let package = Package {
            path: "sensor_v1.wasm".into(),
            module: ModuleFile::Wasm(wasm),
            slot: "app".to_owned(),
            version: "1".to_owned(),
            counter: 1,
            key: Some(key),
        };
        let devices = [BOARD.to_owned()];
        let request = Request { namespace: Some("default"), devices: &devices, target: None, limit: Some(LIMIT) };
        let follows = deploy(&mut session, &package, &request, &mut Silence).await.unwrap();
        assert_eq!(follows[0].outcome, Some(Outcome::Confirmed));
        device.power_off();
        // What came before the cut is of no interest.
        while session.next(Instant::now() + Duration::from_millis(500)).await.unwrap().is_some() {}
        power_on(&mut device);
        let (running, reading, asked) = after_power_came_back(&mut session).await;
        assert_eq!(running.as_deref(), Some("app@1"));
        assert!(reading.contains("\"version\":1"), "{reading}");
        assert!(!asked, "it asked for what it has");
        session.close().await;
    });
}
