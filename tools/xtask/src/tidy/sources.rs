//! Lengths of source files, and where `unsafe` may stand.

use std::path::PathBuf;
use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use serde::Deserialize;

use super::{Finding, Source};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    max_lines: usize,
}

/// A file or folder where `unsafe` is allowed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnsafeRoom {
    path: PathBuf,
    /// For the reader of tidy.toml; a room without a reason is not accepted.
    why: String,
}

pub fn too_long(sources: &[Source], limits: &Limits) -> Vec<Finding> {
    let long = sources.iter().filter(|s| s.text.lines().count() > limits.max_lines);
    long.map(|s| {
        let lines = s.text.lines().count();
        Finding::new(s.path.display(), format!("{lines} lines, {} are allowed: split it by phase", limits.max_lines))
    })
    .collect()
}

pub fn unsafe_outside(sources: &[Source], rooms: &[UnsafeRoom]) -> Vec<Finding> {
    let outside = sources.iter().filter(|s| !rooms.iter().any(|room| s.path.starts_with(&room.path)));
    outside
        .flat_map(|source| {
            let place = |line: usize| format!("{}:{line}", source.path.display());
            match unsafe_lines(&source.text) {
                Ok(lines) => lines
                    .into_iter()
                    .map(|line| {
                        Finding::new(place(line), "`unsafe` outside of the rooms listed in tools/xtask/tidy.toml")
                    })
                    .collect(),
                Err(error) => vec![Finding::new(source.path.display(), format!("is not Rust: {error}"))],
            }
        })
        .collect()
}

/// Rooms that stand in the list without need or without a reason.
pub fn rooms_without_unsafe(sources: &[Source], rooms: &[UnsafeRoom]) -> Vec<Finding> {
    let used = |room: &UnsafeRoom| {
        let inside = sources.iter().filter(|s| s.path.starts_with(&room.path));
        inside.into_iter().any(|s| unsafe_lines(&s.text).is_ok_and(|lines| !lines.is_empty()))
    };
    let mut findings = Vec::new();
    for room in rooms {
        if room.why.trim().is_empty() {
            findings.push(Finding::new("tools/xtask/tidy.toml", format!("{}: why unsafe?", room.path.display())));
        }
        if !used(room) {
            let problem = format!("{} has no unsafe: take the room off the list", room.path.display());
            findings.push(Finding::new("tools/xtask/tidy.toml", problem));
        }
    }
    findings
}

/// The lines with the keyword `unsafe`, attributes such as `#[unsafe(no_mangle)]` left out.
fn unsafe_lines(text: &str) -> Result<Vec<usize>, proc_macro2::LexError> {
    let mut lines = Vec::new();
    collect(TokenStream::from_str(text)?, &mut lines);
    Ok(lines)
}

fn collect(stream: TokenStream, lines: &mut Vec<usize>) {
    let mut tokens = stream.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(word) if word == "unsafe" => {
                let attribute =
                    matches!(tokens.peek(), Some(TokenTree::Group(g)) if g.delimiter() == Delimiter::Parenthesis);
                if !attribute {
                    lines.push(word.span().start().line);
                }
            }
            TokenTree::Group(group) => collect(group.stream(), lines),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source { path: path.into(), text: text.to_owned() }
    }

    fn room(path: &str) -> UnsafeRoom {
        UnsafeRoom { path: path.into(), why: "because".to_owned() }
    }

    #[test]
    fn a_file_of_one_line_too_many_is_found() {
        let limits = Limits { max_lines: 3 };
        let sources = [source("a.rs", "1\n2\n3\n"), source("b.rs", "1\n2\n3\n4\n")];
        let found = too_long(&sources, &limits);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place, "b.rs");
    }

    #[test]
    fn unsafe_is_found_outside_of_its_rooms() {
        let text = "fn f() {\n    unsafe { g() }\n}\n";
        let sources = [source("arch/jump.rs", text), source("archive.rs", text)];
        let found = unsafe_outside(&sources, &[room("arch")]);
        assert_eq!(found.iter().map(|f| f.place.as_str()).collect::<Vec<_>>(), ["archive.rs:2"]);
    }

    #[test]
    fn unsafe_inside_a_macro_is_found() {
        let sources = [source("a.rs", "macro_rules! m {\n () => {\n unsafe impl Send for X {} } }")];
        assert_eq!(unsafe_outside(&sources, &[])[0].place, "a.rs:3");
    }

    #[test]
    fn the_word_alone_is_not_found() {
        let text = r##"
            // unsafe
            #![forbid(unsafe_code)]
            #[unsafe(no_mangle)]
            fn f() { let _ = ("unsafe", r#"unsafe"#, 'u'); } /* unsafe */
        "##;
        assert_eq!(unsafe_outside(&[source("a.rs", text)], &[]), []);
    }

    #[test]
    fn a_room_that_needs_none_is_found() {
        let sources = [source("arch/jump.rs", "fn f() {}")];
        assert_eq!(rooms_without_unsafe(&sources, &[room("arch")]).len(), 1);
    }
}
