//! Openings and couplings: the search finds what listing everything finds, and its cases prove it.

use talent_match::certificate::{Claim, Condition, verify, verify_cases, verify_searched};
use talent_match::control::{Control, Limits, Threads};
use talent_match::generate::instance::{Family, Size, instance, with_classes};
use talent_match::graph::{
    BipartiteGraph, Case, Cases, Coupling, Load, MAX_COUPLING_PENALTIES, Matching, Multipliers, Part, Prices, Problem,
    QuotaForest, SeatRange, Solution, Span,
};
use talent_match::index::{PairId, PostId};
use talent_match::solve::{Searched, search, settle};

use crate::support::instances::Shape;
use crate::support::listing::best_listed;
use crate::support::nested::Nested;
use crate::support::random::Random;

/// The value of the best matching, verified, or nothing if it is proven that none is feasible.
pub(super) fn proven(problem: &Problem) -> Option<i128> {
    match search(problem, &Control::new()).unwrap() {
        Searched::Optimal { matching, cases } => {
            let value = feasible_value(problem, &matching);
            let proof = verify_cases(problem, &cases, &Control::new());
            assert_eq!((proof.fault(), proof.bound()), (None, Some(value)), "{problem:?}\n{matching:?}\n{cases:?}");
            let settled = settle(problem, &matching, &cases, &Control::new()).unwrap();
            assert_eq!(problem.value(&settled.matching), value);
            let proof = verify_searched(problem, &settled, &cases, Claim::Optimal, &Control::new());
            assert!(proof.is_optimal(), "{:?}\n{problem:?}\n{settled:?}", proof.faults().collect::<Vec<_>>());
            Some(value)
        }
        Searched::Infeasible(cases) => {
            let proof = verify_cases(problem, &cases, &Control::new());
            assert_eq!((proof.fault(), proof.bound()), (None, None), "{problem:?}\n{cases:?}");
            None
        }
        stopped => panic!("no limit was set: {stopped:?}"),
    }
}

/// What a matching is worth that breaks nothing.
fn feasible_value(problem: &Problem, matching: &Matching) -> i128 {
    let zeros = |len: usize| vec![0; len];
    let (demand, supply) = (problem.demand_quotas().len(), problem.supply_quotas().len());
    let prices = Prices::new(zeros(problem.seats().len())).with_quotas(zeros(demand), zeros(supply));
    let solution = Solution { matching: matching.clone(), prices };
    let proof = verify(problem, &solution, Claim::Within(i128::MAX), &Control::new());
    assert!(proof.is_sound(), "{:?}\n{problem:?}\n{matching:?}", proof.faults().collect::<Vec<_>>());
    assert_eq!(proof.value(), problem.value(matching));
    proof.value()
}

/// Some ranges with a minimum become ones that open or not.
fn opened(problem: &Problem, random: &mut Random) -> Problem {
    let mut open = |range: SeatRange, soft: bool| {
        let max = range.max();
        match random.within(0, 2) {
            0 if max > 1 && !soft => {
                SeatRange::between(random.within(1, i64::from(max)) as u32, max).unwrap().or_closed()
            }
            _ => range,
        }
    };
    let seats = problem.seats().iter().map(|&range| open(range, false)).collect();
    let mut forest = |forest: &QuotaForest| {
        let ranges = forest
            .ranges()
            .iter()
            .zip(0..)
            .map(|(&range, node)| open(range, forest.penalty(talent_match::index::QuotaId::new(node)).is_some()));
        let penalties = (0..forest.len() as u32).map(|node| forest.penalty(talent_match::index::QuotaId::new(node)));
        let (ranges, penalties) = (ranges.collect(), penalties.collect());
        let made = QuotaForest::new(forest.parents().to_vec(), ranges, forest.leaves().to_vec()).unwrap();
        made.with_penalties(penalties).unwrap()
    };
    let (demand, supply) = (forest(problem.demand_quotas()), forest(problem.supply_quotas()));
    let (weights, heads) = (problem.weights().to_vec(), problem.headcounts().to_vec());
    let made = Problem::new(problem.graph().clone(), weights, heads, seats).unwrap();
    let made = made.with_placement_bonus(problem.placement_bonus()).unwrap();
    made.with_demand_quotas(demand).unwrap().with_supply_quotas(supply).unwrap()
}

/// Couplings of every kind over the pairs of `problem`.
fn coupled(problem: Problem, random: &mut Random) -> Problem {
    let pairs = i64::from(problem.graph().pairs() as u32);
    if pairs == 0 {
        return problem;
    }
    let mut couplings = Vec::new();
    for _ in 0..random.within(0, 3) {
        let mut drawn: Vec<PairId> =
            (0..random.within(1, 5)).map(|_| PairId::new(random.within(0, pairs - 1) as u32)).collect();
        drawn.sort_unstable();
        drawn.dedup();
        let against = if random.within(0, 2) == 0 { drawn.split_off(drawn.len() / 2) } else { Vec::new() };
        let lowest = if against.is_empty() { 0 } else { -1 };
        let min = random.within(lowest, 2);
        let span = Span::new(min, min + random.within(0, 2));
        let coupling = match random.within(0, 3) {
            0 if min > 0 => Coupling::new(drawn, span.or_closed()),
            1 => Coupling::new(drawn, span).with_penalty(random.within(1, 9)),
            _ => Coupling::new(drawn, span),
        };
        couplings.push(coupling.against(against));
    }
    // A cohort that goes together.
    let unit = problem.graph().unit_of(PairId::new(random.within(0, pairs - 1) as u32));
    let heads = i64::from(problem.headcount(unit));
    if heads > 1 && random.within(0, 1) == 0 {
        let whole = Span::new(heads, heads).or_closed();
        couplings.extend(problem.graph().row(unit).map(|pair| Coupling::new(vec![PairId::new(pair as u32)], whole)));
    }
    problem.with_couplings(couplings).unwrap()
}

pub(crate) fn draw(shape: &Shape, seed: u64) -> Problem {
    let random = &mut Random::new(seed);
    let nested = Nested::draw(shape, 4, random);
    let nested = if seed.is_multiple_of(3) { nested.with_ranges(random) } else { nested };
    let problem = nested.problem();
    let problem = if seed.is_multiple_of(2) { opened(&problem, random) } else { problem };
    if seed % 4 < 3 { coupled(problem, random) } else { opened(&problem, random) }
}

#[test]
fn small_problems_of_every_family_reach_the_best_of_all_listed() {
    let (mut feasible, mut infeasible, mut leaves) = (0, 0, 0);
    for (name, shape) in Shape::small_families() {
        let shape = Shape { units: (0, shape.units.1.min(5)), posts: (0, 3), degree: (0, 3), ..shape };
        for seed in 0..2000 {
            let problem = draw(&shape, seed);
            let value = proven(&problem);
            assert_eq!(value, best_listed(&problem), "{name} {seed}: {problem:?}");
            match value {
                Some(_) => feasible += 1,
                None => infeasible += 1,
            }
            if let Searched::Optimal { cases, .. } = search(&problem, &Control::new()).unwrap() {
                leaves += u32::from(cases.cases().len() > 1);
            }
        }
    }
    assert!(feasible > 10_000 && infeasible > 3000 && leaves > 500, "{feasible} {infeasible} {leaves}");
}

/// Families small enough to be listed, and large enough to be searched.
fn branching() -> Vec<(u64, Problem)> {
    let shape = Shape { units: (4, 6), posts: (3, 4), degree: (2, 3), ..Shape::SMALL };
    let problems = (0..400).map(|seed| (seed, draw(&shape, seed)));
    let branches = |problem: &Problem| match search(problem, &Control::new()).unwrap() {
        Searched::Optimal { cases, .. } | Searched::Infeasible(cases) => cases.cases().len() > 1,
        _ => false,
    };
    problems.filter(|(_, problem)| branches(problem)).collect()
}

#[test]
fn middling_problems_prove_themselves_for_any_number_of_threads() {
    let mut branched = 0;
    for seed in 0..60 {
        let shape =
            Shape { units: (20, 40), posts: (5, 9), degree: (2, 4), seats: (2, 6), weights: (1, 30), ..Shape::SMALL };
        let problem = draw(&shape, seed);
        proven(&problem);
        let one = search(&problem, &Control::new().with_threads(Threads::from_count(1))).unwrap();
        for threads in [2, 3, 8] {
            let control = Control::new().with_threads(Threads::from_count(threads));
            assert_eq!(search(&problem, &control).unwrap(), one, "{seed} {threads}");
        }
        if let Searched::Optimal { cases, .. } = one {
            branched += u32::from(cases.cases().len() > 3);
        }
    }
    assert!(branched > 5, "{branched}");
}

#[test]
fn a_work_limit_anywhere_leaves_a_true_bound_and_a_feasible_matching_if_any_is_known() {
    let (mut placed, mut undecided, mut early) = (0, 0, 0);
    for (seed, problem) in branching() {
        let best = best_listed(&problem);
        let mut ceiling = None;
        for work in 0.. {
            let control = Control::new().with_limits(Limits::NONE.with_work(work * work / 2 + work));
            let (cases, bound) = match search(&problem, &control).unwrap() {
                Searched::Optimal { .. } | Searched::Infeasible(_) => break,
                Searched::Feasible { matching, cases, bound, .. } => {
                    assert!(Some(feasible_value(&problem, &matching)) <= best, "{seed}");
                    placed += 1;
                    (cases, bound)
                }
                Searched::Undecided { cases, bound, .. } => {
                    undecided += 1;
                    (cases, bound)
                }
            };
            // A stop in the first case keeps what that has proven so far.
            early += u32::from(cases.cases().len() == 1 && bound < *ceiling.get_or_insert(bound));
            let proof = verify_cases(&problem, &cases, &Control::new());
            assert!(
                proof.is_sound() && proof.bound() <= Some(bound) && best <= Some(bound),
                "{seed} {proof:?} {bound}"
            );
        }
    }
    assert!(placed > 20 && undecided > 100 && early > 50, "{placed} {undecided} {early}");
}

#[test]
fn a_city_with_classes_that_may_open_comes_near_and_nearer() {
    let city = instance(Family::City, Size { units: 5_000, posts: 250, degree: 20 }, 3).unwrap();
    let problem = with_classes(&city, 50).unwrap();
    let gap = |work: u64| {
        let control = Control::new().with_limits(Limits::NONE.with_work(work));
        match search(&problem, &control).unwrap() {
            Searched::Optimal { .. } => 0,
            Searched::Feasible { matching, cases, bound, .. } => {
                let proof = verify_cases(&problem, &cases, &Control::new());
                assert!(proof.is_sound() && proof.bound() == Some(bound));
                let value = feasible_value(&problem, &matching);
                assert!((bound - value) * 1_000 < value, "{bound} {value}");
                bound - value
            }
            other => panic!("{other:?}"),
        }
    };
    let (soon, later) = (gap(4_000_000), gap(40_000_000));
    assert!(0 < soon && later < soon, "{soon} {later}");
}

#[test]
fn cases_that_leave_something_out_or_prove_nothing_are_refused() {
    let (mut left_out, mut lowered) = (0, 0);
    for (seed, problem) in branching() {
        let (cases, best) = match search(&problem, &Control::new()).unwrap() {
            Searched::Optimal { cases, .. } | Searched::Infeasible(cases) => (cases, best_listed(&problem)),
            _ => panic!("no limit was set"),
        };
        for (number, case) in cases.cases().iter().enumerate() {
            let changed = |case: Case| {
                let mut all = cases.cases().to_vec();
                all[number] = case;
                verify_cases(&problem, &Cases::new(all, cases.multipliers().to_vec()), &Control::new())
            };
            match case {
                Case::Split { on, parts } => {
                    for part in 0..parts.len() {
                        let mut fewer = parts.clone();
                        fewer.remove(part);
                        assert!(!changed(Case::Split { on: *on, parts: fewer }).is_sound(), "{seed}");
                        left_out += 1;
                    }
                    let itself = parts.iter().map(|part| Part { case: number as u32, ..*part }).collect();
                    assert!(!changed(Case::Split { on: *on, parts: itself }).is_sound(), "{seed}");
                    let unknown = Load::Pair(PairId::new(u32::MAX));
                    assert!(!changed(Case::Split { on: unknown, parts: parts.clone() }).is_sound(), "{seed}");
                }
                Case::Bounded(_) => {
                    // What holds somebody is not empty, whatever is claimed.
                    let all = (0..cases.multipliers().len() as u32).map(|proof| changed(Case::Empty(proof)));
                    lowered += all.filter(|proof| !proof.is_sound() || proof.bound() < best).count();
                    assert!(!changed(Case::Bounded(u32::MAX)).is_sound(), "{seed}");
                }
                Case::Empty(_) => {}
            }
        }
        let shorter: Vec<_> = cases.multipliers().iter().map(|_| Multipliers::default()).collect();
        let shorter = Cases::new(cases.cases().to_vec(), shorter);
        assert!(!verify_cases(&problem, &shorter, &Control::new()).is_sound(), "{seed}");
    }
    assert!(left_out > 100 && lowered > 100, "{left_out} {lowered}");
}

#[test]
fn the_largest_penalties_are_proven_to_the_last_person() {
    // Nobody can reach the span of the first coupling, and one person that of the second, at what no pair is worth.
    let graph = BipartiteGraph::from_rows(1, vec![0, 1, 2], vec![PostId::new(0); 2]).unwrap();
    let problem = Problem::new(graph, vec![3, -7], vec![1; 2], vec![SeatRange::up_to(1)]).unwrap();
    let out_of_reach = Coupling::new(Vec::new(), Span::new(-5, -1)).with_penalty(MAX_COUPLING_PENALTIES / 2);
    let second = Coupling::new(vec![PairId::new(1)], Span::new(2, 4)).with_penalty(MAX_COUPLING_PENALTIES / 2);
    let coupled = problem.clone().with_couplings(vec![out_of_reach.clone(), second]).unwrap();
    assert_eq!(proven(&coupled), Some(-7 - i128::from(MAX_COUPLING_PENALTIES)));
    let beyond = out_of_reach.with_penalty(MAX_COUPLING_PENALTIES + 1);
    assert_eq!(problem.with_couplings(vec![beyond]).unwrap_err().code(), "P121");
}

#[test]
fn cases_with_the_same_multipliers_are_bounded_each_by_its_own_limits() {
    // One person, two seats worth 5 and 9: who is not at the second one earns 5, who is there 9.
    let graph = BipartiteGraph::from_rows(2, vec![0, 2], [0, 1].map(PostId::new).to_vec()).unwrap();
    let problem = Problem::new(graph, vec![5, 9], vec![1], vec![SeatRange::up_to(1); 2]).unwrap();
    let nothing = Multipliers { prices: Prices::new(vec![0, 0]), couplings: Vec::new() };
    for order in [[0, 1], [1, 0]] {
        let part = |at: usize| Part { min: order[at], max: order[at], case: at as u32 + 1 };
        let split = Case::Split { on: Load::Pair(PairId::new(1)), parts: vec![part(0), part(1)] };
        let cases = Cases::new(vec![split, Case::Bounded(0), Case::Bounded(0)], vec![nothing.clone()]);
        let proof = verify_cases(&problem, &cases, &Control::new());
        assert_eq!((proof.fault(), proof.bound()), (None, Some(9)), "{order:?}");
    }
}

#[test]
fn what_is_wrong_with_a_searched_result_fails_its_own_condition() {
    let mut tampered = [0; 4];
    for (seed, problem) in branching() {
        let Searched::Optimal { matching, cases } = search(&problem, &Control::new()).unwrap() else { continue };
        let truth = settle(&problem, &matching, &cases, &Control::new()).unwrap();
        let failed = |solution: &Solution, cases: &Cases, claim| {
            let proof = verify_searched(&problem, solution, cases, claim, &Control::new());
            proof.failed().collect::<Vec<_>>()
        };
        assert_eq!(failed(&truth, &cases, Claim::Optimal), []);
        // Nobody placed is worth less, or breaks a minimum.
        let nobody = settle(&problem, &Matching::empty(), &cases, &Control::new()).unwrap();
        let value = problem.value(&truth.matching);
        if problem.value(&nobody.matching) < value && failed(&nobody, &cases, Claim::Within(i128::MAX)).is_empty() {
            assert_eq!(failed(&nobody, &cases, Claim::Optimal), [Condition::Gap], "{seed}");
            let gap = value - problem.value(&nobody.matching);
            assert_eq!(failed(&nobody, &cases, Claim::Within(gap)), []);
            assert_eq!(failed(&nobody, &cases, Claim::Within(gap - 1)), [Condition::Gap]);
            tampered[0] += 1;
        }
        // Prices that pay for seats beyond what anybody earns there.
        let mut dear = truth.prices.posts().to_vec();
        if let Some(post) = problem.seats().iter().position(|range| range.max() > 0) {
            dear[post] += 1 << 40;
            let (demand, supply) = (truth.prices.demand().to_vec(), truth.prices.supply().to_vec());
            let prices = Prices::new(dear).with_quotas(demand, supply);
            let solution = Solution { matching: truth.matching.clone(), prices };
            let found = failed(&solution, &cases, Claim::Optimal);
            assert!(found.is_empty() || found == [Condition::Rent], "{seed}: {found:?}");
            tampered[1] += i32::from(!found.is_empty());
            assert_eq!(failed(&solution, &cases, Claim::Within(0)), []);
        }
        // A tree that leaves out a part.
        let mut left_out = cases.cases().to_vec();
        if let Some(Case::Split { parts, .. }) = left_out.first_mut() {
            parts.pop();
            let broken = Cases::new(left_out, cases.multipliers().to_vec());
            assert_eq!(failed(&truth, &broken, Claim::Optimal), [Condition::Cases], "{seed}");
            tampered[2] += 1;
        }
        // Somebody more than there are.
        if let Some(first) = truth.matching.placements().first() {
            let more = truth
                .matching
                .placements()
                .iter()
                .copied()
                .chain([talent_match::graph::Placement { count: 100, ..*first }]);
            let solution = Solution { matching: Matching::new(more.collect()), prices: truth.prices.clone() };
            assert!(failed(&solution, &cases, Claim::Optimal).contains(&Condition::Headcount), "{seed}");
            tampered[3] += 1;
        }
    }
    assert!(tampered.iter().all(|&count| count > 3), "{tampered:?}");
}
