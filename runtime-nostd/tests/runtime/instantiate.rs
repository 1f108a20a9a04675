//! Opening, linking with the host, laying out, filling memory.

use crate::support::{DEVICE, POINTER, Packed, TARGET, aligned, export, import, manifest, place, ty};
use sandgrain_abi::layout::{self, InstanceHeader, StoreHeader};
use sandgrain_abi::{Target, TrapKind};
use sandgrain_artifact::{
    CodeOffset, ContentSpec, DeviceProfile, Extern, GlobalType, ImportType, ManifestSpec, Memory, MemoryIndex,
    MemoryType, Stack, TypeIndex, ValType, pack,
};
use sandgrain_runtime::{
    CallError, Caller, FuncRef, Instance, InstantiateError, Limits, LinkError, Linker, Module, OpenError, Trap, Val,
};

/// A global and two import slots behind the header.
const INSTANCE_BYTES: u32 = (SLOTS + 2 * SLOT).next_multiple_of(16);
const SLOTS: u32 = place(0) + 8;
const SLOT: u32 = layout::FuncRef::size(POINTER);
const PAGE: usize = 65536;

fn content() -> ContentSpec {
    let function = |ty| ImportType::Func { ty: TypeIndex(ty), thunk: CodeOffset(20) };
    ContentSpec {
        text: vec![0; 64],
        code_start: 16,
        types: vec![ty(&[ValType::I32, ValType::I32], &[ValType::I32]), ty(&[], &[]), ty(&[ValType::ExternRef], &[])],
        imports: vec![import("env", "read", function(0), SLOTS), import("env", "tick", function(1), SLOTS + SLOT)],
        exports: vec![
            export("run", Extern::Func { code: CodeOffset(16), ty: TypeIndex(0) }),
            export("reference", Extern::Func { code: CodeOffset(16), ty: TypeIndex(2) }),
            export("memory", Extern::Memory(MemoryIndex(0))),
            export("counter", Extern::Global { offset: place(0), ty: GlobalType { ty: ValType::I64, mutable: true } }),
            export("answer", Extern::Constant { bits: 42, ty: ValType::I32 }),
        ],
        memories: vec![Memory {
            ty: MemoryType { min_pages: 1, max_pages: Some(2), page_log2: 16 },
            definition: InstanceHeader::memory_offset(POINTER),
            capacity: 1,
            fixed: false,
        }],
        stack: Stack { bytes: 256, bounded: true },
        instance_bytes: INSTANCE_BYTES,
        init_image: vec![1, 0, 0, 0, 0, 0, 0, 0x80],
        ..ContentSpec::default()
    }
}

fn with_module(content: &ContentSpec, test: impl FnOnce(&Module<'_>)) {
    test(&Packed::new(content).module());
}

#[derive(Default)]
struct State {
    ticks: u32,
}

fn linker() -> Linker<State, 4> {
    let mut linker = Linker::new();
    assert!(linker.func("env", "read", |caller: &mut Caller<'_, State>, ptr: u32, len: u32| -> Result<i32, Trap> {
        Ok(caller.memory().read(ptr, len)?.iter().map(|&b| i32::from(b)).sum())
    }));
    assert!(linker.func("env", "tick", |caller: &mut Caller<'_, State>| caller.state().ticks += 1));
    linker
}

#[test]
fn an_instance_starts_as_the_artifact_says() {
    with_module(&content(), |module| {
        let linker = linker();
        let mut arena = vec![0xa5; 4 * PAGE];
        let mut instance =
            Instance::new(module, &linker, &mut arena, &Limits::default(), State::default()).expect("instantiates");
        assert_eq!(instance.global("counter"), Some(Val::I64(i64::MIN + 1)));
        assert_eq!(instance.global("answer"), Some(Val::I32(42)));
        assert_eq!(instance.global("memory"), None);
        assert_eq!(instance.memory().size(), PAGE);
        assert!(instance.memory().read(0, PAGE as u32).unwrap().iter().all(|&b| b == 0));
    });
}

#[test]
fn every_guest_pointer_is_checked() {
    with_module(&content(), |module| {
        let linker = linker();
        let mut arena = vec![0; 3 * PAGE];
        let mut instance =
            Instance::new(module, &linker, &mut arena, &Limits::default(), State::default()).expect("instantiates");
        let mut memory = instance.memory();
        let end = PAGE as u32;
        for (ptr, len) in [(end, 1), (end - 1, 2), (0, end + 1), (u32::MAX, u32::MAX), (u32::MAX, 1), (1, u32::MAX)] {
            assert_eq!(memory.read(ptr, len), Err(Trap::host()), "read {ptr} {len}");
            assert_eq!(memory.slice_mut(ptr, len), Err(Trap::host()), "slice {ptr} {len}");
        }
        assert_eq!(memory.write(end - 2, b"abc"), Err(Trap::host()));
        assert_eq!(memory.read(end - 2, 2).unwrap(), [0, 0]);
        assert_eq!(memory.read(end, 0).unwrap(), b"");
        memory.write(end - 3, b"abc").unwrap();
        assert_eq!(memory.read_str(end - 3, 3).unwrap(), "abc");
        memory.write(end - 3, &[0xff]).unwrap();
        assert_eq!(memory.read_str(end - 3, 3), Err(Trap::host()));
    });
}

#[test]
fn missing_and_mistyped_imports_are_named() {
    with_module(&content(), |module| {
        let mut linker = Linker::<State, 1>::new();
        assert!(linker.func("env", "other", |_: &mut Caller<'_, State>| ()));
        assert!(!linker.func("env", "tick", |_: &mut Caller<'_, State>| ()), "no room");
        let names: Vec<_> = linker.missing(module.content().unwrap()).map(|i| i.name).collect();
        assert_eq!(names, ["read", "tick"]);
        let mut arena = vec![0; 3 * PAGE];
        let error = Instance::new(module, &linker, &mut arena, &Limits::default(), State::default()).err().unwrap();
        assert!(matches!(error, InstantiateError::Link(LinkError::Missing { count: 2, .. })));
        assert!(error.to_string().contains("`env.read`"), "{error}");

        let mut linker = self::linker();
        assert!(linker.func("env", "tick", |_: &mut Caller<'_, State>, _: i64| -> Result<u32, TrapKind> {
            Err(TrapKind::HostError)
        }));
        let error = linker.check(module.content().unwrap()).unwrap_err().to_string();
        assert_eq!(error, "the import `env.tick` has to be a function () -> (), provided is a function (i64) -> (i32)");
    });
}

#[test]
fn stubs_stand_in_when_asked() {
    with_module(&content(), |module| {
        let mut linker = Linker::<(), 1>::new();
        linker.stub_missing(true);
        let mut arena = vec![0; 3 * PAGE];
        let instance = Instance::new(module, &linker, &mut arena, &Limits::default(), ()).expect("instantiates");
        let stubs: Vec<_> = instance.stub_calls().map(|(import, calls)| (import.name, calls)).collect();
        assert_eq!(stubs, [("read", 0), ("tick", 0)]);
    });
}

#[test]
fn the_arena_must_hold_what_the_module_needs() {
    with_module(&content(), |module| {
        let linker = linker();
        // Import table, instance, one page, store header, stack with the words of a call that are not in registers; for an
        // arena that starts at a multiple of 16.
        let words = if POINTER == 4 { 0 } else { 16 };
        let stack = StoreHeader::size(POINTER).next_multiple_of(16) + TARGET.stack_reserve() + 256 + words;
        let needed = (16 + INSTANCE_BYTES + stack) as usize + PAGE;
        let mut room = Vec::new();
        let arena = aligned(&mut room, needed);
        assert!(Instance::new(module, &linker, arena, &Limits::default(), State::default()).is_ok());
        let arena = aligned(&mut room, needed - 16);
        let error = Instance::new(module, &linker, arena, &Limits::default(), State::default()).err().unwrap();
        assert_eq!(error, InstantiateError::Arena { needed: needed as u64, found: needed - 16 });
        let arena = aligned(&mut room, needed);
        let limits = Limits { stack_bytes: Some(u32::MAX), ..Limits::default() };
        assert!(Instance::new(module, &linker, arena, &limits, State::default()).is_err());
        let limits = Limits { memory_bytes: Some(0), ..Limits::default() };
        let error = Instance::new(module, &linker, &mut [], &limits, State::default()).err().unwrap();
        assert_eq!(error, InstantiateError::MemoryLimit { needed: PAGE as u64, allowed: 0 });
        assert!(Instance::new(module, &linker, &mut [], &Limits::default(), State::default()).is_err());
    });
}

#[test]
fn code_for_pointers_of_another_size_is_refused() {
    let target = if POINTER == 4 { Target::Riscv64 } else { Target::Rv32Imac };
    let content = ContentSpec { instance_bytes: 1024, ..ContentSpec::default() };
    let packed = Packed::place(&pack(&content, &ManifestSpec { target, ..manifest() }).expect("packs"));
    // SAFETY: nothing is called.
    let module = unsafe { Module::open(packed.bytes(), &DeviceProfile { target, ..DEVICE }) }.expect("opens");
    let (linker, mut arena) = (linker(), vec![0; 4 * PAGE]);
    let error = Instance::new(&module, &linker, &mut arena, &Limits::default(), State::default()).err().unwrap();
    assert_eq!(error, InstantiateError::WrongPart { target });
}

#[test]
fn calls_are_checked_before_they_start() {
    with_module(&content(), |module| {
        let linker = linker();
        let mut arena = vec![0; 3 * PAGE];
        let mut instance =
            Instance::new(module, &linker, &mut arena, &Limits::default(), State::default()).expect("instantiates");
        assert_eq!(instance.call::<(), ()>("none", ()), Err(CallError::NotFound));
        assert_eq!(instance.call::<(), ()>("memory", ()), Err(CallError::NotFound));
        assert_eq!(instance.call::<(i32,), i32>("run", (1,)), Err(CallError::Signature));
        assert_eq!(instance.call::<(i32, i32), i64>("run", (1, 2)), Err(CallError::Signature));
        assert_eq!(instance.start_call_values("run", &[Val::I32(1), Val::I64(2)]), Err(CallError::Signature));
        let externref = |value| [Val::ExternRef(Some(value))];
        assert_eq!(instance.start_call_values("reference", &externref(u32::MAX)), Err(CallError::Reference));
        let elsewhere = FuncRef::from_address(0x1234);
        assert_eq!(instance.start_call_values("reference", &[Val::FuncRef(elsewhere)]), Err(CallError::Reference));
        assert_eq!(instance.start_call_values("reference", &[Val::FuncRef(None)]), Err(CallError::Signature));
        assert_eq!(instance.resume(), Err(CallError::Idle));
        assert_eq!(instance.results::<i32>(), Err(CallError::Idle));
        // This host has no engine for the module's target.
        let wrong = CallError::WrongPart { target: TARGET };
        assert_eq!(instance.call::<(i32, i32), i32>("run", (1, 2)), Err(wrong));
        assert_eq!(instance.start_call_values("reference", &externref(u32::MAX - 1)), Err(wrong));
    });
}

#[test]
fn misplaced_or_foreign_bytes_are_refused() {
    let packed = Packed::new(&content());
    let bytes = packed.bytes();
    let mut shifted = vec![0; bytes.len() + 2];
    let start = (0..2).find(|i| !shifted[*i..].as_ptr().addr().is_multiple_of(16)).unwrap();
    shifted[start..start + bytes.len()].copy_from_slice(bytes);
    // SAFETY: nothing is called.
    let open = |bytes: &[u8], device: &DeviceProfile| unsafe { Module::open(bytes, device) }.map(|_| ());
    assert!(matches!(open(&shifted[start..], &DEVICE), Err(OpenError::Misaligned { .. })));
    assert_eq!(open(bytes, &DEVICE), Ok(()));
    let other = DeviceProfile { target: Target::CortexM4F, ..DEVICE };
    assert!(matches!(open(bytes, &other), Err(OpenError::Artifact(_))));
    assert!(matches!(open(&[], &DEVICE), Err(OpenError::Artifact(_))));
}
