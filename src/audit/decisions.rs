//! Decisions taken before the round, recounted from the rows of the market.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::rules::MarketWords;
use super::{Check, Finding};
use crate::market::{DecisionState, Market, Placements};

/// The decisions of a market by the ids they name.
#[derive(Default)]
pub(super) struct Decisions<'a> {
    standing: HashMap<(&'a str, &'a str), u64>,
    left: BTreeMap<&'a str, u64>,
    closed: HashSet<(&'a str, &'a str)>,
}

impl<'a> Decisions<'a> {
    pub(super) fn of(market: &'a Market) -> Self {
        let mut found = Self::default();
        for decision in market.decisions() {
            let (unit, post) = (decision.unit.as_str(), decision.post.as_deref().unwrap_or_default());
            let heads = || market.find_unit(unit).map_or(0, |unit| market.unit(unit).headcount);
            let people = u64::from(decision.people.unwrap_or_else(heads));
            match decision.state {
                DecisionState::Frozen | DecisionState::Signed => {
                    *found.standing.entry((unit, post)).or_default() += people;
                }
                DecisionState::Left => *found.left.entry(unit).or_default() += people,
                DecisionState::Forbidden | DecisionState::Declined => drop(found.closed.insert((unit, post))),
                DecisionState::Placed => {}
            }
        }
        found
    }
}

impl MarketWords<'_> {
    /// People of a supply unit whose placement at a post stands.
    pub(super) fn standing(&self, unit: &str, post: &str) -> u64 {
        self.decisions().standing.get(&(unit, post)).copied().unwrap_or(0)
    }

    /// People of a supply unit who have left.
    pub(super) fn left(&self, unit: &str) -> u64 {
        self.decisions().left.get(unit).copied().unwrap_or(0)
    }

    /// Whether somebody decided against the pair.
    pub(super) fn is_closed(&self, unit: &str, post: &str) -> bool {
        self.decisions().closed.contains(&(unit, post))
    }
}

/// Placements that stand and are missing, and people who have left and are placed.
pub(super) fn decisions(words: &MarketWords<'_>, placements: &Placements) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut find = |check, unit: &str, post: &str, counted, least, limit| {
        let (unit, post, subject) = (unit.to_owned(), post.to_owned(), String::new());
        findings.push(Finding { check, unit, post, subject, counted: Some(counted), least, limit });
    };
    let (market, decisions) = (words.market(), words.decisions());
    let mut at_posts: HashMap<(&str, &str), u64> = HashMap::new();
    let mut of_units: HashMap<&str, u64> = HashMap::new();
    for placement in placements.all() {
        let (unit, post) = (market.unit(placement.unit).id.as_str(), market.post(placement.post).id.as_str());
        *at_posts.entry((unit, post)).or_default() += u64::from(placement.people);
        *of_units.entry(unit).or_default() += u64::from(placement.people);
    }
    for ((unit, post), people) in &decisions.standing {
        let placed = at_posts.get(&(*unit, *post)).copied().unwrap_or(0);
        if placed < *people {
            find(Check::Standing, unit, post, placed, Some(*people), None);
        }
    }
    for (unit, left) in &decisions.left {
        let (placed, heads) = (of_units.get(unit).copied().unwrap_or(0), market.find_unit(unit));
        let heads = heads.map_or(0, |unit| u64::from(market.unit(unit).headcount));
        if placed + left > heads {
            find(Check::Departed, unit, "", placed, None, Some(heads.saturating_sub(*left)));
        }
    }
    findings
}
