//! From an offset in an artifact's code to a function and a place in the .wasm, with the compiler's ELF file.

use object::{Object, ObjectSection, ObjectSymbol, SymbolKind};
use sandgrain_compiler::emit::{Site, SiteKind};
use sandgrain_compiler::link::{SITE_SECTION, SiteRecord};

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

/// What an ELF file of the compiler says about its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Symbols {
    /// By rising offset.
    pub symbols: Vec<Symbol>,
    /// Where code may trap, and its calls of functions, by rising return address.
    pub sites: Vec<Site>,
    /// Of a part with pointers of 64 bits.
    pub is_64: bool,
}

/// A place in the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The function.
    pub function: &'a str,
    /// Byte offset in the .wasm file of the operator there, if the place is a site.
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
        let section = file.section_by_name(SITE_SECTION).ok_or_else(|| refused(&"it lists no trap sites"))?;
        let (records, rest) = section.data().map_err(|e| refused(&e))?.as_chunks();
        let sites: Option<Vec<Site>> = records.iter().map(SiteRecord::decode).collect();
        match sites {
            Some(sites) if rest.is_empty() && sites.is_sorted_by_key(|site| site.return_offset) => {
                Ok(Symbols { symbols, sites, is_64: file.is_64() })
            }
            _ => Err(refused(&"its trap sites do not decode")),
        }
    }

    /// The site that a return address names.
    pub fn site(&self, code_offset: u32) -> Option<&Site> {
        let index = self.sites.binary_search_by_key(&code_offset, |site| site.return_offset).ok()?;
        self.sites.get(index)
    }

    /// The function, thunk or stub that a return address is in.
    pub fn function(&self, code_offset: u32) -> Option<&Symbol> {
        // A call may be the last instruction of its function: what it returns to is then no longer inside.
        let inside = code_offset.checked_sub(1)?;
        self.symbols.iter().find(|s| s.is_code && inside >= s.offset && inside - s.offset < s.size)
    }

    /// Whether a function calls others, as far as there are sites of it.
    pub fn calls(&self, function: &Symbol) -> bool {
        let inside = |site: &&Site| {
            site.return_offset > function.offset && site.return_offset <= function.offset + function.size
        };
        self.sites.iter().filter(inside).any(|site| matches!(site.kind, SiteKind::Call { .. }))
    }

    /// The place that a device means by `code_offset`, a return address.
    pub fn place(&self, code_offset: u32) -> Option<Place<'_>> {
        let function = &self.function(code_offset)?.name;
        Some(Place { function, wasm_offset: self.site(code_offset).map(|site| site.wasm_offset) })
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

#[cfg(test)]
mod tests {
    use super::*;
    use sandgrain_abi::TrapKind;
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
            let traps = symbols.sites.iter().filter(|site| site.kind == SiteKind::Trap(TrapKind::Unreachable));
            let [trap] = traps.collect::<Vec<_>>()[..] else { panic!("{symbols:?}") };
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
