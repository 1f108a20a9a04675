//! Signed artifacts whose behaviour the simulation knows from their first byte of text.

use std::string::String;
use std::vec::Vec;

use sandgrain_abi::layout::{FuncRef, INSTANCE_ALIGN, InstanceHeader};
use sandgrain_abi::{HelperGroups, Target};
use sandgrain_artifact::{
    CodeOffset, ContentSpec, CpuFeatures, DeviceProfile, Digest, Envelope, FuncTypeSpec, ImportSpec, ImportType,
    ManifestSpec, PublicKey, SigningKey, Stack, TypeIndex, pack, sign,
};

use crate::proto::Desired;

/// The device that everything here is for.
pub const PROFILE: DeviceProfile =
    DeviceProfile { target: Target::CortexM4F, features: CpuFeatures(0), helpers: HelperGroups::CORE };

/// What a module does once it is started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Behaviour {
    /// Reports that it works.
    Healthy = b'h',
    /// Runs, and says nothing.
    Silent = b's',
    /// Traps after a while.
    Traps = b't',
    /// Hangs the device, which its watchdog resets.
    Hangs = b'x',
    /// Cannot be started.
    Unlinkable = b'u',
    /// Is never started; most of its text is what erased flash reads as, so that it is quickly written.
    Sparse = b'z',
    /// Is never started either; none of its text is what erased flash reads as.
    Dense = b'd',
}

impl Behaviour {
    /// The behaviour of a text that begins with this byte.
    pub fn of(byte: u8) -> Option<Behaviour> {
        use Behaviour::*;
        [Healthy, Silent, Traps, Hangs, Unlinkable, Sparse, Dense].into_iter().find(|b| *b as u8 == byte)
    }
}

/// The key that devices of the simulation trust.
pub fn trusted_key() -> SigningKey {
    SigningKey::from_bytes(&[0x51; 32])
}

/// A key that they do not.
pub fn foreign_key() -> SigningKey {
    SigningKey::from_bytes(&[0x52; 32])
}

/// The public half.
pub fn public(key: &SigningKey) -> PublicKey {
    PublicKey(key.verifying_key().to_bytes())
}

/// What to pack.
#[derive(Debug, Clone)]
pub struct Spec<'a> {
    /// Name of the module.
    pub name: &'a str,
    /// Its version.
    pub version: &'a str,
    /// Its counter.
    pub counter: u32,
    /// What it does.
    pub behaviour: Behaviour,
    /// Bytes of its text, at least 1.
    pub text: usize,
    /// What it is compiled for.
    pub target: Target,
    /// Class of devices.
    pub device_class: &'a str,
    /// Functions that it imports, as module and name, of type `() -> ()`.
    pub imports: &'a [(&'a str, &'a str)],
}

impl Default for Spec<'_> {
    fn default() -> Self {
        Spec {
            name: "control",
            version: "1.0.0",
            counter: 1,
            behaviour: Behaviour::Healthy,
            text: 3000,
            target: PROFILE.target,
            device_class: "",
            imports: &[],
        }
    }
}

/// An artifact and its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// The .sg file.
    pub bytes: Vec<u8>,
    /// Its manifest digest.
    pub digest: Digest,
    /// Its twin value.
    pub value: String,
}

impl Packed {
    /// The view of its envelope.
    pub fn envelope(&self) -> Envelope<'_> {
        Envelope::parse(&self.bytes).expect("packed here")
    }

    /// What the chunks are chunks of.
    pub fn content(&self) -> &[u8] {
        &self.bytes[self.envelope().header().content_offset()..]
    }

    /// Bytes of a chunk.
    pub fn chunk(&self, index: u32) -> Option<&[u8]> {
        let range = self.envelope().manifest().expect("packed here").chunk_range(index)?;
        self.content().get(range.start as usize..range.end as usize)
    }

    /// Where a chunk starts in the content.
    pub fn chunk_start(&self, index: u32) -> Option<u32> {
        Some(self.envelope().manifest().expect("packed here").chunk_range(index)?.start)
    }

    /// Number of chunks.
    pub fn chunks(&self) -> u32 {
        self.envelope().manifest().expect("packed here").chunk_count()
    }
}

/// Packs and signs.
pub fn build(spec: &Spec<'_>, key: &SigningKey) -> Packed {
    // Text with runs of 0xff, which flash cannot tell from blank.
    let holes = match spec.behaviour {
        Behaviour::Sparse => 1008,
        Behaviour::Dense => 0,
        _ => 64,
    };
    let mut text: Vec<u8> =
        (0..spec.text as u32).map(|i| if i & holes == 0 { (i * 7 / 4) as u8 } else { 0xff }).collect();
    text[0] = spec.behaviour as u8;
    let slots = InstanceHeader::size(PROFILE.target.pointer_bytes());
    let slot_bytes = FuncRef::size(PROFILE.target.pointer_bytes());
    let imports: Vec<ImportSpec> = (slots..)
        .step_by(slot_bytes as usize)
        .zip(spec.imports)
        .map(|(slot, (module, name))| ImportSpec {
            module: (*module).into(),
            name: (*name).into(),
            ty: ImportType::Func { ty: TypeIndex(0), thunk: CodeOffset(0) },
            slot,
        })
        .collect();
    let content = ContentSpec {
        text,
        types: Vec::from([FuncTypeSpec::default()]),
        instance_bytes: (slots + slot_bytes * imports.len() as u32).next_multiple_of(INSTANCE_ALIGN),
        imports,
        stack: Stack { bytes: 512, bounded: true },
        ..ContentSpec::default()
    };
    let manifest = ManifestSpec {
        name: spec.name.into(),
        version: spec.version.into(),
        counter: spec.counter,
        device_class: spec.device_class.into(),
        target: spec.target,
        features: CpuFeatures(0),
        helpers: HelperGroups::CORE,
    };
    let mut bytes = pack(&content, &manifest).expect("a valid module");
    sign(&mut bytes, key).expect("packed here");
    let digest = Envelope::parse(&bytes).expect("packed here").manifest_digest();
    let Spec { name, version, counter, .. } = *spec;
    let value = Desired { name, version, counter, digest }.to_value().expect("names fit");
    Packed { bytes, digest, value: value.as_str().into() }
}
