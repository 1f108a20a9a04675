//! What the host offers to modules: typed functions, found by name.

use sandgrain_artifact::{Content, Import, ImportType, ValType, WantedImport};

use crate::arch::IN_PLACE_WORDS;
use crate::link;
use crate::store::{Slot, entry_mut, memory_of};
use crate::trap::{HostType, LinkError, Trap};
use crate::value::{Val, Values, WasmTy, for_each_arity};

/// What a host function sees of the instance that calls it.
pub struct Caller<'c, T> {
    state: &'c mut T,
    memory: &'c mut [u8],
    suspend: bool,
}

impl<T> Caller<'_, T> {
    /// The state that instance or store was made with.
    pub fn state(&mut self) -> &mut T {
        self.state
    }

    /// The first linear memory that the instance uses, its own or an imported one; of length 0 if it has none.
    pub fn memory(&mut self) -> GuestMemory<'_> {
        GuestMemory(self.memory)
    }

    /// Both at once.
    pub fn split(&mut self) -> (&mut T, GuestMemory<'_>) {
        (self.state, GuestMemory(self.memory))
    }

    /// Has the module wait when the host function returns: `resume` ends with
    /// [`Outcome::Suspended`](crate::Outcome::Suspended), and what the function returns does not count, unless it is a
    /// trap. Its results are given to [`Instances::complete`](crate::store::Instances::complete), whenever the host has
    /// them.
    pub fn suspend(&mut self) {
        self.suspend = true;
    }
}

/// The one way for a host function to touch guest memory: every pointer is checked, a bad one is a trap.
pub struct GuestMemory<'m>(&'m mut [u8]);

impl<'m> GuestMemory<'m> {
    pub(crate) fn new(bytes: &'m mut [u8]) -> Self {
        GuestMemory(bytes)
    }

    /// Size in bytes, at present.
    pub fn size(&self) -> usize {
        self.0.len()
    }

    /// The `len` bytes at guest address `ptr`.
    ///
    /// # Errors
    /// [`TrapKind::HostError`](crate::TrapKind::HostError) unless all of them lie in the memory.
    pub fn read(&self, ptr: u32, len: u32) -> Result<&[u8], Trap> {
        let start = ptr as usize;
        start.checked_add(len as usize).and_then(|end| self.0.get(start..end)).ok_or(Trap::host())
    }

    /// The same bytes, to be changed.
    ///
    /// # Errors
    /// As for [`read`](Self::read).
    pub fn slice_mut(&mut self, ptr: u32, len: u32) -> Result<&mut [u8], Trap> {
        let start = ptr as usize;
        start.checked_add(len as usize).and_then(|end| self.0.get_mut(start..end)).ok_or(Trap::host())
    }

    /// Copies `bytes` to guest address `ptr`.
    ///
    /// # Errors
    /// As for [`read`](Self::read); nothing is written then.
    pub fn write(&mut self, ptr: u32, bytes: &[u8]) -> Result<(), Trap> {
        let len = u32::try_from(bytes.len()).map_err(|_| Trap::host())?;
        self.slice_mut(ptr, len)?.copy_from_slice(bytes);
        Ok(())
    }

    /// The `len` bytes at `ptr` as text.
    ///
    /// # Errors
    /// As for [`read`](Self::read), and if they are not UTF-8.
    pub fn read_str(&self, ptr: u32, len: u32) -> Result<&str, Trap> {
        core::str::from_utf8(self.read(ptr, len)?).map_err(|_| Trap::host())
    }
}

/// What a host function returns: results, or results or a trap.
pub trait HostResult {
    /// The results.
    type Values: Values;
    #[doc(hidden)]
    fn into_result(self) -> Result<Self::Values, Trap>;
}

impl<R: Values> HostResult for R {
    type Values = R;
    fn into_result(self) -> Result<R, Trap> {
        Ok(self)
    }
}

impl<R: Values, E: Into<Trap>> HostResult for Result<R, E> {
    type Values = R;
    fn into_result(self) -> Result<R, Trap> {
        self.map_err(Into::into)
    }
}

/// A function, or a closure that captures nothing, that can be a host function: it takes `&mut Caller<T>` and up to 12
/// wasm values. `M` only tells signatures apart.
pub trait HostFunc<T, M>: Copy {
    /// Its type.
    const TYPE: HostType;
    #[doc(hidden)]
    fn invoke(
        &self,
        caller: &mut Caller<'_, T>,
        arguments: &mut dyn FnMut() -> u32,
    ) -> Result<impl Values + use<Self, T, M>, Trap>;
}

macro_rules! host_func {
    ($($name:ident)*) => {
        impl<T, Func, Ret, $($name: WasmTy,)*> HostFunc<T, fn($($name),*) -> Ret> for Func
        where
            Ret: HostResult,
            Func: Fn(&mut Caller<'_, T>, $($name),*) -> Ret + Copy,
        {
            const TYPE: HostType = HostType { params: &[$($name::TYPE),*], results: Ret::Values::TYPES };

            #[allow(refining_impl_trait, unused_variables)]
            fn invoke(
                &self,
                caller: &mut Caller<'_, T>,
                arguments: &mut dyn FnMut() -> u32,
            ) -> Result<Ret::Values, Trap> {
                self(caller, $($name::load(arguments)),*).into_result()
            }
        }
    };
}

for_each_arity!(host_func);

/// The words of a call: arguments to be read in order, then results to be written in order, some of them to the same
/// place.
pub struct Frame<'w> {
    words: &'w mut [u32],
    overflow: &'w mut [u32],
    read: usize,
    written: usize,
}

impl Frame<'_> {
    /// The next argument, which is of type `ty`. Behind the last there are zeros.
    pub fn argument(&mut self, ty: ValType) -> Val {
        Val::load(ty, &mut || self.read())
    }

    /// Adds a result. All arguments must have been read.
    pub fn result(&mut self, value: Val) {
        value.store(&mut |word| self.write(word));
    }

    // Out of line, as is `write`: every host function has both.
    #[inline(never)]
    fn read(&mut self) -> u32 {
        let word = self.words.get(self.read).copied().unwrap_or(0);
        self.read += 1;
        word
    }

    /// The first [`IN_PLACE_WORDS`] go back to the front of the argument words.
    #[inline(never)]
    fn write(&mut self, word: u32) {
        let place = match self.written.checked_sub(IN_PLACE_WORDS) {
            None => self.words.get_mut(self.written),
            Some(index) => self.overflow.get_mut(index),
        };
        if let Some(place) = place {
            *place = word;
        }
        self.written += 1;
    }
}

/// What carries out a host function whose type is known at run time only. The number is the one that it was defined
/// with.
pub type DynamicCall<T> = fn(&mut Caller<'_, T>, usize, &mut Frame<'_>) -> Result<(), Trap>;

/// A named host function.
pub struct HostFunction<T> {
    module: &'static str,
    name: &'static str,
    ty: HostType,
    data: usize,
    call: DynamicCall<T>,
}

impl<T> HostFunction<T> {
    /// `func` as `module.name`. It captures nothing; what it needs lies in the instance's state.
    pub fn new<M, F: HostFunc<T, M>>(module: &'static str, name: &'static str, func: F) -> Self {
        let _ = func;
        HostFunction { module, name, ty: F::TYPE, data: 0, call: typed::<T, M, F> }
    }

    /// A function of type `ty`, for hosts that are not written in Rust: `call` reads as many arguments and writes as many
    /// results as it says. `data` tells apart the functions that share one `call`.
    pub fn dynamic(module: &'static str, name: &'static str, ty: HostType, data: usize, call: DynamicCall<T>) -> Self {
        HostFunction { module, name, ty, data, call }
    }

    /// Its type.
    pub fn ty(&self) -> HostType {
        self.ty
    }
}

impl<T> Clone for HostFunction<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for HostFunction<T> {}

/// The value of a type that has only one.
fn only_value<F: Copy>() -> F {
    const { assert!(size_of::<F>() == 0, "a host function must not capture anything: keep its data in the state T") };
    // SAFETY: a type of size 0 has no bytes that could be invalid. One value of it was given to `Linker::func`, the
    // only caller's caller, so the type is inhabited, and `Copy` allows another.
    unsafe { core::mem::zeroed() }
}

fn typed<T, M, F: HostFunc<T, M>>(caller: &mut Caller<'_, T>, _: usize, frame: &mut Frame<'_>) -> Result<(), Trap> {
    // There are as many words as the signature says, which was compared with F's at link time.
    let results = only_value::<F>().invoke(caller, &mut || frame.read())?;
    results.store(&mut |word| frame.write(word));
    Ok(())
}

/// Host functions, wherever they are kept: those of a [`Linker`], or a slice.
pub struct HostFunctions<'f, T> {
    pub(crate) definitions: &'f [Option<HostFunction<T>>],
    pub(crate) stub_missing: bool,
}

impl<T> Clone for HostFunctions<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for HostFunctions<'_, T> {}

impl<'f, T> From<&'f [Option<HostFunction<T>>]> for HostFunctions<'f, T> {
    fn from(definitions: &'f [Option<HostFunction<T>>]) -> Self {
        HostFunctions { definitions, stub_missing: false }
    }
}

impl<'f, T, const N: usize> From<&'f Linker<T, N>> for HostFunctions<'f, T> {
    fn from(linker: &'f Linker<T, N>) -> Self {
        HostFunctions { definitions: &linker.definitions, stub_missing: linker.stub_missing }
    }
}

impl<T> HostFunctions<'_, T> {
    /// Index and type of the function of an import's name.
    pub(crate) fn find(&self, import: &Import<'_>) -> Option<(u32, HostType)> {
        self.find_named(import.module, import.name)
    }

    pub(crate) fn find_named(&self, module: &str, name: &str) -> Option<(u32, HostType)> {
        let place = self
            .definitions
            .iter()
            .enumerate()
            .find_map(|(i, d)| Some((i, d.as_ref()?)).filter(|(_, d)| d.module == module && d.name == name));
        place.map(|(i, d)| (i as u32, d.ty))
    }

    /// Calls function `index` for another engine than compiled code, with values of exactly its type. Returns whether the
    /// results come later.
    ///
    /// # Errors
    /// What the function returns.
    #[cfg(feature = "interpreter")]
    pub(crate) fn call(
        &self,
        index: u32,
        state: &mut T,
        memory: &mut [u8],
        arguments: &[Val],
        results: &mut [Val],
    ) -> Result<bool, Trap> {
        let definition = self.definitions.get(index as usize).and_then(Option::as_ref).ok_or(Trap::host())?;
        let (mut words, mut overflow) = ([0; MAX_RESULT_OVERFLOW], [0; MAX_RESULT_OVERFLOW]);
        let mut index = 0;
        for argument in arguments {
            argument.store(&mut |word| {
                if let Some(place) = words.get_mut(index) {
                    *place = word;
                }
                index += 1;
            });
        }
        let mut frame = Frame { words: &mut words, overflow: &mut overflow, read: 0, written: 0 };
        let mut caller = Caller { state, memory, suspend: false };
        (definition.call)(&mut caller, definition.data, &mut frame)?;
        let suspend = caller.suspend;
        let (in_place, behind) = (words.iter().take(IN_PLACE_WORDS), overflow.iter());
        let mut words = in_place.chain(behind).copied();
        for (result, ty) in results.iter_mut().zip(definition.ty.results) {
            *result = Val::load(*ty, &mut || words.next().unwrap_or(0));
        }
        Ok(suspend)
    }
}

/// Host functions for instances with state `T`, at most `N` of them.
pub struct Linker<T, const N: usize> {
    definitions: [Option<HostFunction<T>>; N],
    stub_missing: bool,
}

impl<T, const N: usize> Default for Linker<T, N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T, const N: usize> Linker<T, N> {
    /// Provides nothing.
    pub const fn new() -> Self {
        Linker { definitions: [None; N], stub_missing: false }
    }

    /// Provides `func` as `module.name`, instead of what had that name before.
    ///
    /// `func` captures nothing; what it needs lies in the instance's state. Returns whether there was room for it.
    #[must_use = "false: the linker's N is too small"]
    pub fn func<M, F: HostFunc<T, M>>(&mut self, module: &'static str, name: &'static str, func: F) -> bool {
        let same = |d: &Option<HostFunction<T>>| d.is_some_and(|d| d.module == module && d.name == name);
        let place = self.definitions.iter().position(same).or(self.definitions.iter().position(Option::is_none));
        match place.and_then(|place| self.definitions.get_mut(place)) {
            Some(place) => {
                *place = Some(HostFunction::new(module, name, func));
                true
            }
            None => false,
        }
    }

    /// Whether imports that nothing provides are replaced by stubs that return zeros and count their calls.
    pub fn stub_missing(&mut self, stub: bool) {
        self.stub_missing = stub;
    }

    /// Whether it provides anything as `module.…`.
    pub fn has_module(&self, module: &str) -> bool {
        self.definitions.iter().flatten().any(|definition| definition.module == module)
    }

    /// Whether it provides an import from `module` that a manifest lists, as a function of exactly its type.
    pub fn provides(&self, module: &str, import: &WantedImport<'_>) -> bool {
        self.definitions.iter().flatten().any(|definition| {
            let HostType { params, results } = definition.ty;
            definition.module == module && definition.name == import.name && import.is_function(params, results)
        })
    }

    /// The imports that no host function is provided for.
    pub fn missing<'a>(&self, content: &Content<'a>) -> impl Iterator<Item = Import<'a>> + use<'_, 'a, T, N> {
        let functions = HostFunctions::from(self);
        let is_missing = move |import: &Import<'_>| match import.ty {
            ImportType::Func { .. } => functions.find(import).is_none(),
            _ => true,
        };
        content.imports().iter().filter(is_missing)
    }

    /// Checks that each import of the module is a function provided with its exact type.
    ///
    /// # Errors
    /// [`LinkError`]; a missing function is none if they are stubbed.
    pub fn check<'a>(&self, content: &Content<'a>) -> Result<(), LinkError<'a>>
    where
        T: 'a,
    {
        link::check(self.into(), content)
    }
}

/// Import table: a stub, with the number of its calls in the other bits. Otherwise the index of a definition.
pub(crate) const STUB: u32 = 1 << 31;

/// Carries out import `index` of the instance in slot `caller`: see [`arch::Host::call`](crate::arch::Host::call). Returns
/// whether the results come later.
pub(crate) fn call_import<T>(
    slots: &mut [Slot<'_, T>],
    caller: usize,
    state: &mut T,
    index: u32,
    words: &mut [u32],
    result_words: usize,
) -> Result<bool, Trap> {
    let entry = entry_mut(slots, caller).ok_or(Trap::host())?;
    let import = entry.import(index);
    if import & STUB != 0 {
        entry.set_import(index, import.saturating_add(1));
        words.iter_mut().take(IN_PLACE_WORDS).for_each(|w| *w = 0);
        (IN_PLACE_WORDS..result_words).for_each(|i| entry.set_result(i - IN_PLACE_WORDS, 0));
        return Ok(false);
    }
    let definition = entry.definitions.get(import as usize).and_then(Option::as_ref).ok_or(Trap::host())?;
    // The import table lies in the arena, where contained code that does not keep to its checks can write.
    #[cfg(feature = "containment")]
    if !entry.content.imports().get(index).is_some_and(|i| i.module == definition.module && i.name == definition.name) {
        return Err(crate::TrapKind::ContainmentViolation.into());
    }
    // Results that do not come back in place wait here until the borrow of the memory ends.
    let mut overflow = [0; MAX_RESULT_OVERFLOW];
    let mut caller_view = Caller { state, memory: memory_of(slots, caller), suspend: false };
    let mut frame = Frame { words, overflow: &mut overflow, read: 0, written: 0 };
    (definition.call)(&mut caller_view, definition.data, &mut frame)?;
    let suspend = caller_view.suspend;
    let count = result_words.saturating_sub(IN_PLACE_WORDS).min(MAX_RESULT_OVERFLOW);
    if let Some(entry) = entry_mut(slots, caller) {
        overflow.iter().take(count).enumerate().for_each(|(i, &word)| entry.set_result(i, word));
    }
    Ok(suspend)
}

/// Twelve results of two words each, none of them in place.
const MAX_RESULT_OVERFLOW: usize = 24;
