//! Promises to hire: how many people an enterprise takes on of a class, against what it has promised.

use serde::Serialize;

use crate::language::vocabulary;
use crate::market::{Fit, Market, Measure, PostIx, Reading, Unit};
use crate::verified::Verified;

vocabulary! {
    /// What became of a promise.
    PromiseState {
        /// At least the promised share of the class before was hired.
        Kept = "kept", "kept", "已兑现";
        /// Fewer were.
        Broken = "broken", "broken", "未兑现";
        /// No class has ended, or nothing is known of it.
        Unknown = "unknown", "not yet known", "尚未可知";
    }
}

/// The promise of one post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PromiseLine {
    /// Id of the post.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who offers it.
    pub owner: String,
    /// Percent of the class that are to be hired.
    pub promise: u8,
    /// People of the class before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trained: Option<u32>,
    /// Those of them who were hired.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hired: Option<u32>,
    /// What became of the promise.
    pub state: PromiseState,
    /// How many hired people of the class before are missing.
    pub missing: u64,
    /// People placed in the class now.
    pub placed: u64,
    /// How many of these are to be hired: the promised share, rounded up.
    pub promised: u64,
}

/// The share of the class before who were hired, against the promise; none where it is not known.
pub(super) fn reading(market: &Market, post: PostIx) -> Option<Reading> {
    let row = market.post(post);
    let (promise, trained, hired) = (row.promise?, row.trained?, row.hired?);
    let counted = Measure::part(hired.into(), trained.into(), Unit::People);
    Some(Reading::at_least(counted, Measure::part(promise.into(), 100, Unit::Share)))
}

/// `percent` of `people`, rounded up.
fn share(percent: u8, people: u64) -> u64 {
    u64::try_from((u128::from(people) * u128::from(percent)).div_ceil(100)).unwrap_or(u64::MAX)
}

/// Every post with a promise, by id. Cost: a look at every placement.
#[must_use]
pub fn promises(result: &Verified<'_>) -> Vec<PromiseLine> {
    let market = result.docking().market();
    let mut placed = vec![0_u64; market.posts().len()];
    for placement in result.placements().all() {
        placed[placement.post.index()] += u64::from(placement.people);
    }
    let line = |post: PostIx| {
        let row = market.post(post);
        let promise = row.promise?;
        let state = match reading(market, post).map(Reading::fit) {
            None => PromiseState::Unknown,
            Some(Fit::Broken) => PromiseState::Broken,
            Some(Fit::AtLimit | Fit::Within) => PromiseState::Kept,
        };
        let known = row.trained.zip(row.hired);
        let missing = known.map_or(0, |(trained, hired)| share(promise, trained.into()).saturating_sub(hired.into()));
        Some(PromiseLine {
            id: row.id.clone(),
            name: row.name.clone(),
            owner: market.name_of(market.owner_of(post)).to_owned(),
            promise,
            trained: row.trained,
            hired: row.hired,
            state,
            missing,
            placed: placed[post.index()],
            promised: share(promise, placed[post.index()]),
        })
    };
    PostIx::all(market.posts().len()).filter_map(line).collect()
}
