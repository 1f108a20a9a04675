#![forbid(unsafe_code)]
//! What the tests on emulated boards share; the tests themselves are in `tests/`.
//!
//! * [`c_firmware`]: a firmware in C
//! * [`cases`]: the programs in `cases/*.wat`, each with its invocations
//! * [`oracle`]: what wasmi makes of them
//! * [`bench`]: boards, as the parts that they can be, with their firmwares, or the reason why there are none
//! * [`script`]: steps with several modules, and [`executor`]: who carries them out
//! * [`spec`]: the specification's own tests as scripts
//! * [`fuzz`]: random modules compared with wasmi
//! * [`exhaustion`]: calls until the stack is used up
//! * [`miscompile`]: artifacts with wrong code
//! * [`soak`]: instances made, used and given up for hours
//! * [`published`]: modules from npm at work
//! * `proof`, with the feature of this name: what the suites take of the compiler, and notice of its faults
//! * [`speed`]: kernels as modules and as native code
//! * [`site`]: a device on a network of its own

pub mod bench;
pub mod c_firmware;
pub mod cases;
pub mod executor;
pub mod exhaustion;
pub mod fuzz;
pub mod miscompile;
pub mod oracle;
#[cfg(feature = "proof")]
pub mod proof;
pub mod published;
pub mod script;
pub mod site;
pub mod soak;
pub mod spec;
pub mod speed;
