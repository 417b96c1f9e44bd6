//! What every optimum has in common.
//!
//! Two optima differ by cycles of length 0. So another one has more people at a pair exactly if an arc of length 0 leads
//! along it and back by others, which is to say that its ends are in one strongly connected component; and fewer if there
//! is a way of length 0 from the unit to the post that is not the pair's own arc. A unit that is at one post as a whole has
//! no such arc, so that components answer here too; for others a search from both ends does.

use petgraph::Direction;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::network::Network;
use super::residual::Flow;
use crate::index::UnitId;

/// Whether the optima agree on a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// Nobody of the unit is at the post in any optimum.
    None,
    /// Nobody of the unit is there in this optimum, somebody is in another one.
    Other,
    /// Those of the unit who are there are so in this optimum; in another one they are fewer.
    Some,
    /// Those of the unit who are there are so in every optimum.
    Every,
}

/// The arcs of length 0 and their strongly connected components.
#[derive(Debug)]
pub(super) struct Ties {
    arcs: DiGraph<(), (), u32>,
    classes: Vec<u32>,
}

impl Ties {
    /// One pass over the pairs.
    pub(super) fn new(network: &Network<'_>, flow: &Flow) -> Self {
        let mut arcs = DiGraph::with_capacity(network.len(), 0);
        (0..network.len()).for_each(|_| {
            arcs.add_node(());
        });
        for node in 0..network.len() {
            flow.leaving(network, node, |far, length| {
                if length == 0 {
                    arcs.add_edge(NodeIndex::new(node), NodeIndex::new(far), ());
                }
            });
        }
        let mut classes = vec![0; network.len()];
        for (class, nodes) in (0..).zip(kosaraju_scc(&arcs)) {
            for node in nodes {
                classes[node.index()] = class;
            }
        }
        Self { arcs, classes }
    }

    /// What the optima say of `pair` of `unit`.
    pub(super) fn certainty(&self, network: &Network<'_>, flow: &Flow, unit: UnitId, pair: usize) -> Certainty {
        let (from, to) = (network.unit(unit), network.post(network.problem.graph().targets()[pair]));
        let tied = self.classes[from] == self.classes[to];
        if flow.placed_by(unit, pair) == 0 {
            let free = flow.takes_more(network, unit, pair) && flow.reduced_cost(network, unit, pair) == 0;
            return if free && tied { Certainty::Other } else { Certainty::None };
        }
        let fewer = tied && (!flow.takes_more(network, unit, pair) || self.another_way(from, to));
        if fewer { Certainty::Some } else { Certainty::Every }
    }

    /// Whether a way leads from `from` to `to` within their class but for the arc between them. From both ends in turn.
    fn another_way(&self, from: usize, to: usize) -> bool {
        let class = self.classes[from];
        let mut seen = [std::collections::BTreeSet::from([from]), std::collections::BTreeSet::from([to])];
        let mut stacks = [vec![from], vec![to]];
        for side in [0, 1].into_iter().cycle() {
            let Some(node) = stacks[side].pop() else { return false };
            let direction = [Direction::Outgoing, Direction::Incoming][side];
            for far in self.arcs.neighbors_directed(NodeIndex::new(node), direction) {
                let (far, ends) = (far.index(), if side == 0 { [node, far.index()] } else { [far.index(), node] });
                if ends == [from, to] || self.classes[far] != class {
                    continue;
                }
                if seen[1 - side].contains(&far) {
                    return true;
                }
                if seen[side].insert(far) {
                    stacks[side].push(far);
                }
            }
        }
        false
    }
}
