//! A workspace that has solved a problem solves one of the same shape without asking for memory, but for what it returns.

use allocation_counter::measure;
use talent_match::control::{Control, Limits};
use talent_match::generate::instance::{Family, Size, instance};
use talent_match::graph::{Matching, Prices, Problem};
use talent_match::solve::{Outcome, Start, Workspace, solve_from, solve_with};

/// On one thread that is this one: only its allocations are counted.
fn alone<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    pool.expect("this thread belongs to no pool yet").install(work)
}

/// What a copy of the answer takes: placements and prices, no empty vector.
fn returned(outcome: &Outcome) -> u64 {
    let solution = outcome.solution().expect("there is one");
    let vectors = [solution.matching == Matching::empty(), solution.prices == Prices::default()];
    vectors.iter().filter(|empty| !**empty).count() as u64
}

fn problems() -> Vec<(&'static str, Problem)> {
    let mut problems = Vec::new();
    for family in Family::ALL {
        let size = match family {
            Family::Dense => Size { units: 150, posts: 150, degree: 150 },
            Family::OneToOne => Size { units: 2_000, posts: 2_000, degree: 12 },
            _ => Size { units: 6_000, posts: 200, degree: 15 },
        };
        let problem = instance(family, size, 2).expect("the size is modest");
        problems.push((family.name(), problem.clone().with_placement_bonus(1 << 45).expect("within bounds")));
        problems.push((family.name(), problem));
    }
    let sampled = instance(Family::City, Size { units: 33_000, posts: 1_000, degree: 10 }, 1);
    problems.push(("sampled", sampled.expect("the size is modest")));
    problems
}

#[test]
fn a_second_solve_allocates_the_answer_alone() {
    let problems = problems();
    alone(|| {
        for (name, problem) in &problems {
            let mut workspace = Workspace::new();
            let first = solve_with(problem, &mut workspace, &Control::new()).expect("nothing unsupported is asked");
            let mut second = None;
            let counted = measure(|| second = solve_with(problem, &mut workspace, &Control::new()).ok());
            assert_eq!(second.as_ref(), Some(&first), "{name}");
            assert_eq!(counted.count_total, returned(&first), "{name}: {counted:?}");

            let start = Start::of(problem, first.solution().expect("no limit was set"));
            let again = |workspace: &mut Workspace| solve_from(problem, &start, workspace, &Control::new());
            let first = again(&mut workspace).expect("nothing unsupported is asked");
            let counted = measure(|| second = again(&mut workspace).ok());
            assert_eq!(counted.count_total, returned(&first), "{name} from a start: {counted:?}");

            // A run that may be stopped keeps more, and it too only once.
            for limit in [200, 20_000, u64::MAX] {
                let control = Control::new().with_limits(Limits::NONE.with_work(limit));
                let first = solve_with(problem, &mut workspace, &control).expect("nothing unsupported is asked");
                solve_with(problem, &mut workspace, &control).expect("nothing unsupported is asked");
                let counted = measure(|| second = solve_with(problem, &mut workspace, &control).ok());
                assert_eq!(second.as_ref(), Some(&first), "{name} with {limit}");
                assert_eq!(counted.count_total, returned(&first), "{name} with {limit}: {counted:?}");
            }
        }
    });
}
