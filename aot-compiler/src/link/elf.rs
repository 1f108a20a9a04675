//! The text as a relocatable ELF file: for `objdump`, and for gdb with `add-symbol-file FILE -s .text ADDRESS`.

use super::{Text, code_address_bit};
use crate::emit::{Site, SiteKind, Unwind};
use crate::error::{Error, Result};
use crate::module::Module;
use object::write::{Object, SectionId, Symbol, SymbolSection};
use object::{
    Architecture, BinaryFormat, Endianness, FileFlags, SectionKind, SymbolFlags, SymbolKind, SymbolScope, elf,
};
use sandgrain_abi::{Isa, Target, TrapKind};

/// Section with one [`SiteRecord`] for each trap site and each call of a function, by rising return address.
pub const SITE_SECTION: &str = ".sandgrain.sites";

/// A [`Site`] of the text as six little-endian words: return address as offset in the text, byte offset in the .wasm
/// file, [`TrapKind`] or 0 for a call, bytes of stack arguments of a call, and both of its [`Unwind`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteRecord;

impl SiteRecord {
    /// Bytes of a record.
    pub const BYTES: usize = 24;

    /// The record of a site.
    pub fn encode(site: &Site) -> [u8; Self::BYTES] {
        let (kind, stack_bytes) = match site.kind {
            SiteKind::Trap(kind) => (kind as u32, 0),
            SiteKind::Call { stack_bytes } => (0, stack_bytes),
        };
        let Unwind { link, frame } = site.unwind;
        let words = [site.return_offset, site.wasm_offset, kind, stack_bytes, link, frame];
        let mut record = [0; Self::BYTES];
        record.as_chunks_mut().0.iter_mut().zip(words).for_each(|(bytes, word)| *bytes = word.to_le_bytes());
        record
    }

    /// The site of a record; `None` if it has a kind of trap that there is none of.
    pub fn decode(record: &[u8; Self::BYTES]) -> Option<Site> {
        let word = |i: usize| record.as_chunks().0.get(i).map_or(0, |bytes| u32::from_le_bytes(*bytes));
        let kind = match word(2) {
            0 => SiteKind::Call { stack_bytes: word(3) },
            kind => SiteKind::Trap(TrapKind::from_code(u8::try_from(kind).ok()?)?),
        };
        let unwind = Unwind { link: word(4), frame: word(5) };
        Some(Site { return_offset: word(0), wasm_offset: word(1), kind, unwind })
    }
}

/// Writes the ELF file.
///
/// # Errors
/// Internal ones only.
pub fn write_object(module: &Module<'_>, text: &Text, target: Target) -> Result<Vec<u8>> {
    let architecture = match target.isa() {
        Isa::Thumb2 => Architecture::Arm,
        Isa::Rv32 => Architecture::Riscv32,
        Isa::Aarch64 => Architecture::Aarch64,
        Isa::Riscv64 => Architecture::Riscv64,
        Isa::X86_64 => Architecture::X86_64,
    };
    let mut object = Object::new(BinaryFormat::Elf, architecture, Endianness::Little);
    let e_flags = match target.isa() {
        Isa::Thumb2 => elf::EF_ARM_EABI_VER5,
        Isa::Rv32 => elf::EF_RISCV_RVC,
        Isa::Riscv64 => elf::EF_RISCV_RVC | elf::EF_RISCV_FLOAT_ABI_DOUBLE,
        Isa::Aarch64 | Isa::X86_64 => elf::FileFlags::default(),
    };
    object.flags = FileFlags::Elf { os_abi: elf::ELFOSABI_NONE, abi_version: 0, e_flags };
    let section = object.add_section(Vec::new(), b".text".to_vec(), SectionKind::Text);
    object.append_section_data(section, &text.bytes, sandgrain_abi::layout::INSTANCE_ALIGN.into());

    let mut symbols = Symbols { object: &mut object, section, code_bit: code_address_bit(target).into(), target };
    symbols.mapping(text.code_start);
    for (index, span) in &text.tables {
        symbols.data(format!("table[{}]", index.as_u32()), *span);
    }
    for (index, span) in &text.elements {
        symbols.data(format!("elem[{}]", index.as_u32()), *span);
    }
    for (index, span) in &text.segments {
        symbols.data(format!("data[{}]", index.as_u32()), *span);
    }
    for (kind, span) in &text.stubs {
        symbols.code(format!("trap[{kind:?}]"), *span);
    }
    for (ty, span) in &text.entries {
        symbols.code(format!("entry[{}]", ty.as_u32()), *span);
    }
    for index in module.functions.keys().chain([module.initializer()]) {
        let span = text.functions[index];
        if span.size > 0 {
            symbols.code(module.function_name(index), span);
        }
    }

    let records: Vec<u8> = text.sites.iter().flat_map(SiteRecord::encode).collect();
    let sites = object.add_section(Vec::new(), SITE_SECTION.into(), SectionKind::Other);
    object.append_section_data(sites, &records, 4);
    object.write().map_err(|e| Error::internal(format!("writing the ELF file failed: {e}")))
}

struct Symbols<'o, 'a> {
    object: &'o mut Object<'a>,
    section: SectionId,
    code_bit: u64,
    target: Target,
}

impl Symbols<'_, '_> {
    fn add(&mut self, name: String, value: u64, size: u64, kind: SymbolKind) {
        self.object.add_symbol(Symbol {
            // WebAssembly names may hold NUL, which ends a name in ELF.
            name: name.replace('\0', "\\0").into_bytes(),
            value,
            size,
            kind,
            scope: SymbolScope::Compilation,
            weak: false,
            section: SymbolSection::Section(self.section),
            flags: SymbolFlags::None,
        });
    }

    fn data(&mut self, name: String, span: super::Span) {
        self.add(name, span.offset.into(), span.size.into(), SymbolKind::Data);
    }

    fn code(&mut self, name: String, span: super::Span) {
        let value = u64::from(span.offset) | self.code_bit;
        self.add(name, value, span.size.into(), SymbolKind::Text);
    }

    /// Says to disassemblers where data ends and code begins (Arm IHI 0044, 5.5.5 and IHI 0056, 5.6.4; RISC-V psABI,
    /// mapping symbols). x86 has no such symbols.
    fn mapping(&mut self, code_start: u32) {
        let code = match self.target.isa() {
            Isa::Thumb2 => "$t",
            Isa::Rv32 | Isa::Aarch64 | Isa::Riscv64 => "$x",
            Isa::X86_64 => return,
        };
        if code_start > 0 {
            self.add("$d".into(), 0, 0, SymbolKind::Label);
        }
        self.add(code.into(), code_start.into(), 0, SymbolKind::Label);
    }
}
