//! Quotas on both sides: two oracles find the same optimum, every certificate verifies, and every promise is kept.

use talent_match::certificate::refute;
use talent_match::control::{Control, Limits, Threads};
use talent_match::generate::instance::{Family, Pressure, Size, instance, with_quotas};
use talent_match::graph::{Problem, QuotaForest, SeatRange, Solution};
use talent_match::index::{PostId, QuotaId};
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

/// The best placement of a problem that has one.
fn best(problem: &Problem) -> Solution {
    let Ok(Outcome::Optimal(solution)) = solve(problem, &Control::new()) else { panic!("no limit was set") };
    solution
}

#[test]
fn quotas_that_the_plain_answer_keeps_to_leave_it_as_it_is() {
    for family in Family::ALL {
        let size = Size { units: 1_000, posts: 60, degree: 10 };
        let plain = instance(family, size, 4).unwrap();
        let without = best(&plain);
        let loose = with_quotas(plain, &without.matching, Pressure::Loose, 4).unwrap();
        let with = best(&loose);
        assert_proven(&loose, &with);
        assert_eq!((&with.matching, with.prices.posts()), (&without.matching, without.prices.posts()));
        assert!(with.prices.demand().iter().chain(with.prices.supply()).all(|&price| price == 0));
        assert_eq!(with.prices.demand().len(), loose.demand_quotas().len());
    }
}

#[test]
fn quotas_of_a_city_prove_themselves_for_any_number_of_threads() {
    for family in [Family::City, Family::Scarce, Family::LowRange, Family::Near] {
        let plain = instance(family, Size { units: 2_000, posts: 100, degree: 10 }, 2).unwrap();
        let without = best(&plain);
        for pressure in Pressure::ALL {
            let problem = with_quotas(plain.clone(), &without.matching, pressure, 2).unwrap();
            let one = best(&problem);
            let (value, free) = (assert_proven(&problem, &one), plain.value(&without.matching));
            match pressure {
                Pressure::Loose => assert_eq!(value, free),
                Pressure::Tight => assert!(value < free, "{} {value}", family.name()),
                _ => assert!(value <= free, "{} {value}", family.name()),
            }
            for count in [1, 2, 3, 8] {
                let control = Control::new().with_threads(Threads::from_count(count));
                let outcome = solve(&problem, &control).unwrap();
                assert_eq!(outcome.solution(), Some(&one), "{} {count}", pressure.name());
            }
        }
    }
}

/// A city of many, whose post 7 lies below two nodes of `ranges`, the outer one with posts 8 and 9; at penalties.
fn with_few(ranges: [(u32, u32); 2], penalty: Option<i64>) -> Problem {
    let city = instance(Family::City, Size { units: 6_000, posts: 300, degree: 12 }, 3).unwrap();
    let ranges = ranges.map(|(min, max)| SeatRange::between(min, max).unwrap());
    let leaf = |post: usize| match post {
        7 => Some(QuotaId::new(1)),
        8 | 9 => Some(QuotaId::new(0)),
        _ => None,
    };
    let parents = vec![None, Some(QuotaId::new(0))];
    let forest = QuotaForest::new(parents, ranges.to_vec(), (0..300).map(leaf).collect()).unwrap();
    city.with_demand_quotas(forest.with_penalties(vec![penalty; 2]).unwrap()).unwrap()
}

#[test]
fn a_few_people_too_many_or_too_few_are_moved_from_the_plain_answer() {
    let free = with_few([(0, 1_000), (0, 1_000)], None);
    let plain = best(&free);
    let load = |post: u32| {
        let here = plain.matching.placements().iter();
        let here = here.filter(|placement| free.graph().post_of(placement.pair) == PostId::new(post));
        here.map(|placement| placement.count).sum::<u32>()
    };
    let [inner, outer] = [load(7), load(7) + load(8) + load(9)];
    assert!(inner > 5 && outer > inner);
    let most = proven_value(&free);
    // At most 12 of 6000 are out of place: the way from the plain answer.
    for penalty in [None, Some(1), Some(400), Some(1 << 40)] {
        for ranges in [
            [(0, 1_000), (0, inner - 3)],
            [(0, outer - 4), (0, 1_000)],
            [(0, outer - 4), (0, inner - 3)],
            [(outer - 1, outer - 1), (inner - 2, inner - 2)],
            [(outer - 1, 1_000), (0, inner - 5)],
        ] {
            let value = proven_value(&with_few(ranges, penalty));
            assert!(value < most, "{ranges:?}");
            if let Some(penalty) = penalty {
                assert!(value >= most - i128::from(penalty) * 12, "{ranges:?}");
            }
        }
    }
}

#[test]
fn a_minimum_that_nobody_can_meet_is_refuted_from_the_plain_answer() {
    let free = with_few([(0, 1_000), (0, 1_000)], None);
    let seats = free.seats()[7].max();
    let load = best(&free).matching.placements().iter().filter(|p| free.graph().post_of(p.pair).index() == 7).count();
    assert!(seats as usize - load < 10, "few enough are missing");
    let problem = with_few([(0, 1_000), (seats + 1, 1_000)], None);
    let Ok(Outcome::Infeasible(witness)) = solve(&problem, &Control::new()) else { panic!("it has seats for fewer") };
    assert!(refute(&problem, &witness, &Control::new()).holds());
}

#[test]
fn work_limits_on_the_way_from_the_plain_answer_leave_a_true_bound() {
    let free = with_few([(0, 1_000), (0, 1_000)], None);
    let load = best(&free).matching.placements().iter().filter(|p| free.graph().post_of(p.pair).index() == 7).count();
    let problem = with_few([(0, 1_000), (0, load as u32 - 4)], None);
    let value = proven_value(&problem);
    let mut stopped = 0;
    for work in (0..).map(|step| step * 20_000) {
        let control = Control::new().with_limits(Limits::NONE.with_work(work));
        let outcome = solve_with(&problem, &mut Workspace::new(), &control).unwrap();
        if !assert_stopped(&problem, &outcome, value) {
            break;
        }
        stopped += 1;
    }
    assert!(stopped > 10, "{stopped}");
}
