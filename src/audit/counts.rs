//! Heads and seats, counted.

use std::collections::BTreeMap;

use super::{Check, Finding};
use crate::market::{Market, Opening, Placements, PostIx};

fn excess(check: Check, unit: &str, post: &str, counted: u64, limit: u32) -> Option<Finding> {
    let limit = u64::from(limit);
    (counted > limit).then(|| Finding {
        check,
        unit: unit.to_owned(),
        post: post.to_owned(),
        subject: String::new(),
        counted: Some(counted),
        least: None,
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

/// Posts that hold more people than they have seats, or fewer than they must.
pub(super) fn seats(market: &Market, placements: &Placements) -> Vec<Finding> {
    let mut filled = BTreeMap::<_, u64>::new();
    for placement in placements.all() {
        *filled.entry(placement.post).or_default() += u64::from(placement.people);
    }
    let mut findings = Vec::new();
    for ix in PostIx::all(market.posts().len()) {
        let (post, people) = (market.post(ix), filled.get(&ix).copied().unwrap_or(0));
        findings.extend(excess(Check::Seats, "", &post.id, people, post.seats_max));
        let least = u64::from(post.seats_min);
        let check = match post.opening {
            Opening::Always => Check::FewestSeats,
            Opening::OrClosed if people == 0 => continue,
            Opening::OrClosed => Check::ClassSize,
        };
        if people < least {
            let (unit, subject) = (String::new(), String::new());
            let (post, counted) = (post.id.clone(), Some(people));
            findings.push(Finding { check, unit, post, subject, counted, least: Some(least), limit: None });
        }
    }
    findings
}
