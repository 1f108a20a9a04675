//! SHA-256 digests and public keys as plain bytes, written as lower-case hex.

use core::fmt;
use sha2::{Digest as _, Sha256};

/// A SHA-256 digest (FIPS 180-4).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(pub [u8; 32]);

/// An ed25519 public key (RFC 8032, 5.1.5), not yet decompressed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PublicKey(pub [u8; 32]);

impl Digest {
    /// Digest of the concatenation of `parts`.
    pub fn of(parts: &[&[u8]]) -> Digest {
        let mut sha = Sha256::new();
        for part in parts {
            sha.update(part);
        }
        Digest(sha.finalize().into())
    }

    /// Reads 64 hex digits of either case.
    pub fn from_hex(hex: &str) -> Option<Digest> {
        bytes_from_hex(hex).map(Digest)
    }
}

impl PublicKey {
    /// Reads 64 hex digits of either case.
    pub fn from_hex(hex: &str) -> Option<PublicKey> {
        bytes_from_hex(hex).map(PublicKey)
    }
}

/// Exactly 32 bytes as 64 hex digits.
pub(crate) fn bytes_from_hex(hex: &str) -> Option<[u8; 32]> {
    let (pairs, rest) = hex.as_bytes().as_chunks::<2>();
    if pairs.len() != 32 || !rest.is_empty() {
        return None;
    }
    let digit = |c: u8| char::from(c).to_digit(16);
    let mut out = [0; 32];
    for (byte, &[high, low]) in out.iter_mut().zip(pairs) {
        *byte = (digit(high)? << 4 | digit(low)?) as u8;
    }
    Some(out)
}

pub(crate) fn write_hex(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    bytes.iter().try_for_each(|b| write!(f, "{b:02x}"))
}

macro_rules! hex_format {
    ($($name:ident)*) => { $(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_hex(f, &self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
    )* };
}

hex_format!(Digest PublicKey);
