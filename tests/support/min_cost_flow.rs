//! The oracle for quotas: flow of most value on an explicit network, by Bellman and Ford's longest paths, one after the
//! other. Slow and simple; shares nothing with the crate.

use super::nested::{Forest, Nested};

/// More than any placement is worth: what a person earns who is asked for.
const ASKED: i128 = 1 << 90;

/// An arc and, next to it in the list, its reverse.
struct Arc {
    to: usize,
    left: i128,
    value: i128,
}

#[derive(Default)]
struct Network {
    arcs: Vec<Arc>,
    leaving: Vec<Vec<usize>>,
}

impl Network {
    fn node(&mut self) -> usize {
        self.leaving.push(Vec::new());
        self.leaving.len() - 1
    }

    fn arc(&mut self, from: usize, to: usize, capacity: u32, value: i128) {
        for (from, to, left, value) in [(from, to, i128::from(capacity), value), (to, from, 0, -value)] {
            self.leaving[from].push(self.arcs.len());
            self.arcs.push(Arc { to, left, value });
        }
    }

    /// An arc that lacks people below `min` and turns them away above `max`, or fines both.
    fn range(&mut self, from: usize, to: usize, (min, max): (u32, u32), penalty: Option<i128>) {
        self.arc(from, to, min, penalty.unwrap_or(ASKED));
        self.arc(from, to, max - min, 0);
        if let Some(penalty) = penalty {
            self.arc(from, to, u32::MAX - max, -penalty);
        }
    }

    /// For each node a place to attach a leaf to: the tree node of each leaf of `forest`, or `top`.
    fn tree(&mut self, forest: &Forest, top: usize, leaves: usize, upward: bool) -> Vec<usize> {
        let mut nodes: Vec<usize> = Vec::new();
        for (at, parent) in forest.parents.iter().enumerate() {
            let (node, above) = (self.node(), parent.map_or(top, |parent| nodes[parent as usize]));
            let (from, to) = if upward { (node, above) } else { (above, node) };
            self.range(from, to, forest.range(at), forest.penalty(at).map(i128::from));
            nodes.push(node);
        }
        (0..leaves).map(|leaf| forest.leaves[leaf].map_or(top, |node| nodes[node as usize])).collect()
    }

    /// Sends flow along the path of most value from `source` to `sink` until none is worth anything.
    fn most(mut self, source: usize, sink: usize) -> i128 {
        let mut total = 0;
        loop {
            let mut best: Vec<Option<(i128, usize)>> = vec![None; self.leaving.len()];
            best[source] = Some((0, usize::MAX));
            let mut changed = true;
            while changed {
                changed = false;
                for from in 0..self.leaving.len() {
                    let Some((value, _)) = best[from] else { continue };
                    for &arc in &self.leaving[from] {
                        let Arc { to, left, value: more } = self.arcs[arc];
                        if left > 0 && best[to].is_none_or(|(known, _)| known < value + more) {
                            best[to] = Some((value + more, arc));
                            changed = true;
                        }
                    }
                }
            }
            let Some((value, _)) = best[sink].filter(|&(value, _)| value > 0) else { return total };
            let mut path = Vec::new();
            let mut node = sink;
            while node != source {
                let (_, arc) = best[node].unwrap();
                path.push(arc);
                node = self.arcs[arc ^ 1].to;
            }
            let count = path.iter().map(|&arc| self.arcs[arc].left).min().unwrap();
            for arc in path {
                self.arcs[arc].left -= count;
                self.arcs[arc ^ 1].left += count;
            }
            total += count * value;
        }
    }
}

/// What the best matching is worth, less fines; none if there is no feasible one.
pub(crate) fn best_feasible(nested: &Nested) -> Option<i128> {
    let plain = &nested.plain;
    let mut network = Network::default();
    let (source, sink) = (network.node(), network.node());
    let units = network.tree(&nested.supply, source, plain.rows.len(), false);
    let posts = network.tree(&nested.demand, sink, plain.seats.len(), true);
    let mut seats = Vec::new();
    for (at, (&above, &max)) in posts.iter().zip(&plain.seats).enumerate() {
        let post = network.node();
        network.range(post, above, (nested.minimum(at), max), None);
        seats.push(post);
    }
    for ((row, &headcount), &above) in plain.rows.iter().zip(&plain.headcounts).zip(&units) {
        let unit = network.node();
        network.arc(above, unit, headcount, 0);
        for &(post, weight) in row {
            network.arc(unit, seats[post as usize], headcount, i128::from(weight) + i128::from(plain.bonus));
        }
    }
    let (mut asked, mut fines) = (nested.minima.iter().map(|&min| i128::from(min)).sum::<i128>(), 0);
    for forest in [&nested.demand, &nested.supply] {
        for node in 0..forest.parents.len() {
            let min = i128::from(forest.range(node).0);
            match forest.penalty(node) {
                Some(penalty) => fines += i128::from(penalty) * min,
                None => asked += min,
            }
        }
    }
    let most = network.most(source, sink);
    // What is worth most serves most who are asked for; what is left is below half of what one of them earns.
    let (served, value) = ((most + ASKED / 2).div_euclid(ASKED), (most + ASKED / 2).rem_euclid(ASKED) - ASKED / 2);
    (served == asked).then_some(value - fines)
}

/// The same where nobody is asked for.
pub(crate) fn best_value(nested: &Nested) -> i128 {
    best_feasible(nested).expect("nobody placed is feasible")
}
