//! Why people were not placed.

use std::collections::BTreeMap;

use serde::Serialize;

use super::left::{Apart, Left};
use crate::eligibility::{GroupIx, nearest_obstacle};
use crate::market::{PostIx, Rule, SupplyIx};
use crate::verified::Verified;

/// People not placed, by cause.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Unplaced {
    /// People not placed.
    pub people: u64,
    /// Those with acceptable posts, all of whose seats went to others.
    pub outbid: u64,
    /// Those with a free seat at an acceptable post from which the goals would gain nothing.
    pub no_gain: u64,
    /// Those with a free seat at an acceptable post, but another limit in the way: a class that did not open, a quota, mentors,
    /// or a bond.
    #[serde(skip_serializing_if = "is_nobody")]
    pub limited: u64,
    /// Those with a free seat at an acceptable post from which the goals would gain, had the run not been stopped.
    pub stopped: u64,
    /// Those without an acceptable post, by the rule that stood last in their way: the latest rule, in the order of
    /// checking, that any post came to.
    pub by_rule: BTreeMap<Rule, u64>,
    /// Those in a market without a single post.
    pub no_posts: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
pub(super) const fn is_nobody(people: &u64) -> bool {
    *people == 0
}

/// Counts the people not placed. Cost: one look at the candidate posts of each person without an acceptable one, and at
/// the acceptable posts of each other person not placed.
#[must_use]
pub fn unplaced(result: &Verified<'_>) -> Unplaced {
    let docking = result.docking();
    let (market, acceptable, book) = (docking.market(), docking.acceptable(), &docking.config().rules);
    let mut of_group = BTreeMap::<GroupIx, Option<Rule>>::new();
    let mut count = Unplaced::default();
    let left = Left::by(result);
    for unit in SupplyIx::all(market.supply().len()) {
        let people = left.members(unit);
        if people == 0 {
            continue;
        }
        count.people += people;
        let posts = acceptable.posts_of(unit);
        if !posts.is_empty() {
            *match posts.iter().filter_map(|post| left.apart(unit, *post)).max() {
                None => &mut count.outbid,
                Some(Apart::NoGain) => &mut count.no_gain,
                Some(Apart::Limited) => &mut count.limited,
                Some(Apart::Stopped) => &mut count.stopped,
            } += people;
            continue;
        }
        let group = acceptable.group_of(unit);
        let candidates = acceptable.candidates(group);
        let obstacle = if candidates.is_empty() {
            // No post passes the rules about groups, so all members meet the same ones.
            *of_group
                .entry(group)
                .or_insert_with(|| nearest_obstacle(market, book, unit, PostIx::all(market.posts().len())))
        } else {
            nearest_obstacle(market, book, unit, candidates.iter().copied())
        };
        *match obstacle {
            Some(rule) => count.by_rule.entry(rule).or_default(),
            None => &mut count.no_posts,
        } += people;
    }
    count
}
