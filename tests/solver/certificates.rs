//! A true result verifies; every kind of wrong one is refused by the name of what is wrong.

use talent_match::certificate::{Claim, Condition, Fault, LISTED, Proof, State, verify};
use talent_match::control::Control;
use talent_match::graph::{Matching, Placement, Prices, Problem, QuotaForest, SeatRange, Solution};
use talent_match::index::{PairId, QuotaId};

use crate::agreement::assert_proven;
use crate::support::instances::{Plain, Shape};
use crate::support::random::Random;

/// Posts: 0 has two seats at a price, 1 is half empty, 2 is full at no price.
/// Pairs: 0 and 1 of unit 0, 2 of unit 1, 3 and 4 of unit 2 (a cohort of three), 5 of unit 3, who earns nothing.
fn market() -> (Problem, Solution) {
    let rows = vec![vec![(0, 10), (1, 4)], vec![(0, 9)], vec![(0, 6), (1, 3)], vec![(2, 0)]];
    let plain = Plain { rows, headcounts: vec![1, 1, 3, 1], seats: vec![2, 5, 1], bonus: 0 };
    let solution = Solution { matching: placed(&[(0, 1), (2, 1), (4, 3), (5, 1)]), prices: Prices::new(vec![4, 0, 0]) };
    (plain.problem(), solution)
}

fn placed(placements: &[(u32, u32)]) -> Matching {
    let place = |&(pair, count): &(u32, u32)| Placement { pair: PairId::new(pair), count };
    Matching::new(placements.iter().map(place).collect())
}

fn check(problem: &Problem, solution: &Solution) -> Proof {
    verify(problem, solution, Claim::Optimal, &Control::new())
}

fn failed(problem: &Problem, matching: Matching, prices: &[i64]) -> Vec<Condition> {
    let proof = check(problem, &Solution { matching, prices: Prices::new(prices.to_vec()) });
    assert!(!proof.is_sound() && !proof.is_optimal());
    for fault in proof.faults() {
        assert!(fault.to_string().starts_with(fault.condition().name()), "{fault}");
    }
    proof.failed().collect()
}

#[test]
fn the_truth_verifies() {
    let (problem, solution) = market();
    assert_eq!(assert_proven(&problem, &solution), 28);
    assert_eq!(check(&problem, &solution).state(Condition::Digest), &State::NotAsked);
}

#[test]
fn each_condition_has_a_mutation_that_fails_it_by_name() {
    let (problem, _) = market();
    let prices = &[4, 0, 0];
    // A post over its seats, at no price.
    let twice = Plain { rows: vec![vec![(0, 0)], vec![(0, 0)]], headcounts: vec![1, 1], seats: vec![1], bonus: 0 };
    assert_eq!(failed(&twice.problem(), placed(&[(0, 1), (1, 1)]), &[0]), [Condition::Capacity]);
    // A pair the problem does not have.
    let unknown = placed(&[(0, 1), (2, 1), (4, 3), (5, 1), (6, 1)]);
    assert_eq!(failed(&problem, unknown, prices), [Condition::Acceptability]);
    // A member too many of a unit that earns nothing.
    let roomy = Plain { rows: vec![vec![(0, 0)]], headcounts: vec![1], seats: vec![5], bonus: 0 };
    assert_eq!(failed(&roomy.problem(), placed(&[(0, 2)]), &[0]), [Condition::Headcount]);
    // A price on a post with a free seat; the gap shows it too, as it must.
    let truth = || placed(&[(0, 1), (2, 1), (4, 3), (5, 1)]);
    assert_eq!(failed(&problem, truth(), &[-1, 0, 0]), [Condition::Sign, Condition::Rent, Condition::Gap]);
    let idle = Plain { rows: vec![vec![]], headcounts: vec![1], seats: vec![1], bonus: 0 };
    assert_eq!(failed(&idle.problem(), Matching::empty(), &[2]), [Condition::Sign, Condition::Gap]);
    // Somebody unplaced who could earn something, and somebody placed where they earn less.
    assert_eq!(failed(&problem, placed(&[(0, 1), (2, 1), (4, 2), (5, 1)]), prices), [Condition::Rent, Condition::Gap]);
    let swapped = placed(&[(1, 1), (2, 1), (3, 1), (4, 2), (5, 1)]);
    assert_eq!(failed(&problem, swapped, prices), [Condition::Rent, Condition::Gap]);
    // Too few or too many prices.
    assert!(failed(&problem, truth(), &[4, 0]).contains(&Condition::Gap));
    assert_eq!(failed(&problem, truth(), &[4, 0, 0, 0]), [Condition::Gap]);
}

#[test]
fn a_claimed_gap_is_asked_for_and_nothing_else_of_the_prices() {
    let (problem, mut solution) = market();
    solution.matching = placed(&[(0, 1), (2, 1)]);
    let gap = check(&problem, &solution).gap();
    assert!(gap > 0);
    let within = |claim| verify(&problem, &solution, Claim::Within(claim), &Control::new());
    assert!(within(gap).is_sound() && !within(gap).is_optimal());
    assert_eq!(within(gap - 1).failed().collect::<Vec<_>>(), [Condition::Gap]);
    assert_eq!(within(gap).state(Condition::Rent), &State::NotAsked);
    assert_eq!(within(gap).state(Condition::Sign), &State::NotAsked);
}

#[test]
fn the_bound_holds_under_any_prices() {
    for seed in 0..300 {
        let mut random = Random::new(seed);
        let plain = Shape::small_families()[seed as usize % 9].1.draw(&mut random);
        let problem = plain.problem();
        let best = crate::agreement::proven_value(&problem);
        let prices: Vec<i64> = plain.seats.iter().map(|_| random.within(0, 1 << 40)).collect();
        let proof = check(&problem, &Solution { matching: Matching::empty(), prices: Prices::new(prices) });
        assert!(proof.bound() >= best && proof.value() == 0);
    }
}

#[test]
fn hostile_numbers_are_refused_without_a_panic() {
    let (problem, truth) = market();
    for price in [i64::MIN, i64::MIN + 1, -1 << 62, 1 << 62, i64::MAX] {
        let solution = Solution { matching: truth.matching.clone(), prices: Prices::new(vec![price; 3]) };
        assert!(!check(&problem, &solution).is_sound());
    }
    let crowd = placed(&[(0, u32::MAX), (0, u32::MAX), (1, u32::MAX), (u32::MAX, u32::MAX), (7, 1)]);
    let proof = check(&problem, &Solution { matching: crowd, prices: Prices::new(vec![4, 0, 0]) });
    for condition in [Condition::Capacity, Condition::Acceptability, Condition::Headcount] {
        assert!(matches!(proof.state(condition), State::Fails(_)), "{condition}");
    }
    assert!(proof.faults().any(|fault| matches!(fault, Fault::Seats { load: 8_589_934_590, .. })));
}

#[test]
fn faults_are_listed_up_to_a_hundred_and_counted_beyond() {
    let plain = Plain { rows: vec![vec![(0, 1)]; 250], headcounts: vec![1; 250], seats: vec![250], bonus: 0 };
    let proof = check(&plain.problem(), &Solution { matching: Matching::empty(), prices: Prices::new(vec![0]) });
    let State::Fails(faults) = proof.state(Condition::Rent) else { panic!("everybody could earn something") };
    assert_eq!((faults.listed().len(), faults.total()), (LISTED, 250));
}

#[test]
fn quotas_and_minimums_are_verified_before_they_are_solved() {
    // Two posts below one quota of two people; post 1 must hold somebody.
    let plain = Plain {
        rows: vec![vec![(0, 9), (1, 5)], vec![(0, 8), (1, 1)], vec![(0, 7)]],
        headcounts: vec![1; 3],
        seats: vec![3, 3],
        bonus: 0,
    };
    let graph = plain.problem().graph().clone();
    let seats = vec![SeatRange::up_to(3), SeatRange::between(1, 3).unwrap()];
    let both = vec![Some(QuotaId::new(0)); 2];
    let quotas = QuotaForest::new(vec![None], vec![SeatRange::up_to(2)], both).unwrap();
    let weights = plain.problem().weights().to_vec();
    let problem = Problem::new(graph, weights, vec![1; 3], seats).unwrap().with_demand_quotas(quotas).unwrap();
    // Best: unit 0 at post 1 (5), unit 1 at post 0 (8). One more place below the quota is worth 7, the minimum costs 4.
    let solution = |placements: &[(u32, u32)]| Solution {
        matching: placed(placements),
        prices: Prices::new(vec![0, -4]).with_quotas(vec![8], vec![]),
    };
    assert_eq!(assert_proven(&problem, &solution(&[(1, 1), (2, 1)])), 13);
    let faults = |placements: &[(u32, u32)]| check(&problem, &solution(placements)).failed().collect::<Vec<_>>();
    assert!(faults(&[(0, 1), (2, 1)]).contains(&Condition::Capacity), "the minimum is not met");
    assert!(faults(&[(1, 1), (2, 1), (4, 1)]).contains(&Condition::Capacity), "the quota is passed");
}
