//! `sandgrain deploy`.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sandgrain_abi::Target;
use sandgrain_agent::proto::is_device;
use serde_json::json;

use super::keys;
use crate::broker::{self, Broker};
use crate::controller::{BrokerUrl, Session, TlsFiles, TwinMode};
use crate::deploy::{self, Audience, Follow, Line, Package, Request};
use crate::failure::{self, Exit, Failure, Result};
use crate::module_file::ModuleFile;
use crate::rotation::rotate;

const EXAMPLES: &str = "\
Examples:
  sandgrain deploy sensor.wasm --device d1 --slot sensor --key fleet.key
  sandgrain deploy sensor.wasm --device d1 --device d2 --slot sensor --key fleet.key --listen 192.168.1.5:1883 --accounts devices.txt
  sandgrain deploy v2.sg --base v1.sg --device d1 --slot sensor
  sandgrain deploy sensor.wasm --device d1 --slot sensor --rotation 1.rotation --key new.key
  sandgrain deploy sensor.sg --device d1 --slot sensor --broker mqtt://me:secret@broker.local --twin edgecore --wait
  sandgrain deploy sensor.sg --device d1 --slot sensor --broker mqtts://broker.local --ca ca.pem --tls-cert me.pem --tls-key me.key

Without --broker this program is the broker; devices find it where --listen says. With --twin self it also answers for
the devices' KubeEdge twins; with --twin edgecore it serves content only, and KubeEdge has to want the module.

Exit codes: 0 confirmed by every device, 1 failed, 2 wrong usage, 3 refused by a device, 4 reverted by a device,
5 a device was not there or did not finish in time. Of several, the first of 3, 4, 5.";

/// Bring a module to devices: compile for each what it is, sign, offer, follow until it is confirmed
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The module: .wasm or .wat (compiled for what each device is), or an artifact
    #[arg(value_name = "FILE.wasm|FILE.sg")]
    input: PathBuf,
    /// A device (may be repeated)
    #[arg(long = "device", value_name = "ID", required = true, value_parser = device)]
    devices: Vec<String>,
    /// The devices' KubeEdge namespace; empty for topics without one (KubeEdge up to 1.16)
    #[arg(long, default_value = "default")]
    namespace: String,
    /// The module slot on the device, which is also the module's name
    #[arg(long, default_value = "app")]
    slot: String,
    /// Secret key to sign with; an artifact that is signed may do without
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// The module's version for people, if it is compiled here [default: the counter]
    #[arg(long, value_name = "VERSION")]
    module_version: Option<String>,
    /// Its version for devices, which never go back [default: the next of each device]
    #[arg(long, value_name = "N")]
    counter: Option<u32>,
    /// An artifact that devices may run now: they then get what differs from it (may be repeated)
    #[arg(long, value_name = "FILE.sg")]
    base: Vec<PathBuf>,
    /// A rotation of keys, made by `sandgrain keys rotate`, that the devices take first
    #[arg(long, value_name = "FILE")]
    rotation: Option<PathBuf>,
    /// What the devices are, if they do not say so themselves
    #[arg(long, value_parser = super::lists::target)]
    target: Option<Target>,
    /// A broker to use, mqtts://[user[:password]@]host[:port], or mqtt://… without TLS
    #[arg(long, value_name = "URL", conflicts_with_all = ["listen", "accounts"])]
    broker: Option<BrokerUrl>,
    /// Certificates of the authorities that may have issued the broker's, PEM
    #[arg(long, value_name = "FILE", requires = "broker")]
    ca: Option<PathBuf>,
    /// This program's certificate for the broker and those that lead to its authority, PEM
    #[arg(long, value_name = "FILE", requires = "broker")]
    tls_cert: Option<PathBuf>,
    /// That certificate's secret key, PEM
    #[arg(long, value_name = "FILE", requires = "broker")]
    tls_key: Option<PathBuf>,
    /// Where this program listens as the broker; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:1883")]
    listen: SocketAddr,
    /// File with a device and its password a line; without one, anybody on this computer may be a device
    #[arg(long, value_name = "FILE")]
    accounts: Option<PathBuf>,
    /// Who answers for the devices' twins
    #[arg(long, value_enum, default_value_t = TwinMode::Own)]
    twin: TwinMode,
    /// Seconds until devices that have not finished are given up
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    timeout: u64,
    /// Wait for the devices for as long as it takes
    #[arg(long, conflicts_with = "timeout")]
    wait: bool,
    /// Print the outcome as one JSON object
    #[arg(long)]
    json: bool,
}

fn device(name: &str) -> Result<String, String> {
    is_device(name).then(|| name.to_owned()).ok_or_else(|| "1 to 63 of a-z A-Z 0-9 . _ -".to_owned())
}

pub fn main(args: &Args) -> Result<Exit> {
    let package = package(args)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|e| Failure::failed(format_args!("cannot start threads: {e}")))?;
    let follows = runtime.block_on(run(args, &package))?;
    if args.json {
        super::print_json(&json!({ "slot": args.slot, "devices": follows.iter().map(to_json).collect::<Vec<_>>() }));
    } else {
        follows.iter().for_each(|follow| println!("{}", summary(follow)));
    }
    let order = [Exit::Refused, Exit::Trapped, Exit::TimedOut];
    let exits: Vec<Exit> = follows.iter().filter_map(|f| f.outcome.as_ref()).map(deploy::Outcome::exit).collect();
    Ok(order.into_iter().find(|exit| exits.contains(exit)).unwrap_or(Exit::Done))
}

fn package(args: &Args) -> Result<Package> {
    let module = ModuleFile::read(&args.input)?;
    if matches!(module, ModuleFile::Wasm(_)) && args.key.is_none() {
        return Err(Failure::usage("what is compiled here has to be signed: name a secret key with --key"));
    }
    Ok(Package {
        path: args.input.clone(),
        module,
        slot: args.slot.clone(),
        version: args.module_version.clone(),
        counter: args.counter,
        key: args.key.as_deref().map(keys::read_secret).transpose()?,
    })
}

async fn run(args: &Args, package: &Package) -> Result<Vec<Follow>> {
    let bases: Vec<Vec<u8>> = args.base.iter().map(|path| failure::read(path)).collect::<Result<_>>()?;
    let rotation = args.rotation.as_deref().map(failure::read).transpose()?;
    let own = match args.broker {
        Some(_) => None,
        None => Some(start_broker(args).await?),
    };
    let url = match (&args.broker, &own) {
        (Some(url), _) => url.clone(),
        (None, Some(broker)) => broker.controller_url().parse().map_err(Failure::failed)?,
        (None, None) => return Err(Failure::failed("there is no broker")),
    };
    let devices: Vec<&str> = args.devices.iter().map(String::as_str).collect();
    let files = TlsFiles { ca: args.ca.clone(), certificate: args.tls_cert.clone(), key: args.tls_key.clone() };
    let mut session = Session::connect_by(&url, &files, args.twin, &devices).await?;
    for (path, base) in args.base.iter().zip(bases) {
        session.offer(base).map_err(|failure| failure.about(path.display()))?;
    }
    let request = Request {
        namespace: Some(args.namespace.as_str()).filter(|namespace| !namespace.is_empty()),
        devices: &args.devices,
        target: args.target,
        limit: (!args.wait).then(|| Duration::from_secs(args.timeout)),
    };
    let rotated = match (&rotation, &args.rotation) {
        (Some(record), Some(path)) => rotate(&mut session, record, &args.devices, request.limit, &mut Console::new())
            .await
            .map_err(|failure| failure.about(path.display())),
        _ => Ok(()),
    };
    let follows = match rotated {
        Ok(()) => deploy::deploy(&mut session, package, &request, &mut Console::new()).await,
        Err(failure) => Err(failure),
    };
    session.close().await;
    if let Some(broker) = own {
        broker.stop().await?;
    }
    follows
}

async fn start_broker(args: &Args) -> Result<Broker> {
    let devices = args.accounts.as_deref().map(read_accounts).transpose()?.unwrap_or_default();
    if devices.is_empty() && !args.listen.ip().is_loopback() {
        let why =
            "anybody who reaches it could be a device: give them passwords with --accounts, or listen on 127.0.0.1";
        return Err(Failure::usage(why));
    }
    let broker = Broker::start(broker::Options { bind: args.listen, devices, ..broker::Options::loopback()? }).await?;
    eprintln!("broker: listening on {}", broker.address());
    Ok(broker)
}

/// Reads lines of `name password`; the password ends with the line.
fn read_accounts(path: &Path) -> Result<BTreeMap<String, String>> {
    let text = String::from_utf8(failure::read(path)?);
    let text = text.map_err(|_| Failure::refused("not text").about(path.display()))?;
    let lines = text.lines().map(str::trim).enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#'));
    let account = |(number, line): (usize, &str)| match line.split_once(char::is_whitespace) {
        Some((name, password)) if is_device(name) => Ok((name.to_owned(), password.trim().to_owned())),
        _ => Err(Failure::refused(format_args!("line {}: expected a device and its password", number + 1))
            .about(path.display())),
    };
    let accounts: BTreeMap<String, String> = lines.map(account).collect::<Result<_>>()?;
    if accounts.is_empty() {
        return Err(Failure::refused("it names no device").about(path.display()));
    }
    Ok(accounts)
}

fn summary(follow: &Follow) -> String {
    let (device, seconds) = (&follow.device, follow.took.as_secs_f32());
    let value = follow.offer.as_ref().map_or("nothing", |offer| &offer.value);
    let Some(outcome) = &follow.outcome else { return format!("{device}: {value}: unfinished") };
    match outcome.why().filter(|why| !why.is_empty()) {
        Some(why) => format!("{device}: {} after {seconds:.1} s: {why} ({value})", outcome.name()),
        None => format!("{device}: {} after {seconds:.1} s ({value})", outcome.name()),
    }
}

fn to_json(follow: &Follow) -> serde_json::Value {
    let offer = follow.offer.as_ref();
    json!({
        "device": follow.device,
        "target": follow.target.map(Target::name),
        "outcome": follow.outcome.as_ref().map(deploy::Outcome::name),
        "why": follow.outcome.as_ref().and_then(deploy::Outcome::why),
        "value": offer.map(|o| &o.value),
        "bytes": offer.map(|o| o.len),
        "chunks": offer.map(|o| o.chunks),
        "chunk_requests": follow.chunk_requests,
        "chunk_bytes": follow.chunk_bytes,
        "seconds": follow.took.as_secs_f64(),
    })
}

/// Standard error: on a terminal, passing lines replace each other; elsewhere they are left out.
struct Console {
    terminal: bool,
    passing: bool,
}

impl Console {
    fn new() -> Console {
        Console { terminal: std::io::stderr().is_terminal(), passing: false }
    }
}

impl Audience for Console {
    fn line(&mut self, device: &str, line: &Line) {
        let mut out = std::io::stderr().lock();
        let over = if std::mem::take(&mut self.passing) { "\r\x1b[K" } else { "" };
        // Nobody may be reading.
        let _ = match (line.passing, self.terminal) {
            (true, true) => {
                self.passing = true;
                write!(out, "{over}{device}: {}", line.text).and_then(|()| out.flush())
            }
            (true, false) => Ok(()),
            (false, _) => writeln!(out, "{over}{device}: {}", line.text),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_read_or_refused_by_line() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let read = |text: &str| {
            std::fs::write(file.path(), text).unwrap();
            read_accounts(file.path())
        };
        let good = read("# fleet\n\nd1  one two\nd2\tx\n").unwrap();
        assert_eq!(good, BTreeMap::from([("d1".into(), "one two".into()), ("d2".into(), "x".into())]));
        assert!(read("d1 x\nd/2 y").unwrap_err().to_string().contains("line 2"));
        assert!(read("d1").unwrap_err().to_string().contains("line 1"));
        assert!(read("\n").is_err());
    }
}
