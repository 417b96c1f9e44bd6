//! Changes of the limits of a market, and the market with them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::split::split;
use crate::conflict::{LimitKind, LimitName};
use crate::formulation::Origin;
use crate::language::vocabulary;
use crate::market::{Faults, Market, Mentor, PostIx, QuotaGroup, Waiver};

vocabulary! {
    /// What is changed of a limit.
    ChangeKind {
        /// A minimum is lower.
        Lower = "lower", "lower the minimum", "降低下限";
        /// A class opens with fewer people.
        OpenWithFewer = "open_with_fewer", "open with fewer", "降低开班人数";
        /// A maximum is higher: seats of a post, people of a quota.
        Raise = "raise", "raise the maximum", "提高上限";
        /// There are more mentors' places.
        MoreMentors = "more_mentors", "mentor more people", "增加导师带教人数";
        /// A rule is not applied to some pairs.
        Waive = "waive", "waive for some people", "对个别人员豁免";
    }
}

/// A change of one limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What is changed.
    pub kind: ChangeKind,
    /// Of which limit.
    pub limit: LimitName,
    /// By how many people.
    pub by: u64,
    /// Of a rule, whom and where it is not applied to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub waivers: Vec<Waiver>,
}

/// By how many people the range of a group becomes wider.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wider {
    pub(super) below: u64,
    pub(super) above: u64,
}

fn count(people: u64) -> u32 {
    u32::try_from(people).unwrap_or(u32::MAX)
}

/// `market` with all of `changes`; waivers are for its configuration, see [`Repair::configure`](super::Repair::configure).
///
/// A quota that makes several groups becomes several quotas where only some of them change: the changed groups have their
/// numbers of people in place of shares, the other groups have what they had. The first of these quotas keeps the id.
///
/// # Errors
/// Those of a market with these rows, such as more seats than a market may have. A change of a limit that the market does not
/// have changes nothing.
pub fn changed(market: &Market, changes: &[Change]) -> Result<Market, Faults> {
    let (mut posts, mut mentors) = (market.posts().to_vec(), market.mentors().to_vec());
    let mut groups: BTreeMap<&str, Wider> = BTreeMap::new();
    for change in changes {
        let (id, by) = (change.limit.id.as_str(), count(change.by));
        match (change.limit.kind, change.kind) {
            (LimitKind::Post | LimitKind::Class, kind) => {
                let row = market.find_post(id).map(PostIx::index).and_then(|row| posts.get_mut(row));
                match row {
                    Some(post) if kind == ChangeKind::Raise => post.seats_max = post.seats_max.saturating_add(by),
                    Some(post) => post.seats_min = post.seats_min.saturating_sub(by),
                    None => {}
                }
            }
            (LimitKind::Mentors, _) => more_mentors(market, &mut mentors, id, by),
            (LimitKind::Quota, kind) => {
                let group = groups.entry(id).or_default();
                let side = if kind == ChangeKind::Raise { &mut group.above } else { &mut group.below };
                *side = side.saturating_add(change.by);
            }
            (LimitKind::Bond | LimitKind::Rule, _) => {}
        }
    }
    let all = market.quota_groups();
    let mut taken: BTreeSet<String> = market.quotas().iter().map(|quota| quota.id.clone()).collect();
    let mut quotas = Vec::with_capacity(market.quotas().len());
    let mut untouched: BTreeSet<usize> = (0..market.quotas().len()).collect();
    for of_one in all.chunk_by(|a, b| a.quota == b.quota) {
        let labelled: Vec<(&QuotaGroup, Option<Wider>)> =
            of_one.iter().map(|group| (group, groups.get(group.label(market).as_str()).copied())).collect();
        let Some((first, _)) = labelled.first() else { continue };
        untouched.remove(&first.quota.index());
        quotas.extend(split(market, market.quota(first.quota), &labelled, &mut taken));
    }
    // A quota without groups limits nothing, and stays.
    quotas.extend(untouched.into_iter().map(|row| market.quotas()[row].clone()));
    market.with_limits(posts, quotas, mentors)
}

/// `by` more places with the mentors that files call `id`.
fn more_mentors(market: &Market, mentors: &mut Vec<Mentor>, id: &str, by: u32) {
    let label = |row: usize| {
        let (party, programme) = market.mentor_of(row);
        Origin::Mentors { party, programme }.label(market)
    };
    if let Some(row) = (0..market.mentors().len()).find(|row| label(*row) == id) {
        mentors[row].capacity = mentors[row].capacity.saturating_add(by);
        return;
    }
    let Some(party) = id.strip_prefix("mentors(").and_then(|rest| rest.strip_suffix(')')) else { return };
    let taken: BTreeSet<String> = mentors.iter().map(|mentor| mentor.id.clone()).collect();
    mentors.push(Mentor::new(&free("mentors", &taken), party, by));
}

/// An id that none of `taken` is, beginning with `id` as far as it may.
pub(super) fn free(id: &str, taken: &BTreeSet<String>) -> String {
    let start: String = id.chars().take(48).collect();
    // One of so many is free.
    let mut ids = (1..=taken.len() + 1).map(|number| format!("{start}.{number}"));
    ids.find(|id| !taken.contains(id)).unwrap_or(start)
}
