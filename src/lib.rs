//! Exact, certified and explained matching of vocational talent supply and demand.

pub mod certificate;
pub mod control;
pub mod eligibility;
pub mod formulation;
pub mod graph;
pub mod index;
pub mod language;
pub mod market;
mod parallel;
pub mod scoring;
