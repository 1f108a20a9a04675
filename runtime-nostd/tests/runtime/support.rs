//! Artifacts made by hand, for tests of everything up to entering code.

use sandgrain_abi::layout::InstanceHeader;
use sandgrain_abi::{HelperGroups, Target};
use sandgrain_artifact::{
    ContentSpec, CpuFeatures, DeviceProfile, ExportSpec, Extern, FuncTypeSpec, ImportSpec, ImportType, ManifestSpec,
    ValType, pack,
};
use sandgrain_runtime::Module;

/// Bytes of a pointer, here and on the part that the artifacts are for.
pub const POINTER: u32 = size_of::<usize>() as u32;
/// A part with such pointers that is not this one.
pub const TARGET: Target = match (POINTER, cfg!(target_arch = "riscv64")) {
    (4, _) => Target::Rv32Imac,
    (_, false) => Target::Riscv64,
    (_, true) => Target::Aarch64,
};
pub const DEVICE: DeviceProfile =
    DeviceProfile { target: TARGET, features: CpuFeatures::NONE, helpers: HelperGroups::CORE };

/// Offset of a word of the state; a word is as wide as a pointer.
pub const fn place(word: u32) -> u32 {
    InstanceHeader::size(POINTER) + word * POINTER
}

pub fn manifest() -> ManifestSpec {
    ManifestSpec {
        name: "test".into(),
        version: "1.0".into(),
        counter: 1,
        device_class: String::new(),
        target: TARGET,
        features: CpuFeatures::NONE,
        helpers: HelperGroups::CORE,
    }
}

pub fn ty(params: &[ValType], results: &[ValType]) -> FuncTypeSpec {
    FuncTypeSpec { params: params.into(), results: results.into() }
}

pub fn import(module: &str, name: &str, ty: ImportType, slot: u32) -> ImportSpec {
    ImportSpec { module: module.into(), name: name.into(), ty, slot }
}

pub fn export(name: &str, item: Extern) -> ExportSpec {
    ExportSpec { name: name.into(), item }
}

/// A packed artifact, at a multiple of 16.
pub struct Packed {
    room: Vec<u8>,
    pad: usize,
}

impl Packed {
    pub fn new(content: &ContentSpec) -> Packed {
        Packed::place(&pack(content, &manifest()).expect("packs"))
    }

    /// Bytes that may be no artifact.
    pub fn place(bytes: &[u8]) -> Packed {
        let mut room = vec![0; bytes.len() + 16];
        let pad = room.as_ptr().align_offset(16);
        room[pad..pad + bytes.len()].copy_from_slice(bytes);
        room.truncate(pad + bytes.len());
        Packed { room, pad }
    }

    pub fn bytes(&self) -> &[u8] {
        &self.room[self.pad..]
    }

    pub fn module(&self) -> Module<'_> {
        // SAFETY: nothing is called on this part.
        unsafe { Module::open(self.bytes(), &DEVICE) }.expect("opens")
    }
}

/// Memory of exactly `len` bytes from a multiple of 16 on.
pub fn aligned(room: &mut Vec<u8>, len: usize) -> &mut [u8] {
    room.resize(len + 16, 0xa5);
    let pad = room.as_ptr().align_offset(16);
    &mut room[pad..pad + len]
}
