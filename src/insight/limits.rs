//! The limits on groups of placements: how many people each holds, and how hard it presses.

use serde::Serialize;

use crate::formulation::{Origin, Standing};
use crate::graph::{Problem, QuotaForest, SeatRange};
use crate::language::vocabulary;
use crate::market::{BondKind, Opening, QuotaIx};
use crate::verified::Verified;

vocabulary! {
    /// How a limit stands to what it holds.
    LimitState {
        /// Nothing can exceed it, whoever is placed where.
        Idle = "idle", "nothing can exceed it", "不可能超出";
        /// It holds what it may, and could hold more and fewer.
        Met = "met", "met", "满足";
        /// It holds its maximum or its minimum.
        AtLimit = "at_limit", "at its limit", "达到限额";
        /// It holds nobody although it has a minimum, as it may.
        Closed = "closed", "closed", "未开";
        /// It is soft, and exceeded.
        Exceeded = "exceeded", "exceeded", "超出";
    }
}

/// A limit on a group of placements, as decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LimitLoad {
    /// What files call it.
    pub limit: String,
    /// How it stands to its people.
    pub state: LimitState,
    /// People it holds; those who were there before the round are left out of everything here. Of people who go
    /// together, how many more are on one side. 0 for an idle limit.
    pub people: i64,
    /// Fewest people it asks for.
    pub least: i64,
    /// Most people it lets in.
    pub most: i64,
    /// By how many people it is exceeded.
    pub beyond: u64,
}

/// A quota with all its groups, all mentors, or a bond.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleLine {
    /// Its id; `mentors` for the mentors.
    pub id: String,
    /// Its name; empty where it has none.
    pub name: String,
    /// Where it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// How many limits it makes.
    pub limits: u64,
    /// How many of these something could exceed.
    pub pressing: u64,
    /// How many are at their minimum or maximum.
    pub at_limit: u64,
    /// How many hold nobody although they have a minimum.
    pub closed: u64,
    /// How many are exceeded; it is soft then.
    pub exceeded: u64,
    /// By how many people in all.
    pub beyond: u64,
}

/// Every limit on a group of placements, in the order of the market's tables. Cost: one pass over placements and limits.
#[must_use]
pub fn limits(result: &Verified<'_>) -> Vec<LimitLoad> {
    let market = result.docking().market();
    let lines = loads(result).into_iter().map(|(origin, load)| LimitLoad { limit: origin.label(market), ..load });
    lines.collect()
}

/// The quotas, mentors and bonds of the market, in the order of its tables. Cost: as [`limits`].
#[must_use]
pub fn rules(result: &Verified<'_>) -> Vec<RuleLine> {
    let market = result.docking().market();
    let mut rules: Vec<RuleLine> = Vec::new();
    for (origin, load) in loads(result) {
        let (id, name, source) = match origin {
            Origin::Quota { quota, .. } => {
                let row = market.quota(*quota);
                (row.id.clone(), row.name.clone(), row.source.clone())
            }
            Origin::Mentors { .. } => ("mentors".to_owned(), String::new(), None),
            Origin::Bond { bond, .. } => {
                let row = &market.bonds()[bond.index()];
                (row.id.clone(), String::new(), row.source.clone())
            }
        };
        if rules.last().is_none_or(|last| last.id != id || last.name != name) {
            let zeros =
                RuleLine { id, name, source, limits: 0, pressing: 0, at_limit: 0, closed: 0, exceeded: 0, beyond: 0 };
            rules.push(zeros);
        }
        let Some(rule) = rules.last_mut() else { continue };
        rule.limits += 1;
        rule.pressing += u64::from(load.state != LimitState::Idle);
        rule.at_limit += u64::from(load.state == LimitState::AtLimit);
        rule.closed += u64::from(load.state == LimitState::Closed);
        rule.exceeded += u64::from(load.state == LimitState::Exceeded);
        rule.beyond = rule.beyond.saturating_add(load.beyond);
    }
    rules
}

/// Every limit and what it holds, not yet named.
fn loads<'a>(result: &'a Verified<'_>) -> Vec<(&'a Origin, LimitLoad)> {
    let (market, formulation) = (result.docking().market(), result.docking().formulation());
    let (problem, matching) = (formulation.problem(), &result.solution().matching);
    let graph = problem.graph();
    let (mut posts, mut units) = (vec![0_i64; graph.posts()], vec![0_i64; graph.units()]);
    for placement in matching.placements() {
        posts[graph.post_of(placement.pair).index()] += i64::from(placement.count);
        units[graph.unit_of(placement.pair).index()] += i64::from(placement.count);
    }
    let (demand, supply) = (climb(problem.demand_quotas(), &posts), climb(problem.supply_quotas(), &units));
    let everybody = i64::try_from(market.people()).unwrap_or(i64::MAX);
    let opens = |quota: &QuotaIx| market.quota(*quota).opening == Opening::OrClosed;
    let lines = formulation.limits().iter().map(|(origin, standing)| {
        let (people, least, most) = match standing {
            Standing::Demand(node) => within(problem.demand_quotas().ranges()[node.index()], demand[node.index()]),
            Standing::Supply(node) => within(problem.supply_quotas().ranges()[node.index()], supply[node.index()]),
            Standing::Coupling(coupling) => coupled(problem, matching, coupling.index()),
            Standing::Idle => (0, 0, 0),
        };
        let closed = people == 0
            && match origin {
                Origin::Quota { quota, .. } => least > 0 && opens(quota),
                Origin::Mentors { .. } => false,
                // Where a cohort does not fit nothing is asked of it.
                Origin::Bond { bond, .. } => market.bonds()[bond.index()].kind == BondKind::Whole || least > 0,
            };
        let beyond = if closed { 0 } else { (least - people).max(people - most).max(0) };
        let state = match standing {
            Standing::Idle => LimitState::Idle,
            _ if closed => LimitState::Closed,
            _ if beyond > 0 => LimitState::Exceeded,
            // A maximum that everybody together cannot exceed does not press.
            _ if people == most && most < everybody || people == least && least > 0 => LimitState::AtLimit,
            _ => LimitState::Met,
        };
        (origin, LimitLoad { limit: String::new(), state, people, least, most, beyond: beyond.unsigned_abs() })
    });
    lines.collect()
}

/// The loads of the nodes above leaves.
fn climb(forest: &QuotaForest, leaves: &[i64]) -> Vec<i64> {
    let mut loads = vec![0; forest.len()];
    if !forest.is_empty() {
        for (leaf, load) in leaves.iter().enumerate().filter(|(_, load)| **load > 0) {
            forest.path(leaf).for_each(|node| loads[node.index()] += load);
        }
    }
    loads
}

fn within(range: SeatRange, people: i64) -> (i64, i64, i64) {
    (people, range.min().into(), range.max().into())
}

fn coupled(problem: &Problem, matching: &crate::graph::Matching, coupling: usize) -> (i64, i64, i64) {
    let coupling = &problem.couplings()[coupling];
    (coupling.load(matching), coupling.span().min(), coupling.span().max())
}
