//! What the linear relaxations of all cases have in common.

use crate::graph::{Problem, QuotaForest};
use crate::index::{PairId, PostId, QuotaId, UnitId};

use super::columns::Prices;
use super::tree::ROOT;

/// The nodes: the root, quota nodes over units, those over posts, units and posts, numbered in this order; and the couplings of
/// each pair.
pub(in super::super) struct Frame {
    parents: Vec<u32>,
    first_demand: usize,
    first_unit: usize,
    first_post: usize,
    /// All people there are.
    pub(super) people: f64,
    /// The pairs of all couplings, ascending. What all of these hold decides all couplings.
    pub(in super::super) coupled: Vec<PairId>,
    /// Where the entries of each coupled pair begin.
    starts: Vec<u32>,
    entries: Vec<Entry>,
}

/// What a person counts in the row of a coupling.
#[derive(Clone, Copy)]
pub(in super::super) struct Entry {
    pub(in super::super) row: u32,
    pub(in super::super) sign: f64,
}

/// A node of the network.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Node {
    Supply(QuotaId),
    Demand(QuotaId),
    Unit(UnitId),
    Post(PostId),
}

impl Frame {
    pub(in super::super) fn of(problem: &Problem) -> Self {
        let (supply, demand) = (problem.supply_quotas(), problem.demand_quotas());
        let (units, posts) = (problem.headcounts().len(), problem.seats().len());
        let first_demand = ROOT + 1 + supply.len();
        let first_unit = first_demand + demand.len();
        let above = |first: usize, parent: Option<QuotaId>| parent.map_or(ROOT, |parent| first + parent.index()) as u32;
        let nodes = |forest: &QuotaForest, first| forest.parents().iter().map(|&parent| above(first, parent)).collect();
        let mut parents = vec![ROOT as u32];
        parents.extend::<Vec<u32>>(nodes(supply, ROOT + 1));
        parents.extend::<Vec<u32>>(nodes(demand, first_demand));
        parents.extend((0..units).map(|unit| above(ROOT + 1, supply.leaf_parent(unit))));
        parents.extend((0..posts).map(|post| above(first_demand, demand.leaf_parent(post))));

        let couplings = problem.couplings().iter().zip(0..);
        let signed = couplings.flat_map(|(coupling, row)| coupling.signed().map(move |(pair, sign)| (pair, row, sign)));
        let mut signed: Vec<(PairId, u32, i64)> = signed.collect();
        signed.sort_unstable();
        let (mut coupled, mut starts) = (Vec::new(), Vec::new());
        for (at, &(pair, ..)) in signed.iter().enumerate() {
            if coupled.last() != Some(&pair) {
                coupled.push(pair);
                starts.push(at as u32);
            }
        }
        starts.push(signed.len() as u32);
        let entries = signed.into_iter().map(|(_, row, sign)| Entry { row, sign: sign as f64 }).collect();
        let people = problem.headcounts().iter().map(|&heads| f64::from(heads)).sum();
        Self { parents, first_demand, first_unit, first_post: first_unit + units, people, coupled, starts, entries }
    }

    /// Number of nodes.
    pub(super) fn len(&self) -> usize {
        self.parents.len()
    }

    pub(super) fn parent(&self, node: usize) -> u32 {
        self.parents[node]
    }

    pub(super) fn node(&self, node: usize) -> Node {
        let nodes = |first: usize| (node - first) as u32;
        match node {
            _ if node < self.first_demand => Node::Supply(QuotaId::new(nodes(ROOT + 1))),
            _ if node < self.first_unit => Node::Demand(QuotaId::new(nodes(self.first_demand))),
            _ if node < self.first_post => Node::Unit(UnitId::new(nodes(self.first_unit))),
            _ => Node::Post(PostId::new(nodes(self.first_post))),
        }
    }

    pub(super) fn unit(&self, unit: UnitId) -> u32 {
        (self.first_unit + unit.index()) as u32
    }

    pub(super) fn post(&self, post: PostId) -> u32 {
        (self.first_post + post.index()) as u32
    }

    /// Largest number of couplings of a pair.
    pub(in super::super) fn most_couplings(&self) -> usize {
        self.starts.windows(2).map(|ends| (ends[1] - ends[0]) as usize).max().unwrap_or(1).max(1)
    }

    /// What a person placed by `pair` counts in couplings.
    pub(in super::super) fn entries(&self, pair: PairId) -> &[Entry] {
        self.coupled.binary_search(&pair).map_or(&[], |at| {
            let (start, end) = (self.starts[at] as usize, self.starts[at + 1] as usize);
            &self.entries[start..end]
        })
    }

    /// The most that couplings pay for a pair at these charges.
    pub(super) fn most_paid(&self, prices: &Prices) -> f64 {
        let entries = self.starts.windows(2).map(|ends| &self.entries[ends[0] as usize..ends[1] as usize]);
        entries.map(|entries| -prices.charge(entries)).fold(0.0, f64::max)
    }
}
