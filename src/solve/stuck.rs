//! Levels that could move without end move as little as they must.
//!
//! Looked at from the nodes whose moves are known, back along the inequalities: a node must move at least as far as one it
//! leads to, less the slack between them. That is a shortest path again, against all ways and with all signs turned.
//! A post or demand node moves at least until its price is 0 against its parent's: nobody else can come, so that more seats are
//! worth nothing. Others that lead nowhere keep the price 0 against their parent, the first of them first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::groups::Groups;
use super::lowest::{FAR, Moves, slack, way};
use super::meter::Meter;
use super::ranges::{ROOT, Ranges};
use crate::control::Stop;
use crate::index::{PairId, UnitId};

/// Who leads to whom by way of a unit.
struct Sources {
    /// The nodes that a unit moves with, with its level: the posts it holds, and its home if it has unplaced members.
    holders: Groups<(usize, i64)>,
    /// Units and pairs of each post.
    columns: Groups<(u32, u32)>,
    /// The units below each home.
    homes: Groups<u32>,
}

impl Sources {
    fn of(ranges: &Ranges<'_>) -> Self {
        let (problem, graph) = (ranges.problem(), ranges.problem().graph());
        let held = ranges
            .held()
            .iter()
            .map(|&(unit, pair)| (unit.index(), (ranges.post(graph.post_of(pair)), ranges.earned(pair.index()))));
        let idle = UnitId::all(graph.units()).filter(|&unit| ranges.placed(unit) < problem.headcount(unit));
        let idle = idle.map(|unit| (unit.index(), (ranges.home(unit), ranges.level(ranges.home(unit)))));
        let units = || UnitId::all(graph.units());
        let pairs = units().flat_map(|unit| {
            let row = graph.row(unit).map(|pair| PairId::new(pair as u32));
            row.map(move |pair| (ranges.post(graph.post_of(pair)), (unit.get(), pair.get())))
        });
        Self {
            holders: Groups::new(graph.units(), held.chain(idle)),
            columns: Groups::new(ranges.len(), pairs),
            homes: Groups::new(ranges.len(), units().map(|unit| (ranges.home(unit), unit.get()))),
        }
    }

    /// Calls `reach` with each node that leads to `node` by way of a unit, and the slack between.
    fn each(&self, ranges: &Ranges<'_>, node: usize, mut reach: impl FnMut(usize, i64)) -> usize {
        for &(unit, pair) in self.columns.of(node) {
            for &(holder, level) in self.holders.of(unit as usize) {
                reach(holder, slack(level, ranges.earned(pair as usize)));
            }
        }
        for &unit in self.homes.of(node) {
            for &(holder, level) in self.holders.of(unit as usize) {
                reach(holder, slack(level, ranges.level(node)));
            }
        }
        self.columns.of(node).len() + self.homes.of(node).len()
    }
}

/// Finds out how far nodes that lead to others must move, or else lets the first of all others stay; queues them.
pub(super) fn settle(moves: &mut Moves<'_>, meter: &mut Meter<'_>) -> Result<(), Stop> {
    let ranges = moves.ranges;
    meter.spend(ranges.problem().graph().pairs())?;
    let sources = Sources::of(ranges);
    let known: Vec<bool> = moves.distances.iter().map(|&distance| distance != FAR).collect();
    // By how much each must move, with the sign turned.
    let mut least: Vec<i64> =
        moves.distances.iter().map(|&distance| if distance == FAR { FAR } else { -distance }).collect();
    for node in (ranges.first_demand()..ranges.len()).filter(|&node| !known[node]) {
        let parent = ranges.parent(node);
        if known[parent] {
            let price = ranges.level(node).saturating_sub(ranges.level(parent));
            least[node] = moves.distances[parent].saturating_add(price).saturating_neg();
        }
    }
    let mut queue: BinaryHeap<Reverse<(i64, usize)>> = least
        .iter()
        .enumerate()
        .filter(|&(node, &least)| known[node] || least != FAR)
        .map(|(node, &least)| Reverse((least, node)))
        .collect();
    while let Some(Reverse((least_here, node))) = queue.pop() {
        if least_here > least[node] {
            continue;
        }
        let mut reach = |from: usize, further: i64| {
            let by = least_here.saturating_add(further);
            if !known[from] && by < least[from] {
                least[from] = by;
                queue.push(Reverse((by, from)));
            }
        };
        if node != ROOT
            && let Some(further) = way(ranges, node, true)
        {
            reach(ranges.parent(node), further);
        }
        for &child in moves.children.of(node) {
            if let Some(further) = way(ranges, child as usize, false) {
                reach(child as usize, further);
            }
        }
        let visited = sources.each(ranges, node, reach);
        meter.spend(visited)?;
    }
    let mut found = false;
    for node in (ROOT + 1..ranges.len()).filter(|&node| !known[node] && least[node] != FAR) {
        moves.reach(node, (-least[node]).min(FAR - 1));
        found = true;
    }
    if !found && let Some(node) = known.iter().position(|known| !known) {
        let price = ranges.level(node).saturating_sub(ranges.level(ranges.parent(node)));
        let price = if ranges.is_supply(node) { -price } else { price };
        moves.reach(node, moves.distances[ranges.parent(node)].saturating_add(price).min(FAR - 1));
    }
    Ok(())
}
