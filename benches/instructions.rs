//! Solves one fixed instance of each family named on the command line, or of all, on one thread, and prints nothing.
//! Two more are the city with quotas.
//!
//! `.ci/instructions` runs it under callgrind, counts the instructions of [`counted`] alone and compares them with
//! `benches/instructions.toml`. `--list` prints the names.

use std::hint::black_box;

use talent_match::control::Control;
use talent_match::generate::instance::{Family, Pressure, Size, instance, with_quotas};
use talent_match::graph::Problem;
use talent_match::solve::{Outcome, SolveError, Workspace, solve_with};

const SEED: u64 = 1;

/// The families that are counted.
const FAMILIES: [Family; 7] =
    [Family::City, Family::Uniform, Family::LowRange, Family::Scarce, Family::Euclid, Family::OneToOne, Family::Dense];

/// The pressures of quotas that are counted on top of the first family.
const PRESSURES: [Pressure; 2] = [Pressure::Loose, Pressure::Usual];

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

/// Every instance that is counted, by name.
fn names() -> impl Iterator<Item = (&'static str, Family, Option<Pressure>)> {
    let quotas = PRESSURES.map(|pressure| (pressure.name(), FAMILIES[0], Some(pressure)));
    FAMILIES.into_iter().map(|family| (family.name(), family, None)).chain(quotas)
}

fn problem(family: Family, pressure: Option<Pressure>) -> Problem {
    let problem = instance(family, size(family), SEED).expect("the size is modest");
    let Some(pressure) = pressure else { return problem };
    let outcome = solve_with(&problem, &mut Workspace::new(), &Control::new()).expect("nothing unsupported is asked");
    let plain = &outcome.solution().expect("nobody asks for people").matching;
    with_quotas(problem.clone(), plain, pressure, SEED).expect("the problem is valid")
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.iter().any(|argument| argument == "--list") {
        for (name, ..) in names() {
            println!("{name}");
        }
        return;
    }
    let named = |name: &str| arguments.iter().any(|argument| argument == name);
    let any = names().any(|(name, ..)| named(name));
    // A pool of one thread that is this one: no other thread spins while this one works.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    let pool = pool.expect("this thread belongs to no pool yet");
    for (name, family, pressure) in names().filter(|&(name, ..)| !any || named(name)) {
        pool.install(|| {
            let problem = problem(family, pressure);
            let outcome = black_box(counted(black_box(&problem)));
            assert!(matches!(outcome, Ok(Outcome::Optimal(_))), "{name}: no limit was set");
        });
    }
}
