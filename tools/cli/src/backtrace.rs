//! Who called what trapped, from what a device says of its stack and from the compiler's ELF file.
//!
//! A 32-bit device lists the words of its stack that point into code, return addresses or not. The file says of each
//! site how far above sp the function keeps its own return address and where its caller's sp is, so every caller is at
//! one certain place: a guest that stores code addresses misleads nobody. What a deadline has interrupted is not at a
//! site; its callers are those that lead from there to the stack's end without a gap. 64-bit code links its frames, and
//! the device has followed the links.
//!
//! Reports are not trusted: whatever they say, the result is a list no longer than theirs.

use std::fmt;

use sandgrain_compiler::emit::{Site, SiteKind};
use sandgrain_run_protocol::{MAX_STACK_WORDS, StackReport, StackWord};
use serde_json::json;

use crate::failure::{Failure, Result};
use crate::lines::{Line, Lines, readable};
use crate::symbols::Symbols;

/// The calls that led to a trap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backtrace {
    /// The innermost first.
    pub frames: Vec<Frame>,
    /// Why there are no more.
    pub end: End,
}

/// A function that was being executed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Number of its instance.
    pub instance: u32,
    /// Where in its code: the return address of a site, or where it was interrupted.
    pub code_offset: u32,
    /// Its name.
    pub function: Option<String>,
    /// Byte offset in the .wasm file of the operator there.
    pub wasm_offset: Option<u32>,
    /// The operator's lines, see [`Lines::find`].
    pub lines: Vec<Line>,
}

/// Where a backtrace ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// At what the host has called.
    Entry,
    /// The device lists no more: so many bytes of stack are left.
    Cut(u32),
    /// The last function is of an instance about whose frames nothing is known.
    Foreign,
    /// The stack does not agree with the file: it is of another build, or the report is damaged.
    Unknown,
}

impl End {
    /// In a word.
    pub fn name(self) -> &'static str {
        match self {
            End::Entry => "entry",
            End::Cut(_) => "cut",
            End::Foreign => "foreign",
            End::Unknown => "unknown",
        }
    }
}

/// The calls that led to a trap at `code_offset`. `symbols` has what is known of instances, by their numbers.
pub fn backtrace<'s>(
    code_offset: u32,
    stack: &StackReport,
    symbols: impl Fn(u32) -> Option<&'s Symbols>,
) -> Backtrace {
    let site = StackWord { at: 0, instance: stack.instance, code_offset };
    let walk = Walk { stack, symbols: &symbols };
    let (callers, end) = match symbols(stack.instance) {
        None => (Vec::new(), End::Foreign),
        Some(own) if own.is_64 => walk.linked(),
        Some(own) => match own.site(code_offset) {
            Some(site) => walk.exact(site, 0),
            None => walk.interrupted(own, code_offset),
        },
    };
    let frame = |word: &StackWord| {
        let place = symbols(word.instance).and_then(|symbols| symbols.place(word.code_offset));
        Frame {
            instance: word.instance,
            code_offset: word.code_offset,
            function: place.map(|place| readable(place.function)),
            wasm_offset: place.and_then(|place| place.wasm_offset),
            lines: Vec::new(),
        }
    };
    Backtrace { frames: std::iter::once(&site).chain(&callers).map(frame).collect(), end }
}

struct Walk<'r, F> {
    stack: &'r StackReport,
    symbols: &'r F,
}

impl<'s, F: Fn(u32) -> Option<&'s Symbols>> Walk<'_, F> {
    fn site(&self, word: &StackWord) -> Option<&'s Site> {
        (self.symbols)(word.instance)?.site(word.code_offset)
    }

    /// The callers of what is at `site` with sp so many bytes above where it was at the trap: fewer than none, if a tail
    /// call has popped arguments since.
    fn exact(&self, mut site: &'s Site, mut sp: i64) -> (Vec<StackWord>, End) {
        let mut callers: Vec<StackWord> = Vec::new();
        loop {
            let link = sp + i64::from(site.unwind.link);
            let above = sp + i64::from(site.unwind.frame);
            // Callers are higher and higher up, or the file makes no sense.
            if callers.last().is_some_and(|last| link <= i64::from(last.at)) || above <= link {
                return (callers, End::Unknown);
            }
            if above >= i64::from(self.stack.bytes) {
                return (callers, if above == i64::from(self.stack.bytes) { End::Entry } else { End::Unknown });
            }
            let Some(word) = self.stack.words.iter().find(|word| i64::from(word.at) == link) else {
                let listed = self.stack.words.last().map_or(0, |word| i64::from(word.at));
                let is_cut = self.stack.words.len() == MAX_STACK_WORDS && link > listed;
                let left = (i64::from(self.stack.bytes) - above) as u32;
                return (callers, if is_cut { End::Cut(left) } else { End::Unknown });
            };
            callers.push(*word);
            if (self.symbols)(word.instance).is_none() {
                return (callers, End::Foreign);
            }
            match self.site(word) {
                Some(caller @ Site { kind: SiteKind::Call { stack_bytes }, .. }) => {
                    (site, sp) = (caller, above - i64::from(*stack_bytes));
                }
                _ => {
                    callers.pop();
                    return (callers, End::Unknown);
                }
            }
        }
    }

    /// The callers of a function that was interrupted at `code_offset`: its frame may be there or not.
    fn interrupted(&self, own: &'s Symbols, code_offset: u32) -> (Vec<StackWord>, End) {
        // An address of the next instruction is no return address, and may be a function's first.
        let function = own.function(code_offset.saturating_add(1));
        let calls = function.is_some_and(|function| own.calls(function));
        for (i, word) in self.stack.words.iter().enumerate() {
            // The link register of what calls others holds where the last of them returned to.
            let Some(site) = self.site(word).filter(|_| word.at > 0 || !calls) else { continue };
            let SiteKind::Call { .. } = site.kind else { continue };
            let links = self.stack.words.iter().skip(i + 1).map(|next| next.at.checked_sub(site.unwind.link));
            let last = self.stack.bytes.checked_sub(site.unwind.frame);
            for sp in links.chain([last]).flatten().filter(|sp| *sp > word.at || word.at == 0) {
                let (callers, end) = self.exact(site, sp.into());
                if end == End::Entry || (matches!(end, End::Cut(_)) && callers.len() > 1) {
                    return (std::iter::once(*word).chain(callers).collect(), end);
                }
            }
        }
        (Vec::new(), End::Unknown)
    }

    /// All words are callers, up to what the host has entered.
    fn linked(&self) -> (Vec<StackWord>, End) {
        let mut callers = Vec::new();
        for word in &self.stack.words {
            match (self.symbols)(word.instance) {
                None => {
                    callers.push(*word);
                    return (callers, End::Foreign);
                }
                Some(symbols) if symbols.site(word.code_offset).is_some() => callers.push(*word),
                Some(symbols) if symbols.function(word.code_offset).is_some() => return (callers, End::Entry),
                Some(_) => return (callers, End::Unknown),
            }
        }
        let last = self.stack.words.last().map_or(0, |word| word.at);
        let is_cut = self.stack.words.len() == MAX_STACK_WORDS;
        (callers, if is_cut { End::Cut(self.stack.bytes.saturating_sub(last)) } else { End::Unknown })
    }
}

impl Backtrace {
    /// Adds the lines of an instance's functions.
    pub fn add_lines(&mut self, instance: u32, lines: &Lines<'_>) {
        for frame in self.frames.iter_mut().filter(|frame| frame.instance == instance) {
            frame.lines = frame.wasm_offset.map(|offset| lines.find(offset)).unwrap_or_default();
        }
    }

    /// For machines: the frames, and in a word where they end.
    pub fn json(&self) -> (serde_json::Value, &'static str) {
        let line = |line: &Line| {
            json!({ "function": line.function, "file": line.file, "line": line.line, "column": line.column })
        };
        let frame = |frame: &Frame| {
            json!({
                "function": frame.function,
                "instance": frame.instance,
                "offset": frame.code_offset,
                "wasm_offset": frame.wasm_offset,
                "lines": frame.lines.iter().map(line).collect::<Vec<_>>(),
            })
        };
        (self.frames.iter().map(frame).collect(), self.end.name())
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.file.as_deref().unwrap_or("?"))?;
        [self.line, self.column].iter().flatten().try_for_each(|number| write!(f, ":{number}"))
    }
}

/// A line a frame, and one a line of the source; begins with a line's end.
impl fmt::Display for Backtrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let own = self.frames.first().map_or(0, |frame| frame.instance);
        for (number, frame) in self.frames.iter().enumerate() {
            match &frame.function {
                Some(function) => write!(f, "\n  {number}: {function}")?,
                None => write!(f, "\n  {number}: code offset {:#x}", frame.code_offset)?,
            }
            if let Some(offset) = frame.wasm_offset {
                write!(f, " at wasm offset {offset:#x}")?;
            }
            if frame.instance != own {
                match frame.instance {
                    sandgrain_run_protocol::NO_INSTANCE => write!(f, " in another instance")?,
                    instance => write!(f, " in instance {instance}")?,
                }
            }
            for (depth, line) in frame.lines.iter().enumerate() {
                match line.function.as_ref().filter(|function| depth > 0 || frame.function.as_ref() != Some(function)) {
                    Some(function) => write!(f, "\n       {function} at {line}")?,
                    None => write!(f, "\n       at {line}")?,
                }
            }
        }
        match self.end {
            End::Entry => Ok(()),
            End::Cut(bytes) => write!(f, "\n  … and the callers in {bytes} more bytes of stack, which the device does not list"),
            End::Foreign => write!(f, "\n  … and the callers of that, which only its own ELF file would tell"),
            End::Unknown => write!(f, "\n  … the stack does not say who called that"),
        }
    }
}

/// Reads what a device says of its stack in text: the bytes in use, then for each word its place and where it points,
/// all hexadecimal: `1c0 c:1a2 5c:30e`.
///
/// # Errors
/// [`Exit::Usage`](crate::Exit::Usage) for anything else.
pub fn parse_stack(text: &str) -> Result<StackReport> {
    let refused = || Failure::usage(format_args!("`{text}` is no stack as devices report it, such as `1c0 c:1a2 5c:30e`"));
    let number = |text: &str| u32::from_str_radix(text, 16).map_err(|_| refused());
    let mut parts = text.split_ascii_whitespace();
    let bytes = number(parts.next().ok_or_else(refused)?)?;
    let mut report = StackReport { instance: 0, bytes, ..StackReport::default() };
    for part in parts {
        let (at, code_offset) = part.split_once(':').ok_or_else(refused)?;
        let word = StackWord { at: number(at)?, instance: 0, code_offset: number(code_offset)? };
        report.words.push(word).map_err(|_| refused())?;
    }
    Ok(report)
}

/// The text that [`parse_stack`] reads.
pub fn stack_text(stack: &StackReport) -> String {
    let words = stack.words.iter().map(|word| format!(" {:x}:{:x}", word.at, word.code_offset));
    format!("{:x}{}", stack.bytes, words.collect::<String>())
}
