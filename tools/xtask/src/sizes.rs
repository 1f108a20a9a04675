//! `./dev sizes`: flash and RAM of the firmwares, by groups of crates, against `tools/xtask/budgets.toml`.
//!
//! Bytes are attributed by symbol. What the compiler inlined into another crate's function counts there, and what has no
//! symbol (padding, the linker's own tables) counts as rest, so that the groups add up to the sections.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;

use anyhow::{Context, Result, bail};
use object::read::elf::ElfFile32;
use object::{Object, ObjectSection, ObjectSymbol, SectionFlags, SectionKind, SymbolKind, elf};
use serde::Deserialize;

use crate::firmware::Board;
use crate::paths;
use crate::toolchain::Toolchain;

const REST: &str = "rest";
/// What stands in front of entries for implementations of `core::fmt`'s traits.
const TEXT: &str = "fmt ";

/// `tools/xtask/budgets.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Budgets {
    /// Group name → crates, paths of modules, or with a `*` the beginnings of names.
    groups: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    limit: Vec<Limit>,
}

/// The most that a group of a firmware may take, on a board as its default part.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Limit {
    board: String,
    firmware: String,
    /// A name of `groups`, or `total`.
    group: String,
    flash: Option<u64>,
    ram: Option<u64>,
    /// The limit holds where the standard library is built along ([`Toolchain::builds_std`]): one that comes compiled has
    /// the code for messages of panics in it.
    #[serde(default)]
    from_source: bool,
}

/// Bytes in flash (code, constants, initial values of variables) and RAM (variables; stack and guest arena lie outside of
/// sections and are not counted).
#[derive(Default, Clone, Copy, Debug, PartialEq, Eq)]
struct Size {
    flash: u64,
    ram: u64,
}

/// Prints the sizes of every built firmware, those with the interpreter among them.
///
/// # Errors
/// If a firmware cannot be read, or is over a limit.
pub fn run(boards: &[Board]) -> Result<()> {
    let path = paths::root().join("tools/xtask/budgets.toml");
    let budgets: Budgets = toml::from_str(&fs::read_to_string(&path)?).context("in tools/xtask/budgets.toml")?;
    let mut excesses = Vec::new();
    for board in boards {
        let builds_std = Toolchain::for_target(&board.triple)?.builds_std();
        let built = board.firmwares()?.into_iter().map(|name| (board.output(&name), name));
        for (file, firmware) in built.chain(board.variants()) {
            let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            let sizes = measure(&bytes, &budgets.groups).with_context(|| format!("in {}", file.display()))?;
            println!("{board}: {firmware}\n{}", table(&sizes));
            let has_limit = |l: &&Limit| board.is_default && l.board == board.name && l.firmware == firmware;
            let limits = budgets.limit.iter().filter(has_limit);
            let (limits, not_compared): (Vec<_>, Vec<_>) = limits.partition(|l| builds_std || !l.from_source);
            for limit in not_compared {
                println!("NOT COMPARED: {} of {firmware}, as this Rust comes with a compiled `core`", limit.group);
            }
            excesses.extend(limits.into_iter().flat_map(|limit| over(limit, &sizes)));
        }
    }
    if !excesses.is_empty() {
        bail!("over the budget of tools/xtask/budgets.toml:\n  {}", excesses.join("\n  "));
    }
    Ok(())
}

/// Sizes by group, with [`REST`].
fn measure(file: &[u8], groups: &BTreeMap<String, Vec<String>>) -> Result<BTreeMap<String, Size>> {
    let elf = ElfFile32::<object::Endianness>::parse(file)?;
    let mut sizes: BTreeMap<String, Size> = groups.keys().map(|name| (name.clone(), Size::default())).collect();
    let mut whole = Size::default();
    let mut places = HashMap::new();
    for section in elf.sections() {
        if let Some(place) = Place::of(&section) {
            place.add(&mut whole, section.size());
            places.insert(section.index(), place);
        }
    }

    let mut counted = Size::default();
    // Identical functions are folded to one: several names, one place, counted once.
    let mut seen = HashSet::new();
    for symbol in elf.symbols() {
        let sized =
            symbol.size() > 0 && matches!(symbol.kind(), SymbolKind::Text | SymbolKind::Data | SymbolKind::Unknown);
        let Some(place) = symbol.section_index().and_then(|index| places.get(&index)).filter(|_| sized) else {
            continue;
        };
        if !seen.insert((symbol.section_index(), symbol.address())) {
            continue;
        }
        let name = format!("{:#}", rustc_demangle::demangle(symbol.name().unwrap_or_default()));
        if let Some(size) = group_of(&name, groups).and_then(|group| sizes.get_mut(group)) {
            place.add(size, symbol.size());
            place.add(&mut counted, symbol.size());
        }
    }
    let rest = Size { flash: whole.flash.saturating_sub(counted.flash), ram: whole.ram.saturating_sub(counted.ram) };
    sizes.insert(REST.to_owned(), rest);
    Ok(sizes)
}

/// Which memories a section takes.
struct Place {
    in_flash: bool,
    in_ram: bool,
}

impl Place {
    fn of<'a>(section: &impl ObjectSection<'a>) -> Option<Place> {
        let SectionFlags::Elf { sh_flags, .. } = section.flags() else { return None };
        if !sh_flags.contains(elf::SHF_ALLOC) {
            return None;
        }
        let in_flash = section.kind() != SectionKind::UninitializedData;
        Some(Place { in_flash, in_ram: sh_flags.contains(elf::SHF_WRITE) })
    }

    fn add(&self, size: &mut Size, bytes: u64) {
        size.flash += if self.in_flash { bytes } else { 0 };
        size.ram += if self.in_ram { bytes } else { 0 };
    }
}

/// The group of the first path in a demangled name that is not one of Rust's library, by the longest entry that it
/// begins with. Entries with [`TEXT`] in front are for what writes text alone.
fn group_of<'a>(name: &str, groups: &'a BTreeMap<String, Vec<String>>) -> Option<&'a str> {
    let library = |path: &str| ["core::", "alloc::", "std::"].iter().any(|krate| path.starts_with(krate));
    let path = paths_in(name).find(|path| !library(path)).unwrap_or(name);
    let is_text = name.contains(" as core::fmt::");
    let begins = |entry: &str| match (entry.strip_prefix(TEXT), entry.strip_suffix('*')) {
        (Some(entry), _) => is_text && path.strip_prefix(entry).is_some_and(|rest| rest.starts_with("::")),
        (None, Some(start)) => path.starts_with(start),
        (None, None) => path.strip_prefix(entry).is_some_and(|rest| rest.starts_with("::")),
    };
    let entries = groups.iter().flat_map(|(group, entries)| entries.iter().map(move |entry| (entry, group)));
    let longest = entries.filter(|(entry, _)| begins(entry)).max_by_key(|(entry, _)| entry.len());
    longest.map(|(_, group)| group.as_str())
}

/// The paths in a demangled name: `<a::B as c::D>::e` has `a::B` and `c::D`.
fn paths_in(name: &str) -> impl Iterator<Item = &str> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut rest = name;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find(is_word)?;
            let inside_path = rest[..start].ends_with("::");
            let mut end = start;
            while let Some(length) = rest[end..].find(|c| !is_word(c)) {
                end += length;
                match rest[end..].strip_prefix("::") {
                    Some(next) if next.starts_with(is_word) => end += 2,
                    _ => break,
                }
            }
            end = if rest[end..].starts_with(is_word) { rest.len() } else { end };
            let path = &rest[start..end];
            rest = &rest[end..];
            if path.contains("::") && !inside_path {
                return Some(path);
            }
        }
    })
}

fn total(sizes: &BTreeMap<String, Size>) -> Size {
    sizes.values().fold(Size::default(), |sum, size| Size { flash: sum.flash + size.flash, ram: sum.ram + size.ram })
}

fn table(sizes: &BTreeMap<String, Size>) -> String {
    let row = |name: &str, size: Size| format!("  {name:<12} {:>8} {:>8}\n", size.flash, size.ram);
    let groups = sizes.iter().filter(|(name, _)| *name != REST).map(|(name, size)| row(name, *size));
    let last = sizes.get(REST).map(|size| row(REST, *size));
    let head = format!("  {:<12} {:>8} {:>8}\n", "", "flash", "RAM");
    head + &groups.chain(last).collect::<String>() + &row("total", total(sizes))
}

fn over(limit: &Limit, sizes: &BTreeMap<String, Size>) -> Vec<String> {
    let whole = total(sizes);
    let Some(size) = (if limit.group == "total" { Some(&whole) } else { sizes.get(&limit.group) }) else {
        return vec![format!("there is no group `{}`", limit.group)];
    };
    let compare = |what: &str, is: u64, most: Option<u64>| {
        most.filter(|most| is > *most)
            .map(|most| format!("{} {}: {} {what} is {is} of {most} bytes", limit.board, limit.firmware, limit.group))
    };
    [compare("flash", size.flash, limit.flash), compare("RAM", size.ram, limit.ram)].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use object::write::{Object as Writer, Symbol, SymbolSection};
    use object::{Architecture, BinaryFormat, Endianness, SymbolFlags, SymbolScope};

    use super::*;

    fn groups() -> BTreeMap<String, Vec<String>> {
        let groups = [
            ("runtime", vec!["sandgrain_runtime"]),
            ("agent", vec!["sandgrain_agent"]),
            ("helpers", vec!["sandgrain_runtime::helpers", "__fix*"]),
            ("messages", vec!["fmt sandgrain_runtime"]),
        ];
        groups.map(|(group, names)| (group.to_owned(), names.into_iter().map(String::from).collect())).into()
    }

    #[test]
    fn symbols_belong_to_the_first_path_beside_core() {
        for (name, expected) in [
            ("sandgrain_runtime::module::Module::open", Some("runtime")),
            ("<sandgrain_agent::twin::Delta as core::fmt::Debug>::fmt", Some("agent")),
            ("core::ptr::drop_in_place::<sandgrain_runtime::Instance>", Some("runtime")),
            ("<&T as core::fmt::Debug>::fmt", None),
            ("<sandgrain_runtime::trap::Trap as core::fmt::Display>::fmt", Some("messages")),
            ("<&sandgrain_runtime::trap::Trap as core::fmt::Display>::fmt", Some("messages")),
            ("<sandgrain_runtime::trap::Trap as core::cmp::PartialEq>::eq", Some("runtime")),
            ("smoltcp::socket::<sandgrain_agent::X>::poll", None),
            ("not_sandgrain_runtime::f", None),
            ("other::sandgrain_runtime::f", None),
            ("memcpy", None),
            ("sandgrain_runtime::helpers::double::add", Some("helpers")),
            ("<sandgrain_runtime::helpers::X as core::fmt::Debug>::fmt", Some("helpers")),
            ("sandgrain_runtime::helpers_of_others", Some("runtime")),
            ("__fixdfsi", Some("helpers")),
        ] {
            assert_eq!(group_of(name, &groups()), expected, "{name}");
        }
    }

    /// An ELF file with one function of the runtime, a second name for it, a variable of the agent and a nameless rest.
    fn example() -> Vec<u8> {
        let mut file = Writer::new(BinaryFormat::Elf, Architecture::Arm, Endianness::Little);
        let text = file.section_id(object::write::StandardSection::Text);
        file.append_section_data(text, &[0; 100], 4);
        let bss = file.section_id(object::write::StandardSection::UninitializedData);
        file.append_section_bss(bss, 50, 4);
        for (name, section, size, kind) in [
            ("_ZN17sandgrain_runtime4openE", text, 60, SymbolKind::Text),
            ("_ZN17sandgrain_runtime5aliasE", text, 60, SymbolKind::Text),
            ("_ZN15sandgrain_agent4POOLE", bss, 32, SymbolKind::Data),
        ] {
            file.add_symbol(Symbol {
                name: name.into(),
                value: 0,
                size,
                kind,
                scope: SymbolScope::Linkage,
                weak: false,
                section: SymbolSection::Section(section),
                flags: SymbolFlags::None,
            });
        }
        file.write().unwrap()
    }

    #[test]
    fn groups_and_rest_add_up_to_the_sections() {
        let sizes = measure(&example(), &groups()).unwrap();
        assert_eq!(sizes["runtime"], Size { flash: 60, ram: 0 });
        assert_eq!(sizes["agent"], Size { flash: 0, ram: 32 });
        assert_eq!(sizes[REST], Size { flash: 40, ram: 18 });
        assert_eq!(total(&sizes), Size { flash: 100, ram: 50 });
    }

    #[test]
    fn an_excess_is_named() {
        let sizes = measure(&example(), &groups()).unwrap();
        let limit = |group: &str, flash, ram| {
            let (board, firmware) = ("b".to_owned(), "f".to_owned());
            over(&Limit { board, firmware, group: group.to_owned(), flash, ram, from_source: false }, &sizes)
        };
        assert_eq!(limit("runtime", Some(60), Some(0)), Vec::<String>::new());
        assert_eq!(limit("runtime", Some(59), None), ["b f: runtime flash is 60 of 59 bytes"]);
        assert_eq!(limit("total", Some(99), Some(49)).len(), 2);
        assert_eq!(limit("no such", None, None).len(), 1);
    }
}
