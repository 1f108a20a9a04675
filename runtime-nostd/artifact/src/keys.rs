//! Key files: one line of text, `sandgrain-secret-key v1 <64 hex digits>` or `sandgrain-public-key v1 <…>`.
//! Lines that are empty or start with `#` are skipped.

use crate::PublicKey;
use crate::digest::bytes_from_hex;
use core::fmt;
use ed25519_dalek::SigningKey;
use std::format;
use std::string::{String, ToString};

const SECRET: &str = "sandgrain-secret-key";
const PUBLIC: &str = "sandgrain-public-key";
const VERSION: &str = "v1";

/// Why a key could not be had. Never contains key material.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyError {
    /// The text has no line of a key.
    Empty,
    /// The text holds the other half of a pair, or no key at all.
    Kind {
        /// What was looked for.
        expected: &'static str,
    },
    /// A format of another release.
    Version {
        /// The version it claims.
        found: String,
    },
    /// Not 64 hex digits, or more than one key.
    Digits,
    /// A public key that no secret key has, or that any signature satisfies.
    Weak,
    /// The system has no random numbers.
    NoRandomness(String),
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeyError::Empty => f.write_str("the key file holds no key; make one with `sandgrain keygen`"),
            KeyError::Kind { expected: SECRET } => {
                write!(f, "not a secret key (`{SECRET} {VERSION} …`); give the file that `sandgrain keygen` made")
            }
            KeyError::Kind { expected } => {
                write!(
                    f,
                    "not a public key (`{expected} {VERSION} …`); give the .pub file that `sandgrain keygen` made"
                )
            }
            KeyError::Version { found } => {
                write!(f, "key format `{found}`, this build reads `{VERSION}`; use the release that made the key")
            }
            KeyError::Digits => f.write_str("the key is not one line of 64 hex digits; the file is damaged"),
            KeyError::Weak => f.write_str("the public key is not a valid ed25519 key; the file is damaged or forged"),
            KeyError::NoRandomness(why) => write!(f, "the system gives no random numbers: {why}"),
        }
    }
}

impl core::error::Error for KeyError {}

/// A new key from the system's random numbers.
///
/// # Errors
/// [`KeyError::NoRandomness`].
pub fn generate() -> Result<SigningKey, KeyError> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|e| KeyError::NoRandomness(e.to_string()))?;
    Ok(SigningKey::from_bytes(&seed))
}

/// Public half of a secret key.
pub fn public_key(secret: &SigningKey) -> PublicKey {
    PublicKey(secret.verifying_key().to_bytes())
}

/// The secret key as the text of its file. Whoever reads it can sign.
pub fn secret_key_text(secret: &SigningKey) -> String {
    format!("{SECRET} {VERSION} {}\n", crate::Digest(secret.to_bytes()))
}

/// The public key as the text of its file.
pub fn public_key_text(public: &PublicKey) -> String {
    format!("{PUBLIC} {VERSION} {public}\n")
}

/// Reads the text of a secret key's file.
///
/// # Errors
/// Whatever is wrong with the text.
pub fn parse_secret_key(text: &str) -> Result<SigningKey, KeyError> {
    Ok(SigningKey::from_bytes(&parse(text, SECRET)?))
}

/// Reads the text of a public key's file.
///
/// # Errors
/// Whatever is wrong with the text, or with the key.
pub fn parse_public_key(text: &str) -> Result<PublicKey, KeyError> {
    let bytes = parse(text, PUBLIC)?;
    match ed25519_dalek::VerifyingKey::from_bytes(&bytes) {
        Ok(key) if !key.is_weak() => Ok(PublicKey(bytes)),
        _ => Err(KeyError::Weak),
    }
}

fn parse(text: &str, expected: &'static str) -> Result<[u8; 32], KeyError> {
    let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
    let line = lines.next().ok_or(KeyError::Empty)?;
    let mut words = line.split_whitespace();
    if words.next() != Some(expected) {
        return Err(KeyError::Kind { expected });
    }
    match words.next() {
        Some(VERSION) => (),
        found => return Err(KeyError::Version { found: found.unwrap_or("").to_string() }),
    }
    let bytes = words.next().and_then(bytes_from_hex).ok_or(KeyError::Digits)?;
    if words.next().is_some() || lines.next().is_some() {
        return Err(KeyError::Digits);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_files_round_trip() {
        let secret = generate().unwrap();
        let public = public_key(&secret);
        let text = secret_key_text(&secret);
        assert_eq!(parse_secret_key(&text).unwrap().to_bytes(), secret.to_bytes());
        assert_eq!(parse_public_key(&public_key_text(&public)), Ok(public));
        assert_eq!(parse_public_key(&format!("# mine\n\n  {}\n", public_key_text(&public))), Ok(public));
    }

    #[test]
    fn bad_key_files_are_named() {
        let secret = SigningKey::from_bytes(&[1; 32]);
        let (secret_text, public_text) = (secret_key_text(&secret), public_key_text(&public_key(&secret)));
        assert_eq!(parse_public_key(""), Err(KeyError::Empty));
        assert_eq!(parse_public_key(&secret_text), Err(KeyError::Kind { expected: PUBLIC }));
        assert_eq!(parse_secret_key(&public_text).unwrap_err(), KeyError::Kind { expected: SECRET });
        assert_eq!(parse_public_key(&public_text.replace("v1", "v2")), Err(KeyError::Version { found: "v2".into() }));
        assert_eq!(
            parse_public_key(public_text.trim_end().strip_suffix(char::is_alphanumeric).unwrap()),
            Err(KeyError::Digits)
        );
        assert_eq!(parse_public_key(&public_text.repeat(2)), Err(KeyError::Digits));
        let neutral = public_key_text(&PublicKey(core::array::from_fn(|i| u8::from(i == 0))));
        assert_eq!(parse_public_key(&neutral), Err(KeyError::Weak));
    }
}
