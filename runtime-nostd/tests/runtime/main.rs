//! Everything up to entering code, on the development host.

mod instantiate;
mod linking;
mod support;
