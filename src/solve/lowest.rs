//! Of all prices that prove a matching best, the lowest.
//!
//! The *level* of a quota node or post is its price and those above it added up; that of a unit adds its rent to what
//! its quotas charge. In levels, prices prove a matching best exactly if they keep inequalities between two levels
//! each:
//!
//! | between | inequality |
//! |---|---|
//! | a node or unit and its parent | the level is not below the parent's, and not above it while there is room; at a minimum it may be below, beyond a maximum at a penalty above, by so much |
//! | unit `i` and post `p` of a pair | the two levels cover its value, and are its value where somebody is placed |
//!
//! Turn the sign of the demand side's levels: of two vectors that keep such inequalities the larger one of each entry
//! keeps them too. So there is one vector above all others: on the demand side every level is then as low as in any
//! proof, on the supply side as high. It does not depend on how the optimum was found. Without quotas, the lowest price
//! of a post is exactly what one more seat there would add to the optimum (Shapley and Shubik 1971, for the assignment
//! game).
//!
//! How far each level can move is a shortest path from the root, whose own level is 0: along an inequality, the far
//! level can move as far as the near one, and by the slack further. All lengths are non-negative, so Dijkstra's method
//! finds all of them in one pass over the rows. Units are passed through: each is reached once, at its shortest
//! distance.
//!
//! Some levels have no end: a school that may send nobody could charge anything, and a post that holds its minimum could
//! pay anything to the only people there are. These move as little as the others leave them (`stuck`).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::groups::Groups;
use super::meter::Meter;
use super::ranges::{ROOT, Ranges};
use super::stuck;
use crate::control::{Control, Stop};
use crate::graph::{Prices, Problem, Solution};
use crate::index::UnitId;

/// The lowest prices that prove `solution` optimal for `problem`: of each post and each demand quota node the least
/// that it and those above it can cost together, of each supply quota node the most.
///
/// `solution` must be optimal with proving prices, as in [`Outcome::Optimal`](super::Outcome::Optimal); of anything
/// else the result is some prices, which prove nothing. Cost: `O(m + n + d log d)` for `m` pairs, `n` units, `d` posts
/// and quota nodes.
#[must_use]
pub fn lowest_prices(problem: &Problem, solution: &Solution) -> Prices {
    let ranges = Ranges::of(problem, solution);
    let lowest = ranges.map(|ranges| lower(&ranges, &mut Meter::new(&Control::new())));
    lowest.and_then(Result::ok).unwrap_or_else(|| solution.prices.clone())
}

/// [`lowest_prices`] of the solution that `ranges` are under.
pub(super) fn lower(ranges: &Ranges<'_>, meter: &mut Meter<'_>) -> Result<Prices, Stop> {
    let mut moves = Moves::new(ranges);
    moves.run(meter)?;
    let levels = moves.levels();
    let price = |node: usize| levels[node].saturating_sub(levels[ranges.parent(node)]);
    let (supply, demand) = (ROOT + 1..ranges.first_demand(), ranges.first_demand()..ranges.first_post());
    let posts = (ranges.first_post()..ranges.len()).map(price).collect();
    Ok(Prices::new(posts).with_quotas(demand.map(price).collect(), supply.map(price).collect()))
}

/// How far levels can move: distances from the root.
pub(super) struct Moves<'a> {
    pub(super) ranges: &'a Ranges<'a>,
    /// The nodes below each node.
    pub(super) children: Groups<u32>,
    /// Unit and pair of each placement, by the post's node.
    held: Groups<(u32, u32)>,
    /// The units with unplaced members below each supply node and the root.
    idle: Groups<u32>,
    /// Units that were passed through.
    passed: Vec<bool>,
    /// Of each node as far as known; [`FAR`] of one that is out of reach.
    pub(super) distances: Vec<i64>,
    pub(super) queue: BinaryHeap<Reverse<(i64, usize)>>,
}

/// Beyond every distance.
pub(super) const FAR: i64 = i64::MAX;

impl<'a> Moves<'a> {
    fn new(ranges: &'a Ranges<'a>) -> Self {
        let (graph, nodes) = (ranges.problem().graph(), ranges.len());
        let held =
            ranges.held().iter().map(|&(unit, pair)| (ranges.post(graph.post_of(pair)), (unit.get(), pair.get())));
        let idle = UnitId::all(graph.units()).filter(|&unit| ranges.placed(unit) < ranges.problem().headcount(unit));
        Self {
            ranges,
            children: Groups::new(nodes, (ROOT + 1..nodes).map(|node| (ranges.parent(node), node as u32))),
            held: Groups::new(nodes, held),
            idle: Groups::new(nodes, idle.map(|unit| (ranges.home(unit), unit.get()))),
            passed: vec![false; graph.units()],
            distances: vec![FAR; nodes],
            queue: BinaryHeap::new(),
        }
    }

    fn run(&mut self, meter: &mut Meter<'_>) -> Result<(), Stop> {
        self.reach(ROOT, 0);
        self.spread(meter)?;
        while self.distances.contains(&FAR) {
            stuck::settle(self, meter)?;
            self.spread(meter)?;
        }
        Ok(())
    }

    /// As far as the nodes that are known to move leave the others.
    fn spread(&mut self, meter: &mut Meter<'_>) -> Result<(), Stop> {
        while let Some(Reverse((distance, node))) = self.queue.pop() {
            if distance == self.distances[node] {
                let mut visited = self.climb(node, distance);
                for at in 0..self.held.of(node).len() {
                    let (unit, pair) = self.held.of(node)[at];
                    visited += self.pass(UnitId::new(unit), self.ranges.earned(pair as usize), distance);
                }
                for at in 0..self.idle.of(node).len() {
                    visited += self.pass(UnitId::new(self.idle.of(node)[at]), self.ranges.level(node), distance);
                }
                meter.spend(visited)?;
            }
        }
        Ok(())
    }

    /// Notes a way to `node`.
    pub(super) fn reach(&mut self, node: usize, distance: i64) {
        if distance < self.distances[node] {
            self.distances[node] = distance;
            self.queue.push(Reverse((distance, node)));
        }
    }

    /// Ways up and down the tree. Returns how many there are.
    fn climb(&mut self, node: usize, distance: i64) -> usize {
        let ranges = self.ranges;
        if node != ROOT
            && let Some(further) = way(ranges, node, false)
        {
            self.reach(ranges.parent(node), distance.saturating_add(further));
        }
        let children = self.children.of(node).len();
        for at in 0..children {
            let child = self.children.of(node)[at] as usize;
            if let Some(further) = way(ranges, child, true) {
                self.reach(child, distance.saturating_add(further));
            }
        }
        1 + children
    }

    /// Ways from `unit` at `level`. Returns how many there are.
    fn pass(&mut self, unit: UnitId, level: i64, distance: i64) -> usize {
        if std::mem::replace(&mut self.passed[unit.index()], true) {
            return 0;
        }
        let ranges = self.ranges;
        let graph = ranges.problem().graph();
        for (pair, &post) in graph.row(unit).zip(graph.neighbours(unit)) {
            self.reach(ranges.post(post), distance.saturating_add(slack(level, ranges.earned(pair))));
        }
        let home = ranges.home(unit);
        self.reach(home, distance.saturating_add(slack(level, ranges.level(home))));
        1 + graph.row(unit).len()
    }

    /// The levels when all have moved.
    fn levels(&self) -> Vec<i64> {
        let ranges = self.ranges;
        let moved = |node: usize| match self.distances[node] {
            by if ranges.is_supply(node) => ranges.level(node).saturating_add(by),
            by => ranges.level(node).saturating_sub(by),
        };
        (0..ranges.len()).map(moved).collect()
    }
}

/// How much further than its parent `node` can move, if `down`, or its parent than it; none without end.
pub(super) fn way(ranges: &Ranges<'_>, node: usize, down: bool) -> Option<i64> {
    // On the supply side levels move up: a node that moves further comes nearer to the upper end of its price.
    let [below, above] = ranges.slack(node);
    if ranges.is_supply(node) == down { above } else { below }
}

/// By how much a unit's level is above what it earns somewhere.
pub(super) fn slack(level: i64, earned: i64) -> i64 {
    level.saturating_sub(earned).max(0)
}
