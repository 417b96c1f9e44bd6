//! What became of earlier rounds: who stands, what was declined, who stays and who is moved.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::market::{DecisionState, PostIx, SupplyIx};
use crate::verified::Verified;

/// What decisions taken before the round left of it, and what became of the people they concern.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Decided {
    /// People whose placement stands.
    pub standing: u64,
    /// People who have left.
    pub left: u64,
    /// Pairs of a supply unit and a post that were declined.
    pub declined: u64,
    /// Pairs of a supply unit and a post that are forbidden.
    pub forbidden: u64,
    /// Of those placed in the previous round and not signed: people who stay at their post.
    pub stayed: u64,
    /// Those of them who are placed at another post.
    pub moved: u64,
    /// Those of them who are no longer placed.
    pub displaced: u64,
    /// People placed who were not placed in the previous round.
    pub new: u64,
}

/// Counts what was decided. Members of a cohort are alike: as many as can have stayed have stayed.
///
/// Cost: one pass over decisions and placements.
#[must_use]
pub fn decided(result: &Verified<'_>) -> Decided {
    let market = result.docking().market();
    let mut count = Decided {
        standing: market.frozen_placements().iter().map(|placement| u64::from(placement.people)).sum(),
        left: SupplyIx::all(market.supply().len())
            .map(|unit| u64::from(market.unit(unit).headcount - market.present(unit)))
            .sum(),
        ..Decided::default()
    };
    for decision in market.decisions() {
        count.declined += u64::from(decision.state == DecisionState::Declined);
        count.forbidden += u64::from(decision.state == DecisionState::Forbidden);
    }
    // People of each unit before, now, and those who stay.
    let mut units: BTreeMap<SupplyIx, [u64; 3]> = BTreeMap::new();
    for before in market.previous_placements() {
        units.entry(before.unit).or_default()[0] += u64::from(before.people);
    }
    for now in result.placements().without_standing(market).all() {
        let unit = units.entry(now.unit).or_default();
        unit[1] += u64::from(now.people);
        unit[2] += u64::from(now.people.min(market.placed_before(now.unit, now.post)));
    }
    for [before, now, stayed] in units.into_values() {
        let moved = (before - stayed).min(now - stayed);
        count.stayed += stayed;
        count.moved += moved;
        count.displaced += before - stayed - moved;
        count.new += now - stayed - moved;
    }
    count
}

/// People of a supply unit who wait for a seat at a post.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Waiting {
    /// The supply unit.
    pub unit: SupplyIx,
    /// Those of it who are not placed.
    pub unplaced: u32,
    /// Those of it who are placed where they have fewer points than they would have here.
    pub worse_off: u32,
    /// Points each would have here.
    pub points: f64,
}

/// Who waits for a seat at a post that is full, the first to be asked first.
#[derive(Clone, Debug, PartialEq)]
pub struct WaitingList {
    /// The post.
    pub post: PostIx,
    /// Those who wait.
    pub waiting: Vec<Waiting>,
}

/// A waiting list for every post without a free seat for which somebody waits, by post.
///
/// The rule: people wait for whom the post is acceptable and who are not placed, or are placed where they have fewer points;
/// who has signed, was frozen or has left does not wait. More points go first, of equal ones the earlier lot of the round. A
/// seat that falls free is offered in this order; that a limit on groups has room too is for the next round to say.
/// Cost: the score of every acceptable pair of a full post.
#[must_use]
pub fn waiting_list(result: &Verified<'_>) -> Vec<WaitingList> {
    let docking = result.docking();
    let (market, acceptable, formulation) = (docking.market(), docking.acceptable(), docking.formulation());
    let explainer = docking.explainer();
    let mut free: Vec<u64> = market.posts().iter().map(|post| u64::from(post.seats_max)).collect();
    for placement in result.placements().all() {
        free[placement.post.index()] -= u64::from(placement.people);
    }
    let here = result.placements().without_standing(market);
    let mut lists: Vec<WaitingList> =
        PostIx::all(market.posts().len()).map(|post| WaitingList { post, waiting: Vec::new() }).collect();
    for unit in SupplyIx::all(market.supply().len()) {
        if market.open_headcount(unit) == 0 {
            continue;
        }
        let placed: Vec<(u32, f64)> = here
            .of(unit)
            .iter()
            .map(|placement| (placement.people, explainer.explain(unit, placement.post).total))
            .collect();
        let unplaced = market.open_headcount(unit) - placed.iter().map(|(people, _)| people).sum::<u32>();
        for post in acceptable.posts_of(unit).iter().filter(|post| free[post.index()] == 0) {
            let points = explainer.explain(unit, *post).total;
            let worse_off = placed.iter().filter(|(_, own)| *own < points).map(|(people, _)| people).sum();
            if unplaced + worse_off > 0 {
                lists[post.index()].waiting.push(Waiting { unit, unplaced, worse_off, points });
            }
        }
    }
    lists.retain(|list| !list.waiting.is_empty());
    for list in &mut lists {
        list.waiting.sort_by(|a, b| {
            b.points.total_cmp(&a.points).then(formulation.unit_id(a.unit).cmp(&formulation.unit_id(b.unit)))
        });
    }
    lists
}
