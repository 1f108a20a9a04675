//! A module come to life in an arena, and calls into it.

use sandgrain_abi::layout::{Field, FuncRef, FuncRefField, StoreField};
use sandgrain_abi::{STACK_RESERVE, TrapKind};
use sandgrain_artifact::{CodeOffset, Content, Extern, FuncType, Import, ImportType, TypeIndex, ValType};

use crate::arch::{self, Activation, Exit, POINTER_BYTES, REGISTER_WORDS};
use crate::helpers;
use crate::host::{Definition, GuestMemory, Linker, STUB, call_import};
use crate::limits::{Layout, Limits};
use crate::memory::{self, Arena};
use crate::module::Module;
use crate::trap::{CallError, InstantiateError, Outcome, Trap};
use crate::value::{Val, Values, unsupported};

/// An instance: its arena holds header, globals, memory and stack; this struct the rest. It may be moved at any time.
///
/// One call at a time: [`start_call`](Self::start_call) prepares one, [`resume`](Self::resume) runs it until it ends
/// or an interrupt handler asked for the processor ([`request_preemption`](crate::request_preemption)).
/// [`call`](Self::call) does both, and goes on until the end.
pub struct Instance<'a, T> {
    module: Module<'a>,
    definitions: &'a [Option<Definition<T>>],
    arena: Arena<'a>,
    activation: Activation,
    progress: Progress,
    preemptions: u32,
    state: T,
}

/// Gives argument words, in order, to the sink that it is called with.
type StoreWords<'s> = &'s mut dyn FnMut(&mut dyn FnMut(u32));

/// Where the current call is. The type is the called function's, for its results; the start function has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    Idle,
    Ready(Option<TypeIndex>),
    Stopped(Option<TypeIndex>),
    Returned(Option<TypeIndex>),
}

impl<'a, T> Instance<'a, T> {
    /// Makes an instance in `arena` and runs the start function to its end, however often it is preempted.
    ///
    /// Clears and fills header, globals and initial memory; applies active segments in order. The arena must hold the
    /// imports (4 bytes each), [`instance_bytes`](sandgrain_artifact::Content::instance_bytes), the initial memory and
    /// the stack with [`STACK_RESERVE`]; what is left is for the memory to grow.
    ///
    /// # Errors
    /// [`InstantiateError`]: imports first, then room, then traps.
    pub fn new<const N: usize>(
        module: &Module<'a>,
        linker: &'a Linker<T, N>,
        arena: &'a mut [u8],
        limits: &Limits,
        state: T,
    ) -> Result<Self, InstantiateError<'a>> {
        let mut instance = Self::without_start(module, linker, arena, limits, state)?;
        if instance.begin_start().map_err(InstantiateError::Start)? {
            instance.finish().map_err(|error| match error {
                CallError::Trap(trap) => InstantiateError::Trap(trap),
                error => InstantiateError::Start(error),
            })?;
            instance.progress = Progress::Idle;
        }
        Ok(instance)
    }

    /// Like [`new`](Self::new), without the start function: the caller runs it in slices with
    /// [`begin_start`](Self::begin_start) and [`resume`](Self::resume) before any other call.
    ///
    /// # Errors
    /// As for [`new`](Self::new).
    pub fn without_start<const N: usize>(
        module: &Module<'a>,
        linker: &'a Linker<T, N>,
        arena: &'a mut [u8],
        limits: &Limits,
        state: T,
    ) -> Result<Self, InstantiateError<'a>> {
        let content = module.content();
        linker.check(content)?;
        let bytes = memory::align(arena);
        let layout = Layout::new(content, bytes.len(), limits)?;
        let mut arena = Arena::new(bytes, layout);
        linker.bind(content, &mut arena);
        arena.bytes(layout.header, layout.memory - layout.header + layout.memory_bytes as usize).fill(0);
        arena.init(content.init_image());
        arena.set_field(Field::stack_limit, arena.address(layout.stack) + STACK_RESERVE as usize);
        arena.set_field(Field::helpers, (&raw const helpers::TABLE).expose_provenance());
        arena.set_field(Field::host_gate, arch::gate_address());
        arena.set_field(Field::trap_exit, arch::trap_exit_address());
        let store = arena.address(0);
        arena.set_field(Field::store, store);
        if let Some(memory) = content.memory() {
            arena.set_field(Field::memory_base, arena.address(layout.memory));
            arena.set_field(Field::memory_limit, layout.memory_bytes as usize);
            arena.set_field(Field::memory_capacity, layout.memory_capacity as usize);
            arena.set_field(Field::memory_page_log2, memory.page_log2.into());
            arena.set_field(Field::memory_maximum, memory.max_pages.map_or(usize::MAX, |max| max as usize));
        }
        fill_functions(module, &mut arena);
        for segment in content.active_segments().iter() {
            let mut memory = GuestMemory::new(arena.memory());
            memory
                .write(segment.offset, segment.bytes)
                .map_err(|_| InstantiateError::Trap(Trap::new(TrapKind::MemoryOutOfBounds)))?;
        }
        let mut activation = Activation::new(store);
        activation.header = arena.address(layout.header);
        let definitions = linker.definitions();
        Ok(Instance {
            module: *module,
            definitions,
            arena,
            activation,
            progress: Progress::Idle,
            preemptions: 0,
            state,
        })
    }

    /// Calls an exported function to its end, however often it is preempted.
    ///
    /// # Errors
    /// [`CallError`]; [`CallError::Trap`] if it was called and trapped.
    pub fn call<P: Values, R: Values>(&mut self, name: &str, params: P) -> Result<R, CallError> {
        self.begin(name, P::TYPES.iter().copied(), Some(R::TYPES), &mut |sink| params.store(sink))?;
        self.finish()?;
        self.results()
    }

    /// [`call`](Self::call) with a signature known at run time only: fills `results`, which must have the right length.
    ///
    /// # Errors
    /// As for [`call`](Self::call).
    pub fn call_values(&mut self, name: &str, params: &[Val], results: &mut [Val]) -> Result<(), CallError> {
        self.start_call_values(name, params)?;
        self.finish()?;
        self.results_values(results)
    }

    /// Prepares a call for [`resume`](Self::resume). The results may be of any type; [`results`](Self::results) checks.
    ///
    /// # Errors
    /// [`CallError`], and no call is in progress.
    pub fn start_call<P: Values>(&mut self, name: &str, params: P) -> Result<(), CallError> {
        self.begin(name, P::TYPES.iter().copied(), None, &mut |sink| params.store(sink))
    }

    /// [`start_call`](Self::start_call) with a signature known at run time only.
    ///
    /// # Errors
    /// As for [`start_call`](Self::start_call).
    pub fn start_call_values(&mut self, name: &str, params: &[Val]) -> Result<(), CallError> {
        self.begin(name, params.iter().map(|v| v.ty()), None, &mut |sink| params.iter().for_each(|v| v.store(sink)))
    }

    /// Runs the call in progress until it ends or gives way.
    ///
    /// # Errors
    /// [`CallError::Idle`] if there is none; [`CallError::Context`], and it stays in progress, in an interrupt handler or
    /// while interrupts are masked.
    pub fn resume(&mut self) -> Result<Outcome, CallError> {
        if matches!(self.progress, Progress::Idle | Progress::Returned(_)) {
            return Err(CallError::Idle);
        }
        if !arch::may_enter() {
            return Err(CallError::Context);
        }
        let mut host = HostSide {
            module: &self.module,
            definitions: self.definitions,
            arena: &mut self.arena,
            state: &mut self.state,
        };
        let (exit, ty) = match self.progress {
            // SAFETY: the header is the one laid out in `new`, and everything that code may touch lies in the arena,
            // which only `host` refers to now. The entry point comes from a function record of the artifact, which is
            // code for this part by `Module::open`'s contract and `can_run`. `prepare` placed the arguments of exactly
            // that function's type and a guest_sp inside the stack. `may_enter` was asked; the trap entry or
            // the vectors are the board's to install, as `install_trap_entry` and `arch` say.
            Progress::Ready(ty) => (unsafe { self.activation.enter(&mut host) }, ty),
            // SAFETY: the same, and the last exit was a preemption.
            Progress::Stopped(ty) => (unsafe { self.activation.resume(&mut host) }, ty),
            Progress::Idle | Progress::Returned(_) => return Err(CallError::Idle),
        };
        Ok(match exit {
            Exit::Returned => {
                self.progress = Progress::Returned(ty);
                Outcome::Returned
            }
            Exit::Preempted => {
                self.progress = Progress::Stopped(ty);
                self.preemptions = self.preemptions.wrapping_add(1);
                Outcome::Preempted
            }
            Exit::Trapped => {
                self.progress = Progress::Idle;
                Outcome::Trapped(self.trap())
            }
        })
    }

    /// Gives the call in progress up, if there is one: what it has written stays written, the rest never happens.
    pub fn abandon(&mut self) {
        self.progress = Progress::Idle;
    }

    /// The results of the call that has returned.
    ///
    /// # Errors
    /// [`CallError::Idle`] unless the last call returned, [`CallError::Signature`] if it has other results.
    pub fn results<R: Values>(&self) -> Result<R, CallError> {
        let matches = self.result_type()?.map_or(R::TYPES.is_empty(), |ty| ty.results.matches(R::TYPES));
        if !matches {
            return Err(CallError::Signature);
        }
        Ok(R::load(&mut self.result_words()))
    }

    /// [`results`](Self::results) of types known at run time only, into a slice of exactly their number.
    ///
    /// # Errors
    /// As for [`results`](Self::results), and [`CallError::Unsupported`].
    pub fn results_values(&self, results: &mut [Val]) -> Result<(), CallError> {
        let ty = self.result_type()?;
        if results.len() != ty.map_or(0, |ty| ty.results.len()) {
            return Err(CallError::Signature);
        }
        let mut words = self.result_words();
        for (result, ty) in results.iter_mut().zip(ty.iter().flat_map(|ty| ty.results.iter())) {
            *result = Val::load(ty, &mut words).ok_or(CallError::Unsupported(ty))?;
        }
        Ok(())
    }

    /// Type of an exported function.
    pub fn function_type(&self, name: &str) -> Option<FuncType<'a>> {
        match self.module.content().find_export(name) {
            Some(Extern::Func { ty, .. }) => self.module.content().types().at(ty),
            _ => None,
        }
    }

    /// Value of an exported global.
    pub fn global(&self, name: &str) -> Option<Val> {
        match self.module.content().find_export(name)? {
            Extern::Constant { bits, ty } => Val::load(ty, &mut halves(bits)),
            Extern::Global { offset, ty } => {
                let at = self.arena.layout().header + offset as usize;
                let bits = u64::from(self.arena.word(at + 4)) << 32 | u64::from(self.arena.word(at));
                Val::load(ty.ty, &mut halves(bits))
            }
            _ => None,
        }
    }

    /// The linear memory, between calls; of length 0 if there is none.
    pub fn memory(&mut self) -> GuestMemory<'_> {
        GuestMemory::new(self.arena.memory())
    }

    /// The state given to [`new`](Self::new).
    pub fn state(&mut self) -> &mut T {
        &mut self.state
    }

    /// The module.
    pub fn module(&self) -> &Module<'a> {
        &self.module
    }

    /// How often calls gave way since the instance was made; wraps.
    pub fn preemptions(&self) -> u32 {
        self.preemptions
    }

    /// Fills the stack with a pattern, for [`stack_used`](Self::stack_used).
    ///
    /// # Errors
    /// [`CallError::Busy`]: the call in progress has its frames there.
    pub fn paint_stack(&mut self) -> Result<(), CallError> {
        if self.is_busy() {
            return Err(CallError::Busy);
        }
        self.arena.paint_stack();
        Ok(())
    }

    /// Most bytes of stack, the gate's and interrupt frames included, that any call has used since
    /// [`paint_stack`](Self::paint_stack); all of it before.
    pub fn stack_used(&self) -> u32 {
        self.arena.stack_used()
    }

    /// Bytes in front of the linear memory: import table, header, globals.
    pub fn instance_bytes(&self) -> usize {
        self.arena.layout().memory
    }

    /// Bytes of the arena.
    pub fn arena_bytes(&self) -> usize {
        self.arena.len()
    }

    /// The imports that were replaced by stubs, with the number of their calls.
    pub fn stub_calls(&self) -> impl Iterator<Item = (Import<'a>, u32)> + use<'_, 'a, T> {
        self.module.content().imports().iter().enumerate().filter_map(|(i, import)| {
            let entry = self.arena.import(i as u32);
            (entry & STUB != 0).then_some((import, entry & !STUB))
        })
    }

    /// Prepares the start function for [`resume`](Self::resume). Returns whether there is one.
    ///
    /// # Errors
    /// [`CallError::Busy`], [`CallError::WrongPart`].
    pub fn begin_start(&mut self) -> Result<bool, CallError> {
        match self.module.content().start() {
            Some(code) => self.prepare(code, None, &mut |_| ()).map(|()| true),
            None => Ok(false),
        }
    }

    fn is_busy(&self) -> bool {
        matches!(self.progress, Progress::Ready(_) | Progress::Stopped(_))
    }

    fn begin(
        &mut self,
        name: &str,
        params: impl ExactSizeIterator<Item = ValType>,
        results: Option<&[ValType]>,
        store: StoreWords<'_>,
    ) -> Result<(), CallError> {
        let content = self.module.content();
        let (code, index) = match content.find_export(name) {
            Some(Extern::Func { code, ty }) => (code, ty),
            Some(Extern::Imported(index)) => match content.imports().get(index.0).map(|import| import.ty) {
                Some(ImportType::Func { ty, thunk }) => (thunk, ty),
                _ => return Err(CallError::NotFound),
            },
            _ => return Err(CallError::NotFound),
        };
        let ty = self.module.content().types().at(index).ok_or(CallError::NotFound)?;
        if let Some(ty) = unsupported(ty.params).or(unsupported(ty.results)) {
            return Err(CallError::Unsupported(ty));
        }
        if !ty.params.iter().eq(params) || results.is_some_and(|results| !ty.results.matches(results)) {
            return Err(CallError::Signature);
        }
        self.prepare(code, Some(index), store)
    }

    /// Places argument words: the first in registers, the others on the guest's empty stack, for the callee to pop.
    fn prepare(&mut self, code: CodeOffset, ty: Option<TypeIndex>, store: StoreWords<'_>) -> Result<(), CallError> {
        if !self.module.can_run() {
            return Err(CallError::WrongPart { target: self.module.target() });
        }
        if self.is_busy() {
            return Err(CallError::Busy);
        }
        let words = ty.and_then(|ty| self.module.content().types().at(ty)).map_or(0, |ty| ty.params.words() as usize);
        let sp = self.arena.layout().stack_top - stack_argument_bytes(words);
        let (arena, registers) = (&mut self.arena, &mut self.activation.registers);
        let mut index = 0;
        store(&mut |word| {
            match registers.get_mut(index) {
                Some(register) => *register = word,
                None => arena.set_word(sp + (index - REGISTER_WORDS) * 4, word),
            }
            index += 1;
        });
        self.arena.set_store_field(StoreField::guest_sp, self.arena.address(sp));
        self.activation.code = self.module.entry(code);
        self.progress = Progress::Ready(ty);
        Ok(())
    }

    /// Runs the call in progress to its end.
    fn finish(&mut self) -> Result<(), CallError> {
        let before = self.preemptions;
        let outcome = loop {
            match self.resume() {
                Ok(Outcome::Preempted) => (),
                Ok(Outcome::Trapped(trap)) => break Err(CallError::Trap(trap)),
                Ok(Outcome::Returned) => break Ok(()),
                Err(error) => {
                    self.abandon();
                    break Err(error);
                }
            }
        };
        if self.preemptions != before {
            // Whoever asked may have meant the guest that this call is made for.
            arch::request_preemption();
        }
        outcome
    }

    fn trap(&self) -> Trap {
        let code = self.arena.store_field(StoreField::exit_kind) as u8;
        let kind = TrapKind::from_code(code).unwrap_or(TrapKind::HostError);
        let site = self.arena.store_field(StoreField::exit_pc);
        Trap { kind, code_offset: Some(self.module.code_offset(site)) }
    }

    fn result_type(&self) -> Result<Option<FuncType<'a>>, CallError> {
        match self.progress {
            Progress::Returned(ty) => Ok(ty.and_then(|ty| self.module.content().types().at(ty))),
            Progress::Ready(_) | Progress::Stopped(_) => Err(CallError::Busy),
            Progress::Idle => Err(CallError::Idle),
        }
    }

    /// Result words in order: first those in registers, then those in the result area.
    fn result_words(&self) -> impl FnMut() -> u32 + use<'_, 'a, T> {
        let mut index = 0;
        move || {
            let word = self.activation.registers.get(index).copied();
            let word = word.unwrap_or_else(|| self.arena.result(index - REGISTER_WORDS));
            index += 1;
            word
        }
    }
}

/// Fills what refers to functions: import slots, referables and type ids. The host provides all imports.
fn fill_functions(module: &Module<'_>, arena: &mut Arena<'_>) {
    let content = module.content();
    let header = arena.layout().header;
    let mut fill = |place: u32, code: CodeOffset, ty: TypeIndex| {
        let at = |field: FuncRefField| header + (place + field.offset(POINTER_BYTES)) as usize;
        arena.set_pointer(at(FuncRefField::code), module.entry(code));
        arena.set_pointer(at(FuncRefField::instance), arena.address(header));
        arena.set_pointer(at(FuncRefField::type_id), type_id(content, ty));
    };
    for import in content.imports().iter() {
        if let ImportType::Func { ty, thunk } = import.ty {
            fill(import.slot, thunk, ty);
        }
    }
    for (i, function) in content.referables().iter().enumerate() {
        fill(content.referables_place() + i as u32 * FuncRef::size(POINTER_BYTES), function.code, function.ty);
    }
    for (i, ty) in content.type_ids().iter().enumerate() {
        let place = content.type_ids_place() + i as u32 * POINTER_BYTES;
        arena.set_pointer(header + place as usize, type_id(content, ty));
    }
}

/// The types of a module are distinct.
fn type_id(content: &Content<'_>, ty: TypeIndex) -> usize {
    content.types().address(ty).unwrap_or(0)
}

/// Size of the area that holds the argument words beyond the registers.
fn stack_argument_bytes(words: usize) -> usize {
    (words.saturating_sub(REGISTER_WORDS) * 4).next_multiple_of(arch::STACK_ALIGN)
}

fn halves(bits: u64) -> impl FnMut() -> u32 {
    let mut rest = bits;
    move || {
        let word = rest as u32;
        rest >>= 32;
        word
    }
}

/// What the dispatcher sees of an instance whose guest is entered.
struct HostSide<'r, 'a, T> {
    module: &'r Module<'a>,
    definitions: &'r [Option<Definition<T>>],
    arena: &'r mut Arena<'a>,
    state: &'r mut T,
}

impl<T> HostSide<'_, '_, T> {
    fn import_type(&self, index: u32) -> Option<FuncType<'_>> {
        let content = self.module.content();
        match content.imports().get(index)?.ty {
            ImportType::Func { ty, .. } => content.types().at(ty),
            _ => None,
        }
    }
}

impl<T> arch::Host for HostSide<'_, '_, T> {
    fn words(&self, _: usize, index: u32) -> Option<usize> {
        Some((self.import_type(index)?.params.words() as usize).max(REGISTER_WORDS))
    }

    fn call(&mut self, _: usize, index: u32, words: &mut [u32]) -> Result<u32, TrapKind> {
        let ty = self.import_type(index).ok_or(TrapKind::HostError)?;
        let (params, results) = (ty.params.words() as usize, ty.results.words() as usize);
        call_import(self.definitions, self.arena, self.state, index, words, results).map_err(|trap| trap.kind)?;
        Ok(stack_argument_bytes(params) as u32)
    }
}
