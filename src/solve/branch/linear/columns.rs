//! The columns of the linear relaxation of a case: arcs of a network, each of which may count in couplings.

use std::sync::Arc;

use super::frame::{Entry, Frame, Node};
use super::tree::ROOT;
use super::values::Values;
use crate::control::Stop;
use crate::graph::{Coupling, Load, Problem, QuotaForest, Span};
use crate::index::{CouplingId, PairId, QuotaId, UnitId};
use crate::solve::branch::view::View;
use crate::solve::meter::Meter;

/// People from one node to another; between a node and itself, people beyond the span of a coupling.
#[derive(Clone, Copy)]
pub(super) struct Column {
    pub(super) from: u32,
    pub(super) to: u32,
    /// What each of them is worth.
    pub(super) value: f64,
    /// Fewest and most of them.
    pub(super) low: f64,
    pub(super) high: f64,
    /// Where its entries in rows begin and end.
    entries: (u32, u32),
}

/// The columns, and the ranges of the rows.
///
/// First come the nodes' own columns, by their numbers, to or from the parent; then those for people beyond soft limits; then
/// pairs, as far as they are of interest.
pub(super) struct Columns<'a> {
    problem: &'a Problem,
    frame: &'a Frame,
    view: &'a View,
    pub(super) values: Arc<Values>,
    pub(super) all: Vec<Column>,
    entries: Vec<Entry>,
    first_pair: usize,
    pub(super) pairs: Vec<PairId>,
    /// Least and most that each coupling holds without a fine.
    pub(super) rows: Vec<(f64, f64)>,
}

impl<'a> Columns<'a> {
    /// The columns under `view`, with those of `pairs`.
    pub(super) fn of(
        problem: &'a Problem,
        frame: &'a Frame,
        view: &'a View,
        values: Arc<Values>,
        pairs: &[PairId],
    ) -> Self {
        let (all, entries, rows) = (Vec::new(), Vec::new(), Vec::new());
        let mut columns = Self { problem, frame, view, values, all, entries, first_pair: 0, pairs: Vec::new(), rows };
        columns.nodes();
        columns.couplings();
        columns.first_pair = columns.all.len();
        for &pair in pairs {
            columns.add(pair);
        }
        columns
    }

    fn push(&mut self, (from, to): (u32, u32), value: f64, (low, high): (f64, f64)) {
        let end = self.entries.len() as u32;
        self.all.push(Column { from, to, value, low, high, entries: (end, end) });
    }

    fn nodes(&mut self) {
        let (problem, frame) = (self.problem, self.frame);
        let within = |people: f64| people.clamp(0.0, frame.people);
        let mut soft = Vec::new();
        self.push((ROOT as u32, ROOT as u32), 0.0, (0.0, 0.0));
        for node in ROOT + 1..frame.len() {
            let (on, penalty) = match frame.node(node) {
                Node::Supply(id) => (Some(Load::Supply(id)), problem.supply_quotas().penalty(id)),
                Node::Demand(id) => (Some(Load::Demand(id)), problem.demand_quotas().penalty(id)),
                Node::Post(post) => (Some(Load::Post(post)), None),
                Node::Unit(_) => (None, None),
            };
            let span = on.map(|on| self.view.span(problem, on));
            let ends = match frame.node(node) {
                Node::Unit(unit) => (0.0, f64::from(problem.headcount(unit))),
                Node::Supply(id) if penalty.is_some() => range(problem.supply_quotas(), id),
                Node::Demand(id) if penalty.is_some() => range(problem.demand_quotas(), id),
                _ => span.and_then(Span::ends).map_or((0.0, 0.0), |(min, max)| (min as f64, max as f64)),
            };
            let (parent, own) = (frame.parent(node), node as u32);
            let down = matches!(frame.node(node), Node::Supply(_) | Node::Unit(_));
            let way = if down { (parent, own) } else { (own, parent) };
            self.push(way, 0.0, (within(ends.0), within(ends.1)));
            if let Some(penalty) = penalty {
                let fine = self.values.of_penalty(penalty);
                soft.push((way, fine, (0.0, frame.people)));
                soft.push(((way.1, way.0), fine, (0.0, within(ends.0))));
            }
        }
        for (way, value, ends) in soft {
            self.push(way, value, ends);
        }
    }

    fn couplings(&mut self) {
        for (id, coupling) in CouplingId::all(self.problem.couplings().len()).zip(self.problem.couplings()) {
            let reach = |pairs: &[PairId]| {
                let heads = |pair: &PairId| i64::from(self.view.ends(self.problem, *pair).1);
                pairs.iter().map(heads).sum::<i64>()
            };
            let (least, most) = (-reach(coupling.pairs_against()), reach(coupling.pairs()));
            let (min, max) = self.ends(id, coupling);
            // Ends that are out of reach anyway need not be far.
            let (low, high) = (min.max(least).min(max), max.min(most).max(min));
            self.rows.push((low as f64, high as f64));
            if let Some(penalty) = coupling.penalty() {
                for (sign, beyond) in [(-1.0, most - low), (1.0, high - least)] {
                    let start = self.entries.len() as u32;
                    self.entries.push(Entry { row: id.get(), sign });
                    let (value, high) = (self.values.of_penalty(penalty), beyond.max(0) as f64);
                    let (from, to) = (ROOT as u32, ROOT as u32);
                    self.all.push(Column { from, to, value, low: 0.0, high, entries: (start, start + 1) });
                }
            }
        }
    }

    /// Least and most that a coupling holds without a fine.
    fn ends(&self, id: CouplingId, coupling: &Coupling) -> (i64, i64) {
        match coupling.penalty() {
            Some(_) => (coupling.span().min(), coupling.span().max()),
            None => self.view.couplings[id.index()],
        }
    }

    /// Adds the column of a pair.
    pub(super) fn add(&mut self, pair: PairId) {
        let graph = self.problem.graph();
        let start = self.entries.len() as u32;
        self.entries.extend_from_slice(self.frame.entries(pair));
        let (from, to) = (self.frame.unit(graph.unit_of(pair)), self.frame.post(graph.post_of(pair)));
        let value = self.values.of_pair(self.problem, pair);
        let (least, most) = self.view.ends(self.problem, pair);
        let (low, high) = (f64::from(least), f64::from(most));
        self.all.push(Column { from, to, value, low, high, entries: (start, self.entries.len() as u32) });
        self.pairs.push(pair);
    }

    pub(super) fn entries(&self, column: &Column) -> &[Entry] {
        &self.entries[column.entries.0 as usize..column.entries.1 as usize]
    }

    /// What is left of the value of each person on `column` at these prices.
    pub(super) fn gain(&self, column: &Column, value: f64, prices: &Prices) -> f64 {
        let gain = value + prices.nodes[column.from as usize] - prices.nodes[column.to as usize];
        if column.entries.0 == column.entries.1 { gain } else { gain - prices.charge(self.entries(column)) }
    }

    /// The column of the pair at this place.
    pub(super) fn number(&self, at: usize) -> usize {
        self.first_pair + at
    }

    /// Of each unit the pairs that gain most, at most `most` of them.
    pub(super) fn wanted(&self, most: usize, wanted: &Wanted<'_>, meter: &mut Meter<'_>) -> Result<Vec<PairId>, Stop> {
        let mut pairs = Vec::new();
        for unit in UnitId::all(self.problem.graph().units()) {
            meter.spend(self.problem.graph().row(unit).len())?;
            pairs.append(&mut self.best(unit, most, wanted));
        }
        Ok(pairs)
    }

    /// The pairs of `unit` that gain most, at most `most` of them, best first.
    fn best(&self, unit: UnitId, most: usize, wanted: &Wanted<'_>) -> Vec<PairId> {
        let Wanted { prices, worth, paid, least, known } = *wanted;
        let graph = self.problem.graph();
        let own = prices.nodes[self.frame.unit(unit) as usize];
        let mut best: Vec<(f64, PairId)> = Vec::new();
        for pair in graph.row(unit).map(|pair| PairId::new(pair as u32)) {
            let gain = worth * self.values.of_pair(self.problem, pair) + own
                - prices.nodes[self.frame.post(graph.post_of(pair)) as usize];
            if gain + paid <= least {
                continue;
            }
            let gain = gain - prices.charge(self.frame.entries(pair));
            if gain > least && !known.contains(pair) && self.view.ends(self.problem, pair).1 > 0 {
                best.push((gain, pair));
            }
        }
        best.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        best.truncate(most);
        best.into_iter().map(|(_, pair)| pair).collect()
    }
}

fn range(forest: &QuotaForest, node: QuotaId) -> (f64, f64) {
    let range = forest.ranges()[node.index()];
    (f64::from(range.min()), f64::from(range.max()))
}

/// Pairs that would be of use at these prices.
pub(super) struct Wanted<'a> {
    pub(super) prices: &'a Prices,
    /// How much the pairs' own values count.
    pub(super) worth: f64,
    /// The most that couplings pay for any pair.
    pub(super) paid: f64,
    /// They gain more than this.
    pub(super) least: f64,
    /// They are none of these.
    pub(super) known: &'a PairSet,
}

/// Some of the pairs.
pub(super) struct PairSet(Vec<bool>);

impl PairSet {
    pub(super) fn of(problem: &Problem, pairs: impl IntoIterator<Item = PairId>) -> Self {
        let mut set = Self(vec![false; problem.graph().pairs()]);
        for pair in pairs {
            set.add(pair);
        }
        set
    }

    pub(super) fn add(&mut self, pair: PairId) {
        self.0[pair.index()] = true;
    }

    pub(super) fn contains(&self, pair: PairId) -> bool {
        self.0[pair.index()]
    }
}

/// What every node, and every coupling, asks of a person.
#[derive(Clone)]
pub(super) struct Prices {
    /// What it costs to be at a node, beginning at the root.
    pub(super) nodes: Vec<f64>,
    /// What couplings charge.
    pub(super) rows: Vec<f64>,
}

impl Prices {
    /// All prices times the same.
    pub(super) fn times(mut self, by: f64) -> Self {
        self.nodes.iter_mut().chain(&mut self.rows).for_each(|price| *price *= by);
        self
    }

    /// What couplings charge for what has these entries.
    pub(super) fn charge(&self, entries: &[Entry]) -> f64 {
        entries.iter().map(|entry| entry.sign * self.rows[entry.row as usize]).sum()
    }
}
