//! What the daemon is told, in a file, on the command line, or in both.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Parser;
use rumqttc::MqttOptions;
use sandgrain_agent::proto::{is_device, is_name};
use sandgrain_artifact::{DeviceProfile, PublicKey, keys};
use sandgrain_mqtt::{BrokerUrl, TlsFiles};
use serde::Deserialize;

use crate::module::{self, Settings};

const EXAMPLES: &str = "\
Examples:
  sandgrain-agentd --config /etc/sandgrain/agentd.toml
  sandgrain-agentd --device pump-7 --broker mqtts://broker.local --ca ca.pem --tls-cert pump-7.pem --tls-key pump-7.key \\
      --trust fleet.key.pub --state /var/lib/sandgrain
  sandgrain-agentd --device d1 --broker mqtt://127.0.0.1 --plain --trust fleet.key.pub --state state   (to try it out)

The file has the same options by the same names, without the dashes in front: device = \"pump-7\", trust = [\"fleet.key.pub\"].
What is given here counts more; paths in the file are relative to its folder. `fleet.key.pub` comes from `sandgrain keygen`;
then `sandgrain deploy sensor.wasm --device pump-7 --key fleet.key --broker mqtts://…` brings the first module.

SIGTERM and SIGINT end it. Exit codes: 0 ended so, 1 failed, 2 wrong usage or configuration.";

/// Keeps one module up to date and running: it hears over MQTT, KubeEdge-style, which one is wanted, verifies it, tries it,
/// and goes back if it does not work.
#[derive(Debug, Parser)]
#[command(name = "sandgrain-agentd", version, after_help = EXAMPLES, arg_required_else_help = true)]
pub struct Args {
    /// File with options, in TOML
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Only check options, keys and certificates
    #[arg(long)]
    pub check: bool,
    #[command(flatten)]
    options: Options,
}

/// What may be given in both places.
#[derive(Debug, Clone, Default, PartialEq, Eq, clap::Args, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Options {
    /// This device's name, which the broker knows it by: 1 to 63 of a-z A-Z 0-9 . _ -
    #[arg(long, value_name = "NAME")]
    device: Option<String>,
    /// Its KubeEdge namespace [default: none, for the topics of KubeEdge up to 1.16]
    #[arg(long, value_name = "NAME")]
    namespace: Option<String>,
    /// Name of the module that it runs; the twin property is wasm.NAME [default: app]
    #[arg(long, value_name = "NAME")]
    module: Option<String>,
    /// Class of the device; modules that are for one have to be for this
    #[arg(long, value_name = "NAME")]
    device_class: Option<String>,
    /// The broker, mqtts://[user[:password]@]host[:port]
    #[arg(long, value_name = "URL")]
    broker: Option<String>,
    /// Certificates of the authorities that may have issued the broker's, PEM
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
    /// This device's certificate and those that lead to its authority, PEM
    #[arg(long, value_name = "FILE")]
    tls_cert: Option<PathBuf>,
    /// The certificate's secret key, PEM
    #[arg(long, value_name = "FILE")]
    tls_key: Option<PathBuf>,
    /// Take a broker without TLS, mqtt://: everybody on the way can read, and keep modules from the device
    #[arg(long, num_args = 0, default_missing_value = "true")]
    plain: Option<bool>,
    /// Public key of whoever signs modules (may be repeated)
    #[arg(long, value_name = "FILE")]
    trust: Vec<PathBuf>,
    /// Directory for modules and what is known of them
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,
    /// Seconds that a new module has to prove itself [default: 20]
    #[arg(long, value_name = "SECONDS")]
    trial: Option<u32>,
    /// Confirm a new module at the end of its trial also if its first tick has not returned
    #[arg(long, num_args = 0, default_missing_value = "true")]
    no_health: Option<bool>,
    /// Seconds between heartbeats; 0 for none [default: 30]
    #[arg(long, value_name = "SECONDS")]
    heartbeat: Option<u32>,
    /// Milliseconds between calls of the module's on_tick [default: 500]
    #[arg(long, value_name = "MS")]
    period: Option<u32>,
    /// Milliseconds that a call of the module may take [default: 5000]
    #[arg(long, value_name = "MS")]
    call_limit: Option<u32>,
    /// MiB of memory for the module [default: 16]
    #[arg(long, value_name = "MIB")]
    memory: Option<u32>,
    /// File that read_temperature reads, in thousandths of a degree Celsius, such as
    /// /sys/class/thermal/thermal_zone0/temp
    #[arg(long, value_name = "FILE")]
    temperature: Option<PathBuf>,
}

/// Everything, checked.
pub struct Setup {
    /// Name of the device.
    pub device: String,
    /// KubeEdge's namespace.
    pub namespace: Option<String>,
    /// Name of the module.
    pub module: String,
    /// Class of the device.
    pub device_class: String,
    /// Where to connect, and as whom.
    pub broker: MqttOptions,
    /// Whom to believe modules.
    pub keys: Vec<PublicKey>,
    /// What this computer offers to code.
    pub profile: DeviceProfile,
    /// The module's own directory in that for the state.
    pub state: PathBuf,
    /// Length of a trial in ms.
    pub trial_ms: u32,
    /// Whether a module has to prove itself.
    pub needs_health: bool,
    /// Interval of heartbeats in ms; 0 for none.
    pub heartbeat_ms: u32,
    /// How the module is run.
    pub machine: Settings,
}

/// What is wrong with the options, and what to do.
type Result<T> = std::result::Result<T, String>;

impl Args {
    /// Reads every file that is named and checks all.
    ///
    /// # Errors
    /// The first thing that is wrong, with its remedy.
    pub fn setup(self) -> Result<Setup> {
        let options = match &self.config {
            Some(path) => self.options.or(read(path)?),
            None => self.options,
        };
        options.setup()
    }
}

fn read(path: &Path) -> Result<Options> {
    let text = fs::read_to_string(path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
    let options: Options = toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(options.relative_to(path.parent().unwrap_or(Path::new(""))))
}

/// `a` by the name of its option.
fn needed<T>(value: Option<T>, name: &str) -> Result<T> {
    value.ok_or_else(|| format!("`{name}` is missing: give it as --{name}, or in the file of --config"))
}

impl Options {
    /// These, and for what they lack, those.
    fn or(self, other: Options) -> Options {
        Options {
            device: self.device.or(other.device),
            namespace: self.namespace.or(other.namespace),
            module: self.module.or(other.module),
            device_class: self.device_class.or(other.device_class),
            broker: self.broker.or(other.broker),
            ca: self.ca.or(other.ca),
            tls_cert: self.tls_cert.or(other.tls_cert),
            tls_key: self.tls_key.or(other.tls_key),
            plain: self.plain.or(other.plain),
            trust: if self.trust.is_empty() { other.trust } else { self.trust },
            state: self.state.or(other.state),
            trial: self.trial.or(other.trial),
            no_health: self.no_health.or(other.no_health),
            heartbeat: self.heartbeat.or(other.heartbeat),
            period: self.period.or(other.period),
            call_limit: self.call_limit.or(other.call_limit),
            memory: self.memory.or(other.memory),
            temperature: self.temperature.or(other.temperature),
        }
    }

    fn relative_to(mut self, folder: &Path) -> Options {
        let one = [&mut self.ca, &mut self.tls_cert, &mut self.tls_key, &mut self.state, &mut self.temperature];
        for path in one.into_iter().flatten().chain(&mut self.trust) {
            *path = folder.join(&path);
        }
        self
    }

    fn setup(self) -> Result<Setup> {
        let device = needed(self.device, "device")?;
        let module = self.module.unwrap_or_else(|| "app".to_owned());
        let characters = "of a-z A-Z 0-9 . _ -";
        for (name, value) in [("device", Some(&device)), ("namespace", self.namespace.as_ref())] {
            if let Some(value) = value.filter(|value| !is_device(value)) {
                return Err(format!("`{name}`: {value:?} is no name: 1 to 63 {characters}"));
            }
        }
        if !is_name(&module) {
            return Err(format!("`module`: {module:?} is no name: 1 to 32 {characters}"));
        }
        let files = TlsFiles { ca: self.ca, certificate: self.tls_cert, key: self.tls_key };
        let broker = broker(&needed(self.broker, "broker")?, &device, &files, self.plain.unwrap_or(false))?;
        if self.trust.is_empty() {
            return Err(
                "`trust` is missing: name the public key of whoever signs modules, which `sandgrain keygen` writes \
                        beside the secret one"
                    .to_owned(),
            );
        }
        let keys = self.trust.iter().map(|path| public_key(path)).collect::<Result<_>>()?;
        // A module's name may be "..", hence the suffix.
        let state = needed(self.state, "state")?.join(format!("{module}.module"));
        let profile = module::profile().ok_or("modules run on x86-64, AArch64 and RV64GC, and this is none of them")?;
        Ok(Setup {
            device,
            namespace: self.namespace,
            module,
            device_class: self.device_class.unwrap_or_default(),
            broker,
            keys,
            profile,
            state,
            trial_ms: milliseconds("trial", self.trial.unwrap_or(20), 1)?,
            needs_health: !self.no_health.unwrap_or(false),
            heartbeat_ms: milliseconds("heartbeat", self.heartbeat.unwrap_or(30), 0)?,
            machine: Settings {
                period: Duration::from_millis(self.period.unwrap_or(500).into()),
                call_limit: Duration::from_millis(self.call_limit.unwrap_or(5000).into()),
                arena: megabytes(self.memory.unwrap_or(16))?,
                temperature: self.temperature,
            },
        })
    }
}

fn broker(url: &str, device: &str, files: &TlsFiles, plain: bool) -> Result<MqttOptions> {
    let url: BrokerUrl = url.parse().map_err(|e| format!("`broker`: {e}"))?;
    if !url.is_tls() && !plain {
        return Err(
            "`broker` is without TLS: name it as mqtts://… with `ca`, `tls-cert` and `tls-key`, or give --plain \
                    if nobody else is on the way to it"
                .to_owned(),
        );
    }
    sandgrain_mqtt::client(device, &url, files).map_err(|e| e.to_string())
}

fn public_key(path: &Path) -> Result<PublicKey> {
    let text = fs::read_to_string(path).map_err(|e| format!("`trust`: cannot read {}: {e}", path.display()))?;
    keys::parse_public_key(&text).map_err(|e| format!("`trust`: {}: {e}", path.display()))
}

fn milliseconds(name: &str, seconds: u32, least: u32) -> Result<u32> {
    let wrong = || format!("`{name}`: {seconds} seconds are not in {least} to {}", u32::MAX / 1000);
    seconds.checked_mul(1000).filter(|_| seconds >= least).ok_or_else(wrong)
}

fn megabytes(mib: u32) -> Result<usize> {
    let fits = (1..=4096).contains(&mib).then(|| usize::try_from(u64::from(mib) << 20).ok()).flatten();
    fits.ok_or_else(|| format!("`memory`: {mib} MiB are not in 1 to 4096"))
}

#[cfg(test)]
mod tests;
