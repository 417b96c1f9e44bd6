//! The market room from outside: every way in, every fault, and the market carried with the crate.

#[path = "market/jinpu.rs"]
mod jinpu;
