//! The graph as petgraph sees it: units point at posts, and nothing is copied.

use std::ops::Range;

use petgraph::Directed;
use petgraph::visit::{
    Data, EdgeCount, EdgeIndexable, EdgeRef, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges, IntoNeighbors,
    IntoNodeIdentifiers, IntoNodeReferences, NodeCompactIndexable, NodeCount, NodeIndexable, NodeRef, VisitMap,
    Visitable,
};

use super::bipartite::BipartiteGraph;
use crate::index::{PairId, PostId, UnitId};

/// A node of the view: a unit or a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A supply unit.
    Unit(UnitId),
    /// A post.
    Post(PostId),
}

/// An edge of the view: an acceptable pair, from its unit to its post. Its id and weight are the pair's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Edge {
    unit: UnitId,
    post: PostId,
    pair: PairId,
}

/// A borrowed [`BipartiteGraph`] that implements petgraph's traversal traits.
///
/// Edges point from units to posts; petgraph's index of a node is the unit's number, or the number of units plus the
/// post's. Costs come from arrays beside the graph: an edge's id is the pair number that indexes them.
///
/// ```
/// use petgraph::algo::connected_components;
/// use talent_match::graph::BipartiteGraph;
/// use talent_match::index::PostId;
///
/// let graph = BipartiteGraph::from_rows(3, vec![0, 1, 2, 3], [0, 0, 2].map(PostId::new).to_vec())?;
/// assert_eq!(connected_components(&graph.view()), 3);
/// # Ok::<(), talent_match::graph::ProblemError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct PetgraphView<'a> {
    graph: &'a BipartiteGraph,
}

impl<'a> PetgraphView<'a> {
    pub(super) fn new(graph: &'a BipartiteGraph) -> Self {
        Self { graph }
    }

    fn pairs_of(self, node: Node) -> (UnitId, Range<usize>) {
        match node {
            Node::Unit(unit) => (unit, self.graph.row(unit)),
            Node::Post(_) => (UnitId::new(0), 0..0),
        }
    }
}

/// Which nodes a traversal has seen.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    units: Vec<bool>,
    posts: Vec<bool>,
}

impl Seen {
    fn slot(&mut self, node: Node) -> &mut bool {
        match node {
            Node::Unit(unit) => &mut self.units[unit.index()],
            Node::Post(post) => &mut self.posts[post.index()],
        }
    }
}

impl VisitMap<Node> for Seen {
    fn visit(&mut self, node: Node) -> bool {
        !std::mem::replace(self.slot(node), true)
    }

    fn is_visited(&self, node: &Node) -> bool {
        match *node {
            Node::Unit(unit) => self.units[unit.index()],
            Node::Post(post) => self.posts[post.index()],
        }
    }

    fn unvisit(&mut self, node: Node) -> bool {
        std::mem::replace(self.slot(node), false)
    }
}

impl NodeRef for Node {
    type NodeId = Self;
    type Weight = Self;

    fn id(&self) -> Self {
        *self
    }

    fn weight(&self) -> &Self {
        self
    }
}

impl EdgeRef for Edge {
    type NodeId = Node;
    type EdgeId = PairId;
    type Weight = PairId;

    fn source(&self) -> Node {
        Node::Unit(self.unit)
    }

    fn target(&self) -> Node {
        Node::Post(self.post)
    }

    fn weight(&self) -> &PairId {
        &self.pair
    }

    fn id(&self) -> PairId {
        self.pair
    }
}

impl GraphBase for PetgraphView<'_> {
    type NodeId = Node;
    type EdgeId = PairId;
}

impl GraphProp for PetgraphView<'_> {
    type EdgeType = Directed;
}

impl Data for PetgraphView<'_> {
    type NodeWeight = Node;
    type EdgeWeight = PairId;
}

impl NodeCount for PetgraphView<'_> {
    fn node_count(&self) -> usize {
        self.graph.units() + self.graph.posts()
    }
}

impl EdgeCount for PetgraphView<'_> {
    fn edge_count(&self) -> usize {
        self.graph.pairs()
    }
}

impl NodeIndexable for PetgraphView<'_> {
    fn node_bound(&self) -> usize {
        self.node_count()
    }

    fn to_index(&self, node: Node) -> usize {
        match node {
            Node::Unit(unit) => unit.index(),
            Node::Post(post) => self.graph.units() + post.index(),
        }
    }

    fn from_index(&self, index: usize) -> Node {
        match index.checked_sub(self.graph.units()) {
            None => Node::Unit(UnitId::new(index as u32)),
            Some(post) => Node::Post(PostId::new(post as u32)),
        }
    }
}

impl NodeCompactIndexable for PetgraphView<'_> {}

impl EdgeIndexable for PetgraphView<'_> {
    fn edge_bound(&self) -> usize {
        self.graph.pairs()
    }

    fn to_index(&self, pair: PairId) -> usize {
        pair.index()
    }

    fn from_index(&self, index: usize) -> PairId {
        PairId::new(index as u32)
    }
}

impl Visitable for PetgraphView<'_> {
    type Map = Seen;

    fn visit_map(&self) -> Seen {
        Seen { units: vec![false; self.graph.units()], posts: vec![false; self.graph.posts()] }
    }

    fn reset_map(&self, map: &mut Seen) {
        *map = self.visit_map();
    }
}

/// All nodes of a view: the units, then the posts.
#[derive(Clone, Debug)]
pub struct Nodes<'a> {
    view: PetgraphView<'a>,
    numbers: Range<usize>,
}

impl Iterator for Nodes<'_> {
    type Item = Node;

    fn next(&mut self) -> Option<Node> {
        self.numbers.next().map(|number| NodeIndexable::from_index(&self.view, number))
    }
}

/// The edges of one row of a view.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    graph: &'a BipartiteGraph,
    unit: UnitId,
    pairs: Range<usize>,
}

impl Iterator for Row<'_> {
    type Item = Edge;

    fn next(&mut self) -> Option<Edge> {
        let pair = PairId::new(self.pairs.next()? as u32);
        Some(Edge { unit: self.unit, post: self.graph.post_of(pair), pair })
    }
}

/// The nodes one row of a view points at.
#[derive(Clone, Debug)]
pub struct Neighbours<'a>(Row<'a>);

impl Iterator for Neighbours<'_> {
    type Item = Node;

    fn next(&mut self) -> Option<Node> {
        self.0.next().map(|edge| Node::Post(edge.post))
    }
}

/// All edges of a view, row by row.
#[derive(Clone, Debug)]
pub struct Edges<'a> {
    row: Row<'a>,
    rest: Range<usize>,
}

impl Iterator for Edges<'_> {
    type Item = Edge;

    fn next(&mut self) -> Option<Edge> {
        loop {
            if let Some(edge) = self.row.next() {
                return Some(edge);
            }
            let unit = UnitId::new(self.rest.next()? as u32);
            self.row = Row { graph: self.row.graph, unit, pairs: self.row.graph.row(unit) };
        }
    }
}

impl<'a> IntoNodeIdentifiers for &PetgraphView<'a> {
    type NodeIdentifiers = Nodes<'a>;

    fn node_identifiers(self) -> Nodes<'a> {
        Nodes { view: *self, numbers: 0..self.node_count() }
    }
}

impl<'a> IntoNodeReferences for &PetgraphView<'a> {
    type NodeRef = Node;
    type NodeReferences = Nodes<'a>;

    fn node_references(self) -> Nodes<'a> {
        self.node_identifiers()
    }
}

impl<'a> IntoNeighbors for &PetgraphView<'a> {
    type Neighbors = Neighbours<'a>;

    fn neighbors(self, node: Node) -> Neighbours<'a> {
        Neighbours(self.edges(node))
    }
}

impl<'a> IntoEdgeReferences for &PetgraphView<'a> {
    type EdgeRef = Edge;
    type EdgeReferences = Edges<'a>;

    fn edge_references(self) -> Edges<'a> {
        let row = Row { graph: self.graph, unit: UnitId::new(0), pairs: 0..0 };
        Edges { row, rest: 0..self.graph.units() }
    }
}

impl<'a> IntoEdges for &PetgraphView<'a> {
    type Edges = Row<'a>;

    fn edges(self, node: Node) -> Row<'a> {
        let (unit, pairs) = self.pairs_of(node);
        Row { graph: self.graph, unit, pairs }
    }
}
