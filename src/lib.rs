//! Exact, certified and explained matching of vocational talent supply and demand.
//!
//! A city's industry-education consortium brings two sides together every term: posts of enterprises and schools
//! (internships, order classes, apprenticeships, field-engineer seats, through-training, craftsman training, jobs) and
//! students, cohorts and employees. This crate decides who goes where so that the goals are reached as far as the
//! rules allow, proves that no other placement reaches more, and says why in Chinese and English.
//!
//! # Example
//! ```
#![doc = include_str!("../examples/quickstart.rs")]
//! ```
//!
//! # What is guaranteed
//! - **Exact.** The result is an optimum, or the best found with a proven gap ([`verified::Status`]); nothing is
//!   relaxed silently.
//! - **Certified.** Every result carries prices that prove it. [`certificate`] checks them in one pass and [`audit`]
//!   recounts every rule for everybody placed; only a result both accept is ever reported ([`verified::Verified`]).
//! - **One answer.** Same market, configuration and seed give the same bytes, for any number of threads and any order
//!   of input rows.
//! - **No surprises.** No panic on any input, no silent overflow, no global state, `unsafe` in one small file only.
//!
//! # The rooms, in the order data walks through them
//! | room | what it does |
//! |---|---|
//! | [`market`] | the world in the domain's words, validated once, then immutable |
//! | [`eligibility`] | which pairs are acceptable, and for every other pair the rule that cut it |
//! | [`scoring`] | how good an acceptable pair is, criterion by criterion |
//! | [`formulation`] | the only bridge to the mathematics: integer weights, tiers, lottery order |
//! | [`graph`] | bipartite graph, problem, matching, prices |
//! | [`solve`] | the best matching, with its prices |
//! | [`certificate`] | proofs and their verifier, which knows no solver |
//! | [`sensitivity`] | what a proven optimum's surroundings are worth: every small change, exactly |
//! | [`audit`] | every rule recounted from the market and the placements alone |
//! | [`insight`] | what a verified result means: tracks, scarcity, causes |
//! | [`conflict`] | which demands contradict each other where nothing is possible |
//! | [`relaxation`] | what it would take to open a class that did not open, or to make a market possible |
//! | [`what_if`] | the round once more with something changed, and what that changes |
//! | [`outlook`] | several rounds together: programmes, and demand over the years |
//! | [`report`] | words and tables in Chinese and English |
//! | [`engine`] | the pipeline on one page |
//! | [`record`] | the files of a round, and their examination later |
//!
//! # Features
//! - `parallel` (default): uses rayon; without it the same code runs on the calling thread and gives the same answer.
//! - `generate`: seeded generators of markets and problems.
//! - `page`: the report as one HTML page.
//! - `forecast`: the demand of an [`outlook`] a year ahead.
//! - `schema`: the JSON Schema of the market document ([`market`]).

pub mod audit;
pub mod certificate;
mod config;
pub mod conflict;
pub mod control;
pub mod docking;
pub mod eligibility;
pub mod engine;
mod error;
pub mod formulation;
#[cfg(feature = "generate")]
pub mod generate;
pub mod graph;
pub mod index;
pub mod insight;
pub mod language;
pub mod market;
pub mod outlook;
mod parallel;
pub mod record;
pub mod relaxation;
pub mod report;
pub mod scoring;
pub mod sensitivity;
pub mod solve;
mod start;
pub mod verified;
pub mod what_if;

pub use config::{Answer, Config, ConfigError, ConfigFault};
pub use conflict::{Impossible, Infeasible};
pub use control::Control;
pub use engine::Engine;
pub use error::Error;
pub use language::Language;
pub use market::Market;
pub use outlook::Outlook;
pub use record::Record;
pub use report::Report;
pub use verified::{Status, Verified};
