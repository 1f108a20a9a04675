//! Instances of one store that import from each other, on the development host: what is shared, what is copied, what is
//! refused. Hand-made artifacts export words of their state as globals, so that the tests can read what was filled in.

use crate::support::{DEVICE, POINTER, Packed, TARGET, export, import, place, ty};
use sandgrain_abi::layout::{InstanceHeader, MemoryDefinition, StoreHeader};
use sandgrain_artifact::{
    Artifact, CodeOffset, ContentSpec, Extern, GlobalType, ImportIndex, ImportType, Memory, MemoryIndex, MemoryType,
    Referable, Stack, Table, TableIndex, TableType, TypeIndex, ValType,
};
use sandgrain_runtime::trap::Mismatch;
use sandgrain_runtime::{
    CallError, Caller, InstanceId, Instances, InstantiateError, Limits, LinkError, Linker, Module, Store, Val,
};

const PAGE: usize = 65536;

fn global(ty: ValType, mutable: bool) -> GlobalType {
    GlobalType { ty, mutable }
}

/// Words of the state behind the header, each as wide as a pointer, as immutable globals named by their index.
fn words(range: std::ops::Range<u32>) -> impl Iterator<Item = sandgrain_artifact::ExportSpec> {
    let integer = global(if POINTER == 4 { ValType::I32 } else { ValType::I64 }, false);
    range.map(move |word| export(&format!("word{word}"), Extern::Global { offset: place(word), ty: integer }))
}

fn word<T>(store: &Instances<'_, T>, id: InstanceId, word: u32) -> usize {
    match store.global(id, &format!("word{word}")) {
        Some(Val::I32(value)) => value as u32 as usize,
        Some(Val::I64(value)) => value as usize,
        other => panic!("word {word}: {other:?}"),
    }
}

fn memory(min_pages: u32, max_pages: Option<u32>, page_log2: u8) -> MemoryType {
    MemoryType { min_pages, max_pages, page_log2 }
}

fn table(element: ValType, min: u32, max: Option<u32>) -> TableType {
    TableType { element, min, max }
}

fn func(ty: u32) -> ImportType {
    ImportType::Func { ty: TypeIndex(ty), thunk: CodeOffset(20) }
}

/// An init image with these 64-bit values at these words.
fn state<const N: usize>(values: [(u32, u64); N]) -> Vec<u8> {
    let mut image = Vec::new();
    for (word, value) in values {
        image.resize((word * POINTER) as usize, 0);
        image.extend(value.to_le_bytes());
    }
    image
}

const STACK: Stack = Stack { bytes: 256, bounded: false };

/// Offers one of each kind. State in words: 0 a variable i64 (in words of 8 bytes the next is unused), 2 an f64 likewise, 4 a reference to `add`, 7 two type ids,
/// 9 a table's definition, 13 its elements.
fn provider() -> ContentSpec {
    use ValType::*;
    ContentSpec {
        text: vec![0; 64],
        code_start: 16,
        types: vec![ty(&[], &[]), ty(&[I32, I32], &[I32])],
        exports: [
            export("add", Extern::Func { code: CodeOffset(24), ty: TypeIndex(1) }),
            export("memory", Extern::Memory(MemoryIndex(0))),
            export("table", Extern::Table(TableIndex(0))),
            export("variable", Extern::Global { offset: place(0), ty: global(I64, true) }),
            export("computed", Extern::Global { offset: place(2), ty: global(F64, false) }),
            export("answer", Extern::Constant { bits: 42, ty: I32 }),
        ]
        .into_iter()
        .chain(words(0..16))
        .collect(),
        memories: vec![Memory {
            ty: memory(1, Some(3), 16),
            definition: InstanceHeader::memory_offset(POINTER),
            capacity: 1,
            fixed: false,
        }],
        tables: vec![Table { ty: table(FuncRef, 2, Some(3)), definition: place(9), elements: place(13), capacity: 3 }],
        referables: vec![Referable { code: CodeOffset(24), ty: TypeIndex(1) }],
        referables_place: place(4),
        type_ids: vec![TypeIndex(1), TypeIndex(0)],
        type_ids_place: place(7),
        stack: STACK,
        instance_bytes: place(18),
        init_image: state([(0, 7), (2, 1.5f64.to_bits())]),
        ..ContentSpec::default()
    }
}

/// Imports all that from `from` and passes it on. State in words: 0 `add`, 3 the host's `tick`, 6 addresses of memory,
/// table and `variable`, 9 the i32, 10 the f64, 12 a reference of its own, 15 two type ids.
fn consumer(from: &str) -> ContentSpec {
    use ValType::*;
    let names = ["add", "tick", "memory", "table", "variable", "answer", "computed"];
    ContentSpec {
        text: vec![0; 64],
        code_start: 16,
        // The same types, elsewhere.
        types: vec![ty(&[I64], &[]), ty(&[I32, I32], &[I32]), ty(&[], &[])],
        imports: vec![
            import(from, "add", func(1), place(0)),
            import("host", "tick", func(2), place(3)),
            import(from, "memory", ImportType::Memory(memory(1, Some(3), 16)), place(6)),
            import(from, "table", ImportType::Table(table(FuncRef, 1, None)), place(7)),
            import(from, "variable", ImportType::Global(global(I64, true)), place(8)),
            import(from, "answer", ImportType::Global(global(I32, false)), place(9)),
            import(from, "computed", ImportType::Global(global(F64, false)), place(10)),
        ],
        exports: (0..7)
            .map(|i| export(names[i as usize], Extern::Imported(ImportIndex(i))))
            .chain(words(0..17))
            .collect(),
        referables: vec![Referable { code: CodeOffset(28), ty: TypeIndex(2) }],
        referables_place: place(12),
        type_ids: vec![TypeIndex(2), TypeIndex(1)],
        type_ids_place: place(15),
        stack: STACK,
        instance_bytes: place(18),
        ..ContentSpec::default()
    }
}

fn linker() -> Linker<(), 2> {
    let mut linker = Linker::new();
    assert!(linker.func("host", "tick", |_: &mut Caller<'_, ()>| ()));
    linker
}

/// Room for everything that a test makes, given away piece by piece.
struct Rooms<'a>(&'a mut [u8]);

impl<'a> Rooms<'a> {
    fn take(&mut self, len: usize) -> &'a mut [u8] {
        let (piece, rest) = std::mem::take(&mut self.0).split_at_mut(len);
        self.0 = rest;
        piece
    }
}

/// Bytes for a store's stack.
const STORE: usize = 2048 + TARGET.stack_reserve() as usize;

fn with_store<const N: usize>(
    modules: &[ContentSpec],
    test: impl for<'a> FnOnce(&mut Store<'a, (), N>, &'a Linker<(), 2>, &[Module<'a>], &mut Rooms<'a>),
) {
    let packed: Vec<Packed> = modules.iter().map(Packed::new).collect();
    let modules: Vec<Module<'_>> = packed.iter().map(Packed::module).collect();
    let linker = linker();
    let mut bytes = vec![0xa5; 20 * PAGE];
    let mut rooms = Rooms(&mut bytes);
    let mut store = Store::new(rooms.take(STORE), ()).expect("room for a stack");
    test(&mut store, &linker, &modules, &mut rooms);
}

#[test]
fn what_is_imported_is_shared_or_copied() {
    with_store::<4>(&[provider(), consumer("first"), consumer("second")], |store, linker, modules, rooms| {
        let limits = Limits::default();
        let first = store.instantiate(&modules[0], linker, rooms.take(4 * PAGE), &limits).unwrap();
        assert!(store.register("first", first));
        let second = store.instantiate(&modules[1], linker, rooms.take(1024), &limits).unwrap();
        assert!(store.register("second", second));
        let third = store.instantiate(&modules[2], linker, rooms.take(1024), &limits).unwrap();
        assert_eq!((first.index(), second.index(), third.index()), (0, 1, 2));

        for id in [second, third] {
            // A function is a copy of the exporter's reference to it.
            for i in 0..3 {
                assert_eq!(word(store, id, i), word(store, first, 4 + i), "word {i}");
            }
            // Types have one id in the store, whatever their index.
            assert_eq!(word(store, id, 15), word(store, first, 8));
            assert_eq!(word(store, id, 16), word(store, first, 7));
            assert_eq!(word(store, id, 6), word(store, second, 6));
            assert_eq!(word(store, id, 7), word(store, second, 7));
            assert_eq!(store.global(id, "variable"), Some(Val::I64(7)));
            assert_eq!(store.global(id, "answer"), Some(Val::I32(42)));
            assert_eq!(store.global(id, "computed"), Some(Val::F64(1.5f64.to_bits())));
            assert_eq!(store.global(id, "add"), None);
            assert_eq!(store.function_type(id, "add").unwrap().to_string(), "(i32, i32) -> (i32)");
            assert_eq!(store.memory(id).size(), PAGE);
        }
        assert_ne!(word(store, first, 7), word(store, first, 8));
        // The host's function keeps the thunk and the instance of whom it was provided to.
        assert_eq!(word(store, second, 4), word(store, second, 13));
        assert_eq!(word(store, third, 4), word(store, third, 13));
        assert_ne!(word(store, second, 4), word(store, third, 4));
        assert_eq!(word(store, second, 3).wrapping_sub(word(store, second, 12)), 20usize.wrapping_sub(28));
        // What is referred to lies at these distances from the register of the instance that has it.
        let header = word(store, first, 5);
        let from_header = |place: u32| word(store, third, place).wrapping_sub(header);
        let places = [InstanceHeader::memory_offset(POINTER), place(9), place(0)];
        assert_eq!([6, 7, 8].map(from_header), places.map(|place| place as usize));
        // The table: its elements, length, capacity, maximum, and all elements null.
        assert_eq!(word(store, first, 9).wrapping_sub(header), place(13) as usize);
        assert_eq!([10, 11, 12, 13, 14, 15].map(|i| word(store, first, i)), [2, 3, 3, 0, 0, 0]);

        store.memory(third).write(8, b"here").unwrap();
        assert_eq!(store.memory(first).read(7, 6).unwrap(), b"\0here\0");
        assert_eq!(store.call::<(i32, i32), i64>(third, "add", (1, 2)), Err(CallError::Signature));
        assert!(matches!(store.call::<(i32, i32), i32>(third, "add", (1, 2)), Err(CallError::WrongPart { .. })));
        assert_eq!(store.call::<(), ()>(third, "memory", ()), Err(CallError::NotFound));
    });
}

#[test]
fn a_host_function_passed_on_belongs_to_who_imported_it() {
    let mut last = consumer("second");
    last.imports[1] = import("second", "tick", func(2), place(3));
    with_store::<3>(&[provider(), consumer("first"), last], |store, linker, modules, rooms| {
        let mut ids = Vec::new();
        for (module, name) in modules.iter().zip(["first", "second", "third"]) {
            ids.push(store.instantiate(module, linker, rooms.take(4 * PAGE), &Limits::default()).unwrap());
            assert!(store.register(name, ids[ids.len() - 1]));
        }
        for i in 3..6 {
            assert_eq!(word(store, ids[2], i), word(store, ids[1], i), "word {i}");
        }
    });
}

/// What linking `content`, which imports from "first", says when a [`provider`] is registered under that name.
fn refusal(content: &ContentSpec) -> (Mismatch, String) {
    let mut result = None;
    with_store::<2>(&[provider(), content.clone()], |store, linker, modules, rooms| {
        let first = store.instantiate(&modules[0], linker, rooms.take(4 * PAGE), &Limits::default()).unwrap();
        assert!(store.register("first", first));
        let checked = store.check(&modules[1], linker).unwrap_err();
        let error = store.instantiate(&modules[1], linker, rooms.take(1024), &Limits::default()).unwrap_err();
        assert_eq!(error, InstantiateError::Link(checked));
        match error {
            InstantiateError::Link(LinkError::Incompatible { mismatch, .. }) => {
                result = Some((mismatch, error.to_string()));
            }
            other => panic!("{other:?}"),
        }
        // The place is still free.
        store.instantiate(&modules[0], linker, rooms.take(4 * PAGE), &Limits::default()).unwrap();
    });
    result.unwrap()
}

#[test]
fn imports_have_to_match_in_every_way() {
    use ValType::*;
    let with = |name: &str, ty| {
        let imports = vec![import("first", name, ty, place(0))];
        refusal(&ContentSpec { imports, exports: vec![], ..consumer("first") })
    };
    let (mismatch, text) = with("add", func(2));
    assert_eq!(mismatch, Mismatch::Signature);
    let wanted = "the import `first.add` has to be a function () -> (), provided is a function (i32, i32) -> (i32)";
    assert_eq!(text, wanted);
    for (name, ty) in [
        ("add", ImportType::Global(global(I32, false))),
        ("memory", func(1)),
        ("table", ImportType::Memory(memory(0, None, 16))),
        ("answer", ImportType::Table(table(FuncRef, 0, None))),
    ] {
        assert_eq!(with(name, ty).0, Mismatch::Kind, "{name}");
    }
    for (name, ty) in [
        ("variable", ImportType::Global(global(I64, false))),
        ("answer", ImportType::Global(global(I32, true))),
        ("computed", ImportType::Global(global(I64, false))),
        ("table", ImportType::Table(table(ExternRef, 0, None))),
        ("memory", ImportType::Memory(memory(0, None, 0))),
    ] {
        assert_eq!(with(name, ty).0, Mismatch::Type, "{name}");
    }
    for (name, ty) in [
        ("memory", ImportType::Memory(memory(2, None, 16))),
        ("memory", ImportType::Memory(memory(0, Some(2), 16))),
        ("table", ImportType::Table(table(FuncRef, 3, None))),
        ("table", ImportType::Table(table(FuncRef, 0, Some(2)))),
    ] {
        assert_eq!(with(name, ty).0, Mismatch::Limits, "{name}");
    }
    let (_, text) = with("memory", ImportType::Memory(memory(2, None, 16)));
    assert!(text.ends_with("a memory of at least 2 pages, provided is a memory of 1 to 3 pages"), "{text}");
}

#[test]
fn names_are_looked_up_among_instances_first_and_the_latest_counts() {
    let mut other = provider();
    other.init_image = state([(0, 8)]);
    let mut user = consumer("host");
    user.imports[1].name = "add".into();
    user.imports[1].ty = func(1);
    with_store::<6>(&[provider(), other, consumer("p"), user], |store, linker, modules, rooms| {
        let limits = Limits::default();
        let error = store.check(&modules[2], linker).unwrap_err();
        assert!(matches!(error, LinkError::Missing { count: 6, first } if first.name == "add"), "{error}");
        let first = store.instantiate(&modules[0], linker, rooms.take(4 * PAGE), &limits).unwrap();
        let second = store.instantiate(&modules[1], linker, rooms.take(4 * PAGE), &limits).unwrap();
        assert!(store.register("p", first));
        let early = store.instantiate(&modules[2], linker, rooms.take(1024), &limits).unwrap();
        assert!(store.register("p", second));
        let late = store.instantiate(&modules[2], linker, rooms.take(1024), &limits).unwrap();
        assert_eq!(store.global(early, "variable"), Some(Val::I64(7)));
        assert_eq!(store.global(late, "variable"), Some(Val::I64(8)));
        // An instance may have several names, and share one with host functions.
        assert!(store.register("host", first));
        assert!(store.instantiate(&modules[3], linker, rooms.take(1024), &limits).is_ok());
        let names = ["a", "b", "c", "d"].map(|name| store.register(name, first));
        assert_eq!(names, [true, true, true, true]);
        assert!(!store.register("e", first), "six names in a store of six");
    });
}

#[test]
fn a_store_has_limits() {
    with_store::<1>(&[provider()], |store, linker, modules, rooms| {
        let limits = Limits { stack_bytes: Some(STORE as u32), ..Limits::default() };
        let error = store.instantiate(&modules[0], linker, rooms.take(4 * PAGE), &limits).unwrap_err();
        let header = StoreHeader::size(POINTER).next_multiple_of(16);
        let words = if POINTER == 4 { 0 } else { 16 };
        let needed = u64::from(header + TARGET.stack_reserve() + words) + STORE as u64;
        assert!(matches!(error, InstantiateError::Stack { needed: n, found } if n == needed && found > STORE - 16));
        let error = store.instantiate(&modules[0], linker, rooms.take(PAGE), &Limits::default()).unwrap_err();
        assert!(matches!(error, InstantiateError::Arena { .. }));
        assert!(store.instantiate(&modules[0], linker, rooms.take(4 * PAGE), &Limits::default()).is_ok());
        let error = store.instantiate(&modules[0], linker, rooms.take(4 * PAGE), &Limits::default()).unwrap_err();
        assert_eq!(error, InstantiateError::Full { instances: 1 });
    });
    assert!(matches!(Store::<(), 1>::new(&mut [0; 512], ()), Err(InstantiateError::Stack { .. })));
}

/// State in words: 0 the second memory's definition.
#[test]
fn memories_beyond_the_first_have_the_room_they_ask_for() {
    let content = ContentSpec {
        memories: vec![
            Memory {
                ty: memory(10, None, 0),
                definition: InstanceHeader::memory_offset(POINTER),
                capacity: 10,
                fixed: false,
            },
            Memory { ty: memory(1, Some(9), 16), definition: place(0), capacity: 2, fixed: false },
        ],
        exports: vec![export("bytes", Extern::Memory(MemoryIndex(0))), export("pages", Extern::Memory(MemoryIndex(1)))]
            .into_iter()
            .chain(words(0..5))
            .collect(),
        tables: vec![],
        referables: vec![],
        referables_place: 0,
        type_ids: vec![],
        type_ids_place: 0,
        init_image: vec![],
        ..provider()
    };
    let user = ContentSpec {
        imports: vec![
            import("m", "pages", ImportType::Memory(memory(1, Some(9), 16)), place(0)),
            import("m", "bytes", ImportType::Memory(memory(3, None, 0)), place(1)),
        ],
        exports: words(0..2).collect(),
        referables: vec![],
        referables_place: 0,
        type_ids: vec![],
        type_ids_place: 0,
        ..consumer("m")
    };
    with_store::<2>(&[content, user], |store, linker, modules, rooms| {
        // A limit is for all together, and what the second may grow by is taken already.
        let (needed, allowed) = (2 * PAGE as u64 + 10, 2 * PAGE as u32 + 9);
        let limits = Limits { memory_bytes: Some(allowed), ..Limits::default() };
        let error = store.instantiate(&modules[0], linker, rooms.take(1024), &limits).unwrap_err();
        assert_eq!(error, InstantiateError::MemoryLimit { needed, allowed });
        let id = store.instantiate(&modules[0], linker, rooms.take(4 * PAGE), &Limits::default()).unwrap();
        assert_eq!(store.memory(id).size(), 10);
        store.memory(id).write(6, b"last").unwrap();
        assert!(store.memory(id).write(7, b"last").is_err());
        assert_eq!([1, 2, 3, 4].map(|i| word(store, id, i)), [PAGE, 2 * PAGE, 16, 9]);
        assert!(store.register("m", id));
        let user = store.instantiate(&modules[1], linker, rooms.take(1024), &Limits::default()).unwrap();
        // Its first memory is the provider's second, which starts two pages in front of the arena's end.
        assert_eq!(store.memory(user).size(), PAGE);
        assert!(store.memory(user).read(0, PAGE as u32).unwrap().iter().all(|&byte| byte == 0));
        store.memory(user).write(0, b"other").unwrap();
        assert_eq!(store.memory(id).read(6, 4).unwrap(), b"last");
        assert_eq!(word(store, user, 0).wrapping_sub(word(store, user, 1)), MemoryDefinition::size(POINTER) as usize);
    });
    // With a limit, the first memory stops there.
    with_store::<1>(&[provider()], |store, linker, modules, rooms| {
        let limits = Limits { memory_bytes: Some(PAGE as u32 - 1), ..Limits::default() };
        let error = store.instantiate(&modules[0], linker, rooms.take(4 * PAGE), &limits).unwrap_err();
        assert_eq!(error, InstantiateError::MemoryLimit { needed: PAGE as u64, allowed: PAGE as u32 - 1 });
        let limits = Limits { table_elements: Some(1), ..Limits::default() };
        let error = store.instantiate(&modules[0], linker, rooms.take(4 * PAGE), &limits).unwrap_err();
        assert_eq!(error, InstantiateError::TableLimit { needed: 2, allowed: 1 });
    });
}

/// xorshift64* (Vigna 2016): cheap, and the same on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % n
    }
}

#[test]
fn hostile_artifacts_are_refused_or_linked_without_harm() {
    let originals = [provider(), consumer("p")].map(|content| Packed::new(&content));
    let content_at = |packed: &Packed| Artifact::open(packed.bytes(), &DEVICE).unwrap().header().content_offset();
    let linker = linker();
    let mut random = Random(1);
    let (mut linked, mut refused) = (0, 0);
    for round in 0..20_000 {
        // Either the first is mutated, or the second that links to it.
        let target = round % 2;
        let head = content_at(&originals[target]);
        let mut bytes = originals[target].bytes().to_vec();
        for _ in 0..1 + random.below(3) {
            let at = head + (random.below(bytes.len() - head) & !3);
            let word = [0, 1, 4, 12, 40, 112, 0x7fff_ffff, u32::MAX - 3, u32::MAX][random.below(9)];
            match random.below(2) {
                0 => bytes[at] ^= 1 << random.below(8),
                _ => bytes.iter_mut().skip(at).zip(word.to_le_bytes()).for_each(|(b, w)| *b = w),
            }
        }
        let mutated = Packed::place(&bytes);
        let packed = if target == 0 { [&mutated, &originals[1]] } else { [&originals[0], &mutated] };
        let mut room = vec![0; 3 * PAGE + STORE];
        let mut rooms = Rooms(&mut room);
        let mut store = Store::<(), 2>::new(rooms.take(STORE), ()).unwrap();
        for packed in packed {
            // SAFETY: nothing is called on this part.
            let Ok(module) = (unsafe { Module::open(packed.bytes(), &DEVICE) }) else {
                refused += 1;
                continue;
            };
            match store.instantiate(&module, &linker, rooms.take(5 * PAGE / 4), &Limits::default()) {
                Ok(id) => {
                    linked += 1;
                    assert!(store.register("p", id) || id.index() > 0);
                    for export in module.content().unwrap().exports().iter() {
                        let _ = (store.global(id, export.name), store.function_type(id, export.name));
                    }
                    let size = store.memory(id).size() as u32;
                    assert!(store.memory(id).write(size.saturating_sub(1), &[1]).is_ok() || size == 0);
                }
                Err(error) => assert!(!error.to_string().is_empty()),
            }
        }
    }
    // Otherwise the mutations are too wild, or too tame, to say anything.
    assert!(linked > 5_000 && refused > 1_000, "{linked} linked, {refused} refused");
}
