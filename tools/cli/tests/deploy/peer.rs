//! The brokers that every test runs against: our own, and mosquitto.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::time::{Duration, Instant};

use sandgrain_cli::broker::{self, Broker};
use sandgrain_cli::controller::BrokerUrl;
use sandgrain_proc::{Output, Process, tools};
use tempfile::TempDir;

pub enum Peer {
    Own(Broker),
    Mosquitto { port: u16, _process: Process, _directory: TempDir },
}

impl Peer {
    pub async fn own() -> Peer {
        Peer::Own(Broker::start(broker::Options::loopback().unwrap()).await.unwrap())
    }

    /// `None` if it is not installed and need not be.
    pub fn mosquitto() -> Option<Peer> {
        let Some(program) = tools::MOSQUITTO.find() else {
            let required = std::env::var("SANDGRAIN_REQUIRE_TOOLS").as_deref() == Ok("1");
            assert!(!required, "mosquitto is not installed, and SANDGRAIN_REQUIRE_TOOLS=1");
            eprintln!("SKIPPED against mosquitto: it is not installed");
            return None;
        };
        let directory = tempfile::tempdir().unwrap();
        let configuration = directory.path().join("mosquitto.conf");
        // Free a moment ago; mosquitto cannot choose one itself.
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        std::fs::write(&configuration, format!("listener {port} 127.0.0.1\nallow_anonymous true\n")).unwrap();
        let mut command = Command::new(program);
        command.arg("-c").arg(configuration);
        let mut process = Process::spawn(command, Output::Discarded).unwrap();
        let deadline = Instant::now() + Duration::from_secs(10);
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            assert!(process.try_wait().unwrap().is_none() && Instant::now() < deadline, "mosquitto does not listen");
            std::thread::sleep(Duration::from_millis(10));
        }
        Some(Peer::Mosquitto { port, _process: process, _directory: directory })
    }

    pub fn port(&self) -> u16 {
        match self {
            Peer::Own(broker) => broker.address().port(),
            Peer::Mosquitto { port, .. } => *port,
        }
    }

    pub fn url(&self) -> BrokerUrl {
        match self {
            Peer::Own(broker) => broker.controller_url().parse().unwrap(),
            Peer::Mosquitto { port, .. } => format!("mqtt://127.0.0.1:{port}").parse().unwrap(),
        }
    }

    /// Our own broker, started again after a stop, where it was.
    pub async fn restarted(broker: Broker) -> Broker {
        let address: SocketAddr = broker.address();
        let (user, password) = split(&broker.controller_url());
        broker.stop().await.unwrap();
        let options = broker::Options { bind: address, controller: (user, password), devices: Default::default() };
        Broker::start(options).await.unwrap()
    }
}

fn split(url: &str) -> (String, String) {
    let login = url.strip_prefix("mqtt://").unwrap().split_once('@').unwrap().0;
    let (user, password) = login.split_once(':').unwrap();
    (user.to_owned(), password.to_owned())
}
