//! Which columns decide all others, and where these are.

use std::sync::Arc;

use super::columns::{Columns, PairSet, Prices, Wanted};
use super::frame::{Frame, Node};
use super::tree::{ROOT, Tree};
use super::values::{Values, value};
use crate::control::Stop;
use crate::graph::{Problem, Solution};
use crate::index::{PairId, UnitId};
use crate::solve::meter::Meter;

/// Where a column, or the load of a coupling, is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    Low,
    High,
    /// Wherever the others leave it.
    Basic,
}

/// A basis: a tree, and as many columns beside it as there are couplings at an end of their range.
#[derive(Clone)]
pub(in super::super) struct Basis {
    pub(super) tree: Tree,
    /// The basic columns outside the tree.
    pub(super) keys: Vec<u32>,
    /// The couplings that are not basic.
    pub(super) tight: Vec<u32>,
    pub(super) columns: Vec<At>,
    pub(super) rows: Vec<At>,
    /// The pairs that have columns.
    pub(super) pairs: Vec<PairId>,
    pub(super) values: Arc<Values>,
}

impl Basis {
    /// The place of each coupling among the tight ones.
    pub(super) fn places(&self) -> Vec<Option<usize>> {
        let mut places = vec![None; self.rows.len()];
        self.tight.iter().enumerate().for_each(|(at, &row)| places[row as usize] = Some(at));
        places
    }

    pub(super) fn add_key(&mut self, column: u32) {
        self.columns[column as usize] = At::Basic;
        self.keys.push(column);
    }

    /// Makes a coupling basic.
    pub(super) fn loosen(&mut self, row: u32) {
        self.tight.retain(|&tight| tight != row);
        self.rows[row as usize] = At::Basic;
    }
}

/// Pairs of each unit that have a column at first.
const FIRST: usize = 4;

/// The pairs that have columns at first: those of `solution`, and the best of each unit at its prices.
pub(super) fn first_pairs(
    problem: &Problem,
    frame: &Frame,
    columns: &Columns<'_>,
    solution: &Solution,
    meter: &mut Meter<'_>,
) -> Result<Vec<PairId>, Stop> {
    let prices = prices(problem, frame, solution).times(columns.values.scale);
    let mut pairs: Vec<PairId> = solution.matching.placements().iter().map(|placement| placement.pair).collect();
    let known = PairSet::of(problem, pairs.iter().copied());
    let wanted = Wanted { prices: &prices, worth: 1.0, paid: 0.0, least: f64::NEG_INFINITY, known: &known };
    pairs.append(&mut columns.wanted(FIRST, &wanted, meter)?);
    pairs.sort_unstable();
    Ok(pairs)
}

/// What the prices of `solution` ask at every node.
fn prices(problem: &Problem, frame: &Frame, solution: &Solution) -> Prices {
    let known = &solution.prices;
    let mut nodes = vec![0.0; frame.len()];
    for node in ROOT + 1..frame.len() {
        let parent = nodes[frame.parent(node) as usize];
        nodes[node] = match frame.node(node) {
            Node::Supply(id) => parent - known.supply()[id.index()] as f64,
            Node::Demand(id) => parent + known.demand()[id.index()] as f64,
            Node::Post(post) => parent + known.posts()[post.index()] as f64,
            Node::Unit(_) => parent,
        };
    }
    for unit in UnitId::all(problem.graph().units()) {
        let rent = problem.graph().row(unit).map(|pair| {
            let pair = PairId::new(pair as u32);
            value(problem, pair) as f64 - nodes[frame.post(problem.graph().post_of(pair)) as usize]
        });
        let own = frame.unit(unit) as usize;
        nodes[own] = nodes[own].min(-rent.fold(f64::NEG_INFINITY, f64::max));
    }
    Prices { nodes, rows: vec![0.0; problem.couplings().len()] }
}

/// A basis near `solution`: as many of the columns as possible that hold some people, but not all they may, at no gain or loss.
pub(super) fn first_basis(problem: &Problem, frame: &Frame, columns: &Columns<'_>, solution: &Solution) -> Basis {
    let prices = prices(problem, frame, solution).times(columns.values.scale);
    let mut loads = vec![0.0; columns.all.len()];
    for placement in solution.matching.placements() {
        if let Ok(at) = columns.pairs.binary_search(&placement.pair) {
            let column = columns.number(at);
            loads[column] = f64::from(placement.count);
            for end in [columns.all[column].from, columns.all[column].to] {
                let mut node = end as usize;
                while node != ROOT {
                    loads[node] += f64::from(placement.count);
                    node = frame.parent(node) as usize;
                }
            }
        }
    }
    // The best first: 0 is tight and between its ends, 1 tight, 2 neither.
    let rank = |number: usize| {
        let column = &columns.all[number];
        let tight = columns.gain(column, column.value, &prices).abs() < 0.5 * columns.values.scale;
        let between = column.low < loads[number] && loads[number] < column.high;
        if tight && between { 0 } else { 2 - u8::from(tight) }
    };
    let own = ROOT + 1..frame.len();
    let pairs =
        (columns.number(0)..columns.all.len()).map(|number| (rank(number), number)).filter(|&(rank, _)| rank < 2);
    let mut order: Vec<(u8, usize)> = own.map(|number| (rank(number), number)).chain(pairs).collect();
    order.sort_unstable();
    let mut parts = Parts::new(frame.len());
    let mut links = vec![Vec::new(); frame.len()];
    for (_, number) in order {
        let column = &columns.all[number];
        if parts.join(column.from, column.to) {
            links[column.from as usize].push((column.to, number as u32));
            links[column.to as usize].push((column.from, number as u32));
        }
    }
    let mut basis = Basis {
        tree: hang(&links),
        keys: Vec::new(),
        tight: Vec::new(),
        columns: loads.iter().zip(&columns.all).map(|(&load, column)| at(load, column.low, column.high)).collect(),
        rows: vec![At::Basic; columns.rows.len()],
        pairs: columns.pairs.clone(),
        values: Arc::clone(&columns.values),
    };
    for node in ROOT + 1..frame.len() {
        basis.columns[basis.tree.column(node)] = At::Basic;
    }
    basis
}

/// The end of a range that a load is at, or nearer to.
fn at(load: f64, low: f64, high: f64) -> At {
    if load - low > high - load { At::High } else { At::Low }
}

/// The tree that these links make.
fn hang(links: &[Vec<(u32, u32)>]) -> Tree {
    let (mut parents, mut columns) = (vec![ROOT as u32; links.len()], vec![0; links.len()]);
    let mut stack = vec![ROOT as u32];
    while let Some(node) = stack.pop() {
        let own = columns[node as usize];
        for &(next, column) in links[node as usize].iter().filter(|link| link.1 != own) {
            (parents[next as usize], columns[next as usize]) = (node, column);
            stack.push(next);
        }
    }
    Tree::new(parents, columns)
}

/// Which nodes are joined.
struct Parts(Vec<u32>);

impl Parts {
    fn new(nodes: usize) -> Self {
        Self((0..nodes as u32).collect())
    }

    fn find(&mut self, mut node: u32) -> u32 {
        while self.0[node as usize] != node {
            let above = self.0[self.0[node as usize] as usize];
            self.0[node as usize] = above;
            node = above;
        }
        node
    }

    /// Joins two nodes; false if they are joined already.
    fn join(&mut self, one: u32, other: u32) -> bool {
        let (one, other) = (self.find(one), self.find(other));
        self.0[one as usize] = other;
        one != other
    }
}
