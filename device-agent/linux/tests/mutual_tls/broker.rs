//! mosquitto with the access list that users are given, and an authority that issues everybody's certificates.

use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use sandgrain_mqtt::TlsFiles;
use sandgrain_proc::{Output, Process, tools};
use tempfile::TempDir;

/// What users are told to take.
const ACL: &str = include_str!("../../mosquitto.acl");
/// Who sees what the broker lets through; no user has one.
pub const OBSERVER: &str = "observer";

/// Issues certificates.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    folder: TempDir,
}

impl Authority {
    pub fn new() -> Authority {
        let folder = tempfile::tempdir().unwrap();
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, "an authority");
        let key = KeyPair::generate().unwrap();
        fs::write(folder.path().join("ca.pem"), params.self_signed(&key).unwrap().pem()).unwrap();
        Authority { issuer: Issuer::new(params, key), folder }
    }

    /// Files for whom this authority calls `name`.
    pub fn issue(&self, name: &str) -> TlsFiles {
        // The broker is found by its address; of others, nobody looks at this.
        let mut params = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let place = |kind| self.folder.path().join(format!("{name}.{kind}"));
        fs::write(place("pem"), certificate.pem()).unwrap();
        fs::write(place("key"), key.serialize_pem()).unwrap();
        TlsFiles { ca: Some(self.ca()), certificate: Some(place("pem")), key: Some(place("key")) }
    }

    pub fn ca(&self) -> std::path::PathBuf {
        self.folder.path().join("ca.pem")
    }
}

/// What of the broker's protections is in force.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Guard {
    /// As users are told.
    Full,
    /// Without the access list.
    NoList,
    /// Clients call themselves what they like.
    FreeIdentifiers,
}

pub struct Mosquitto {
    pub authority: Authority,
    port: u16,
    _process: Process,
    _folder: TempDir,
}

impl Mosquitto {
    /// `None` if it is not installed and need not be.
    pub fn start(guard: Guard) -> Option<Mosquitto> {
        let Some(program) = tools::MOSQUITTO.find() else {
            let required = std::env::var("SANDGRAIN_REQUIRE_TOOLS").as_deref() == Ok("1");
            assert!(!required, "mosquitto is not installed, and SANDGRAIN_REQUIRE_TOOLS=1");
            eprintln!("SKIPPED the Linux agent over mosquitto with certificates: mosquitto is not installed");
            return None;
        };
        let authority = Authority::new();
        let folder = tempfile::tempdir().unwrap();
        let acl = format!("{ACL}\nuser {OBSERVER}\ntopic readwrite sg/#\ntopic readwrite $hw/#\n");
        fs::write(folder.path().join("mosquitto.acl"), acl).unwrap();
        // Free a moment ago; mosquitto cannot choose one itself.
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let file = folder.path().join("mosquitto.conf");
        fs::write(&file, configuration(&authority, guard, port, folder.path())).unwrap();
        let mut command = Command::new(program);
        command.arg("-c").arg(file);
        let mut process = Process::spawn(command, Output::Discarded).unwrap();
        let deadline = Instant::now() + Duration::from_secs(10);
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            assert!(process.try_wait().unwrap().is_none() && Instant::now() < deadline, "mosquitto does not listen");
            std::thread::sleep(Duration::from_millis(10));
        }
        Some(Mosquitto { authority, port, _process: process, _folder: folder })
    }

    /// Its URL, for a client that also claims to be `user`.
    pub fn url_as(&self, user: &str) -> String {
        format!("mqtts://{user}:word@127.0.0.1:{}", self.port)
    }

    pub fn url(&self) -> String {
        format!("mqtts://127.0.0.1:{}", self.port)
    }
}

/// The lines that the access list's head tells users to take, with this test's files, port and omissions.
fn configuration(authority: &Authority, guard: Guard, port: u16, folder: &Path) -> String {
    let broker = authority.issue("broker");
    let told = ACL.lines().filter_map(|line| line.strip_prefix("#   "));
    // As root it would become a user who cannot read the files.
    let mut text = "user root\n".to_owned();
    for line in told {
        let (option, value) = line.split_once(' ').unwrap();
        let line = match option {
            "listener" => format!("listener {port} 127.0.0.1"),
            "cafile" => format!("cafile {}", authority.ca().display()),
            "certfile" => format!("certfile {}", broker.certificate.as_ref().unwrap().display()),
            "keyfile" => format!("keyfile {}", broker.key.as_ref().unwrap().display()),
            "acl_file" if guard == Guard::NoList => continue,
            "acl_file" => format!("acl_file {}", folder.join(value).display()),
            "use_username_as_clientid" if guard == Guard::FreeIdentifiers => continue,
            _ => line.to_owned(),
        };
        text = text + &line + "\n";
    }
    text
}
