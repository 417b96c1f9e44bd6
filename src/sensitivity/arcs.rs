//! The arcs of the residual network: where they lead, and how long they are.

use super::groups::Groups;
use super::network::{Network, ROOT};
use super::residual::{Flow, PART};
use super::search::{FAR, Landmark};
use crate::index::{PairId, UnitId};
use crate::parallel;

/// For each post the units with an arc to it, and the lengths of these arcs.
pub(super) type Takers = Groups<(u32, i64)>;

/// For each unit the posts it has an arc to, and the lengths of these arcs.
pub(super) type Near = Groups<(u32, i64)>;

impl Flow {
    /// Shows every arc from `unit` to a post: the post's number and the length.
    pub(super) fn offers(&self, network: &Network<'_>, unit: UnitId, mut show: impl FnMut(usize, i64)) {
        let (graph, heads) = (network.problem.graph(), self.heads[unit.index()]);
        // The whole of a unit at one post leaves no arc to it.
        let full = self.own(unit).iter().find(|&&(_, count)| count == heads);
        let full = full.map_or(usize::MAX, |&(pair, _)| pair as usize);
        if heads == 0 {
            return;
        }
        let (level, posts) = (self.levels[network.unit(unit)], &self.levels[network.first_post..network.first_unit]);
        let row = graph.row(unit);
        let pairs = row.clone().zip(&network.problem.weights()[row]).zip(graph.neighbours(unit));
        let base = level - network.problem.placement_bonus();
        for ((pair, &weight), &post) in pairs {
            if pair != full && !network.is_frozen(pair) {
                show(post.index(), base + posts[post.index()] - i64::from(weight));
            }
        }
    }

    /// The arcs from units to posts that are no longer than `most` says for each unit.
    pub(super) fn takers(&self, network: &Network<'_>, most: impl Fn(UnitId) -> i64 + Sync) -> Takers {
        let arcs = self.arcs(network, |unit, _, length| length <= most(unit));
        let arcs = || arcs.iter().flatten().map(|&(unit, post, length)| (post as usize, (unit, length)));
        Groups::new(network.problem.graph().posts(), arcs)
    }

    /// The arcs from units to posts that are shorter than the way by the root: no other is on a way that avoids it and is
    /// shorter than one by it.
    pub(super) fn near(&self, network: &Network<'_>, landmark: &Landmark) -> Near {
        let arcs = self.arcs(network, |unit, post, length| {
            let by_root = landmark.most(network.unit(unit), network.first_post + post);
            by_root.is_none_or(|by_root| length < by_root)
        });
        let arcs = || arcs.iter().flatten().map(|&(unit, post, length)| (unit as usize, (post, length)));
        Groups::new(network.problem.graph().units(), arcs)
    }

    /// Unit, post and length of the arcs between them that are to be kept, by unit.
    fn arcs(
        &self,
        network: &Network<'_>,
        keep: impl Fn(UnitId, usize, i64) -> bool + Sync,
    ) -> Vec<Vec<(u32, u32, i64)>> {
        let units = network.problem.graph().units();
        parallel::map(units.div_ceil(PART), |part| {
            let mut arcs = Vec::new();
            for unit in (part * PART..units.min((part + 1) * PART)).map(|unit| UnitId::new(unit as u32)) {
                self.offers(network, unit, |post, length| {
                    if keep(unit, post, length) {
                        arcs.push((unit.get(), post as u32, length));
                    }
                });
            }
            arcs
        })
    }

    /// What the way straight up from `node` to the root is; [`FAR`] where there is none.
    pub(super) fn climb(&self, network: &Network<'_>, node: usize) -> i64 {
        let nodes = std::iter::successors(Some(node), |&node| Some(network.parent(node)));
        let ups = nodes.take_while(|&node| node != ROOT).map(|node| self.up(network, node));
        ups.fold(0, |sum: i64, up| up.map_or(FAR, |up| sum.saturating_add(up)))
    }

    /// Shows every arc that leaves `node`: where it leads and its length.
    pub(super) fn leaving(&self, network: &Network<'_>, node: usize, mut show: impl FnMut(usize, i64)) {
        if let Some(unit) = network.unit_at(node) {
            self.offers(network, unit, |post, length| show(network.first_post + post, length));
            self.home(network, unit, show);
            return;
        }
        if node != ROOT
            && let Some(length) = self.up(network, node)
        {
            show(network.parent(node), length);
        }
        if let Some(post) = network.post_at(node) {
            self.held.of(post.index()).iter().for_each(|&(unit, _)| show(network.unit(UnitId::new(unit)), 0));
            return;
        }
        for &child in network.children.of(node) {
            if let Some(length) = self.down(network, child as usize) {
                show(child as usize, length);
            }
        }
        if node < network.first_demand {
            let members = network.members.of(node).iter().map(|&unit| UnitId::new(unit));
            members.filter(|&unit| self.is_idle(unit)).for_each(|unit| show(network.unit(unit), 0));
        }
    }

    /// The same by the arcs of `near` only where there are some.
    pub(super) fn leaving_near(
        &self,
        network: &Network<'_>,
        near: Option<&Near>,
        node: usize,
        mut show: impl FnMut(usize, i64),
    ) {
        match (near, network.unit_at(node)) {
            (Some(near), Some(unit)) => {
                let near = near.of(unit.index()).iter();
                near.for_each(|&(post, length)| show(network.first_post + post as usize, length));
                self.home(network, unit, show);
            }
            _ => self.leaving(network, node, show),
        }
    }

    /// Shows the arc from `unit` to its home, if somebody of it may leave.
    fn home(&self, network: &Network<'_>, unit: UnitId, mut show: impl FnMut(usize, i64)) {
        let node = network.unit(unit);
        if self.placed[unit.index()] > 0 {
            let home = network.parent(node);
            show(home, self.levels[node] - self.levels[home]);
        }
    }

    /// Shows every arc that enters `node`, from units to posts those of `takers` only: where it comes from and its length.
    pub(super) fn entering(
        &self,
        network: &Network<'_>,
        takers: &Takers,
        node: usize,
        mut show: impl FnMut(usize, i64),
    ) {
        if let Some(unit) = network.unit_at(node) {
            let graph = network.problem.graph();
            self.own(unit).iter().for_each(|&(pair, _)| show(network.post(graph.post_of(PairId::new(pair))), 0));
            if self.is_idle(unit) {
                show(network.parent(node), 0);
            }
            return;
        }
        if node != ROOT
            && let Some(length) = self.down(network, node)
        {
            show(network.parent(node), length);
        }
        if let Some(post) = network.post_at(node) {
            takers.of(post.index()).iter().for_each(|&(unit, length)| show(network.unit(UnitId::new(unit)), length));
            return;
        }
        for &child in network.children.of(node) {
            if let Some(length) = self.up(network, child as usize) {
                show(child as usize, length);
            }
        }
        if node < network.first_demand {
            for unit in network.members.of(node).iter().map(|&unit| UnitId::new(unit)) {
                if self.placed[unit.index()] > 0 {
                    show(network.unit(unit), self.levels[network.unit(unit)] - self.levels[node]);
                }
            }
        }
    }
}
