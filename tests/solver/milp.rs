//! Openings and couplings on problems too large to be listed, beside an independent solver of mixed integer programmes.

use microlp::{ComparisonOp, OptimizationDirection, Variable};
use talent_match::graph::{Opening, Problem, QuotaForest, Span};
use talent_match::index::{PairId, PostId, QuotaId, UnitId};

use super::branch::{draw, proven};
use crate::support::instances::Shape;

type Entries = Vec<(Variable, f64)>;

/// The load of `entries` is within `span`, or 0 where that may be, or pays `penalty` for each person beyond it.
fn within(programme: &mut microlp::Problem, mut entries: Entries, span: Span, penalty: Option<i64>) {
    let (mut low, mut high) = (span.min() as f64, span.max() as f64);
    if let Some(penalty) = penalty {
        entries.push((programme.add_var(-(penalty as f64), (0.0, f64::INFINITY)), 1.0));
        entries.push((programme.add_var(-(penalty as f64), (0.0, f64::INFINITY)), -1.0));
    }
    if span.opening() == Opening::OrClosed {
        let open = programme.add_binary_var(0.0);
        let mut beside = entries.clone();
        beside.push((open, -low));
        programme.add_constraint(&beside, ComparisonOp::Ge, 0.0);
        entries.push((open, -high));
        (low, high) = (f64::NEG_INFINITY, 0.0);
    }
    programme.add_constraint(&entries, ComparisonOp::Ge, low);
    programme.add_constraint(&entries, ComparisonOp::Le, high);
}

/// The value of the best matching; none if none is feasible.
fn milp_value(problem: &Problem) -> Option<f64> {
    let graph = problem.graph();
    let mut programme = microlp::Problem::new(OptimizationDirection::Maximize);
    let (mut units, mut posts) = (vec![Entries::new(); graph.units()], vec![Entries::new(); graph.posts()]);
    let pairs: Vec<Variable> = PairId::all(graph.pairs())
        .map(|pair| {
            let (unit, post) = (graph.unit_of(pair), graph.post_of(pair));
            let most = problem.headcount(unit).min(problem.seat(post).max()).cast_signed();
            let variable = programme.add_integer_var(f64::from(problem.weight(pair)), (0, most));
            units[unit.index()].push((variable, 1.0));
            posts[post.index()].push((variable, 1.0));
            variable
        })
        .collect();
    for unit in UnitId::all(graph.units()) {
        let heads = f64::from(problem.headcount(unit));
        programme.add_constraint(&units[unit.index()], ComparisonOp::Le, heads);
    }
    for post in PostId::all(graph.posts()) {
        within(&mut programme, posts[post.index()].clone(), problem.seat(post).into(), None);
    }
    for (forest, leaves) in [(problem.demand_quotas(), &posts), (problem.supply_quotas(), &units)] {
        for node in QuotaId::all(forest.len()) {
            let below = leaves.iter().enumerate().filter(|(leaf, _)| forest.path(*leaf).any(|above| above == node));
            let below = below.flat_map(|(_, entries)| entries.clone()).collect();
            within(&mut programme, below, forest.ranges()[node.index()].into(), forest.penalty(node));
        }
    }
    for coupling in problem.couplings() {
        let entries = coupling.signed().map(|(pair, sign)| (pairs[pair.index()], sign as f64)).collect();
        within(&mut programme, entries, coupling.span(), coupling.penalty());
    }
    match programme.solve() {
        Ok(solved) => Some(solved.into_solution().unwrap().objective()),
        Err(microlp::Error::Infeasible) => None,
        Err(error) => panic!("{error}"),
    }
}

/// Whether floats hold every penalty beside the weights.
fn is_modest(problem: &Problem) -> bool {
    let modest = |forest: &QuotaForest| QuotaId::all(forest.len()).all(|node| forest.penalty(node) <= Some(1000));
    modest(problem.demand_quotas()) && modest(problem.supply_quotas())
}

#[test]
fn middling_problems_reach_what_a_mixed_integer_programme_does() {
    let shape = Shape {
        units: (8, 20),
        posts: (3, 6),
        degree: (2, 4),
        weights: (-9, 30),
        headcount: (1, 4),
        seats: (1, 8),
        ..Shape::SMALL
    };
    let (mut placed, mut impossible, mut negative) = (0, 0, 0);
    let (mut openings, mut couplings, mut minimums) = (0, 0, 0);
    for seed in 0..1500 {
        let problem = draw(&shape, seed);
        if !is_modest(&problem) {
            continue;
        }
        let (value, milp) = (proven(&problem), milp_value(&problem));
        match (value, milp) {
            (Some(value), Some(milp)) => assert!((value as f64 - milp).abs() < 1e-3, "{seed}: {value}, not {milp}"),
            (None, None) => {}
            _ => panic!("{seed}: {value:?} is not {milp:?}"),
        }
        let ranges = problem.seats().iter().chain(problem.demand_quotas().ranges());
        let ranges: Vec<Span> = ranges.chain(problem.supply_quotas().ranges()).map(|&range| range.into()).collect();
        openings += u32::from(ranges.iter().any(|span| span.has_gap()));
        minimums += u32::from(ranges.iter().any(|span| span.opening() == Opening::Always && span.min() > 0));
        couplings += u32::from(!problem.couplings().is_empty());
        placed += u32::from(value.is_some());
        impossible += u32::from(value.is_none());
        negative += u32::from(value < Some(0) && value.is_some());
    }
    let counts = [placed, impossible, negative, openings, couplings, minimums];
    assert!(placed > 900 && impossible > 150 && negative > 3, "{counts:?}");
    assert!(openings > 700 && couplings > 700 && minimums > 200, "{counts:?}");
}
