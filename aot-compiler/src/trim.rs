//! A memory of the size that a module provably uses instead of the one that its type says, which is a multiple of 64 KiB.
//!
//! ```text
//! module ─translate─▶ CLIF, accesses ─stack─▶ stack pointer ─ranges, to and fro between functions─▶ a bound an access
//!                                                                              the largest ─▶ module, trimmed
//! ```
//! What is trimmed is the first own memory, if no code grows it. For every access ([`MemoryUse`]) the analysis finds all
//! addresses that it can have, and then it is one of three: always below some bound; always beyond the memory that the
//! type says, so that it traps either way; or not known, and the module is refused. So a trimmed module does what it did
//! before, trap by trap, in less RAM: no access falls between the bound and the old size. `memory.size` still says what
//! the type says, and `memory.grow` fails as before.
//!
//! The analysis reads CLIF as translation makes it, without the optimisation: an access is an address that translation
//! names, whether a check of it is left or not. Ranges are runs of integers ([`range`]); comparisons that dominate cut
//! them, loops are bounded by their turns ([`ranges`]), parameters, results and globals are joined over the whole module
//! ([`summary`]), and a stack pointer is followed through the call graph ([`stack`]).
//!
//! # What others see
//! Who else can look at the memory sees one of the trimmed size. Another instance cannot import it, since its page size
//! is 1 byte then. The host can, if the module exports it or imports functions: a host function that is given a pointer
//! reads and writes as many bytes as it likes, which no analysis of the module shows. So a module that the host can look
//! into has to say where its static data and stack end, as linkers do: by an exported constant `__heap_base`. The memory
//! is at least as large, so all objects of a program without a heap are in it whole, and a host function that goes beyond
//! them fails as it does behind the end of any memory. A module without that export is refused.

mod body;
mod range;
mod ranges;
mod reason;
mod stack;
mod summary;
#[cfg(test)]
mod tests;

use crate::error::{Error, Result};
use crate::instance::InstanceLayout;
use crate::marks::mutant;
use crate::module::{FuncIndex, Item, MemoryIndex, MemoryPlace, Module, ValType};
use crate::translate::{MemoryUse, Translator};
use body::Body;
use range::Range;
use ranges::{Pass, State};
use reason::Reasons;
use sandgrain_abi::Target;
use stack::Obstacle;
use std::collections::BTreeMap;
use summary::{Mode, Summaries};
use wasmparser::Operator;

/// Rounds that cut ranges down after they hold.
const NARROWING: u32 = 3;
/// Rounds over the module after which a range that still grows is a defect: each one can only grow so often.
const MAX_ROUNDS: u32 = 10_000;

/// The exported constant that says where static data and stack end.
const HEAP_BASE: &str = "__heap_base";

/// Trims the first own memory of `module` to what it provably uses. A module without one stays as it is.
///
/// # Errors
/// [`Unsupported`](crate::error::Category::Unsupported) if some access has no bound: names the function, the place, and
/// what the address depends on.
pub fn trim(module: &mut Module<'_>, target: Target) -> Result<()> {
    let own = module.memories.iter().find(|(_, memory)| memory.place == MemoryPlace::BehindInstance);
    let Some((index, memory)) = own else { return Ok(()) };
    if let Some(function) = grows(module, index)? {
        let why = format!(
            "{} grows it, so its size is not known: give it a maximum that is equal to its minimum, or compile without \
             --trim-memory",
            module.function_name(function)
        );
        return Err(Error::unsupported_module("trimming the memory", why));
    }
    let size = memory.min_bytes();
    // Nor can others: growing may always fail (core spec 4.4.7).
    module.memories[index].grows = false;
    let seen = seen_from_outside(module, index, size)?;
    let used = used(module, target, size)?;
    let bytes = mutant!("trim: a byte less than what is used", used, used.saturating_sub(1)).max(seen).min(size);
    let memory = &mut module.memories[index];
    memory.declared = Some(memory.pages());
    (memory.page_log2, memory.min_pages, memory.max_pages) = (0, bytes, Some(bytes));
    Ok(())
}

/// A function that grows the memory, if it can be grown.
fn grows(module: &Module<'_>, index: MemoryIndex) -> Result<Option<FuncIndex>> {
    if !module.memories[index].grows {
        return Ok(None);
    }
    for (function, body) in module.bodies() {
        for operator in body.reader.get_operators_reader()? {
            if matches!(operator?, Operator::MemoryGrow { mem } if mem == index.as_u32()) {
                return Ok(Some(function));
            }
        }
    }
    Ok(None)
}

/// Bytes that the host may count on.
fn seen_from_outside(module: &Module<'_>, index: MemoryIndex, size: u32) -> Result<u32> {
    let exported = module.exports.iter().any(|export| export.item == Item::Memory(index));
    let import = module.imports.values().find(|import| matches!(import.item, Item::Function(_)));
    let by = match import {
        Some(import) => format!("functions that it imports, {}.{} for one", import.module, import.name),
        None if exported => "its export".to_owned(),
        None => return Ok(0),
    };
    let heap_base = module.exports.iter().find_map(|export| match export.item {
        Item::Global(global) if export.name == HEAP_BASE => {
            module.globals[global].constant().filter(|_| module.globals[global].ty == ValType::I32)
        }
        _ => None,
    });
    match heap_base {
        Some(end) if end <= u64::from(size) => Ok(end as u32),
        Some(end) => {
            let why = format!("{HEAP_BASE} is {end}, which is beyond its {size} bytes");
            Err(Error::unsupported_module("trimming the memory", why))
        }
        None => {
            let why = format!(
                "the host can look into it by {by}, and the module does not say where its data ends: export the linker's \
                 constant {HEAP_BASE} (`-Wl,--export=__heap_base`), or compile without --trim-memory"
            );
            Err(Error::unsupported_module("trimming the memory", why))
        }
    }
}

/// Bytes that the module uses of its first own memory, which has `size`.
fn used(module: &Module<'_>, target: Target, size: u32) -> Result<u32> {
    let bodies = bodies(module, target)?;
    let open = Summaries::new(module, None);
    let (pointer, obstacle) = match stack::candidate(module) {
        Some(candidate) => match stack::follow(module, candidate, &bodies, |function| open.is_open(function)) {
            Ok(pointer) => (Some(pointer), None),
            Err(obstacle) => (None, Some((candidate.0, obstacle))),
        },
        None => (None, None),
    };
    let mut summaries = Summaries::new(module, pointer);
    let mut states: BTreeMap<FuncIndex, State> = BTreeMap::new();
    let mut round = |summaries: &mut Summaries, mode: Mode| {
        let mut grown = false;
        for (function, body) in &bodies {
            if !summaries.is_reached(*function) {
                continue;
            }
            let state = states.entry(*function).or_default();
            loop {
                let mut pass = Pass::new(*function, body, state, summaries, mode);
                pass.run(|_, _, _| ());
                if !pass.changed || mode == Mode::Narrow {
                    break;
                }
                grown = true;
            }
        }
        summaries.end_round(mode) || grown
    };
    let mut rounds = 0;
    while round(&mut summaries, Mode::Grow) {
        rounds += 1;
        if rounds > MAX_ROUNDS {
            return Err(Error::internal("ranges of addresses that grow without end"));
        }
    }
    for _ in 0..NARROWING {
        round(&mut summaries, Mode::Narrow);
    }
    let mut used = 0;
    for (function, body) in &bodies {
        let Some(state) = states.get_mut(function) else { continue };
        let mut unbounded = None;
        let mut pass = Pass::new(*function, body, state, &mut summaries, Mode::Narrow);
        pass.run(|use_, index, length| match end_of(index, length, use_.end, size) {
            Some(end) => used = used.max(end),
            None => unbounded = unbounded.or(Some(*use_)),
        });
        if let Some(use_) = unbounded {
            return Err(refusal(module, &summaries, obstacle, *function, body, &use_));
        }
    }
    Ok(used)
}

/// All code of the module as CLIF, the initialiser last.
fn bodies(module: &Module<'_>, target: Target) -> Result<Vec<(FuncIndex, Body)>> {
    let layout = InstanceLayout::new(module, target)?;
    let mut translator = Translator::new(module, &layout, false).observing();
    let mut bodies = Vec::new();
    for (index, _) in module.bodies() {
        let func = translator.function(index)?;
        bodies.push((index, Body::new(func, translator.take_observations())));
    }
    if let Some(func) = translator.initializer()? {
        bodies.push((module.initializer(), Body::new(func, translator.take_observations())));
    }
    Ok(bodies)
}

/// Where an access ends at most that does not trap in a memory of `size` bytes: of `end` bytes from an index on, or of as
/// many as a length says. 0 if it always traps, `None` if it may go to the end.
fn end_of(index: Range, length: Range, end: u64, size: u32) -> Option<u32> {
    let Some(last) = u64::from(size).checked_sub(end) else { return Some(0) };
    let (Below::Most(index), Below::Most(length)) = (below(index, last)?, below(length, u64::from(size))?) else {
        return Some(0);
    };
    u32::try_from(index + length + end).ok().filter(|end| *end <= size)
}

/// The members of a range up to a limit.
enum Below {
    /// There are none.
    Nothing,
    Most(u64),
}

/// `None` if the limit is a member: then nothing tells those below from those beyond.
fn below(range: Range, limit: u64) -> Option<Below> {
    if range.contains(limit) {
        return None;
    }
    // The run enters what lies below the limit from its own beginning or by passing 0, and ends there.
    Some(if range.last() < limit { Below::Most(range.last()) } else { Below::Nothing })
}

fn refusal(
    module: &Module<'_>,
    summaries: &Summaries,
    obstacle: Option<(crate::module::GlobalIndex, Obstacle)>,
    function: FuncIndex,
    body: &Body,
    use_: &MemoryUse,
) -> Error {
    let reasons = Reasons { module, summaries, obstacle };
    // A length that is not a constant is less often known than an address.
    let value = use_.length.filter(|length| body.constant(*length).is_none()).unwrap_or(use_.index);
    let what = format!("trimming the memory: the address of an access in {}", module.function_name(function));
    let why = format!(
        "it is not known to be below the end: {}; or compile without --trim-memory",
        match body.constant(value) {
            Some(_) => "it is constant, and reaches that end".to_owned(),
            None => reasons.of(function, body, value),
        }
    );
    Error::unsupported(what, use_.wasm_offset.into(), why)
}
