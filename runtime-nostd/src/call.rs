//! Calls into instances.

use sandgrain_abi::TrapKind;
use sandgrain_abi::layout::{FuncRef, StoreField};
use sandgrain_artifact::{Extern, FuncType, ImportType, TypeIndex, ValType};

use crate::arch::{self, Exit, IN_PLACE_WORDS, PREEMPTS, REGISTER_WORDS, Served};
use crate::guest::Guest;
use crate::host::call_import;
use crate::store::{InstanceId, Instances, Slot, by_address, entry_mut};
use crate::trap::{CallError, Outcome, Trap};
use crate::value::{Val, Values, words};

/// Gives argument words, in order, to the sink that it is called with.
type StoreWords<'s> = &'s mut dyn FnMut(&mut dyn FnMut(u32));

/// A function that can be called from outside.
#[derive(Clone, Copy)]
pub(crate) struct Function<'a> {
    pub(crate) ty: FuncType<'a>,
    way_in: WayIn,
    called: Called,
}

/// How a function is entered.
#[derive(Clone, Copy)]
struct WayIn {
    /// Its address.
    code: usize,
    /// What the instance register has to be.
    header: usize,
    /// Address of the trampoline for functions of its type.
    #[cfg(target_pointer_width = "64")]
    trampoline: usize,
}

/// What has to be known of a call to read its results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Called {
    /// The function's type, by the number that it has in the module of the instance in this slot.
    ty: TypeIndex,
    exporter: u16,
    /// The slot of the instance in whose result area results lie.
    owner: u16,
}

/// There are no results to read from what an instance starts with.
type Results = Option<Called>;

/// Where the current call is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    Idle,
    Ready(Results),
    Stopped(Results),
    Suspended(Results),
    Returned(Results),
}

impl<'a, T> Instances<'a, T> {
    /// Calls an exported function to its end, however often it is preempted.
    ///
    /// # Errors
    /// [`CallError`]; [`CallError::Trap`] if it was called and trapped.
    pub fn call<P: Values, R: Values>(&mut self, id: InstanceId, name: &str, params: P) -> Result<R, CallError> {
        self.begin(id, name, P::TYPES.iter().copied(), Some(R::TYPES), &mut |sink| params.store(sink))?;
        self.finish()?;
        self.results()
    }

    /// [`call`](Self::call) with a signature known at run time only: fills `results`, which must have the right length.
    ///
    /// # Errors
    /// As for [`call`](Self::call).
    pub fn call_values(
        &mut self,
        id: InstanceId,
        name: &str,
        params: &[Val],
        results: &mut [Val],
    ) -> Result<(), CallError> {
        self.start_call_values(id, name, params)?;
        self.finish()?;
        self.results_values(results)
    }

    /// Prepares a call for [`resume`](Self::resume). The results may be of any type; [`results`](Self::results) checks.
    ///
    /// # Errors
    /// [`CallError`], and no call is in progress.
    pub fn start_call<P: Values>(&mut self, id: InstanceId, name: &str, params: P) -> Result<(), CallError> {
        self.begin(id, name, P::TYPES.iter().copied(), None, &mut |sink| params.store(sink))
    }

    /// [`start_call`](Self::start_call) with a signature known at run time only.
    ///
    /// # Errors
    /// As for [`start_call`](Self::start_call), and [`CallError::Reference`].
    pub fn start_call_values(&mut self, id: InstanceId, name: &str, params: &[Val]) -> Result<(), CallError> {
        if !params.iter().all(|value| self.is_valid(value)) {
            return Err(CallError::Reference);
        }
        self.begin(id, name, params.iter().map(|v| v.ty()), None, &mut |sink| params.iter().for_each(|v| v.store(sink)))
    }

    /// Whether a reference is one that this store's instances can use.
    fn is_valid(&self, value: &Val) -> bool {
        match *value {
            Val::FuncRef(Some(function)) => {
                let entries = self.slots.iter().filter_map(|slot| slot.entry.as_ref());
                entries.into_iter().any(|entry| entry.has_func_ref(function.address()))
            }
            Val::ExternRef(Some(value)) => value != u32::MAX,
            _ => true,
        }
    }

    /// Prepares what an instance starts with for [`resume`](Self::resume). Returns whether there is anything.
    ///
    /// # Errors
    /// [`CallError::NotFound`] if there is no such instance, [`CallError::Busy`], [`CallError::WrongPart`].
    pub fn begin_start(&mut self, id: InstanceId) -> Result<bool, CallError> {
        let entry = self.entry(id).ok_or(CallError::NotFound)?;
        match entry.content.start() {
            Some(code) => {
                // Where trampolines are needed, the artifact names one instead of the function.
                let code = entry.code(code);
                let way_in = WayIn {
                    code,
                    header: entry.address(),
                    #[cfg(target_pointer_width = "64")]
                    trampoline: code,
                };
                self.prepare(id, way_in, (0, 0), &mut |_| ())?;
                self.progress = Progress::Ready(None);
                Ok(true)
            }
            None => Ok(false),
        }
    }

    /// Runs the call in progress until it ends or gives way. One that waits for [`complete`](Self::complete) goes on waiting.
    ///
    /// # Errors
    /// [`CallError::Idle`] if there is none; [`CallError::Context`], and it stays in progress, in an interrupt handler or
    /// while interrupts are masked.
    pub fn resume(&mut self) -> Result<Outcome, CallError> {
        let (results, is_new) = match self.progress {
            Progress::Ready(results) => (results, true),
            Progress::Stopped(results) => (results, false),
            Progress::Suspended(_) => return Ok(Outcome::Suspended),
            Progress::Idle | Progress::Returned(_) => return Err(CallError::Idle),
        };
        if !arch::may_enter() {
            return Err(CallError::Context);
        }
        let mut host = HostSide { slots: &mut self.slots, state: &mut self.state };
        let exit = if is_new {
            // SAFETY: the headers are those laid out when store and instance were made, and everything that code may
            // touch lies in their arenas, which only `host` refers to now. The entry point comes from a function record
            // of an artifact, or from a slot that was filled from one, which is code for this part by `Module::open`'s
            // contract and `prepare`'s check. `prepare` placed the arguments of exactly that function's type and a
            // guest_sp inside the stack. `may_enter` was asked; the trap entry or the vectors are the board's to
            // install, as `install_trap_entry` and `arch` say.
            unsafe { self.activation.enter(&mut host) }
        } else {
            // SAFETY: the same, and the last exit was a preemption.
            unsafe { self.activation.resume(&mut host) }
        };
        Ok(match exit {
            Exit::Returned => {
                self.progress = Progress::Returned(results);
                Outcome::Returned
            }
            Exit::Preempted if self.activation.waiting.is_some() => {
                self.progress = Progress::Suspended(results);
                Outcome::Suspended
            }
            Exit::Preempted => {
                self.progress = Progress::Stopped(results);
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
        self.activation.waiting = None;
    }

    /// Has the host function that [suspended](crate::Caller::suspend) the call in progress return `results`, so that
    /// [`resume`](Self::resume) goes on with it. What the function was to write to the guest's memory, it writes before.
    ///
    /// # Errors
    /// [`CallError::Idle`] if no call is suspended; [`CallError::Signature`], and it stays so, if the function has other
    /// results.
    pub fn complete<R: Values>(&mut self, results: R) -> Result<(), CallError> {
        let (Progress::Suspended(call), Some(waiting)) = (self.progress, self.activation.waiting) else {
            return Err(CallError::Idle);
        };
        let instance = self.stack.field(StoreField::exit_instance);
        let import = HostSide { slots: &mut self.slots, state: &mut self.state }.import(instance, waiting.index);
        let (caller, ty) = import.ok_or(CallError::Idle)?;
        if !ty.results.matches(R::TYPES) {
            return Err(CallError::Signature);
        }
        let (stack, mut entry, mut index) = (&mut self.stack, entry_mut(&mut self.slots, caller), 0);
        results.store(&mut |word| {
            match &mut entry {
                _ if index < IN_PLACE_WORDS => stack.set_word_at(waiting.words.get() + index * 4, word),
                Some(entry) => entry.set_result(index - IN_PLACE_WORDS, word),
                None => (),
            }
            index += 1;
        });
        self.activation.waiting = None;
        self.progress = Progress::Stopped(call);
        Ok(())
    }

    /// The results of the call that has returned.
    ///
    /// # Errors
    /// [`CallError::Idle`] unless the last call returned, [`CallError::Signature`] if it has other results.
    pub fn results<R: Values>(&self) -> Result<R, CallError> {
        let call = self.returned()?;
        if !call.map_or(R::TYPES.is_empty(), |(ty, _)| ty.results.matches(R::TYPES)) {
            return Err(CallError::Signature);
        }
        Ok(R::load(&mut self.result_words(call)))
    }

    /// [`results`](Self::results) of types known at run time only, into a slice of exactly their number.
    ///
    /// # Errors
    /// As for [`results`](Self::results).
    pub fn results_values(&self, results: &mut [Val]) -> Result<(), CallError> {
        let call = self.returned()?;
        if results.len() != call.map_or(0, |(ty, _)| ty.results.len()) {
            return Err(CallError::Signature);
        }
        let mut words = self.result_words(call);
        for (result, ty) in results.iter_mut().zip(call.into_iter().flat_map(|(ty, _)| ty.results.iter())) {
            *result = Val::load(ty, &mut words);
        }
        Ok(())
    }

    pub(crate) fn is_busy(&self) -> bool {
        matches!(self.progress, Progress::Ready(_) | Progress::Stopped(_) | Progress::Suspended(_))
    }

    /// The function that `id` exports as `name`.
    pub(crate) fn function(&self, id: InstanceId, name: &str) -> Option<Function<'a>> {
        let entry = self.entry(id)?;
        let (index, code, header, owner) = match entry.content.find_export(name)? {
            Extern::Func { code, ty } => (ty, entry.code(code), entry.address(), id.0 as usize),
            Extern::Imported(import) => {
                let import = entry.content.imports().get(import.0)?;
                let ImportType::Func { ty, .. } = import.ty else { return None };
                let FuncRef { code, instance, .. } = entry.func_ref(import.slot);
                (ty, code, instance, by_address(&self.slots, instance)?)
            }
            _ => return None,
        };
        Some(Function {
            ty: entry.content.types().at(index)?,
            way_in: WayIn {
                code,
                header,
                #[cfg(target_pointer_width = "64")]
                trampoline: entry.trampoline(index),
            },
            // A store has fewer slots than that: see `Store::on`.
            called: Called { ty: index, exporter: id.0 as u16, owner: owner as u16 },
        })
    }

    fn begin(
        &mut self,
        id: InstanceId,
        name: &str,
        params: impl ExactSizeIterator<Item = ValType>,
        results: Option<&[ValType]>,
        store: StoreWords<'_>,
    ) -> Result<(), CallError> {
        let function = self.function(id, name).ok_or(CallError::NotFound)?;
        let ty = function.ty;
        if !ty.params.iter().eq(params) || results.is_some_and(|results| !ty.results.matches(results)) {
            return Err(CallError::Signature);
        }
        self.prepare(id, function.way_in, (words(ty.params), words(ty.results)), store)?;
        self.progress = Progress::Ready(Some(function.called));
        Ok(())
    }

    /// Places the argument words of a call with so many words of parameters and results: the first in registers, the
    /// others on the guest's empty stack.
    fn prepare(
        &mut self,
        id: InstanceId,
        way_in: WayIn,
        (params, results): (usize, usize),
        store: StoreWords<'_>,
    ) -> Result<(), CallError> {
        let target = self.entry(id).ok_or(CallError::NotFound)?.target;
        if !arch::runs(target) {
            return Err(CallError::WrongPart { target });
        }
        if self.is_busy() {
            return Err(CallError::Busy);
        }
        let registers = &mut self.activation.registers;
        let room = self.stack.reset(arch::stack_bytes(params, results));
        let mut place = room.ok_or(CallError::Trap(Trap::new(TrapKind::StackOverflow)))?;
        let mut index = 0;
        store(&mut |word| {
            match registers.get_mut(index) {
                Some(register) => *register = word,
                None => place(index - REGISTER_WORDS, word),
            }
            index += 1;
        });
        self.activation.code = way_in.code;
        self.activation.header = way_in.header;
        #[cfg(target_pointer_width = "64")]
        {
            self.activation.trampoline = way_in.trampoline;
        }
        Ok(())
    }

    /// The last trap, placed in the instance whose text its site lies in: for a host function, which every instance can
    /// call through a reference, that need not be the one that imports it.
    fn trap(&self) -> Trap {
        let kind = TrapKind::from_code(self.stack.field(StoreField::exit_kind) as u8).unwrap_or(TrapKind::HostError);
        self.place(kind, self.stack.field(StoreField::exit_pc))
    }

    /// A trap of this kind at an address: in the instance that was the last to leave, if that can be.
    #[inline(never)]
    pub(crate) fn place(&self, kind: TrapKind, site: usize) -> Trap {
        let (instance, code_offset) = self.find_code(site).unzip();
        Trap { kind, code_offset, instance }
    }

    /// The instance in whose code an address points, and where: the last to leave, if it is in several.
    pub(crate) fn find_code(&self, address: usize) -> Option<(InstanceId, u32)> {
        let current = self.stack.field(StoreField::exit_instance);
        let mut found = None;
        for (i, slot) in self.slots.iter().enumerate() {
            let Some(entry) = &slot.entry else { continue };
            if let Some(offset) = entry.code_offset(address)
                && (found.is_none() || entry.address() == current)
            {
                found = Some((InstanceId(i as u32), offset));
            }
        }
        found
    }

    /// The type of the function that has returned, and the slot in whose result area its results lie; `None` of what an
    /// instance starts with.
    #[inline(never)]
    fn returned(&self) -> Result<Option<(FuncType<'a>, usize)>, CallError> {
        let called = match self.progress {
            Progress::Returned(called) => called,
            Progress::Ready(_) | Progress::Stopped(_) | Progress::Suspended(_) => return Err(CallError::Busy),
            Progress::Idle => return Err(CallError::Idle),
        };
        Ok(called.and_then(|Called { ty, exporter, owner }| {
            let ty = self.entry(InstanceId(exporter.into()))?.content.types().at(ty)?;
            Some((ty, owner.into()))
        }))
    }

    /// Result words in order: first those in registers, then those in the place of arguments, then those in the result
    /// area.
    fn result_words(&self, call: Option<(FuncType<'a>, usize)>) -> impl FnMut() -> u32 + use<'_, 'a, T> {
        let owner = call.and_then(|(_, owner)| self.slots.get(owner)?.entry.as_ref());
        let bytes = call.map_or(0, |(ty, _)| arch::stack_bytes(words(ty.params), words(ty.results)));
        let mut index = 0;
        move || {
            let word = match self.activation.registers.get(index) {
                Some(word) => *word,
                None if index < IN_PLACE_WORDS => self.stack.word(bytes, index - REGISTER_WORDS),
                None => owner.map_or(0, |owner| owner.result(index - IN_PLACE_WORDS)),
            };
            index += 1;
            word
        }
    }
}

impl<'a, T> Guest for Instances<'a, T> {
    fn resume(&mut self) -> Result<Outcome, CallError> {
        Instances::resume(self)
    }

    fn abandon(&mut self) {
        Instances::abandon(self);
    }

    fn is_busy(&self) -> bool {
        Instances::is_busy(self)
    }

    fn preemptions(&self) -> u32 {
        Instances::preemptions(self)
    }

    #[cold]
    #[inline(never)]
    fn stop(&mut self, kind: TrapKind) -> Outcome {
        let trap = match self.progress {
            Progress::Stopped(_) if PREEMPTS => {
                let site = self.activation.stopped_at(|address| self.stack.word_at(address));
                let callers = self.activation.stopped_stack(&mut self.stack);
                self.stack.set_field(StoreField::exit_stack, callers);
                self.place(kind, site)
            }
            // In the gate, which has noted where it was called.
            Progress::Stopped(_) | Progress::Suspended(_) => self.place(kind, self.stack.field(StoreField::exit_pc)),
            _ => Trap::new(kind),
        };
        self.abandon();
        Outcome::Trapped(trap)
    }
}

/// What the dispatcher sees of a store one of whose guests is entered.
struct HostSide<'r, 'a, T> {
    slots: &'r mut [Slot<'a, T>],
    state: &'r mut T,
}

impl<'a, T> HostSide<'_, 'a, T> {
    /// The slot of the instance at an address, and the type of the function that it imports by this index.
    fn import(&self, instance: usize, index: u32) -> Option<(usize, FuncType<'a>)> {
        let caller = by_address(self.slots, instance)?;
        let content = self.slots.get(caller)?.entry.as_ref()?.content;
        match content.imports().get(index)?.ty {
            ImportType::Func { ty, .. } => Some((caller, content.types().at(ty)?)),
            _ => None,
        }
    }
}

impl<T> arch::Host for HostSide<'_, '_, T> {
    fn words(&self, instance: usize, index: u32) -> Option<usize> {
        let (_, ty) = self.import(instance, index)?;
        Some(REGISTER_WORDS + arch::stack_bytes(words(ty.params), words(ty.results)) / 4)
    }

    fn call(&mut self, instance: usize, index: u32, values: &mut [u32]) -> Result<Served, TrapKind> {
        let (caller, ty) = self.import(instance, index).ok_or(TrapKind::HostError)?;
        let (params, results) = (words(ty.params), words(ty.results));
        let served = call_import(self.slots, caller, self.state, index, values, results);
        let suspend = served.map_err(|trap| trap.kind)?;
        Ok(Served { pop: arch::stack_bytes(params, results) as u32, suspend })
    }

    #[cfg(feature = "linux")]
    fn instance_at(&self, pc: usize) -> Option<usize> {
        let entries = self.slots.iter().filter_map(|slot| slot.entry.as_ref());
        let mut running =
            entries.filter(|entry| entry.content.text().as_ptr_range().contains(&core::ptr::without_provenance(pc)));
        running.next().map(|entry| entry.address())
    }
}
