//! The residual network of an optimal face, and the exchanges that lead from one optimum to another.
//!
//! Two optima differ by cycles of edges with room, so an edge can carry one person more exactly if its ends lie on such
//! a cycle. A search for one goes forward from one end and backward from the other, an edge on each side in turn, until
//! the two meet or one of them has nowhere left to go.
//!
//! *Classes* keep searches short. No cycle leaves a class, at any time: all nodes begin in one; a search that ends
//! without a meeting has found nodes that nothing leaves (or enters) within their class, and makes them a class of
//! their own; and an exchange turns edges around only within a class, while a removal can but take cycles away. So ends
//! in different classes need no search.
//!
//! Cost: a search without a meeting looks at twice as many edges as the new class touches at most, which are at most
//! half of those the old class touches. All of them together are `O(e log e)` for `e` edges. One that meets moves
//! somebody; it looks at `O(e)` edges at worst, and where ties abound mostly at about the root of that.

use super::groups::Groups;
use super::meter::Meter;
use crate::control::Stop;

/// Which way a search goes: along edges from the one end, or against them from the other.
const FORWARD: usize = 0;
const BACKWARD: usize = 1;

/// People can go along it as far as there is room.
#[derive(Clone, Copy)]
struct Edge {
    ends: [u32; 2],
    /// How many more people can go from the first end to the second, and back.
    rooms: [u32; 2],
}

/// The edges of a network, before any search.
#[derive(Default)]
pub(super) struct Edges(Vec<Edge>);

impl Edges {
    /// Room for `more` people from `from` to `to`, and for `fewer` back.
    pub(super) fn add(&mut self, from: usize, to: usize, more: u32, fewer: u32) {
        self.0.push(Edge { ends: [from as u32, to as u32], rooms: [more, fewer] });
    }
}

/// A network under search.
pub(super) struct Exchange {
    edges: Vec<Edge>,
    /// The edges at each node, in the order they were added.
    at: Groups<u32>,
    /// How many at the front of these were removed.
    gone: Vec<usize>,
    /// The class of each node.
    classes: Vec<u32>,
    class_count: u32,
    /// Searches so far.
    round: u64,
    /// For each node the last search that came here, twice its number plus the way; and the edge it came by.
    seen: Vec<u64>,
    via: Vec<u32>,
    fronts: [Front; 2],
}

/// Where one way of a search has come.
#[derive(Default)]
struct Front {
    /// Nodes in the order they were reached.
    nodes: Vec<u32>,
    /// The node it stands at, by its place among these, and the next edge there.
    node: usize,
    edge: usize,
}

/// One step of a search.
enum Step {
    /// It goes on.
    On,
    /// By this edge it has met the other way.
    Met(u32),
    /// There is nowhere left to go.
    Over,
}

impl Exchange {
    /// The network of `nodes` nodes and `edges`.
    pub(super) fn new(nodes: usize, edges: Edges) -> Self {
        let edges = edges.0;
        let ends = edges.iter().zip(0..).flat_map(|(edge, number)| edge.ends.map(|end| (end as usize, number)));
        let at = Groups::new(nodes, ends);
        Self {
            edges,
            at,
            gone: vec![0; nodes],
            classes: vec![0; nodes],
            class_count: 1,
            round: 0,
            seen: vec![0; nodes],
            via: vec![0; nodes],
            fronts: <[Front; 2]>::default(),
        }
    }

    /// Takes `edge` out of the network. Returns how many people can go back along it.
    pub(super) fn remove(&mut self, edge: usize) -> u32 {
        std::mem::take(&mut self.edges[edge].rooms)[1]
    }

    /// Moves people from the second end of `edge` to its first, which closes a cycle for whoever comes by `edge`
    /// itself. Returns how many; 0 if there is no way.
    pub(super) fn close(&mut self, edge: usize, meter: &mut Meter<'_>) -> Result<u32, Stop> {
        let [to, from] = self.edges[edge].ends;
        let class = self.classes[from as usize];
        if class != self.classes[to as usize] {
            return Ok(0);
        }
        self.round += 1;
        for (way, node) in [(FORWARD, from), (BACKWARD, to)] {
            self.fronts[way].nodes.clear();
            (self.fronts[way].node, self.fronts[way].edge) = (0, self.first_edge(node as usize));
            self.reach(way, node, 0);
        }
        let mut steps = 0;
        let (way, met) = loop {
            let way = steps % 2;
            steps += 1;
            match self.step(way, class) {
                Step::On => {}
                Step::Met(edge) => break (way, Some(edge)),
                Step::Over => break (way, None),
            }
        };
        meter.spend(steps)?;
        let Some(met) = met else {
            for &node in &self.fronts[way].nodes {
                self.classes[node as usize] = self.class_count;
            }
            self.class_count += 1;
            return Ok(0);
        };
        let path = self.path([from, to], met);
        let count = path.iter().map(|&(edge, end)| self.edges[edge].rooms[end]).min().unwrap_or(0);
        for (edge, end) in path {
            let rooms = &mut self.edges[edge].rooms;
            rooms[end] -= count;
            rooms[1 - end] += count;
        }
        Ok(count)
    }

    /// Notes that a search came to `node` by `edge`.
    fn reach(&mut self, way: usize, node: u32, edge: u32) {
        self.seen[node as usize] = 2 * self.round + way as u64;
        self.via[node as usize] = edge;
        self.fronts[way].nodes.push(node);
    }

    /// The place of the first edge at `node` that is still there. Edges are removed about in the order they were added.
    fn first_edge(&mut self, node: usize) -> usize {
        let removed = |edge: &&u32| self.edges[**edge as usize].rooms == [0, 0];
        self.gone[node] += self.at.of(node)[self.gone[node]..].iter().take_while(removed).count();
        self.gone[node]
    }

    /// Looks at one edge.
    fn step(&mut self, way: usize, class: u32) -> Step {
        let front = &mut self.fronts[way];
        let Some(&node) = front.nodes.get(front.node) else { return Step::Over };
        let Some(&edge) = self.at.of(node as usize).get(front.edge) else {
            front.node += 1;
            if let Some(&node) = front.nodes.get(front.node) {
                self.fronts[way].edge = self.first_edge(node as usize);
            }
            return Step::On;
        };
        front.edge += 1;
        let Edge { ends, rooms } = self.edges[edge as usize];
        let near = usize::from(ends[1] == node);
        let far = ends[1 - near];
        // Forward people leave this end, backward they arrive here.
        if rooms[near ^ way] == 0 || self.classes[far as usize] != class {
            return Step::On;
        }
        match self.seen[far as usize].checked_sub(2 * self.round) {
            Some(seen) if seen == way as u64 => Step::On,
            Some(_) => Step::Met(edge),
            None => {
                self.reach(way, far, edge);
                Step::On
            }
        }
    }

    /// The edges of the way found, which meets at the edge `met`, each with the end it is entered by.
    fn path(&self, starts: [u32; 2], met: u32) -> Vec<(usize, usize)> {
        let ends = self.edges[met as usize].ends;
        let entered = usize::from(self.seen[ends[0] as usize] != 2 * self.round + FORWARD as u64);
        let mut path = vec![(met as usize, entered)];
        for (way, mut node) in [(FORWARD, ends[entered]), (BACKWARD, ends[1 - entered])] {
            while node != starts[way] {
                let edge = self.via[node as usize] as usize;
                let near = usize::from(self.edges[edge].ends[1] == node);
                path.push((edge, near ^ 1 ^ way));
                node = self.edges[edge].ends[1 - near];
            }
        }
        path
    }
}
