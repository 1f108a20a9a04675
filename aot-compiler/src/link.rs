//! Compiled functions → one position-independent text, and an ELF file of it for debuggers.
//!
//! ```text
//! 0            constant tables     8 bytes an element: code address relative to the table, type id
//!              element segments    4 bytes an item: see `sandgrain_abi::Helper::TableInit`
//!              data segments
//! code_start   trap stubs          one for each kind that the code raises
//!              import thunks       by import index
//!              entries             by type, on 64-bit parts: how the host calls exported functions of the type
//!              functions           by function index, with veneers where calls do not reach ([`veneers`])
//! ```
//! Everything refers to everything else relative to the pc, so nothing is left to relocate.

mod elf;
mod veneers;

use crate::backend::{Backend, Snippet};
use crate::emit::{FunctionCode, Reloc, Site};
use crate::error::{Error, Result};
use crate::instance::InstanceLayout;
use crate::isa::RelocTarget;
use crate::marks::mutant;
use crate::module::{DataIndex, ElemIndex, ElementMode, FuncIndex, Item, Module, TableIndex, TablePlace, TypeId};
use crate::translate::{ENTRY_SIZE, ENTRY_TYPE_OFFSET};
use cranelift_entity::{EntityRef, SecondaryMap};
use sandgrain_abi::{Isa, NULL_TYPE_ID, Target, TrapKind};
use sandgrain_artifact::CpuFeatures;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use veneers::{REGION_BYTES, Veneers};

pub use elf::{SITE_SECTION, SiteRecord, write_object};

/// Most bytes of text: the artifact's lengths are 32-bit and so are displacements.
pub const MAX_TEXT_BYTES: usize = 16 << 20;

/// Alignment in bytes of tables and segments.
const DATA_ALIGN: usize = 4;

/// Bit 0 of a code address chooses the instruction set (Armv7-M ARM, A4.1.1); zero where there is only one.
pub fn code_address_bit(target: Target) -> u32 {
    match target.isa() {
        Isa::Thumb2 => 1,
        Isa::Rv32 | Isa::Aarch64 | Isa::Riscv64 | Isa::X86_64 => 0,
    }
}

/// Where something lies in the text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    pub offset: u32,
    pub size: u32,
}

/// A linked text.
#[derive(Debug)]
pub struct Text {
    pub bytes: Vec<u8>,
    /// What the code needs beyond what every part of the target's family has.
    pub features: CpuFeatures,
    /// Where data ends and code begins.
    pub code_start: u32,
    /// Every function, and the initialiser behind them if there is one; an import's is its thunk.
    pub functions: SecondaryMap<FuncIndex, Span>,
    /// The tables of [`TablePlace::Text`].
    pub tables: BTreeMap<TableIndex, Span>,
    pub elements: BTreeMap<ElemIndex, Span>,
    pub segments: BTreeMap<DataIndex, Span>,
    pub stubs: Vec<(TrapKind, Span)>,
    /// By type of function, where the host needs a trampoline to call one.
    pub entries: BTreeMap<TypeId, Span>,
    /// What runs before anything else, as the host enters it.
    pub start: Option<Span>,
    /// Stack in bytes that `entries` and `start` take below what they call, at most.
    pub entry_stack_bytes: u32,
    /// By rising `return_offset`, which counts from the start of the text.
    pub sites: Vec<Site>,
}

/// Lays out and links the text of `module`.
///
/// `bodies` has the code of each function that is not an import, by rising index, the initialiser last.
///
/// # Errors
/// [`Limit`](crate::error::Category::Limit) if the text is too large, or too large for a call to reach across it.
pub fn link(
    backend: &impl Backend,
    module: &Module<'_>,
    layout: &InstanceLayout,
    bodies: &[(FuncIndex, FunctionCode)],
    target: Target,
) -> Result<Text> {
    let mut veneers = Veneers::default();
    loop {
        let mut linker = Linker::new(backend, target, &veneers);
        linker.data(module, layout);
        linker.stubs(bodies)?;
        linker.thunks(module)?;
        linker.entries(module)?;
        for (index, code) in bodies {
            linker.function(*index, code);
        }
        linker.start(module)?;
        linker.end_region();
        linker.fill_tables(module)?;
        let missing = linker.resolve()?;
        if missing.is_empty() {
            return Ok(linker.text);
        }
        missing.into_iter().for_each(|(region, target)| veneers.add(region, target));
    }
}

struct Linker<'b, B> {
    backend: &'b B,
    target: Target,
    text: Text,
    places: HashMap<RelocTarget, u32>,
    relocs: Vec<PlacedReloc>,
    /// The veneers of this layout.
    veneers: &'b Veneers,
    veneer_places: HashMap<(usize, RelocTarget), u32>,
    /// The region that is being filled, and where it starts.
    region: usize,
    region_start: usize,
}

/// A relocation of code that has its place.
struct PlacedReloc {
    /// Offset of the code that the relocation counts from.
    base: u32,
    region: usize,
    reloc: Reloc,
}

impl<'b, B: Backend> Linker<'b, B> {
    fn new(backend: &'b B, target: Target, veneers: &'b Veneers) -> Self {
        let text = Text {
            bytes: Vec::new(),
            features: backend.features(),
            code_start: 0,
            functions: SecondaryMap::new(),
            tables: BTreeMap::new(),
            elements: BTreeMap::new(),
            segments: BTreeMap::new(),
            stubs: Vec::new(),
            entries: BTreeMap::new(),
            start: None,
            entry_stack_bytes: 0,
            sites: Vec::new(),
        };
        Linker {
            backend,
            target,
            text,
            places: HashMap::new(),
            relocs: Vec::new(),
            veneers,
            veneer_places: HashMap::new(),
            region: 0,
            region_start: 0,
        }
    }

    /// Appends `bytes` at a multiple of `align`.
    fn append(&mut self, bytes: &[u8], align: usize) -> Span {
        let offset = self.text.bytes.len().next_multiple_of(align);
        self.text.bytes.resize(offset, 0);
        self.text.bytes.extend_from_slice(bytes);
        Span { offset: offset as u32, size: bytes.len() as u32 }
    }

    fn data(&mut self, module: &Module<'_>, layout: &InstanceLayout) {
        for (index, elements) in constant_tables(module) {
            let span = self.append(&vec![0; elements.len() * ENTRY_SIZE as usize], DATA_ALIGN);
            self.text.tables.insert(index, span);
            self.places.insert(RelocTarget::Table(index.as_u32()), span.offset);
        }
        for (index, segment) in module.elements.iter() {
            // The others are never read.
            if !matches!(segment.mode, ElementMode::Placed | ElementMode::Declared) {
                let items = segment.items.iter().flat_map(|item| layout.element_item(module, *item).to_le_bytes());
                let items: Vec<u8> = items.collect();
                let span = self.append(&items, DATA_ALIGN);
                self.text.elements.insert(index, span);
                self.places.insert(RelocTarget::Elements(index.as_u32()), span.offset);
            }
        }
        for (index, segment) in module.data.iter() {
            let span = self.append(segment.bytes, DATA_ALIGN);
            self.text.segments.insert(index, span);
            let place = mutant!("link: data segments one byte on", span.offset, span.offset + 1);
            self.places.insert(RelocTarget::Segment(index.as_u32()), place);
        }
        self.text.code_start = self.append(&[], self.backend.alignment()).offset;
    }

    /// Appends code made outside of any function.
    fn standalone(&mut self, code: Snippet) -> Span {
        let span = self.append(&code.bytes, self.backend.alignment());
        self.add_relocs(span, code.relocs);
        span
    }

    fn add_relocs(&mut self, span: Span, relocs: impl IntoIterator<Item = Reloc>) {
        let (base, region) = (span.offset, self.region);
        self.relocs.extend(relocs.into_iter().map(|reloc| PlacedReloc { base, region, reloc }));
    }

    fn stubs(&mut self, bodies: &[(FuncIndex, FunctionCode)]) -> Result<()> {
        let targets = bodies.iter().flat_map(|(_, code)| &code.relocs).map(|r| r.target);
        let kinds: BTreeSet<u8> = targets
            .filter_map(|t| match t {
                RelocTarget::TrapStub(kind) => Some(kind as u8),
                _ => None,
            })
            .collect();
        for kind in kinds.into_iter().filter_map(TrapKind::from_code) {
            let span = self.standalone(self.backend.trap_stub(kind)?);
            self.text.stubs.push((kind, span));
            self.places.insert(RelocTarget::TrapStub(kind), span.offset);
        }
        Ok(())
    }

    fn thunks(&mut self, module: &Module<'_>) -> Result<()> {
        for (index, function) in module.functions.iter().filter(|(_, f)| f.import().is_some()) {
            let ty = &module.types[function.ty];
            let span = self.standalone(self.backend.import_thunk(index.as_u32(), ty)?);
            self.place_function(index, span);
        }
        Ok(())
    }

    /// For the types of functions that the host can name.
    fn entries(&mut self, module: &Module<'_>) -> Result<()> {
        let exported = module.exports.iter().filter_map(|export| match export.item {
            Item::Function(function) => Some(module.functions[function].ty),
            _ => None,
        });
        for ty in exported.collect::<BTreeSet<TypeId>>() {
            if let Some(code) = self.backend.entry(&module.types[ty])? {
                let span = self.entry(code);
                self.text.entries.insert(ty, span);
            }
        }
        Ok(())
    }

    /// What runs first, if anything does.
    fn start(&mut self, module: &Module<'_>) -> Result<()> {
        let function = module.initializer();
        if let Some(span) = self.text.functions.get(function).filter(|span| span.size > 0).copied() {
            let start = match self.backend.start(function.as_u32())? {
                Some(code) => self.entry(code),
                None => span,
            };
            self.text.start = Some(start);
        }
        Ok(())
    }

    fn entry(&mut self, code: Snippet) -> Span {
        self.text.entry_stack_bytes = self.text.entry_stack_bytes.max(code.stack_bytes);
        self.standalone(code)
    }

    fn place_function(&mut self, index: FuncIndex, span: Span) {
        self.text.functions[index] = span;
        self.places.insert(RelocTarget::Function(index.as_u32()), span.offset);
    }

    fn function(&mut self, index: FuncIndex, code: &FunctionCode) {
        let span = self.append(&code.bytes, self.backend.alignment());
        self.place_function(index, span);
        self.add_relocs(span, code.relocs.iter().cloned());
        let sites = code.sites.iter().map(|s| Site { return_offset: span.offset + s.return_offset, ..s.clone() });
        self.text.sites.extend(sites);
        if self.text.bytes.len() - self.region_start >= REGION_BYTES {
            self.end_region();
        }
    }

    /// Appends the region's veneers; what is appended from now on is of the next region.
    fn end_region(&mut self) {
        let veneers = self.veneers;
        for target in veneers.at_end_of(self.region) {
            if let Some(code) = self.backend.veneer(*target) {
                let span = self.standalone(code);
                self.veneer_places.insert((self.region, *target), span.offset);
            }
        }
        self.region += 1;
        self.region_start = self.text.bytes.len();
    }

    fn fill_tables(&mut self, module: &Module<'_>) -> Result<()> {
        for (index, elements) in constant_tables(module) {
            let start = self.text.tables[&index].offset;
            for (i, element) in elements.iter().enumerate() {
                let (relative, ty) = match element {
                    None => (0, NULL_TYPE_ID),
                    Some(function) => {
                        let code = self.text.functions[*function].offset | code_address_bit(self.target);
                        (code.wrapping_sub(start), module.functions[*function].ty.index() as u32)
                    }
                };
                let at = start as usize + i * ENTRY_SIZE as usize;
                self.word(at, relative)?;
                let ty = mutant!("link: type of a table's element lost", ty, NULL_TYPE_ID);
                self.word(at + ENTRY_TYPE_OFFSET as usize, ty)?;
            }
        }
        Ok(())
    }

    fn word(&mut self, at: usize, value: u32) -> Result<()> {
        let place = self.text.bytes.get_mut(at..at + 4);
        let place = place.ok_or_else(|| Error::internal(format!("a table entry at {at} lies outside of the text")))?;
        place.copy_from_slice(&value.to_le_bytes());
        Ok(())
    }

    /// Patches every reference, and gives the calls that need a veneer which is not there: callee, and region of the
    /// caller.
    fn resolve(&mut self) -> Result<Vec<(usize, RelocTarget)>> {
        let size = self.text.bytes.len();
        if size > MAX_TEXT_BYTES {
            return Err(Error::limit(format!("{size} bytes of code"), None, format_args!("{MAX_TEXT_BYTES} bytes")));
        }
        let mut missing = Vec::new();
        for PlacedReloc { base, region, reloc } in std::mem::take(&mut self.relocs) {
            let Some(place) = self.places.get(&reloc.target) else {
                return Err(Error::internal(format!("{:?} has no place in the text", reloc.target)));
            };
            let at = base + reloc.at;
            let (low, high) = self.backend.reach(reloc.kind);
            let displacement = |place: u32| i64::from(place) + i64::from(reloc.addend) - i64::from(at);
            let in_reach = |place: u32| Some(displacement(place)).filter(|d| (low..=high).contains(d));
            let veneer = self.veneer_places.get(&(region, reloc.target));
            let Some(displacement) = in_reach(*place).or_else(|| in_reach(*veneer?)) else {
                if veneer.is_none() && self.backend.veneer(reloc.target).is_some() {
                    missing.push((region, reloc.target));
                    continue;
                }
                let across = displacement(*place).abs();
                let what = format!("{size} bytes of code, with a reference across {across} of them");
                return Err(Error::limit(what, None, format_args!("{high} bytes for {}", self.target.name())));
            };
            let code = self.text.bytes.get_mut(at as usize..);
            let code = code.ok_or_else(|| Error::internal(format!("a relocation at {at} lies outside of the text")))?;
            self.backend.patch(reloc.kind, code, displacement);
        }
        Ok(missing)
    }
}

fn constant_tables<'m>(module: &'m Module<'_>) -> impl Iterator<Item = (TableIndex, &'m [Option<FuncIndex>])> {
    module.tables.iter().filter_map(|(index, table)| match &table.place {
        TablePlace::Text(elements) => Some((index, elements.as_slice())),
        TablePlace::Instance { .. } | TablePlace::Import(_) => None,
    })
}
