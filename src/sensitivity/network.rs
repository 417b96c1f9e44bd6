//! The nodes of the residual network and how they hang together.

use std::collections::BTreeMap;

use super::groups::Groups;
use crate::graph::Problem;
use crate::index::{PostId, QuotaId, UnitId};

/// Where the circle begins and ends.
pub(super) const ROOT: usize = 0;

/// units, numbered in this order.
#[derive(Debug)]
pub(super) struct Network<'a> {
    pub(super) problem: &'a Problem,
    parents: Vec<u32>,
    /// Quotas and posts right below each quota and the root.
    pub(super) children: Groups<u32>,
    /// Units right below each supply quota and the root.
    pub(super) members: Groups<u32>,
    /// Pairs that are as they are, with the people placed by each.
    frozen: BTreeMap<u32, i64>,
    pub(super) first_demand: usize,
    pub(super) first_post: usize,
    pub(super) first_unit: usize,
}

impl<'a> Network<'a> {
    pub(super) fn new(problem: &'a Problem, frozen: BTreeMap<u32, i64>) -> Self {
        let (graph, supply, demand) = (problem.graph(), problem.supply_quotas(), problem.demand_quotas());
        let first_demand = ROOT + 1 + supply.len();
        let first_post = first_demand + demand.len();
        let first_unit = first_post + graph.posts();
        let above = |first: usize| {
            move |parent: Option<QuotaId>| parent.map_or(ROOT as u32, |parent| (first + parent.index()) as u32)
        };
        let posts = (0..graph.posts()).map(|post| demand.leaf_parent(post));
        let mut parents = vec![ROOT as u32];
        parents.extend(supply.parents().iter().copied().map(above(ROOT + 1)));
        parents.extend(demand.parents().iter().copied().chain(posts).map(above(first_demand)));
        parents.extend((0..graph.units()).map(|unit| above(ROOT + 1)(supply.leaf_parent(unit))));
        let below = |nodes: std::ops::Range<usize>, first: usize| {
            nodes.map(|node| (parents[node] as usize, (node - first) as u32)).collect::<Vec<_>>()
        };
        let (nodes, units) = (below(ROOT + 1..first_unit, 0), below(first_unit..parents.len(), first_unit));
        Self {
            problem,
            children: Groups::new(first_post, || nodes.iter().copied()),
            members: Groups::new(first_demand, || units.iter().copied()),
            parents,
            frozen,
            first_demand,
            first_post,
            first_unit,
        }
    }

    /// Number of nodes.
    pub(super) fn len(&self) -> usize {
        self.parents.len()
    }

    pub(super) fn parent(&self, node: usize) -> usize {
        self.parents[node] as usize
    }

    pub(super) const fn supply(node: QuotaId) -> usize {
        ROOT + 1 + node.index()
    }

    pub(super) fn demand(&self, node: QuotaId) -> usize {
        self.first_demand + node.index()
    }

    pub(super) fn post(&self, post: PostId) -> usize {
        self.first_post + post.index()
    }

    pub(super) fn unit(&self, unit: UnitId) -> usize {
        self.first_unit + unit.index()
    }

    /// The unit that is `node`.
    pub(super) fn unit_at(&self, node: usize) -> Option<UnitId> {
        node.checked_sub(self.first_unit).map(|unit| UnitId::new(unit as u32))
    }

    /// The post that is `node`.
    pub(super) fn post_at(&self, node: usize) -> Option<PostId> {
        let post = node.checked_sub(self.first_post).filter(|_| node < self.first_unit);
        post.map(|post| PostId::new(post as u32))
    }

    pub(super) fn is_supply(&self, node: usize) -> bool {
        node != ROOT && node < self.first_demand
    }

    /// Whether `node` is a demand quota or a post.
    pub(super) fn is_demand(&self, node: usize) -> bool {
        (self.first_demand..self.first_unit).contains(&node)
    }

    /// Every quota and post.
    pub(super) fn ranges(&self) -> std::ops::Range<usize> {
        ROOT + 1..self.first_unit
    }

    #[inline]
    pub(super) fn is_frozen(&self, pair: usize) -> bool {
        !self.frozen.is_empty() && self.frozen.contains_key(&(pair as u32))
    }

    /// The people placed by `pair` if it is as it is.
    pub(super) fn frozen(&self, pair: usize) -> Option<i64> {
        self.frozen.get(&(pair as u32)).copied()
    }

    #[inline]
    pub(super) fn value(&self, pair: usize) -> i64 {
        i64::from(self.problem.weights()[pair]) + self.problem.placement_bonus()
    }
}
