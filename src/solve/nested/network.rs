//! The problem as a network: two forests of quota nodes whose leaves, units and posts, are joined by pairs.

use std::ops::Range;

use crate::control::Stop;
use crate::graph::{Problem, Side};
use crate::index::QuotaId;
use crate::solve::bounds::Bounds;
use crate::solve::groups::Groups;
use crate::solve::meter::Meter;
use crate::solve::rows::Rows;

/// The node above every other; flow leaves it into the supply forest and returns from the demand forest.
pub(super) const ROOT: usize = 0;

/// Units between two looks at the clock.
const LOOK: usize = 1 << 12;

/// A pair as its post sees it.
#[derive(Clone, Copy, Default)]
pub(super) struct Entry {
    pub(super) pair: u32,
    unit: u32,
    /// What a person placed by it is worth, the bonus included.
    pub(super) value: i64,
}

/// Nodes and arcs, as the problem gives them.
///
/// Nodes are the root, supply quota nodes, demand quota nodes, units and posts, numbered in this order, so that a
/// parent always has a smaller number than its children. The arc between a node and its parent is called the node's
/// own.
pub(super) struct Network<'a> {
    /// The pairs, with a bonus that may be smaller than the problem's.
    pub(super) rows: Rows<'a>,
    parents: Vec<usize>,
    children: Groups<usize>,
    /// How many people each node's own arc holds.
    bounds: Vec<Bounds>,
    /// Whether nobody can ever be on a node's own arc, because of its own range or of one above it.
    closed: Vec<bool>,
    /// What each pair costs beside its weight; nothing if empty.
    charges: &'a [i64],
    /// The unit of each pair.
    units: Vec<u32>,
    first_demand: usize,
    first_unit: usize,
    first_post: usize,
}

impl<'a> Network<'a> {
    /// The network of `problem` with `rows`, which are its own but for the bonus: one pass over its pairs.
    pub(super) fn of(problem: &'a Problem, rows: Rows<'a>, meter: &Meter<'_>) -> Result<Self, Stop> {
        let (supply, demand) = (problem.supply_quotas(), problem.demand_quotas());
        let (units, posts) = (problem.headcounts().len(), problem.seats().len());
        let first_demand = ROOT + 1 + supply.len();
        let first_unit = first_demand + demand.len();

        let above = |first: usize| move |parent: Option<QuotaId>| parent.map_or(ROOT, |parent| first + parent.index());
        let mut parents = vec![ROOT];
        parents.extend(supply.parents().iter().copied().map(above(ROOT + 1)));
        parents.extend(demand.parents().iter().copied().map(above(first_demand)));
        parents.extend((0..units).map(|unit| supply.leaf_parent(unit)).map(above(ROOT + 1)));
        parents.extend((0..posts).map(|post| demand.leaf_parent(post)).map(above(first_demand)));

        let mut bounds = vec![Bounds::up_to(u32::MAX)];
        for forest in [supply, demand] {
            bounds.extend(QuotaId::all(forest.len()).map(|node| Bounds::of_node(forest, node)));
        }
        bounds.extend(problem.headcounts().iter().map(|&heads| Bounds::up_to(heads)));
        bounds.extend(problem.seats().iter().map(|&seat| Bounds::of(seat)));
        let mut closed: Vec<bool> = bounds.iter().map(|bounds| bounds.is_closed()).collect();
        for node in ROOT + 1..parents.len() {
            closed[node] |= closed[parents[node]];
        }

        let mut units_of_pairs = vec![0; rows.posts.len()];
        for unit in 0..units {
            units_of_pairs[rows.row(unit)].fill(unit as u32);
            if unit % LOOK == 0 {
                meter.look()?;
            }
        }
        let children = Groups::new(parents.len(), parents.iter().copied().zip(0..).skip(1));
        Ok(Self {
            rows,
            parents,
            children,
            bounds,
            closed,
            charges: &[],
            units: units_of_pairs,
            first_demand,
            first_unit,
            first_post: first_unit + units,
        })
    }

    /// The same where each pair costs so much beside its weight; nothing if `charges` are empty.
    pub(super) fn charging(self, charges: &'a [i64]) -> Self {
        Self { charges, ..self }
    }

    /// Number of nodes.
    pub(super) fn len(&self) -> usize {
        self.parents.len()
    }

    pub(super) fn supply_nodes(&self) -> Range<usize> {
        ROOT + 1..self.first_demand
    }

    pub(super) fn demand_nodes(&self) -> Range<usize> {
        self.first_demand..self.first_unit
    }

    /// The nodes of the units, in their order.
    pub(super) fn units(&self) -> Range<usize> {
        self.first_unit..self.first_post
    }

    /// The nodes of the posts, in their order.
    pub(super) fn posts(&self) -> Range<usize> {
        self.first_post..self.len()
    }

    /// The side of a node other than the root.
    pub(super) fn side(&self, node: usize) -> Side {
        let demand = self.demand_nodes().contains(&node) || node >= self.first_post;
        if demand { Side::Demand } else { Side::Supply }
    }

    /// Whether `node` is a unit or a post.
    pub(super) fn is_leaf(&self, node: usize) -> bool {
        node >= self.first_unit
    }

    pub(super) fn parent(&self, node: usize) -> usize {
        self.parents[node]
    }

    pub(super) fn children(&self, node: usize) -> &[usize] {
        self.children.of(node)
    }

    /// `node` and the nodes above it, the root excluded.
    pub(super) fn path(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(node), |&node| Some(self.parents[node])).take_while(|&node| node != ROOT)
    }

    /// How many people the arc of `node` holds.
    pub(super) fn bounds(&self, node: usize) -> Bounds {
        self.bounds[node]
    }

    /// Whether nobody can ever be on the arc of `node`.
    pub(super) fn is_closed(&self, node: usize) -> bool {
        self.closed[node]
    }

    /// Most people to begin with on the arc of `node`: within its range, unless that may be left and holds nobody.
    pub(super) fn max(&self, node: usize) -> u32 {
        let bounds = self.bounds[node];
        match bounds.max {
            _ if self.closed[node] => 0,
            0 => u32::MAX,
            max => max,
        }
    }

    /// The pairs of the unit at `node`.
    pub(super) fn row(&self, node: usize) -> Range<usize> {
        self.rows.row(node - self.first_unit)
    }

    /// The nodes of a pair's unit and post.
    pub(super) fn ends(&self, pair: usize) -> (usize, usize) {
        (self.first_unit + self.units[pair] as usize, self.post(pair))
    }

    /// The node of a pair's post.
    pub(super) fn post(&self, pair: usize) -> usize {
        self.first_post + self.rows.posts[pair].index()
    }

    /// What a person placed by `pair` is worth, the bonus included.
    pub(super) fn value(&self, pair: usize) -> i64 {
        let charge = self.charges.get(pair).copied().unwrap_or(0);
        i64::from(self.rows.weights[pair]) - self.rows.outside - charge
    }

    /// The node of the unit of an entry.
    pub(super) fn unit(&self, entry: Entry) -> usize {
        self.first_unit + entry.unit as usize
    }

    /// A pair as its post sees it.
    pub(super) fn entry(&self, pair: u32) -> Entry {
        Entry { pair, unit: self.units[pair as usize], value: self.value(pair as usize) }
    }

    /// What the best pair is worth, or 0: at this price nobody wants anything.
    pub(super) fn ceiling(&self) -> i64 {
        let paid = self.charges.iter().copied().min().unwrap_or(0).min(0);
        (self.rows.range().1 - self.rows.outside - paid).max(0)
    }

    /// The pairs of each post, by its number: two passes over all pairs.
    pub(super) fn columns(&self, meter: &Meter<'_>) -> Result<Groups<Entry>, Stop> {
        let entries = self.units.iter().enumerate();
        let entries = entries.map(|(pair, &unit)| Entry { pair: pair as u32, unit, value: self.value(pair) });
        let pairs = self.rows.posts.iter().map(|post| post.index()).zip(entries);
        Groups::try_new(self.posts().len(), pairs, || meter.look())
    }
}
