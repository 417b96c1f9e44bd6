//! Why people were not placed.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::eligibility::{GroupIx, nearest_obstacle};
use crate::market::{Rule, SupplyIx};
use crate::verified::Verified;

/// People not placed, by cause.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Unplaced {
    /// People not placed.
    pub people: u64,
    /// Those with acceptable posts, all of whose seats went to better use.
    pub outbid: u64,
    /// Those without an acceptable post, by the rule that stood last in their way: the latest rule, in the order of
    /// checking, that any post came to.
    pub by_rule: BTreeMap<Rule, u64>,
}

/// Counts the people not placed. Cost: one look at the candidate posts of each person without an acceptable one.
#[must_use]
pub fn unplaced(result: &Verified<'_>) -> Unplaced {
    let docking = result.docking();
    let (market, acceptable, book) = (docking.market(), docking.acceptable(), &docking.config().rules);
    let mut of_group = BTreeMap::<GroupIx, Option<Rule>>::new();
    let mut count = Unplaced::default();
    for unit in SupplyIx::all(market.supply().len()) {
        let placed: u64 = result.placements().of(unit).iter().map(|placement| u64::from(placement.people)).sum();
        let left = u64::from(market.unit(unit).headcount) - placed;
        if left == 0 {
            continue;
        }
        count.people += left;
        if !acceptable.posts_of(unit).is_empty() {
            count.outbid += left;
            continue;
        }
        let group = acceptable.group_of(unit);
        let candidates = acceptable.candidates(group);
        let obstacle = if candidates.is_empty() {
            // No post passes the rules about groups, so all members meet the same ones.
            *of_group.entry(group).or_insert_with(|| {
                nearest_obstacle(market, book, unit, crate::market::PostIx::all(market.posts().len()))
            })
        } else {
            nearest_obstacle(market, book, unit, candidates.iter().copied())
        };
        if let Some(rule) = obstacle {
            *count.by_rule.entry(rule).or_default() += left;
        }
    }
    count
}
