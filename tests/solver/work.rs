//! How much work a solve is, in pairs visited: a measure that no machine changes.

use std::sync::atomic::{AtomicU64, Ordering};

use talent_match::control::{Control, Observer, Progress, Threads};
use talent_match::generate::instance::{Family, Pressure, Size, instance, with_quotas};
use talent_match::graph::{Coupling, Problem, QuotaForest, SeatRange, Solution, Span};
use talent_match::index::{PairId, QuotaId, UnitId};
use talent_match::solve::{Outcome, Searched, Start, Workspace, search, solve, solve_from};

use crate::agreement::assert_proven;

/// The work of a run so far.
#[derive(Default)]
struct Work(AtomicU64);

impl Observer for Work {
    fn observe(&self, progress: Progress) {
        self.0.store(progress.work, Ordering::Relaxed);
    }
}

/// What `run` finds, and the work it was in passes over all pairs of `problem`.
fn measured<T>(problem: &Problem, run: impl FnOnce(&Control<'_>) -> T) -> (T, u64) {
    let work = Work::default();
    let found = run(&Control::new().with_threads(Threads::from_count(1)).with_observer(&work));
    (found, work.0.into_inner() / problem.graph().pairs() as u64)
}

/// The best placement of `problem`, and its work.
fn solved(problem: &Problem) -> (Solution, u64) {
    measured(problem, |control| {
        let Ok(Outcome::Optimal(solution)) = solve(problem, control) else { panic!("no limit was set") };
        solution
    })
}

#[test]
fn quotas_that_bind_many_are_a_few_dozen_passes() {
    // Where places differ little from one to the next, prices move far.
    let limits = [
        (Family::City, 55),
        (Family::Uniform, 55),
        (Family::LowRange, 42),
        (Family::Scarce, 85),
        (Family::Near, 350),
        (Family::Euclid, 290),
        (Family::OneToOne, 185),
    ];
    for (family, most) in limits {
        let posts = if family == Family::OneToOne { 4_000 } else { 200 };
        let plain = instance(family, Size { units: 4_000, posts, degree: 20 }, 1).unwrap();
        let (best, passes) = solved(&plain);
        for pressure in [Pressure::Usual, Pressure::Tight] {
            let problem = with_quotas(plain.clone(), &best.matching, pressure, 1).unwrap();
            let (_, with) = solved(&problem);
            assert!(with <= most, "{} {}: {with} passes, {passes} without", family.name(), pressure.name());
        }
    }
}

#[test]
fn a_sample_finds_what_quotas_of_a_large_market_cost() {
    // From 32,768 people on, a part of them bids first; threads and the certificate know nothing of it.
    let limits = [(Family::City, 48), (Family::Uniform, 55), (Family::TieScarce, 28)];
    for (family, most) in limits {
        let plain = instance(family, Size { units: 34_000, posts: 1_700, degree: 12 }, 1).unwrap();
        let (best, _) = solved(&plain);
        let problem = with_quotas(plain, &best.matching, Pressure::Usual, 1).unwrap();
        let (found, passes) = solved(&problem);
        assert!(passes <= most, "{}: {passes} passes", family.name());
        assert_proven(&problem, &found);
        let again = solve(&problem, &Control::new().with_threads(Threads::from_count(3)));
        let Ok(Outcome::Optimal(again)) = again else { panic!("no limit was set") };
        assert_eq!(again, found);
    }
}

#[test]
fn people_whom_only_a_minimum_pays_for_stay_where_they_were() {
    // Nobody is worth placing, but a minimum asks for half of them.
    let plain = instance(Family::Uniform, Size { units: 2_000, posts: 100, degree: 10 }, 1).unwrap();
    let weights = plain.weights().iter().map(|weight| -1 - weight.abs()).collect();
    let (graph, heads, seats) = (plain.graph().clone(), plain.headcounts().to_vec(), plain.seats().to_vec());
    let half = SeatRange::between(1_000, 2_000).unwrap();
    let everybody = QuotaForest::new(vec![None], vec![half], vec![Some(QuotaId::new(0)); 2_000]).unwrap();
    let problem = Problem::new(graph, weights, heads, seats).unwrap().with_supply_quotas(everybody).unwrap();
    let (best, cold) = solved(&problem);
    assert_eq!(best.matching.placed(), 1_000);
    let start = Start::of(&problem, &best);
    let (again, warm) = measured(&problem, |control| solve_from(&problem, &start, &mut Workspace::new(), control));
    let Ok(Outcome::Optimal(again)) = again else { panic!("no limit was set") };
    assert_eq!(problem.value(&again.matching), problem.value(&best.matching));
    assert!(cold > 20 && warm <= 6, "{cold} passes, then {warm}");
}

#[test]
fn a_search_where_all_are_worth_the_same_is_some_dozen_passes() {
    // As many people as can be of each of two groups, which overlap with what posts may hold of a third.
    let plain = instance(Family::City, Size { units: 2_000, posts: 100, degree: 20 }, 1).unwrap();
    let (graph, heads, seats) = (plain.graph().clone(), plain.headcounts().to_vec(), plain.seats().to_vec());
    let weights = vec![0; graph.pairs()];
    let group = |unit: usize| QuotaId::new((unit % 2) as u32);
    let all = SeatRange::between(1_000, 1_000).unwrap();
    let groups = QuotaForest::new(vec![None; 2], vec![all; 2], (0..2_000).map(|unit| Some(group(unit))).collect());
    let groups = groups.unwrap().with_penalties(vec![Some(1); 2]).unwrap();
    let third = |post: usize| -> Vec<PairId> {
        let units = UnitId::all(2_000).filter(|unit| unit.index() % 3 == 0);
        let pairs = units.flat_map(|unit| graph.row(unit)).map(|pair| PairId::new(pair as u32));
        pairs.filter(|pair| graph.post_of(*pair).index() % 10 == post).collect()
    };
    let couplings = (0..10).map(|post| Coupling::new(third(post), Span::new(20, 40))).collect();
    let problem = Problem::new(graph.clone(), weights, heads, seats).unwrap();
    let problem = problem.with_supply_quotas(groups).unwrap().with_couplings(couplings).unwrap();
    let (found, passes) = measured(&problem, |control| search(&problem, control));
    assert!(matches!(found, Ok(Searched::Optimal { .. })));
    assert!(passes <= 60, "{passes} passes");
}
