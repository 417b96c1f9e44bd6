//! Of all optima, one that leaves as many people as possible where they were: against listing them all.

use talent_match::certificate::{Claim, verify, verify_searched};
use talent_match::control::{Control, Limits, Stop, Threads};
use talent_match::generate::instance::{Family, Size, instance};
use talent_match::graph::{Matching, Placement, Problem, Solution};
use talent_match::index::{PairId, UnitId};
use talent_match::solve::{Outcome, Searched, nearest, search, settle, settle_near, solve};

use crate::branch::draw;
use crate::support::instances::Shape;
use crate::support::listing::best_listed_of;
use crate::support::nested::Nested;
use crate::support::random::Random;

fn optimum(problem: &Problem) -> Option<Solution> {
    match solve(problem, &Control::new()) {
        Ok(Outcome::Optimal(solution)) => Some(solution),
        Ok(Outcome::Infeasible(_)) => None,
        other => panic!("no limit was set: {other:?}"),
    }
}

fn near(problem: &Problem, solution: &Solution, earlier: &Matching) -> Solution {
    nearest(problem, solution, earlier, &Control::new()).expect("no limit was set")
}

/// People placed by the same pair in both.
fn kept(matching: &Matching, earlier: &Matching) -> i64 {
    earlier.placements().iter().map(|placed| matching.count(placed.pair).min(placed.count.into())).sum()
}

/// Within headcounts, and within nothing else.
fn any_matching(problem: &Problem, random: &mut Random) -> Matching {
    let graph = problem.graph();
    let mut placements = Vec::new();
    for unit in UnitId::all(graph.units()) {
        let mut left = i64::from(problem.headcount(unit));
        for pair in graph.row(unit) {
            let count = random.within(0, left);
            left -= count;
            placements.push(Placement { pair: PairId::new(pair as u32), count: count as u32 });
        }
    }
    Matching::new(placements)
}

fn tiny(shape: &Shape) -> Shape {
    let within = |(low, high): (i64, i64), most: i64| (low.min(most), high.min(most));
    let most = if shape.headcount.1 > 1 { (3, 3) } else { (5, 4) };
    let (units, posts) = (within(shape.units, most.0), within(shape.posts, most.1));
    Shape { units, posts, headcount: within(shape.headcount, 3), ..*shape }
}

#[test]
fn nobody_more_could_stay_in_any_optimum() {
    let (mut nearer, mut all) = (0, 0);
    for (name, shape) in Shape::small_families() {
        for seed in 0..1000 {
            let mut random = Random::new(seed);
            let nested = Nested::draw(&tiny(&shape), [0, 4][seed as usize % 2], &mut random);
            let nested = if seed % 4 < 2 { nested } else { nested.with_ranges(&mut random) };
            let problem = nested.problem();
            let Some(solution) = optimum(&problem) else { continue };
            let value = problem.value(&solution.matching);
            let earlier = any_matching(&problem, &mut random);
            let found = near(&problem, &solution, &earlier);
            assert!(
                verify(&problem, &found, Claim::Optimal, &Control::new()).is_optimal(),
                "{name} {seed}: {nested:?}"
            );
            assert_eq!(found.prices, solution.prices);
            let stay = kept(&found.matching, &earlier);
            let more = best_listed_of(&problem, &|matching| kept(matching, &earlier) > stay);
            assert!(
                more.is_none_or(|more| more < value),
                "{name} {seed}: {stay} stay, more could: {nested:?} {earlier:?}"
            );
            assert_eq!(near(&problem, &found, &earlier), found, "{name} {seed}");
            nearer += u32::from(stay > kept(&solution.matching, &earlier));
            all += 1;
        }
    }
    assert!(nearer > 60, "{nearer} of {all}");
}

#[test]
fn whoever_is_best_already_does_not_move() {
    for family in [Family::City, Family::LowRange, Family::OneToOne, Family::Scarce] {
        let problem = instance(family, Size { units: 2_000, posts: 100, degree: 20 }, 3).expect("it is small");
        let solution = optimum(&problem).expect("nobody is asked for");
        let empty = near(&problem, &solution, &Matching::empty());
        assert_eq!(empty, solution);
        let mut random = Random::new(5);
        let away = near(&problem, &solution, &any_matching(&problem, &mut random));
        let back = near(&problem, &away, &solution.matching);
        assert_eq!(back, solution, "{family:?}");
        for threads in [2, 3] {
            let control = Control::new().with_threads(Threads::from_count(threads));
            let same = nearest(&problem, &away, &solution.matching, &control).expect("no limit was set");
            assert_eq!(same, back);
        }
    }
}

#[test]
fn what_a_search_decided_stays_and_all_else_is_as_near_as_it_can_be() {
    let mut nearer = 0;
    for (name, shape) in Shape::small_families() {
        for seed in 0..300 {
            let problem = draw(&shape, seed);
            let Ok(Searched::Optimal { matching, cases }) = search(&problem, &Control::new()) else { continue };
            let settled = settle(&problem, &matching, &cases, &Control::new()).expect("no limit was set");
            let earlier = any_matching(&problem, &mut Random::new(seed));
            let found = settle_near(&problem, &matching, &cases, &earlier, &Control::new()).expect("no limit was set");
            let proof = verify_searched(&problem, &found, &cases, Claim::Optimal, &Control::new());
            assert!(proof.is_optimal(), "{name} {seed}");
            assert_eq!(problem.decided_by(&found.matching), problem.decided_by(&matching), "{name} {seed}");
            let (stay, before) = (kept(&found.matching, &earlier), kept(&settled.matching, &earlier));
            assert!(stay >= before, "{name} {seed}");
            nearer += u32::from(stay > before);
        }
    }
    assert!(nearer > 20, "{nearer}");
}

#[test]
fn it_stops_when_it_is_told_to() {
    let problem = instance(Family::LowRange, Size { units: 2_000, posts: 100, degree: 20 }, 3).expect("it is small");
    let solution = optimum(&problem).expect("nobody is asked for");
    let earlier = any_matching(&problem, &mut Random::new(5));
    let control = Control::new().with_limits(Limits::NONE.with_work(10));
    assert_eq!(nearest(&problem, &solution, &earlier, &control), Err(Stop::Work));
}
