//! The byte maps in the documentation are what is written: every offset, word and size in them is looked up in an artifact.

use crate::support::*;
use sandgrain_abi::ABI_VERSION;
use sandgrain_artifact::header::{HEADER_LEN, MANIFEST_OFFSET, SIGNATURE_LEN};
use sandgrain_artifact::*;

/// The drawing in the documentation at the head of a file, without the marks of comments.
fn drawing(source: &str) -> Vec<&str> {
    let docs =
        source.lines().filter_map(|line| line.strip_prefix("//!")).map(|line| line.strip_prefix(' ').unwrap_or(line));
    docs.skip_while(|line| !line.starts_with("```text")).skip(1).take_while(|line| !line.starts_with("```")).collect()
}

/// What stands between gaps of two spaces and more.
fn columns(line: &str) -> impl Iterator<Item = &str> {
    line.split("  ").map(str::trim).filter(|column| !column.is_empty())
}

/// A number and what follows it.
fn numbered(text: &str) -> Option<(usize, &str)> {
    let (number, name) = text.split_once(' ')?;
    Some((number.parse().ok()?, name))
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
}

#[test]
fn the_header_is_as_drawn() {
    let bytes = signed();
    let header = Header::parse(&bytes).unwrap();
    let rows: Vec<(usize, &str)> = drawing(include_str!("../../src/header.rs"))
        .into_iter()
        .filter_map(|line| {
            let mut columns = columns(line);
            Some((columns.next()?.parse().ok()?, columns.next().unwrap().split("  ").next()?))
        })
        .collect();
    let ends = rows.iter().skip(1).map(|(offset, _)| *offset).chain([HEADER_LEN]);
    let mut end_before = 0;
    for ((offset, row), end) in rows.iter().zip(ends) {
        assert_eq!(*offset, end_before);
        end_before = end;
        let mut found = [0; 8];
        found[..end - offset].copy_from_slice(&bytes[*offset..end]);
        let named = |name: &str| row.starts_with(name);
        let expected = match () {
            () if named("magic") => u64::from(u32::from_le_bytes(*b"\x7fSGA")),
            () if named("artifact version") => ARTIFACT_VERSION.into(),
            () if named("ABI version") => ABI_VERSION.into(),
            () if named("target id") => TARGET as u64,
            () if named("flags") || named("reserved") => 0,
            () if named("CPU features") => header.features.0.into(),
            () if named("manifest length") => header.manifest_len.into(),
            () if named("content length") => header.content_len.into(),
            () if named("helper groups") => header.helpers.0.into(),
            () => panic!("`{row}` is not known here"),
        };
        assert_eq!(u64::from_le_bytes(found), expected, "{row}");
    }
    assert_eq!((rows.len(), end_before), (10, HEADER_LEN));
}

#[test]
fn the_parts_are_as_drawn() {
    let bytes = signed();
    let artifact = Artifact::open(&bytes, &DEVICE).unwrap();
    let rows = drawing(include_str!("../../src/lib.rs"));
    let offset_of = |part: &str| {
        let row = rows.iter().find(|row| columns(row).nth(1) == Some(part)).unwrap_or_else(|| panic!("no {part}"));
        columns(row).next().unwrap()
    };
    assert_eq!(offset_of("header").parse(), Ok(0));
    assert_eq!(offset_of("signature").parse(), Ok(HEADER_LEN));
    assert_eq!(offset_of("manifest").parse(), Ok(MANIFEST_OFFSET));
    assert_eq!(HEADER_LEN + SIGNATURE_LEN, MANIFEST_OFFSET);
    assert_eq!(offset_of("content"), "C");
    let content = artifact.content_bytes().as_ptr().addr() - bytes.as_ptr().addr();
    assert!(content == artifact.header().content_offset() && content.is_multiple_of(CONTENT_ALIGN));
}

#[test]
fn the_head_of_the_content_is_as_drawn() {
    let bytes = ContentSpec { wasm: Some(vec![7; 5]), ..content_spec() }.encode(TARGET).unwrap();
    let content = Content::parse(&bytes, TARGET).unwrap();
    let drawing = drawing(include_str!("../../src/content.rs"));
    let head = drawing.iter().skip(1).take_while(|line| line.starts_with("  "));
    let mut words: Vec<(usize, &str)> = head.flat_map(|line| columns(line)).filter_map(numbered).collect();
    words.sort_unstable();
    // Whole only by the names of the export's and the types: these two lengths no accessor tells.
    let type_bytes: usize = content_spec().types.iter().map(|ty| ty.params.len() + ty.results.len()).sum();
    for (place, (index, name)) in words.iter().enumerate() {
        assert_eq!(place, *index, "{name}");
        let named = |start: &str| name.starts_with(start);
        let expected = match () {
            () if named("text length") => content.text().len() as u32,
            () if named("code start") => content.code_start(),
            () if named("init length") => content.init_image().len() as u32,
            () if named("type byte length") => type_bytes as u32,
            () if named("string length") => continue,
            () if named("types") => content.types().len(),
            () if named("imports") => content.imports().len(),
            () if named("exports") => content.exports().len(),
            () if named("memories") => content.memories().len(),
            () if named("tables") => content.tables().len(),
            () if named("referables") => content.referables().len(),
            () if named("type ids") => content.type_ids().len(),
            () if named("instance bytes") => content.instance_bytes(),
            () if named("place of the referables") => content.referables_place(),
            () if named("place of the type ids") => content.type_ids_place(),
            () if named("flags: 1 stack bounded, 2 start") => 3,
            () if named("stack bytes") => content.stack().bytes,
            () if named("start function") => content.start().unwrap().0,
            () if named("bytes of the optional sections") => 8 + 8,
            () if named("zero") => 0,
            () => panic!("`{name}` is not known here"),
        };
        assert_eq!(word(&bytes, index * 4), expected, "word {index}, {name}");
    }
    assert_eq!(words.len(), 20);
    let (head, text) = (numbered(drawing[0]).unwrap(), drawing.iter().find(|line| line.starts_with("80 ")).unwrap());
    assert!(head.0 == 0 && head.1.contains("head, 80 bytes: 20 words"), "{}", head.1);
    let place = content.text().as_ptr().addr() - bytes.as_ptr().addr();
    assert_eq!(columns(text).collect::<Vec<_>>()[..2], ["80", "text"]);
    assert_eq!(place, 80);
}

/// The sizes of records, from the drawing, account for every byte of a content.
#[test]
fn records_are_as_drawn() {
    let drawing = drawing(include_str!("../../src/content.rs"));
    let bytes = content_spec().encode(TARGET).unwrap();
    let mut end = 80 + word(&bytes, 0).next_multiple_of(4);
    let mut index = 5;
    for (start, line) in drawing.iter().enumerate() {
        let Some((name, rest)) = line.strip_prefix("     ").and_then(|line| line.split_once("bytes each")) else {
            continue;
        };
        let (name, size) = name.trim().rsplit_once(' ').unwrap();
        let (name, size): (&str, u32) = (name.trim(), size.parse().unwrap());
        let more = drawing[start + 1..].iter().take_while(|line| line.starts_with("                 "));
        let fields: String =
            [rest].into_iter().chain(more.copied().take_while(|line| !line.contains("kind 0"))).collect();
        let width = |ty: &str| fields.matches(ty).count() as u32;
        let named = width("u32") * 4 + width("u16") * 2 + width("u8");
        // An entry is named in words alone, and only parts with pointers of 8 bytes have any.
        if name == "entries" {
            continue;
        }
        assert_eq!(named, size, "{name}: {fields}");
        end += word(&bytes, index * 4) * size;
        index += 1;
    }
    assert_eq!(index, 12, "a kind of record is missing");
    end += word(&bytes, 3 * 4).next_multiple_of(4) + word(&bytes, 2 * 4).next_multiple_of(4) + word(&bytes, 4 * 4);
    assert_eq!(end as usize, bytes.len());
}
