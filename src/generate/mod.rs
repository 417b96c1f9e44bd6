//! Seeded generators: the same arguments give the same bytes on any machine, for data, tests and benches.
//!
//! [`jinpu`] builds the market of one docking round of the Dalian Jinpu consortium at any size: what is real in it
//! (catalogue, named members, projects, tracks and their numbers of seats) stands in tables or comes from the
//! caller's [`Catalogue`](crate::market::Catalogue), and the rest is drawn.
//!
//! [`with_rules`] adds the rules of a consortium: quotas, mentors, bonds.
//!
//! [`instance`] makes problems of known shapes, for measuring solvers.
//!
//! ```
//! use talent_match::generate::{Jinpu, jinpu};
//! use talent_match::market::Market;
//!
//! let catalogue = Market::read_catalogue("examples/data/jinpu")?;
//! let market = jinpu(&catalogue, Jinpu::default())?;
//! assert_eq!(market.people(), 10_000);
//! # Ok::<(), talent_match::market::Faults>(())
//! ```

mod draw;
mod enterprises;
pub mod instance;
mod jinpu;
mod people;
mod posts;
mod projects;
mod rules;
mod schools;
mod terms;
mod trade;
mod wishes;

pub use jinpu::{Jinpu, jinpu};
pub use rules::with_rules;
