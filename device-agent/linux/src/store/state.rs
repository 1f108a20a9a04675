//! The file `state`: one JSON object, for people to look at and for this program alone to write.

use sandgrain_agent::slots::MAX_QUARANTINE;
use sandgrain_artifact::{Digest, KeySet, PublicKey};
use serde::{Deserialize, Serialize};

/// Version of the file's form.
const VERSION: u32 = 1;

/// A digest as 64 hex digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Hex(pub Digest);

impl From<Hex> for String {
    fn from(hex: Hex) -> String {
        hex.0.to_string()
    }
}

impl TryFrom<String> for Hex {
    type Error = String;

    fn try_from(text: String) -> Result<Hex, String> {
        Digest::from_hex(&text).map(Hex).ok_or_else(|| format!("`{text}` is no digest"))
    }
}

/// A module that was started and not found well yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trial {
    pub digest: Hex,
    /// Starts of this program since.
    pub boots: u32,
}

/// Keys that take the place of those in the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    pub epoch: u32,
    pub keys: [Hex; 2],
}

impl From<KeySet> for Keys {
    fn from(set: KeySet) -> Keys {
        Keys { epoch: set.epoch, keys: set.keys.map(|key| Hex(Digest(key.0))) }
    }
}

impl From<&Keys> for KeySet {
    fn from(keys: &Keys) -> KeySet {
        let [first, second] = &keys.keys;
        KeySet { epoch: keys.epoch, keys: [PublicKey(first.0.0), PublicKey(second.0.0)] }
    }
}

/// What counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// Of the file's form.
    pub version: u32,
    pub confirmed: Option<Hex>,
    pub trial: Option<Trial>,
    /// Lowest counter that may be installed.
    pub floor: u32,
    /// Oldest first, at most [`MAX_QUARANTINE`].
    pub quarantined: Vec<Hex>,
    /// Left out as long as those in the configuration are trusted, so that programs that know no others read the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keys: Option<Keys>,
}

impl Default for State {
    fn default() -> State {
        State { version: VERSION, confirmed: None, trial: None, floor: 0, quarantined: Vec::new(), keys: None }
    }
}

impl State {
    /// Reads the file.
    pub fn parse(bytes: &[u8]) -> Result<State, String> {
        let state: State = serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
        if state.version != VERSION {
            return Err(format!("it is of version {}, this program reads {VERSION}", state.version));
        }
        Ok(state)
    }

    /// The file's text.
    pub fn to_text(&self) -> String {
        // Numbers, and strings of hex digits.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// As it is after the module on trial was taken back.
    pub fn reverted(&self, quarantine: bool) -> State {
        let mut state = self.clone();
        if let Some(trial) = state.trial.take().filter(|_| quarantine) {
            state.quarantined.retain(|digest| *digest != trial.digest);
            state.quarantined.push(trial.digest);
            let too_many = state.quarantined.len().saturating_sub(MAX_QUARANTINE);
            state.quarantined.drain(..too_many);
        }
        state
    }
}
