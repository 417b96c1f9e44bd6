//! Who could reach a minimum, and what cut the others.

use std::collections::BTreeMap;

use serde::Serialize;

use super::question::heads;
use super::strict::{Limits, Subject};
use crate::docking::Docking;
use crate::eligibility::nearest_obstacle;
use crate::formulation::Origin;
use crate::market::{Home, PostIx, QuotaGroup, Rule, SupplyIx};

/// People of one programme or enterprise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HomeLine {
    /// Id of the programme or enterprise.
    pub id: String,
    /// Name of its school, or of the enterprise.
    pub name: String,
    /// People.
    pub people: u64,
}

/// People whom a rule keeps from every post of a minimum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ObstacleLine {
    /// The rule's stable code.
    pub code: &'static str,
    /// The first rule that cuts them from the post that came nearest.
    pub rule: Rule,
    /// People.
    pub people: u64,
}

/// Who could be placed where a minimum counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reach {
    /// People for whom a post there is acceptable.
    pub people: u64,
    /// The same by programme or enterprise, by id.
    pub homes: Vec<HomeLine>,
    /// People the minimum is about for whom none is, by the rule that stands in the way.
    pub cut: Vec<ObstacleLine>,
}

/// Who could reach the minimum of a limit. `groups` are those of the market. Cost: every rule for everybody it is about and every
/// post there.
pub(super) fn reach(docking: &Docking<'_>, limits: &Limits, limit: usize, groups: &[QuotaGroup]) -> Reach {
    let (market, book) = (docking.market(), &docking.config().rules);
    let units = limits.units(limit);
    let mut homes: BTreeMap<Home, u64> = BTreeMap::new();
    let mut reaches = vec![false; market.supply().len()];
    for unit in units.iter().map(|unit| docking.formulation().supply(*unit)) {
        reaches[unit.index()] = true;
        *homes.entry(market.home_of(unit)).or_default() += u64::from(market.unit(unit).headcount);
    }
    let group = match &limits.all[limit].subject {
        Subject::Group(Origin::Quota { quota, key, at }) => {
            groups.iter().find(|group| group.quota == *quota && group.key == *key && group.at == *at)
        }
        Subject::Post(_) | Subject::Group(_) => None,
    };
    let posts: Vec<PostIx> = match (&limits.all[limit].subject, group.and_then(|group| group.posts.as_ref())) {
        (Subject::Post(post), _) => vec![*post],
        (_, Some(posts)) => posts.to_vec(),
        (_, None) => PostIx::all(market.posts().len()).collect(),
    };
    let about: Vec<SupplyIx> = match group.and_then(|group| group.units.as_ref()) {
        Some(units) => units.to_vec(),
        None => SupplyIx::all(market.supply().len()).collect(),
    };
    let mut cut: BTreeMap<Rule, u64> = BTreeMap::new();
    for unit in about.into_iter().filter(|unit| !reaches[unit.index()]) {
        if let Some(rule) = nearest_obstacle(market, book, unit, posts.iter().copied()) {
            *cut.entry(rule).or_default() += u64::from(market.unit(unit).headcount);
        }
    }
    let line = |(home, people): (Home, u64)| {
        let id = match home {
            Home::Programme(programme) => market.programme(programme).id.clone(),
            Home::Enterprise(enterprise) => market.enterprise(enterprise).id.clone(),
        };
        HomeLine { id, name: market.name_of(market.party_of(home)).to_owned(), people }
    };
    Reach {
        people: heads(&limits.headcounts, &units),
        homes: homes.into_iter().map(line).collect(),
        cut: cut.into_iter().map(|(rule, people)| ObstacleLine { code: rule.code(), rule, people }).collect(),
    }
}
