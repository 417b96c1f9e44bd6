//! Nested quotas on both sides, with minimums and maxima, strict or at a penalty.
//!
//! # The idea
//! Placements within headcounts, seats and two quota forests are a circulation:
//!
//! ```text
//! root -> supply nodes -> units -> posts -> demand nodes -> root
//! ```
//!
//! where the arc between a node and its parent holds as many people as the node's range says (`bounds`). A potential for
//! each node gives each such arc a multiplier (what the potential rises by along it) and each pair a slack. The
//! circulation is best once
//!
//! 1. slacks are 0 or more, and 0 where somebody is placed,
//! 2. every multiplier suits the load of its arc: it is above 0 only at the maximum, below 0 only at the minimum, and
//!    beyond a penalty only where no range stands.
//!
//! # The algorithm
//! Most quotas of a market bind nobody. So the problem is solved without any first, by the way that knows none
//! ([`solve`](super)), and then:
//!
//! - *Check* (`relaxed`): if what is found keeps to every range, it is the answer. Its prices prove it as they did
//!   without quotas: a range that limits nobody has the multiplier 0, and adds nothing to the bound.
//! - *Go on* (`again`): if few people are too many or too few somewhere, whoever there is room for stays, and the rest is
//!   repaired from there. So is the answer under other ranges: a decision of a search, or an earlier round.
//! - *Bid* otherwise: where thousands must move, auctions that know the ranges come nearer.
//!   - *Hold* (`bidding`, `laminar`): where every unit is one person, they bid for places, and ranges hold the highest bids below
//!     them. In a few rounds this finds what whole sectors and schools cost.
//!   - *Price* (`auction`, `doors`): every node sends on whom it has too many of, or seeks whom it lacks, at a potential that moves
//!     by a shrinking increment. After bids, a few phases of small increments are enough.
//!   - *Fit* (`fit`): when the increment is small, the placement is mostly best, and potentials that prove it are not far: that
//!     is all. If they are not found soon:
//!   - *Place* (`start`): whoever earns their rent at these prices is placed while there is room. That meets (1).
//!
//! Either way the circulation is brought into order:
//!
//! - *Fill* (`repair`, `search`): an arc that holds too few looks for a shortest path in the residual network, whose
//!   lengths are slacks and what multipliers are off the slopes of their ranges. If there is none, nobody can come,
//!   and the arcs around the nodes it came to are the witness.
//! - *Repair*: an arc that breaks (2) wants more people or fewer, and looks in the same way. Each search moves
//!   potentials and people so that (1) stays true, no arc breaks (2) more than before, and this one less: its multiplier
//!   comes nearer, or its load does.
//!
//! The way is chosen by how many people are out of place, which depends on the problem alone.
//!
//! Where there is an auction, a large bonus is replaced by a smaller one until the repair is done, and then raised to its full
//! size: what is out of order then is repaired once more, mostly in one search for all whom scarcity concerns alike.
//!
//! Leaving ranges out until they are broken is relaxation (Geoffrion 1970). The repair is the out-of-kilter method
//! (Fulkerson 1961) with shortest paths (Edmonds and Karp 1972), in integers. Exactness rests on it alone, from any start. It runs on the calling thread, so that threads change nothing.
//!
//! # Cost
//! Quotas that bind nobody cost one pass over placements and nodes: nothing beside the solve. With `m` pairs and `n`
//! nodes, a search is at most `O(m + n log n)`: near prices that are nearly right a small part of it, but a good part where a quota
//! that binds moves the prices of a whole market. There are at most as many searches as nodes, and in each repair as
//! many more as people are missing, too many, or wanted at a price when it begins. The auctions, some dozen passes over the pairs,
//! mostly leave none of these. Still quotas that bind many are by far the dearest part of a solve. Memory beside the problem, once anything is to be repaired: 24 bytes a pair and about
//! 150 a node.

mod again;
mod auction;
mod bidding;
mod circulation;
mod doors;
mod fit;
mod guess;
mod labels;
mod laminar;
mod network;
mod relaxed;
mod repair;
mod search;
mod start;

use super::bounds;
use super::groups::Groups;
use super::meter::Meter;
use super::rows::Rows;
use crate::control::Stop;
use crate::graph::{Matching, Problem, Solution, Witness};
pub(super) use again::solve_again;
use auction::Auction;
use bidding::Bidding;
use circulation::Circulation;
use guess::Guess;
use network::{Entry, Network};
use repair::Repair;

/// The largest bonus to begin with, in multiples of what weights differ by.
const BONUS: i64 = 8;

/// Auctions work in units of this power of a half, or finer.
const FINE: u32 = 4;

/// Where ranges are broken by more than one person in so many, an auction that knows them comes nearer than a placement
/// that does not.
const MANY: u64 = 500;

/// Whether `problem` has quotas, or posts that ask for people.
pub(super) fn has_quotas(problem: &Problem) -> bool {
    !problem.demand_quotas().is_empty() || !problem.supply_quotas().is_empty() || bounds::asks(problem)
}

/// The best placement and the multipliers that prove it, or why there is none; `plain` is the best without quotas and
/// minimums.
pub(super) fn solve(
    problem: &Problem,
    plain: Solution,
    meter: &mut Meter<'_>,
) -> Result<Result<Solution, Witness>, Stop> {
    let broken = relaxed::broken(problem, &plain.matching);
    if broken == 0 {
        return Ok(Ok(relaxed::kept(problem, plain)));
    }
    if broken <= plain.matching.placed() / MANY {
        return again::go_on(problem, &[], &plain, meter);
    }
    by_auction(problem, &plain, meter)
}

/// The same by an auction that knows the quotas, where many people have to move.
fn by_auction(problem: &Problem, plain: &Solution, meter: &mut Meter<'_>) -> Result<Result<Solution, Witness>, Stop> {
    let rows = Rows::measured(problem, meter)?;
    let bonus = smaller_bonus(rows);
    let network = Network::of(problem, Rows { outside: -bonus, ..rows }, meter)?;
    meter.spend(network.rows.posts.len())?;
    let columns = network.columns(meter)?;
    let mut guess = Guess::of(&network, plain, network.rows.room().max(FINE));
    let known = Bidding::suits(&network).then(|| Bidding::new(&network, &guess).run(&mut guess, meter)).transpose();
    let mut auction = Auction::new(&network, &columns, guess);
    let priced = known.and_then(|increment| auction.run(increment, meter));
    if let Err(stop) = &priced
        && !meter.grant()
    {
        return Err(*stop);
    }
    let (potentials, placements) = auction.found();
    let (priced, mut circulation) = match priced {
        Ok(Some(proven)) => (Ok(()), Circulation::placing(&network, proven, &placements)),
        priced => (priced.map(|_| ()), start::start(&network, potentials, &placements, meter)?),
    };
    let ended = priced.and_then(|()| run(&mut circulation, columns, -rows.outside - bonus, meter));
    finished(circulation, ended, meter)
}

/// What was found once the run ended.
fn finished(
    mut circulation: Circulation<'_>,
    ended: Result<Option<Witness>, Stop>,
    meter: &mut Meter<'_>,
) -> Result<Result<Solution, Witness>, Stop> {
    match ended {
        Ok(None) => {}
        Ok(Some(witness)) => return Ok(Err(witness)),
        Err(stop) => {
            if meter.grant() {
                circulation.offer(meter)?;
            }
            return Err(stop);
        }
    }
    circulation.normalise();
    Ok(Ok(Solution { matching: Matching::new(circulation.placements(meter)?), prices: circulation.prices() }))
}

/// Everything after the start; `rest` is what the bonus lacks. `columns`: the pairs of each post, if they are known already.
fn run(
    circulation: &mut Circulation<'_>,
    columns: Groups<Entry>,
    rest: i64,
    meter: &mut Meter<'_>,
) -> Result<Option<Witness>, Stop> {
    circulation.offer(meter)?;
    let mut repair = Repair::new(circulation.network, columns);
    if let Some(witness) = repair.fill(circulation, meter)? {
        return Ok(Some(witness));
    }
    for reward in [0, rest] {
        if meter.keeps() {
            meter.offer_matching(&Matching::new(circulation.placements(meter)?));
        }
        circulation.raise(reward);
        repair.run(circulation, meter)?;
    }
    Ok(None)
}

/// The bonus to begin with: that of the problem, or one that is large beside what weights differ by.
fn smaller_bonus(rows: Rows<'_>) -> i64 {
    let (lightest, heaviest) = rows.range();
    (-rows.outside).min(BONUS * (heaviest - lightest).max(-lightest).max(1))
}
