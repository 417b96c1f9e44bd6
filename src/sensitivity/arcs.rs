//! The arcs of the residual network: where they lead, and how long they are.

use super::groups::Groups;
use super::network::{Network, ROOT};
use super::residual::{Flow, PART};
use crate::index::{PostId, UnitId};
use crate::parallel;

/// Some of the arcs from units to posts.
#[derive(Debug)]
pub(super) struct Arcs {
    /// For each unit the posts it has an arc to, and the lengths.
    offers: Groups<(u32, i64)>,
    /// For each post the units with an arc to it, and the lengths.
    takers: Groups<(u32, i64)>,
}

impl Arcs {
    /// The arcs that `choose` leaves of those of each unit, each with its length and the number of the post. One pass over
    /// the pairs.
    pub(super) fn chosen(
        network: &Network<'_>,
        flow: &Flow,
        choose: impl Fn(UnitId, &mut Vec<(i64, u32)>) + Sync,
    ) -> Self {
        let graph = network.problem.graph();
        let parts = parallel::map(graph.units().div_ceil(PART), |part| {
            let (mut arcs, mut row) = (Vec::new(), Vec::new());
            for unit in (part * PART..graph.units().min((part + 1) * PART)).map(|unit| UnitId::new(unit as u32)) {
                flow.offers(network, unit, |post, length| row.push((length, post as u32)));
                choose(unit, &mut row);
                arcs.extend(row.drain(..).map(|(length, post)| (unit.get(), post, length)));
            }
            arcs
        });
        let arcs = || parts.iter().flatten();
        Self {
            offers: Groups::new(graph.units(), || arcs().map(|&(unit, post, length)| (unit as usize, (post, length)))),
            takers: Groups::new(graph.posts(), || arcs().map(|&(unit, post, length)| (post as usize, (unit, length)))),
        }
    }
}

impl Flow {
    /// Shows every arc from `unit` to a post: the post's number and the length.
    fn offers(&self, network: &Network<'_>, unit: UnitId, mut show: impl FnMut(usize, i64)) {
        let (graph, heads) = (network.problem.graph(), self.heads[unit.index()]);
        // The whole of a unit at one post leaves no arc to it.
        let full = self.own(unit).iter().find(|&&(_, count)| count == heads);
        let full = full.map_or(u32::MAX, |&(post, _)| post);
        if heads == 0 {
            return;
        }
        let (level, posts) = (self.levels[network.unit(unit)], &self.levels[network.first_post..network.first_unit]);
        let row = graph.row(unit);
        let pairs = row.clone().zip(&network.problem.weights()[row]).zip(graph.neighbours(unit));
        let base = level - network.problem.placement_bonus();
        for ((pair, &weight), &post) in pairs {
            if post.get() != full && !network.is_frozen(pair) {
                show(post.index(), base + posts[post.index()] - i64::from(weight));
            }
        }
    }

    /// Shows every arc that leaves `node`, from units to posts those of `arcs` only if it is given: where it leads and its
    /// length.
    pub(super) fn leaving(
        &self,
        network: &Network<'_>,
        arcs: Option<&Arcs>,
        node: usize,
        mut show: impl FnMut(usize, i64),
    ) {
        if let Some(unit) = network.unit_at(node) {
            let mut show_post = |post: usize, length: i64| show(network.first_post + post, length);
            match arcs {
                Some(arcs) => arcs.offers.of(unit.index()).iter().for_each(|&(post, by)| show_post(post as usize, by)),
                None => self.offers(network, unit, show_post),
            }
            if self.placed[unit.index()] > 0 {
                let home = network.parent(node);
                show(home, self.levels[node] - self.levels[home]);
            }
            return;
        }
        if node != ROOT
            && let Some(length) = self.up(network, node)
        {
            show(network.parent(node), length);
        }
        if let Some(post) = network.post_at(node) {
            self.held.of(post.index()).iter().for_each(|&unit| show(network.unit(UnitId::new(unit)), 0));
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

    /// Shows every arc that enters `node`, from units to posts those of `arcs` only: where it comes from and its length.
    pub(super) fn entering(&self, network: &Network<'_>, arcs: &Arcs, node: usize, mut show: impl FnMut(usize, i64)) {
        if let Some(unit) = network.unit_at(node) {
            self.own(unit).iter().for_each(|&(post, _)| show(network.post(PostId::new(post)), 0));
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
            arcs.takers
                .of(post.index())
                .iter()
                .for_each(|&(unit, length)| show(network.unit(UnitId::new(unit)), length));
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
