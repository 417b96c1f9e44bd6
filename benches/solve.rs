//! Build, solve, choose the canonical optimum, solve again after a small change, and verify, apart, family by family;
//! every iteration asserts its optimum.
//!
//! `cargo bench` measures, `cargo bench -- --test` runs everything once.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use talent_match::certificate::{Claim, verify};
use talent_match::control::{Control, Threads};
use talent_match::generate::instance::{Family, Size, instance};
use talent_match::graph::{BipartiteGraph, Problem, SeatRange, Solution};
use talent_match::solve::{Outcome, Start, Workspace, canonical, solve_from, solve_with};

const SEED: u64 = 1;

fn sizes(family: Family) -> Vec<Size> {
    match family {
        Family::Dense => vec![Size { units: 500, posts: 500, degree: 500 }],
        Family::OneToOne => vec![Size { units: 5_000, posts: 5_000, degree: 16 }],
        _ => vec![Size { units: 2_000, posts: 100, degree: 20 }, Size { units: 10_000, posts: 500, degree: 20 }],
    }
}

fn best(problem: &Problem, workspace: &mut Workspace) -> Solution {
    let control = Control::new().with_threads(Threads::Inherit);
    match solve_with(problem, workspace, &control) {
        Ok(Outcome::Optimal(solution)) => solution,
        other => panic!("no limit was set and nothing unsupported asked: {other:?}"),
    }
}

fn benches(criterion: &mut Criterion) {
    for family in Family::ALL {
        for size in sizes(family) {
            let problem = instance(family, size, SEED).expect("the size is modest");
            let solution = best(&problem, &mut Workspace::new());
            let proof = verify(&problem, &solution, Claim::Optimal, &Control::new());
            assert!(proof.is_optimal(), "{}", family.name());
            let optimum = proof.value();

            let mut group = criterion.benchmark_group(family.name());
            group.sample_size(10).throughput(Throughput::Elements(problem.graph().pairs() as u64));
            let id = |stage: &str| BenchmarkId::new(stage, size.units);
            group.bench_function(id("build"), |bencher| {
                bencher.iter(|| {
                    let graph = problem.graph();
                    let graph =
                        BipartiteGraph::from_rows(graph.posts(), graph.offsets().to_vec(), graph.targets().to_vec());
                    let (weights, headcounts) = (problem.weights().to_vec(), problem.headcounts().to_vec());
                    let seats = problem.seats().to_vec();
                    black_box(Problem::new(graph.expect("as before"), weights, headcounts, seats).expect("as before"))
                });
            });
            group.bench_function(id("canonical"), |bencher| {
                bencher.iter(|| {
                    let first = canonical(black_box(&problem), &solution, &Control::new()).expect("no limit was set");
                    assert_eq!(problem.value(&first.matching), optimum);
                });
            });
            let mut workspace = Workspace::new();
            group.bench_function(id("solve"), |bencher| {
                bencher.iter(|| {
                    let solution = best(black_box(&problem), &mut workspace);
                    assert_eq!(problem.value(&solution.matching), optimum);
                });
            });
            // Every hundredth post has lost a seat since.
            let changed = {
                let seats = problem.seats().iter().enumerate();
                let fewer = |(post, seat): (usize, &SeatRange)| seat.max().saturating_sub(u32::from(post % 100 == 0));
                let seats = seats.map(fewer).map(SeatRange::up_to).collect();
                let (weights, headcounts) = (problem.weights().to_vec(), problem.headcounts().to_vec());
                Problem::new(problem.graph().clone(), weights, headcounts, seats).expect("as before")
            };
            let worth = changed.value(&best(&changed, &mut workspace).matching);
            let start = Start::of(&problem, &solution);
            group.bench_function(id("again"), |bencher| {
                bencher.iter(|| {
                    let outcome = solve_from(black_box(&changed), &start, &mut workspace, &Control::new());
                    let value = outcome.ok().and_then(|outcome| Some(changed.value(&outcome.solution()?.matching)));
                    assert_eq!(value, Some(worth));
                });
            });
            group.bench_function(id("verify"), |bencher| {
                bencher.iter(|| {
                    let proof = verify(black_box(&problem), &solution, Claim::Optimal, &Control::new());
                    assert!(proof.is_optimal() && proof.value() == optimum);
                });
            });
            group.finish();
        }
    }
}

criterion_group!(all, benches);
criterion_main!(all);
