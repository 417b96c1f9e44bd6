//! The stages of a docking round, each timed apart, and the whole of it; every iteration asserts its result.
//!
//! `cargo bench --bench round`

use criterion::{Criterion, criterion_group, criterion_main};
use talent_match::docking::Docking;
use talent_match::eligibility::screen;
use talent_match::formulation::{Goal, formulate};
use talent_match::generate::with_rules;
use talent_match::insight::{Insight, Shortages, goals};
use talent_match::scoring::score;
use talent_match::{Config, Control, Engine, Language, Market, Record, Report, Status};

const JINPU: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/jinpu");

/// What the Jinpu round reaches under its configuration: acceptable pairs, people placed, people inside the consortium.
const PAIRS: usize = 503_779;
const PLACED: f64 = 6_360.0;
const INSIDE: f64 = 6_003.0;

fn config() -> Config {
    let text = std::fs::read_to_string(format!("{JINPU}/config.json")).expect("the Jinpu configuration is carried");
    Config::from_json(&text).expect("the Jinpu configuration is valid")
}

fn stages(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("jinpu");
    group.sample_size(10);
    let (config, control) = (config(), Control::new());
    let market = Market::read(JINPU).expect("the Jinpu market is valid");
    group.bench_function("read", |bencher| {
        bencher.iter(|| assert_eq!(Market::read(JINPU).expect("valid").people(), market.people()));
    });
    let acceptable = screen(&market, &config.rules, &control);
    group.bench_function("screen", |bencher| {
        bencher.iter(|| assert_eq!(screen(&market, &config.rules, &control).pairs(), PAIRS));
    });
    let scores = score(&market, &acceptable, &config.criteria, &config.rules, &control);
    group.bench_function("score", |bencher| {
        bencher.iter(|| assert_eq!(score(&market, &acceptable, &config.criteria, &config.rules, &control), scores));
    });
    group.bench_function("formulate", |bencher| {
        bencher.iter(|| {
            let seed = market.round().seed;
            let made = formulate(&market, &acceptable, &scores, &config.objective, seed, &control).expect("it fits");
            assert_eq!(made.problem().graph().pairs(), PAIRS);
        });
    });
    group.bench_function("prepare", |bencher| {
        bencher.iter(|| {
            let docking = Docking::prepare(&market, &config, &control).expect("it fits");
            assert_eq!(docking.acceptable().pairs(), PAIRS);
        });
    });
    let engine = Engine::new(config.clone()).expect("a valid configuration");
    group.bench_function("round", |bencher| {
        bencher.iter(|| {
            let result = engine.run(&market, &control).expect("a proven round");
            assert_eq!(result.status(), Status::Optimal);
            let reached = goals(&result);
            assert_eq!((reached[0].goal, reached[0].amount), (Goal::Placed, PLACED));
            assert_eq!((reached[1].goal, reached[1].amount), (Goal::InConsortium, INSIDE));
        });
    });
    // Quotas, mentors and bonds that do not nest: the search.
    let ruled = with_rules(&market).expect("the rules of a consortium");
    group.bench_function("round with all rules", |bencher| {
        bencher.iter(|| {
            let result = engine.run(&ruled, &control).expect("a proven round");
            assert_eq!(result.status(), Status::Optimal);
        });
    });
    let result = engine.run(&market, &control).expect("a proven round");
    group.bench_function("report", |bencher| {
        bencher.iter(|| assert_eq!(Report::of(&result).pairs, PAIRS as u64));
    });
    // Everything that can be said of the round, in one file of less than two megabytes.
    group.bench_function("page", |bencher| {
        bencher.iter(|| {
            let report =
                Report::of(&result).with_shortages(&Shortages::of(&result)).with_insight(&Insight::of(&result));
            let page = report.page(Language::English);
            assert!(page.len() < 2_000_000 && page.contains("OC-0029"));
        });
    });
    let record = Record::of(&result);
    group.bench_function("examine", |bencher| {
        bencher.iter(|| {
            let docking = Docking::prepare(&market, &config, &control).expect("it fits");
            assert!(record.examine(docking, &control).verified().is_some());
        });
    });
    group.finish();
}

criterion_group!(round, stages);
criterion_main!(round);
