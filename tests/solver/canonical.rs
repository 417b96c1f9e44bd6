//! The canonical answer is the first of all optima, with the lowest prices, whichever optimum it is found from.

use std::time::Instant;

use talent_match::certificate::{Claim, verify};
use talent_match::control::{CancelToken, Control, Limits, Stop, Threads};
use talent_match::generate::instance::{Family, Size, instance};
use talent_match::graph::{Matching, Placement, Prices, Problem, QuotaForest, Solution};
use talent_match::index::{PairId, PostId, UnitId};
use talent_match::solve::{Outcome, Seated, Start, Workspace, canonical, lowest_prices, solve, solve_from};

use crate::agreement::assert_proven;
use crate::support::first_optimum::{Counts, first_optimum};
use crate::support::instances::{Plain, Shape};
use crate::support::nested::{Forest, Nested};
use crate::support::random::Random;

fn optimum(problem: &Problem) -> Solution {
    feasible_optimum(problem).expect("nobody is asked for")
}

/// None if no matching is feasible.
fn feasible_optimum(problem: &Problem) -> Option<Solution> {
    match solve(problem, &Control::new()) {
        Ok(Outcome::Optimal(solution)) => Some(solution),
        Ok(Outcome::Infeasible(_)) => None,
        other => panic!("no limit was set: {other:?}"),
    }
}

fn first(problem: &Problem, solution: &Solution) -> Solution {
    canonical(problem, solution, &Control::new()).expect("no limit was set")
}

/// Small enough to list all matchings of.
fn tiny_families() -> Vec<(&'static str, Shape)> {
    let tiny = |(name, shape): (&'static str, Shape)| {
        let cohorts = shape.headcount.1 > 1;
        let most = if cohorts { (2, 3) } else { (5, 4) };
        let within = |(low, high): (i64, i64), most: i64| (low.min(most), high.min(most));
        let (units, posts) = (within(shape.units, most.0 + i64::from(cohorts)), within(shape.posts, most.1));
        (name, Shape { units, posts, headcount: within(shape.headcount, 3), ..shape })
    };
    Shape::small_families().into_iter().map(tiny).collect()
}

/// Forests of no more than `most` nodes, in every second case with minimums and penalties; of none, the plain problem.
fn draw(shape: &Shape, most: i64, seed: u64) -> Nested {
    let mut random = Random::new(seed);
    if most > 0 {
        let nested = Nested::draw(shape, most, &mut random);
        return if seed % 4 < 2 { nested } else { nested.with_ranges(&mut random) };
    }
    Nested { plain: shape.draw(&mut random), ..Nested::default() }
}

fn problem_of(nested: &Nested) -> Problem {
    let quotas = [&nested.demand, &nested.supply].into_iter().any(|forest| *forest != Forest::default());
    if quotas { nested.problem() } else { nested.plain.problem() }
}

fn matching_of(problem: &Problem, counts: &Counts) -> Matching {
    let counts = counts.iter().flatten().zip(0..);
    let matching = Matching::new(counts.map(|(&count, pair)| Placement { pair: PairId::new(pair), count }).collect());
    assert!(matching.placements().iter().all(|placement| placement.pair.index() < problem.graph().pairs()));
    matching
}

#[test]
fn it_is_the_first_of_all_optima_listed() {
    let mut moved = 0;
    for (name, shape) in tiny_families() {
        for seed in 0..1600 {
            let nested = draw(&shape, [0, 4][seed as usize % 2], seed);
            let problem = problem_of(&nested);
            let listed = first_optimum(&nested);
            let found = feasible_optimum(&problem);
            assert_eq!(found.is_some(), listed.is_some(), "{name} {seed}: {nested:?}");
            let (Some((value, counts)), Some(solution)) = (listed, found) else { continue };
            let found = first(&problem, &solution);
            assert_eq!(assert_proven(&problem, &found), value, "{name} {seed}");
            assert_eq!(found.matching, matching_of(&problem, &counts), "{name} {seed}: {nested:?}");
            assert_eq!(first(&problem, &found), found, "{name} {seed}: the canonical answer of itself");
            moved += u32::from(found.matching != solution.matching);
            if let Some(matching) = other_matching(&nested, &mut Random::new(seed)) {
                let other = Solution { matching, ..solution };
                assert_eq!(first(&problem, &other), found, "{name} {seed}: {nested:?}");
                moved += u32::from(found.matching != other.matching);
            }
        }
    }
    assert!(moved > 350, "only {moved} optima were not the first already");
}

/// Other prices of `least` or more that prove the same: random steps, kept while the proof stands.
fn other_prices(problem: &Problem, solution: &Solution, least: i64, random: &mut Random) -> Solution {
    let mut other = solution.clone();
    let prices = &solution.prices;
    let lengths = [prices.posts(), prices.demand(), prices.supply()].map(<[i64]>::len);
    for _ in 0..60 {
        let mut parts = [other.prices.posts(), other.prices.demand(), other.prices.supply()].map(<[i64]>::to_vec);
        for _ in 0..random.within(1, 3) {
            let part = random.within(0, 2) as usize;
            if lengths[part] > 0 {
                let at = random.bits() as usize % lengths[part];
                parts[part][at] += [1, -1, 7, -7, 1 << 40][random.within(0, 4) as usize];
            }
        }
        let lowest = parts.iter().flatten().copied().min().unwrap_or(0);
        let [posts, demand, supply] = parts;
        let next = Solution { prices: Prices::new(posts).with_quotas(demand, supply), ..other.clone() };
        if lowest >= least && verify(problem, &next, Claim::Optimal, &Control::new()).is_optimal() {
            other = next;
        }
    }
    other
}

/// Another optimum, mostly: the one that small random differences between pairs prefer.
fn other_matching(nested: &Nested, random: &mut Random) -> Option<Matching> {
    const FINER: i32 = 1 << 12;
    let mut perturbed = nested.clone();
    for (_, weight) in perturbed.plain.rows.iter_mut().flatten() {
        // Fewer than a hundred people gain below 32 each: less than one step of the old weights.
        *weight = weight.checked_mul(FINER)?.checked_add(random.within(0, 31) as i32)?;
    }
    for forest in [&mut perturbed.demand, &mut perturbed.supply] {
        let sum: i64 = forest.penalties.iter().flatten().sum();
        if sum > 1 << 40 {
            return None;
        }
        forest.penalties.iter_mut().flatten().for_each(|penalty| *penalty *= i64::from(FINER));
    }
    perturbed.plain.bonus = perturbed.plain.bonus.checked_mul(i64::from(FINER)).filter(|bonus| *bonus <= 1 << 53)?;
    let fits = perturbed.plain.rows.iter().flatten().all(|&(_, weight)| weight.unsigned_abs() <= 1 << 30);
    fits.then(|| optimum(&problem_of(&perturbed)).matching)
}

#[test]
fn it_is_the_same_from_any_optimum_and_any_prices_that_prove_it() {
    let (mut matchings, mut prices) = (0, 0);
    for (name, shape) in Shape::small_families() {
        let shape = Shape { units: (3, 14), posts: (2, 7), degree: (1, 6), ..shape };
        for seed in 0..160 {
            let nested = draw(&shape, [0, 5][seed as usize % 2], seed);
            let (problem, random) = (problem_of(&nested), &mut Random::new(seed + 1));
            let Some(solution) = feasible_optimum(&problem) else { continue };
            let expected = first(&problem, &solution);
            assert_proven(&problem, &expected);
            for _ in 0..4 {
                let mut other = solution.clone();
                if let Some(matching) = other_matching(&nested, random) {
                    matchings += u32::from(matching != solution.matching);
                    other.matching = matching;
                }
                let other = other_prices(&problem, &other, i64::MIN, random);
                prices += u32::from(other.prices != solution.prices);
                assert_proven(&problem, &other);
                assert_eq!(first(&problem, &other), expected, "{name} {seed}: {nested:?}\n{other:?}");
            }
            let lowest = Solution { prices: lowest_prices(&problem, &solution), ..solution };
            assert_eq!(first(&problem, &lowest), expected, "{name} {seed}: from the lowest prices");
            assert_eq!(lowest.prices, expected.prices, "{name} {seed}");
        }
    }
    assert!(matchings > 600 && prices > 1500, "{matchings} other matchings, {prices} other prices only");
}

/// The multipliers from the root to each node and post added up.
fn levels(problem: &Problem, prices: &Prices) -> [Vec<i64>; 3] {
    let climb = |quotas: &QuotaForest, own: &[i64]| {
        let mut levels: Vec<i64> = own.to_vec();
        for node in 0..quotas.len() {
            levels[node] += quotas.parents()[node].map_or(0, |parent| levels[parent.index()]);
        }
        levels
    };
    let demand = climb(problem.demand_quotas(), prices.demand());
    let above = |post: usize| problem.demand_quotas().leaf_parent(post).map_or(0, |node| demand[node.index()]);
    let posts = prices.posts().iter().enumerate().map(|(post, price)| price + above(post)).collect();
    [posts, demand, climb(problem.supply_quotas(), prices.supply())]
}

#[test]
fn no_prices_that_prove_it_cost_less_on_the_demand_side_or_charge_more_on_the_other() {
    for (name, shape) in Shape::small_families() {
        let shape = Shape { units: (3, 9), posts: (2, 5), ..shape };
        for seed in 0..200 {
            let nested = Nested::draw(&shape, 4, &mut Random::new(seed));
            let problem = nested.problem();
            let solution = optimum(&problem);
            let [posts, demand, supply] = levels(&problem, &first(&problem, &solution).prices);
            // Where nobody may come in, any charge keeps people out.
            let open = |node: &usize| {
                let mut above = std::iter::successors(Some(*node as u32), |&node| nested.supply.parents[node as usize]);
                above.all(|node| nested.supply.maxima[node as usize] > 0)
            };
            let open: Vec<usize> = (0..supply.len()).filter(open).collect();
            for round in 0..3 {
                let other = other_prices(&problem, &solution, 0, &mut Random::new(seed + 1000 * round));
                let others = levels(&problem, &other.prices);
                assert!(posts.iter().zip(&others[0]).all(|(low, other)| low <= other), "{name} {seed}: {nested:?}");
                assert!(demand.iter().zip(&others[1]).all(|(low, other)| low <= other), "{name} {seed}: {nested:?}");
                assert!(open.iter().all(|&node| supply[node] >= others[2][node]), "{name} {seed}: {nested:?}");
            }
        }
    }
}

#[test]
fn a_warm_start_and_any_number_of_threads_give_the_same() {
    for family in Family::ALL {
        let degree = if family == Family::Dense { 150 } else { 8 };
        let posts = if matches!(family, Family::OneToOne | Family::Dense) { 150 } else { 40 };
        let size = Size { units: if posts == 150 { 150 } else { 3000 }, posts, degree };
        let problem = instance(family, size, 3).expect("the size is modest");
        let cold = optimum(&problem);
        let expected = first(&problem, &cold);
        assert_eq!(assert_proven(&problem, &expected), problem.value(&cold.matching), "{}", family.name());
        for threads in [1, 2, 8] {
            let control = Control::new().with_threads(Threads::from_count(threads));
            assert_eq!(canonical(&problem, &cold, &control).as_ref(), Ok(&expected), "{} {threads}", family.name());
        }
        let random = &mut Random::new(5);
        for _ in 0..4 {
            let prices = (0..posts).map(|_| random.within(0, 1000)).collect();
            let seated = (0..2000).map(|_| Seated {
                unit: UnitId::new(random.within(0, 2999) as u32),
                post: PostId::new(random.within(0, 39) as u32),
                count: 1,
            });
            let start = Start::new(prices, seated.collect());
            let warm = solve_from(&problem, &start, &mut Workspace::new(), &Control::new()).unwrap();
            let Outcome::Optimal(warm) = warm else { panic!("no limit was set") };
            assert_eq!(first(&problem, &warm), expected, "{}", family.name());
        }
    }
}

#[test]
fn what_is_not_proven_is_given_back() {
    let mut unproven = 0;
    for (name, shape) in Shape::small_families() {
        for seed in 0..300 {
            let (problem, random) =
                (problem_of(&draw(&shape, [0, 5][seed as usize % 2], seed)), &mut Random::new(seed));
            let pairs = problem.graph().pairs() as u32;
            let placements = (0..random.within(0, 6)).map(|_| Placement {
                pair: PairId::new(random.within(0, i64::from(pairs) + 1) as u32),
                count: [1, 1, 2, u32::MAX][random.within(0, 3) as usize],
            });
            let matching = Matching::new(placements.collect());
            let extremes = [0, 0, 0, 1, 5, -1, i64::MIN, i64::MAX];
            let odd = usize::from(seed % 11 == 0);
            let mut draw = |count: usize| -> Vec<i64> {
                (0..count + odd).map(|_| extremes[random.within(0, 7) as usize]).collect()
            };
            let prices = Prices::new(draw(problem.seats().len()))
                .with_quotas(draw(problem.demand_quotas().len()), draw(problem.supply_quotas().len()));
            let solution = Solution { matching, prices };
            let _ = lowest_prices(&problem, &solution);
            if !verify(&problem, &solution, Claim::Optimal, &Control::new()).is_optimal() {
                assert_eq!(first(&problem, &solution), solution, "{name} {seed}");
                unproven += 1;
            }
        }
    }
    assert!(unproven > 1000, "{unproven}");
}

#[test]
fn a_stop_is_told_wherever_it_comes() {
    let shape =
        Shape { units: (300, 400), posts: (10, 12), degree: (3, 8), weights: (1, 2), seats: (10, 40), ..Shape::SMALL };
    let plain: Plain = shape.draw(&mut Random::new(2));
    let problem = plain.problem();
    let solution = optimum(&problem);
    let expected = first(&problem, &solution);
    let mut stopped = 0;
    for work in (0..).map(|step| step * 97) {
        match canonical(&problem, &solution, &Control::new().with_limits(Limits::NONE.with_work(work))) {
            Ok(found) => {
                assert_eq!(found, expected);
                break;
            }
            Err(stop) => {
                assert_eq!(stop, Stop::Work);
                stopped += 1;
            }
        }
    }
    assert!(stopped > 20, "{stopped}");
    let token = CancelToken::new();
    token.cancel();
    assert_eq!(canonical(&problem, &solution, &Control::new().with_cancel(&token)), Err(Stop::Cancelled));
    let past = Limits::NONE.with_deadline(Instant::now());
    assert_eq!(canonical(&problem, &solution, &Control::new().with_limits(past)), Err(Stop::Deadline));
}
