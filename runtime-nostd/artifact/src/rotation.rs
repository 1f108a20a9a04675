//! Which keys a device trusts, and the record that changes them.
//!
//! ```text
//! offset
//! 0        signature   64 bytes, ed25519, by a key that is trusted until now
//! 64       epoch       u32 little-endian
//! 68       key         32 bytes
//! 100      key         32 bytes; zeros if there is but one
//! 132      end
//! ```
//! The signed message is `"sandgrain key rotation v1\0"` ‖ everything behind the signature, so that neither a manifest's
//! signature is one of a rotation nor the other way round. The record has one length and one encoding.
//!
//! A device is provisioned with its first keys, at epoch 0. A rotation replaces them, both at once: who is not in the new
//! set is revoked. Epochs only rise, by [`MAX_EPOCH_JUMP`] at most, so that an old record is never taken again and none can
//! use the range up. A device that was away for several rotations needs those that lead from a key that it trusts to the last.

use ed25519_dalek::VerifyingKey;

use crate::envelope::verify_strict;
use crate::{Digest, PublicKey};

/// Bytes of a rotation.
pub const ROTATION_LEN: usize = 132;
/// How far the epoch of a rotation may be above the device's.
pub const MAX_EPOCH_JUMP: u32 = 100;
const SIGNATURE_DOMAIN: &[u8] = b"sandgrain key rotation v1\0";

/// The keys that a device trusts from an epoch on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeySet {
    /// Counts the rotations; 0 is what a device was provisioned with.
    pub epoch: u32,
    /// The second is all zeros if there is but one. That is no key: nothing is ever signed by it.
    pub keys: [PublicKey; 2],
}

/// Why a rotation is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RotationError {
    /// It has another length than [`ROTATION_LEN`].
    Length,
    /// Its epoch is not above the device's, or too far above.
    Epoch,
    /// One of its keys is none, so that nobody could sign for the device any more.
    Key,
    /// No key that is trusted has signed it.
    Signature,
}

impl RotationError {
    /// The cause in one word, for reports.
    pub const fn reason(&self) -> &'static str {
        match self {
            RotationError::Length => "length",
            RotationError::Epoch => "epoch",
            RotationError::Key => "key",
            RotationError::Signature => "signature",
        }
    }
}

impl core::fmt::Display for RotationError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            RotationError::Length => write!(f, "a rotation has {ROTATION_LEN} bytes"),
            RotationError::Epoch => {
                write!(f, "its epoch is not above the device's, or more than {MAX_EPOCH_JUMP} above")
            }
            RotationError::Key => write!(f, "one of its keys is not a valid ed25519 key"),
            RotationError::Signature => write!(f, "no trusted key has signed it"),
        }
    }
}

impl core::error::Error for RotationError {}

impl KeySet {
    /// What a record asks for; unchecked. `None` if it has the wrong length.
    pub fn parse(record: &[u8]) -> Option<KeySet> {
        let (_, body) = record.split_first_chunk::<64>()?;
        let (epoch, keys) = body.split_first_chunk::<4>()?;
        let (first, second) = keys.split_first_chunk::<32>()?;
        let keys = [PublicKey(*first), PublicKey(second.try_into().ok()?)];
        Some(KeySet { epoch: u32::from_le_bytes(*epoch), keys })
    }

    /// The keys that a device goes over to by this record, if it is at this epoch and trusts these keys now. What costs
    /// little is looked at first; then it is one signature check a key. Never panics.
    ///
    /// # Errors
    /// [`RotationError`].
    pub fn rotate(record: &[u8], epoch: u32, trusted: &[PublicKey]) -> Result<KeySet, RotationError> {
        let (Some(set), Some((signature, body))) = (KeySet::parse(record), record.split_first_chunk()) else {
            return Err(RotationError::Length);
        };
        if set.epoch <= epoch || set.epoch - epoch > MAX_EPOCH_JUMP {
            return Err(RotationError::Epoch);
        }
        let usable = |key: &PublicKey| VerifyingKey::from_bytes(&key.0).is_ok_and(|key| !key.is_weak());
        let [first, second] = &set.keys;
        if !usable(first) || !(second.0 == [0; 32] || usable(second)) {
            return Err(RotationError::Key);
        }
        if !trusted.iter().any(|key| verify_strict(key, &[SIGNATURE_DOMAIN, body], signature)) {
            return Err(RotationError::Signature);
        }
        Ok(set)
    }

    /// Names it in reports: SHA-256 of epoch and keys.
    pub fn digest(&self) -> Digest {
        Digest::of(&[&self.epoch.to_le_bytes(), &self.keys[0].0, &self.keys[1].0])
    }

    /// The record that has devices go over to these keys, if they trust `key`.
    #[cfg(feature = "write")]
    pub fn sign(&self, key: &crate::SigningKey) -> [u8; ROTATION_LEN] {
        use ed25519_dalek::ed25519::signature::MultipartSigner;
        let mut record = [0; ROTATION_LEN];
        record[64..68].copy_from_slice(&self.epoch.to_le_bytes());
        record[68..100].copy_from_slice(&self.keys[0].0);
        record[100..].copy_from_slice(&self.keys[1].0);
        let signature = key.multipart_sign(&[SIGNATURE_DOMAIN, &record[64..]]);
        record[..64].copy_from_slice(&signature.to_bytes());
        record
    }
}

#[cfg(all(test, feature = "write"))]
mod tests {
    use super::*;
    use crate::SigningKey;
    use crate::keys::public_key;

    const NONE: PublicKey = PublicKey([0; 32]);

    #[test]
    fn a_rotation_is_taken_from_a_trusted_key_alone_and_forwards_alone() {
        let [old, new, foreign] = [1, 2, 3].map(|n| SigningKey::from_bytes(&[n; 32]));
        let trusted = [public_key(&old), NONE];
        let set = KeySet { epoch: 5, keys: [public_key(&new), public_key(&old)] };
        let record = set.sign(&old);
        assert_eq!(KeySet::rotate(&record, 4, &trusted), Ok(set));
        assert_eq!(KeySet::rotate(&record, 4, &trusted[1..]), Err(RotationError::Signature), "zeros are no key");
        assert_eq!(KeySet::rotate(&set.sign(&foreign), 4, &trusted), Err(RotationError::Signature));
        assert_eq!(
            KeySet::rotate(&set.sign(&new), 4, &trusted),
            Err(RotationError::Signature),
            "it does not sign itself"
        );
        for epoch in [5, 6, u32::MAX] {
            assert_eq!(KeySet::rotate(&record, epoch, &trusted), Err(RotationError::Epoch));
        }
        let far = |epoch| KeySet { epoch, ..set }.sign(&old);
        assert!(KeySet::rotate(&far(4 + MAX_EPOCH_JUMP), 4, &trusted).is_ok());
        assert_eq!(KeySet::rotate(&far(5 + MAX_EPOCH_JUMP), 4, &trusted), Err(RotationError::Epoch));
        assert_eq!(KeySet::rotate(&far(u32::MAX), 4, &trusted), Err(RotationError::Epoch));
        assert!(KeySet::rotate(&far(u32::MAX), u32::MAX - 1, &trusted).is_ok());
    }

    #[test]
    fn no_bit_and_no_length_of_a_rotation_can_be_changed() {
        let old = SigningKey::from_bytes(&[1; 32]);
        let trusted = [public_key(&old)];
        let set = KeySet { epoch: 1, keys: [public_key(&SigningKey::from_bytes(&[2; 32])), NONE] };
        let record = set.sign(&old);
        assert_eq!(KeySet::rotate(&record, 0, &trusted), Ok(set));
        for bit in 0..ROTATION_LEN * 8 {
            let mut bent = record;
            bent[bit / 8] ^= 1 << (bit % 8);
            assert!(KeySet::rotate(&bent, 0, &trusted).is_err(), "bit {bit}");
        }
        for len in 0..ROTATION_LEN {
            assert_eq!(KeySet::rotate(&record[..len], 0, &trusted), Err(RotationError::Length));
        }
        let long = [&record[..], &[0]].concat();
        assert_eq!(KeySet::rotate(&long, 0, &trusted), Err(RotationError::Length));
    }

    #[test]
    fn keys_that_nobody_has_are_refused() {
        let old = SigningKey::from_bytes(&[1; 32]);
        let good = public_key(&old);
        let neutral = PublicKey(core::array::from_fn(|i| u8::from(i == 0)));
        let rotate = |keys| KeySet::rotate(&KeySet { epoch: 1, keys }.sign(&old), 0, &[good]).map(|set| set.keys);
        assert_eq!(rotate([good, NONE]), Ok([good, NONE]));
        for keys in [[NONE, NONE], [NONE, good], [neutral, good], [good, neutral], [PublicKey([2; 32]), good]] {
            assert_eq!(rotate(keys), Err(RotationError::Key), "{keys:?}");
        }
    }
}
