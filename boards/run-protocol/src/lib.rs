#![no_std]
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![allow(clippy::large_enum_variant, reason = "there is no allocator to box with")]
//! What a host asks of the network-free firmware, and what it answers.
//!
//! The host loads artifact and request into the board's memory before reset (`sandgrain_board::map`: ARTIFACT and
//! MAILBOX), e.g. with QEMU's `-device loader,file=…,addr=…`. The firmware does the job, writes replies as lines of
//! text through semihosting, and exits with [`EXIT_DONE`] or [`EXIT_REFUSED`].
//!
//! ```text
//! mailbox:  "sgRQ" | length of the rest, u32 little-endian | Request (postcard)
//! line:     "@sg " | Reply (postcard) in lower-case hexadecimal
//! ```
//! What there may be many of in a request, its calls or steps, is a [`Stream`]: the firmware decodes one at a time.
//!
//! Replies to a [`ModuleJob`], in order: [`Reply::Missing`] for each import that nothing provides, then
//! [`Reply::Refused`]; or [`Reply::Started`] (or [`Reply::StartTrapped`]), one [`Reply::Called`] a call,
//! [`Reply::Stub`] for each stubbed import, [`Reply::Finished`]. [`Reply::Printed`] may come between any two, and
//! [`Reply::Stack`] comes before each reply with a trap that code has caused.
//! A [`Script`] gets one [`Reply::Step`] a step, or [`Reply::Refused`] if there is no first one.
//! A [`NativeJob`] or [`Request::Registers`] gets one [`Reply::Called`], or [`Reply::Refused`].
//! A [`SoakJob`] gets one [`Reply::Soaked`] a part, or [`Reply::Refused`].

use core::fmt::{self, Write};
use core::marker::PhantomData;

use heapless::{String, Vec};
use serde::{Deserialize, Serialize};

/// First bytes of a mailbox that holds a request.
pub const MAGIC: [u8; 4] = *b"sgRQ";
/// First characters of a line that holds a reply.
pub const PREFIX: &str = "@sg ";
/// Most values of a call's arguments or results.
pub const MAX_VALUES: usize = 24;
/// Where an artifact may lie in memory: at a multiple of this, in bytes.
pub const ARTIFACT_ALIGN: usize = 16;
/// Most bytes of a reply before it becomes hexadecimal.
pub const MAX_REPLY: usize = 768;
/// Most characters of a line, without its end.
pub const MAX_LINE: usize = PREFIX.len() + 2 * MAX_REPLY;

/// The firmware's exit code when the job was done; calls may have trapped.
pub const EXIT_DONE: i32 = 0;
/// The firmware's exit code when the last reply is [`Reply::Refused`].
pub const EXIT_REFUSED: i32 = 3;

/// A wasm value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// 32-bit integer.
    I32(i32),
    /// 64-bit integer.
    I64(i64),
    /// Bits of a single-precision float.
    F32(u32),
    /// Bits of a double-precision float.
    F64(u64),
    /// Reference to a function, `None` for null. The number stands for the function as long as its store lives.
    FuncRef(Option<u32>),
    /// Reference to something of the host, `None` for null.
    ExternRef(Option<u32>),
}

/// Arguments or results.
pub type ValueList = Vec<Value, MAX_VALUES>;

/// Values of `T` one behind the other, each as postcard writes it, which is decoded one by one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stream<'a, T> {
    bytes: &'a [u8],
    #[serde(skip)]
    items: PhantomData<fn() -> T>,
}

impl<'a, T: Serialize + Deserialize<'a>> Stream<'a, T> {
    /// The values in `bytes`, which [`append`](Self::append) has written.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Stream { bytes, items: PhantomData }
    }

    /// Writes `item` to the end of a stream's bytes.
    ///
    /// # Panics
    /// If `bytes` does, for lack of room.
    pub fn append(item: &T, bytes: &mut impl Extend<u8>) {
        let written = postcard::to_extend(item, Gather(bytes));
        debug_assert!(written.is_ok(), "every type of this crate can be serialised, and extending cannot fail");
    }
}

/// Extends what it borrows.
struct Gather<'b, B>(&'b mut B);

impl<B: Extend<u8>> Extend<u8> for Gather<'_, B> {
    fn extend<I: IntoIterator<Item = u8>>(&mut self, bytes: I) {
        self.0.extend(bytes);
    }
}

impl<'a, T: Deserialize<'a>> Iterator for Stream<'a, T> {
    type Item = Result<T, Error>;

    /// The next value; after an error there are none.
    fn next(&mut self) -> Option<Result<T, Error>> {
        if self.bytes.is_empty() {
            return None;
        }
        match postcard::take_from_bytes(self.bytes) {
            Ok((item, rest)) => {
                self.bytes = rest;
                Some(Ok(item))
            }
            Err(_) => {
                self.bytes = &[];
                Some(Err(Error::Malformed))
            }
        }
    }
}

/// A job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request<'a> {
    /// Run a module.
    #[serde(borrow)]
    Module(ModuleJob<'a>),
    /// Run modules that are linked to each other.
    #[serde(borrow)]
    Script(Script<'a>),
    /// Run machine code that the host has put into memory, for comparison.
    Native(NativeJob),
    /// Run the firmware's own module, which notices whether preemption changes a register, as many times. The reply is
    /// one [`Reply::Called`] with no results, or [`Reply::Refused`].
    Registers(u32),
    /// Instantiate, call and give up, again and again.
    #[serde(borrow)]
    Soak(SoakJob<'a>),
}

/// Instantiate an artifact, then call functions of that instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModuleJob<'a> {
    /// Address of the artifact, a multiple of 16.
    pub artifact_address: u32,
    /// Bytes of the artifact.
    pub artifact_len: u32,
    /// Compare the content with the manifest's digests before and after.
    pub verify: bool,
    /// Replace imports that nothing provides by stubs that return zeros.
    pub stub_imports: bool,
    /// Length of a time slice in microseconds; 0 = no preemption. The clock ticks in microseconds at best.
    pub slice_us: u32,
    /// Have a second timer interrupt guest and interrupt handlers alike, where a part nests interrupts.
    pub nested_interrupts: bool,
    /// Bytes of the arena to use, at most the board's; 0 = all of it.
    pub arena_bytes: u32,
    /// What the instance may use.
    pub limits: Limits,
    /// The calls.
    #[serde(borrow)]
    pub calls: Stream<'a, Call<'a>>,
}

/// What an instance may use; `None`: as `sandgrain_runtime::Limits` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of stack for the guest's frames.
    pub stack_bytes: Option<u32>,
    /// Bytes that the memories may have.
    pub memory_bytes: Option<u32>,
    /// Elements that a table may have.
    pub table_elements: Option<u32>,
    /// Fuel of everything that the job does, if the module is metered.
    pub fuel: Option<u32>,
}

/// Call an exported function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call<'a> {
    /// Its name.
    pub function: &'a str,
    /// Its arguments, of exactly its parameters' types.
    pub arguments: ValueList,
    /// How often, at least once; the reply is about the last time.
    pub repeat: u32,
    /// Microseconds that it may take; 0 = as many as it likes.
    pub deadline_us: u32,
}

/// The life of an instance, from making it to giving it up in the middle of a call, over and over in the same memory.
///
/// In each cycle: an instantiation in too small an arena, which has to be refused; an instance with its calls, traps
/// included; [`abandoned`](Self::abandoned) for one slice of [`ModuleJob::slice_us`]; then nothing of it is kept. A cycle in
/// which anything ends otherwise than in the first, a result, a kind of trap, a byte of memory, is refused as the call of
/// its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoakJob<'a> {
    /// What is instantiated and called.
    #[serde(borrow)]
    pub module: ModuleJob<'a>,
    /// An exported function without parameters that does not end by itself.
    pub abandoned: &'a str,
    /// How many cycles a part has, at least one.
    pub cycles: u32,
    /// How many parts there are.
    pub parts: u32,
    /// Microseconds from the start of a cycle to that of the next one, which the board sleeps through; 0 = no pause.
    pub period_us: u32,
}

/// What a [`SoakJob`] came to so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoakReport {
    /// Cycles.
    pub cycles: u32,
    /// Microseconds of the board's clock.
    pub elapsed_us: u64,
    /// Calls that returned.
    pub returned: u32,
    /// Calls that trapped.
    pub trapped: u32,
    /// How often guests were interrupted, wrapping.
    pub preemptions: u32,
    /// FNV-1a, 64 bits, of how the calls of a cycle end and what memory then holds.
    pub digest: u64,
    /// Where the RAM is.
    pub ram: RamReport,
}

/// RAM of a firmware with one instance, in bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RamReport {
    /// Variables of the firmware, the runtime's among them.
    pub variables: u32,
    /// The firmware's own stack while an instance is made, from the caller's frame on.
    pub stack_making: u32,
    /// The same while an instance is called, interrupts included.
    pub stack_calling: u32,
    /// The most that the firmware's own stack has held in any cycle, with all that it needs to read the calls.
    pub stack: u32,
    /// The heap's use while there is an instance; 0 for firmware without a heap.
    pub heap: u32,
    /// The heap's use once it is gone.
    pub heap_left: u32,
    /// What the runtime keeps of the instance outside of its arena.
    pub host: u32,
    /// The arena in front of linear memory: imports, header, globals, tables.
    pub instance: u32,
    /// Linear memory at the end of a cycle.
    pub memory: u32,
    /// The most that the guest's stack has held.
    pub guest_stack: u32,
}

/// Do steps one after the other. One that fails does not end the script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Script<'a> {
    /// Bytes of stack for the guests' frames, shared by all instances; taken from the arena.
    pub stack_bytes: u32,
    /// Length of a time slice in microseconds; 0 = no preemption.
    pub slice_us: u32,
    /// Fuel of the instances up to the next [`Step::Forget`], together, as far as they are metered.
    pub fuel: u32,
    /// The steps.
    #[serde(borrow)]
    pub steps: Stream<'a, Step<'a>>,
}

/// Most instances that live at the same time.
pub const MAX_INSTANCES: usize = 128;

/// A step of a [`Script`]. Instances are numbered from 0 in the order of the [`Instantiate`](Step::Instantiate) steps
/// since the last [`Forget`](Step::Forget), whether they came to be or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step<'a> {
    /// Give up all instances with their names and memory.
    Forget,
    /// Make an instance, its imports from registered instances or the firmware, and run what it starts with. One that
    /// traps then stays alive, as what it has put into the tables of others may be called.
    Instantiate {
        /// Address of the artifact, a multiple of 16.
        address: u32,
        /// Bytes of the artifact.
        len: u32,
        /// Bytes of the arena that the instance gets: what it needs, and what its memory may grow by.
        arena_bytes: u32,
    },
    /// Offer what an instance exports to later ones.
    Register {
        /// The instance.
        instance: u32,
        /// The module name to import it by; replaces what had that name.
        name: &'a str,
    },
    /// Call an exported function.
    Call {
        /// The instance.
        instance: u32,
        /// The function's name.
        function: &'a str,
        /// Its arguments, of exactly its parameters' types.
        arguments: ValueList,
    },
    /// Read an exported global.
    Global {
        /// The instance.
        instance: u32,
        /// The global's name.
        name: &'a str,
    },
    /// Read the fuel that is left, as an i32.
    Fuel,
    /// Sum up the linear memory that an instance uses, its own or an imported one.
    Digest {
        /// The instance.
        instance: u32,
    },
    /// Write to that memory.
    Write {
        /// The instance.
        instance: u32,
        /// Address of the first byte.
        at: u32,
        /// What to write.
        bytes: &'a [u8],
    },
    /// Read from that memory.
    Read {
        /// The instance.
        instance: u32,
        /// Address of the first byte.
        at: u32,
        /// How many, at most [`MAX_READ`].
        len: u32,
    },
}

/// Most bytes of one [`Step::Read`].
pub const MAX_READ: usize = 512;

/// What became of a [`Step`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepOutcome<'a> {
    /// It is done: of [`Step::Forget`], [`Step::Register`], [`Step::Instantiate`].
    Done,
    /// The call's results, the global's value, or the fuel.
    Returned(ValueList),
    /// The call, or the instantiation, ended with a trap.
    Trapped(TrapReport),
    /// It was not done, and why, in words.
    Refused {
        /// What was refused.
        stage: Stage,
        /// Why, in words.
        why: &'a str,
    },
    /// See [`Step::Read`].
    Bytes(&'a [u8]),
    /// See [`Step::Digest`].
    Digest {
        /// FNV-1a, 64 bits, of the bytes.
        fnv: u64,
        /// How many there are.
        bytes: u32,
    },
}

/// Call a native function, `(i32) -> i32` by the C calling convention of the part. It lies in memory with all that it
/// needs, and may use the firmware's stack and the board's arena.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NativeJob {
    /// Its address; odd for Thumb code.
    pub entry: u32,
    /// Its argument.
    pub argument: i32,
}

/// What a request got that was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// The request could not be read, or asks for something this firmware does not have.
    Request,
    /// The artifact was refused.
    Open,
    /// There is no instance.
    Instantiate,
    /// The call with this number did not take place.
    Call(u32),
    /// The artifact's bytes have changed while it ran.
    Changed,
}

/// A trap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrapReport {
    /// Code of `sandgrain_abi::TrapKind`.
    pub kind: u8,
    /// Byte offset of the return address of its site in the text of its module.
    pub code_offset: Option<u32>,
}

/// A word of the guest's stack at a trap that points into code. On 32-bit parts only some of them are return addresses;
/// the compiler's ELF file says which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StackWord {
    /// Bytes from where the stack was at the trap up to the word.
    pub at: u32,
    /// The instance whose code it is, as steps number them; [`NO_INSTANCE`] for one that no step has made.
    pub instance: u32,
    /// Byte offset in its text.
    pub code_offset: u32,
}

/// Most [`StackWord`]s of a [`StackReport`].
pub const MAX_STACK_WORDS: usize = 32;

/// Stands for an instance without a number.
pub const NO_INSTANCE: u32 = u32::MAX;

/// What the stack says of the callers of a trap's site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StackReport {
    /// The instance that the trap's code offset is of, as in [`StackWord::instance`].
    pub instance: u32,
    /// Bytes of stack in use.
    pub bytes: u32,
    /// The innermost ones, by rising place.
    pub words: Vec<StackWord, MAX_STACK_WORDS>,
}

/// How a call ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// With these results.
    Returned(ValueList),
    /// With a trap.
    Trapped(TrapReport),
}

/// One call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallReport {
    /// How it ended.
    pub outcome: Outcome,
    /// Instructions executed from before the call to after it, interrupt handlers included. A board may count in
    /// steps (mps2-an386: 40, and only under QEMU's `-icount shift=0`).
    pub instructions: u64,
    /// How often the guest was preempted.
    pub preemptions: u32,
    /// Fuel that is left.
    pub fuel: u32,
}

/// A line of answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply<'a> {
    /// Nothing provides this import.
    Missing {
        /// First half of its name.
        module: &'a str,
        /// Second half of its name.
        name: &'a str,
    },
    /// There will be no further replies.
    Refused {
        /// What was refused.
        stage: Stage,
        /// Why, in words.
        why: &'a str,
    },
    /// The module was opened and instantiated, start function included.
    Started {
        /// Instructions that took, as in [`CallReport::instructions`].
        instructions: u64,
        /// Where the code runs: address of the artifact's text.
        text_address: u32,
        /// Bytes of the text.
        text_bytes: u32,
        /// RAM in front of the memory: imports, header, globals.
        instance_bytes: u32,
        /// RAM that the runtime keeps of the instance and its store outside of the arena.
        host_bytes: u32,
    },
    /// An active segment was out of bounds, or the start function trapped.
    StartTrapped(TrapReport),
    /// The callers of the trap that the next reply is about.
    Stack(StackReport),
    /// A call is over.
    Called(CallReport),
    /// A step is over.
    Step {
        /// Which, from 0.
        number: u32,
        /// Instructions from before it to after it, as in [`CallReport::instructions`].
        instructions: u64,
        /// How it ended.
        #[serde(borrow)]
        outcome: StepOutcome<'a>,
    },
    /// Calls of a stubbed import.
    Stub {
        /// First half of its name.
        module: &'a str,
        /// Second half of its name.
        name: &'a str,
        /// How often it was called.
        calls: u32,
    },
    /// A part of a soak is over.
    Soaked(SoakReport),
    /// All calls are over.
    Finished {
        /// Bytes of the linear memory at the end.
        memory_bytes: u32,
        /// Most bytes of stack that were in use.
        stack_bytes: u32,
        /// The content was compared with the manifest's digests, before and after, and had not changed.
        verified: bool,
    },
    /// The guest printed this.
    Printed(&'a str),
}

/// What is wrong with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    /// The mailbox holds no request, or a line no reply.
    Absent,
    /// It is cut off, or of another version of this crate.
    Malformed,
    /// It does not fit the buffer.
    TooLong,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Error::Absent => "there is no message; the host loads it into the mailbox before reset",
            Error::Malformed => "the message does not decode; use host tools and firmware of the same version",
            Error::TooLong => "the message is too long; ask for less with one request",
        })
    }
}

impl core::error::Error for Error {}

/// Bytes in front of the request.
const MAILBOX_HEAD: usize = 8;

impl<'a> Request<'a> {
    /// Writes the mailbox's content into `buffer` and returns the part that was used.
    ///
    /// # Errors
    /// [`Error::TooLong`].
    pub fn encode<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b [u8], Error> {
        let (head, body) = buffer.split_first_chunk_mut::<MAILBOX_HEAD>().ok_or(Error::TooLong)?;
        let len = postcard::to_slice(self, body).map_err(|_| Error::TooLong)?.len();
        let [.., a, b, c, d] = (len as u64).to_be_bytes();
        let [m, n, o, p] = MAGIC;
        *head = [m, n, o, p, d, c, b, a];
        buffer.get(..MAILBOX_HEAD + len).ok_or(Error::TooLong)
    }

    /// Reads the request in a mailbox.
    ///
    /// # Errors
    /// [`Error::Absent`], [`Error::Malformed`].
    pub fn decode(mailbox: &'a [u8]) -> Result<Request<'a>, Error> {
        let (head, body) = mailbox.split_first_chunk::<MAILBOX_HEAD>().ok_or(Error::Absent)?;
        let [m, n, o, p, a, b, c, d] = *head;
        if [m, n, o, p] != MAGIC {
            return Err(Error::Absent);
        }
        let body = body.get(..u32::from_le_bytes([a, b, c, d]) as usize).ok_or(Error::Malformed)?;
        match postcard::take_from_bytes(body) {
            Ok((request, [])) => Ok(request),
            _ => Err(Error::Malformed),
        }
    }
}

impl<'a> Reply<'a> {
    /// The reply as a line, without its end.
    ///
    /// # Errors
    /// [`Error::TooLong`] if it has more than [`MAX_REPLY`] bytes.
    pub fn to_line(&self) -> Result<String<MAX_LINE>, Error> {
        let mut buffer = [0; MAX_REPLY];
        let bytes = postcard::to_slice(self, &mut buffer).map_err(|_| Error::TooLong)?;
        let mut line = String::new();
        line.push_str(PREFIX).map_err(|_| Error::TooLong)?;
        for byte in bytes {
            write!(line, "{byte:02x}").map_err(|_| Error::TooLong)?;
        }
        Ok(line)
    }

    /// Reads the reply in a line; `buffer` takes what it refers to, [`MAX_REPLY`] bytes are enough.
    ///
    /// # Errors
    /// [`Error::Absent`] for any other line, [`Error::Malformed`], [`Error::TooLong`].
    pub fn from_line(line: &str, buffer: &'a mut [u8]) -> Result<Reply<'a>, Error> {
        let hex = line.trim_end().strip_prefix(PREFIX).ok_or(Error::Absent)?.as_bytes();
        let (pairs, rest) = hex.as_chunks::<2>();
        if !rest.is_empty() {
            return Err(Error::Malformed);
        }
        let bytes = buffer.get_mut(..pairs.len()).ok_or(Error::TooLong)?;
        for (byte, &[high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = nibble(high)? << 4 | nibble(low)?;
        }
        match postcard::take_from_bytes(bytes) {
            Ok((reply, [])) => Ok(reply),
            _ => Err(Error::Malformed),
        }
    }
}

fn nibble(digit: u8) -> Result<u8, Error> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(Error::Malformed),
    }
}

#[cfg(test)]
extern crate std;

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments() -> ValueList {
        let floats = [Value::F32(0x7fc0_0000), Value::F64(1 << 63)];
        let references = [Value::FuncRef(None), Value::ExternRef(Some(7))];
        ValueList::from_iter([Value::I32(-1), Value::I64(i64::MIN)].into_iter().chain(floats).chain(references))
    }

    fn call() -> Call<'static> {
        Call { function: "fib", arguments: arguments(), repeat: 1, deadline_us: 0 }
    }

    fn request(calls: &[u8]) -> Request<'_> {
        Request::Module(ModuleJob {
            artifact_address: 0x8060_0000,
            artifact_len: 1234,
            verify: true,
            stub_imports: false,
            slice_us: 100,
            nested_interrupts: false,
            arena_bytes: 0,
            limits: Limits { memory_bytes: Some(1 << 17), ..Limits::default() },
            calls: Stream::new(calls),
        })
    }

    #[test]
    fn requests_round_trip_and_are_checked() {
        let mut calls = Vec::<u8, 100>::new();
        Stream::append(&call(), &mut calls);
        let request = request(&calls);
        let mut mailbox = [0xff; 256];
        let len = request.encode(&mut mailbox).unwrap().len();
        assert_eq!(Request::decode(&mailbox), Ok(request.clone()));
        assert_eq!(Request::decode(&mailbox[..len - 1]), Err(Error::Malformed));
        assert_eq!(request.encode(&mut [0; 20]), Err(Error::TooLong));
        mailbox[4] += 1;
        assert_eq!(Request::decode(&mailbox), Err(Error::Malformed));
        mailbox[0] = 0;
        assert_eq!(Request::decode(&mailbox), Err(Error::Absent));
        assert_eq!(Request::decode(&[]), Err(Error::Absent));
    }

    #[test]
    fn streams_give_what_was_appended_and_end_at_an_error() {
        let steps = [
            Step::Instantiate { address: 0x8060_0000, len: 99, arena_bytes: 70_000 },
            Step::Register { instance: 0, name: "grüße" },
            Step::Call { instance: 0, function: "f", arguments: arguments() },
            Step::Digest { instance: 0 },
            Step::Forget,
        ];
        let mut bytes = Vec::<u8, 200>::new();
        steps.iter().for_each(|step| Stream::append(step, &mut bytes));
        assert!(Stream::<Step<'_>>::new(&bytes).eq(steps.iter().cloned().map(Ok)));
        // One step from the end is cut off, then an unknown one is there.
        let mut cut = Stream::<Step<'_>>::new(&bytes[..bytes.len() - 2]);
        assert_eq!(cut.by_ref().take(4).filter_map(Result::ok).count(), 3);
        assert_eq!(cut.next(), None);
        assert_eq!(Stream::<Step<'_>>::new(&[99]).collect::<std::vec::Vec<_>>(), [Err(Error::Malformed)]);
    }

    #[test]
    fn replies_round_trip_as_lines() {
        let results = ValueList::from_slice(&[Value::I64(-5)]).unwrap();
        let outcome = Outcome::Returned(results);
        let called = Reply::Called(CallReport { outcome, instructions: 1 << 40, preemptions: 3, fuel: u32::MAX });
        let text = "grüße";
        let word = StackWord { at: 12, instance: NO_INSTANCE, code_offset: 0x1234 };
        let outcome = StepOutcome::Digest { fnv: u64::MAX, bytes: 65536 };
        for reply in [
            called,
            Reply::Step { number: 300, instructions: 1 << 33, outcome },
            Reply::Printed(text),
            Reply::Stack(StackReport { instance: 1, bytes: 64, words: Vec::from_iter([word]) }),
            Reply::Refused { stage: Stage::Call(2), why: "no" },
        ] {
            let mut line = reply.to_line().unwrap();
            let mut buffer = [0; MAX_REPLY];
            assert_eq!(Reply::from_line(&line, &mut buffer), Ok(reply.clone()));
            assert_eq!(Reply::from_line(&line[1..], &mut buffer), Err(Error::Absent));
            assert_eq!(Reply::from_line(&line[..line.len() - 1], &mut buffer), Err(Error::Malformed));
            assert_eq!(Reply::from_line(&line, &mut []), Err(Error::TooLong));
            line.push_str("00").unwrap();
            assert_eq!(Reply::from_line(&line, &mut buffer), Err(Error::Malformed));
        }
        let most = StackWord { at: u32::MAX, instance: u32::MAX, code_offset: u32::MAX };
        let full = StackReport { instance: u32::MAX, bytes: u32::MAX, words: Vec::from_iter([most; MAX_STACK_WORDS]) };
        assert!(Reply::Stack(full).to_line().is_ok(), "there is room for every stack");
        let long = core::str::from_utf8(&[b'x'; MAX_REPLY]).unwrap();
        assert_eq!(Reply::Printed(long).to_line(), Err(Error::TooLong));
    }
}
