//! Nothing of its own: the static library brings `compiler_builtins`, as the firmware's own build has it.
#![no_std]

use base as _;
