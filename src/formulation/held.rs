//! What must be reached because placements stand.
//!
//! A class that opens or not is open where somebody's placement stands, and so is a group of a quota; whoever is bound to go
//! with somebody who stands must follow. Those who stand count, the rest of the minimum must still come.

use super::Formulation;
use crate::index::UnitId;
use crate::language::{Language, Words};
use crate::market::{BondIx, BondKind, Market, Opening, PostIx, SupplyIx};

/// A limit that asks for more people because the placement of some stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Id of the class or of the bond, or what files call the group of the quota.
    pub limit: String,
    /// People who stand.
    pub standing: u64,
    /// How many more must come.
    pub needed: u64,
    /// Of those who are still to be placed, how many are acceptable there.
    pub possible: u64,
}

impl Held {
    /// The limit with its numbers, in `language`.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let words = Words::new(
            "`{limit}` ({standing} {standing:stands/stand}, {needed} more must come, {possible} could)",
            "“{limit}”（{standing} 人保持不变，还须 {needed} 人，可来 {possible} 人）",
        );
        let [standing, needed, possible] = [self.standing, self.needed, self.possible].map(|people| people.to_string());
        let values = [("limit", &*self.limit), ("standing", &standing), ("needed", &needed), ("possible", &possible)];
        words.fill(language, &values)
    }
}

impl Formulation {
    /// Every limit of `market`, which this was made of, that asks for more people because the placement of some stands; if some
    /// of these ask for more people than are acceptable, these alone: they cannot hold, whatever else is changed.
    ///
    /// Cost: one pass over the acceptable pairs for each.
    #[must_use]
    pub fn held(&self, market: &Market) -> Vec<Held> {
        let mut held = self.held_posts(market);
        held.extend(self.held_groups(market));
        held.extend(self.held_bonds(market));
        if held.iter().any(|limit| limit.possible < limit.needed) {
            held.retain(|limit| limit.possible < limit.needed);
        }
        held
    }

    /// People still to be placed, of one of `units` (all if none), for whom one of the posts is acceptable.
    fn possible(&self, units: Option<&[SupplyIx]>, post: impl Fn(PostIx) -> bool) -> u64 {
        let problem = self.problem();
        let counted = |unit: &UnitId| {
            let of_units = units.is_none_or(|units| units.contains(&self.supply(*unit)));
            of_units && problem.graph().neighbours(*unit).iter().any(|other| post(self.post(*other)))
        };
        let units = UnitId::all(problem.graph().units()).filter(counted);
        units.map(|unit| u64::from(problem.headcount(unit))).sum()
    }

    /// Classes that are open because somebody stands there.
    fn held_posts(&self, market: &Market) -> Vec<Held> {
        let held = PostIx::all(market.posts().len()).filter(|post| {
            let row = market.post(*post);
            row.opening == Opening::OrClosed && market.frozen_at(*post) > 0 && market.open_seats(*post).min > 0
        });
        let held = held.map(|post| Held {
            limit: market.post(post).id.clone(),
            standing: market.frozen_at(post).into(),
            needed: market.open_seats(post).min.into(),
            possible: self.possible(None, |other| other == post),
        });
        held.collect()
    }

    /// Groups of quotas that open or not, and are open because somebody stands in them.
    fn held_groups(&self, market: &Market) -> Vec<Held> {
        let held = market.quota_groups().into_iter().filter(|group| {
            market.quota(group.quota).opening == Opening::OrClosed && group.standing > 0 && group.min > 0
        });
        let held = held.map(|group| {
            let posts = group.posts.as_deref();
            let here = |post: PostIx| posts.is_none_or(|posts| posts.binary_search(&post).is_ok());
            let possible = self.possible(group.units.as_deref(), here);
            Held { limit: group.label(market), standing: group.standing, needed: group.min, possible }
        });
        held.collect()
    }

    /// People bound to go where somebody stands.
    fn held_bonds(&self, market: &Market) -> Vec<Held> {
        let together =
            BondIx::all(market.bonds().len()).filter(|bond| market.bonds()[bond.index()].kind == BondKind::Together);
        let held = together.filter_map(|bond| {
            let bound = market.bound_by(bond).iter().copied().filter(|unit| market.present(*unit) > 0);
            let (stand, follow): (Vec<SupplyIx>, Vec<SupplyIx>) =
                bound.partition(|unit| !market.frozen(*unit).is_empty());
            let there = market.owner_of(market.frozen(*stand.first()?).first()?.post);
            let possible = self.possible(Some(&follow), |post| market.owner_of(post) == there);
            let limit = market.bonds()[bond.index()].id.clone();
            let held = Held { limit, standing: stand.len() as u64, needed: follow.len() as u64, possible };
            (held.needed > 0).then_some(held)
        });
        held.collect()
    }
}
