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

/// Bytes of the link register, which devices put below the stack of what was interrupted.
const LINK_BYTES: u32 = 4;

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

/// The calls that led to a trap at `code_offset`: a site, or the next instruction of what a deadline has ended.
/// `symbols` has what is known of instances, by their numbers.
pub fn backtrace<'s>(
    code_offset: u32,
    is_site: bool,
    stack: &StackReport,
    symbols: impl Fn(u32) -> Option<&'s Symbols>,
) -> Backtrace {
    let walk = Walk { stack, symbols: &symbols };
    let own = symbols(stack.instance);
    let site = own.and_then(|own| own.site(code_offset));
    // A deadline may also have ended a call of a host function.
    let exact = site.map(|site| walk.exact(site, 0)).filter(|(_, end)| is_site || *end == End::Entry);
    let is_site = exact.is_some();
    let (callers, end) = match (own, exact) {
        (None, _) => (Vec::new(), End::Foreign),
        (Some(own), _) if own.is_64 => walk.linked(),
        (Some(_), Some(exact)) => exact,
        (Some(own), None) => walk.interrupted(own, code_offset),
    };
    let frame = |word: &StackWord, is_site: bool| {
        let symbols = symbols(word.instance);
        // The next instruction may be the first of a function, which a return address never is.
        let inside = if is_site { word.code_offset } else { word.code_offset.saturating_add(1) };
        let site = symbols.filter(|_| is_site).and_then(|symbols| symbols.site(word.code_offset));
        Frame {
            instance: word.instance,
            code_offset: word.code_offset,
            function: symbols.and_then(|symbols| symbols.function(inside)).map(|function| readable(&function.name)),
            wasm_offset: site.map(|site| site.wasm_offset),
            lines: Vec::new(),
        }
    };
    let innermost =
        frame(&StackWord { at: 0, instance: stack.instance, code_offset }, is_site || own.is_none_or(|own| own.is_64));
    Backtrace { frames: std::iter::once(innermost).chain(callers.iter().map(|word| frame(word, true))).collect(), end }
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

    /// The callers of a function that was interrupted at `code_offset`: its frame may be there or not. In the few
    /// instructions before it is there, the innermost of them may be missing.
    fn interrupted(&self, own: &'s Symbols, code_offset: u32) -> (Vec<StackWord>, End) {
        let Some(function) = own.function(code_offset.saturating_add(1)) else { return (Vec::new(), End::Unknown) };
        // The first word is the link register's. In what calls others it tells where the last of them has returned to,
        // but for its first instructions.
        let (link, stack): (Vec<_>, Vec<_>) = self.stack.words.iter().partition(|word| word.at == 0);
        let candidates: Vec<&StackWord> = match own.calls(function) {
            true => stack.into_iter().chain(link).collect(),
            false => link.into_iter().chain(stack).collect(),
        };
        for word in candidates {
            let Some(site @ Site { kind: SiteKind::Call { .. }, .. }) = self.site(word) else { continue };
            let above = self.stack.words.iter().filter(|next| next.at > word.at);
            let links = above.map(|next| i64::from(next.at) - i64::from(site.unwind.link));
            let last = i64::from(self.stack.bytes) - i64::from(site.unwind.frame);
            for sp in links.chain([last]).filter(|sp| *sp > i64::from(word.at)) {
                let (callers, end) = self.exact(site, sp);
                if end == End::Entry || (matches!(end, End::Cut(_)) && callers.len() > 1) {
                    return (std::iter::once(*word).chain(callers).collect(), end);
                }
            }
        }
        // Nothing but the link register: it was just entered.
        let is_entered = self.stack.bytes == LINK_BYTES && self.stack.words.is_empty();
        (Vec::new(), if is_entered { End::Entry } else { End::Unknown })
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
        let line = |line: &Line| json!({ "function": line.function, "file": line.file, "line": line.line, "column": line.column });
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
            End::Cut(bytes) => {
                write!(f, "\n  … and the callers in {bytes} more bytes of stack, which the device does not list")
            }
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
    let refused =
        || Failure::usage(format_args!("`{text}` is no stack as devices report it, such as `1c0 c:1a2 5c:30e`"));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::symbols::Symbol;
    use sandgrain_abi::TrapKind;
    use sandgrain_compiler::emit::Unwind;

    /// `outer` calls `inner` with 8 bytes of arguments on the stack, which traps: frames of 32 and 16 bytes.
    fn symbols() -> Symbols {
        let symbol = |name: &str, offset| Symbol { name: name.to_owned(), offset, size: 0x20, is_code: true };
        let call = SiteKind::Call { stack_bytes: 8 };
        let sites = vec![
            Site { return_offset: 0x10, kind: call, wasm_offset: 1, unwind: Unwind { link: 28, frame: 32 } },
            Site {
                return_offset: 0x30,
                kind: SiteKind::Trap(TrapKind::Unreachable),
                wasm_offset: 2,
                unwind: Unwind { link: 12, frame: 24 },
            },
        ];
        Symbols { symbols: vec![symbol("outer", 0), symbol("inner", 0x20)], sites, is_64: false }
    }

    fn walk(offset: u32, stack: &str) -> (Vec<String>, End) {
        let symbols = symbols();
        let stack = parse_stack(stack).unwrap();
        let trace =
            backtrace(offset, symbols.site(offset).is_some(), &stack, |instance| (instance == 0).then_some(&symbols));
        (trace.frames.into_iter().map(|frame| frame.function.unwrap_or_default()).collect(), trace.end)
    }

    #[test]
    fn a_return_address_counts_where_it_has_to_lie() {
        let whole = (vec!["inner".to_owned(), "outer".to_owned()], End::Entry);
        assert_eq!(walk(0x30, "30 c:10"), whole);
        assert_eq!(walk(0x30, "30 0:10 4:30 c:10 10:10 18:30"), whole, "the others are values of the guest's");
    }

    #[test]
    fn what_does_not_fit_is_said_to_be_unknown() {
        let only = |end| (vec!["inner".to_owned()], end);
        for damaged in ["30", "30 8:10", "30 c:30", "30 c:11", "0 c:10", "17 c:10", "ffffffff"] {
            assert_eq!(walk(0x30, damaged), only(End::Unknown), "{damaged}");
        }
        let (names, end) = walk(0x30, "31 c:10");
        assert_eq!((names.len(), end), (2, End::Unknown), "it does not end where the stack does");
        assert_eq!(walk(0x99, "30 c:10").0, [""], "an offset of no function");
    }

    #[test]
    fn a_list_that_is_full_may_go_on() {
        let words: String = (0..MAX_STACK_WORDS).map(|i| format!(" {:x}:10", i * 4)).collect();
        // The frames are 24 bytes a call, and the list ends at 124.
        let (names, end) = walk(0x30, &format!("1000{words}"));
        assert!(matches!(end, End::Cut(left) if left > 0xf00), "{end:?}");
        assert_eq!(names.len(), 6, "{names:?}");
    }

    #[test]
    fn a_file_that_makes_no_sense_ends_the_walk() {
        let mut symbols = symbols();
        for (link, frame) in [(0, 0), (u32::MAX, 0), (0, 8), (12, 12)] {
            symbols.sites.iter_mut().for_each(|site| site.unwind = Unwind { link, frame });
            let stack = parse_stack("40 0:10 4:10 8:10 c:10").unwrap();
            let trace = backtrace(0x30, true, &stack, |_| Some(&symbols));
            assert!(trace.frames.len() <= 5 && trace.end == End::Unknown, "{link} {frame}: {trace:?}");
        }
    }

    #[test]
    fn what_was_interrupted_has_the_callers_that_lead_to_the_end() {
        // Inside of inner, which calls nothing: its link register is the first word.
        assert_eq!(walk(0x26, "24 0:10"), (vec!["inner".to_owned(), "outer".to_owned()], End::Entry));
        assert_eq!(walk(0x26, "24 0:30").1, End::Unknown);
        // In front of the first instruction of what the host calls.
        assert_eq!(walk(0x0, "4"), (vec!["outer".to_owned()], End::Entry));
        assert_eq!(walk(0x0, "8").1, End::Unknown);
    }

    #[test]
    fn an_instance_without_a_file_ends_it() {
        let symbols = symbols();
        let mut stack = parse_stack("30 c:10").unwrap();
        stack.words[0].instance = 7;
        let trace = backtrace(0x30, true, &stack, |instance| (instance == 0).then_some(&symbols));
        assert_eq!((trace.frames.len(), trace.end), (2, End::Foreign));
        assert!(trace.to_string().contains("1: code offset 0x10 in instance 7"), "{trace}");
        assert_eq!(backtrace(0x30, true, &stack, |_| None).end, End::Foreign);
    }

    #[test]
    fn stacks_are_read_from_text() {
        for text in ["1c0", "1c0 c:1a2 5c:30e"] {
            assert_eq!(stack_text(&parse_stack(text).unwrap()), text);
        }
        let long: String = (0..=MAX_STACK_WORDS).map(|i| format!(" {i:x}:10")).collect();
        for text in ["", "x", "10 c", "10 c:", "10 :c", "10 -1:2", "100000000", &format!("1000{long}")] {
            assert!(parse_stack(text).is_err(), "{text}");
        }
    }
}
