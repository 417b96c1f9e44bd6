//! The oracle for the canonical answer: every feasible matching of a small problem, in the order that makes the first
//! optimum met the canonical one. Shares nothing with the crate.

use super::nested::{Forest, Nested};

/// How many members each unit places at each post, unit by unit, each in the order of its own row.
pub(crate) type Counts = Vec<Vec<u32>>;

/// The first optimum, and what it is worth; none if no matching is feasible.
pub(crate) fn first_optimum(nested: &Nested) -> Option<(i128, Counts)> {
    let plain = &nested.plain;
    let preferred = |row: &Vec<(u32, i32)>| {
        let mut order: Vec<usize> = (0..row.len()).collect();
        order.sort_by_key(|&at| (-i64::from(row[at].1), row[at].0));
        order
    };
    let mut listing = Listing {
        nested,
        orders: plain.rows.iter().map(preferred).collect(),
        seats: plain.seats.clone(),
        demand: most(&nested.demand),
        supply: most(&nested.supply),
        counts: plain.rows.iter().map(|row| vec![0; row.len()]).collect(),
        best: None,
    };
    listing.unit(0, 0);
    listing.best
}

/// How many people each node holds.
fn most(forest: &Forest) -> Vec<u32> {
    (0..forest.maxima.len()).map(|node| forest.penalty(node).map_or(forest.maxima[node], |_| ENDLESS)).collect()
}

/// More people than any listed problem has.
const ENDLESS: u32 = 1 << 20;

/// What loads beyond ranges cost, where so much room is left; none if a strict minimum is not met.
fn fines(forest: &Forest, left: &[u32]) -> Option<i128> {
    let fine = |(node, (most, left)): (usize, (u32, &u32))| {
        let (load, (min, max)) = (most - left, forest.range(node));
        let beyond = i128::from(min.saturating_sub(load).max(load.saturating_sub(max)));
        let penalty = if beyond > 0 { i128::from(forest.penalty(node)?) } else { 0 };
        Some(penalty * beyond)
    };
    most(forest).into_iter().zip(left).enumerate().map(fine).sum()
}

struct Listing<'a> {
    nested: &'a Nested,
    /// Each unit's pairs by preference.
    orders: Vec<Vec<usize>>,
    /// What is left everywhere.
    seats: Vec<u32>,
    demand: Vec<u32>,
    supply: Vec<u32>,
    counts: Counts,
    best: Option<(i128, Counts)>,
}

/// The nodes above a leaf.
fn above(forest: &Forest, leaf: usize) -> impl Iterator<Item = usize> + '_ {
    let first = forest.leaves.get(leaf).copied().flatten();
    std::iter::successors(first, |&node| forest.parents[node as usize]).map(|node| node as usize)
}

impl Listing<'_> {
    fn unit(&mut self, unit: usize, value: i128) {
        match self.nested.plain.headcounts.get(unit) {
            Some(&headcount) => self.pair(unit, 0, headcount, value),
            None => self.end(value),
        }
    }

    fn end(&mut self, value: i128) {
        let Nested { plain, demand, supply, .. } = self.nested;
        let open = plain.seats.iter().zip(&self.seats).enumerate();
        let met = open.into_iter().all(|(post, (seats, left))| seats - left >= self.nested.minimum(post));
        let fines = fines(demand, &self.demand).and_then(|fines| Some(fines + self::fines(supply, &self.supply)?));
        if let Some(value) = fines.filter(|_| met).map(|fines| value - fines)
            && self.best.as_ref().is_none_or(|(best, _)| value > *best)
        {
            self.best = Some((value, self.counts.clone()));
        }
    }

    /// Lists from the pair at place `place` of the unit's order on, with so many members `left`; more placed come
    /// first.
    fn pair(&mut self, unit: usize, place: usize, left: u32, value: i128) {
        let nested = self.nested;
        let Some(&at) = self.orders[unit].get(place) else { return self.unit(unit + 1, value) };
        let (post, weight) = nested.plain.rows[unit][at];
        let (post, earned) = (post as usize, i128::from(weight) + i128::from(nested.plain.bonus));
        let most = above(&nested.demand, post).map(|node| self.demand[node]);
        let most = most.chain(above(&nested.supply, unit).map(|node| self.supply[node]));
        let most = most.fold(left.min(self.seats[post]), u32::min);
        for count in (0..=most).rev() {
            self.take(unit, post, count);
            self.counts[unit][at] = count;
            self.pair(unit, place + 1, left - count, value + i128::from(count) * earned);
            self.counts[unit][at] = 0;
            self.give(unit, post, count);
        }
    }

    fn take(&mut self, unit: usize, post: usize, count: u32) {
        self.seats[post] -= count;
        above(&self.nested.demand, post).for_each(|node| self.demand[node] -= count);
        above(&self.nested.supply, unit).for_each(|node| self.supply[node] -= count);
    }

    fn give(&mut self, unit: usize, post: usize, count: u32) {
        self.seats[post] += count;
        above(&self.nested.demand, post).for_each(|node| self.demand[node] += count);
        above(&self.nested.supply, unit).for_each(|node| self.supply[node] += count);
    }
}
