//! An instance by itself: a store of one.

use sandgrain_artifact::{FuncType, Import};

use crate::host::{GuestMemory, HostFunctions};
use crate::limits::{Limits, arena_bytes, check_memory_limit, store_bytes};
use crate::link;
use crate::memory;
use crate::module::Module;
use crate::store::{InstanceId, Stack, Store};
use crate::time::{Budget, Clock};
use crate::trap::{CallError, InstantiateError, Outcome};
use crate::value::{Val, Values};

/// An instance that imports from the host alone. Its arena holds header, state, memory and stack; this struct the rest.
/// It may be moved at any time.
///
/// One call at a time: [`start_call`](Self::start_call) prepares one, [`resume`](Self::resume) runs it until it ends
/// or an interrupt handler asked for the processor ([`request_preemption`](crate::request_preemption)).
/// [`call`](Self::call) does both, and goes on until the end.
pub struct Instance<'a, T> {
    store: Store<'a, T, 1>,
    arena_bytes: usize,
}

/// The only instance of its store.
const ID: InstanceId = InstanceId(0);

impl<'a, T> Instance<'a, T> {
    /// Makes an instance in `arena` and runs what it starts with to its end, however often that is preempted.
    ///
    /// The stack with [`Target::stack_reserve`](sandgrain_abi::Target::stack_reserve) takes the end of the arena; the
    /// rest is divided as [`Instances::instantiate`](crate::store::Instances::instantiate) says.
    ///
    /// # Errors
    /// [`InstantiateError`]: the part first, then imports, then room, then traps.
    pub fn new(
        module: &Module<'a>,
        linker: impl Into<HostFunctions<'a, T>>,
        arena: &'a mut [u8],
        limits: &Limits,
        state: T,
    ) -> Result<Self, InstantiateError<'a>> {
        let mut instance = Self::without_start(module, linker, arena, limits, state)?;
        instance.store.run_start(ID)?;
        Ok(instance)
    }

    /// Like [`new`](Self::new), but what it starts with is left to the caller, to run it in slices with
    /// [`begin_start`](Self::begin_start) and [`resume`](Self::resume) before any other call.
    ///
    /// # Errors
    /// As for [`new`](Self::new).
    pub fn without_start(
        module: &Module<'a>,
        linker: impl Into<HostFunctions<'a, T>>,
        arena: &'a mut [u8],
        limits: &Limits,
        state: T,
    ) -> Result<Self, InstantiateError<'a>> {
        module.check_pointers()?;
        let functions = linker.into();
        let content = module.content();
        let bytes = memory::align(arena);
        let (found, top) = (bytes.len(), bytes.len() & !15);
        let stack = store_bytes(content, limits);
        let needed = arena_bytes(content) + stack;
        if needed > top as u64 {
            link::check(functions, content)?;
            check_memory_limit(content, limits)?;
            return Err(InstantiateError::Arena { needed, found });
        }
        let (arena, stack) = bytes.split_at_mut(top - stack as usize);
        let stack = Stack::new(stack)?;
        let mut instance = Instance { store: Store::on(stack, state), arena_bytes: found };
        instance.store.instantiate_without_start(module, functions, arena, limits)?;
        Ok(instance)
    }

    /// Calls an exported function to its end, however often it is preempted.
    ///
    /// # Errors
    /// [`CallError`]; [`CallError::Trap`] if it was called and trapped.
    pub fn call<P: Values, R: Values>(&mut self, name: &str, params: P) -> Result<R, CallError> {
        self.store.call(ID, name, params)
    }

    /// [`call`](Self::call) with a signature known at run time only: fills `results`, which must have the right length.
    ///
    /// # Errors
    /// As for [`call`](Self::call), and [`CallError::Reference`].
    pub fn call_values(&mut self, name: &str, params: &[Val], results: &mut [Val]) -> Result<(), CallError> {
        self.store.call_values(ID, name, params, results)
    }

    /// Prepares a call for [`resume`](Self::resume). The results may be of any type; [`results`](Self::results) checks.
    ///
    /// # Errors
    /// [`CallError`], and no call is in progress.
    pub fn start_call<P: Values>(&mut self, name: &str, params: P) -> Result<(), CallError> {
        self.store.start_call(ID, name, params)
    }

    /// [`start_call`](Self::start_call) with a signature known at run time only.
    ///
    /// # Errors
    /// As for [`start_call`](Self::start_call), and [`CallError::Reference`].
    pub fn start_call_values(&mut self, name: &str, params: &[Val]) -> Result<(), CallError> {
        self.store.start_call_values(ID, name, params)
    }

    /// Runs the call in progress until it ends or gives way.
    ///
    /// # Errors
    /// [`CallError::Idle`] if there is none; [`CallError::Context`], and it stays in progress, in an interrupt handler or
    /// while interrupts are masked.
    pub fn resume(&mut self) -> Result<Outcome, CallError> {
        self.store.resume()
    }

    /// Has the host function that suspended the call in progress return `results`; see
    /// [`Instances::complete`](crate::store::Instances::complete).
    ///
    /// # Errors
    /// [`CallError::Idle`], [`CallError::Signature`].
    pub fn complete<R: Values>(&mut self, results: R) -> Result<(), CallError> {
        self.store.complete(results)
    }

    /// [`resume`](Self::resume) for as long as `budget` allows; see
    /// [`Instances::resume_within`](crate::store::Instances::resume_within).
    ///
    /// # Errors
    /// As for [`resume`](Self::resume).
    pub fn resume_within(&mut self, clock: &impl Clock, budget: &Budget) -> Result<Outcome, CallError> {
        self.store.resume_within(clock, budget)
    }

    /// What is left of the fuel; see [`Instances::fuel`](crate::store::Instances::fuel).
    pub fn fuel(&self) -> u32 {
        self.store.fuel()
    }

    /// Sets what [`fuel`](Self::fuel) says.
    pub fn set_fuel(&mut self, fuel: u32) {
        self.store.set_fuel(fuel);
    }

    /// Gives the call in progress up, if there is one: what it has written stays written, the rest never happens.
    pub fn abandon(&mut self) {
        self.store.abandon();
    }

    /// The results of the call that has returned.
    ///
    /// # Errors
    /// [`CallError::Idle`] unless the last call returned, [`CallError::Signature`] if it has other results.
    pub fn results<R: Values>(&self) -> Result<R, CallError> {
        self.store.results()
    }

    /// [`results`](Self::results) of types known at run time only, into a slice of exactly their number.
    ///
    /// # Errors
    /// As for [`results`](Self::results).
    pub fn results_values(&self, results: &mut [Val]) -> Result<(), CallError> {
        self.store.results_values(results)
    }

    /// Prepares what the instance starts with for [`resume`](Self::resume). Returns whether there is anything.
    ///
    /// # Errors
    /// [`CallError::Busy`], [`CallError::WrongPart`].
    pub fn begin_start(&mut self) -> Result<bool, CallError> {
        self.store.begin_start(ID)
    }

    /// Type of an exported function.
    pub fn function_type(&self, name: &str) -> Option<FuncType<'a>> {
        self.store.function_type(ID, name)
    }

    /// Value of an exported global. `None` if there is none of this name.
    pub fn global(&self, name: &str) -> Option<Val> {
        self.store.global(ID, name)
    }

    /// The first linear memory, between calls; of length 0 if there is none.
    pub fn memory(&mut self) -> GuestMemory<'_> {
        self.store.memory(ID)
    }

    /// The state given to [`new`](Self::new).
    pub fn state(&mut self) -> &mut T {
        self.store.state()
    }

    /// How often calls gave way since the instance was made; wraps.
    pub fn preemptions(&self) -> u32 {
        self.store.preemptions()
    }

    /// Fills the stack with a pattern, for [`stack_used`](Self::stack_used).
    ///
    /// # Errors
    /// [`CallError::Busy`]: the call in progress has its frames there.
    pub fn paint_stack(&mut self) -> Result<(), CallError> {
        self.store.paint_stack()
    }

    /// Most bytes of stack, the gate's and interrupt frames included, that any call has used since
    /// [`paint_stack`](Self::paint_stack); all of it before.
    pub fn stack_used(&self) -> u32 {
        self.store.stack_used()
    }

    /// Bytes in front of the linear memory: import table, header, state.
    pub fn instance_bytes(&self) -> usize {
        self.store.instance_bytes(ID)
    }

    /// Bytes of the arena.
    pub fn arena_bytes(&self) -> usize {
        self.arena_bytes
    }

    /// The imports that were replaced by stubs, with the number of their calls.
    pub fn stub_calls(&self) -> impl Iterator<Item = (Import<'a>, u32)> + use<'_, 'a, T> {
        self.store.stub_calls(ID)
    }
}
