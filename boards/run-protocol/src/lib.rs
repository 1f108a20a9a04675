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
//! Replies to a [`ModuleJob`], in order: [`Reply::Missing`] for each import that nothing provides, then
//! [`Reply::Refused`]; or [`Reply::Started`] (or [`Reply::StartTrapped`]), one [`Reply::Called`] a call,
//! [`Reply::Stub`] for each stubbed import, [`Reply::Finished`]. [`Reply::Printed`] may come between any two.
//! A [`KernelJob`] or [`Request::Registers`] gets one [`Reply::Called`], or [`Reply::Refused`].

use core::fmt::{self, Write};

use heapless::{String, Vec};
use serde::{Deserialize, Serialize};

/// First bytes of a mailbox that holds a request.
pub const MAGIC: [u8; 4] = *b"sgRQ";
/// First characters of a line that holds a reply.
pub const PREFIX: &str = "@sg ";
/// Most values of a call's arguments or results.
pub const MAX_VALUES: usize = 16;
/// Most calls of a request.
pub const MAX_CALLS: usize = 32;
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
    /// Bits of a 32-bit float.
    F32(u32),
    /// Bits of a 64-bit float.
    F64(u64),
}

/// Arguments or results.
pub type ValueList = Vec<Value, MAX_VALUES>;

/// A job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request<'a> {
    /// Run a module.
    #[serde(borrow)]
    Module(ModuleJob<'a>),
    /// Run a function that was compiled into the firmware, for comparison.
    #[serde(borrow)]
    Kernel(KernelJob<'a>),
    /// Run the firmware's own module, which notices whether preemption changes a register, as many times. The reply is
    /// one [`Reply::Called`] with no results, or [`Reply::Refused`].
    Registers(u32),
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
    /// Bytes of the arena to use, at most the board's; 0 = all of it.
    pub arena_bytes: u32,
    /// Stack for the guest's frames in bytes; 0 = what the artifact asks for.
    pub stack_bytes: u32,
    /// Bytes that the memory may have.
    pub memory_bytes: Option<u32>,
    /// The calls.
    #[serde(borrow)]
    pub calls: Vec<Call<'a>, MAX_CALLS>,
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
}

/// Call a native function, `(i32) -> i32`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KernelJob<'a> {
    /// Its name.
    pub kernel: &'a str,
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
    /// Byte offset in the text of the return address of its site.
    pub code_offset: Option<u32>,
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
    },
    /// An active segment was out of bounds, or the start function trapped.
    StartTrapped(TrapReport),
    /// A call is over.
    Called(CallReport),
    /// Calls of a stubbed import.
    Stub {
        /// First half of its name.
        module: &'a str,
        /// Second half of its name.
        name: &'a str,
        /// How often it was called.
        calls: u32,
    },
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
            Error::TooLong => "the message is too long; make fewer calls with one request",
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
mod tests {
    use super::*;

    fn request() -> Request<'static> {
        let mut calls = Vec::new();
        let arguments = ValueList::from_slice(&[Value::I32(-1), Value::I64(i64::MIN)]).unwrap();
        calls.push(Call { function: "fib", arguments, repeat: 1 }).unwrap();
        Request::Module(ModuleJob {
            artifact_address: 0x8060_0000,
            artifact_len: 1234,
            verify: true,
            stub_imports: false,
            slice_us: 100,
            arena_bytes: 0,
            stack_bytes: 0,
            memory_bytes: Some(1 << 17),
            calls,
        })
    }

    #[test]
    fn requests_round_trip_and_are_checked() {
        let mut mailbox = [0xff; 256];
        let len = request().encode(&mut mailbox).unwrap().len();
        assert_eq!(Request::decode(&mailbox), Ok(request()));
        assert_eq!(Request::decode(&mailbox[..len - 1]), Err(Error::Malformed));
        assert_eq!(request().encode(&mut [0; 20]), Err(Error::TooLong));
        mailbox[4] += 1;
        assert_eq!(Request::decode(&mailbox), Err(Error::Malformed));
        mailbox[0] = 0;
        assert_eq!(Request::decode(&mailbox), Err(Error::Absent));
        assert_eq!(Request::decode(&[]), Err(Error::Absent));
    }

    #[test]
    fn replies_round_trip_as_lines() {
        let results = ValueList::from_slice(&[Value::I64(-5)]).unwrap();
        let called =
            Reply::Called(CallReport { outcome: Outcome::Returned(results), instructions: 1 << 40, preemptions: 3 });
        let text = "grüße";
        for reply in [called, Reply::Printed(text), Reply::Refused { stage: Stage::Call(2), why: "no" }] {
            let mut line = reply.to_line().unwrap();
            let mut buffer = [0; MAX_REPLY];
            assert_eq!(Reply::from_line(&line, &mut buffer), Ok(reply.clone()));
            assert_eq!(Reply::from_line(&line[1..], &mut buffer), Err(Error::Absent));
            assert_eq!(Reply::from_line(&line[..line.len() - 1], &mut buffer), Err(Error::Malformed));
            assert_eq!(Reply::from_line(&line, &mut []), Err(Error::TooLong));
            line.push_str("00").unwrap();
            assert_eq!(Reply::from_line(&line, &mut buffer), Err(Error::Malformed));
        }
        let long = core::str::from_utf8(&[b'x'; MAX_REPLY]).unwrap();
        assert_eq!(Reply::Printed(long).to_line(), Err(Error::TooLong));
    }
}
