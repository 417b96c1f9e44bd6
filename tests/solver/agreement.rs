//! Every oracle there is finds the same optimum, and every certificate verifies.

use talent_match::certificate::{Claim, verify};
use talent_match::control::Control;
use talent_match::graph::{Problem, Solution};
use talent_match::solve::{Outcome, solve};

use crate::support::brute_force::best_value;
use crate::support::instances::Shape;
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

#[test]
fn with_brute_force_on_small_problems_of_every_family() {
    for (name, shape) in Shape::small_families() {
        for seed in 0..600 {
            let plain = shape.draw(&mut Random::new(seed));
            assert_eq!(proven_value(&plain.problem()), best_value(&plain), "{name} {seed}: {plain:?}");
        }
    }
}
