//! petgraph's algorithms run on the view and agree with our own counts.

use std::collections::BTreeSet;

use petgraph::algo::connected_components;
use petgraph::dot::Dot;
use petgraph::visit::{
    Bfs, EdgeRef, IntoEdgeReferences, IntoEdges, IntoNodeIdentifiers, NodeIndexable, Topo, VisitMap, Visitable, Walker,
};
use talent_match::graph::{BipartiteGraph, MAX_WEIGHT, Node, Problem, ProblemError, SeatRange};
use talent_match::index::{PairId, PostId, UnitId};

use crate::support::instances::{Plain, Shape};
use crate::support::random::Random;

fn draw(seed: u64) -> Plain {
    Shape { units: (0, 40), posts: (1, 40), degree: (0, 3), ..Shape::SMALL }.draw(&mut Random::new(seed))
}

#[test]
fn components_are_those_of_our_own_count() {
    for seed in 0..50 {
        let plain = draw(seed);
        let nodes = plain.rows.len() + plain.seats.len();
        let mut names: Vec<usize> = (0..nodes).collect();
        for (unit, row) in plain.rows.iter().enumerate() {
            for &(post, _) in row {
                let (old, new) = (names[plain.rows.len() + post as usize], names[unit]);
                names.iter_mut().filter(|name| **name == old).for_each(|name| *name = new);
            }
        }
        let own = names.iter().collect::<BTreeSet<_>>().len();
        assert_eq!(connected_components(&plain.problem().graph().view()), own);
    }
}

#[test]
fn edges_nodes_and_walks_are_those_of_the_rows() {
    for seed in 0..50 {
        let plain = draw(seed);
        let problem = plain.problem();
        let graph = problem.graph();
        let view = graph.view();
        for (number, edge) in (&view).edge_references().enumerate() {
            assert_eq!(edge.id(), PairId::new(number as u32));
            assert_eq!(edge.source(), Node::Unit(graph.unit_of(edge.id())));
            assert_eq!(edge.target(), Node::Post(graph.post_of(edge.id())));
        }
        assert_eq!((&view).edge_references().count(), graph.pairs());
        for node in (&view).node_identifiers() {
            assert_eq!(view.from_index(NodeIndexable::to_index(&view, node)), node);
            let reached = Bfs::new(&view, node).iter(&view).count();
            assert_eq!(reached, 1 + (&view).edges(node).count());
        }
        assert_eq!((&view).node_identifiers().count(), graph.units() + graph.posts());
        let mut map = view.visit_map();
        assert!(view.node_identifiers().all(|node| map.visit(node) && !map.visit(node) && map.is_visited(&node)));
    }
    let _ = Topo::<Node, <talent_match::graph::PetgraphView<'_> as Visitable>::Map>::default;
}

#[test]
fn the_view_can_be_drawn() {
    let graph = BipartiteGraph::from_rows(1, vec![0, 1], vec![PostId::new(0)]).unwrap();
    let drawn = format!("{:?}", Dot::new(&graph.view()));
    assert!(drawn.contains("digraph") && drawn.contains("0 -> 1"), "{drawn}");
}

#[test]
fn lookups_agree_with_the_rows() {
    for seed in 0..50 {
        let plain = draw(seed);
        let problem = plain.problem();
        let graph = problem.graph();
        for (unit, row) in UnitId::all(graph.units()).zip(&plain.rows) {
            for post in PostId::all(graph.posts()) {
                let listed = row.iter().find(|&&(target, _)| target == post.get());
                let found = graph.find(unit, post);
                assert_eq!(found.is_some(), listed.is_some());
                if let (Some(pair), Some(&(_, weight))) = (found, listed) {
                    assert_eq!((graph.unit_of(pair), graph.post_of(pair)), (unit, post));
                    assert_eq!(problem.weight(pair), weight);
                }
            }
        }
    }
}

#[test]
fn rows_that_are_none_are_refused_by_code() {
    let refused = |posts, offsets: &[u32], targets: &[u32]| {
        let targets = targets.iter().map(|&post| PostId::new(post)).collect();
        let error: ProblemError = BipartiteGraph::from_rows(posts, offsets.to_vec(), targets).unwrap_err();
        assert!(error.to_string().starts_with(error.code()));
        error.code()
    };
    assert_eq!(refused(1, &[], &[]), "P101");
    assert_eq!(refused(1, &[1], &[0]), "P101");
    assert_eq!(refused(1, &[0, 2, 1], &[0]), "P102");
    assert_eq!(refused(1, &[0, 2], &[0]), "P103");
    assert_eq!(refused(usize::MAX, &[0], &[]), "P104");
    assert_eq!(refused(1, &[0, 1], &[1]), "P105");
    assert_eq!(refused(2, &[0, 2], &[1, 0]), "P106");
    assert_eq!(refused(2, &[0, 2], &[1, 1]), "P106");
}

#[test]
fn of_many_faults_the_first_is_told() {
    // Enough rows and weights for several tasks; the later faults are in other ones.
    let rows = 200_000;
    let offsets = || (0..=rows).collect::<Vec<u32>>();
    let targets = |unknown: &[usize]| {
        let mut targets = vec![PostId::new(0); rows as usize];
        for &row in unknown {
            targets[row] = PostId::new(7);
        }
        targets
    };
    for faults in [&[3, 70_000, 199_999][..], &[70_001, 70_002, 150_000], &[199_999]] {
        let error = BipartiteGraph::from_rows(1, offsets(), targets(faults)).unwrap_err();
        let (row, post) = (faults[0], PostId::new(7));
        assert_eq!(error, ProblemError::UnknownPost { row, pair: row, post, posts: 1 });
        let graph = BipartiteGraph::from_rows(1, offsets(), targets(&[])).unwrap();
        let mut weights = vec![1; rows as usize];
        for &pair in faults {
            weights[pair] = MAX_WEIGHT + 1;
        }
        let error = Problem::new(graph, weights, vec![1; rows as usize], vec![SeatRange::up_to(1)]).unwrap_err();
        assert_eq!(error, ProblemError::Weight { pair: row, weight: MAX_WEIGHT + 1 });
    }
}
