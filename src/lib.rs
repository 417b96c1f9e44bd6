//! Exact, certified and explained matching of vocational talent supply and demand.

pub mod control;
pub mod index;
mod parallel;
