//! Where the host's world ends: entering guest code, leaving it, and stopping it.
//!
//! The guest runs on its own stack; the host's stack stays as [`enter`] or [`resume`] left it, with an *entry frame*
//! on top: the host's callee-saved registers and, at its lowest word, the address of the [`Activation`]. One guest stack
//! serves all instances of a store, which may call each other without the host noticing. There are
//! four ways back to the host, and each ends by unwinding the newest entry frame:
//!
//! | | |
//! |---|---|
//! | return | the guest's function returns into `enter`'s code |
//! | trap | a trap stub jumps to `trap_exit` |
//! | host call | an import thunk jumps to `host_gate`, which calls [`Host::call`] on the host's stack; back to the guest, or out as a trap |
//! | preemption | an interrupt handler called [`request_preemption`]; the whole context is saved on the guest's stack, or in the activation if guests are contained |
//! | suspension | a host function's results come later: a preemption in the gate, before it loads them from the guest's stack |
//!
//! No Rust frame is ever skipped: below the entry frame only the gate's dispatcher runs, and it has returned before
//! the gate leaves. A host function may enter another instance; such entries nest and end one at a time.
//!
//! # The one static
//! An interrupt handler knows nothing of instances, so the wish to preempt is one flag, [`REQUEST`]; with the feature
//! `linux` one a thread.
//! Which guest was interrupted needs no static: the newest entry frame lies at the host's sp (Cortex-M: MSP; RISC-V:
//! mscratch) exactly when the guest's stack is in use, and names the activation.

#[cfg(all(target_arch = "riscv32", target_os = "none"))]
#[path = "rv32.rs"]
mod imp;

#[cfg(all(target_arch = "arm", target_os = "none"))]
#[path = "thumb2.rs"]
mod imp;

#[cfg(all(any(target_arch = "aarch64", target_arch = "riscv64", target_arch = "x86_64"), target_os = "linux"))]
mod process;

#[cfg(all(target_arch = "aarch64", target_os = "linux"))]
#[path = "aarch64.rs"]
mod imp;

#[cfg(all(target_arch = "riscv64", target_os = "linux"))]
#[path = "riscv64.rs"]
mod imp;

#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
#[path = "x86_64.rs"]
mod imp;

#[cfg(not(any(
    all(any(target_arch = "riscv32", target_arch = "arm"), target_os = "none"),
    all(any(target_arch = "aarch64", target_arch = "riscv64", target_arch = "x86_64"), target_os = "linux"),
)))]
#[path = "host.rs"]
mod imp;

#[cfg(any(test, all(target_arch = "riscv32", target_os = "none")))]
#[path = "rv32/misaligned.rs"]
mod misaligned;

#[cfg(any(test, feature = "containment"))]
pub(crate) mod containment;
#[cfg(feature = "linux")]
pub(crate) mod interrupted;
/// Their arithmetic, where it can be tested.
#[cfg(test)]
#[path = "thumb2/mpu.rs"]
mod mpu;
#[cfg(test)]
#[path = "rv32/pmp.rs"]
mod pmp;

use core::mem::transmute;
use core::num::NonZeroUsize;
#[cfg(not(feature = "linux"))]
use core::sync::atomic::AtomicU32;
use core::sync::atomic::Ordering;

use sandgrain_abi::layout::StoreField;
use sandgrain_abi::{Target, TrapKind};

#[cfg(feature = "linux")]
use crate::linux::signals;
use crate::store::Stack;

#[cfg(feature = "containment")]
pub(crate) use imp::Regions;
pub(crate) use imp::{CODE_BIT, PREEMPTS, STACK_ALIGN, may_enter};

/// Whether this build has the engine for code for `target`. A build can be right for several: which part it is on, and
/// what else that part has, the board knows.
pub(crate) const fn runs(target: Target) -> bool {
    let mut i = 0;
    while i < imp::TARGETS.len() {
        if imp::TARGETS[i] as u8 == target as u8 {
            return true;
        }
        i += 1;
    }
    false
}

#[cfg(all(target_arch = "riscv32", target_os = "none"))]
pub use imp::{TrapHandler, install_trap_entry};

/// Bytes of a word of headers and of whatever else compiled code finds addresses in.
pub(crate) const POINTER_BYTES: u32 = size_of::<usize>() as u32;

/// Argument and result words that travel in the activation: a0–a7 or r0–r3, none on 64-bit parts.
pub(crate) const REGISTER_WORDS: usize = imp::REGISTER_WORDS;

/// Result words that come back where the first argument words were, in the activation or in memory; the others come
/// through the instance's result area. On 64-bit parts there are no others.
pub(crate) const IN_PLACE_WORDS: usize = if POINTER_BYTES == 8 { usize::MAX } else { REGISTER_WORDS };

/// Bytes of stack for the words of a call from or to the host that do not travel in registers.
pub(crate) const fn stack_bytes(params: usize, results: usize) -> usize {
    let in_place = if results < IN_PLACE_WORDS { results } else { IN_PLACE_WORDS };
    let words = if params > in_place { params } else { in_place };
    (words.saturating_sub(REGISTER_WORDS) * 4).next_multiple_of(STACK_ALIGN)
}

/// Bytes below the stack limit that code may use without a check.
pub(crate) const STACK_RESERVE: u32 = match imp::TARGETS {
    [target, ..] => target.stack_reserve(),
    [] => sandgrain_abi::STACK_RESERVE,
};

#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
pub use imp::cpu_features;

/// CPU features of this part beyond those of its whole family: none where no code asks for any.
#[cfg(not(all(target_arch = "x86_64", target_os = "linux")))]
pub const fn cpu_features() -> sandgrain_artifact::CpuFeatures {
    sandgrain_artifact::CpuFeatures::NONE
}

/// Non-zero: an interrupt handler wants the guest stopped. Set by [`request_preemption`], cleared on entry.
#[cfg(not(feature = "linux"))]
static REQUEST: AtomicU32 = AtomicU32::new(0);
/// The same, for each thread.
#[cfg(feature = "linux")]
static REQUEST: ThreadRequest = ThreadRequest;

#[cfg(feature = "linux")]
struct ThreadRequest;

#[cfg(feature = "linux")]
impl ThreadRequest {
    fn store(&self, request: u32, _: Ordering) {
        signals::set_request(request != 0);
    }

    fn load(&self, _: Ordering) -> u32 {
        signals::is_requested().into()
    }
}

/// Asks the running guest to give way: its [`resume`](crate::Instance::resume) returns
/// [`Preempted`](crate::Outcome::Preempted) as soon as no interrupt handler and no host function runs on top of it.
///
/// For interrupt handlers (a time slice is over, a task of the host became ready); harmless anywhere else. A request
/// made while no guest runs is forgotten when the next one is entered. With the feature `linux` it is the guest of the
/// thread that this is called in, which gives way when a host function or a bulk operation is over; the alarm of a
/// `GuestThread` interrupts it anywhere.
pub fn request_preemption() {
    REQUEST.store(1, Ordering::Relaxed);
    imp::signal();
}

/// Whether a preemption was asked for that no guest has obeyed yet.
pub fn preemption_requested() -> bool {
    REQUEST.load(Ordering::Relaxed) != 0
}

/// Forgets a request that was made while no guest ran, for a guest that is about to.
#[cfg(feature = "interpreter")]
pub(crate) fn forget_request() {
    REQUEST.store(0, Ordering::Relaxed);
}

/// How guest code came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Result words are in [`Activation::registers`] and the instance's result area.
    Returned,
    /// Kind, site and instance are in the store's `exit_kind`, `exit_pc` and `exit_instance`.
    Trapped,
    /// The activation knows where the context is saved; [`resume`] continues it.
    Preempted,
}

const RETURNED: u32 = 0;
const TRAPPED: u32 = 1;
const PREEMPTED: u32 = 2;

/// Dispatcher to gate: leave through the entry frame. Otherwise the low half is the number of bytes to pop.
const GATE_TRAP: u32 = 1 << 31;
/// Dispatcher to gate: back in the guest's context, give way at once, before the results are loaded.
const GATE_PREEMPT: u32 = 1 << 30;

/// What the host side of a store offers to its guests. An instance is named by the address of its header.
pub(crate) trait Host {
    /// Words that [`call`](Self::call) reads or writes in place for import `index` of `instance`: the larger of its
    /// argument words and the result words that travel in registers. `None` if there is no such function.
    fn words(&self, instance: usize, index: u32) -> Option<usize>;

    /// Carries out import `index` of `instance`: arguments in `words`, result words that travel in registers back to its
    /// start, further result words to the instance's result area.
    fn call(&mut self, instance: usize, index: u32, words: &mut [u32]) -> Result<Served, TrapKind>;

    /// The instance in whose text an address lies.
    #[cfg(feature = "linux")]
    fn instance_at(&self, pc: usize) -> Option<usize>;
}

/// A host call that does not trap.
pub(crate) struct Served {
    /// Size of the stack argument area, in bytes, which the gate pops.
    pub pop: u32,
    /// Whether the results come later.
    pub suspend: bool,
}

/// A host call whose results come later.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Waiting {
    /// Address, in the guest's stack, of the result words that come back in place.
    pub words: NonZeroUsize,
    /// Which import of the instance in the store's `exit_instance`.
    pub index: u32,
}

/// One guest call in progress: what the assembly needs to enter it and to save it.
///
/// Holds no pointer into itself, so that an instance with a stopped call may be moved.
#[repr(C)]
pub(crate) struct Activation {
    /// Address of the store's header.
    pub store: usize,
    /// Address of the header of the instance to enter.
    pub header: usize,
    /// Address to enter at, including the bit that says "Thumb" where there is one.
    pub code: usize,
    /// Where the host has to enter functions of `code`'s type by a trampoline, that.
    #[cfg(target_pointer_width = "64")]
    pub trampoline: usize,
    /// Argument words on entry, result words on return.
    pub registers: [u32; REGISTER_WORDS],
    /// Set by a host call that suspends the guest.
    pub waiting: Option<Waiting>,
    host: Option<*mut dyn Host>,
    context: imp::Context,
    /// What the store's guests may reach.
    #[cfg(feature = "containment")]
    pub regions: imp::Regions,
    /// Where its stack lies, header excluded: the words of a host call are nowhere else.
    #[cfg(feature = "containment")]
    pub stack: core::ops::Range<usize>,
    /// The same, header included: a guard lies below.
    #[cfg(feature = "linux")]
    pub stack: core::ops::Range<usize>,
}

impl Activation {
    pub(crate) const fn new(store: usize) -> Self {
        Activation {
            store,
            header: 0,
            code: 0,
            #[cfg(target_pointer_width = "64")]
            trampoline: 0,
            registers: [0; REGISTER_WORDS],
            waiting: None,
            host: None,
            context: imp::Context::new(),
            #[cfg(feature = "containment")]
            regions: imp::Regions::none(),
            #[cfg(any(feature = "containment", feature = "linux"))]
            stack: 0..0,
        }
    }

    /// Address of the instruction that comes next when this is resumed; `word` reads the guest's stack. 0 on parts where a
    /// guest stops in the gate only.
    pub(crate) fn stopped_at(&self, word: impl Fn(usize) -> u32) -> usize {
        self.context.next_instruction(word)
    }

    /// Address in the guest's stack from where on callers are found, the link register's word first. It is
    /// written to `stack`, the guest's, whose call is over then. 0 on parts where a guest stops in the gate only.
    pub(crate) fn stopped_stack(&self, stack: &mut Stack<'_>) -> usize {
        self.context.stack(stack)
    }

    /// # Safety
    /// `store` is the address of a live store header that nothing else accesses during the call.
    unsafe fn run(&mut self, host: &mut dyn Host, run: unsafe extern "C" fn(*mut Activation) -> u32) -> Exit {
        // SAFETY: only forgets the lifetime of the trait object; the pointer is dropped before this function returns.
        let host: *mut (dyn Host + 'static) = unsafe { transmute::<*mut (dyn Host + '_), _>(host) };
        self.host = Some(host);
        // SAFETY: the caller runs privileged, and the unit is the runtime's where the feature is on; restored below.
        #[cfg(feature = "containment")]
        let outside = unsafe { self.regions.enforce() };
        let this: *mut Activation = self;
        // SAFETY: by contract, `store` points at a live header; the address was exposed when the store was laid out.
        #[cfg(target_pointer_width = "64")]
        unsafe {
            field(self.store, StoreField::runtime).write(this.expose_provenance());
        }
        REQUEST.store(0, Ordering::Relaxed);
        #[cfg(feature = "linux")]
        let around = signals::set_running(this);
        // SAFETY: passed on from the caller; `this` stays in place for the duration of the call.
        let status = unsafe { run(this) };
        #[cfg(feature = "linux")]
        signals::set_running(around);
        #[cfg(feature = "containment")]
        // SAFETY: as above.
        unsafe {
            outside.restore()
        };
        // SAFETY: as above.
        #[cfg(target_pointer_width = "64")]
        unsafe {
            field(self.store, StoreField::runtime).write(0);
        }
        self.host = None;
        #[cfg(feature = "linux")]
        if self.context.in_handler {
            signals::unblock_alarm();
        }
        match status {
            RETURNED => Exit::Returned,
            PREEMPTED => Exit::Preempted,
            _ => Exit::Trapped,
        }
    }

    /// Enters `code` with the argument words in `registers` and, at the store's `guest_sp`, on the stack.
    ///
    /// # Safety
    /// `store` and `header` are the addresses of a live store header and of the header of an instance in it, both
    /// initialised; nothing else accesses them, the other instances or the stack during the call. `code` is the entry of
    /// a function of verified code for this part, compiled for that instance's layout and for as many argument words;
    /// `guest_sp` is aligned to [`STACK_ALIGN`], inside the store's stack and above `stack_limit`. The caller runs in thread mode on the main stack (Cortex-M) or in
    /// machine mode with the board's the runtime's trap entry installed (RISC-V); [`may_enter`] says that no handler and no critical section is active.
    pub(crate) unsafe fn enter(&mut self, host: &mut dyn Host) -> Exit {
        #[cfg(feature = "linux")]
        {
            self.context.in_handler = false;
        }
        // SAFETY: passed on to the caller.
        unsafe { self.run(host, imp::enter) }
    }

    /// Continues after [`Exit::Preempted`].
    ///
    /// # Safety
    /// As for [`enter`](Self::enter); the activation's last exit was `Preempted`.
    pub(crate) unsafe fn resume(&mut self, host: &mut dyn Host) -> Exit {
        #[cfg(feature = "linux")]
        if self.context.in_handler {
            signals::note_mask();
            self.context.in_handler = false;
        }
        // SAFETY: passed on to the caller.
        unsafe { self.run(host, imp::resume) }
    }
}

/// Where a helper may have its guest give way: at the end of what takes long, or in the middle. Where interrupts stop
/// helpers, too, there is nothing to do.
#[inline(always)]
pub(crate) fn give_way() {
    #[cfg(feature = "linux")]
    interrupted::give_way_if_requested();
}

/// Place of a field of the store header at address `store`.
fn field(store: usize, field: StoreField) -> *mut usize {
    core::ptr::with_exposed_provenance_mut(store + field.offset(POINTER_BYTES) as usize)
}

/// Addresses that the header of every instance holds.
pub(crate) fn gate_address() -> usize {
    imp::gate as *const () as usize
}

/// See [`gate_address`].
pub(crate) fn trap_exit_address() -> usize {
    imp::trap_exit as *const () as usize
}

/// Whether `bytes` bytes of whole words at `address` lie in `range`.
#[cfg(feature = "containment")]
fn holds(range: &core::ops::Range<usize>, address: usize, bytes: usize) -> bool {
    let room = range.end.checked_sub(address);
    address.is_multiple_of(4) && address >= range.start && room.is_some_and(|room| bytes <= room)
}

/// Words that [`copy_blocks`] and [`fill_blocks`] go on by.
pub(crate) const BLOCK_WORDS: usize = 8;

/// Copies `blocks` of [`BLOCK_WORDS`] words, at least one, from the front to the end: several words by one instruction
/// where there is one for that, and few instructions beside them where not. Inlined, so that it lies where its callers do.
///
/// # Safety
/// So many words at `src` are readable and at `dst` writable; `dst` is no address behind `src` and within them.
#[inline(always)]
pub(crate) unsafe fn copy_blocks(dst: *mut u32, src: *const u32, blocks: usize) {
    #[cfg(target_os = "none")]
    // SAFETY: passed on to the caller.
    unsafe {
        imp::copy_blocks(dst, src, blocks);
    }
    #[cfg(not(target_os = "none"))]
    // SAFETY: passed on to the caller.
    unsafe {
        core::ptr::copy(src, dst, blocks * BLOCK_WORDS);
    }
}

/// Fills as many words with `word`, at least one block.
///
/// # Safety
/// So many words at `dst` are writable.
#[inline(always)]
pub(crate) unsafe fn fill_blocks(dst: *mut u32, word: u32, blocks: usize) {
    #[cfg(target_os = "none")]
    // SAFETY: passed on to the caller.
    unsafe {
        imp::fill_blocks(dst, word, blocks);
    }
    #[cfg(not(target_os = "none"))]
    // SAFETY: passed on to the caller.
    unsafe {
        core::slice::from_raw_parts_mut(dst, blocks * BLOCK_WORDS).fill(word);
    }
}

/// The gate's Rust half, on the host's stack. Returns bytes to pop, perhaps with [`GATE_PREEMPT`], or [`GATE_TRAP`].
///
/// # Safety
/// Only the gate calls it: `activation` is the one that entered the guest, `words` the guest's argument words; the
/// store's `exit_instance` and `exit_pc` say which instance calls and from where.
#[cfg_attr(not(target_os = "none"), allow(dead_code))]
unsafe extern "C" fn dispatch(activation: *mut Activation, index: u32, words: *mut u32) -> u32 {
    // SAFETY: the gate has it from the entry frame, or from the store's `runtime`: what `run` was called for and is still in,
    // and its `host` is set.
    let (host, store) = unsafe { ((*activation).host, (*activation).store) };
    // SAFETY: `store` is live while a guest of it is entered.
    let instance = unsafe { field(store, StoreField::exit_instance).read() };
    // What faults or is interrupted here is no guest.
    #[cfg(feature = "linux")]
    signals::set_running(core::ptr::null_mut());
    let outcome = host.map_or(Err(TrapKind::HostError), |host| {
        // SAFETY: `run` holds the exclusive borrow behind this pointer and does not use it while the guest is entered;
        // a guest is entered at most once at a time, so no other reference exists.
        let host = unsafe { &mut *host };
        let len = host.words(instance, index).ok_or(TrapKind::HostError)?;
        #[cfg(feature = "containment")]
        // SAFETY: as for `host` above.
        if !holds(unsafe { &(*activation).stack }, words.addr(), len * 4) {
            return Err(TrapKind::ContainmentViolation);
        }
        // SAFETY: the gate laid the argument words out contiguously from `words`: all register words, then the stack
        // words that the guest's caller pushed for this import's signature. Only the gate and the host use them now.
        let words = unsafe { core::slice::from_raw_parts_mut(words, len) };
        host.call(instance, index, words)
    });
    #[cfg(feature = "linux")]
    signals::set_running(activation);
    match outcome {
        Ok(Served { pop, suspend }) => {
            if suspend {
                let waiting = NonZeroUsize::new(words.expose_provenance()).map(|words| Waiting { words, index });
                // SAFETY: as above; nobody else looks at the activation before the guest has given way.
                unsafe { (*activation).waiting = waiting };
            }
            if suspend || preemption_requested() { pop | GATE_PREEMPT } else { pop }
        }
        Err(kind) => {
            // SAFETY: as above.
            unsafe { field(store, StoreField::exit_kind).write(kind as usize) };
            GATE_TRAP
        }
    }
}
