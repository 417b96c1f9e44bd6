//! Heads and seats, counted.

use std::collections::BTreeMap;

use super::{Check, Finding};
use crate::market::{Market, Placements};

fn excess(check: Check, unit: &str, post: &str, counted: u64, limit: u32) -> Option<Finding> {
    let limit = u64::from(limit);
    (counted > limit).then(|| Finding {
        check,
        unit: unit.to_owned(),
        post: post.to_owned(),
        counted: Some(counted),
        limit: Some(limit),
    })
}

/// Units that place more members than they have.
pub(super) fn headcounts(market: &Market, placements: &Placements) -> Vec<Finding> {
    let mut placed = BTreeMap::<_, u64>::new();
    for placement in placements.all() {
        *placed.entry(placement.unit).or_default() += u64::from(placement.people);
    }
    let over = placed.into_iter().filter_map(|(unit, people)| {
        let supply = market.unit(unit);
        excess(Check::Headcount, &supply.id, "", people, supply.headcount)
    });
    over.collect()
}

/// Posts that hold more people than they have seats.
pub(super) fn seats(market: &Market, placements: &Placements) -> Vec<Finding> {
    let mut filled = BTreeMap::<_, u64>::new();
    for placement in placements.all() {
        *filled.entry(placement.post).or_default() += u64::from(placement.people);
    }
    let over = filled.into_iter().filter_map(|(post, people)| {
        let post = market.post(post);
        excess(Check::Seats, "", &post.id, people, post.seats_max)
    });
    over.collect()
}
