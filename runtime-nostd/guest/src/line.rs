//! A message built without an allocator, and without the size of `core::fmt`.

use crate::MAX_DATA;

/// Up to [`MAX_DATA`] bytes of text. What does not fit is cut off.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    bytes: [u8; MAX_DATA],
    len: usize,
}

impl Line {
    /// An empty line.
    pub const fn new() -> Line {
        Line { bytes: [0; MAX_DATA], len: 0 }
    }

    /// Appends text.
    pub fn text(mut self, text: &str) -> Line {
        for byte in text.bytes() {
            self.push(byte);
        }
        self
    }

    /// Appends a number in decimal.
    pub fn number(mut self, value: i32) -> Line {
        if value < 0 {
            self.push(b'-');
        }
        self.digits(value.unsigned_abs(), 1);
        self
    }

    /// Appends thousandths as a number with three places: -1500 as `-1.500`.
    pub fn thousandths(mut self, value: i32) -> Line {
        if value < 0 {
            self.push(b'-');
        }
        self.digits(value.unsigned_abs() / 1000, 1);
        self.push(b'.');
        self.digits(value.unsigned_abs() % 1000, 3);
        self
    }

    /// The bytes so far.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or(&[])
    }

    fn push(&mut self, byte: u8) {
        if let Some(place) = self.bytes.get_mut(self.len) {
            *place = byte;
            self.len += 1;
        }
    }

    /// At least `places` digits, of which there are never more than ten.
    fn digits(&mut self, value: u32, places: u32) {
        let mut divisor = 1_000_000_000;
        for place in (1..=10).rev() {
            if place <= places || value >= divisor {
                self.push(b'0' + (value / divisor % 10) as u8);
            }
            divisor = if divisor > 1 { divisor / 10 } else { 1 };
        }
    }
}

impl Default for Line {
    fn default() -> Line {
        Line::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_they_are_said() {
        let line = Line::new().text("t=").number(-7).text(",").number(i32::MIN).text(",").thousandths(-1_050);
        assert_eq!(line.as_bytes(), b"t=-7,-2147483648,-1.050");
        assert_eq!(Line::new().thousandths(21_500).as_bytes(), b"21.500");
        assert_eq!(Line::new().number(0).as_bytes(), b"0");
    }

    #[test]
    fn what_does_not_fit_is_cut_off() {
        let mut line = Line::new();
        for _ in 0..100 {
            line = line.text("abc");
        }
        assert_eq!(line.as_bytes().len(), MAX_DATA);
    }
}
