//! Problems with quotas on both sides, as plain numbers.

use talent_match::graph::{Problem, QuotaForest, SeatRange};
use talent_match::index::QuotaId;

use super::instances::{Plain, Shape};
use super::random::Random;

/// Nested maxima over leaves, as plain numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Forest {
    pub(crate) parents: Vec<Option<u32>>,
    pub(crate) maxima: Vec<u32>,
    pub(crate) leaves: Vec<Option<u32>>,
}

impl Forest {
    /// At most `most` nodes, at most four deep, for `leaves` leaves of about `people` people each.
    pub(crate) fn draw(random: &mut Random, most: i64, leaves: usize, people: i64) -> Self {
        let nodes = random.within(0, most);
        let (mut parents, mut depths): (Vec<Option<u32>>, Vec<u32>) = (Vec::new(), Vec::new());
        for node in 0..nodes {
            let parent = (random.within(0, 2) > 0 && node > 0).then(|| random.within(0, node - 1) as u32);
            let parent = parent.filter(|&parent| depths[parent as usize] < 4);
            depths.push(parent.map_or(1, |parent| depths[parent as usize] + 1));
            parents.push(parent);
        }
        // From nobody at all to more than can ever come.
        let enough = (leaves.cast_signed() as i64 * people / nodes.max(1)).max(1) + 1;
        let mut max = || match random.within(0, 5) {
            0 => 0,
            _ => random.within(1, enough) as u32,
        };
        let maxima = (0..nodes).map(|_| max()).collect();
        let leaves = (0..leaves)
            .map(|_| (nodes > 0 && random.within(0, 5) > 0).then(|| random.within(0, nodes - 1) as u32))
            .collect();
        Self { parents, maxima, leaves }
    }

    pub(crate) fn quotas(&self) -> QuotaForest {
        let node = |node: &Option<u32>| node.map(QuotaId::new);
        let ranges = self.maxima.iter().map(|&max| SeatRange::up_to(max)).collect();
        QuotaForest::new(self.parents.iter().map(node).collect(), ranges, self.leaves.iter().map(node).collect())
            .unwrap()
    }

    /// For each node the leaves below it.
    pub(crate) fn below(&self) -> Vec<Vec<usize>> {
        let mut below = vec![Vec::new(); self.parents.len()];
        for (leaf, node) in self.leaves.iter().enumerate() {
            for node in std::iter::successors(*node, |&node| self.parents[node as usize]) {
                below[node as usize].push(leaf);
            }
        }
        below
    }
}

/// A problem with quotas.
#[derive(Clone, Debug)]
pub(crate) struct Nested {
    pub(crate) plain: Plain,
    pub(crate) demand: Forest,
    pub(crate) supply: Forest,
}

impl Nested {
    pub(crate) fn draw(shape: &Shape, most: i64, random: &mut Random) -> Self {
        let plain = shape.draw(random);
        let demand = Forest::draw(random, most, plain.seats.len(), shape.seats.1);
        let supply = Forest::draw(random, most, plain.rows.len(), shape.headcount.1);
        Self { plain, demand, supply }
    }

    pub(crate) fn problem(&self) -> Problem {
        let problem = self.plain.problem().with_demand_quotas(self.demand.quotas()).unwrap();
        problem.with_supply_quotas(self.supply.quotas()).unwrap()
    }
}
