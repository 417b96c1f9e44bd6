//! Same answer for any threads and any workspace; limits leave a feasible placement with a true bound; refusals have codes.

use std::sync::Mutex;
use std::time::Instant;

use talent_match::control::{CancelToken, Control, Limits, Observer, Phase, Progress, Stop, Threads};
use talent_match::generate::instance::{Family, Size, instance};
use talent_match::graph::{Problem, QuotaForest, SeatRange};
use talent_match::solve::{Outcome, Workspace, solve, solve_with};

use crate::agreement::{assert_proven, assert_stopped, proven_value};
use crate::support::instances::Shape;
use crate::support::random::Random;

/// Large enough for several blocks of bidders and real repairs.
fn large(seed: u64) -> Problem {
    let shape = Shape { units: (6000, 7000), posts: (60, 90), degree: (3, 12), seats: (20, 120), ..Shape::SMALL };
    Shape { weights: (1, 5000), ..shape }.draw(&mut Random::new(seed)).problem()
}

#[test]
fn any_number_of_threads_gives_the_same_answer() {
    for seed in 0..3 {
        let problem = large(seed);
        let with = |count| solve(&problem, &Control::new().with_threads(Threads::from_count(count))).unwrap();
        let one = with(1);
        for count in [0, 2, 3, 8] {
            assert_eq!(with(count), one, "{count} threads");
        }
        let pool = rayon_pool(2);
        assert_eq!(pool.install(|| solve(&problem, &Control::new()).unwrap()), one, "the caller's pool");
    }
}

#[test]
fn markets_large_enough_for_samples_are_solved_alike_by_any_number_of_threads() {
    for family in [Family::City, Family::Scarce, Family::Euclid, Family::Uniform, Family::Alike] {
        let problem = instance(family, Size { units: 33_000, posts: 1_200, degree: 12 }, 3).unwrap();
        let one = rayon_pool(1).install(|| solve(&problem, &Control::new()).unwrap());
        assert_proven(&problem, one.solution().unwrap());
        for count in [2, 3, 8] {
            let outcome = solve(&problem, &Control::new().with_threads(Threads::from_count(count))).unwrap();
            assert_eq!(outcome, one, "{}, {count} threads", family.name());
        }
    }
}

pub(crate) fn rayon_pool(threads: usize) -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
}

#[test]
fn a_used_workspace_changes_nothing() {
    let mut workspace = Workspace::new();
    for seed in 0..400 {
        let families = Shape::small_families();
        let (name, shape) = families[seed as usize % families.len()];
        let shape = if seed % 7 == 0 { Shape { units: (50, 90), posts: (5, 20), ..shape } } else { shape };
        let problem = shape.draw(&mut Random::new(seed)).problem();
        if seed % 5 == 0 {
            // A run that was stopped anywhere leaves a workspace as dirty as it gets.
            let limits = Limits::NONE.with_work(seed);
            solve_with(&problem, &mut workspace, &Control::new().with_limits(limits)).unwrap();
        }
        let used = solve_with(&problem, &mut workspace, &Control::new()).unwrap();
        assert_eq!(used, solve(&problem, &Control::new()).unwrap(), "{name} {seed}");
    }
}

#[test]
fn a_stop_where_nothing_is_worth_a_bid_finds_no_bids_of_an_earlier_run() {
    let mut workspace = Workspace::new();
    solve_with(&large(4), &mut workspace, &Control::new()).unwrap();
    // Nobody gains anything, so there is no phase of bids; looking at the rows is where the limit stops it.
    let shape = Shape { units: (90, 120), posts: (20, 30), degree: (12, 15), weights: (-9, -1), ..Shape::SMALL };
    let problem = shape.draw(&mut Random::new(4)).problem();
    let control = Control::new().with_limits(Limits::NONE.with_work(1));
    let outcome = solve_with(&problem, &mut workspace, &control).unwrap();
    assert!(assert_stopped(&problem, &outcome, 0), "{outcome:?}");
}

#[test]
fn a_work_limit_anywhere_leaves_a_feasible_placement_and_a_true_bound() {
    for (name, shape) in Shape::small_families() {
        let shape = Shape { units: (30, 60), posts: (4, 12), degree: (1, 9), ..shape };
        let problem = shape.draw(&mut Random::new(5)).problem();
        let best = proven_value(&problem);
        let mut stopped = 0;
        for work in (0..40).chain([100, 300, 1000, 3000, 10_000, 30_000]) {
            let control = Control::new().with_limits(Limits::NONE.with_work(work));
            let outcome = solve(&problem, &control).unwrap();
            assert_eq!(outcome, solve(&problem, &control).unwrap(), "{name}: the same limit, the same answer");
            stopped += usize::from(assert_stopped(&problem, &outcome, best));
        }
        assert!(stopped > 0, "{name}");
    }
}

#[test]
fn cancelling_and_deadlines_stop_a_run() {
    let problem = large(9);
    let token = CancelToken::new();
    token.cancel();
    let stopped = |control: Control<'_>| match solve(&problem, &control).unwrap() {
        Outcome::Feasible { stop, .. } => Some(stop),
        Outcome::Optimal(_) | Outcome::Infeasible(_) => None,
    };
    assert_eq!(stopped(Control::new().with_cancel(&token)), Some(Stop::Cancelled));
    let past = Limits::NONE.with_deadline(Instant::now());
    assert_eq!(stopped(Control::new().with_limits(past)), Some(Stop::Deadline));
}

#[derive(Default)]
struct Notes(Mutex<Vec<Progress>>);

impl Observer for Notes {
    fn observe(&self, progress: Progress) {
        self.0.lock().unwrap().push(progress);
    }
}

/// What is told of solving `problem` as `control` says, and the outcome.
fn told(problem: &Problem, control: Control<'_>) -> (Vec<Progress>, Outcome) {
    let notes = Notes::default();
    let outcome = solve(problem, &control.with_observer(&notes)).unwrap();
    (notes.0.into_inner().unwrap(), outcome)
}

#[test]
fn progress_is_told_phase_by_phase() {
    let (notes, _) = told(&large(1), Control::new());
    assert!(notes.iter().all(|note| note.done <= note.total));
    assert!(notes.is_sorted_by_key(|note| note.phase));
    assert_eq!(notes.first().unwrap().phase, Phase::Price);
    assert_eq!(notes.last().unwrap().phase, Phase::Place);
    assert!(notes.len() < 400);
}

#[test]
fn the_last_report_tells_the_work_that_a_limit_would_have_to_allow() {
    for problem in
        [large(1), large(1).with_supply_quotas(quota(large(1).graph().units(), SeatRange::up_to(900))).unwrap()]
    {
        let one = Control::new().with_threads(Threads::from_count(1));
        let (notes, outcome) = told(&problem, one);
        assert!(matches!(outcome, Outcome::Optimal(_)));
        assert!(notes.is_sorted_by_key(|note| note.work));
        let work = notes.last().unwrap().work;
        assert!(work >= problem.graph().pairs() as u64);
        assert_eq!(told(&problem, Control::new().with_threads(Threads::from_count(3))).0, notes);
        // A limit stops a run that reaches it.
        let (notes, outcome) = told(&problem, one.with_limits(Limits::NONE.with_work(work)));
        assert!(matches!(outcome, Outcome::Feasible { stop: Stop::Work, .. }));
        assert_eq!(notes.last().unwrap().work, work);
        assert!(matches!(told(&problem, one.with_limits(Limits::NONE.with_work(work + 1))).1, Outcome::Optimal(_)));
    }
}

#[test]
fn what_is_not_solved_yet_is_refused_with_a_code() {
    let plain = Shape { units: (3, 3), posts: (2, 2), ..Shape::SMALL }.draw(&mut Random::new(0));
    let base = plain.problem();
    let with = |seat: SeatRange| {
        let seats = vec![SeatRange::up_to(1), seat];
        Problem::new(base.graph().clone(), base.weights().to_vec(), base.headcounts().to_vec(), seats).unwrap()
    };
    let code = |problem: &Problem| solve(problem, &Control::new()).map_err(|error| (error.code(), error.to_string()));
    let range = |min: u32| SeatRange::between(min, 2).unwrap();
    let refused = [
        (with(SeatRange::between(1, 2).unwrap()), "S101"),
        (with(SeatRange::between(2, 2).unwrap().or_closed()), "S102"),
        (base.clone().with_demand_quotas(quota(2, range(1))).unwrap(), "S104"),
        (base.clone().with_supply_quotas(quota(3, range(1))).unwrap(), "S104"),
        (base.clone().with_demand_quotas(quota(2, range(2).or_closed())).unwrap(), "S105"),
        (base.clone().with_supply_quotas(quota(3, range(2).or_closed())).unwrap(), "S105"),
    ];
    for (problem, expected) in refused {
        let (code, message) = code(&problem).unwrap_err();
        assert_eq!(code, expected);
        assert!(message.starts_with(expected), "{message}");
    }
    assert!(code(&with(SeatRange::between(1, 2).unwrap().or_closed())).is_ok(), "one or none is no restriction");
    let closed = base.clone().with_supply_quotas(quota(3, range(1).or_closed())).unwrap();
    assert!(code(&closed).is_ok(), "one or none is no restriction");
}

fn quota(leaves: usize, range: SeatRange) -> QuotaForest {
    QuotaForest::new(vec![None], vec![range], vec![None; leaves]).unwrap()
}
