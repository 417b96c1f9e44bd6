//! Same answer for any threads and any workspace; limits leave a feasible placement with a true bound; refusals have codes.

use std::panic::AssertUnwindSafe;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use talent_match::control::{CancelToken, Control, Limits, Observer, Phase, Progress, Stop, Threads};
use talent_match::generate::instance::{Family, Size, instance};
use talent_match::graph::{Problem, QuotaForest, SeatRange};
use talent_match::solve::{Outcome, Workspace, solve, solve_with};

use crate::agreement::{assert_proven, assert_sound, assert_stopped, proven_value};
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

/// Stops by cancelling at a report, or panics there.
struct AtReport {
    number: usize,
    panics: bool,
    heard: AtomicUsize,
    token: CancelToken,
}

impl AtReport {
    fn new(number: usize, panics: bool) -> Self {
        Self { number, panics, heard: AtomicUsize::new(0), token: CancelToken::new() }
    }
}

impl Observer for AtReport {
    fn observe(&self, _: Progress) {
        if self.heard.fetch_add(1, Ordering::Relaxed) == self.number {
            assert!(!self.panics, "an observer that panics");
            self.token.cancel();
        }
    }
}

#[test]
fn a_panic_anywhere_leaves_a_workspace_that_solves_as_a_new_one() {
    let problem = large(3);
    let merged = instance(Family::Alike, Size { units: 3_000, posts: 100, degree: 12 }, 1).unwrap();
    for problem in [&problem, &merged] {
        let expected = solve(problem, &Control::new()).unwrap();
        let mut workspace = Workspace::new();
        let mut panics = 0;
        loop {
            let observer = AtReport::new(panics, true);
            let control = Control::new().with_observer(&observer);
            let run = AssertUnwindSafe(|| solve_with(problem, &mut workspace, &control).unwrap());
            if let Ok(outcome) = std::panic::catch_unwind(run) {
                assert_eq!(outcome, expected);
                break;
            }
            panics += 1;
            assert_eq!(solve_with(problem, &mut workspace, &Control::new()).unwrap(), expected, "panic {panics}");
        }
        assert!(panics > 4, "{panics} panics");
    }
}

#[test]
fn cancelling_at_any_report_leaves_a_feasible_placement_and_a_true_bound_that_gets_better() {
    let problem = large(3);
    let best = proven_value(&problem);
    let mut gaps = Vec::new();
    for number in 0.. {
        let observer = AtReport::new(number, false);
        let control = Control::new().with_observer(&observer).with_cancel(&observer.token);
        let outcome = solve(&problem, &control).unwrap();
        let Outcome::Feasible { bound, solution, .. } = &outcome else { break };
        assert_sound(&problem, &outcome, best);
        gaps.push(bound - problem.value(&solution.matching));
    }
    assert!(gaps.len() > 4 && gaps[gaps.len() - 1] < gaps[0] / 100, "{gaps:?}");
}

/// What a stop costs is counted in pairs, since a clock would measure how busy the machine is.
#[test]
fn whatever_is_done_after_a_stop_is_little() {
    // More pairs than may be looked at after a stop.
    let problem = instance(Family::City, Size { units: 60_000, posts: 1_500, degree: 24 }, 1).unwrap();
    assert!(problem.graph().pairs() > 1 << 20);
    let mut workspace = Workspace::new();
    let work = |limit| Control::new().with_limits(Limits::NONE.with_work(limit));
    let mut values = Vec::new();
    for limit in [0, 1 << 20, 1 << 21, 1 << 22, 1 << 23] {
        let control = work(limit);
        let outcome = solve_with(&problem, &mut workspace, &control).unwrap();
        assert_eq!(outcome, solve(&problem, &control).unwrap(), "the same limit, the same answer");
        let Outcome::Feasible { bound, solution, .. } = &outcome else { continue };
        values.push((problem.value(&solution.matching), *bound));
        assert_sound(&problem, &outcome, 0);
    }
    // Without any work, only so many rows can have been looked at as the grace allows: most people are not placed.
    let cancelled = solve(&problem, &work(0)).unwrap();
    let placed = cancelled.solution().unwrap().matching.placed();
    assert!((10_000..50_000).contains(&placed), "{placed} placed");
    assert!(values.len() > 3 && values.is_sorted_by(|a, b| a.0 <= b.0 && a.1 >= b.1), "{values:?}");
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
        Outcome::Optimal(_) | Outcome::Undecided { .. } | Outcome::Infeasible(_) => None,
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
    let (notes, outcome) = told(&large(1), Control::new());
    let placed = outcome.solution().unwrap().matching.placed();
    assert!(notes.iter().all(|note| note.done <= note.total));
    assert!(notes.is_sorted_by_key(|note| note.phase));
    assert_eq!(notes.first().unwrap().phase, Phase::Price);
    assert_eq!(notes.last().unwrap().phase, Phase::Place);
    assert!(notes.len() < 400);
    let last = notes.last().unwrap();
    assert_eq!((last.gap, last.placed), (Some(0), placed), "what is found in the end is best");
    let known: Vec<_> = notes.iter().filter_map(|note| note.gap).collect();
    assert!(known.len() > 3 && known[0] > 0 && known.is_sorted_by(|a, b| a >= b), "{known:?}");
    assert!(notes.iter().all(|note| note.placed > 0));
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
        assert!(notes.last().unwrap().work >= work, "the last pass, for the answer, is work too");
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
        (with(SeatRange::between(2, 2).unwrap().or_closed()), "S102"),
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
