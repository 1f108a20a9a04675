#![no_std]
#![forbid(unsafe_code)]
//! The contract between compiled modules and the runtime, each fact defined once.
//!
//! The compiler takes its offsets and numbers from here, the runtime its structs. Whatever changes the
//! meaning of an existing artifact raises [`ABI_VERSION`]; a device refuses what it does not run by name.
//!
//! * [`target`]: what code may be compiled for, by stable id
//! * [`layout`]: the instance header that the pinned register points at, and what instances share
//! * [`helper`]: firmware functions that code may call, by stable index
//! * [`trap`]: why a module was stopped
//!
//! # Calling convention, version 2
//! A value travels as 32-bit words: i32, f32 and references are one word, i64 and f64 two (low, then high).
//!
//! | | RV32 | Thumb-2 |
//! |---|---|---|
//! | argument and result words in registers | a0–a7 | r0–r3 |
//! | instance register, pinned | s1 | r9 |
//! | callee-saved | s0, s2–s11 | r4–r8, r10, r11 |
//!
//! * Argument word `j` beyond the registers lies at `[sp + 4 * (j - N)]` on entry; the **callee** pops the area,
//!   whose size is rounded up to [`Target::stack_align`], so that tail calls need no adjustment by the caller.
//! * Result word `j` beyond the registers lies in the result area of the **called** function's instance at
//!   `4 * (j - N)`, and is read by the caller before anything else runs in that instance.
//! * A float travels as integer words on every part, f32 as one and f64 as two, low first, also where the part has float
//!   registers. So one entry path, one gate and one signature serve all parts, and a float that only passes through
//!   costs nothing; where it is computed with in hardware, each argument costs a move.
//! * Float registers, where there are any, are divided as AAPCS and ilp32f do: s0–s15, ft and fa are lost in a call,
//!   s16–s31 and fs are kept.
//! * On 64-bit parts Cranelift's convention `tail` holds. The instance register is x21 on AArch64; on the others the
//!   instance is the first argument.
//! * The instance register is the called function's instance. A call through a [`FuncRef`](layout::FuncRef) (an import,
//!   an element of a table) saves its own, loads the callee's and restores it afterwards; nothing else changes it.

pub mod helper;
pub mod layout;
pub mod target;
pub mod trap;

pub use helper::{Helper, HelperGroups};
pub use layout::InstanceHeader;
pub use target::{FloatUnit, Isa, Target};
pub use trap::TrapKind;

/// Version of everything in this crate, stored in each artifact.
pub const ABI_VERSION: u16 = 2;

/// Oldest version whose code this one runs. What only adds (a helper, a helper group, a kind of trap, a field that code
/// does not know) leaves [`ABI_VERSION`] as it is; what changes the meaning of existing code raises both, unless the runtime
/// goes on to serve the older meaning.
pub const OLDEST_ABI_VERSION: u16 = 2;

/// [`Target::stack_reserve`] of the 32-bit parts: the frame of one checked function of at most [`UNCHECKED_FRAME`] bytes,
/// one unchecked leaf, the deepest helper (some 130 bytes), and what an interrupt leaves of a guest that gives way: 208 bytes
/// with FP state on ARMv7E-M, 108 of them the hardware's, and 256 on RV32IMAFC.
pub const STACK_RESERVE: u32 = 768;

/// Largest frame, in bytes, that may be allocated before (or, in a leaf, without) comparing with the limit.
pub const UNCHECKED_FRAME: u32 = 128;

/// Largest frame, in bytes, of a function on a 64-bit part: it is compared with the limit when it is allocated already,
/// and what it holds may have been written.
pub const MAX_FRAME_64: u32 = 32 * 1024;

/// Type id of an empty element in a constant table.
pub const NULL_TYPE_ID: u32 = u32::MAX;

/// Bit of an element segment's item: the value is the word in the instance's state at the offset in the other bits.
pub const ITEM_IN_STATE: u32 = 1;

/// Bytes of bulk work that cost one unit of fuel, beside the operator: what growing, copying and filling adds or writes.
pub const FUEL_BYTES: u32 = 64;

/// Bytes that an element of a table counts as in [`FUEL_BYTES`], on every part.
pub const FUEL_ELEMENT: u32 = 4;

/// What a helper that pays returns if there is too little fuel, and nothing was done or paid. No memory and no table is
/// so large that this could be its size.
pub const FUEL_EXHAUSTED: i32 = -2;

/// Bytes in a WebAssembly page (core spec 4.2.8).
pub const PAGE_SIZE: u32 = 65536;
