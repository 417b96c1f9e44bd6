//! A tree of columns that hangs every node from the root.

use super::columns::Column;

/// Stands for no node.
const NONE: u32 = u32::MAX;

/// The root.
pub(super) const ROOT: usize = 0;

/// Of each node, the column that joins it to its parent, and where both are.
#[derive(Clone)]
pub(super) struct Tree {
    parents: Vec<u32>,
    columns: Vec<u32>,
    /// All nodes, each after its parent, those below a node right behind it.
    order: Vec<u32>,
    /// Places in this order, how many nodes are below, the node itself included, and how many are above.
    places: Vec<u32>,
    sizes: Vec<u32>,
    depths: Vec<u32>,
}

impl Tree {
    /// The tree of nodes with these parents, and columns to them; of the root they do not matter.
    pub(super) fn new(parents: Vec<u32>, columns: Vec<u32>) -> Self {
        let nodes = parents.len();
        let mut tree = Self {
            parents,
            columns,
            order: Vec::with_capacity(nodes),
            places: vec![0; nodes],
            sizes: vec![1; nodes],
            depths: vec![0; nodes],
        };
        tree.arrange();
        tree
    }

    fn arrange(&mut self) {
        let nodes = self.parents.len();
        let (mut first, mut next) = (vec![NONE; nodes], vec![NONE; nodes]);
        for node in (ROOT + 1..nodes).rev() {
            let parent = self.parents[node] as usize;
            next[node] = std::mem::replace(&mut first[parent], node as u32);
        }
        self.order.clear();
        let mut stack = vec![ROOT as u32];
        while let Some(node) = stack.pop() {
            let node = node as usize;
            self.places[node] = self.order.len() as u32;
            self.order.push(node as u32);
            let mut child = first[node];
            while child != NONE {
                self.depths[child as usize] = self.depths[node] + 1;
                stack.push(child);
                child = next[child as usize];
            }
        }
        self.sizes.fill(1);
        for &node in self.order[1..].iter().rev() {
            self.sizes[self.parents[node as usize] as usize] += self.sizes[node as usize];
        }
    }

    /// Number of nodes, the root included.
    pub(super) fn len(&self) -> usize {
        self.parents.len()
    }

    /// The nodes but the root, each after its parent.
    pub(super) fn downwards(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.order[1..].iter().map(|&node| node as usize)
    }

    pub(super) fn parent(&self, node: usize) -> usize {
        self.parents[node] as usize
    }

    /// The column between `node` and its parent.
    pub(super) fn column(&self, node: usize) -> usize {
        self.columns[node] as usize
    }

    fn is_below(&self, node: u32, top: usize) -> bool {
        let place = self.places[node as usize];
        (self.places[top]..self.places[top] + self.sizes[top]).contains(&place)
    }

    /// Whether `column` would hang what is below `top` from the rest of the tree.
    pub(super) fn crosses(&self, top: usize, column: &Column) -> bool {
        self.is_below(column.from, top) != self.is_below(column.to, top)
    }

    /// Hangs what is below `top` by `column`, of the number `number`, which crosses.
    pub(super) fn rehang(&mut self, top: usize, column: &Column, number: u32) {
        let inside = self.is_below(column.from, top);
        let (mut node, mut parent) = if inside { (column.from, column.to) } else { (column.to, column.from) };
        let mut by = number;
        loop {
            let at = node as usize;
            let above = std::mem::replace(&mut self.parents[at], parent);
            by = std::mem::replace(&mut self.columns[at], by);
            if at == top {
                break;
            }
            (parent, node) = (node, above);
        }
        self.arrange();
    }

    /// Visits the columns by which one more on `column` returns to where it began, each with 1, or with -1 for one fewer.
    pub(super) fn cycle(&self, columns: &[Column], column: &Column, mut visit: impl FnMut(usize, f64)) {
        let (mut head, mut tail) = (column.to, column.from);
        while head != tail {
            let down = self.depths[head as usize] < self.depths[tail as usize];
            let node = if down { &mut tail } else { &mut head };
            let own = self.column(*node as usize);
            let along = if down { columns[own].to == *node } else { columns[own].from == *node };
            visit(own, if along { 1.0 } else { -1.0 });
            *node = self.parents[*node as usize];
        }
    }
}
