//! What prices prove, whether or not the run was finished.

use super::rows::Rows;
use crate::graph::{Prices, Problem, QuotaForest, SeatRange};
use crate::parallel;

/// Units a task adds up.
const TASK: usize = 1 << 12;

/// `D(y)`: no feasible matching is worth more. One pass over the pairs; prices of 0 or more.
pub(super) fn dual_value(problem: &Problem, prices: &Prices) -> i128 {
    let rows = Rows::of(problem);
    let (demand, supply) = (problem.demand_quotas(), problem.supply_quotas());
    let posts: Vec<i64> =
        prices.posts().iter().enumerate().map(|(post, price)| price + above(demand, prices.demand(), post)).collect();
    let units = problem.headcounts().len();
    let rents = parallel::map(units.div_ceil(TASK), |task| {
        let rent = |unit: usize| {
            let earned = rows.best(unit, &posts) - rows.outside - above(supply, prices.supply(), unit);
            i128::from(earned.max(0)) * i128::from(problem.headcounts()[unit])
        };
        (task * TASK..units.min((task + 1) * TASK)).map(rent).sum::<i128>()
    });
    let seats = cost(problem.seats(), prices.posts());
    let quotas = cost(demand.ranges(), prices.demand()) + cost(supply.ranges(), prices.supply());
    rents.into_iter().sum::<i128>() + seats + quotas
}

/// What all places of `ranges` cost at `prices`.
fn cost(ranges: &[SeatRange], prices: &[i64]) -> i128 {
    ranges.iter().zip(prices).map(|(range, &price)| i128::from(range.max()) * i128::from(price)).sum()
}

/// The multipliers above a leaf, added up.
fn above(quotas: &QuotaForest, prices: &[i64], leaf: usize) -> i64 {
    quotas.path(leaf).map(|node| prices[node.index()]).sum()
}
