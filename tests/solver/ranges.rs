//! Minimums and penalties: the optimum is the flow's, or it is proven that there is none.

use talent_match::certificate::{Claim, Condition, refute, verify};
use talent_match::control::{Control, Limits, Threads};
use talent_match::graph::{Matching, Prices, Problem, Solution, Witness};
use talent_match::solve::{Outcome, Workspace, solve, solve_with};

use crate::agreement::{assert_proven, assert_sound, lp_value_with};
use crate::support::instances::{Plain, Shape};
use crate::support::min_cost_flow::best_feasible;
use crate::support::nested::{Forest, Nested};
use crate::support::random::Random;

/// The value of the best matching, verified, or nothing if it is proven that there is none.
fn proven_feasible(problem: &Problem) -> Option<i128> {
    match solve(problem, &Control::new()).unwrap() {
        Outcome::Optimal(solution) => Some(assert_proven(problem, &solution)),
        Outcome::Infeasible(witness) => {
            assert!(refute(problem, &witness, &Control::new()).holds(), "{problem:?}\n{witness:?}");
            None
        }
        stopped => panic!("no limit was set: {stopped:?}"),
    }
}

fn draw(shape: &Shape, most: i64, seed: u64) -> Nested {
    let mut random = Random::new(seed);
    Nested::draw(shape, most, &mut random).with_ranges(&mut random)
}

/// The same where nobody is asked for.
fn free_of(nested: &Nested) -> Nested {
    let free = |forest: &Forest| Forest { minima: Vec::new(), ..forest.clone() };
    Nested { minima: Vec::new(), demand: free(&nested.demand), supply: free(&nested.supply), ..nested.clone() }
}

#[test]
fn small_problems_of_every_family_reach_the_flow_of_most_value() {
    let (mut feasible, mut binding, mut infeasible) = (0, 0, 0);
    for (name, shape) in Shape::small_families() {
        for seed in 0..3000 {
            let nested = draw(&shape, 6, seed);
            let value = proven_feasible(&nested.problem());
            assert_eq!(value, best_feasible(&nested), "{name} {seed}: {nested:?}");
            match value {
                Some(value) => {
                    feasible += 1;
                    binding += u32::from(best_feasible(&free_of(&nested)) != Some(value));
                }
                None => infeasible += 1,
            }
        }
    }
    assert!(feasible > 12_000 && infeasible > 6000 && binding > 2000, "{feasible} {infeasible} {binding}");
}

#[test]
fn middling_problems_of_every_family_reach_it_too() {
    for (name, shape) in Shape::small_families() {
        let shape = Shape { units: (10, 40), posts: (4, 14), degree: (1, 8), ..shape };
        for seed in 0..150 {
            let nested = draw(&shape, 12, seed);
            assert_eq!(proven_feasible(&nested.problem()), best_feasible(&nested), "{name} {seed}");
        }
    }
}

#[test]
fn a_linear_program_finds_the_same() {
    let mut infeasible = 0;
    for (name, shape) in Shape::small_families() {
        if ["bonus", "extreme"].contains(&name) {
            continue; // beyond what floats hold exactly
        }
        let shape = Shape { units: (8, 20), posts: (4, 8), degree: (2, 6), ..shape };
        for seed in 100..120 {
            let random = &mut Random::new(seed);
            let mut nested = Nested::draw(&shape, 6, random).with_ranges(random);
            for penalty in nested.demand.penalties.iter_mut().chain(&mut nested.supply.penalties).flatten() {
                *penalty = (*penalty).min(50);
            }
            match (proven_feasible(&nested.problem()), lp_value_with(&nested)) {
                (Some(value), Some(lp)) => {
                    assert!((value as f64 - lp).abs() < 1e-3, "{name} {seed}: {value} is not {lp}");
                }
                (None, None) => infeasible += 1,
                differing => panic!("{name} {seed}: {differing:?}"),
            }
        }
    }
    assert!((20..120).contains(&infeasible), "{infeasible}");
}

#[test]
fn larger_problems_prove_themselves() {
    let mut feasible = 0;
    for (name, shape) in Shape::small_families() {
        for (seed, seats) in [(1, shape.seats), (2, (0, 60)), (3, (20, 40))] {
            let shape = Shape { units: (900, 1200), posts: (30, 60), degree: (1, 12), seats, ..shape };
            let mut nested = draw(&shape, 60, seed);
            for minima in [&mut nested.minima, &mut nested.demand.minima, &mut nested.supply.minima] {
                // A node of few people among so many fails for sure: a quarter of the minimums is enough.
                for min in minima {
                    *min /= 4;
                }
            }
            feasible += u32::from(proven_feasible(&nested.problem()).is_some());
            assert!(proven_feasible(&free_of(&nested).problem()).is_some(), "{name} {seed}: nobody placed is feasible");
        }
    }
    assert!(feasible > 0);
}

#[test]
fn a_work_limit_anywhere_leaves_a_true_bound_and_a_feasible_placement_if_any_is_known() {
    let mut workspace = Workspace::new();
    let (mut placed, mut undecided) = (0, 0);
    for (_, shape) in Shape::small_families() {
        let shape = Shape { units: (20, 40), posts: (4, 10), degree: (1, 7), ..shape };
        for seed in 5..17 {
            let nested = draw(&shape, 8, seed);
            let problem = nested.problem();
            let Some(best) = best_feasible(&nested) else { continue };
            for work in 0.. {
                let control = Control::new().with_limits(Limits::NONE.with_work(work * work / 8 + work));
                match solve_with(&problem, &mut workspace, &control).unwrap() {
                    Outcome::Optimal(_) => break,
                    Outcome::Undecided { prices, bound, .. } => {
                        let nobody = Solution { matching: Matching::empty(), prices };
                        assert!(bound >= best, "{bound} is below {best}");
                        assert_eq!(verify(&problem, &nobody, Claim::Optimal, &Control::new()).bound(), bound);
                        undecided += 1;
                    }
                    outcome => {
                        assert_sound(&problem, &outcome, best);
                        placed += 1;
                    }
                }
            }
        }
    }
    assert!(placed > 300 && undecided > 300, "{placed} {undecided}");
}

#[test]
fn threads_and_used_workspaces_change_nothing() {
    let shape = Shape { units: (5000, 6000), posts: (60, 90), degree: (3, 12), seats: (20, 120), ..Shape::SMALL };
    let mut workspace = Workspace::new();
    for seed in 0..4 {
        let problem = draw(&Shape { weights: (1, 5000), ..shape }, 100, seed).problem();
        let mut with = |count| {
            solve_with(&problem, &mut workspace, &Control::new().with_threads(Threads::from_count(count))).unwrap()
        };
        let one = with(1);
        for count in [2, 3, 8] {
            assert_eq!(with(count), one, "{count} threads");
        }
        assert_eq!(solve(&problem, &Control::new()).unwrap(), one);
    }
}

/// Two people, who earn 5 and 3 at post 0 and nothing at post 1. A quota over post 1 asks for one of them.
fn asked(penalty: Option<i64>) -> Nested {
    let plain = Plain {
        rows: vec![vec![(0, 5), (1, 0)], vec![(0, 3), (1, 0)]],
        headcounts: vec![1, 1],
        seats: vec![2, 2],
        bonus: 0,
    };
    let demand = Forest {
        parents: vec![None],
        maxima: vec![2],
        leaves: vec![None, Some(0)],
        minima: vec![1],
        penalties: vec![penalty],
    };
    Nested { plain, demand, ..Nested::default() }
}

#[test]
fn a_minimum_costs_what_it_takes_and_a_penalty_no_more_than_itself() {
    for (penalty, value, price) in [(None, 5, -3), (Some(4), 5, -3), (Some(3), 5, -3), (Some(2), 6, -2)] {
        let problem = asked(penalty).problem();
        let Ok(Outcome::Optimal(solution)) = solve(&problem, &Control::new()) else { panic!("it is feasible") };
        assert_eq!(
            (assert_proven(&problem, &solution), solution.prices.demand()),
            (value, &[price][..]),
            "{penalty:?}"
        );
    }
}

#[test]
fn signs_are_checked_against_minimums_and_penalties() {
    let both = |demand: i64| Prices::new(vec![0, 0]).with_quotas(vec![demand], Vec::new());
    let failed = |nested: &Nested, demand: i64, pairs: &[u32]| -> Vec<Condition> {
        let place =
            |&pair: &u32| talent_match::graph::Placement { pair: talent_match::index::PairId::new(pair), count: 1 };
        let solution = Solution { matching: Matching::new(pairs.iter().map(place).collect()), prices: both(demand) };
        verify(&nested.problem(), &solution, Claim::Optimal, &Control::new()).failed().collect()
    };
    assert_eq!(failed(&asked(None), -3, &[0, 3]), []);
    // Nobody at post 1: a strict minimum is broken, a soft one costs its penalty.
    assert_eq!(failed(&asked(None), 0, &[0, 2]), [Condition::Capacity]);
    assert_eq!(failed(&asked(Some(2)), -2, &[0, 2]), []);
    // A multiplier beyond the penalty where somebody is there, one short of it, and one of a minimum more than met.
    assert_eq!(failed(&asked(Some(2)), -5, &[1, 3]), [Condition::Sign, Condition::Gap]);
    assert_eq!(failed(&asked(Some(2)), -1, &[0, 2]), [Condition::Sign, Condition::Gap]);
    assert_eq!(failed(&asked(None), -5, &[1, 3]), [Condition::Sign, Condition::Gap]);
}

#[test]
fn a_witness_that_proves_nothing_is_refused() {
    let mut refused = 0;
    for (name, shape) in Shape::small_families() {
        for seed in 0..400 {
            let nested = draw(&shape, 4, seed);
            let (problem, random) = (nested.problem(), &mut Random::new(seed));
            let mut draw = |count: usize| (0..count).map(|_| random.within(-2, 2)).collect::<Vec<i64>>();
            let prices = Prices::new(draw(problem.seats().len()))
                .with_quotas(draw(problem.demand_quotas().len()), draw(problem.supply_quotas().len()));
            if best_feasible(&nested).is_some() {
                let refutation = refute(&problem, &Witness { prices }, &Control::new());
                assert!(!refutation.holds() && refutation.bound().is_some(), "{name} {seed}: {nested:?}");
                refused += 1;
            }
            let missing = Witness { prices: Prices::new(vec![-1; problem.seats().len() + 1]) };
            assert_eq!(refute(&problem, &missing, &Control::new()).bound(), None);
        }
    }
    assert!(refused > 1000, "{refused}");
}

/// At weights beyond its penalties a soft quota would hold anybody there is: as many as there are numbers, if nobody counts.
#[test]
fn quotas_that_would_hold_everybody_are_filled_with_no_more_than_can_come() {
    let least = -talent_match::graph::MAX_WEIGHT;
    let plain = Plain {
        rows: vec![
            vec![(1, least + 3), (2, least), (4, least)],
            vec![(0, least + 1), (2, least), (3, least)],
            vec![(0, least + 1)],
        ],
        headcounts: vec![1, 1, 0],
        seats: vec![3, 1, 0, 2, 3],
        bonus: 0,
    };
    let demand = Forest {
        parents: vec![None, Some(0), Some(1), Some(0)],
        maxima: vec![1, 3, 3, 1],
        leaves: vec![Some(0), Some(1), None, Some(0), Some(2)],
        minima: vec![1, 3, 1, 0],
        penalties: vec![None, None, Some(356_124_871_129), None],
    };
    let supply = Forest {
        parents: vec![None, None, Some(0), Some(0), None],
        maxima: vec![1, 1, 2, 2, 2],
        leaves: vec![Some(0), Some(1), Some(4)],
        minima: vec![0; 5],
        penalties: vec![None, Some(6_873_779_565_524), Some(15), None, Some(1_497_471_593)],
    };
    let nested = Nested { plain, minima: vec![3, 0, 0, 1, 0], demand, supply };
    let begun = std::time::Instant::now();
    assert_eq!(proven_feasible(&nested.problem()), best_feasible(&nested));
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
}
