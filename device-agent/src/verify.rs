//! What a device takes: the checks of an envelope, in one place for the download and for the boot.

use sandgrain_artifact::{DeviceProfile, Digest, Envelope, Error, Manifest, PublicKey, WantedImport};

use crate::proto::{Desired, ProtoError, ValueBuffer};
use crate::slots::StoreFault;

/// What a device trusts, and what it is.
#[derive(Debug, Clone, Copy)]
pub struct Trust<'a> {
    /// Keys of which one must have signed.
    pub keys: &'a [PublicKey],
    /// What the firmware offers to code.
    pub profile: DeviceProfile,
    /// What modules may import.
    pub offers: &'a dyn Offers,
    /// Class of the device; a manifest that names one must name this.
    pub device_class: &'a str,
    /// All of them, outside of tests of the tests.
    pub protections: Protections,
}

/// What a firmware lets modules have, so that one that could not be linked is refused before it is downloaded.
pub trait Offers: core::fmt::Debug + Sync {
    /// Whether modules may import from the module `capability` at all.
    fn grants(&self, capability: &str) -> bool;

    /// Whether it provides this import from `capability`, with its type.
    fn provides(&self, capability: &str, import: &WantedImport<'_>) -> bool;
}

/// Everything is provided: for devices that leave it to the linker to refuse.
#[derive(Debug, Clone, Copy)]
pub struct OffersAll;

impl Offers for OffersAll {
    fn grants(&self, _: &str) -> bool {
        true
    }

    fn provides(&self, _: &str, _: &WantedImport<'_>) -> bool {
        true
    }
}

/// Protections that a test of the tests may switch off one by one, to prove that it would notice.
///
/// Without the feature `unsafe-break` there is no value but [`Protections::ALL`], so that a firmware built without it
/// cannot be talked out of any; a firmware for anything but such tests must not be built with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Protections {
    signature: bool,
    revert: bool,
    quarantine: bool,
}

/// One of [`Protections`].
#[cfg(any(test, feature = "unsafe-break"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// Off: an artifact that nobody trusted has signed is installed.
    Signature,
    /// Off: a module that traps on trial is not taken back.
    Revert,
    /// Off: a module that was taken back may be installed again.
    Quarantine,
}

impl Protections {
    /// Everything on.
    pub const ALL: Protections = Protections { signature: true, revert: true, quarantine: true };

    /// Everything on but one.
    #[cfg(any(test, feature = "unsafe-break"))]
    pub const fn without(protection: Protection) -> Protections {
        let mut all = Protections::ALL;
        match protection {
            Protection::Signature => all.signature = false,
            Protection::Revert => all.revert = false,
            Protection::Quarantine => all.quarantine = false,
        }
        all
    }

    pub(crate) fn revert(&self) -> bool {
        self.revert
    }

    pub(crate) fn quarantine(&self) -> bool {
        self.quarantine
    }
}

impl Default for Protections {
    fn default() -> Self {
        Protections::ALL
    }
}

/// Why an artifact or a desired value was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Malformed, for another device, or not signed.
    Artifact(Error),
    /// The envelope is not the one that the desired value names.
    Digest,
    /// The desired value is malformed.
    Value(ProtoError),
    /// The module is not the one that this slot is for, or calls itself otherwise than the desired value does.
    Name,
    /// The manifest's version or counter is not the desired value's.
    Version,
    /// The counter is lower than one that was confirmed before.
    Counter {
        /// Lowest counter that may be installed.
        floor: u32,
    },
    /// The manifest names another class of devices.
    DeviceClass,
    /// The module wants something of a kind that this device does not grant.
    Capability,
    /// The module imports something that this firmware does not provide, or not with this type.
    Import,
    /// Chunks are larger than the device's receive buffer.
    ChunkSize {
        /// Largest chunk in bytes that it takes.
        max: u32,
    },
    /// The content in flash is not the signed one.
    Content,
    /// It was installed before and failed.
    Quarantined,
    /// The store did not take it.
    Store(StoreFault),
}

impl From<Error> for Refusal {
    fn from(e: Error) -> Self {
        Refusal::Artifact(e)
    }
}

impl From<StoreFault> for Refusal {
    fn from(e: StoreFault) -> Self {
        Refusal::Store(e)
    }
}

impl From<ProtoError> for Refusal {
    fn from(e: ProtoError) -> Self {
        Refusal::Value(e)
    }
}

impl Refusal {
    /// The cause in one word, as the device reports it.
    pub const fn reason(&self) -> &'static str {
        match self {
            Refusal::Artifact(e) => e.reason(),
            Refusal::Digest => "digest",
            Refusal::Value(_) => "value",
            Refusal::Name => "name",
            Refusal::Version => "version",
            Refusal::Counter { .. } => "counter",
            Refusal::DeviceClass => "device-class",
            Refusal::Capability => "capability",
            Refusal::Import => "import",
            Refusal::ChunkSize { .. } => "chunk-size",
            Refusal::Content => "content",
            Refusal::Quarantined => "quarantined",
            Refusal::Store(fault) => fault.reason(),
        }
    }

    /// Whether another answer for the same digest could pass: the digest covers neither the signature nor what was
    /// not an envelope in the first place.
    pub(crate) const fn may_heal(&self) -> bool {
        match self {
            Refusal::Digest => true,
            Refusal::Artifact(e) => matches!(
                e,
                Error::Truncated { .. }
                    | Error::Magic { .. }
                    | Error::ArtifactVersion { .. }
                    | Error::HeaderField { .. }
                    | Error::EnvelopeSize { .. }
                    | Error::Signature { .. }
            ),
            Refusal::Store(fault) => matches!(fault, StoreFault::Flash(_) | StoreFault::Dirty),
            _ => false,
        }
    }
}

impl core::fmt::Display for Refusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Refusal::Artifact(e) => write!(f, "{e}"),
            Refusal::Digest => write!(f, "the envelope is not the one that the desired value names"),
            Refusal::Value(e) => write!(f, "{e}"),
            Refusal::Name => write!(f, "the module's name is not that of the slot"),
            Refusal::Version => write!(f, "manifest and desired value differ in version or counter"),
            Refusal::Counter { floor } => write!(f, "the counter is lower than {floor}; sign with a higher one"),
            Refusal::DeviceClass => write!(f, "the module is for another class of devices"),
            Refusal::Capability => write!(f, "it imports from a module that this device does not grant"),
            Refusal::Import => write!(f, "it imports what this firmware does not provide, or not with this type"),
            Refusal::ChunkSize { max } => write!(f, "chunks exceed {max} bytes; pack with smaller ones"),
            Refusal::Content => write!(f, "the content in flash is not the signed one"),
            Refusal::Quarantined => write!(f, "it was installed before and failed"),
            Refusal::Store(fault) => write!(f, "{fault}"),
        }
    }
}

/// An envelope that may be believed.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'a> {
    /// Its parts.
    pub envelope: Envelope<'a>,
    /// What was signed.
    pub manifest: Manifest<'a>,
    /// Its name.
    pub digest: Digest,
}

impl Checked<'_> {
    /// The twin value that names it.
    pub fn value(&self) -> Result<ValueBuffer, ProtoError> {
        let Manifest { name, version, counter, .. } = self.manifest;
        Desired { name, version, counter, digest: self.digest }.to_value()
    }
}

/// Checks, in this order: well-formed, the one named by `digest`, made for this device, signed by a trusted key, a
/// valid manifest, for this class of devices, importing only what the device grants and provides. One hash and one signature check (about 2 million instructions a key on
/// a Cortex-M4); only then is the manifest decoded. Never panics.
pub fn check_envelope<'a>(bytes: &'a [u8], digest: &Digest, trust: &Trust<'_>) -> Result<Checked<'a>, Refusal> {
    check(bytes, digest, trust, trust.protections.signature)
}

/// The same for a module that was signed by a trusted key when the store took its `digest`, whatever is trusted now.
pub fn check_confirmed<'a>(bytes: &'a [u8], digest: &Digest, trust: &Trust<'_>) -> Result<Checked<'a>, Refusal> {
    check(bytes, digest, trust, false)
}

fn check<'a>(bytes: &'a [u8], digest: &Digest, trust: &Trust<'_>, signed: bool) -> Result<Checked<'a>, Refusal> {
    let envelope = Envelope::parse(bytes)?;
    if envelope.manifest_digest() != *digest {
        return Err(Refusal::Digest);
    }
    envelope.header().check(&trust.profile)?;
    if signed {
        envelope.verify(trust.keys)?;
    }
    let manifest = envelope.manifest()?;
    if !manifest.device_class.is_empty() && manifest.device_class != trust.device_class {
        return Err(Refusal::DeviceClass);
    }
    check_imports(&manifest, trust.offers)?;
    Ok(Checked { envelope, manifest, digest: *digest })
}

/// The module is linked much later, on its first start; what is refused here costs no download, no flash and no trial.
fn check_imports(manifest: &Manifest<'_>, offers: &dyn Offers) -> Result<(), Refusal> {
    for capability in manifest.capabilities() {
        let capability = capability?;
        if !offers.grants(capability.name) {
            return Err(Refusal::Capability);
        }
        for import in capability.imports() {
            if !offers.provides(capability.name, &import?) {
                return Err(Refusal::Import);
            }
        }
    }
    Ok(())
}

/// Checks an envelope that was downloaded because of a desired value: also that name, version and counter are the
/// value's, so that the value can be echoed from the manifest alone later on.
pub fn check_download<'a>(bytes: &'a [u8], desired: &Desired<'_>, trust: &Trust<'_>) -> Result<Checked<'a>, Refusal> {
    let checked = check_envelope(bytes, &desired.digest, trust)?;
    if checked.manifest.name != desired.name {
        return Err(Refusal::Name);
    }
    if checked.manifest.version != desired.version || checked.manifest.counter != desired.counter {
        return Err(Refusal::Version);
    }
    Ok(checked)
}
