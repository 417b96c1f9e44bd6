//! A pair as an optimum has it.

use super::network::Network;
use super::residual::Flow;
use crate::index::{PairId, UnitId};

/// What an optimum says of a pair at once.
pub(super) struct PairView {
    pub(super) pair: PairId,
    /// The node of its unit.
    pub(super) from: usize,
    /// The node of its post.
    pub(super) to: usize,
    /// People placed by it who may move.
    pub(super) placed: u32,
    /// Whether it can take one more member of the unit: not where it has all of them.
    pub(super) takes: bool,
    /// By how much it earns less than the unit's rent.
    pub(super) cost: i64,
}

impl Flow {
    pub(super) fn view(&self, network: &Network<'_>, pair: PairId) -> PairView {
        self.views(network, network.problem.graph().unit_of(pair))(pair)
    }

    /// Views of the pairs of `unit`.
    pub(super) fn views(&self, network: &Network<'_>, unit: UnitId) -> impl Fn(PairId) -> PairView {
        let (own, heads, from) = (self.own(unit), self.heads[unit.index()], network.unit(unit));
        let level = self.levels[from];
        move |pair| {
            let post = network.problem.graph().post_of(pair);
            let (to, number) = (network.post(post), pair.index());
            let placed = own.iter().find(|&&(held, _)| held == post.get()).map_or(0, |&(_, count)| count);
            let takes = placed < heads && !network.is_frozen(number);
            PairView { pair, from, to, placed, takes, cost: level + self.levels[to] - network.value(number) }
        }
    }
}
