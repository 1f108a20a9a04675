//! From an offset in an artifact's code to a function and a place in the .wasm, with the compiler's ELF file.

use object::{Object, ObjectSection, ObjectSymbol, SymbolKind};
use sandgrain_abi::TrapKind;
use sandgrain_compiler::link::TRAP_SECTION;

use crate::failure::{Failure, Result};

/// A function, table, segment or stub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// Its name.
    pub name: String,
    /// Where it starts in the text, in bytes.
    pub offset: u32,
    /// Bytes.
    pub size: u32,
    /// Code, and not data.
    pub is_code: bool,
}

/// Where code may trap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrapSite {
    /// What the device reports: the address behind the call of the stub, as offset in the text.
    pub return_offset: u32,
    /// Byte offset of the operator in the .wasm file.
    pub wasm_offset: u32,
    /// Why.
    pub kind: TrapKind,
}

/// What an ELF file of the compiler says about its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Symbols {
    /// By rising offset.
    pub symbols: Vec<Symbol>,
    /// By rising offset.
    pub traps: Vec<TrapSite>,
}

/// A place in the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The function.
    pub function: &'a str,
    /// Byte offset in the .wasm file, if the place is a trap site.
    pub wasm_offset: Option<u32>,
}

impl Symbols {
    /// Reads the file that `sandgrain compile --emit object` writes.
    ///
    /// # Errors
    /// [`Exit::Refused`](crate::Exit::Refused) if it is something else.
    pub fn read(elf: &[u8]) -> Result<Symbols> {
        let refused = |e: &dyn std::fmt::Display| {
            Failure::refused(format_args!("not an ELF file of `sandgrain compile --emit object`: {e}"))
        };
        let file = object::File::parse(elf).map_err(|e| refused(&e))?;
        let mut symbols: Vec<Symbol> = file.symbols().filter_map(|symbol| read_symbol(&file, &symbol)).collect();
        symbols.sort_by_key(|symbol| symbol.offset);
        let section = file.section_by_name(TRAP_SECTION).ok_or_else(|| refused(&"it lists no trap sites"))?;
        let (records, rest) = section.data().map_err(|e| refused(&e))?.as_chunks::<12>();
        let traps: Option<Vec<TrapSite>> = records.iter().map(read_trap).collect();
        match traps {
            Some(traps) if rest.is_empty() => Ok(Symbols { symbols, traps }),
            _ => Err(refused(&"its trap sites do not decode")),
        }
    }

    /// The place that a device means by `code_offset`, a return address.
    pub fn place(&self, code_offset: u32) -> Option<Place<'_>> {
        // A call may be the last instruction of its function: what it returns to is then no longer inside.
        let inside = code_offset.checked_sub(1)?;
        let function = self.symbols.iter().find(|s| s.is_code && inside >= s.offset && inside - s.offset < s.size)?;
        let trap = self.traps.binary_search_by_key(&code_offset, |trap| trap.return_offset);
        Some(Place { function: &function.name, wasm_offset: trap.ok().map(|index| self.traps[index].wasm_offset) })
    }
}

fn read_symbol<'d>(file: &object::File<'d>, symbol: &object::Symbol<'d, '_>) -> Option<Symbol> {
    let is_code = match symbol.kind() {
        SymbolKind::Text => true,
        SymbolKind::Data => false,
        _ => return None,
    };
    // Bit 0 of an ARM function's address means Thumb.
    let thumb = is_code && file.architecture() == object::Architecture::Arm;
    let offset = if thumb { symbol.address() & !1 } else { symbol.address() };
    Some(Symbol {
        name: symbol.name().ok()?.to_owned(),
        offset: offset.try_into().ok()?,
        size: symbol.size().try_into().ok()?,
        is_code,
    })
}

fn read_trap(record: &[u8; 12]) -> Option<TrapSite> {
    let word = |i: usize| u32::from_le_bytes([record[i], record[i + 1], record[i + 2], record[i + 3]]);
    let kind = u8::try_from(word(8)).ok().and_then(TrapKind::from_code)?;
    Some(TrapSite { return_offset: word(0), wasm_offset: word(4), kind })
}

#[cfg(test)]
mod tests {
    use super::*;
    use sandgrain_compiler::{Options, Target};

    #[test]
    fn a_trap_site_has_its_function_and_its_operator() {
        let wasm = wat::parse_str(
            r#"(module (func $calm (export "calm") (result i32) (i32.const 1))
                 (func $wild (export "wild") (unreachable)))"#,
        )
        .unwrap();
        for &target in Target::ALL {
            let compiled = sandgrain_compiler::compile(&wasm, &Options::new(target)).unwrap();
            let symbols = Symbols::read(&compiled.object).unwrap();
            let [trap] = symbols.traps[..] else { panic!("{symbols:?}") };
            assert_eq!(trap.kind, TrapKind::Unreachable);
            assert_eq!(wasm[trap.wasm_offset as usize], 0x00, "the opcode of unreachable");
            let place = symbols.place(trap.return_offset).unwrap();
            assert_eq!((place.function, place.wasm_offset), ("wild", Some(trap.wasm_offset)));
            assert_eq!(symbols.place(0), None);
        }
    }

    #[test]
    fn other_files_are_refused() {
        for bytes in [&b""[..], b"\x7fELF", b"\0asm\x01\0\0\0"] {
            assert_eq!(Symbols::read(bytes).unwrap_err().exit(), crate::Exit::Refused);
        }
    }
}
