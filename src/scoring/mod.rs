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

use criterion::Value;

/// The criteria that see only what the members of a group share; they are computed once a group and post.
const BY_GROUP: [(Criterion, Value); 6] = [
    (Criterion::Fit, fit::value),
    (Criterion::Wanted, preference::wanted),
    (Criterion::Pay, pay::value),
    (Criterion::Agreement, partnership::agreement),
    (Criterion::Sponsors, partnership::sponsors),
    (Criterion::Sector, priority::sector),
];

/// The other criteria.
const BY_PERSON: [(Criterion, Value); 5] = [
    (Criterion::Wish, preference::wish),
    (Criterion::Distance, distance::value),
    (Criterion::Qualification, qualification::value),
    (Criterion::Equity, priority::equity),
    (Criterion::Stay, preference::stay),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_criterion_is_computed_once_and_the_default_weights_make_a_hundred_points() {
        let computed = BY_GROUP.iter().chain(&BY_PERSON).map(|(criterion, _)| *criterion);
        assert!(computed.eq(Criterion::ALL.iter().copied()));
        let weights = Criterion::ALL
            .iter()
            .filter(|criterion| **criterion != Criterion::Stay)
            .map(|criterion| Criteria::default().weight(*criterion));
        assert_eq!(weights.sum::<u32>(), 100);
    }
}
