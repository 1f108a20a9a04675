//! A device on a network of its own: broker, controller, and a board that runs the network firmware.

use std::time::Duration;

use sandgrain_artifact::SigningKey;
use sandgrain_artifact::keys::{generate, public_key};
use sandgrain_cli::boards::Firmware;
use sandgrain_cli::broker::{Broker, Options};
use sandgrain_cli::controller::TwinMode;
use sandgrain_cli::controller::session::{BrokerUrl, Session};
use sandgrain_cli::deploy::{Audience, Outcome, Package, Request, deploy};
use sandgrain_cli::emulator::{Device, HOST_ADDRESS};
use sandgrain_cli::module_file::ModuleFile;
use sandgrain_provision::{Broker as Endpoint, Provisioning, Without};

use crate::bench::Bench;

/// KubeEdge namespace of the device.
const NAMESPACE: &str = "default";

/// The site; dropping it ends everything.
pub struct Site {
    /// The controller.
    pub session: Session,
    device: Device,
    name: String,
    key: SigningKey,
    _broker: Broker,
}

impl Site {
    /// A site with the board switched off; `None` if QEMU or the firmware is missing.
    ///
    /// # Panics
    /// If broker, controller or device cannot be made.
    pub async fn with(board: &str) -> Option<Site> {
        let bench = Bench::with(board, Firmware::Device)?;
        let key = generate().unwrap();
        let broker = Broker::start(Options::loopback().unwrap()).await.unwrap();
        let url: BrokerUrl = broker.controller_url().parse().unwrap();
        let session = Session::connect(&url, TwinMode::Own, &["+"]).await.unwrap();
        let provisioning = Provisioning {
            device_id: board,
            namespace: NAMESPACE,
            broker: Endpoint { address: HOST_ADDRESS, port: broker.address().port() },
            user: "",
            password: "",
            trusted_keys: [Some(public_key(&key).0), None],
            device_class: "",
            without: Without::Nothing,
        };
        let device = Device::new(bench.board, &bench.firmware, &provisioning).unwrap();
        Some(Site { session, device, name: board.to_owned(), key, _broker: broker })
    }

    /// Lets the device's clock count instructions.
    #[must_use]
    pub fn counting_instructions(mut self) -> Site {
        self.device = self.device.counting_instructions();
        self
    }

    /// Switches the device on. Somebody has to read its log, or it would wait for that.
    ///
    /// # Panics
    /// If QEMU cannot be started.
    pub fn power_on(&mut self) {
        let log = self.device.power_on().unwrap();
        std::thread::spawn(move || log.into_iter().for_each(drop));
    }

    /// Takes the device's power away.
    pub fn power_off(&mut self) {
        self.device.power_off();
    }

    /// Deploys a module as `app@1` with counter 1 and waits until it is confirmed.
    ///
    /// # Panics
    /// If it is not, or the device's emulator has ended.
    pub async fn deploy(&mut self, wasm: Vec<u8>, limit: Duration, audience: &mut dyn Audience) {
        let package = Package {
            path: "module.wasm".into(),
            module: ModuleFile::Wasm(wasm),
            slot: "app".to_owned(),
            version: None,
            counter: Some(1),
            key: Some(self.key.clone()),
        };
        let devices = [self.name.clone()];
        let request = Request { namespace: Some(NAMESPACE), devices: &devices, target: None, limit: Some(limit) };
        let follows = deploy(&mut self.session, &package, &request, audience).await.unwrap();
        self.device.check().unwrap();
        assert_eq!(follows[0].outcome, Some(Outcome::Confirmed), "{}", self.name);
    }
}

/// The runtime that sites live on.
///
/// # Panics
/// If there are no threads for it.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}
