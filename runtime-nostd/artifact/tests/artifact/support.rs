//! A valid artifact that uses every record of the format, and what it takes to break it.

use sandgrain_abi::layout::HEADER_SIZE_32;
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

pub fn content_spec() -> ContentSpec {
    use ValType::*;
    let types = vec![
        FuncTypeSpec { params: vec![], results: vec![] },
        FuncTypeSpec { params: vec![I32, I64], results: vec![I64] },
        FuncTypeSpec { params: vec![F32, F64, FuncRef, ExternRef], results: vec![I64; 6] },
    ];
    let import =
        |module: &str, name: &str, ty| ImportSpec { module: module.into(), name: name.into(), ty: TypeIndex(ty) };
    let export = |name: &str, item| ExportSpec { name: name.into(), item };
    ContentSpec {
        text: (0..2500u32).map(|i| (i * 7) as u8).collect(),
        code_start: 32,
        types,
        imports: vec![import("env", "log", 1), import("env", "wärme", 0)],
        exports: vec![
            export("run", Extern::Func { code: CodeOffset(40), ty: TypeIndex(1) }),
            export("memory", Extern::Memory),
            export("count", Extern::MutableGlobal { offset: HEADER_SIZE_32 + 16, ty: I64 }),
            export("big", Extern::Constant { bits: 0x1234_5678_9abc_def0, ty: I64 }),
            export("table", Extern::ConstantTable { offset: 8, elements: 3 }),
            export("", Extern::Func { code: CodeOffset(2498), ty: TypeIndex(0) }),
        ],
        memory: Some(Memory { min_pages: 1, max_pages: Some(3) }),
        stack: Stack { bytes: 1024, bounded: true },
        start: Some(CodeOffset(32)),
        instance_bytes: 96,
        init_image: [[0; 16], [9; 16]].concat(),
        active_segments: vec![
            SegmentSpec { offset: 100, bytes: b"hello".to_vec() },
            SegmentSpec { offset: u32::MAX, bytes: vec![] },
        ],
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

/// xorshift64* (Vigna 2016): cheap, and the same on every run.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() >> 33) as usize % n
    }

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
