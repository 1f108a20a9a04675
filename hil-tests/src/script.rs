//! What to do with modules that may refer to each other, one step after the other, and what comes of it: the language
//! that the specification's tests and the fuzzer speak, whatever executes it.

use sandgrain_abi::TrapKind;
use sandgrain_run_protocol::Value;

/// Number of an instance: how many [`Step::Instantiate`] came before it in its script.
pub type InstanceNumber = usize;

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Every instance goes; numbers go on.
    Forget,
    /// Makes an instance of the script's module with this index, and runs its start function.
    Instantiate { module: usize },
    /// Lets later instances import from this one under a name.
    Register { instance: InstanceNumber, name: String },
    /// Calls an exported function.
    Call { instance: InstanceNumber, function: String, arguments: Vec<Value> },
    /// Reads an exported global.
    Global { instance: InstanceNumber, name: String },
    /// Reads the fuel that is left, as an i32.
    Fuel,
    /// Hashes the linear memory.
    Digest { instance: InstanceNumber },
    /// Writes to the linear memory.
    Write { instance: InstanceNumber, at: u32, bytes: Vec<u8> },
    /// Reads from the linear memory, at most `sandgrain_run_protocol::MAX_READ` bytes.
    Read { instance: InstanceNumber, at: u32, len: u32 },
}

/// What came of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was done, and has no value.
    Done,
    /// These are the results.
    Returned(Vec<Value>),
    /// FNV-1a of the memory, and its size in bytes.
    Digest { hash: u64, bytes: u32 },
    /// Bytes of the memory.
    Bytes(Vec<u8>),
    /// It trapped.
    Trapped(TrapKind),
    /// It did not take place, for this reason.
    Refused(String),
}

/// Steps, and the modules that they are about, each in the form that its executor takes: .wasm or artifact.
#[derive(Debug, Clone, Default)]
pub struct Script {
    /// The modules.
    pub modules: Vec<Vec<u8>>,
    /// The steps.
    pub steps: Vec<Step>,
    /// Fuel that the instances up to each [`Step::Forget`] have together; `None`: nobody counts any.
    pub fuel: Option<u32>,
}
