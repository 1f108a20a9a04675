//! Packed chunks: a chunk of an artifact's content, said with fewer bytes, some of which the device has already.
//!
//! A packed chunk is a row of commands. Each makes the next bytes of the chunk, from what it carries, from what the
//! chunk has so far, or from the *base*, the content of an artifact that lies in the device's flash:
//!
//! ```text
//! command   kind << 6 | length, where 0..=62 stands for length 1..=63; 63: length - 64 follows as a number
//! kind 0    literal   the bytes follow
//!      1    again     a number follows: distance - 1 back from the end of what there is; may overlap what it makes
//!      2    base      a number follows: where in the base, from the cursor, 0, -1, 1, -2 … as 0, 1, 2, 3 …
//!      3    next      from the base, at the cursor
//! number    7 bits a byte, the lowest first; the top bit says that more follow; at most 5 bytes (LEB128)
//! ```
//! The cursor is a place in the base. It starts where the chunk itself starts in its content, and what a command makes
//! moves it on: by the length, and by `base` to the end of what was taken. So what replaces bytes of the base costs a
//! literal and a `next`, and what is inserted or left out costs one `base`.
//!
//! Each chunk stands for itself: chunks may come in any order, and a download that was interrupted goes on with the next
//! one. Nothing here is trusted: what comes out is a chunk like any other, which is compared with its signed hash before
//! it is written. Unpacking needs no memory but that of the chunk, and takes time linear in packed and unpacked bytes,
//! as each command makes at least one byte.

/// The four kinds of commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// The bytes follow.
    Literal = 0,
    /// From what the chunk has so far.
    Again = 1,
    /// From the base, from another place on.
    Base = 2,
    /// From the base, at the cursor.
    Next = 3,
}

/// Longest length that a command's first byte holds.
pub const SHORT: usize = 63;

/// Why a packed chunk cannot be unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnpackError<E> {
    /// It ends in the middle of a command, or before the chunk is whole.
    Truncated,
    /// It makes more than the chunk, or goes on behind it.
    TooLong,
    /// It takes from before the chunk, or has a number of more than 32 bits.
    Range,
    /// The base was not read; it may not have the bytes that were wanted.
    Base(E),
}

/// Makes the whole of `chunk`, which lies at `start` in its content, of `packed`. `base` reads bytes of the base, from a
/// place in it on.
///
/// # Errors
/// [`UnpackError`]; `chunk` then holds anything.
pub fn unpack<E>(
    packed: &[u8],
    start: u32,
    chunk: &mut [u8],
    mut base: impl FnMut(u32, &mut [u8]) -> Result<(), E>,
) -> Result<(), UnpackError<E>> {
    let mut commands = Reader(packed);
    let (mut made, mut cursor) = (0, start);
    while made < chunk.len() {
        let command = commands.byte()?;
        let length = match usize::from(command & 63) {
            SHORT => usize::try_from(commands.number()?).ok().and_then(|more| more.checked_add(SHORT + 1)),
            short => Some(short + 1),
        };
        let end = length.and_then(|length| made.checked_add(length)).ok_or(UnpackError::TooLong)?;
        let (before, rest) = chunk.split_at_mut(made);
        let place = rest.get_mut(..end - made).ok_or(UnpackError::TooLong)?;
        match command >> 6 {
            0 => place.copy_from_slice(commands.bytes(place.len())?),
            1 => {
                let distance = usize::try_from(commands.number()?).ok().and_then(|distance| distance.checked_add(1));
                let from = distance.and_then(|distance| before.len().checked_sub(distance));
                repeat(chunk, from.ok_or(UnpackError::Range)?, made, end);
            }
            kind => {
                if kind == 2 {
                    let number = commands.number()?;
                    let offset = (number >> 1) ^ (number & 1).wrapping_neg();
                    cursor = cursor.wrapping_add(offset);
                }
                base(cursor, place).map_err(UnpackError::Base)?;
            }
        }
        cursor = cursor.wrapping_add((end - made) as u32);
        made = end;
    }
    if commands.0.is_empty() { Ok(()) } else { Err(UnpackError::TooLong) }
}

/// Makes `to..end` of what starts at `from`, before `to`; both may overlap.
fn repeat(chunk: &mut [u8], from: usize, to: usize, end: usize) {
    for (from, to) in (from..).zip(to..end) {
        if let Some(byte) = chunk.get(from).copied()
            && let Some(place) = chunk.get_mut(to)
        {
            *place = byte;
        }
    }
}

/// What is left of a packed chunk.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte<E>(&mut self) -> Result<u8, UnpackError<E>> {
        let (byte, rest) = self.0.split_first().ok_or(UnpackError::Truncated)?;
        self.0 = rest;
        Ok(*byte)
    }

    fn bytes<E>(&mut self, count: usize) -> Result<&'a [u8], UnpackError<E>> {
        let (bytes, rest) = self.0.split_at_checked(count).ok_or(UnpackError::Truncated)?;
        self.0 = rest;
        Ok(bytes)
    }

    fn number<E>(&mut self) -> Result<u32, UnpackError<E>> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            let bits = u32::from(byte & 0x7f);
            if bits.leading_zeros() < shift {
                return Err(UnpackError::Range);
            }
            number |= bits << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(UnpackError::Range)
    }
}

#[cfg(any(test, feature = "pack"))]
pub mod pack;
#[cfg(test)]
mod tests;
