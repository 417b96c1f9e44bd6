//! What the distances from a node or two, and to them, say of the ways between any others (Goldberg and Harrelson 2005).

use super::arcs::Arcs;
use super::network::{Network, ROOT};
use super::residual::Flow;
use super::search::{FAR, Tree};
use crate::parallel;

/// Arcs of each unit that bound the ways before these are searched.
const FEW: usize = 3;

/// Distances from one node and to it.
#[derive(Debug)]
struct Landmark {
    from: Tree,
    to: Tree,
}

impl Landmark {
    fn new(network: &Network<'_>, flow: &Flow, arcs: &Arcs, node: usize) -> Option<Self> {
        let trees = parallel::map(2, |way| match way {
            0 => Tree::from(network, flow, Some(arcs), node, |_| false),
            _ => Tree::to(network, flow, arcs, node, |_| false),
        });
        let [from, to] = trees.try_into().ok()?;
        Some(Self { from, to })
    }

    /// What the way from `node` to `target` is at least; none if there is none.
    #[inline]
    fn least(&self, node: usize, target: usize) -> Option<i64> {
        let out = rest(self.to.distance(node), self.to.distance(target))?;
        let back = rest(self.from.distance(target), self.from.distance(node))?;
        Some(out.max(back).max(0))
    }

    /// What the way from `node` to `target` by the landmark is; [`FAR`] if there is none.
    fn most(&self, node: usize, target: usize) -> i64 {
        self.to.distance(node).saturating_add(self.from.distance(target))
    }

    fn way(&self, node: usize, target: usize) -> Vec<usize> {
        let mut way = self.to.way(node);
        way.extend(self.from.way(target).into_iter().rev().skip(1));
        way
    }
}

/// What `whole` says of the rest of a way once `part` is known: their difference, nothing where `part` is not.
#[inline]
fn rest(whole: i64, part: i64) -> Option<i64> {
    match (whole, part) {
        (_, FAR) => Some(0),
        (FAR, _) => None,
        _ => Some(whole - part),
    }
}

/// Leaves the shortest few of `arcs`, in order.
fn keep_shortest(arcs: &mut Vec<(i64, u32)>) {
    let mut kept = 0;
    for next in 0..arcs.len() {
        let arc = arcs[next];
        let place = arcs[..kept].partition_point(|&other| other <= arc);
        if place < FEW {
            kept = FEW.min(kept + 1);
            arcs.copy_within(place..kept - 1, place + 1);
            arcs[place] = arc;
        }
    }
    arcs.truncate(kept);
}

/// The root and, where every post is far from it, the nearest one.
#[derive(Debug)]
pub(super) struct Landmarks {
    root: Landmark,
    hub: Option<Landmark>,
}

impl Landmarks {
    /// The landmarks, and the arcs from units to posts that are not longer than the way by one of them: no other is on a
    /// shortest way. Two passes over the pairs.
    pub(super) fn new(network: &Network<'_>, flow: &Flow) -> Option<(Self, Arcs)> {
        // By some arcs only, ways are no shorter than by all.
        let few = Arcs::chosen(network, flow, |_, row| keep_shortest(row));
        let root = Landmark::new(network, flow, &few, ROOT)?;
        let posts = network.first_post..network.first_unit;
        let nearest = posts.map(|post| (root.most(post, post), post)).min();
        let hub = nearest.filter(|&(around, _)| around > 0).map(|(_, post)| post);
        let rough = Self { root, hub: hub.and_then(|hub| Landmark::new(network, flow, &few, hub)) };
        let arcs = Arcs::chosen(network, flow, |unit, row| {
            let unit = network.unit(unit);
            row.retain(|&(length, post)| length <= rough.by(unit, network.first_post + post as usize));
        });
        let root = Landmark::new(network, flow, &arcs, ROOT)?;
        let exact = Self { root, hub: hub.and_then(|hub| Landmark::new(network, flow, &arcs, hub)) };
        Some((exact, arcs))
    }

    /// Distances from the root to `node` and back.
    pub(super) fn around(&self, node: usize) -> [i64; 2] {
        [self.root.from.distance(node), self.root.to.distance(node)]
    }

    /// What the way from `node` to `target` is at least; none if there is none.
    #[inline]
    pub(super) fn least(&self, node: usize, target: usize) -> Option<i64> {
        let root = self.root.least(node, target)?;
        match &self.hub {
            Some(hub) => Some(root.max(hub.least(node, target)?)),
            None => Some(root),
        }
    }

    /// What the shortest way from `node` to `target` by a landmark is; [`FAR`] if there is none.
    #[inline]
    fn by(&self, node: usize, target: usize) -> i64 {
        let root = self.root.most(node, target);
        self.hub.as_ref().map_or(root, |hub| root.min(hub.most(node, target)))
    }

    /// The same; none if there is none.
    pub(super) fn most(&self, node: usize, target: usize) -> Option<i64> {
        Some(self.by(node, target)).filter(|&length| length < FAR)
    }

    /// The way from `node` to `target` by a landmark, where there is one.
    pub(super) fn way(&self, node: usize, target: usize) -> Vec<usize> {
        let hub = self.hub.as_ref().filter(|hub| hub.most(node, target) < self.root.most(node, target));
        hub.unwrap_or(&self.root).way(node, target)
    }
}
