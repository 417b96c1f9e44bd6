//! How good an acceptable pair is, criterion by criterion.
//!
//! Every [`Criterion`] is a pure function of a pair with values from 0 to 1; [`Criteria`] gives each its weight in
//! points. [`score`] computes the points of all acceptable pairs in parallel, [`Explainer`] takes one score apart
//! again. Points are the last floating-point numbers of the pipeline: they become integers in
//! [`formulation`](crate::formulation) and nowhere else.
//!
//! ```
//! use talent_match::scoring::{Criteria, Criterion};
//!
//! let criteria: Criteria = serde_json::from_str(r#"{"weights": {"wish": 40}, "far_km": 50}"#)?;
//! assert_eq!(criteria.weight(Criterion::Wish), 40);
//! assert_eq!(criteria.weight(Criterion::Fit), Criteria::default().weight(Criterion::Fit));
//! # Ok::<(), serde_json::Error>(())
//! ```

mod criterion;
mod distance;
mod fit;
mod partnership;
mod pay;
mod preference;
mod priority;
mod qualification;
mod scores;

pub use criterion::{Criteria, Criterion, MOST_POINTS};
pub use scores::{Breakdown, Explainer, Scores, score};
