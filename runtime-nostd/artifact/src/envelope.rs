//! Header, signature and manifest together: everything that is signed, everything a device receives first.
//!
//! The signed message is `"sandgrain manifest v1\0" ‖ header ‖ manifest`. The prefix keeps a signature made here from
//! meaning anything elsewhere; the header being in it makes target and lengths as trustworthy as the manifest.

use crate::fault::{Field, Part};
use crate::header::{HEADER_LEN, MANIFEST_OFFSET};
use crate::{Digest, Error, Header, Manifest, PublicKey};
use ed25519_dalek::ed25519::signature::MultipartVerifier;
use ed25519_dalek::{Signature, VerifyingKey};

pub(crate) const SIGNATURE_DOMAIN: &[u8] = b"sandgrain manifest v1\0";

/// Position of a key in the list of trusted ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyIndex(pub usize);

/// View of the first bytes of an artifact, content not needed.
#[derive(Debug, Clone, Copy)]
pub struct Envelope<'a> {
    header: Header,
    /// Everything up to the content, padding included.
    bytes: &'a [u8],
    header_bytes: &'a [u8; HEADER_LEN],
    signature: &'a [u8; 64],
    manifest: &'a [u8],
}

impl<'a> Envelope<'a> {
    /// Finds the parts in the first bytes of an artifact; what follows them (content) is ignored.
    ///
    /// # Errors
    /// Those of [`Header::parse`], [`Error::Truncated`], or padding that is not zero.
    pub fn parse(bytes: &'a [u8]) -> Result<Envelope<'a>, Error> {
        Self::behind(Header::parse(bytes)?, bytes)
    }

    /// As [`parse`](Self::parse), with the header that has been read from `bytes`.
    pub(crate) fn behind(header: Header, bytes: &'a [u8]) -> Result<Envelope<'a>, Error> {
        let truncated =
            |what, needed: usize| Error::Truncated { what, needed: needed as u64, found: bytes.len() as u64 };
        let manifest_end = MANIFEST_OFFSET + header.manifest_len as usize;
        let (header_bytes, rest) = bytes.split_first_chunk().ok_or(truncated(Part::Header, HEADER_LEN))?;
        let (signature, _) = rest.split_first_chunk().ok_or(truncated(Part::Signature, MANIFEST_OFFSET))?;
        let manifest = bytes.get(MANIFEST_OFFSET..manifest_end).ok_or(truncated(Part::Manifest, manifest_end))?;
        let end = header.content_offset();
        let bytes = bytes.get(..end).ok_or(truncated(Part::Padding, end))?;
        if bytes.iter().skip(manifest_end).any(|&b| b != 0) {
            return Err(Error::HeaderField { field: Field::Padding });
        }
        Ok(Envelope { header, bytes, header_bytes, signature, manifest })
    }

    /// The header, not yet compared with any device: [`Header::check`].
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The envelope's bytes, padding included: what a device has to be sent before the content.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// `sha256(header ‖ manifest)`: names this module, compiled for this target, in whatever was agreed upon. Equal
    /// for different signatures of the same.
    pub fn manifest_digest(&self) -> Digest {
        Digest::of(&[self.header_bytes, self.manifest])
    }

    #[cfg(feature = "write")]
    pub(crate) fn header_bytes(&self) -> &'a [u8; HEADER_LEN] {
        self.header_bytes
    }

    #[cfg(feature = "write")]
    pub(crate) fn manifest_bytes(&self) -> &'a [u8] {
        self.manifest
    }

    /// Which of the trusted `keys` has signed this envelope. Keys that are no valid point, or weak ones, never have.
    ///
    /// The rules are those of ed25519-dalek's `verify_strict` (neither key nor nonce point of small order, canonical
    /// `s` and `R`), so a signature cannot be altered into another valid one.
    /// Costs one signature check a key (1.9 million instructions on a Cortex-M4).
    ///
    /// # Errors
    /// [`Error::NoKeys`] or [`Error::Signature`].
    pub fn verify(&self, keys: &[PublicKey]) -> Result<KeyIndex, Error> {
        if keys.is_empty() {
            return Err(Error::NoKeys);
        }
        let message: [&[u8]; 3] = [SIGNATURE_DOMAIN, self.header_bytes, self.manifest];
        let signed = |key: &PublicKey| verify_strict(key, &message, self.signature);
        keys.iter().position(signed).map(KeyIndex).ok_or(Error::Signature { keys: keys.len() })
    }

    /// The manifest. On a device, [`verify`](Self::verify) first.
    ///
    /// # Errors
    /// [`Error::Manifest`] if it is malformed or does not match the header.
    pub fn manifest(&self) -> Result<Manifest<'a>, Error> {
        Manifest::parse(self.manifest, &self.header)
    }
}

/// `VerifyingKey::verify_strict` for a message in parts, so that a device need not copy the envelope to prefix it.
pub(crate) fn verify_strict(key: &PublicKey, message: &[&[u8]], signature: &[u8; 64]) -> bool {
    let signature = Signature::from_bytes(signature);
    let (Ok(key), Ok(r)) = (VerifyingKey::from_bytes(&key.0), VerifyingKey::from_bytes(signature.r_bytes())) else {
        return false;
    };
    // `r` is no key, but a key is the only public form of a decompressed point.
    !key.is_weak() && !r.is_weak() && key.multipart_verify(message, &signature).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use curve25519_dalek::Scalar;
    use curve25519_dalek::constants::ED25519_BASEPOINT_COMPRESSED;
    use ed25519_dalek::{Signer, SigningKey};
    use sha2::{Digest as _, Sha512};

    /// A message in parts is judged as `verify_strict` judges the whole, on signatures good and bad.
    #[test]
    fn agrees_with_verify_strict() {
        let secret = SigningKey::from_bytes(&[7; 32]);
        let good = secret.sign(b"one two").to_bytes();
        let key = secret.verifying_key().to_bytes();
        let [weak_key, weak_r] = weak();
        let mut cases = std::vec![(key, good), weak_key, weak_r, (weak_key.0, good), (key, [0xff; 64])];
        for bit in 0..512 {
            let mut bad = good;
            bad[bit / 8] ^= 1 << (bit % 8);
            cases.push((key, bad));
        }
        let mut accepted = 0;
        for (key, sig) in cases {
            let whole = VerifyingKey::from_bytes(&key)
                .is_ok_and(|k| k.verify_strict(b"one two", &Signature::from_bytes(&sig)).is_ok());
            assert_eq!(verify_strict(&PublicKey(key), &[b"one ", b"", b"two"], &sig), whole);
            accepted += u32::from(whole);
        }
        assert_eq!(accepted, 1);
        // The lenient check lets both weak ones pass: the strictness above is not vacuous.
        for (key, sig) in weak() {
            let key = VerifyingKey::from_bytes(&key).unwrap();
            assert!(key.multipart_verify(&[b"one two"], &Signature::from_bytes(&sig)).is_ok());
        }
    }

    /// Keys and signatures of "one two" that satisfy the plain equation `[s]B = R + [k]A`: one with a key, one with
    /// an `R` of small order.
    fn weak() -> [([u8; 32], [u8; 64]); 2] {
        let basepoint = ED25519_BASEPOINT_COMPRESSED.to_bytes();
        let neutral = Scalar::ONE.to_bytes(); // Also the encoding of y = 1.
        let pair = |r: [u8; 32], s: Scalar| core::array::from_fn(|i| if i < 32 { r[i] } else { s.to_bytes()[i - 32] });
        // A neutral: R = [s]B for s = 1. R neutral with A = B: s = k.
        let k: [u8; 64] =
            Sha512::new().chain_update(neutral).chain_update(basepoint).chain_update("one two").finalize().into();
        [(neutral, pair(basepoint, Scalar::ONE)), (basepoint, pair(neutral, Scalar::from_bytes_mod_order_wide(&k)))]
    }
}
