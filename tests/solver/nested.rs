//! Quotas on both sides: two oracles find the same optimum, every certificate verifies, and every promise is kept.

use talent_match::control::{Control, Limits, Threads};
use talent_match::generate::instance::{Family, Size, instance};
use talent_match::graph::{QuotaForest, SeatRange, Solution};
use talent_match::index::QuotaId;
use talent_match::solve::{Outcome, Workspace, lowest_prices, solve, solve_with};

use crate::agreement::{assert_proven, assert_stopped, lp_value_with, proven_value};
use crate::support::instances::{Plain, Shape};
use crate::support::min_cost_flow::best_value;
use crate::support::nested::{Forest, Nested};
use crate::support::random::Random;

#[test]
fn small_problems_of_every_family_reach_the_flow_of_most_value() {
    let mut binding = 0;
    for (name, shape) in Shape::small_families() {
        for seed in 0..2000 {
            let nested = Nested::draw(&shape, 6, &mut Random::new(seed));
            let value = proven_value(&nested.problem());
            assert_eq!(value, best_value(&nested), "{name} {seed}: {nested:?}");
            binding += u32::from(value < proven_value(&nested.plain.problem()));
        }
    }
    assert!(binding > 4000, "quotas bind in {binding} problems only");
}

#[test]
fn middling_problems_of_every_family_reach_it_too() {
    for (name, shape) in Shape::small_families() {
        let shape = Shape { units: (10, 40), posts: (4, 14), degree: (1, 8), ..shape };
        for seed in 0..200 {
            let nested = Nested::draw(&shape, 12, &mut Random::new(seed));
            assert_eq!(proven_value(&nested.problem()), best_value(&nested), "{name} {seed}");
        }
    }
}

#[test]
fn a_linear_program_finds_the_same() {
    for (name, shape) in Shape::small_families() {
        if ["bonus", "extreme"].contains(&name) {
            continue; // beyond what floats hold exactly
        }
        let shape = Shape { units: (10, 30), posts: (4, 12), degree: (1, 8), ..shape };
        for seed in 100..115 {
            let nested = Nested::draw(&shape, 10, &mut Random::new(seed));
            let (value, lp) = (proven_value(&nested.problem()), lp_value_with(&nested).unwrap());
            assert!((value as f64 - lp).abs() < 1e-3, "{name} {seed}: {value} is not {lp}");
        }
    }
}

#[test]
fn larger_problems_prove_themselves() {
    for (name, shape) in Shape::small_families() {
        for (seed, seats) in [(1, shape.seats), (2, (0, 60))] {
            let shape = Shape { units: (900, 1200), posts: (30, 60), degree: (1, 12), seats, ..shape };
            let nested = Nested::draw(&shape, 60, &mut Random::new(seed));
            assert!(proven_value(&nested.problem()) >= 0, "{name} {seed}");
        }
    }
}

/// Groups of `small` leaves within groups of `large`, which hold so many percent of the people their leaves do.
fn groups(people: &[u32], small: usize, large: usize, percent: [u32; 2]) -> QuotaForest {
    let most = |size: usize, percent: u32| {
        people.chunks(size).map(move |group| SeatRange::up_to(group.iter().sum::<u32>() * percent / 100))
    };
    let outer = people.len().div_ceil(large);
    let inside = (0..people.len().div_ceil(small)).map(|group| Some(QuotaId::new((group * small / large) as u32)));
    let parents = std::iter::repeat_n(None, outer).chain(inside).collect();
    let ranges = most(large, percent[1]).chain(most(small, percent[0])).collect();
    let leaves = (0..people.len()).map(|leaf| Some(QuotaId::new((outer + leaf / small) as u32))).collect();
    QuotaForest::new(parents, ranges, leaves).unwrap()
}

#[test]
fn a_city_with_binding_quotas_proves_itself() {
    let city = instance(Family::City, Size { units: 10_000, posts: 500, degree: 20 }, 1).unwrap();
    let seats: Vec<u32> = city.seats().iter().map(|seat| seat.max()).collect();
    let free = proven_value(&city);
    for bonus in [0, 1 << 40] {
        let city = city.clone().with_placement_bonus(bonus).unwrap();
        let demand = city.clone().with_demand_quotas(groups(&seats, 10, 100, [80, 75])).unwrap();
        let both = demand.clone().with_supply_quotas(groups(city.headcounts(), 50, 500, [95, 90])).unwrap();
        let (one, two) = (proven_value(&demand), proven_value(&both));
        assert!(two < one && one <= free + 10_000 * i128::from(bonus));
    }
}

#[test]
fn quotas_that_never_bind_change_no_value() {
    for (name, shape) in Shape::small_families() {
        for seed in 0..60 {
            let mut nested = Nested::draw(&shape, 6, &mut Random::new(seed));
            nested.demand.maxima.fill(1000);
            nested.supply.maxima.fill(1000);
            assert_eq!(proven_value(&nested.problem()), proven_value(&nested.plain.problem()), "{name} {seed}");
        }
    }
}

#[test]
fn a_node_over_one_leaf_is_a_smaller_leaf() {
    for (name, shape) in Shape::small_families() {
        for seed in 0..60 {
            let mut random = Random::new(seed);
            let plain = shape.draw(&mut random);
            let mut over = |counts: &[u32]| Forest {
                parents: vec![None; counts.len()],
                maxima: counts.iter().map(|_| random.within(0, 3) as u32).collect(),
                leaves: (0..counts.len() as u32).map(Some).collect(),
                ..Forest::default()
            };
            let (demand, supply) = (over(&plain.seats), over(&plain.headcounts));
            let nested = Nested { demand, supply, plain: plain.clone(), ..Nested::default() };
            let least = |counts: &[u32], forest: &Forest| -> Vec<u32> {
                counts.iter().zip(&forest.maxima).map(|(&count, &max)| count.min(max)).collect()
            };
            let smaller = Plain {
                seats: least(&plain.seats, &nested.demand),
                headcounts: least(&plain.headcounts, &nested.supply),
                ..plain
            };
            assert_eq!(proven_value(&nested.problem()), proven_value(&smaller.problem()), "{name} {seed}");
        }
    }
}

#[test]
fn another_place_in_a_quota_is_worth_at_most_its_multiplier() {
    for (name, shape) in Shape::small_families() {
        for seed in 0..40 {
            let nested = Nested::draw(&shape, 5, &mut Random::new(seed));
            let problem = nested.problem();
            let Outcome::Optimal(solution) = solve(&problem, &Control::new()).unwrap() else { panic!("no limit") };
            let before = problem.value(&solution.matching);
            for (node, &price) in solution.prices.demand().iter().enumerate() {
                let mut more = nested.clone();
                more.demand.maxima[node] += 1;
                assert!(best_value(&more) <= before + i128::from(price), "{name} {seed} demand {node}");
            }
            for (node, &price) in solution.prices.supply().iter().enumerate() {
                let mut more = nested.clone();
                more.supply.maxima[node] += 1;
                assert!(best_value(&more) <= before + i128::from(price), "{name} {seed} supply {node}");
            }
        }
    }
}

#[test]
fn multipliers_are_never_negative_and_the_lowest_prove_as_much() {
    for (name, shape) in Shape::small_families() {
        for seed in 0..100 {
            let problem = Nested::draw(&shape, 6, &mut Random::new(seed)).problem();
            let outcome = solve(&problem, &Control::new()).unwrap();
            let solution = outcome.solution().unwrap();
            let lowest = Solution { prices: lowest_prices(&problem, solution), ..solution.clone() };
            for prices in [&solution.prices, &lowest.prices] {
                let mut all = prices.posts().iter().chain(prices.demand()).chain(prices.supply());
                assert!(all.all(|&price| (0..=1 << 55).contains(&price)), "{name} {seed}: {prices:?}");
            }
            assert_proven(&problem, &lowest);
            assert_eq!(lowest_prices(&problem, &lowest), lowest.prices, "{name} {seed}");
        }
    }
}

#[test]
fn a_work_limit_anywhere_leaves_a_feasible_placement_and_a_true_bound() {
    let mut workspace = Workspace::new();
    let mut stopped = 0;
    for (_, shape) in Shape::small_families() {
        let shape = Shape { units: (20, 40), posts: (4, 10), degree: (1, 7), ..shape };
        for seed in 5..9 {
            let nested = Nested::draw(&shape, 8, &mut Random::new(seed));
            let (problem, best) = (nested.problem(), best_value(&nested));
            for work in 0.. {
                let work = work * work / 8 + work;
                let control = Control::new().with_limits(Limits::NONE.with_work(work));
                let outcome = solve_with(&problem, &mut workspace, &control).unwrap();
                if !assert_stopped(&problem, &outcome, best) {
                    break;
                }
                stopped += 1;
            }
        }
    }
    assert!(stopped > 300, "{stopped} runs were stopped only");
}

#[test]
fn threads_and_used_workspaces_change_nothing() {
    let shape = Shape { units: (5000, 6000), posts: (60, 90), degree: (3, 12), seats: (20, 120), ..Shape::SMALL };
    let mut workspace = Workspace::new();
    for seed in 0..2 {
        let problem = Nested::draw(&Shape { weights: (1, 5000), ..shape }, 100, &mut Random::new(seed)).problem();
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
