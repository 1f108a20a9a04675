//! The text as a relocatable ELF file: for `objdump`, and for gdb with `add-symbol-file FILE -s .text ADDRESS`.

use super::{Text, code_address_bit};
use crate::error::{Error, Result};
use crate::module::Module;
use object::write::{Object, SectionId, Symbol, SymbolSection};
use object::{
    Architecture, BinaryFormat, Endianness, FileFlags, SectionKind, SymbolFlags, SymbolKind, SymbolScope, elf,
};
use sandgrain_abi::{Isa, Target};

/// Section with one 12-byte little-endian record for each trap site, by rising first word: return address as offset
/// in the text, byte offset in the .wasm file, [`TrapKind`](sandgrain_abi::TrapKind).
pub const TRAP_SECTION: &str = ".sandgrain.traps";

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

    let mut records = Vec::new();
    for trap in &text.traps {
        for word in [trap.return_offset, trap.wasm_offset, trap.kind as u32] {
            records.extend_from_slice(&word.to_le_bytes());
        }
    }
    let traps = object.add_section(Vec::new(), TRAP_SECTION.into(), SectionKind::Other);
    object.append_section_data(traps, &records, 4);
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
