//! The provisioning page: what a device is told once, before it first connects.
//!
//! ```text
//! offset  size  field
//!      0     4  magic     53 47 50 56  ("SGPV")
//!      4     4  version   u32, little-endian, 1
//!      8     4  length    u32, little-endian: bytes of the body
//!     12     4  crc32     u32, little-endian: CRC-32/ISO-HDLC over bytes 0..12 and the body
//!     16     n  body      `Provisioning` in postcard's encoding
//!   16+n        ignored (an erased page is 0xFF there)
//! ```
//!
//! The page is integrity-checked, not authenticated: whoever can write it owns the device.
//! `parse` never panics, does not allocate and looks at no byte beyond the declared length.
#![no_std]
#![forbid(unsafe_code)]

use serde::{Deserialize, Serialize};

/// First four bytes of every page.
pub const MAGIC: [u8; 4] = *b"SGPV";
/// The only version this crate reads and writes.
pub const VERSION: u32 = 1;
/// Bytes before the body.
pub const HEADER_LEN: usize = 16;
/// A page never needs more than this (fields at their limits, with room to spare).
pub const MAX_LEN: usize = 1024;
/// Longest device id, namespace, user and password, in bytes.
pub const MAX_TEXT: usize = 64;
/// Longest device class, in bytes.
pub const MAX_CLASS: usize = 32;
/// How many signing keys a device can trust.
pub const MAX_KEYS: usize = 2;

/// What a device is told. Text borrows from the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provisioning<'a> {
    /// Device id: MQTT client id, and the `{device}` level of its topics. 1–64 of `[A-Za-z0-9._-]`.
    pub device_id: &'a str,
    /// KubeEdge namespace the device lives in. 1–64 of `[A-Za-z0-9._-]`.
    pub namespace: &'a str,
    /// Where the MQTT broker listens.
    pub broker: Broker,
    /// MQTT user name, at most 64 bytes; empty = connect without credentials.
    pub user: &'a str,
    /// MQTT password, at most 64 bytes.
    pub password: &'a str,
    /// Ed25519 public keys whose signatures this device accepts; without any it accepts no module.
    pub trusted_keys: [Option<[u8; 32]>; MAX_KEYS],
    /// Device class, for selecting rollouts. 0–32 of `[A-Za-z0-9._-]`.
    pub device_class: &'a str,
    /// A protection to do without, which only firmware built for tests of the tests can.
    pub without: Without,
}

/// A protection that a test switches off to prove that it would notice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Without {
    /// Everything on.
    #[default]
    Nothing,
    /// Artifacts that nobody trusted has signed are installed.
    Signature,
    /// A module that traps on trial is not taken back.
    Revert,
    /// A module that was taken back may be installed again.
    Quarantine,
}

/// An IPv4 endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broker {
    /// Address, most significant octet first.
    pub address: [u8; 4],
    /// TCP port, not 0.
    pub port: u16,
}

/// Why a page was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// No page here: shorter than a header, or another magic. Provision the device.
    Missing,
    /// Written by another generation of the tools. Provision again with matching ones.
    Version {
        /// The version found.
        found: u32,
    },
    /// The declared length is longer than the page or than `MAX_LEN`.
    Length {
        /// Body bytes declared by the header.
        declared: u32,
    },
    /// Damaged: the checksum does not fit. Provision again.
    Checksum,
    /// The checksum fits but the body is not a `Provisioning`: written by a faulty tool.
    Body,
    /// A field is empty, too long, or has characters it may not have.
    Field(Field),
    /// The buffer handed to `write` is too small; `MAX_LEN` bytes always suffice.
    BufferTooSmall,
}

/// The field an [`Error::Field`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// `device_id`
    DeviceId,
    /// `namespace`
    Namespace,
    /// `broker`: port 0 or address 0.0.0.0
    Broker,
    /// `user`
    User,
    /// `password`
    Password,
    /// `device_class`
    DeviceClass,
}

impl core::fmt::Display for Error {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Error::Missing => f.write_str("no provisioning page; provision the device"),
            Error::Version { found } => {
                write!(f, "provisioning page version {found}, this build reads {VERSION}")
            }
            Error::Length { declared } => {
                write!(f, "provisioning page declares {declared} bytes, more than there are")
            }
            Error::Checksum => f.write_str("provisioning page is damaged (checksum)"),
            Error::Body => f.write_str("provisioning page's body cannot be decoded"),
            Error::Field(field) => write!(f, "provisioning field {field:?} is empty, too long or malformed"),
            Error::BufferTooSmall => write!(f, "buffer too small for the provisioning page; {MAX_LEN} bytes suffice"),
        }
    }
}

impl core::error::Error for Error {}

impl<'a> Provisioning<'a> {
    /// Reads a page from its first byte on; `page` may be longer than what was written.
    pub fn parse(page: &'a [u8]) -> Result<Self, Error> {
        let (header, rest) = page.split_first_chunk::<HEADER_LEN>().ok_or(Error::Missing)?;
        let word = |at: usize| u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
        if header[..4] != MAGIC {
            return Err(Error::Missing);
        }
        if word(4) != VERSION {
            return Err(Error::Version { found: word(4) });
        }
        let declared = word(8);
        if declared as usize > MAX_LEN - HEADER_LEN {
            return Err(Error::Length { declared });
        }
        let body = rest.get(..declared as usize).ok_or(Error::Length { declared })?;
        if crc32(&[&header[..12], body]) != word(12) {
            return Err(Error::Checksum);
        }
        let (value, unread) = postcard::take_from_bytes::<Provisioning<'a>>(body).map_err(|_| Error::Body)?;
        if !unread.is_empty() {
            return Err(Error::Body);
        }
        value.check()?;
        Ok(value)
    }

    /// Writes a page into `page` and returns how many bytes it takes (at most `MAX_LEN`).
    /// Refuses values that `parse` would refuse.
    #[cfg(feature = "write")]
    pub fn write(&self, page: &mut [u8]) -> Result<usize, Error> {
        self.check()?;
        let (header, rest) = page.split_first_chunk_mut::<HEADER_LEN>().ok_or(Error::BufferTooSmall)?;
        let body = postcard::to_slice(self, rest).map_err(|_| Error::BufferTooSmall)?;
        header[..4].copy_from_slice(&MAGIC);
        header[4..8].copy_from_slice(&VERSION.to_le_bytes());
        header[8..12].copy_from_slice(&(body.len() as u32).to_le_bytes());
        let sum = crc32(&[&header[..12], body]);
        header[12..].copy_from_slice(&sum.to_le_bytes());
        Ok(HEADER_LEN + body.len())
    }

    /// The trusted keys that are set.
    pub fn keys(&self) -> impl Iterator<Item = &[u8; 32]> {
        self.trusted_keys.iter().flatten()
    }

    fn check(&self) -> Result<(), Error> {
        let named = |text: &str, max: usize| {
            text.len() <= max && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
        };
        let fields = [
            (!self.device_id.is_empty() && named(self.device_id, MAX_TEXT), Field::DeviceId),
            (!self.namespace.is_empty() && named(self.namespace, MAX_TEXT), Field::Namespace),
            (self.broker.port != 0 && self.broker.address != [0; 4], Field::Broker),
            (self.user.len() <= MAX_TEXT, Field::User),
            (self.password.len() <= MAX_TEXT, Field::Password),
            (named(self.device_class, MAX_CLASS), Field::DeviceClass),
        ];
        match fields.iter().find(|(ok, _)| !ok) {
            Some(&(_, field)) => Err(Error::Field(field)),
            None => Ok(()),
        }
    }
}

/// CRC-32/ISO-HDLC (the CRC of zlib and Ethernet) over the concatenation of `parts`.
fn crc32(parts: &[&[u8]]) -> u32 {
    let bytes = parts.iter().flat_map(|part| part.iter());
    !bytes.fold(!0, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & 0u32.wrapping_sub(crc & 1)))
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn crc32_has_the_catalogued_check_value() {
        // "check" of CRC-32/ISO-HDLC in the catalogue of parametrised CRC algorithms.
        assert_eq!(super::crc32(&[b"1234", b"56789"]), 0xCBF4_3926);
    }
}
