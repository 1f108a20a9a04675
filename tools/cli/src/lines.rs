//! From a byte offset in a .wasm file to a line of what it was compiled from, where the file carries DWARF.

use addr2line::gimli::{self, EndianSlice, LittleEndian};
use addr2line::{Context, demangle_auto};
use wasmparser::{Parser, Payload};

use crate::failure::{Failure, Result};

type Reader<'w> = EndianSlice<'w, LittleEndian>;

/// The line numbers of a module.
pub struct Lines<'w> {
    dwarf: Context<Reader<'w>>,
    /// What addresses in the DWARF count from (WebAssembly tool conventions, "DWARF for WebAssembly"): where the contents of
    /// the code section start in the file.
    base: u32,
}

/// A line, or the call that was inlined into it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// The function as the source calls it.
    pub function: Option<String>,
    /// Path as the compiler was given it.
    pub file: Option<String>,
    /// From 1.
    pub line: Option<u32>,
    /// From 1.
    pub column: Option<u32>,
}

impl<'w> Lines<'w> {
    /// Of a module; `None` without line numbers in it.
    ///
    /// # Errors
    /// [`Exit::Refused`](crate::Exit::Refused) if they cannot be read.
    pub fn read(wasm: &'w [u8]) -> Result<Option<Lines<'w>>> {
        let refused = |e: &dyn std::fmt::Display| Failure::refused(format_args!("the module's DWARF: {e}"));
        let mut sections: Vec<(&str, &[u8])> = Vec::new();
        let mut base = None;
        for payload in Parser::new(0).parse_all(wasm) {
            match payload.map_err(|e| refused(&e))? {
                Payload::CodeSectionStart { unchecked_range, .. } => base = u32::try_from(unchecked_range.start).ok(),
                Payload::CustomSection(section) => sections.push((section.name(), section.data())),
                _ => {}
            }
        }
        let section = |id: gimli::SectionId| {
            let found = sections.iter().find(|(name, _)| *name == id.name());
            EndianSlice::new(found.map_or(&[][..], |(_, data)| data), LittleEndian)
        };
        let Some(base) = base.filter(|_| !section(gimli::SectionId::DebugLine).is_empty()) else { return Ok(None) };
        let load = |id| Ok::<_, gimli::Error>(section(id));
        let dwarf = gimli::Dwarf::load(load).and_then(Context::from_dwarf).map_err(|e| refused(&e))?;
        Ok(Some(Lines { dwarf, base }))
    }

    /// The lines that an operator comes from: that itself first, then the ones that it was inlined into. Empty if they
    /// are not known.
    pub fn find(&self, wasm_offset: u32) -> Vec<Line> {
        let Some(address) = wasm_offset.checked_sub(self.base) else { return Vec::new() };
        let mut found = Vec::new();
        let Ok(mut frames) = self.dwarf.find_frames(address.into()).skip_all_loads() else { return found };
        // What cannot be read is not known.
        while let Ok(Some(frame)) = frames.next() {
            let name = frame.function.as_ref().and_then(|name| name.demangle().ok());
            let place = frame.location.as_ref();
            found.push(Line {
                function: name.map(|name| without_hash(&name).to_owned()),
                file: place.and_then(|place| place.file).map(str::to_owned),
                line: place.and_then(|place| place.line),
                column: place.and_then(|place| place.column).filter(|column| *column > 0),
            });
        }
        found
    }
}

/// A function's name, as people write it.
pub fn readable(name: &str) -> String {
    without_hash(&demangle_auto(name.into(), None)).to_owned()
}

/// Without what rustc's older mangling puts behind each name: `::h` and 16 digits.
fn without_hash(name: &str) -> &str {
    let is_hash = |hash: &str| hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit());
    name.rsplit_once("::h").filter(|(_, hash)| is_hash(hash)).map_or(name, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_for_people() {
        assert_eq!(readable("_ZN4core9panicking5panic17h0123456789abcdefE"), "core::panicking::panic");
        for name in ["fib", "a::hop", "$x", "_Zgarbage", ""] {
            assert_eq!(readable(name), name);
        }
    }

    #[test]
    fn a_module_without_dwarf_has_no_lines() {
        let wasm = wat::parse_str("(module (func))").unwrap();
        assert!(Lines::read(&wasm).unwrap().is_none());
        assert!(Lines::read(b"\0asm\x01\0\0\0\x01").is_err());
    }
}
