//! Problems with quotas on both sides, as plain numbers.

use talent_match::graph::{Problem, QuotaForest, SeatRange};
use talent_match::index::QuotaId;

use super::instances::{Plain, Shape};
use super::random::Random;

/// Nested ranges over leaves, as plain numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Forest {
    pub(crate) parents: Vec<Option<u32>>,
    pub(crate) maxima: Vec<u32>,
    pub(crate) leaves: Vec<Option<u32>>,
    /// None where all are 0.
    pub(crate) minima: Vec<u32>,
    /// None where all are strict.
    pub(crate) penalties: Vec<Option<i64>>,
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
        Self { parents, maxima, leaves, ..Self::default() }
    }

    /// With minimums for some nodes, and penalties up to `penalty` for some.
    pub(crate) fn with_ranges(self, penalty: i64, random: &mut Random) -> Self {
        let minima = self.maxima.iter().map(|&max| draw_minimum(max, random)).collect();
        let mut penalties = || (random.within(0, 2) == 0).then(|| random.within(1, penalty));
        let penalties = self.maxima.iter().map(|_| penalties()).collect();
        Self { minima, penalties, ..self }
    }

    /// Smallest and largest load of `node`.
    pub(crate) fn range(&self, node: usize) -> (u32, u32) {
        (self.minima.get(node).copied().unwrap_or(0), self.maxima[node])
    }

    pub(crate) fn penalty(&self, node: usize) -> Option<i64> {
        self.penalties.get(node).copied().flatten()
    }

    pub(crate) fn quotas(&self) -> QuotaForest {
        let node = |node: &Option<u32>| node.map(QuotaId::new);
        let ranges = (0..self.maxima.len()).map(|node| self.range(node));
        let ranges = ranges.map(|(min, max)| SeatRange::between(min, max).unwrap()).collect();
        let forest =
            QuotaForest::new(self.parents.iter().map(node).collect(), ranges, self.leaves.iter().map(node).collect());
        let penalties = (0..self.maxima.len()).map(|node| self.penalty(node)).collect();
        forest.and_then(|forest| forest.with_penalties(penalties)).unwrap()
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

/// A minimum below `max`, often none, mostly small.
fn draw_minimum(max: u32, random: &mut Random) -> u32 {
    match random.within(0, 8) {
        0 => random.within(0, i64::from(max)) as u32,
        1 => random.within(0, i64::from(max.min(1))) as u32,
        _ => 0,
    }
}

/// A problem with quotas.
#[derive(Clone, Debug, Default)]
pub(crate) struct Nested {
    pub(crate) plain: Plain,
    /// How many people each post asks for; none where all are 0.
    pub(crate) minima: Vec<u32>,
    pub(crate) demand: Forest,
    pub(crate) supply: Forest,
}

impl Nested {
    pub(crate) fn draw(shape: &Shape, most: i64, random: &mut Random) -> Self {
        let plain = shape.draw(random);
        let demand = Forest::draw(random, most, plain.seats.len(), shape.seats.1);
        let supply = Forest::draw(random, most, plain.rows.len(), shape.headcount.1);
        Self { plain, demand, supply, minima: Vec::new() }
    }

    /// With minimums for some posts and nodes, and penalties for some nodes.
    pub(crate) fn with_ranges(self, random: &mut Random) -> Self {
        let minima = self.plain.seats.iter().map(|&max| draw_minimum(max, random)).collect();
        // Penalties from little beside the weights to more than most bonuses.
        let penalty = [3, 20, 1 << 40][random.within(0, 2) as usize];
        let [demand, supply] = [self.demand, self.supply].map(|forest| forest.with_ranges(penalty, random));
        Self { minima, demand, supply, ..self }
    }

    pub(crate) fn minimum(&self, post: usize) -> u32 {
        self.minima.get(post).copied().unwrap_or(0)
    }

    pub(crate) fn problem(&self) -> Problem {
        let plain = self.plain.problem();
        let seats = plain.seats().iter().enumerate();
        let seats = seats.map(|(post, seat)| SeatRange::between(self.minimum(post), seat.max()).unwrap()).collect();
        let (weights, headcounts) = (plain.weights().to_vec(), plain.headcounts().to_vec());
        let problem = Problem::new(plain.graph().clone(), weights, headcounts, seats).unwrap();
        let problem = problem.with_placement_bonus(plain.placement_bonus()).unwrap();
        let problem = problem.with_demand_quotas(self.demand.quotas()).unwrap();
        problem.with_supply_quotas(self.supply.quotas()).unwrap()
    }
}
