//! How much work a solve is, in pairs visited: a measure that no machine changes.

use std::sync::atomic::{AtomicU64, Ordering};

use talent_match::control::{Control, Observer, Progress, Threads};
use talent_match::generate::instance::{Family, Pressure, Size, instance, with_quotas};
use talent_match::graph::{Problem, Solution};
use talent_match::solve::{Outcome, solve};

/// The work of a run so far.
#[derive(Default)]
struct Work(AtomicU64);

impl Observer for Work {
    fn observe(&self, progress: Progress) {
        self.0.store(progress.work, Ordering::Relaxed);
    }
}

/// The best placement of `problem`, and the work it was in passes over all pairs.
fn solved(problem: &Problem) -> (Solution, u64) {
    let work = Work::default();
    let control = Control::new().with_threads(Threads::from_count(1)).with_observer(&work);
    let Ok(Outcome::Optimal(solution)) = solve(problem, &control) else { panic!("no limit was set") };
    (solution, work.0.into_inner() / problem.graph().pairs() as u64)
}

#[test]
fn quotas_that_bind_many_are_a_few_dozen_passes() {
    // Where places differ little from one to the next, prices move far.
    let limits = [
        (Family::City, 55),
        (Family::Uniform, 55),
        (Family::LowRange, 42),
        (Family::Scarce, 85),
        (Family::Euclid, 240),
    ];
    for (family, most) in limits {
        let plain = instance(family, Size { units: 4_000, posts: 200, degree: 20 }, 1).unwrap();
        let (best, passes) = solved(&plain);
        for pressure in [Pressure::Usual, Pressure::Tight] {
            let problem = with_quotas(plain.clone(), &best.matching, pressure, 1).unwrap();
            let (_, with) = solved(&problem);
            assert!(with <= most, "{} {}: {with} passes, {passes} without", family.name(), pressure.name());
        }
    }
}
