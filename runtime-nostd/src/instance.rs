//! An instance by itself: a store of one.

use sandgrain_artifact::{FuncType, Import};

use crate::backtrace::StackWord;
#[cfg(feature = "interpreter")]
use crate::guest::Guest;
use crate::host::{GuestMemory, HostFunctions};
#[cfg(feature = "interpreter")]
use crate::interpreter::Interpreted;
use crate::limits::{Limits, Needs};
use crate::link;
use crate::memory;
use crate::module::Module;
use crate::store::{InstanceId, Stack, Store};
use crate::time::{Budget, Clock};
use crate::trap::{CallError, InstantiateError, Outcome};
#[cfg(feature = "interpreter")]
use crate::value::Vals;
use crate::value::{Val, Values};

/// An instance that imports from the host alone. Its arena holds header, state, memory and stack; this struct the rest.
/// It may be moved at any time.
///
/// One call at a time: [`start_call`](Self::start_call) prepares one, [`resume`](Self::resume) runs it until it ends
/// or an interrupt handler asked for the processor ([`request_preemption`](crate::request_preemption)).
/// [`call`](Self::call) does both, and goes on until the end.
pub struct Instance<'a, T> {
    engine: Engine<'a, T>,
}

/// What runs it: its own code in a store of one, or an interpreter.
#[cfg_attr(feature = "interpreter", allow(clippy::large_enum_variant, reason = "code runs without a heap"))]
enum Engine<'a, T> {
    Compiled(Store<'a, T, 1>),
    #[cfg(feature = "interpreter")]
    Interpreted(alloc::boxed::Box<Interpreted<'a, T>>),
}

/// The only instance of its store.
const ID: InstanceId = InstanceId(0);

/// Does the one or the other, whichever engine there is.
macro_rules! with {
    ($engine:expr, $store:ident => $compiled:expr, $guest:ident => $interpreted:expr) => {
        match $engine {
            Engine::Compiled($store) => $compiled,
            #[cfg(feature = "interpreter")]
            Engine::Interpreted($guest) => $interpreted,
        }
    };
}

impl<'a, T> Instance<'a, T> {
    /// Makes an instance in `arena` and runs what it starts with to its end, however often that is preempted.
    ///
    /// The stack with [`Target::stack_reserve`](sandgrain_abi::Target::stack_reserve) takes the end of the arena, with the
    /// features `containment` and `linux` its front; the rest is divided as [`Instances::instantiate`](crate::store::Instances::instantiate) says.
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
        let mut instance = Self::make(module, linker.into(), arena, limits, state)?;
        with!(&mut instance.engine, store => store.run_start(ID)?, guest => guest.run_start()?);
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
        Self::make(module, linker.into(), arena, limits, state)
    }

    /// Out of line, so that there is one for all kinds of linkers.
    #[inline(never)]
    fn make(
        module: &Module<'a>,
        functions: HostFunctions<'a, T>,
        arena: &'a mut [u8],
        limits: &Limits,
        state: T,
    ) -> Result<Self, InstantiateError<'a>> {
        #[cfg(feature = "interpreter")]
        if let Some(wasm) = module.interpreted() {
            let guest = Interpreted::new(wasm, functions, arena.len(), limits, state)?;
            return Ok(Instance { engine: Engine::Interpreted(alloc::boxed::Box::new(guest)) });
        }
        let (content, _) = module.code()?;
        let bytes = memory::align(arena);
        let (found, top) = (bytes.len(), bytes.len() & !15);
        let needs = Needs::of(content, limits);
        let needed = needs.arena().saturating_add(needs.stack);
        if needed > top {
            link::check(functions, content)?;
            needs.check_memory_limit(limits)?;
            return Err(InstantiateError::Arena { needed: needed as u64, found });
        }
        let (arena, stack) = match cfg!(any(feature = "containment", feature = "linux")) {
            false => bytes.split_at_mut(top - needs.stack),
            // What overflows then reaches nothing of the guest's.
            true => {
                let (stack, arena) = bytes.split_at_mut(needs.stack);
                (arena, stack)
            }
        };
        let stack = Stack::new(stack)?;
        let mut store = Store::on(stack, state);
        store.add(module, functions, arena, limits, &needs)?;
        Ok(Instance { engine: Engine::Compiled(store) })
    }

    /// Calls an exported function to its end, however often it is preempted.
    ///
    /// # Errors
    /// [`CallError`]; [`CallError::Trap`] if it was called and trapped.
    pub fn call<P: Values, R: Values>(&mut self, name: &str, params: P) -> Result<R, CallError> {
        with!(&mut self.engine, store => store.call(ID, name, params), guest => {
            guest.begin(name, &Vals::of(params), Some(R::TYPES))?;
            guest.finish()?;
            guest.typed_results()
        })
    }

    /// [`call`](Self::call) with a signature known at run time only: fills `results`, which must have the right length.
    ///
    /// # Errors
    /// As for [`call`](Self::call), and [`CallError::Reference`].
    pub fn call_values(&mut self, name: &str, params: &[Val], results: &mut [Val]) -> Result<(), CallError> {
        with!(&mut self.engine, store => store.call_values(ID, name, params, results), guest => {
            guest.begin(name, params, None)?;
            guest.finish()?;
            guest.take_results(results)
        })
    }

    /// Prepares a call for [`resume`](Self::resume). The results may be of any type; [`results`](Self::results) checks.
    ///
    /// # Errors
    /// [`CallError`], and no call is in progress.
    pub fn start_call<P: Values>(&mut self, name: &str, params: P) -> Result<(), CallError> {
        with!(&mut self.engine, store => store.start_call(ID, name, params), guest => guest.begin(name, &Vals::of(params), None))
    }

    /// [`start_call`](Self::start_call) with a signature known at run time only.
    ///
    /// # Errors
    /// As for [`start_call`](Self::start_call), and [`CallError::Reference`].
    pub fn start_call_values(&mut self, name: &str, params: &[Val]) -> Result<(), CallError> {
        with!(&mut self.engine, store => store.start_call_values(ID, name, params), guest => guest.begin(name, params, None))
    }

    /// Runs the call in progress until it ends or gives way.
    ///
    /// # Errors
    /// [`CallError::Idle`] if there is none; [`CallError::Context`], and it stays in progress, in an interrupt handler or
    /// while interrupts are masked.
    pub fn resume(&mut self) -> Result<Outcome, CallError> {
        with!(&mut self.engine, store => store.resume(), guest => guest.resume())
    }

    /// Has the host function that suspended the call in progress return `results`; see
    /// [`Instances::complete`](crate::store::Instances::complete).
    ///
    /// # Errors
    /// [`CallError::Idle`], [`CallError::Signature`].
    pub fn complete<R: Values>(&mut self, results: R) -> Result<(), CallError> {
        with!(&mut self.engine, store => store.complete(results), guest => guest.complete(results))
    }

    /// [`resume`](Self::resume) for as long as `budget` allows; see
    /// [`Instances::resume_within`](crate::store::Instances::resume_within).
    ///
    /// # Errors
    /// As for [`resume`](Self::resume).
    pub fn resume_within(&mut self, clock: &impl Clock, budget: &Budget) -> Result<Outcome, CallError> {
        with!(&mut self.engine, store => store.resume_within(clock, budget), guest => guest.resume_within(clock, budget))
    }

    /// What is left of the fuel; see [`Instances::fuel`](crate::store::Instances::fuel).
    pub fn fuel(&self) -> u32 {
        with!(&self.engine, store => store.fuel(), guest => guest.fuel())
    }

    /// Sets what [`fuel`](Self::fuel) says.
    pub fn set_fuel(&mut self, fuel: u32) {
        with!(&mut self.engine, store => store.set_fuel(fuel), guest => guest.set_fuel(fuel));
    }

    /// Gives the call in progress up, if there is one: what it has written stays written, the rest never happens.
    pub fn abandon(&mut self) {
        with!(&mut self.engine, store => store.abandon(), guest => guest.abandon());
    }

    /// The results of the call that has returned.
    ///
    /// # Errors
    /// [`CallError::Idle`] unless the last call returned, [`CallError::Signature`] if it has other results.
    pub fn results<R: Values>(&self) -> Result<R, CallError> {
        with!(&self.engine, store => store.results(), guest => guest.typed_results())
    }

    /// [`results`](Self::results) of types known at run time only, into a slice of exactly their number.
    ///
    /// # Errors
    /// As for [`results`](Self::results).
    pub fn results_values(&self, results: &mut [Val]) -> Result<(), CallError> {
        with!(&self.engine, store => store.results_values(results), guest => guest.take_results(results))
    }

    /// Prepares what the instance starts with for [`resume`](Self::resume). Returns whether there is anything.
    ///
    /// # Errors
    /// [`CallError::Busy`], [`CallError::WrongPart`].
    pub fn begin_start(&mut self) -> Result<bool, CallError> {
        with!(&mut self.engine, store => store.begin_start(ID), guest => guest.begin_start())
    }

    /// Type of an exported function.
    pub fn function_type(&self, name: &str) -> Option<FuncType<'a>> {
        with!(&self.engine, store => store.function_type(ID, name), guest => guest.function_type(name))
    }

    /// Value of an exported global. `None` if there is none of this name.
    pub fn global(&self, name: &str) -> Option<Val> {
        with!(&self.engine, store => store.global(ID, name), guest => guest.global(name))
    }

    /// The first linear memory, between calls; of length 0 if there is none.
    pub fn memory(&mut self) -> GuestMemory<'_> {
        with!(&mut self.engine, store => store.memory(ID), guest => guest.memory())
    }

    /// The state given to [`new`](Self::new).
    pub fn state(&mut self) -> &mut T {
        with!(&mut self.engine, store => store.state(), guest => guest.state())
    }

    /// How often calls gave way since the instance was made; wraps.
    pub fn preemptions(&self) -> u32 {
        with!(&self.engine, store => store.preemptions(), guest => guest.preemptions())
    }

    /// Fills the stack with a pattern, for [`stack_used`](Self::stack_used).
    ///
    /// # Errors
    /// [`CallError::Busy`]: the call in progress has its frames there.
    pub fn paint_stack(&mut self) -> Result<(), CallError> {
        with!(&mut self.engine, store => store.paint_stack(), guest => guest.check_idle())
    }

    /// Bytes of stack that were in use when the last call trapped; 0 for one that is interpreted.
    pub fn trap_stack_bytes(&self) -> u32 {
        with!(&self.engine, store => store.trap_stack_bytes(), _guest => 0)
    }

    /// What may lead to the callers of what trapped last; see
    /// [`Instances::stack_words`](crate::store::Instances::stack_words). Nothing for one that is interpreted.
    pub fn stack_words(&self) -> impl Iterator<Item = StackWord> + use<'_, 'a, T> {
        with!(&self.engine, store => Some(store.stack_words()), _guest => None).into_iter().flatten()
    }

    /// Most bytes of stack, the gate's and interrupt frames included, that any call has used since
    /// [`paint_stack`](Self::paint_stack); all of it before. 0 for one
    /// that is interpreted.
    pub fn stack_used(&self) -> u32 {
        with!(&self.engine, store => store.stack_used(), _guest => 0)
    }

    /// Bytes in front of the linear memory: import table, header, state. 0 for one that is interpreted.
    pub fn instance_bytes(&self) -> usize {
        with!(&self.engine, store => store.instance_bytes(ID), _guest => 0)
    }

    /// Bytes of the arena.
    pub fn arena_bytes(&self) -> usize {
        with!(&self.engine, store => store.bytes(ID), guest => guest.arena_bytes())
    }

    /// The imports that were replaced by stubs, with the number of their calls.
    pub fn stub_calls(&self) -> impl Iterator<Item = (Import<'a>, u32)> + use<'_, 'a, T> {
        #[cfg(feature = "interpreter")]
        {
            let code = with!(&self.engine, store => Some(store.stub_calls(ID)), _guest => None);
            let interpreted = with!(&self.engine, _store => None, guest => Some(guest.stub_calls()));
            code.into_iter().flatten().chain(interpreted.into_iter().flatten())
        }
        #[cfg(not(feature = "interpreter"))]
        {
            let Engine::Compiled(store) = &self.engine;
            store.stub_calls(ID)
        }
    }
}
