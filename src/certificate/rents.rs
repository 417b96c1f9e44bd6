//! The units' side of a proof: one pass over all pairs, in parallel.

use std::ops::{Range, Sub};

use super::fault::Fault;
use super::proof::Faults;
use crate::graph::{Placement, Problem, QuotaForest, Solution};
use crate::index::{PairId, UnitId};
use crate::parallel;

/// Pairs a block holds about. Blocks depend on the problem alone, so that findings never depend on threads.
const BLOCK: usize = 1 << 17;

/// What the units of one block, or of all, say about a solution.
#[derive(Default)]
pub(super) struct RentFindings {
    /// `sum of (w_e + bonus) x_e`.
    pub(super) value: i128,
    /// `sum of b_i r_i`.
    pub(super) bound: i128,
    pub(super) headcount: Faults,
    pub(super) rent: Faults,
}

impl RentFindings {
    /// Recomputes value and rents of every unit from the raw pairs.
    pub(super) fn check(problem: &Problem, solution: &Solution) -> Self {
        let prices = path_sums(problem.demand_quotas(), solution.prices.demand(), problem.graph().posts(), |post| {
            solution.prices.posts().get(post).copied().unwrap_or(0)
        });
        // Almost all prices fit half a word less than an i64, and then a weight minus a price fits an i64.
        let narrow: Option<Vec<i64>> = prices
            .iter()
            .map(|&price| i64::try_from(price).ok().filter(|price| price.unsigned_abs() < 1 << 62))
            .collect();
        match narrow {
            Some(prices) => Self::check_with(problem, solution, &prices),
            None => Self::check_with(problem, solution, &prices),
        }
    }

    fn check_with<N>(problem: &Problem, solution: &Solution, prices: &[N]) -> Self
    where
        N: Copy + Ord + Sub<Output = N> + From<i32> + Into<i128> + Sync,
    {
        let units = problem.graph().units();
        let pairs = problem.graph().pairs();
        let begin = |block: usize| {
            let offsets = &problem.graph().offsets()[..units];
            offsets.partition_point(|&offset| (offset as usize) < block * BLOCK)
        };
        let blocks = pairs / BLOCK + 1;
        let found = parallel::map(blocks, |block| {
            let end = if block + 1 == blocks { units } else { begin(block + 1) };
            Block { problem, solution, prices }.check(begin(block)..end)
        });
        found.into_iter().fold(Self::default(), |mut all, block| {
            all.value += block.value;
            all.bound += block.bound;
            all.headcount.append(block.headcount);
            all.rent.append(block.rent);
            all
        })
    }
}

/// Everything one block of units is checked against.
struct Block<'a, N> {
    problem: &'a Problem,
    solution: &'a Solution,
    /// What a seat at each post costs, its quota nodes included.
    prices: &'a [N],
}

impl<N: Copy + Ord + Sub<Output = N> + From<i32> + Into<i128>> Block<'_, N> {
    fn check(&self, units: Range<usize>) -> RentFindings {
        let mut found = RentFindings::default();
        let placements = self.solution.matching.placements();
        let offsets = self.problem.graph().offsets();
        let mut next = placements.partition_point(|placement| placement.pair.get() < offsets[units.start]);
        for unit in units {
            let row = offsets[unit] as usize..offsets[unit + 1] as usize;
            let count = placements[next..].iter().take_while(|placement| placement.pair.index() < row.end).count();
            self.check_unit(UnitId::new(unit as u32), row, &placements[next..next + count], &mut found);
            next += count;
        }
        found
    }

    fn check_unit(&self, unit: UnitId, row: Range<usize>, placements: &[Placement], found: &mut RentFindings) {
        let headcount = self.problem.headcount(unit);
        let bonus = i128::from(self.problem.placement_bonus());
        let own = path_sum(self.problem.supply_quotas(), self.solution.prices.supply(), unit.index());
        let earned = |net: N| Into::<i128>::into(net) + bonus - own;
        let targets = &self.problem.graph().targets()[row.clone()];
        let weights = &self.problem.weights()[row];
        let net = targets.iter().zip(weights).map(|(post, &weight)| N::from(weight) - self.prices[post.index()]).max();
        let rent = net.map_or(0, |net| earned(net).max(0));
        found.bound += i128::from(headcount) * rent;

        let mut placed = 0u64;
        for &Placement { pair, count } in placements {
            let weight = self.problem.weight(pair);
            found.value += (i128::from(weight) + bonus) * i128::from(count);
            placed = placed.saturating_add(u64::from(count));
            let earned = earned(N::from(weight) - self.prices[self.problem.graph().post_of(pair).index()]);
            if earned != rent {
                found.rent.push(Fault::Earned { unit, pair, earned, rent });
            }
        }
        if placed > u64::from(headcount) {
            found.headcount.push(Fault::Headcount { unit, placed, headcount });
        } else if placed < u64::from(headcount) && rent > 0 {
            let unplaced = (u64::from(headcount) - placed) as u32;
            found.rent.push(Fault::Unplaced { unit, unplaced, rent });
        }
    }
}

/// Placements of pairs the problem does not have.
pub(super) fn unknown_pairs(problem: &Problem, solution: &Solution) -> Faults {
    let pairs = problem.graph().pairs();
    let placements = solution.matching.placements();
    let known = placements.partition_point(|placement| placement.pair.index() < pairs);
    let mut faults = Faults::default();
    for &Placement { pair, count } in &placements[known..] {
        faults.push(Fault::UnknownPair { pair: PairId::new(pair.get()), count, pairs });
    }
    faults
}

/// The multipliers above one leaf, added up.
pub(super) fn path_sum(quotas: &QuotaForest, prices: &[i64], leaf: usize) -> i128 {
    quotas.path(leaf).map(|node| i128::from(prices.get(node.index()).copied().unwrap_or(0))).sum()
}

/// Each leaf's own multiplier and those above it, added up.
fn path_sums(quotas: &QuotaForest, prices: &[i64], leaves: usize, own: impl Fn(usize) -> i64) -> Vec<i128> {
    (0..leaves).map(|leaf| i128::from(own(leaf)) + path_sum(quotas, prices, leaf)).collect()
}
