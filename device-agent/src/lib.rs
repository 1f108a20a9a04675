#![no_std]
#![forbid(unsafe_code)]
//! The update agent.
pub mod json;
pub mod proto;
pub mod twin;
