//! A valid artifact that uses every record of the format, and what it takes to break it.

use sandgrain_abi::layout::{HEADER_SIZE_32, InstanceHeader};
use sandgrain_abi::{HelperGroups, Target};
use sandgrain_artifact::*;

pub const TARGET: Target = Target::Rv32Imac;

pub const DEVICE: DeviceProfile = DeviceProfile {
    target: TARGET,
    features: CpuFeatures(0),
    helpers: HelperGroups(HelperGroups::CORE.0 | HelperGroups::DIV64.0),
};

pub fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

/// Header, init image, import slots, references, type ids, definitions, elements.
pub const INSTANCE_BYTES: u32 = 240;

pub fn content_spec() -> ContentSpec {
    use ValType::*;
    let types = vec![
        FuncTypeSpec { params: vec![], results: vec![] },
        FuncTypeSpec { params: vec![I32, I64], results: vec![I64] },
        FuncTypeSpec { params: vec![F32, F64, FuncRef, ExternRef], results: vec![I64; 6] },
    ];
    let import = |module: &str, name: &str, slot: u32, ty| ImportSpec {
        module: module.into(),
        name: name.into(),
        ty,
        slot: HEADER_SIZE_32 + slot,
    };
    let func = |ty, thunk| ImportType::Func { ty: TypeIndex(ty), thunk: CodeOffset(thunk) };
    let global = |ty, mutable| GlobalType { ty, mutable };
    let export = |name: &str, item| ExportSpec { name: name.into(), item };
    let table = |element, min, max| TableType { element, min, max };
    let memory = |min_pages, max_pages, page_log2| MemoryType { min_pages, max_pages, page_log2 };
    ContentSpec {
        text: (0..2500u32).map(|i| (i * 7) as u8).collect(),
        code_start: 32,
        types,
        entries: Vec::new(),
        imports: vec![
            import("env", "log", 32, func(1, 34)),
            import("env", "wärme", 44, func(0, 36)),
            import("env", "memory", 188, ImportType::Memory(memory(1, None, 16))),
            import("env", "table", 56, ImportType::Table(table(FuncRef, 1, Some(9)))),
            import("env", "heap", 60, ImportType::Global(global(I32, true))),
            import("env", "limit", 64, ImportType::Global(global(F64, false))),
            import("env", "mark", 72, ImportType::Global(global(ExternRef, false))),
        ],
        exports: vec![
            export("run", Extern::Func { code: CodeOffset(40), ty: TypeIndex(1) }),
            export("memory", Extern::Memory(MemoryIndex(0))),
            export("bytes", Extern::Memory(MemoryIndex(1))),
            export("count", Extern::Global { offset: HEADER_SIZE_32 + 16, ty: global(I64, true) }),
            export("big", Extern::Constant { bits: 0x1234_5678_9abc_def0, ty: I64 }),
            export("null", Extern::Constant { bits: 0, ty: FuncRef }),
            export("refs", Extern::Table(TableIndex(1))),
            export("heap", Extern::Imported(ImportIndex(4))),
            export("", Extern::Func { code: CodeOffset(2498), ty: TypeIndex(0) }),
        ],
        memories: vec![
            Memory {
                ty: memory(1, Some(3), 16),
                definition: InstanceHeader::memory_offset(4),
                capacity: 1,
                fixed: false,
            },
            Memory { ty: memory(10, None, 0), definition: 212, capacity: 20, fixed: false },
        ],
        tables: vec![
            Table { ty: table(FuncRef, 2, None), definition: HEADER_SIZE_32 + 112, elements: 192, capacity: 4 },
            Table { ty: table(ExternRef, 0, Some(1)), definition: HEADER_SIZE_32 + 128, elements: 208, capacity: 1 },
        ],
        referables: vec![
            Referable { code: CodeOffset(40), ty: TypeIndex(1) },
            Referable { code: CodeOffset(42), ty: TypeIndex(0) },
        ],
        referables_place: HEADER_SIZE_32 + 76,
        type_ids: vec![TypeIndex(1), TypeIndex(0), TypeIndex(2)],
        type_ids_place: HEADER_SIZE_32 + 100,
        stack: Stack { bytes: 1024, bounded: true },
        start: Some(CodeOffset(32)),
        instance_bytes: INSTANCE_BYTES,
        init_image: [[0; 16], [9; 16]].concat(),
        wasm: None,
    }
}

pub fn manifest_spec() -> ManifestSpec {
    ManifestSpec {
        name: "sensor".into(),
        version: "1.2.3-rc.1".into(),
        counter: 300,
        device_class: "greenhouse".into(),
        target: TARGET,
        features: CpuFeatures(0),
        helpers: HelperGroups::CORE,
    }
}

/// Signed with `key(1)`.
pub fn signed() -> Vec<u8> {
    let mut artifact = pack(&content_spec(), &manifest_spec()).unwrap();
    sign(&mut artifact, &key(1)).unwrap();
    artifact
}

#[path = "random.rs"]
mod random;
pub use random::Random;

impl Random {
    /// Changes 1 to 4 places: a bit, a byte, a word, or the end. With `head` set, half of them lie below it.
    pub fn mutate(&mut self, bytes: &mut Vec<u8>, head: usize) {
        const WORDS: [u32; 9] = [0, 1, 2, 3, 0x7fff_ffff, 0x8000_0000, 0xffff_fffc, 0xffff_fffe, u32::MAX];
        for _ in 0..1 + self.below(4) {
            let len = bytes.len().max(1);
            let at = if self.below(2) == 0 && head > 0 { self.below(head.min(len)) } else { self.below(len) };
            match self.below(8) {
                0..3 => bytes.iter_mut().skip(at).take(1).for_each(|b| *b ^= 1 << self.below(8)),
                3..5 => bytes.iter_mut().skip(at).take(1).for_each(|b| *b = self.next() as u8),
                5..7 => {
                    let word = WORDS[self.below(WORDS.len())].wrapping_add(self.below(5) as u32 * 4);
                    bytes.iter_mut().skip(at & !3).zip(word.to_le_bytes()).for_each(|(b, w)| *b = w);
                }
                _ if self.below(2) == 0 => bytes.truncate(at),
                _ => bytes.extend((0..self.below(20)).map(|_| self.next() as u8)),
            }
        }
    }
}
