//! Shortest ways through the residual network (Dijkstra 1959), led by what is known of the ways from and to the root
//! (Goldberg and Harrelson 2005: landmarks).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::arcs::{Near, Takers};
use super::network::{Network, ROOT};
use super::residual::Flow;
use crate::index::{PairId, PostId, UnitId};

/// Beyond every distance.
pub(super) const FAR: i64 = i64::MAX;

/// No node.
const NONE: u32 = u32::MAX;

/// Passes over the pairs that bound the ways to the root before these are searched.
const PASSES: usize = 3;

/// Distances from one node, or to it, with the next node on the way there.
#[derive(Debug)]
pub(super) struct Tree {
    distances: Vec<i64>,
    next: Vec<u32>,
}

impl Tree {
    fn new(nodes: usize) -> Self {
        Self { distances: vec![FAR; nodes], next: vec![NONE; nodes] }
    }

    /// Distances from `start`, until `enough` says so of a node whose distance is final.
    pub(super) fn from(network: &Network<'_>, flow: &Flow, start: usize, enough: impl FnMut(usize) -> bool) -> Self {
        Self::grown(network, start, enough, |node, reach| flow.leaving(network, node, reach))
    }

    /// Distances to `start`, from units to posts by the arcs of `takers` only, until `enough` says so.
    pub(super) fn to(
        network: &Network<'_>,
        flow: &Flow,
        takers: &Takers,
        start: usize,
        enough: impl FnMut(usize) -> bool,
    ) -> Self {
        Self::grown(network, start, enough, |node, reach| flow.entering(network, takers, node, reach))
    }

    /// Distances to the root. An arc from a unit that is longer than some way that the unit is known to have is on no shortest way,
    /// which leaves few arcs.
    pub(super) fn to_root(network: &Network<'_>, flow: &Flow) -> Self {
        let bounds = bounds(network, flow);
        let takers = flow.takers(network, |unit| bounds[unit.index()]);
        Self::to(network, flow, &takers, ROOT, |_| false)
    }

    fn grown(
        network: &Network<'_>,
        start: usize,
        mut enough: impl FnMut(usize) -> bool,
        mut arcs: impl FnMut(usize, &mut dyn FnMut(usize, i64)),
    ) -> Self {
        let mut tree = Self::new(network.len());
        let mut queue = BinaryHeap::from([Reverse((0, start))]);
        tree.distances[start] = 0;
        while let Some(Reverse((distance, node))) = queue.pop() {
            if distance > tree.distances[node] {
                continue;
            }
            if enough(node) {
                break;
            }
            arcs(node, &mut |far: usize, length: i64| {
                let distance = distance.saturating_add(length);
                if distance < tree.distances[far] {
                    tree.distances[far] = distance;
                    tree.next[far] = node as u32;
                    queue.push(Reverse((distance, far)));
                }
            });
        }
        tree
    }

    /// The distance of `node`; [`FAR`] where there is no way.
    pub(super) fn distance(&self, node: usize) -> i64 {
        self.distances[node]
    }

    /// The nodes from `node` to where all distances are counted from.
    pub(super) fn way(&self, node: usize) -> Vec<usize> {
        let next = |&node: &usize| Some(self.next[node]).filter(|&next| next != NONE).map(|next| next as usize);
        std::iter::successors(Some(node), next).collect()
    }
}

/// Distances from the root and to it.
#[derive(Debug)]
pub(super) struct Landmark {
    pub(super) from: Tree,
    pub(super) to: Tree,
}

impl Landmark {
    /// What the way from `node` to `target` is at least; none if there is none.
    pub(super) fn least(&self, node: usize, target: usize) -> Option<i64> {
        let out = least(self.to.distance(node), self.to.distance(target))?;
        let back = least(self.from.distance(target), self.from.distance(node))?;
        Some(out.max(back).max(0))
    }

    /// What the way from `node` to `target` by the root is; none if there is none.
    pub(super) fn most(&self, node: usize, target: usize) -> Option<i64> {
        let (to, from) = (self.to.distance(node), self.from.distance(target));
        (to < FAR && from < FAR).then(|| to.saturating_add(from))
    }
}

/// What `whole` says of the rest of a way once `part` is known: their difference, nothing where `part` is not.
fn least(whole: i64, part: i64) -> Option<i64> {
    match (whole, part) {
        (_, FAR) => Some(0),
        (FAR, _) => None,
        _ => Some(whole - part),
    }
}

/// For each unit the length of some way it has to the root: [`FAR`] where none is known.
fn bounds(network: &Network<'_>, flow: &Flow) -> Vec<i64> {
    let graph = network.problem.graph();
    let mut posts: Vec<i64> = PostId::all(graph.posts()).map(|post| flow.climb(network, network.post(post))).collect();
    let first = |unit: UnitId| {
        let (node, home) = (network.unit(unit), network.parent(network.unit(unit)));
        let rent = flow.levels[node] - flow.levels[home];
        if flow.own(unit).is_empty() { FAR } else { flow.climb(network, home).saturating_add(rent) }
    };
    let mut bounds: Vec<i64> = UnitId::all(graph.units()).map(first).collect();
    for _ in 0..PASSES {
        for (unit, bound) in UnitId::all(graph.units()).zip(&mut bounds) {
            let mut least = *bound;
            flow.offers(network, unit, |post, length| least = least.min(posts[post].saturating_add(length)));
            *bound = least;
            for &(pair, _) in flow.own(unit) {
                let post = &mut posts[graph.post_of(PairId::new(pair)).index()];
                *post = least.min(*post);
            }
        }
    }
    bounds
}

/// The shortest way from `start` to `target` and its length, not by the arc `avoided`; none if there is none.
pub(super) fn shortest(
    network: &Network<'_>,
    flow: &Flow,
    landmark: &Landmark,
    near: &Near,
    [start, target]: [usize; 2],
    avoided: Option<[usize; 2]>,
) -> Option<(i64, Vec<usize>)> {
    // By the root there is a way; only what could be shorter is looked at. The arc to avoid may be on it.
    let known = landmark.most(start, target).filter(|_| avoided.is_none());
    let (most, near) = (known.unwrap_or(FAR), known.map(|_| near));
    let mut tree = Tree::new(network.len());
    let mut queue = BinaryHeap::new();
    if let Some(least) = landmark.least(start, target).filter(|&least| least < most) {
        queue.push(Reverse((least, start)));
        tree.distances[start] = 0;
    }
    let mut done = vec![false; network.len()];
    while let Some(Reverse((_, node))) = queue.pop() {
        if node == target {
            let mut way = tree.way(node);
            way.reverse();
            return Some((tree.distances[node], way));
        }
        if std::mem::replace(&mut done[node], true) {
            continue;
        }
        let distance = tree.distances[node];
        flow.leaving_near(network, near, node, |far, length| {
            let reached = distance.saturating_add(length);
            if reached < tree.distances[far]
                && avoided != Some([node, far])
                && let Some(rest) = landmark.least(far, target)
                && reached.saturating_add(rest) < most
            {
                tree.distances[far] = reached;
                tree.next[far] = node as u32;
                queue.push(Reverse((reached.saturating_add(rest), far)));
            }
        });
    }
    let mut way = landmark.to.way(start);
    way.extend(landmark.from.way(target).into_iter().rev().skip(1));
    known.map(|length| (length, without_loops(way)))
}

/// A shortest way without the loops of length 0 it may have where two parts of it were put together.
fn without_loops(way: Vec<usize>) -> Vec<usize> {
    let mut places: BTreeMap<usize, usize> = BTreeMap::new();
    let mut simple: Vec<usize> = Vec::with_capacity(way.len());
    for node in way {
        if let Some(&place) = places.get(&node) {
            simple.drain(place + 1..).for_each(|looped| {
                places.remove(&looped);
            });
        } else {
            places.insert(node, simple.len());
            simple.push(node);
        }
    }
    simple
}
