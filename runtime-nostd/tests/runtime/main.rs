//! Everything up to entering code, on the development host.

mod instantiate;
mod linking;
mod mutants;
mod support;
