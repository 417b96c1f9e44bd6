//! Solves one fixed instance of each family named on the command line, or of all, on one thread, and prints nothing.
//!
//! `.ci/instructions` runs it under callgrind, counts the instructions of [`counted`] alone and compares them with
//! `benches/instructions.toml`. `--list` prints the families.

use std::hint::black_box;

use talent_match::control::Control;
use talent_match::generate::instance::{Family, Size, instance};
use talent_match::graph::Problem;
use talent_match::solve::{Outcome, SolveError, Workspace, solve_with};

const SEED: u64 = 1;

/// The families that are counted.
const FAMILIES: [Family; 7] =
    [Family::City, Family::Uniform, Family::LowRange, Family::Scarce, Family::Euclid, Family::OneToOne, Family::Dense];

fn size(family: Family) -> Size {
    match family {
        Family::Dense => Size { units: 300, posts: 300, degree: 300 },
        Family::OneToOne => Size { units: 5_000, posts: 5_000, degree: 16 },
        _ => Size { units: 10_000, posts: 500, degree: 20 },
    }
}

/// What is counted: kept out of line so that callgrind finds it by its name.
#[inline(never)]
fn counted(problem: &Problem) -> Result<Outcome, SolveError> {
    solve_with(problem, &mut Workspace::new(), &Control::new())
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.iter().any(|argument| argument == "--list") {
        for family in FAMILIES {
            println!("{}", family.name());
        }
        return;
    }
    let named = |family: &Family| arguments.iter().any(|argument| argument == family.name());
    let any = FAMILIES.iter().any(named);
    // A pool of one thread that is this one: no other thread spins while this one works.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    let pool = pool.expect("this thread belongs to no pool yet");
    for family in FAMILIES.into_iter().filter(|family| !any || named(family)) {
        let problem = instance(family, size(family), SEED).expect("the size is modest");
        let outcome = pool.install(|| black_box(counted(black_box(&problem))));
        assert!(matches!(outcome, Ok(Outcome::Optimal(_))), "{}: no limit was set", family.name());
    }
}
