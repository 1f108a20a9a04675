//! A pull reader for the small JSON documents of the protocol.
//!
//! It borrows from the document, allocates nothing and does not recurse: hostile nesting costs no stack, which is
//! why no serde-based reader is used here. Syntax is checked as RFC 8259 says, also in what is skipped.
//!
//! Strings are returned as they stand in the document. Every string that the agent acts on is made of characters
//! that need no escape; one that was escaped regardless is simply not equal to it.

/// Deepest nesting of a value that is skipped. edgecore's documents need 5.
const MAX_DEPTH: u32 = 31;

/// Why a document was refused; `at` is a byte offset into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonError {
    /// Not JSON, or not the kind of value that the protocol has in this place.
    Unexpected { at: usize },
    /// Nested deeper than any document of the protocol.
    TooDeep { at: usize },
}

impl core::fmt::Display for JsonError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            JsonError::Unexpected { at } => write!(f, "unexpected JSON at byte {at}"),
            JsonError::TooDeep { at } => write!(f, "JSON nested deeper than {MAX_DEPTH} at byte {at}"),
        }
    }
}

/// Position in a document.
pub struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    /// Starts at the document's first byte. Fails if it is not UTF-8.
    pub fn new(document: &'a [u8]) -> Result<Reader<'a>, JsonError> {
        match core::str::from_utf8(document) {
            Ok(text) => Ok(Reader { text, at: 0 }),
            Err(e) => Err(JsonError::Unexpected { at: e.valid_up_to() }),
        }
    }

    fn fail<T>(&self) -> Result<T, JsonError> {
        Err(JsonError::Unexpected { at: self.at })
    }

    /// The next byte, or 0 (which no document contains outside of an error) at the end.
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn next_token(&mut self) -> u8 {
        while matches!(self.peek(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
        self.peek()
    }

    fn expect(&mut self, byte: u8) -> Result<(), JsonError> {
        if self.next_token() != byte {
            return self.fail();
        }
        self.at += 1;
        Ok(())
    }

    fn word(&mut self, word: &str) -> Result<(), JsonError> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or(&[]);
        if !rest.starts_with(word.as_bytes()) {
            return self.fail();
        }
        self.at += word.len();
        Ok(())
    }

    /// Reads an object, calling `member` once a key; it must consume the value.
    pub fn object<E: From<JsonError>>(
        &mut self,
        mut member: impl FnMut(&mut Self, &'a str) -> Result<(), E>,
    ) -> Result<(), E> {
        self.expect(b'{')?;
        if self.next_token() == b'}' {
            self.at += 1;
            return Ok(());
        }
        loop {
            let key = self.string()?;
            self.expect(b':')?;
            member(self, key)?;
            match self.next_token() {
                b',' => self.at += 1,
                b'}' => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Ok(self.fail()?),
            }
        }
    }

    /// Reads a string; escapes stay as they stand.
    pub fn string(&mut self) -> Result<&'a str, JsonError> {
        self.expect(b'"')?;
        let start = self.at;
        loop {
            match self.peek() {
                b'"' => break,
                0..0x20 => return self.fail(),
                b'\\' => {
                    self.at += 1;
                    match self.peek() {
                        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => self.at += 1,
                        b'u' => {
                            self.at += 1;
                            for _ in 0..4 {
                                if !self.peek().is_ascii_hexdigit() {
                                    return self.fail();
                                }
                                self.at += 1;
                            }
                        }
                        _ => return self.fail(),
                    }
                }
                _ => self.at += 1,
            }
        }
        let text = self.text.get(start..self.at).ok_or(JsonError::Unexpected { at: start })?;
        self.at += 1;
        Ok(text)
    }

    /// Reads a number that is a plain non-negative integer.
    pub fn unsigned(&mut self) -> Result<u64, JsonError> {
        self.next_token();
        let start = self.at;
        self.number()?;
        let text = self.text.get(start..self.at).unwrap_or("");
        text.parse().map_err(|_| JsonError::Unexpected { at: start })
    }

    /// Consumes a `null` and tells whether there was one.
    pub fn null(&mut self) -> Result<bool, JsonError> {
        if self.next_token() != b'n' {
            return Ok(false);
        }
        self.word("null")?;
        Ok(true)
    }

    fn digits(&mut self) -> Result<(), JsonError> {
        if !self.peek().is_ascii_digit() {
            return self.fail();
        }
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), JsonError> {
        if self.peek() == b'-' {
            self.at += 1;
        }
        if self.peek() == b'0' {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), b'e' | b'E') {
            self.at += 1;
            if matches!(self.peek(), b'+' | b'-') {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(())
    }

    /// Consumes one value of any kind.
    pub fn skip(&mut self) -> Result<(), JsonError> {
        // One bit an open container, the innermost lowest: 1 = object. A leading 1 marks the bottom.
        let mut open: u32 = 1;
        loop {
            // Here a value is expected.
            let kind = self.next_token();
            match kind {
                b'{' | b'[' => {
                    if open.leading_zeros() == 0 {
                        return Err(JsonError::TooDeep { at: self.at });
                    }
                    self.at += 1;
                    let is_object = kind == b'{';
                    let close = if is_object { b'}' } else { b']' };
                    if self.next_token() != close {
                        open = open << 1 | u32::from(is_object);
                        if is_object {
                            self.key()?;
                        }
                        continue;
                    }
                    self.at += 1;
                }
                b'"' => drop(self.string()?),
                b't' => self.word("true")?,
                b'f' => self.word("false")?,
                b'n' => self.word("null")?,
                _ => self.number()?,
            }
            // Here a value has ended: close what ends with it.
            loop {
                if open == 1 {
                    return Ok(());
                }
                let in_object = open & 1 == 1;
                match (self.next_token(), in_object) {
                    (b',', _) => {
                        self.at += 1;
                        if in_object {
                            self.key()?;
                        }
                        break;
                    }
                    (b'}', true) | (b']', false) => {
                        self.at += 1;
                        open >>= 1;
                    }
                    _ => return self.fail(),
                }
            }
        }
    }

    fn key(&mut self) -> Result<(), JsonError> {
        self.string()?;
        self.expect(b':')
    }

    /// Checks that nothing but white space follows.
    pub fn end(mut self) -> Result<(), JsonError> {
        self.next_token();
        if self.at == self.text.len() { Ok(()) } else { self.fail() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    extern crate std;
    use std::{string::String, vec::Vec};

    fn skip(text: &[u8]) -> Result<(), JsonError> {
        let mut r = Reader::new(text)?;
        r.skip()?;
        r.end()
    }

    fn accepted_by_peer(text: &[u8]) -> bool {
        std::str::from_utf8(text).is_ok_and(|t| serde_json::from_str::<serde::de::IgnoredAny>(t).is_ok())
    }

    #[test]
    fn agrees_with_serde_json_on_mutated_documents() {
        let seeds = [
            r#"{"a":[1,-2.5e+3,0,true,false,null,"x\n\u00e9\\"],"b":{"c":{}},"d":[]}"#,
            r#" [ {"k" : "v"} , 10 , "" ] "#,
            r#"{"event_id":"g1","timestamp":1795407947450,"twin":{"m":{"expected":{"value":"s"}}}}"#,
        ];
        let mut state = 0x9e37_79b9_u32;
        let mut random = move || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state
        };
        let alphabet = b"{}[]\",:0123456789.eE+-\\untrfals \t\n\x01\xff";
        let (mut good, mut bad) = (0, 0);
        for round in 0..20_000 {
            let mut text: Vec<u8> = seeds[round % seeds.len()].into();
            for _ in 0..random() % 4 {
                if text.is_empty() {
                    break;
                }
                let at = random() as usize % text.len();
                let byte = alphabet[random() as usize % alphabet.len()];
                match random() % 4 {
                    0 => text.insert(at, byte),
                    1 => drop(text.remove(at)),
                    2 => text.truncate(at.max(1)),
                    _ => text[at] = byte,
                }
            }
            let ours = skip(&text).is_ok();
            // serde_json checks surrogate pairs when it unescapes; both agree without.
            assert_eq!(ours, accepted_by_peer(&text), "{:?}", String::from_utf8_lossy(&text));
            if ours { good += 1 } else { bad += 1 }
        }
        assert!(good > 1000 && bad > 1000, "{good} accepted, {bad} refused");
    }

    #[test]
    fn nesting_is_bounded() {
        let deep = |n: usize| ["[".repeat(n), "]".repeat(n)].concat();
        assert_eq!(skip(deep(31).as_bytes()), Ok(()));
        assert_eq!(skip(deep(32).as_bytes()), Err(JsonError::TooDeep { at: 31 }));
        assert!(matches!(skip("[".repeat(3000).as_bytes()), Err(JsonError::TooDeep { .. })));
    }

    #[test]
    fn reads_what_it_is_asked_for() {
        let mut r = Reader::new(br#"{"n":12,"s":"a\"b","z":null,"o":{"x":1}}"#).unwrap();
        let mut seen = Vec::new();
        r.object::<JsonError>(|r, key| {
            match key {
                "n" => assert_eq!(r.unsigned()?, 12),
                "s" => assert_eq!(r.string()?, "a\\\"b"),
                "z" => assert!(r.null()?),
                _ => r.skip()?,
            }
            seen.push(key);
            Ok(())
        })
        .unwrap();
        r.end().unwrap();
        assert_eq!(seen, ["n", "s", "z", "o"]);
        assert!(Reader::new(b"-1").unwrap().unsigned().is_err());
        assert!(Reader::new(b"99999999999999999999").unwrap().unsigned().is_err());
    }
}
