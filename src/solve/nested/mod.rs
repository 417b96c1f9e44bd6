//! Quotas on both sides, nested and of maxima only.
//!
//! # The idea
//! Placements within headcounts, seats and two quota forests are a circulation:
//!
//! ```text
//! root -> supply nodes -> units -> posts -> demand nodes -> root
//! ```
//!
//! where the arc between a node and its parent holds as many people as the node may. A potential for each node gives
//! each such arc a multiplier (what the potential rises by along it) and each pair a slack. The circulation is best
//! once
//!
//! 1. slacks are 0 or more, and 0 where somebody is placed,
//! 2. a multiplier is below 0 only on an empty arc,
//! 3. a multiplier is above 0 only on a full arc.
//!
//! # The algorithm
//! - *Price* (`auction`): units bid for places within the demand quotas, with a shrinking increment.
//! - *Place* (`start`): whoever earns their rent at these prices is placed while there is room. That meets (1) and (2).
//! - *Repair* (`repair`, `search`): an arc that breaks (3) has room at a price. It looks for a shortest path in the
//!   residual network, whose lengths are slacks and multipliers. Each search moves potentials and people so that (1)
//!   and (2) stay true, no arc breaks (3) more than before, and this one less: its multiplier falls, or its room does.
//!
//! A large bonus is replaced by a smaller one until the repair is done, and then raised to its full size: what is out of
//! order then is repaired once more, mostly in one search for all whom scarcity concerns alike.
//!
//! The repair is the out-of-kilter method (Fulkerson 1961) with shortest paths (Edmonds and Karp 1972), in integers.
//! Exactness rests on it alone, from any start. It runs on the calling thread, so that threads change nothing.
//!
//! Minimums would need no other method: a multiplier may then be below 0 where the load is the minimum, and arcs that
//! lack people are repaired by the same search with near and far exchanged.
//!
//! # Cost
//! With `m` pairs and `n` nodes, a search is at most `O(m + n log n)`, mostly a small part of it. There are at most as
//! many searches as nodes, and in each repair as many more as people and free places at a price when it begins.
//! Memory beside the problem: 12 bytes a pair and about 150 a node.

mod auction;
mod circulation;
mod labels;
mod network;
mod repair;
mod search;
mod start;

use super::meter::Meter;
use super::rows::Rows;
use crate::control::Stop;
use crate::graph::{Matching, Problem, Solution};
use auction::Auction;
use network::Network;

/// The largest bonus to begin with, in multiples of what weights differ by.
const BONUS: i64 = 8;

/// Whether `problem` has quotas.
pub(super) fn has_quotas(problem: &Problem) -> bool {
    !problem.demand_quotas().is_empty() || !problem.supply_quotas().is_empty()
}

/// The best placement and the multipliers that prove it.
pub(super) fn solve(problem: &Problem, meter: &mut Meter<'_>) -> Result<Solution, Stop> {
    meter.begin()?;
    let rows = Rows::measured(problem, meter)?;
    let bonus = smaller_bonus(rows);
    let network = Network::of(problem, Rows { outside: -bonus, ..rows }, meter)?;
    let mut auction = Auction::new(&network);
    let priced = auction.run(meter);
    if let Err(stop) = priced
        && !meter.grant()
    {
        return Err(stop);
    }
    let mut circulation = start::start(&network, auction.potentials(meter)?, meter)?;
    let repaired = priced.and_then(|()| {
        circulation.offer(meter)?;
        for reward in [0, -rows.outside - bonus] {
            circulation.raise(reward);
            repair::repair(&mut circulation, meter)?;
        }
        Ok(())
    });
    if let Err(stop) = repaired {
        if meter.grant() {
            circulation.offer(meter)?;
        }
        return Err(stop);
    }
    circulation.normalise();
    Ok(Solution { matching: Matching::new(circulation.placements(meter)?), prices: circulation.prices() })
}

/// The bonus to begin with: that of the problem, or one that is large beside what weights differ by.
fn smaller_bonus(rows: Rows<'_>) -> i64 {
    let (lightest, heaviest) = rows.range();
    (-rows.outside).min(BONUS * (heaviest - lightest).max(-lightest).max(1))
}
