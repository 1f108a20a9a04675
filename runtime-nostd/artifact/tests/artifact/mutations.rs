//! Hostile bytes: nothing panics, and whatever is accepted keeps every promise of the accessors.

use crate::support::*;
use sandgrain_abi::layout::{HEADER_SIZE_32, InstanceHeader};
use sandgrain_artifact::*;

/// Calls every accessor and holds the results against the documentation.
fn exercise(content: &Content<'_>) {
    let text_len = content.text().len() as u32;
    let is_code = |c: CodeOffset| c.0 >= content.code_start() && c.0 < text_len && c.0.is_multiple_of(2);
    let instance = content.instance_bytes();
    assert!(instance >= HEADER_SIZE_32 && instance.is_multiple_of(16));
    assert!(content.init_image().len() as u32 <= instance - HEADER_SIZE_32);
    assert!(content.start().is_none_or(is_code));
    let types = content.types();
    assert_eq!(types.iter().count() as u32, types.len());
    for ty in types.iter() {
        assert_eq!((ty.params.iter().count(), ty.results.iter().count()), (ty.params.len(), ty.results.len()));
        assert!(HEADER_SIZE_32 + 4 * ty.results.words().saturating_sub(TARGET.register_words()) <= instance);
    }
    let in_state = |offset: u32, bytes: u64| {
        let inside = offset >= HEADER_SIZE_32 && u64::from(offset) + bytes <= u64::from(instance);
        assert!(inside && offset.is_multiple_of(4), "{bytes} bytes at {offset}");
    };
    let is_function = |code: CodeOffset, ty: TypeIndex| assert!(is_code(code) && types.at(ty).is_some());
    assert_eq!(content.imports().iter().count() as u32, content.imports().len());
    for import in content.imports().iter() {
        assert!(import.name.chars().count() <= import.name.len());
        in_state(import.slot, import.ty.slot_bytes(4).into());
        assert!(content.import_type(&import.ty).is_some());
        match import.ty {
            ImportType::Func { ty, thunk } => is_function(thunk, ty),
            ImportType::Table(ty) => assert!(ty.element.is_reference() && ty.min <= ty.max.unwrap_or(u32::MAX)),
            ImportType::Memory(ty) => assert!(ty.min_bytes() <= 1 << 32),
            ImportType::Global(_) => (),
        }
    }
    let functions = content.imports().iter().take_while(|i| matches!(i.ty, ImportType::Func { .. })).count();
    assert!(content.imports().iter().skip(functions).all(|i| !matches!(i.ty, ImportType::Func { .. })));
    assert_eq!(content.memories().iter().count() as u32, content.memories().len());
    for (i, memory) in content.memories().iter().enumerate() {
        if i == 0 {
            assert_eq!(memory.definition, InstanceHeader::memory_offset(4));
        } else {
            in_state(memory.definition, 20);
        }
        assert!(memory.ty.min_bytes() <= memory.capacity_bytes() && memory.capacity_bytes() <= 1 << 32);
    }
    assert_eq!(content.tables().iter().count() as u32, content.tables().len());
    for table in content.tables().iter() {
        in_state(table.definition, 16);
        in_state(table.elements, u64::from(table.capacity) * 4);
        assert!(table.ty.min <= table.capacity && table.capacity <= table.ty.max.unwrap_or(u32::MAX));
    }
    assert_eq!(content.referables().iter().count() as u32, content.referables().len());
    content.referables().iter().for_each(|r| is_function(r.code, r.ty));
    if !content.referables().is_empty() {
        in_state(content.referables_place(), u64::from(content.referables().len()) * 12);
    }
    assert_eq!(content.type_ids().iter().count() as u32, content.type_ids().len());
    assert!(content.type_ids().iter().all(|ty| types.at(ty).is_some()));
    if !content.type_ids().is_empty() {
        in_state(content.type_ids_place(), u64::from(content.type_ids().len()) * 4);
    }
    assert_eq!(content.exports().iter().count() as u32, content.exports().len());
    for export in content.exports().iter() {
        assert_eq!(content.find_export(export.name), Some(export.item));
        assert!(content.export_type(export.item).is_some());
        match export.item {
            Extern::Func { code, ty } => is_function(code, ty),
            Extern::Memory(index) => assert!(content.memories().get(index.0).is_some()),
            Extern::Table(index) => assert!(content.tables().get(index.0).is_some()),
            Extern::Imported(index) => assert!(content.imports().get(index.0).is_some()),
            Extern::Global { offset, ty } => in_state(offset, ty.ty.bytes(4).into()),
            Extern::Constant { bits, ty } => assert!(ty.words() == 2 || bits <= u64::from(u32::MAX)),
        }
    }
}

/// A text this short leaves most mutations to the tables.
fn short() -> ContentSpec {
    ContentSpec {
        text: (0..64).collect(),
        exports: content_spec().exports.into_iter().filter(|e| !e.name.is_empty()).collect(),
        ..content_spec()
    }
}

#[test]
fn mutated_contents() {
    let original = short().encode(TARGET).unwrap();
    let mut random = Random(1);
    let (mut accepted, mut faults) = (0, std::collections::BTreeMap::new());
    for _ in 0..100_000 {
        let mut bytes = original.clone();
        random.mutate(&mut bytes, 80);
        match Content::parse(&bytes, TARGET) {
            Ok(content) => {
                exercise(&content);
                accepted += 1;
            }
            Err(error) => {
                assert!(matches!(error, Error::Content { .. } | Error::Truncated { .. }));
                if let Error::Content { fault, offset } = error {
                    assert!(offset as usize <= bytes.len(), "{error}");
                    *faults.entry(fault).or_insert(0) += 1;
                }
            }
        }
    }
    // Otherwise the mutations are too wild, or too tame, to say anything.
    assert!(accepted > 1000, "{accepted} accepted");
    assert!(faults.len() >= 26, "only these faults were met: {faults:#?}");
}

#[test]
fn mutated_artifacts() {
    let mut original = pack(&short(), &manifest_spec()).unwrap();
    sign(&mut original, &key(1)).unwrap();
    let envelope = Envelope::parse(&original).unwrap().bytes().len();
    let mut random = Random(2);
    let mut reasons = std::collections::BTreeMap::new();
    for _ in 0..50_000 {
        let mut bytes = original.clone();
        random.mutate(&mut bytes, envelope);
        let reason = match Artifact::open(&bytes, &DEVICE) {
            Ok(artifact) => {
                exercise(artifact.content());
                let manifest = artifact.manifest();
                let covered: usize = manifest.chunks().map(|c| c.range.len()).sum();
                assert_eq!(covered, artifact.content_bytes().len());
                "opened"
            }
            Err(error) => {
                assert!(!error.to_string().is_empty());
                error.reason()
            }
        };
        *reasons.entry(reason).or_insert(0) += 1;
    }
    for reason in ["opened", "truncated", "magic", "artifact-version", "abi-version", "target", "manifest", "content"] {
        assert!(reasons.contains_key(reason), "no {reason} among {reasons:?}");
    }
}
