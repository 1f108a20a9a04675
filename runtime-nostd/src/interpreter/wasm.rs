//! What the host asks of a .wasm that an interpreter runs: types, imports and exports, borrowed from its bytes.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use sandgrain_artifact::{FuncType, ValTypes};
use wasmparser::{ExternalKind, Parser, Payload, TypeRef};

/// Names under which [`Wasm::prepared`] exports what modules may keep to themselves. A module that exports the same is
/// refused by the interpreter, as any with two exports of a name.
pub(super) const START: &str = "\0start";
pub(super) const MEMORY: &str = "\0memory";

/// Section ids (core spec 5.5.2).
const EXPORTS: u8 = 7;
const START_SECTION: u8 = 8;

/// A function that the module imports.
pub(super) struct ImportedFunction<'a> {
    pub(super) module: &'a str,
    pub(super) name: &'a str,
    pub(super) ty: FuncType<'a>,
}

/// The interface of a module.
pub(super) struct Wasm<'a> {
    bytes: &'a [u8],
    types: Vec<FuncType<'a>>,
    pub(super) imports: Vec<ImportedFunction<'a>>,
    /// The types of all functions, imported ones first.
    functions: Vec<u32>,
    exports: Vec<(&'a str, u32)>,
    pub(super) start: Option<u32>,
    /// Bytes that all memories start with, if there are any.
    pub(super) memory_bytes: Option<u64>,
    /// Elements that the largest table starts with.
    pub(super) table_elements: u64,
    /// Ids and places of the sections, with those of their contents.
    sections: Vec<(u8, core::ops::Range<usize>)>,
}

impl<'a> Wasm<'a> {
    /// Reads what stands in front of the code.
    ///
    /// # Errors
    /// What it is that an interpreter here cannot do, or that the module is malformed.
    pub(super) fn parse(bytes: &'a [u8]) -> Result<Wasm<'a>, &'static str> {
        let mut wasm = Wasm {
            bytes,
            types: Vec::new(),
            imports: Vec::new(),
            functions: Vec::new(),
            exports: Vec::new(),
            start: None,
            memory_bytes: None,
            table_elements: 0,
            sections: Vec::new(),
        };
        for payload in Parser::new(0).parse_all(bytes) {
            wasm.section(payload.map_err(|_| MALFORMED)?)?;
        }
        Ok(wasm)
    }

    fn section(&mut self, payload: Payload<'a>) -> Result<(), &'static str> {
        if let Some((id, range)) = payload.as_section() {
            self.sections.push((id, range));
        }
        match payload {
            Payload::TypeSection(types) => {
                for item in types.into_iter_with_offsets() {
                    let (offset, _) = item.map_err(|_| MALFORMED)?;
                    self.types.push(func_type(self.bytes.get(offset..).unwrap_or(&[])).ok_or(MALFORMED)?);
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports {
                    let import = import.map_err(|_| MALFORMED)?;
                    let TypeRef::Func(index) = import.ty else {
                        return Err("the WebAssembly cannot be interpreted: only functions can be imported");
                    };
                    let ty = *self.types.get(index as usize).ok_or(MALFORMED)?;
                    self.imports.push(ImportedFunction { module: import.module, name: import.name, ty });
                    self.functions.push(index);
                }
            }
            Payload::FunctionSection(functions) => {
                for index in functions {
                    self.functions.push(index.map_err(|_| MALFORMED)?);
                }
            }
            Payload::TableSection(tables) => {
                for table in tables {
                    self.table_elements = self.table_elements.max(table.map_err(|_| MALFORMED)?.ty.initial);
                }
            }
            Payload::MemorySection(memories) => {
                for memory in memories {
                    let memory = memory.map_err(|_| MALFORMED)?;
                    let bytes = memory.initial.saturating_mul(1 << memory.page_size_log2.unwrap_or(16).min(16));
                    self.memory_bytes = Some(self.memory_bytes.unwrap_or(0).saturating_add(bytes));
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export.map_err(|_| MALFORMED)?;
                    if export.kind == ExternalKind::Func {
                        self.exports.push((export.name, export.index));
                    }
                }
            }
            Payload::StartSection { func, .. } => self.start = Some(func),
            _ => (),
        }
        Ok(())
    }

    /// Type of an exported function.
    pub(super) fn function_type(&self, name: &str) -> Option<FuncType<'a>> {
        let (_, index) = self.exports.iter().find(|(export, _)| *export == name)?;
        self.types.get(*self.functions.get(*index as usize)? as usize).copied()
    }

    /// The module with its start function as an export, so that it can be run in slices, and its first memory as another,
    /// so that host functions find it.
    pub(super) fn prepared(&self) -> Cow<'a, [u8]> {
        let mut extra = Vec::new();
        let mut count = 0;
        for (name, kind, index) in [(START, 0, self.start), (MEMORY, 2, self.memory_bytes.map(|_| 0))] {
            let Some(index) = index else { continue };
            leb(&mut extra, name.len() as u32);
            extra.extend_from_slice(name.as_bytes());
            extra.push(kind);
            leb(&mut extra, index);
            count += 1;
        }
        if count == 0 {
            return Cow::Borrowed(self.bytes);
        }
        let mut out = Vec::with_capacity(self.bytes.len() + extra.len() + 16);
        out.extend_from_slice(self.bytes.get(..8).unwrap_or(&[]));
        let mut done = false;
        for (id, range) in &self.sections {
            let content = self.bytes.get(range.clone()).unwrap_or(&[]);
            // Custom sections (id 0) may stand anywhere, the one of data counts (12) before the code.
            if !done && *id >= EXPORTS {
                let (before, entries) = match *id {
                    EXPORTS => take_leb(content).unwrap_or((0, &[])),
                    _ => (0, &[][..]),
                };
                let mut section = Vec::with_capacity(content.len() + extra.len());
                leb(&mut section, before.saturating_add(count));
                section.extend_from_slice(entries);
                section.extend_from_slice(&extra);
                push_section(&mut out, EXPORTS, &section);
                done = true;
            }
            if *id != EXPORTS && *id != START_SECTION {
                push_section(&mut out, *id, content);
            }
        }
        if !done {
            let mut section = Vec::new();
            leb(&mut section, count);
            section.extend_from_slice(&extra);
            push_section(&mut out, EXPORTS, &section);
        }
        Cow::Owned(out)
    }
}

const MALFORMED: &str = "the WebAssembly cannot be interpreted: it is malformed";

/// A type as it is encoded (core spec 5.3.6): 0x60, parameters, results.
fn func_type(bytes: &[u8]) -> Option<FuncType<'_>> {
    let rest = bytes.strip_prefix(&[0x60])?;
    let (params, rest) = val_types(rest)?;
    let (results, _) = val_types(rest)?;
    Some(FuncType { params, results })
}

fn val_types(bytes: &[u8]) -> Option<(ValTypes<'_>, &[u8])> {
    let (count, rest) = take_leb(bytes)?;
    let (types, rest) = rest.split_at_checked(count as usize)?;
    Some((ValTypes::new(types)?, rest))
}

/// An unsigned LEB128 of up to 32 bits (core spec 5.2.2).
fn take_leb(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let mut value = 0;
    for (i, &byte) in bytes.iter().enumerate().take(5) {
        value |= u32::from(byte & 0x7F).checked_shl(7 * i as u32)?;
        if byte & 0x80 == 0 {
            return Some((value, bytes.get(i + 1..)?));
        }
    }
    None
}

fn leb(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn push_section(out: &mut Vec<u8>, id: u8, content: &[u8]) {
    out.push(id);
    leb(out, content.len() as u32);
    out.extend_from_slice(content);
}
