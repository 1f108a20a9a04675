//! What is written can be read, and what is not exactly that is refused by name.

mod byte_map;
mod mutations;
mod support;

use sandgrain_abi::layout::HEADER_SIZE_32;
use sandgrain_abi::{HelperGroups, Target};
use sandgrain_artifact::header::{HEADER_LEN, MANIFEST_OFFSET};
use sandgrain_artifact::*;
use support::*;

fn public(seed: u8) -> PublicKey {
    keys::public_key(&key(seed))
}

/// First error on the way that a device goes: header, device, signature, manifest.
fn receive(bytes: &[u8]) -> Result<KeyIndex, Error> {
    Header::parse(bytes)?.check(&DEVICE)?;
    let envelope = Envelope::parse(bytes)?;
    let key = envelope.verify(&[public(9), public(1)])?;
    envelope.manifest()?;
    Ok(key)
}

#[test]
fn round_trip() {
    let spec = content_spec();
    let bytes = signed();
    assert_eq!(receive(&bytes), Ok(KeyIndex(1)));
    let artifact = Artifact::open(&bytes, &DEVICE).unwrap();

    let manifest = artifact.manifest();
    assert_eq!((manifest.name, manifest.version, manifest.counter), ("sensor", "1.2.3-rc.1", 300));
    assert_eq!(manifest.device_class, "greenhouse");
    assert_eq!(manifest.needs, Needs { memory_bytes: 65536 + 20, stack_bytes: 1024, instance_bytes: INSTANCE_BYTES });
    assert_eq!(manifest.needs.total_bytes(), 65536 + 20 + 1024 + u64::from(INSTANCE_BYTES));
    assert_eq!(artifact.header().helpers, HelperGroups::CORE);
    assert_eq!(artifact.header().artifact_len(), bytes.len());

    let content = artifact.content();
    assert_eq!(content.text(), spec.text);
    let text_offset = content.text().as_ptr().addr() - bytes.as_ptr().addr();
    assert!(text_offset.is_multiple_of(CONTENT_ALIGN));
    assert_eq!(content.code_start(), spec.code_start);
    assert_eq!(content.types().len() as usize, spec.types.len());
    for (ty, expected) in content.types().iter().zip(&spec.types) {
        assert!(ty.params.matches(&expected.params) && ty.results.matches(&expected.results));
    }
    assert_eq!(content.types().at(TypeIndex(1)).unwrap().to_string(), "(i32, i64) -> (i64)");
    assert_eq!(content.types().at(TypeIndex(3)), None);
    assert_eq!(content.imports().len() as usize, spec.imports.len());
    for (import, expected) in content.imports().iter().zip(&spec.imports) {
        assert_eq!((import.module, import.name), (&*expected.module, &*expected.name));
        assert_eq!((import.ty, import.slot), (expected.ty, expected.slot));
    }
    assert_eq!(content.tables().iter().collect::<Vec<_>>(), spec.tables);
    assert_eq!(content.referables().iter().collect::<Vec<_>>(), spec.referables);
    assert_eq!(content.referables_place(), spec.referables_place);
    assert_eq!(content.type_ids().iter().collect::<Vec<_>>(), spec.type_ids);
    assert_eq!(content.type_ids_place(), spec.type_ids_place);
    assert_eq!(content.exports().len() as usize, spec.exports.len());
    for export in &spec.exports {
        assert_eq!(content.find_export(&export.name), Some(export.item));
    }
    assert_eq!(content.find_export("rum"), None);
    assert_eq!(content.memories().iter().collect::<Vec<_>>(), spec.memories);
    assert_eq!(content.memory(), Some(spec.memories[0]));
    assert_eq!(content.stack(), spec.stack);
    assert_eq!(content.start(), spec.start);
    assert_eq!(content.instance_bytes(), spec.instance_bytes);
    assert_eq!(content.init_image(), spec.init_image);
}

#[test]
fn types_are_told_as_the_text_format_has_them() {
    let bytes = content_spec().encode(TARGET).unwrap();
    let content = Content::parse(&bytes, TARGET).unwrap();
    let imports: Vec<_> =
        content.imports().iter().map(|import| content.import_type(&import.ty).unwrap().to_string()).collect();
    assert_eq!(imports[0], "function (i32, i64) -> (i64)");
    assert_eq!(imports[2], "memory of at least 1 pages");
    assert_eq!(imports[3..], ["table of 1 to 9 funcref", "global (mut i32)", "global f64", "global externref"]);
    for (name, expected) in [
        ("memory", "memory of 1 to 3 pages"),
        ("bytes", "memory of at least 10 bytes"),
        ("refs", "table of 0 to 1 externref"),
        ("heap", "global (mut i32)"),
        ("null", "global funcref"),
        ("run", "function (i32, i64) -> (i64)"),
    ] {
        let item = content.find_export(name).unwrap();
        assert_eq!(content.export_type(item).unwrap().to_string(), expected);
    }
}

#[test]
fn smallest_module_round_trips() {
    let spec = ContentSpec {
        text: vec![0x82, 0x80],
        instance_bytes: HEADER_SIZE_32.next_multiple_of(16),
        init_image: vec![0; 8],
        ..ContentSpec::default()
    };
    let bytes = pack(&spec, &manifest_spec()).unwrap();
    let artifact = Artifact::open(&bytes, &DEVICE).unwrap();
    assert_eq!(artifact.content().text(), spec.text);
    assert_eq!(artifact.content().init_image(), b"");
    assert_eq!((artifact.content().memory(), artifact.content().start()), (None, None));
    assert!(artifact.content().exports().is_empty());
}

#[test]
fn chunks_cover_the_content() {
    let bytes = signed();
    let artifact = Artifact::open(&bytes, &DEVICE).unwrap();
    let manifest = artifact.manifest();
    assert_eq!((manifest.chunk_size(), manifest.chunk_count()), (1024, 4));
    let mut joined = Vec::new();
    for chunk in manifest.chunks() {
        let bytes = artifact.chunk_bytes(chunk.index).unwrap();
        assert_eq!(chunk.range.len(), bytes.len());
        assert_eq!(manifest.chunk_hash(chunk.index), Some(chunk.hash));
        assert_eq!(manifest.verify_chunk(chunk.index, bytes), Ok(()));
        joined.extend_from_slice(bytes);
    }
    assert_eq!(joined, artifact.content_bytes());
    assert_eq!(manifest.verify_content(&joined), Ok(()));

    let first = artifact.chunk_bytes(0).unwrap();
    assert_eq!(manifest.verify_chunk(1, first).unwrap_err().reason(), "chunk-digest");
    assert_eq!(manifest.verify_chunk(0, &first[1..]).unwrap_err().reason(), "chunk-length");
    assert_eq!(manifest.verify_chunk(4, &[]).unwrap_err().reason(), "chunk-index");
    assert_eq!(manifest.verify_content(&joined[1..]).unwrap_err().reason(), "truncated");
    for byte in 0..joined.len() {
        joined[byte] ^= 1 << (byte % 8);
        let index = byte as u32 / 1024;
        assert_eq!(manifest.verify_content(&joined), Err(Error::ChunkDigest { index }));
        joined[byte] ^= 1 << (byte % 8);
    }
}

#[test]
fn chunks_grow_until_the_envelope_fits() {
    let packed = |bytes: usize| {
        let text = vec![0; bytes];
        pack(&ContentSpec { text, ..content_spec() }, &manifest_spec())
    };
    let chunk_size = |artifact: Vec<u8>| {
        let envelope = Envelope::parse(&artifact).unwrap();
        assert!(envelope.bytes().len() <= MAX_ENVELOPE);
        envelope.manifest().unwrap().chunk_size()
    };
    assert_eq!(chunk_size(packed(100 << 10).unwrap()), 1024);
    assert_eq!(chunk_size(packed(200 << 10).unwrap()), 2048);
    assert_eq!(chunk_size(packed(400 << 10).unwrap()), 4096);
    assert!(matches!(packed(500 << 10), Err(WriteError::TooLarge { envelope, .. }) if envelope > MAX_ENVELOPE));
}

#[test]
fn every_flipped_bit_of_the_envelope_is_refused() {
    let mut bytes = signed();
    let header = *Envelope::parse(&bytes).unwrap().header();
    let signed_end = MANIFEST_OFFSET + header.manifest_len as usize;
    let mut by_signature = 0;
    for bit in 0..header.content_offset() * 8 {
        bytes[bit / 8] ^= 1 << (bit % 8);
        let error = receive(&bytes).expect_err("an altered envelope was accepted");
        by_signature += usize::from(error.reason() == "signature");
        // On a device of any kind, with no check but the signature's, it is refused too.
        let verified = Envelope::parse(&bytes).and_then(|e| e.verify(&[public(1)]));
        assert!(verified.is_err(), "bit {bit} was not noticed");
        bytes[bit / 8] ^= 1 << (bit % 8);
    }
    assert!(by_signature >= (signed_end - HEADER_LEN) * 8, "{by_signature} bits were left to the signature");
    assert_eq!(receive(&bytes), Ok(KeyIndex(1)));
}

#[test]
fn every_truncation_is_named() {
    let bytes = signed();
    for len in 0..bytes.len() {
        let error = Artifact::open(&bytes[..len], &DEVICE).expect_err("a truncated artifact was opened");
        assert_eq!(error.reason(), "truncated", "at {len}: {error}");
    }
    let content = Artifact::open(&bytes, &DEVICE).unwrap().content_bytes();
    for len in 0..content.len() {
        assert_eq!(Content::parse(&content[..len], TARGET).unwrap_err().reason(), "truncated", "at {len}");
    }
}

#[test]
fn a_slot_may_go_on_behind_the_artifact() {
    let mut bytes = signed();
    bytes.extend([0xff; 100]);
    assert!(Artifact::open(&bytes, &DEVICE).is_ok());
}

#[test]
fn unsigned_and_foreign_signatures_are_refused() {
    let unsigned = pack(&content_spec(), &manifest_spec()).unwrap();
    let verify = |bytes: &[u8], keys: &[PublicKey]| Envelope::parse(bytes).unwrap().verify(keys);
    assert_eq!(verify(&unsigned, &[public(1)]), Err(Error::Signature { keys: 1 }));
    assert_eq!(verify(&signed(), &[public(2), public(3)]), Err(Error::Signature { keys: 2 }));
    assert_eq!(verify(&signed(), &[]), Err(Error::NoKeys));
    // Neither all zeros (a point of order 4) nor the neutral element may serve as a key.
    let neutral = PublicKey(std::array::from_fn(|i| u8::from(i == 0)));
    assert_eq!(verify(&unsigned, &[PublicKey([0; 32]), neutral]), Err(Error::Signature { keys: 2 }));
}

#[test]
fn a_signature_outside_of_the_domain_is_refused() {
    use ed25519_dalek::Signer;
    let mut bytes = signed();
    let manifest_end = MANIFEST_OFFSET + Header::parse(&bytes).unwrap().manifest_len as usize;
    let message = [&bytes[..HEADER_LEN], &bytes[MANIFEST_OFFSET..manifest_end]].concat();
    bytes[HEADER_LEN..MANIFEST_OFFSET].copy_from_slice(&key(1).sign(&message).to_bytes());
    assert_eq!(receive(&bytes).unwrap_err().reason(), "signature");
    let message = [b"sandgrain manifest v1\0", &message[..]].concat();
    bytes[HEADER_LEN..MANIFEST_OFFSET].copy_from_slice(&key(1).sign(&message).to_bytes());
    assert_eq!(receive(&bytes), Ok(KeyIndex(1)));
}

#[test]
fn the_digest_names_module_and_target_but_not_the_signer() {
    let digest = |bytes: &[u8]| Envelope::parse(bytes).unwrap().manifest_digest();
    let mut other = signed();
    sign(&mut other, &key(2)).unwrap();
    assert_eq!(digest(&other), digest(&signed()));
    assert_eq!(Digest::from_hex(&digest(&other).to_string()), Some(digest(&other)));
    let arm = pack(&content_spec(), &ManifestSpec { target: Target::CortexM4F, ..manifest_spec() }).unwrap();
    assert_ne!(digest(&arm), digest(&other));
}

/// A later field is wrong as well in each case: the order of the checks decides what is reported.
#[test]
fn header_errors_come_in_order_and_name_the_fix() {
    let mut bytes = signed();
    bytes[MANIFEST_OFFSET] ^= 1;
    let mut expect = |range: std::ops::Range<usize>, value: &[u8], reason: &str, text: &str| {
        bytes[range].copy_from_slice(value);
        let error = Artifact::open(&bytes, &DEVICE).unwrap_err();
        assert_eq!(error.reason(), reason);
        assert!(error.to_string().contains(text), "{error}");
    };
    expect(20..24, &[0, 0, 0, 0x80], "helpers", "`unknown` (0x80000000), which this firmware leaves out");
    expect(10..12, &[4, 0], "cpu-features", "the CPU feature `unknown` (0x0004), which this device lacks");
    expect(
        8..9,
        &[3],
        "target",
        "compiled for cortex-m4f (target id 3), this device is rv32imac; compile with `--target rv32imac`",
    );
    expect(8..9, &[99], "target", "an unknown target (target id 99)");
    expect(6..8, &[9, 0], "abi-version", "ABI version 9, this build takes versions 2 to 2; update the firmware");
    expect(6..8, &[1, 0], "abi-version", "ABI version 1, this build takes versions 2 to 2; compile the module again");
    expect(16..20, &[0xff; 4], "header", "content length");
    expect(12..16, &[0, 16, 0, 0], "envelope-size", "at most 4096");
    expect(31..32, &[1], "header", "reserved");
    expect(9..10, &[1], "header", "flags");
    expect(4..6, &[4, 0], "artifact-version", "artifact version 4, this build takes versions 2 to 3; update");
    expect(4..6, &[1, 0], "artifact-version", "artifact version 1, this build takes versions 2 to 3; compile");
    expect(0..4, b"\0asm", "magic", "starts with 00 61 73 6d, expected 7f 53 47 41");
}

#[test]
fn manifests_are_canonical() {
    let bytes = signed();
    let envelope = Envelope::parse(&bytes).unwrap();
    let len = envelope.header().content_len;
    let manifest = &bytes[MANIFEST_OFFSET..][..envelope.header().manifest_len as usize];
    let header = |content_len| Header { content_len, ..*envelope.header() };
    let fault = |manifest: &[u8], len| match manifest::Manifest::parse(manifest, &header(len)) {
        Err(Error::Manifest { fault }) => fault.text(),
        other => panic!("{other:?}"),
    };
    assert!(manifest::Manifest::parse(manifest, &header(len)).is_ok());
    assert_eq!(fault(&[manifest, &[0]].concat(), len), "bytes behind its end");
    // The name's length, 6, in two bytes.
    assert_eq!(fault(&[&[0x86, 0], &manifest[1..]].concat(), len), "it is not canonical");
    assert_eq!(fault(&manifest[..manifest.len() - 1], len), "it does not decode");
    assert!(fault(manifest, len + 1024).contains("number of chunk digests"));
    let with = |at: usize, byte| {
        let mut m = manifest.to_vec();
        m[at] = byte;
        m
    };
    assert!(fault(&with(1, b'S'), len).contains("the name"));
    assert!(fault(&with(8, b'/'), len).contains("the version"));
    assert!(fault(&with(1, 0xff), len).contains("decode"));
    for spec in [
        ManifestSpec { name: "".into(), ..manifest_spec() },
        ManifestSpec { name: "a".repeat(33), ..manifest_spec() },
        ManifestSpec { version: "".into(), ..manifest_spec() },
        ManifestSpec { device_class: "a b".into(), ..manifest_spec() },
    ] {
        assert!(matches!(pack(&content_spec(), &spec), Err(WriteError::Invalid(Error::Manifest { .. }))));
    }
}

#[test]
fn the_packer_refuses_what_the_reader_would() {
    let fault = |change: &dyn Fn(&mut ContentSpec)| {
        let mut spec = content_spec();
        change(&mut spec);
        match pack(&spec, &manifest_spec()) {
            Err(WriteError::Invalid(Error::Content { fault, .. })) => fault.text(),
            other => panic!("{other:?}"),
        }
    };
    assert!(fault(&|s| s.exports[1].name = "run".into()).contains("same name"));
    let func = |ty, thunk| ImportType::Func { ty: TypeIndex(ty), thunk: CodeOffset(thunk) };
    assert!(fault(&|s| s.imports[0].ty = func(3, 34)).contains("type index"));
    assert!(fault(&|s| s.imports[0].ty = func(0, 30)).contains("outside of the code"));
    assert!(fault(&|s| s.imports.swap(1, 2)).contains("behind other imports"));
    assert!(fault(&|s| s.imports[0].slot = HEADER_SIZE_32 - 4).contains("outside of the instance"));
    assert!(fault(&|s| s.imports[0].slot = INSTANCE_BYTES - 8).contains("outside of the instance"));
    assert!(fault(&|s| s.imports[0].slot += 2).contains("outside of the instance"));
    let memory = |min_pages, max_pages, page_log2| MemoryType { min_pages, max_pages, page_log2 };
    let import = |ty| move |s: &mut ContentSpec| s.imports[2].ty = ty;
    assert!(fault(&import(ImportType::Memory(memory(1, None, 3)))).contains("unknown size"));
    let table = |element, min, max| TableType { element, min, max };
    assert!(fault(&import(ImportType::Table(table(ValType::I32, 1, None)))).contains("no references"));
    assert!(fault(&import(ImportType::Table(table(ValType::FuncRef, 2, Some(1))))).contains("exceeds"));
    assert!(fault(&|s| s.start = Some(CodeOffset(33))).contains("outside of the code"));
    assert!(fault(&|s| s.start = Some(CodeOffset(30))).contains("outside of the code"));
    assert!(fault(&|s| s.start = Some(CodeOffset(2500))).contains("outside of the code"));
    assert!(fault(&|s| s.instance_bytes += 4).contains("multiple of 16"));
    assert!(fault(&|s| s.instance_bytes = 32).contains("smaller than its header"));
    assert!(fault(&|s| s.init_image = vec![1; 201]).contains("init image"));
    assert!(fault(&|s| s.types[2].results = vec![ValType::I64; 30]).contains("result area"));
    let own = |ty| move |s: &mut ContentSpec| s.memories[0] = Memory { ty, capacity: ty.min_pages, ..s.memories[0] };
    assert!(fault(&own(memory(4, Some(3), 16))).contains("exceeds"));
    assert!(fault(&own(memory(65537, None, 16))).contains("4 GiB"));
    assert!(fault(&own(memory(0, Some(65537), 16))).contains("4 GiB"));
    assert!(fault(&own(memory(0, None, 12))).contains("unknown size"));
    assert!(fault(&|s| s.memories[0].capacity = 4).contains("capacity"));
    assert!(fault(&|s| s.memories[1].fixed = true).contains("fixed size"));
    assert!(fault(&|s| s.memories[1].capacity = 9).contains("capacity"));
    assert!(fault(&|s| s.memories[0].definition += 4).contains("not the header's"));
    assert!(fault(&|s| s.memories[1].definition = 24).contains("outside of the instance"));
    assert!(fault(&|s| s.code_start = 2502).contains("start of code"));
    assert!(fault(&|s| s.tables[0].capacity = 1).contains("capacity"));
    assert!(fault(&|s| s.tables[1].capacity = 2).contains("capacity"));
    assert!(fault(&|s| s.tables[0].capacity = u32::MAX).contains("outside of the instance"));
    assert!(fault(&|s| s.tables[0].definition = INSTANCE_BYTES - 12).contains("outside of the instance"));
    assert!(fault(&|s| s.referables[1].code = CodeOffset(31)).contains("outside of the code"));
    assert!(fault(&|s| s.referables[1].ty = TypeIndex(3)).contains("type index"));
    assert!(fault(&|s| s.referables_place = INSTANCE_BYTES - 20).contains("outside of the instance"));
    assert!(fault(&|s| s.type_ids[0] = TypeIndex(3)).contains("type index"));
    assert!(fault(&|s| s.type_ids_place = 0).contains("outside of the instance"));
    let export = |item| move |s: &mut ContentSpec| s.exports[0].item = item;
    let global = |offset, ty| Extern::Global { offset, ty: GlobalType { ty, mutable: true } };
    assert!(fault(&export(global(INSTANCE_BYTES - 4, ValType::I64))).contains("outside of the instance"));
    assert!(fault(&export(global(HEADER_SIZE_32 - 4, ValType::I32))).contains("outside of the instance"));
    assert!(fault(&export(Extern::Constant { bits: 1 << 32, ty: ValType::I32 })).contains("wider than its type"));
    assert!(fault(&export(Extern::Constant { bits: 1, ty: ValType::FuncRef })).contains("not null"));
    assert!(fault(&export(Extern::Table(TableIndex(2)))).contains("does not exist"));
    assert!(fault(&export(Extern::Memory(MemoryIndex(2)))).contains("does not exist"));
    assert!(fault(&export(Extern::Imported(ImportIndex(7)))).contains("does not exist"));
    let long = ContentSpec {
        exports: vec![ExportSpec { name: "x".repeat(65536), item: Extern::Memory(MemoryIndex(0)) }],
        ..content_spec()
    };
    assert!(matches!(pack(&long, &manifest_spec()), Err(WriteError::NameTooLong { len: 65536, .. })));
}

/// What no packer writes: each byte that means nothing has to be zero.
#[test]
fn stray_bytes_in_the_content_are_refused() {
    let spec = ContentSpec { text: vec![0; 50], code_start: 0, memories: vec![], ..content_spec() };
    let original = ContentSpec { start: None, exports: vec![], ..spec }.encode(TARGET).unwrap();
    let fault = |at: usize, value: u8| {
        let mut bytes = original.clone();
        if at == bytes.len() {
            bytes.push(0);
        }
        bytes[at] = value;
        match Content::parse(&bytes, TARGET) {
            Err(Error::Content { fault, offset }) => (fault.text(), offset as usize),
            other => panic!("{other:?}"),
        }
    };
    assert!(Content::parse(&original, TARGET).is_ok());
    assert_eq!(fault(original.len(), 0), ("bytes behind its end", original.len()));
    assert_eq!(fault(80 + 51, 1), ("padding that is not zero", 80 + 50));
    assert_eq!(fault(15 * 4, 4), ("an unknown flag", 15 * 4));
    assert_eq!(fault(17 * 4, 2), ("a start function that is not declared", 17 * 4));
    assert_eq!(fault(19 * 4 + 3, 1), ("a word that means nothing and is not zero", 19 * 4));
}

/// Imports that the manifest lists, as `module.name`, for as long as it decodes.
fn listed(manifest: &Manifest<'_>) -> Vec<String> {
    let capabilities = manifest.capabilities().map(Result::unwrap);
    capabilities.flat_map(|c| c.imports().map(move |i| format!("{}.{}", c.name, i.unwrap().name))).collect()
}

#[test]
fn the_manifest_lists_what_is_imported() {
    let mut spec = content_spec();
    spec.imports[1].module = "board".into();
    let bytes = pack(&spec, &manifest_spec()).unwrap();
    let artifact = Artifact::open(&bytes, &DEVICE).unwrap();
    let manifest = artifact.manifest();
    assert!(manifest.lists_imports());
    assert_eq!(
        listed(manifest),
        ["board.wärme", "env.log", "env.memory", "env.table", "env.heap", "env.limit", "env.mark"]
    );
    let log = manifest.capabilities().nth(1).unwrap().unwrap().imports().next().unwrap().unwrap();
    use ValType::*;
    assert!(log.is_function(&[I32, I64], &[I64]));
    for (params, results) in [(&[I32][..], &[I64, I64][..]), (&[I32, I64, I64], &[]), (&[I32, I64], &[I32])] {
        assert!(!log.is_function(params, results));
    }
    let memory = manifest.capabilities().nth(1).unwrap().unwrap().imports().nth(1).unwrap().unwrap();
    assert!(!memory.is_function(&[], &[]));
    assert_eq!(artifact.check_imports(), Ok(()));
    assert_eq!((manifest.target(), manifest.flash_bytes() as usize), (Some(TARGET), bytes.len()));

    // A list that says something else can be signed all the same, and is found out.
    let end = MANIFEST_OFFSET + artifact.header().manifest_len as usize;
    let mut lie = bytes.clone();
    let at = lie[..end].windows(3).rposition(|w| w == b"log").unwrap();
    lie[at] = b'd';
    let artifact = Artifact::open(&lie, &DEVICE).unwrap();
    assert_eq!(artifact.check_imports().unwrap_err().reason(), "manifest");
    // A length that leads out of the list ends it with an error.
    lie[at - 1] = 0x7f;
    let artifact = Artifact::open(&lie, &DEVICE).unwrap();
    let capability = artifact.manifest().capabilities().nth(1).unwrap().unwrap();
    let imports: Vec<_> = capability.imports().collect();
    assert!(matches!(imports[..], [Err(Error::Manifest { .. })]), "{imports:?}");
}

#[test]
fn wasm_is_carried_at_the_end_and_found_on_any_part() {
    for len in [0, 1, 7, 8, 3000] {
        let wasm: Vec<u8> = (0..len).map(|i| (i * 13) as u8).collect();
        let with = ContentSpec { wasm: Some(wasm.clone()), ..content_spec() };
        let bytes = pack(&with, &manifest_spec()).unwrap();
        let artifact = Artifact::open(&bytes, &DEVICE).unwrap();
        assert_eq!(artifact.wasm(), Some(&wasm[..]));
        assert_eq!(artifact.content().text(), with.text);
        let place = artifact.wasm().unwrap().as_ptr().addr() - bytes.as_ptr().addr();
        assert_eq!(place, bytes.len() - wasm.len().next_multiple_of(4), "it is the last thing");
        // It is part of the chunks, so of what is signed.
        let mut damaged = artifact.content_bytes().to_vec();
        assert_eq!(artifact.manifest().verify_content(&damaged), Ok(()));
        *damaged.last_mut().unwrap() ^= 1;
        assert!(artifact.manifest().verify_content(&damaged).is_err());

        // Another part, another ABI, helpers that no firmware has: the wasm is there.
        let mut foreign = bytes.clone();
        (foreign[6], foreign[8], foreign[23]) = (99, 99, 0x80);
        assert_eq!(Artifact::open(&foreign, &DEVICE).unwrap_err().reason(), "abi-version");
        let carried = Carried::open(&foreign).unwrap();
        assert_eq!((carried.wasm(), carried.manifest().name), (&wasm[..], "sensor"));
        assert_eq!(carried.manifest().verify_content(carried.content_bytes()), Ok(()));
    }
    assert_eq!(Carried::open(&signed()).unwrap_err(), Error::NoWasm);
    assert_eq!(Artifact::open(&signed(), &DEVICE).unwrap().wasm(), None);
}

/// What a later version may add: sections of unknown kinds, before and behind the known one.
#[test]
fn unknown_sections_are_skipped() {
    let section = |kind: u32, bytes: &[u8]| {
        let mut section = [kind.to_le_bytes(), (bytes.len() as u32).to_le_bytes()].concat();
        section.extend_from_slice(bytes);
        section.resize(section.len().next_multiple_of(4), 0);
        section
    };
    let with = |sections: &[Vec<u8>]| {
        let mut content = content_spec().encode(TARGET).unwrap();
        content.resize(content.len().next_multiple_of(4), 0);
        let sections = sections.concat();
        content[18 * 4..19 * 4].copy_from_slice(&(sections.len() as u32).to_le_bytes());
        content.extend(sections);
        content
    };
    let (unknown, wasm, late) = (section(77, b"what is this?"), section(1, b"wasm"), section(2, &[0xff; 40]));
    let content = with(&[unknown.clone(), wasm.clone(), late.clone()]);
    assert_eq!(Content::parse(&content, TARGET).unwrap().wasm(), Some(&b"wasm"[..]));
    let content = with(&[unknown.clone(), late]);
    assert_eq!(Content::parse(&content, TARGET).unwrap().wasm(), None);
    // A length that leads out of the sections hides what follows, and nothing else.
    let mut broken = unknown;
    broken[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
    let content = with(&[broken, wasm]);
    assert_eq!(Content::parse(&content, TARGET).unwrap().wasm(), None);
    // The sections' length leads out of the content, or is odd.
    for len in [4u32, !3, 3] {
        let mut content = content_spec().encode(TARGET).unwrap();
        content[18 * 4..19 * 4].copy_from_slice(&len.to_le_bytes());
        let error = Content::parse(&content, TARGET).unwrap_err();
        assert!(matches!(error, Error::Truncated { .. } | Error::Content { .. }), "{error}");
    }
}

#[test]
fn needs_have_to_be_those_of_the_content() {
    let mut bytes = signed();
    let stack_word = Header::parse(&bytes).unwrap().content_offset() + 16 * 4;
    bytes[stack_word] ^= 0x10;
    let error = Artifact::open(&bytes, &DEVICE).unwrap_err();
    assert_eq!(error, Error::Manifest { fault: Fault::ManifestNeeds });
}
