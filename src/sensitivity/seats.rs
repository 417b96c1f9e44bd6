//! What one more seat is worth, and one fewer: both sides of every price.

use super::Sensitivity;
use super::network::{Network, ROOT};
use super::residual::Flow;
use super::search::{FAR, Tree};
use crate::index::{PostId, QuotaId};
use crate::parallel;

/// What a post or quota would be worth with another range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SeatValue {
    /// What one more seat gains; none where a class is decided to be closed.
    pub more: Option<i64>,
    /// What one fewer loses; none where there is none to lose, or its minimum could not hold any more.
    pub fewer: Option<i64>,
    /// What a minimum lower by one gains; none where there is no minimum.
    pub lower_minimum: Option<i64>,
}

/// The values of all posts and quota nodes, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeatValues {
    /// Those of the posts.
    pub posts: Vec<SeatValue>,
    /// Those of the demand quota nodes.
    pub demand: Vec<SeatValue>,
    /// Those of the supply quota nodes.
    pub supply: Vec<SeatValue>,
}

/// Distances from a node's parent to it, and back.
type Around = [i64; 2];

impl Sensitivity<'_> {
    /// The value of every seat. Without quotas they are known already; for each quota node with others below it that are
    /// full or at their minimum, two more passes of Dijkstra's method at worst.
    #[must_use]
    pub fn seats(&self) -> SeatValues {
        let (network, problem) = (&self.network, self.problem());
        let mut around: Vec<Around> = vec![[FAR; 2]; network.ranges().end];
        let mut parents: Vec<usize> = Vec::new();
        for node in network.ranges().filter(|&node| self.flow.is_tight(node)) {
            match network.parent(node) {
                ROOT => around[node] = self.landmarks.around(node),
                parent => parents.push(parent),
            }
        }
        parents.sort_unstable();
        parents.dedup();
        if !parents.is_empty() {
            for found in parallel::map(parents.len(), |at| self.below(parents[at])) {
                for (node, distances) in found {
                    around[node] = distances;
                }
            }
        }
        let value = |node: usize| self.flow.value(network, node, around[node]);
        SeatValues {
            posts: PostId::all(problem.seats().len()).map(|post| value(network.post(post))).collect(),
            demand: QuotaId::all(problem.demand_quotas().len()).map(|node| value(network.demand(node))).collect(),
            supply: QuotaId::all(problem.supply_quotas().len()).map(|node| value(Network::supply(node))).collect(),
        }
    }

    /// The distances from `parent` to each tight node below it, and back.
    fn below(&self, parent: usize) -> Vec<(usize, Around)> {
        let tight = |&node: &usize| self.network.parent(node) == parent && self.flow.is_tight(node);
        let nodes: Vec<usize> = self.network.ranges().filter(tight).collect();
        let enough = || {
            let mut left = nodes.len();
            let nodes = &nodes;
            move |node: usize| {
                left -= usize::from(nodes.binary_search(&node).is_ok());
                left == 0
            }
        };
        let from = Tree::from(&self.network, &self.flow, Some(&self.arcs), parent, enough());
        let to = Tree::to(&self.network, &self.flow, &self.arcs, parent, enough());
        nodes.iter().map(|&node| (node, [from.distance(node), to.distance(node)])).collect()
    }
}

impl Flow {
    /// Whether another range would matter to `node`.
    fn is_tight(&self, node: usize) -> bool {
        let (range, load) = (self.ranges[node], self.loads[node]);
        load >= range.max || (load <= range.min && range.min > 0)
    }

    /// What other ranges of `node` are worth, given the distances around it.
    fn value(&self, network: &Network<'_>, node: usize, [down, up]: Around) -> SeatValue {
        let (range, load, price) = (self.ranges[node], self.loads[node], self.own_price(network, node));
        // The way back to where one person more comes from, and on from where one fewer is missed.
        let (back, on) = if network.is_supply(node) { (up, down) } else { (down, up) };
        let gain = |way: i64, price: i64| if way == FAR { 0 } else { price.saturating_sub(way).max(0) };
        let beyond = range.penalty.unwrap_or(0);
        let stays = load <= range.fixed;
        let more = match load {
            _ if load < range.max => 0,
            _ if load > range.max => beyond,
            _ => gain(back, price),
        };
        let fewer = match load {
            _ if range.max == 0 || range.max == range.min => None,
            _ if load < range.max => Some(0),
            _ if load > range.max => Some(beyond),
            _ if stays => range.penalty,
            _ => (on < FAR).then(|| price.saturating_add(on)),
        };
        let lower = match load {
            _ if load > range.min => 0,
            _ if load < range.min => beyond,
            _ if stays => 0,
            _ => gain(on, -price),
        };
        SeatValue { more: (!range.closed).then_some(more), fewer, lower_minimum: (range.min > 0).then_some(lower) }
    }
}
