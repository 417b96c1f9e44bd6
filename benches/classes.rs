//! Classes that open or not: how long a city takes to be proven, or to come near.
//!
//! `cargo bench --bench classes` measures, `cargo bench --bench classes -- --test` runs everything once.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use talent_match::certificate::verify_cases;
use talent_match::control::{Control, Limits, Threads};
use talent_match::generate::instance::{Family, Size, instance, with_classes};
use talent_match::graph::Problem;
use talent_match::solve::{Searched, search};

const SEED: u64 = 1;

/// Visits of each pair of a search that need not end: the first matching that opens classes comes well before.
const VISITS: u64 = 67;

/// The part of the value that may be left to prove then: a thousandth.
const NEAR: i128 = 1_000;

fn city(units: usize, classes: usize) -> Problem {
    let size = Size { units, posts: units / 20, degree: 30 };
    let city = instance(Family::City, size, SEED).expect("the size is modest");
    with_classes(&city, classes).expect("the problem is valid")
}

/// What a search under limits leaves to prove, and the value.
fn gap(problem: &Problem, control: &Control<'_>) -> (i128, i128) {
    match search(problem, control).expect("no couplings") {
        Searched::Optimal { matching, cases } => {
            let proof = verify_cases(problem, &cases, &Control::new());
            assert_eq!(proof.bound(), Some(problem.value(&matching)));
            (0, problem.value(&matching))
        }
        Searched::Feasible { matching, cases, bound, .. } => {
            let proof = verify_cases(problem, &cases, &Control::new());
            assert!(proof.is_sound() && proof.bound() == Some(bound));
            (bound - problem.value(&matching), problem.value(&matching))
        }
        other => panic!("nothing asks for anybody: {other:?}"),
    }
}

fn benches(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("classes");
    group.sample_size(10);
    for (units, classes, ends) in [(2_000, 20, true), (10_000, 100, false), (100_000, 1_000, false)] {
        let problem = city(units, classes);
        let work = VISITS * problem.graph().pairs() as u64;
        let limits = if ends { Limits::NONE } else { Limits::NONE.with_work(work) };
        let control = Control::new().with_threads(Threads::Inherit).with_limits(limits);
        let (gap, value) = self::gap(&problem, &control);
        assert!(gap * NEAR < value, "{classes} classes: {gap} of {value}");
        println!("classes/{units}: {:.4} % left to prove", 100.0 * gap as f64 / value as f64);
        group.bench_function(BenchmarkId::new(format!("{classes} classes"), units), |bencher| {
            bencher.iter(|| search(black_box(&problem), &control));
        });
    }
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
