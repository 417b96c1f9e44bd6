//! What people earn beyond the prices of their places.

use crate::graph::{Load, Prices, Problem};
use crate::index::{PairId, UnitId};

/// See the [page](self).
pub(super) struct Nets<'a> {
    problem: &'a Problem,
    prices: &'a Prices,
    /// What a seat costs, quota nodes included, by post.
    posts: Vec<i128>,
}

impl<'a> Nets<'a> {
    pub(super) fn new(problem: &'a Problem, prices: &'a Prices) -> Self {
        let quotas = problem.demand_quotas();
        let above = |post: usize| quotas.path(post).map(|node| i128::from(prices.demand()[node.index()])).sum::<i128>();
        let posts = prices.posts().iter().enumerate().map(|(post, &price)| i128::from(price) + above(post)).collect();
        Self { problem, prices, posts }
    }

    /// What a person earns by `pair`, less the prices.
    pub(super) fn net(&self, pair: PairId) -> i128 {
        let graph = self.problem.graph();
        let quotas = self.problem.supply_quotas().path(graph.unit_of(pair).index());
        let supply: i128 = quotas.map(|node| i128::from(self.prices.supply()[node.index()])).sum();
        let worth = i128::from(self.problem.weight(pair)) + i128::from(self.problem.placement_bonus());
        worth - self.posts[graph.post_of(pair).index()] - supply
    }

    /// The most that a person of `unit` can earn by the pairs that `may` be, by nothing at least.
    pub(super) fn rent(&self, unit: UnitId, may: impl Fn(PairId) -> Option<i128>) -> i128 {
        let pairs = self.problem.graph().row(unit).map(|pair| PairId::new(pair as u32));
        pairs.filter_map(|pair| may(pair).map(|charge| self.net(pair) - charge)).fold(0, i128::max)
    }

    /// Whether somebody placed by `pair` counts for `on`.
    pub(super) fn counts(&self, pair: PairId, on: Load) -> bool {
        let (graph, problem) = (self.problem.graph(), self.problem);
        match on {
            Load::Post(post) => graph.post_of(pair) == post,
            Load::Demand(node) => problem.demand_quotas().path(graph.post_of(pair).index()).any(|above| above == node),
            Load::Supply(node) => problem.supply_quotas().path(graph.unit_of(pair).index()).any(|above| above == node),
            Load::Coupling(_) => false,
            Load::Pair(own) => own == pair,
        }
    }
}
