//! Is it true that no matching is feasible?

use super::ranges::Limits;
use super::rents::path_sum;
use crate::control::{Control, Phase, Progress};
use crate::graph::{Problem, QuotaForest, Witness};
use crate::index::{QuotaId, UnitId};
use crate::parallel;

/// Units a task looks at.
const TASK: usize = 1 << 10;

/// What a witness proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refutation {
    bound: Option<i128>,
}

impl Refutation {
    /// `D(y)` with every pair worth nothing: below 0, no matching is feasible, and by so many people at least the
    /// ranges with a multiplier contradict each other if all multipliers are -1, 0 or 1. `None` where there is not one
    /// multiplier for each range.
    #[must_use]
    pub const fn bound(self) -> Option<i128> {
        self.bound
    }

    /// Whether the witness proves that no matching is feasible.
    #[must_use]
    pub const fn holds(self) -> bool {
        matches!(self.bound, Some(bound) if bound < 0)
    }
}

/// Checks `witness`: where every pair is worth nothing, every feasible matching is worth 0, so that a bound below 0
/// leaves none. Ranges with a penalty never make a problem infeasible, and count as open here.
///
/// Does not panic on any witness. Cost: one pass over the pairs on all threads.
///
/// ```
/// use talent_match::certificate::refute;
/// use talent_match::control::Control;
/// use talent_match::graph::{BipartiteGraph, Problem, SeatRange};
/// use talent_match::index::PostId;
/// use talent_match::solve::{Outcome, solve};
///
/// // One person cannot fill two seats.
/// let graph = BipartiteGraph::from_rows(1, vec![0, 1], vec![PostId::new(0)])?;
/// let problem = Problem::new(graph, vec![5], vec![1], vec![SeatRange::between(2, 4)?])?;
/// let Outcome::Infeasible(witness) = solve(&problem, &Control::new())? else { unreachable!("there is nobody else") };
/// assert_eq!(witness.prices.posts(), [-1]);
/// assert!(refute(&problem, &witness, &Control::new()).holds());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn refute(problem: &Problem, witness: &Witness, control: &Control<'_>) -> Refutation {
    let pairs = problem.graph().pairs() as u64;
    control.report(Progress::new(Phase::Verify, 0, pairs));
    let prices = &witness.prices;
    let (demand, supply) = (problem.demand_quotas(), problem.supply_quotas());
    let expected = [problem.seats().len(), demand.len(), supply.len()];
    let given = [prices.posts().len(), prices.demand().len(), prices.supply().len()];
    let bound = (given == expected).then(|| {
        let posts = problem.seats().iter().zip(prices.posts());
        let posts: i128 = posts.map(|(&range, &price)| most(Limits::strict(range), price)).sum();
        let nodes = nodes(demand, prices.demand()) + nodes(supply, prices.supply());
        posts + nodes + parallel::with_threads(control.threads, || rents(problem, witness))
    });
    control.report(Progress::new(Phase::Verify, pairs, pairs));
    Refutation { bound }
}

/// What the nodes of a forest add to the bound.
fn nodes(forest: &QuotaForest, prices: &[i64]) -> i128 {
    let limits = |node: QuotaId| Limits { range: forest.ranges()[node.index()], penalty: forest.penalty(node) };
    QuotaId::all(forest.len()).zip(prices).map(|(node, &price)| most(limits(node), price)).sum()
}

/// What a range adds to the bound, without what it costs to leave it.
fn most(limits: Limits, price: i64) -> i128 {
    let [least, most] = limits.ends().map(|load| i128::from(load) * i128::from(price));
    least.max(most)
}

/// What all units earn where every pair is worth nothing.
fn rents(problem: &Problem, witness: &Witness) -> i128 {
    let (graph, prices) = (problem.graph(), &witness.prices);
    let costs: Vec<i128> = prices
        .posts()
        .iter()
        .enumerate()
        .map(|(post, &price)| i128::from(price) + path_sum(problem.demand_quotas(), prices.demand(), post))
        .collect();
    let rent = |unit: UnitId| {
        let cheapest = graph.neighbours(unit).iter().map(|post| costs[post.index()]).min();
        let own = path_sum(problem.supply_quotas(), prices.supply(), unit.index());
        i128::from(problem.headcount(unit)) * cheapest.map_or(0, |cost| (-cost - own).max(0))
    };
    let tasks = parallel::map(graph.units().div_ceil(TASK), |task| {
        let units = task * TASK..graph.units().min((task + 1) * TASK);
        units.map(|unit| rent(UnitId::new(unit as u32))).sum::<i128>()
    });
    tasks.into_iter().sum()
}
