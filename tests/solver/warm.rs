//! A start changes what a solve costs, never what it proves.

use talent_match::control::Control;
use talent_match::graph::{Problem, Solution};
use talent_match::index::{PostId, UnitId};
use talent_match::solve::{Outcome, Seated, Start, Workspace, solve, solve_from};

use crate::agreement::{assert_proven, proven_value};
use crate::support::instances::{Plain, Shape};
use crate::support::min_cost_flow::best_value;
use crate::support::nested::Nested;
use crate::support::random::Random;

fn optimum(outcome: Outcome) -> Solution {
    let Outcome::Optimal(solution) = outcome else { panic!("no limit was set, so the outcome is an optimum") };
    solution
}

fn from(problem: &Problem, start: &Start) -> Solution {
    optimum(solve_from(problem, start, &mut Workspace::new(), &Control::new()).unwrap())
}

/// One unit, one post or some weights are no longer what they were.
fn change(plain: &mut Plain, random: &mut Random) {
    let mut below = |count: usize| random.bits() as usize % count;
    let (unit, post) = (below(plain.rows.len()), below(plain.seats.len()));
    match random.within(0, 4) {
        0 => plain.seats[post] = plain.seats[post].saturating_sub(1),
        1 => plain.seats[post] += 1,
        2 => plain.headcounts[unit] = random.within(0, 3) as u32,
        3 => plain.rows[unit].clear(),
        _ => plain.rows[unit].iter_mut().for_each(|(_, weight)| *weight = (*weight).saturating_add(7).min(1 << 29)),
    }
}

#[test]
fn after_changes_of_every_kind_the_objective_is_the_cold_one() {
    for (name, shape) in Shape::small_families() {
        let shape = Shape { units: (20, 120), posts: (3, 15), degree: (1, 12), ..shape };
        for seed in 0..40 {
            let random = &mut Random::new(seed);
            let mut plain = shape.draw(random);
            let before = plain.problem();
            let start = Start::of(&before, &optimum(solve(&before, &Control::new()).unwrap()));
            for _ in 0..random.within(0, 12) {
                change(&mut plain, random);
            }
            let after = plain.problem();
            assert_eq!(assert_proven(&after, &from(&after, &start)), proven_value(&after), "{name} {seed}");
        }
    }
}

#[test]
fn nonsense_to_start_from_does_no_harm() {
    for (name, shape) in Shape::small_families() {
        let shape = Shape { units: (1, 60), posts: (1, 12), degree: (0, 12), ..shape };
        for seed in 0..40 {
            let random = &mut Random::new(seed);
            let problem = shape.draw(random).problem();
            let extremes = [i64::MIN, -1, 0, 1, 50, 1 << 30, 1 << 54, i64::MAX];
            let prices = (0..random.within(0, 20)).map(|_| extremes[random.within(0, 7) as usize]).collect();
            let mut number = |below: i64| random.within(0, below) as u32;
            let seated = (0..40).map(|_| Seated {
                unit: UnitId::new(number(70)),
                post: PostId::new(number(14)),
                count: [0, 1, 2, u32::MAX][number(3) as usize],
            });
            let start = Start::new(prices, seated.collect());
            assert_eq!(assert_proven(&problem, &from(&problem, &start)), proven_value(&problem), "{name} {seed}");
        }
    }
}

#[test]
fn an_optimum_to_start_from_is_kept() {
    for (name, shape) in Shape::small_families() {
        let shape = Shape { units: (20, 120), posts: (3, 15), degree: (1, 12), ..shape };
        let problem = shape.draw(&mut Random::new(3)).problem();
        let solution = optimum(solve(&problem, &Control::new()).unwrap());
        assert_eq!(from(&problem, &Start::of(&problem, &solution)).matching, solution.matching, "{name}");
    }
}

#[test]
fn quotas_are_gone_on_from_too() {
    let mut kept = 0;
    for (name, shape) in Shape::small_families() {
        let shape = Shape { units: (20, 60), posts: (3, 12), degree: (1, 8), ..shape };
        for seed in 0..40 {
            let random = &mut Random::new(seed);
            let mut nested = Nested::draw(&shape, 8, random);
            let before = nested.problem();
            let known = optimum(solve(&before, &Control::new()).unwrap());
            let start = Start::of(&before, &known);
            kept += u32::from(from(&before, &start).matching == known.matching);
            for _ in 0..random.within(1, 6) {
                change(&mut nested.plain, random);
                for max in nested.demand.maxima.iter_mut().chain(&mut nested.supply.maxima) {
                    *max = max.saturating_add_signed(random.within(-1, 1) as i32);
                }
            }
            let after = nested.problem();
            assert_eq!(assert_proven(&after, &from(&after, &start)), best_value(&nested), "{name} {seed}");
            // Prices of quotas, but other ones.
            let other = Nested::draw(&shape, 8, random).problem();
            let known = optimum(solve(&other, &Control::new()).unwrap());
            let strange = from(&after, &Start::of(&other, &known));
            assert_eq!(assert_proven(&after, &strange), best_value(&nested), "{name} {seed}");
        }
    }
    assert!(kept > 300, "{kept} optima were kept");
}
