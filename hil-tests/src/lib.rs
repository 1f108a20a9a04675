#![forbid(unsafe_code)]
//! What the tests on emulated boards share; the tests themselves are in `tests/`.
//!
//! * [`cases`]: the programs in `cases/*.wat`, each with its invocations
//! * [`oracle`]: what wasmi makes of them
//! * [`bench`]: boards, as the parts that they can be, with their firmwares, or the reason why there are none
//! * [`site`]: a device on a network of its own

pub mod bench;
pub mod cases;
pub mod oracle;
pub mod site;
