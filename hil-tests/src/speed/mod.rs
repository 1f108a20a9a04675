//! The benchmark: kernels as modules and as native code of the same source, in executed instructions.
//!
//! Native code is linked to lie where an artifact would, and the network-free firmware calls it there as it calls a module:
//! same firmware, same counter, same memory. What a part has no instructions for is the same code on both sides: natively,
//! calls go to the functions that the firmware's helpers call ([`native`]). Every result is compared with wasmi's on the
//! host, and so with every other one.

pub mod kernels;
pub mod measure;
pub mod native;
pub mod table;
