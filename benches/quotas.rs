//! What nested quotas cost: the same instances without quotas, and under forests of every pressure.
//!
//! `cargo bench --bench quotas` measures, `cargo bench --bench quotas -- --test` runs everything once.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use talent_match::certificate::{Claim, verify};
use talent_match::control::{Control, Threads};
use talent_match::generate::instance::{Family, Pressure, Size, instance, with_quotas};
use talent_match::graph::{Problem, Solution};
use talent_match::solve::{Outcome, Workspace, solve_with};

const SEED: u64 = 1;
const FAMILIES: [Family; 5] = [Family::City, Family::Uniform, Family::LowRange, Family::Scarce, Family::Euclid];
const SMALL: Size = Size { units: 2_000, posts: 100, degree: 20 };
const LARGE: Size = Size { units: 100_000, posts: 5_000, degree: 30 };

fn best(problem: &Problem, workspace: &mut Workspace) -> Solution {
    let control = Control::new().with_threads(Threads::Inherit);
    match solve_with(problem, workspace, &control) {
        Ok(Outcome::Optimal(solution)) => solution,
        other => panic!("no limit was set and nothing unsupported asked: {other:?}"),
    }
}

fn benches(criterion: &mut Criterion) {
    let cases = FAMILIES.into_iter().map(|family| (family, SMALL)).chain([(Family::City, LARGE)]);
    for (family, size) in cases {
        let plain = instance(family, size, SEED).expect("the size is modest");
        let matching = best(&plain, &mut Workspace::new()).matching;
        let with = |pressure: Pressure| {
            let problem = with_quotas(plain.clone(), &matching, pressure, SEED).expect("the problem is valid");
            (pressure.name(), problem)
        };
        let mut group = criterion.benchmark_group(format!("quotas/{}", family.name()));
        group.sample_size(10);
        for (name, problem) in std::iter::once(("none", plain.clone())).chain(Pressure::ALL.map(with)) {
            let solution = best(&problem, &mut Workspace::new());
            let proof = verify(&problem, &solution, Claim::Optimal, &Control::new());
            assert!(proof.is_optimal(), "{} {name}", family.name());
            let mut workspace = Workspace::new();
            group.bench_function(BenchmarkId::new(name, size.units), |bencher| {
                bencher.iter(|| {
                    let solution = best(black_box(&problem), &mut workspace);
                    assert_eq!(problem.value(&solution.matching), proof.value());
                });
            });
        }
        group.finish();
    }
}

criterion_group!(all, benches);
criterion_main!(all);
