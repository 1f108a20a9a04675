//! The host's half: finds a short way to say a chunk.

use std::collections::HashMap;
use std::vec::Vec;

use super::{Kind, SHORT};

/// Bytes that are looked up together: what repeats is found if it is at least as long.
const GRAM: usize = 4;
/// Places with the same [`GRAM`] bytes that are compared, the latest or nearest ones.
const TRIES: usize = 64;

/// Where the content of an artifact has which bytes, to pack others' chunks with it.
pub struct Base<'b> {
    content: &'b [u8],
    places: HashMap<[u8; GRAM], Vec<u32>>,
}

impl<'b> Base<'b> {
    /// Of this content; an empty one if the device has nothing.
    pub fn new(content: &'b [u8]) -> Base<'b> {
        let mut places: HashMap<[u8; GRAM], Vec<u32>> = HashMap::new();
        for (place, gram) in content.array_windows().enumerate() {
            places.entry(*gram).or_default().push(place as u32);
        }
        Base { content, places }
    }

    /// Packs `chunk`, which lies at `start` in its own content. The result may be longer than `chunk`, by a byte in
    /// [`SHORT`] at most, where nothing repeats.
    pub fn pack(&self, start: u32, chunk: &[u8]) -> Vec<u8> {
        let mut packer = Packer { base: self, chunk, seen: HashMap::new(), packed: Vec::new(), cursor: start as usize };
        let (mut at, mut literal) = (0, 0);
        while at < chunk.len() {
            // What starts a byte later may be worth more than what starts here.
            let found = packer
                .best(at, at - literal)
                .filter(|found| packer.best(at + 1, at - literal).is_none_or(|later| later.gain() <= found.gain() + 1));
            match found {
                Some(found) => {
                    packer.literal(literal, at);
                    packer.copy(&found);
                    (at..at + found.length).for_each(|at| packer.see(at));
                    at += found.length;
                    literal = at;
                }
                None => {
                    packer.see(at);
                    at += 1;
                }
            }
        }
        packer.literal(literal, at);
        packer.packed
    }
}

/// A command that is no literal.
struct Copy {
    kind: Kind,
    length: usize,
    /// What follows the command.
    number: Option<u32>,
}

impl Copy {
    /// Bytes that it saves, compared with going on with a literal.
    fn gain(&self) -> usize {
        let cost = 1 + length_bytes(self.length) + self.number.map_or(0, number_bytes);
        self.length.saturating_sub(cost)
    }
}

struct Packer<'p> {
    base: &'p Base<'p>,
    chunk: &'p [u8],
    /// Places of the chunk that have been made.
    seen: HashMap<[u8; GRAM], Vec<usize>>,
    packed: Vec<u8>,
    /// Without the literal that has not been written yet.
    cursor: usize,
}

impl Packer<'_> {
    /// The copy that saves most from `at` on, if any saves something, behind a literal of so many bytes.
    fn best(&self, at: usize, literal: usize) -> Option<Copy> {
        let rest = self.chunk.get(at..).filter(|rest| !rest.is_empty())?;
        let cursor = self.cursor + literal;
        let copy = |kind, length, number| Copy { kind, length, number };
        let next = copy(Kind::Next, same(rest, self.base.content.get(cursor..).unwrap_or_default()), None);
        let gram = rest.first_chunk::<GRAM>();
        let seen = gram.and_then(|gram| self.seen.get(gram)).into_iter().flatten().rev().take(TRIES);
        let again = seen.map(|&from| copy(Kind::Again, same(rest, &self.chunk[from..]), Some((at - from - 1) as u32)));
        let places = gram.and_then(|gram| self.base.places.get(gram)).map_or(&[][..], Vec::as_slice);
        // Near the cursor first: there the way is short, and what was moved has moved with its neighbours.
        let near = places.partition_point(|&place| (place as usize) < cursor).saturating_sub(TRIES / 2);
        let base = places.iter().skip(near).take(TRIES).map(|&from| {
            let length = same(rest, &self.base.content[from as usize..]);
            copy(Kind::Base, length, Some(folded(cursor, from as usize)))
        });
        [next].into_iter().chain(again).chain(base).filter(|copy| copy.gain() > 0).max_by_key(Copy::gain)
    }

    fn see(&mut self, at: usize) {
        if let Some(gram) = self.chunk.get(at..).and_then(<[u8]>::first_chunk::<GRAM>) {
            self.seen.entry(*gram).or_default().push(at);
        }
    }

    fn literal(&mut self, from: usize, to: usize) {
        if from < to {
            self.command(Kind::Literal, to - from, None);
            self.packed.extend_from_slice(&self.chunk[from..to]);
        }
    }

    fn copy(&mut self, copy: &Copy) {
        if copy.kind == Kind::Base {
            let number = copy.number.unwrap_or_default();
            let offset = (number >> 1) ^ (number & 1).wrapping_neg();
            self.cursor = self.cursor.wrapping_add_signed(offset as i32 as isize);
        }
        self.command(copy.kind, copy.length, copy.number);
    }

    fn command(&mut self, kind: Kind, length: usize, operand: Option<u32>) {
        let first = (kind as u8) << 6;
        match length {
            1..=SHORT => self.packed.push(first | (length - 1) as u8),
            _ => {
                self.packed.push(first | SHORT as u8);
                self.number((length - SHORT - 1) as u32);
            }
        }
        if let Some(operand) = operand {
            self.number(operand);
        }
        self.cursor += length;
    }

    fn number(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.packed.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.packed.push(number as u8);
    }
}

/// The way from the cursor to a place of the base, as a number.
fn folded(cursor: usize, to: usize) -> u32 {
    let offset = (to as u32).wrapping_sub(cursor as u32);
    (offset << 1) ^ (offset as i32 >> 31) as u32
}

/// Bytes that both start with.
fn same(one: &[u8], other: &[u8]) -> usize {
    one.iter().zip(other).take_while(|(one, other)| one == other).count()
}

/// Bytes of a command's length beside its first.
fn length_bytes(length: usize) -> usize {
    if length <= SHORT { 0 } else { number_bytes((length - SHORT - 1) as u32) }
}

fn number_bytes(number: u32) -> usize {
    (32 - number.leading_zeros()).div_ceil(7).max(1) as usize
}
