//! Deploying: from a module to devices that have confirmed it.
//!
//! A module is compiled for what a device says it is, signed, offered, wanted; from then on the device does everything
//! and tells what it does. [`Follow`] makes sense of that, one device at a time.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sandgrain_abi::{ABI_VERSION, Target};
use sandgrain_agent::proto::{Address, StatusEvent};
use sandgrain_artifact::{SigningKey, sign};
use tokio::time::Instant;

use crate::backtrace::parse_stack;
use crate::controller::content::describe;
use crate::controller::{Deed, Offer, Report, Session, Sight};
use crate::failure::{Exit, Failure, Result};
use crate::module_file::{self, ModuleFile};

/// How long a device may be silent before it is called offline.
const GRACE: Duration = Duration::from_secs(3);
/// A deadline for those who have none.
const FOREVER: Duration = Duration::from_secs(10 * 365 * 86_400);
/// Where an artifact's signature is, in bytes from its start.
const SIGNATURE: std::ops::Range<usize> = 32..96;

/// What to deploy, in whichever form it is there.
pub struct Package {
    /// Where it came from, for messages.
    pub path: PathBuf,
    /// The module.
    pub module: ModuleFile,
    /// Name of the slot, which is the module's name.
    pub slot: String,
    /// Version for people, of a module that is compiled here; its counter if there is none.
    pub version: Option<String>,
    /// Version for devices, of a module that is compiled here; if there is none, the next one for each device.
    pub counter: Option<u32>,
    /// Signs what is compiled here, and signs a finished artifact again.
    pub key: Option<SigningKey>,
}

impl Package {
    /// A signed artifact that a device with this target could run; if it is compiled here and has no counter of its own,
    /// with this one.
    ///
    /// # Errors
    /// [`Exit::Refused`] if the module does not compile, or the artifact is for another target, or is cut short;
    /// [`Exit::Usage`] if there is nothing to sign it with, or it belongs into another slot.
    pub fn artifact(&self, target: Target, counter: u32) -> Result<Vec<u8>> {
        let mut artifact = match &self.module {
            ModuleFile::Artifact(artifact) => artifact.clone(),
            ModuleFile::Wasm(wasm) => {
                let mut options = module_file::options(&self.path, target);
                options.identity.name.clone_from(&self.slot);
                options.identity.counter = self.counter.unwrap_or(counter);
                options.identity.version = self.version.clone().unwrap_or_else(|| options.identity.counter.to_string());
                module_file::compile(&self.path, wasm, &options)?.artifact
            }
        };
        let about = |failure: Failure| failure.about(self.path.display());
        let offer = describe(&artifact).map_err(about)?;
        if offer.target != Some(target) {
            let found = offer.target.map_or("a target that this program does not know", Target::name);
            let why = format!("compiled for {found}, the device is {}", target.name());
            return Err(about(Failure::refused(why)));
        }
        if offer.name != self.slot {
            let why = format!("its module is called {}: it belongs into --slot {0}, not {}", offer.name, self.slot);
            return Err(about(Failure::usage(why)));
        }
        match &self.key {
            Some(key) => sign(&mut artifact, key).map_err(Failure::refused).map_err(about)?,
            None if artifact.get(SIGNATURE).is_some_and(|s| s.iter().all(|byte| *byte == 0)) => {
                return Err(about(Failure::usage("it is not signed; name a secret key with --key")));
            }
            None => {}
        }
        Ok(artifact)
    }

    /// Whether the counter is the one after each device's.
    fn counts_up(&self) -> bool {
        matches!(self.module, ModuleFile::Wasm(_)) && self.counter.is_none()
    }

    /// The target of a finished artifact.
    fn target(&self) -> Option<Target> {
        match &self.module {
            ModuleFile::Artifact(artifact) => describe(artifact).ok()?.target,
            ModuleFile::Wasm(_) => None,
        }
    }
}

/// Which devices, and how long.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Namespace in the twin's topics, of a device that has not been heard of yet.
    pub namespace: Option<&'a str>,
    /// Names of the devices.
    pub devices: &'a [String],
    /// What they are, if they do not say so.
    pub target: Option<Target>,
    /// How long they may take, all together.
    pub limit: Option<Duration>,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The module runs and was found well.
    Confirmed,
    /// It ran already.
    Already,
    /// The device did not install it, or it was not even offered.
    Refused(String),
    /// It was tried, failed, and was taken back.
    Reverted(String),
    /// Nothing decisive came in time; what came last.
    TimedOut(String),
    /// The device was not there.
    Offline,
}

impl Outcome {
    /// What it means to a script.
    pub fn exit(&self) -> Exit {
        match self {
            Outcome::Confirmed | Outcome::Already => Exit::Done,
            Outcome::Refused(_) => Exit::Refused,
            Outcome::Reverted(_) => Exit::Trapped,
            Outcome::TimedOut(_) | Outcome::Offline => Exit::TimedOut,
        }
    }

    /// In one word.
    pub fn name(&self) -> &'static str {
        match self {
            Outcome::Confirmed => "confirmed",
            Outcome::Already => "already",
            Outcome::Refused(_) => "refused",
            Outcome::Reverted(_) => "reverted",
            Outcome::TimedOut(_) => "timed-out",
            Outcome::Offline => "offline",
        }
    }

    /// Why, if there is more to say than [`name`](Self::name).
    pub fn why(&self) -> Option<&str> {
        match self {
            Outcome::Refused(why) | Outcome::Reverted(why) | Outcome::TimedOut(why) => Some(why),
            _ => None,
        }
    }
}

/// One device on its way to a module.
#[derive(Debug, Clone)]
pub struct Follow {
    /// Its name.
    pub device: String,
    /// What it is, as far as it has said so.
    pub target: Option<Target>,
    /// It gave a sign of life, and its last will has not come since.
    pub online: bool,
    /// The lowest counter that it takes, if it has said so.
    pub floor: Option<u32>,
    /// What it was told to want.
    pub offer: Option<Offer>,
    /// Chunks of it that the device asked for, those asked for again included.
    pub chunk_requests: u32,
    /// Bytes of chunks that it was sent, packed or not.
    pub chunk_bytes: usize,
    /// From being told to the outcome.
    pub took: Duration,
    /// How it ended, once it has.
    pub outcome: Option<Outcome>,
    /// What it said last.
    last: String,
    told: Instant,
}

/// A sentence about a device, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The sentence, without the device's name.
    pub text: String,
    /// The next one may take its place.
    pub passing: bool,
}

impl Follow {
    fn new(device: &str, target: Option<Target>) -> Follow {
        Follow {
            device: device.to_owned(),
            target,
            online: false,
            floor: None,
            offer: None,
            chunk_requests: 0,
            chunk_bytes: 0,
            took: Duration::ZERO,
            outcome: None,
            last: String::new(),
            told: Instant::now(),
        }
    }

    fn end(&mut self, outcome: Outcome) {
        self.took = self.told.elapsed();
        self.outcome = Some(outcome);
    }

    /// Takes note of what the device did.
    fn observe(&mut self, what: &Deed, property: &str) -> Option<Line> {
        if !matches!(what, Deed::Status(Report { event: StatusEvent::Offline, .. })) {
            self.online = true;
        }
        match what {
            Deed::Status(report) => self.report(report),
            Deed::AskedForChunk { chunk, bytes } if self.is_about_ours(Some(chunk.digest.0)) => {
                self.chunk_requests += 1;
                self.chunk_bytes += bytes;
                None
            }
            Deed::Actual(values) => {
                let wanted = &self.offer.as_ref()?.value;
                let ours = values.iter().any(|(name, value)| name == property && value == wanted);
                if !ours || self.outcome.is_some() {
                    return None;
                }
                self.end(Outcome::Already);
                Some(Line { text: "runs it already".to_owned(), passing: false })
            }
            _ => None,
        }
    }

    fn is_about_ours(&self, digest: Option<[u8; 32]>) -> bool {
        self.offer.as_ref().is_some_and(|offer| digest == Some(offer.digest.0))
    }

    fn report(&mut self, report: &Report) -> Option<Line> {
        let why = report.why.as_deref();
        let text = match report.event {
            StatusEvent::Online => {
                self.target = report.target.as_deref().and_then(Target::from_name).or(self.target);
                self.floor = report.counter.or(self.floor);
                if self.outcome.is_none() && report.abi.is_some_and(|abi| abi != ABI_VERSION) {
                    let abi = report.abi.unwrap_or_default();
                    let why = format!("it runs ABI version {abi}, this program compiles for version {ABI_VERSION}");
                    self.end(Outcome::Refused(why.clone()));
                    why
                } else {
                    format!("online, {}", report.target.as_deref().unwrap_or("of unknown target"))
                }
            }
            StatusEvent::Offline => {
                self.online = false;
                "offline".to_owned()
            }
            StatusEvent::Stalled => format!("waits for {}", why.unwrap_or("an answer")),
            // Malformed values are refused without a digest: there is nothing else that they could be.
            StatusEvent::Refused if report.digest.is_none() && self.offer.is_some() => self.refused(why),
            _ if !self.is_about_ours(report.digest.map(|d| d.0)) => return None,
            StatusEvent::Refused => self.refused(why),
            StatusEvent::Manifest => "manifest accepted: signed by a trusted key".to_owned(),
            StatusEvent::Downloading => {
                let (done, total) = report.progress.unwrap_or_default();
                self.last = format!("chunk {done} of {total}");
                return Some(Line { text: self.last.clone(), passing: done < total });
            }
            StatusEvent::Verified => "verified".to_owned(),
            StatusEvent::Started => "started, on trial".to_owned(),
            StatusEvent::Trapped => {
                let Some(offset) = report.offset else {
                    self.last = why.unwrap_or("trapped").to_owned();
                    return Some(Line { text: self.last.clone(), passing: false });
                };
                self.last = format!("{} at {offset:#x}", why.unwrap_or("trapped"));
                // It is for a shell: a device may say what it likes.
                let stack = report.stack.as_deref().filter(|stack| parse_stack(stack).is_ok());
                let stack = stack.map(|stack| format!(" --stack '{stack}'")).unwrap_or_default();
                let trace = format!("sandgrain trace IN.wasm --target TARGET {offset:#x}{stack}");
                return Some(Line { text: format!("{}; its calls: {trace}", self.last), passing: false });
            }
            StatusEvent::Confirmed => {
                if self.outcome.is_none() {
                    self.end(Outcome::Confirmed);
                }
                "confirmed".to_owned()
            }
            StatusEvent::Reverted => {
                let cause = std::mem::take(&mut self.last);
                if self.outcome.is_none() {
                    self.end(Outcome::Reverted(cause));
                }
                "reverted: the module before it runs on".to_owned()
            }
            // What came of a rotation is followed where it is sent.
            StatusEvent::Rotated => return None,
            StatusEvent::Quarantined => "quarantined: it will not be installed again".to_owned(),
        };
        self.last.clone_from(&text);
        Some(Line { text, passing: false })
    }

    fn refused(&mut self, why: Option<&str>) -> String {
        let why = why.unwrap_or("without a reason");
        let help = match why {
            "counter" | "counter-jump" => {
                "; name another counter, not lower and at most 1,000 higher than what it confirmed"
            }
            _ => "",
        };
        // A damaged chunk is asked for again; everything else is the device's last word.
        if self.outcome.is_none() && why != "chunk" {
            self.end(Outcome::Refused(why.to_owned()));
        }
        format!("refused: {why}{help}")
    }
}

/// Somebody who is told what happens, as it happens.
pub trait Audience {
    /// A sentence about a device.
    fn line(&mut self, device: &str, line: &Line);
    /// Everything that devices do.
    fn sight(&mut self, sight: &Sight) {
        let _ = sight;
    }
}

/// Deploys to all devices of the request, and follows them to their outcomes.
///
/// # Errors
/// If the module cannot be deployed to anybody, or the connection has crashed. What a device does is no error.
pub async fn deploy(
    session: &mut Session,
    package: &Package,
    request: &Request<'_>,
    audience: &mut dyn Audience,
) -> Result<Vec<Follow>> {
    let property = sandgrain_agent::proto::property(&package.slot).map_err(Failure::usage)?;
    let begun = Instant::now();
    let deadline = begun + request.limit.unwrap_or(FOREVER);
    let mut follows: Vec<Follow> =
        request.devices.iter().map(|d| Follow::new(d, request.target.or_else(|| package.target()))).collect();
    for follow in &mut follows {
        if let Some(line) = session.presence(&follow.device).and_then(|known| follow.observe(&Deed::Status(known), ""))
        {
            audience.line(&follow.device, &line);
        }
    }
    let mut offers = BTreeMap::new();
    let mut grace = Some(begun + GRACE);
    loop {
        for follow in follows.iter_mut().filter(|f| f.offer.is_none() && f.outcome.is_none()) {
            tell(session, package, request, &mut offers, follow, audience)?;
        }
        if follows.iter().all(|f| f.outcome.is_some()) {
            return Ok(follows);
        }
        let next = grace.map_or(deadline, |grace| grace.min(deadline));
        match session.next(next).await? {
            Some(sight) => {
                audience.sight(&sight);
                take(&mut follows, &sight, &property, audience);
            }
            None if Instant::now() >= deadline => break,
            None => {
                grace = None;
                for follow in follows.iter().filter(|f| !f.online) {
                    let limit = request.limit.map_or("until it comes".to_owned(), |l| format!("{} s", l.as_secs()));
                    let text = format!("offline: no sign of it; waiting, {limit}");
                    audience.line(&follow.device, &Line { text, passing: false });
                }
            }
        }
    }
    for follow in follows.iter_mut().filter(|f| f.outcome.is_none()) {
        let last = follow.last.clone();
        follow.end(if follow.online { Outcome::TimedOut(last) } else { Outcome::Offline });
    }
    Ok(follows)
}

fn seconds_since_1970() -> u32 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u32::try_from(since.as_secs()).unwrap_or(u32::MAX)
}

fn take(follows: &mut [Follow], sight: &Sight, property: &str, audience: &mut dyn Audience) {
    match sight {
        Sight::Device { device, what } => {
            let Some(follow) = follows.iter_mut().find(|f| f.device == *device) else { return };
            if let Some(line) = follow.observe(what, property) {
                audience.line(device, &line);
            }
        }
        Sight::Lost(why) => {
            let text = format!("connection lost ({why}); connecting again");
            audience.line("broker", &Line { text, passing: true });
        }
        Sight::Connected => {}
    }
}

/// Compiles for a device, if it is known what it is, and tells it to want the result.
fn tell(
    session: &Session,
    package: &Package,
    request: &Request<'_>,
    offers: &mut BTreeMap<(u8, u32), Offer>,
    follow: &mut Follow,
    audience: &mut dyn Audience,
) -> Result<()> {
    let Some(target) = follow.target else { return Ok(()) };
    // Which counter comes next is the device's to say; older ones do not, and know no counter that is too high.
    if package.counts_up() && !follow.online {
        return Ok(());
    }
    let next = follow.floor.map(|floor| floor.saturating_add(1)).filter(|_| package.counts_up());
    let counter = next.or(package.counter).unwrap_or_else(seconds_since_1970);
    let offer = match offers.get(&(target as u8, next.unwrap_or(0))) {
        Some(offer) => offer.clone(),
        None => match package.artifact(target, counter) {
            Ok(artifact) => offers.entry((target as u8, next.unwrap_or(0))).or_insert(session.offer(artifact)?).clone(),
            Err(failure) if failure.exit() == Exit::Refused => {
                follow.end(Outcome::Refused(failure.to_string()));
                audience.line(&follow.device, &Line { text: format!("refused: {failure}"), passing: false });
                return Ok(());
            }
            Err(failure) => return Err(failure),
        },
    };
    let text = format!(
        "{}@{} for {}: {} bytes in {} chunks, manifest {}…",
        offer.name,
        offer.version,
        target.name(),
        offer.len,
        offer.chunks,
        &offer.digest.to_string()[..12]
    );
    follow.told = Instant::now();
    let address = Address { namespace: request.namespace, device: &follow.device };
    session.want(&address, &package.slot, &offer.value)?;
    audience.line(&follow.device, &Line { text, passing: false });
    if !session.plays_edgecore() {
        let text = format!("have KubeEdge set wasm.{} to {}", package.slot, offer.value);
        audience.line(&follow.device, &Line { text, passing: false });
    }
    follow.offer = Some(offer);
    Ok(())
}
