//! Every oracle there is finds the same optimum, and every certificate verifies.

use talent_match::certificate::{Claim, verify};
use talent_match::control::{Control, Stop};
use talent_match::generate::instance::{Family, Size, instance};
use talent_match::graph::{Problem, SeatRange, Solution};
use talent_match::solve::{Outcome, solve};

use crate::support::brute_force::best_value;
use crate::support::instances::{Plain, Shape};
use crate::support::nested::Nested;
use crate::support::random::Random;

/// Solves, verifies, and returns the value.
pub(super) fn proven_value(problem: &Problem) -> i128 {
    let Outcome::Optimal(solution) = solve(problem, &Control::new()).unwrap() else {
        panic!("no limit was set, so the outcome is an optimum")
    };
    assert_proven(problem, &solution)
}

/// Verifies a solution claimed optimal and returns its value.
pub(super) fn assert_proven(problem: &Problem, solution: &Solution) -> i128 {
    let proof = verify(problem, solution, Claim::Optimal, &Control::new());
    assert!(proof.is_optimal(), "{:?}\n{problem:?}\n{solution:?}", proof.faults().collect::<Vec<_>>());
    assert_eq!(proof.value(), problem.value(&solution.matching));
    proof.value()
}

/// Whether a work limit stopped a run: then with a feasible placement, and a bound that is proven and not below `best`.
pub(super) fn assert_stopped(problem: &Problem, outcome: &Outcome, best: i128) -> bool {
    let Outcome::Feasible { stop, .. } = outcome else { return false };
    assert_eq!(*stop, Stop::Work);
    assert_sound(problem, outcome, best);
    true
}

/// Verifies what a stopped run found: feasible, and a bound that the prices prove and that is not below `best`.
pub(super) fn assert_sound(problem: &Problem, outcome: &Outcome, best: i128) {
    let Outcome::Feasible { solution, bound, .. } = outcome else { panic!("it was not stopped") };
    assert!(*bound >= best, "{bound} is below {best}");
    let gap = bound - problem.value(&solution.matching);
    let proof = verify(problem, solution, Claim::Within(gap), &Control::new());
    assert!(proof.is_sound(), "{:?}\n{problem:?}\n{solution:?}", proof.faults().collect::<Vec<_>>());
    assert_eq!(proof.bound(), *bound);
}

#[test]
fn with_brute_force_on_small_problems_of_every_family() {
    for (name, shape) in Shape::small_families() {
        for seed in 0..600 {
            let plain = shape.draw(&mut Random::new(seed));
            assert_eq!(proven_value(&plain.problem()), best_value(&plain), "{name} {seed}: {plain:?}");
        }
    }
}

/// The optimum of the linear relaxation, which is integral, from an independent solver.
pub(super) fn lp_value(plain: &Plain) -> f64 {
    lp_value_with(&Nested { plain: plain.clone(), ..Nested::default() }).expect("nobody placed is feasible")
}

/// The same with quotas; none if it is infeasible.
pub(super) fn lp_value_with(nested: &Nested) -> Option<f64> {
    use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
    let mut lp = Problem::new(OptimizationDirection::Maximize);
    let plain = &nested.plain;
    let mut rows: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); plain.rows.len()];
    let mut columns: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); plain.seats.len()];
    for (unit, row) in plain.rows.iter().enumerate() {
        for &(post, weight) in row {
            let variable = lp.add_var(f64::from(weight) + plain.bonus as f64, (0.0, f64::INFINITY));
            rows[unit].push((variable, 1.0));
            columns[post as usize].push((variable, 1.0));
        }
    }
    for (post, column) in columns.iter().enumerate() {
        lp.add_constraint(column, ComparisonOp::Ge, f64::from(nested.minimum(post)));
    }
    for (leaves, maxima, forest) in [(rows, &plain.headcounts, &nested.supply), (columns, &plain.seats, &nested.demand)]
    {
        for (node, below) in forest.below().iter().enumerate() {
            let mut below: Vec<_> = below.iter().flat_map(|&leaf| leaves[leaf].clone()).collect();
            let (min, max) = forest.range(node);
            if let Some(penalty) = forest.penalty(node) {
                below.push((lp.add_var(-(penalty as f64), (0.0, f64::INFINITY)), 1.0));
                below.push((lp.add_var(-(penalty as f64), (0.0, f64::INFINITY)), -1.0));
            }
            lp.add_constraint(&below, ComparisonOp::Ge, f64::from(min));
            lp.add_constraint(&below, ComparisonOp::Le, f64::from(max));
        }
        for (leaf, &max) in leaves.iter().zip(maxima) {
            lp.add_constraint(leaf, ComparisonOp::Le, f64::from(max));
        }
    }
    match lp.solve() {
        Ok(solved) => Some(solved.into_solution().unwrap().objective()),
        Err(microlp::Error::Infeasible) => None,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn with_a_linear_program_on_middling_problems() {
    for (name, shape) in Shape::small_families() {
        if ["bonus", "extreme"].contains(&name) {
            continue; // beyond what floats hold exactly
        }
        let shape = Shape { units: (15, 40), posts: (4, 12), degree: (1, 8), ..shape };
        for seed in 0..25 {
            let plain = shape.draw(&mut Random::new(seed));
            let (value, lp) = (proven_value(&plain.problem()), lp_value(&plain));
            assert!((value as f64 - lp).abs() < 1e-3, "{name} {seed}: {value} is not {lp}");
        }
    }
}

#[test]
fn with_kuhn_munkres_on_square_problems() {
    for (size, range) in [(1, (0, 9)), (8, (1, 3)), (30, (0, 1000)), (60, (0, 1_000_000_000)), (60, (1, 5))] {
        let mut random = Random::new(size);
        let rows: Vec<Vec<i32>> =
            (0..size).map(|_| (0..size).map(|_| random.within(range.0, range.1) as i32).collect()).collect();
        let matrix = rows.iter().map(|row| row.iter().map(|&weight| i64::from(weight)).collect::<Vec<_>>());
        let (best, _) =
            pathfinding::kuhn_munkres::kuhn_munkres(&pathfinding::matrix::Matrix::from_rows(matrix).unwrap());
        assert_eq!(proven_value(&Plain::square(&rows).problem()), i128::from(best));
    }
}

#[test]
fn larger_problems_of_every_family_prove_themselves() {
    for (name, shape) in Shape::small_families() {
        for (seed, seats) in [(1, shape.seats), (2, (0, 60)), (3, (20, 40))] {
            let shape = Shape { units: (1500, 2500), posts: (40, 90), degree: (1, 20), seats, ..shape };
            let plain = shape.draw(&mut Random::new(seed));
            assert!(proven_value(&plain.problem()) >= 0, "{name} {seed}");
        }
    }
}

#[test]
fn problems_large_enough_for_samples_prove_themselves() {
    for (seed, (name, shape)) in (0..).zip(Shape::small_families()) {
        let seats = if seed % 2 == 0 { (60, 140) } else { (100, 200) };
        let shape = Shape { units: (33_000, 34_000), posts: (250, 400), degree: (1, 11), seats, ..shape };
        let plain = shape.draw(&mut Random::new(seed));
        assert!(proven_value(&plain.problem()) >= 0, "{name} {seed}");
    }
}

#[test]
fn generated_problems_with_long_rows_prove_themselves() {
    for family in Family::ALL {
        for (seed, size) in [
            (1, Size { units: 3000, posts: 150, degree: 25 }),
            (2, Size { units: 2000, posts: 400, degree: 40 }),
            (3, Size { units: 900, posts: 300, degree: 12 }),
        ] {
            let size = if family == Family::Dense { Size { units: 150, posts: 150, degree: 150 } } else { size };
            let problem = instance(family, size, seed).unwrap();
            assert!(proven_value(&problem) > 0, "{} {seed}", family.name());
        }
    }
}

#[test]
fn posts_without_a_seat_in_the_sample_prove_themselves() {
    for family in [Family::City, Family::Scarce, Family::Euclid, Family::Near] {
        let market = instance(family, Size { units: 33_000, posts: 600, degree: 20 }, 5).unwrap();
        let seats = market.seats().iter().enumerate();
        let few =
            seats.map(|(post, seat)| SeatRange::up_to(if post % 3 == 0 { seat.max().min(1) } else { seat.max() }));
        let (weights, headcounts) = (market.weights().to_vec(), market.headcounts().to_vec());
        proven_value(&Problem::new(market.graph().clone(), weights, headcounts, few.collect()).unwrap());
    }
}
