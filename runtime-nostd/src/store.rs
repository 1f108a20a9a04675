//! Instances that share a stack and may share functions, memories, tables and globals.

use core::ops::{Deref, DerefMut};

use sandgrain_abi::layout::StoreField;
use sandgrain_artifact::{Extern, FuncType, GlobalType, Import, ImportType};

use crate::arch::{Activation, POINTER_BYTES, STACK_RESERVE};
use crate::call::Progress;
use crate::entry::Entry;
use crate::host::GuestMemory;
use crate::limits::STACK;
use crate::memory::{self, Arena};
use crate::trap::{CallError, InstantiateError};
use crate::value::Val;

/// An instance in the [`Store`] that has made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct InstanceId(pub(crate) u32);

impl InstanceId {
    /// Its number: they count from 0 in the order of instantiation.
    pub const fn index(self) -> u32 {
        self.0
    }
}

/// Up to `N` instances with host state `T`. All that can be done with them is in [`Instances`], to which it dereferences.
///
/// The instances live as long as the store: what one has put into a table or memory of another stays valid.
pub struct Store<'a, T, const N: usize>(Instances<'a, T, [Slot<'a, T>; N]>);

/// Room for an instance, and for a name that one is registered under.
pub struct Slot<'a, T> {
    pub(crate) entry: Option<Entry<'a, T>>,
    pub(crate) name: Option<(&'a str, InstanceId)>,
}

/// The instances of a [`Store`], however many there is room for.
///
/// One call at a time in all of them: [`start_call`](Self::start_call) prepares one, [`resume`](Self::resume) runs it
/// until it ends or an interrupt handler asked for the processor ([`request_preemption`](crate::request_preemption)).
/// [`call`](Self::call) does both, and goes on until the end. A number that is of no instance here is like an unknown name.
pub struct Instances<'a, T, S: ?Sized = [Slot<'a, T>]> {
    pub(crate) stack: Stack<'a>,
    pub(crate) activation: Activation,
    pub(crate) progress: Progress,
    pub(crate) preemptions: u32,
    pub(crate) state: T,
    pub(crate) slots: S,
}

impl<'a, T, const N: usize> Store<'a, T, N> {
    /// A store without instances, which will run guests on a stack in `memory`: bytes for a header, for
    /// [`Target::stack_reserve`](sandgrain_abi::Target::stack_reserve), for the guests' frames and for the words of one
    /// call.
    ///
    /// # Errors
    /// [`InstantiateError::Stack`] if there is no room for any frame.
    pub fn new(memory: &'a mut [u8], state: T) -> Result<Self, InstantiateError<'a>> {
        Stack::new(memory).map(|stack| Store::on(stack, state))
    }

    /// A store without instances. Unlike [`new`](Self::new) it cannot fail, so that it is made where it stays.
    pub(crate) fn on(stack: Stack<'a>, state: T) -> Self {
        const { assert!(N <= u16::MAX as usize, "a call in progress names slots by 16 bits") };
        #[cfg_attr(not(feature = "linux"), allow(unused_mut))]
        let mut activation = Activation::new(stack.address());
        #[cfg(feature = "linux")]
        {
            activation.stack = stack.range();
        }
        Store(Instances {
            activation,
            stack,
            progress: Progress::Idle,
            preemptions: 0,
            state,
            slots: [const { Slot { entry: None, name: None } }; N],
        })
    }
}

impl<'a, T, const N: usize> Deref for Store<'a, T, N> {
    type Target = Instances<'a, T>;

    fn deref(&self) -> &Instances<'a, T> {
        &self.0
    }
}

impl<'a, T, const N: usize> DerefMut for Store<'a, T, N> {
    fn deref_mut(&mut self) -> &mut Instances<'a, T> {
        &mut self.0
    }
}

/// Store header and guest stack.
pub(crate) struct Stack<'a> {
    arena: Arena<'a>,
}

impl<'a> Stack<'a> {
    pub(crate) fn new(memory: &'a mut [u8]) -> Result<Self, InstantiateError<'a>> {
        let bytes = memory::align(memory);
        let found = bytes.len();
        let needed = STACK + STACK_RESERVE as usize;
        if found < needed {
            return Err(InstantiateError::Stack { needed: needed as u64, found });
        }
        bytes[..STACK].fill(0);
        Ok(Stack { arena: Arena::new(bytes) })
    }

    /// Address of the header, as it is written in arenas.
    pub(crate) fn address(&self) -> usize {
        self.arena.address(0)
    }

    /// Bytes in all.
    pub(crate) fn len(&self) -> usize {
        self.arena.len()
    }

    /// The addresses of header and stack.
    #[cfg(any(feature = "containment", feature = "linux"))]
    pub(crate) fn range(&self) -> core::ops::Range<usize> {
        self.arena.range()
    }

    /// Lowest value that sp may have when a function is entered.
    pub(crate) fn limit(&self) -> usize {
        self.arena.address(STACK + STACK_RESERVE as usize)
    }

    fn top(&self) -> usize {
        self.arena.len() & !15
    }

    pub(crate) fn field(&self, field: StoreField) -> usize {
        self.arena.pointer(field.offset(POINTER_BYTES) as usize)
    }

    pub(crate) fn set_field(&mut self, field: StoreField, value: usize) {
        self.arena.set_pointer(field.offset(POINTER_BYTES) as usize, value);
    }

    /// Empties the stack but for `bytes` of words of a call, and returns what writes them by their index; `None` without
    /// room for them.
    pub(crate) fn reset(&mut self, bytes: usize) -> Option<impl FnMut(usize, u32)> {
        let sp = self.top().checked_sub(bytes).filter(|&sp| sp >= STACK + STACK_RESERVE as usize)?;
        let address = self.arena.address(sp);
        self.set_field(StoreField::guest_sp, address);
        Some(move |index: usize, word| self.arena.set_word(sp + index * 4, word))
    }

    /// Bytes from an address in the stack up to its end; 0 outside.
    pub(crate) fn bytes_from(&self, address: usize) -> usize {
        self.arena.offset(address).map_or(0, |offset| self.top().saturating_sub(offset))
    }

    /// The address at an address; 0 outside of the stack.
    pub(crate) fn pointer_at(&self, address: usize) -> usize {
        self.arena.offset(address).map_or(0, |offset| self.arena.pointer(offset))
    }

    /// The word at an address; 0 outside of the stack.
    pub(crate) fn word_at(&self, address: usize) -> u32 {
        self.arena.offset(address).map_or(0, |offset| self.arena.word(offset))
    }

    /// Writes the word at an address; nothing outside of the stack.
    pub(crate) fn set_word_at(&mut self, address: usize, word: u32) {
        if let Some(offset) = self.arena.offset(address) {
            self.arena.set_word(offset, word);
        }
    }

    /// Word `index` of the `bytes` that [`reset`](Self::reset) has left.
    pub(crate) fn word(&self, bytes: usize, index: usize) -> u32 {
        self.arena.word(self.top().saturating_sub(bytes) + index * 4)
    }

    pub(crate) fn paint(&mut self) {
        self.arena.paint(STACK..self.top());
    }

    /// Bytes written since [`paint`](Self::paint).
    pub(crate) fn used(&self) -> u32 {
        let top = self.top();
        self.arena.first_unpainted(STACK..top).map_or(0, |lowest| (top - lowest) as u32)
    }
}

/// The entry whose header is at `address`.
pub(crate) fn by_address<T>(slots: &[Slot<'_, T>], address: usize) -> Option<usize> {
    slots.iter().position(|slot| slot.entry.as_ref().is_some_and(|entry| entry.address() == address))
}

/// The entry in whose state `address` lies, and its offset from that instance's register.
pub(crate) fn by_place<T>(slots: &[Slot<'_, T>], address: usize) -> Option<(usize, u32)> {
    slots.iter().enumerate().find_map(|(i, slot)| {
        let entry = slot.entry.as_ref()?;
        Some((i, entry.arena.offset(address)?.checked_sub(entry.header)? as u32))
    })
}

/// The entry in slot `index`.
pub(crate) fn entry_mut<'s, 'a, T>(slots: &'s mut [Slot<'a, T>], index: usize) -> Option<&'s mut Entry<'a, T>> {
    slots.get_mut(index)?.entry.as_mut()
}

/// The first memory that instance `index` uses, its own or an imported one.
pub(crate) fn memory_of<'s, T>(slots: &'s mut [Slot<'_, T>], index: usize) -> &'s mut [u8] {
    let definition = slots.get(index).and_then(|slot| slot.entry.as_ref()).map_or(0, |entry| entry.memory);
    let Some((owner, offset)) = by_place(slots, definition) else { return &mut [] };
    match entry_mut(slots, owner) {
        Some(entry) => entry.memory_at(offset),
        None => &mut [],
    }
}

impl<'a, T> Instances<'a, T> {
    pub(crate) fn entry(&self, id: InstanceId) -> Option<&Entry<'a, T>> {
        self.slots.get(id.0 as usize)?.entry.as_ref()
    }

    /// Makes what `id` exports importable as `name` by instances to come, instead of what had that name before. Returns
    /// whether there was room for one more name, of which there may be as many as instances.
    #[must_use = "false: the store's N is too small"]
    pub fn register(&mut self, name: &'a str, id: InstanceId) -> bool {
        let names = || self.slots.iter().map(|slot| slot.name);
        let same = names().position(|known| known.is_some_and(|(known, _)| known == name));
        match same.or(names().position(|known| known.is_none())).and_then(|place| self.slots.get_mut(place)) {
            Some(slot) => {
                slot.name = Some((name, id));
                true
            }
            None => false,
        }
    }

    /// Value of an exported global. `None` if there is none of this name.
    pub fn global(&self, id: InstanceId, name: &str) -> Option<Val> {
        let entry = self.entry(id)?;
        let (owner, offset, ty) = match entry.content.find_export(name)? {
            Extern::Constant { bits, ty } => return Some(Val::from_bits(ty, bits)),
            Extern::Global { offset, ty } => (entry, offset, ty.ty),
            Extern::Imported(index) => {
                let import = entry.content.imports().get(index.0)?;
                match import.ty {
                    ImportType::Global(GlobalType { ty, mutable: false }) => (entry, import.slot, ty),
                    ImportType::Global(GlobalType { ty, mutable: true }) => {
                        let (owner, offset) = by_place(&self.slots, entry.pointer(import.slot))?;
                        (self.slots.get(owner)?.entry.as_ref()?, offset, ty)
                    }
                    _ => return None,
                }
            }
            _ => return None,
        };
        Some(Val::from_bits(ty, owner.value(offset, ty.bytes(POINTER_BYTES))))
    }

    /// The first linear memory that an instance uses, its own or an imported one, between calls; of length 0 if there is
    /// none.
    pub fn memory(&mut self, id: InstanceId) -> GuestMemory<'_> {
        GuestMemory::new(memory_of(&mut self.slots, id.0 as usize))
    }

    /// The state given to [`Store::new`].
    pub fn state(&mut self) -> &mut T {
        &mut self.state
    }

    /// How often calls gave way since the store was made; wraps.
    pub fn preemptions(&self) -> u32 {
        self.preemptions
    }

    /// What is left of the fuel that metered code of any instance here uses up; code that was compiled without metering
    /// uses none. An operator costs 1, but for those that only structure code; a block is paid for on entry, and bulk
    /// operations 1 for 64 bytes on top. What runs out ends with [`TrapKind::OutOfFuel`](crate::TrapKind::OutOfFuel) and
    /// leaves what did not suffice.
    pub fn fuel(&self) -> u32 {
        self.stack.field(StoreField::fuel) as u32
    }

    /// Sets what [`fuel`](Self::fuel) says, between calls or while one is stopped.
    pub fn set_fuel(&mut self, fuel: u32) {
        self.stack.set_field(StoreField::fuel, fuel as usize);
    }

    /// Type of an exported function.
    pub fn function_type(&self, id: InstanceId, name: &str) -> Option<FuncType<'a>> {
        self.function(id, name).map(|function| function.ty)
    }

    /// Fills the stack with a pattern, for [`stack_used`](Self::stack_used).
    ///
    /// # Errors
    /// [`CallError::Busy`]: the call in progress has its frames there.
    pub fn paint_stack(&mut self) -> Result<(), CallError> {
        if self.is_busy() {
            return Err(CallError::Busy);
        }
        self.stack.paint();
        Ok(())
    }

    /// Most bytes of stack, the gate's and interrupt frames included, that any call has used since
    /// [`paint_stack`](Self::paint_stack); all of it before.
    pub fn stack_used(&self) -> u32 {
        self.stack.used()
    }

    /// Bytes of an instance in front of its first memory: import table, header, state. 0 if there is no such instance.
    pub fn instance_bytes(&self, id: InstanceId) -> usize {
        self.entry(id).map_or(0, |entry| entry.header + entry.content.instance_bytes() as usize)
    }

    /// Bytes of an instance's arena and of the stack together.
    pub(crate) fn bytes(&self, id: InstanceId) -> usize {
        self.entry(id).map_or(0, |entry| entry.arena.len()) + self.stack.len()
    }

    /// The imports that were replaced by stubs, with the number of their calls.
    pub fn stub_calls(&self, id: InstanceId) -> impl Iterator<Item = (Import<'a>, u32)> + use<'_, 'a, T> {
        self.entry(id).into_iter().flat_map(Entry::stub_calls)
    }
}
